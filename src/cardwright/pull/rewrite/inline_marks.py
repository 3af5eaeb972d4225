"""Chooses the markers that open and close bold, links and so on, like the author's if possible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.pull.flow import Word
from cardwright.pull.rewrite.state import OpenMark, RewriteState, UnplacedError


def reopen(state: RewriteState, written: str, word: Word) -> None:
    """Record the marks that are open after copied Markdown."""
    state.stack = [each for each in state.stack if each.mark in word.marks]
    have = {each.mark for each in state.stack}
    for mark in sorted(word.marks - have, key=rank):
        state.stack.append(OpenMark(mark, _closer(state, written, mark)))


def close_all(state: RewriteState) -> None:
    while state.stack:
        state.out.append(state.stack.pop().closer)


_RANKS = ("link", "b", "i", "s", "mark", "u")


def rank(mark: str) -> tuple[int, str]:
    name = mark.split(" ")[0]
    rank = _RANKS.index(name) if name in _RANKS else len(_RANKS) + (name == "code")
    return rank, mark


def extent(words: Sequence[Word], index: int, mark: str) -> int:
    length = 0
    while index + length < len(words) and mark in words[index + length].marks:
        length += 1
    return length


HAS_COLOUR = "has a colour, which Markdown cannot express"

_COLOURS = ("color", "background-color")
_MARKERS = {"b": "**", "i": "*", "s": "~~", "mark": "=="}


def markers(state: RewriteState, at: int, index: int, mark: str) -> tuple[str, str]:
    """Return the opening and closing marker of a mark: the author's if they wrote a part of it."""
    name, _, value = mark.partition(" ")
    words = state.after[at].words
    written = _written_before(state, at, index, mark)
    if written is not None and not state.style.has_tags and name not in _COLOURS:
        return _opener(state, written, mark), _closer(state, written, mark)
    inside = words[index : index + extent(words, index, mark)]
    if name == "link":
        return _link_markers(state, inside, value)
    if name == "code":
        ticks = "``" if any("`" in word.value for word in inside) else "`"
        return ticks, ticks
    if name in _COLOURS:
        raise UnplacedError(HAS_COLOUR)
    if name in _MARKERS and not state.style.has_tags:
        marker = _MARKERS[name]
        if (
            name == "i"
            and re.search(r"(?<!\w)_\w", state.text)
            and "*" not in state.text.replace("**", "")
        ):
            marker = "_"
        if name == "b" and "__" in state.text and "**" not in state.text:
            marker = "__"
        return marker, marker
    return f"<{name}>", f"</{name}>"


def _written_before(state: RewriteState, at: int, index: int, mark: str) -> str | None:
    """Return the Markdown before the first word of a mark, or ``None`` if all words are new."""
    words = state.after[at].words
    for each in range(index, index + extent(words, index, mark)):
        place = state.origins[at][each]
        if place is None or mark not in state.before[place[0]].words[place[1]].marks:
            continue
        block, first = place
        while first and mark in state.before[block].words[first - 1].marks:
            first -= 1
        if state.spans[block][first]:
            return state.written_before(block, first)
    return None


def _opener(state: RewriteState, written: str, mark: str) -> str:
    if mark.startswith("link "):
        return "[" if "[" in written else "<" if "<" in written else ""
    return _closer(state, written, mark).replace("</", "<")


def _link_markers(state: RewriteState, inside: Sequence[Word], address: str) -> tuple[str, str]:
    text = "".join(f"{word.gap if at else ''}{word.value}" for at, word in enumerate(inside))
    if text == address:
        return ("<", ">") if state.style.is_escaped else ("", "")
    return "[", _link_end(state, address)


def _link_end(state: RewriteState, address: str) -> str:
    """Return what ends a link: a copy of the author's, with its title, if they wrote one."""
    match = re.search(rf"\]\(<?{re.escape(address)}[^()\n]*\)", state.text)
    target = f"<{address}>" if re.search(r"[\s()]", address) else address
    return match[0] if match else f"]({target})"


_TAGS = {"b": ("b", "strong"), "i": ("i", "em"), "s": ("s", "del", "strike"), "u": ("u", "ins")}


def _closer(state: RewriteState, written: str, mark: str) -> str:
    name, _, value = mark.partition(" ")
    if name == "link":
        if "[" not in written:
            return ">" if "<" in written else ""  # an address as a link
        return _link_end(state, value)
    if name == "code":
        ticks = re.findall(r"`+", written)
        return ticks[-1] if ticks else "`"
    tags = re.findall(r"<(\w+)[^>]*>", written)
    tag = next((each for each in tags if each in _TAGS.get(name, (name,))), "")
    if tag:
        return f"</{tag}>"
    if name == "b":
        return "__" if "__" in written else "**"
    if name == "i":
        return "_" if "_" in written.replace("__", "") else "*"
    return _MARKERS.get(name, f"</{name}>")
