"""Dialect Hn: ``## 12. What is a token?``, the answer runs to the next heading of its level."""

from __future__ import annotations

from cardwright.dialects.outline import Heading


def numbered_headings(headings: tuple[Heading, ...], level: int) -> tuple[Heading, ...]:
    """The numbered headings of ``level``, and those of another level that go on counting.

    A list of questions whose level changes halfway goes on with the next number; the numbered
    steps of an answer begin again with 1, or have a number that a question has.
    """
    numbered = [heading for heading in headings if heading.wording.number and not heading.depth]
    taken = {heading.wording.number for heading in numbered if heading.level == level}
    found: list[Heading] = []
    for heading in numbered:
        last = found[-1].wording.ordinal if found else None
        goes_on = last is not None and heading.wording.ordinal == last + 1
        if heading.level == level or (goes_on and heading.wording.number not in taken):
            found.append(heading)
    return tuple(found)
