"""Removes what follows the answers: a footer, or ``[Back to top](#top)`` under each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from cardwright.blocks.rows import Row
from cardwright.dialects.answer import holds_text, is_back_link, is_furniture
from cardwright.dialects.endings import EndRule
from cardwright.dialects.flashcards.traces import is_key
from cardwright.dialects.labels import label_at
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import first_from
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording.asking import offers_more
from cardwright.wording.signs import BOLD_SIGN, COLONS, has_word, is_rule
from cardwright.wording.titles import names_a_part, names_a_section

_FEWEST = 3
"""The fewest questions that show what ends most answers."""
_MOST_LINES = 6
"""The most lines with text after the rule."""


def without_closing(outline: Outline, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return the questions without the lines that end most answers or close the document.

    A rule closes the document if little text follows, or if rules end most answers. A heading with
    only links under it does, too, if it is a link itself or names a section. If the last question
    is not a heading, any heading that names a section closes the document. If another answer
    contains such a thing, it closes nothing. Neither does a rule between the items of a list.
    """
    questions = without_next_titles(outline, questions)
    for find_ends in (_next_names, _repeated_ends, _offer):
        questions = _ended(questions, find_ends(outline, questions))
    if len(questions) < _FEWEST:
        return questions
    *others, last = questions
    first, end = last.answer.start, last.answer.end
    is_heading = any(heading.line == last.line for heading in outline.headings)
    sections = [] if is_heading else [h.line for h in outline.headings if _is_section(h)]
    links = [h.line for h in outline.headings if h.line > first and _leads_away(outline, h)]
    divided = sum(_is_at_rule(outline, other) for other in others)
    is_divided = divided * 5 >= len(others) * 4
    for stops, is_short in ((sections, False), (links, False), (outline.rules, not is_divided)):
        found = min(first_from(stops, first + 1, end), end)
        is_common = any(_holds(outline, other, stops) for other in others)
        rest = outline.lines[found : end - 1]
        is_long = sum(bool(line.strip()) for line in rest) > _MOST_LINES
        is_long = (is_long and not _only_links(rest)) or any(outline.is_verbatim[found : end - 1])
        above = outline.lines[first - 1 : found - 1]
        is_list = stops is outline.rules and _continues_list(outline, found, end)
        is_kept = is_common or is_list or (is_short and is_long)
        if not is_kept and holds_text(above):
            end = found
    return (*others, _closed(last, end))


def without_next_titles(outline: Outline, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions without a title of the next part, after which numbers begin again."""
    return _ended(questions, _next_titles(outline, questions))


def _ended(questions: Sequence[Question], ends: Mapping[int, int]) -> tuple[Question, ...]:
    """Return the questions, each without the lines of its answer from the line in ``ends``."""
    return tuple(_closed(each, ends.get(at, 0)) for at, each in enumerate(questions))


def _closed(question: Question, end: int) -> Question:
    """Return the question. If ``end`` is a line of its answer, this line ends it."""
    span = question.answer
    is_inside = span.start <= end < span.end
    return question.until(end)._replace(ending=EndRule.CLOSING) if is_inside else question


def _is_at_rule(outline: Outline, question: Question) -> bool:
    """Whether nothing but a rule stands between an answer and what follows."""
    start, end = question.answer.start, question.answer.end
    first = bisect_left(outline.rules, start)
    within = (rule for rule in outline.rules[first : first + _MOST_LINES] if rule <= end)
    return any(not any(map(str.strip, outline.lines[rule : end - 1])) for rule in within)


def _holds(outline: Outline, question: Question, stops: Sequence[int]) -> bool:
    """Whether an answer continues after a stop."""
    start, end = question.answer.start, question.answer.end
    first = min(first_from(stops, start, end), end)
    return holds_text(outline.lines[first : end - 1])


def _continues_list(outline: Outline, rule: int, end: int) -> bool:
    """Whether items of one kind are right above and below a rule."""
    above = _line_above(outline, rule)
    below = next((row for row in outline.rows[rule : end - 1] if row.text), None)
    return above is not None and below is not None and below.kind == above.kind != ""


def _only_links(rest: Sequence[str]) -> bool:
    """Whether lines are only links, below a name such as "Sources:"."""
    return all(names_a_section(line) or not _LETTER.search(_LINKED.sub("", line)) for line in rest)


_LETTER = re.compile(r"[^\W\d_]")


_DEEP = 4
"""At this level, a heading is probably inside an answer."""


def _is_section(heading: Heading) -> bool:
    if heading.depth or heading.level >= _DEEP:
        return False
    return not names_a_part(heading.text)


_LONGEST = 5_000
_LINKED = re.compile(r"!?\[[^\[\]]*\]\([^()\s]*\)|<[^<>]*>|https?://\S+|\[\d{1,3}\]")


def _leads_away(outline: Outline, heading: Heading) -> bool:
    """Whether only links and pictures are below a heading, to the end of the document.

    The heading itself must have a link or name a section, such as References.
    """
    if heading.depth or not ("](" in heading.markdown or names_a_section(heading.text)):
        return False
    rest = "\n".join(outline.lines[heading.body - 1 : heading.body + _LONGEST])
    return len(rest) < _LONGEST and not has_word(_LINKED.sub("", rest))


_NAMED = re.compile(
    r"(?P<key>[a-zA-Z][\w-]{0,20}:)[ \t]*\S+|(?P<words>\W*[^\W\d_][^\d]{0,30})\d{1,4}\W*"
)


def _next_names(outline: Outline, questions: Sequence[Question]) -> dict[int, int]:
    """Return where the name of the next question ends an answer: ``**Card 2**`` or ``id: 42``.

    Such a line is right above most questions, even the first one. Only its value differs. A label
    alone, such as "Question:", may be between the two.
    """
    above = [_name_above(outline, question) for question in questions]
    names = [_NAMED.fullmatch(row.text) if row else None for row in above]
    forms = [match["key"] or match["words"] if match else "" for match in names]
    if len(forms) < _FEWEST or not forms[0] or forms.count(forms[0]) * 2 < len(forms):
        return {}
    below = enumerate(zip(above[1:], forms[1:], strict=True))
    return {at: row.number for at, (row, form) in below if row and form == forms[0]}


def _name_above(outline: Outline, question: Question) -> Row | None:
    row = _line_above(outline, question.line)
    label = label_at(outline, row.number) if row else None
    if label and label.asks and not (label.has_text or label.number):
        return _line_above(outline, label.line)
    return row


def _next_titles(outline: Outline, questions: Sequence[Question]) -> dict[int, int]:
    """Return where a title of the next part ends an answer.

    It is a short line of its own right above number 1, or begins with a sign: ``Lesson 2``. If such
    a line is above the first question, those between other questions are titles, too: behind the
    items of a list, and few lines that are bold as well, or plain as well. With many of them, such
    lines end answers.
    """
    first = _line_above(outline, questions[0].line) if questions else None
    is_titled = first is not None and _is_title(outline, first, questions[0])
    above = [_line_above(outline, after.line) for after in questions[1:]]
    titles = {
        at: row
        for at, (question, row) in enumerate(zip(questions, above, strict=False))
        if row and question.answer.start < row.number and _is_title(outline, row, question)
    }
    alike = {at for at, row in titles.items() if first and _is_alike(outline, first, row)}
    is_few = len(alike) * (2 if first and _is_bold(first) else 3) <= len(questions)
    return {
        at: row.number
        for at, row in titles.items()
        if questions[at + 1].number == "1" < questions[at].number
        or (is_titled and ((is_few and at in alike) or _is_behind(outline, row, questions[at])))
    }


def _is_alike(outline: Outline, first: Row, row: Row) -> bool:
    """Whether a line is apart from the text above it, and bold or plain as the first title is."""
    is_apart = outline.rows[row.number - 2].is_blank
    is_said = not set(COLONS).isdisjoint(row.text.rstrip("*_ ")[:-1])  # "Answer: 1-A"
    return is_apart and not is_said and _is_bold(row) == _is_bold(first)


def _is_bold(row: Row) -> bool:
    return _BOLD.fullmatch(row.text.strip()) is not None


_BOLD = re.compile(rf"({BOLD_SIGN}).+\1")


def _is_behind(outline: Outline, row: Row, question: Question) -> bool:
    """Whether a line at the margin follows the indented text of a numbered item."""
    above = outline.row_above(row.number)
    is_said = not set(COLONS).isdisjoint(row.text)  # "Answer: 1-A"
    is_inside = above is not None and above.indent > 0 and not above.marker
    return is_inside and not is_said and outline.rows[question.line - 1].ordinal > 0


def _is_title(outline: Outline, row: Row, question: Question) -> bool:
    marker = row.marker and outline.rows[question.line - 1].marker
    is_apart = outline.rows[row.number - 2].is_blank or not row.text[:1].isalnum()
    is_plain = not (marker or row.indent or row.quotes or row.text.startswith(_NO_TITLE))
    return is_plain and is_apart and _TITLE.fullmatch(row.text.rstrip("*_ ")) is not None


_NO_TITLE = ("|", "`", "<", "{", "!", "$", "[")
_TITLE = re.compile(r".{0,79}[^\s.,;!?…。！？，；]")


def _line_above(outline: Outline, line: int) -> Row | None:
    """Return the last line with text above ``line``, unless it is a heading or code."""
    row = outline.row_above(line)
    return None if row is None or row.is_verbatim or row.level else row


def _repeated_ends(outline: Outline, questions: Sequence[Question]) -> dict[int, int]:
    """Return where a line of links ends an answer, if such lines end at least half of the answers.

    Each part may have its own link: ``[Back to part 2](#part-2)``.
    """
    lasts = [_last_line(outline, question) for question in questions]
    counts = Counter(text for text, _ in lasts if text)
    repeated = {text for text, n in counts.items() if n >= _FEWEST}
    found = {at: line for at, (text, line) in enumerate(lasts) if text in repeated}
    return found if len(found) * 2 >= len(questions) else {}


def _offer(outline: Outline, questions: Sequence[Question]) -> dict[int, int]:
    """Return where an assistant's last paragraphs begin: "If you want, I can add more"."""
    texts = (row for row in reversed(outline.rows) if row.text and not is_rule(row.raw))
    lines = [
        row.number
        for row in islice(texts, _MOST_LINES)
        if not (row.is_verbatim or row.quotes or row.marker) and offers_more(row.text)
    ]
    last = min(lines, default=0)
    return {len(questions) - 1: last} if questions and questions[-1].answer.start < last else {}


_BOLD_LABEL = re.compile(rf"({BOLD_SIGN})(?P<key>[^*_:]{{1,30}})(?:\1[ \t]*:|:[ \t]*\1)[ \t]*\S")

_UUID = re.compile(r"(?<=: )[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


def _last_line(outline: Outline, question: Question) -> tuple[str, int]:
    """Return an answer's last line and its number; ``""`` unless it is links, a property or an id.

    Text must be above it. Of an id, only the label is returned: the same one ends every answer.
    """
    span = question.answer
    if span.until or span.quotes:
        return "", 0
    numbers = range(span.end - 1, span.start - 1 + (span.column > 1), -1)
    number = next((at for at in numbers if not is_furniture(outline.lines[at - 1])), 0)
    row = outline.rows[number - 1]
    if not number or row.is_verbatim or row.box or is_back_link(row.raw):
        return "", 0
    is_link = "](" in row.text and "![" not in row.text
    is_link = is_link and not has_word(_LINKED.sub("", row.text))
    label = _BOLD_LABEL.match(row.text)
    text = _UUID.sub("", row.text)
    is_end = is_link or text != row.text or (label is not None and is_key(label["key"]))
    is_end = is_end and holds_text(outline.lines[span.start - 1 : number - 1])
    return (text if is_end else ""), number
