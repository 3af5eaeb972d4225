"""The boxes that answer, those that belong to one question together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.titles import Says, says_answer, says_hint
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks


@dataclass(frozen=True, slots=True)
class Group:
    """Hints, an answer and its explanation, no text between them; ``around`` holds them.

    That is the innermost box which is none of the sort itself, ``None`` outside of all.
    """

    boxes: tuple[Box, ...]
    around: Box | None

    @property
    def start(self) -> int:
        return self.boxes[0].start

    @property
    def end(self) -> int:
        return self.boxes[-1].end


def answer_groups(outline: Outline) -> tuple[Group, ...]:
    """The answers of a document, each with its hints; hints alone are none."""
    telling = _in_their_boxes(outline)
    return tuple(
        group
        for group in _together(outline, telling)
        if any(box.says in (Says.ANSWER, Says.OPEN) for box in group.boxes)
    )


def asks_for(outline: Outline, box: Box) -> int:
    """How many answers a box holds and asks for itself: several only where its title asks."""
    count = outline.once(_counts)[box.start, box.column]
    may_ask = box.is_asking_kind or (box.is_fold and box.title)
    return count if may_ask and (count < _SEVERAL or asks(box.text)) else 0


def is_section(outline: Outline, box: Box) -> bool:
    """Whether a box holds several answers, each to a question in it."""
    return outline.once(_counts)[box.start, box.column] > asks_for(outline, box)


_SEVERAL = 2


def _counts(outline: Outline) -> Counter[tuple[int, int]]:
    around = (group.around for group in outline.once(answer_groups))
    return Counter((box.start, box.column) for box in around if box is not None)


def _in_their_boxes(outline: Outline) -> Iterator[tuple[Box, Box | None]]:
    open_: list[Box] = []
    end = 0
    for box in outline.folds:
        while open_ and open_[-1].end <= box.start:
            open_.pop()
        if box.start < end:
            continue
        if box.is_telling:
            yield box, open_[-1] if open_ else None
            end = box.end
        else:
            open_.append(box)


def _together(outline: Outline, telling: Iterable[tuple[Box, Box | None]]) -> Iterator[Group]:
    boxes: tuple[Box, ...] = ()
    container: Box | None = None
    for box, around in telling:
        if boxes and (around is not container or _has_text(outline, boxes[-1].end, box)):
            yield Group(boxes, container)
            boxes = ()
        boxes, container = (*boxes, box), around
    if boxes:
        yield Group(boxes, container)


_SAYS = re.compile(r"\w|^\s*[-*_]{3}")
_TAG = re.compile(r"<[^<>]*>")


def _has_text(outline: Outline, start: int, box: Box) -> bool:
    """Whether text or a rule stands between, no heading that says what follows."""
    before = outline.lines[box.start - 1][: box.column - 1]
    return bool(_SAYS.search(_TAG.sub("", before))) or any(
        _SAYS.search(_TAG.sub("", outline.lines[at - 1])) and not _announces(outline, at)
        for at in range(start, box.start)
    )


def _announces(outline: Outline, at: int) -> bool:
    row = outline.rows[at - 1]
    return row.level > 0 and (says_answer(row.text) or says_hint(row.text))
