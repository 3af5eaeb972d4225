"""White space before a word: the author's own where there is some."""

from __future__ import annotations

import re

from cardwright.pull.flow import CODE_LINE
from cardwright.pull.trace import Origin
from cardwright.pull.weave.state import Weave, continuation


def gap_text(state: Weave, at: int, index: int) -> str:
    """White space before a word: that of the Markdown, where there was some."""
    word = state.after[at].words[index]
    if word.gap == "":
        return ""
    if word.kind == CODE_LINE:
        place = state.origins[at][index]
        is_kept = place is not None and state.spans[place[0]][place[1]] is not None
        own = word.value[: len(word.value) - len(word.value.lstrip())] if is_kept else ""
        return f"\n{_code_indent(state, at)}{own}"
    cont = continuation(state.placed.get(at))
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
        return continuation(state.placed.get(at))
    for word, span in zip(state.before[owner].words, state.spans[owner], strict=True):
        if span and word.value.strip():
            start = state.text.rfind("\n", 0, span[0]) + 1
            lead = state.text[start : span[0]]
            own = len(word.value) - len(word.value.lstrip())
            return lead[: len(lead) - own]
    return ""


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
