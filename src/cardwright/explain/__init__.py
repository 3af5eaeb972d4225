"""Explains how each file was read: its dialects, its outline, and what became a card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path

from cardwright.blocks import plain_text
from cardwright.content import Content, check_left_out, read_content
from cardwright.content.files import as_seen, earlier_readings
from cardwright.diagnostics import Code, Diagnostic
from cardwright.dialects import Choice, Reading
from cardwright.dialects.text.headings import Heading
from cardwright.disk.lockfile import lock_path, read_lock
from cardwright.explain.parts import FRONT_MATTER, UncoveredPart, left_out, names_an_option
from cardwright.model import Progress
from cardwright.parse import Outcome, ParsedFile, parse
from cardwright.parse.sections import title_heading
from cardwright.source.deck_folders import deck_folder_of
from cardwright.source.names import name_of, shown_path

TITLE, SECTION, QUESTION = "title", "section", "question"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline."""

    kind: str  # the title, a section or a question
    line: int
    depth: int  # sections around it
    text: str  # plain
    answer: tuple[int, int] | None = None  # first and last line
    hint: tuple[int, int] | None = None  # likewise
    cards: str = ""  # `card`, `cards both ways`, `cloze` or ""
    reason: str = ""  # why there is no card
    code: str = ""
    rule: str = ""  # how the question was recognised
    ending: Enum | None = None  # why the answer ends, if that is known


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of a file. ``left_out`` are the lines that are on no card."""

    path: str
    file: ParsedFile
    reading: Reading
    entries: tuple[OutlineEntry, ...]
    left_out: tuple[UncoveredPart, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def choice(self) -> str:
        """How the file was read, ``""`` if there are no questions."""
        if self.file.reading is None:
            return "the settings say that it has no questions"
        return str(self.reading.choice or "")

    @property
    def is_kept(self) -> bool:
        """Whether it was read as in earlier builds, and would now be read otherwise."""
        return any(problem.code is Code.DIALECT_KEPT for problem in self.diagnostics)

    @property
    def uncovered(self) -> int:
        """The number of lines that are on no card, without front matter and blank lines."""
        return sum(part.lines for part in self.left_out if part.kind != FRONT_MATTER)

    @property
    def questions(self) -> int:
        """The number of questions, answered or not."""
        return sum(entry.kind == QUESTION for entry in self.entries)

    @property
    def notes(self) -> int:
        """The number of questions that become a note."""
        return sum(bool(entry.cards) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class ReadContent:
    """The content and its parsed files, with the problems of each, of the content and its lock."""

    content: Content
    files: tuple[tuple[ParsedFile, tuple[Diagnostic, ...]], ...]
    problems: tuple[Diagnostic, ...]
    lock_problems: tuple[Diagnostic, ...]


def explain_path(
    path: Path, lock_file: Path | None, step: Progress, *, is_trusted: bool = False
) -> tuple[tuple[Explanation, ...], tuple[Diagnostic, ...]]:
    """Return the explanation of every file at ``path``, and all diagnostics of reading them.

    A file in a deck's folder is read with the settings and the lock of its deck. Its path is shown
    as it was given.
    """
    deck = None if path.is_dir() else deck_folder_of(path.resolve())
    name = name_of(path.resolve(), deck) if deck else None
    read = read_files(deck or path, lock_file, step, only=name, is_trusted=is_trusted)
    problems = (*read.lock_problems, *as_seen(read.content, read.problems))
    if deck is not None:
        problems = () if read.files else check_left_out(path, path.as_posix())
    explained = []
    for parsed, found in read.files:
        diagnostics = as_seen(read.content, found)
        shown = shown_path(read.content.folder, parsed.source.path)
        if deck is not None:
            shown = path.as_posix()
            diagnostics = tuple(
                replace(each, place=replace(each.place, path=shown)) for each in diagnostics
            )
        explained.append(explain(parsed, diagnostics, shown))
        problems += diagnostics
    return tuple(explained), problems


def read_files(
    path: Path,
    lock_file: Path | None,
    step: Progress,
    *,
    only: str | None = None,
    is_trusted: bool = False,
) -> ReadContent:
    """Read the content at ``path``, and parse its files, or ``only`` one. Writes nothing."""
    content, problems = read_content(path, is_trusted=is_trusted)
    lock, lock_problems = read_lock(lock_path(path, lock_file))
    earlier = earlier_readings(lock, content.files)
    files = []
    wanted = [source for source in content.files if only in (None, source.path)]
    for number, source in enumerate(wanted):
        step("reading", number, len(wanted))
        before = earlier[source.path]
        files.append(parse(source, content.config, before, is_single=content.is_single))
    return ReadContent(content, tuple(files), problems, lock_problems)


def explain(file: ParsedFile, problems: Sequence[Diagnostic], path: str) -> Explanation:
    """Return the explanation of a file shown as ``path``. ``problems`` are those of parsing it."""
    reading = file.reading or Reading(())
    parts = left_out(file, reading.headings)
    return Explanation(path, file, reading, _entries(file, reading), parts, tuple(problems))


def _entries(file: ParsedFile, reading: Reading) -> tuple[OutlineEntry, ...]:
    """Return title, sections and questions in order. Skips headings in answers."""
    headings = reading.headings
    names = {
        candidate.question.line: str(Choice((verdict.shape.dialect.name,), verdict.shape.level))
        for verdict in reversed(reading.verdicts)
        if verdict.is_chosen
        for candidate in verdict.shape.candidates
    }
    outcomes = {outcome.question.line: outcome for outcome in file.outcomes}
    lines = sorted({*outcomes, *(heading.line for heading in headings)})
    by_line = {heading.line: heading for heading in headings}
    title = title_heading(headings)
    entries: list[OutlineEntry] = []
    open_: list[Heading] = []
    covered = 0
    for line in lines:
        open_ = [heading for heading in open_ if line < heading.end]
        if line in outcomes:
            entries.append(_question(file, outcomes[line], len(open_), names.get(line, "")))
            covered = outcomes[line].question.answer.end
        elif line >= covered:
            heading = by_line[line]
            is_title = heading is title
            kind = TITLE if is_title else SECTION
            entries.append(OutlineEntry(kind, line, len(open_), plain_line(heading.markdown)))
            open_ += [] if is_title else [heading]
    return tuple(entries)


def _question(file: ParsedFile, outcome: Outcome, depth: int, dialect: str) -> OutlineEntry:
    question, note = outcome.question, outcome.note
    text = plain_line(note.front.markdown if note else question.text)
    entry = partial(
        OutlineEntry, QUESTION, question.line, depth, text,
        rule=question.rule or dialect, ending=question.ending,
    )  # fmt: skip
    if note is None:
        problem = outcome.problem
        reason = problem.code.meaning if problem else "left out with {skip}"
        return entry(reason=reason, code=problem.code.code if problem else "")
    asked = {line.number for line in note.front.lines}
    answer_lines = [
        line.number for line in (*note.back.lines, *note.extra.lines) if line.text.strip()
    ]
    answer = [number for number in answer_lines if number not in asked]
    # The back of a quiz starts with an option of the front, and another line says which one.
    inside = range(min(answer), max(answer)) if answer else range(0)
    for number in range(question.line, question.answer.end) if answer_lines else ():
        is_known = number in inside or number in asked
        if not is_known and names_an_option(file.source.lines[number - 1]):
            answer.append(number)
    cards = "cloze" if question.is_cloze else "cards both ways" if note.is_reverse else "card"
    hint = _extent([line.number for line in note.hint.lines if line.text.strip()])
    return entry(answer=_extent(answer or answer_lines), hint=hint, cards=cards)


def _extent(numbers: Sequence[int]) -> tuple[int, int] | None:
    return (min(numbers), max(numbers)) if numbers else None


def plain_line(markdown: str) -> str:
    """Return Markdown as a line of plain text, up to the first blank line, without tags or tabs."""
    rows = [_CODE_OR_TAG.sub(r"\1", row) for row in markdown[:2000].split("\n")]
    kept = [row for row in rows if not _TAB.match(row)]
    first = next((at for at, row in enumerate(kept) if row.strip()), 0)
    end = next((at for at in range(first, len(kept)) if not kept[at].strip()), len(kept))
    text = plain_text("\n".join(row.strip() for row in kept[first:end]))
    return text + (" …" if any(row.strip() for row in kept[end:]) else "")


_TAB = re.compile(r'\s*=== "')
_CODE_OR_TAG = re.compile(r"(`[^`]+`)|<[^<>]*>")
