"""The marks of deletions in one paragraph: who writes them how, and what they are mistaken for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from cardwright.blocks.signs import ITEM

DEEPEST = 8
"""So many deletions inside one another are shown by every version of Anki."""


class Trouble(Enum):
    """Why a mark makes no deletion."""

    OPEN = "open"
    EMPTY = "empty"
    NUMBER = "number"
    DEPTH = "depth"


@dataclass(frozen=True, slots=True)
class Gap:
    """A deletion from ``start`` to ``end``: its text from ``opened`` to ``closed``.

    The hint begins behind the ``::`` at ``divider``, -1 for none. ``number`` is -1 where there is
    none; those that ``are_one`` get the same.
    """

    start: int
    opened: int
    closed: int
    end: int
    divider: int = -1
    number: int = -1
    are_one: bool = False


@dataclass(slots=True)
class Gaps:
    """What was found so far; a trouble is at an offset."""

    gaps: list[Gap] = field(default_factory=list)
    troubles: list[tuple[int, Trouble]] = field(default_factory=list)


_BRACES = re.compile(
    r"\\[{}]|\{\{c(?P<number>\d{1,9})::|\{\{(?P<logseq>cloze)[ \t]+"
    r"|(?P<bare>\{\{(?![<%{\[!(.#/@]|[\w-]+[ \t]*\}\}\}|(?:embed|query|video|youtube|pdf|tweet"
    r"|renderer)\b))|\}\}|[{}]|::"
)


@dataclass(slots=True)
class _Opened:
    """A ``{{`` of a deletion or, with ``opened`` 0, a single brace."""

    start: int
    opened: int = 0
    number: int = -1
    divider: int = -1
    is_logseq: bool = False

    def closed(self, at: int) -> Gap:
        are_one = self.is_logseq and self.number < 0
        divider = -1 if self.is_logseq or self.number < 0 else self.divider
        return Gap(self.start, self.opened, at, at + 2, divider, self.number, are_one)


def braces(text: str, *, has_bare: bool = False) -> Gaps:
    """``{{c1::a}}``, ``{{c1::a::hint}}`` and Logseq's ``{{cloze a}}``, also nested.

    ``has_bare``: ``{{a}}`` is one. A deletion holds as many
    ``{`` as ``}``, as formulas do; where that leaves one open, it ends at the first ``}}``, as in
    Anki.
    """
    if "{{" not in text:
        return Gaps()
    found = _pairs(text, has_bare, is_counting=True)
    plainly = _pairs(text, has_bare, is_counting=False) if found.troubles else found
    return plainly if len(plainly.troubles) < len(found.troubles) else found


def _pairs(text: str, has_bare: bool, *, is_counting: bool) -> Gaps:
    found = Gaps()
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


def _gaps(pattern: re.Pattern[str], text: str) -> Iterator[Gap]:
    """A deletion for each match of a pattern, whose last group is what it hides."""
    for match in pattern.finditer(text):
        number = int(match.groupdict().get("number") or -1)
        yield Gap(match.start(), *match.span(pattern.groups), match.end(), number=number)


def highlights(text: str) -> Iterator[Gap]:
    """``==a==`` of Obsidian; ``a == b`` compares."""
    return _gaps(_HIGHLIGHT, text)


def curls(text: str) -> Iterator[Gap]:
    """``{a}`` and ``{1:a}`` of Obsidian's plugins; ``{#id}`` and ``{%`` are none."""
    return _gaps(_CURLS, text)


_BRACKET = re.compile(
    r"\\.|(?P<image>!?)\[(?P<inside>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*+)\]"
    r"(?P<target>\(|\[(?P<label>[^\[\]]*)\])?"
)
_BOX = re.compile(rf"[ \t]*{ITEM}$")


def brackets(text: str, labels: frozenset[str]) -> Iterator[Gap]:
    """``[a]`` of hashcards, and of nested ones the outer; links, boxes and footnotes are none."""
    for match in _BRACKET.finditer(text):
        inside = match["inside"]
        if inside is None or match["image"] or match["target"] == "(" or inside[:1] in ("^", "["):
            continue
        names = (" ".join(name.casefold().split()) for name in (inside, match["label"] or ""))
        line = text.rfind("\n", 0, match.start()) + 1
        is_box = inside in ("x", "X") and _BOX.match(text, line, match.start())
        if inside.strip() and not is_box and not any(name in labels for name in names if name):
            start, end = match.span("inside")
            yield Gap(start - 1, start, end, end + 1)
