"""Labels at the beginning of a line, ``**Q1:**`` or ``### Solution``, and what is before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.text.leads import STEP, Lead
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span


@dataclass(frozen=True, slots=True)
class Label:
    """A label and where its text is; lines and columns count from 1.

    ``word`` and ``number`` are as written, ``""`` for no number. The label begins at ``start`` of
    its line and what it labels at ``column``; ``has_text`` says that this is on the same line.
    ``mark`` is the sign behind the word (``:``), ``opening`` the emphasis before it, ``is_open``
    whether that emphasis goes on behind the label. ``quotes`` and ``indent`` are those of
    ``Span``; ``level`` is that of its heading, 0 for none; ``is_inline`` that text of its line
    stands before it.
    """

    line: int
    word: str
    number: str
    start: int
    column: int
    has_text: bool
    mark: str = ""
    opening: str = ""
    is_open: bool = False
    quotes: int = 0
    indent: int = 0
    level: int = 0
    is_inline: bool = False

    @property
    def closing(self) -> str:
        """The marks that end the emphasis before the label, ``""`` when there is none."""
        is_tag = self.opening.startswith("<")
        return self.opening.replace("<", "</") if is_tag else self.opening[::-1]

    def behind(self, end: int, until: int = 0) -> Span:
        """The text behind the label, to line ``end`` or to the column ``until`` of the last."""
        if self.has_text:
            return Span(self.line, end, self.indent, self.column, until, self.quotes)
        start = min(self.line + 1, end)
        return Span(start, end, self.indent, 1, until if start < end else 0, self.quotes)


_OPENING = r"[*_]{1,3}|<(?:b|strong|u|em|i)>"
_CLOSING = r"\*\*(?=\*\*\w)|[*_]{1,3}|</(?:b|strong|u|em|i)>"
_DECORATION = r"(?:[^\w\s\x21-\x7e¿¡（【「]{1,6}[ \t]?)?"
_NUMBER = (
    r"(?:(?![ \t]?-[ \t]\d{1,4}(?![ \t]?[:：)*_\d]|\.[ \t]))"  # "A - 42" has none
    r"[ \t]?[.#№-]?[ \t]?(?:no\.?[ \t]?)?(?P<number>\d{1,4}(?:[.-]\d{1,3}){0,3}"
    r"(?:[a-z](?![^\W\d_]))?|[一二三四五六七八九十]{1,3}(?![^\W_])))?"
)
_REMARK = (
    r"(?:[ \t]?[*_]?[(\[\uff08][^()\[\]\uff08\uff09]{1,30}[)\]\uff09][*_]?"
    r"(?=[ \t]?[*_]{0,2}[ \t]?[:\uff1a]))"
)
"""How hard a question is, or where from, between its number and its sign: ``Q1 (easy):``."""
_MARK = (
    r"[:：]{1,2}-?|[.．、)]|(?:[-=]>|→|[-–—]{1,2})(?=\s|$|\*\*\s)"
    r"|(?=[ \t](?-i:[A-H])(?:[.,;:)]|\s*$))"
)


def label_pattern(words: str) -> re.Pattern[str]:
    """A pattern of one of ``words`` (alternatives of a regular expression) as a label.

    It takes everything up to the labelled text; ``read_label`` is what it is for.
    """
    return re.compile(
        rf"(?i){_DECORATION}(?P<open>{_OPENING})?{_DECORATION}"
        rf"(?P<word>{words})(?![^\W\d_]){_NUMBER}"
        rf"(?:(?(number)|(?<=\w\w\w)){_REMARK})?"
        rf"(?(open)(?P<close>{_CLOSING})?)(?(number){_REMARK}?)[ \t\u00a0]?(?P<mark>{_MARK})?"
        rf"(?(close)|(?(open)(?P<shut>{_CLOSING})?))[ \t\u00a0]*"
    )


def labels(outline: Outline, pattern: re.Pattern[str]) -> Iterator[Label]:
    """All labels that begin a line, or the text of its list item, quote or heading, in order."""
    for number, text in enumerate(outline.lines, 1):
        if text and not outline.is_verbatim[number - 1]:
            label = read_label(pattern, text, number, outline.leads[number - 1])
            if label is not None:
                yield label


_FAR = 200
"""So many characters behind a label tell whether it has text."""


def read_label(pattern: re.Pattern[str], text: str, number: int, lead: Lead) -> Label | None:
    """The label behind the lead of line ``number``, ``None`` where there is none.

    Without a sign behind it a label has emphasis of its own (or with its number), or its line for
    itself, or it is a heading, or the letter of an option is behind it (``Answer C``).
    """
    match = pattern.match(text, lead.length)
    if match is None:
        return None
    mark, opening = match["mark"] or "", match["open"] or ""
    is_marked = match["mark"] is not None or match["close"] or match["shut"]
    is_marked = is_marked or (opening and match["number"])
    rest = text[match.end() : match.end() + _FAR].rstrip("# \t" if lead.level else " \t")
    is_apart = not rest or rest[0] in "*_`$([!¿" or rest[0].isupper() or not rest[0].isascii()
    if mark in {".", ")"} and not (is_apart or text[match.end() - 1] in " \t"):
        return None
    if not (is_marked or lead.level or not rest.strip("*_")):
        return None
    return Label(
        number,
        match["word"],
        match["number"] or "",
        match.start() + 1,
        match.end() + 1,
        bool(rest.strip("*_")),
        mark,
        opening,
        bool(opening) and not (match["close"] or match["shut"]),
        lead.quotes,
        lead.indent,
        lead.level,
        lead.is_inline,
    )


def container_end(outline: Outline, label: Label, indent: int, end: int) -> int:
    """The line, ``end`` at most, at which the quote or the list item around a label is over.

    ``indent`` is the column at which the item's text begins, 0 for none. A line that goes on with
    a paragraph is inside wherever it begins (CommonMark section 5.2, laziness).
    """
    if not (label.quotes or indent):
        return end
    for number in range(label.line + 1, end):
        text, above = outline.lines[number - 1], outline.lines[number - 2]
        bare, is_apart = text.strip(), not above.strip(" \t>")
        if outline.is_verbatim[number - 1]:
            continue
        if label.quotes and ">" not in text[:40] and (not bare or is_apart):
            return number
        width = len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))
        is_listed = STEP.match(text) is not None
        if not label.quotes and bare and width < indent and (is_apart or is_listed):
            return number
    return end


_RULE = re.compile(r"[>\s]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")


def is_rule(outline: Outline, number: int) -> bool:
    """Whether a line is a thematic break, also in a quote and right under a paragraph."""
    return (
        not outline.is_verbatim[number - 1] and _RULE.match(outline.lines[number - 1]) is not None
    )
