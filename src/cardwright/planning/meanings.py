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
    ChangeKind.SETTINGS: "rendered differently",
    ChangeKind.UNCLEAR: "changed in an unknown way",
    ChangeKind.MOVED: "another deck",
    ChangeKind.LOCK: "another place, id or spelling",
    ChangeKind.RETIRED: "retired",
}

_UPDATED = "An import puts the new text on the cards. Schedules stay."

MEANINGS: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "An import adds them with new cards.",
    ChangeKind.RETURNED: "They were retired. Cards that Anki still has keep their schedules.",
    ChangeKind.KIND: (
        "Anki cannot turn a cloze note into a question, or the reverse: a new note without a "
        "schedule replaces the old one, which is retired."
    ),
    ChangeKind.REWORDED: f"{_UPDATED} If one is another question, write {{new}} at its end.",
    ChangeKind.ANSWER: _UPDATED,
    ChangeKind.CARDS: (
        "An import adds cards. A card that is gone stays in Anki, empty, until you remove it."
    ),
    ChangeKind.TAGS: (
        "An import replaces all of their tags: tags that a learner added are lost. Schedules stay."
    ),
    ChangeKind.IMAGES: "An import brings the files. Schedules stay.",
    ChangeKind.SETTINGS: "The words stay, but look different after an import. Schedules stay.",
    ChangeKind.UNCLEAR: _UPDATED,
    ChangeKind.MOVED: "An import cannot move a card: it stays in the deck where it is.",
    ChangeKind.LOCK: "Only the lock changes, and Anki does not.",
    ChangeKind.RETIRED: (
        "An import cannot delete a note: it stays in Anki until you delete it there."
    ),
}

CLAIM_HINT = (
    "If a new question is one of these in other words, copy the {#…} of that one to its end. It "
    "then keeps the reviews."
)
