"""Finds the parts of a file that are on no card."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cardwright.dialects.answer import is_back_link, is_furniture, is_table_of_contents
from cardwright.dialects.named_options import named
from cardwright.dialects.text.headings import Heading
from cardwright.parse import ParsedFile
from cardwright.wording import is_answer_title, is_never_a_question
from cardwright.wording.signs import PAGE_TAG, has_word
from cardwright.wording.titles import says_answer

TOP_LINK = "link to the top"
FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class UncoveredPart:
    """Lines ``start`` to ``end``, what they are, their first words, and how many have text."""

    start: int
    end: int
    kind: str
    text: str
    lines: int


def left_out(file: ParsedFile, headings: Sequence[Heading]) -> tuple[UncoveredPart, ...]:
    """Return the parts in order, without blank lines, rules, lone tags and headings of sections."""
    lines = file.source.lines
    covered = _covered(file)
    closing = {
        heading.line: heading.end
        for heading in headings
        if is_never_a_question(heading.text) and heading.line not in covered
    }
    shown = {heading.line for heading in headings} - closing.keys()
    length = file.source.front_matter.length
    found: list[UncoveredPart] = (
        [UncoveredPart(1, length, FRONT_MATTER, lines[0], length)] if length else []
    )
    for start, end in _runs(lines, length + 1, covered | shown, closing.keys()):
        rows = lines[start - 1 : end]
        if not all(_TAGS.fullmatch(row) or is_answer_marker(row) for row in rows):
            kind = _kind(rows, is_titled=start in closing)
            count = sum(bool(row.strip()) for row in rows)
            text = next((row.strip() for row in rows if re.search(r"\w", row)), rows[0].strip())
            found.append(UncoveredPart(start, end, kind, text, count))
    return tuple(found)


def _covered(file: ParsedFile) -> set[int]:
    """Return the lines of notes, their lines that say "Answer", and all of unanswered questions."""
    covered: set[int] = set()
    for outcome in file.outcomes:
        question, note = outcome.question, outcome.note
        if note is None:
            covered.update(range(question.line, max(question.answer.end, question.line + 1)))
            continue
        covered.add(question.line)
        for passage in (note.front, note.back, note.hint, note.extra, note.definitions):
            covered.update(line.number for line in passage.lines)
        rest = (n for n in range(question.line, question.answer.end) if n not in covered)
        covered.update(
            [number for number in rest if is_answer_marker(file.source.lines[number - 1])]
        )
    return covered


_MARKS = re.compile(
    r"<[^<>]*>|\[![\w-]+\][-+]?|:{3,}\s*[\w{. }-]*|[?!]{3}\+?\s*\w+|\{\{[<%].*?[>%]\}\}"
    rf"|{PAGE_TAG}"
)


def is_answer_marker(line: str) -> bool:
    """Whether a line only marks an answer: ``A:``, ``:::``, ``id:: 6123``, or the right option."""
    bare = _MARKS.sub("", line[:200]).strip(" \t>*_#-+:\uff1a.?\"'`")
    if not has_word(bare) or bare in _WORDS_OF_MARKS or _PROPERTY.match(line):
        return True
    if len(line) > 200:
        return False
    return is_answer_title(bare) or says_answer(bare) or names_an_option(line)


def names_an_option(line: str) -> bool:
    """Whether a line says which option is right."""
    return len(line) <= 200 and named(line) is not None


_WORDS_OF_MARKS = frozenset({"A", "S", "START", "END", "Basic", "Cloze", "Back", "Back Extra"})
_PROPERTY = re.compile(r"\s*[a-z][\w.-]{0,40}::\s")


def _runs(
    lines: Sequence[str], first: int, covered: Collection[int], titles: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each run of lines that are not covered."""
    start, last = 0, 0
    for number in range(first, len(lines) + 1):
        if start and (number in covered or number in titles):
            yield start, last
            start = 0
        if not (number in covered or is_furniture(lines[number - 1])):
            start, last = start or number, number
    if start:
        yield start, last


def _kind(rows: Sequence[str], *, is_titled: bool) -> str:
    text = "\n".join(rows)
    if is_table_of_contents(text):
        return "table of contents"
    if is_titled:
        return "section"
    if all(is_back_link(row) or not row.strip() for row in rows):
        return TOP_LINK
    if rows[0].lstrip().startswith("<!--") and rows[-1].rstrip().endswith("-->"):
        return "comment"
    return "text"


_TAGS = re.compile(r"\s*(?:<[^<>]*>\s*)*")
