"""Time builds against a plain loop of Python-Markdown and genanki over the same notes.

usage: python benchmarks/build_time.py [--notes N] [--rounds R]

Each round runs, one after the other and each as a process of its own: the plain loop, a first
build, the same build again, and one after an edit of one answer. Ratios are of the best wall
times, so that a busy machine weighs on all of them. The plain loop does what a short script does:
``markdown.markdown`` on question and answer, one genanki note each. It finds no questions, cleans
nothing, highlights nothing, typesets nothing and keeps no identities.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import click
import genanki
import markdown

_WORDS = (
    "leaf", "root", "stem", "bark", "seed", "water", "light", "sugar", "cell", "wall", "tissue",
    "growth", "decay", "season", "soil", "branch", "flower", "pollen", "fruit", "sap", "ring",
    "crown", "shade", "needle", "cone", "spore", "moss", "fern",
)  # fmt: skip


_NOTES_A_FILE = 25


@click.command()
@click.option("--notes", default=1000, show_default=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--plain", type=click.Path(path_type=Path), hidden=True)
def main(notes: int, rounds: int, plain: Path | None) -> None:
    """Print the seconds and the memory of each, and the ratios to the plain loop."""
    if plain is not None:
        plain_loop(plain, generate(notes))
        return
    took: dict[str, list[tuple[float, float, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        for number in range(rounds):
            folder = Path(name) / str(number)
            write_topics(folder / "content", generate(notes))
            build = [sys.executable, "-m", "cardwright", "build", "content"]
            loop = [sys.executable, __file__, f"--notes={notes}", f"--plain={folder}/plain.apkg"]
            for what, command in (
                ("plain loop", loop),
                ("first build", build),
                ("unchanged", build),
                ("one edit", build),
            ):
                if what == "one edit":
                    last = max((folder / "content").iterdir())
                    last.write_text(last.read_text("utf-8") + "It is measured.\n", "utf-8")
                took.setdefault(what, []).append(measured(command, folder))
    base = min(wall for wall, _, _ in took["plain loop"])
    click.echo(f"{notes:,} notes   wall s    CPU s     MB    ratio")
    for what, runs in took.items():
        wall, cpu, memory = (min(column) for column in zip(*runs, strict=True))
        click.echo(f"{what:11} {wall:8.2f} {cpu:8.2f} {memory:6.0f} {wall / base:8.2f}")


def measured(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Seconds of wall time and of the processor, and the peak memory of a process in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    wall = time.perf_counter() - began
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def generate(count: int) -> list[tuple[str, str]]:
    """Questions and answers: prose, a list, and in turn a formula, code, a table, a callout."""
    source = random.Random(1)
    extras = (
        "The rate is\n\n$$\nr_{%d} = \\frac{a_{<t}}{\\sqrt{b}} + \\sum_{i=1}^{n} x_i\n$$\n\n"
        "for $n = %d$.",
        "```python\ndef grow(cells: int) -> int:\n    # day %d\n    return cells * 2 + %d\n```",
        "| part | size |\n|---|---:|\n| leaf | %d |\n| root | `%d` |",
        "> [!note]\n> Not before day **%d**, see [the list](https://example.org/%d).",
    )
    cards = []
    for number in range(count):
        prose = [" ".join(source.choices(_WORDS, k=40)).capitalize() + "." for _ in range(2)]
        bullets = "\n".join(
            f"- **{source.choice(_WORDS)}**: {source.choice(_WORDS)}" for _ in range(4)
        )
        extra = extras[number % len(extras)] % (number, number)
        question = f"What does {source.choice(_WORDS)} number {number} do?"
        cards.append((question, f"{prose[0]}\n\n{bullets}\n\n{extra}\n\n{prose[1]}"))
    return cards


def write_topics(folder: Path, cards: list[tuple[str, str]]) -> None:
    """Topic files with the cards dealt out in order."""
    folder.mkdir(parents=True)
    for topic in range(0, len(cards), _NOTES_A_FILE):
        dealt = cards[topic : topic + _NOTES_A_FILE]
        text = "".join(f"## {front}\n\n{back}\n\n" for front, back in dealt)
        (folder / f"topic-{topic:05}.md").write_text(text, encoding="utf-8")


def plain_loop(path: Path, cards: list[tuple[str, str]]) -> None:
    """What the short script does."""
    model = genanki.Model(
        1_607_392_319,
        "Plain",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
    )
    deck = genanki.Deck(2_059_400_110, "Plain")
    extensions = ["tables", "fenced_code"]
    for front, back in cards:
        fields = [markdown.markdown(text, extensions=extensions) for text in (front, back)]
        deck.add_note(genanki.Note(model=model, fields=fields))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        genanki.Package(deck).write_to_file(path)


if __name__ == "__main__":
    main()
