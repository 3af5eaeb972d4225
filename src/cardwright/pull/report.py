"""Reports a pull as text and as JSON: what is in the patch, and what is not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cardwright.diagnostics import Code, Diagnostic, as_dict, many, shorten_both
from cardwright.pull import Pulled
from cardwright.source.names import shown_path, shown_place

_LONGEST = 200


def unplaced(pulled: Pulled, folder: Path) -> Iterator[Diagnostic]:
    """Yield AN841 for each edit that is not in the patch, with both sides."""
    for edit in pulled.edits:
        if edit.reason:
            place = shown_place(folder, edit.place)
            if edit.field == "tags":
                what = f"tag '{edit.after}' was added in Anki"
                hint = "write it where this file keeps its tags"
            else:
                what = f"the {edit.field.lower()} was edited in Anki"
                here, there = shorten_both(edit.before, edit.after, _LONGEST)
                hint = f"here:    {here or '(nothing)'}\n        in Anki: {there or '(nothing)'}"
            yield Diagnostic(place, Code.UNPLACED_EDIT, f"{what}; it {edit.reason}", hint)


def summary(pulled: Pulled, *, is_written: bool) -> str:
    """Summarize the pull in one line."""
    placed = sum(not edit.reason for edit in pulled.edits)
    left = len(pulled.edits) - placed
    if not pulled.edits:
        return f"{many(pulled.looked_at, 'note')} in Anki: nothing was edited there"
    where = many(len(pulled.patches), "file")
    verb = "written to" if is_written else "placed in"
    rest = f", {left} without a sure place" if left else ""
    step = "; '--apply' writes it" if pulled.patches and not is_written else ""
    return f"{many(placed, 'edit')} {verb} {where}{rest}{step}"


def pulled_object(
    pulled: Pulled, folder: Path, patch: str, diagnostics: Sequence[Diagnostic], *, is_written: bool
) -> dict[str, object]:
    """Return the object that ``pull --json`` prints."""
    return {
        "patch": patch,
        "files": [shown_path(folder, each.path) for each in pulled.patches],
        "written": is_written,
        "edits": [
            {
                "guid": edit.guid,
                "field": edit.field,
                "path": shown_path(folder, edit.place.path),
                "line": edit.place.line,
                "here": edit.before,
                "anki": edit.after,
                "placed": not edit.reason,
                "reason": edit.reason,
            }
            for edit in pulled.edits
        ],
        "diagnostics": [as_dict(problem) for problem in diagnostics],
    }
