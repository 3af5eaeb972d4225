"""The deck that ships: what has to hold for all of its cards and figures together."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path

import pytest

from tests.content.cards import CONTENT, TEXT

FIGURES = CONTENT / "figures"
DRAWN = sorted(FIGURES.glob("draw_*.py"))


def svg_of(script: Path) -> str:
    return script.stem.removeprefix("draw_").replace("_", "-") + ".svg"


@pytest.mark.parametrize("script", DRAWN, ids=lambda script: script.stem)
def test_a_figure_is_what_its_script_draws(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in FIGURES.glob("*.py"):
        shutil.copy(module, tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    runpy.run_path(str(tmp_path / script.name), run_name="__main__")

    drawn = (tmp_path / svg_of(script)).read_bytes()
    assert drawn == (FIGURES / svg_of(script)).read_bytes()


def test_every_figure_has_a_script_and_a_card() -> None:
    figures = {path.name for path in FIGURES.glob("*.svg")}

    assert figures == {svg_of(script) for script in DRAWN}
    assert figures == set(re.findall(r"!\[[^\]]+\]\(figures/([^)]+)\)", TEXT))


def test_every_worked_example_is_computed_again() -> None:
    tests = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parent / "content").glob("test_*.py")
    )
    examples = re.findall(r"\{#([\w-]+-worked-example)\b", TEXT)

    assert examples
    assert [key for key in examples if f'"{key}"' not in tests] == []
