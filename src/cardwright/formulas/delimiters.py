"""Replaces every formula in a passage with a mark, before a Markdown parser can damage it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cardwright.commonmark.leaves import Leaf, read_leaves
from cardwright.diagnostics import Code, Diagnostic
from cardwright.formulas.inline import Unclosed, read_inline
from cardwright.formulas.structure import Span, first_reading
from cardwright.formulas.tex import readings, refused_command
from cardwright.formulas.traced import Region, Replacement, Spot, Traced, region_of, replace
from cardwright.markup.marks import (
    CLOSING,
    OPENING,
    as_written,
    key_for,
    mark_for,
    split_edges,
    without_edges,
)
from cardwright.model import Edge, Formula, Line, Passage
from cardwright.tex_macros import Macros, definitions_in


@dataclass(frozen=True, slots=True)
class Extracted:
    """A passage with a mark for each formula."""

    traced: Traced
    formulas: tuple[Formula, ...] = ()  # mark `n` stands for `formulas[n]`
    diagnostics: tuple[Diagnostic, ...] = ()


def extract_formulas(
    traced: Traced, key: str, edges: Mapping[str, str] = MappingProxyType({})
) -> Extracted:
    """Replace formula ``n`` of the passage with the word ``mark_for(key, n)``.

    Formulas over several lines and in tables come first, because they decide where blocks start.
    Then the blocks are read again, unless a word in place of each formula changes none. At last,
    the text of each block is read. A formula never leaves its block. ``edges`` maps the
    placeholders of deletions to what the author wrote.
    """
    before, text = _readable(traced)
    may_begin = "$" in text or "\\" in text
    if not (may_begin or ("math" in text and _MATH_FENCE.search(text))):
        return Extracted(before)
    lines = tuple(line.text for line in before.passage.lines)
    displays, rows, leaves = first_reading(lines)
    spans = [*displays, *_in_rows(lines, rows)]
    between, formulas = before, tuple[Formula, ...]()
    is_plain = not spans or (key not in text and all(_is_apart(lines, span) for span in spans))
    if is_plain and leaves is not None:
        known = {span.begin.line for span in spans}
        leaves = [leaf for leaf in leaves if leaf.first not in known]
    else:
        between, formulas = _replaced(before, spans, key, edges, ())
        leaves = read_leaves(between.passage.markdown)
        spans = []
    problems: list[Diagnostic] = []
    for leaf in leaves:
        inside, unclosed = _of_leaf(between, leaf)
        spans += inside
        problems += unclosed
    after, formulas = _replaced(between, spans, key, edges, formulas)
    return Extracted(after, formulas, (*problems, *_refusals(formulas)))


def _in_rows(lines: Sequence[str], rows: Sequence[int]) -> Iterator[Span]:
    for row in rows:
        for found in read_inline(lines[row], is_row=True).formulas:
            begin, end = Spot(row, found.start), Spot(row, found.end)
            yield Span(begin, end, found.tex, found.is_display, found.other)


def _is_apart(lines: Sequence[str], span: Span) -> bool:
    """Whether a formula is a paragraph of its own, between blank lines."""
    (first, start), (last, end) = span.begin, span.end
    beside = lines[first][:start], lines[last][end:], *lines[last + 1 : last + 2]
    return not any(map(_TEXT.search, (*lines[max(first - 1, 0) : first], *beside)))


_TEXT = re.compile(r"[^ \t]")
_MATH_FENCE = re.compile(r"(?:(?<!`)`{3,}+|(?<!~)~{3,}+)[ \t]*+math")


def _refusals(formulas: Sequence[Formula]) -> Iterator[Diagnostic]:
    for formula in formulas:
        command = refused_command(formula.tex)
        if command:
            message = f"'{command}' is not allowed in a formula; the card shows its source"
            hint = "put links, classes and styles into the text around it"
            yield Diagnostic(formula.place, Code.REFUSED_FORMULA, message, hint)


_UNREADABLE = re.compile("[\r\0\ud800-\udfff]")


def _readable(traced: Traced) -> tuple[Traced, str]:
    """Replace what Markdown or UTF-8 cannot hold, at the same offsets. Return the Markdown, too."""
    passage, text = traced.passage, traced.passage.markdown
    is_plain = text.isascii() and "\r" not in text and "\0" not in text
    if is_plain or not _UNREADABLE.search(text):
        return traced, text
    lines = (
        line._replace(text=_UNREADABLE.sub("\ufffd", line.text.replace("\r", " ")))
        for line in passage.lines
    )
    passage = Passage(passage.path, tuple(lines))
    return Traced(passage, traced.segments), passage.markdown


def _replaced(
    traced: Traced,
    spans: Sequence[Span],
    key: str,
    words: Mapping[str, str],
    known: tuple[Formula, ...],
) -> tuple[Traced, tuple[Formula, ...]]:
    formulas = list(known)
    replacements = []
    behind = Spot(0, 0)
    for span in sorted(spans, key=lambda span: span.begin):
        # A mark inside would be lost. The formula that it stands for is more certain.
        if span.begin < behind or key in without_edges(span.tex, key):
            continue
        tex, edges = _without_edges(span.tex, key)
        if not _are_paired(edges):  # it starts or ends inside a deletion
            continue
        behind = span.end
        replacements.append(Replacement(span.begin, span.end, mark_for(key, len(formulas))))
        source = as_written(traced.raw(span.begin, span.end), key, words)
        below = range(span.begin.line + 1, span.end.line + 1)
        places = (traced.place(*span.begin), *map(traced.place, below))
        other = "" if edges else span.other
        formulas.append(Formula(tex, span.is_display, source, places[0], edges, other, places))
    return replace(traced, replacements), tuple(formulas)


def _without_edges(tex: str, key: str) -> tuple[str, tuple[Edge, ...]]:
    """Remove the placeholders of deletions from TeX. Return the TeX and their offsets."""
    bare: list[str] = []
    edges: list[Edge] = []
    offset = 0
    for part in split_edges(tex, key):
        if isinstance(part, Edge):
            edges.append(Edge(part.deletion, part.kind, offset))
        else:
            bare.append(part)
            offset += len(part)
    return "".join(bare), tuple(edges)


def _are_paired(edges: Sequence[Edge]) -> bool:
    """Whether every deletion in ``edges`` starts and ends there, and all are properly nested."""
    open_: list[int] = []
    for edge in edges:
        if edge.kind == OPENING:
            open_.append(edge.deletion)
        elif open_[-1:] != [edge.deletion]:
            return False
        elif edge.kind == CLOSING:
            open_.pop()
    return not open_


def _of_leaf(traced: Traced, leaf: Leaf) -> tuple[list[Span], list[Diagnostic]]:
    if leaf.kind == "fence":
        return _of_fence(traced, leaf), []
    if "$" not in leaf.text and "\\" not in leaf.text:
        return [], []
    found = read_inline(leaf.text, is_row=leaf.kind == "row")
    where = region_of(leaf)
    spans = [
        Span(*where.ends(each.start, each.end), each.tex, each.is_display, each.other)
        for each in found.formulas
    ]
    surely = (each for each in found.unclosed if _is_meant(leaf.text, each))
    return spans, [_unclosed(traced, where, each) for each in surely]


def _of_fence(traced: Traced, leaf: Leaf) -> list[Span]:
    """Return the formula of a ``math`` fence, which is all of its content."""
    if leaf.info.split()[:1] != ["math"]:
        return []
    tex, first, last = readings(leaf.text, "math")[0], leaf.first, leaf.end - 1
    if not tex or last < first:
        return []
    start = _FENCE.search(traced.passage.lines[first].text)
    end = len(traced.passage.lines[last].text)
    begin = Spot(first, start.start() if start else 0)
    return [Span(begin, Spot(last, end), tex, True)]


_FENCE = re.compile("`{3}|~{3}")


def _is_meant(text: str, unclosed: Unclosed) -> bool:
    """Whether an unclosed opener was meant as one. ``$$`` may also be a process id or a price."""
    if unclosed.opener != "$$" or unclosed.is_half_closed:
        return True
    line_start = text.rfind("\n", 0, unclosed.start) + 1
    line_end = text.find("\n", unclosed.start)
    line = text[line_start : line_end if line_end >= 0 else len(text)].strip()
    if line == "$$" or (line.startswith("$$") and _TEX.search(line) is not None):
        return True
    return _TERM.match(text, unclosed.start + len("$$")) is not None


_TEX = re.compile(r"\\[A-Za-z]|[\^_]\S")
_TERM = re.compile(r"-?\(?\d*(?:\\[A-Za-z]|[A-Za-z]\)?(?:\(|\s?[+*/=^_<>]|\s-\s))")
"""A command of TeX, or a variable before a sign or a bracket. ``$$PATH`` and ``$$ on`` are none."""


def _unclosed(traced: Traced, where: Region, unclosed: Unclosed) -> Diagnostic:
    return Diagnostic(
        traced.place(*where.spot(unclosed.start)),
        Code.UNCLOSED_FORMULA,
        f"the formula that '{unclosed.opener}' opens is never closed",
        f"write '{unclosed.closer}' after it, in the same paragraph, or put it in backticks",
    )


_DEFINES = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|g?def|DeclareMathOperator)(?![A-Za-z])"
)


def macros_of(path: str, lines: Sequence[str]) -> Macros:
    """Return the macros from formulas that only define macros. The last definition wins."""
    text = "\n".join(lines)
    if not _DEFINES.search(text):
        return ()
    passage = Passage(path, tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    formulas = extract_formulas(Traced(passage), key_for(text)).formulas
    found = (definitions_in(formula.tex) for formula in formulas if "\\" in formula.tex)
    return tuple({name: body for macros in found for name, body in macros}.items())
