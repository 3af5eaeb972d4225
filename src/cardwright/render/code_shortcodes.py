"""Code between ``{{< highlight go >}}`` and ``{{< /highlight >}}`` of Hugo, as a fence has it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_OPENING = re.compile(
    r"\{\{(?:<\s*+highlight|%\s*+highlight)\s+(?:lang\s*=\s*)?[\"`]?([\w+#.-]+)"
    r"(?:[^\"`{>%]|\"[^\"]*\"|`[^`]*`)*[>%]\}\}"
)
_CLOSING = re.compile(r"\{\{[<%]\s*+/highlight\s*+[>%]\}\}")
_MAX_LENGTH = 2000


def code_shortcodes(parser: MarkdownIt) -> None:
    """A block when it is alone on its lines, code in the line otherwise."""
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "code_shortcode", _block, {"alt": alternatives})
    parser.inline.ruler.before("link", "code_shortcode", _inline)


def _block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    start = state.bMarks[first] + state.tShift[first]
    if state.is_code_block(first) or not state.src.startswith("{{", start):
        return False
    opening = _OPENING.match(state.src, start, min(state.eMarks[first], start + _MAX_LENGTH))
    if opening is None:
        return False
    if silent:
        # Only this line: how far a quote goes is not known where a paragraph asks.
        closing = _CLOSING.search(state.src, opening.end(), state.eMarks[first])
        return closing is None or not state.src[closing.end() : state.eMarks[first]].strip()
    last = _last_line(state, first, end, opening.end())
    if last is None:
        return False
    text = state.getLines(first, last + 1, state.sCount[first], False)
    behind = _OPENING.match(text.lstrip())
    code = text.lstrip()[behind.end() if behind else 0 :]
    token = state.push("fence", "code", 0)
    token.info, token.markup, token.map = opening[1], "```", [first, last + 1]
    token.content = _trimmed(code[: _closing_start(code)])
    state.line = last + 1
    return True


def _last_line(state: StateBlock, first: int, end: int, behind: int) -> int | None:
    """The line that ends with the closing shortcode; ``None``: none in this container does."""
    closing = _closing(state.src, behind, state.eMarks[end - 1])
    if closing is None:
        return None
    for line in range(first, end):
        is_outside = state.sCount[line] < state.blkIndent and not state.isEmpty(line)
        if line > first and is_outside:
            return None
        if closing.end() <= state.eMarks[line]:
            return None if state.src[closing.end() : state.eMarks[line]].strip() else line
    return None


def _closing(text: str, start: int, end: int) -> re.Match[str] | None:
    # The search for plain characters is so fast that many openings without an end cost nothing.
    near = text.find("/highlight", start, end)
    return _CLOSING.search(text, start, end) if near >= 0 else None


def _closing_start(code: str) -> int:
    closing = _CLOSING.search(code)
    return closing.start() if closing else len(code)


def _trimmed(code: str) -> str:
    """Without the blank lines around it, as Hugo has it, and with a line end."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", code).rstrip() + "\n"


def _inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("{{", start):
        return False
    opening = _OPENING.match(state.src, start, min(state.posMax, start + _MAX_LENGTH))
    closing = _closing(state.src, opening.end(), state.posMax) if opening else None
    if opening is None or closing is None:
        return False
    if not silent:
        token = state.push("code_inline", "code", 0)
        token.content = state.src[opening.end() : closing.start()].strip()
    state.pos = closing.end()
    return True
