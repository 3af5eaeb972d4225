"""Writes ``report.html`` beside the package, a page about the deck."""

from pathlib import Path

NAME = "report.html"
"""The file name of the page."""

_OURS = b'<meta name="generator" content="Cardwright">'


def is_ours(path: Path) -> bool:
    """Whether a build wrote the existing page."""
    with path.open("rb") as file:
        return _OURS in file.read(1000)


def is_of(path: Path, digest: str) -> bool:
    """Whether the existing page is about the package with this SHA-256 (hex)."""
    with path.open("rb") as file:
        return digest.encode() in file.read(1000)
