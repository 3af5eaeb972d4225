"""Finds lines that can ask (list items, counted and bold lines), and what follows each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category

from cardwright.blocks.rows import LONGEST, Row
from cardwright.dialects.labels import Label, label_at, labels
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, from_offset
from cardwright.model import Line
from cardwright.wording import asks, is_answer_title, read_wording, says_to_choose
from cardwright.wording.signs import (
    ARROW,
    COLON,
    COLONS,
    QUESTION_MARK,
    RULE,
    has_word,
    leads_on,
)
from cardwright.wording.titles import names_questions
from cardwright.wording.words import Concept, alternatives, lazy_pattern


class Joined:
    """The text of ``lines``, joined by a line feed. Offsets count its characters from 0."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.text = "\n".join(line.text for line in lines)

    def line_end(self, offset: int) -> int:
        """Return the end of the line that has the character at ``offset``."""
        end = self.text.find("\n", offset)
        return end if end >= 0 else len(self.text)

    def piece(self, start: int, end: int) -> list[Line]:
        """Return the text from ``start`` to before ``end``, at least one line."""
        found: list[Line] = []
        at = 0
        for line in self.lines:
            first, last = max(start - at, 0), min(end - at, len(line.text))
            if first <= last:
                found.append(Line(line.text[first:last], line.number, line.column + first))
            at += len(line.text) + 1
        return found


_MOST_LINES = 20
"""The most lines of a question."""
_SHORT = 60
"""If text is wrapped by hand, its lines have more characters than this."""


class Asking(NamedTuple):
    """A line as a question: the lines that ask, and the place where the text after them begins.

    ``rest`` is an empty span at that place. ``text`` has neither ``number`` nor label. ``has_mark``
    says that a question mark asks, ``has_words`` that the words do, and ``is_label`` that a label
    says so. ``is_bold`` says that everything that asks is bold. ``signs`` are the pictures after
    it. ``tail`` says what follows it on its line: ``""`` for nothing, ``sentence``, or ``part``
    after a dash, a link or in brackets. ``base`` is the column of its outermost sibling.
    """

    row: Row
    lines: tuple[Line, ...]
    rest: Span
    text: str
    number: str
    has_mark: bool
    has_words: bool
    is_label: bool
    is_bold: bool = False
    signs: str = ""
    tail: str = ""
    base: int = 0

    @property
    def line(self) -> int:
        return self.row.number

    @property
    def asks(self) -> bool:
        return self.is_label or self.has_mark or self.has_words


_OPENS_BOLD = ("*", "_", "<", "=")
_INWARD = re.compile(r"\W*\[[^\[\]]*\]\(<?#[^()]*\)\W*")


def asking_lines(outline: Outline) -> tuple[Asking, ...]:
    """Return every item, counted line and line that begins with bold, in order.

    In CommonMark, only ``1.`` interrupts a paragraph (section 5.3). Here any number does. Links
    into the page are a table of contents and are left out. Headings have dialects of their own.
    """
    found: list[Asking] = []
    silent = set() if "list-items" in outline.named else _lines_that_cannot_ask(outline)
    for row in outline.rows:
        is_able = (row.marker and row.number not in silent) or row.text[:1] in _OPENS_BOLD
        if not is_able or row.is_verbatim or row.level:
            continue
        if "summary>" in row.text or not has_word(row.text):
            continue
        if "](" in row.text and _INWARD.fullmatch(row.text):
            continue
        asking = _read(outline, row, is_bookkeeping=row.number in silent)
        if asking is not None:
            found.append(asking)
    return tuple(found)


def _lines_that_cannot_ask(outline: Outline) -> set[int]:
    """Return the lines of sections in which a quick look finds nothing that could ask."""
    found: set[int] = set()
    bounds = [1, *outline.heading_lines, len(outline.lines) + 1]
    labelled = [label.line for label in labels(outline)]
    for start, end in pairwise(bounds):
        rows = outline.rows[start - 1 : end - 1]
        is_able = count_between(labelled, start, end) or any(_may_ask(outline, row) for row in rows)
        if not (is_able or is_announced(outline, start)):
            found.update(range(start, end))
    return found


def is_announced(outline: Outline, line: int) -> bool:
    """Whether the heading over ``line`` says that questions follow, whatever their words.

    If there is none, the name of the file does.
    """
    heading = outline.heading_above(line)
    return any(map(names_questions, [heading.text] if heading else outline.names))


_BEFORE_WORDS = ("<", "[", ":", *"0123456789")


def _may_ask(outline: Outline, row: Row) -> bool:
    """Whether a row without a label could ask."""
    text = row.text
    if row.level:
        return False
    if "?" in text or not text.isascii():
        return True
    is_sure = row.kind == "1Q" or text.startswith(_BEFORE_WORDS)
    return row.marker != "" and (is_sure or asks(text) or outline.knows(text))


def _read(outline: Outline, row: Row, *, is_bookkeeping: bool) -> Asking | None:
    """Return the question of a line: the text after a label, in bold, or up to a question mark."""
    label = label_at(outline, row.number) if row.kind != "1Q" else None
    is_front = label is not None and (label.asks or label.concept is Concept.FRONT)
    label = label if label is not None and is_front and label.is_plain else None
    column = label.column if label and not label.is_open else row.offset + 1
    if label and not label.has_text:
        return None
    paragraph = Joined([_from(outline, row, column), *_further(outline, row)])
    bold = _BOLD.match(paragraph.text) if paragraph.text[:1] in _OPENS_BOLD else None
    found = _in_bold(outline, row, paragraph, bold, label) if bold else None
    if found is None and (row.marker or label) and not is_bookkeeping:
        found = _to_mark(outline, row, paragraph, label)
    return found


_NO_TEXT = re.compile(
    rf"{QUESTION_MARK}+\s*$|\*[^*]*\*\s*$|_[^_]*_\s*$"
    rf"|<(?!/?(?:b|i|code|em|strong|br)\b)|\||{RULE}$|!\[|\$\$"
)
"""A new block, the mark between question and answer in Obsidian, a remark in italics."""


def _further(outline: Outline, above: Row) -> Iterator[Line]:
    """Yield the lines that continue a paragraph, up to the label of a question or an answer."""
    for row in outline.rows[above.number : above.number + _MOST_LINES]:
        is_over = row.is_blank or row.is_verbatim or row.marker or row.level
        if is_over or row.quotes != above.quotes or reply_at(outline, row.number):
            return
        label = label_at(outline, row.number)
        if label is not None and label.asks and label.number:
            return
        line = _from(outline, row, row.offset + 1)
        if _NO_TEXT.match(line.text):
            return
        yield line


def _from(outline: Outline, row: Row, column: int) -> Line:
    return Line(
        outline.lines[row.number - 1][column - 1 : column + LONGEST].rstrip(), row.number, column
    )


_BOLD = re.compile(
    r"(?is)(?:<p>)?(?P<open>(?P<mark>\*{2,3}|_{2,3}|==)|<(?P<tag>b|strong|font|span|u|mark)\b[^<>]*>)"
    r"(?=[^\s*_=])(?P<inside>(?>`[^`\n]*`|\\.|.)+?)(?(mark)(?<!\s)(?P=mark)(?![*_])|</(?P=tag)>)"
)
_BARE = re.compile(
    r"(?:<br\s*/?>|</(?:br|p)>|<a\b[^<>]*>|</a>|:[a-z0-9_+-]+:|\[[^\w\[\]]+\]\([^()]*\)|[\W_])*+"
)
_REMARK = re.compile(rf"\W*[(\[（][^()（）]{{1,60}}[)\]）]\W*|[*_ ]{{0,2}}{QUESTION_MARK}(?s:.*)")
LINK_ALONE = re.compile(r"\W*\[[^\[\]]*\]\([^()]*\)\W*")
"""A text that is only one link."""


def _in_bold(
    outline: Outline, row: Row, paragraph: Joined, bold: re.Match[str], label: Label | None
) -> Asking | None:
    """Return the question of a bold line, or ``None`` if text outside of the bold asks, too."""
    inside, end = bold["inside"], paragraph.line_end(bold.end())
    start, stop = bold.span("inside")
    tail = paragraph.text[bold.end() : end]
    bare, _ = split_attributes(tail)
    arrow = _BEHIND_BOLD.match(tail) or _IN_BRACKETS.match(tail)
    wording = read_wording(inside)
    is_all = _BARE.fullmatch(bare) is not None
    is_led = arrow is not None or (not is_all and _MARK.search(inside) is not None)
    if not wording.text or _PARTED_NUMBER.fullmatch(inside):  # only the number is bold
        found = _to_mark(outline, row, paragraph, label)
        return found._replace(is_bold=True) if bare.strip(" *_") else None
    if not (is_all or is_led or _REMARK.fullmatch(bare)) or is_answer_title(inside):
        return None
    rest, kind = None, ""
    if arrow is None and (_REMARK.fullmatch(bare) or (bare != tail and is_all)):
        start, stop = bold.start("open"), end
    elif is_led:
        begin = arrow.end() if arrow else len(tail) - len(tail.lstrip())
        rest, kind = _rest(row, paragraph, bold.end() + begin), "part" if arrow else "sentence"
    found = _judged(row, paragraph.piece(start, stop), label)._replace(is_bold=True, tail=kind)
    pictures = [each for each in (inside + tail).rstrip()[-12:] if category(each) == "So"]
    return found._replace(rest=rest or found.rest, signs="".join(pictures))


_PARTED_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
_SIGN = rf"(?:{ARROW}|[-–—]+)"
_BREAK = r"<br\s*/?>"
_BEHIND_BOLD = re.compile(rf"(?i)\s*(?:{_SIGN}\s+|{_BREAK}\s*)(?=\S)")
_HIDDEN = re.compile(
    rf"[(\[（]{QUESTION_MARK}+[)\]）]|`[^`]*`|\]\([^()]*\)|https?://\S+|(?<=\w )\"[^\"]*\""
)
_MARK = re.compile(
    rf"{QUESTION_MARK}+(?=[\s*_\"'”’)）\]】」。.,!<{COLONS}]|$|[^\x00-\x7f])[!！*_\"'”’」)）\]】]*"
)


def _to_mark(outline: Outline, row: Row, paragraph: Joined, label: Label | None) -> Asking:
    """Return the question up to the last question mark of the first line that has one."""
    text = paragraph.text
    first = paragraph.lines[0].text
    is_glued = len(first) < _SHORT and not first.endswith((",", "，", "、"))
    is_glued = is_glued or first.endswith((".", ":", "。"))
    is_glued = is_glued or _is_broken(outline, [line.text for line in paragraph.lines[:2]])
    marks = _marks(text)
    is_link = "](" in row.text and LINK_ALONE.fullmatch(row.text)
    if is_link or (not marks and is_glued):
        return _judged(row, [paragraph.lines[0]], label)
    if not marks:
        return _judged(row, list(paragraph.lines), label)
    stop = paragraph.line_end(marks[0])
    end = max(mark for mark in marks if mark <= stop)
    begin, tail = _tail(text[end:stop])
    asking = _judged(row, paragraph.piece(0, end if tail else stop), label)
    if not tail:
        return asking
    rest = _rest(row, paragraph, end + begin)
    return asking._replace(rest=rest, tail=tail)


def _is_broken(outline: Outline, lines: Sequence[str]) -> bool:
    """Whether a line break is meant: a capital is below it, and had room above."""
    if len(lines) < 2:
        return False
    first, second = lines
    longest = outline.once(_longest)
    has_room = len(first) + len(second.split(" ", 1)[0]) < longest
    return has_room and second[:1].isupper()


def _longest(outline: Outline) -> int:
    """Return the length of the longest line. Code, tables and addresses do not count."""
    rows = (row.text for row in outline.rows if not row.is_verbatim and row.text[:1] != "|")
    return max((len(text) for text in rows if "://" not in text and "](" not in text), default=0)


def _marks(text: str) -> list[int]:
    """Return the end of each question mark with words before it."""
    found = _MARK.finditer(_masked(text))
    return [match.end() for match in found if has_word(text[: match.start()])]


def parted_at_mark(text: str) -> tuple[int, int]:
    """Return where a question ends and its answer begins: ``What is a leaf? An organ.``

    The question is the first sentence of the line. Both are 0 if it is not, or nothing answers it.
    """
    marks = _marks(text)
    if not marks or _SENTENCE.search(text[: marks[0]]):
        return 0, 0
    if len(marks) > 1 and not has_word(text[marks[-2] : marks[-1]]):
        return 0, 0  # the last one is a sign of its own: "What is a leaf? ? An organ."
    begin, kind = _tail(text[marks[-1] :])
    return (marks[-1], marks[-1] + begin) if kind else (0, 0)


_SENTENCE = re.compile(r"[.!:;。！：；][\s*_]")
_SIGN_OF_QUESTION = re.compile(QUESTION_MARK)


def _masked(text: str) -> str:
    """Return the text with the content of code, addresses and quotations masked."""
    if not _SIGN_OF_QUESTION.search(text):
        return ""
    return _HIDDEN.sub(lambda found: " " * len(found.group()), text)


_REPLY = (
    rf"(?!a{COLON}.*\bb{COLON})[*_]{{0,2}}"
    rf"{alternatives(Concept.ANSWER, Concept.ANSWERING_LETTER)}[*_]{{0,2}}"
    rf"\s?{COLON}[*_]{{0,2}}\s*(?=\S)"
)
_BRACKET = r"[*_]{0,3}[(（\[【]\s*"
_IN_BRACKETS = lazy_pattern(rf"(?i)\s*{_BRACKET}{_REPLY}")
"""``(Answer: sap)``"""
_PART = lazy_pattern(
    rf"(?i)\s*(?:</\w+>\s*)?(?:(?:(?:{_SIGN}|{_BREAK}|[;؛|{COLONS}])+\s*)?(?:{_BRACKET})?{_REPLY}"
    rf"|(?:{_SIGN}|{_BREAK}|>!|[;؛|{COLONS}])+\s*(?=[^\s\d])|(?=\[|<?https?:))"
)
_OPENS_REMARK = frozenset("*_([（【")


def _tail(tail: str) -> tuple[int, str]:
    """Return where an answer begins after a question mark, and what it is, or ``""``."""
    if tail.lstrip()[:1] in _OPENS_REMARK and says_to_choose(tail):
        return 0, ""
    part = _PART.match(tail)
    if part:
        return part.end(), "part"
    is_text = len(re.findall(r"\w+", tail)) > 1 or _ONE_WORD.search(tail)
    if is_text and not re.match(r"\s*[*_]{0,3}[(（【\[{#]|\]\(", tail) and not asks(tail):
        return len(tail) - len(tail.lstrip()), "sentence"
    return 0, ""


_ONE_WORD = re.compile(r"^\s+[^\W\d_]\w+\W?$|[^\x00-\x7f\W]{2}")
"""An answer of one word, ``True``, or two letters of a script that may have no spaces."""


def _rest(row: Row, paragraph: Joined, offset: int) -> Span:
    """Return the line from an offset on, as the start of an answer.

    A sign at its end that closes what opened before the offset is left out: ``**Answer: sap**``.
    """
    line = paragraph.piece(offset, paragraph.line_end(offset))[0]
    length = len(without_unopened(line.text))
    until = line.column + length if length < len(line.text) else 0
    return Span(line.number, line.number + 1, 0, line.column, until, row.quotes)


def without_unopened(text: str) -> str:
    """Return a text without the signs at its end that close what it does not open."""
    kept = text.rstrip()
    while (closing := _CLOSING.search(kept)) and _is_unopened(kept, closing["sign"]):
        kept = kept[: closing.start()].rstrip()
    return kept if len(kept) < len(text.rstrip()) else text


def without_bracket(line: Line) -> Line:
    """Return the answer of a line that is only ``(Answer: sap)``, else the line itself."""
    match = _IN_BRACKETS.match(line.text) if line.text.lstrip()[:1] in _OPENS_REMARK else None
    if match is None:
        return line
    text = line.text[match.end() :]
    kept = without_unopened(text)
    is_closed = not set(text[len(kept) :]).isdisjoint(_OPENINGS)
    return (
        from_offset(line._replace(text=line.text[: match.end()] + kept), match.end())
        if is_closed
        else line
    )


_CLOSING = re.compile(r"(?P<sign>\*{1,3}|_{2}|\|\||!<|[)）\]】])$")
_OPENINGS = {")": "(", "）": "（", "]": "[", "】": "【", "!<": ">!"}


def _is_unopened(text: str, sign: str) -> bool:
    """Whether a text closes more with a sign than it opens."""
    opening = _OPENINGS.get(sign)
    return text.count(sign) > text.count(opening) if opening else text.count(sign) % 2 == 1


def led_by_bold(outline: Outline, each: Asking) -> Asking:
    """Return the item divided after the bold words at its start, if text follows them."""
    paragraph = Joined([_from(outline, each.row, each.row.offset + 1)])
    bold = _BOLD.match(paragraph.text)
    if bold is None or not has_word(paragraph.text[bold.end() :]):
        return each
    found = _judged(each.row, paragraph.piece(*bold.span("inside")), None)
    said = paragraph.text[bold.end() :].lstrip(" \t:–—-")
    rest = _rest(each.row, paragraph, len(paragraph.text) - len(said))
    return each._replace(lines=found.lines, text=found.text, rest=rest, tail="sentence")


def reply_at(outline: Outline, number: int) -> Label | None:
    """Return the label of an answer at the start of line ``number``. ``A.`` may be an option."""
    return outline.once(replies).get(number)


def replies(outline: Outline) -> dict[int, Label]:
    """Return the labels of ``reply_at`` by their lines."""
    return {label.line: label for label in labels(outline) if _replies(outline, label)}


def _replies(outline: Outline, label: Label) -> bool:
    if not (label.answers or label.concept is Concept.BACK):
        return False
    if len(label.word) > 1 or not label.word.isascii():
        return True
    return label.has_colon and label.line not in outline.once(first_options)


def first_options(outline: Outline) -> frozenset[int]:
    """Return the lines of an option A before B and C."""
    return frozenset(
        options[0].start + 1
        for options in outline.options
        if len({option.label for option in options} - {""}) > 2
    )


def reply_below(outline: Outline, start: int, end: int) -> Label | None:
    """Return the label of an answer that the first text from line ``start`` to ``end`` has."""
    rows = outline.rows
    below = range(start, min(end, len(rows) + 1))
    first = next((number for number in below if not rows[number - 1].is_blank), 0)
    return reply_at(outline, first) if first else None


def _judged(row: Row, lines: list[Line], label: Label | None) -> Asking:
    """Return the question that lines ask, and what says that they ask."""
    text = lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines])
    wording = read_wording(text)
    words = wording.text
    has_words = asks(words) and (not leads_on(words.rstrip()) or says_to_choose(words))
    mark = _MARK.search(_masked(text))
    has_mark = mark is not None and has_word(text[: mark.start()])
    number = (label.number if label else "") or wording.number or str(row.ordinal or "")
    last = lines[-1].number + 1
    return Asking(
        row,
        tuple(lines),
        Span(last, last, quotes=row.quotes),
        words,
        number,
        has_mark,
        has_words,
        label is not None or wording.has_label,
    )


def with_tail(outline: Outline, each: Asking) -> Asking:
    """Return the question with the sentence after it on its line, if that is not an answer here."""
    if each.tail != "sentence":
        return each
    last = each.lines[-1]
    lines = [*each.lines[:-1], _from(outline, outline.rows[last.number - 1], last.column)]
    return each._replace(lines=tuple(lines), rest=Span(last.number + 1, last.number + 1), tail="")
