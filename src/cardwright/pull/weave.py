"""Markdown for an edited field: what is still there as it was written, the rest made new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cardwright.pull.flow import (
    BOX,
    CLOZE,
    CODE_LINE,
    DISPLAY,
    FORMULA,
    IMAGE,
    RULE,
    WORD,
    Block,
    Word,
)
from cardwright.pull.nesting import Seg, blank_line, follows, numbering, seats_of
from cardwright.pull.seams import Seam, seam_of, tail_of
from cardwright.pull.trace import Origin
from cardwright.pull.written import Span


class UnplacedError(Exception):
    """Why an edit has no place in the Markdown, in words that go on after ``it``."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How new text is written: ``is_escaped`` keeps every sign text, ``has_tags`` writes marks
    as HTML. ``images`` has the Markdown of images by their value as words."""

    is_escaped: bool = False
    has_tags: bool = False
    images: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    mark: str
    closer: str


@dataclass(slots=True)
class Weave:
    """One weaving: the Markdown ``text`` of the blocks ``before``, and the blocks to write."""

    text: str
    before: Sequence[Block]
    spans: Sequence[Sequence[Span | None]]
    after: Sequence[Block]
    origins: Sequence[Sequence[Origin | None]]
    manner: Manner
    out: list[str] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    solid: list[int] = field(default_factory=list)
    owners: list[int | None] = field(default_factory=list)
    seams: dict[int, Seam] = field(default_factory=dict)
    seats: dict[int, list[Seg] | None] = field(default_factory=dict)
    placed: dict[int, list[Seg] | None] = field(default_factory=dict)

    # Where things stand

    def first(self, block: int) -> int:
        return next(at for at, span in enumerate(self.spans[block]) if span)

    def last(self, block: int) -> int:
        return max(at for at, span in enumerate(self.spans[block]) if span)

    def begin(self, block: int) -> int:
        span = self.spans[block][self.first(block)]
        return span[0] if span else 0

    def end(self, block: int) -> int:
        span = self.spans[block][self.last(block)]
        return span[1] if span else 0

    def keep(self, start: int, end: int) -> None:
        """Write Markdown as it stands."""
        self.out.append(self.text[start:end])
        self.kept.append((start, end))


def weave(
    text: str,
    before: Sequence[Block],
    spans: Sequence[Sequence[Span | None]],
    after: Sequence[Block],
    origins: Sequence[Sequence[Origin | None]],
    manner: Manner,
) -> str:
    """The Markdown of ``after``; ``UnplacedError`` where that would lose something of ``text``.

    ``spans`` are the places of the words of ``before`` in ``text``, ``origins`` which of them the
    words of ``after`` are.
    """
    state = Weave(text, before, spans, after, origins, manner)
    state.solid = [at for at in range(len(before)) if any(spans[at])]
    state.owners = _owners(state)
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


def _owners(state: Weave) -> list[int | None]:
    """For each new block the old one that most of its words are from; none has two heirs."""
    wanted = []
    for at, places in enumerate(state.origins):
        counts = Counter(place[0] for place in places if place and place[0] in state.solid)
        wanted += [(count, at, old) for old, count in counts.items()]
    owners: list[int | None] = [None] * len(state.after)
    taken: set[int] = set()
    for _count, at, old in sorted(wanted, key=lambda each: (-each[0], each[1], each[2])):
        if owners[at] is None and old not in taken:
            owners[at] = old
            taken.add(old)
    # A block all of whose words are new stands in for the one that it replaced, if that is plain.
    for at, block in enumerate(state.after):
        replaced = _replaced(state, at, owners, taken) if owners[at] is None else None
        if replaced is not None and state.before[replaced].kind == block.kind:
            owners[at] = replaced
            taken.add(replaced)
    return owners


def _replaced(state: Weave, at: int, owners: Sequence[int | None], taken: set[int]) -> int | None:
    """The one old block without heir between those of the neighbours, if it has the same path."""
    low = owners[at - 1] if at else -1
    high = owners[at + 1] if at + 1 < len(owners) else len(state.before)
    if low is None or high is None:
        return None
    free = [old for old in state.solid if low < old < high and old not in taken]
    is_one = len(free) == 1 and state.before[free[0]].path == state.after[at].path
    return free[0] if is_one else None


def _write(state: Weave) -> None:
    previous: int | None = None
    skipped: list[int] = []
    for at, block in enumerate(state.after):
        if state.owners[at] is None and _is_ghost(state, at):
            skipped.append(at)
            continue
        _join(state, previous, at, skipped)
        _inline(state, at)
        previous, skipped = at, []
        del block
    _finish(state, previous, skipped)


def _is_ghost(state: Weave, at: int) -> bool:
    """Whether a block is one that nobody wrote, like the title of a callout without one."""
    places = state.origins[at]
    return (
        bool(places)
        and all(place is not None and state.spans[place[0]][place[1]] is None for place in places)
        and {place[0] for place in places if place}.isdisjoint(state.solid)
    )


def _is_next(state: Weave, previous: int | None, at: int, skipped: Sequence[int]) -> bool:
    """Whether two blocks stand one after the other in the Markdown, with what is between them."""
    new = state.owners[at]
    if new is None:
        return False
    old = state.owners[previous] if previous is not None else None
    if previous is not None and old is None:
        return False
    place = state.solid.index(new)
    before = state.solid[place - 1] if place else None
    if before != old:
        return False
    ghosts = list(range((before if before is not None else -1) + 1, new))
    mapped = [place[0] for each in skipped for place in state.origins[each][:1] if place]
    return ghosts == mapped


def _starts_same(state: Weave, at: int) -> bool:
    """Whether a block begins with the word that its owner begins with, in the same marks."""
    owner = state.owners[at]
    if owner is None:
        return False
    lead = state.first(owner)
    old, new = state.before[owner].words, state.after[at].words
    if len(new) <= lead or list(state.origins[at][: lead + 1]) != [
        (owner, each) for each in range(lead + 1)
    ]:
        return False
    return all(_alike(old[each], new[each], is_first=each == 0) for each in range(lead + 1))


def _ends_same(state: Weave, at: int) -> bool:
    owner = state.owners[at]
    if owner is None:
        return False
    old, new = state.before[owner].words, state.after[at].words
    rest = len(old) - state.last(owner)
    if len(new) < rest:
        return False
    expected = [(owner, each) for each in range(len(old) - rest, len(old))]
    if list(state.origins[at][len(new) - rest :]) != expected:
        return False
    return all(
        _alike(one, other, is_first=each == 0)
        for each, (one, other) in enumerate(zip(old[-rest:], new[-rest:], strict=True))
    )


def _alike(old: Word, new: Word, *, is_first: bool = False) -> bool:
    return old.marks == new.marks and (is_first or old.gap == new.gap)


def _join(state: Weave, previous: int | None, at: int, skipped: Sequence[int]) -> None:
    """Write what is between two blocks, the marks at both ends included."""
    block, owner = state.after[at], state.owners[at]
    is_next = _is_next(state, previous, at, skipped)
    same_form = owner is not None and (
        (state.before[owner].kind, state.before[owner].path) == (block.kind, block.path)
    )
    number = numbering(state.before, state.after, state.seats, state.owners, at)
    seam = state.seams[owner] if owner is not None else None
    ends_same = previous is not None and _ends_same(state, previous)
    starts_same = _starts_same(state, at)
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
        _reopen(state, seam.openers, block.words[0])
        state.placed[at] = state.seats[owner] if owner is not None else None
        return
    if skipped and not is_next:
        raise UnplacedError("stands beside a part that the Markdown does not have")
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
        _reopen(state, seam.openers, block.words[0])


def _end_block(state: Weave, previous: int | None) -> None:
    """Close the marks of the block before, and keep what stands behind its text."""
    if previous is None:
        return
    _close_all(state)
    owner = state.owners[previous]
    if owner is None:
        if state.after[previous].kind == "pre":
            state.out.append(f"\n{_continuation(state.placed[previous])}```")
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


def _continuation(segs: Sequence[Seg] | None) -> str:
    return "".join(seg.cont for seg in segs or ())


def _separate(state: Weave, previous: int | None, at: int) -> None:
    """A line break, or a blank line, between two blocks that were not neighbours."""
    if previous is None:
        return
    block = state.after[at]
    if block.path[-1:] in (("td",), ("th",)) and block.opened == 1:
        state.out.append(" | ")
        return
    segs = state.placed.get(previous)
    shared = len(block.path) - block.opened
    if segs is None and (shared or state.owners[at] is None):
        raise UnplacedError("stands in a part whose lines are not known")
    quote = _continuation((segs or [])[:shared]).rstrip()
    is_loose = blank_line(state.before, state.seams, state.after, previous, at)
    state.out.append(f"\n{quote}\n" if is_loose else "\n")


def _begin_block(
    state: Weave, previous: int | None, at: int, seam: Seam | None, number: str
) -> None:
    """Write what a block's first line begins with: quotes, its bullet, its hashes."""
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
    cont = _continuation(segs)
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


# The words of one block


def _inline(state: Weave, at: int) -> None:
    block, places = state.after[at], state.origins[at]
    owner = state.owners[at]
    lead = state.first(owner) if owner is not None and _starts_same(state, at) else 0
    done = -1 if lead == 0 else lead - 1
    last_solid: int | None = None
    tail = len(block.words)
    if owner is not None and _ends_same(state, at):
        tail -= len(state.before[owner].words) - state.last(owner) - 1
    for index in range(tail):
        place = places[index]
        span = state.spans[place[0]][place[1]] if place else None
        if place is None or span is None:
            continue
        if last_solid is not None and _runs_on(state, at, last_solid, index):
            gap = (_span_end(state, places[last_solid]), span[0])
            state.keep(*gap)
            _reopen(state, state.text[slice(*gap)], block.words[index])
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
    state.out.append(_word_text(state, at, index))


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
        state.out.append(_gap_text(state, at, index))
    have = {each.mark for each in state.stack}
    missing = sorted(wanted - have, key=lambda mark: (-_extent(words, index, mark), _rank(mark)))
    for mark in missing:
        opener, closer = _signs(state, at, index, mark)
        state.out.append(opener)
        state.stack.append(_Open(mark, closer))


def _close_all(state: Weave) -> None:
    while state.stack:
        state.out.append(state.stack.pop().closer)


_RANKS = ("link", "b", "i", "s", "mark", "u")


def _rank(mark: str) -> tuple[int, str]:
    name = mark.split(" ")[0]
    rank = _RANKS.index(name) if name in _RANKS else len(_RANKS) + (name == "code")
    return rank, mark


def _extent(words: Sequence[Word], index: int, mark: str) -> int:
    length = 0
    while index + length < len(words) and mark in words[index + length].marks:
        length += 1
    return length


_COLOURS = ("color", "background-color")
_SIGNS = {"b": "**", "i": "*", "s": "~~", "mark": "=="}


def _signs(state: Weave, at: int, index: int, mark: str) -> tuple[str, str]:
    """What opens and closes a mark: the author's signs where some of its words are theirs."""
    name, _, value = mark.partition(" ")
    words = state.after[at].words
    written = _written_before(state, at, index, mark)
    if written is not None and not state.manner.has_tags and name not in _COLOURS:
        return _opener(state, written, mark), _closer(state, written, mark)
    inside = words[index : index + _extent(words, index, mark)]
    if name == "link":
        return _link_signs(state, inside, value)
    if name == "code":
        ticks = "``" if any("`" in word.value for word in inside) else "`"
        return ticks, ticks
    if name in _COLOURS:
        raise UnplacedError("has a colour, for which Markdown has no sign")
    if name in _SIGNS and not state.manner.has_tags:
        sign = _SIGNS[name]
        if (
            name == "i"
            and re.search(r"(?<!\w)_\w", state.text)
            and "*" not in state.text.replace("**", "")
        ):
            sign = "_"
        if name == "b" and "__" in state.text and "**" not in state.text:
            sign = "__"
        return sign, sign
    tag = {"b": "b", "i": "i"}.get(name, name)
    return f"<{tag}>", f"</{tag}>"


def _written_before(state: Weave, at: int, index: int, mark: str) -> str | None:
    """The Markdown in front of the first word of a mark, ``None`` where all its words are new."""
    words = state.after[at].words
    for each in range(index, index + _extent(words, index, mark)):
        place = state.origins[at][each]
        if place is None or mark not in state.before[place[0]].words[place[1]].marks:
            continue
        block, first = place
        while first and mark in state.before[block].words[first - 1].marks:
            first -= 1
        span = state.spans[block][first]
        if span is None:
            continue
        before = [other for other in state.spans[block][:first] if other]
        start = before[-1][1] if before else state.text.rfind("\n", 0, span[0]) + 1
        return state.text[start : span[0]]
    return None


def _opener(state: Weave, written: str, mark: str) -> str:
    name = mark.partition(" ")[0]
    if name == "link":
        return "[" if "[" in written else "<" if "<" in written else ""
    closer = _closer(state, written, mark)
    return closer.replace("</", "<")


def _link_signs(state: Weave, inside: Sequence[Word], address: str) -> tuple[str, str]:
    text = "".join(f"{word.gap if at else ''}{word.value}" for at, word in enumerate(inside))
    if text == address:
        return ("<", ">") if state.manner.is_escaped else ("", "")
    match = re.search(rf"\]\(<?{re.escape(address)}[^()\n]*\)", state.text)
    if match:
        return "[", match[0]
    target = f"<{address}>" if re.search(r"[\s()]", address) else address
    return "[", f"]({target})"


def _reopen(state: Weave, written: str, word: Word) -> None:
    """Note the marks that are open behind Markdown that was kept as it stands."""
    state.stack = [each for each in state.stack if each.mark in word.marks]
    have = {each.mark for each in state.stack}
    for mark in sorted(word.marks - have, key=_rank):
        state.stack.append(_Open(mark, _closer(state, written, mark)))


_TAGS = {"b": ("b", "strong"), "i": ("i", "em"), "s": ("s", "del", "strike"), "u": ("u", "ins")}


def _closer(state: Weave, written: str, mark: str) -> str:
    name, _, value = mark.partition(" ")
    if name == "link":
        match = re.search(rf"\]\(<?{re.escape(value)}[^()\n]*\)", state.text)
        if "[" not in written:
            return ">" if "<" in written else ""  # an address that stands for itself
        return match[0] if match else f"]({value})"
    if name == "code":
        ticks = re.findall(r"`+", written)
        return ticks[-1] if ticks else "`"
    tags = re.findall(r"<(\w+)[^>]*>", written)
    aliases = {
        "b": ("b", "strong"),
        "i": ("i", "em"),
        "s": ("s", "del", "strike"),
        "u": ("u", "ins"),
    }
    tag = next((each for each in tags if each in aliases.get(name, (name,))), "")
    if tag:
        return f"</{tag}>"
    if name == "b":
        return "__" if "__" in written else "**"
    if name == "i":
        return "_" if "_" in written.replace("__", "") else "*"
    return _SIGNS.get(name, f"</{name}>")


def _gap_text(state: Weave, at: int, index: int) -> str:
    """White space before a word: that of the Markdown, where there was some."""
    word = state.after[at].words[index]
    if word.gap == "":
        return ""
    if word.kind == CODE_LINE:
        place = state.origins[at][index]
        is_kept = place is not None and state.spans[place[0]][place[1]] is not None
        own = word.value[: len(word.value) - len(word.value.lstrip())] if is_kept else ""
        return f"\n{_code_indent(state, at)}{own}"
    cont = _continuation(state.placed.get(at))
    if word.gap == "\n":
        if state.manner.has_tags:
            return "<br>"
        kept = _white_before(state, state.origins[at][index], "\n")
        return kept or ("\\\n" if "\\\n" in state.text else "  \n") + cont
    before = _white_before(state, state.origins[at][index], " ")
    if before:
        return before
    last = state.origins[at][index - 1]
    following = (last[0], last[1] + 1) if last else None
    is_gone = following is not None and not any(
        following == place for places in state.origins for place in places
    )
    return (_white_before(state, following, " ") if is_gone else "") or " "


def _code_indent(state: Weave, at: int) -> str:
    """What stands before the lines of a code block that is nested."""
    owner = state.owners[at]
    if owner is None:
        return _continuation(state.placed.get(at))
    for word, span in zip(state.before[owner].words, state.spans[owner], strict=True):
        if span and word.value.strip():
            start = state.text.rfind("\n", 0, span[0]) + 1
            lead = state.text[start : span[0]]
            own = len(word.value) - len(word.value.lstrip())
            return lead[: len(lead) - own]
    return ""


_WHITE = re.compile(r"[ \t]*\n?[ \t>]*")


def _white_before(state: Weave, place: Origin | None, gap: str) -> str:
    """The white space that the Markdown has before a word of it, if that is a gap of this kind."""
    if place is None or place[1] == 0 or place[1] >= len(state.before[place[0]].words):
        return ""
    span = state.spans[place[0]][place[1]]
    last = state.spans[place[0]][place[1] - 1]
    if span is None or last is None or state.before[place[0]].words[place[1]].gap != gap:
        return ""
    between = state.text[last[1] : span[0]]
    pattern = r"(?:\\|[ ]{2,})\n[ \t>]*" if gap == "\n" else r"[ \t]*\n[ \t>]*|(?:[ \t]|&nbsp;)+"
    match = re.search(pattern, between)
    return match[0] if match else ""


_SIGNS_OF_MARKDOWN = re.compile(r"([\\`*_\[\]<$~={}|])")
_AT_THE_START = re.compile(r"([#>+\-])")


def _word_text(state: Weave, at: int, index: int) -> str:
    word = state.after[at].words[index]
    if word.kind == FORMULA:
        return _formula_text(state, word)
    if word.kind == IMAGE:
        if word.value in state.manner.images:
            return state.manner.images[word.value]
        raise UnplacedError("has an image or a size of one that the content does not have")
    if word.kind == BOX:
        return f"[{word.value or ' '}] "
    if word.kind == RULE:
        return "---"
    if word.kind == CODE_LINE:
        return word.value
    if word.kind == CLOZE:
        return _deletion_sign(state, state.origins[at][index], word)
    if "code" in word.marks:
        return word.value
    is_cell = "td" in state.after[at].path or "th" in state.after[at].path
    if word.kind == WORD and (state.manner.is_escaped or (is_cell and word.value == "|")):
        text = _SIGNS_OF_MARKDOWN.sub(r"\\\1", word.value)
        return text if index else _AT_THE_START.sub(r"\\\1", text)
    return word.value


def _deletion_sign(state: Weave, place: Origin | None, word: Word) -> str:
    """The author's own sign for an edge of a deletion that was there, Anki's for a new one."""
    if place is None or word.value == "::":
        return word.value
    block, index = place
    is_opening = word.value.startswith("{")
    spans = state.spans[block]
    before = [span for span in spans[:index] if span]
    behind = [span for span in spans[index + 1 :] if span]
    first = behind[0][0] if behind else 0
    start = before[-1][1] if before else state.text.rfind("\n", 0, first) + 1
    end = behind[0][0] if behind else len(state.text)
    between = state.text[start:end]
    match = re.search(r"[\[{(=]+$" if is_opening else r"^[\])}=]+", between)
    return match[0] if match else word.value


def _formula_text(state: Weave, word: Word) -> str:
    """The TeX between the delimiters that the field's other formulas have."""
    is_display = word.value.startswith(DISPLAY)
    tex = word.value.removeprefix(DISPLAY if is_display else "$")
    for block, spans in zip(state.before, state.spans, strict=True):
        for other, span in zip(block.words, spans, strict=True):
            if other.kind != FORMULA or other.value.startswith(DISPLAY) != is_display or not span:
                continue
            match = _DELIMITED.fullmatch(state.text[span[0] : span[1]])
            if match:
                return f"{match['opener']}{match['gap']}{tex}{match['end']}{match['closer']}"
    return f"$${tex}$$" if is_display else f"${tex}$"


_DELIMITED = re.compile(
    r"(?P<opener>\$`|\$\$|\$|\\\\[(\[]|\\[(\[])(?P<gap>\s*)(?P<body>.*?)(?P<end>\s*)"
    r"(?P<closer>`\$|\$\$|\$|\\\\[)\]]|\\[)\]])",
    re.DOTALL,
)


def _finish(state: Weave, previous: int | None, skipped: Sequence[int]) -> None:
    """Write the end of the last block and what stands behind it."""
    if not state.solid:
        raise UnplacedError("is in a text that is not known")
    last = state.solid[-1]
    ghosts = list(range(last + 1, len(state.before)))
    mapped = [place[0] for each in skipped for place in state.origins[each][:1] if place]
    if ghosts != mapped:
        raise UnplacedError("stands beside a part that the Markdown does not have")
    start = state.end(last)
    if previous is not None and state.owners[previous] == last and _ends_same(state, previous):
        state.keep(start, len(state.text))
        return
    _end_block(state, previous)
    _, behind = tail_of(state.text, start, len(state.text), state.before[last].kind)
    state.keep(behind, len(state.text))


_LOSABLE = re.compile(
    r"(?:(?:```+|~~~+)[\w+-]*|\]\([^()\n]*\)|\]\[[^\]\n]*\]|</?\w+[^<>]*>|\d+[.)](?=\s)"
    r"|\[[ xX]\]|(?:https?://|www\.)\S*|&nbsp;|[\s*_~`=\[\]!<>+|\\{}:\-#])*+"
)
"""Signs of Markdown that go with the words that they belong to."""


def _check_loss(state: Weave) -> None:
    """``UnplacedError`` where something is gone that no card shows: a comment, an attribute."""
    shown = sorted([*state.kept, *(span for spans in state.spans for span in spans if span)])
    at = 0
    for start, end in [*shown, (len(state.text), len(state.text))]:
        if start > at and not _LOSABLE.fullmatch(state.text[at:start]):
            raise UnplacedError("stands beside something that no card shows")
        at = max(at, end)
