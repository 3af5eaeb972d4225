"""The CSS that a deck adds: what is taken, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardwright.content.stylesheet import MAX_BYTES, read_style
from cardwright.notetypes import KINDS, fingerprint, notetype


def test_a_deck_without_a_formula_adds_no_stylesheet(tmp_path: Path) -> None:
    assert read_style(tmp_path) == ("", ())
    assert notetype("qa", "Deck").style == notetype("qa", "Deck", own_style="").style


@pytest.mark.parametrize(
    "text",
    [
        ".cw-question { color: red }",
        "a { background: url(data:image/png;base64,AA==) }",
        "a { background: url( 'data:image/png;base64,AA==' ) }",
        "a { fill: url(#pattern) }",
        '@font-face { font-family: A; src: url("data:font/woff2;base64,AA==") }',
        r'a::before { content: "\2713" }',
        ".important, .url { color: red }",
        "/* url(a.png) */ a::before { content: 'url(a.png)' }",
        "(" * 20_000,
    ],
)
def test_a_stylesheet_that_loads_nothing_is_used(tmp_path: Path, text: str) -> None:
    (tmp_path / "style.css").write_text(text)

    assert read_style(tmp_path) == (f"{text}\n", ())


@pytest.mark.parametrize(
    "text",
    [
        '@import "https://example.org/a.css";',
        '@IMPORT url("_a.css");',
        r'@\69mport "a.css";',
        "a { background: url(https://example.org/a.png) }",
        "a { background: url( 'leaf.png' ) }",
        "a { background: URL(//example.org/a.png) }",
        r"a { background: u\72l(a.png) }",
        r"a { background: \000075 rl(a.png) }",
        "a { background: \\75\frl(a.png) }",
        'a { content: "/*" } b { background: url(a.png) } c { content: "*/" }',
        "a { background: image-set('a.png' 1x) }",
        'a { background: src("a.png") }',
        "a { background: url(a.png",
        "a { background: url(a.png') }",
        "@media (min-width: 1px) { a { b { background: url(a.png) } } }",
        "a { color: red } </style><script>",
        "a { color: red } </STYLE",
        "/*" + "x" * MAX_BYTES + "*/",
    ],
)
def test_what_asks_for_more_or_breaks_out_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "style.css").write_text(f"b {{ color: blue }}\n{text}")

    style, (problem, *_) = read_style(tmp_path)

    assert style == ""
    assert problem.code.code == "CF109"
    assert problem.place.line == (0 if len(text) > MAX_BYTES else 2)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other.css").write_text("a { color: red }")
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "style.css").symlink_to(tmp_path / "other.css")

    style, problems = read_style(tmp_path / "deck")

    assert style == ""
    assert [problem.code.code for problem in problems] == ["SR202"]


def test_a_file_that_is_not_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_bytes(b"a { color: r\xe9d }")

    assert [problem.code.code for problem in read_style(tmp_path)[1]] == ["SR201"]


def test_line_ends_make_no_difference(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_bytes(b"\xef\xbb\xbfa {\r\n}\r\n\r\n")

    assert read_style(tmp_path) == ("a {\n}\n", ())


@pytest.mark.parametrize("kind", KINDS)
def test_it_comes_last_in_both_note_types_and_changes_their_fingerprint(kind: str) -> None:
    assert notetype(kind, "Deck", own_style="a { color: red }\n").style.endswith(
        "\na { color: red }\n"
    )
    assert fingerprint(kind, "Deck", own_style="a {}") != fingerprint(kind, "Deck")
