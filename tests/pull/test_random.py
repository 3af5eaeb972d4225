"""Random edits of a deck with everything in it: what comes back is what the learner has."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from cardwright.anki_fields.flow import Block
from cardwright.anki_fields.reading import blocks_of
from cardwright.content import read_content
from cardwright.delivery.values import AnkiNote
from cardwright.markup import END, START, TEXT, cut
from cardwright.model import Note
from cardwright.notetypes import CLOZE
from cardwright.package.collection import field_values
from cardwright.pipeline import assemble
from cardwright.pull import PullChoices, pull_edits
from cardwright.pull.files import patched_files, write_files
from tests.pull.garden import OPTIONS

DECK = Path(__file__).parents[1] / "decks" / "everything"
EDITS = (
    lambda word: f"{word}x",
    lambda word: "",  # noqa: ARG005
    lambda word: f"<b>{word}</b>",
    lambda word: f"<i>{word}</i>",
    lambda word: f"<code>{word}</code>",
    lambda word: f"{word} and _some_ * words",
    lambda word: rf"\(\frac{{a}}{{b}}\) {word}",
    lambda word: f"{word}<br>{word}",
    lambda word: f'<a href="https://a.example/">{word}</a>',
    lambda word: f"{word}</p><p>",
    lambda word: f"{word}</li><li>",
)


def edited(html: str, dice: random.Random) -> str:
    """The field with one word of it edited, outside of its formulas."""
    pieces = cut(html)
    words = [
        (at, match) for at in _texts(html) for match in re.finditer(r"\w{2,}", pieces[at].text)
    ]
    if not words:
        return html
    at, match = dice.choice(words)
    texts = [piece.text for piece in pieces]
    text = texts[at]
    new = dice.choice(EDITS)(match[0])
    texts[at] = f"{text[: match.start()]}{new}{text[match.end() :]}"
    return "".join(texts)


def _texts(html: str) -> list[int]:
    found = []
    depth = 0
    for at, piece in enumerate(cut(html)):
        if piece.name == "span" and piece.kind is START and (depth or "katex" in piece.classes):
            depth += 1
        elif piece.name == "span" and piece.kind is END and depth:
            depth -= 1
        elif piece.kind is TEXT and not depth and "{{" not in piece.text:
            found.append(at)
    return found


def blocks(note: Note, name: str, html: str) -> tuple[Block, ...]:
    return blocks_of(html, is_cloze=note.kind == CLOZE and name == "Text")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "settings"),
    [(0, ""), (1, ""), (2, ""), (3, "markdown: {line_breaks: true}\n")],
)
def test_pulling_arbitrary_edits_gives_what_the_learner_has(
    tmp_path: Path, seed: int, settings: str
) -> None:
    dice = random.Random(seed)
    folder = tmp_path / "everything"
    shutil.copytree(DECK, folder)
    with (folder / "deck.yml").open("a", encoding="utf-8") as file:
        file.write(settings)
    assembly = assemble(folder, OPTIONS)
    assert assembly.identified is not None
    before = {note.guid: field_values(note) for note in assembly.identified.notes}
    wanted = {}
    anki_deck = {}
    for note in assembly.identified.notes:
        fields = dict(before[note.guid])
        name = "Text" if note.kind == CLOZE else dice.choice(("Answer", "Answer", "Question"))
        fields[name] = edited(fields[name], dice)
        wanted[note.guid] = fields
        anki_deck[note.guid] = AnkiNote(1, note.guid, fields, note.tags, (), OPTIONS.now + 100)
    content, _ = read_content(folder)

    pulled = pull_edits(content, assembly, anki_deck, tmp_path, OPTIONS, PullChoices())
    files, problems = patched_files(pulled.patches, folder)
    assert (*problems, *write_files(files)) == ()
    after = assemble(folder, OPTIONS).identified

    assert after is not None
    assert {note.guid for note in after.notes} == before.keys()
    left = {(edit.guid, edit.field) for edit in pulled.edits if edit.reason}
    placed = {(edit.guid, edit.field) for edit in pulled.edits if not edit.reason}
    for note in after.notes:
        for name, html in field_values(note).items():
            key = (note.guid, name)
            if name not in ("Question", "Text", "Answer", "Hint", "Extra") or key in left & placed:
                continue
            target = before[note.guid][name] if key in left else wanted[note.guid][name]
            assert blocks(note, name, html) == blocks(note, name, target), key
    assert len(placed) > len(before) // 3
