"""Builds the object that ``explain --json`` prints."""

from __future__ import annotations

from cardwright.diagnostics import as_dict
from cardwright.dialects import Verdict
from cardwright.explain import QUESTION, Explanation, OutlineEntry, plain_line
from cardwright.parse.leftovers import LeftOut


def explanation_object(explanation: Explanation) -> dict[str, object]:
    """Return the object for a file. Keys are never removed.

    ``answer``, ``hint`` and ``level`` are ``null`` if there is none. ``not_chosen`` has the shapes
    that look like questions and were left out, the evidence they lack, and the setting that
    includes them. ``uncovered`` counts the lines of text on no card.
    """
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
        "not_chosen": [_shape(left) for left in explanation.shapes],
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


def _shape(left: LeftOut) -> dict[str, object]:
    """Return a whole shape that looks like questions and was left out."""
    return {
        "dialect": left.shape.dialect.name,
        "level": left.shape.level,
        "asking": left.shape.asked,
        "answered": left.shape.answered,
        "in_answers": left.shape.total - len(left.outside),
        "lacks": left.lack,
        "setting": left.setting,
        "questions": [
            {
                "line": each.question.line,
                "text": plain_line(each.question.text),
                "asks": each.asks,
                "has": each.answer.value,
            }
            for each in left.shape.candidates
        ],
    }


def _entry(entry: OutlineEntry) -> dict[str, object]:
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
        "rule": entry.rule,
        "ending": entry.ending.value if entry.ending else "",
    }


def _lines(extent: tuple[int, int] | None) -> dict[str, int] | None:
    return {"start": extent[0], "end": extent[1]} if extent else None
