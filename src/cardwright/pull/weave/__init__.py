"""Writes the Markdown of an edited field: copies what did not change, and writes the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.pull.flow import Block
from cardwright.pull.nesting import Seg, blank_line, follows, numbering, seats_of
from cardwright.pull.seams import Seam, seam_of, tail_of
from cardwright.pull.trace import Origin
from cardwright.pull.weave.heirs import are_neighbours, is_ghost, keeps_end, keeps_start, owners_of
from cardwright.pull.weave.inline import write_words
from cardwright.pull.weave.marks import close_all, reopen
from cardwright.pull.weave.state import UnplacedError, Weave, WritingStyle, continuation
from cardwright.pull.written import Span


def weave(
    text: str,
    before: Sequence[Block],
    spans: Sequence[Sequence[Span | None]],
    after: Sequence[Block],
    origins: Sequence[Sequence[Origin | None]],
    manner: WritingStyle,
) -> str:
    """Return the Markdown of ``after``. Raises ``UnplacedError`` if part of ``text`` would be lost.

    ``spans`` are the positions of the words of ``before`` in ``text``. ``origins`` maps the words
    of ``after`` to those of ``before``.
    """
    state = Weave(text, before, spans, after, origins, manner)
    state.solid = [at for at in range(len(before)) if any(spans[at])]
    state.owners = owners_of(state)
    previous = -1
    for at in state.solid:
        start = state.end(previous) if previous >= 0 else 0
        is_after_code = previous >= 0 and before[previous].kind == "pre"
        state.seams[at] = seam_of(
            text, start, state.begin(at), before[at].kind, is_after_code=is_after_code
        )
        previous = at
    state.seats = seats_of(before, {at: state.seams[at].prefix for at in state.solid})
    _write(state)
    _check_loss(state)
    return "".join(state.out)


def _write(state: Weave) -> None:
    previous: int | None = None
    skipped: list[int] = []
    for at in range(len(state.after)):
        if state.owners[at] is None and is_ghost(state, at):
            skipped.append(at)
            continue
        _join(state, previous, at, skipped)
        write_words(state, at)
        previous, skipped = at, []
    _finish(state, previous, skipped)


def _join(state: Weave, previous: int | None, at: int, skipped: Sequence[int]) -> None:
    """Write what is between two blocks, including the marks at both ends."""
    block, owner = state.after[at], state.owners[at]
    is_next = are_neighbours(state, previous, at, skipped)
    same_form = owner is not None and (
        (state.before[owner].kind, state.before[owner].path) == (block.kind, block.path)
    )
    number = numbering(state.before, state.after, state.seats, state.owners, at)
    seam = state.seams[owner] if owner is not None else None
    ends_same = previous is not None and keeps_end(state, previous)
    starts_same = keeps_start(state, at)
    if (
        is_next
        and same_form
        and seam
        and not number
        and starts_same
        and (previous is None or ends_same)
    ):
        state.keep(seam.start, seam.end)
        state.stack = []
        reopen(state, seam.openers, block.words[0])
        state.placed[at] = state.seats[owner] if owner is not None else None
        return
    if skipped and not is_next:
        raise UnplacedError("is beside a part that the Markdown does not have")
    _end_block(state, previous)
    last = state.owners[previous] if previous is not None else None
    is_behind = last is not None and owner is not None and last < owner
    if seam and (is_next or (is_behind and not state.text[slice(*seam.middle)].strip(" \t\n>"))):
        state.keep(*seam.middle)
    else:
        _separate(state, previous, at)
    _begin_block(state, previous, at, seam if same_form else None, number)
    if starts_same and same_form and seam:
        state.keep(*seam.opener_span)
        reopen(state, seam.openers, block.words[0])


def _end_block(state: Weave, previous: int | None) -> None:
    """Close the marks of the previous block, and copy what follows its text."""
    if previous is None:
        return
    close_all(state)
    owner = state.owners[previous]
    if owner is None:
        if state.after[previous].kind == "pre":
            state.out.append(f"\n{continuation(state.placed[previous])}```")
        elif _is_last_cell(state.after, previous):
            state.out.append(" |")
        return
    place = state.solid.index(owner)
    following = state.solid[place + 1 :]
    limit = state.begin(following[0]) if following else len(state.text)
    start, end = tail_of(state.text, state.end(owner), limit, state.before[owner].kind)
    if start < end:
        state.keep(start, end)


def _is_last_cell(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    if not block.path or block.path[-1] not in ("td", "th"):
        return False
    return at + 1 == len(blocks) or blocks[at + 1].opened != 1 or not blocks[at + 1].path


def _separate(state: Weave, previous: int | None, at: int) -> None:
    """Write a line break or a blank line between two blocks that were not neighbours."""
    if previous is None:
        return
    block = state.after[at]
    if block.path[-1:] in (("td",), ("th",)) and block.opened == 1:
        state.out.append(" | ")
        return
    segs = state.placed.get(previous)
    shared = len(block.path) - block.opened
    if segs is None and (shared or state.owners[at] is None):
        raise UnplacedError("is in a part whose lines are not known")
    quote = continuation((segs or [])[:shared]).rstrip()
    is_loose = blank_line(state.before, state.seams, state.after, previous, at)
    state.out.append(f"\n{quote}\n" if is_loose else "\n")


def _begin_block(
    state: Weave, previous: int | None, at: int, seam: Seam | None, number: str
) -> None:
    """Write the prefix of a block's first line: quotes, bullet, hashes."""
    block, owner = state.after[at], state.owners[at]
    if seam is not None and owner is not None:
        segs = state.seats[owner]
        if number:
            start, end = seam.prefix_span
            prefix = state.text[start:end]
            state.out.append(re.sub(r"\d+(?=[.)][ \t]+$)", number, prefix))
            state.kept.append((start, end))
            segs = None if segs is None else _renumbered(segs, number)
        else:
            state.keep(*seam.prefix_span)
        state.placed[at] = segs
        return
    near = state.placed.get(previous) if previous is not None else []
    segs = follows(state.seats, state.after, state.owners, near, at)
    if segs is None:
        raise UnplacedError("is in a form that is not written here")
    if number and segs:
        segs = _renumbered(segs, number)
    shared = len(block.path) - block.opened
    is_cell = block.path[-1:] in (("td",), ("th",))
    if not (is_cell and block.opened == 1):
        state.out.append("".join(seg.cont for seg in segs[:shared]))
        state.out.append("".join(seg.first for seg in segs[shared:]))
    state.placed[at] = segs
    cont = continuation(segs)
    if block.kind.startswith("h") and block.kind[1:].isdecimal():
        state.out.append("#" * int(block.kind[1:]) + " ")
    elif block.kind == "pre":
        state.out.append(f"```\n{cont}")
    elif block.kind != "p":
        raise UnplacedError("is in a form that is not written here")


def _renumbered(segs: Sequence[Seg], number: str) -> list[Seg]:
    last = segs[-1]
    first = re.sub(r"\d+(?=[.)][ \t]+$)", number, last.first)
    return [*segs[:-1], Seg(first, " " * len(first))]


def _finish(state: Weave, previous: int | None, skipped: Sequence[int]) -> None:
    """Write the end of the last block and what follows it."""
    if not state.solid:
        raise UnplacedError("is in a text that is not known")
    last = state.solid[-1]
    ghosts = list(range(last + 1, len(state.before)))
    mapped = [place[0] for each in skipped for place in state.origins[each][:1] if place]
    if ghosts != mapped:
        raise UnplacedError("is beside a part that the Markdown does not have")
    start = state.end(last)
    if previous is not None and state.owners[previous] == last and keeps_end(state, previous):
        state.keep(start, len(state.text))
        return
    _end_block(state, previous)
    _, behind = tail_of(state.text, start, len(state.text), state.before[last].kind)
    state.keep(behind, len(state.text))


_LOSABLE = re.compile(
    r"(?:(?:```+|~~~+)[\w+-]*|\]\([^()\n]*\)|\]\[[^\]\n]*\]|</?\w+[^<>]*>|\d+[.)](?=\s)"
    r"|\[[ xX]\]|(?:https?://|www\.)\S*|&nbsp;|[\s*_~`=\[\]!<>+|\\{}:\-#])*+"
)
"""Markup that may be removed together with its words."""


def _check_loss(state: Weave) -> None:
    """Raise ``UnplacedError`` if a comment, an attribute or other invisible text would be lost."""
    shown = sorted([*state.kept, *(span for spans in state.spans for span in spans if span)])
    at = 0
    for start, end in [*shown, (len(state.text), len(state.text))]:
        if start > at and not _LOSABLE.fullmatch(state.text[at:start]):
            raise UnplacedError("is beside something that no card shows")
        at = max(at, end)
