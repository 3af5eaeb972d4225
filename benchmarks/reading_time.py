"""Time the reading of documents of growing size, and show that it grows with them.

usage: python benchmarks/reading_time.py [--largest KB] [--build]

Reads (as ``explain`` does: blocks, every dialect, the choice, the passages) documents of 100 KB,
1 MB and 10 MB in each of several dialects. The ratio is to the block parser of markdown-it-py
alone over the same text in the same run; were reading linear, the seconds a MB and the ratio
would stay what they are from one size to the next. With ``--build`` a whole build of the same
file is timed as well.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
from build_time import generate  # beside this file
from markdown_it import MarkdownIt

from cardwright.building import build_deck
from cardwright.config import Config
from cardwright.model import SourceFile
from cardwright.parse import parse
from cardwright.pipeline import Options

SHAPES: dict[str, Callable[[str, str], str]] = {
    "headings": lambda front, back: f"## {front}\n\n{back}\n\n",
    "list-headings": lambda front, back: f"- ### {front}\n\n{_indented(back, 2)}\n\n",
    "pairs": lambda front, back: f"Q: {front}\nA: {back}\n\n",
    "details": lambda front, back: (
        f"<details>\n<summary>{front}</summary>\n\n{back}\n\n</details>\n\n"
    ),
    "bold": lambda front, back: f"**{front}**\n\n{back}\n\n",
    "callouts": lambda front, back: f"> [!question]- {front}\n{_quoted(back)}\n\n",
}


@click.command()
@click.option("--largest", default=10_000, show_default=True, help="KB of the largest document.")
@click.option("--build", "is_built", is_flag=True, help="Time whole builds, too.")
def main(largest: int, is_built: bool) -> None:
    """Print size, seconds, seconds a MB, the ratio and the notes found."""
    cards = generate(1000)
    for name, shape in SHAPES.items():
        unit = "".join(shape(front, back) for front, back in cards)
        for size in (100, 1_000, 10_000):
            if size <= largest:
                text = (unit * (size * 1000 // len(unit) + 1))[: size * 1000]
                click.echo(f"{name:14} {size:6,} KB  {_timed(text, is_built)}")


def _timed(text: str, is_built: bool) -> str:
    megabytes = len(text) / 1_000_000
    plain = _seconds(lambda: _plain().parse(text))
    source = SourceFile("notes.md", tuple(text.split("\n")))
    began = time.perf_counter()
    file, _ = parse(source, Config())
    ours = time.perf_counter() - began
    shown = f"read {ours:6.2f} s  {ours / megabytes:5.2f} s/MB  ratio {ours / plain:4.1f}"
    shown += f"  {len(file.notes):6,} notes"
    if is_built:
        seconds = _seconds(lambda: _build(text))
        shown += f"  built {seconds:6.2f} s  {seconds / megabytes:5.2f} s/MB"
    return shown


def _plain() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _build(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "notes.md"
        file.write_text(text, encoding="utf-8")
        build_deck(file, Path(name) / "build", Options(now=1_000_000_000, is_offline=True))


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line else "" for line in text.split("\n"))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


if __name__ == "__main__":
    main()
