"""An explanation as the object that ``explain --json`` prints."""

from __future__ import annotations

from cardwright.diagnostics import as_dict
from cardwright.dialects import Verdict
from cardwright.explain import QUESTION, Entry, Explanation


def explanation_object(explanation: Explanation) -> dict[str, object]:
    """Keys never go; an ``answer`` or a ``hint`` is ``null`` where there is none, a ``level`` for
    no headings. ``uncovered`` counts the lines of text on no card."""
    return {
        "path": explanation.path,
        "title": explanation.title,
        "dialects": list(explanation.dialects),
        "level": explanation.level,
        "kept": explanation.is_kept,
        "questions": explanation.questions,
        "notes": explanation.notes,
        "compared": [_verdict(verdict) for verdict in explanation.verdicts],
        "outline": [_entry(entry) for entry in explanation.entries],
        "left_out": [
            {"start": part.start, "end": part.end, "kind": part.kind, "text": part.text}
            for part in explanation.left_out
        ],
        "uncovered": explanation.uncovered,
        "diagnostics": [as_dict(problem) for problem in explanation.diagnostics],
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    shape = verdict.shape
    return {
        "dialect": shape.dialect.name,
        "level": shape.level,
        "questions": shape.total,
        "asking": shape.asked,
        "answered": shape.answered,
        "chosen": verdict.is_chosen,
        "why": verdict.words,
    }


def _entry(entry: Entry) -> dict[str, object]:
    if entry.kind != QUESTION:
        return {"kind": entry.kind, "line": entry.line, "depth": entry.depth, "text": entry.text}
    return {
        "kind": entry.kind,
        "line": entry.line,
        "depth": entry.depth,
        "text": entry.text,
        "answer": _lines(entry.answer),
        "hint": _lines(entry.hint),
        "cards": entry.cards,
        "reason": entry.reason,
        "code": entry.code,
    }


def _lines(extent: tuple[int, int] | None) -> dict[str, int] | None:
    return {"start": extent[0], "end": extent[1]} if extent else None
