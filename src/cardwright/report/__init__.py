"""A page about a deck: ``report.html`` beside the package."""

from pathlib import Path

NAME = "report.html"
"""The name of the file."""

_OURS = b'<meta name="generator" content="Cardwright">'


def is_ours(path: Path) -> bool:
    """Whether a build wrote the page that is there."""
    with path.open("rb") as file:
        return _OURS in file.read(1000)


def is_of(path: Path, digest: str) -> bool:
    """Whether the page that is there tells of the package with this SHA-256 (hex)."""
    with path.open("rb") as file:
        return digest.encode() in file.read(1000)
