"""Makes the notes of one file from its text, except what depends on other files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import cardwright.resolve  # noqa: F401  # loaded here, so that forked processes share it
from cardwright.config import Config
from cardwright.deck_names import is_within_in_anki
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.identify.drafts import imprint
from cardwright.making.finish import resolved_note, small, with_likely_drafts
from cardwright.making.inputs import placeless
from cardwright.making.packing import deflated, inflated
from cardwright.making.values import FileResult, NoteResult, Shared, Task
from cardwright.math.katex import KatexSession, KnownHtml
from cardwright.math.typeset import begin_typesetting
from cardwright.model import Formula, Fragment, NoteSource, RenderedNote, Typeset
from cardwright.model.stored import replace_fields
from cardwright.parse import ParsedFile, parse
from cardwright.render import render


class BegunFile:
    """A file that has been read and rendered, while KaTeX is typesetting its formulas.

    The notes that are unchanged since ``task.before`` are reused. Notes without images are
    complete. The problems are those of ``parse``, ``render`` and ``Typesetting.finish``.
    """

    def __init__(self, task: Task, shared: Shared, session: KatexSession) -> None:
        config = self._config = shared.config
        self._task, self._shared = task, shared
        read = parse(task.source, config, task.earlier, is_single=shared.is_single)
        parsed, self._read_problems = _with_required_tag(*read, task, config)
        known = _reusable(task.before)
        self._problems: list[Diagnostic] = []
        self._reused: list[NoteResult | None] = []
        self._rendered: list[RenderedNote] = []
        kept = []
        for outcome in parsed.outcomes:
            before = known.get(placeless(outcome.note)) if known else None
            if outcome.note and before is None:
                rendered, wrong = render(outcome.note, config)
                self._problems += wrong
                if nothing := _nothing_shown(rendered):
                    self._problems.append(nothing)
                    continue
                self._rendered.append(rendered)
            kept.append(outcome)
            self._reused += [before] if outcome.note else []
        self._parsed = replace(parsed, outcomes=tuple(kept))
        self._remembered: KnownHtml = inflated(task.formulas) if task.formulas else {}
        session.remember(self._remembered)
        self._typesetting = begin_typesetting(self._rendered, config, session)

    def finish(self) -> FileResult:
        """Wait for KaTeX and return the finished file."""
        typeset, refused = self._typesetting.finish()
        task, parsed, new = self._task, self._parsed, iter(self._rendered)
        notes = tuple(
            _moved(before, note) if before else _note_result(next(new), typeset, self._config)
            for note, before in zip(parsed.notes, self._reused, strict=True)
        )
        notes = with_likely_drafts(notes, task.source, parsed.title, self._shared)
        return FileResult(
            task.source.path,
            task.deck,
            task.inputs,
            parsed.title,
            parsed.choice,
            small(notes) if self._shared.is_large else notes,
            tuple(each for each in self._read_problems if each.code is not Code.MERE_TERMS),
            tuple(each for each in self._read_problems if each.code is Code.MERE_TERMS),
            tuple(dict.fromkeys((*self._problems, *refused))),  # notes share titles
            self._formulas(),
        )

    def _formulas(self) -> bytes:
        """Return KaTeX's HTML for the file, with older HTML that its text may still need."""
        known = self._typesetting.known()
        text = "\n".join(self._task.source.lines) if self._remembered else ""
        for key, htmls in self._remembered.items():
            still = {request: html for request, html in htmls.items() if request.tex in text}
            known[key] = still | known.get(key, {})
        return deflated(known) if any(known.values()) else b""


_SHOWN = re.compile(
    r"(?:^|>)(?:\s|&nbsp;|&#160;)*+[^\s<]|<(?:img|input|svg|audio|video|picture|object|iframe|math|ol)\b",
    re.IGNORECASE,
)
"""Text, or an element that shows something without text, such as the number of a list item."""


def _nothing_shown(note: RenderedNote) -> Diagnostic | None:
    """Return QA311 or QA305 if a side of a card shows nothing, as with comments alone."""
    if note.source.deletions:
        return None
    code, words, hint = Code.EMPTY_QUESTION, "the question '{}'", "write the question as text"
    if note.front.marks or _SHOWN.search(note.front.html):
        if note.back.marks or _SHOWN.search(note.back.html):
            return None
        code, words = Code.EMPTY_ANSWER, "the answer to '{}'"
        hint = "write an answer under it, or {skip} after the question to leave it out"
    named = words.format(shorten(note.source.front.markdown))
    return Diagnostic(note.source.place, code, f"{named} shows nothing, so it makes no card", hint)


def _with_required_tag(
    parsed: ParsedFile, problems: tuple[Diagnostic, ...], task: Task, config: Config
) -> tuple[ParsedFile, tuple[Diagnostic, ...]]:
    """Keep the notes with a tag of ``require_tag``, their own or their file's.

    A file without such notes is not part of the deck, so its problems are dropped.
    """
    if not config.require_tag:
        return parsed, problems
    file_tags = task.source.front_matter.tags
    taken = tuple(
        outcome
        for outcome in parsed.outcomes
        if outcome.note
        and any(
            is_within_in_anki(tag.replace("/", "::"), required)
            for tag in (*outcome.note.tags, *file_tags)
            for required in config.require_tag
        )
    )
    return replace(parsed, outcomes=taken), problems if taken else ()


def _reusable(before: FileResult | None) -> dict[object, NoteResult]:
    """Return the notes without images and problems, by what they were made from, without places."""
    if before is None:
        return {}
    wrong = {problem.place.line for problem in before.problems}
    return {
        placeless(note.source): note
        for note in before.notes
        if not note.images and wrong.isdisjoint(_lines(note.source))
    }


def _lines(note: NoteSource) -> Iterator[int]:
    embedded = (each.text for each in note.embeds)
    for passage in (note.front, note.back, note.definitions, note.hint, note.extra, *embedded):
        yield from (line.number for line in passage.lines)
    yield from (title.line.number for title in note.titles if title.line)


def _moved(note: NoteResult, source: NoteSource) -> NoteResult:
    """Return an unchanged note at its present place in the file."""
    resolved = replace_fields(note.resolved, source=source) if note.resolved else None
    return replace(note, source=source, resolved=resolved)


def _note_result(
    note: RenderedNote, typeset: Mapping[Formula, Typeset], config: Config
) -> NoteResult:
    fragments = (note.front, note.back, note.hint, note.extra)
    formulas = list(_formulas((*fragments, *note.titles), typeset))
    has_katex = any(typeset[formula].html for formula in formulas)
    known_by, images = imprint(note.source), note.images
    if images:
        own = {formula: typeset[formula] for formula in formulas}
        return NoteResult(note.source, known_by, None, images, note, own, has_katex=has_katex)
    resolved, counts = resolved_note(note, {}, config, typeset)
    return NoteResult(note.source, known_by, resolved, has_katex=has_katex, counts=counts)


def _formulas(
    fragments: Sequence[Fragment], typeset: Mapping[Formula, Typeset]
) -> Iterator[Formula]:
    for fragment in fragments:
        for mark in fragment.marks:
            if isinstance(mark, Formula) and mark in typeset:
                yield mark
