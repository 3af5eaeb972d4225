"""What is imported before a command does its work: little, so that it is there at once.

`benchmarks/startup_time.py` has the seconds.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from cardwright.wording.words import lazy_pattern

RUN = "import sys; from cardwright.cli import main\ntry: main()\nfinally: "
SAY = "print(chr(12), *sys.modules, sep=chr(10), file=sys.stderr)"
LIGHT = ("--version", "--help", "build --help", "plan --no-such", "rule")
HEAVY = {
    *("asyncio", "concurrent", "csv", "email", "http", "inspect", "logging", "multiprocessing"),
    *("socket", "sqlite3", "ssl", "subprocess", "tempfile", "tomllib", "xml", "zipfile"),
}
"""Modules of Python that take long to load, for work that no such command line does."""
WHAT_RULES_NEED = {"cli", "diagnostics", "model"}


def imported(program: str, words: Sequence[str] = (), **environment: str) -> set[str]:
    """The modules that are there when the program ends."""
    command = [sys.executable, "-c", program, *words]
    variables = {**os.environ, **environment}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
    return set(ran.stderr.rpartition("\f")[2].split())


def ours(names: set[str]) -> set[str]:
    """The modules of the program, without those inside of them."""
    return {name.split(".")[1] for name in names if name.startswith("cardwright.")}


@pytest.fixture(scope="module")
def of_click() -> set[str]:
    return imported(f"import sys, click; {SAY}")


@pytest.mark.parametrize("words", LIGHT)
def test_what_does_no_work_imports_little(of_click: set[str], words: str) -> None:
    added = imported(RUN + SAY, words.split()) - of_click

    allowed = {"cardwright", "click", *sys.stdlib_module_names} - HEAVY
    assert {name.split(".")[0] for name in added} <= allowed
    assert ours(added) == (WHAT_RULES_NEED if words == "rule" else {"cli"})


@pytest.mark.parametrize("words", ["cardwright b", "cardwright build --o"])
def test_completion_imports_no_more_than_the_options(of_click: set[str], words: str) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}

    added = imported(RUN + SAY, _CARDWRIGHT_COMPLETE="bash_complete", **asked) - of_click

    assert ours(added) == {"cli"}


UNUSED = {"httpx", "markdown", "PIL", "py_mini_racer", "rich.console", "xml"}
"""What only some decks need: remote images, MkDocs, images, formulas; and the progress bar."""


def test_a_build_imports_no_library_for_what_the_deck_has_not(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("## What is a leaf?\n\nAn *organ*.\n")

    added = imported(RUN + SAY, ["build", str(path), "-o", str(tmp_path)])

    assert "cardwright.pipeline" in added
    assert not UNUSED & added


def test_a_build_that_changes_nothing_imports_neither_the_parser_nor_the_report(
    tmp_path: Path,
) -> None:
    path = tmp_path / "notes.md"
    path.write_text("## What is a leaf?\n\nAn *organ*.\n")
    words = ["build", str(path), "-o", str(tmp_path)]
    making = {f"cardwright.{name}" for name in ("report.page", "blocks", "dialects", "wording")}

    first, again = (imported(RUN + SAY, words) for _ in range(2))

    assert making <= first
    assert not making & again


def test_a_pattern_of_many_words_is_compiled_at_its_first_use() -> None:
    wrong, right = lazy_pattern("("), lazy_pattern("a(b)")

    assert right.findall("ab ab") == ["b", "b"]
    assert right.pattern == "a(b)"
    with pytest.raises(re.error):
        wrong.match("a")
