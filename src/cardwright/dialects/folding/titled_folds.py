"""What other tools fold away under a title of its own: ``<Accordion title="What is a leaf?">``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardwright.dialects.folding.folds import Fold
from cardwright.dialects.text.span import Span
from cardwright.model import Line

_LONGEST_LINE = 600
_FARTHEST = 400
"""How many lines below its mark the end of a fold is looked for."""
_BEGIN = re.compile(r"[ \t]*(?:<[A-Za-z]|\{\{|\{%|:::)")
_INDENT = r"(?P<indent>[ \t]*)"
_NAMES = (
    r"(?P<name>details|expand|expandable|spoiler|collapse|collapsible|accordion(?:-?item)?|toggle"
    r"|disclosure|panel|faq(?:-?item)?)"
)
_COMPONENT = re.compile(
    rf"{_INDENT}<(?!details)(?:(?=[A-Z])|(?=panel\b|accordion))(?i:{_NAMES})\b"
    r"(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>(?P<behind>.*)$"
)
_SHORTCODE = re.compile(
    rf"{_INDENT}(?:\{{\{{[<%]|\{{%-?)\s*(?i:{_NAMES})\b(?P<rest>[^<>%]*?)-?[>%]?\}}\}}?"
    r"(?P<behind>[ \t]*)$"
)
_CONTAINER = re.compile(
    rf"{_INDENT}(?P<colons>:{{3,}})[ \t]*(?P<name>details|expander|collapse)(?P<rest>[ \t].*)$"
)
_TITLE = re.compile(
    r"(?i)(?<![\w-])(?:title|header|heading|question|summary|label|text|q)\s*=\s*\{?"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|“(?P<curly>[^”]*)”)"
)
_QUOTED = re.compile(r"\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|“(?P<curly>[^”]*)”)")


def titled_folds(lines: Sequence[str], is_verbatim: Sequence[bool]) -> Iterator[Fold]:
    """Every component, shortcode and container with a title, in order; those in one are parts.

    The marks are those of MDX (``<Accordion title="…">``), MarkBind (``<panel header="…">``),
    Hugo (``{{< details "…" >}}``), Liquid (``{% details … %}``) and VitePress (``::: details …``).
    """
    over = 0
    for number, text in enumerate(lines, 1):
        is_inside = number < over or is_verbatim[number - 1]
        if is_inside or len(text) > _LONGEST_LINE or not _BEGIN.match(text):
            continue
        for mark in (_COMPONENT, _SHORTCODE, _CONTAINER):
            match = mark.match(text)
            fold = _fold(lines, number, match) if match else None
            if fold is not None:
                over = fold.end
                yield fold
                break


def _fold(lines: Sequence[str], number: int, match: re.Match[str]) -> Fold | None:
    title = _title(match, number)
    if title is None:
        return None
    closing = _closing_mark(match)
    column = len(match["indent"]) + 1
    behind = match.groupdict().get("behind") or ""
    if behind.strip():
        end = closing.search(behind)
        if end is None:
            return None
        begin = match.start("behind")
        body = Span(number, number + 1, 0, begin + 1, begin + end.start() + 1)
        return Fold(number, column, (title,), body, number + 1)
    for at in range(number + 1, min(len(lines), number + _FARTHEST) + 1):
        if closing.match(lines[at - 1].lstrip(" \t")):
            body = Span(number + 1, at, _indent(lines[number : at - 1]))
            return Fold(number, column, (title,), body, at + 1)
    return None


def _indent(lines: Sequence[str]) -> int:
    """The column at which the first line with text begins."""
    text = next((line for line in lines if line.strip()), "")
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def _closing_mark(match: re.Match[str]) -> re.Pattern[str]:
    name = re.escape(match["name"])
    if "colons" in match.groupdict():
        return re.compile(rf"{match['colons']}[ \t]*$")
    if "<" in match.string[match.start("name") - 1 : match.start("name")]:
        return re.compile(rf"</{name}>", re.IGNORECASE)
    return re.compile(rf"\{{[{{%][<%-]?\s*(?:/|end)\s*{name}\b", re.IGNORECASE)


def _title(match: re.Match[str], number: int) -> Line | None:
    """The title in the arguments of a mark: a named one, the first quoted, or all of them."""
    rest, begin = match["rest"], match.start("rest")
    found = _TITLE.search(rest) or _QUOTED.match(rest)
    if found:
        kind = next((key for key, text in found.groupdict().items() if text is not None), "")
        text, at = found[kind], begin + found.start(kind)
    elif "=" in rest:
        return None
    else:
        text, at = rest, begin
    bare = text.strip(" \t[]")
    return Line(bare, number, at + text.index(bare) + 1) if bare else None
