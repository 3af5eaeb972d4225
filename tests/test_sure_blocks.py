"""Blocks that are read before other rules are tried: the same blocks as without that."""

from __future__ import annotations

import random
from collections.abc import MutableMapping
from typing import Any

import pytest

from cardwright.commonmark import block_parser
from cardwright.commonmark.sure import read_sure_blocks
from cardwright.math.structure import blocks
from tests.test_hostile import GLUE, TRAPS

LINES = (
    *TRAPS, "a leaf", "a | b", "    a", "   a", "a\\", "a $$", ": a", "~ a", "--- ", "=", "# a #",
    "####### a", "#a", "**a** b", "** a", "`a`", "``a", "(a)", "- # a", "> a", "",
)  # fmt: skip


def tokens_of(text: str, *, is_sure: bool) -> list[MutableMapping[str, Any]]:
    parser = block_parser()
    if is_sure:
        read_sure_blocks(parser)
    return [token.as_dict() for token in parser.parse(text)]


@pytest.mark.parametrize("seed", range(20))
def test_the_blocks_are_those_that_every_rule_was_asked_for(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(20):
        parts = [source.choice(LINES) + source.choice(GLUE) for _ in range(source.randrange(1, 16))]
        text = "".join(parts)

        assert tokens_of(text, is_sure=True) == tokens_of(text, is_sure=False), text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a leaf", ["paragraph_open", "inline", "paragraph_close"]),
        ("# a | b\n|---|---|", ["table_open"]),
        ("a leaf\n\n: grows", ["dl_open"]),
        ("a leaf\n---", ["heading_open", "inline", "heading_close"]),
    ],
)
def test_a_line_below_still_decides(text: str, kinds: list[str]) -> None:
    found = [token.type for token in blocks(tuple(text.split("\n")))]

    assert found[: len(kinds)] == kinds
