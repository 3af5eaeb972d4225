"""Puts a placeholder where the text of another note is embedded."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from cardwright.embeds import target_alone, target_at
from cardwright.render.placeholders import ToolEmbed
from cardwright.render.tools.block_scan import MAX_LINE, BlockScan, line_text
from cardwright.render.tools.inline_scan import InlineScan


def read_embed(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Set an embed apart that is alone on its line. One that begins a list item stays in it."""
    del end
    text = line_text(state, first)
    target = target_alone(text) if len(text) <= MAX_LINE else ""
    spot = scan.spot(state, first)
    if not target or scan.lines[first][: spot.offset].strip("> \t"):
        return False
    place = scan.place(spot)
    embed = scan.placeholders.embeds.find(place, target)
    if embed is None or embed.problem:
        return False
    if not silent:
        scan.set_apart(spot, ToolEmbed(embed, place))
        state.line = first + 1
    return True


def embedded_at(scan: InlineScan, start: int, end: int, outcome: str) -> str:
    """Return a placeholder for an embed, or report that it has no text and return ``""``.

    ``outcome`` is what the card shows instead.
    """
    text = scan.text.text
    target = target_at(text, start)
    embed = scan.placeholders.embeds.find(scan.place, target) if target else None
    if embed is None or embed.problem:
        reason, hint = (embed.problem, embed.hint) if embed else ("", "")
        scan.reports.embed(target or text[start:end], scan.place, reason, outcome, hint)
        return ""
    return scan.placeholders.add(ToolEmbed(embed, scan.place), text[start:end])
