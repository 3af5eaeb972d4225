"""``import cardwright``: what its functions return and raise, and the examples of its page."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import cardwright
from cardwright import api
from cardwright.cli import run
from tests.test_docs import ROOT, steps

LEAVES = "# Leaves\n\n## What is a leaf?\n\nAn organ.\n\n## What is a stoma?\n\nA pore.\n"
STALE = "## What is a leaf?\n\nA [link](.\n\n## What is a root?\n"


@pytest.fixture
def plants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("plants").mkdir()
    Path("plants/leaves.md").write_text(LEAVES, "utf-8")
    return Path("plants")


def test_importing_the_package_imports_nothing_else() -> None:
    program = "import sys; old = {*sys.modules}; import cardwright; print(*{*sys.modules} - old)"
    command = [sys.executable, "-c", program]

    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["cardwright"]


def test_every_name_is_there_even_after_the_modules_are_imported() -> None:
    names = ", ".join(name for name in cardwright.__all__ if name[0] != "_")
    program = "import cardwright.pipeline, cardwright.planning, cardwright.cli\n"
    program += f"from cardwright import {names}\nprint(build.__module__, plan.__module__)"
    command = [sys.executable, "-c", program]

    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["cardwright.api", "cardwright.api"]
    with pytest.raises(AttributeError, match="has no attribute 'biuld'"):
        _ = getattr(cardwright, "biuld")  # noqa: B009


def test_a_build_does_what_the_command_does(plants: Path) -> None:
    built = cardwright.build(plants, "api")

    run(["build", "plants", "-o", "command"])
    assert built.package == Path("api/plants.apkg")
    assert built.package.read_bytes() == Path("command/plants.apkg").read_bytes()
    assert built.size == built.package.stat().st_size
    assert built.new == tuple(note.guid for note in built.notes)
    assert built.changed == built.moved == built.unchanged == built.retired == ()
    assert [(note.text, note.line) for note in built.notes] == [
        ("What is a leaf?", 3),
        ("What is a stoma?", 7),
    ]


def test_a_package_can_have_a_name_and_a_lock_of_its_own(plants: Path) -> None:
    built = cardwright.build(plants, "out/mine.apkg", lock="mine.lock")

    assert built.package == Path("out/mine.apkg")
    assert Path("mine.lock").exists()
    assert not Path("plants/deck.lock").exists()


def test_an_error_is_a_diagnostic_and_nothing_is_written(plants: Path) -> None:
    Path("plants/deck.yml").write_text("decc: Plants\n")

    built = cardwright.build(plants)
    planned = cardwright.plan(plants)

    (problem,) = built.diagnostics
    assert (problem.severity, problem.code, problem.path) == ("error", "CF102", "plants/deck.yml")
    assert str(problem).startswith("plants/deck.yml:1:1: CF102 ")
    assert built.package is None
    assert built.notes == ()
    assert built.new == ()
    assert not planned.is_possible
    assert planned.diagnostics == built.diagnostics
    assert not Path("build").exists()


def test_reading_checking_and_planning_write_nothing(plants: Path) -> None:
    Path("plants/leaves.md").write_text(STALE)

    deck = cardwright.read(plants)
    planned = cardwright.plan(plants)

    assert [note.text for note in deck.notes] == ["What is a leaf?"]
    assert cardwright.check(plants) == deck.diagnostics
    assert [problem.code for problem in deck.diagnostics] == ["QA305"]
    assert [(note.change, note.question) for note in planned.notes] == [("new", "What is a leaf?")]
    assert planned.has_changes
    assert sorted(path.name for path in Path().rglob("*")) == ["leaves.md", "plants"]


def test_strict_takes_a_warning_as_an_error(plants: Path) -> None:
    Path("plants/leaves.md").write_text(STALE)

    assert cardwright.build(plants, strict=True).package is None
    assert cardwright.build(plants).package is not None


def test_wrong_usage_is_raised(plants: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        cardwright.check("nowhere")
    with pytest.raises(ValueError, match="update_images"):
        cardwright.build(plants, offline=True, update_images=True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    with pytest.raises(ValueError, match="SOURCE_DATE_EPOCH is 'today'"):
        cardwright.read(plants)


def test_values_are_frozen_and_a_diagnostic_has_the_keys_of_json(
    plants: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = [api.Build, api.Deck, api.Diagnostic, api.Note, api.Plan, api.PlannedNote]
    assert all(value.__dataclass_params__.frozen for value in values)  # type: ignore[attr-defined]
    Path("plants/leaves.md").write_text(STALE)

    (problem,) = cardwright.check(plants)
    run(["check", "plants", "--format", "json"])

    (printed,) = json.loads(capsys.readouterr().out)
    assert {**printed, "excerpt": problem.excerpt, "text": str(problem)} == dataclasses.asdict(
        problem
    )


def test_the_examples_of_the_page_print_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    for step in steps(page):
        Path(step.file).parent.mkdir(parents=True, exist_ok=True)
        Path(step.file).write_text(step.text, "utf-8")
    names: dict[str, object] = {}
    examples = re.findall(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", page, re.M | re.S)

    for program, expected in examples:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(program, "docs/api.md", "exec"), names)
        pattern = re.escape(expected.strip()).replace("…", ".*")
        assert re.fullmatch(pattern, printed.getvalue().strip()), printed.getvalue()

    assert len(examples) == 5


def test_the_page_names_everything_that_is_stable() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    values = [api.Build, api.Deck, api.Diagnostic, api.Note, api.Plan, api.PlannedNote]
    fields = {field.name for value in values for field in dataclasses.fields(value)}

    assert {name for name in fields if f"`{name}`" not in page} == set()
    assert all(name in page for name in cardwright.__all__ if name[0] != "_")
