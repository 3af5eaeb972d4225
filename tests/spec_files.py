"""Read examples that are written as text: a title, Markdown, and what is expected of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.each import check_each

SPEC = Path(__file__).parent / "spec"

_EXAMPLE = re.compile(
    r"^# (?P<title>[^\n]+)\n+```````` example\n"
    r"(?P<markdown>.*?)^````````\n(?P<expected>.*?)(?=\n# |\Z)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Example:
    title: str
    markdown: str
    expected: str


def examples(folder: str) -> list[Example]:
    """All examples of the files in ``tests/spec/<folder>``."""
    return [example for file in _files(folder) for example in _examples_of(file)]


def each_file(folder: str) -> pytest.MarkDecorator:
    """Run the test for each file in ``tests/spec/<folder>``: it gets the file as ``file``."""
    return pytest.mark.parametrize("file", _files(folder), ids=lambda file: file.stem)


def check_examples(file: Path, *checks: Callable[[Example], object]) -> None:
    """Run the checks with each example of a file, and tell of all that fail, by their titles."""
    check_each([(example.title, example) for example in _examples_of(file)], *checks)


def _files(folder: str) -> list[Path]:
    found = sorted((SPEC / folder).glob("*.md"))
    assert found, f"no example in {folder}"
    return found


def _examples_of(file: Path) -> list[Example]:
    found = [
        Example(match["title"], match["markdown"], match["expected"].strip())
        for match in _EXAMPLE.finditer(file.read_text("utf-8"))
    ]
    assert found, f"no example in {file}"
    return found
