"""The titles of the kinds of change, and what each kind means in Anki."""

from __future__ import annotations

from collections.abc import Mapping

from cardwright.planning.values import ChangeKind

TITLES: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "new",
    ChangeKind.RETURNED: "asked again",
    ChangeKind.KIND: "another note type",
    ChangeKind.REWORDED: "reworded",
    ChangeKind.ANSWER: "another answer",
    ChangeKind.CARDS: "other cards",
    ChangeKind.TAGS: "other tags or context",
    ChangeKind.IMAGES: "other images",
    ChangeKind.SETTINGS: "made otherwise",
    ChangeKind.UNCLEAR: "changed, not known how",
    ChangeKind.MOVED: "another deck",
    ChangeKind.LOCK: "another place, id or spelling",
    ChangeKind.RETIRED: "retired",
}

_UPDATED = "An import puts the new text on the cards. Schedules stay."

MEANINGS: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "An import adds them with new cards.",
    ChangeKind.RETURNED: "They were retired. Cards that Anki still has go on with their schedules.",
    ChangeKind.KIND: (
        "Anki cannot make a question of a cloze note or the other way round: a new note without "
        "a schedule takes the place of the old one, which is retired."
    ),
    ChangeKind.REWORDED: f"{_UPDATED} Is one another question? Write {{new}} at the end of it.",
    ChangeKind.ANSWER: _UPDATED,
    ChangeKind.CARDS: (
        "An import adds cards. A card that is gone stays in Anki, empty, until you remove it."
    ),
    ChangeKind.TAGS: (
        "An import writes all of their tags anew: what a learner added to these notes is lost. "
        "Schedules stay."
    ),
    ChangeKind.IMAGES: "An import brings the files. Schedules stay.",
    ChangeKind.SETTINGS: "The same words, shown otherwise after an import. Schedules stay.",
    ChangeKind.UNCLEAR: _UPDATED,
    ChangeKind.MOVED: "An import cannot move a card: it stays in the deck where it is.",
    ChangeKind.LOCK: "The lock keeps it. Anki sees nothing of it.",
    ChangeKind.RETIRED: (
        "An import cannot delete a note: it stays in Anki until you delete it there."
    ),
}

REWORDED_ANEW = (
    "Is a new question one of these in other words? Copy the {#…} of that one to its end, and it "
    "keeps the reviews."
)
