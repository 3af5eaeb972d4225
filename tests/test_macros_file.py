"""``macros.tex`` beside the content: what it defines holds for every formula of the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.content.macros_file import read_macros
from cardwright.diagnostics import Code
from cardwright.pipeline import Options

LINES = r"""% sets
\R \mathbb{R}
\set{\{#1\}}

\norm   \lVert #1 \rVert % of a vector
\! \mathit{bang}
\newcommand{\E}[1]{\mathbb{E}\left[#1\right]}
\DeclareMathOperator{\rank}{rank}
"""


def written(folder: Path, text: str) -> Path:
    (folder / "macros.tex").write_text(text, "utf-8")
    return folder


def test_each_line_is_a_name_and_its_meaning(tmp_path: Path) -> None:
    macros, problems = read_macros(written(tmp_path, LINES))

    assert dict(macros) == {
        r"\R": r"\mathbb{R}",
        r"\set": r"{\{#1\}}",
        r"\norm": r"\lVert #1 \rVert",
        r"\!": r"\mathit{bang}",
        r"\E": r"\mathbb{E}\left[#1\right]",
        r"\rank": r"\operatorname{rank}",
    }
    assert problems == ()


def test_tex_may_define_over_several_lines(tmp_path: Path) -> None:
    macros, problems = read_macros(written(tmp_path, "\\newcommand{\\f}[1]{%\n  a\n  #1}\n"))

    assert [name for name, _ in macros] == [r"\f"]
    assert problems == ()


def test_a_space_at_the_end_of_a_body_stays(tmp_path: Path) -> None:
    assert read_macros(written(tmp_path, "\\a b\\ \n\\c d\\\\ \n")) == (
        ((r"\a", "b\\ "), (r"\c", r"d\\")), (),
    )  # fmt: skip


def test_the_later_of_two_entries_for_a_name_counts(tmp_path: Path) -> None:
    assert read_macros(written(tmp_path, "\\a b\n\\a c\n")) == (((r"\a", "c"),), ())


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("R", 1),
        (r"  \R", 3),
        (r"\newcommand{\f}[2][x]{#1}", 1),
        (r"\begin{document}", 1),
        (r"\a {", 1),
        (r"\a b}", 1),
    ],
)
def test_a_line_that_defines_nothing_is_reported_and_the_others_count(
    tmp_path: Path, line: str, column: int
) -> None:
    macros, (problem,) = read_macros(written(tmp_path, f"\\R r\n{line}\n\\S s\n"))

    assert macros == ((r"\R", "r"), (r"\S", "s"))
    assert problem.code is Code.BAD_MACROS
    assert (problem.place.line, problem.place.column) == (2, column)


def test_a_file_that_is_not_text_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "macros.tex").write_bytes(b"\\R \xe9")

    macros, (problem,) = read_macros(tmp_path)

    assert macros == ()
    assert (problem.code, problem.place.line) == (Code.BAD_MACROS, 1)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other.tex").write_text(r"\R r")
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "macros.tex").symlink_to(tmp_path / "other.tex")

    macros, problems = read_macros(tmp_path / "deck")

    assert macros == ()
    assert [problem.code for problem in problems] == [Code.BAD_MACROS]


def test_the_macros_hold_for_a_folder_and_the_settings_win(
    tmp_path: Path,
) -> None:
    deck = tmp_path / "deck"
    (deck / "wild").mkdir(parents=True)
    written(deck, "\\kind \\text{fromfile}\n\\other{x}\n")
    (deck / "wild" / "plants.md").write_text("## What is a leaf?\n\n$\\kind\\other$\n")

    assert "fromfile" in backs(deck)[0]
    (deck / "deck.yml").write_text("math: {macros: {\\kind: '\\text{fromsettings}'}}\n")
    assert "fromsettings" in backs(deck)[0]


def test_a_single_file_uses_the_macros_beside_it(tmp_path: Path) -> None:
    written(tmp_path, "\\kind \\text{ofitsfolder}\n")
    (tmp_path / "plants.md").write_text("## What is a leaf?\n\n$\\kind$\n")

    assert "ofitsfolder" in backs(tmp_path / "plants.md")[0]


def test_a_macro_that_changes_changes_the_notes_that_use_it(tmp_path: Path) -> None:
    written(tmp_path, "\\a b\n")
    (tmp_path / "plants.md").write_text("## Leaf?\n\n$\\a$\n\n## Root?\n\n$x$\n")
    backs(tmp_path)
    written(tmp_path, "\\a c\n")

    made = build_deck(tmp_path, tmp_path / "build", Options(1_900_000_000))

    assert made.assembly.identified is not None
    changes = made.assembly.identified.changes
    assert (len(changes.changed), len(changes.unchanged)) == (1, 1)


def backs(path: Path) -> list[str]:
    made = build_deck(path, path.parent / "build", Options(1_800_000_000))
    assert made.assembly.identified is not None
    assert made.diagnostics == ()
    return [note.back for note in made.assembly.identified.notes]
