"""The blocks that a file is read into: those of CommonMark, and where our own rules differ."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cardwright.blocks import Block, read_blocks
from cardwright.model import SourceFile
from tests.spec_files import Example, check_examples, each_file

KINDS = frozenset(
    {"heading", "paragraph", "bullet_list", "ordered_list", "list_item", "blockquote", "table"}
)
LEAVES = frozenset({"fence", "code_block", "html_block", "hr"})
LINES = (
    "a leaf", "  b", "# c", "## d #", "---", "===", "- e", "  - f", "1. g", "   h", "7) i", "> j",
    "> - k", ">", "```", "~~~ py", "<div>", "</p>", "<!-- l", "-->", "| m | n |", "|---|---|",
    "    o", "\tp", "* * *", "_s_", "",
)  # fmt: skip


def blocks_of(text: str) -> tuple[Block, ...]:
    return read_blocks(SourceFile("notes.md", tuple(text.split("\n")))).blocks


def flat(blocks: tuple[Block, ...], depth: int = 0) -> Iterator[tuple[int, str, int]]:
    """The blocks with their depth and first line, in order."""
    for block in blocks:
        yield depth, block.kind, block.start
        yield from flat(block.children, depth + 1)


def by_markdown_it(text: str) -> Iterator[tuple[int, str, int]]:
    depth = 0
    tokens: list[Token] = MarkdownIt("commonmark").enable("table").parse(text)
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in KINDS:
            depth -= token.nesting == -1
            if token.nesting == 1 and token.map:
                yield depth, kind, token.map[0] + 1
            depth += token.nesting == 1
        elif kind in LEAVES and token.map:
            yield depth, kind, token.map[0] + 1


@each_file("commonmark")
def test_the_blocks_are_those_of_commonmark(file: Path) -> None:
    check_examples(file, _has_the_same_blocks)


def _has_the_same_blocks(example: Example) -> None:
    assert [*flat(blocks_of(example.markdown))] == [*by_markdown_it(example.markdown)]


@pytest.mark.parametrize("seed", range(10))
def test_the_blocks_of_lines_that_stand_side_by_side_are_those_of_commonmark(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(60):
        text = "\n".join(source.choices(LINES, k=source.randrange(1, 9)))

        assert [*flat(blocks_of(text))] == [*by_markdown_it(text)], text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$\na\n=\n- b\n$$", [(0, "formula", 1)]),
        ("A: $$\n=\n- b\n$$\n\n$$\nc\n$$", [(0, "paragraph", 1), (0, "formula", 2),
                                           (0, "formula", 6)]),
        ("- a\n$$\n- b\n$$", [(0, "bullet_list", 1), (1, "list_item", 1), (2, "paragraph", 1),
                              (2, "formula", 2)]),
        ("costs $$\n\na\n\n$$ each", [(0, "paragraph", 1), (0, "paragraph", 3),
                                     (0, "paragraph", 5)]),
        ("<h3 id=a>\na\n</h3>", [(0, "heading", 1)]),
        ("<h1 align=center>a</h1>", [(0, "html_block", 1)]),
    ],
)  # fmt: skip
def test_formulas_and_headings_in_html_are_blocks(
    text: str, expected: list[tuple[int, str, int]]
) -> None:
    assert [*flat(blocks_of(text))] == expected
