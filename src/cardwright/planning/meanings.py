"""What each thing that can happen to a note is called, and what it means in Anki."""

from __future__ import annotations

from collections.abc import Mapping

from cardwright.planning.values import What

TITLES: Mapping[What, str] = {
    What.NEW: "new",
    What.RETURNED: "asked again",
    What.KIND: "another note type",
    What.REWORDED: "reworded",
    What.ANSWER: "another answer",
    What.CARDS: "other cards",
    What.TAGS: "other tags or context",
    What.IMAGES: "other images",
    What.SETTINGS: "made otherwise",
    What.UNCLEAR: "changed, not known how",
    What.MOVED: "another deck",
    What.LOCK: "another place, id or spelling",
    What.RETIRED: "retired",
}

_UPDATED = "An import puts the new text on the cards. Schedules stay."

MEANINGS: Mapping[What, str] = {
    What.NEW: "An import adds them with new cards.",
    What.RETURNED: "They were retired. Cards that Anki still has go on with their schedules.",
    What.KIND: (
        "Anki cannot make a question of a cloze note or the other way round: a new note without "
        "a schedule takes the place of the old one, which is retired."
    ),
    What.REWORDED: f"{_UPDATED} Is one another question? Write {{new}} at the end of it.",
    What.ANSWER: _UPDATED,
    What.CARDS: "An import adds cards; one that is gone stays in Anki, empty, until you remove it.",
    What.TAGS: (
        "An import writes all of their tags anew: what a learner added to these notes is lost. "
        "Schedules stay."
    ),
    What.IMAGES: "An import brings the files. Schedules stay.",
    What.SETTINGS: "The same words, shown otherwise after an import. Schedules stay.",
    What.UNCLEAR: _UPDATED,
    What.MOVED: "An import cannot move a card: it stays in the deck where it is.",
    What.LOCK: "The lock keeps it. Anki sees nothing of it.",
    What.RETIRED: "An import cannot delete a note: it stays in Anki until you delete it there.",
}

REWORDED_ANEW = (
    "Is a new question one of these in other words? Copy the {#…} of that one to its end, and it "
    "keeps the reviews."
)
