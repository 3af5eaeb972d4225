"""Finds what else is asked: on other levels of headings, or in earlier builds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.choice.evidence import Shape, Spans
from cardwright.wording import bare_words


def on_other_levels(shapes: Sequence[Shape], picked: Sequence[Shape]) -> Iterator[Shape]:
    """Yield the headings of other levels that ask, in no chosen answer and around no question.

    They have a question mark, and nothing else asks the same.
    """
    taken = [*picked]
    chosen = next((shape for shape in picked if shape.level is not None and shape.good), None)
    for shape in shapes if chosen else ():
        if chosen is None or shape.level in (None, chosen.level):
            continue
        asked = [question for each in taken for question in each.questions]
        spans, lines = Spans(asked), sorted(question.line for question in asked)
        words = {bare_words(question.text) for question in asked}
        kept = tuple(
            each
            for each in shape.candidates
            if each.is_good
            and each.has_mark
            and not (each.is_section or each.holds(lines) or spans.hold(each.question.line))
            and bare_words(each.question.text) not in words
        )
        if kept:
            taken.append(replace(shape, candidates=kept, part=" that ask"))
            yield taken[-1]


def known_besides(left: Sequence[Shape], picked: Sequence[Shape]) -> Iterator[Shape]:
    """Yield the questions of earlier builds that no chosen shape has, by their shapes."""
    found = [*picked]
    for shape in left if any(each.known for each in left) else ():
        able = [each for each in shape.candidates if each.is_known and each.is_good]
        spans = Spans([question for each in found if able for question in each.questions])
        still = tuple(each for each in able if not spans.hold(each.question.line))
        if still:
            found.append(replace(shape, candidates=still))
            yield found[-1]
