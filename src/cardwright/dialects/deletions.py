"""Finds the words that a text hides: ``{{c1::a}}`` and the other marks of deletions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, count
from typing import NamedTuple

from cardwright.formulas.inline import read_inline
from cardwright.model import Deletion, Line, Stretch
from cardwright.wording.signs import ITEM

DEEPEST = 8
"""The most nested deletions that every version of Anki shows."""
MOST = 500
"""The highest number of a card that Anki makes from a cloze note."""
_ANKIS_MARK = re.compile(r"\{\{c\d{1,3}::")


class Trouble(Enum):
    """Why a mark does not make a deletion."""

    OPEN = "open"
    EMPTY = "empty"
    NUMBER = "number"
    DEPTH = "depth"
    MANY = "many"


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
    labels: Set[str] = frozenset()

    @property
    def rule(self) -> str:
        """What hides words, as ``explain`` says it."""
        return "filled gaps in it" if self.has_filled else "words in it that are marked as hidden"


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


class _Gap(NamedTuple):
    """A deletion from ``start`` to ``end``. Its text goes from ``opened`` to ``closed``.

    The hint begins after the ``::`` at ``divider``, or -1. ``number`` is -1 if there is none. Those
    of Logseq (``is_logseq``) get the same number. While braces are paired, ``end`` is 0, and
    ``opened`` is 0 for a single brace.
    """

    start: int
    opened: int = 0
    closed: int = 0
    end: int = 0
    number: int = -1
    divider: int = -1
    is_logseq: bool = False
    trouble: Trouble | None = None


def has_ankis_mark(text: str) -> bool:
    """Whether a text has ``{{c1::``, Anki's own mark of a deletion."""
    return _ANKIS_MARK.search(text) is not None


def find_deletions(lines: Sequence[Line], marks: Marks) -> Cloze:
    """Return the deletions in ``lines``, nested or apart, each with a number.

    A code span, a tag, an image and an address have no deletions. A formula can be inside one, or
    hold Anki's own. Deletions without a number get the next free one. All of Logseq's in a text get
    the same number, because Logseq asks for them together.
    """
    text = "\n".join(line.text for line in lines)
    parts = [*_parts(text)]
    plain: list[str] = []
    found: list[_Gap] = []
    for start, end in parts:
        formulas, _, skipped = read_inline(text[start:end])
        spans = [(formula.start, formula.end) for formula in formulas]
        plain.append(_blanked(text[start:end], [*spans, *skipped]))
        for begin, over in spans:
            found += _braces(text, start + begin, start + over)
    bare = "\n".join(plain)
    for part in parts:
        found += _in_part(text, bare, *part, marks)
    # Anki's can go over blank lines, where a text has any.
    found += _braces(bare, 0, len(bare), has_bare=marks.has_bare)
    found = [_with_parts(text, gap) for gap in found]
    found = [*_judged(text, sorted(found, key=lambda gap: (gap.start, -gap.end)))]
    starts = [*accumulate((len(line) + 1 for line in text.split("\n")), initial=0)]
    numbered = [*_numbered([gap for gap in found if gap.trouble is None], starts)]
    beyond = [each.opening for each in numbered if each.number > MOST][:1]
    return Cloze(
        tuple(each for each in numbered if each.number <= MOST),
        (
            *(Flaw(gap.trouble, *_spot(starts, gap.start)) for gap in found if gap.trouble),
            *(Flaw(Trouble.MANY, first.line, first.start) for first in beyond),
        ),
    )


_PART = re.compile(r"\n(?=[ \t]*\n)|\n(?=[ \t]*\|)")
_TARGETS = re.compile(
    r"!\[\[[^\[\]\n]*\]\]|!\[[^\[\]]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs and the rows of tables, which no code and no formula leaves."""
    start = 0
    for match in _PART.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


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


_BRACES = re.compile(
    r"\\[{}]|\{\{c(?P<number>\d{1,9}(?=::)|[1-9](?=[ \t]))(?:::|[ \t]+)|\{\{(?P<logseq>cloze)[ \t]+"
    r"|(?P<bare>\{\{(?![<%{\[!(.#/@]|[\w-]+[ \t]*\}\}\}|(?:embed|query|video|youtube|pdf|tweet"
    r"|renderer)\b))|\}\}|[{}]|::"
)


def _braces(text: str, start: int, end: int, *, has_bare: bool = False) -> Sequence[_Gap]:
    """Return ``{{c1::a}}``, ``{{c1 a}}``, ``{{c1::a::hint}}`` and ``{{cloze a}}``, even nested.

    With ``has_bare``, ``{{a}}`` is a deletion, too. A deletion has as many ``{`` as ``}``, as
    formulas do. If that would leave it open, it ends at the first ``}}``, as in Anki.
    """
    if text.find("{{", start, end) < 0:
        return ()
    found, plainly = (
        _paired(text, start, end, has_bare=has_bare, is_counting=is_counting)
        for is_counting in (True, False)
    )
    return min(found, plainly, key=lambda gaps: sum(gap.trouble is not None for gap in gaps))


def _paired(text: str, at: int, end: int, *, has_bare: bool, is_counting: bool) -> list[_Gap]:
    found: list[_Gap] = []
    open_: list[_Gap] = []
    depth = 0
    while match := _BRACES.search(text, at, end):
        at, start, sign = match.end(), match.start(), match.group()
        top = open_[-1] if open_ else None
        if match["bare"] and not has_bare:
            at = start + 2
            open_ += [_Gap(start), _Gap(start)] if is_counting else []
        elif sign.startswith("{{"):
            depth += 1
            number = int(match["number"] or -1)
            open_.append(_Gap(start, at, number=number, is_logseq=bool(match["logseq"])))
        elif sign == "{" and is_counting:
            open_.append(_Gap(start))
        elif top is None:
            continue
        elif sign == "::" and top.number >= 0 and top.divider < 0:
            open_[-1] = top._replace(divider=start)
        elif sign == "}}" and top.opened:
            trouble = Trouble.DEPTH if depth > DEEPEST else None
            found.append(open_.pop()._replace(closed=start, end=at, trouble=trouble))
            depth -= 1
        elif sign.startswith("}") and not top.opened:
            open_.pop()
            at = start + 1
    return [*found, *(gap._replace(trouble=Trouble.OPEN) for gap in open_ if gap.opened)]


_HIGHLIGHT = re.compile(r"(?<!=)==(?!=)(?=\S)(?P<inside>(?:[^=]|=(?!=))++)(?<=\S)==(?!=)")
"""``==a==`` of Obsidian, but not the comparison ``a == b``."""
_CURLS = re.compile(
    r"(?<![{\\$])\{(?:c?(?P<number>\d{1,9})[:|])?(?P<inside>(?![%#.:@\s])[^{}\n]+)\}(?!\})"
)
"""``{a}``, ``{1:a}`` and ``{c1:a}`` of Obsidian's plugins, but not ``{#id}`` and ``{%``."""
_FILLED = re.compile(r"[（(][ \t]*(?P<inside>(?:[^()（）\n]|\([^()\n]{0,99}\)){1,200}?)[ \t]*[)）]")
_ON_LINE = re.compile(r"(?<!_)_+[ \t]*(?P<inside>[^\s_][^_\n]{0,200}?)[ \t]*_{2,}")
_UNDERLINED = re.compile(r"<u>(?P<inside>[^<\n]{1,200})</u>")
_BOLD = re.compile(r"\*\*(?=\S)(?P<inside>[^*\n]{1,200})(?<=\S)\*\*")
"""The filled gaps of an exam: ``( sap )``, ``__sap__``, ``<u>sap</u>`` and ``**sap**``."""
_BRACKET = re.compile(
    r"\\.|(?P<image>!?)\[(?P<inside>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*+)\]"
    r"(?P<target>\(|\[(?P<label>[^\[\]]*)\])?"
)
_BEFORE_BOX = re.compile(rf"[ \t]*{ITEM}$")


def _in_part(text: str, bare: str, start: int, end: int, marks: Marks) -> Iterator[_Gap]:
    """Yield the deletions that stay in one paragraph. In the ``bare`` text, tags are blanked."""
    for match in _BRACKET.finditer(bare, start, end) if marks.has_brackets else ():
        if match["inside"] is not None and _hides(bare, match, marks.labels):
            begin, over = match.span("inside")
            yield _Gap(begin - 1, begin, over, over + 1)
    for match in _HIGHLIGHT.finditer(bare, start, end) if marks.has_highlights else ():
        yield _Gap(match.start(), *match.span("inside"), match.end())
    for match in _CURLS.finditer(bare, start, end) if marks.has_curls else ():
        number = int(match["number"] or -1)
        yield _Gap(match.start(), *match.span("inside"), match.end(), number)
    for match in _filled(text, bare, start, end) if marks.has_filled else ():
        begin, over = match.span("inside")
        if bare[begin:over].strip():
            yield _Gap(match.start(), begin, over, match.end())


def _filled(text: str, bare: str, start: int, end: int) -> Sequence[re.Match[str]]:
    """Return the filled gaps of an exam. Brackets are gaps only if there are no others."""
    found = [*_ON_LINE.finditer(bare, start, end), *_BOLD.finditer(bare, start, end)]
    found += _UNDERLINED.finditer(text, start, end)
    return found or [*_FILLED.finditer(bare, start, end)]


def _hides(text: str, bracket: re.Match[str], labels: Set[str]) -> bool:
    """Whether brackets hide something (hashcards): the outer ones, no link, box or footnote."""
    inside = bracket["inside"]
    if bracket["image"] or bracket["target"] == "(" or inside[:1] in ("^", "["):
        return False
    names = (" ".join(name.casefold().split()) for name in (inside, bracket["label"] or ""))
    line = text.rfind("\n", 0, bracket.start()) + 1
    is_box = inside in ("x", "X") and _BEFORE_BOX.match(text, line, bracket.start())
    return bool(inside.strip()) and not is_box and not any(name in labels for name in names if name)


_PARTS = re.compile(r"(?:(?P<number>\d{1,9});;)?(?:(?!;;).)+(?P<divider>;;)?", re.DOTALL)


def _with_parts(text: str, gap: _Gap) -> _Gap:
    """Return ``==1;;a;;hint==`` or ``{{1;;a;;hint}}`` of Spaced Repetition with its parts."""
    is_able = text.startswith(("==", "{{"), gap.start) and not gap.is_logseq
    match = _PARTS.match(text, gap.opened, gap.closed) if is_able and gap.number < 0 else None
    if match is None or not (match["number"] or match["divider"]):
        return gap
    opened = match.end("number") + 2 if match["number"] else gap.opened
    return gap._replace(
        opened=opened, number=int(match["number"] or -1), divider=match.start("divider")
    )


def _judged(text: str, gaps: Iterable[_Gap]) -> Iterator[_Gap]:
    """Yield the deletions that do not cross another, with their trouble.

    A deletion hides something, and has a valid number.
    """
    ends: list[int] = []
    for gap in gaps:
        while ends and ends[-1] <= gap.start:
            ends.pop()
        if gap.trouble:
            yield gap
        elif not text[gap.opened : gap.divider if gap.divider >= 0 else gap.closed].strip():
            yield gap._replace(trouble=Trouble.EMPTY)
        elif gap.number >= 0 and not 1 <= gap.number <= MOST:
            yield gap._replace(trouble=Trouble.NUMBER)
        elif not ends or gap.end <= ends[-1]:
            ends.append(gap.end)
            yield gap


def _numbered(gaps: Sequence[_Gap], starts: Sequence[int]) -> Iterator[Deletion]:
    """Yield the deletions with their numbers. The lines of the text begin at ``starts``."""
    taken = {gap.number for gap in gaps}
    free = (number for number in count(1) if number not in taken)
    common = 0
    for gap in gaps:
        if gap.is_logseq:
            number = common = common or next(free)
        else:
            number = gap.number if gap.number > 0 else next(free)
        divider = _stretch(starts, gap.divider, gap.divider + 2) if gap.divider >= 0 else None
        opening, closing = (gap.start, gap.opened), (gap.closed, gap.end)
        marks = _stretch(starts, *opening), _stretch(starts, *closing)
        yield Deletion(number, *marks, divider, has_number=gap.number > 0)


def _spot(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Return the line of an offset and the offset in it, from 0."""
    line = bisect_right(starts, offset) - 1
    return line, offset - starts[line]


def _stretch(starts: Sequence[int], start: int, end: int) -> Stretch:
    line, begin = _spot(starts, start)
    return Stretch(line, begin, begin + end - start)
