"""Lines that can ask: list items, counted lines and lines of bold, each with what follows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cardwright.blocks.rows import LONGEST, Row
from cardwright.blocks.signs import QUESTION_MARK
from cardwright.dialects.labels import Label, label_at
from cardwright.dialects.text.attributes import NO_ATTRIBUTES, split_attributes
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, from_offset
from cardwright.model import Line
from cardwright.wording import asks, is_answer_title, read_wording
from cardwright.wording.words import Concept, alternatives

_MOST_LINES = 20
"""A question over more lines than these is none."""
_MOST_BOLD = 4
"""What is bold over more lines than these is emphasised text."""
_SHORT = 60
"""Text that is wrapped by hand has more characters on a line than these."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A line as a question: the lines that ask, and where what follows them begins.

    ``rest`` is an empty span there. ``text`` has neither ``number`` nor label. ``has_mark`` says
    that a question mark asks, ``has_words`` that the words do, ``is_label`` that it says that it
    is a question. ``dress`` is the mark around all that asks (``**``), ``signs`` the pictures at
    its end. ``tail`` says what stands behind it on its line: ``""`` for nothing, ``sentence``, or
    ``part`` behind a dash, a link or in brackets. ``base`` is the column of its outermost sibling.
    """

    row: Row
    lines: tuple[Line, ...]
    rest: Span
    text: str
    number: str = ""
    has_mark: bool = False
    has_words: bool = False
    is_label: bool = False
    dress: str = ""
    signs: str = ""
    tail: str = ""
    base: int = 0

    @property
    def line(self) -> int:
        return self.row.number

    @property
    def is_lead(self) -> bool:
        """Whether text follows on its line, as in ``**What is a leaf?** An organ.``"""
        return self.tail != ""

    def whole(self, outline: Outline) -> Asking:
        """The question with a sentence behind it on its line, where that is no answer here."""
        if self.tail != "sentence":
            return self
        last = self.lines[-1]
        text = outline.lines[last.number - 1][last.column - 1 :].rstrip()
        lines = (*self.lines[:-1], replace(last, text=text))
        return replace(self, lines=lines, rest=_below(self.row, lines), tail="")


def asking_lines(outline: Outline) -> tuple[Asking, ...]:
    """Every item, counted line and line that begins with bold, in order.

    Only ``1.`` interrupts a paragraph (CommonMark section 5.3); here any number does. Links into
    the page are a table of contents and left out, headings have dialects of their own.
    """
    return outline.once(_asking_lines)


def _asking_lines(outline: Outline) -> tuple[Asking, ...]:
    return tuple(_found(outline))


_INWARD = re.compile(r"\W*\[[^\[\]]*\]\(<?#[^()]*\)\W*")
_WORD = re.compile(r"\w")
_OPENING = re.compile(
    r"(?i)(?:<p>)?(?P<mark>\*\*\*|\*\*|___|__|<(?P<tag>b|strong|font|span)\b[^<>]*>)(?=[^\s*_])"
)


def _found(outline: Outline) -> Iterator[Asking]:
    last = 0
    for row in outline.rows:
        is_able = row.number > last and not (row.is_verbatim or row.level)
        if not is_able or not (row.marker or row.text[:1] in "*_<"):
            continue
        if not _WORD.search(row.text) or "summary>" in row.text or _INWARD.fullmatch(row.text):
            continue
        found = _read(outline, row)
        if found is not None:
            last = found.lines[-1].number if found.dress else last
            yield found


def _read(outline: Outline, row: Row) -> Asking | None:
    """The question of a line: what its label names, what is bold, or the text to a question mark.

    Where none of these is, a short line is the whole question, and a longer one wrapped by hand.
    """
    label = label_at(outline, row.number) if row.kind != "1Q" else None
    first = Line(row.text, row.number, row.offset + 1)
    if label is not None and _names_a_front(label) and not label.is_open:
        if not label.has_text:
            lines = _paragraph_below(outline, row.number)
            return _judged(row, lines, label, dress=label.opening) if lines else None
        first = from_offset(first, label.column - first.column)
    opening = _OPENING.match(first.text)
    found = _in_bold(outline, row, first, opening) if opening else None
    if found is None and (row.marker or label is not None):
        found = _in_paragraph(outline, row, first)
    if found is None or label is None or not _names_a_front(label):
        return found
    return replace(found, is_label=True, number=label.number or found.number)


def _names_a_front(label: Label) -> bool:
    return label.is_plain and (label.asks or label.concept is Concept.FRONT)


_BARE_TAIL = re.compile(
    r"(?:<br\s*/?>|</(?:br|p)>|<a\b[^<>]*>|</a>|:[a-z0-9_+-]+:|\[[^\w\[\]]+\]\([^()]*\)|[\W_])*+"
)
_REMARK = re.compile(r"\W*[(\[（][^()（）]{1,60}[)\]）]\W*")
_SIGN = r"(?:[-=]{1,2}>|[-–—→⇒➔➜]+)"
_ARROW = re.compile(rf"\s*(?:{_SIGN}\s+)?")
_MARKED = re.compile(rf"{QUESTION_MARK}(?!\w)")


def _in_bold(outline: Outline, row: Row, first: Line, opening: re.Match[str]) -> Asking | None:
    """The question that a line of bold asks; ``None`` where what is bold is not all that asks."""
    run = _bold_run(outline, first, opening)
    if run is None or is_answer_title(run[0].text):
        return None
    *inside, tail = run
    bare, attributes = split_attributes(tail.text)
    wording = read_wording("\n".join(line.text for line in inside))
    mark = opening["mark"]
    if not wording.text:
        if bare.strip(" *_") and not _REMARK.fullmatch(bare):
            found = _in_paragraph(outline, row, first)
            return replace(found, dress=mark)
        lines = _paragraph_below(outline, tail.number)
        found = _judged(row, lines, None, dress=mark) if lines else None
        return found and replace(found, is_label=wording.has_label, number=wording.number)
    signs = _pictures(inside[-1].text + tail.text)
    if _MARKED.match(tail.text.lstrip("*_ ")[:2]) or _REMARK.fullmatch(bare):
        lines = [from_offset(first, opening.start("mark"))] if len(inside) == 1 else inside
        return replace(_judged(row, lines, None, dress=mark), signs=signs)
    if _BARE_TAIL.fullmatch(bare):
        if attributes != NO_ATTRIBUTES:
            inside[-1] = replace(inside[-1], text=inside[-1].text + tail.text)
        return replace(_judged(row, inside, None, dress=mark), signs=signs)
    arrow = _ARROW.match(tail.text)
    begin = tail.column + (arrow.end() if arrow else 0)
    is_part = arrow is not None and bool(arrow[0].strip())
    if not (is_part or _MARKED.search(inside[-1].text)):
        return None
    found = _judged(row, inside, None, dress=mark)
    rest = Span(tail.number, tail.number + 1, column=begin, quotes=row.quotes)
    return replace(found, rest=rest, tail="part" if is_part else "sentence")


def _bold_run(outline: Outline, first: Line, opening: re.Match[str]) -> list[Line] | None:
    """The lines inside of the bold and, as the last one, what stands behind its closing mark."""
    closing = f"</{opening['tag'].lower()}>" if opening["tag"] else opening["mark"]
    lines = [from_offset(first, opening.end())]
    while len(lines) <= _MOST_BOLD:
        line = lines[-1]
        end = _closing(line.text, closing)
        if end:
            tail = from_offset(line, end + len(closing))
            return [*lines[:-1], replace(line, text=line.text[:end]), tail]
        row = outline.rows[line.number] if line.number < len(outline.rows) else None
        if row is None or row.is_blank or row.is_verbatim:
            return None
        lines.append(_text_of(outline, row))
    return None


def _closing(text: str, mark: str) -> int:
    """The offset of ``mark``, which closes the bold, outside of code; 0 for none."""
    bare = re.sub(r"`[^`]*`|\\.", lambda code: " " * len(code.group()), text).lower()
    end = bare.find(mark)
    if end > 0 and bare[end + len(mark) : end + len(mark) + 1] == mark[0] != "<":
        end += 1  # an emphasis inside closes first
    return end if end > 0 and not text[end - 1].isspace() else 0


def _pictures(text: str) -> str:
    return "".join(sign for sign in text.rstrip()[-12:] if unicodedata.category(sign) == "So")


_HIDDEN = re.compile(r"`[^`]*`|\]\([^()]*\)|https?://\S+|(?<=\w )\"[^\"]*\"")
_MARK = re.compile(
    rf"{QUESTION_MARK}+(?=[\s*_\"'”’)）\]】」。.,!]|$|[^\x00-\x7f])[!！*_\"'”’」]*"
)
_ASKS_ON = re.compile(rf"{QUESTION_MARK}[*_\s]*$")
_LINK = re.compile(r"\W*\[[^\[\]]*\]\([^()]*\)\W*")


def _in_paragraph(outline: Outline, row: Row, first: Line) -> Asking:
    """The question that goes to a question mark, the label of its answer or a new block."""
    if _LINK.fullmatch(row.text):
        return _judged(row, [first], None)
    lines = [first, *_further(outline, row)]
    for count, line in enumerate(lines, 1):
        marks = [match.end() for match in _MARK.finditer(_masked(line.text))]
        if marks:
            more = count
            while more < len(lines) and _ASKS_ON.search(lines[more].text):
                more += 1
            found = _judged(row, lines[:more], None)
            return found if more > count else _with_tail(found, marks[-1])
    is_glued = len(first.text) < _SHORT or first.text.rstrip().endswith((".", ":", "。"))
    return _judged(row, lines[:1] if is_glued else lines, None)


_NO_TEXT = re.compile(
    rf"{QUESTION_MARK}+\s*$|\*[^*]*\*\s*$|_[^_]*_\s*$"
    r"|<(?!/?(?:b|i|code|em|strong|br)\b)|\||-{3,}|\*{3,}|!\[|\$\$"
)
"""A new block, the mark between question and answer in Obsidian, a remark in italics."""


def _further(outline: Outline, item: Row) -> list[Line]:
    """The lines that go on with the paragraph of an item, up to a label of its answer."""
    lines: list[Line] = []
    for row in outline.rows[item.number : item.number + _MOST_LINES]:
        is_over = row.is_blank or row.is_verbatim or row.marker or row.level
        if is_over or row.quotes != item.quotes or reply_at(outline, row.number):
            break
        line = _text_of(outline, row)
        if _NO_TEXT.match(line.text):
            break
        lines.append(line)
    return lines


def _text_of(outline: Outline, row: Row) -> Line:
    text = outline.lines[row.number - 1][:LONGEST]
    start = len(text) - len(text.lstrip(" \t>"))
    return Line(text[start:].rstrip(), row.number, start + 1)


def _paragraph_below(outline: Outline, above: int) -> list[Line]:
    """The next paragraph, what a label alone asks, to the line that ends with a question mark.

    Without such a line it is the first one where the next label follows right behind.
    """
    number = above + 1
    while number <= min(above + 3, len(outline.lines)) and outline.rows[number - 1].is_blank:
        number += 1
    lines: list[Line] = []
    while number <= len(outline.lines) and len(lines) < _MOST_LINES:
        row = outline.rows[number - 1]
        is_block = row.is_blank or row.is_verbatim or row.marker or row.level or row.text[0] in "|<*>"
        if is_block or _OPTION.match(row.text) or is_answer_title(row.text[:200]):
            break
        lines.append(_text_of(outline, row))
        if _ASKS_ON.search(row.text):
            return lines
        number += 1
    while number <= len(outline.lines) and outline.rows[number - 1].is_blank:
        number += 1
    is_glued = number > len(outline.lines) or _OPENING.match(outline.rows[number - 1].text)
    return lines[:1] if is_glued else lines


_OPTION = re.compile(r"\(?[A-Ha-h][.)]\s")


def reply_at(outline: Outline, number: int) -> Label | None:
    """The label of an answer that line ``number`` begins with; ``A.`` is rather an option."""
    label = label_at(outline, number)
    if label is None or not (label.answers or label.concept is Concept.BACK):
        return None
    is_letter = len(label.word) == 1 and label.word.isascii()
    return label if label.has_colon or not is_letter else None


def _masked(text: str) -> str:
    """The text with what code, addresses and quotations hold made blank."""
    if not re.search(QUESTION_MARK, text):
        return ""
    return _HIDDEN.sub(lambda found: " " * len(found.group()), text)


_REPLIED = re.compile(
    rf"(?i)\s*[(（\[]\s*(?:{alternatives(Concept.ANSWER, Concept.ANSWERING_LETTER)})"
    r"\s*[:：]\s*(?P<reply>.*?)[)）\]]\s*$"
)
_PART = re.compile(
    rf"\s*(?:(?:{_SIGN}|[:：])+\s*(?=[^\s\d])|(?=\[|<?https?:))"
    rf"|[^*_]*(?P<more>\*\*|__)\s*{_SIGN}\s+(?=\S)"
)
_LINK_END = re.compile(r"\]\([^()]*\)[*_]*")
_FEW_WORDS = 6
"""Fewer words than these behind a link say where it leads."""


def _with_tail(whole: Asking, end: int) -> Asking:
    """The question whose last question mark is before ``end`` of its last line."""
    line = whole.lines[-1]
    link = _LINK_END.match(line.text, end)
    end = link.end() if link else end  # the question is a link's text
    tail = line.text[end:]
    if link and len(tail.split()) < _FEW_WORDS:
        return whole
    replied = _REPLIED.fullmatch(tail)
    if replied:
        found = _split(whole, end, end + replied.start("reply"), "part")
        return replace(
            found, rest=replace(found.rest, until=line.column + end + replied.end("reply"))
        )
    part = _PART.match(tail)
    if part and tail.strip():
        return _split(whole, end + max(part.end("more"), 0), end + part.end(), "part")
    is_text = len(re.findall(r"\w+", tail)) > 1 or re.search(r"[^\x00-\x7f\W]{2}", tail)
    if is_text and not re.match(r"\s*[(（\[{#]", tail) and not asks(tail):
        return _split(whole, end, end + len(tail) - len(tail.lstrip()), "sentence")
    return whole


_LATIN = re.compile(r"[\x00-\u024f‘-”]*")


def _split(whole: Asking, end: int, begin: int, tail: str) -> Asking:
    """The question up to offset ``end`` of its last line, its answer from ``begin`` there."""
    last = whole.lines[-1]
    found = _judged(whole.row, [*whole.lines[:-1], replace(last, text=last.text[:end].rstrip())])
    rest = Span(last.number, last.number + 1, column=last.column + begin)
    return replace(found, rest=rest, tail=tail)


def _below(row: Row, lines: tuple[Line, ...]) -> Span:
    return Span(lines[-1].number + 1, lines[-1].number + 1, quotes=row.quotes)


_QUOTED_END = re.compile(rf"{QUESTION_MARK}[\"”»]\s*$")


def _judged(row: Row, lines: list[Line], label: Label | None = None, dress: str = "") -> Asking:
    """The question that lines ask, and what says that they do."""
    text = "\n".join(line.text for line in lines)
    wording = read_wording(text)
    words = wording.text or text
    has_words = asks(words) and not words.rstrip().endswith((":", "："))
    mark = _MARK.search(_masked(text))
    has_mark = mark is not None and re.search(r"\w", text[: mark.start()]) is not None
    has_mark = has_mark or (has_words and _QUOTED_END.search(text) is not None)
    number = (label.number if label else "") or wording.number or str(row.ordinal or "")
    is_label = label is not None or wording.has_label
    asking = tuple(lines)
    rest = _below(row, asking)
    return Asking(row, asking, rest, words, number, has_mark, has_words, is_label, dress)
