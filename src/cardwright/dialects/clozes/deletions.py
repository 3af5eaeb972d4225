"""The deletions in the text of a cloze note, in whichever of the known ways they are written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count

from cardwright.dialects.clozes.gaps import Gap, Gaps, Trouble, braces, brackets, curls, highlights
from cardwright.math.inline import read_inline
from cardwright.model import Deletion, Line, Stretch

MOST = 500
"""The highest number of a card that Anki makes of a cloze note."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Which marks are deletions besides Anki's and Logseq's own.

    ``has_brackets``: ``[a]`` of hashcards; ``labels`` are those of links, which are none.
    ``has_highlights``: ``==a==``;
    ``has_curls``: ``{a}`` and ``{1:a}`` of Obsidian's plugins;
    ``has_bare``: ``{{a}}``.
    """

    has_brackets: bool = False
    has_highlights: bool = False
    has_curls: bool = False
    has_bare: bool = False
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Flaw:
    """What looks like a deletion and is none: why, and its line and offset in the text."""

    trouble: Trouble
    line: int
    offset: int


@dataclass(frozen=True, slots=True)
class Cloze:
    """The deletions of a text in the order of their openings, and what could not be one."""

    deletions: tuple[Deletion, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def find_deletions(lines: Sequence[Line], marks: Marks) -> Cloze:
    """The deletions in ``lines``, nested or apart, each with a number.

    Nothing is one in a code span, a tag, an image or an address. A formula can be in one, or
    hold Anki's own. Those without a number get the next that is free, all of Logseq's in a text
    the same one, for it asks for them together.
    """
    text = "\n".join(line.text for line in lines)
    plain: list[str] = []
    found = Gaps()
    for start, part in _parts(text):
        formulas, _, skipped = read_inline(part)
        spans = [(formula.start, formula.end) for formula in formulas]
        bare = _blanked(part, [*spans, *skipped])
        plain.append(bare)
        _add(found, _gaps_of(bare, marks), start)
        for begin, end in spans:
            _add(found, braces(part[begin:end]), start + begin)
    # Anki's can go over blank lines, where a text has any.
    _add(found, braces("\n".join(plain), has_bare=marks.has_bare), 0)
    gaps, troubles = _usable(text, sorted(found.gaps, key=lambda gap: (gap.start, -gap.end)))
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    flaws = sorted((*found.troubles, *troubles), key=lambda flaw: flaw[0])
    return Cloze(
        tuple(_deletion(starts, gap, number) for gap, number in _numbered(gaps)),
        tuple(Flaw(trouble, *_spot(starts, at)) for at, trouble in flaws),
    )


def _add(found: Gaps, more: Gaps, start: int) -> None:
    """Add what was found in a part of the text that begins at ``start``."""
    for gap in more.gaps:
        divider = gap.divider + start if gap.divider >= 0 else -1
        places = (gap.start + start, gap.opened + start, gap.closed + start, gap.end + start)
        found.gaps.append(Gap(*places, divider, gap.number, gap.are_one))
    found.troubles += ((at + start, trouble) for at, trouble in more.troubles)


_PART = re.compile(r"\n(?=[ \t]*\n)|\n(?=[ \t]*\|)")


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs and the rows of tables, which no code and no formula leaves."""
    start = 0
    for match in _PART.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _gaps_of(bare: str, marks: Marks) -> Gaps:
    """The deletions that stay in one paragraph."""
    found = Gaps()
    found.gaps += brackets(bare, marks.labels) if marks.has_brackets else ()
    found.gaps += highlights(bare) if marks.has_highlights else ()
    found.gaps += curls(bare) if marks.has_curls else ()
    return found


_TARGETS = re.compile(
    r"!\[\[[^\[\]\n]*\]\]|!\[[^\[\]]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text``, as long as before, with no sign left in what is no running text."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], "x" * (end - start)]
            at = end
    return _TARGETS.sub(_target, "".join([*pieces, text[at:]]))


def _target(match: re.Match[str]) -> str:
    """An address stays in its parentheses, by which a link is known."""
    inside = "x" * (len(match[0]) - 2)
    return f"({inside})" if match[0].startswith("(") else f"x{inside}x"


def _usable(text: str, gaps: Sequence[Gap]) -> tuple[list[Gap], list[tuple[int, Trouble]]]:
    """The deletions, in order, that hide something, have a number Anki takes and cross none."""
    kept: list[Gap] = []
    troubles: list[tuple[int, Trouble]] = []
    ends: list[int] = []
    for gap in gaps:
        while ends and ends[-1] <= gap.start:
            ends.pop()
        hidden = text[gap.opened : gap.divider if gap.divider >= 0 else gap.closed]
        if not hidden.strip():
            troubles.append((gap.start, Trouble.EMPTY))
        elif gap.number >= 0 and not 1 <= gap.number <= MOST:
            troubles.append((gap.start, Trouble.NUMBER))
        elif not ends or gap.end <= ends[-1]:
            ends.append(gap.end)
            kept.append(gap)
    return kept, troubles


def _numbered(gaps: Sequence[Gap]) -> Iterator[tuple[Gap, int]]:
    taken = {gap.number for gap in gaps}
    free = (number for number in count(1) if number not in taken)
    common = 0
    for gap in gaps:
        number = gap.number if gap.number > 0 else common if gap.are_one else 0
        number = number or next(free)
        common = number if gap.are_one else common
        yield gap, number


def _spot(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """The line of an offset and the offset in it, from 0; lines begin at ``starts``."""
    line = bisect_right(starts, offset) - 1
    return line, offset - starts[line]


def _deletion(starts: Sequence[int], gap: Gap, number: int) -> Deletion:
    places = ((gap.start, gap.opened), (gap.closed, gap.end), (gap.divider, gap.divider + 2))
    opening, closing, divider = (
        Stretch(*_spot(starts, start), _spot(starts, start)[1] + end - start)
        for start, end in places
    )
    return Deletion(number, opening, closing, divider if gap.divider >= 0 else None)
