"""Stores the account of ``push --sync`` and its key.

The key is in the system's keyring or in an environment variable. The rest of the account is not
secret, and is in a file in the user's data folder.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from cardwright.atomic_files import commit, stage
from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code

KEY_VARIABLE = "CARDWRIGHT_SYNC_KEY"
SERVER_VARIABLE = "CARDWRIGHT_SYNC_SERVER"

_SERVICE = "cardwright"
_FILE = "account.json"


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a sync server. ``server`` is ``""`` for AnkiWeb. ``user`` may be ``""``."""

    server: str = ""
    user: str = ""

    @property
    def name(self) -> str:
        """The account's name in messages and in the keyring."""
        where = self.server or "AnkiWeb"
        return f"{self.user} on {where}" if self.user else where

    @property
    def folder(self) -> Path:
        """The folder of the collection that is synced with it."""
        return data_folder() / hashlib.sha256(self.name.encode()).hexdigest()[:16]


def data_folder() -> Path:
    """Return Cardwright's folder for the user's data."""
    return user_data_path("cardwright", appauthor=False)


def known_account() -> tuple[Account, str]:
    """Return the account and its key, from the environment first (for CI). AN821 without one."""
    if key := os.environ.get(KEY_VARIABLE):
        return Account(os.environ.get(SERVER_VARIABLE, "")), key
    account = _stored_account()
    if account is not None:
        with _keyring() as keyring:
            key = keyring.get_password(_SERVICE, account.name)
        if key:
            return account, key
    message = "no account is logged in"
    hint = f"run 'cardwright login' once, or set {KEY_VARIABLE}"
    raise AnkiError(Code.NO_LOGIN, message, hint)


def store_account(account: Account, key: str) -> None:
    """Store the key in the system's keyring, and the account in a file.

    AN822 if the system has no keyring. The key is not stored then.
    """
    with _keyring() as keyring:
        keyring.set_password(_SERVICE, account.name, key)
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(asdict(account)) + "\n"
    commit(stage(folder / _FILE, text.encode()), folder / _FILE)


def delete_account() -> Account | None:
    """Delete the account and its key. Return the account if there was one."""
    account = _stored_account()
    if account is None:
        return None
    with _keyring() as keyring, suppress(keyring.errors.PasswordDeleteError):
        keyring.delete_password(_SERVICE, account.name)  # the user may have deleted it already
    (data_folder() / _FILE).unlink()
    return account


def _stored_account() -> Account | None:
    """Return the stored account, or ``None`` if it cannot be read."""
    try:
        kept = json.loads((data_folder() / _FILE).read_text("utf-8"))
        server, user = kept["server"], kept["user"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_text = isinstance(server, str) and isinstance(user, str)
    return Account(server, user) if is_text else None


@contextmanager
def _keyring() -> Iterator[Any]:
    """Give the package ``keyring`` to the block. AN801 without it, AN822 if it fails."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        message = "the package 'keyring' is not installed"
        raise AnkiError(Code.NO_ANKI, message, "pip install 'cardwright[anki]'") from None
    try:
        yield keyring
    except keyring.errors.KeyringError as error:
        message = "this system has no keyring for the key"
        hint = f"set {KEY_VARIABLE} to the key instead; 'cardwright rule AN822' says how to get it"
        raise AnkiError(Code.NO_KEYRING, message, hint) from error
