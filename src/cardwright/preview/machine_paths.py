"""Removes paths of this machine from messages, for readers on other devices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def machine_paths(folder: Path, output: Path) -> tuple[tuple[str, str], ...]:
    """Return paths that reveal where the folders are, with replacements, the longest first."""
    names: dict[str, str] = {}
    for path in (output, folder):
        absolute = path.resolve()
        for parent in (absolute, *absolute.parents):
            if len(parent.parts) > 2:  # '/tmp' alone reveals nothing, and a note may mention it
                names[f"{parent.as_posix()}/"] = ""
                names[str(parent)] = parent.name if parent == absolute else "…"
        if path.as_posix() not in (".", path.name):
            names[f"{path.as_posix()}/"] = ""
            names[path.as_posix()] = path.name
    names[str(Path.home())] = "~"
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def without_paths(text: str, paths: Sequence[tuple[str, str]]) -> str:
    """Return the text with each of the ``paths`` replaced."""
    for path, word in paths:
        text = text.replace(path, word)
    return text
