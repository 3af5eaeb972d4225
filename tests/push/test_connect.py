"""What the push into a running Anki does when something is wrong on the way."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection

from cardwright.cli import run
from cardwright.delivery.addon import Addon, Timeouts
from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code
from cardwright.disk.lockfile import read_lock
from tests.in_anki import NoteState, collection_in
from tests.push.stand_in import Actions, Limit, standing_in
from tests.push.test_edits import (
    HERBS,
    MINT,
    MOSS,
    OAK,
    SHADE,
    Garden,
    garden,
    has_options_of_its_own,
    kinds,
    removes,
)
from tests.push.ways import connected, said_by
from tests.server import Server, running
from tests.waiting import PATIENCE

__all__ = ["garden"]

SOON = Timeouts(0.3, 0.3, 0.3)
KEY = "very secret"
GREETING = {"permission": "granted", "requireApikey": False, "version": 6}


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def code_of(address: str, key: str = "", timeouts: Timeouts | None = None) -> tuple[Code, str]:
    """Why AnkiConnect at this address is not taken."""
    with pytest.raises(AnkiError) as caught:
        Addon(address, key, timeouts).check_connection()
    return caught.value.code, str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:8765",
        "ftp://127.0.0.1",
        "http://",
        "http://[::1",
        "http://127.0.0.1:port",
        "http://me:secret@127.0.0.1",
        "http://127.0.0.1/?key=secret",
        "http://127.0.0.1/ HTTP/1.1\r\nX: y",
    ],
)
def test_an_address_is_looked_at(address: str) -> None:
    assert code_of(address)[0] is Code.NO_ADDRESS


def test_a_password_in_the_address_is_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["push", ".", "--anki", "http://me:secret@127.0.0.1:9"]) == 2

    printed = capfd.readouterr()
    assert "cannot have a user name or a password" in printed.err
    assert "secret" not in printed.out + printed.err


def test_an_anki_on_this_machine_is_known_by_its_address() -> None:
    names = ("localhost", "127.0.0.1", "127.8.8.8", "[::1]", "10.0.0.1", "127.0.0.1.example.org")

    local = [Addon(f"http://{name}:8765").is_local for name in names]

    assert local == [True, True, True, True, False, False]


def test_nothing_answers() -> None:
    assert code_of("http://127.0.0.1:9") == (
        Code.ANKI_SILENT,
        "Anki does not respond",
    )


def _wait(connection: socket.socket) -> None:
    while connection.recv(65_536):
        pass


def _drip(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # whoever asked has gone
        for _ in range(int(PATIENCE / 0.05)):
            connection.sendall(b"H")
            time.sleep(0.05)


@pytest.mark.parametrize("behave", [_wait, _drip], ids=["silent", "dripping"])
def test_an_address_that_never_answers_ends_the_push(
    behave: Callable[[socket.socket], None],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with listening.accept()[0] as connection:
                behave(connection)

        thread = threading.Thread(target=serve)
        thread.start()

        code, message = code_of(f"http://127.0.0.1:{listening.getsockname()[1]}", timeouts=SOON)

        thread.join()
    assert code is Code.ANKI_SILENT
    assert "no answer within 0.3 s" in message


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b"null",
        b"[]",
        b'{"result": 6}',
        b'{"result": null, "error": 7}',
        b'{"result": "granted", "error": null}',
        b'{"result": {"permission": "granted"}, "error": null, "more": 1}',
        b"[" * 200_000,
        b"\xff\xfe",
    ],
    ids=lambda answer: repr(answer[:40]),
)
def test_another_program_is_not_taken_for_anki(server: Server, answer: bytes) -> None:
    server.serve("", answer)

    assert code_of(server.url("")) == (Code.ANKI_SILENT, "what answers there is not AnkiConnect")


def test_no_redirect_is_followed(server: Server) -> None:
    server.serve("other", json.dumps({"result": GREETING, "error": None}).encode())
    server.redirect("", server.url("other"))

    assert code_of(server.url(""))[0] is Code.ANKI_SILENT
    assert server.asked == ["/"]


def test_an_answer_has_a_limit(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cardwright.delivery.addon._MOST_BYTES", 1000)
    answer = json.dumps({"result": 6, "error": None}).encode()
    server.serve("", answer.ljust(1000))
    server.serve("long", answer.ljust(1001))

    assert Addon(server.url("")).call("version") == 6
    with pytest.raises(AnkiError) as caught:
        Addon(server.url("long")).call("version")
    assert caught.value.code is Code.ANKI_SILENT


def test_a_proxy_of_the_environment_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")

    with standing_in(tmp_path / "collection.anki2") as address:
        addon = Addon(address)
        addon.check_connection()

        assert addon.call("findNotes", query="deck:none") == []


ASKING = {**GREETING, "requireApikey": True}


@pytest.mark.parametrize(("key", "words"), [("", "asks for its key"), ("wrong", "rejects the key")])
def test_the_key_is_needed(tmp_path: Path, key: str, words: str) -> None:
    with standing_in(tmp_path / "collection.anki2", KEY) as address:
        code, message = code_of(address, key)

    assert code is Code.WRONG_KEY
    assert words in message


@contextmanager
def recording(replies: list[object]) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives these answers one after the other, and all that it was sent."""
    sent: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for reply in replies:
                connection, _ = listening.accept()
                with connection:
                    asked = b""
                    while not asked.endswith(b"}"):
                        asked += connection.recv(65_536)
                    sent.append(asked)
                    body = json.dumps(reply).encode()
                    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
                    connection.sendall(head.encode() + body)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", sent
        thread.join()


def test_the_key_is_not_sent_unless_the_add_on_asks_for_it() -> None:
    replies: list[object] = [{"result": each, "error": None} for each in (GREETING, 6)]
    with recording(replies) as (address, sent):
        Addon(address, KEY).check_connection()

    assert len(sent) == 2
    assert not any(KEY.encode() in each for each in sent)


def test_an_answer_does_not_bring_the_key_into_a_message() -> None:
    replies: list[object] = [
        {"result": ASKING, "error": None},
        {"result": None, "error": f"what is {KEY}?"},
    ]
    with recording(replies) as (address, sent):
        code, message = code_of(address, KEY)

    assert KEY.encode() in sent[1]
    assert code is Code.ANKI_REFUSED
    assert message == "Anki refused a request: what is …?"


@pytest.mark.parametrize("garden", ["connected"], indirect=True)
def test_the_key_is_written_nowhere(
    garden: Garden, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANKICONNECT_API_KEY", KEY)
    garden.edit("plants.md", "Forty metres.", "Thirty metres.")
    with standing_in(garden.file, KEY) as address:
        garden.way = lambda _file, words: said_by([*words, "--anki", address])
        said = garden.push()

    printed = capfd.readouterr()
    assert said["done"]
    assert KEY not in json.dumps(said) + printed.out + printed.err
    for path in garden.folder.parent.rglob("*"):
        if path.is_file() and "base" not in path.parts:
            assert KEY.encode() not in path.read_bytes()
    for package in (garden.folder.parent / "build").glob("*.apkg"):
        with zipfile.ZipFile(package) as zipped:
            assert not any(KEY.encode() in zipped.read(name) for name in zipped.namelist())


@pytest.mark.parametrize("garden", ["connected"], indirect=True)
@pytest.mark.parametrize("is_local", [True, False])
def test_new_notes_reach_an_anki_that_does_not_see_our_files(
    garden: Garden, monkeypatch: pytest.MonkeyPatch, is_local: bool
) -> None:
    """It runs on another machine, or in a container of this one."""
    brought = Actions.importPackage
    media = garden.file.parent / "collection.media"
    tried: list[Path] = []

    def bring(self: Actions, path: str) -> object:
        tried.append(Path(path).parent)
        if tried[-1] != media:
            raise FileNotFoundError(path)
        return brought(self, path)

    monkeypatch.setattr(Actions, "importPackage", bring)
    monkeypatch.setattr(Addon, "is_local", is_local)
    garden.edit("mosses.md", SHADE, f"{SHADE}\n## What is peat? {{#peat}}\n\nOld moss.\n")
    before = {*media.iterdir()}

    assert garden.push()["done"]

    assert garden.notes()["peat"].fields["Answer"] == "<p>Old moss.</p>"
    assert [folder == media for folder in tried] == [False, True][not is_local :]
    assert {*media.iterdir()} == before


@pytest.mark.parametrize("garden", ["connected"], indirect=True)
def test_a_refusal_of_anki_is_reported_in_its_words(
    garden: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Actions, note: object) -> None:
        raise OSError(f"disk full at {note}"[:9])

    monkeypatch.setattr(Actions, "updateNoteFields", refuse)
    garden.edit("plants.md", "Forty metres.", "Thirty metres.")

    said = garden.push(is_checked=False)

    (problem,) = said["diagnostics"]
    assert (problem["code"], problem["message"]) == ("AN810", "Anki refused a request: disk full")
    assert not said["done"]


@pytest.mark.parametrize("garden", ["connected"], indirect=True)
def test_a_missing_profile_and_a_refusal_give_different_messages(
    garden: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Actions) -> None:
        raise OSError("collection is not available")

    monkeypatch.setattr(Actions, "deckNamesAndIds", refuse)

    (problem,) = garden.push(is_checked=False)["diagnostics"]

    assert problem["message"] == "Anki refused a request: collection is not available"
    assert problem["hint"] == "choose a profile in Anki's window, then try again"


@pytest.mark.parametrize("garden", ["connected"], indirect=True)
def test_a_copy_that_the_learner_made_stays_as_it_is(garden: Garden) -> None:
    def copy(collection: Collection) -> None:
        (id_,) = collection.find_notes('"How tall is an oak?"')
        theirs = collection.get_note(id_)
        mine = collection.new_note(theirs.note_type())
        mine.fields, mine.tags = [*theirs.fields], ["mine"]
        collection.add_note(mine, theirs.cards()[0].did)

    garden.do(copy)
    garden.edit("plants.md", "Forty metres.", "Thirty metres.")

    assert kinds(garden.push()["found"]) == {"changed"}

    with collection_in(garden.file) as collection:
        notes = [collection.get_note(id_) for id_ in collection.find_notes("oak")]
        answers = {("mine" in note.tags): note["Answer"] for note in notes}
    assert answers == {True: "<p>Forty metres.</p>", False: "<p>Thirty metres.</p>"}


@pytest.mark.parametrize("garden", ["connected"], indirect=True)
def test_a_field_that_the_learner_renamed_is_known_by_its_place(garden: Garden) -> None:
    def rename(collection: Collection) -> None:
        for type_ in collection.models.all():
            if type_["name"] == "Cardwright Q&A (Garden)":
                collection.models.rename_field(type_, type_["flds"][1], "Antwort")
                collection.models.update_dict(type_)

    garden.do(rename)
    garden.edit("plants.md", "Forty metres.", "Thirty metres.")

    garden.push()

    assert garden.notes()["oak"].fields["Antwort"] == "<p>Thirty metres.</p>"


@pytest.mark.slow
@pytest.mark.parametrize("garden", ["connected"], indirect=True)
def test_anki_can_crash_at_each_write(garden: Garden, tmp_path: Path) -> None:
    """The next push does the rest, and then all is as if nothing had happened.

    A push that is killed ends between two requests. Where Anki crashes within one that renames a
    deck, only the cards of the questions go on; others stay in the deck with the old name.
    """
    has_options_of_its_own(HERBS)(garden)
    garden.edit("deck.yml", "Garden", "Botany")
    garden.edit("plants.md", OAK, "")
    garden.edit("plants.md", MINT, f"{OAK}### What is sage? {{#sage}}\n\nA bush.\n\n")
    garden.edit("plants.md", "{{c2::spores}}", "spores")
    garden.edit("plants.md", "{#bark}", "{#bark reverse}")
    garden.edit("mosses.md", f"{MOSS}{SHADE}", f"{SHADE}\n{MOSS}")
    crashes = _crash_at_each_write(garden, tmp_path, partial(_told, garden), of_requests=False)
    assert crashes.count(True) > 10
    assert crashes.count(False) > 10


@pytest.mark.slow
@pytest.mark.parametrize("garden", ["connected"], indirect=True)
def test_anki_can_crash_while_a_deck_is_respelled(garden: Garden, tmp_path: Path) -> None:
    """Anki ignores case in names of decks. So a crash may leave the old spelling of one."""
    garden.edit("deck.yml", "Garden", "garden")
    garden.edit("plants.md", "# Plants", "# plants")

    def told(is_whole: bool) -> object:  # noqa: ARG001
        decks = sorted(map(str.casefold, garden.decks()))
        return decks, {name: _decks_of(note) for name, note in garden.notes().items()}

    def _decks_of(note: NoteState) -> list[str]:
        return [card.deck.casefold() for card in note.cards.values()]

    assert len(_crash_at_each_write(garden, tmp_path, told, of_requests=True)) > 10
    assert "garden::plants::Herbs" in garden.decks()


@pytest.mark.slow
@pytest.mark.parametrize("garden", ["connected"], indirect=True)
def test_a_crash_during_a_rename_brings_back_no_note_that_the_learner_deleted(
    garden: Garden, tmp_path: Path
) -> None:
    removes("What is mint?")(garden)
    garden.edit("deck.yml", "Garden", "Botany")
    told = partial(_told, garden)

    assert len(_crash_at_each_write(garden, tmp_path, told, of_requests=True)) > 5
    assert "mint" not in garden.notes()
    lock, _ = read_lock(garden.folder / "deck.lock")
    assert lock is not None
    assert len(lock.deliveries) == 1


def _crash_at_each_write(
    garden: Garden, tmp_path: Path, told: Callable[[bool], object], *, of_requests: bool
) -> list[bool]:
    """For each write, whether the crash came in the middle of a request.

    What is ``told`` after the next push is always the same. It is asked for less after a crash in
    the middle of a request.
    """
    safe = tmp_path / "safe"
    shutil.copytree(garden.folder.parent, safe, ignore=shutil.ignore_patterns("safe"))
    start = garden.now
    garden.push()
    expected = {is_whole: told(is_whole) for is_whole in (True, False)}
    shutil.copytree(tmp_path / "build/.cache", safe / "build/.cache", dirs_exist_ok=True)
    crashes: list[bool] = []
    while True:
        for name in ("base", "build", "garden"):
            shutil.rmtree(tmp_path / name)
            shutil.copytree(safe / name, tmp_path / name)
        garden.now = start
        limit = Limit(len(crashes), of_requests)
        garden.way = partial(_crashing, limit=limit)
        if garden.push(is_checked=False)["done"]:
            break
        garden.way = connected
        garden.push()

        is_whole = not limit.is_within_request
        assert told(is_whole) == expected[is_whole], len(crashes)

        assert garden.push()["done"]
        crashes.append(limit.is_within_request)
    return crashes


def _crashing(file: Path, words: Sequence[str], *, limit: Limit) -> Any:
    with standing_in(file, limit=limit) as address:
        return said_by([*words, "--anki", address])


def _told(garden: Garden, is_whole: bool) -> object:
    """All that a push is about, by the names of decks and the ids of the content."""
    notes, options = dict(garden.notes()), garden.options()
    if is_whole:
        return notes, options
    notes.pop("mint", None)
    return notes, {name: each for name, each in options.items() if name.startswith("Botany")}
