"""Callouts as the tools write them, each with its kind, its title and the lines of its body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cardwright.dialects.folding.callout_ends import (
    CALLOUT_BEGIN,
    CALLOUT_QUOTE,
    end_of_body,
    end_of_quote,
)
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.model import Line


@dataclass(frozen=True, slots=True)
class Callout:
    """A callout that begins on the line ``start`` and is over before ``end``.

    ``kinds`` are the words that name it, in lower case; ``title`` is as written, without text
    when there is none. ``around`` is the span of all of it, as it stands in what is around it.
    """

    kinds: tuple[str, ...]
    title: Line
    body: Span
    around: Span

    @property
    def start(self) -> int:
        return self.around.start

    @property
    def end(self) -> int:
        return self.around.end


def callouts(outline: Outline) -> tuple[Callout, ...]:
    """All callouts of a document, those in the body of another one too, in order.

    The marks are those of Obsidian and GitHub (``> [!question]- Title``), MkDocs
    (``???+ question "Title"``), Docusaurus and Quarto (``:::question Title``), the Obsidian
    plugin "Admonition" (a fence ``ad-question`` with a line ``title:``), and MyST
    (``:::{exercise} Title`` or the same as a fence, also with ``{exercise-start}`` and an end).
    """
    closings = _closings(outline)
    return tuple(_found(outline, closings))


def _found(outline: Outline, closings: dict[int, int]) -> Iterator[Callout]:
    for number, text in enumerate(outline.lines, 1):
        if len(text) > _LONGEST_LINE or not CALLOUT_BEGIN.match(text):
            continue
        for mark, read in _MARKS:
            match = mark.match(text)
            is_fence = mark is _FENCE or mark is _DIRECTIVE
            if match and is_fence == outline.is_verbatim[number - 1]:
                found = read(outline, number, match, closings)
                if found is not None:
                    yield found
                break


_LONGEST_LINE = 2_000
_BLOCK = re.compile(
    r"(?P<around>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?:\?\?\?\+?|!!!)[ \t]+"
    r"(?P<kind>[\w-]+[^\"]*)(?:\"(?P<title>.*)\")?[ \t]*$"
)
_COLONS = re.compile(
    r"(?P<around>[ \t]*):{3,}[ \t]*\{?[ \t]*[.#]?(?:callout-)?(?P<kind>[A-Za-z][\w-]*)"
    r"(?P<title>.*)$"
)
_FENCE = re.compile(r"(?P<around>[ \t]*)(?P<marks>`{3,}|~{3,})[ \t]*ad-(?P<kind>[\w-]+)(?P<title>)")

_DIRECTIVE = re.compile(
    r"(?P<around>[ \t]*)(?P<marks>`{3,}|~{3,})"
    r"\{(?P<kind>(?:exercise|solution|hint|question)(?:-start)?)\}(?P<title>.*)$"
)


def _of_quote(
    outline: Outline, number: int, match: re.Match[str], _closings: dict[int, int]
) -> Callout:
    depth = match["around"].count(">")
    end = end_of_quote(outline, number, depth)
    title = Line(match["title"].strip(), number, match.start("title") + 1)
    return Callout(
        (match["kind"].strip().lower(),),
        title,
        Span(number + 1, end, quotes=depth),
        Span(number, end, quotes=depth - 1),
    )


def _of_block(
    outline: Outline, number: int, match: re.Match[str], _closings: dict[int, int]
) -> Callout:
    indent = len(match["around"].expandtabs(4)) + 4
    last = end_of_body(outline, number, indent)
    title = Line((match["title"] or "").strip(), number, match.start("title") + 1)
    return Callout(
        tuple(match["kind"].lower().split()),
        title,
        Span(number + 1, last, indent),
        Span(number, last, indent - 4),
    )


_NAMED = re.compile(r"title\s*=\s*\"(?P<text>[^\"]*)\"|\[(?P<label>[^\]]*)\]\s*$")


def _of_colons(
    outline: Outline, number: int, match: re.Match[str], closings: dict[int, int]
) -> Callout | None:
    close = closings.get(number)
    if close is None:
        return None
    indent = len(match["around"].expandtabs(4))
    named = _NAMED.search(match["title"])
    if named:
        name = "text" if named["text"] is not None else "label"
        text, at = named[name], match.start("title") + named.start(name)
    else:
        text = match["title"].rpartition("}")[2]
        at = match.end("title") - len(text)
    title = Line(text.strip(), number, at + 1 + len(text) - len(text.lstrip()))
    kind, first = match["kind"].lower(), number + 1
    if _DIRECTIVE_NAME.match(outline.lines[number - 1]):
        first = _behind_options(outline, first, close)
        title = Line("", number) if kind == "solution" else title
    return Callout((kind,), title, Span(first, close, indent), Span(number, close + 1, indent))


_DIRECTIVE_NAME = re.compile(r"[ \t]*:{3,}\{[a-z]")
_MYST_OPTION = re.compile(r"[ \t]*:[a-z][\w-]*:(?:[ \t]|$)")


def _behind_options(outline: Outline, first: int, end: int) -> int:
    """The line behind the options of MyST, ``:label: leaf``, that a directive begins with."""
    while first < end and _MYST_OPTION.match(outline.lines[first - 1]):
        first += 1
    return first


def _of_directive(
    outline: Outline, number: int, match: re.Match[str], _closings: dict[int, int]
) -> Callout | None:
    """A fence of MyST that is no code: an exercise, a solution, a hint."""
    lines = outline.lines
    if number > 1 and outline.is_verbatim[number - 2] and lines[number - 2].strip(" \t`~"):
        return None  # in code that shows one
    kind, _, start = match["kind"].lower().partition("-")
    first = _behind_options(outline, number + 1, len(lines) + 1)
    close = _closing_fence(outline, first, match["marks"])
    end = close + 1
    if start:
        first, mark = close + 1, f"{{{kind}-end}}"
        limit = min(first + _FARTHEST, len(lines) + 1)
        close = next((at for at in range(first, limit) if mark in lines[at - 1]), 0)
        if not close:
            return None
        end = _closing_fence(outline, close + 1, match["marks"]) + 1
    text = "" if kind == "solution" else match["title"].strip()
    title = Line(text, number, match.start("title") + 2)
    indent = len(match["around"].expandtabs(4))
    end = min(end, len(lines) + 1)
    return Callout((kind,), title, Span(first, close, indent), Span(number, end, indent))


_FARTHEST = 1_000


def _closing_fence(outline: Outline, first: int, marks: str) -> int:
    """The line of the fence that closes one, or the last of its code."""
    number = first
    while number <= len(outline.lines) and outline.is_verbatim[number - 1]:
        if outline.lines[number - 1].strip() == marks:
            break
        number += 1
    return number


def _closings(outline: Outline) -> dict[int, int]:
    """For each line of ``:::name`` the line of ``:::`` that closes it."""
    found: dict[int, int] = {}
    open_: list[int] = []
    for number, text in enumerate(outline.lines, 1):
        if outline.is_verbatim[number - 1] or not text.lstrip().startswith(":::"):
            continue
        if text.strip().strip(":"):
            open_.append(number)
        elif open_:
            found[open_.pop()] = number
    return found


_OPTION = re.compile(r"[ \t]*(?P<name>title|collapse|icon|color)[ \t]*:[ \t]*(?P<value>.*)$")


def _of_fence(
    outline: Outline, number: int, match: re.Match[str], _closings: dict[int, int]
) -> Callout | None:
    lines = outline.lines
    title = Line("", number)
    end = body = number + 1
    while end <= len(lines) and outline.is_verbatim[end - 1]:
        if lines[end - 1].strip() == match["marks"]:
            break
        option = _OPTION.match(lines[end - 1]) if end == body else None
        if option:
            body = end + 1
            if option["name"] == "title":
                title = Line(option["value"].strip(), end, option.start("value") + 1)
        end += 1
    indent = len(match["around"].expandtabs(4))
    kinds = (match["kind"].lower(),)
    around = Span(number, min(end, len(lines)) + 1, indent)
    return Callout(kinds, title, Span(body, end, indent), around)


_MARKS: tuple[
    tuple[
        re.Pattern[str],
        Callable[[Outline, int, re.Match[str], dict[int, int]], Callout | None],
    ],
    ...,
] = (
    (CALLOUT_QUOTE, _of_quote),
    (_BLOCK, _of_block),
    (_COLONS, _of_colons),
    (_FENCE, _of_fence),
    (_DIRECTIVE, _of_directive),
)
