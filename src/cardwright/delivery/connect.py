"""A running Anki, through the add-on AnkiConnect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cardwright.delivery.apply import Anki
from cardwright.delivery.errors import AnkiError
from cardwright.diagnostics import Code


@contextmanager
def opened(address: str) -> Iterator[Anki]:
    """The Anki that answers at ``address``, until the block ends."""
    raise AnkiError(Code.NO_ANSWER, f"no Anki answers at {address}")
    yield
