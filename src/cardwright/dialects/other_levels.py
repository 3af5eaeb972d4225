"""Finds headings that are questions although most questions have another level."""

from __future__ import annotations

from collections.abc import Container, Sequence

from cardwright.dialects.asking import reply_below
from cardwright.dialects.counted_headings import titles_of_parts
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import count_between, first_from
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks, bare_words
from cardwright.wording.signs import ends_asking


def with_other_levels(
    outline: Outline, outer: list[Heading], own: list[Heading], level: int
) -> list[Heading]:
    """Return the headings ``own`` of a level, with those of other levels that are questions, too.

    ``outer`` are all headings outside of lists.
    """
    of_the_level = [heading.line for heading in own]
    asking = [heading.line for heading in own if asks(heading.text)]
    strays = _strays(outer, level, asking, len(own))
    parts = outline.once(titles_of_parts)
    starts = [each.line for each in own if bare_words(each.text) not in parts]
    found: list[Heading] = []
    covered = 0
    for heading in outer:
        if heading.line < covered:
            continue
        is_own = heading.level == level
        is_replied = not is_own and reply_below(outline, heading.body, heading.direct) is not None
        is_asking = heading.level > 1 and asks(heading.text)
        if not (is_own or is_replied or is_asking or heading.line in strays):
            continue
        if heading.level < level and count_between(of_the_level, heading.line + 1, heading.end):
            if heading.line in strays:
                following = first_from(starts, heading.line + 1, heading.end)
                heading = heading._replace(end=min(heading.end, following))
            elif is_replied:
                heading = heading._replace(end=heading.direct)
            else:
                continue
        found.append(heading)
        covered = heading.end
    return found


def _strays(outer: list[Heading], level: int, asking: Sequence[int], total: int) -> Container[int]:
    """Return the lines of the few higher headings that ask and have text before the next one.

    Most of the ``total`` headings of the level ask, too: those on the lines ``asking``. The title
    of the document is no stray.
    """
    if len(asking) * 2 <= total:
        return ()
    higher = (heading for heading in outer[1:] if heading.level < level and heading.has_text)
    found = {heading.line for heading in higher if ends_asking(heading.text)}
    return found if len(found) * 4 <= len(asking) else ()
