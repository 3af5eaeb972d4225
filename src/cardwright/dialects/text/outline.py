"""The headings of a document, where the text under each one ends, and which hold which."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cardwright.blocks import Block, Document
from cardwright.dialects.answers.answer import holds_text
from cardwright.dialects.named_options import named
from cardwright.dialects.text.attributes import Attributes, split_attributes
from cardwright.dialects.text.span import located
from cardwright.model import Line
from cardwright.wording import Wording, is_answer_title, read_wording


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document, outside of quotes; ``front`` is its text as lines of the file.

    ``depth`` counts the lists around it, ``leads`` says that it is the first thing in its list
    item, ``indent`` is the column (from 0) where that item's text begins. ``direct`` is the
    line at which its own text ends and the next heading begins; ``has_text`` says that there is
    such text; ``end`` is the line at which everything under it ends. Lines count from 1, ends
    are the line after.
    """

    block: Block
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
    def line(self) -> int:
        return self.block.start

    @property
    def body(self) -> int:
        """The first line of what is under it."""
        return self.block.end

    @property
    def level(self) -> int:
        return self.block.level

    @property
    def text(self) -> str:
        return self.wording.text


def outline(document: Document) -> tuple[Heading, ...]:
    """All headings in the order of the file, each knowing where it ends.

    Those that only say "Answer" are left out: whatever their level, they are in an answer. So
    are the lines of a table of contents that are written as headings.
    """
    found = _with_texts(document, _collect(document))
    kept = [heading for heading in found if heading.has_text or not _is_inward_link(heading)]
    if len(kept) < len(found):
        kept = _with_texts(document, kept)
    ends = _ends(kept)
    last = len(document.source.lines) + 1
    return tuple(replace(heading, end=ends.get(at, last)) for at, heading in enumerate(kept))


def _with_texts(document: Document, headings: list[Heading]) -> list[Heading]:
    lines = document.source.lines
    directs = [*(heading.line for heading in headings[1:]), len(lines) + 1]
    found: list[Heading] = []
    for heading, direct in zip(headings, directs, strict=False):
        text = lines[heading.body - 1 : direct - 1]
        found.append(replace(heading, direct=direct, has_text=holds_text(text)))
    return found


def _is_inward_link(heading: Heading) -> bool:
    """Whether a heading is a link into the page and nothing else."""
    return re.fullmatch(r"\W*\[[^\[\]]+\]\(<?#[^()]*\)\W*", heading.block.text) is not None


def _ends(headings: list[Heading]) -> dict[int, int]:
    """The line at which a later heading ends what is under a heading, by the latter's index."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for index, heading in enumerate(headings):
        # A heading in a list that a bare heading of the list follows stays open in the middle
        # of the stack, so every open one is asked; there are never more than depth times six.
        still_open = []
        for above in open_:
            if _closes(heading, headings[above]):
                ends[above] = heading.line
            else:
                still_open.append(above)
        open_ = [*still_open[-200:], index]
    return ends


def _closes(heading: Heading, above: Heading) -> bool:
    """Whether what stands under ``above`` is over where ``heading`` begins.

    Bare headings inside a list item, and those of lists inside it, are parts of the item.
    """
    if heading.level > above.level:
        return False
    if heading.depth == 0:
        return True
    return heading.leads and 0 < heading.depth <= above.depth


def _collect(document: Document) -> list[Heading]:
    found: list[Heading] = []
    waiting = [(block, 0, False, 0) for block in reversed(document.blocks)]
    while waiting:
        block, depth, leads, indent = waiting.pop()
        if block.kind == "heading" and not _is_underlined_text(block):
            text, attributes = split_attributes(block.text)
            wording = read_wording(_with_question_word(document, block, text))
            if is_answer_title(wording.text) or named(block.text):
                continue
            front = located(wording.text, _lines_of(document, block))
            found.append(Heading(block, depth, leads, indent, front, wording, attributes))
        elif block.kind in {"bullet_list", "ordered_list"}:
            waiting.extend((child, depth + 1, False, 0) for child in reversed(block.children))
        elif block.kind == "list_item":
            for index in range(len(block.children) - 1, -1, -1):
                waiting.append((block.children[index], depth, index == 0, block.indent))
    return found


_LETTER = re.compile(r"(?P<before>\W{0,3})[PFDВ](?=\s?\d{0,3}\s?[:：])")
_REPLY = re.compile(r"[\s>*_-]{0,6}[RAО]\s?\d{0,3}\s?[*_]{0,2}\s?[:：]")
_NEAR = 3


def _with_question_word(document: Document, block: Block, text: str) -> str:
    """A heading's text, with ``Q`` for the letter of another language that a reply tells to be it.

    ``### P: …`` over ``R: …`` is Portuguese, ``F:`` over ``A:`` German; alone they name a part.
    """
    letter = _LETTER.match(text)
    if letter is None:
        return text
    below = document.source.lines[block.end - 1 : block.end - 1 + _NEAR]
    first = next((line for line in below if line.strip()), "")
    return f"{letter['before']}Q{text[letter.end() :]}" if _REPLY.match(first) else text


def _lines_of(document: Document, block: Block) -> list[Line]:
    rows = document.source.lines[block.start - 1 : block.end - 1]
    return [Line(row, number) for number, row in enumerate(rows, block.start)]


def _is_underlined_text(block: Block) -> bool:
    """Whether a heading is text with a thematic break right under it, meant as such.

    CommonMark section 4.3 makes a heading of any paragraph above ``---``; a title, though, is
    one short line that does not end like a sentence.
    """
    if block.markup != "-":
        return False
    return (
        "\n" in block.text
        or len(block.text) > 120
        or bool(re.match(r"(?i)\W*(?:q|a|ans|answer)\s?\d*\W{0,2}[:：]", block.text))
        or bool(re.search(r"[.:;,。：；，|]\**$", block.text))
    )
