"""Draws one text cut into words, subwords and characters."""

from collections.abc import Sequence

from style import EDGE, INK, MUTED, PALE_BLUE, PALE_GREY, PALE_ORANGE, rect, save, text

LEFT = 30
LETTER = 45  # the width of one character in every row, so that the pieces line up
HEIGHT = 50

WORDS = ("unlocked", " ", "doors")
SUBWORDS = ("un", "lock", "ed", " door", "s")
CHARACTERS = tuple("unlocked doors")


def row(top: int, name: str, note: str, pieces: Sequence[str], fill: str) -> list[str]:
    shapes = [text(LEFT, top, name, bold=True), text(690, top, note, colour=MUTED, anchor="end")]
    x = LEFT
    for piece in pieces:
        wide = LETTER * len(piece)
        colour = PALE_GREY if piece == " " else fill
        shapes.append(rect(x + 2, top + 16, wide - 4, HEIGHT, fill=colour, edge=EDGE, radius=8))
        for i, letter in enumerate(piece):
            middle = x + LETTER * i + LETTER / 2
            shapes.append(text(middle, top + 49, letter, anchor="middle", colour=INK))
        x += wide
    return shapes


save(
    __file__,
    "The text “unlocked doors” as words, subwords and characters",
    350,
    [
        *row(46, "2 words", "a gap between, no entry", WORDS, PALE_ORANGE),
        *row(152, "5 subwords", "a space belongs to a token", SUBWORDS, PALE_BLUE),
        *row(258, "14 characters", "a space is one of them", CHARACTERS, PALE_ORANGE),
    ],
)
