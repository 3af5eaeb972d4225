"""Finds display formulas and table rows before the blocks of a passage are read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from cardwright.commonmark.leaves import FOOTNOTE, QUOTE, Container, Leaf, read_leaves
from cardwright.formulas.inline import Unclosed, read_inline
from cardwright.formulas.signs import Signs, signs_of
from cardwright.formulas.tex import has_tex_sign, is_prose, readings
from cardwright.formulas.traced import Spot

MAX_LINES = 300
"""How many lines to search for the end of a display formula."""


@dataclass(frozen=True, slots=True)
class Span:
    """A formula between two spots. The end is exclusive."""

    begin: Spot
    end: Spot
    tex: str
    is_display: bool
    other: str = ""  # another reading of the TeX, as in the model


def first_reading(
    lines: tuple[str, ...],
) -> tuple[Sequence[Span], Sequence[int], Sequence[Leaf] | None]:
    """Return the display formulas over several lines, the lines that may be table rows, and leaves.

    The first two must be found before a parser finds blocks. A ``===`` in a formula is not a
    heading, and a ``|`` is not a column. Fences and indented code come before formulas. The leaves
    are those of the lines, ``None`` if a formula extends beyond its leaf.
    """
    search = _Search(lines)
    leaves = search.read()
    return search.found, search.rows, leaves


_MARK = re.compile(r"[-+*>]\s+\S")
_MOST_ROWS = 10
_LEAST_WINDOW = 16  # lines to read again after a formula that changes the blocks below it

_WINDOW = 400  # lines to read at once if no such formula was found for a while


class _Search:
    """Reads ``lines``, and again the lines after a formula that changes the blocks below it.

    ``view`` has the lines that are left, with one word for each formula that was found. ``numbers``
    maps its lines to lines of the passage.
    """

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.found: list[Span] = []
        self.rows: list[int] = []
        self.view: list[str] = list(lines)
        self.numbers: list[int] = list(range(len(lines)))
        self.done = 0
        """The first line of the view that was not searched yet."""
        self.budget = 20 * len(lines) + 2000
        """How many lines may be read again. This limits the cost of any text."""
        self.closers = _Closers(lines)

    def read(self) -> Sequence[Leaf] | None:
        """Search all lines. Return their leaves, or ``None`` if some were read again."""
        size = len(self.view)
        leaves: Sequence[Leaf] = ()
        is_whole = True
        while self.view:
            leaves = read_leaves("\n".join(self.view[:size]))
            is_last = size >= len(self.view)
            top = len(self.view) if is_last else leaves[-1].top if leaves else size
            changed = self._read_leaves(leaves, top)
            if changed is not None:
                self.budget -= min(size, len(self.view))
                self._cut(*changed)
                size, is_whole = _LEAST_WINDOW, False
            elif top:
                self._drop(top)
                size = min(2 * size, _WINDOW)
            else:
                size *= 2
        return leaves if is_whole else None

    def _drop(self, top: int) -> None:
        del self.view[:top], self.numbers[:top]
        self.done = max(self.done - top, 0)

    def _cut(self, top: int, first: int, formula: Span) -> None:
        """Put one line in place of a formula that starts in line ``first``. Continue at ``top``."""
        begin, end = formula.begin, formula.end
        last = first + end.line - begin.line
        self.view[first : last + 1] = [
            f"{self.view[first][: begin.offset]}formula{self.view[last][end.offset :]}"
        ]
        self.numbers[first : last + 1] = [self.numbers[first]]
        self.done = first + 1
        self._drop(top)

    def _read_leaves(self, leaves: Sequence[Leaf], top: int) -> tuple[int, int, Span] | None:
        """Search the leaves above line ``top``. Stop at a formula that extends beyond its leaf."""
        for leaf in leaves:
            if leaf.first >= top:
                break
            if leaf.kind == "table":
                self._add_rows(leaf.first, leaf.end)
            elif leaf.kind in ("text", "underlined") and leaf.end > self.done:
                found = self._read_text(leaf)
                if found is not None:
                    return leaf.top, *found
        return None

    def _add_rows(self, first: int, end: int) -> None:
        rows = (first, *range(first + 2, end))
        self.rows += [self.numbers[row] for row in rows if row >= self.done]

    def _read_text(self, leaf: Leaf) -> tuple[int, Span] | None:
        if "$" not in leaf.text and "\\" not in leaf.text and "|" not in leaf.text:
            return None
        rows = [row.rstrip() for row in leaf.text.split("\n")]
        around = _Around(self.view, leaf.containers)
        line = max(leaf.first, self.done)
        while line < leaf.end:
            row = rows[line - leaf.first]
            parting = rows[line + 1 - leaf.first] if "|" in row and line + 1 < leaf.end else ""
            if "-" in parting and _DELIMITER_ROW.fullmatch(parting):
                self._add_rows(line, leaf.end)
                break
            if line > leaf.first and leaf.containers and around.text(line) is None:
                around = around.outside(line)  # a paragraph may continue outside its container
            found = _display_lines(self, around, line, row)
            if found is None:
                line += 1
                continue
            last = line + found.end.line - found.begin.line
            is_inside = last < leaf.end
            if not is_inside and self.budget < 0:
                line += 1
                continue
            self.found.append(found)
            if not is_inside:
                return line, found
            line = last + 1
        return None


class _Closers:
    """Finds where display formulas may end. All delimiters are found once, when one is needed."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self._lines = lines

    @cached_property
    def _signs(self) -> Signs:
        return signs_of("\n".join(self._lines))

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of each line, and that after the last."""
        return list(accumulate((len(line) + 1 for line in self._lines), initial=0))

    def closing(self, first: int, offset: int, opening: Unclosed) -> Spot | None:
        """Return the spot after the closing delimiter, or ``None``."""
        if opening.opener in ("\\(", "\\\\("):
            return None
        if opening.opener.startswith("\\begin"):
            end = self._signs.ends.get(self._signs.until(self._starts[first] + offset))
        else:
            below = self._signs.until(self._starts[first + 1])
            end = self._signs.after(opening.closer, below - 1)
        if end is None:
            return None
        sign = self._signs.all[end]
        last = bisect_right(self._starts, sign.start) - 1
        return Spot(last, sign.end - self._starts[last]) if last <= first + MAX_LINES else None


class _Around:
    """The lines of a view, seen from inside the containers of a leaf."""

    def __init__(self, view: Sequence[str], containers: Sequence[Container]) -> None:
        self.view = view
        self._containers = containers

    @cached_property
    def widths(self) -> list[int]:
        return _widths(self.view, self._containers)

    def text(self, line: int) -> str | None:
        """Return the stripped text of a line, or ``None`` if it is outside a container."""
        text = _inside(self.view[line], self.widths)
        return None if text is None else text.strip()

    def outside(self, line: int) -> _Around:
        """Return the view from outside a quote or an item whose text continues in this line."""
        for depth in range(len(self._containers)):
            if _inside(self.view[line], self.widths[: depth + 1]) is None:
                return _Around(self.view, self._containers[:depth])
        return self

    def stops(self, line: int) -> bool:
        """Whether a formula must end before this line, as its container ends or a fence starts.

        After a blank line, a heading or text that is clearly not TeX also stops it.
        """
        text = self.text(line)
        if text is None or text.startswith(("```", "~~~")):
            return True
        if not text or self.text(line - 1) != "":
            return False
        if _NO_TEX.match(text) and "\\" not in text:
            return True
        return _SENTENCE.match(text) is not None and not has_tex_sign(text[:80].split(".")[0])


def _widths(view: Sequence[str], containers: Sequence[Container]) -> list[int]:
    """Return the indentation of further lines in each container, or -1 for a quote."""
    widths: list[int] = []
    line_before, begin = -1, 0
    for kind, line, offset in containers:
        row = view[line]
        if line != line_before:
            begin = len(row) - len(_inside(row, widths) or "")
        if kind == QUOTE:
            widths.append(-1)
            begin = offset + 1 + (row[offset + 1 : offset + 2] == " ")
        elif kind == FOOTNOTE:
            widths.append(4)
            begin = offset
        else:
            marker = _MARKER.match(row, offset)
            end = marker.end() if marker else offset + 1
            behind = row[end:]
            inner = behind.lstrip(" \t")
            blanks = len(behind) - len(inner) if inner else 0
            blanks = blanks if 1 <= blanks <= 4 else 1
            widths.append(len(row[begin : end + blanks].expandtabs(4)))
            begin = end + blanks
        line_before = line
    return widths


_MARKER = re.compile(r"[-+*:~]|\d{1,9}[.)]")
_QUOTE = re.compile(r" *> ?")


def _inside(row: str, widths: Sequence[int]) -> str | None:
    """Remove the markers of containers from a line. ``None`` if it is not in all of them."""
    if "\t" in row:
        bare = row.lstrip(" \t>")
        row = row[: len(row) - len(bare)].expandtabs(4) + bare
    for width in widths:
        if width < 0:
            quote = _QUOTE.match(row)
            if quote is None:
                return None
            row = row[quote.end() :]
        elif row.startswith(" " * width):
            row = row[width:]
        elif row.strip():
            return None
        else:
            row = ""
    return row


def _display_lines(search: _Search, around: _Around, first: int, row: str) -> Span | None:
    """Return the formula that line ``first`` opens and a later line closes, or ``None``."""
    if "$" not in row and "\\" not in row:
        return None
    text = _inside(around.view[first], around.widths)
    if text is not None and text.startswith("    "):  # indented code
        return None
    margin = len(around.view[first].rstrip()) - len(row)
    for opening in read_inline(row).unclosed if _MAY_OPEN.search(row) else ():
        found = _opened(search, around, first, row, margin, opening)
        if found is not None:
            return found
    return _over_a_mark(search, around, first, row)


def _opened(
    search: _Search, around: _Around, first: int, row: str, margin: int, opening: Unclosed
) -> Span | None:
    number = search.numbers[first]
    closing = search.closers.closing(number, margin + opening.start, opening)
    if closing is None:
        return None
    last = first + closing.line - number
    if any(around.stops(line) for line in range(first + 1, last + 1)):
        return None
    sides = row[: opening.start].strip(), row[opening.start + len("$$") :].strip()
    is_in_sentence = opening.opener == "$$" and all(sides)
    if is_in_sentence and any(around.text(line) == "" for line in range(first + 1, last)):
        return None  # the other ``$$`` is of another paragraph
    inner = row[opening.start :]
    is_environment = opening.opener.startswith("\\begin")
    texts = [around.text(line) or "" for line in range(first + 1, last + 1)]
    behind = len(around.view[last].rstrip()) - closing.offset
    ending = texts[-1][: len(texts[-1]) - behind] if behind else texts[-1]
    if not is_environment:
        inner, ending = inner[len(opening.opener) :], ending[: -len(opening.closer)]
    body = "\n".join((inner, *texts[:-1], ending))
    if not body.strip() or body.count("`") % 2 or (opening.start and is_prose(body)):
        return None
    tex, other = readings(body, opening.opener)
    return Span(Spot(number, margin + opening.start), closing, tex, True, other)


def _over_a_mark(search: _Search, around: _Around, first: int, row: str) -> Span | None:
    """Return a formula whose next line looks like a list or a quote (``+ b$``), or ``None``."""
    if "$" not in row:
        return None
    rows = [row]
    for line in range(first + 1, min(len(around.view), first + _MOST_ROWS)):
        if not around.text(line) or around.stops(line):
            break
        rows.append(around.text(line) or "")
    if not any(map(_MARK.match, rows[1:])):
        return None
    text = "\n".join(rows)
    for found in read_inline(text).formulas:
        body = text[found.start + 1 : found.end - 1]
        if found.start > len(row) or found.is_display or is_prose(body):
            continue
        if any(map(_MARK.match, body.split("\n")[1:])):
            last = first + body.count("\n")
            ending = found.end - text.rfind("\n", 0, found.end) - 1
            start = len(around.view[first].rstrip()) - len(row) + found.start
            stop = len(around.view[last].rstrip()) - len(rows[last - first]) + ending
            begin, end = Spot(search.numbers[first], start), Spot(search.numbers[last], stop)
            return Span(begin, end, found.tex, False, found.other)
    return None


_MAY_OPEN = re.compile(r"\$\$|\\(?:[(\[]|begin\{)")
"""A delimiter that may be unclosed (see ``Unclosed``), if it is one at all."""

_NO_TEX = re.compile(r"#{1,6}(?:\s|$)|!?\[[^\]]*\](?:\(|\[|:)|[-*+]\s+\S|\d+[.)]\s+\S|>|<[a-z/!]")
_SENTENCE = re.compile(r"(?:[^\W\d_]{2,}[,;:.]?\s+){3}")


_DELIMITER_ROW = re.compile(r"(?:[|:]|-(?! ))[-:|\s]*")  # if the `|` above it are not in formulas
