"""``cardwright plan`` as a person types it: output, exit codes, and that it writes nothing."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from cardwright.cli import run
from tests.test_terminal import on_a_terminal

PLANTS = "## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nThe part in the soil.\n"
PAGE = Path(__file__).parents[1] / "docs" / "plan.md"

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    """A folder whose deck was built, and the terminal empty."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "deck.yml").write_text("deck: Plants\n")
    (tmp_path / "content" / "plants.md").write_text(PLANTS)
    assert run(["build"]) == 0
    capsys.readouterr()
    return tmp_path


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "content" / "plants.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """The bytes and the time of every file."""
    return {
        path.as_posix(): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("words", [[], ["--json"], ["--retired"], ["--exit-code", "--strict"]])
def test_plan_writes_nothing(here: Path, words: list[str]) -> None:
    edit(here, "in the soil", "under the ground")
    (here / "content" / "more.md").write_text("## What is $x$?\n\n![x](data:image/gif;base64,R0)\n")
    before = state(here)
    folders = sorted(here.rglob("*"))

    run(["plan", *words])

    assert state(here) == before
    assert sorted(here.rglob("*")) == folders


def test_plan_of_what_was_never_built_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plants.md").write_text(PLANTS)

    assert run(["plan", "plants.md"]) == 0

    assert [path.name for path in tmp_path.rglob("*")] == ["plants.md"]


def test_plan_says_what_would_change_and_ends_with_the_line_of_build(
    here: Path, capsys: Capture
) -> None:
    edit(here, "in the soil", "under the ground")

    assert run(["plan"]) == 0

    planned = capsys.readouterr()
    assert planned.out.splitlines()[:4] == [
        "another answer: 1 note",
        "  An import puts the new text on the cards. Schedules stay.",
        "  content/plants.md:5  What is a root?",
        "    answer    The part [-in-] {+under+} the [-soil-] {+ground+}.",
    ]
    assert planned.err == "0 errors, 0 warnings\n"
    assert run(["build"]) == 0
    assert planned.out.endswith(f"\n{capsys.readouterr().out}")


def test_the_exit_code_tells_of_changes_only_when_asked(here: Path) -> None:
    assert run(["plan", "--exit-code"]) == 0
    edit(here, "in the soil", "under the ground")
    assert run(["plan"]) == 0
    assert run(["plan", "--exit-code"]) == 1
    assert run(["build"]) == 0
    assert run(["plan", "--exit-code"]) == 0


def test_a_package_that_is_not_there_is_no_change_by_itself(here: Path, capsys: Capture) -> None:
    (here / "build" / "plants.apkg").unlink()

    assert run(["plan", "--exit-code"]) == 0
    assert capsys.readouterr().out.startswith("nothing would change\n")


def test_errors_prevent_a_plan(here: Path, capsys: Capture) -> None:
    (here / "content" / "deck.yml").write_text("dekc: Plants\n")

    assert run(["plan"]) == 1

    printed = capsys.readouterr()
    assert printed.out == "a build would write nothing, because of the errors\n"
    assert "content/deck.yml:1:1: CF102" in printed.err
    assert run(["plan", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["package"] is None
    assert told["plan"] == []
    assert [problem["code"] for problem in told["diagnostics"]] == ["CF102"]


def test_strict_takes_a_warning_for_an_error(here: Path) -> None:
    edit(here, "An organ.", "")

    assert run(["plan"]) == 0
    assert run(["plan", "--strict"]) == 1


def test_wrong_usage_and_changes_have_different_exit_codes(here: Path) -> None:
    assert here.exists()
    assert run(["plan", "nowhere"]) == 2
    assert run(["plan", "--locked"]) == 2


def test_another_folder_and_another_lock_are_looked_at(here: Path, capsys: Capture) -> None:
    assert run(["build", "-o", "other", "--lock", "other.lock"]) == 0
    edit(here, "in the soil", "under the ground")
    (here / "content" / "deck.lock").unlink()
    capsys.readouterr()

    assert run(["plan", "-o", "other", "--lock", "other.lock"]) == 0

    assert "[-soil-] {+ground+}" in capsys.readouterr().out


def test_retired_lists_what_to_delete(here: Path, capsys: Capture) -> None:
    edit(here, "## What is a root?\n\nThe part in the soil.\n", "")

    assert run(["plan", "--retired"]) == 0

    printed = capsys.readouterr().out
    assert re.search(
        r"^  \{#[a-z0-9]{13}\}  What is a root\? +retired by this build$", printed, re.M
    )
    assert re.search(r'^"Id:[a-z0-9]{13}"$', printed, re.M)
    assert run(["plan", "--retired", "--json"]) == 0
    assert [note["now"] for note in json.loads(capsys.readouterr().out)["retired"]] == [True]


def test_the_object_is_documented(here: Path, capsys: Capture) -> None:
    edit(here, "in the soil", "under the ground")
    edit(here, "## What is a leaf?\n\nAn organ.\n", "")

    assert run(["plan", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    page = PAGE.read_text("utf-8")
    keys = {*told, *told["plan"][0], *told["plan"][0]["differences"][0], *told["retired"][0]}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


EXAMPLE = """\
# Plants

### What is a leaf?

An organ.

### What is a stem?

The part between.

### Xylem {reverse}

The tissue that carries water up.

### What is a ring?

A year of wood.
"""


def test_the_example_of_the_page_is_what_is_printed(here: Path, capsys: Capture) -> None:
    plants = here / "content" / "plants.md"
    plants.write_text(EXAMPLE)
    assert run(["build"]) == 0
    assert run(["lock", "--delivered"]) == 0
    edited = EXAMPLE.replace(" {reverse}", "").replace("carries", "lifts")
    plants.write_text(edited.replace("### What is a ring?\n\nA year of wood.\n", ""))
    capsys.readouterr()

    assert run(["plan"]) == 0

    example = re.search(r"\$ cardwright plan\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    assert sizeless(example[1]) == sizeless(capsys.readouterr().out)


def sizeless(text: str) -> str:
    return re.sub(r"\d+ KB", "KB", text)


def test_differing_words_are_coloured_on_a_terminal(here: Path) -> None:
    edit(here, "in the soil", "under the ground")

    coloured = on_a_terminal(here, "plan")
    plain = on_a_terminal(here, "plan", NO_COLOR="1")

    assert b"\x1b[31m soil" in coloured
    assert b"\x1b[32m ground" in coloured
    assert b"[-soil-] {+ground+}" in plain
    assert b"\x1b[3" not in plain
