"""Measures how much of a text questions take: in an essay or a manual, a few are no cards."""

from __future__ import annotations

from bisect import bisect_right

from cardwright.dialects.asking import is_announced
from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.labels import answer_marks
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline

_FEW, _SEVERAL = 2, 5


def is_in_prose(outline: Outline, shape: Shape) -> bool:
    """Whether plain lines and their answers are less than half of the text.

    Of three or more list items, it is that of their sections. Unless a heading announces them, they
    are also a tenth of all text. Known questions are never prose. If most have the label of an
    answer or a fold below them, they are no prose either.
    """
    is_listed = shape.dialect.name == "list-items" and shape.good > _FEW
    is_plain = shape.dialect.is_like_prose and not shape.known
    marks, asked = outline.once(answer_marks), shape.questions
    replied = sum(count_between(marks, q.line + 1, q.answer.end) > 0 for q in asked)
    if not is_plain or replied * 2 > shape.total:
        return False
    if held_share(outline, shape, in_sections=is_listed) < 0.5:
        return True
    is_sure = all(is_announced(outline, line) for line in shape.lines)
    return not is_sure and held_share(outline, shape) < 0.1


def are_few_in_prose(outline: Outline, shape: Shape) -> bool:
    """Whether it is one or two bold lines, or headings without a question mark, in a long text.

    A README may have four such headings, however long their texts are: "How to run".
    """
    is_mute = shape.dialect.is_any_heading and not any(c.has_mark for c in shape.candidates)
    is_able = (is_mute or shape.dialect.name == "bold") and not shape.known
    is_about_it = is_mute and outline.is_readme and shape.good < _SEVERAL
    is_few = shape.good <= _FEW and held_share(outline, shape) < 0.5
    return is_able and (is_about_it or is_few)


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
