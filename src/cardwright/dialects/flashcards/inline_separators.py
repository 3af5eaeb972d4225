"""The half of dialect S that stands on one line: ``front::back`` and ``front:::back``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from cardwright.dialects.answers.stretch import (
    SCHEDULE,
    is_bold_open,
    is_heading,
    is_listed,
    quotes_of,
    width_of,
    without_bold_end,
)
from cardwright.dialects.flashcards.card_tags import untagged
from cardwright.dialects.flashcards.colons import (
    Separator,
    begin_of_text,
    best_separator,
    has_code,
    has_sure_separator,
    is_property,
    separators_in,
)
from cardwright.dialects.labels import labelled_column
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.dialects.text.titles import title_of
from cardwright.model import Line, Title

_FEWEST = 3
"""So many ``leaf::organ`` make a deck where nothing else in the file says that it is one."""
_PROPERTY = re.compile(r"[\s>]*[\w-]{1,40}::\s")


def inline_separators(
    outline: Outline, taken: Collection[int], own: Mapping[int, Separator], *, is_deck: bool
) -> Iterator[Question]:
    """The questions of single lines, but of those that are ``taken`` (from 1).

    ``own`` are the separators of the document's own, by line; ``is_deck`` says that the file has
    other cards of the kind. With its children in a list an item's answer goes on.
    """
    properties = _in_blocks_of_properties(outline)
    found = {
        number: separators
        for number, text in enumerate(outline.lines, 1)
        if ("::" in text or number in own)
        and number not in taken
        and number not in properties
        and not outline.is_verbatim[number - 1]
        and not is_heading(text)
        and (separators := _with_own(separators_in(text), own.get(number)))
    }
    is_deck = is_deck or _is_deck(outline, found)
    is_spaced = any(_is_spaced(outline.lines[number - 1], each) for number, each in found.items())
    fields = _fields(outline) if is_spaced else set()
    for number, separators in found.items():
        best = None if number in fields else best_separator(separators, is_deck=is_deck)
        if best is not None and (best.is_sure or not _is_property(outline, number, best)):
            question = _question(outline, number, best)
            if question is not None:
                yield question


_FIELD = re.compile(r"[^\W\d_][\w-]{0,40}::[ \t]")


def _fields(outline: Outline) -> set[int]:
    """The lines of fields of Dataview: two or more in a row, each one word and then the colons."""
    rows = [number for number, text in enumerate(outline.lines, 1) if _FIELD.match(text)]
    known = set(rows)
    return {number for number in rows if number - 1 in known or number + 1 in known}


def _is_spaced(text: str, separators: Sequence[Separator]) -> bool:
    """Whether a line is a card with a blank on either side of its colons, as no field has it."""
    return any(
        each.is_sure and text[each.start - 1].isspace() and text[each.end].isspace()
        for each in separators
    )


def _with_own(separators: list[Separator], own: Separator | None) -> list[Separator]:
    found = separators if own is None else [own, *separators]
    return sorted(found, key=lambda separator: separator.start)


def _is_deck(outline: Outline, found: dict[int, list[Separator]]) -> bool:
    """Whether a file has cards: one that is sure, a schedule, or many and no program's paths."""
    if any(separator.is_sure for separators in found.values() for separator in separators):
        return True
    if any(SCHEDULE.search(text) or _is_tag_of_deck(text) for text in outline.lines):
        return True
    glued = sum(
        not outline.lines[number - 1][separators[0].end].isspace()
        for number, separators in found.items()
    )
    texts = zip(outline.lines, outline.is_verbatim, strict=True)
    return glued >= _FEWEST and not any(not verbatim and has_code(text) for text, verbatim in texts)


def _is_tag_of_deck(text: str) -> bool:
    return text.startswith("#flashcard") and untagged(text).is_card


def _is_property(outline: Outline, number: int, separator: Separator) -> bool:
    """Whether ``leaf:: organ`` is a property: at the top of the file or of a list's item."""
    text = outline.lines[number - 1]
    if not text[separator.end].isspace():
        return False
    above = outline.lines[number - 2] if number > 1 else ""
    is_on_top = number - 1 <= outline.document.source.front_matter.length
    return is_on_top or (not is_listed(text) and bool(is_listed(above) or _PROPERTY.match(above)))


_PAIR = re.compile(r"[\w -]{1,40}::(?!:)(?P<value>.*)")


def _in_blocks_of_properties(outline: Outline) -> set[int]:
    """The lines of ``Key::value`` that follow one another, some without value or of known keys."""
    found: set[int] = set()
    block: list[int] = []
    is_known = False
    for number, text in enumerate((*outline.lines, ""), 1):
        pair = _PAIR.match(text) if "::" in text[:50] else None
        if pair:
            block.append(number)
            is_known = is_known or not pair["value"].strip() or is_property(text)
        else:
            found.update(block if is_known else ())
            block, is_known = [], False
    return found


def _question(outline: Outline, number: int, separator: Separator) -> Question | None:
    text = outline.lines[number - 1]
    begin = begin_of_text(text)
    front = untagged(text[begin : separator.start].rstrip())
    schedule = SCHEDULE.search(text, separator.end)
    back = untagged(text[separator.end : schedule.start() if schedule else len(text)].rstrip())
    start = separator.end + back.offset
    start += len(back.text) - len(back.text.lstrip())
    until = separator.end + back.offset + len(back.text)
    if not front.text or until <= start:
        return None
    is_cut = bool(text[until:].strip())
    end = number + 1 if is_cut else _end_of_item(outline, number)
    quotes, inside = quotes_of(text)
    indent = begin - (len(text) - len(inside)) if end > number + 1 else 0
    answer = Span(number, end, indent, start + 1, until + 1 if is_cut else 0, quotes)
    label = labelled_column(front.text, is_answer=False)
    row = Line(front.text[label:], number, begin + front.offset + label + 1)
    if is_bold_open(row.text):
        answer = without_bold_end(outline, answer)
        row = Line(row.text[2:], number, row.column + 2)
    question = asked([row], answer, is_marked=True, is_reverse=separator.is_reverse)
    return replace(question, outer=_items_above(outline, number))


_FARTHEST = 40
_LONGEST_ITEM = 80


def _items_above(outline: Outline, number: int) -> tuple[Title, ...]:
    """The items that a line of a list is below, the outermost first, up to one that is a card."""
    quotes, text = quotes_of(outline.lines[number - 1])
    width = width_of(text) if is_listed(text) else 0
    found: list[Title] = []
    for at in range(number - 1, max(number - _FARTHEST, 0), -1):
        around, above = quotes_of(outline.lines[at - 1])
        if not width or around != quotes:
            break
        if not above.strip() or width_of(above) >= width:
            continue
        if not is_listed(above) or has_sure_separator(above) or outline.is_verbatim[at - 1]:
            break
        width = width_of(above)
        begin = begin_of_text(above)
        bare = untagged(above[begin:])
        title = title_of(Line(bare.text, at, begin + bare.offset + 1))
        if not title.plain or len(title.plain) > _LONGEST_ITEM:
            break
        found.append(title)
    return tuple(reversed(found))


def _end_of_item(outline: Outline, number: int) -> int:
    """The line after the children of a list item, or after ``number`` where it has none."""
    quotes, text = quotes_of(outline.lines[number - 1])
    end = number + 1
    if not is_listed(text):
        return end
    while end <= len(outline.lines):
        inner, child = quotes_of(outline.lines[end - 1])
        if not child.strip() or inner != quotes or width_of(child) <= width_of(text):
            break
        if has_sure_separator(child) or SCHEDULE.search(child) or _PROPERTY.match(child):
            break
        end += 1
    return end
