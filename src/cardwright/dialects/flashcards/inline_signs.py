"""The lines that a sign parts into a question and its answer: ``::``, or the document's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.blocks.rows import Row
from cardwright.dialects.flashcards.colons import Sign, colons_in, has_code
from cardwright.dialects.flashcards.decks import Deck, deck_of
from cardwright.dialects.flashcards.tags import untagged
from cardwright.dialects.flashcards.traces import SCHEDULE, dues, is_property
from cardwright.dialects.text.masks import LONGEST_MARKED, masked
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks

FEWEST = 3
"""So many lines with a sign between two texts are no accident."""
SURE = frozenset({";;", "||", ">>", "|?|", "?", "??", ";;;", "|||", ">>>", "@@", "§§"})
"""Signs that mean nothing else."""
_SIGN = re.compile(
    r"(?<=[^\s;|@§]);;(?=[^\s;])|(?<=[^\s|])\|\|(?=[^\s|])"
    r"|(?<=[^\s])[ \t]+(?P<sign>[;|>=~?@#&+:/§<-]{2,4}|[→⇒➔➜]|\?)[ \t]+(?=\S)"
    r"|(?<=[^\s>~=-])[ \t]*(?P<chain>(?:[-=~]{1,2}>){2,4}|[-=~]?>{3,6})[ \t]*(?=[^\s>])"
)
_OTHER = frozenset(
    "-- --- ---- == === :: ::: // ## ### #### != >= <= && << += -= ~~ :- <- ++".split()
)
"""Signs of another meaning: dashes, comparisons, marks of Markdown."""
_MAYBE = (";;", "||", ">", "|?|", "? ?", "→", "⇒", "➔", "➜", "~", "@@", "§§", "//", "++", "&&")
_MOST_SIGNS = 8


@dataclass(frozen=True, slots=True)
class _Use:
    """A sign of the document's own: its row, how often its card is due, whether it asks."""

    row: Row
    sign: Sign
    due: int
    is_asked: bool


def inline_signs(outline: Outline, *, is_deck: bool) -> dict[int, Sign]:
    """The sign that parts a line, by the line; ``is_deck`` says that the file has other cards."""
    own = _own(outline)
    found: dict[int, Sequence[Sign]] = {}
    for row in outline.rows:
        text = outline.lines[row.number - 1]
        if row.is_verbatim or row.level or not (row.number in own or "::" in text):
            continue
        signs = [*own.get(row.number, ()), *colons_in(text, row.offset)]
        if signs:
            found[row.number] = sorted(signs, key=lambda sign: sign.start)
    properties = _properties(outline, found)
    found = {number: signs for number, signs in found.items() if number not in properties}
    is_deck = is_deck or _is_deck(outline, found)
    best = (
        (number, next((sign for sign in signs if sign.is_sure), signs[0] if is_deck else None))
        for number, signs in found.items()
    )
    return {number: sign for number, sign in best if sign is not None}


def _is_deck(outline: Outline, found: dict[int, Sequence[Sign]]) -> bool:
    """Whether a file has cards: one that is sure, a schedule, or many and no program's paths."""
    if deck_of(outline).has_schedule or any(
        sign.is_sure for signs in found.values() for sign in signs
    ):
        return True
    if any(
        row.text.startswith("#flashcard") and untagged(row.text).is_card for row in outline.rows
    ):
        return True
    lines = outline.lines
    glued = sum(not lines[number - 1][signs[0].end].isspace() for number, signs in found.items())
    return glued >= FEWEST and not any(
        not row.is_verbatim and has_code(lines[row.number - 1]) for row in outline.rows
    )


_PAIR = re.compile(r"[\w -]{1,40}(?<! )::(?!:)(?P<value>[ \t]*\S)?")


def _properties(outline: Outline, found: dict[int, Sequence[Sign]]) -> set[int]:
    """The lines of ``key:: value`` that are properties of a note, not cards.

    Such lines in a row, where tools know a key or one has no value; where the row stands on top
    of the file or in a list's item, those that could be something else; and two or more of one
    word each, where cards are written with a blank before the colons.
    """
    properties: set[int] = set()
    block: list[Row] = []
    is_spaced = any(
        sign.is_sure and outline.lines[number - 1][sign.start - 1].isspace()
        for number, signs in found.items()
        for sign in signs
    )
    for row in outline.rows:
        pair = "::" in row.text and not row.marker and _PAIR.match(row.text)
        if pair and not (block and block[-1].number < row.number - 1):
            block.append(row)
            continue
        properties |= _among(outline, block, found, is_spaced=is_spaced) if block else set()
        block = [row] if pair else []
    return properties | (_among(outline, block, found, is_spaced=is_spaced) if block else set())


def _among(
    outline: Outline, block: Sequence[Row], found: dict[int, Sequence[Sign]], *, is_spaced: bool
) -> set[int]:
    numbers = {row.number for row in block}
    first = block[0].number
    pairs = [_PAIR.match(row.text) for row in block]
    if any(is_property(row.text) for row in block) or not all(p and p["value"] for p in pairs):
        return numbers
    if is_spaced and len(block) > 1 and all(_FIELD.match(row.text) for row in block):
        return numbers
    is_on_top = first - 1 <= outline.document.source.front_matter.length
    if is_on_top or outline.rows[first - 2].marker:
        return {
            number
            for number in numbers
            if number in found
            and not any(sign.is_sure for sign in found[number])
            and outline.lines[number - 1][found[number][0].end].isspace()
        }
    return set()


_FIELD = re.compile(r"[^\W\d_][\w-]{0,40}::[ \t]")


def _own(outline: Outline) -> dict[int, tuple[Sign, ...]]:
    """The document's own signs by line, where it tells what they are.

    One stands on three or more lines, and most of them ask before it; or schedules stand at most
    of them, or at three, while a sign that means nothing else needs two, or a tag of a deck above
    it; or the schedules of the document are those of its lines and no others.
    """
    uses: defaultdict[str, list[_Use]] = defaultdict(list)
    for text, use in _uses(outline):
        uses[text].append(use)
    deck = deck_of(outline)
    found: dict[int, tuple[Sign, ...]] = {}
    for text, same in uses.items():
        told = [use for use in same if use.due or (text in SURE and _is_told(deck, use))]
        enough = 2 if text in SURE else min(FEWEST, len(same) // 2 + 1)
        asked = [use for use in same if use.is_asked]
        if len(same) < FEWEST or len(told) < enough:
            told = asked if len(asked) >= FEWEST and len(asked) * 2 > len(same) else []
        if not told and _hold_all(outline, same):
            told = same
        listed = {bool(use.row.marker) for use in told}
        is_reverse = turns([use.due for use in same])
        for use in same:
            if bool(use.row.marker) in listed:
                sign = replace(use.sign, is_reverse=is_reverse)
                found.setdefault(use.row.number, (sign,))
    return found


def _uses(outline: Outline) -> Iterator[tuple[str, _Use]]:
    """The first sign of each line that stands between two texts."""
    for row in outline.rows:
        text = outline.lines[row.number - 1]
        if row.is_verbatim or row.level or not any(sign in text for sign in _MAYBE):
            continue
        if len(text) > LONGEST_MARKED or row.text.startswith("|"):
            continue
        schedule = SCHEDULE.search(text) if "<!--" in text else None
        prose = masked(text[: schedule.start()] if schedule else text)
        for match, _ in zip(_SIGN.finditer(prose, row.offset), range(_MOST_SIGNS), strict=False):
            sign = match["sign"] or match["chain"] or match.group()
            front = prose[row.offset : match.start()].rstrip("*_ ")
            is_said = re.search(r"\w", front) and sign not in _OTHER
            if is_said and (sign not in ("?", "??") or front.endswith(("?", "\uff1f", ".", ":"))):
                start = match.start() + match.group().index(sign)
                due = dues(outline.lines, row.number, row.number + 1)
                is_asked = asks(text[row.offset : match.start()])
                yield sign, _Use(row, Sign(start, start + len(sign)), due, is_asked)
                break


def _is_told(deck: Deck, use: _Use) -> bool:
    return deck.holds(use.row.number, use.row.number + 1)


def _hold_all(outline: Outline, uses: Sequence[_Use]) -> bool:
    """Whether every schedule of the document is that of one of the uses, which hide nothing."""
    if not all(use.due for use in uses):
        return False
    count = sum("<!--" in text and SCHEDULE.search(text) is not None for text in outline.lines)
    texts = [outline.lines[use.row.number - 1] for use in uses]
    is_plain = not any(mark in text for text in texts for mark in ("::", "==", "{{"))
    return len(uses) == count and is_plain


def turns(due: Sequence[int]) -> bool:
    """Whether the cards of a sign are due twice each, once for either direction."""
    known = [count for count in due if count]
    return len(known) > 1 and all(count == 2 for count in known)
