"""A word that is new, as Markdown."""

from __future__ import annotations

import re

from cardwright.pull.flow import BOX, CLOZE, CODE_LINE, DISPLAY, FORMULA, IMAGE, RULE, WORD, Word
from cardwright.pull.trace import Origin
from cardwright.pull.weave.state import UnplacedError, Weave


def word_text(state: Weave, at: int, index: int) -> str:
    word = state.after[at].words[index]
    if word.kind == FORMULA:
        return _formula_text(state, word)
    if word.kind == IMAGE:
        if word.value in state.manner.images:
            return state.manner.images[word.value]
        raise UnplacedError("has an image, or a size of one, that the file does not have")
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


_SIGNS_OF_MARKDOWN = re.compile(r"([\\`*_\[\]<$~={}|])")


_AT_THE_START = re.compile(r"([#>+\-])")


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
