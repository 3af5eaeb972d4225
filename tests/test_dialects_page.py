"""The page on dialects: each has a section, and its examples become what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cardwright.dialects import DIALECTS
from tests.test_parse import parsed, shown

PAGE = (Path(__file__).parents[1] / "docs" / "dialects.md").read_text("utf-8")
_SECTION = re.compile(r"^## (?P<title>[^\n]+)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(
    r"^`````markdown\n(?P<markdown>.*?)^`````\n\n```\n(?P<expected>.*?)^```\n",
    re.MULTILINE | re.DOTALL,
)
SECTIONS = {match["title"]: match["text"] for match in _SECTION.finditer(_EXAMPLE.sub("", PAGE))}
EXAMPLES = [
    (title, match["markdown"], match["expected"])
    for title, text in zip(SECTIONS, re.split(r"^(?=## (?:`[a-z-]+`|No cards)$)", PAGE,
                                              flags=re.MULTILINE)[1:], strict=True)
    for match in _EXAMPLE.finditer(text)
]  # fmt: skip


def test_every_dialect_has_a_section() -> None:
    assert {title.strip("`") for title in SECTIONS} - {"No cards"} == {
        dialect.name for dialect in DIALECTS
    }


@pytest.mark.parametrize(("title", "markdown", "expected"), EXAMPLES)
def test_an_example_becomes_what_the_page_says(title: str, markdown: str, expected: str) -> None:
    found = shown(*parsed(markdown.rstrip("\n")))

    assert found == expected.rstrip("\n")
    assert title == "No cards" or title.strip("`") in found.split("\n")[0]


def test_every_section_says_how_it_is_recognised_and_where_an_answer_ends() -> None:
    for title, text in SECTIONS.items():
        if title != "No cards":
            assert "**How it is recognised.**" in text, title
            assert "**Where an answer ends.**" in text or title == "`cloze`", title
