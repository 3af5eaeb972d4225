"""Dialect ``list-items``: ``1. What is a leaf?`` asks, and text in or below the item answers."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from cardwright.dialects.asking import Asking, asking_lines, is_announced, reply_at
from cardwright.dialects.line_answers import (
    are_replied,
    ends_of_items,
    not_inside,
    question_of,
    with_tails,
)
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording.words import Concept, alternatives, lazy_pattern


def list_items(outline: Outline) -> tuple[Question, ...]:
    """Return the items that ask, of every list in which most items ask; even unanswered ones.

    A list is all items with one kind of marker under one heading, however many lists CommonMark
    sees. Items that say "Answer", or count anew without asking, are parts of an answer. If the
    settings name this dialect, every outermost item with text inside it asks.
    """
    items = (each for items in _sections(outline) for each in _best_kind(outline, items))
    found = sorted(items, key=lambda each: each.line)
    return tuple(
        question_of(outline, each, end, f"an item that begins with '{each.row.marker}'")
        for each, end in zip(found, ends_of_items(outline, found), strict=True)
    )


def _sections(outline: Outline) -> list[list[Asking]]:
    """Return the items under each heading with a text. A rule before a list divides them, too."""
    titles = [heading.line for heading in outline.headings if heading.text]
    sections: defaultdict[tuple[int, int], list[Asking]] = defaultdict(list)
    part = last = 0
    for each in outline.once(asking_lines):
        if each.row.marker:
            at = bisect_right(outline.rules, each.line)
            part, last = (part + 1 if at > last and each.row.ordinal == 1 else part), at
            sections[bisect_right(titles, each.line), part].append(each)
    return [*sections.values()]


def _best_kind(outline: Outline, items: Sequence[Asking]) -> list[Asking]:
    """Return the questions of the kind of items that asks most. For bullets, take each kind."""
    kinds: defaultdict[tuple[int, str], list[Asking]] = defaultdict(list)
    for each in items:
        kinds[each.row.quotes, each.row.kind].append(each)
    found = [_asking(outline, kind) for kind in kinds.values()]
    best = max(found, key=lambda kind: sum(map(_asks, kind)), default=[])
    if not best and "list-items" in outline.named:  # the items furthest left, ask they or not
        base = min((each.row.indent for each in items), default=0)
        outer = [each._replace(base=base) for each in items if each.row.indent == base]
        return [each for each in outer if reply_at(outline, each.line) is None]
    if not best or best[0].row.ordinal:
        others = [each for kind in found if kind is not best for each in kind]
        return best + [each for each in others if outline.knows(each.text)]
    every = [each for kind in found for each in kind]
    return [each for each in every if not each.row.ordinal or outline.knows(each.text)]


def _asking(outline: Outline, found: Sequence[Asking]) -> list[Asking]:
    """Return the questions among items of a kind, or none if most do not ask.

    They are at the column of the first mark or label, or of the first words, where more ask.
    """
    strong = [each for each in found if each.has_mark or each.is_label]
    likely = [each for each in found if _asks(each)]
    tried = (strong or likely or found, likely or found)
    every = [_at_column(outline, found, min(each.row.indent for each in some)) for some in tried]
    return max(every, key=lambda picked: sum(map(_asks, picked)))


def _at_column(outline: Outline, found: Sequence[Asking], base: int) -> list[Asking]:
    siblings = _counting(outline, found, base)
    if not siblings:
        return []
    asking = sum(_asks(each) or outline.knows(each.text) for each in siblings)
    is_replied = are_replied(outline, siblings) or (base == 0 and outline.once(_are_bold))
    first = siblings[0]
    is_sure = is_replied or (first.row.ordinal > 0 and is_announced(outline, first.line))
    is_named = asking > 2 and not any(each.tail for each in siblings)  # even if it is left out
    if asking * (3 if is_named else 2) < len(siblings) and not is_sure:
        return []
    picked = (each._replace(base=base, is_label=each.is_label or is_replied) for each in siblings)
    return with_tails(outline, [*picked])


def _are_bold(outline: Outline) -> bool:
    """Whether nine of ten outermost items of the file are in bold, and a third of them asks."""
    items = [e for e in outline.once(asking_lines) if e.row.marker and not e.row.indent]
    bold = [each for each in items if each.is_bold]
    return len(bold) * 10 >= len(items) * 9 > 40 and sum(map(_asks, bold)) * 3 >= len(bold)


_STEP = lazy_pattern(rf"(?i)\W*{alternatives(Concept.STEPS)}\b")


def _asks(each: Asking) -> bool:
    """Whether an item asks. Words that may also begin the step of a recipe do not count."""
    is_likely = each.has_words and not _STEP.match(each.text)
    return each.has_mark or each.is_label or is_likely


def _counting(outline: Outline, found: Sequence[Asking], base: int) -> list[Asking]:
    """Return the items at the column ``base``, except answers and items that count anew."""
    kept: list[Asking] = []
    last = 0
    for each in not_inside(found, base):
        ordinal = each.row.ordinal
        is_next = not ordinal or ordinal > last or _asks(each)
        if is_next and not reply_at(outline, each.line):
            kept.append(each)
            last = ordinal
    return kept
