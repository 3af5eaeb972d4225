"""Lists the headings of a document, what is under each, and where it ends."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from cardwright.blocks import Block, Document
from cardwright.blocks.rows import YEARS
from cardwright.dialects.answer import holds_text
from cardwright.dialects.named_options import named
from cardwright.dialects.text.attributes import Attributes, split_attributes
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.span import located
from cardwright.model import Line
from cardwright.wording import Wording, asks, is_answer_title, read_wording
from cardwright.wording.signs import COLON, COLONS


class Heading(NamedTuple):
    """A heading of the document, outside of quotes. ``markdown`` is its text as written.

    It begins on ``line``, and what is under it on the line ``body``. ``front`` is its text without
    number and attributes, as lines of the file. ``depth`` counts the lists around it. ``leads``
    says that it is the first thing in its list item. ``indent`` is the column (from 0) where that
    item's text begins. ``direct`` is the line at which its own text ends and the next heading
    begins, and ``has_text`` says that there is such text. ``end`` is the line at which everything
    under it ends. Lines count from 1, and ends are the line after.
    """

    line: int
    body: int
    level: int
    markdown: str
    depth: int
    leads: bool
    indent: int
    front: tuple[Line, ...]
    wording: Wording
    attributes: Attributes
    direct: int = 0
    end: int = 0
    has_text: bool = False

    @property
    def text(self) -> str:
        return self.wording.text


def read_headings(document: Document) -> tuple[Heading, ...]:
    """Return all headings in the order of the file. Each knows where it ends.

    Those that only say "Answer" are left out: whatever their level, they are in an answer.
    """
    lines, last = document.source.lines, len(document.source.lines) + 1
    found = _counted_like_others([*_collected(document)])
    ends = _ends(found)
    headings: list[Heading] = []
    for at, (heading, below) in enumerate(with_next(found)):
        direct = below.line if below else last
        has_text = holds_text(lines[heading.body - 1 : direct - 1])
        end = ends.get(at, last)
        headings.append(heading._replace(direct=direct, has_text=has_text, end=end))
    return tuple(headings)


def _ends(headings: Sequence[Heading]) -> dict[int, int]:
    """Return the line at which a later heading ends each section, by the index of its heading."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for index, heading in enumerate(headings):
        # A heading in a list that a bare heading of the list follows stays open in the middle
        # of the stack, so every open one is asked; there are never more than depth times six.
        over = [above for above in open_ if _closes(heading, headings[above])]
        ends |= dict.fromkeys(over, heading.line)
        open_ = [*(above for above in open_ if above not in ends), index][-_MOST_OPEN:]
    return ends


_MOST_OPEN = 200


def _closes(heading: Heading, above: Heading) -> bool:
    """Whether the section of ``above`` ends where ``heading`` begins."""
    if heading.level > above.level:
        return False
    return not heading.depth or (heading.leads and heading.depth <= above.depth)


def _collected(document: Document) -> Iterator[Heading]:
    lines = document.source.lines
    for block, depth, leads, indent in _heading_blocks(document.blocks):
        text, attributes = split_attributes(block.text)
        wording = _without_colon(read_wording(text))
        if not (is_answer_title(wording.text) or named(block.text)):
            own = range(block.start, block.end)
            front = located(wording.text, [Line(lines[at - 1], at) for at in own])
            what = (block.start, block.end, block.level, block.text)
            yield Heading(*what, depth, leads, indent, front, wording, attributes)


_LONGEST_TITLE = 40
"""The columns of a title. A longer heading with a colon at its end is a task or a sentence."""
_COLONS = tuple(COLONS)
_LAST_COLON = re.compile(rf"(?<!\s)\s*(?<!{COLON}){COLON}\s*$")
_EMOJI = re.compile(r":[\w+-]+:$")
_WIDE = "\u2e80"
"""From this character on, a letter takes two columns."""


def _without_colon(wording: Wording) -> Wording:
    """Return the wording of a title without the colon that leads to the text below it."""
    if not wording.text.endswith(_COLONS):
        return wording
    bare = wording.text if _EMOJI.search(wording.text) else _LAST_COLON.sub("", wording.text)
    columns = len(bare) + sum(letter >= _WIDE for letter in bare)
    is_title = bare != wording.text and 0 < columns <= _LONGEST_TITLE and not asks(bare)
    return wording._replace(text=bare) if is_title else wording


def _heading_blocks(
    blocks: Sequence[Block], depth: int = 0, indent: int = 0
) -> Iterator[tuple[Block, int, bool, int]]:
    """Yield the headings with their depth, whether they lead their list item, and its indent."""
    for at, block in enumerate(blocks):
        if block.kind == "heading" and not _is_underlined_text(block, blocks[at - 1 : at]):
            yield block, depth, at == 0 and depth > 0, indent
        elif block.kind in _LISTS:
            for item in block.children:
                yield from _heading_blocks(item.children, depth + 1, item.indent)


_LISTS = frozenset({"bullet_list", "ordered_list"})


def _counted_like_others(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings with the numbers that other headings of their level confirm.

    ``83.mutable`` and ``(3.1)mutable`` have a number if half of their level has one. ``3 Leaves``
    has one if half of its level counts like this. ``b) What is a leaf?`` has a letter if half of
    its level is lettered, from ``a)`` on.
    """
    glued = [None if each.wording.number else _GLUED.fullmatch(each.text) for each in headings]
    counts = {each.wording.number for each in headings} | {m["number"] for m in glued if m}
    levels: defaultdict[int, list[int]] = defaultdict(list)
    for at, heading in enumerate(headings):
        levels[heading.level].append(at)
    found = list(headings)
    for level in levels.values():
        numbers = {at: m for at in level if (m := glued[at]) and not _is_year(m["number"], counts)}
        numbered = sum(at in numbers or headings[at].wording.number != "" for at in level)
        letters = {at: m for at in level if (m := _LETTERED.fullmatch(headings[at].text))}
        is_numbered = numbered * 2 >= len(level) and numbered > 1
        is_lettered = len(letters) * 2 >= len(level) and any(
            match["number"] in "aA" for match in letters.values()
        )
        bare = {at: m for at in level if (m := _BARE.fullmatch(headings[at].text))}
        counting = sum(int(b["number"]) - int(a["number"]) == 1 for a, b in pairwise(bare.values()))
        matches = {**(numbers if is_numbered else {}), **(letters if is_lettered else {})}
        matches |= bare if counting > 1 and (counting + 1) * 2 >= len(level) else {}
        for at, match in matches.items():
            wording = Wording(match["text"], match["number"] if match["number"].isalnum() else "")
            front = located(wording.text, headings[at].front)
            found[at] = headings[at]._replace(wording=wording, front=front)
    return found


def _is_year(number: str, others: Set[str]) -> bool:
    """Whether a number is so large that it may be a year, and no other counts to it or from it."""
    if not number.isdigit() or int(number) < YEARS:
        return False
    return others.isdisjoint({str(int(number) - 1), str(int(number) + 1)})


_GLUED = re.compile(
    r"[(（]?(?P<number>\d{1,4}(?:[.-]\d{1,3}){0,4})"
    r"(?:[.)）、．|]\s*|(?<=\d\.\d)(?=[^\x00-\x7f])|(?<=\d\.\d\d)(?=[^\x00-\x7f]))"
    r"(?P<text>[^\s\d.)].*)",
    re.DOTALL,
)
_BARE = re.compile(r"(?P<number>\d{1,3})\s+(?P<text>[^\s\d].*)", re.DOTALL)
_LETTERED = re.compile(r"\(?(?P<number>[a-zA-Z])[.)]\s+(?P<text>\S.*)", re.DOTALL)


def _is_underlined_text(block: Block, above: Sequence[Block]) -> bool:
    """Whether a heading is text with a rule right under it.

    It has several lines, is a sentence, or is on the line below a heading with hashes.
    """
    if block.markup != "-":
        return False
    hashes = (each for each in above if each.kind == "heading" and not each.markup)
    is_below = any(each.end == block.start for each in hashes)
    return is_below or "\n" in block.text or block.text.endswith((".", ":", "。"))
