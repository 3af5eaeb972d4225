"""Writes the Markdown of an edited field: copies what did not change, and writes the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from cardwright.pull.flow import CELLS, Block, Origin
from cardwright.pull.located import Span
from cardwright.pull.rewrite.inline import write_words
from cardwright.pull.rewrite.inline_marks import close_all, reopen
from cardwright.pull.rewrite.nesting import (
    container_prefix,
    continuation,
    first_prefix,
    needs_blank_line,
    numbered,
    numbering,
)
from cardwright.pull.rewrite.separators import Separator, line_tail, separator_before
from cardwright.pull.rewrite.state import (
    RewriteState,
    UnplacedError,
    WritingStyle,
    are_neighbours,
    are_origins,
    is_unwritten,
    keeps_end,
    keeps_start,
    owners_of,
)


def rewrite(
    text: str,
    before: Sequence[Block],
    spans: Sequence[Sequence[Span | None]],
    after: Sequence[Block],
    origins: Sequence[Sequence[Origin | None]],
    style: WritingStyle,
) -> str:
    """Return the Markdown of ``after``. Raises ``UnplacedError`` if part of ``text`` would be lost.

    ``spans`` are the positions of the words of ``before`` in ``text``. ``origins`` maps the words
    of ``after`` to those of ``before``.
    """
    state = RewriteState(text, before, spans, after, origins, style)
    for at, places in enumerate(spans):
        known = [index for index, span in enumerate(places) if span]
        if known:
            state.located[at] = known[0], known[-1]
    state.owners = owners_of(state)
    start = tail_end = 0
    for at, following in zip_longest(state.located, [*state.located][1:]):
        separator = separator_before(text, start, tail_end, state.start_of(at), before[at].kind)
        state.separators[at] = separator
        state.old_prefixes[at] = container_prefix(
            separator.prefix, before[at], state.located[at][0]
        )
        start = state.end_of(at)
        limit = len(text) if following is None else state.start_of(following)
        state.tails[at] = line_tail(text, start, limit, before[at].kind)
        tail_end = state.tails[at][1]
    _write(state)
    _check_loss(state)
    return "".join(state.out)


def _write(state: RewriteState) -> None:
    previous: int | None = None
    skipped: list[int] = []
    for at in range(len(state.after)):
        if state.owners[at] is None and is_unwritten(state, at):
            skipped.append(at)
            continue
        _join(state, previous, at, skipped)
        write_words(state, at)
        previous, skipped = at, []
    _finish(state, previous, skipped)


def _join(state: RewriteState, previous: int | None, at: int, skipped: Sequence[int]) -> None:
    """Write what is between two blocks, including the marks at both ends."""
    block, owner = state.after[at], state.owners[at]
    is_next = are_neighbours(state, previous, at, skipped)
    same_form = owner is not None and (
        (state.before[owner].kind, state.before[owner].path) == (block.kind, block.path)
    )
    number = numbering(state, at)
    separator = state.separators[owner] if owner is not None else None
    starts_same = same_form and keeps_start(state, at)
    ends_same = previous is None or keeps_end(state, previous)
    if owner is not None and separator and is_next and starts_same and ends_same and not number:
        state.copy(separator.start, separator.end)
        state.stack = []
        reopen(state, separator.openers, block.words[0])
        state.new_prefixes[at] = state.old_prefixes[owner]
        return
    if skipped and not is_next:
        raise UnplacedError("is beside a part that is not in the Markdown")
    _end_block(state, previous)
    if separator and is_next:
        state.copy(*separator.middle)
    else:
        _separate(state, previous, at)
    _begin_block(state, at, separator if same_form else None, number)
    if separator and starts_same:
        state.copy(*separator.opener_span)
        reopen(state, separator.openers, block.words[0])


def _end_block(state: RewriteState, previous: int | None) -> None:
    """Close the marks of the previous block, and copy what follows its text."""
    if previous is None:
        return
    close_all(state)
    owner = state.owners[previous]
    if owner is None:
        if state.after[previous].kind == "pre":
            state.out.append(f"\n{continuation(state, state.after[previous].path)}```")
        elif _is_last_cell(state.after, previous):
            state.out.append(" |")
        return
    state.copy(*state.tails[owner])


def _is_last_cell(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is the last cell of a row."""
    following = blocks[at + 1 : at + 2]
    is_cell = not CELLS.isdisjoint(blocks[at].path[-1:])
    return is_cell and not (following and following[0].opened == 1)


def _is_next_cell(block: Block) -> bool:
    """Whether a block is a cell of a row, and not the first one."""
    return block.opened == 1 and not CELLS.isdisjoint(block.path[-1:])


def _separate(state: RewriteState, previous: int | None, at: int) -> None:
    """Write a line break or a blank line between two blocks that were not neighbours."""
    if previous is None:
        return
    block = state.after[at]
    if _is_next_cell(block):
        state.out.append(" | ")
        return
    quote = continuation(state, block.path[: block.shared]).rstrip()
    is_loose = needs_blank_line(state, previous, at)
    state.out.append(f"\n{quote}\n" if is_loose else "\n")


def _begin_block(state: RewriteState, at: int, separator: Separator | None, number: str) -> None:
    """Write the prefix of a block's first line: quotes, bullet, hashes."""
    block, owner = state.after[at], state.owners[at]
    if separator is not None and owner is not None:
        state.out.append(numbered(separator.prefix, number))
        state.copied.append(separator.prefix_span)
        state.new_prefixes[at] = numbered(state.old_prefixes[owner], number)
        return
    prefix = numbered(first_prefix(state, at), number)
    if not _is_next_cell(block):
        state.out.append(prefix)
    state.new_prefixes[at] = prefix
    if block.kind.startswith("h") and block.kind[1:].isdecimal():
        state.out.append("#" * int(block.kind[1:]) + " ")
    elif block.kind == "pre":
        state.out.append(f"```\n{continuation(state, block.path)}")
    elif block.kind != "p":
        raise UnplacedError("has a form that cannot be written as Markdown")


def _finish(state: RewriteState, previous: int | None, skipped: Sequence[int]) -> None:
    """Write the end of the last block and what follows it."""
    if not state.located:
        raise UnplacedError("is in a text that the Markdown does not have")
    last = max(state.located)
    if not are_origins(state, skipped, range(last + 1, len(state.before))):
        raise UnplacedError("is beside a part that is not in the Markdown")
    if previous is not None and state.owners[previous] == last and keeps_end(state, previous):
        state.copy(state.end_of(last), len(state.text))
        return
    _end_block(state, previous)
    state.copy(state.tails[last][1], len(state.text))


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
