"""Makes the notes of one file from its text, except what depends on other files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import cardwright.resolve  # noqa: F401  # loaded here, so that forked processes share it
from cardwright.config import Config
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.identify import imprint
from cardwright.making.finish import resolved_note, small, with_likely_drafts
from cardwright.making.inputs import note_key
from cardwright.making.packing import deflated, inflated
from cardwright.making.values import FileResult, NoteResult, Shared, Task
from cardwright.math.katex import KatexSession, KnownHtml
from cardwright.math.typeset import Typesetting, begin_typesetting
from cardwright.model import (
    Formula,
    Fragment,
    Image,
    NoteSource,
    RenderedNote,
    Typeset,
)
from cardwright.model.stored import replace_fields
from cardwright.parse import ParsedFile, parse
from cardwright.render import render


def make_file(task: Task, shared: Shared, session: KatexSession) -> FileResult:
    """Read, render and typeset a file. Reuse the notes that are unchanged since ``before``.

    Reports what ``parse``, ``render`` and ``Typesetting.finish`` report. Notes without images are
    complete.
    """
    return begin_file(task, shared, session).finish()


@dataclass(frozen=True, slots=True)
class BegunFile:
    """A file that has been read and rendered, while KaTeX is typesetting its formulas."""

    task: Task
    shared: Shared
    parsed: ParsedFile
    read_problems: tuple[Diagnostic, ...]
    known: Mapping[bytes, NoteResult]
    keys: Sequence[bytes]
    rendered: Sequence[RenderedNote]
    problems: Sequence[Diagnostic]
    typesetting: Typesetting
    remembered: KnownHtml

    def finish(self) -> FileResult:
        """Wait for KaTeX and return the finished file."""
        typeset, refused = self.typesetting.finish()
        new = iter(self.rendered)
        notes = tuple(
            _moved(self.known[key], note)
            if key in self.known
            else _note_result(next(new), key, typeset, self.shared.config)
            for note, key in zip(self.parsed.notes, self.keys, strict=True)
        )
        notes = with_likely_drafts(notes, self.task.source, self.parsed.title, self.shared)
        return FileResult(
            self.task.source.path,
            self.task.deck,
            self.task.inputs,
            self.parsed.title,
            self.parsed.choice,
            small(notes) if self.shared.is_large else notes,
            tuple(each for each in self.read_problems if each.code is not Code.MERE_TERMS),
            tuple(each for each in self.read_problems if each.code is Code.MERE_TERMS),
            tuple(dict.fromkeys((*self.problems, *refused))),  # notes share titles
            self._formulas(),
        )

    def _formulas(self) -> bytes:
        """Return KaTeX's HTML for the file, with older HTML that its text may still need."""
        known = self.typesetting.known()
        text = "\n".join(self.task.source.lines) if self.remembered else ""
        for key, htmls in self.remembered.items():
            still = {request: html for request, html in htmls.items() if request.tex in text}
            known[key] = still | known.get(key, {})
        return deflated(known) if any(known.values()) else b""


def begin_file(task: Task, shared: Shared, session: KatexSession) -> BegunFile:
    """Do the first half of ``make_file``, without waiting for KaTeX."""
    config, is_single = shared.config, shared.is_single
    parsed, read_problems = parse(task.source, config, task.earlier, is_single=is_single)
    parsed, read_problems = _with_required_tag(parsed, read_problems, task, config)
    known = _reusable(task.before)
    keys: list[bytes] = []
    problems: list[Diagnostic] = []
    rendered = []
    blank: set[int] = set()
    for at, outcome in enumerate(parsed.outcomes):
        if outcome.note is None:
            continue
        key = note_key(outcome.note)
        if key not in known:
            one, wrong = render(outcome.note, config)
            nothing = _nothing_shown(one)
            problems += [nothing] if nothing else wrong
            if nothing:
                blank.add(at)
                continue
            rendered.append(one)
        keys.append(key)
    if blank:
        kept = (each for at, each in enumerate(parsed.outcomes) if at not in blank)
        parsed = replace(parsed, outcomes=tuple(kept))
    remembered: KnownHtml = inflated(task.formulas) if task.formulas else {}
    session.remember(remembered)
    typesetting = begin_typesetting(rendered, config, session)
    return BegunFile(
        task,
        shared,
        parsed,
        read_problems,
        known,
        keys,
        rendered,
        problems,
        typesetting,
        remembered,
    )


_SHOWN = re.compile(
    r"(?:^|>)\s*+(?!&nbsp;|&#160;)[^\s<]|<(?:img|input|svg|audio|video|picture|object|iframe|math|ol)\b",
    re.IGNORECASE,
)
"""Text, or an element that shows something without text, such as the number of a list item."""


def _nothing_shown(note: RenderedNote) -> Diagnostic | None:
    """Return QA311 or QA305 if a card would have an empty side.

    Its Markdown may have only comments, properties of Logseq or tags that a site fills in.
    """
    if note.source.deletions:
        return None
    front, place = shorten(note.source.front.markdown), note.source.place
    if not (note.front.marks or _SHOWN.search(note.front.html)):
        words = f"the question '{front}' shows nothing, so it makes no card"
        return Diagnostic(place, Code.EMPTY_QUESTION, words, "write the question as text")
    if not (note.back.marks or _SHOWN.search(note.back.html)):
        words = f"the answer to '{front}' shows nothing, so it makes no card"
        hint = "write an answer under it, or {skip} after the question to leave it out"
        return Diagnostic(place, Code.EMPTY_ANSWER, words, hint)
    return None


def _with_required_tag(
    parsed: ParsedFile, problems: tuple[Diagnostic, ...], task: Task, config: Config
) -> tuple[ParsedFile, tuple[Diagnostic, ...]]:
    """Keep the notes with a tag of ``require_tag``, their own or their file's.

    A file without such notes is not part of the deck, so its problems are dropped.
    """
    required = {tag.casefold() for tag in config.require_tag}
    if not required:
        return parsed, problems
    file_tags = task.source.front_matter.tags
    taken = tuple(
        outcome
        for outcome in parsed.outcomes
        if outcome.note and _has_tag((*outcome.note.tags, *file_tags), required)
    )
    return replace(parsed, outcomes=taken), problems if taken else ()


def _has_tag(tags: Iterable[str], wanted: Collection[str]) -> bool:
    """Whether a tag is wanted or below a wanted one: ``cards::hard`` is below ``cards``."""
    for tag in tags:
        parts = tag.casefold().replace("/", "::").split("::")
        if any("::".join(parts[: depth + 1]) in wanted for depth in range(len(parts))):
            return True
    return False


def _reusable(before: FileResult | None) -> dict[bytes, NoteResult]:
    """Return the notes that can be reused, by key: those without images and without problems."""
    if before is None:
        return {}
    wrong = {problem.place.line for problem in before.problems}
    return {
        note.key: note
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
    note: RenderedNote, key: bytes, typeset: Mapping[Formula, Typeset], config: Config
) -> NoteResult:
    fragments = (note.front, note.back, note.hint, note.extra)
    formulas = list(_formulas((*fragments, *note.titles), typeset))
    has_katex = any(typeset[formula].html for formula in formulas)
    images = tuple(mark for part in fragments for mark in part.marks if isinstance(mark, Image))
    known_by = imprint(note.source)
    if images:
        own = {formula: typeset[formula] for formula in formulas}
        return NoteResult(note.source, key, known_by, None, images, note, own, has_katex=has_katex)
    resolved, counts = resolved_note(note, {}, config, typeset)
    return NoteResult(note.source, key, known_by, resolved, has_katex=has_katex, counts=counts)


def _formulas(
    fragments: Sequence[Fragment], typeset: Mapping[Formula, Typeset]
) -> Iterator[Formula]:
    for fragment in fragments:
        for mark in fragment.marks:
            if isinstance(mark, Formula) and mark in typeset:
                yield mark
