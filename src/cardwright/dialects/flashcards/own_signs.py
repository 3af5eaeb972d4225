"""Separators and tags that a plugin's settings name, told by how a document uses them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cardwright.dialects.answers.stretch import (
    SCHEDULE,
    is_boundary,
    is_heading,
    is_listed,
    quotes_of,
)
from cardwright.dialects.flashcards.card_tags import first_tag_behind
from cardwright.dialects.flashcards.colons import Separator, begin_of_text
from cardwright.dialects.flashcards.decks import Deck, deck_of
from cardwright.dialects.text.masks import LONGEST_MARKED, masked
from cardwright.dialects.text.question import Outline

_FEWEST = 3
"""So many lines with a sign between two texts are no accident."""


@dataclass(frozen=True, slots=True)
class OwnSigns:
    """The separators of a document by line: those within one, and the lines that are one.

    Of the latter it says whether they ask in both directions.
    """

    inline: dict[int, Separator]
    alone: dict[int, bool]


@dataclass(frozen=True, slots=True)
class _Use:
    """A sign at ``start`` to ``end`` of a line; ``dues`` are how often its card is due, 0 where
    no schedule stands at it.
    """

    line: int
    start: int
    end: int
    dues: int
    is_listed: bool = False


def own_signs(outline: Outline) -> OwnSigns:
    """The signs that stand on three or more lines, if schedules or tags tell what they are.

    A sign that means other things too (``->``) needs a schedule at most of its lines, or at
    three; one that means nothing else (``;;``) at two, or a tag of a deck above it.
    """
    deck = deck_of(outline)
    if not (deck.has_schedule or deck.has_setting or deck.has_tags):
        return OwnSigns({}, {})
    inline: dict[int, Separator] = {}
    for sign, uses in _by_sign(_inline(outline)).items():
        told = [use for use in uses if use.dues or (sign in _SURE and _is_told(deck, use))]
        enough = 2 if sign in _SURE else min(_FEWEST, len(uses) // 2 + 1)
        is_few = len(uses) < _FEWEST or len(told) < enough
        if is_few and not _hold_all(outline, uses):
            continue
        kinds = {use.is_listed for use in told}
        turns = _turns(uses)
        for use in uses:
            if use.is_listed in kinds:
                inline.setdefault(use.line, Separator(use.start, use.end, True, turns))
    alone: dict[int, bool] = {}
    for uses in _by_sign(_alone(outline)).values():
        if len(uses) >= _FEWEST and any(use.dues or _is_told(deck, use) for use in uses):
            turns = _turns(uses)
            alone.update((use.line, turns) for use in uses)
    return OwnSigns(inline, alone)


def _hold_all(outline: Outline, uses: list[_Use]) -> bool:
    """Whether every schedule of the document is that of one of the uses, which hide nothing."""
    due = {use.line for use in uses if use.dues}
    count = sum("<!--" in text and SCHEDULE.search(text) is not None for text in outline.lines)
    texts = [outline.lines[line - 1] for line in due]
    return len(due) == len(uses) == count and not any(
        mark in text for text in texts for mark in ("::", "==", "{{")
    )


def _by_sign(found: Iterator[tuple[str, _Use]]) -> dict[str, list[_Use]]:
    signs: dict[str, list[_Use]] = defaultdict(list)
    for sign, use in found:
        signs[sign].append(use)
    return dict(signs)


def _is_told(deck: Deck, use: _Use) -> bool:
    return deck.holds(use.line, use.line + 1)


def _turns(uses: list[_Use]) -> bool:
    """Whether the cards of a sign are due twice each, once for either direction."""
    dues = [use.dues for use in uses if use.dues]
    return len(dues) > 1 and all(count == 2 for count in dues)


_SURE = frozenset({";;", "||", ">>", "|?|", "?", "??", ";;;", "|||", ">>>", "@@", "§§"})
_INLINE = re.compile(
    r"(?<=[^\s;|@§]);;(?=[^\s;])|(?<=[^\s|])\|\|(?=[^\s|])"
    r"|(?<=[^\s])[ \t]+(?P<sign>[;|>=~?@#&+:/§<-]{2,4}|[→⇒➔➜]|\?)[ \t]+(?=\S)"
    r"|(?<=[^\s>~=-])[ \t]*(?P<chain>(?:[-=~]{1,2}>){2,4}|[-=~]?>{3,6})[ \t]*(?=[^\s>])"
)
_DASHES = ("--", "---", "----", "==", "===", "::", ":::", "//", "##", "###", "####")
_OTHER = frozenset((*_DASHES, "!=", ">=", "<=", "&&", "<<", "+=", "-=", "~~", ":-", "<-", "++"))
"""Signs of another meaning: dashes, comparisons, marks of Markdown."""
_MOST_SIGNS = 8


def _inline(outline: Outline) -> Iterator[tuple[str, _Use]]:
    """The first sign of each line that stands between two texts."""
    for number, text in enumerate(outline.lines, 1):
        if outline.is_verbatim[number - 1] or len(text) > LONGEST_MARKED or not _may_hold(text):
            continue
        if is_heading(text) or quotes_of(text)[1].lstrip().startswith("|"):
            continue
        schedule = SCHEDULE.search(text)
        prose = masked(text[: schedule.start()] if schedule else text)
        begin = begin_of_text(text)
        for match, _ in zip(_INLINE.finditer(prose, begin), range(_MOST_SIGNS), strict=False):
            sign = match["sign"] or match["chain"] or match.group()
            front = prose[begin : match.start()]
            if not re.search(r"\w", front) or sign in _OTHER:
                continue
            if sign in ("?", "??") and not front.rstrip("*_ ").endswith(("?", "？", ".", ":")):
                continue
            start = match.start() + match.group().index(sign)
            listed = is_listed(quotes_of(text)[1])
            dues = _dues(outline, number, number + 1)
            yield sign, _Use(number, start, start + len(sign), dues, listed)
            break


def _may_hold(text: str) -> bool:
    return any(sign in text for sign in _MAYBE)


_MAYBE = (";;", "||", ">", "|?|", "? ?", "→", "⇒", "➔", "➜", "~", "@@", "§§", "//", "++", "&&")


_LINE = re.compile(r"[;|>=~?@#&+:/%§!-]{1,4}|[→⇒]")


def _alone(outline: Outline) -> Iterator[tuple[str, _Use]]:
    """The lines that hold a sign and nothing else, text right above and below."""
    lines = outline.lines
    for number in range(2, len(lines)):
        text = lines[number - 1]
        bare = text.strip() if len(text) < 40 else ""
        if not bare or bare in _NO_LINE or not _LINE.fullmatch(bare):
            continue
        above, below = lines[number - 2].strip(), lines[number].strip()
        if outline.is_verbatim[number - 1] or is_boundary(text) or not (above and below):
            continue
        yield bare, _Use(number, 0, 0, _dues(outline, number, number + _NEAR))


_NO_LINE = frozenset((*_DASHES, *"?!-=>+|#", "??", "$$", ">>", "::::", "~~~", "~~~~"))


def _dues(outline: Outline, number: int, last: int) -> int:
    """How often the card of a line is due: the entries of the schedule up to line ``last``."""
    lines = outline.lines
    for at in range(number, min(last, len(lines)) + 1):
        text = lines[at - 1]
        schedule = SCHEDULE.search(text) if "<!--" in text else None
        if schedule:
            return max(schedule.group().count("!") - 1, 1)
        if at > number and not text.strip():
            return 0
    return 0


_NEAR = 40


_BLOCK_ID = re.compile(r"(?:^|\s)\^\d{13}\s*$")
"""The time at which "flashcards-obsidian" made a card, which it keeps under it."""
_COMMON = frozenset({"todo", "wip", "important", "question", "questions", "exam", "idea"})


def own_tag(outline: Outline) -> str:
    """The tag that makes cards in a document without one of those known, ``""`` for none.

    Three or more headings or paragraphs end with it, text stands under them, and a plugin left
    its marks.
    """
    deck = deck_of(outline)
    if deck.tags or not (deck.has_setting or deck.has_schedule):
        return ""
    if not deck.has_schedule and not any(map(_BLOCK_ID.search, outline.lines)):
        return ""
    names: Counter[str] = Counter()
    lines = outline.lines
    for number, (text, below) in enumerate(pairwise(lines), 1):
        if "#" not in text or outline.is_verbatim[number - 1] or is_listed(text):
            continue
        if below.strip() and not is_heading(below):
            names[first_tag_behind(text)] += 1
    del names[""]
    best, count = max(names.items(), key=lambda pair: pair[1], default=("", 0))
    return best if count >= _FEWEST and best.lower() not in _COMMON else ""
