"""``report.html``: what a build tells of a deck."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.model import Place
from cardwright.report.counts import Counts
from cardwright.report.page import figures_of, page
from tests.test_package import note

NAME = "report.html"
NOTES = """\
# Plants

## What is a leaf? {reverse}

An organ of a plant, with $x^2$ and $y$.

## <b>What</b> is a *root*?

It drinks.
"""


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    (tmp_path / "garden").mkdir()
    (tmp_path / "garden" / "plants.md").write_text(NOTES, "utf-8")
    return tmp_path


def test_a_build_writes_a_page_and_names_it_on_a_terminal(
    garden: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    assert run(["build", "garden"]) == 0

    assert f"report: {Path('build') / NAME}\n" in capsys.readouterr().out
    shown = (garden / "build" / NAME).read_text("utf-8")
    assert "<h1>garden</h1>" in shown
    for name, count in {"notes": 2, "cards": 3, "decks": 2, "formulas": 2}.items():
        assert f"<dt>{name}</dt><dd>{count}</dd>" in shown
    assert "<script" not in shown
    assert "<b>What" not in shown
    assert "http" not in shown.replace("http-equiv", "")


def test_only_a_first_build_says_what_comes_next(
    garden: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    run(["build", "garden"])
    step = (
        f"next: import {Path('build') / 'garden.apkg'} in Anki, or run 'cardwright push garden'\n"
    )
    assert step in capsys.readouterr().out

    text = f"{NOTES}\n## What is thyme?\n\nA herb.\n"
    (garden / "garden" / "plants.md").write_text(text, "utf-8")
    run(["build", "garden"])
    assert "next:" not in capsys.readouterr().out


def test_the_same_content_gives_the_same_page(garden: Path) -> None:
    for folder in ("one", "two"):
        assert run(["build", "garden", "-o", folder]) == 0

    one, two = (garden / folder / NAME for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_an_unchanged_build_writes_only_a_page_that_is_missing(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["build", "garden"])
    page_before = (garden / "build" / NAME).read_bytes()
    (garden / "build" / NAME).unlink()

    run(["build", "garden"])
    capsys.readouterr()
    run(["build", "garden"])

    assert (garden / "build" / NAME).read_bytes() == page_before
    assert "report" not in capsys.readouterr().out


def test_a_setting_leaves_it_out_and_removes_the_page(garden: Path) -> None:
    run(["build", "garden"])
    (garden / "garden" / "deck.yml").write_text("report: false\n", "utf-8")

    run(["build", "garden"])

    assert not (garden / "build" / NAME).exists()


def test_the_sign_of_a_formula_in_code_is_no_formula(garden: Path) -> None:
    text = '# Herbs\n\n## What is mint?\n\nA `class="katex"` and `\\\\(`: 薄荷是一种植物。\n'
    (garden / "garden" / "plants.md").write_text(text, "utf-8")

    run(["build", "garden"])

    assert "<dt>formulas</dt><dd>0</dd>" in (garden / "build" / NAME).read_text("utf-8")


@pytest.mark.usefixtures("garden")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of text only")
def test_a_name_that_is_no_text_is_no_bug() -> None:
    assert run(["build", "garden", "-o", os.fsdecode(b"out/b\xff.apkg")]) == 0


def test_a_foreign_file_with_the_name_of_a_report_stays(garden: Path) -> None:
    (garden / "out").mkdir()
    (garden / "out" / NAME).write_text("<p>mine</p>", "utf-8")

    assert run(["build", "garden", "-o", "out"]) == 0

    assert (garden / "out" / NAME).read_text("utf-8") == "<p>mine</p>"


def test_names_of_an_author_are_text() -> None:
    deck = "<script>alert(1)</script>::a & 'b'"
    place, counts = Place("plants.md", 1, 1), Counts(words=1, formulas=0, images=0, size=10)
    figures = figures_of(deck, "p.apkg", 10, [note(1)], [place], [counts], {"<i>": 3})

    shown = page(figures, "")

    assert "<script" not in shown
    assert "<i>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;::a &amp; &#x27;b&#x27;" in shown


def test_a_question_that_moved_in_its_file_has_its_new_line_on_the_page(garden: Path) -> None:
    run(["build", "garden"])
    notes = garden / "garden" / "plants.md"
    notes.write_text(f"\n\n{NOTES}", "utf-8")

    run(["build", "garden"])

    assert "plants.md:5" in (garden / "build" / NAME).read_text("utf-8")
