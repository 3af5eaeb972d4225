"""The lines of a file that begin with bold, and what of them can be a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.dialects.text.attributes import NO_ATTRIBUTES, split_attributes
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording import is_answer_title, read_wording

_MOST_LINES = 4
"""What is bold over more lines than these is emphasised text."""
_LONGEST = 2000
"""A line with more characters than these is none of a question."""


@dataclass(frozen=True, slots=True)
class BoldLine:
    """A line that begins with bold: the lines of it that can ask, and where what follows begins.

    ``line`` is its first line. ``number`` and ``is_label`` are of what stands before ``text``
    (``Q4:``, ``4)``, a list's marker), ``signs`` the pictures at its end. ``is_lead`` says that
    more text follows the bold, as in ``**What is a leaf?** An organ.``
    """

    line: int
    lines: tuple[Line, ...]
    rest: Span
    number: str
    is_label: bool
    signs: str
    text: str
    is_lead: bool = False


_OPENING = re.compile(
    r"(?P<quotes>(?: {0,3}>)*) {0,3}(?:(?P<marker>[-*+]|(?P<number>\d{1,4})\\?[.)])[ \t]+)?"
    r"(?:<p>)?(?P<bold>\*\*\*|\*\*|___|__|(?i:<(?:b|strong)>))(?=[^\s*_])"
)


def bold_lines(outline: Outline) -> tuple[BoldLine, ...]:
    """Every line outside of code that begins with bold, in order; answers' labels are left out.

    One that leads a list item counts where what follows stands outside of the item.
    """
    return outline.once(_bold_lines)


def _bold_lines(outline: Outline) -> tuple[BoldLine, ...]:
    return tuple(_found(outline))


def _found(outline: Outline) -> Iterator[BoldLine]:
    number = 1
    while number <= len(outline.lines):
        found = None if outline.is_verbatim[number - 1] else _bold_line(outline, number)
        number += 1
        if found:
            yield found
            number = max(number, found.lines[-1].number + 1)


def _bold_line(outline: Outline, number: int) -> BoldLine | None:
    opening = _OPENING.match(outline.lines[number - 1][:_LONGEST])
    run = _bold_run(outline, number, opening) if opening else None
    if opening is None or run is None or _is_none(run[0].text):
        return None
    *rows, tail = run
    if opening["marker"] and not _is_alone(outline.lines, tail.number, opening["marker"]):
        return None
    wording = read_wording("\n".join(row.text for row in rows))
    lines, is_lead = _asking(outline, opening, rows, tail, is_label=not wording.text)
    last = lines[-1] if lines else tail
    quotes = opening["quotes"].count(">")
    if is_lead:
        space = _ARROW.match(tail.text)
        column = tail.column + (space.end() if space else 0)
        rest = Span(tail.number, tail.number, column=column, quotes=quotes)
    else:
        rest = Span(last.number + 1, last.number + 1, quotes=quotes)
    return BoldLine(
        number,
        tuple(lines) or (Line("", number),),
        rest,
        wording.number or opening["number"] or "",
        wording.has_label,
        _signs(rows[-1].text + tail.text),
        wording.text or "\n".join(line.text for line in lines),
        is_lead,
    )


_ARROW = re.compile(r"\s*(?:(?:[-=]{1,2}>|[→⇒➔➜–—-])\s+)?")
"""What parts a question in bold from an answer on its line."""


def _bold_run(outline: Outline, number: int, opening: re.Match[str]) -> list[Line] | None:
    """The lines inside of the bold and, as the last one, what stands behind its closing mark."""
    start = opening.end()
    closing = re.sub("^<", "</", opening["bold"].lower())
    rows: list[Line] = []
    for at in range(number, min(number + _MOST_LINES, len(outline.lines) + 1)):
        text = outline.lines[at - 1][:_LONGEST]
        if at > number:
            start = len(text) - len(text.lstrip(" \t>"))
        if not text[start:].strip() or outline.is_verbatim[at - 1]:
            return None
        end = _closing(text, start, closing)
        rows.append(Line(text[start:end], at, start + 1))
        if end is not None:
            tail = end + len(closing)
            return [*rows, Line(text[tail:], at, tail + 1)]
    return None


def _closing(text: str, start: int, mark: str) -> int | None:
    """The offset of ``mark``, which closes the bold, outside of code."""
    bare = re.sub(r"`[^`]*`|\\.", lambda code: " " * len(code.group()), text).lower()
    end = bare.find(mark, start)
    if end > 0 and bare[end + len(mark) : end + len(mark) + 1] == mark[0] != "<":
        end += 1  # an emphasis inside closes first
    return end if start < end <= len(text) and not text[end - 1].isspace() else None


def _is_none(text: str) -> bool:
    """Whether what is bold is an answer's label, or a link of a table of contents."""
    return is_answer_title(text) or re.fullmatch(r"\W*\[[^\[\]]+\]\([^()]*\)\W*", text) is not None


def _is_alone(lines: Sequence[str], last: int, marker: str) -> bool:
    """Whether a list item is over behind line ``last`` and no item of its list follows."""
    for number in range(last + 1, min(last + 4, len(lines) + 1)):
        text = lines[number - 1].lstrip(">")
        if text.strip():
            sibling = r"\s*\d+[.)]\s" if marker[0].isdigit() else rf"\s*{re.escape(marker)}\s"
            return not text[:2].isspace() and re.match(sibling, text[:40]) is None
    return False


_BARE_TAIL = re.compile(
    r"(?:<br\s*/?>|</(?:br|p)>|<a\b[^<>]*>|</a>|:[a-z0-9_+-]+:|\[[^\w\[\]]+\]\([^()]*\)|[\W_])*+"
)
_REMARK = re.compile(r"\W*[(\[（][^()（）]{1,60}[)\]）]\W*")


def _asking(
    outline: Outline, opening: re.Match[str], rows: list[Line], tail: Line, *, is_label: bool
) -> tuple[list[Line], bool]:
    """The lines that can ask, and whether what stands behind the bold is no part of them."""
    bare, attributes = split_attributes(tail.text)
    if is_label:
        return _behind_label(outline, tail), False
    if re.search(r"[?？؟]", tail.text[:3]) or _REMARK.fullmatch(bare):
        begin = opening.end() - len(opening["bold"])
        text = outline.lines[rows[0].number - 1]
        whole = [Line(text[begin:], rows[0].number, begin + 1)]
        return (whole if len(rows) == 1 else rows), False
    if not _BARE_TAIL.fullmatch(bare):
        return rows, True
    if attributes != NO_ATTRIBUTES:
        return [*rows[:-1], Line(rows[-1].text + tail.text, tail.number, rows[-1].column)], False
    return rows, False


def _behind_label(outline: Outline, tail: Line) -> list[Line]:
    """What a label alone in bold asks: the text behind it, or else the next paragraph.

    It ends with the line that ends with a question mark; without one, with the paragraph, or
    with its first line when nothing stands between the paragraph and the next bold line.
    """
    lines = outline.lines
    start = tail.number
    paragraph = [tail] if tail.text.strip(" *_") and not _REMARK.fullmatch(tail.text) else []
    while not paragraph and start < min(tail.number + 3, len(lines)):
        start += 1
        if lines[start - 1].strip():
            paragraph = [_row(lines, start)]
    number = start + 1
    while number <= min(start + 20, len(lines)) and not _ends_paragraph(outline, number):
        paragraph.append(_row(lines, number))
        number += 1
    if not paragraph or (paragraph[0] is not tail and _ends_paragraph(outline, start)):
        return []
    for count, line in enumerate(paragraph, 1):
        if re.search(r"[?？؟][\W_]*$", line.text):
            return paragraph[:count]
    while number <= len(lines) and not lines[number - 1].strip():
        number += 1
    is_glued = number > len(lines) or _OPENING.match(lines[number - 1][:200]) is not None
    return paragraph[:1] if is_glued else paragraph


def _row(lines: Sequence[str], number: int) -> Line:
    text = lines[number - 1]
    start = len(text) - len(text.lstrip(" \t>"))
    return Line(text[start:], number, start + 1)


def _ends_paragraph(outline: Outline, number: int) -> bool:
    text = outline.lines[number - 1]
    is_block = re.match(r"\s*(?:$|[-*+|#<]|>|\d{1,3}[.)]\s|\(?[A-Ha-h][.)]\s|---)", text[:40])
    return is_block is not None or outline.is_verbatim[number - 1] or is_answer_title(text[:200])


def _signs(text: str) -> str:
    """The pictures a text ends with, ``""`` for none."""
    end = text.rstrip()[-12:]
    return "".join(sign for sign in end if unicodedata.category(sign) == "So")
