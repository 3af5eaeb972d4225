"""The texts of a passage in which marks of other tools may stand, and where they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cardwright.commonmark import block_parser
from cardwright.commonmark.sure import read_sure_blocks
from cardwright.math.traced import Region, Traced, region
from cardwright.render.elements import unknown_elements


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a block; ``kind`` is ``inline``, ``heading``, ``row``, ``html``, ``reference``.

    ``where`` gives the place of its characters in the passage.
    """

    kind: str
    text: str
    where: Region


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts in order, the lines of fences (both of their own lines included), the labels."""

    texts: tuple[Text, ...]
    fences: tuple[tuple[int, int], ...]
    labels: frozenset[str]


def read_texts(traced: Traced) -> Texts:
    """A table's rows whole, for a cell does not know its column."""
    lines = [re.sub("[\r\0]", " ", line.text) for line in traced.passage.lines]
    env: dict[str, Any] = {}
    tokens = _parser().parse("\n".join(lines), env)
    references = env.get("references", {})
    texts = list(_of_tokens(tokens, traced, lines))
    for reference in references.values():
        first, end = reference["map"]
        text = "\n".join(lines[first:end])
        texts.append(Text("reference", text, region(traced.passage, first, text)))
    texts.sort(key=lambda text: text.where.shifts[0])
    fences = tuple((t.map[0], t.map[1]) for t in tokens if t.type == "fence" and t.map)
    return Texts(tuple(texts), fences, frozenset(references))


def _of_tokens(tokens: Sequence[Token], traced: Traced, lines: Sequence[str]) -> Iterator[Text]:
    is_in_table = is_heading = False
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            is_in_table = token.nesting == 1
        elif token.type in ("heading_open", "heading_close"):
            is_heading = token.nesting == 1
        if token.map is None:
            continue
        first = token.map[0]
        if token.type == "tr_open":
            yield Text("row", lines[first], region(traced.passage, first, lines[first]))
        elif token.type == "html_block":
            yield Text("html", token.content, region(traced.passage, first, token.content))
        elif token.type == "inline" and not is_in_table:
            kind = "heading" if is_heading else "inline"
            yield Text(kind, token.content, region(traced.passage, first, token.content))


@cache
def _parser() -> MarkdownIt:
    parser = block_parser()
    unknown_elements(parser)
    read_sure_blocks(parser)
    return parser


_RUN = re.compile(r"`+")
_VERBATIM = re.compile(r"(?i)<(pre|code|script|style|textarea)\b")


@dataclass(slots=True)
class Code:
    """Where in one text there is code; asked with growing offsets."""

    text: Text
    runs: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.text.kind != "html":
            for run in _RUN.finditer(self.text.text):
                self.runs.setdefault(len(run[0]), []).append(run.start())

    def span_end(self, run: str, start: int) -> int:
        """The offset behind the span of code that ``run`` opens, or behind the run (6.1)."""
        starts = self.runs.get(len(run), [])
        at = bisect_right(starts, start)
        return (starts[at] if at < len(starts) else start) + len(run)

    def element_end(self, start: int) -> int:
        """The offset behind the element of code that begins at ``start``, or ``start``."""
        opening = _VERBATIM.match(self.text.text, start)
        if opening is None:
            return start
        end = self.text.text.lower().find(f"</{opening[1].lower()}", opening.end())
        return end if end >= 0 else opening.end()
