"""Writes the Markdown of an edited field: copies what did not change, and writes the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.anki_fields.flow import CELLS, Block, origins
from cardwright.pull.located import SourceText, word_spans
from cardwright.pull.rewrite.inline import reopen, write_words
from cardwright.pull.rewrite.nesting import (
    continuation,
    first_prefix,
    needs_blank_line,
    numbered,
    numbering,
)
from cardwright.pull.rewrite.state import (
    OldBlock,
    RewriteState,
    UnplacedError,
    WritingStyle,
    are_neighbours,
    are_origins,
    keeps_end,
    keeps_start,
)


def rewrite(
    text: SourceText, before: Sequence[Block], after: Sequence[Block], style: WritingStyle
) -> str:
    """Return the Markdown of ``after``, which is that of ``before`` in ``text``.

    Raises ``UnplacedError`` if part of ``text`` would be lost.
    """
    spans, places = word_spans(text, before), origins(before, after)
    state = RewriteState(text.text, before, spans, after, places, style)
    previous: int | None = None
    skipped: list[int] = []
    for at, places_of_block in enumerate(places):
        # The default title of a callout, for example, is in the field and not in the Markdown.
        if all(p and p[0] not in state.old for p in places_of_block) and not state.owners[at]:
            skipped.append(at)
            continue
        _join(state, previous, at, skipped)
        write_words(state, at)
        previous, skipped = at, []
    _finish(state, previous, skipped)
    _check_loss(state)
    return "".join(state.out)


_BESIDE_UNWRITTEN = "is beside a part that is not in the Markdown"


def _join(state: RewriteState, previous: int | None, at: int, skipped: Sequence[int]) -> None:
    """Write what is between two blocks, including the marks at both ends."""
    block, owner = state.after[at], state.owners[at]
    is_next = are_neighbours(state, previous, at, skipped)
    is_same_form = owner and (owner.block.kind, owner.block.path) == (block.kind, block.path)
    like = owner if is_same_form else None
    number = numbering(state, at)
    starts_same = like is not None and keeps_start(state, at)
    ends_same = previous is None or keeps_end(state, previous)
    if like and is_next and starts_same and ends_same and not number:
        state.copy(like.begin, like.start)
        state.stack = []
        reopen(state, state.text[slice(*like.openers)], block.words[0])
        state.prefixes[at] = like.container_prefix
        return
    if skipped and not is_next:
        raise UnplacedError(_BESIDE_UNWRITTEN)
    _end_block(state, previous)
    if owner and is_next:
        state.copy(*owner.middle)
    elif previous is not None:
        _separate(state, previous, at)
    _begin_block(state, at, like, number)
    if like and starts_same:
        state.copy(*like.openers)
        reopen(state, state.text[slice(*like.openers)], block.words[0])


def _end_block(state: RewriteState, previous: int | None) -> None:
    """Close the marks of the previous block, and copy what follows its text."""
    if previous is None:
        return
    state.out += [each.closer for each in reversed(state.stack)]
    state.stack = []
    block, following = state.after[previous], state.after[previous + 1 : previous + 2]
    if owner := state.owners[previous]:
        state.copy(*owner.tail)
    elif block.kind == "pre":
        state.out.append(f"\n{continuation(state, block.path)}```")
    elif _is_cell(block) and not (following and following[0].opened == 1):
        state.out.append(" |")


def _is_cell(block: Block) -> bool:
    return not CELLS.isdisjoint(block.path[-1:])


def _is_next_cell(block: Block) -> bool:
    """Whether a block is a cell of a row, and not the first one."""
    return block.opened == 1 and _is_cell(block)


def _separate(state: RewriteState, previous: int, at: int) -> None:
    """Write a line break or a blank line between two blocks that were not neighbours."""
    block = state.after[at]
    if _is_next_cell(block):
        state.out.append(" | ")
        return
    quote = continuation(state, block.path[: block.shared]).rstrip()
    state.out.append(f"\n{quote}\n" if needs_blank_line(state, previous, at) else "\n")


def _begin_block(state: RewriteState, at: int, like: OldBlock | None, number: str) -> None:
    """Write the prefix of a block's first line: quotes, a bullet or a new ``number``, hashes."""
    block = state.after[at]
    if like:
        state.out.append(numbered(state.text[slice(*like.prefix)], number))
        state.copied.append(like.prefix)
        state.prefixes[at] = numbered(like.container_prefix, number)
        return
    state.prefixes[at] = prefix = numbered(first_prefix(state, at), number)
    if not _is_next_cell(block):
        state.out.append(prefix)
    if block.kind.startswith("h") and block.kind[1:].isdecimal():
        state.out.append("#" * int(block.kind[1:]) + " ")
    elif block.kind == "pre":
        state.out.append(f"```\n{continuation(state, block.path)}")
    elif block.kind != "p":
        raise UnplacedError("has a form that cannot be written as Markdown")


def _finish(state: RewriteState, previous: int | None, skipped: Sequence[int]) -> None:
    """Write the end of the last block and what follows it."""
    if not state.old:
        raise UnplacedError("is in a text that the Markdown does not have")
    last = state.old[max(state.old)]
    if not are_origins(state, skipped, range(last.index + 1, len(state.before))):
        raise UnplacedError(_BESIDE_UNWRITTEN)
    if previous is not None and state.owners[previous] is last and keeps_end(state, previous):
        state.copy(last.end, len(state.text))
        return
    _end_block(state, previous)
    state.copy(last.tail[1], len(state.text))


_LOSABLE = re.compile(
    r"(?:(?:```+|~~~+)[\w+-]*|\]\([^()\n]*\)|\]\[[^\]\n]*\]|</?\w+[^<>]*>|\d+[.)](?=\s)"
    r"|\[[ xX]\]|(?:https?://|www\.)\S*|&nbsp;|[\s*_~`=\[\]!<>+|\\{}:\-#])*+"
)
"""Markup that may be removed together with its words."""


def _check_loss(state: RewriteState) -> None:
    """Raise ``UnplacedError`` if a comment, an attribute or other invisible text would be lost."""
    shown = sorted([*state.copied, *(span for spans in state.spans for span in spans if span)])
    at = 0
    for start, end in [*shown, (len(state.text), len(state.text))]:
        if start > at and not _LOSABLE.fullmatch(state.text[at:start]):
            raise UnplacedError("is beside something that no card shows")
        at = max(at, end)
