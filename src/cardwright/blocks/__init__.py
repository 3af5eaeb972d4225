"""The block tree of a Markdown file: what stands on which lines, its inline text not yet read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from cardwright.blocks.embedded_links import keep_embedded
from cardwright.blocks.fence_rules import CUT_FENCES, LOOSE_FENCES
from cardwright.blocks.nesting import MAX_NESTING
from cardwright.blocks.rules import add_rules, is_loose_heading
from cardwright.blocks.sure import read_sure_blocks
from cardwright.model import SourceFile

LONGEST_NAME = 500
"""The characters of a heading that can name a section, a deck or a tag."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of CommonMark (section 3) and where it stands.

    ``kind`` is ``heading``, ``paragraph``, ``bullet_list``, ``ordered_list``, ``list_item``,
    ``blockquote``, ``fence``, ``code_block``, ``html_block``, ``table``, ``hr``, ``formula`` or
    ``footnote``. ``start`` is its first line in the file, from 1; ``end`` the line after its
    last. ``text`` is the inline text of a leaf (the label of a footnote), its lines joined by
    ``\\n``. ``level`` is a heading's; ``indent`` the columns at which a list item's text begins.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    level: int = 0
    markup: str = ""
    indent: int = 0
    children: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A link reference or a footnote: its label as it is looked up, and its lines."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file and its blocks; line ``n`` of the file is ``source.lines[n - 1]``.

    ``open_fences`` are the lines of fences that nothing closed before the next question,
    ``loose_fences`` those of fences whose code leaves its list item.
    """

    source: SourceFile
    blocks: tuple[Block, ...]
    definitions: tuple[Definition, ...] = ()
    open_fences: tuple[int, ...] = ()
    loose_fences: tuple[int, ...] = ()


def read_blocks(source: SourceFile) -> Document:
    """The block tree of a file without its front matter; no block when there is no text."""
    skipped = source.front_matter.length
    lines = source.lines[skipped:]
    document = _parsed(source, lines, skipped + 1, is_loose=False)
    if _lacks_spaces(document.blocks):
        return _parsed(source, lines, skipped + 1, is_loose=True)
    return document


def _lacks_spaces(blocks: tuple[Block, ...]) -> bool:
    """Whether half or more of the headings below the title have no space behind their hashes."""
    loose, proper = 0, 0
    for block in walk(blocks):
        proper += block.kind == "heading" and block.level > 1
        if block.kind == "paragraph" and "##" in block.text:
            loose += sum(is_loose_heading(line) for line in block.text.split("\n"))
    return loose >= max(proper, 2)


def _parsed(source: SourceFile, lines: tuple[str, ...], first: int, *, is_loose: bool) -> Document:
    """The document of ``lines``, the first of which is line ``first`` of its file."""
    env: dict[str, Any] = {}
    tokens = _block_parser(is_loose).parse("\n".join(lines), env)
    blocks = _tree(tokens, lines, first)
    links = (
        Definition(_label(label), first + link["map"][0], first + link["map"][1])
        for label, link in env.get("references", {}).items()
    )
    footnotes = (
        Definition(_label(block.text), block.start, block.end)
        for block in walk(blocks)
        if block.kind == "footnote"
    )
    open_fences = tuple(first + line for line in env.get(CUT_FENCES, ()))
    loose_fences = tuple(first + line for line in env.get(LOOSE_FENCES, ()))
    return Document(source, blocks, (*links, *footnotes), open_fences, loose_fences)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks in the order of the file, a parent before its children."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        yield block
        waiting.extend(reversed(block.children))


_LONGEST_CHAIN = 8
"""So many definitions, each used by the one before, a text takes along."""


class Definitions:
    """The definitions of a document by their labels."""

    def __init__(self, document: Document) -> None:
        self._lines = document.source.lines
        self._by_label = {definition.label: definition for definition in document.definitions}

    def used(self, text: str) -> list[Definition]:
        """The definitions that ``text`` uses, and those that their own text uses in turn."""
        used: dict[str, Definition] = {}
        waiting = [(text, 0)] if self._by_label else []
        while waiting:
            seen, depth = waiting.pop()
            for match in _LABEL_USED.findall(seen):
                label = _label(match)
                if label in self._by_label and label not in used:
                    used[label] = definition = self._by_label[label]
                    lines = self._lines[definition.start - 1 : definition.end - 1]
                    if depth < _LONGEST_CHAIN:
                        waiting.append(("\n".join(lines).split(":", 1)[-1], depth + 1))
        return sorted(used.values(), key=lambda definition: definition.start)


_LABEL_USED = re.compile(r"\[([^\[\]]{1,999})\]")


def _label(label: str) -> str:
    """CommonMark section 4.7, "matches": case folded, white space collapsed."""
    return " ".join(label.casefold().split())


@cache
def _block_parser(is_loose: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    parser.use(footnote_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    add_rules(parser, is_loose=is_loose)
    keep_embedded(parser)
    read_sure_blocks(parser)
    return parser


@dataclass(slots=True)
class _Open:
    """A block whose children are still coming."""

    token: Token
    children: list[Block] = field(default_factory=list)


_LEAVES = frozenset({"fence", "code_block", "html_block", "hr", "formula"})
_CONTAINERS = ("heading", "paragraph", "bullet_list", "ordered_list", "list_item",
               "blockquote", "table", "footnote_reference")  # fmt: skip
_OPENINGS = frozenset(f"{kind}_open" for kind in _CONTAINERS)
_CLOSINGS = {f"{kind}_close": kind for kind in _CONTAINERS}


def _tree(tokens: list[Token], lines: tuple[str, ...], first: int) -> tuple[Block, ...]:
    root: list[Block] = []
    stack: list[_Open] = []
    texts: list[str] = []
    for token in tokens:
        kind = token.type
        if kind == "inline":
            texts.append(token.content)
        elif kind in _OPENINGS:
            stack.append(_Open(token))
            texts.clear()
        elif kind in _LEAVES:
            siblings = stack[-1].children if stack else root
            siblings.append(_leaf(token, first))
        elif kind in _CLOSINGS:
            kind = _CLOSINGS[kind]
            closed = stack.pop()
            above = stack[-1].children if stack else root
            above.append(_block(closed, kind, "\n".join(texts), lines, first))
            texts.clear()
    return tuple(root)


def _leaf(token: Token, first: int) -> Block:
    start, end = token.map or [0, 0]
    text = token.info if token.type == "fence" else token.content
    return Block(token.type, first + start, first + end, text, markup=token.markup)


def _block(closed: _Open, kind: str, text: str, lines: tuple[str, ...], first: int) -> Block:
    token = closed.token
    start, end = token.map or [0, 0]
    if kind == "footnote_reference":
        return Block("footnote", first + start, first + end, f"^{token.meta['label']}")
    level = int(token.tag[1]) if kind == "heading" else 0
    indent = _content_indent(lines[start]) if kind == "list_item" else 0
    children = tuple(closed.children)
    return Block(kind, first + start, first + end, text, level, token.markup, indent, children)


def _content_indent(line: str) -> int:
    """The column (from 0) at which the text of a list item begins, the last marker's on a line.

    CommonMark section 5.2: marker and one to four spaces; with five or more, or nothing behind
    the marker, one.
    """
    match = re.match(r"(?:[ \t]*(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))+", line)
    if match is None:
        return 0
    marker = len(match.group().expandtabs(4))
    rest = line[match.end() :]
    spaces = len(line.expandtabs(4)) - len(rest.lstrip().expandtabs(4)) - marker
    return marker + (spaces if rest.strip() and 1 <= spaces <= 4 else 1)


_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ ,;.?'()/-](?=[^\W_]))*+[?.)]?")
"""Words that hold no Markdown, with at most one sign between two of them."""


def plain_text(markdown: str) -> str:
    """Inline Markdown as plain text: no marks, images as their alt text, lines as spaces.

    A name and no more: what is longer than ``LONGEST_NAME`` is cut there.
    """
    if len(markdown) < LONGEST_NAME and _PLAIN.fullmatch(markdown):
        return markdown
    inline = _inline_parser().parseInline(markdown[:LONGEST_NAME])
    parts: list[str] = []
    for token in inline[0].children or () if inline else ():
        if token.type in {"text", "code_inline"} or token.type == "image":
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split())


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")
