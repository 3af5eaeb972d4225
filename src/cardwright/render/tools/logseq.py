"""Reads what Logseq writes: lists below the title of a page, hidden lines, blocks and macros."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from cardwright.blocks.fences import lines_of_code
from cardwright.diagnostics import Code
from cardwright.embeds import target_at
from cardwright.formulas.traced import Replacement, Spot, Traced, replace
from cardwright.render.collector import CalloutStart
from cardwright.render.tools.block_scan import Block, BlockStart, Boundary
from cardwright.render.tools.inline_scan import InlineChange, InlineScan
from cardwright.render.tools.wikilinks import embedded_at

HIDDEN = (
    r"(?:(?:id|custom-id|collapsed|background-color|ls-type|logseq\.[a-z.-]+|hl-[a-z]+"
    r"|(?:created|updated|last-modified)-at|query-(?:table|properties|sort-by|sort-desc)"
    r"|card-(?:last-interval|repeats|last-reviewed|next-schedule|last-score|ease-factor))::(?!\S)"
    r"|heading:: (?:true|[1-6])$|:LOGBOOK:$)"
)
"""The start of a property that Logseq hides, and of a drawer with the times of a task."""
_PROPERTY = re.compile(HIDDEN)
_DRAWER, _END = ":LOGBOOK:", ":END:"
_LONGEST_DRAWER = 200


_FIRST_BLOCK = re.compile(r"(\t+)[-*+][ \t]+\S")


def outdented(traced: Traced) -> Traced:
    """Move a list that starts a passage to the left if tabs would make it code.

    Logseq indents the blocks below the first heading of a page, which has no marker of a list.
    """
    lines = traced.passage.lines
    match = _FIRST_BLOCK.match(lines[0].text) if lines else None
    if match is None:
        return traced
    texts, tabs = [line.text for line in lines], match[1]
    inside = takewhile(lambda text: text.startswith(tabs) or not text.strip(), texts)
    cuts = [
        Replacement(Spot(at, 0), Spot(at, len(tabs)), "")
        for at, text in enumerate(inside)
        if text.strip()
    ]
    return replace(traced, cuts)


_EMPTY = re.compile(r"([ \t]+)-[ \t]*$", re.MULTILINE)
_EMPTY_BELOW = re.compile(rf"\n{_EMPTY.pattern}", re.MULTILINE)
_ITEM = re.compile(r"([ \t]*)[-*+][ \t]+\S")


def without_empty_blocks(traced: Traced) -> Traced:
    """Remove an empty block below a list item. Its ``-`` would make the item a heading."""
    if not _EMPTY_BELOW.search(traced.passage.markdown):
        return traced
    texts = [line.text for line in traced.passage.lines]
    is_code = lines_of_code(texts)
    cuts = [
        Replacement(Spot(at - 1, len(above)), Spot(at, len(text)), "")
        for at, (above, text) in enumerate(pairwise(texts), 1)
        if (empty := _EMPTY.fullmatch(text)) and (item := _ITEM.match(above)) and not is_code[at]
        if len(empty[1].expandtabs(4)) > len(item[1].expandtabs(4))
    ]
    return replace(traced, cuts)


def read_property(start: BlockStart) -> Block | None:
    """Remove properties that Logseq hides, and drawers. Other properties are text."""
    state, first, end = start.state, start.first, start.end
    behind = _behind_hidden(start)
    if behind == first:
        return None
    is_item_left = start.marker() and behind < end and not state.isEmpty(behind)

    def write() -> None:
        start.scan.edits.gone.update(range(first, behind))
        if is_item_left and state.sCount[behind] >= state.blkIndent:
            _begin_later(start, behind)

    return Block(behind, write)


def _behind_hidden(start: BlockStart) -> int:
    """Return the line after the properties and drawers that start here."""
    state = start.state
    at = start.first
    while at < start.end and (at == start.first or state.sCount[at] >= state.blkIndent):
        text = start.line(at)
        behind = at + 1
        if text == _DRAWER:  # one that is never closed is text
            below = range(at + 1, min(start.end, at + _LONGEST_DRAWER))
            behind = next((line + 1 for line in below if start.line(line) == _END), at)
        if not _PROPERTY.match(text) or behind == at:
            break
        at = behind
    return at


_FRAME = re.compile(
    r"#\+(BEGIN|END)_(QUOTE|NOTE|TIP|IMPORTANT|CAUTION|WARNING|PINNED)", re.IGNORECASE
)


def read_frame(start: BlockStart) -> Block | None:
    """Read ``#+BEGIN_NOTE`` and ``#+END_NOTE``, which Logseq has from Org mode, as a callout."""
    line = _FRAME.fullmatch(start.text)
    if line is None:
        return None
    kind = line[2].lower()
    element = CalloutStart(kind) if line[1].upper() == "BEGIN" else None
    boundary = Boundary(start.spot, f"#+{kind}", element, is_end=element is None)
    return start.bounded(boundary, start.first + 1)


_LISTED = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")


def _begin_later(start: BlockStart, line: int) -> None:
    """Begin a list item that begins here with its first line that is not hidden."""
    scan, begin, rest = start.scan, start.spot, start.scan.source(start.spot_of(line))
    if _LISTED.match(rest):  # its columns count, so the item needs a line above
        scan.edits.gone.discard(begin.line)
        scan.edits.cuts[begin] = "<!-- -->", ""
    else:
        scan.edits.cuts[Spot(line, 0)] = scan.lines[begin.line][: begin.offset], rest


_BLOCK = re.compile(r"\(\([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\)\)")
_MACRO = re.compile(
    r"\{\{(?:cloze[ \t]+(?P<text>(?:(?!\{\{|\}\}).)+)|(?:embed|query|renderer)\b[^{}]*"
    r"|(?:video|youtube|vimeo|bilibili|tweet|twitter)[ \t]+(?P<address>https?://[^\s<>{}]+)\s*)\}\}"
)
_LONGEST_MACRO = 2000


def block_reference(scan: InlineScan, start: int) -> InlineChange | None:
    """Remove a reference to a block, and report it."""
    match = _BLOCK.match(scan.text.text, start)
    if match is None:
        return None
    message = f"the reference '{match[0]}' is left out of the card"
    hint = f"write '{{{{embed {match[0]}}}}}' to show the text of that block"
    scan.collector.report(scan.place, Code.NOT_EMBEDDED, message, hint)
    return InlineChange(match.end())


def macro_at(scan: InlineScan, start: int) -> InlineChange | None:
    """Replace a cloze and an embed with their text, a film with a link to it.

    An embed without text is removed.
    """
    match = _MACRO.match(scan.text.text, start, start + _LONGEST_MACRO)
    if match is None:
        return None
    text = f"<{match['address']}>" if match["address"] else (match["text"] or "").strip()
    if target_at(scan.text.text, start):
        text = embedded_at(scan, start, match.end(), "it is left out of the card")
    return InlineChange(match.end(), text)
