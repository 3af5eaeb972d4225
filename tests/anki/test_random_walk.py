"""Five hundred random edits of two hundred notes, built and imported again and again."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import pytest

from cardwright.building import Built
from cardwright.explain import read_files
from cardwright.model import Guid
from tests.anki.garden import Garden
from tests.anki.versions import IS_OLD
from tests.edits import Card, Desk, edit_deck
from tests.made_up import made_up
from tests.notes import bytes_of

ROUNDS = 40
MOST_EDITS = 23
"""In a round; it has at least one."""

NOTES = 200
STUDIED = 60


def cards() -> list[Card]:
    """The questions of the deck that ships, without formulas and images, and made-up ones."""
    content = Path(__file__).parents[2] / "content"
    read = read_files(content, Path("no.lock"), lambda _name, _done, _total: None)
    found = [
        (note.front.markdown, note.back.markdown, note.place.path, " ".join(note.section))
        for parsed, _ in read.files
        for note in parsed.notes
        if not note.deletions
    ]
    found += [(card.front, card.back, "made-up.md", "") for deck in made_up() for card in deck]
    return [
        Card(key, plain(front), plain(back) or "Nothing.", file, section)
        for key, (front, back, file, section) in enumerate(found)
    ]


def plain(markdown: str) -> str:
    """The words alone: these builds are not to typeset formulas and shrink images."""
    text = re.sub(r"\$\$.*?\$\$|\$.*?\$|!\[.*?\]\(.*?\)|[`<>\\]", " ", markdown, flags=re.DOTALL)
    lines = (line for line in text.split("\n") if not line.startswith(("|", "#", ">", "    ")))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def start(seed: int) -> Desk:
    chance = random.Random(seed)
    everything = cards()
    written = set(chance.sample(range(len(everything)), NOTES))
    return Desk.of(
        [card for card in everything if card.key in written],
        [card for card in everything if card.key not in written],
        seed,
    )


def write(garden: Garden, desk: Desk) -> None:
    """The desk as files; what stands in one file and section stays together."""
    for path in garden.folder.glob("*.md"):
        path.unlink()
    for name, in_file in groupby(desk.cards, key=lambda card: card.file):
        lines = [f"# Topic {name.removesuffix('.md')}"]
        section = ""
        for card in in_file:
            if card.section and card.section != section:
                lines.append(f"## {card.section}")
            section = card.section
            lines.append(f"### {card.front}\n\n{card.back}")
        garden.write(name, "\n\n".join(lines) + "\n")


@dataclass
class Truth:
    """Which note each card is, by its key, and how often a build saw it so."""

    guids: dict[int, Guid] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def compare(self, desk: Desk, built: Built, edited: dict[int, str]) -> None:
        identified = built.assembly.identified
        assert identified is not None
        assert len(identified.notes) == len(desk.cards)
        others = {guid: key for key, guid in self.guids.items()}
        for card, note in zip(desk.cards, identified.notes, strict=True):
            known = self.guids.get(card.key)
            if card.key in desk.free or others.get(note.guid) in desk.free:
                outcome = "free"
            elif known is None:
                outcome = "new" if note.guid not in others else "wrong"
            elif note.guid == known:
                outcome = "kept"
            else:
                outcome = "wrong" if note.guid in others else "lost"
            self.counts[outcome] += 1
            if card.key in edited and known is not None and card.key not in desk.free:
                self.counts[f"{outcome} of edited"] += 1
            self.guids[card.key] = note.guid


def sorted_by_file(desk: Desk) -> None:
    """The cards of each file together, files by name, as a build reads them."""
    desk.cards.sort(key=lambda card: card.file)


@pytest.mark.slow
def test_no_edit_of_a_long_life_gives_a_note_to_another_question(garden: Garden) -> None:
    garden.write("deck.yml", "deck: Garden\nquestions: headings\nquestion_level: 3\n")
    desk, truth = start(12), Truth()
    sorted_by_file(desk)
    asked = 0
    for round_number in range(ROUNDS):
        before = {card.key: card for card in desk.cards}
        desk.touched.clear()
        desk.free.clear()
        edited = edit_deck(desk, desk.chance.randint(1, MOST_EDITS)) if round_number else {}
        sorted_by_file(desk)
        write(garden, desk)
        if IS_OLD:
            garden.keep_time()
        built = garden.build()
        if not built.package:
            assert {p.code.code for p in built.diagnostics if p.is_error} == {"LK606"}
            garden.now -= 100
            built = garden.build(is_accepting_new=True)
            asked += 1
        assert built.package, built.diagnostics
        truth.compare(desk, built, edited)
        check_import(garden, built)
        if not round_number:
            for card in sorted(garden.collection.find_cards(""))[:STUDIED]:
                garden.study(f"cid:{card}")
        gone = before.keys() - {card.key for card in desk.cards} - desk.free
        desk.unwritten += [replace(before[key]) for key in sorted(gone)]

    counts = truth.counts
    print(f"\n{ROUNDS} rounds: {dict(sorted(counts.items()))}, {asked} rounds asked the author")
    assert counts["wrong"] == 0
    assert counts["lost"] < 0.12 * counts["kept of edited"]
    assert counts["kept"] > 0.998 * (counts["kept"] + counts["lost"])


def check_import(garden: Garden, built: Built) -> None:
    identified = built.assembly.identified
    assert identified is not None
    changes = identified.changes
    counts = garden.import_package(bytes_of(built))
    expected = {
        "new": len(changes.new),
        "updated": len(changes.changed),
        "duplicate": len(changes.moved) + len(changes.unchanged),
    }
    assert counts == {outcome: count for outcome, count in expected.items() if count}
    for card, schedule in garden.schedules.items():
        assert garden.schedule(card) == schedule
    guids = garden.collection.db.list("select guid from notes")
    assert len(guids) == len(set(guids))
