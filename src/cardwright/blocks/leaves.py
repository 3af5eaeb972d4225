"""Parses blocks that hold no others: where each begins and ends. Lines count from 0 here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cardwright.blocks.containers import CODE
from cardwright.blocks.document import Block
from cardwright.wording.signs import BULLET, FENCE, HASHES, RULE

Rest = Callable[[int], "str | None"]
"""The text of a line inside of the containers around it, ``None`` if it leaves them."""
Rule = Callable[[Rest, int, str, bool], "Block | None"]
"""Finds the block that begins on a line. The last argument says whether a paragraph is open."""


def indented_code(rest: Rest, at: int) -> Block:
    end = following = at + 1
    while (text := rest(following)) is not None:
        is_blank = not text.strip(" ")
        if not is_blank and not text.startswith(CODE):
            break
        following += 1
        end = end if is_blank else following
    return Block("code_block", at + 1, end + 1)


def heading(_rest: Rest, at: int, text: str, _is_inside: bool) -> Block | None:
    hashes = _HASHES.match(text)
    if hashes is None:
        return None
    bare = _CLOSING_HASHES.sub("", text[hashes.end() :]).strip(" \t\u00a0\u3000")
    return Block("heading", at + 1, at + 2, bare, hashes.end())


_HASHES = re.compile(HASHES)
_CLOSING_HASHES = re.compile(r"(?:^|(?<=[ \t]))#+[ \t]*$")


def _break(_rest: Rest, at: int, text: str, _is_inside: bool) -> Block | None:
    return Block("hr", at + 1, at + 2) if _RULE.fullmatch(text) else None


_RULE = re.compile(RULE)


def _formula(rest: Rest, at: int, text: str, _is_inside: bool) -> Block | None:
    """Return a formula whose ``$$`` opens on one line and closes on a later one.

    Otherwise, a line of ``=`` in it would turn the lines above into a heading, and a ``-`` would
    make a list.
    """
    if not text.startswith("$$") or "$$" in text[2:]:
        return None
    end = end_of_formula(rest, at, may_part=True)
    return Block("formula", at + 1, end + 1) if end else None


def end_of_formula(rest: Rest, at: int, *, may_part: bool) -> int:
    """Return the line after the next ``$$``, which ends its line. Return 0 without a formula.

    Blank lines may divide it only with ``may_part``.
    """
    for line in range(at + 1, at + _MOST_FORMULA_LINES):
        text = rest(line)
        if text is None or _NO_FORMULA.match(text) or not (may_part or text.strip()):
            return 0
        if "$$" in text:
            return line + 1 if text.rstrip().endswith("$$") else 0
    return 0


_MOST_FORMULA_LINES = 200
_NO_FORMULA = re.compile(rf"\s*(?:{HASHES}|{FENCE}|{BULLET} +#)")


def _html_heading(rest: Rest, at: int, text: str, _is_inside: bool) -> Block | None:
    """Return a heading such as ``<h3>1. What is a token?</h3>``. Aligned ones decorate a page."""
    if not _HTML_HEADING_BEGINS.match(text):
        return None
    rows = [text]
    while "</" not in rows[-1] and len(rows) < _MOST_HEADING_LINES:
        rows.append((rest(at + len(rows)) or "").strip())
        if not rows[-1]:
            return None
    match = _HTML_HEADING.fullmatch("\n".join(rows))
    if match is None or "align" in match[2].lower() or not match[3].strip():
        return None
    end = at + len(rows)
    return Block("heading", at + 1, end + 1, match[3].strip(), int(match[1]))


_MOST_HEADING_LINES = 5
_HTML_HEADING_BEGINS = re.compile(r"(?i)<h[1-6][\s>]")
_HTML_HEADING = re.compile(r"(?is)<h([1-6])\b([^<>]*)>(.*)</h\1\s*>\s*")


def _html(rest: Rest, at: int, text: str, is_inside: bool) -> Block | None:
    """Return a block of HTML (section 4.6)."""
    closes = next((closes for opens, closes in _HTML if opens.match(text)), None)
    if closes is None and not _HTML_PART.match(text) and (is_inside or not _TAG.fullmatch(text)):
        return None
    end, row = at + 1, text
    while not (closed := closes and closes.search(row)):
        following = rest(end)
        if following is None or not (closes or following.strip(" \t")):
            break
        if not closes and _HTML_HEADING_BEGINS.match(following.lstrip(" \t")):
            break  # a part of a page
        end, row = end + 1, following
    is_shown = closed is not None and row[closed.end() :].strip() != ""
    is_hidden = text.startswith("<!--") or (closed and _UNSHOWN.match(text))
    return Block("html_block", at + 1, end + 1, markup="<!--" if is_hidden and not is_shown else "")


_UNSHOWN = re.compile(r"(?i)<(?:script|style)(?=[ \t>]|$)")
_HTML = tuple(
    (re.compile(begins, re.IGNORECASE), re.compile(ends, re.IGNORECASE))
    for begins, ends in (
        (r"<(?:script|pre|style|textarea)(?=[ \t>]|$)", r"</(?:script|pre|style|textarea)>"),
        ("<!--", "-->"),
        (r"<\?", r"\?>"),
        ("<![a-z]", ">"),
        (r"<!\[CDATA\[", r"\]\]>"),
    )
)
_HTML_PART = re.compile(
    r"(?i)</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd"
    r"|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]"
    r"|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup"
    r"|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)"
    r"(?=[ \t]|/?>|$)"
)
_TAG = re.compile(
    r"</[A-Za-z][A-Za-z0-9-]*+\s*+>\s*|<[A-Za-z][A-Za-z0-9-]*+"
    r"(?:\s++[A-Za-z_:][\w:.-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+"
    r"\s*+/?>\s*"
)
LEAVES: Mapping[str, tuple[Rule, ...]] = {
    "#": (heading,),
    "$": (_formula,),
    "<": (_html_heading, _html),
    **dict.fromkeys("*-_", (_break,)),
}
"""The leaves that a sign can begin, except fences, tables and underlined headings."""


def is_table(header: str, row: str) -> bool:
    """Whether a row separates the columns of a table from its header (GitHub's Markdown)."""
    if "|" not in header or not _DELIMITERS.fullmatch(row) or row.startswith("- "):
        return False
    columns = _columns(row)
    return len(_columns(header)) == len(columns) and all(map(_DELIMITER.fullmatch, columns))


def _columns(row: str) -> list[str]:
    return _PIPE.split(row.strip().removeprefix("|").removesuffix("|"))


_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITERS = re.compile(r"[|:-][|: \t-]+")
_DELIMITER = re.compile(r"\s*:?-+:?\s*")
