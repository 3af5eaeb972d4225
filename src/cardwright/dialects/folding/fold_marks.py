"""What other tools fold away, where its title says answer or hint: callouts, containers, tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from cardwright.dialects.folding.folds import Fold, details
from cardwright.dialects.folding.summaries import says_answer, says_hint
from cardwright.dialects.text.span import Span
from cardwright.model import Line

_FarEnd = Callable[[Sequence[str], int, re.Match[str]], tuple[int, int]]
"""The line after a fold's body, and the one after the fold, from its lines and first line."""


def folds(lines: Sequence[str], is_verbatim: Sequence[bool]) -> tuple[Fold, ...]:
    """Every ``<details>``, and whatever else hides an answer or a hint, in order.

    The marks are those of Obsidian (``> [!success]- Answer``), MkDocs (``??? success "Answer"``),
    VitePress and Docusaurus (``::: details Answer``), Hugo (``{{< details "Answer" >}}``), Liquid
    (``{% details Answer %}``), MyST (a fence ``{admonition} Answer``) and MDX (``<Solution>``).
    """
    found = [*details(lines, is_verbatim), *_marked(lines, is_verbatim)]
    return tuple(sorted(found, key=lambda fold: (fold.start, fold.column)))


def telling_folds(lines: Sequence[str], is_verbatim: Sequence[bool]) -> Iterator[Fold]:
    """The folds that say answer or hint, or nothing at all, and stand in no other fold."""
    return telling(folds(lines, is_verbatim))


def telling(found: Iterable[Fold]) -> Iterator[Fold]:
    """Those of the folds, in order, that say answer or hint and stand in no other one."""
    end = 0
    for fold in found:
        if fold.start < end:
            continue
        if says_answer(fold.text) or says_hint(fold.text) or not fold.title:
            end = fold.end
            yield fold


def sole_answer(lines: Sequence[str], known: Sequence[Fold]) -> Fold | None:
    """The callout "success" without a title that is all there is besides the ``known`` folds.

    Elsewhere one may as well be a remark.
    """
    inside = {number for fold in known for number in range(fold.start, fold.end)}
    left = [number for number, text in enumerate(lines, 1) if text.strip() and number not in inside]
    if not left or len(lines[left[0] - 1]) > _LONGEST_LINE:
        return None
    for mark, far_end in ((_CALLOUT, _end_of_quote), (_ADMONITION, _end_of_block)):
        match = mark.match(lines[left[0] - 1])
        if match and match["type"].lower() in _SUCCESS and not (match["title"] or "").strip():
            title = match["type"], match.start("type")
            fold = _fold(lines, left[0], match, title, far_end)
            has_body = any(lines[number - 1].strip() for number in range(left[0] + 1, fold.end))
            return fold if has_body and left[-1] < fold.end else None
    return None


_SUCCESS = frozenset({"success", "check", "done"})


def _marked(lines: Sequence[str], is_verbatim: Sequence[bool]) -> Iterator[Fold]:
    end = 0
    for number, text in enumerate(lines, 1):
        is_code = is_verbatim[number - 1] and not _is_directive(lines, is_verbatim, number)
        if number < end or is_code or len(text) > _LONGEST_LINE or not _BEGIN.match(text):
            continue
        for mark, far_end in _MARKS:
            match = mark.match(text)
            title = _title(match) if match else None
            if match and title is not None:
                fold = _fold(lines, number, match, title, far_end)
                end = fold.end
                yield fold
                break


_LONGEST_LINE = 300
_BEGIN = re.compile(
    r"(?:[ \t]*+(?:[-*+>]|\d{1,9}[.)]))*+[ \t]*+(?:\[!|\?\?\?|!!!|:::|```|~~~|\{\{|\{%|<[A-Z])"
)
_ITEM = r"(?P<around>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
_NAMES = (
    r"(?P<type>details|expand|spoiler|collapse|collapsible|accordion|toggle|hidden|answer|solution"
    r"|hint|reveal|expandable|tip)"
)
_CALLOUT = re.compile(
    r"(?P<around>(?: {0,3}> ?)++)\[!(?P<type>[\w-]+)(?:\|[^\]]*)?\][-+]?[ \t]*(?P<title>.*)$"
)
_ADMONITION = re.compile(
    _ITEM + r"(?:\?\?\?\+?|!!!)[ \t]+(?P<type>[\w-]*)[^\"]*(?:\"(?P<title>[^\"]*)\")?[ \t]*$"
)
_CONTAINER = re.compile(_ITEM + r"(?P<colons>:{3,})[ \t]*\{?\.?(?P<type>[\w-]+)\}?(?P<title>.*)$")
_SHORTCODE = re.compile(
    _ITEM + rf"(?P<brace>\{{\{{[<%]|\{{%-?)\s*{_NAMES}\b(?P<title>[^<>%]*?)-?[>%]?\}}\}}?[ \t]*$",
    re.IGNORECASE,
)
_COMPONENT = re.compile(_ITEM + r"<(?=[A-Z])(?i:" + _NAMES + r")\b(?P<title>[^<>]*)>[ \t]*$")


_DIRECTIVE = re.compile(
    _ITEM + r"(?P<marks>`{3,}|~{3,}|:{3,})\{(?P<type>admonition|dropdown|toggle)\}(?P<title>.*)$"
)
"""A fence of MyST that is no code."""


def _is_directive(lines: Sequence[str], is_verbatim: Sequence[bool], number: int) -> bool:
    """Whether a fence is a directive of MyST, and not in code that shows one."""
    is_first = number < 2 or not is_verbatim[number - 2] or lines[number - 2].strip(" \t`~") == ""
    return is_first and _DIRECTIVE.match(lines[number - 1][:_LONGEST_LINE]) is not None


def _title(match: re.Match[str]) -> tuple[str, int] | None:
    """The title and its offset, the type where there is none; ``None`` if it hides no answer."""
    raw = match["title"] or ""
    quoted = re.search(r"[\"'“]([^\"'”]*)[\"'”]", raw)
    text = quoted[1] if quoted else raw
    at = match.start("title") + (quoted.start(1) if quoted else 0)
    if not text.strip(" []"):
        text, at = match["type"], match.start("type")
        if text.lower() in _REMARKS:
            return None
    return (text, at) if says_answer(text) or says_hint(text) else None


_REMARKS = frozenset({"tip", "tips", "explanation"})
"""Types of callouts that, without a title, are a remark on the text above."""


def _fold(
    lines: Sequence[str], number: int, match: re.Match[str], title: tuple[str, int],
    far_end: _FarEnd,
) -> Fold:  # fmt: skip
    around = match["around"]
    quotes = around.count(">")
    indent = 0 if quotes else len(around.expandtabs(4)) + (4 if far_end is _end_of_block else 0)
    last, end = far_end(lines, number, match)
    first = _behind_options(lines, number + 1, last) if far_end is _end_of_directive else number + 1
    name = Line(title[0], number, title[1] + 1)
    body = Span(first, last, indent, quotes=quotes)
    column = around.rfind(">") + 1 if quotes else len(around) + 1
    return Fold(number, column, (name,), body, end)


def _end_of_quote(lines: Sequence[str], number: int, match: re.Match[str]) -> tuple[int, int]:
    depth = match["around"].count(">")
    end = number + 1
    while end <= len(lines) and _quotes_of(lines[end - 1]) >= depth:
        end += 1
    return end, end


def _quotes_of(text: str) -> int:
    match = re.match(r"(?: {0,3}> ?)*", text)
    return match.group().count(">") if match else 0


def _end_of_block(lines: Sequence[str], number: int, match: re.Match[str]) -> tuple[int, int]:
    """The end of what is indented by four more than the mark, blank lines included."""
    indent = len(match["around"].expandtabs(4)) + 4
    end = last = number + 1
    while end <= len(lines):
        text = lines[end - 1]
        if text.strip():
            if len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4)) < indent:
                break
            last = end + 1
        end += 1
    return last, last


def _end_of_colons(lines: Sequence[str], number: int, match: re.Match[str]) -> tuple[int, int]:
    return _closing(lines, number, re.compile(rf"[ \t]*{match['colons']}[ \t]*$"))


def _end_of_directive(lines: Sequence[str], number: int, match: re.Match[str]) -> tuple[int, int]:
    return _closing(lines, number, re.compile(rf"[ \t]*{re.escape(match['marks'])}[ \t]*$"))


def _behind_options(lines: Sequence[str], first: int, end: int) -> int:
    """The line behind the options ``:class: dropdown`` of a directive."""
    while first < end and re.match(r"[ \t]*:[\w-]+:(?:\s|$)", lines[first - 1]):
        first += 1
    return first


def _end_of_shortcode(lines: Sequence[str], number: int, match: re.Match[str]) -> tuple[int, int]:
    name = re.escape(match["type"])
    return _closing(
        lines, number, re.compile(rf"[ \t]*\{{[{{%][<%-]?\s*(?:/|end)\s*{name}\b", re.I)
    )


def _end_of_component(lines: Sequence[str], number: int, match: re.Match[str]) -> tuple[int, int]:
    return _closing(lines, number, re.compile(rf"[ \t]*</{re.escape(match['type'])}>"))


_FARTHEST = 400
"""How many lines below its mark the end of a fold is looked for."""


def _closing(lines: Sequence[str], number: int, mark: re.Pattern[str]) -> tuple[int, int]:
    for end in range(number + 1, min(len(lines), number + _FARTHEST) + 1):
        if mark.match(lines[end - 1]):
            return end, end + 1
    return number + 1, number + 1


_MARKS: tuple[tuple[re.Pattern[str], _FarEnd], ...] = (
    (_CALLOUT, _end_of_quote),
    (_ADMONITION, _end_of_block),
    (_DIRECTIVE, _end_of_directive),
    (_CONTAINER, _end_of_colons),
    (_SHORTCODE, _end_of_shortcode),
    (_COMPONENT, _end_of_component),
)
