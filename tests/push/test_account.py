"""The stored account: a login that is interrupted leaves the one before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from cardwright.delivery.account import Account, known_account, store_account

FIRST, SECOND = Account(user="first@example.org"), Account(user="second@example.org")


class InMemory(KeyringBackend):
    """A keyring that forgets."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.keys: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.keys.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.keys[service, username] = password


@pytest.fixture(autouse=True)
def empty_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield
    keyring.set_keyring(before)


def test_a_login_on_a_full_disk_leaves_the_account_before(monkeypatch: pytest.MonkeyPatch) -> None:
    store_account(FIRST, "key 1")

    def full(_file: int) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            store_account(SECOND, "key 2")

    assert known_account() == (FIRST, "key 1")
    store_account(SECOND, "key 2")
    assert known_account() == (SECOND, "key 2")
