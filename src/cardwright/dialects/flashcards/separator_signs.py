"""Finds what separates question and answer: ``?`` on a line, ``::``, or the document's own sign."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cardwright.blocks import title_of
from cardwright.blocks.rows import Row
from cardwright.dialects.flashcards.card_signs import card_signs_of
from cardwright.dialects.flashcards.colons import (
    Divided,
    Sign,
    colons_in,
    has_colons,
    is_enclosed,
    without_fields,
    without_paths,
)
from cardwright.dialects.flashcards.tags import bare_line, is_tags_alone, untagged_line
from cardwright.dialects.flashcards.traces import SCHEDULE, is_scheduled
from cardwright.dialects.text.masks import LONGEST_MARKED, masked
from cardwright.dialects.text.question import Outline
from cardwright.model import Title
from cardwright.wording import asks
from cardwright.wording.signs import has_word, is_rule

_KNOWN = ("?", "??")
_LINE = re.compile(
    r"[;|>=~?@#&+:/%§!—–―-]{1,4}|[→⇒]|<[bh]r [^<>/=]{1,9}=[^<>]{1,20}>|<span\b[^<>]{0,30}></span>"
)
_NONE = re.compile(r"[?!=>+|#-]|\?\?|\$\$|>>|-{2,4}|={2,3}|:{2,4}|//|~{3,4}|!{3}")
"""Lines of Markdown, or with another meaning."""
_NEAR = 40
"""The most lines from a sign to its schedule and to its question, and its most characters."""
_FEWEST, _MANY = 3, 8
"""From the first number on, lines with a sign are no accident."""


@dataclass(frozen=True, slots=True)
class LoneSign:
    """A line that separates, and the line on which the question above it begins.

    ``is_open`` says that it is among cards and nothing else, so that a blank line ends no answer.
    """

    line: int
    begin: int
    is_reverse: bool
    is_open: bool


def lone_signs(outline: Outline) -> tuple[LoneSign, ...]:
    """Return the separating lines. If several are in a row, none of them separates anything."""
    own = {use.row.number for use in _separating(outline, _lone_uses(outline))}
    signs = {
        row.number: row.text == "??"
        for row in outline.rows
        if not (row.is_verbatim or row.marker) and (row.text in _KNOWN or row.number in own)
    }
    begins: dict[int, int] = {}
    above = outline.first_line - 1
    for number in signs:
        if number - 1 not in signs and number + 1 not in signs:
            begin = begin_above(outline, number, above)
            is_glued = above in signs and begin == above + 1
            if is_glued and number in own and not asks(outline.rows[number - 2].text):
                continue  # a second one in an answer
            begins[number] = number - 1 if is_glued else begin
        above = number
    begins = {number: begin for number, begin in begins.items() if begin < number}
    is_open = _among_cards(outline, begins)
    return tuple(
        LoneSign(number, begin, signs[number], is_open=number in is_open)
        for number, begin in begins.items()
    )


@dataclass(frozen=True, slots=True)
class _Use:
    """A sign of the document's own: its row, and its place if text is on both sides of it.

    ``is_due`` says that a schedule is below it, ``is_asked`` that the text before it asks.
    ``is_sure`` says that the sign has no other meaning.
    """

    row: Row
    sign: str
    is_due: bool
    is_asked: bool
    is_sure: bool
    place: Sign


def _separating(outline: Outline, uses: Iterable[_Use]) -> Iterator[_Use]:
    """Yield the uses of each sign that this document uses as a separator."""
    same: defaultdict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        same[use.sign].append(use)
    for those in same.values():
        listed = {bool(use.row.marker) for use in _proof(outline, those)}
        yield from (use for use in those if bool(use.row.marker) in listed)


def _proof(outline: Outline, uses: Sequence[_Use]) -> Sequence[_Use]:
    """Return the uses of a sign that prove that it separates, if they are enough.

    A line proves it by its schedule, which is enough for a sign of no other meaning. A tag of a
    deck above such a sign proves it, too, if two of three lines or more do. For another sign, half
    or three are enough. Three lines that ask are enough, if most do. So are many lines with a sign
    of no other meaning.
    """
    deck = outline.once(card_signs_of)
    proving = [use for use in uses if use.is_due or (use.is_sure and deck.holds(use.row.number))]
    asked = [use for use in uses if use.is_asked]
    enough = 2 if uses[0].is_sure else min(_FEWEST, len(uses) // 2 + 1)
    if len(uses) >= _FEWEST and len(proving) >= enough:
        return proving
    if len(asked) >= _FEWEST and len(asked) * 2 > len(uses):
        return asked
    if uses[0].is_sure and len(uses) < _MANY:
        return [use for use in uses if use.is_due]
    return uses if uses[0].is_sure else ()


def _lone_uses(outline: Outline) -> Iterator[_Use]:
    """Yield the rows that have only a sign, with text right above and below."""
    rows = outline.rows
    for row in rows[1:-1]:
        if not 0 < len(row.text) <= _NEAR or row.is_verbatim or row.marker or row.level:
            continue
        if not _LINE.fullmatch(row.text) or _NONE.fullmatch(row.text):
            continue
        above, below = rows[row.number - 2], rows[row.number]
        is_glued = not (above.is_blank or below.is_blank)
        if not is_glued and 2 < row.number < len(rows) - 1:
            above, below = rows[row.number - 3], rows[row.number + 1]
        if not (above.is_blank or below.is_blank):
            is_due = is_scheduled(outline.lines, row.number, row.number + _NEAR)
            place = Sign(row.offset, row.offset + len(row.text))
            yield _Use(row, row.text, is_due, asks(above.text), is_glued, place)


def begin_above(outline: Outline, mark: int, above: int, *, is_said: bool = False) -> int:
    """Return where the question above a mark begins, ``mark`` if there is none.

    It is the lines up to a blank one, or a heading right above. With a blank line before the mark,
    it is everything up to a rule, if a rule is next. Code and formulas are skipped, because the
    text that they are about is before them. ``above`` is the last line that cannot be part of it.
    """
    begin, paragraph = mark, 0
    parted = outline.once(_own_signs)
    for row in reversed(outline.rows[max(above, mark - _NEAR - 1) : mark - 1]):
        is_card = SCHEDULE.search(row.raw) or row.number in parted
        if row.is_verbatim and not is_card:
            begin = row.number
        elif row.level:
            return paragraph or (begin if is_said else row.number)
        elif is_card or _is_border(row) or has_colons(row.raw, row.offset):
            return begin if _is_rule(row) else paragraph or begin
        elif not row.is_blank:
            begin, is_said = row.number, True
            if row.marker and row.indent < outline.rows[mark - 1].indent:
                return begin
        elif is_said:
            paragraph = paragraph or begin
            if not outline.rows[mark - 2].is_blank:
                return begin
    return paragraph or begin


def _is_border(row: Row) -> bool:
    """Whether a line is a rule, or only tags."""
    return _is_rule(row) or is_tags_alone(row.text)


def _is_rule(row: Row) -> bool:
    return row.text[:1] in ("-", "*", "_") and is_rule(f"{row.marker} {row.text}".lstrip())


def _among_cards(outline: Outline, begins: dict[int, int]) -> Collection[int]:
    """Return the signs where a card is the first text below a heading, a rule or tags.

    For the plugin, a blank line ends an answer. Where the plugin has not read the file yet, such a
    stretch has only cards. Then a person reads everything up to the next question as the answer.
    """
    if not begins or outline.once(card_signs_of).has_schedule:
        return ()
    asking = {at for number, begin in begins.items() for at in range(begin, number + 1)}
    found: set[int] = set()
    is_first, is_among = True, False
    for row in outline.rows[outline.first_line - 1 :]:
        if not row.is_verbatim and (row.level or _is_border(row)):
            is_first = True
        elif is_first and (row.is_verbatim or not row.is_blank):
            is_first, is_among = False, row.number in asking or has_colons(row.text)
        if row.number in begins and is_among:
            found.add(row.number)
    return found


_SURE = re.compile(r";{2,3}|\|{2,3}|>{2,3}|\|\?\||\?{1,2}|@@|§§|(?:->){2,4}|―")
"""Signs that have no other meaning."""
_SIGN = re.compile(
    r"(?<=[^\s;|@§])[ \t]*(?P<pair>;;|\|\|(?!.+\|\|\W*$)|(?:->){2,4}|(?<!―)―)(?![;|―])[ \t]*(?=\S)"
    r"|(?<=[^\s])[ \t]+(?P<sign>(?!§§[ \t]+\d)[;|>=~?@#&+:/§<-]{2,4}|[→⇒➔➜])[ \t]+(?=\S)"
)
_OTHER = re.compile(r"-{2,4}|={2,3}|:{2,3}|//|#{2,4}|[!><+-]=|&&|<<|~~|:-|<-|\+\+")
"""Signs with other meanings: dashes, comparisons, marks of Markdown."""
_MAYBE_SIGNS = (
    ";;", "||", "―", "->", "=>", "~>", ">>", "→", "⇒", "➔", "➜", "|?|", "@@", "§§",
)  # fmt: skip
_MOST_SIGNS = 8


def inline_signs(outline: Outline, *, is_deck: bool) -> dict[int, Sign]:
    """Return the sign that splits each line. ``is_deck`` says that the file has other cards."""
    own = outline.once(_own_signs)
    found: list[Divided] = []
    for row in outline.rows if own or outline.holds("::") else ():
        is_able = "::" in row.raw or row.number in own
        if is_able and not (row.is_verbatim or row.level):
            signs = [own[row.number]] if row.number in own else []
            signs += colons_in(row.raw, row.offset, is_deck=outline.once(card_signs_of).is_learned)
            found.append((row, sorted(signs, key=lambda sign: sign.start)))
    found = without_fields([each for each in found if each[1]])
    is_deck = is_deck or _is_deck(outline, found)
    best = (
        (row.number, next((sign for sign in signs if sign.is_sure), signs[0] if is_deck else None))
        for row, signs in found
    )
    return {number: sign for number, sign in best if sign is not None}


def _is_deck(outline: Outline, found: Sequence[Divided]) -> bool:
    """Whether a file has cards: a sure one, a schedule, or many."""
    deck = outline.once(card_signs_of)
    is_sure = deck.has_schedule or any(sign.is_sure for _, signs in found for sign in signs)
    is_tagged = any("#flashcard" in outline.lines[line - 1] for line in deck.tags)
    glued = [row.raw for row, signs in found if not row.raw[signs[0].end].isspace()]
    return is_sure or is_tagged or len(without_paths(outline.text, glued)) >= _FEWEST


def _own_signs(outline: Outline) -> dict[int, Sign]:
    """Return the places of the document's own signs, by their lines."""
    return {use.row.number: use.place for use in _separating(outline, _inline_uses(outline))}


def _inline_uses(outline: Outline) -> Iterator[_Use]:
    """Yield the first sign of each line that is between two texts."""
    for number, text in outline.lines_with(*_MAYBE_SIGNS):
        row = outline.rows[number - 1]
        is_able = not (row.is_verbatim or row.level or row.text[:1] == "|")
        if not is_able or len(text) > LONGEST_MARKED:
            continue
        schedule = SCHEDULE.search(text) if "<!--" in text else None
        prose = masked(text[: schedule.start()] if schedule else text)
        for match in islice(_SIGN.finditer(prose, row.offset), _MOST_SIGNS):
            sign, front = match["sign"] or match["pair"], prose[row.offset : match.start()]
            is_other = _OTHER.fullmatch(sign) or is_enclosed(front, prose[match.end() :])
            if has_word(front) and not is_other:
                start = match.start("sign" if match["sign"] else "pair")
                is_due = is_scheduled(outline.lines, number, number + 1)
                is_asked = asks(text[row.offset : match.start()])
                is_sure = _SURE.fullmatch(sign) is not None
                place = Sign(start, start + len(sign))
                yield _Use(row, sign, is_due, is_asked, is_sure, place)
                break


_FARTHEST, _LONGEST_ITEM = 40, 80


def items_above(outline: Outline, row: Row) -> tuple[Title, ...]:
    """Return the list items around a line, the outermost first, up to one that is a card."""
    found: list[Title] = []
    width = row.indent if row.marker else 0
    for above in reversed(outline.rows[max(row.number - _FARTHEST - 1, 0) : row.number - 1]):
        if above.is_blank or above.indent >= width:
            continue
        title = title_of(untagged_line(bare_line(above)))
        is_item = above.marker and not has_colons(above.text) and above.quotes == row.quotes
        if not (is_item and 0 < len(title.plain) <= _LONGEST_ITEM):
            break
        width = above.indent
        found.append(title)
    return tuple(reversed(found))
