"""Translates other tools' syntax in running text: links, embeds, tags, comments, attributes."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain

from cardwright.formulas.traced import Replacement, Spot, Traced, replace
from cardwright.render.collector import Collector
from cardwright.render.tools.asides import report_snippet
from cardwright.render.tools.attributes import attributes_at, bracket_before, sized_image
from cardwright.render.tools.inline_scan import (
    HEADINGS,
    InlineChange,
    InlineScan,
    InlineText,
    InlineTexts,
    read_texts,
    verbatim_parts,
)
from cardwright.render.tools.inline_tags import component_at, liquid_at, shortcode_at
from cardwright.render.tools.logseq import block_reference, macro_at
from cardwright.render.tools.tags import RawRegions, without_raw
from cardwright.render.tools.wikilinks import wikilink_at


def replace_inline(collector: Collector) -> Traced:
    """Replace this syntax with Markdown or placeholders, or remove it. Code does not change."""
    traced = collector.traced
    found = read_texts(traced, collector.key)
    names = (re.findall(r"</([A-Z][\w.]*+)\s*+>", each.text) for each in found.texts)
    closed = frozenset(chain.from_iterable(names))
    raw = RawRegions(traced.passage.markdown)
    sizes = (len(line.text) + 1 for line in traced.passage.lines)
    starts = list(accumulate(sizes, initial=0))

    def is_raw(spot: Spot) -> bool:
        return raw.hold(starts[spot.line] + spot.offset)

    changes = list(_of_fences(found, collector))
    for text in found.texts:
        place = traced.place(*text.where.spot(0))
        scan = InlineScan(collector, found.labels, closed, text, place)
        changes += _of_text(scan, is_raw)
    return replace(traced, _apart(changes))


EMOJI_NAME = r":(?<![\w:/]:)(?=[+-]?[a-z0-9][\w+-]{0,60}:(?![\w:`]))"
"""The colon that starts the name of an emoji, or of an icon.

The pattern starts with the colon, so Python finds it much faster.
"""

SPACED_TARGET = r"\]\((?=[^\s<>\"'()]++ [^\s\"'])"
"""The start of what may be such an address. It begins with a path or ends as the name of a file."""

_SIGN = re.compile(
    r"\\.|`+|<!--|!?\[\[|!\[|%%|\{|<|\(\((?=[0-9a-f]{8}-)"
    rf"|{EMOJI_NAME}|{SPACED_TARGET}",
    re.DOTALL,
)


def _of_text(scan: InlineScan, is_raw: Callable[[Spot], bool]) -> Iterator[Replacement]:
    text, verbatim = scan.text.text, deque(verbatim_parts(scan.text))
    at = 0
    while (sign := _SIGN.search(text, at)) is not None:
        start, at = sign.start(), sign.end()
        while verbatim and verbatim[0][1] <= start:
            verbatim.popleft()
        if verbatim and verbatim[0][0] <= start:
            begin, at = verbatim.popleft()
            if sign[0][0] == "`" and begin == start:
                yield from _of_span(scan.text, start, at)
            continue
        if sign[0][0] in "\\`" or sign[0] == "<!--":
            continue
        spot = scan.text.where.spot(start)
        scan.place = scan.collector.traced.place(*spot)
        scan.is_raw = sign[0] == "{" and is_raw(spot)
        change = _change_at(scan, sign[0], start)
        if change is not None:
            at = scan.behind = max(change.end, at)
            bracket = bracket_before(scan, start) if text[start - 1 : start + 1] == "]{" else -1
            if bracket >= 0:
                yield _replacement(scan.text, bracket, InlineChange(bracket + 1))
            gap = 1 if bracket >= 0 else _gap(text, start, change)
            yield _replacement(scan.text, start - gap, change)
    tail = max(len(text) - _TAIL, 0)
    may_end = scan.text.kind in ("text", *HEADINGS) and "^" in text[tail:]
    block_id = _BLOCK_ID.search(text, tail) if may_end else None
    if block_id:
        yield _replacement(scan.text, block_id.start(), InlineChange(len(text)))


_BEHIND_A_GAP = (" ", ".", ",", ";", ":", "!", "?", ")")


def _gap(text: str, start: int, change: InlineChange) -> int:
    """Return 1 if the space before a removed text must be removed too, else 0."""
    is_between = text[start - 1 : start] == " " and text[start - 2 : start - 1].strip() != ""
    is_spare = not change.markdown and text.startswith(_BEHIND_A_GAP, change.end)
    return 1 if is_between and is_spare else 0


def _change_at(scan: InlineScan, sign: str, start: int) -> InlineChange | None:
    text = scan.text.text
    if sign.endswith("[["):
        return wikilink_at(scan, start)
    if sign == "![":
        return sized_image(scan, start)
    if sign == "((":
        return block_reference(scan, start)
    if sign == "](":
        spaced = _SPACED.match(text, start)  # as Typora writes it (6.3)
        return InlineChange(spaced.end(), f"](<{spaced[1].strip()}>)") if spaced else None
    if sign == ":":
        return _emoji_at(scan, start)
    if sign == "%%":  # a comment of Obsidian, but not "5%% of 7%%"
        before = text[start - 1 : start]
        end = -1 if before.isalnum() or before == "%" else scan.find("%%", start + 3)
        return InlineChange(end + 2) if end >= 0 else None
    if sign == "<":
        return None if scan.collector.is_trusted else component_at(scan, start)
    if text.startswith(("{{", "{%"), start):
        if scan.is_raw and not _END_RAW.match(text, start):
            return None
        is_shortcode = text.startswith(("{{<", "{{%"), start)
        tag_at = shortcode_at if is_shortcode else liquid_at
        return macro_at(scan, start) or tag_at(scan, start)
    if text.startswith("{/*", start):
        end = scan.find("*/}", start)
        return InlineChange(end + 3) if end >= 0 else None
    return attributes_at(scan, start)


_END_RAW = re.compile(r"\{%-?\s*+endraw")


_ICON = re.compile(
    r":(?:fontawesome|material|octicons|simple)(?:-[a-z0-9]+)+:(?:\{[^{}\n]{0,200}\})?"
)


_EMOJI = re.compile(r":(?:[\w+-]{2,61}|x):")


def _emoji_at(scan: InlineScan, start: int) -> InlineChange | None:
    """Replace ``:rocket:`` with the emoji, as GitHub does. Icons of a MkDocs theme are removed."""
    icon = _ICON.match(scan.text.text, start)
    if icon:
        return InlineChange(icon.end())
    match = _EMOJI.match(scan.text.text, start)
    if match is None:
        return None
    from rich.emoji import Emoji  # imported here: its table is large

    shown = Emoji.replace(match[0])
    is_symbol = len(shown) == 1 and shown < "\u3300"  # phones show it without colours
    return InlineChange(match.end(), shown + "\ufe0f" * is_symbol) if shown != match[0] else None


_LETTER = r"[^()<>\"'\n:]"
_WORDS = rf"(?:{_LETTER}|\({_LETTER}{{0,50}}\))"
_FILE = rf"{_WORDS}{{0,300}}\.[A-Za-z]\w{{0,4}}(?:#{_WORDS}{{0,200}})?"
_PATH = rf"(?:[#/]|\.\.?/){_WORDS}{{0,400}}"
_SPACED = re.compile(rf"\]\(({_PATH}|{_FILE})\)")


_BLOCK_ID = re.compile(r"(?:^|[ \t\n])\^(?:(?=[\d-]*[A-Za-z])[A-Za-z0-9-]{2,100}|\d{13})\s*$")
"""The id of a block of Obsidian, at the end of its text."""
_TAIL = 120


def _replacement(text: InlineText, start: int, change: InlineChange) -> Replacement:
    return Replacement(*text.where.ends(start, max(change.end, start + 1)), change.markdown)


def _of_span(text: InlineText, start: int, end: int) -> Iterator[Replacement]:
    """Remove raw tags around the content of a code span, as Liquid runs before Markdown."""
    span = text.text[start:end]
    inner = span.strip("`")
    bare = without_raw(inner)
    if bare != inner:
        fence = span[: len(span) - len(span.lstrip("`"))]
        yield _replacement(text, start, InlineChange(end, f"{fence}{bare}{fence}"))


_SNIPPET = re.compile(r"\s*-+8<-+\s+[\"']([^\"']+)[\"']\s*")


def _of_fences(found: InlineTexts, collector: Collector) -> Iterator[Replacement]:
    """Remove raw tags in the first and the last line of a fence, and report snippets."""
    traced = collector.traced
    lines = [line.text for line in traced.passage.lines]
    for first, end in found.fences:
        last = min(end, len(lines)) - 1
        snippets = (_SNIPPET.fullmatch(lines[line]) for line in range(first + 1, last))
        for line, match in enumerate(snippets, first + 1):
            if match is not None:
                report_snippet(collector, match[1], traced.place(line), "the card shows this line")
        if last - first > 2 and without_raw(lines[first + 1] + "\n" + lines[last - 1]) == "":
            for line in (first, last - 2):
                behind = Spot(line + 1, len(lines[line + 1]))
                yield Replacement(Spot(line, len(lines[line])), behind, "")


def _apart(changes: Iterable[Replacement]) -> list[Replacement]:
    """Sort the changes, and drop those that overlap an earlier one."""
    kept: list[Replacement] = []
    for change in sorted(changes, key=lambda each: each.begin):
        if not kept or kept[-1].end <= change.begin:
            kept.append(change)
    return kept
