"""Days of edits on one side and of studying on the other, over a real sync server."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from cardwright.delivery.account import KEY_VARIABLE, SERVER_VARIABLE
from cardwright.delivery.compare import PushChoices
from cardwright.delivery.deliver import PushResult, deliver
from cardwright.delivery.target import AnkiTarget
from cardwright.delivery.values import RETIRED, Differences
from cardwright.disk.lockfile import read_lock
from cardwright.lock import Lock
from cardwright.pipeline import Options
from tests.push.author import Author
from tests.push.phone import Phone
from tests.push.sync_server import sync_server

DAYS = 30
_DAY = 86_400  # seconds


@dataclass(slots=True)
class Year:
    """Both sides, and the line between them."""

    author: Author
    phone: Phone
    output: Path
    now: int

    def push(self, **choices: bool) -> PushResult:
        self.now += _DAY
        self.author.write()
        options = Options(self.now)
        choices_made = PushChoices(**choices)
        target = AnkiTarget("sync", is_synced=True)
        done = deliver(
            self.author.folder, self.output, options, target, choices_made, lambda *_: True
        )
        assert done.pushed is not None, done.diagnostics
        return done


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("cardwright.delivery.sync._LOOK", 0.01)  # in more than a hundred pushes
    with sync_server(tmp_path / "server") as server:
        key = server.key()
        monkeypatch.setenv(SERVER_VARIABLE, server.address)
        monkeypatch.setenv(KEY_VARIABLE, key)
        yield _year(tmp_path, server.address, key)


def _year(folder: Path, address: str, key: str) -> Year:
    author = Author(folder / "garden")
    for name in ("herbs", "trees", "vines"):
        author.files[name], author.titles[name] = [], name.capitalize()
        for _ in range(4):
            author.plant(name)
    phone = Phone.new(folder / "phone", address, key)
    return Year(author, phone, folder / "build", 1_800_000_000)


@pytest.mark.slow
def test_a_year_of_edits_loses_no_note(year: Year) -> None:
    chance = random.Random(4)
    year.push()
    for _ in range(DAYS):
        year.phone.sync()
        for _ in range(chance.choice((2, 4, 14))):
            _learn(year, chance)
        year.phone.sync()
        kinds = [year.author.edit(chance) for _ in range(chance.choice((0, 2, 6, 16, 30)))]
        done = year.push()
        assert done.pushed is not None
        year.phone.sync()
        _check(year, done.pushed.left, kinds)
        again = year.push()
        assert again.pushed is not None
        assert again.pushed.found.is_nothing, (kinds, again.pushed.found)


def _learn(year: Year, chance: random.Random) -> None:
    """What a learner does on a day."""
    phone = year.phone
    notes = sorted(phone.notes().values(), key=lambda note: note.guid)
    root = phone.collection.decks.id_for_name(year.author.root)
    if root is not None:
        phone.collection.decks.select(root)
        phone.study(chance.randrange(4), chance)
    if not notes:
        return
    note = chance.choice(notes)
    match chance.randrange(12):
        case 0:
            phone.tag(note, chance.choice(("marked", "leech", "mine", "mine::hard")))
        case 1:
            phone.flag(note)
        case 2:
            phone.edit(note, "Answer", f"<p>My own words {chance.randrange(1000)}.</p>")
        case 3:
            phone.edit(note, "Extra", "<p>A memory hook.</p>")
        case 4:
            phone.move(note, "My own deck")


def _check(year: Year, left: Differences, kinds: list[str]) -> None:
    """Everything of the content is there, and everything of the learner's."""
    lock = _lock(year)
    notes = year.phone.notes()
    live = {entry.id: entry for entry in lock.entries if not entry.is_retired}
    asked = year.author.questions()
    assert live.keys() == {question.id for _, question in asked}
    conflicts = {(str(each.guid), each.field) for each in left.conflicts}
    for name, question in asked:
        entry = live[question.id]
        note = notes[entry.guid]
        assert RETIRED not in note.tags, kinds
        assert entry.deck == year.author.deck(name)
        for card in note.card_ids():
            deck = year.phone.moved.get(entry.guid, entry.deck)
            assert year.phone.deck_of(card) == deck, (kinds, question)
        _check_fields(year, note, question.answer, conflicts)
        theirs = year.phone.tags.get(entry.guid, set())
        assert theirs | {*year.author.tags} <= {*note.tags}, kinds
        extra = {*note.tags} - theirs - {*year.author.tags}
        assert all(tag.startswith(year.author.root.replace(" ", "_")) for tag in extra), (
            kinds,
            note.tags,
        )
        cards = [year.phone.collection.get_card(id_) for id_ in note.card_ids()]
        asleep = {card.ord for card in cards if card.queue == -1}
        assert asleep <= {1}
        assert {card.ord for card in cards} - asleep == {0, *([1] if question.is_reverse else ())}
    for entry in lock.entries:
        if entry.is_retired and entry.guid in notes:
            note = notes[entry.guid]
            assert RETIRED in note.tags
            cards = [year.phone.collection.get_card(card) for card in note.card_ids()]
            assert all(card.queue == -1 for card in cards)
    _check_schedule(year)
    _check_order(year, lock)
    assert not left.stays or year.phone.moved


def _check_fields(year: Year, note: object, answer: str, conflicts: set[tuple[str, str]]) -> None:
    guid, fields = note.guid, dict(note.items())  # type: ignore[attr-defined]
    own = year.phone.edits.get((guid, "Answer"))
    if own is None:
        assert fields["Answer"].split() == f"<p>{answer}</p>".split()
    else:
        assert fields["Answer"] == own
    assert fields["Extra"] == year.phone.edits.get((guid, "Extra"), "")
    assert all((g, f) in year.phone.edits for g, f in conflicts)


def _check_schedule(year: Year) -> None:
    """What studying made of each card is there, even if its side is gone."""
    for card, state in year.phone.states.items():
        assert year.phone.state_of(card) == state


def _check_order(year: Year, lock: Lock) -> None:
    """New cards come in the order of the files."""
    guids = {entry.id: entry.guid for entry in lock.entries if not entry.is_retired}
    notes = year.phone.notes()
    dues: list[int] = []
    for _, question in year.author.questions():
        cards = [
            year.phone.collection.get_card(id_) for id_ in notes[guids[question.id]].card_ids()
        ]
        dues += sorted({card.due for card in cards if card.type == 0})
    assert dues == sorted(dues)


def _lock(year: Year) -> Lock:
    lock, problems = read_lock(year.author.folder / "deck.lock")
    assert lock is not None, problems
    return lock
