"""A deck that has another name now: Anki can rename it, and then no card has to be moved."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from cardwright.deck_names import is_within_in_anki
from cardwright.identify import Identified
from cardwright.lock import last_delivery, pending


def deck_rename(identified: Identified) -> tuple[str, str] | None:
    """The deck and its new name, where all cards that an import would leave behind lie in it.

    ``None`` where more happened than one rename, or where the new name is one that Anki has.
    """
    moves = pending(identified.lock).moved
    renames = {_rename(move.was, move.deck) for move in moves}
    if len(renames) != 1:
        return None
    ((old, new),) = renames
    was = {move.guid: move.was for move in moves}
    since = last_delivery(identified.lock)
    known = [
        each.entry
        for each in identified.identities
        if each.before and (since is None or each.entry.born <= since * 1000)
    ]
    retired = [entry.deck for entry in identified.lock.entries if entry.is_retired]
    stays = _is_any_within(old, (each.entry.deck for each in identified.identities))
    taken = [*retired, *(was.get(entry.guid, entry.deck) for entry in known)]
    return None if stays or _is_any_within(new, taken) else (old, new)


def _rename(old: str, new: str) -> tuple[str, str]:
    """Both names without the decks at their end that are named alike in both; never empty."""
    before, after = old.split("::"), new.split("::")
    pairs = zip(reversed(before), reversed(after), strict=False)
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    same = min(alike, len(before) - 1, len(after) - 1)
    return _joined(before, same), _joined(after, same)


def _joined(parts: list[str], without: int) -> str:
    return "::".join(parts[: len(parts) - without])


def _is_any_within(deck: str, names: Iterable[str]) -> bool:
    return any(is_within_in_anki(name, deck) for name in names)
