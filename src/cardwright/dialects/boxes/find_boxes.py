"""Finds every box of a document: ``<details>``, ``> [!note]``, ``??? note``, ``:::note`` …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardwright.blocks.rows import Row
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.tags import details
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording.signs import FENCE, FENCES, QUOTES, is_rule

_SIGNS = ("[!", "???", "!!!", ":::", *FENCES)
"""The start of a box that needs no name."""
_QUOTES = re.compile(QUOTES)


def below(rows: Sequence[Row], number: int) -> Iterator[Row]:
    """Return the rows below line ``number``. A slice would copy the file for each box."""
    return (rows[at] for at in range(number, len(rows)))


def _end_of_quote(rows: Sequence[Row], number: int) -> int:
    """Return the line after the callout on line ``number``; the next callout ends it, too."""
    depth = rows[number - 1].quotes
    for row in below(rows, number):
        quotes = _quotes_of(row)
        is_next = quotes == depth and row.text.startswith("[!")
        if is_next or (quotes < depth and not _goes_on(rows, row)):
            return row.number
    return len(rows) + 1


def _quotes_of(row: Row) -> int:
    """Return the number of ``>`` that a line begins with, even in code."""
    match = _QUOTES.match(row.text) if row.is_verbatim else None
    return match.group().count(">") if match else row.quotes


def _end_of_block(rows: Sequence[Row], number: int, indent: int) -> int:
    """Return the line after the admonition on line ``number``, with text at column ``indent``."""
    last = number + 1
    for row in below(rows, number):
        if row.is_blank:
            continue
        is_first = row.number == number + 1
        if row.indent < indent and (is_first or not _goes_on(rows, row)):
            break
        last = row.number + 1
    return last


def _goes_on(rows: Sequence[Row], row: Row) -> bool:
    """Whether a line without marks continues the text above it (CommonMark 5.1, laziness)."""
    above = rows[row.number - 2]
    if row.is_verbatim and above.is_verbatim:
        return True
    is_bound = row.is_blank or row.level or row.ordinal == 1 or is_rule(row.text)
    return not (above.is_blank or is_bound or row.text.lstrip().startswith(_SIGNS))


_DEEPEST = 20
"""A box inside this many others counts as part of their content."""


def read_boxes(lines: Sequence[str], rows: Sequence[Row]) -> tuple[Box, ...]:
    """Return all boxes in the order in which they open.

    They are:

    - ``<details>``, and callouts of Obsidian and GitHub
    - admonitions of MkDocs, fences of MyST and of the Obsidian plugin "Admonition"
    - containers of Docusaurus, VitePress, Pandoc and Quarto
    - components of MDX, shortcodes of Hugo and Liquid
    """
    found: list[Box] = []
    around: list[Box] = []
    opened = (*details(lines, rows), *_marked(rows))
    for box in sorted(opened, key=lambda box: (box.start, box.column)):
        while around and around[-1].end <= box.start:
            around.pop()
        if len(around) < _DEEPEST:
            found.append(box)
            around.append(box)
    return tuple(found)


_LONGEST = 600
_FOLDS = (
    r"details|expand|expander|expandable|spoiler|collapse|collapsible|accordion(?:-?item)?|toggle"
    r"|disclosure|dropdown|panel|reveal|hidden|faq(?:-?item)?"
)
_KIND = rf"(?P<kind>(?i:{_FOLDS}|answer|solution|hint|tip|question|exercise|quiz|admonition))"
_CALLOUT = re.compile(
    r"\[!(?P<kind>[^\]|]{1,40})(?:\|[^\]]*)?\](?P<fold>[-+]?)[ \t]*(?P<title>.*)$"
)
_ADMONITION = re.compile(
    r"(?P<fold>\?\?\?|!!!)\+?[ \t]+(?P<kind>[\w-]+[^\"]*)(?:\"(?P<title>.*)\")?[ \t]*$"
)
_CONTAINER = re.compile(
    r":{3,}[ \t]*(?:\.?|\{(?P<dot>[ \t]*[.#])?(?P<braces>))(?:callout-)?(?P<kind>[A-Za-z][\w-]*)"
    r"(?(braces)(?P<inside>[^}]*)\})(?P<title>.*)$"
)
_COMPONENT = re.compile(
    rf"<(?:(?=[A-Z])|(?=panel\b|accordion|spoiler)){_KIND}\b"
    r"(?P<inside>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>(?P<behind>.*)$"
)
_SHORTCODE = re.compile(
    rf"(?:\{{\{{[<%]|\{{%-?)\s*{_KIND}\b(?P<inside>[^<>%]*?)-?[>%]?\}}\}}?(?P<behind>.*)$"
)
_FENCE = re.compile(
    rf"(?P<marks>{FENCE})[ \t]*(?:(?P<plugin>ad-)|\{{)(?P<kind>(?(plugin)[\w-]+|(?:exercise"
    r"|solution|hint|question|admonition|dropdown|toggle)))(?(plugin)|\})(?P<title>.*)$"
)
_MARKS = {
    "[": _CALLOUT, "?": _ADMONITION, "!": _ADMONITION, ":": _CONTAINER, "<": _COMPONENT,
    "{": _SHORTCODE, "`": _FENCE, "~": _FENCE,
}  # fmt: skip
_CLOSING = re.compile(rf"(?:</|\{{\{{[<%]\s*/\s*|\{{%-?\s*(?:/|end)\s*){_KIND}\b|:{{3,}}[ \t]*$")


def _marked(rows: Sequence[Row]) -> Iterator[Box]:
    """Yield all boxes except ``<details>``."""
    found: list[tuple[Row, re.Match[str]]] = []
    waiting: dict[str, list[int]] = {}
    closings: dict[int, int] = {}
    for row in rows:
        text = row.text.lstrip(" \t")
        mark = _MARKS.get(text[:1])
        if mark is None or len(text) > _LONGEST:
            continue
        if closing := _CLOSING.match(text):
            if opened := waiting.get((closing["kind"] or ":").lower()):
                closings[opened.pop()] = row.number
        elif row.is_verbatim == (mark is _FENCE) and (match := mark.match(text)):
            found.append((row, match))
            name = ":" if match.re is _CONTAINER else match["kind"].lower()
            waiting.setdefault(name, []).append(row.number)
    for row, match in found:
        box = _box(rows, row, match, closings.get(row.number, 0))
        if box is not None:
            yield box


def _box(rows: Sequence[Row], row: Row, match: re.Match[str], close: int) -> Box | None:
    """Return the box that a line opens, ``None`` if it has to be closed and is not."""
    groups, number, quotes = match.groupdict(), row.number, row.quotes
    end, title = close + 1, _title(row, match)
    indent = row.width or row.indent
    kinds = tuple(match["kind"].lower().split())
    if match.re is _SHORTCODE and "style=" in match["inside"]:
        kinds = ("note",)  # GitBook has ``{% hint style="info" %}`` around any text
    is_fold = groups.get("fold") in ("-", "+", "???") or match.re is _FENCE
    is_fold = is_fold or "collapse" in (groups.get("inside") or "")
    is_fold = is_fold or re.fullmatch(_FOLDS, kinds[0]) is not None
    body = Span(number + 1, close, indent, quotes=quotes)
    if match.re is _CALLOUT:
        end, indent, quotes = _end_of_quote(rows, number), 0, quotes - 1
        body = Span(number + 1, end, quotes=quotes + 1)
    elif match.re is _ADMONITION:
        end = _end_of_block(rows, number, indent + 4)
        body = Span(number + 1, end, indent + 4, quotes=quotes)
    elif (groups.get("behind") or "").strip():
        over = re.search(r"</|\{[{%]", match["behind"])
        begin, end = row.offset + match.start("behind") + 1, number + 1
        body = Span(number, end, 0, begin, begin + (over.start() if over else 0))
    elif match.re is _FENCE:
        above = rows[number - 2] if number > 1 else row
        if above.is_verbatim and above.text.strip(" \t`~") and above is not row:
            return None  # in code that shows how it is written
        code = (each for each in below(rows, number) if not each.is_verbatim)
        title = () if groups["kind"] == "solution" and not groups["plugin"] else title
        close = next(code, Row(len(rows) + 1)).number
        last = rows[close - 2].text.strip(" \t`~") == ""
        title, body = _with_options(rows, title, body._replace(end=close - last))
        end = close
    elif groups.get("braces") == "" and not groups["dot"]:
        title = () if groups["kind"] == "solution" else title
        title, body = _with_options(rows, title, body)
    elif match.re is _CONTAINER and not title:
        title, body = _headed(rows, body)
    elif "behind" in groups:  # what is in a component is indented as one likes
        text = next((each for each in below(rows, number) if not each.is_blank), row)
        body = body._replace(indent=text.indent)
    if quotes < 0 or end <= number or body.until == body.column > 1:
        return None
    return Box(number, row.offset + 1, end, title, body, kinds, indent, quotes, is_fold=is_fold)


def _with_options(
    rows: Sequence[Row], title: tuple[Line, ...], body: Span
) -> tuple[tuple[Line, ...], Span]:
    """Return title and body without leading options.

    MyST has ``:label: leaf``, or YAML between ``---``. The plugin has ``title: Leaf``.
    """
    first = body.start
    texts = (rows[at - 1].raw.strip("> \t") for at in range(first, body.end))
    if next(texts, "") == "---":
        close = next(
            (at for at, text in enumerate(texts, first + 1) if not _ENTRY.fullmatch(text)), 0
        )
        is_closed = close and rows[close - 1].raw.strip("> \t") == "---"
        return title, body._replace(start=close + 1 if is_closed else first)
    while first < body.end and (option := _OPTION.match(rows[first - 1].text.strip(" \t"))):
        if option["name"] == "title":
            title = _line(rows[first - 1], rows[first - 1].text.strip(" \t")[option.end() :])
        first += 1
    return title, body._replace(start=first)


def _headed(rows: Sequence[Row], body: Span) -> tuple[tuple[Line, ...], Span]:
    """Return the title of a body that begins with a heading, and the rest of the body."""
    first = next((row for row in below(rows, body.start - 1) if not row.is_blank), None)
    if first is None or not first.level or first.number >= body.end:
        return (), body
    return _line(first, first.text), body._replace(start=first.number + 1)


_OPTION = re.compile(r":[a-z][\w-]*:(?:[ \t]|$)|(?P<name>title|collapse|icon|color)[ \t]*:[ \t]*")
_ENTRY = re.compile(r"[\w-]+[ \t]*:(?:[ \t].*)?|- .*")
_ARGUMENT = r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|“(?P<curly>[^”]*)”)"
_NAMED = re.compile(
    r"(?i)(?<![\w-])(?:title|header|heading|question|summary|label|text|q)\s*=\s*\{?" + _ARGUMENT
)
_QUOTED = re.compile(r"\s*" + _ARGUMENT)
_LABEL = re.compile(r"\[(?P<label>[^\]]*)\](?:\{[^{}]*\})?\s*$")


def _title(row: Row, match: re.Match[str]) -> tuple[Line, ...]:
    """Return the title after a mark or in its arguments: a named one, the first quoted, or all."""
    groups = match.groupdict()
    inside, title = groups.get("inside") or "", groups.get("title") or ""
    named = _NAMED.search(inside) or _QUOTED.match(inside)
    if match.re is _CONTAINER:
        named = named or _LABEL.match(title) or _NAMED.search(title)
    elif "behind" in groups and "=" not in inside:
        title = inside.strip(" \t[]")
    return _line(row, named[str(named.lastgroup)] if named else title)


def _line(row: Row, text: str) -> tuple[Line, ...]:
    """Return a piece of the row's text with its place in the line; nothing if it is blank."""
    bare = text.strip()
    return (Line(bare, row.number, row.offset + row.text.rfind(bare) + 1),) if bare else ()
