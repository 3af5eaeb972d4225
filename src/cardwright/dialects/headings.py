"""Dialect Hu: ``### What is a token?`` or ``### Tokenisation``, any heading of one level."""

from __future__ import annotations

from bisect import bisect_right

from cardwright.dialects.text.lettered_questions import without_letters
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline, Question, under
from cardwright.wording import asks, is_never_a_question


def headings_of_a_level(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` outside of lists, and plain questions where the level changes.

    A heading of another level is a question as well when it asks and neither stands in the
    answer of one nor holds one: a section that is answered itself, or a question right below a
    section that has none of the level between. Those are fewer than the ones of the level.
    """
    outer = [heading for heading in outline.headings if not heading.depth]
    own = [heading for heading in outer if heading.level == level]
    found = _with_other_levels(outer, own, level)
    likely = [heading for heading in own if not is_never_a_question(heading.text)]
    kept = found if len(found) - len(own) < len(likely) else own
    return without_letters([under(heading) for heading in kept])


def _with_other_levels(outer: list[Heading], own: list[Heading], level: int) -> list[Heading]:
    of_the_level = [heading.line for heading in own]
    found: list[Heading] = []
    covered = 0
    for heading in outer:
        if heading.line < covered:
            continue
        if heading.level != level and (heading.level == 1 or not asks(heading.text)):
            continue
        following = bisect_right(of_the_level, heading.line)
        holds_one = following < len(of_the_level) and of_the_level[following] < heading.end
        if heading.level < level and holds_one:
            continue
        found.append(heading)
        covered = heading.end
    return found
