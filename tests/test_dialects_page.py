"""The page on dialects: each has a section, and its examples become what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cardwright.dialects import DIALECTS
from tests.test_parse import parsed, shown

PAGE = (Path(__file__).parents[1] / "docs" / "dialects.md").read_text("utf-8")
_TITLE = r"(?:`[a-z-]+`|No cards)"
_SECTION = re.compile(
    rf"^## (?P<title>{_TITLE})\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
_EXAMPLE = re.compile(
    r"^`````markdown\n(?P<markdown>.*?)^`````\n\n```\n(?P<expected>.*?)^```\n",
    re.MULTILINE | re.DOTALL,
)
SECTIONS = {match["title"]: match["text"] for match in _SECTION.finditer(_EXAMPLE.sub("", PAGE))}
EXAMPLES = [
    (title, match["markdown"], match["expected"])
    for title, text in zip(SECTIONS, re.split(rf"^(?=## {_TITLE}$)", PAGE,
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


def test_every_section_says_how_it_is_recognised_where_it_ends_and_what_is_left_out() -> None:
    for title, text in SECTIONS.items():
        if title != "No cards":
            assert "**How it is recognised.**" in text, title
            assert "**Where an answer ends.**" in text or title == "`cloze`", title
            assert "**What is left out.**" in text, title


def test_the_table_of_contents_leads_to_every_dialect_in_the_order_of_the_page() -> None:
    contents = re.findall(r"\| \[`([a-z-]+)`\]\(#([a-z-]+)\) \|$", PAGE, re.MULTILINE)

    assert contents == [(dialect, dialect) for dialect in _dialects_of_the_page()]


def _dialects_of_the_page() -> list[str]:
    return [title.strip("`") for title in SECTIONS if title != "No cards"]
