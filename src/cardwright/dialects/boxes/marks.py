"""Every box of a document, by the marks of the tools that people write for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import FENCE
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.ends import below, end_of_block, end_of_quote
from cardwright.dialects.boxes.tags import details
from cardwright.dialects.text.span import Span
from cardwright.model import Line

_DEEPEST = 20
"""A box inside so many others is a part of what those hold."""


def boxes(lines: Sequence[str], rows: Sequence[Row]) -> tuple[Box, ...]:
    """All boxes in the order in which they open, each knowing how many others it stands in.

    They are ``<details>`` and what the table of marks below says: callouts of Obsidian and
    GitHub, admonitions of MkDocs, containers of Docusaurus, VitePress, Pandoc and Quarto,
    shortcodes of Hugo and Liquid, components of MDX, directives of MyST, and the fences of the
    Obsidian plugin "Admonition".
    """
    found = [*details(lines, rows), *_marked(rows)]
    found.sort(key=lambda box: (box.start, box.column))
    return tuple(_with_depths(found))


def _with_depths(found: Sequence[Box]) -> Iterator[Box]:
    ends: list[int] = []
    for box in found:
        while ends and ends[-1] <= box.start:
            ends.pop()
        if len(ends) < _DEEPEST:
            yield replace(box, depth=len(ends))
            ends.append(box.end if box.is_closed else box.start)


_LONGEST = 600
_TITLED = (
    r"details|expand|expander|expandable|spoiler|collapse|collapsible|accordion(?:-?item)?|toggle"
    r"|disclosure|dropdown|panel|reveal|hidden|faq(?:-?item)?"
)
_KIND = rf"(?P<kind>{_TITLED}|answer|solution|hint|tip|question|exercise|quiz|admonition|callout)"
_CALLOUT = re.compile(
    r"\[!(?P<kind>[^\]|]{1,40})(?:\|[^\]]*)?\](?P<fold>[-+]?)[ \t]*(?P<title>.*)$"
)
_ADMONITION = re.compile(
    r"(?P<fold>\?\?\?\+?|!!!)[ \t]+(?P<kind>[\w-]+[^\"]*)(?:\"(?P<title>.*)\")?[ \t]*$"
)
_CONTAINER = re.compile(
    r":{3,}[ \t]*(?:\{(?P<dot>[ \t]*[.#]|)(?:callout-)?(?P<class>[A-Za-z][\w-]*)(?P<inside>[^}]*)\}"
    r"|\.?(?P<kind>[A-Za-z][\w-]*))(?P<title>.*)$"
)
_COMPONENT = re.compile(
    rf"<(?:(?=[A-Z])|(?=panel\b|accordion|spoiler))(?i:{_KIND})\b"
    r"(?P<inside>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>(?P<behind>.*)$"
)
_SHORTCODE = re.compile(
    rf"(?:\{{\{{[<%]|\{{%-?)\s*(?i:{_KIND})\b(?P<inside>[^<>%]*?)-?[>%]?\}}\}}?(?P<behind>.*)$"
)
_FENCE = re.compile(
    rf"(?P<marks>{FENCE})[ \t]*(?:ad-(?P<kind>[\w-]+)|\{{(?P<class>exercise|solution|hint"
    r"|question|admonition|dropdown|toggle)(?P<start>-start)?\})(?P<title>.*)$"
)
_CLOSING = re.compile(
    rf"(?:</|\{{\{{[<%]\s*/\s*|\{{%-?\s*(?:/|end)\s*)(?i:{_KIND})\b|:{{3,}}[ \t]*$"
)
_MARKS = (_CALLOUT, _ADMONITION, _CONTAINER, _COMPONENT, _SHORTCODE)
_BEGINS = frozenset("[?!:{<`~")


def _marked(rows: Sequence[Row]) -> Iterator[Box]:
    """The boxes but those of ``<details>``."""
    found: list[tuple[Row, re.Match[str]]] = []
    waiting: dict[str, list[int]] = {}
    closings: dict[int, int] = {}
    for row in rows:
        text = row.text.lstrip(" \t")
        if text[:1] not in _BEGINS or len(text) > _LONGEST:
            continue
        marks = (_FENCE,) if row.is_verbatim else _MARKS
        closing = None if row.is_verbatim else _CLOSING.match(text)
        if closing is not None:
            if opened := waiting.get((closing["kind"] or ":").lower()):
                closings[opened.pop()] = row.number
        elif match := next(filter(None, (mark.match(text) for mark in marks)), None):
            found.append((row, match))
            name = ":" if match.re is _CONTAINER else match["kind"]
            waiting.setdefault((name or "").lower(), []).append(row.number)
    for row, match in found:
        box = _box(rows, row, match, closings.get(row.number, 0))
        if box is not None:
            yield box


def _box(rows: Sequence[Row], row: Row, match: re.Match[str], close: int) -> Box | None:
    if match.re is _CALLOUT:
        return _quoted(rows, row, match) if row.quotes else None
    if match.re is _ADMONITION:
        return _indented(rows, row, match)
    if match.re is _FENCE:
        return _fenced(rows, row, match)
    return _enclosed(rows, row, match, close)


def _quoted(rows: Sequence[Row], row: Row, match: re.Match[str]) -> Box:
    end = end_of_quote(rows, row.number)
    body = Span(row.number + 1, end, quotes=row.quotes)
    kinds = (match["kind"].strip().lower(),)
    title, is_fold = _title(row, match), match["fold"] != ""
    return Box(
        row.number, row.offset + 1, end, kinds, title, body, quotes=row.quotes - 1, is_fold=is_fold
    )


def _indented(rows: Sequence[Row], row: Row, match: re.Match[str]) -> Box:
    indent = _indent(row)
    end = end_of_block(rows, row.number, indent + 4)
    body = Span(row.number + 1, end, indent + 4, quotes=row.quotes)
    kinds = tuple(match["kind"].lower().split())
    is_fold = match["fold"] != "!!!"
    title = _title(row, match)
    return Box(
        row.number, row.offset + 1, end, kinds, title, body, indent, row.quotes, is_fold=is_fold
    )


def _enclosed(rows: Sequence[Row], row: Row, match: re.Match[str], close: int) -> Box | None:
    """A box with a mark that closes it, on the line that opens it too; ``None`` without one."""
    number, indent = row.number, _indent(row)
    groups = match.groupdict()
    behind = groups.get("behind") or ""
    kind = (groups["kind"] or groups["class"]).lower()
    first, title = number + 1, _title(row, match)
    if behind.strip():
        over = re.search(rf"</{re.escape(kind)}>|\{{[{{%]", behind, re.IGNORECASE)
        if over is None:
            return None
        begin = row.offset + match.start("behind") + 1
        body, close = Span(number, first, 0, begin, begin + over.start()), number
    elif not close:
        return None
    elif match.re is _CONTAINER:
        if groups["class"] and not groups["dot"]:
            first = _behind_options(rows, first, close)
            title = () if kind == "solution" else title
        body = Span(first, close, indent, quotes=row.quotes)
    else:
        text = next((each for each in below(rows, number) if not each.is_blank), row)
        body = Span(first, close, text.indent, quotes=row.quotes)
    is_fold = bool(_FOLDS.fullmatch(kind) or _FOLDED.search(groups.get("inside") or ""))
    return Box(
        number, row.offset + 1, close + 1, (kind,), title, body, indent, row.quotes,
        is_fold=is_fold,
    )  # fmt: skip


_FOLDS = re.compile(_TITLED)
_FOLDED = re.compile(r"collapse\s*=\s*\"?true")
_OPTION = re.compile(r":[a-z][\w-]*:(?:[ \t]|$)|(?P<name>title|collapse|icon|color)[ \t]*:[ \t]*")


def _behind_options(rows: Sequence[Row], first: int, end: int) -> int:
    """The line behind the options that a directive begins with: ``:label: leaf`` of MyST."""
    while first < end and _OPTION.match(rows[first - 1].text.lstrip(" \t")):
        first += 1
    return first


_FARTHEST = 1_000


def _fenced(rows: Sequence[Row], row: Row, match: re.Match[str]) -> Box | None:
    """A fence that is no code but an exercise, a solution, an admonition."""
    number = row.number
    if number > 1 and rows[number - 2].is_verbatim and rows[number - 2].text.strip(" \t`~"):
        return None  # in code that shows one
    indent = len(row.text[: len(row.text) - len(row.text.lstrip(" \t"))].expandtabs(4))
    first = _behind_options(rows, number + 1, len(rows) + 1)
    close = _closing_fence(rows, first, match["marks"])
    end = close + 1
    kind = match["kind"] or match["class"]
    title = _title(row, match) if kind != "solution" else ()
    for option in rows[number : first - 1]:
        named = _OPTION.match(option.text.lstrip(" \t"))
        if named and named["name"] == "title":
            title = _line(option, option.text.lstrip(" \t")[named.end() :])
    if match["start"]:
        first, mark = close + 1, f"{{{kind}-end}}"
        rest = rows[first - 1 : first + _FARTHEST - 1]
        close = next((each.number for each in rest if mark in each.text), 0)
        if not close:
            return None
        end = _closing_fence(rows, close + 1, match["marks"]) + 1
    return Box(
        number, indent + 1, min(end, len(rows) + 1), (kind.lower(),), title,
        Span(first, close, indent), indent,
        is_fold="dropdown" in "".join(each.text for each in rows[number - 1 : first]),
    )  # fmt: skip


def _closing_fence(rows: Sequence[Row], first: int, marks: str) -> int:
    """The line of the fence that closes one, or the one behind its code."""
    closing = (
        row.number
        for row in below(rows, first - 1)
        if not row.is_verbatim or row.text.strip() == marks
    )
    return next(closing, len(rows) + 1)


def _indent(row: Row) -> int:
    return row.width if row.marker else row.indent


_ARGUMENT = r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|“(?P<curly>[^”]*)”)"
_NAMED = re.compile(
    r"(?i)(?<![\w-])(?:title|header|heading|question|summary|label|text|q)\s*=\s*\{?" + _ARGUMENT
)
_QUOTED = re.compile(r"\s*" + _ARGUMENT)
_LABEL = re.compile(r"\[(?P<label>[^\]]*)\](?:\{[^{}]*\})?\s*$")


def _title(row: Row, match: re.Match[str]) -> tuple[Line, ...]:
    """The title behind a mark, or in its arguments: a named one, the first quoted, or all."""
    groups = match.groupdict()
    inside = groups.get("inside")
    if inside is not None:
        named = _NAMED.search(inside) or _QUOTED.match(inside)
        if named:
            return _line(row, named[str(named.lastgroup)])
        if "title" not in groups:
            return () if "=" in inside else _line(row, inside.strip(" \t[]"))
    title = groups.get("title") or ""
    label = _LABEL.match(title) or _NAMED.search(title)
    if label and match.re is _CONTAINER:
        title = label[str(label.lastgroup)]
    return _line(row, title)


def _line(row: Row, text: str) -> tuple[Line, ...]:
    """A piece of the row's text with its place in the line; nothing where it is blank."""
    bare = text.strip()
    return (Line(bare, row.number, row.offset + row.text.rfind(bare) + 1),) if bare else ()
