"""Without our own rules the commonmark flavour is CommonMark; with them, what they add."""

from __future__ import annotations

import pytest

from cardwright.render.commonmark import EXTENSIONS, make_parser
from tests.spec_files import Example, examples


@pytest.mark.parametrize("example", examples("commonmark"), ids=lambda example: example.title)
def test_commonmark_is_read_as_its_reference_reads_it(example: Example) -> None:
    html = make_parser(()).render(example.markdown)

    # The reference puts a line break into an empty quote; to HTML it is nothing.
    assert html.replace("<blockquote></", "<blockquote>\n</").strip() == example.expected


def test_every_rule_of_ours_can_be_left_out() -> None:
    for extension in EXTENSIONS:
        rest = tuple(other for other in EXTENSIONS if other is not extension)

        make_parser(rest)

    plain = make_parser(()).render("~~a~~ ==b==\n\n| c |\n|---|\n\n> [!note]\n")
    assert "<del>" not in plain
    assert "<mark>" not in plain
    assert "<table>" not in plain
    assert "[!note]" in plain
