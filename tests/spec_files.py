"""Read examples that are written as text: a title, Markdown, and what is expected of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

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
    found = [
        Example(match["title"], match["markdown"], match["expected"].strip())
        for path in sorted((SPEC / folder).glob("*.md"))
        for match in _EXAMPLE.finditer(path.read_text("utf-8"))
    ]
    assert found, f"no example in {folder}"
    return found
