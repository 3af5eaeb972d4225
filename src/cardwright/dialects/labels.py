"""Labels at the beginning of a line, ``**Q1:**`` or ``### Solution``, and what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.question import Outline
from cardwright.dialects.span import Span


@dataclass(frozen=True, slots=True)
class Label:
    """A label and where its text is; lines and columns count from 1.

    ``word`` is in lower case, ``number`` as written or ``""``. The label begins at ``start`` of
    its line and what it labels at ``column``; ``has_text`` says that this is on the same line.
    ``mark`` is the sign behind the word (``:``), ``opening`` the emphasis before it, ``is_open``
    whether that emphasis goes on behind the label. ``quotes`` and ``indent`` are those of
    ``Span``, ``is_listed`` that it leads a list item; ``level`` is that of its heading, 0 for none.
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
    is_listed: bool = False
    level: int = 0

    @property
    def closing(self) -> str:
        """The marks that end the emphasis before the label, ``""`` when there is none."""
        is_tag = self.opening.startswith("<")
        return self.opening.replace("<", "</") if is_tag else self.opening[::-1]

    def behind(self, end: int, until: int = 0) -> Span:
        """The text behind the label, to the line ``end``, or to the column ``until`` of the last."""
        if self.has_text:
            return Span(self.line, end, self.indent, self.column, until, self.quotes)
        start = min(self.line + 1, end)
        return Span(start, end, self.indent, 1, until if start < end else 0, self.quotes)


_OPENING = r"[*_]{1,3}|<(?:b|strong|u|em|i)>"
_CLOSING = r"[*_]{1,3}|</(?:b|strong|u|em|i)>"
_DECORATION = r"(?:[^\w\s\x21-\x7e¿¡（【「]{1,6}[ \t]?)?"
_NUMBER = (
    r"(?:[ \t]?[.#№-]?[ \t]?(?:no\.?[ \t]?)?(?P<number>\d{1,4}(?:[.-]\d{1,3}){0,3}"
    r"(?:[a-z](?![^\W\d_]))?|[一二三四五六七八九十]{1,3}(?![^\W_])))?"
)


def label_pattern(words: str) -> re.Pattern[str]:
    """A pattern of one of ``words`` (alternatives of a regular expression) as a label.

    It takes everything up to the labelled text; ``read_label`` is what it is for.
    """
    return re.compile(
        rf"(?i){_DECORATION}(?P<open>{_OPENING})?{_DECORATION}(?P<word>{words})(?![^\W\d_]){_NUMBER}"
        rf"(?(open)(?P<close>{_CLOSING})?)[ \t\u00a0]?(?P<mark>[:：]-?|[.．、)]|[-–—](?=\s|$))?"
        rf"(?(close)|(?(open)(?P<shut>{_CLOSING})?))[ \t\u00a0]*"
    )


def labels(outline: Outline, pattern: re.Pattern[str]) -> Iterator[Label]:
    """All labels that begin a line, or the text of its list item, quote or heading, in order."""
    for number, text in enumerate(outline.lines, 1):
        if not outline.is_verbatim[number - 1]:
            label = _at_begin(pattern, text, number)
            if label is not None:
                yield label


_STEP = re.compile(r"[ \t]{0,40}(?:(?P<quote>>)|(?P<listed>[-*+]|\d{1,4}[.)])(?=[ \t]))")
_REST = re.compile(r"[ \t]{0,40}(?:\[[ xX]\][ \t]+)?(?:(?P<hashes>#{1,6})[ \t]+)?")
_DEEPEST = 20
"""So many quotes and lists around a label are looked through."""


def _at_begin(pattern: re.Pattern[str], text: str, number: int) -> Label | None:
    at = quoted = quotes = 0
    is_listed = False
    for _ in range(_DEEPEST):
        step = _STEP.match(text, at)
        if step is None:
            break
        at = step.end()
        if step["quote"]:
            quotes, quoted = quotes + 1, at + text.startswith(" ", at)
        else:
            is_listed = True
    rest = _REST.match(text, at)
    at, level = (rest.end(), len(rest["hashes"] or "")) if rest else (at, 0)
    indent = len(text[quoted:at].expandtabs(4)) if not level else 0
    return read_label(pattern, text, number, at, (quotes, indent, is_listed, level))


def read_label(
    pattern: re.Pattern[str], text: str, number: int, at: int,
    around: tuple[int, int, bool, int],
) -> Label | None:  # fmt: skip
    """The label at the offset ``at`` of line ``number``, ``None`` where there is none.

    ``around`` are its quotes, its indentation, whether it leads a list item, and its heading's
    level. Without a sign behind it a label has emphasis of its own, or its line for itself, or it
    is a heading.
    """
    match = pattern.match(text, at)
    if match is None:
        return None
    mark, opening = match["mark"] or "", match["open"] or ""
    rest = text[match.end() :].rstrip().rstrip("#" if around[3] else "").rstrip()
    is_apart = not rest or rest[0].isupper() or rest[0] in "*_`$([!¿" or not rest[0].isascii()
    if mark in {".", ")"} and not (is_apart or text[match.end() - 1] in " \t"):
        return None
    if not (mark or match["close"] or not rest.strip("*_") or around[3]):
        return None
    is_open = bool(opening) and not (match["close"] or match["shut"])
    quotes, indent, is_listed, level = around
    return Label(
        number, match["word"].lower(), match["number"] or "", match.start() + 1, match.end() + 1,
        bool(rest), mark, opening, is_open, quotes, indent, is_listed, level,
    )  # fmt: skip
