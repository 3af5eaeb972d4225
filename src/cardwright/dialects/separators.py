"""Dialect S: ``?`` alone on a line between question and answer, or ``front::back`` on one.

So have it the Obsidian plugins "Spaced Repetition" and "Flashcards"; ``??`` and ``:::`` ask in
both directions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.answers.stretch import (
    SCHEDULE,
    is_bold_open,
    is_boundary,
    is_heading,
    is_listed,
    quotes_of,
    stretched,
    width_of,
    without_bold_end,
)
from cardwright.dialects.flashcards.card_tags import begin_behind_tags, untagged
from cardwright.dialects.flashcards.colons import begin_of_text, has_sure_separator
from cardwright.dialects.flashcards.inline_separators import inline_separators
from cardwright.dialects.flashcards.own_signs import own_signs
from cardwright.dialects.lines.pair_labels import labelled_column
from cardwright.dialects.text.breaks import is_break
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line


def separators(outline: Outline) -> tuple[Question, ...]:
    """The questions that stand before a separator, with what stands behind it."""
    own = own_signs(outline)
    marks = _marks(outline, own.alone)
    ends = (*(mark.begin for mark in marks[1:]), len(outline.lines) + 1)
    found_at = (_question(outline, mark, end) for mark, end in zip(marks, ends, strict=False))
    parted = [question for question in found_at if question is not None]
    taken = {
        line
        for question in parted
        for line in range(question.line, max(question.answer.end, question.line + 1))
    }
    inline = inline_separators(outline, taken, own.inline, is_deck=bool(marks))
    found = sorted([*parted, *inline], key=lambda question: question.line)
    whole = _with_open_answers(outline, found, {question.line for question in parted})
    bare = (_without_label(outline, question) for question in whole)
    return tuple(map(_without_tags, bare) if _is_scheduled(outline) else bare)


def _is_scheduled(outline: Outline) -> bool:
    return any("<!--SR:" in line for line in outline.lines)


def _without_tags(question: Question) -> Question:
    """The question without the tags before its text, by which a plugin's user marks cards."""
    first = question.front[0]
    offset = begin_behind_tags(first.text)
    return replace(question, front=(_from(first, offset), *question.front[1:]))


def _without_label(outline: Outline, question: Question) -> Question:
    """The question without ``**A:**`` before its answer, which the separator makes needless."""
    span = question.answer
    if span.start >= span.end:
        return question
    text = outline.lines[span.start - 1]
    begin = max(span.column - 1, 0)
    offset = labelled_column(text[begin:], is_answer=True)
    below = outline.lines[span.start : span.end - 1]
    is_list = is_listed(text[begin:]) and any(row.strip() for row in below)
    if not offset or span.quotes or is_list:
        return question
    until = span.until if span.until and span.end == span.start + 1 else len(text) + 1
    if text[begin + offset : until - 1].strip():
        return replace(question, answer=replace(span, column=begin + offset + 1))
    indent = width_of(outline.lines[span.start]) if span.start + 1 < span.end else 0
    return replace(question, answer=Span(span.start + 1, span.end, indent, 1, span.until))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line ``?`` or ``??``, or one with a sign of the document's own for it, and the line on
    which the question above it begins.
    """

    line: int
    begin: int
    quotes: int
    indent: int
    is_reverse: bool


def _marks(outline: Outline, own: Mapping[int, bool]) -> list[_Mark]:
    """The separating lines; in a row of several none separates anything.

    ``own`` are those with a sign of the document's own: whether they ask in both directions.
    """
    signs = {
        number: bare == "??" or own.get(number, False)
        for number, text in enumerate(outline.lines, 1)
        if len(text) < 100
        and ((bare := quotes_of(text)[1].strip()) in ("?", "??") or number in own)
        and not outline.is_verbatim[number - 1]
    }
    marks: list[_Mark] = []
    above = outline.document.source.front_matter.length
    for number, is_reverse in signs.items():
        if number - 1 not in signs and number + 1 not in signs:
            quotes, text = quotes_of(outline.lines[number - 1])
            begin = _begin(outline, number, above)
            if begin < number:
                marks.append(_Mark(number, begin, quotes, width_of(text), is_reverse))
        above = number
    return marks


def _begin(outline: Outline, mark: int, above: int) -> int:
    """Where the question over a mark begins, ``mark`` when there is none.

    That are the lines up to a blank one, or a heading with nothing between; with a blank line
    before the mark all up to a rule, where one is next. Code and formulas
    are looked over, for what they are about stands before them. ``above`` is the last line that
    can be no part of it: the mark before, then without a blank line between only one line is.
    """
    at, begin, is_said = mark - 1, mark, False
    indent = width_of(quotes_of(outline.lines[mark - 1])[1])
    while at > above:
        text = quotes_of(outline.lines[at - 1])[1]
        if SCHEDULE.search(text):
            return begin
        if outline.is_verbatim[at - 1]:
            begin = at
        elif is_heading(text):
            return begin if is_said else at
        elif is_boundary(text) or has_sure_separator(text):
            return begin
        elif text.strip():
            begin, is_said = at, True
            if is_listed(text) and width_of(text) < indent:
                return begin
        elif is_said:
            return _below_rule(outline, mark, above) or begin
        at -= 1
    return mark - 1 if outline.lines[above - 1].strip() in ("?", "??") and is_said else begin


def _below_rule(outline: Outline, mark: int, above: int) -> int:
    """The line behind the rule above a mark that blank lines set apart, 0 where none is next."""
    if outline.lines[mark - 2].strip():
        return 0
    for at in range(mark - 1, max(above, mark - _MOST_LINES), -1):
        text = outline.lines[at - 1]
        if not outline.is_verbatim[at - 1] and is_break(text):
            return at + 1
        if not outline.is_verbatim[at - 1] and (is_boundary(text) or SCHEDULE.search(text)):
            return 0
    return 0


_MOST_LINES = 40
"""So far above a mark a rule is looked for."""


def _question(outline: Outline, mark: _Mark, end: int) -> Question | None:
    """The question over a mark; ``None`` where only tags and signs of headings stand there."""
    rows = cut(outline.lines, Span(mark.begin, mark.line, quotes=mark.quotes))
    kept = [_bare(row) for row in rows]
    kept = [*trimmed(kept)]
    if not kept:
        return None
    if sum(is_listed(row.text) for row in kept) == 1 and is_listed(kept[0].text):
        kept[0] = _from(kept[0], begin_of_text(kept[0].text))
    limit, end = end, min(end, outline.section_end(mark.line))
    span = Span(mark.line + 1, max(end, mark.line + 1), mark.indent, quotes=mark.quotes)
    answer = _under_headings(outline, mark, limit) or stretched(outline, span)
    kept[0] = _from(kept[0], labelled_column(kept[0].text, is_answer=False))
    if is_bold_open(kept[0].text):
        kept[0], answer = _from(kept[0], 2), without_bold_end(outline, answer)
    return asked(kept, answer, line=mark.begin, is_marked=True, is_reverse=mark.is_reverse)


def _under_headings(outline: Outline, mark: _Mark, limit: int) -> Span | None:
    """The answer that begins with a heading right under the mark, ``None`` where none does.

    It goes on to the next heading that is less deep.
    """
    at = bisect_right(outline.headings, mark.line, key=lambda heading: heading.line)
    following = outline.headings[at : at + 1]
    if is_heading(outline.lines[mark.begin - 1]) or mark.quotes:
        return None
    if not following or following[0].line != mark.line + 1:
        return None
    level = following[0].level
    end = next((above.line for above in outline.headings[at:] if above.level < level), limit)
    return Span(mark.line + 1, max(min(end, limit), following[0].body))


def _bare(row: Line) -> Line:
    """A line of a question without a heading's hashes and the tags of a card."""
    if is_heading(row.text):
        text = row.text.lstrip("# \t")
        row = Line(text.rstrip("# \t"), row.number, row.column + len(row.text) - len(text))
    tagged = untagged(row.text)
    return Line(tagged.text, row.number, row.column + tagged.offset) if tagged.is_card else row


def _from(row: Line, offset: int) -> Line:
    return Line(row.text[offset:], row.number, row.column + offset)


def _with_open_answers(
    outline: Outline, found: Sequence[Question], parted: set[int]
) -> Iterator[Question]:
    """The questions, answers with blank lines in them whole where nothing but cards stands.

    To the plugin a blank line ends an answer. Where it has not yet read the file, a section that
    begins with a question holds nothing else, and a person takes all up to the next question.
    """
    if _is_scheduled(outline):
        yield from found
        return
    is_open, before = False, 1
    following = [*(question.line for question in found[1:]), len(outline.lines) + 1]
    for question, end in zip(found, following, strict=False):
        between = outline.lines[before - 1 : question.line - 1]
        is_open = _is_first(outline, question.line) or (
            is_open and not any(is_boundary(text) for text in between)
        )
        before = question.line
        if not is_open or question.line not in parted or _is_headed(outline, question.answer):
            yield question
            continue
        limit = min(end, outline.section_end(question.line))
        whole = replace(question.answer, end=max(limit, question.answer.start), until=0)
        answer = stretched(outline, whole, is_open=True)
        if question.answer.until:  # no schedule ends it, but bold that began with the question
            answer = without_bold_end(outline, answer)
        yield replace(question, answer=answer, direct=answer.end)


def _is_headed(outline: Outline, answer: Span) -> bool:
    return answer.start < answer.end and is_heading(outline.lines[answer.start - 1])


def _is_first(outline: Outline, line: int) -> bool:
    """Whether no text stands between a question and the heading, rule or tags above it."""
    if is_heading(outline.lines[line - 1]):
        return True
    for at in range(line - 1, outline.document.source.front_matter.length, -1):
        text = outline.lines[at - 1]
        if is_boundary(text):
            return True
        if text.strip():
            return False
    return True
