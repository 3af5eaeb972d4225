"""Finds questions besides the chosen shapes: on other levels of headings, and of earlier builds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from cardwright.dialects.choice.evidence import Candidate, Shape, Spans, spans_of


def on_other_levels(shapes: Sequence[Shape], picked: Sequence[Shape]) -> list[Shape]:
    """Return the headings of other levels that ask, in no chosen answer and around no question.

    They have a question mark.
    """
    found: list[Shape] = []
    chosen = next((each.level for each in picked if each.level and each.asks_by_itself), None)
    asked = [question for each in picked for question in each.questions]
    for shape in shapes if chosen is not None else ():
        if shape.level in (None, chosen):
            continue
        spans, lines = Spans(asked), sorted(question.line for question in asked)
        kept = tuple(
            each
            for each in shape.outside(spans)
            if each.is_good and each.has_mark and not (each.is_section or each.holds(lines))
        )
        if kept:
            asked += (each.question for each in kept)
            found.append(replace(shape, candidates=kept, part=" that ask"))
    return found


def known_besides(
    left: Sequence[Shape], picked: Sequence[Shape]
) -> tuple[list[Shape], list[Shape]]:
    """Return the questions of earlier builds that no chosen shape has, and the rest of each."""
    found: list[Shape] = []
    rest = list(left)
    for at, shape in enumerate(left) if any(each.known for each in left) else ():
        is_missed = partial(_is_missed, spans_of((*picked, *found)))
        kept, others = shape.parted(is_missed, f"{shape.part} that are new")
        if kept.candidates:
            found.append(kept)
            rest[at] = others
    return found, rest


def _is_missed(spans: Spans, candidate: Candidate) -> bool:
    return candidate.is_known and candidate.is_good and not spans.hold(candidate.line)
