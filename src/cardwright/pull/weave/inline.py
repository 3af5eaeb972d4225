"""The words of one block: runs that did not change as they stand, the others one by one."""

from __future__ import annotations

from cardwright.pull.flow import CLOZE
from cardwright.pull.trace import Origin
from cardwright.pull.weave.gaps import gap_text
from cardwright.pull.weave.heirs import keeps_end, keeps_start
from cardwright.pull.weave.marks import extent, rank, reopen, signs
from cardwright.pull.weave.state import Open, Weave
from cardwright.pull.weave.words import word_text


def write_words(state: Weave, at: int) -> None:
    block, places = state.after[at], state.origins[at]
    owner = state.owners[at]
    lead = state.first(owner) if owner is not None and keeps_start(state, at) else 0
    done = -1 if lead == 0 else lead - 1
    last_solid: int | None = None
    tail = len(block.words)
    if owner is not None and keeps_end(state, at):
        tail -= len(state.before[owner].words) - state.last(owner) - 1
    for index in range(tail):
        place = places[index]
        span = state.spans[place[0]][place[1]] if place else None
        if place is None or span is None:
            continue
        if last_solid is not None and _runs_on(state, at, last_solid, index):
            gap = (_span_end(state, places[last_solid]), span[0])
            state.keep(*gap)
            reopen(state, state.text[slice(*gap)], block.words[index])
        else:
            for each in range(done + 1, index):
                _new_word(state, at, each)
            if not (index == lead and done == lead - 1 and last_solid is None and lead):
                _step_to(state, at, index)
        state.keep(*span)
        done = last_solid = index
    for each in range(done + 1, tail):
        _new_word(state, at, each)


def _span_end(state: Weave, place: Origin | None) -> int:
    span = state.spans[place[0]][place[1]] if place else None
    return span[1] if span else 0


def _runs_on(state: Weave, at: int, last: int, index: int) -> bool:
    """Whether two words, and what is between them, stand in the Markdown as they stand here."""
    places, words = state.origins[at], state.after[at].words
    old, new = places[last], places[index]
    if old is None or new is None or old[0] != new[0] or new[1] - old[1] != index - last:
        return False
    source = state.before[old[0]].words
    for step in range(index - last + 1):
        if places[last + step] != (old[0], old[1] + step):
            return False
        one, other = source[old[1] + step], words[last + step]
        if one.marks != other.marks or (step and one.gap != other.gap):
            return False
    return True


def _new_word(state: Weave, at: int, index: int) -> None:
    _step_to(state, at, index)
    state.out.append(word_text(state, at, index))


def _step_to(state: Weave, at: int, index: int) -> None:
    """End the marks that end before a word, write the gap, begin those that begin with it."""
    words = state.after[at].words
    word = words[index]
    if word.kind == CLOZE and index:  # it stands inside of the marks around it
        wanted = words[index - 1].marks & (
            words[index + 1].marks if index + 1 < len(words) else frozenset()
        )
    else:
        wanted = word.marks
    while any(each.mark not in wanted for each in state.stack):
        state.out.append(state.stack.pop().closer)
    if index:
        state.out.append(gap_text(state, at, index))
    have = {each.mark for each in state.stack}
    missing = sorted(wanted - have, key=lambda mark: (-extent(words, index, mark), rank(mark)))
    for mark in missing:
        opener, closer = signs(state, at, index, mark)
        state.out.append(opener)
        state.stack.append(Open(mark, closer))
