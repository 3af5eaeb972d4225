"""Time a build against a plain loop of Python-Markdown and genanki over the same notes.

usage: python benchmarks/build_time.py [--notes N] [--rounds R]

Both make an ``.apkg`` of the same N generated notes (default 1,000) in the same process, turn by
turn; each round gives one ratio, so that a busy machine weighs on both. The plain loop does what
a short script does: ``markdown.markdown`` on question and answer, one genanki note each. It
finds no questions, cleans nothing, highlights nothing and keeps no identities.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
import warnings
from pathlib import Path

import click
import genanki
import markdown

from cardwright.build import Options, build_deck

_WORDS = (
    "leaf", "root", "stem", "bark", "seed", "water", "light", "sugar", "cell", "wall", "tissue",
    "growth", "decay", "season", "soil", "branch", "flower", "pollen", "fruit", "sap", "ring",
    "crown", "shade", "needle", "cone", "spore", "moss", "fern",
)  # fmt: skip


@click.command()
@click.option("--notes", default=1000, show_default=True)
@click.option("--rounds", default=5, show_default=True)
def main(notes: int, rounds: int) -> None:
    """Print the seconds of both and the ratio of each round, and the median ratio."""
    cards = generate(notes)
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_topics(folder / "content", cards)
        for number in range(rounds):
            ours = seconds_of_build(folder, number)
            plain = seconds_of_plain_loop(folder / "plain.apkg", cards)
            ratios.append(ours / plain)
            click.echo(f"build {ours:6.2f} s   plain loop {plain:6.2f} s   ratio {ratios[-1]:.2f}")
    click.echo(f"{notes} notes, median ratio {statistics.median(ratios):.2f}")


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
    """Ten topic files with the cards dealt out in order."""
    folder.mkdir()
    size = -(-len(cards) // 10)
    for topic in range(0, len(cards), size):
        text = "".join(f"## {front}\n\n{back}\n\n" for front, back in cards[topic : topic + size])
        (folder / f"topic-{topic:05}.md").write_text(text, encoding="utf-8")


def seconds_of_build(folder: Path, number: int) -> float:
    """A first build: no lock, no package."""
    began = time.perf_counter()
    lock = folder / f"{number}.lock"
    built = build_deck(folder / "content", folder / "build", Options(now=1, lock_file=lock))
    assert built.package is not None, built.diagnostics
    return time.perf_counter() - began


def seconds_of_plain_loop(path: Path, cards: list[tuple[str, str]]) -> float:
    """What the short script takes."""
    began = time.perf_counter()
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
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
