"""HTML is cut as a browser cuts it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardwright.markup import Kind, Piece, cut
from tests.work import Watched, steps_of


def kinds(html: str) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.name or piece.text) for piece in cut(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<b>c</b>", [("text", "a"), ("start", "b"), ("text", "c"), ("end", "b")]),
        ("a < b <3 <", [("text", "a < b <3 <")]),
        ("<!-- <b> -->c", [("comment", "<!-- <b> -->"), ("text", "c")]),
        ("<!-- never", [("comment", "<!-- never")]),
        ("<!doctype html><?php ?></ x>", [("comment", "<!doctype html>"), ("comment", "<?php ?>"),
                                          ("comment", "</ x>")]),
        ("<a title='<b>'>c", [("start", "a"), ("text", "c")]),
        ("<script>a<b></script>c", [("start", "script"), ("raw", "a<b>"), ("end", "script"),
                                    ("text", "c")]),
        ("<style>a", [("start", "style"), ("raw", "a")]),
        ("a<b c='", [("text", "a"), ("comment", "<b c='")]),
        ("<BR/>", [("start", "br")]),
    ],
)  # fmt: skip
def test_pieces(html: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(html) == expected


def test_attributes_are_decoded_and_the_first_counts() -> None:
    (tag,) = cut("<IMG SRC='a&amp;b' alt = c title=\"d'e\" disabled src=x / width=1>")

    assert isinstance(tag, Piece)
    assert tag.attribute("src") == "a&b"
    assert tag.attribute("alt") == "c"
    assert tag.attribute("title") == "d'e"
    assert tag.attribute("width") == "1"
    assert ("disabled", "") in tag.attributes
    assert tag.attribute("height") == ""


@given(st.text(alphabet="<>/!-ab ='\"?&;\n", max_size=60))
def test_the_pieces_are_the_whole(html: str) -> None:
    pieces = cut(html)

    assert "".join(piece.text for piece in pieces) == html
    assert all(piece.kind is not Kind.TEXT or piece.text for piece in pieces)


@pytest.mark.parametrize("piece", ["<a ", '<a b="', "<!--", "<", "<script>", "</", "<a b='c' "])
def test_the_work_grows_with_the_length(piece: str) -> None:
    html = Watched(piece * 1000)

    assert steps_of(lambda: cut(html)) < 100 * 1000
    assert html.signs < 100 * len(html)
