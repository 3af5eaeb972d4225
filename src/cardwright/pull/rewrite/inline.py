"""Writes the words of one block: copies unchanged words, and writes new Markdown for others.

Markers of bold text, links and so on are like the author's if possible.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.anki_fields.flow import DISPLAY, Kind, Origin, Word
from cardwright.pull.rewrite.nesting import continuation
from cardwright.pull.rewrite.state import (
    OpenMark,
    RewriteState,
    UnplacedError,
    is_kept,
    keeps_end,
    keeps_start,
)


def write_words(state: RewriteState, at: int) -> None:
    block, places = state.after[at], state.origins[at]
    owner = state.owners[at]
    lead = owner.first if owner and keeps_start(state, at) else 0
    tail = len(block.words)
    if owner and keeps_end(state, at):
        tail -= len(owner.block.words) - owner.last - 1
    written, end = lead - 1, 0  # the last written word, and where it ends if it was copied
    copied: Origin | None = None
    for index in range(tail):
        place, span = places[index], state.span_of(places[index])
        if span is None:
            continue
        if copied and is_kept(state, at, written, copied, index - written + 1):
            state.copy(end, span[0])
            reopen(state, state.text[end : span[0]], block.words[index])
        elif copied or index != lead or lead == 0:
            for each in range(written + 1, index):
                _new_word(state, at, each)
            _step_to(state, at, index)
        state.copy(*span)
        written, end, copied = index, span[1], place
    for each in range(written + 1, tail):
        _new_word(state, at, each)


def _new_word(state: RewriteState, at: int, index: int) -> None:
    _step_to(state, at, index)
    state.out.append(word_text(state, at, index))


def _step_to(state: RewriteState, at: int, index: int) -> None:
    """Close marks that end before a word, write the gap, and open marks that start with it."""
    words = state.after[at].words
    word = words[index]
    if word.kind == Kind.CLOZE and index:  # it has no marks of its own
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
    missing = sorted(wanted - have, key=lambda mark: (-_extent(words, index, mark), _rank(mark)))
    for mark in missing:
        opener, closer = _markers(state, at, index, mark)
        state.out.append(opener)
        state.stack.append(OpenMark(mark, closer))


def gap_text(state: RewriteState, at: int, index: int) -> str:
    """Return the white space before a word, from the Markdown if possible."""
    word = state.after[at].words[index]
    if word.gap == "":
        return ""
    rest = continuation(state, state.after[at].path)
    if word.kind == Kind.CODE_LINE:
        is_copied = state.span_of(state.origins[at][index]) is not None
        own = word.value[: len(word.value) - len(word.value.lstrip())] if is_copied else ""
        return f"\n{rest}{own}"
    if word.gap == "\n":
        if state.style.has_tags:
            return "<br>"
        copied = _white_before(state, state.origins[at][index], "\n")
        spaces = "\\\n" if "\\\n" in state.text else "  \n"
        return copied or ("\n" if state.style.has_line_breaks else spaces) + rest
    before = _white_before(state, state.origins[at][index], " ")
    if before:
        return before
    last = state.origins[at][index - 1]
    following = (last[0], last[1] + 1) if last else None
    is_gone = following is not None and not any(
        following == place for places in state.origins for place in places
    )
    return (_white_before(state, following, " ") if is_gone else "") or " "


def _white_before(state: RewriteState, place: Origin | None, gap: str) -> str:
    """Return the white space before a word in the Markdown, or ``""`` for another kind of gap."""
    if place is None or place[1] == 0 or place[1] >= len(state.before[place[0]].words):
        return ""
    span, last = state.span_of(place), state.span_of((place[0], place[1] - 1))
    if span is None or last is None or state.before[place[0]].words[place[1]].gap != gap:
        return ""
    between = state.text[last[1] : span[0]]
    break_ = r"(?:\\|[ ]*)\n[ \t>]*" if state.style.has_line_breaks else r"(?:\\|[ ]{2,})\n[ \t>]*"
    match = re.search(break_ if gap == "\n" else r"[ \t]*\n[ \t>]*|(?:[ \t]|&nbsp;)+", between)
    return match[0] if match else ""


def word_text(state: RewriteState, at: int, index: int) -> str:
    word = state.after[at].words[index]
    if word.kind == Kind.FORMULA:
        return _formula_text(state, word)
    if word.kind == Kind.IMAGE:
        if word.value in state.style.images:
            return state.style.images[word.value]
        raise UnplacedError("has an image, or a size of one, that the file does not have")
    if word.kind == Kind.BOX:
        return f"[{word.value or ' '}] "
    if word.kind == Kind.RULE:
        return "---"
    if word.kind == Kind.CODE_LINE:
        return word.value
    if word.kind == Kind.CLOZE:
        return _deletion_marker(state, state.origins[at][index], word)
    if "code" in word.marks:
        return word.value
    is_cell = "td" in state.after[at].path or "th" in state.after[at].path
    if word.kind == Kind.WORD and (state.style.is_escaped or (is_cell and word.value == "|")):
        text = _PUNCTUATION.sub(r"\\\1", word.value)
        return text if index else _PUNCTUATION_AT_START.sub(r"\\\1", text)
    return word.value


_PUNCTUATION = re.compile(r"([\\`*_\[\]<$~={}|])")
_PUNCTUATION_AT_START = re.compile(r"([#>+\-])")


def _deletion_marker(state: RewriteState, place: Origin | None, word: Word) -> str:
    """Return the author's marker for the edge of an old deletion, Anki's for a new one."""
    if place is None or word.value == "::":
        return word.value
    markers = r"[\[{(=]+$" if word.value.startswith("{") else r"^[\])}=]+"
    match = re.search(markers, state.written_before(*place))
    return match[0] if match else word.value


def _formula_text(state: RewriteState, word: Word) -> str:
    """Return the TeX between delimiters like those of the field's other formulas."""
    is_display = word.value.startswith(DISPLAY)
    tex = word.value.removeprefix(DISPLAY if is_display else "$")
    words = (word for block in state.before for word in block.words)
    spans = (span for places in state.spans for span in places)
    for other, span in zip(words, spans, strict=True):
        is_like = other.kind == Kind.FORMULA and other.value.startswith(DISPLAY) == is_display
        match = _DELIMITED.fullmatch(state.text[slice(*span)]) if span and is_like else None
        if match:
            return f"{match['opener']}{match['gap']}{tex}{match['end']}{match['closer']}"
    return f"$${tex}$$" if is_display else f"${tex}$"


_DELIMITED = re.compile(
    r"(?P<opener>\$`|\$\$|\$|\\\\[(\[]|\\[(\[])(?P<gap>\s*)(?P<body>.*?)(?P<end>\s*)"
    r"(?P<closer>`\$|\$\$|\$|\\\\[)\]]|\\[)\]])",
    re.DOTALL,
)


def reopen(state: RewriteState, written: str, word: Word) -> None:
    """Record the marks that are open after copied Markdown."""
    state.stack = [each for each in state.stack if each.mark in word.marks]
    have = {each.mark for each in state.stack}
    for mark in sorted(word.marks - have, key=_rank):
        state.stack.append(OpenMark(mark, _closer(state, written, mark)))


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


HAS_COLOUR = "has a colour, which Markdown cannot express"

_COLOURS = ("color", "background-color")
_MARKERS = {"b": "**", "i": "*", "s": "~~", "mark": "=="}


def _markers(state: RewriteState, at: int, index: int, mark: str) -> tuple[str, str]:
    """Return the opening and closing marker of a mark: the author's if they wrote a part of it."""
    name, _, value = mark.partition(" ")
    words = state.after[at].words
    written = _written_before(state, at, index, mark)
    if written is not None and not state.style.has_tags and name not in _COLOURS:
        return _opener(state, written, mark), _closer(state, written, mark)
    inside = words[index : index + _extent(words, index, mark)]
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
    for each in range(index, index + _extent(words, index, mark)):
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
