"""Words without the places of this machine, for those who look on from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def machine_paths(folder: Path, output: Path) -> tuple[tuple[str, str], ...]:
    """What would tell where the folders are, and what is written for it, the longest first."""
    names: dict[str, str] = {}
    for path in (output, folder):
        absolute = path.resolve()
        for parent in (absolute, *absolute.parents):
            if len(parent.parts) > 2:  # '/tmp' alone tells nothing, and a note may speak of it
                names[f"{parent.as_posix()}/"] = ""
                names[str(parent)] = parent.name if parent == absolute else "…"
        if path.as_posix() not in (".", path.name):
            names[f"{path.as_posix()}/"] = ""
            names[path.as_posix()] = path.name
    names[str(Path.home())] = "~"
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def without_paths(text: str, paths: Sequence[tuple[str, str]]) -> str:
    """The text, each of the ``paths`` in it replaced."""
    for path, word in paths:
        text = text.replace(path, word)
    return text
