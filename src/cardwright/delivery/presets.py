"""Decides how to update the deck's preset of options in Anki.

A preset records, for each project, its name in the settings and the values that we wrote. If a
value differs from the record, the learner changed it, and it stays. Decks get the preset when they
or the preset are created. After that, the learner may assign another one.

A new name in the settings (or of the deck, which is the default) renames the preset. So what the
learner changed in it stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cardwright.deck_names import is_within_in_anki, with_parents
from cardwright.delivery.decks import DeckChanges, after_renames
from cardwright.delivery.values import AnkiDeck, AnkiPreset, BuiltDeck, PresetUpdate
from cardwright.model import Note, Preset
from cardwright.presets import INCOMPLETE, RECORD, Options, new_options, values_of, with_values

_DEFAULT = 1  # the id of Anki's default preset


@dataclass(frozen=True, slots=True)
class _Record:
    """What we wrote into a preset for a project."""

    name: str
    values: Mapping[str, int] | None  # `None` if the learner made the preset: it stays as it is
    is_incomplete: bool  # a push was interrupted before all decks had it


def preset_update(
    wanted: BuiltDeck, anki_deck: AnkiDeck, changes: DeckChanges, new: Sequence[Note]
) -> PresetUpdate | None:
    """Return what to do, or ``None``. ``new`` are the notes that Anki gets."""
    preset = wanted.preset
    if preset is None:
        return None
    there = _find(preset, anki_deck)
    record = _record(there, preset.project)
    is_first = record is None or record.is_incomplete
    if is_first and changes.renames:
        return None  # wait for the next round, after the renames
    root = changes.targets[wanted.root]
    decks = [*_missing(root, changes, anki_deck, new)]
    if is_first:
        decks += _with_another_one(root, preset, there, anki_deck)
    options = _options(preset, there, record)
    is_changed = there is None or options != there.options
    if not decks and (there is None or not is_changed):
        return None  # without a deck, AnkiConnect would not list the preset
    id_ = there.id if there else None
    return PresetUpdate(preset.name, id_, options, tuple(decks), is_changed, is_first)


def _missing(
    root: str, changes: DeckChanges, anki_deck: AnkiDeck, new: Iterable[Note]
) -> Iterator[str]:
    """Yield the decks that this push creates at or below the root deck."""
    known = {after_renames(name, changes.renames).casefold() for name in anki_deck.decks}
    named = {*(note.deck for note in new), *(move.new for move in changes.moves)}
    for name in sorted({name for deck in named for name in with_parents(deck)}):
        if is_within_in_anki(name, root) and name.casefold() not in known:
            yield name


def _with_another_one(
    root: str, preset: Preset, there: AnkiPreset | None, anki_deck: AnkiDeck
) -> Iterator[str]:
    """Yield the decks with a previous preset of ours, or with Anki's own if we had none."""
    records = {each.id: _record(each, preset.project) for each in anki_deck.presets}
    replaced = {id_ for id_, record in records.items() if record}
    if not any(record and not record.is_incomplete for record in records.values()):
        replaced.add(_DEFAULT)
    if there is not None:
        replaced.discard(there.id)
    for name, id_ in anki_deck.deck_presets.items():
        if id_ in replaced and is_within_in_anki(name, root):
            yield name


def _find(preset: Preset, anki_deck: AnkiDeck) -> AnkiPreset | None:
    """Find the preset of the settings in Anki.

    The first choice is the preset to which we gave this name, even if it was renamed later. The
    second is any preset with this name. The last is one of ours for this project alone.
    """
    used = {*anki_deck.deck_presets.values()}
    ours = [
        (record, each)
        for each in anki_deck.presets
        if each.id in used and (record := _record(each, preset.project))
    ]
    named = [each for record, each in ours if record.name == preset.name]
    named += [each for each in anki_deck.presets if each.name == preset.name]
    named += [
        each
        for record, each in ours
        if record.values is not None and [*_records(each.options)] == [preset.project]
    ]
    return next(iter(named), None)


def _options(preset: Preset, there: AnkiPreset | None, record: _Record | None) -> Options:
    """Return the options with our name and values, except those that the learner changed."""
    if there is None:
        return new_options(preset)
    if record is None or record.values is None:
        return _with_record(there.options, preset, None)
    as_new = values_of(new_options(replace(preset, values=())))
    now, before = values_of(there.options), {**as_new, **record.values}
    values = {name: value for name, value in preset.values if now[name] == before[name]}
    name = preset.name if there.name == record.name else there.name
    options = {**with_values(there.options, values), "name": name}
    return _with_record(options, preset, {**record.values, **dict(preset.values)})


def _with_record(options: Options, preset: Preset, values: Mapping[str, int] | None) -> Options:
    memory = {preset.project: {"name": preset.name, "values": values}}
    return {**options, RECORD: {**_records(options), **memory}}


def _record(preset: AnkiPreset | None, project: str) -> _Record | None:
    """Return the record in a preset. Others may write into it, so everything is checked."""
    memory = _records(preset.options).get(project) if preset else None
    if not isinstance(memory, dict):
        return None
    values = memory.get("values")
    numbers = None
    if isinstance(values, dict):
        numbers = {name: value for name, value in values.items() if isinstance(value, int)}
    return _Record(str(memory.get("name", "")), numbers, bool(memory.get(INCOMPLETE)))


def _records(options: Mapping[str, Any]) -> dict[str, Any]:
    memories = options.get(RECORD)
    return memories if isinstance(memories, dict) else {}
