"""Syncs a collection of our own with an account, so that no desktop program is needed.

Anki's own code downloads before a push, and uploads after it, including media. A full sync, which
would replace one side, is refused.
"""

from __future__ import annotations

import shlex
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.delivery.account import Account
from cardwright.delivery.collection import ClosedCollection, backend_errors, open_file
from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code, many

if TYPE_CHECKING:
    from anki.collection import Collection

_FILE = "collection.anki2"

_PATIENCE = 60  # seconds without a response before a sync fails
_LOOK = 0.1  # seconds between checks whether the media are synced


def log_in(server: str, user: str, password: str) -> str:
    """Return the key of an account. AN823 if the server refuses the password."""
    with _temporary_collection() as collection, _sync_errors(server, is_login=True):
        return str(collection.sync_login(user, password, server or None).hkey)


@contextmanager
def _temporary_collection() -> Iterator[Collection]:
    with (
        tempfile.TemporaryDirectory(prefix="cardwright-") as folder,
        closing(open_file(Path(folder) / _FILE)) as collection,
    ):
        yield collection


@contextmanager
def synced(
    account: Account, key: str, *, is_downloading: bool, is_writing: bool
) -> Iterator[ClosedCollection]:
    """Download the collection of an account, and upload it if the block succeeds.

    ``is_downloading`` allows a full download, which replaces the local collection. Without
    ``is_writing``, nothing is uploaded. AN824 if a full sync is needed, AN825 if the server does
    not respond.
    """
    account.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(_without_leftovers(account.folder / _FILE)) as collection:
        connection = _SyncConnection(collection, account, key)
        connection.sync_down(is_downloading=is_downloading)
        with backend_errors():
            yield ClosedCollection(collection, refresh=connection.exchange)
        if is_writing:
            connection.sync_up()


def _without_leftovers(file: Path) -> Collection:
    """Open our collection, or a new one if it is damaged, or a push changed it and did not upload.

    Changes that were not uploaded would win over later edits of the learner. Nothing is lost:
    everything in the collection is in the account or comes from the content.
    """
    try:
        collection = open_file(file)
    except AnkiError as error:
        if error.code is not Code.NO_COLLECTION:
            raise
        return _new(file)
    if _has_changes(collection):
        collection.close()
        return _new(file)
    return collection


def _has_changes(collection: Collection) -> bool:
    """Whether a row waits for its upload: Anki gives it the update sequence number -1.

    The time of the last change says less: it may be a millisecond after that of a full upload.
    ``config`` does not count, because a full upload leaves its numbers as they are.
    """
    assert collection.db is not None
    tables = collection.db.list(
        "SELECT t.name FROM sqlite_master t, pragma_table_info(t.name) c"
        " WHERE c.name = 'usn' AND t.name != 'config'"
    )
    waiting = (f'SELECT 1 FROM "{name}" WHERE usn = -1 LIMIT 1' for name in tables)
    return any(map(collection.db.scalar, waiting))


def _new(file: Path) -> Collection:
    """Replace a collection by an empty one."""
    for each in file.parent.glob(f"{file.name}*"):  # and what SQLite keeps beside it
        each.unlink()
    return open_file(file)


class _SyncConnection:
    """The connection between a collection and its account."""

    def __init__(self, collection: Collection, account: Account, key: str) -> None:
        from anki.sync_pb2 import SyncAuth

        self._col = collection
        self._account = account
        self._auth = SyncAuth(hkey=key, endpoint=account.server, io_timeout_secs=_PATIENCE)
        if not account.server:
            self._auth.ClearField("endpoint")

    def sync_down(self, *, is_downloading: bool) -> None:
        """Bring the local collection to the state of the account.

        An empty collection gets a full download. One with cards does only on demand.
        """
        needed = self.exchange()
        if needed in ("NO_CHANGES", "NORMAL_SYNC"):
            return
        is_empty = self._col.card_count() == 0
        if needed == "FULL_UPLOAD" and is_empty:
            return  # the account is new, and the first push fills it
        if (needed == "FULL_DOWNLOAD" and is_empty) or is_downloading:
            self._replace(self._col, is_upload=False)
            return
        theirs = 0 if needed == "FULL_UPLOAD" else self._cards_of_account()
        raise self._refused(theirs)

    def sync_up(self) -> None:
        """Bring the account to the state of the local collection, and then sync the media."""
        needed = self.exchange()
        if needed == "FULL_UPLOAD":  # only an account without cards needs it
            self._replace(self._col, is_upload=True)
        elif needed not in ("NO_CHANGES", "NORMAL_SYNC"):
            raise self._refused(self._cards_of_account())
        with _sync_errors(self._account.server):
            self._col.sync_media(self._auth)
            while self._col.media_sync_status().active:
                time.sleep(_LOOK)

    def exchange(self) -> str:
        """Sync what can be merged, and return the name of the sync that is still needed."""
        with _sync_errors(self._account.server):
            answer = self._col.sync_collection(self._auth, False)
        if answer.new_endpoint:  # AnkiWeb has several servers
            self._auth.endpoint = answer.new_endpoint
        self._media_usn = answer.server_media_usn
        return str(answer.ChangesRequired.Name(answer.required))

    def _replace(self, collection: Collection, *, is_upload: bool) -> None:
        """Replace the account by the collection, or the reverse."""
        collection.close_for_full_sync()
        try:
            with _sync_errors(self._account.server):
                collection.full_upload_or_download(
                    auth=self._auth, server_usn=self._media_usn, upload=is_upload
                )
        finally:
            collection.reopen(after_full_sync=True)

    def _cards_of_account(self) -> int:
        """Count the cards of the account, by downloading it to a temporary collection."""
        with _temporary_collection() as other:
            self._replace(other, is_upload=False)
            return int(other.card_count())

    def _refused(self, theirs: int) -> AnkiError:
        ours = self._col.card_count()
        message = (
            f"a sync would replace all of one side: {many(theirs, 'card')} on "
            f"{self._account.server or 'AnkiWeb'}, {many(ours, 'card')} here"
        )
        hint = (
            "--full-download takes the account's cards and drops the collection here; your notes "
            "are pushed again afterwards"
        )
        return AnkiError(Code.FULL_SYNC_NEEDED, message, hint)


@contextmanager
def _sync_errors(server: str, *, is_login: bool = False) -> Iterator[None]:
    """Turn errors of a sync into ``AnkiError``. Anki's messages do not contain the key."""
    from anki.errors import BackendError, NetworkError, SyncError, SyncErrorKind

    where = server or "AnkiWeb"
    login = shlex.join(("cardwright", "login", *(("--server", server) if server else ())))
    try:
        yield
    except BackendError as error:
        if isinstance(error, SyncError) and error.kind is SyncErrorKind.AUTH:
            message = f"{where} refuses the account"
            hint = "check the name and the password" if is_login else f"log in again: '{login}'"
            raise AnkiError(Code.LOGIN_REFUSED, message, hint) from error
        if isinstance(error, NetworkError):
            message = f"{where} does not answer: {_first_line(error)}"
            hint = "check the address and the network, then try again" if is_login else _AGAIN
            raise AnkiError(Code.SYNC_FAILED, message, hint) from error
        message = f"{where} could not sync: {_first_line(error)}"
        raise AnkiError(Code.SYNC_FAILED, message) from error


_AGAIN = "try again: nothing is lost"


def _first_line(error: Exception) -> str:
    lines = [line.strip("\u2068\u2069 ") for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__
