"""Syncing a collection of our own: what goes wrong on the line, and what is refused."""

from __future__ import annotations

import io
import random
import socket
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.delivery import sync
from cardwright.delivery.account import KEY_VARIABLE, SERVER_VARIABLE, Account
from cardwright.delivery.compare import PushChoices
from cardwright.delivery.deliver import PushResult, deliver
from cardwright.delivery.target import AnkiTarget
from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code
from cardwright.pipeline import Options
from tests.push.phone import Phone
from tests.push.sync_server import USER, SyncServer, sync_server

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

QUESTIONS = "## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nIt drinks.\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A content folder, an account, and the way between them."""

    folder: Path
    server: SyncServer
    key: str
    is_downloading: bool = False

    @property
    def account(self) -> Account:
        return Account(self.server.address)

    def push(
        self,
        text: str,
        now: int = 1_800_000_000,
        *,
        choices: PushChoices = PushChoices(),  # noqa: B008 (it is frozen)
        is_dry_run: bool = False,
    ) -> PushResult:
        content = self.folder / "plants.md"
        content.write_text(text, "utf-8")
        target = AnkiTarget("sync", is_synced=True, is_downloading=self.is_downloading)
        return deliver(
            content, self.folder / "build", Options(now), target, choices,
            lambda *_: not is_dry_run, is_dry_run=is_dry_run,
        )  # fmt: skip

    def codes(self, done: PushResult) -> list[Code]:
        return [diagnostic.code for diagnostic in done.diagnostics]

    def phone(self, name: str) -> Phone:
        return Phone.new(self.folder / name, self.server.address, self.key)


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with sync_server(tmp_path / "server") as server:
        key = server.key()
        monkeypatch.setenv(SERVER_VARIABLE, server.address)
        monkeypatch.setenv(KEY_VARIABLE, key)
        yield Line(tmp_path, server, key)


def test_a_push_reaches_the_phone(line: Line) -> None:
    line.push(QUESTIONS)
    phone = line.phone("phone")

    phone.sync()

    assert {note["Plain"] for note in phone.notes().values()} == {
        "What is a leaf?",
        "What is a root?",
    }


def test_another_computer_takes_the_whole_account_first(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.push(QUESTIONS)
    monkeypatch.setenv("XDG_DATA_HOME", str(line.folder / "other"))

    done = line.push(QUESTIONS)

    assert done.pushed is not None
    assert done.pushed.found.is_nothing


def test_a_note_that_the_learner_deleted_stays_deleted_without_a_word_in_the_lock(
    line: Line,
) -> None:
    """As in CI, where each run has the lock of the commit, and a collection of its own."""
    line.push(QUESTIONS)
    lock = line.folder / "plants.lock"
    lines = lock.read_text("utf-8").splitlines(keepends=True)
    lock.write_text("".join(each for each in lines if '"delivered"' not in each), "utf-8")
    phone = line.phone("phone")
    phone.sync()
    (root,) = phone.collection.find_notes('"Plain:What is a root?"')
    phone.collection.remove_notes([root])
    phone.sync()

    done = line.push(QUESTIONS)

    assert done.pushed is not None
    assert done.pushed.found.is_nothing
    assert len(done.pushed.found.deleted) == 1


def test_a_damaged_copy_of_the_account_is_fetched_again(line: Line) -> None:
    line.push(QUESTIONS)
    (line.account.folder / "collection.anki2").write_bytes(b"no database" * 1000)

    done = line.push(QUESTIONS.replace("An organ", "A part"))

    assert line.codes(done) == []
    assert done.pushed is not None
    assert len(done.pushed.found.visible_updates) == 1


def test_a_dry_run_uploads_nothing(line: Line) -> None:
    line.push(QUESTIONS)

    done = line.push(QUESTIONS.replace("drinks", "eats"), 1_800_000_100, is_dry_run=True)

    assert done.pushed is not None
    assert len(done.pushed.found.updates) == 1
    assert not done.pushed.is_done
    phone = line.phone("phone")
    phone.sync()
    answers = {note["Answer"] for note in phone.notes().values()}
    assert answers == {"<p>An organ.</p>", "<p>It drinks.</p>"}


def fill(phone: Phone, count: int) -> None:
    """Replace the account by a collection with so many cards of the learner's own."""
    col = phone.collection
    for number in range(count):
        note = col.new_note(col.models.by_name("Basic"))
        note["Front"] = f"own {number}"
        col.add_note(note, col.decks.id("Own"))
    answer = col.sync_collection(phone.auth, False)
    col.close_for_full_sync()
    col.full_upload_or_download(auth=phone.auth, server_usn=answer.server_media_usn, upload=True)
    col.reopen(after_full_sync=True)


def test_an_upload_that_took_a_millisecond_too_long_is_no_lost_push(line: Line) -> None:
    """Anki writes the time of the sync, and then that of the change: on a slow machine, later."""
    line.push(QUESTIONS)
    with closing(sqlite3.connect(line.account.folder / "collection.anki2")) as collection:
        collection.execute("UPDATE col SET ls = mod - 1")
        collection.commit()
    fill(line.phone("other"), 3)

    done = line.push(QUESTIONS)

    assert line.codes(done) == [Code.FULL_SYNC_NEEDED]


def test_cards_of_the_account_are_never_replaced(line: Line) -> None:
    line.push(QUESTIONS)
    other = line.phone("other")
    fill(other, 3)

    done = line.push(QUESTIONS.replace("drinks", "eats"), 1_800_000_100)

    assert done.pushed is None
    assert line.codes(done) == [Code.FULL_SYNC_NEEDED]
    assert "3 cards on" in done.diagnostics[0].message
    assert "2 cards here" in done.diagnostics[0].message
    other.sync()
    assert other.collection.card_count() == 3


def test_a_full_download_takes_the_account_and_pushes_again(line: Line) -> None:
    line.push(QUESTIONS)
    other = line.phone("other")
    fill(other, 3)
    asking = Line(line.folder, line.server, line.key, is_downloading=True)

    done = asking.push(QUESTIONS, 1_800_000_100)

    assert done.pushed is not None
    assert line.codes(done) == []
    other.sync()
    assert other.collection.card_count() == 5


def test_a_deletion_that_was_not_uploaded_is_forgotten(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.push(QUESTIONS)
    phone = line.phone("phone")
    phone.sync()
    (root,) = phone.collection.find_notes('"Plain:What is a root?"')
    leaf, _ = QUESTIONS.split("## What is a root?")
    line.push(leaf, 1_800_000_100)
    with monkeypatch.context() as patch:
        patch.setattr(sync._SyncConnection, "sync_up", _fail)
        failed = line.push(leaf, 1_800_000_200, choices=PushChoices(is_pruning=True))
    assert line.codes(failed) == [Code.SYNC_FAILED]

    line.push(QUESTIONS, 1_800_000_300)

    phone.sync()
    assert root in {note.id for note in phone.notes().values()}


def _fail(_connection: object) -> None:
    raise AnkiError(Code.SYNC_FAILED, "the network is gone")


def test_a_server_that_dies_in_the_middle_loses_nothing(line: Line) -> None:
    line.push(QUESTIONS)
    phone = line.phone("phone")
    chance = random.Random(3)
    for number in range(12):
        phone.sync()
        for note in phone.notes().values():
            phone.tag(note, f"mine{number}")
        phone.sync()
        dying = threading.Timer(chance.random() * 0.6, line.server.stop)
        dying.start()
        text = QUESTIONS.replace("drinks", f"drinks {number} litres")
        now = 1_800_000_000 + 100 * (number + 1)
        first = line.push(text, now)
        dying.join()
        line.server.start()
        assert line.codes(first) in ([], [Code.SYNC_FAILED])

        done = line.push(text, now)

        assert line.codes(done) == []
        phone.sync()
        notes = phone.notes().values()
        assert {n["Answer"] for n in notes} == {
            "<p>An organ.</p>",
            f"<p>It drinks {number} litres.</p>",
        }
        assert all({f"mine{n}" for n in range(number + 1)} <= {*note.tags} for note in notes)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_network_that_hangs_is_given_up(
    line: Line, silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "_PATIENCE", 1)
    monkeypatch.setenv(SERVER_VARIABLE, SyncServer(line.folder, silent_port).address)

    done = line.push(QUESTIONS)

    assert line.codes(done) == [Code.SYNC_FAILED]


def test_a_wrong_password_is_refused_and_never_printed(line: Line) -> None:
    with pytest.raises(AnkiError) as refused:
        sync.log_in(line.server.address, USER, "hunter2")

    assert refused.value.code is Code.LOGIN_REFUSED
    assert "hunter2" not in str(refused.value) + refused.value.hint
    assert refused.value.hint == "check the name and the password"


def test_a_login_goes_to_the_server_that_the_environment_names(
    line: Line, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CARDWRIGHT_SYNC_SERVER", line.server.address)
    monkeypatch.setattr(sys, "stdin", io.StringIO("hunter2\n"))

    assert run(["login", "--user", USER]) == 1
    printed = capsys.readouterr().err
    assert f"AN823 {line.server.address} refuses the account" in printed
    assert "no encryption" not in printed


@pytest.mark.parametrize("server", ["http://sync.invalid:1/", "http://[sync"])
def test_a_password_that_others_can_read_is_named(
    server: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("hunter2\n"))

    assert run(["login", "--user", USER, "--server", server]) == 1
    assert f"{server} has no encryption" in capsys.readouterr().err


def test_the_key_is_in_no_file_and_in_no_message(line: Line) -> None:
    line.push(QUESTIONS)
    line.server.stop()
    done = line.push(QUESTIONS.replace("drinks", "eats"), 1_800_000_100)

    said = "".join(each.message + each.hint for each in done.diagnostics)
    ours = [path for path in line.folder.rglob("*") if path.is_file()]
    ours = [path for path in ours if "server" not in path.parts]
    assert line.key not in said
    assert not [path for path in ours if line.key.encode() in path.read_bytes()]
