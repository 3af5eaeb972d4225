"""What a list item asks, and where its answer begins: behind it, under it, or on its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardwright.dialects.lines.list_lines import ListLine
from cardwright.dialects.text.labels import Label, label_pattern, read_label
from cardwright.dialects.text.leads import lead_of
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording import ANSWER_WORDS, RIGHT_BEFORE, asks, read_wording

_REPLY = label_pattern(
    r"(?:(?:correct|short|sample|model)[ \t])?answers?|ans|a|solution|lösung|решение|参考答案"
    rf"|reverso|rückseite|back|背面|(?:{RIGHT_BEFORE}[ \t]*)?{ANSWER_WORDS}"
)
_FRONTS = frozenset(("anverso", "front", "vorderseite", "recto", "正面"))
_COLONS = (":", "：")
_LONGEST = 2000
"""So many characters of a line are looked at."""
_MOST_LINES = 20
"""A question over more lines than these is none."""
_SHORT = 60
"""Text that is wrapped by hand has more characters on a line than these."""


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A list item as a question: the lines that ask, and where what answers begins.

    ``rest`` is an empty span there. ``is_strong`` says that a question mark asks, ``is_likely``
    that the words do, ``is_marked`` that the item says that it is a question. ``tail`` says what
    the text on the same line is: ``""`` for none, ``sentence``, or ``part`` behind a dash, a
    link or in brackets. ``base`` is the column of the outermost question of its list.
    """

    item: ListLine
    lines: tuple[Line, ...]
    rest: Span
    tail: str
    is_strong: bool
    is_likely: bool
    is_marked: bool
    base: int = 0


def reply_at(outline: Outline, number: int) -> Label | None:
    """The label of an answer that line ``number`` begins with; ``A.`` is rather an option."""
    text = outline.lines[number - 1][:_LONGEST]
    label = read_label(_REPLY, text, number, lead_of(text))
    if label is None or (
        len(label.word) == 1 and label.word.isascii() and label.mark not in _COLONS
    ):
        return None
    return label


_SHOWN = re.compile(
    r"(?i)\W*(?:[-*+]\s+)?(?:show|see|view|reveal)\W+(?:the\W+)?(?:answer|solution)\b.{0,20}"
)


def shows_answer(text: str) -> bool:
    """Whether a line only says that the answer is under it (``Show answer to Q1``)."""
    return _SHOWN.fullmatch(text.strip()) is not None


def read_question(outline: Outline, item: ListLine, end: int) -> ListQuestion:
    """The question that an item may ask, its answer at line ``end`` at the latest.

    It goes to the question mark, an answer's label or a new block. Where none of these is, a
    short line is the whole question, and a longer one wrapped by hand.
    """
    first, is_marked = _without_label(item)
    if _LINK.fullmatch(item.text):
        return _asking(item, [first], _below([first]), "", is_marked=is_marked)
    rows = [first, *_further(outline, item, end)]
    for count, row in enumerate(rows, 1):
        marks = [match.end() for match in _MARK.finditer(_masked(row.text))]
        if marks:
            while count < len(rows) and _ASKS_ON.search(rows[count].text):
                count, marks = count + 1, []
            asking = rows[:count]
            if not marks:
                return _asking(item, asking, _below(asking), "", is_marked=is_marked)
            return _with_tail(item, asking, marks[-1], is_marked=is_marked)
    bold = _BOLD.match(first.text)
    if bold:
        return _split(item, [first], bold.end(1), bold.start("rest"), "part", is_marked)
    is_glued = len(first.text) < _SHORT or first.text.rstrip().endswith((".", ":", "。"))
    asking = rows[:1] if is_glued else rows
    return _asking(item, asking, _below(asking), "", is_marked=is_marked)


_LABELLED = re.compile(
    r"[\W_]{0,3}[^\W\d_]{1,12}[ .#№-]{0,3}\d{0,4}\s*(?:[.):：、．\]–—-]|(?<=\d)[\s*])"
)
_LINK = re.compile(r"\W*\[[^\[\]]*\]\([^()]*\)\W*")
_LABEL = re.compile(
    r"[^\w\s]{0,3}(?P<word>[^\W\d_]{1,12})[ .]?\d{0,3}(?:[*_]{1,2}\s?[:：]|[:：][*_]{1,2})\s*"
)


def _without_label(item: ListLine) -> tuple[Line, bool]:
    """The text of an item without ``**Question**:`` before it, and whether that was there."""
    label = _LABEL.match(item.text)
    word = label["word"].casefold() if label else ""
    if label and (word in _FRONTS or read_wording(f"{word}: x").has_label):
        begin = label.end()
        return Line(item.text[begin:], item.number, item.offset + begin + 1), True
    has_label = _LABELLED.match(item.text) and read_wording(item.text).has_label
    return Line(item.text, item.number, item.offset + 1), bool(has_label)


_NO_TEXT = re.compile(r"[-*+•]\s|[?？]+\s*$|\*[^*]*\*\s*$|_[^_]*_\s*$")
"""A bullet, the mark between question and answer in Obsidian, a remark in italics."""
_BLOCK = re.compile(r"#{1,6}\s|<(?!/?(?:b|i|code|em|strong|br)\b)|\||-{3,}|\*{3,}|!\[|\$\$")


def _further(outline: Outline, item: ListLine, end: int) -> list[Line]:
    """The lines that go on with the paragraph of an item, up to a label of its answer."""
    rows: list[Line] = []
    for number in range(item.number + 1, min(end, item.number + _MOST_LINES)):
        text = outline.lines[number - 1][:_LONGEST]
        start = len(text) - len(text.lstrip(" \t>"))
        is_over = not text[start:].strip() or outline.is_verbatim[number - 1]
        if is_over or text.count(">", 0, start) != item.quotes or _BLOCK.match(text, start):
            break
        if reply_at(outline, number) or _NO_TEXT.match(text, start):
            break
        rows.append(Line(text[start:].rstrip(), number, start + 1))
    return rows


_HIDDEN = re.compile(r"`[^`]*`|\]\([^()]*\)|https?://\S+|(?<=\w )\"[^\"]*\"")
_MARK = re.compile(r"[?？؟]+(?=[\s*_\"'”’)）\]】」。.,!]|$|[^\x00-\x7f])[!！*_\"'”’」]*")
_ASKS_ON = re.compile(r"[?？؟][*_\s]*$")
_BOLD = re.compile(r"((?:\*\*|__)[^*_]{2,200}(?:\*\*|__))\s*(?:[-=]{1,2}>|[-–—→])\s+(?P<rest>\S)")
_PART = re.compile(
    r"(?P<by>)\s*(?:(?:[-=]{1,2}>|[-–—:：→]+)\s*(?=[^\s\d])|(?=\[|<https?:|https?:))"
)
_LATER = re.compile(r"[^*_]*(?:\*\*|__)(?P<by>)\s*(?:[-=]{1,2}>|[-–—→]+)\s+(?=\S)")
_LINK_END = re.compile(r"\]\([^()]*\)[*_]*")
_FEW_WORDS = 6
"""Fewer words than these behind a link say where it leads."""
_REPLIED = re.compile(
    r"\s*[(（\[]\s*(?:answer|ans|a|respuesta|resposta|antwort|réponse|ответ|答案|答|正解|정답)"
    r"\s*[:：]\s*(?P<reply>.*?)[)）\]]\s*$",
    re.IGNORECASE,
)


def _masked(text: str) -> str:
    """The text with what code, addresses and quotations hold made blank."""
    if "?" not in text and "？" not in text and "؟" not in text:
        return ""
    return _HIDDEN.sub(lambda found: " " * len(found.group()), text)


def _with_tail(item: ListLine, rows: list[Line], end: int, *, is_marked: bool) -> ListQuestion:
    """The question whose last question mark is before ``end`` of its last row."""
    row = rows[-1]
    link = _LINK_END.match(row.text, end)
    end = link.end() if link else end  # the question is a link's text
    tail = row.text[end:]
    if link and len(tail.split()) < _FEW_WORDS:
        return _asking(item, rows, _below(rows), "", is_marked=is_marked)
    replied = _REPLIED.fullmatch(tail)
    if replied:
        found = _split(item, rows, end, end + replied.start("reply"), "part", is_marked)
        until = row.column + end + replied.end("reply")
        span = Span(found.rest.start, found.rest.end, column=found.rest.column, until=until)
        return ListQuestion(item, found.lines, span, "part", True, True, is_marked)
    part = _PART.match(tail) or _LATER.match(tail)
    if part and tail.strip():
        return _split(item, rows, end + part.start("by"), end + part.end(), "part", is_marked)
    is_text = len(re.findall(r"\w+", tail)) > 1 or re.search(r"[^\x00-\x7f\W]{2}", tail)
    is_told = row.text[:end].endswith(("**", "__"))  # what is not bold any more answers
    if is_text and not re.match(r"\s*[(（\[{#]", tail) and (is_told or not asks(tail)):
        begin = end + len(tail) - len(tail.lstrip())
        return _split(item, rows, end, begin, "sentence", is_marked)
    return _asking(item, rows, _below(rows), "", is_marked=is_marked)


def _split(
    item: ListLine, rows: list[Line], end: int, begin: int, tail: str, is_marked: bool
) -> ListQuestion:
    """The question up to offset ``end`` of its last row, its answer from ``begin`` there."""
    row = rows[-1]
    asking = [*rows[:-1], Line(row.text[:end].rstrip(), row.number, row.column)]
    rest = Span(row.number, row.number + 1, column=row.column + begin)
    return _asking(item, asking, rest, tail, is_marked=is_marked)


def _below(rows: list[Line]) -> Span:
    return Span(rows[-1].number + 1, rows[-1].number + 1)


_STEP = re.compile(
    r"(?i)\W*(?:write|find|calculate|compute|consider|list|name|state|give|show|identify|design"
    r"|implement|is|are|can|could|do|does|will|would|have|has|may|must|should|mention|suppose|was"
    r"|como|come|quando|que|find|outline|prove|derive|if you|as)\b"
)


_QUOTED_END = re.compile(r"[?？][\"”»]\s*$")
_LATIN = re.compile(r"[\x00-\u024f‘-”]*")


def _asking(
    item: ListLine, rows: list[Line], rest: Span, tail: str, *, is_marked: bool
) -> ListQuestion:
    """The question that rows ask; words that begin the step of a recipe as well do not count."""
    text = "\n".join(row.text for row in rows)
    words = read_wording(text).text if is_marked else text
    is_likely = asks(words) and not _STEP.match(words) and not words.endswith((":", "："))
    mark = _MARK.search(_masked(text))
    is_strong = mark is not None and re.search(r"\w", text[: mark.start()]) is not None
    is_strong = is_strong or (is_likely and _QUOTED_END.search(text) is not None)
    if tail and len(re.findall(r"[\w'’]+", text)) < 3 and _LATIN.fullmatch(text):
        is_strong = is_likely = False  # "**Why?** Because ..." begins a paragraph
    return ListQuestion(item, tuple(rows), rest, tail, is_strong, is_likely, is_marked)
