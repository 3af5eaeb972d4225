"""The lines that a sign parts into a question and its answer: ``::``, or the document's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from cardwright.blocks import title_of
from cardwright.blocks.rows import Row
from cardwright.dialects.flashcards.colons import Sign, colons_in, has_colons
from cardwright.dialects.flashcards.decks import FEWEST, Use, deck_of, told_signs
from cardwright.dialects.flashcards.tags import bare_line, untagged_line
from cardwright.dialects.flashcards.traces import SCHEDULE, dues, is_property
from cardwright.dialects.text.masks import LONGEST_MARKED, masked
from cardwright.dialects.text.question import Outline
from cardwright.model import Title
from cardwright.wording import asks

_SURE = re.compile(r";{2,3}|\|{2,3}|>{2,3}|\|\?\||\?{1,2}|@@|§§")
"""Signs that mean nothing else."""
_SIGN = re.compile(
    r"(?<=[^\s;|@§])[ \t]*(?P<pair>;;|\|\|)(?![;|])[ \t]*(?=\S)"
    r"|(?<=[^\s])[ \t]+(?P<sign>[;|>=~?@#&+:/§<-]{2,4}|[→⇒➔➜]|\?)[ \t]+(?=\S)"
    r"|(?<=[^\s>~=-])[ \t]*(?P<chain>(?:[-=~]{1,2}>){2,4}|[-=~]?>{3,6})[ \t]*(?=[^\s>])"
)
_OTHER = re.compile(r"-{2,4}|={2,3}|:{2,3}|//|#{2,4}|[!><+-]=|&&|<<|~~|:-|<-|\+\+")
"""Signs of another meaning: dashes, comparisons, marks of Markdown."""
_MAYBE_SIGNS = (
    ";;", "||", "->", "=>", "~>", ">>", "→", "⇒", "➔", "➜", "|?|", "? ?", "@@", "§§",
)  # fmt: skip
_MAYBE = re.compile("|".join(map(re.escape, _MAYBE_SIGNS)))
_MOST_SIGNS = 8


def inline_signs(outline: Outline, *, is_deck: bool) -> dict[int, Sign]:
    """The sign that parts a line, by the line; ``is_deck`` says that the file has other cards."""
    own = dict(_own(outline))
    found: dict[int, Sequence[Sign]] = {}
    for row in outline.rows if own or outline.holds("::") else ():
        text = outline.lines[row.number - 1]
        if row.is_verbatim or row.level or not (row.number in own or "::" in text):
            continue
        signs = [*own.get(row.number, ()), *colons_in(text, row.offset)]
        if signs:
            found[row.number] = sorted(signs, key=lambda sign: sign.start)
    for number in _properties(outline, found):
        found.pop(number, None)
    is_deck = is_deck or _is_deck(outline, found)
    best = (
        (number, next((sign for sign in signs if sign.is_sure), signs[0] if is_deck else None))
        for number, signs in found.items()
    )
    return {number: sign for number, sign in best if sign is not None}


def _is_deck(outline: Outline, found: dict[int, Sequence[Sign]]) -> bool:
    """Whether a file has cards: one that is sure, a schedule, or many."""
    deck, lines = deck_of(outline), outline.lines
    is_sure = any(sign.is_sure for signs in found.values() for sign in signs)
    if is_sure or deck.has_schedule or any("#flashcard" in lines[at - 1] for at in deck.tags):
        return True
    glued = sum(not lines[number - 1][signs[0].end].isspace() for number, signs in found.items())
    return glued >= FEWEST


_PAIR = re.compile(r"[\w -]{1,40}(?<! )::(?!:)")
_FIELD = re.compile(r"[^\W\d_][\w-]{0,40}::[ \t]")


def _properties(outline: Outline, found: dict[int, Sequence[Sign]]) -> Iterator[int]:
    """The lines of ``key:: value`` that are properties of a note, not cards.

    Lines in a row are properties if tools know a key of them. So are those on
    top of the file or in a list item that could be something else, and two or more of one word each
    where cards have a blank before the colons.
    """
    signs = [(number, sign) for number, of_line in found.items() for sign in of_line]
    is_spaced = any(
        sign.is_sure and outline.lines[number - 1][sign.start - 1].isspace()
        for number, sign in signs
    )
    unsure = {
        number
        for number, sign in signs
        if not sign.is_sure and outline.lines[number - 1][sign.end].isspace()
    }
    pairs = (row for row in outline.rows if "::" in row.text and not row.marker)
    able = (row for row in pairs if not row.is_verbatim and _PAIR.match(row.text))
    for _, run in groupby(enumerate(able), lambda each: each[1].number - each[0]):
        rows = [row for _, row in run]
        above = rows[0].number - 1
        is_held = above <= outline.document.source.front_matter.length
        is_held = is_held or outline.rows[above - 1].marker != ""
        is_known = any(is_property(row.text) for row in rows)
        is_fields = is_spaced and len(rows) > 1 and all(_FIELD.match(row.text) for row in rows)
        yield from (
            row.number
            for row in rows
            if is_known or is_fields or (is_held and row.number in unsure)
        )


def _own(outline: Outline) -> Iterator[tuple[int, tuple[Sign, ...]]]:
    """The document's own signs by line, where it tells what they are."""
    uses = list(_uses(outline))
    told = told_signs(outline, (use for use, _ in uses))
    for use, sign in uses:
        if use.row.number in told:
            yield use.row.number, (replace(sign, is_reverse=told[use.row.number]),)


def _uses(outline: Outline) -> Iterator[tuple[Use, Sign]]:
    """The first sign of each line that stands between two texts."""
    for row in outline.rows if outline.holds(*_MAYBE_SIGNS) else ():
        text = outline.lines[row.number - 1]
        if row.is_verbatim or row.level or not _MAYBE.search(text):
            continue
        if len(text) > LONGEST_MARKED or row.text.startswith("|"):
            continue
        schedule = SCHEDULE.search(text) if "<!--" in text else None
        prose = masked(text[: schedule.start()] if schedule else text)
        for match in islice(_SIGN.finditer(prose, row.offset), _MOST_SIGNS):
            sign = match["sign"] or match["chain"] or match["pair"]
            front = prose[row.offset : match.start()].rstrip("*_ ")
            is_said = re.search(r"\w", front) and not _OTHER.fullmatch(sign)
            if is_said and (sign not in ("?", "??") or front.endswith(("?", "\uff1f", ".", ":"))):
                start = match.start() + match.group().index(sign)
                due = dues(outline.lines, row.number, row.number + 1)
                is_asked = asks(text[row.offset : match.start()])
                use = Use(row, sign, due, is_asked, is_sure=bool(_SURE.fullmatch(sign)))
                yield use, Sign(start, start + len(sign))
                break


_FARTHEST = 40
_LONGEST_ITEM = 80


def items_above(outline: Outline, row: Row) -> tuple[Title, ...]:
    """The items that a line of a list is below, the outermost first, up to one that is a card."""
    found: list[Title] = []
    width = row.indent if row.marker else 0
    for above in reversed(outline.rows[max(row.number - _FARTHEST - 1, 0) : row.number - 1]):
        if above.is_blank or above.indent >= width:
            continue
        title = title_of(untagged_line(bare_line(outline, above)))
        is_item = above.marker and not has_colons(above.text) and above.quotes == row.quotes
        if not (is_item and 0 < len(title.plain) <= _LONGEST_ITEM):
            break
        width = above.indent
        found.append(title)
    return tuple(reversed(found))
