"""Finds the words that a text hides: ``{{c1::a}}`` and the other marks of deletions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate, count

from cardwright.math.inline import read_inline
from cardwright.model import Deletion, Line, Stretch
from cardwright.wording.signs import ITEM

DEEPEST = 8
"""The most nested deletions that every version of Anki shows."""


class Trouble(Enum):
    """Why a mark does not make a deletion."""

    OPEN = "open"
    EMPTY = "empty"
    NUMBER = "number"
    DEPTH = "depth"


@dataclass(frozen=True, slots=True)
class FoundDeletion:
    """A deletion from ``start`` to ``end``. Its text goes from ``opened`` to ``closed``.

    The hint begins after the ``::`` at ``divider``, or -1. ``number`` is -1 if there is none. Those
    that ``are_one`` get the same number.
    """

    start: int
    opened: int
    closed: int
    end: int
    divider: int = -1
    number: int = -1
    are_one: bool = False


@dataclass(slots=True)
class FoundDeletions:
    """The deletions found so far. A trouble is at an offset."""

    gaps: list[FoundDeletion] = field(default_factory=list)
    troubles: list[tuple[int, Trouble]] = field(default_factory=list)


_BRACES = re.compile(
    r"\\[{}]|\{\{c(?P<number>\d{1,9}(?=::)|[1-9](?=[ \t]))(?:::|[ \t]+)|\{\{(?P<logseq>cloze)[ \t]+"
    r"|(?P<bare>\{\{(?![<%{\[!(.#/@]|[\w-]+[ \t]*\}\}\}|(?:embed|query|video|youtube|pdf|tweet"
    r"|renderer)\b))|\}\}|[{}]|::"
)


def has_ankis_mark(text: str) -> bool:
    """Whether a text has ``{{c1::``, Anki's own mark of a deletion."""
    return _ANKIS_MARK.search(text) is not None


_ANKIS_MARK = re.compile(r"\{\{c\d{1,3}::")


@dataclass(slots=True)
class _Opened:
    """A ``{{`` of a deletion or, with ``opened`` 0, a single brace."""

    start: int
    opened: int = 0
    number: int = -1
    divider: int = -1
    is_logseq: bool = False

    def closed(self, at: int) -> FoundDeletion:
        are_one = self.is_logseq and self.number < 0
        divider = -1 if self.is_logseq or self.number < 0 else self.divider
        return FoundDeletion(self.start, self.opened, at, at + 2, divider, self.number, are_one)


def braces(text: str, *, has_bare: bool = False) -> FoundDeletions:
    """Return ``{{c1::a}}``, ``{{c1 a}}``, ``{{c1::a::hint}}`` and ``{{cloze a}}``, even nested.

    With ``has_bare``, ``{{a}}`` is a deletion, too. A deletion has as many ``{`` as ``}``, as
    formulas do. If that would leave it open, it ends at the first ``}}``, as in Anki.
    """
    if "{{" not in text:
        return FoundDeletions()
    found = _pairs(text, has_bare, is_counting=True)
    plainly = _pairs(text, has_bare, is_counting=False) if found.troubles else found
    return plainly if len(plainly.troubles) < len(found.troubles) else found


def _pairs(text: str, has_bare: bool, *, is_counting: bool) -> FoundDeletions:
    found = FoundDeletions()
    open_: list[_Opened] = []
    depth = at = 0
    while match := _BRACES.search(text, at):
        at, start, sign = match.end(), match.start(), match.group()
        top = open_[-1] if open_ else None
        if match["bare"] and not has_bare:
            at = start + 2
            open_ += [_Opened(start), _Opened(start)] if is_counting else []
        elif sign.startswith("{{"):
            depth += 1
            number = int(match["number"] or -1)
            open_.append(_Opened(start, at, number, is_logseq=bool(match["logseq"])))
        elif sign == "{" and is_counting:
            open_.append(_Opened(start))
        elif top is None:
            continue
        elif sign == "::" and top.opened and top.divider < 0:
            top.divider = start
        elif sign == "}}" and top.opened:
            open_.pop()
            if depth > DEEPEST:
                found.troubles.append((top.start, Trouble.DEPTH))
            else:
                found.gaps.append(top.closed(start))
            depth -= 1
        elif sign.startswith("}") and not top.opened:
            open_.pop()
            at = start + 1
    found.troubles += [(each.start, Trouble.OPEN) for each in open_ if each.opened]
    return found


_HIGHLIGHT = re.compile(r"(?<!=)==(?!=)(?=\S)((?:[^=]|=(?!=))++)(?<=\S)==(?!=)")
_CURLS = re.compile(r"(?<![{\\$])\{(?:(?P<number>\d{1,9})[:|])?((?![%#.:@\s])[^{}\n]+)\}(?!\})")


_FILLED = re.compile(r"[（(][ \t]*((?:[^()（）\n]|\([^()\n]{0,99}\)){1,200}?)[ \t]*[)）]")
_ON_LINE = re.compile(r"(?<!_)_+[ \t]*([^\s_][^_\n]{0,200}?)[ \t]*_{2,}")
_UNDERLINED = re.compile(r"<u>([^<\n]{1,200})</u>")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,200})(?<=\S)\*\*")


def filled(text: str, tagged: str) -> Iterator[FoundDeletion]:
    """Yield the filled gaps of an exam: ``<u>sap</u>``, ``__sap__``, ``**sap**``, ``( sap )``.

    ``tagged`` is the text with its tags. Brackets are gaps only if the text has no others.
    """
    found = (*_gaps(_ON_LINE, text), *_gaps(_BOLD, text), *_gaps(_UNDERLINED, tagged))
    found = found or (*_gaps(_FILLED, text),)
    return (gap for gap in found if text[gap.opened : gap.closed].strip())


def _gaps(pattern: re.Pattern[str], text: str) -> Iterator[FoundDeletion]:
    """Yield a deletion for each match of a pattern. The last group is the hidden text."""
    for match in pattern.finditer(text):
        number = int(match.groupdict().get("number") or -1)
        yield FoundDeletion(match.start(), *match.span(pattern.groups), match.end(), number=number)


def highlights(text: str) -> Iterator[FoundDeletion]:
    """Yield ``==a==`` of Obsidian, but not the comparison ``a == b``."""
    return _gaps(_HIGHLIGHT, text)


def curls(text: str) -> Iterator[FoundDeletion]:
    """Yield ``{a}`` and ``{1:a}`` of Obsidian's plugins, but not ``{#id}`` and ``{%``."""
    return _gaps(_CURLS, text)


_BRACKET = re.compile(
    r"\\.|(?P<image>!?)\[(?P<inside>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*+)\]"
    r"(?P<target>\(|\[(?P<label>[^\[\]]*)\])?"
)
_BOX = re.compile(rf"[ \t]*{ITEM}$")


def brackets(text: str, labels: frozenset[str]) -> Iterator[FoundDeletion]:
    """Yield hashcards' ``[a]``, the outer of nested ones, but no links, boxes and footnotes."""
    for match in _BRACKET.finditer(text):
        inside = match["inside"]
        if inside is None or match["image"] or match["target"] == "(" or inside[:1] in ("^", "["):
            continue
        names = (" ".join(name.casefold().split()) for name in (inside, match["label"] or ""))
        line = text.rfind("\n", 0, match.start()) + 1
        is_box = inside in ("x", "X") and _BOX.match(text, line, match.start())
        if inside.strip() and not is_box and not any(name in labels for name in names if name):
            start, end = match.span("inside")
            yield FoundDeletion(start - 1, start, end, end + 1)


MOST = 500
"""The highest number of a card that Anki makes from a cloze note."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Which marks are deletions besides those of Anki and Logseq.

    ``has_brackets``: ``[a]`` of hashcards, except the ``labels`` of links. ``has_highlights``:
    ``==a==``. ``has_curls``: ``{a}`` and ``{1:a}`` of Obsidian's plugins. ``has_bare``: ``{{a}}``.
    ``has_filled``: the filled gaps of an exam.
    """

    has_brackets: bool = False
    has_highlights: bool = False
    has_curls: bool = False
    has_bare: bool = False
    has_filled: bool = False
    labels: frozenset[str] = frozenset()

    @property
    def rule(self) -> str:
        """What hides words, as ``explain`` says it."""
        return "filled gaps in it" if self.has_filled else "marks of deletions in it"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A text that looks like a deletion and is not one: why, and its line and offset."""

    trouble: Trouble
    line: int
    offset: int


@dataclass(frozen=True, slots=True)
class Cloze:
    """The deletions of a text in the order of their openings, and the marks that failed."""

    deletions: tuple[Deletion, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def find_deletions(lines: Sequence[Line], marks: Marks) -> Cloze:
    """Return the deletions in ``lines``, nested or apart, each with a number.

    A code span, a tag, an image and an address have no deletions. A formula can be inside one, or
    hold Anki's own. Deletions without a number get the next free one. All of Logseq's in a text get
    the same number, because Logseq asks for them together.
    """
    text = "\n".join(line.text for line in lines)
    plain: list[str] = []
    found = FoundDeletions()
    for start, part in _parts(text):
        formulas, _, skipped = read_inline(part)
        spans = [(formula.start, formula.end) for formula in formulas]
        bare = _blanked(part, [*spans, *skipped])
        plain.append(bare)
        _add(found, _gaps_of(bare, part, marks), start)
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


def _add(found: FoundDeletions, more: FoundDeletions, start: int) -> None:
    """Add the deletions found in a part of the text that begins at ``start``."""
    for gap in more.gaps:
        divider = gap.divider + start if gap.divider >= 0 else -1
        places = (gap.start + start, gap.opened + start, gap.closed + start, gap.end + start)
        found.gaps.append(FoundDeletion(*places, divider, gap.number, gap.are_one))
    found.troubles += ((at + start, trouble) for at, trouble in more.troubles)


_PART = re.compile(r"\n(?=[ \t]*\n)|\n(?=[ \t]*\|)")


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs and the rows of tables, which no code and no formula leaves."""
    start = 0
    for match in _PART.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _gaps_of(bare: str, part: str, marks: Marks) -> FoundDeletions:
    """Return the deletions that stay in one paragraph."""
    found = FoundDeletions()
    found.gaps += brackets(bare, marks.labels) if marks.has_brackets else ()
    found.gaps += highlights(bare) if marks.has_highlights else ()
    found.gaps += curls(bare) if marks.has_curls else ()
    found.gaps += filled(bare, part) if marks.has_filled else ()
    return found


_TARGETS = re.compile(
    r"!\[\[[^\[\]\n]*\]\]|!\[[^\[\]]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return ``text`` in the same length, without signs in code, formulas and addresses."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], "x" * (end - start)]
            at = end
    return _TARGETS.sub(_target, "".join([*pieces, text[at:]]))


def _target(match: re.Match[str]) -> str:
    """Return the match without an address, but with the parentheses that mark it as a link."""
    inside = "x" * (len(match[0]) - 2)
    return f"({inside})" if match[0].startswith("(") else f"x{inside}x"


def _usable(
    text: str, gaps: Sequence[FoundDeletion]
) -> tuple[list[FoundDeletion], list[tuple[int, Trouble]]]:
    """Return the deletions that hide something, have a valid number and do not cross another."""
    kept: list[FoundDeletion] = []
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


def _numbered(gaps: Sequence[FoundDeletion]) -> Iterator[tuple[FoundDeletion, int]]:
    taken = {gap.number for gap in gaps}
    free = (number for number in count(1) if number not in taken)
    common = 0
    for gap in gaps:
        number = gap.number if gap.number > 0 else common if gap.are_one else 0
        number = number or next(free)
        common = number if gap.are_one else common
        yield gap, number


def _spot(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Return the line of an offset and the offset in it, from 0; lines begin at ``starts``."""
    line = bisect_right(starts, offset) - 1
    return line, offset - starts[line]


def _deletion(starts: Sequence[int], gap: FoundDeletion, number: int) -> Deletion:
    places = ((gap.start, gap.opened), (gap.closed, gap.end), (gap.divider, gap.divider + 2))
    opening, closing, divider = (
        Stretch(*_spot(starts, start), _spot(starts, start)[1] + end - start)
        for start, end in places
    )
    return Deletion(number, opening, closing, divider if gap.divider >= 0 else None)
