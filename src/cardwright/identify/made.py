"""What a note is known by, and what it was made from: the draft of its entry in the lock."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from cardwright.config import Config
from cardwright.identify.hashes import short_hash
from cardwright.identify.output import output_of
from cardwright.identify.similarity.sketch import sketch_of
from cardwright.identify.similarity.words import words_of
from cardwright.lock import LockEntry
from cardwright.model import FiledNote, Guid, NoteSource
from cardwright.notetypes import CLOZE

RENDER = 3
"""Raised by one when the HTML that older versions wrote has to be shipped again: every note with
a formula then counts as changed, and every other one whose fields come out otherwise. With every
change of the pinned KaTeX (``pyproject.toml``), whose HTML and stylesheet belong together; for no
other library's sake alone, and never lowered."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a question is known by when its text has changed; of its own text alone.

    ``front``, ``answer`` and ``sketch`` are those of its entry in the lock.
    """

    front: str
    answer: str
    sketch: str


def imprint(source: NoteSource) -> Imprint:
    """What a note is known by. Depends on nothing but the note, its place and titles left out."""
    answer = _answer(source)
    return Imprint(
        front=normalised(_front(source)),
        answer=short_hash(*map(normalised, answer), *_hidden(source)),
        sketch=sketch_of(words_of("\n".join(answer))),
    )


def draft(filed: FiledNote, known_by: Imprint, config: Config) -> LockEntry:
    """The entry of a note that has neither identity nor times yet: they are empty or 0.

    Depends on the note's source, deck, tags, Context and the hashes of its media, and on the
    settings; ``output`` alone depends on its HTML.
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
        output=output_of(filed, RENDER),
    )


def _front(source: NoteSource) -> str:
    """The front's Markdown, that of a cloze note without its deletions' marks and hints.

    A note that hides another word of its text is still that note; what it hides is its answer.
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
    """Text as identity sees it: NFC (Anki's own form), every run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _answer(source: NoteSource) -> tuple[str, ...]:
    return source.back.markdown, source.hint.markdown, source.extra.markdown


def _hidden(source: NoteSource) -> list[object]:
    """What a cloze note adds to its hashes: its text with the marks, and what they number."""
    if source.kind != CLOZE:
        return []
    numbers = [deletion.number for deletion in source.deletions]
    return [normalised(source.front.markdown), numbers]


def _made(filed: FiledNote, config: Config) -> str:
    """A hash of everything but the images that a change of the note can come from.

    Settings count where they can show: those of formulas where a formula may be, the width of
    images where an image may be. That is read from the text, because an image that is not to be
    had today must not make a difference.
    """
    source = filed.note.source
    passages = (source.front, source.back, source.hint, source.extra, source.definitions)
    texts = [_tidy(passage.markdown) for passage in passages]
    everything = "\n".join((*texts, *source.section, *source.outer))
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
    )


def _tidy(markdown: str) -> str:
    """Markdown without the differences that no card can show.

    Two spaces at a line's end are a hard break (CommonMark 6.7) where a line follows; blank
    lines count inside code and raw HTML. When in doubt a difference is kept: a note touched
    once too often costs less than an edit that never arrives.
    """
    text = unicodedata.normalize("NFC", markdown.replace("\r\n", "\n").replace("\r", "\n"))
    if " \n" in text or "\t\n" in text or text.endswith((" ", "\t")):
        text = _without_trailing_blanks(text)
    text = text.strip("\n")
    if "\n\n\n" not in text or _VERBATIM.search(text):
        return text
    return _BLANK_RUN.sub("\n\n", text)


def _without_trailing_blanks(text: str) -> str:
    """The text with nothing at the end of a line but the two spaces of a hard break."""
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
    """The macros that the text uses, those included that only another macro uses."""
    used: dict[str, str] = {}
    waiting = _commands(text)
    while waiting:
        name = waiting.pop()
        if name in macros and name not in used:
            used[name] = macros[name]
            waiting |= _commands(macros[name])
    return sorted(used.items())


def _commands(tex: str) -> set[str]:
    return set(_COMMAND.findall(tex))


_COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)")
