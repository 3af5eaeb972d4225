"""The marks of deletions in one paragraph: who writes them how, and what they are mistaken for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

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
    r"\\[{}]|\{\{c(?P<number>\d{1,9})::|\{\{(?P<logseq>cloze|c(?P<short>\d{1,3}))[ \t]+"
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


def braces(text: str, *, has_short: bool = False, has_bare: bool = False) -> Gaps:
    """``{{c1::a}}``, ``{{c1::a::hint}}`` and Logseq's ``{{cloze a}}``, also nested.

    ``has_short``: ``{{c1 a}}`` is one; ``has_bare``: ``{{a}}`` is one. A deletion holds as many
    ``{`` as ``}``, as formulas do; where that leaves one open, it ends at the first ``}}``, as in
    Anki.
    """
    if "{{" not in text:
        return Gaps()
    found = _pairs(text, has_short, has_bare, is_counting=True)
    if found.troubles:
        plainly = _pairs(text, has_short, has_bare, is_counting=False)
        return plainly if len(plainly.troubles) < len(found.troubles) else found
    return found


def _pairs(text: str, has_short: bool, has_bare: bool, *, is_counting: bool) -> Gaps:
    found = Gaps()
    open_: list[_Opened] = []
    depth = at = 0
    while match := _BRACES.search(text, at):
        at = match.end()
        sign = match.group()
        top = open_[-1] if open_ else None
        is_other = (match["short"] and not has_short) or (match["bare"] and not has_bare)
        if is_other and is_counting:
            open_ += (_Opened(match.start()), _Opened(match.start()))
            at = match.start() + 2
        elif is_other:
            at = match.start() + 2
        elif sign.startswith("{{"):
            depth += 1
            number = int(match["number"] or match["short"] or -1)
            open_.append(_Opened(match.start(), at, number, is_logseq=bool(match["logseq"])))
        elif sign == "{" and is_counting:
            open_.append(_Opened(match.start()))
        elif top is None:
            continue
        elif sign == "::" and top.opened and top.divider < 0:
            top.divider = match.start()
        elif sign == "}}" and top.opened:
            open_.pop()
            _close(found, top, match.start(), depth)
            depth -= 1
        elif sign.startswith("}") and not top.opened:
            open_.pop()
            at = match.start() + 1
    found.troubles += [(each.start, Trouble.OPEN) for each in open_ if each.opened]
    return found


def _close(found: Gaps, opened: _Opened, closed: int, depth: int) -> None:
    if depth > DEEPEST:
        found.troubles.append((opened.start, Trouble.DEPTH))
        return
    are_one = opened.is_logseq and opened.number < 0
    divider = opened.divider if opened.number >= 0 and not opened.is_logseq else -1
    found.gaps.append(
        Gap(opened.start, opened.opened, closed, closed + 2, divider, opened.number, are_one)
    )


def ats(text: str) -> Iterator[Gap]:
    """``{@{a}@}``, which means nothing else."""
    at = 0
    while (start := text.find("{@{", at)) >= 0:
        closed = text.find("}@}", start + 3)
        if closed < 0:
            break
        at = closed + 3
        yield Gap(start, start + 3, closed, at)


_RUNS = re.compile(r"=+")


def highlights(text: str, *, is_loose: bool = False) -> Iterator[Gap]:
    """``==a==`` of Obsidian; ``a == b`` compares.

    ``is_loose``: where that finds none, ``== a ==`` is one. A single one that begins its line
    and has a colon at its end (``==Note==: …``) is a label.
    """
    found = list(_highlights(text)) or (list(_loose(text)) if is_loose else [])
    if len(found) != 1 or is_loose or not _is_label(text, found[0]):
        yield from found


def _highlights(text: str) -> Iterator[Gap]:
    opened: re.Match[str] | None = None
    for run in _RUNS.finditer(text):
        if len(run.group()) != 2:
            continue
        before, behind = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        if opened is not None and before.strip():
            yield Gap(opened.start(), opened.end(), run.start(), run.end())
            opened = None
        elif behind.strip():
            opened = run


def _loose(text: str) -> Iterator[Gap]:
    runs = [run for run in _RUNS.finditer(text) if len(run.group()) == 2]
    if len(runs) % 2:
        return
    for opening, closing in zip(runs[::2], runs[1::2], strict=True):
        inside = text[opening.end() : closing.start()]
        if inside.strip():
            opened = opening.end() + len(inside) - len(inside.lstrip())
            closed = closing.start() - len(inside) + len(inside.rstrip())
            yield Gap(opening.start(), opened, closed, closing.end())


_LEAD = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")


def _is_label(text: str, gap: Gap) -> bool:
    line = text.rfind("\n", 0, gap.start) + 1
    is_first = _LEAD.fullmatch(text, line, gap.start) is not None
    has_colon = text[gap.closed - 1] in ":：" or text[gap.end : gap.end + 1] in (":", "：")
    return is_first and has_colon


_MATHEMATICAL = re.compile(r"(?<=[\s=+*/({<>|&~])\[([^\[\],;]+)\](?=[\s=+*/()<>|&~.,}$])")


def brackets_in_formula(tex: str) -> Iterator[Gap]:
    """``$p = [1/4]$`` of hashcards; ``E[X]`` and ``[0, 1]`` are mathematics."""
    for match in _MATHEMATICAL.finditer(tex):
        yield Gap(match.start(), match.start(1), match.end(1), match.end())


_BRACKET = re.compile(r"\\[\[\]]|[\[\]]")
_LINK = re.compile(r"\(|\[(?P<label>[^\[\]]*)\]")
_BOX = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+$")


def brackets(text: str, labels: frozenset[str]) -> Iterator[Gap]:
    """``[a]`` of hashcards, and of nested ones the outer; links, boxes and footnotes are none."""
    open_: list[int] = []
    hidden = 0
    for match in _BRACKET.finditer(text):
        at = match.start()
        if match.group() == "[":
            open_.append(at)
        elif match.group() == "]" and open_:
            start = open_.pop()
            if not open_ and start >= hidden and not _is_link(text, start, at, labels):
                yield Gap(start, start + 1, at, at + 1)
            elif not open_:
                label = _LINK.match(text, at + 1)
                hidden = label.end() if label else at


def _is_link(text: str, start: int, end: int, labels: frozenset[str]) -> bool:
    inside = text[start + 1 : end]
    if inside.startswith(("^", "[")) or text[start - 1 : start] == "!":
        return True
    if inside in ("", " ", "x", "X"):
        line = text.rfind("\n", 0, start) + 1
        return inside != "x" or _BOX.match(text, line, start) is not None
    target = _LINK.match(text, end + 1)
    if target is None or target.group() != "(":
        names = (inside, target["label"] if target else "")
        return any(" ".join(name.casefold().split()) in labels for name in names if name)
    return True


_CURLS = re.compile(r"(?<![{\\$])\{(?:(?P<number>\d{1,9})[:|])?(?![%#.:@\s])[^{}\n]+\}(?!\})")


def curls(text: str) -> Iterator[Gap]:
    """``{a}`` and ``{1:a}`` of Obsidian's plugins; ``{#id}`` and ``{%`` are none."""
    for match in _CURLS.finditer(text):
        number = match["number"]
        opened = match.end("number") + 1 if number else match.start() + 1
        yield Gap(match.start(), opened, match.end() - 1, match.end(), number=int(number or -1))
