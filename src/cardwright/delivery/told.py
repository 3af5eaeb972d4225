"""What a push leaves as it is, as diagnostics with the place of the question."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.delivery.values import Differences
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.identify import Identified
from cardwright.planning.shown import shown_text


def told(found: Differences, identified: Identified) -> Iterator[Diagnostic]:
    """AN811 for each field that both sides changed, AN812 for notes with another note type."""
    places = {each.entry.guid: each.place for each in identified.identities}
    for conflict in found.conflicts:
        name = conflict.field.lower()
        message = f"the {name} was changed in Anki and here; Anki keeps its own"
        hint = (
            f"in Anki: '{_short(conflict.theirs)}'; here: '{_short(conflict.ours)}'; 'cardwright "
            "pull --theirs' brings Anki's text here, 'cardwright push --ours' replaces it there"
        )
        yield Diagnostic(places[conflict.guid], Code.BOTH_CHANGED, message, hint)
    for guid in found.foreign:
        message = "the note has another note type in Anki, so it is left as it is there"
        hint = "change it back in Anki: Browse, then Notes > Change Note Type"
        yield Diagnostic(places[guid], Code.OTHER_NOTETYPE, message, hint)


def _short(html: str) -> str:
    return shorten(" ".join(shown_text(html).split()), 60)
