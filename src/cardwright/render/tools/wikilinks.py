"""Translates Obsidian's ``[[links]]`` and ``![[embeds]]``, in running text and on their own."""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference

from cardwright.diagnostics import Code, shorten
from cardwright.embeds import is_media, target_alone, target_at
from cardwright.model import Image
from cardwright.render.collector import ToolEmbed
from cardwright.render.tools.block_scan import Block, BlockStart
from cardwright.render.tools.inline_scan import InlineChange, InlineScan, literal

_LINK = re.compile(r"(!?)\[\[([^\[\]\n]+)\]\](?!\(|\[(?!\[))")
_PARTS = re.compile(r"\\?\|")
_SIZE = re.compile(r"\s*(\d{1,5})(?:x(\d{1,5}))?\s*")
_NO_NAME = re.compile(r"(?!\d{4}-\d\d(?:-\d\d)?$|\d{8,14}$)[\d\s,.;:-]*")
"""Numbers, but no date and no time, which are the names of daily notes."""


def wikilink_at(scan: InlineScan, start: int) -> InlineChange | None:
    """Return the change to a link's text, an image, or the text of a note.

    If there is no such text, it is the name of the note.

    Some brackets are text: ``[[1]]``, ``[[ -f x ]]``, a footnote in brackets, a defined reference,
    and the text of a Markdown link.
    """
    match = _LINK.match(scan.text.text, start)
    if match is None:
        return None
    inner, is_known = match[2], normalizeReference(match[2]) in scan.labels
    is_name = match[1] or not (is_known or _NO_NAME.fullmatch(inner))
    if not is_name or inner != inner.strip() or inner.startswith(("^", "|")):
        return None
    target, *rest = (part.strip() for part in _PARTS.split(match[2]))
    if match[1] and is_media(target):
        return InlineChange(match.end(), _picture(scan, match[0], target.split("#")[0], rest))
    is_size = len(rest) == 1 and _SIZE.fullmatch(rest[0])
    shown = " ".join(rest) if any(rest) and not is_size else literal(_name(target))
    if match[1]:
        embedded = embedded_at(scan, start, match.end(), "the card shows its name")
        shown = embedded or shown
    return InlineChange(match.end(), shown)


def _name(target: str) -> str:
    """Return the name as Obsidian shows it: ``Note > Heading``, without the id of a block."""
    parts = [part.strip() for part in target.split("#")]
    return " > ".join(part for part in parts if part and not part.startswith("^")) or target


def _picture(scan: InlineScan, source: str, target: str, rest: list[str]) -> str:
    size, alt = ("", ""), []
    for part in rest:
        match = _SIZE.fullmatch(part)
        if match:
            size = (match[1], match[2] or "")
        elif part:
            alt.append(part)
    image = Image(target.strip(), " ".join(alt), "", *size, scan.place, is_anywhere=True)
    return scan.collector.add_element(image, source)


def embedded_at(scan: InlineScan, start: int, end: int, outcome: str) -> str:
    """Return a placeholder for the text of a note, or report that it has none and return ``""``.

    ``outcome`` is what the card shows instead.
    """
    written = scan.text.text[start:end]
    target = target_at(scan.text.text, start)
    embed = scan.collector.embeds.find(scan.place, target) if target else None
    if embed and not embed.problem:
        return scan.collector.add_element(ToolEmbed(embed, scan.place), written)
    reason = f": {embed.problem}" if embed else ""
    message = f"'{shorten(target or written)}' is not embedded{reason}; {outcome}"
    hint = (embed.hint if embed else "") or "copy the part that belongs to the answer"
    scan.collector.report(scan.place, Code.NOT_EMBEDDED, message, hint)
    return ""


def read_embed(start: BlockStart) -> Block | None:
    """Set an embed apart that is alone on its line. One that begins a list item stays in it."""
    target = target_alone(start.text)
    if not target or start.marker():
        return None
    place = start.scan.place(start.spot)
    embed = start.scan.collector.embeds.find(place, target)
    if embed is None or embed.problem:
        return None
    element = ToolEmbed(embed, place)
    return Block(start.first + 1, lambda: start.scan.set_apart(start.spot, element))
