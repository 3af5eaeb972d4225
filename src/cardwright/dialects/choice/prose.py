"""Measures how much of a text is questions with their answers, and not prose around them."""

from __future__ import annotations

from bisect import bisect_right

from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.text.question import Outline


def is_in_prose(outline: Outline, shape: Shape) -> bool:
    """Whether plain lines and their answers are less than half of the text.

    Of three or more list items, it is that of their sections. Known questions are never prose, and
    neither are those whose answers have labels or are in folds.
    """
    is_listed = shape.dialect.name == "list-items" and shape.good > _FEW
    is_plain = shape.dialect.name in ("list-items", "lines") and not shape.known
    is_marked = all(each.has_answer_mark for each in shape.candidates)
    return is_plain and not is_marked and held_share(outline, shape, in_sections=is_listed) < 0.5


def are_few_in_prose(outline: Outline, shape: Shape) -> bool:
    """Whether it is one or two bold lines, or headings without a question mark, in a long text."""
    is_mute = shape.dialect.name == "headings" and not any(c.has_mark for c in shape.candidates)
    is_able = (is_mute or shape.dialect.name == "bold") and not shape.known
    return is_able and shape.good <= _FEW and held_share(outline, shape) < 0.5


_FEW = 2


def held_share(outline: Outline, shape: Shape, *, in_sections: bool = False) -> float:
    """Return the share of the text that the questions of a shape and their answers take.

    With ``in_sections``, only the text that no heading and no rule divides from them counts.
    """
    texts = [row.number for row in outline.rows if row.text and not row.level]
    if in_sections:
        bounds = sorted({*outline.heading_lines, *outline.rules})
        sections = {bisect_right(bounds, each.line) for each in shape.questions}
        texts = [at for at in texts if bisect_right(bounds, at) in sections]
    return sum(map(shape.spans.hold, texts)) / max(len(texts), 1)
