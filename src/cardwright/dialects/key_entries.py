"""Finds sections of answers, ``## Answers`` over ``1. b`` and ``2. c``, and their entries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cardwright.blocks.rows import Row
from cardwright.dialects.answer import answer_text
from cardwright.dialects.asking import asking_lines
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.heading_levels import numbered
from cardwright.dialects.key_lines import listed_answers
from cardwright.dialects.named_options import named
from cardwright.dialects.table_rows import cells_of, is_delimiter
from cardwright.dialects.text.order import first_from
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line
from cardwright.wording import asks, sets_a_task
from cardwright.wording.signs import (
    BOLD_SIGN,
    BULLET,
    COLON,
    COLONS,
    GAP,
    QUESTION_MARK,
    ends_asking,
    has_question_mark,
)
from cardwright.wording.titles import says_answer
from cardwright.wording.words import (
    WORD_ENDS,
    Concept,
    alternatives,
    concepts_of,
    first_words,
    lazy_pattern,
    mentions,
)


@dataclass(frozen=True, slots=True)
class Key:
    """A section of answers. Its title is on ``line``, its text from ``first`` to before ``end``.

    ``column`` is where the text on the title's line begins, or 0.
    """

    line: int
    first: int
    end: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer of a key. ``given`` has its lines if they are not a stretch of the file."""

    number: int
    answer: Span
    given: tuple[Line, ...] = ()


Entries = list[list[Entry]]
_NAMES = (Concept.ANSWER, Concept.SOLUTION, Concept.KEY)
_TITLE_WORDS = first_words(*_NAMES, Concept.EXPLANATION)
_TITLE = lazy_pattern(
    rf"(?i)(?:(?<![^\W\d_])|(?<=[的の])|(?=答案))(?!(?<=api )key|key \w)"
    rf"{alternatives(*_NAMES)}{WORD_ENDS}"
)
"""``Chapter 3 key`` names a key, ``API key`` and ``Key points`` do not."""
_EXPLAINS = lazy_pattern(
    rf"(?i)\W*(?:{alternatives(Concept.MODEL)}\s)?{alternatives(Concept.EXPLANATION)}\W*"
)
"""``Explanations`` may name a key, ``Explanation of the diagram`` does not."""
_BOTH = lazy_pattern(
    rf"(?i)(?:{alternatives(Concept.QUESTION)}|q)\W{{0,3}}(?:{alternatives(Concept.AND)}|[&/+,、])"
    rf"\W{{0,3}}(?:{alternatives(Concept.ANSWER)}|a\b)|问答|問答|{QUESTION_MARK}"
    r"|\banswer (?:the|these|all|each|any)\b|回答[以下这]"
)
_LONGEST_TITLE, _MOST_WORDS = 100, 9
_REMARK = re.compile(rf"\s[-–—(（]|{COLON}\s")
_LONGEST_PLAIN = 40
_LEAD = re.compile(
    rf"(?P<bold>{BOLD_SIGN}|[*_](?=\w)|<b>)?"
    rf"(?P<text>[^{COLONS}*_<>|\d]{{2,60}}?)[ \t]*(?P<colon>{COLON})?"
    rf"(?:(?P<close>{BOLD_SIGN}|</b>)|(?<={COLON}))(?P<after>{COLON})?(?:[ \t]+|$)"
)


def keys(outline: Outline) -> list[Key]:
    """Return the sections that may be keys, in order. Those inside another one are parts of it.

    The title of the document is no key if another heading only says "Answers".
    The headings of a level that count answers (``## Answer 1``) are a single key.
    """
    able = [
        Key(box.start, box.body.start, max(box.body.end, box.body.start))
        for box in outline.boxes
        if box.title and (says_answer(box.text) or _names_a_key(box.text))
    ]
    blanks = [row.number for row in outline.rows if row.is_blank]
    by_level = [[h.line for h in outline.headings if h.level <= level] for level in range(7)]
    for row in outline.rows:
        if row.is_verbatim or row.quotes > 1 or not row.text or (row.marker and row.indent):
            continue  # an item in an item answers that one
        if row.quotes:
            if (column := _behind_title(row)) is not None and _begins_quote(outline, row):
                end = _end_of_quote(outline, row.number)
                able.append(Key(row.number, row.number + 1, end, column))
            continue
        if row.level and not row.marker and _names_a_key(row.text):
            mark = _mark(row)
            is_entry = mark is not None and mark.answers
            no_deeper = by_level[row.level - is_entry]
            end = first_from(no_deeper, row.number + 1, len(outline.lines) + 1)
            able.append(Key(row.number, row.number + (not is_entry), end))
        elif not row.level and (column := _behind_title(row)) is not None:
            end = outline.section_end(row.number)
            if column:  # the paragraph: "**Answer type:** one" is no key of its section
                end = min(first_from(blanks, row.number, end), end)
            able.append(Key(row.number, row.number + 1, end, column))
        elif _is_plain_title(outline, row):
            able.append(Key(row.number, row.number + 1, outline.section_end(row.number)))
    found: list[Key] = []
    is_named = any(says_only_answers(heading.text) for heading in outline.headings[1:])
    title = outline.title.line if outline.title and is_named else 0
    for key in sorted(able, key=lambda key: (key.line, -key.end)):
        if key.line != title and (not found or key.line >= found[-1].end):
            found.append(key)
    return found


def _begins_quote(outline: Outline, row: Row) -> bool:
    return row.number == 1 or not outline.rows[row.number - 2].quotes


def _end_of_quote(outline: Outline, line: int) -> int:
    below = (row.number for row in outline.rows[line:] if not row.quotes)
    return next(below, len(outline.lines) + 1)


def says_only_answers(title: str) -> bool:
    """Whether a title is only a word such as "Answers"."""
    return not concepts_of(title).isdisjoint(_NAMES)


def _names_a_key(text: str) -> bool:
    """Whether a title says that answers follow, and no questions. A remark after it is ignored."""
    if len(text.split()) > _MOST_WORDS:
        text = _REMARK.split(text, 1)[0]
    is_short = len(text) <= _LONGEST_TITLE and len(text.split()) <= _MOST_WORDS
    is_able = is_short and mentions(_TITLE_WORDS, text)
    is_named = is_able and (_TITLE.search(text) or _EXPLAINS.fullmatch(text))
    return bool(is_named) and not _BOTH.search(text)


def _behind_title(row: Row) -> int | None:
    """Return the column after a bold title or its colon, 0 without text, ``None`` without title.

    Text after a title with a number makes it one of a list: ``2. **Jumping to solutions**: …``.
    """
    text = row.text[:120]
    may_lead = row.text[0] in "*_<" or COLONS[0] in text or COLONS[1] in text
    match = _LEAD.match(text) if may_lead else None
    if match is None or not (match["bold"] or match["colon"] or match["after"]):
        return None
    has_text = match.end() < len(row.text)
    if has_text and row.ordinal:
        return None
    is_said = match["colon"] or match["after"] or (match["close"] and not has_text)
    if not is_said or not _names_a_key(match["text"]):
        return None
    return row.offset + match.end() + 1 if has_text else 0


def _is_plain_title(outline: Outline, row: Row) -> bool:
    """Whether a line is only the name of a key: ``Answer key``, or in capitals ``ANSWERS``.

    The line above is blank, or the first entry is below. Over that, ``Answers`` is a name as well.
    """
    text = row.text
    if len(text) > _LONGEST_PLAIN or row.marker or not mentions(_TITLE_WORDS, text):
        return False
    is_name = Concept.KEY in concepts_of(text) or (text.isupper() and _names_a_key(text))
    if is_name and outline.rows[row.number - 2].is_blank:
        return True
    below = (each for each in outline.rows[row.number : row.number + 3] if each.raw.strip())
    first = next(map(_mark, below), None)
    return (is_name or says_answer(text)) and first is not None and first.number == 1


def entries(outline: Outline, key: Key) -> Iterator[Entries]:
    """Yield the answers of a key in runs that count up, in the form that most of them have.

    If a numbered heading comes first, then those of headings: what else counts may be in them.
    """
    shapes = runs(outline, key.first, key.end)
    listed = max(shapes, key=lambda found: sum(map(len, found)), default=[])
    found = _entries_of(outline, key, listed)
    best = max([*_on_lines(outline, key)], [*_in_table(outline, key)], key=len)
    yield [best] if len(best) > max(sum(map(len, found)), 1) else found
    first = min(shapes, key=lambda found: found[0][0].line, default=listed)
    if first is not listed and first[0][0].level:
        yield _entries_of(outline, key, [_over_levels(outline, run) for run in first])


def _over_levels(outline: Outline, run: Run) -> Run:
    """Return the headings of a run and those of other levels that count on between them."""
    every = outline.headings_between(run[0].line, run[-1].line + 1)
    rows = (outline.rows[heading.line - 1] for heading in numbered(every, run[0].level))
    return tuple(mark for row in rows if (mark := _mark(row)))


def _entries_of(outline: Outline, key: Key, listed: Sequence[Run]) -> Entries:
    marks = [mark for run in listed for mark in run]
    ends = dict(zip(marks, [*(mark.line for mark in marks[1:]), key.end], strict=False))
    outside = {mark: line for mark in marks if (line := _outside(outline, mark, ends[mark]))}
    if len(marks) > 2 and marks[-1:] == [*outside]:
        ends |= outside  # only the last one has such text, so it is behind the key
    level = min((mark.level for mark in marks), default=0)
    return [[_entry(outline, mark, ends[mark], level) for mark in run] for run in listed]


def _outside(outline: Outline, mark: Mark, end: int) -> int:
    """Return the first line after a blank one that is left of the text of its list item, or 0.

    Code there belongs to the item.
    """
    item = outline.rows[mark.line - 1]
    below = outline.rows[mark.line : end - 1] if item.marker and not mark.level else ()
    rows = (row for row in below if row.text and row.indent < item.width)
    first = next((row for row in rows if outline.rows[row.number - 2].is_blank), None)
    return first.number if first and not first.is_verbatim else 0


_ENDS = (EndRule.HEADING, EndRule.RULE, EndRule.CLOSED)


def _entry(outline: Outline, mark: Mark, limit: int, level: int) -> Entry:
    """Return the answer after a number, or below one that only repeats the question."""
    body = Body(mark.line, mark.line + 1, limit, level=level or 6)
    rules = [rule for rule in _ENDS if not (mark.level and rule is EndRule.RULE)]
    end = end_of_answer(outline, body, rules).line
    text, quotes = outline.lines[mark.line - 1], outline.rows[mark.line - 1].quotes
    title = text[mark.column - 1 :].strip(" \t#*_")
    has_more = any(row.strip() for row in outline.lines[mark.line : end - 1])
    is_title = bool(mark.level or mark.opening) and named(title, is_said=False) is None
    if not title or (has_more and is_title):
        return Entry(mark.number, Span(mark.line + 1, end, quotes=quotes))
    before = text[: mark.column - 1].lstrip("> " if quotes else "")
    indent = len(before.expandtabs(4)) if has_more else 0
    return Entry(mark.number, Span(mark.line, end, indent, mark.column, quotes=quotes))


_LONGEST_LINE = 3000


def _on_lines(outline: Outline, key: Key) -> Iterator[Entry]:
    """Yield ``1-B, 2-C`` on several lines, ``3b`` alone, or sentences on the only line."""
    below = ((n, 1) for n in range(key.first, key.end))
    lines = [(key.line, key.column)] if key.column else []
    lines += [(n, column) for n, column in below if outline.lines[n - 1].strip(" \t>")]
    last = 0
    for number, column in lines:
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1] or len(text) > _LONGEST_LINE or "|" in text:
            continue
        found = listed_answers(text, column - 1, is_only=len(lines) == 1)
        if not found or found[0].number <= last:
            continue
        last = found[-1].number
        for piece in found:
            span = Span(number, number + 1, 0, piece.start + 1, piece.end + 1)
            yield Entry(piece.number, span)


_NUMBER = lazy_pattern(
    rf"(?i)\W*(?:q|{alternatives(Concept.QUESTION, Concept.NUMBER)})?\s*(?P<number>\d{{1,4}})\W*"
)
_EXPLAINING = frozenset({Concept.EXPLANATION, Concept.NOTES, Concept.PART})


def _in_table(outline: Outline, key: Key) -> Iterator[Entry]:
    """Yield the answers of a table whose first column or first row has their numbers."""
    names: list[frozenset[Concept]] = []
    numbers: list[re.Match[str] | None] = []
    for number in range(key.first, key.end):
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1] or text.count("|") < 2:
            continue
        cells = [Line(text[a - 1 : b - 1], number, a) for a, b in cells_of(text)]
        if is_delimiter(text):
            above = outline.lines[number - 2]
            titles = [above[a - 1 : b - 1] for a, b in cells_of(above)]
            names = [*map(concepts_of, titles)]
            numbers = [_NUMBER.fullmatch(title) for title in titles]
            continue
        if sum(map(bool, numbers)) > 1:
            for match, cell in zip(numbers, cells, strict=False):
                if match and cell.text.strip():
                    yield Entry(int(match["number"]), Span(number, number + 1), (cell,))
            numbers = []
            continue
        counting = sum(_NUMBER.fullmatch(cell.text) is not None for cell in cells)
        if counting > 1 and number < key.end - 1 and is_delimiter(outline.lines[number]):
            continue  # it is over its answers
        match = _NUMBER.fullmatch(cells[0].text) if len(cells) > 1 else None
        if match:
            further = zip(cells[2:], names[2:], strict=False)
            more = [cell for cell, name in further if cell.text and name & _EXPLAINING]
            given = [cells[1], *(line for cell in more for line in (Line("", number), cell))]
            yield Entry(int(match["number"]), Span(number, number + 1), tuple(given))


_ASKED = alternatives(Concept.QUESTION, Concept.EXERCISE, Concept.TASK)
_MARK = lazy_pattern(
    rf"(?P<indent>[ \t>]*)(?P<bullet>{BULLET}[ \t]+)?(?P<hashes>#+[ \t]*)?"
    rf"(?P<bold>{BOLD_SIGN}|<b>)?(?P<bracket>[(（](?=\d{{1,3}}[)）]))?"
    rf"(?:(?i:(?P<answer>{alternatives(Concept.ANSWER, Concept.SOLUTION)}"
    rf"(?:(?:[ \t][^\W\d_]{{1,4}}['’]?){{0,2}}[ \t]?{_ASKED})?|a)"
    rf"|(?P<word>{_ASKED}|ex|prob|q|第))"
    r"[ \t]?[.#№-]?[ \t]?)?"
    r"(?P<chapter>\d{1,2}\.)?(?P<number>\d{1,4})(?![\d%])(?:[ \t]?[題题問问])?"
    rf"(?P<close>{BOLD_SIGN}|</b>)?"
    rf"(?P<sign>[ \t]*(?:\\?[.){COLONS}、．）](?!\d)|[-–—](?=\s)|(?=$)|(?<=[*_>])(?=\s)))?"
    rf"(?P<shut>{BOLD_SIGN}|</b>)?[ \t]*"
)
_DIGIT = re.compile(r"\d")
_LONGEST_LEAD = 80
_WIDEST_GAP = 3
"""The most numbers that are missing between two numbers of a run."""
Run = tuple["Mark", ...]


class Mark(NamedTuple):
    """A number at the start of a line. Its text begins at ``column``, from 1.

    Of ``1.3``, in the first chapter, it is the 3.

    ``has_word`` says that a word is before it, and ``answers`` that the word is one such as
    "Answer". ``level`` is that of a heading, or 0. ``shape`` is what the marks of a list have in
    common. Its last value says whether the number is in brackets. ``opening`` is the bold that
    continues after the number.
    """

    line: int
    number: int
    column: int
    level: int
    has_word: bool
    answers: bool
    opening: str
    shape: tuple[bool | int, ...]


def counted_lines(outline: Outline, first: int, end: int) -> set[int]:
    """Return the lines from ``first`` to before ``end`` that have a number of a run."""
    shapes = runs(outline, first, end)
    return {mark.line for found in shapes for run in found for mark in run}


def runs(outline: Outline, first: int, end: int) -> list[list[Run]]:
    """Return the marks from line ``first`` to before ``end`` in runs that count up, by shape.

    A number that does not continue a run is left out, unless it is that of a heading, which begins
    a new run. A run may have its first numbers in another shape (``**Question 1**`` above ``2.``).
    Numbers in brackets count if there are no others: ``(1)`` below ``1.`` is a part.
    """
    by_shape: defaultdict[tuple[bool | int, ...], list[list[Mark]]] = defaultdict(list)
    for row in outline.rows[first - 1 : end - 1]:
        mark = None if row.is_verbatim else _mark(row)
        if mark is None:
            continue
        open_ = by_shape[mark.shape]
        last = open_[-1][-1].number if open_ else -1
        if open_ and last < mark.number <= last + _WIDEST_GAP:
            open_[-1].append(mark)
        elif not open_ or mark.number <= 1 or (mark.level and mark.number <= last):
            others = (found[-1] for found in by_shape.values() if found and not open_)
            before = (run for run in others if run[-1].number == mark.number - 1)
            open_.append([*next(before, ()), mark])
    plain = {shape for shape in by_shape if not shape[-1]} or by_shape
    return [[tuple(run) for run in by_shape[shape]] for shape in by_shape if shape in plain]


def unnumbered(outline: Outline, first: int, end: int, count: int) -> list[list[Run]]:
    """Return ``count`` questions without numbers, as marks that count: headings, or bold lines."""
    headings = outline.headings_between(first, end)
    asking = [each for each in headings if asks(each.text) and not each.wording.number]
    lines = (each for each in outline.once(asking_lines) if first <= each.line < end)
    bold = [each.line for each in lines if each.is_bold and each.asks and not each.number]
    found = [[(each.line, each.level) for each in asking], [(line, 0) for line in bold]]
    return [
        [
            tuple(
                Mark(line, at, 1, level, False, False, "" if level else "**", ())
                for at, (line, level) in enumerate(places, 1)
            )
        ]
        for places in found
        if len(places) == count > _FEW_QUESTIONS
    ]


_FEW_QUESTIONS = 2


def _mark(row: Row) -> Mark | None:
    text = row.raw
    has_number = _DIGIT.search(text, 0, _LONGEST_LEAD)  # a third of the time of the whole pattern
    match = _MARK.match(text[:_LONGEST_LEAD]) if has_number else None
    if match is None:
        return None
    has_word, sign = bool(match["word"] or match["answer"]), match["sign"]
    is_dressed = bool(match["hashes"] or match["bold"] or has_word)
    is_last = not text[match.end() :].strip("# \t")
    is_counted = has_word or (match["hashes"] is not None and not row.level)  # "#3 Which"
    is_apart = is_counted and text[match.end("number") :][:1] in " \t*<"
    is_signed = sign is not None and (is_dressed or (bool(sign.strip()) and not is_last))
    if not (is_signed or (sign is None and is_apart)):
        return None
    level = len((match["hashes"] or "").strip()) if row.level else 0
    width = len(match["indent"].expandtabs(4)) // 2
    opening = "" if match["close"] or match["shut"] else match["bold"] or ""
    shape = (
        has_word, level, bool(match["bold"]), bool(match["bullet"]), width,
        match["chapter"] is not None, bool(match["bracket"]),
    )  # fmt: skip
    answers = match["answer"] is not None
    number, column = int(match["number"]), match.end() + 1
    return Mark(row.number, number, column, level, has_word, answers, opening, shape)


def are_questions(outline: Outline, answers: Entries) -> bool:
    """Whether a section named like a key ("Short answers") has questions."""
    spans = [each.answer for run in answers for each in run]
    texts = [(answer_text(outline.lines, span), cut(outline.lines, span)) for span in spans]
    asking = [
        text
        for text, rows in texts
        if _GAP.search(text) or outline.options_in(rows) or _only_asks(text)
    ]
    return len(asking) * 2 > len(spans)


def _only_asks(text: str) -> bool:
    """Whether a text is a single line that asks or sets a task, without an answer behind it."""
    line = text.strip()
    if "\n" in line or not sets_a_task(line):
        return False
    return ends_asking(line.rstrip("*_) \t")) or not has_question_mark(line)


_GAP = re.compile(GAP)
