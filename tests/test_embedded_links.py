"""Images that stand in the Markdown itself: their addresses are long, and need no encoding."""

from __future__ import annotations

import pytest

from tests.notes import rendered
from tests.work import calls_of


@pytest.mark.parametrize("form", ["![a]({})", "[a]({})", "![a][b]\n\n[b]: {}", "a\n\n[b]: {}"])
@pytest.mark.parametrize("above", ["", "::: tip\n:::\n\n"], ids=["plain", "with tools"])
def test_the_letters_of_an_embedded_image_are_no_work(form: str, above: str) -> None:
    def calls(letters: int) -> int:
        markdown = above + form.format("data:image/png;base64," + "A" * letters)
        return calls_of(lambda: rendered(markdown))

    calls(1)
    few, many = calls(1_000), calls(11_000)

    assert many - few < 1_000
