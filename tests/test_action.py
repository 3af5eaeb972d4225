"""The GitHub Action: its steps run as GitHub runs them, with ``gh`` written down."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cardwright.cli import run

ACTION = Path(__file__).parents[1] / ".github" / "actions" / "deck"
LEAF = "## What is a leaf?\n\nAn organ.\n"

pytestmark = [
    pytest.mark.slow,  # its tests start programs
    pytest.mark.skipif(not shutil.which("bash"), reason="the steps are for bash"),
]


def step(folder: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "gh").write_text(
        '#!/bin/sh\necho "$@" >> "$GH_LOG"\nfor last; do :; done\ncat "$last"\n'
    )
    (tools / "cardwright").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cardwright "$@"\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)
    values = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "GH_LOG": str(folder / "gh.log"),
        "DECK": "content",
        **environment,
    }
    return subprocess.run(
        ["bash", str(ACTION / "run.sh"), name],
        cwd=folder / "work", env=values, capture_output=True, text=True, check=False,
    )  # fmt: skip


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def cloned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of a repository with a deck whose lock is committed."""
    folder = tmp_path_factory.mktemp("cloned")
    origin = folder / "origin"
    (origin / "content").mkdir(parents=True)
    (origin / "content" / "deck.yml").write_text("deck: Plants\n")
    (origin / "content" / "plants.md").write_text(LEAF)
    with contextlib.chdir(origin):
        assert run(["build", "-o", str(folder / "first")]) == 0
    git(origin, "init", "-b", "main")
    git(origin, "add", ".")
    git(origin, "commit", "-m", "First")
    git(folder, "clone", str(origin), "work")
    return folder


@pytest.fixture
def folder(cloned: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(cloned, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_check_annotates_what_is_wrong(folder: Path) -> None:
    (folder / "work" / "content" / "plants.md").write_text(f"{LEAF}\n## What is a root?\n")

    done = step(folder, "check")
    strict = step(folder, "check", STRICT="true")

    assert "::warning file=content/plants.md,line=5" in done.stdout
    assert (done.returncode, strict.returncode) == (0, 1)


def test_build_makes_the_package_and_the_preview(folder: Path) -> None:
    done = step(folder, "build")

    assert done.returncode == 0, done.stderr
    assert (folder / "work" / "build" / "plants.apkg").is_file()
    assert (folder / "work" / "build" / "preview" / "index.html").is_file()


def test_build_fails_where_the_lock_was_not_committed(folder: Path) -> None:
    (folder / "work" / "content" / "plants.md").write_text(LEAF.replace("organ", "part"))

    assert "LK604" in step(folder, "build").stderr


def test_the_plan_is_commented_as_seen_from_the_base(folder: Path) -> None:
    plants = folder / "work" / "content" / "plants.md"
    plants.write_text(f"{LEAF}\n## What is a root?\n\nIt drinks.\n")
    with contextlib.chdir(folder / "work"):
        assert run(["build", "-o", str(folder / "second")]) == 0

    done = step(folder, "comment", BASE="origin/main", PULL_REQUEST="7")

    assert done.returncode == 0, done.stderr
    assert "What is a root?" in done.stdout
    assert "What is a leaf?" not in done.stdout
    assert (folder / "gh.log").read_text().startswith("pr comment 7 --edit-last")


def test_a_deck_that_the_base_does_not_have_is_all_new(folder: Path) -> None:
    done = step(folder, "comment", BASE="origin/none", PULL_REQUEST="7")

    assert done.returncode == 0, done.stderr
    assert "all of its notes are new" in done.stdout


def test_delivering_needs_the_key(folder: Path) -> None:
    done = step(folder, "deliver", XDG_DATA_HOME=str(folder / "data"), CARDWRIGHT_SYNC_KEY="")

    assert done.returncode == 1
    assert "AN821" in done.stderr


@pytest.mark.parametrize("name", ["check", "build"])
def test_a_pull_request_cannot_trust_itself(folder: Path, name: str) -> None:
    settings = "html: trusted\nimages: {allow_private: true, roots: [../..]}\n"
    (folder / "work" / "content" / "deck.yml").write_text(f"deck: Plants\n{settings}")

    done = step(folder, name)

    assert done.returncode == 1
    said = (done.stdout + done.stderr).splitlines()
    refused = [line for line in said if "CF111" in line]
    assert len(refused) == 3
    for setting, line in zip(("html: trusted", "allow_private", "../.."), refused, strict=True):
        assert setting in line


def test_a_pull_request_brings_no_module_to_an_interpreter_of_the_action() -> None:
    action: dict[str, Any] = yaml.safe_load((ACTION / "action.yml").read_text("utf-8"))
    scripts = [each.get("run", "") for each in action["runs"]["steps"]]
    scripts.append((ACTION / "run.sh").read_text("utf-8"))

    assert not [script for script in scripts if re.search(r"\bpython3? (?!-P )", script)]
    assert not [script for script in scripts if "--trust" in script]


def test_the_action_names_its_steps_and_keeps_inputs_out_of_scripts() -> None:
    action: dict[str, Any] = yaml.safe_load((ACTION / "action.yml").read_text("utf-8"))
    steps = action["runs"]["steps"]
    scripts = [each["run"] for each in steps if "run" in each]

    assert {"check", "build", "comment", "deliver"} == {
        script.split()[-1] for script in scripts if "run.sh" in script
    }
    assert not [script for script in scripts if "${{" in script]
    assert all(each["shell"] == "bash" for each in steps if "run" in each)
