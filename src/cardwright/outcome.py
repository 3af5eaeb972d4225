"""What a build did, in words for a person and as an object for a program."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.build import Built
from cardwright.changes.browse import id_search
from cardwright.changes.deck_rename import deck_rename
from cardwright.changes.empty_cards import EMPTY_CARDS, EmptyCards, empty_cards
from cardwright.changes.front_text import front_text, front_texts
from cardwright.diagnostics import as_dict, many, shorten, shorten_both
from cardwright.identify import Identified
from cardwright.identify.kinds import can_be_claimed, changed_kinds
from cardwright.notetypes import card_count
from cardwright.notetypes.katex import katex_media

_NOT_WORTH_A_LINE = 10_240  # bytes


def result_lines(built: Built) -> Iterator[str]:
    """The package and its counts, then what an import leaves for the learner to do by hand."""
    identified = built.assembly.identified
    if built.package is None or identified is None:
        return
    yield summary_line(built)
    source, packed = built.assembly.source_bytes, _media_bytes(built)
    if source > packed + _NOT_WORTH_A_LINE:
        yield f"images and sounds: {_size(source)} made {_size(packed)}"
    yield from _reworded_lines(identified)
    changes_made = identified.changes
    if changes_made.retired:
        them = "it" if len(changes_made.retired) == 1 else "them"
        yield (
            f"{many(len(changes_made.retired), 'note')} retired: Anki keeps {them} until you "
            f"delete {them}; in Browse, search {id_search(changes_made.retired)}"
        )
        yield from _retired_lines(built, identified)
    if changes_made.retired and changes_made.new:
        yield from _claim_lines(identified)
    if changes_made.left_behind:
        yield from _moved_lines(identified)
    if changes_made.returned:
        returned = many(len(changes_made.returned), "note")
        yield (
            f"{returned} asked again: cards that Anki still has go on with their reviews; in "
            f"Browse, search {id_search(changes_made.returned)}"
        )
    yield from _empty_card_lines(empty_cards(identified, built.old))


_NAMED = 5
"""So many questions are named; ``cardwright plan`` names them all beforehand."""


def _reworded_lines(identified: Identified) -> Iterator[str]:
    """The questions whose note was known again in other words, so that a wrong one is seen.

    Words that are only spelled otherwise look the same on a card, and are not named.
    """
    reworded = [
        (before.front, entry.front)
        for before, entry in ((each.before, each.entry) for each in identified.identities)
        if before and before.front != entry.front and before.mod != entry.mod
    ]
    if not reworded:
        return
    one = "it" if len(reworded) == 1 else "one"
    yield (
        f"{many(len(reworded), 'question')} known again in other words; if {one} is another "
        "question, write {new} at the end of it and build again"
    )
    for fronts in reworded[:_NAMED]:
        old, new = shorten_both(*front_texts(*fronts))
        yield f"  '{old}' is now '{new}'"
    if len(reworded) > _NAMED:
        yield f"  and {len(reworded) - _NAMED:,} more"


def _retired_lines(built: Built, identified: Identified) -> Iterator[str]:
    """Which question each retired note was, and which it may be now: those first."""
    fronts = {entry.guid: entry.front for entry in identified.lock.entries}
    now = {each.perhaps.guid: each for each in identified.identities if each.perhaps}
    retired = sorted(identified.changes.retired, key=lambda guid: guid not in now)
    for guid in retired[:_NAMED]:
        yield f"  {guid} '{shorten(front_text(fronts[guid]))}'"
        if guid in now:
            place, front = now[guid].place, now[guid].entry.front
            path = (built.assembly.folder / place.path).as_posix()
            yield f"    perhaps now '{shorten(front_text(front))}', {path}:{place.line}"
    if len(retired) > _NAMED:
        yield f"  and {len(retired) - _NAMED:,} more; 'cardwright plan --retired' lists them"


def _moved_lines(identified: Identified) -> Iterator[str]:
    """The notes whose cards an import leaves in another deck, and how not to."""
    moved = many(len(identified.changes.left_behind), "note")
    yield f"{moved} now in another deck: Anki leaves the cards where they are"
    rename = deck_rename(identified)
    if rename:
        old, new = rename
        yield f"  rename the deck '{old}' to '{new}' in Anki before the import: no card has to move"
    search = id_search(identified.changes.left_behind)
    yield f"  {'or ' if rename else ''}in Browse, after the import, search {search}"


def _claim_lines(identified: Identified) -> Iterator[str]:
    """What new and retired notes can be to each other."""
    changed = changed_kinds(identified)
    if changed:
        live = "lives on as a new note" if len(changed) == 1 else "live on as new notes"
        yield (
            f"{len(changed):,} of these {live}: Anki cannot make a question of a cloze note or "
            "the other way round"
        )
    if can_be_claimed(identified, changed):
        yield (
            "if a new question is one of these in other words, write {#id} with the old one's "
            "letters and digits at the end of it and build again: it keeps its reviews"
        )


def _empty_card_lines(emptied: EmptyCards) -> Iterator[str]:
    """The cards that stay in Anki without a text."""
    if emptied.count:
        they_stay = "card stays" if emptied.count == 1 else "cards stay"
        them = "it" if emptied.count == 1 else "them"
        yield f"{emptied.count:,} {they_stay} in Anki, empty: {EMPTY_CARDS} removes {them}"
    if emptied.unknown:
        yield (
            "a changed note may have fewer cards than before, which is not known "
            f"({emptied.unknown}): {EMPTY_CARDS} removes those that stay in Anki, empty"
        )


def summary_line(built: Built) -> str:
    """The package and its counts."""
    counts = _counts(built)
    changes = ", ".join(f"{n} {word}" for word, n in counts.items() if n and word != "total")
    return (
        f"{built.package}: {many(counts['total'], 'note')} ({changes}), "
        f"{many(_cards(built), 'card')}, {many(len(built.assembly.decks), 'deck')}, "
        f"{many(_media(built), 'media file')}, {_size(built.size)}"
    )


def result_object(built: Built) -> dict[str, object]:
    """The object that ``build --json`` prints; ``package`` is ``None`` when none was written.

    ``browse`` holds what to search for in Anki's Browse, ``""`` for nothing; ``images`` what
    the media had before they were shrunk, and have now.
    """
    identified = built.assembly.identified
    changes = identified.changes if identified else None
    return {
        "package": {
            "path": built.package.as_posix(),
            "sha256": built.digest,
            "bytes": built.size,
        }
        if built.package
        else None,
        "notes": _counts(built),
        "cards": _cards(built),
        "emptied_cards": _emptied_cards(built),
        "decks": [deck.name for deck in built.assembly.decks],
        "media": _media(built),
        "images": {
            "source_bytes": built.assembly.source_bytes,
            "packed_bytes": _media_bytes(built),
        },
        "browse": {
            "retired": id_search(changes.retired) if changes else "",
            "moved": id_search(changes.left_behind) if changes else "",
            "returned": id_search(changes.returned) if changes else "",
        },
        "diagnostics": [as_dict(diagnostic) for diagnostic in built.diagnostics],
    }


def _counts(built: Built) -> dict[str, int]:
    identified = built.assembly.identified
    if identified is None:
        return dict.fromkeys(("total", "new", "changed", "moved", "unchanged", "retired"), 0)
    changes = identified.changes
    return {
        "total": len(identified.notes),
        "new": len(changes.new),
        "changed": len(changes.changed),
        "moved": len(changes.moved),
        "unchanged": len(changes.unchanged),
        "retired": len(changes.retired),
    }


def _cards(built: Built) -> int:
    identified = built.assembly.identified
    return sum(card_count(note) for note in identified.notes) if identified else 0


def _emptied_cards(built: Built) -> int | None:
    identified = built.assembly.identified
    if identified is None or built.package is None:
        return 0
    emptied = empty_cards(identified, built.old)
    return None if emptied.unknown else emptied.count


def _media(built: Built) -> int:
    identified = built.assembly.identified
    if identified is None:
        return 0
    names = {media.name for note in identified.notes for media in note.media}
    shared = katex_media() if identified.lock.katex else ()
    return len(names | {media.name for media in shared})


def _media_bytes(built: Built) -> int:
    identified = built.assembly.identified
    notes = identified.notes if identified else ()
    files = {media.name: len(media.content) for note in notes for media in note.media}
    return sum(files.values())


def _size(count: int) -> str:
    return f"{max(count // 1024, 1):,} KB"
