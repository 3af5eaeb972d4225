"""Images that stand in the Markdown itself: their addresses are long, and need no encoding."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardwright.commonmark.block_parser import block_parser
from tests.notes import rendered
from tests.work import calls_of


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
