"""Finds questions in headings of several levels: they count, ``# 1.`` and ``## 2.``, or ask."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from cardwright.dialects.asking import reply_below
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import count_between, first_from
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks, bare_words
from cardwright.wording.signs import ends_asking


def outside_of_lists(outline: Outline) -> list[Heading]:
    parts = outline.once(_parts_over_levels)
    return [each for each in outline.headings if not (each.depth or each.line in parts)]


def _parts_over_levels(outline: Outline) -> frozenset[int]:
    """Return the lines of parts in a count over levels: ``## 1.``, then ``### 2.``."""
    outer = [heading for heading in outline.headings if not heading.depth]
    for level in sorted({heading.level for heading in outer}):
        chain = numbered(outer, level)
        is_whole = [each.wording.ordinal for each in chain] == [*range(1, len(chain) + 1)]
        if is_whole and len({each.level for each in chain}) > 1:
            lines = {heading.line for heading in chain}
            parts = [each for each in outer if each.level > level and each.line not in lines]
            if sum(asks(each.text) for each in parts) * 2 < len(parts):
                return frozenset(each.line for each in parts)
    return frozenset()


def numbered(headings: Iterable[Heading], level: int) -> list[Heading]:
    """Return the chain of numbers that begins at ``level``."""
    numbered = [heading for heading in headings if heading.wording.number]
    taken = {heading.wording.number for heading in numbered if heading.level == level}
    chain = counted(
        numbered,
        lambda heading: heading.level == level,
        lambda heading: heading.wording.number not in taken,
    )
    return list(chain)


def counted(
    headings: Iterable[Heading],
    is_own: Callable[[Heading], bool],
    can_follow: Callable[[Heading], bool],
) -> Iterator[Heading]:
    """Yield the headings that count by themselves, and those that continue the number above.

    ``## 2.`` does not continue ``# 1.`` if ``## 1.`` is between them.
    """
    above: Heading | None = None
    between: set[tuple[int, int | None]] = set()
    for heading in headings:
        level, last = heading.level, above.wording.ordinal if above else None
        goes_on = last is not None and heading.wording.ordinal == last + 1
        goes_on = goes_on and (level, last) not in between
        if above and above.level == level:
            goes_on = goes_on or heading.wording.number == above.wording.number != ""
        if is_own(heading) or (goes_on and can_follow(heading)):
            above, between = heading, set()
            yield heading
        else:
            between.add((level, heading.wording.ordinal))


def with_asking_parts(headings: Iterable[Heading], chain: Sequence[Heading]) -> list[Heading]:
    """Return a chain with the questions that its questions lead to: ``### 2-1. Why?`` under ``2.``.

    Most numbers of such parts must be over a question. In an answer, ``2.1`` is over a statement.
    """
    asking = [heading.wording.number for heading in chain if asks(heading.text)]
    if len(asking) * 2 <= len(chain):
        return [*chain]
    starts, parts = [heading.line for heading in chain], list[Heading]()
    for heading in headings:
        number = _PART.match(heading.markdown)
        at = bisect_left(starts, heading.line) - 1
        if number and at >= 0 and heading.line < chain[at].end:
            parts += [heading] if number[1] == chain[at].wording.number else []
    does_ask = [heading for heading in parts if asks(heading.text)]
    is_most = len(does_ask) * 4 >= len(parts) * 3
    return sorted([*chain, *(does_ask if is_most else [])], key=lambda each: each.line)


_PART = re.compile(r"\W*(\d{1,3})[.-]\d{1,2}(?!\d)")


def titles_of_parts(outline: Outline) -> frozenset[str]:
    """Return the words of the titles that stand once under each of several headings."""
    above: defaultdict[str, list[int]] = defaultdict(list)
    open_: list[Heading] = []
    for heading in outline.headings:
        open_ = [each for each in open_ if each.level < heading.level]
        above[bare_words(heading.text)].append(open_[-1].line if open_ else 0)
        open_.append(heading)
    return frozenset(title for title, lines in above.items() if 2 < len(lines) == len({*lines}))


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
