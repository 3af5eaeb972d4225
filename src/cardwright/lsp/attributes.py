"""Finds the place where an attribute belongs to its question.

At the end of a heading it always does. Elsewhere it could become part of the answer, or end up
outside of a table. So the file is read again with the edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from cardwright.content.files import earlier_readings
from cardwright.dialects.text.attributes import NO_ATTRIBUTES, split_attributes
from cardwright.dialects.text.question import Question
from cardwright.lsp.check import Check
from cardwright.lsp.positions import LineEdit, apply_edit
from cardwright.model import EarlierReading, Line
from cardwright.parse import parse
from cardwright.source.folders import with_lines
from cardwright.source.names import name_of

QuestionReader = Callable[[Sequence[str]], Sequence[Question]]
"""Returns the questions of a file with these lines."""

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_BRACES = re.compile(r"\s*\{[^{}]*\}")


def question_reader(check: Check, path: Path) -> QuestionReader | None:
    """Return a function that reads a file as the check did, ``None`` if the deck lacks the file."""
    content = check.content
    folder = Path.cwd() / content.folder
    name = name_of(path, folder) if path.is_relative_to(folder) else ""
    source = next((each for each in content.files if each.path == name), None)
    if source is None:
        return None

    @cache
    def earlier() -> EarlierReading:
        return earlier_readings(check.assembly.before, content.files)[name]

    @lru_cache(maxsize=8)  # several edits of one text
    def parsed_questions(lines: tuple[str, ...]) -> Sequence[Question]:
        edited = with_lines(source, lines)
        parsed, _ = parse(edited, content.config, earlier(), is_single=content.is_single)
        return [outcome.question for outcome in parsed.outcomes]

    return lambda lines: parsed_questions(tuple(lines))


def attribute_edit(
    number: int, lines: Sequence[str], word: str, read: QuestionReader | None
) -> LineEdit | None:
    """Write an attribute into a line. ``None`` if no edit is certain to give it to the question.

    Without ``read``, only headings can be edited.
    """
    if _HEADING.match(lines[number - 1]):
        return _edit_at_end(number, lines, word)
    before = read(lines) if read else ()
    firsts = [each.front[0].number if each.front else 0 for each in before]
    index = firsts.index(number) if number in firsts else None
    if read is None or index is None:
        return None
    last = before[index].front[-1]
    edits = (_edit_at_end(last.number, lines, word), *_edits_in_line(last, lines, word))
    for edit in edits:
        after = read(apply_edit(lines, edit))
        if [(each.line, each.text) for each in before] == [(e.line, e.text) for e in after]:
            given = after[index].attributes
            if word in given.words or word == f"#{given.id}":
                return edit
    return None


def _edit_at_end(number: int, lines: Sequence[str], word: str) -> LineEdit:
    line = lines[number - 1]
    return _edit_after(number, line, len(line.rstrip()), word)


def _edits_in_line(front: Line, lines: Sequence[str], word: str) -> Iterator[LineEdit]:
    """Yield an edit after the text of the question, for a line that has more text."""
    line, text = lines[front.number - 1], front.text.rstrip()
    start = line.find(text, max(front.column - 1, 0)) if text else -1
    if start >= 0:
        end = start + len(text)
        braces = _BRACES.match(line, end)
        yield _edit_after(front.number, line, braces.end() if braces else end, word)


def _edit_after(number: int, line: str, end: int, word: str) -> LineEdit:
    """Write ``word`` after the first ``end`` characters, into existing braces if there are some."""
    _, attributes = split_attributes(line[:end])
    if attributes != NO_ATTRIBUTES:
        return LineEdit(number, end, end, f" {word}")  # the column of the closing brace
    rest = line[end:]
    return LineEdit(number, end + 1, end + 1 if rest.strip() else len(line) + 1, f" {{{word}}}")
