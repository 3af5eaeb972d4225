"""Describes the result of a build in words, and as an object for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardwright.building import Built
from cardwright.changes.browse import id_search
from cardwright.changes.empty_cards import EmptyCards, empty_cards
from cardwright.changes.front_text import front_text, front_texts
from cardwright.changes.manual_steps import ManualStep, manual_steps
from cardwright.diagnostics import as_dict, many, shorten, shorten_both
from cardwright.identify import Changes, Identified, Identity
from cardwright.identify.kinds import can_be_claimed, changed_kinds
from cardwright.lock.deliveries import PendingSteps, pending
from cardwright.lock.text import content_command
from cardwright.model import Guid, Note
from cardwright.notetypes import card_count
from cardwright.notetypes.katex import katex_media
from cardwright.source.names import shown_path

_NOT_WORTH_A_LINE = 10_240  # bytes


def result_lines(built: Built) -> Iterator[str]:
    """Yield the package and its counts, then what the learner has to do by hand after an import."""
    identified = built.assembly.identified
    if built.package is None or identified is None:
        return
    yield summary_line(built)
    source, packed = built.assembly.source_bytes, sum(_media_sizes(built).values())
    if source > packed + _NOT_WORTH_A_LINE:
        yield f"images and sounds: {_size(packed)}, made from {_size(source)}"
    yield from _reworded_lines(identified)
    yield from _comeback_lines(built, identified)
    if returned := identified.changes.returned:
        yield (
            f"{many(len(returned), 'note')} asked again: cards that Anki still has keep "
            f"their reviews; in Browse, search {id_search(returned)}"
        )
    yield from _manual_step_lines(built, identified)


def next_step(built: Built) -> str | None:
    """Return what to do with the package of a first build; ``None`` after other builds."""
    if built.package is None or built.assembly.identified is None:
        return None
    counts = built.assembly.identified.changes.counts()
    is_first = counts.pop("new") and not any(counts.values())
    push = content_command("push", built.assembly.lock_file.as_posix())
    return f"next: import {built.package} in Anki, or run '{push}'" if is_first else None


_NAMED = 5  # how many questions are named at most; `cardwright plan` names all of them


def _reworded_lines(identified: Identified) -> Iterator[str]:
    """Yield questions that were matched to a note with other words, for the author to check."""
    reworded = [
        (before.front, entry.front)
        for before, entry in ((each.before, each.entry) for each in identified.identities)
        if before and before.front != entry.front and before.mod != entry.mod
    ]
    if not reworded:
        return
    is_one = len(reworded) == 1
    kept = "was reworded and keeps its note" if is_one else "were reworded and keep their notes"
    yield (
        f"{many(len(reworded), 'question')} {kept}; if {'it' if is_one else 'one'} is a new "
        "question, write {new} at the end of it and build again"
    )
    for fronts in reworded[:_NAMED]:
        old, new = shorten_both(*front_texts(*fronts))
        yield f"  '{old}' is now '{new}'"
    if len(reworded) > _NAMED:
        yield f"  and {len(reworded) - _NAMED:,} more"


def _comeback_lines(built: Built, identified: Identified) -> Iterator[str]:
    """Yield new questions that have the answer of a note which an earlier build retired."""
    gone = {*identified.changes.retired}
    pairs = ((each, each.weak_match) for each in identified.identities)
    found = [(each, old) for each, old in pairs if old and old.guid not in gone]
    if not found:
        return
    has = "has" if len(found) == 1 else "have"
    yield f"{many(len(found), 'new question')} {has} the answer of a retired note"
    for each, old in found[:_NAMED]:
        yield f"  {_quoted(each.entry.front)}, {_where(built, each)}"
        yield f"    if it is {_quoted(old.front)}, {_claim(old.guid)}"
    if len(found) > _NAMED:
        yield f"  and {len(found) - _NAMED:,} more"


def _manual_step_lines(built: Built, identified: Identified) -> Iterator[str]:
    """Yield what is still to be done in Anki, with at most a few lines about earlier builds."""
    lock_file = built.assembly.lock_file.as_posix()
    found, plan = manual_steps(identified, built.old, lock_file), content_command("plan", lock_file)
    due = [*found.before, *found.after]
    if not due:
        return
    yield "only if you imported an earlier build, do this in Anki:"
    for step in found.before:
        yield f"  before the import, {step.words}"
    for step in found.retired:
        yield f"  {_with_search(step, plan)}"
        yield from _retired_lines(built, identified, step, plan)
    yield from _move_lines(found.moves, plan, is_renamed=bool(found.before))
    for step in found.empty:
        yield f"  {step.words}"
    if found.end:
        yield f"  {found.end}"


_SEARCHED = 20
"""Longer searches for notes of earlier builds are left to ``plan``.

Every build would repeat them.
"""


def _with_search(step: ManualStep, plan: str) -> str:
    if len(step.guids) > _SEARCHED and not step.is_new:
        return f"{step.words}; '{plan}' has the search for Browse"
    return f"{step.words}; in Browse, search {step.search}"


def _move_lines(moves: Sequence[ManualStep], plan: str, *, is_renamed: bool) -> Iterator[str]:
    """Yield where each note belongs, or one line if renaming a deck moves all of them."""
    if is_renamed:
        guids = tuple(guid for step in moves for guid in step.guids)
        words = f"or move {many(len(guids), 'note')} after the import; '{plan}' lists them"
        yield f"  {words}"
        return
    shown = [move for at, move in enumerate(moves) if move.is_new or at < _NAMED]
    for move in shown:
        yield f"  {_with_search(move, plan)}"
    left = sum(len(move.guids) for move in moves) - sum(len(move.guids) for move in shown)
    if left:
        yield f"  move {many(left, 'more note')} of earlier builds, as '{plan}' says"


def _retired_lines(
    built: Built, identified: Identified, step: ManualStep, plan: str
) -> Iterator[str]:
    """Yield the question of each retired note. Those that may have a new question come first."""
    entries = {entry.guid: entry for entry in identified.lock.entries}
    now = {
        each.weak_match.guid: each
        for each in identified.identities
        if each.weak_match and each.weak_match.guid in identified.changes.retired
    }
    retired = sorted(step.guids, key=lambda guid: guid not in now)
    for guid in retired[:_NAMED]:
        yield f"    {_quoted(entries[guid].front)} {{#{guid}}}"
        if guid in now:
            front, where = now[guid].entry.front, _where(built, now[guid])
            yield f"      perhaps now {_quoted(front)}, {where}: then {_claim(guid)}"
    if len(retired) > _NAMED:
        yield f"    and {len(retired) - _NAMED:,} more; '{plan} --retired' lists them"
    if step.is_new and identified.changes.new:
        yield from _claim_lines(identified)


def _claim_lines(identified: Identified) -> Iterator[str]:
    """Yield how new and retired notes may belong together."""
    changed = changed_kinds(identified)
    if changed:
        become = "becomes a new note" if len(changed) == 1 else "become new notes"
        yield (
            f"    {len(changed):,} of these {become}: Anki cannot turn a question into a cloze "
            "note or back"
        )
    named = {each.weak_match.guid for each in identified.identities if each.weak_match}
    if not can_be_claimed(identified, changed) or named.issuperset(identified.changes.retired):
        return
    if len(identified.changes.retired) == 1:
        (guid,) = identified.changes.retired
        yield f"    if a new question is this one in other words, {_claim(guid)}"
        return
    yield (
        "    if a new question is one of these in other words, write its {#…} at the end of it and "
        "build again: it keeps its reviews"
    )


def _claim(guid: Guid) -> str:
    """Return the instruction that ties a question to the note, ready to be copied."""
    return f"write {{#{guid}}} at the end of it and build again: it keeps its reviews"


def _where(built: Built, identity: Identity) -> str:
    path = shown_path(built.assembly.folder, identity.place.path)
    return f"{path}:{identity.place.line}"


def _quoted(front: str) -> str:
    return f"'{shorten(front_text(front))}'"


def summary_line(built: Built) -> str:
    """Return the package and its counts in one line."""
    counts = _counts(built)
    changes = ", ".join(f"{n} {word}" for word, n in counts.items() if n and word != "total")
    return (
        f"{built.package}: {many(counts['total'], 'note')} ({changes}), "
        f"{many(card_count(_notes(built)), 'card')}, {many(len(built.assembly.decks), 'deck')}, "
        f"{many(_media(built), 'media file')}, {_size(built.size)}"
    )


def result_object(built: Built) -> dict[str, object]:
    """Return the object for ``build --json``. ``package`` is ``None`` if none was written.

    ``pending`` is what is still to be done in Anki, from this build and earlier ones. ``browse``
    has the searches for it in Anki's Browse, ``""`` for nothing. ``images`` has the size of the
    media before and after shrinking.
    """
    identified = built.assembly.identified
    due = pending(identified.lock) if identified else PendingSteps()
    emptied = EmptyCards()
    if identified and built.package:
        emptied = empty_cards(identified, built.old)
    return {
        "package": {
            "path": built.package.as_posix(),
            "sha256": built.digest,
            "bytes": built.size,
        }
        if built.package
        else None,
        "notes": _counts(built),
        "cards": card_count(_notes(built)),
        "emptied_cards": None if emptied.unknown else emptied.count,
        "decks": [deck.name for deck in built.assembly.decks],
        "media": _media(built),
        "images": {
            "source_bytes": built.assembly.source_bytes,
            "packed_bytes": sum(_media_sizes(built).values()),
        },
        "browse": {
            "retired": id_search(due.retired),
            "moved": id_search(move.guid for move in due.moved),
            "returned": id_search(due.returned),
        },
        "pending": {
            "retired": list(due.retired),
            "moved": [{"guid": move.guid, "from": move.was, "to": move.deck} for move in due.moved],
            "returned": list(due.returned),
        },
        "diagnostics": [as_dict(diagnostic) for diagnostic in built.diagnostics],
    }


def _counts(built: Built) -> dict[str, int]:
    identified = built.assembly.identified
    changes = identified.changes if identified else Changes()
    return {"total": len(_notes(built)), **changes.counts()}


def _notes(built: Built) -> tuple[Note, ...]:
    identified = built.assembly.identified
    return identified.notes if identified else ()


def _media(built: Built) -> int:
    identified = built.assembly.identified
    shared = katex_media() if identified and identified.lock.katex else ()
    return len(_media_sizes(built).keys() | {media.name for media in shared})


def _media_sizes(built: Built) -> dict[str, int]:
    """Return the bytes of each file in the notes."""
    return {media.name: len(media.content) for note in _notes(built) for media in note.media}


def _size(count: int) -> str:
    return f"{max(round(count / 1000), 1):,} KB"
