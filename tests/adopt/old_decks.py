"""Decks as other tools write them, and as a person types them into Anki.

Each has the notes of ``tests.adopt.content``, with the HTML, the note types and the GUIDs that are
the tool's own.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import genanki
from anki.collection import Collection

from tests.adopt.content import leaf
from tests.in_anki import collection_in, import_into

OldDeck = Callable[[Path, Path], tuple[str, ...]]
"""Fills a collection, with a folder to work in; returns the names of the decks."""


def _hash(text: str) -> int:
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % (1 << 63)


def ankdown(collection: Path, folder: Path) -> tuple[str, ...]:
    """One deck a folder, a GUID from the place of the card, formulas for MathJax."""
    model = genanki.Model(
        _hash("Ankdown Model 2"),
        "Ankdown Model 2",
        fields=[{"name": "Question"}, {"name": "Answer"}, {"name": "Tags"}],
        templates=[
            {
                "name": "Ankdown Card",
                "qfmt": "{{Question}}\n<script>render()</script>",
                "afmt": "{{Question}}<hr id='answer'>{{Answer}}\n<script>render()</script>",
            }
        ],
    )
    deck = genanki.Deck(_hash("bio"), "bio")
    sides = (
        ("<p>What is a cell?</p>\n", "<p>The smallest <strong>unit</strong> of life.</p>\n"),
        (
            "<p>What is the law of growth \\(N(t)\\)?</p>\n",
            "<p>\\(N = N_0 e^{rt}\\), so</p>\n\n<p>\\[r = \\frac{\\ln N - \\ln N_0}{t}\\]</p>\n",
        ),
        (
            "<p>Which organelles make energy?</p>\n",
            "<ul>\n<li>mitochondria</li>\n<li>chloroplasts</li>\n</ul>\n",
        ),
        (
            "<p>What does <code>count(cells)</code> return?</p>\n",
            '<pre><code class="language-python">len(cells)\n</code></pre>\n',
        ),
        (
            "<p>What is shown here?</p>\n",
            '<p><img src="%bio%leaf.png" ></p>\n\n<p>A leaf, 3 &lt; 4 of it.</p>\n',
        ),
    )
    for number, (front, back) in enumerate(sides):
        guid = _hash(f"bio/cells.md{number}")
        deck.add_note(genanki.Note(model=model, fields=[front, back, "cells"], guid=guid))
    for number, (front, back) in enumerate((
        ("<p>What is a gene?</p>", "<p>A stretch of DNA that is read as a whole.</p>"),
        ("<p>What is a codon?</p>", "<p>Three bases that stand for an amino acid.</p>"),
        ("<p>What is shown here?</p>", "<p>A chromosome.</p>"),
        ("<p>What is a plasmid?</p>", "<p>A ring of DNA.</p>"),
    )):  # fmt: skip
        guid = _hash(f"bio/genes.md{number}")
        deck.add_note(genanki.Note(model=model, fields=[front, back, ""], guid=guid))
    (folder / "%bio%leaf.png").write_bytes(leaf(folder))
    _import(collection, folder, [deck], [folder / "%bio%leaf.png"])
    return ("bio",)


def md2anki(collection: Path, folder: Path) -> tuple[str, ...]:
    """A GUID of its own for each note, HTML of Python-Markdown, sections as decks below one."""
    model = genanki.Model(
        _hash("md2anki"),
        "Type in answer of md2anki",
        fields=[{"name": "Question"}, {"name": "Answer"}],
        templates=[
            {
                "name": "Card",
                "qfmt": '\n<div class="card card_question">\n{{Question}}\n</div>',
                "afmt": '{{FrontSide}}<hr id="answer"><div class="card card_answer">\n{{Answer}}\n'
                "</div>",
            }
        ],
    )
    chance = random.Random(4)
    decks = []
    for name, sides in (("Cells", _PLAIN[:5]), ("Genes", _PLAIN[5:])):
        deck = genanki.Deck(_hash(name), f"Biology notes::{name}")
        for front, back in sides:
            guid = f"{chance.randrange(16**8):08x}-{chance.randrange(16**4):04x}"
            fields = [f"<p>{front}</p>", f"<p>{back}</p>"]
            deck.add_note(genanki.Note(model=model, fields=fields, guid=guid, tags=["bio"]))
        decks.append(deck)
    (folder / "leaf.png").write_bytes(leaf(folder))
    _import(collection, folder, decks, [folder / "leaf.png"])
    return ("Biology notes",)


def mdanki(collection: Path, folder: Path) -> tuple[str, ...]:
    """A deck for each file, with new GUIDs at each run: here it was run twice."""
    (folder / "leaf.png").write_bytes(leaf(folder))
    for run in (1, 2):
        chance = random.Random(run)
        for name, sides in (("Cells", _PLAIN[:5]), ("Genes", _PLAIN[5:])):
            model = genanki.Model(
                _hash(name),
                f"{name}{_hash(name)}",
                fields=[{"name": "Front"}, {"name": "Back"}],
                templates=[
                    {
                        "name": "Card 1",
                        "qfmt": "{{Front}}",
                        "afmt": '{{FrontSide}}\n\n<hr id="answer">\n\n{{Back}}',
                    }
                ],
            )
            deck = genanki.Deck(_hash(f"{name} deck"), name)
            for front, back in sides:
                guid = f"{chance.randrange(10**13)}"
                fields = [f'<h2 id="x">{front}</h2>\n', f"<p>{back}</p>\n"]
                deck.add_note(genanki.Note(model=model, fields=fields, guid=guid))
            _import(collection, folder, [deck], [folder / "leaf.png"])
    return ("Cells", "Genes")


def by_hand(collection: Path, folder: Path) -> tuple[str, ...]:
    """As Anki's editor leaves it: ``<div>``, ``<br>``, ``&nbsp;``; a card the other way round."""
    with collection_in(collection) as col:
        col.media.write_data("paste-1.png", leaf(folder))
        _type(col, "Basic", "What is a cell?", "The smallest&nbsp;<b>unit</b> of life.<br>")
        _type(
            col,
            "Basic",
            "What is the law of growth <anki-mathjax>N(t)</anki-mathjax>?",
            "\\(N = N_0 e^{rt}\\), so<div>[$$]r = \\frac{\\ln N - \\ln N_0}{t}[/$$]</div>",
        )
        _type(
            col,
            "Basic (type in the answer)",
            "Which organelles make energy?",
            "<div>mitochondria</div><div>chloroplasts<br></div>",
        )
        _type(col, "Basic", "<div>What does count(cells) return?</div>", "len(cells)")
        _type(
            col,
            "Basic",
            "What is shown here?",
            '<img src="paste-1.png"><br>A leaf, 3 &lt; 4 of it.',
        )
        _type(
            col,
            "Basic (and reversed card)",
            "What is a gene?",
            "A stretch of&nbsp;DNA that is read as a whole.",
        )
        _type(
            col,
            "Basic (optional reversed card)",
            "What is a codon?",
            "Three bases that stand for an amino acid.",
            "y",
        )
        _type(col, "Basic", "What is shown here?", "<i>A chromosome</i>.")
        _type(col, "Basic", "Who was Mendel?", "A monk with peas.")
        _type(col, "Basic", "What is the capital of France?", "Paris", deck="Geography")
    return ("School::Biology",)


def _type(col: Collection, notetype: str, *fields: str, deck: str = "School::Biology") -> None:
    note = col.new_note(col.models.by_name(notetype))
    for number, text in enumerate(fields):
        note.fields[number] = text
    col.add_note(note, col.decks.id(deck))


_PLAIN = (
    ("What is a cell?", "The smallest <strong>unit</strong> of life."),
    (
        "What is the law of growth \\(N(t)\\)?",
        "\\(N = N_0 e^{rt}\\), so</p><p>\\[r = \\frac{\\ln N - \\ln N_0}{t}\\]",
    ),
    ("Which organelles make energy?", "<ul><li>mitochondria</li><li>chloroplasts</li></ul>"),
    (
        "What does <code>count(cells)</code> return?",
        '<pre><code><span class="token">len</span>(cells)</code></pre>',
    ),
    ("What is shown here?", '<img src="leaf.png" alt=""></p><p>A leaf, 3 &lt; 4 of it.'),
    ("What is a gene?", "A stretch of DNA that is read as a whole."),
    ("What is a codon?", "Three bases that stand for an amino acid."),
    ("What is shown here?", "A chromosome."),
)
"""The notes of the content, those of the first file first."""


def _import(
    collection: Path, folder: Path, decks: Sequence[genanki.Deck], media: Sequence[Path]
) -> None:
    package = folder / "old.apkg"
    names = [str(path) for path in media]
    genanki.Package(list(decks), media_files=names).write_to_file(str(package))
    import_into(collection, package)


OLD_DECKS: tuple[OldDeck, ...] = (ankdown, md2anki, mdanki, by_hand)
