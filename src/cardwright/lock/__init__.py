"""The lock: what the last build knew about every note, as values and as text that git can merge."""

from cardwright.lock.conflicts import MergedLock, merge_conflicts, salvage_lock
from cardwright.lock.deliveries import (
    BY_HAND,
    PendingMove,
    PendingSteps,
    collections_of,
    delivered_notes,
    last_delivery,
    mark_deleted,
    mark_delivered,
    missing_states,
    outdated_states,
    pending,
    with_deliveries,
    with_new_collection_id,
    without_deliveries,
)
from cardwright.lock.entries import (
    CollectionState,
    Delivery,
    FileChoice,
    ImagePin,
    KeptTitle,
    Lock,
    LockEntry,
    entry_order,
)
from cardwright.lock.forget import forget
from cardwright.lock.text import format_lock, lock_command, parse_lock

__all__ = [
    "BY_HAND",
    "CollectionState",
    "Delivery",
    "FileChoice",
    "ImagePin",
    "KeptTitle",
    "Lock",
    "LockEntry",
    "MergedLock",
    "PendingMove",
    "PendingSteps",
    "collections_of",
    "delivered_notes",
    "entry_order",
    "forget",
    "format_lock",
    "last_delivery",
    "lock_command",
    "mark_deleted",
    "mark_delivered",
    "merge_conflicts",
    "missing_states",
    "outdated_states",
    "parse_lock",
    "pending",
    "salvage_lock",
    "with_deliveries",
    "with_new_collection_id",
    "without_deliveries",
]
