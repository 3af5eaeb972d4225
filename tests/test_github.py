"""What GitHub reads: workflows, the check before a release, and the forms for issues."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from cardwright import __version__

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.rglob("workflows/*.yml"))
FORMS = sorted(set(GITHUB.glob("ISSUE_TEMPLATE/*.yml")) - {GITHUB / "ISSUE_TEMPLATE/config.yml"})


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, GITHUB / "actions/deck/action.yml"], ids=lambda path: path.stem
)
def test_every_action_of_others_is_pinned(path: Path) -> None:
    used = re.findall(r"uses: (\S+)( # v[\d.]+)?", path.read_text("utf-8"))

    assert used
    assert [name for name, version in used if not re.search(r"@[0-9a-f]{40}$", name)] == []
    assert all(version for _, version in used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_no_rights_that_it_does_not_name(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))

    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 90
        assert set(job["permissions"]) <= {"contents", "id-token", "attestations"}
        assert job["permissions"].get("contents", "read") == "read"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_what_explain_prints(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))

    fields = {field.get("id"): field for field in form["body"]}
    assert "cardwright explain" in fields["explain"]["attributes"]["description"]
    assert {"name", "description", "body"} <= set(form)


@pytest.mark.skipif(not shutil.which("bash"), reason="the check is for bash")
@pytest.mark.parametrize(
    ("tag", "heading", "wrong"),
    [
        (f"v{__version__}", f"## {__version__} (2026-12-01)", ""),
        (f"v{__version__}", f"## {__version__} (unreleased)", "CHANGELOG.md has no heading"),
        ("v9.9.9", "## 9.9.9 (2026-12-01)", "the tag says 9.9.9"),
    ],
)
def test_a_release_has_its_version_and_its_changes(
    tmp_path: Path, tag: str, heading: str, wrong: str
) -> None:
    script = tmp_path / ".github/workflows/check-release.sh"
    script.parent.mkdir(parents=True)
    shutil.copy(GITHUB / "workflows/check-release.sh", script)
    shutil.copytree(ROOT / "src/cardwright", tmp_path / "src/cardwright", ignore=_all_but_init)
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{heading}\n")

    ran = subprocess.run(["bash", str(script), tag], capture_output=True, text=True, check=False)

    assert (ran.returncode == 0) == (not wrong)
    assert wrong in ran.stderr


def _all_but_init(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name != "__init__.py"]
