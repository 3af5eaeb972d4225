"""Drafts a note's entry in the lock: what identifies the note, and what it was made from."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from cardwright.config import Config
from cardwright.identify.cloze_numbers import hidden_parts
from cardwright.identify.hashes import short_hash
from cardwright.identify.similarity.sketch import sketch_of
from cardwright.identify.similarity.words import words_of
from cardwright.lock import LockEntry
from cardwright.model import FiledNote, Guid, NoteSource
from cardwright.notetypes import CLOZE

RENDER = 3
"""The version of the HTML. Raise it by one to ship all HTML again; never lower it.

Every note with a formula then counts as changed, and so does every other note whose fields differ.
Raise it with each new version of KaTeX (``pyproject.toml``), whose HTML needs its own stylesheet.
Do not raise it for an update of another library alone."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What identifies a question after an edit: the values for its ``LockEntry``.

    It depends on the question's own text alone.
    """

    front: str
    answer: str
    sketch: str


def imprint(source: NoteSource) -> Imprint:
    """Return what identifies a note. It does not depend on the note's place or titles."""
    answer = (source.back.markdown, source.hint.markdown, source.extra.markdown)
    return Imprint(
        front=normalised(_front(source)),
        answer=short_hash(*map(normalised, answer), *_hidden(source)),
        sketch=sketch_of(words_of("\n".join(answer))),
    )


def draft(filed: FiledNote, known_by: Imprint, config: Config) -> LockEntry:
    """Return a note's lock entry without identity and times, which are empty or 0.

    It depends on the note's source, deck, tags, Context and media hashes, and on the settings.
    Only ``output`` depends on its HTML.
    """
    source = filed.note.source
    return LockEntry(
        guid=Guid(""),
        file=source.place.path,
        section=tuple(normalised(name) for name in source.section),
        front=known_by.front,
        answer=known_by.answer,
        made=_made(filed, config),
        media=tuple(short_hash(media.source_hash) for media in filed.note.media),
        mod=0,
        born=0,
        deck=filed.deck,
        id=normalised(source.explicit_id),
        is_new=source.is_new,
        kind=source.kind,
        sketch=known_by.sketch,
        output=output_of(filed),
        hidden=hidden_parts(source),
    )


def _front(source: NoteSource) -> str:
    """Return the front's Markdown, for a cloze note without the marks and hints of deletions.

    A cloze note that hides another word of the same text is still the same note.
    """
    if not source.deletions:
        return source.front.markdown
    cuts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for deletion in source.deletions:
        opening, closing = deletion.opening, deletion.closing
        cuts[opening.line].append((opening.start, opening.end))
        hint = deletion.divider or closing
        for line in range(hint.line, closing.line + 1):
            start = hint.start if line == hint.line else 0
            end = closing.end if line == closing.line else len(source.front.lines[line].text)
            cuts[line].append((start, end))
    lines = (_without(line.text, cuts[at]) for at, line in enumerate(source.front.lines))
    return "\n".join(lines)


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    kept: list[str] = []
    at = 0
    for start, end in sorted(cuts):
        kept.append(text[at:start])
        at = max(at, end)
    return "".join(kept) + text[at:]


def normalised(text: str) -> str:
    """Return the text in NFC, as Anki stores it, with each run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _hidden(source: NoteSource) -> list[object]:
    """Return what a cloze note adds to its hashes: its text with the marks, and their numbers."""
    if source.kind != CLOZE:
        return []
    numbers = [deletion.number for deletion in source.deletions]
    return [normalised(source.front.markdown), numbers]


def _made(filed: FiledNote, config: Config) -> str:
    """Return a hash of everything that can change the note, except its images.

    A setting counts only if it can matter: the settings of formulas if the text may contain a
    formula, those of images if it may contain an image. This looks at the text and not at
    the result, because an image that cannot be fetched today must make no difference.
    """
    source = filed.note.source
    passages = (source.front, source.back, source.hint, source.extra, source.definitions)
    texts = [_tidy(passage.markdown) for passage in passages]
    embedded = [
        _tidy(passage.markdown)
        for each in source.embeds
        for passage in (each.text, each.definitions)
    ]
    everything = "\n".join((*texts, *embedded, *source.section, *source.outer))
    macros = {**dict(config.math.macros), **dict(source.macros)}
    has_formula = any(sign in everything for sign in ("$", "\\", "math"))
    has_image = any(sign in everything for sign in ("![", "<", "{"))
    return short_hash(
        RENDER,
        texts,
        sorted(set(filed.tags)),
        filed.context,
        source.is_reverse,
        config.markdown.flavour,
        config.markdown.extensions,
        config.html,
        config.math.output if has_formula else "",
        _used_macros(everything, macros),
        config.images.max_width if has_image else 0,
        *_hidden(source),
        *(["link"] if has_image and config.images.remote == "link" else []),
        *(["line breaks"] if config.markdown.line_breaks else []),
        *([embedded] if any(embedded) else []),
        *(["dollars"] if config.math.inline_dollars and "$$" in everything else []),
    )


def _tidy(markdown: str) -> str:
    """Remove differences in Markdown that no card can show.

    Two spaces at the end of a line are a hard break (CommonMark 6.7) if another line follows.
    Blank lines matter inside code and raw HTML. When in doubt, a difference is kept: one update
    too many costs less than an edit that never arrives.
    """
    text = unicodedata.normalize("NFC", markdown.replace("\r\n", "\n").replace("\r", "\n"))
    if " \n" in text or "\t\n" in text or text.endswith((" ", "\t")):
        text = _without_trailing_blanks(text)
    text = text.strip("\n")
    if "\n\n\n" not in text or _VERBATIM.search(text):
        return text
    return _BLANK_RUN.sub("\n\n", text)


def _without_trailing_blanks(text: str) -> str:
    """Remove blanks at line ends, except the two spaces of a hard break."""
    lines = text.split("\n")
    stripped = [line.rstrip(" \t") for line in lines]
    tidy = []
    for line, bare, following in zip(lines, stripped, [*stripped[1:], ""], strict=True):
        is_break = bool(bare and following) and line.endswith("  ")
        tidy.append(bare + "  " if is_break else bare)
    return "\n".join(tidy)


_VERBATIM = re.compile(r"```|~~~|<[a-zA-Z!?]|\$\$|^(?: {4}| {0,3}\t)", re.MULTILINE)
_BLANK_RUN = re.compile(r"\n{3,}")


def _used_macros(text: str, macros: dict[str, str]) -> list[tuple[str, str]]:
    """Return the macros that the text uses, directly or through another macro, sorted by name."""
    used: dict[str, str] = {}
    waiting = {*_COMMAND.findall(text)} if macros else set()
    while waiting:
        name = waiting.pop()
        if name in macros and name not in used:
            used[name] = macros[name]
            waiting.update(_COMMAND.findall(macros[name]))
    return sorted(used.items())


_COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)")


def output_of(filed: FiledNote) -> str:
    """Return a hash of the note's tags and of its fields, except Source and Id.

    Differences that look the same do not count: the TeX that only a search sees, and line breaks
    of the Markdown. So a formula can be respelled, and a paragraph wrapped again. The hash of a
    note with formulas includes ``RENDER``, which ships a change of that hidden TeX.
    """
    note = filed.note
    sides = (note.front, note.back, note.hint, note.extra, filed.context)
    has_formula = any(_MATH in side for side in sides)
    return short_hash(
        list(map(_shown, sides)),
        "" if _MATH in note.front else note.plain,
        note.source.is_reverse,
        sorted(set(filed.tags)),
        RENDER if has_formula else 0,
    )


def _shown(html: str) -> str:
    """Remove from a field what makes no difference on a card."""
    if _MATH in html:
        html = _ALTTEXT.sub(_MATH, html)
    if "\n" in html and not any(name in html for name in _KEEPS_LINES):
        html = _BREAK.sub(" ", html)
    return html


_BREAK = re.compile(r"\n(?:[ \t]*\n)*+[ \t]*+")
_KEEPS_LINES = ("<pre", "white-space", "cw-tex", "\\(", "\\[")
"""Line breaks matter in these: code, some styles, the source of a formula, TeX for MathJax."""
_MATH = "<math"
_ALTTEXT = re.compile(r'<math alttext="[^"]*"')
