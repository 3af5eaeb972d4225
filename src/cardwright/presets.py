"""Sets the options of a deck, which Anki calls a preset."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from cardwright.config import Config
from cardwright.model import DeckName, Preset
from cardwright.notetypes import stable_id

Options = dict[str, Any]
"""A preset as packages and AnkiConnect represent it."""

RECORD = "cardwright"
"""The key in a preset for the values that we gave to it. Anki keeps and syncs unknown keys."""

INCOMPLETE = "begun"
"""Set in ``RECORD`` while the decks do not use the preset yet."""

_ORDERS = {"deck": (0, 0), "random": (3, 1)}
"""How Anki gathers and sorts new cards: deck by deck in order, or random notes."""

_PLACES = {
    "new_per_day": ("new", "perDay"),
    "reviews_per_day": ("rev", "perDay"),
    "gather": ("newGatherPriority",),
    "sort": ("newSortOrder",),
}
"""The path of each value in a preset."""

_NEW: Options = {
    "id": 0,
    "mod": 0,
    "name": "",
    "usn": -1,
    "maxTaken": 60,
    "autoplay": True,
    "timer": 0,
    "replayq": True,
    "new": {
        "bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0],
        "order": 1, "perDay": 20,
    },
    "rev": {
        "bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200,
        "hardFactor": 1.2,
    },
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    "dyn": False,
}  # fmt: skip
"""A preset with Anki's defaults."""


def preset_of(config: Config, root: DeckName, project: str) -> Preset | None:
    """Return the preset of the settings, or ``None`` without the setting ``options``.

    Without a name in the settings, it gets the name of the root deck.
    """
    options = config.options
    if options is None:
        return None
    gather, sort = _ORDERS.get(options.new_order, (None, None))
    values = {
        "new_per_day": options.new_per_day,
        "reviews_per_day": options.reviews_per_day,
        "gather": gather,
        "sort": sort,
    }
    given = tuple((name, value) for name, value in values.items() if value is not None)
    return Preset(options.preset or root, project, given)


def new_options(preset: Preset) -> Options:
    """Return a new preset with these values, and a record of them.

    Anki's importer skips a preset if the collection has one with its id. So the id depends on the
    values, and other values make another preset.
    """
    values = dict(preset.values)
    text = json.dumps([preset.project, preset.values], ensure_ascii=False)
    options = with_values(_NEW, values)
    options["id"] = stable_id("preset", preset.name, text)
    options["name"] = preset.name
    options[RECORD] = {preset.project: {"name": preset.name, "values": values}}
    return options


def values_of(options: Options) -> dict[str, int]:
    """Return the values of a preset by our names. Very old packages have no order, which is 0."""
    found: dict[str, int] = {}
    for name, path in _PLACES.items():
        value: Any = options
        for key in path:
            value = value.get(key, 0) if isinstance(value, dict) else 0
        found[name] = value if isinstance(value, int) else 0
    return found


def mark_incomplete(options: Options, project: str) -> Options:
    """Return the preset with a mark for the next push: the project's decks do not use it yet."""
    given = options[RECORD]
    return {**options, RECORD: {**given, project: {**given[project], INCOMPLETE: True}}}


def with_values(options: Options, values: Mapping[str, int]) -> Options:
    """Return the preset with other values, and everything else unchanged."""
    changed = copy.deepcopy(options)
    for name, value in values.items():
        *tables, key = _PLACES[name]
        inner = changed
        for table in tables:
            inner = inner.setdefault(table, {})
        inner[key] = value
    return changed
