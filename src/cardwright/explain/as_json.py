"""An explanation as the object that ``explain --json`` prints."""

from __future__ import annotations

from cardwright.diagnostics import as_dict
from cardwright.dialects import Verdict
from cardwright.explain import QUESTION, Entry, Explanation


def explanation_object(explanation: Explanation) -> dict[str, object]:
    """Keys never go; an ``answer`` is ``null`` where there is none, a ``level`` for no headings."""
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
        "diagnostics": [as_dict(problem) for problem in explanation.diagnostics],
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    trial = verdict.trial
    return {
        "dialect": trial.dialect.name,
        "level": trial.level,
        "questions": trial.total,
        "asking": trial.asked,
        "answered": trial.answered,
        "chosen": verdict.is_chosen,
        "why": verdict.words,
    }


def _entry(entry: Entry) -> dict[str, object]:
    if entry.kind != QUESTION:
        return {"kind": entry.kind, "line": entry.line, "depth": entry.depth, "text": entry.text}
    answer = {"start": entry.answer[0], "end": entry.answer[1]} if entry.answer else None
    return {
        "kind": entry.kind,
        "line": entry.line,
        "depth": entry.depth,
        "text": entry.text,
        "answer": answer,
        "cards": entry.cards,
        "reason": entry.reason,
        "code": entry.code,
    }
