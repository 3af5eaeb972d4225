"""Looks around a piece of HTML: what is beside an image, and whether list items are options."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.markup import END, START, TEXT, Kind, Piece
from cardwright.resolve.plain import IN_LINE


def look_of_image(pieces: Sequence[Piece], at: int) -> str:
    """Return a class for where the image ``at`` is, or ``""`` inside a line of text.

    ``cw-first`` starts a list item and has no text beside it in its line. ``cw-figure`` is alone in
    its paragraph, or in a line between lines of text.
    """
    sides = _beside(pieces, at, -1), _beside(pieces, at, 1)
    if is_tag(START, near(pieces, at, -1, passing="p"), "li") and (
        sides[1] != _SAME_LINE or is_tag(START, near(pieces, at, 1), "ul", "ol")
    ):
        return "cw-first"
    is_first = is_tag(START, near(pieces, at, -1), "p")
    is_alone = _SAME_LINE not in sides and (is_first or _OTHER_LINE in sides)
    return "cw-figure" if is_alone else ""


_SAME_LINE, _OTHER_LINE, _NOTHING = "same line", "other line", "nothing"


def _beside(pieces: Sequence[Piece], at: int, step: int) -> str:
    """Return where the text next to the element ``at`` is, before it or (``step`` 1) behind it."""
    other = pieces[at + step] if 0 <= at + step < len(pieces) else None
    text = other.text if other is not None and other.kind is TEXT else ""
    rest = text.rstrip() if step < 0 else text.lstrip()
    has_break = "\n" in (text.removeprefix(rest) if step < 0 else text.removesuffix(rest))
    if rest:
        return _OTHER_LINE if has_break else _SAME_LINE
    tag, outwards = near(pieces, at, step), START if step < 0 else END
    if tag is None or is_tag(outwards, tag, "p", "li"):
        return _NOTHING
    is_text = tag.name in IN_LINE and tag.name != "img" and tag.kind is not outwards
    return _OTHER_LINE if tag.name == "br" or (is_text and has_break) else _SAME_LINE


def near(pieces: Sequence[Piece], at: int, step: int, passing: str = "") -> Piece | None:
    """Return the first piece before (``step`` -1) or behind piece ``at`` that is not blank.

    Start tags with the name ``passing`` are skipped, too.
    """
    at += step
    while 0 <= at < len(pieces):
        if pieces[at].text.strip() and not is_tag(START, pieces[at], passing):
            return pieces[at]
        at += step
    return None


def is_tag(kind: Kind, piece: Piece | None, *names: str) -> bool:
    return piece is not None and piece.kind is kind and piece.name in names


def lettered_items(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the indices of list items that are options: their letters are ``A.``, ``B.``, ….

    Every item of the list must have one. In "A. radialis, A. ulnaris", it is part of a name.
    """
    found: set[int] = set()
    lists: list[dict[int, str]] = []
    for at, piece in enumerate(pieces):
        if is_tag(START, piece, "ol", "ul"):
            lists.append({})
        elif is_tag(START, piece, "li") and lists:
            lists[-1][at] = letter_of_item(pieces, at)
        elif is_tag(END, piece, "ol", "ul") and lists:
            items = lists.pop()
            letters = "".join(items.values())
            if len(items) == len(letters) > 1 and _LETTERS.startswith(letters):
                found.update(items)
    return frozenset(found)


def letter_of_item(pieces: Sequence[Piece], at: int) -> str:
    """Return the letter with which the list item ``at`` begins, or ``""``."""
    first = near(pieces, at, 1, passing="p")
    option = _OPTION.match(first.text) if first and first.kind is TEXT else None
    return option[1] if option else ""


_LETTERS = "ABCDEFGH"
_OPTION = re.compile(rf"\s*\(?([{_LETTERS}])[:.)]\s")
