"""The situations in which ``push`` and ``login`` cannot do what they should, for the problem cases.

Each is set up with the real Anki and its sync server, and returns the exit code of the command.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from anki.collection import Collection

from cardwright.cli import run
from tests.adopt import situations as adopt
from tests.in_anki import collection_in, edit_answer, import_into, retype
from tests.push.phone import Phone
from tests.push.sync_server import USER, SyncServer, sync_server

Situation = Callable[[Path, list[str], pytest.MonkeyPatch], int]
"""From the folder of the content, the option that names the output, and what to patch."""


def _pushed(folder: Path, output: list[str]) -> int:
    return run(["push", ".", "--collection", _file(folder).name, *output])


def _file(folder: Path) -> Path:
    return folder / "collection.anki2"


def _no_anki(folder: Path, output: list[str], patch: pytest.MonkeyPatch) -> int:
    with collection_in(_file(folder)):
        pass
    patch.setitem(sys.modules, "anki.collection", None)
    return _pushed(folder, output)


def _open_in_anki(folder: Path, output: list[str], patch: pytest.MonkeyPatch) -> int:  # noqa: ARG001
    with collection_in(_file(folder)):
        return _pushed(folder, output)


def _after(work: Callable[[Collection], None]) -> Situation:
    """A push after the learner imported the build before and did this."""

    def situation(folder: Path, output: list[str], patch: pytest.MonkeyPatch) -> int:  # noqa: ARG001
        (package,) = Path(output[1]).glob("*.apkg")
        import_into(_file(folder), package)
        with collection_in(_file(folder)) as collection:
            work(collection)
        return _pushed(folder, output)

    return situation


def _pulled_after(work: Callable[[Collection], None]) -> Situation:
    """A pull from a collection after the learner imported the build before and did this."""

    def situation(folder: Path, output: list[str], patch: pytest.MonkeyPatch) -> int:  # noqa: ARG001
        (package,) = Path(output[1]).glob("*.apkg")
        import_into(_file(folder), package)
        with collection_in(_file(folder)) as collection:
            work(collection)
        return run(["pull", ".", "--collection", _file(folder).name, *output])

    return situation


def _refuse_edits(collection: Collection) -> None:
    """Let the database refuse changes of notes, as a damaged one does."""
    assert collection.db
    collection.db.execute(
        "CREATE TRIGGER no BEFORE UPDATE ON notes BEGIN SELECT RAISE(ABORT, 'damaged'); END"
    )


def _no_keyring(folder: Path, output: list[str], patch: pytest.MonkeyPatch) -> int:  # noqa: ARG001
    import keyring
    from keyring.backends.fail import Keyring

    patch.setattr(sys, "stdin", io.StringIO("secret\n"))
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    try:
        with sync_server(folder.parent / "server") as server:
            return run(["login", "--user", USER, "--server", server.address])
    finally:
        keyring.set_keyring(before)


def _synced(work: Callable[[SyncServer, list[str]], int]) -> Situation:
    """A push to an account of a running sync server, whose key is in the environment."""

    def situation(folder: Path, output: list[str], patch: pytest.MonkeyPatch) -> int:
        patch.setenv("XDG_DATA_HOME", str(folder.parent / "data"))
        with sync_server(folder.parent / "server") as server:
            patch.setenv("CARDWRIGHT_SYNC_SERVER", server.address)
            patch.setenv("CARDWRIGHT_SYNC_KEY", server.key())
            return work(server, output)

    return situation


def _wrong_key(server: SyncServer, output: list[str]) -> int:  # noqa: ARG001
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARDWRIGHT_SYNC_KEY", "0" * 40)
        return run(["push", ".", "--sync", *output])


def _other_account(server: SyncServer, output: list[str]) -> int:
    """The account is filled anew from another device, after a push."""
    assert run(["push", ".", "--sync", *output]) == 0
    other = Phone.new(server.folder.parent / "other", server.address, server.key())
    for text in ("one", "two"):
        note = other.collection.new_note(other.collection.models.by_name("Basic"))
        note["Front"] = text
        other.collection.add_note(note, other.collection.decks.id("Own"))
    answer = other.collection.sync_collection(other.auth, False)
    other.collection.close_for_full_sync()
    other.collection.full_upload_or_download(
        auth=other.auth, server_usn=answer.server_media_usn, upload=True
    )
    return run(["push", ".", "--sync", *output])


def _no_server(server: SyncServer, output: list[str]) -> int:
    server.stop()
    return run(["push", ".", "--sync", *output])


SITUATIONS: Mapping[str, Situation] = {
    "--pulled-after-an-edit": _pulled_after(edit_answer),
    **adopt.SITUATIONS,
    "--no-anki": _no_anki,
    "--open-in-anki": _open_in_anki,
    "--edited-in-anki": _after(edit_answer),
    "--retyped-in-anki": _after(retype),
    "--refused-by-anki": _after(_refuse_edits),
    "--no-keyring": _no_keyring,
    "--wrong-key": _synced(_wrong_key),
    "--other-account": _synced(_other_account),
    "--no-server": _synced(_no_server),
}
