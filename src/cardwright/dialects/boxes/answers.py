"""Groups the boxes that hold an answer and its hints, and finds what is around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cardwright.dialects.boxes.box import Box
from cardwright.dialects.text.question import Outline
from cardwright.wording.signs import has_word, without_tags
from cardwright.wording.titles import Role, says_answer, says_hint


@dataclass(frozen=True, slots=True)
class Group:
    """Hints, an answer and its explanation, without text between them.

    ``around`` is the innermost box of another kind around them. ``asking`` is the box of the
    question right above them. Either can be ``None``.
    """

    boxes: tuple[Box, ...]
    around: Box | None
    asking: Box | None

    @property
    def start(self) -> int:
        return self.boxes[0].start

    @property
    def end(self) -> int:
        return self.boxes[-1].end

    @property
    def is_labelled(self) -> bool:
        """Whether a title says that it is the answer, and not only that it opens."""
        return any(box.role is not Role.OPEN for box in self.boxes)


def answer_groups(outline: Outline) -> tuple[Group, ...]:
    """Return the answers of a document, each with its hints. Hints alone do not count."""
    return tuple(group for group in _groups(outline) if any(box.may_answer for box in group.boxes))


def groups_of(outline: Outline, box: Box) -> list[Group]:
    """Return the answers in a box, outside of other boxes, and the one right after it."""
    return outline.once(_by_box).get((box.start, box.column), [])


def _by_box(outline: Outline) -> Mapping[tuple[int, int], list[Group]]:
    found: defaultdict[tuple[int, int], list[Group]] = defaultdict(list)
    for group in outline.once(answer_groups):
        for box in (group.around, group.asking):
            if box is not None:
                found[box.start, box.column].append(group)
    return found


def _groups(outline: Outline) -> Iterator[Group]:
    found: list[Box] = []
    open_: list[Box] = []
    around: Box | None = None
    asking: Box | None = None
    for box in outline.boxes:
        above = None
        while open_ and open_[-1].end <= box.start:
            above = open_.pop()
        parent = open_[-1] if open_ else None
        if found and box.start < found[-1].end:
            continue
        is_free = asking is None or any(each.may_answer for each in found)
        is_one = box.is_answer_or_hint if is_free else box.may_be_answer_or_hint
        if found and not (is_one and parent is around and leads(outline, found[-1].end, box)):
            yield Group(tuple(found), around, asking)
            found = []
        if not found:
            is_behind = above and above.role is Role.QUESTION and leads(outline, above.end, box)
            asking, around = above if is_behind else None, parent
        if box.may_be_answer_or_hint if asking else box.is_answer_or_hint:
            found.append(box)
        else:
            open_.append(box)
    if found:
        yield Group(tuple(found), around, asking)


def leads(outline: Outline, start: int, box: Box) -> bool:
    """Whether only headings that announce the box are between line ``start`` and the box."""
    rows = (outline.rows[at - 1] for at in range(start, box.start))
    before = outline.lines[box.start - 1][: box.column - 1]
    return not has_word(without_tags(before)) and all(
        (row.level and (says_answer(row.text) or says_hint(row.text)))
        or not has_word(without_tags(row.text))
        for row in rows
    )
