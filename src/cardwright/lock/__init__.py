"""The lock: what the last build knew about every note, as values and as text that git can merge."""

from cardwright.lock.deliveries import (
    BY_HAND,
    Move,
    Pending,
    behind_after,
    collections_of,
    delivered,
    known_notes,
    last_delivery,
    not_yet,
    pending,
    renumbered,
    with_deliveries,
    without_deliveries,
    without_notes,
)
from cardwright.lock.entries import (
    Behind,
    Delivery,
    FileChoice,
    ImagePin,
    KeptTitle,
    Lock,
    LockEntry,
    entry_order,
)
from cardwright.lock.forget import forget
from cardwright.lock.mend import Mended, known_lock, mend
from cardwright.lock.text import format_lock, lock_command, parse_lock

__all__ = [
    "BY_HAND",
    "Behind",
    "Delivery",
    "FileChoice",
    "ImagePin",
    "KeptTitle",
    "Lock",
    "LockEntry",
    "Mended",
    "Move",
    "Pending",
    "behind_after",
    "collections_of",
    "delivered",
    "entry_order",
    "forget",
    "format_lock",
    "known_lock",
    "known_notes",
    "last_delivery",
    "lock_command",
    "mend",
    "not_yet",
    "parse_lock",
    "pending",
    "renumbered",
    "with_deliveries",
    "without_deliveries",
    "without_notes",
]
