"""Images that stand in the Markdown itself: their addresses are long, and need no encoding."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cardwright.commonmark.block_parser import block_parser, keep_embedded
from tests.notes import rendered
from tests.work import calls_of

ADDRESSES = st.from_regex(r"data:image/[a-z+]{1,7};base64,[A+/ %#?&=é()\\\\<>-]*", fullmatch=True)


FORMS = ("![a]({})", "[a]({}) b)", "[a](<{}>)", "[a]({} 'b')", "[a]: {}")


@given(ADDRESSES, st.sampled_from(FORMS))
def test_an_embedded_image_is_read_as_commonmark_reads_it(address: str, form: str) -> None:
    parser = MarkdownIt("commonmark")
    before = parser.render(f"{form.format(address)}\n\n[a]")

    keep_embedded(parser)

    assert parser.render(f"{form.format(address)}\n\n[a]") == before


@pytest.mark.parametrize("form", ["![a]({})", "[a]({})", "![a][b]\n\n[b]: {}", "a\n\n[b]: {}"])
@pytest.mark.parametrize("read", [rendered, block_parser().parse])
def test_the_letters_of_an_embedded_image_are_no_work(
    form: str, read: Callable[[str], object]
) -> None:
    def calls(letters: int) -> int:
        markdown = form.format("data:image/png;base64," + "A" * letters)
        return calls_of(lambda: read(markdown))

    calls(1)
    few, many = calls(1_000), calls(11_000)

    assert many - few < 100
