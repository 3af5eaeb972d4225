"""Draws retrieval-augmented generation: what is done ahead of time and what for each question."""

from style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    arrow,
    rect,
    save,
    text,
)

COLUMNS = (36, 266, 496)
ROWS = (60, 208, 332)
BOX = (188, 76)
PALE_GREEN = "#d3e8df"


def box(column: int, row: int, words: tuple[str, ...], fill: str, edge: str) -> list[str]:
    x, y = COLUMNS[column], ROWS[row]
    shapes = [rect(x, y, *BOX, fill=fill, edge=edge, radius=10)]
    first = y + 47 - 15 * (len(words) - 1)
    shapes += [
        text(x + BOX[0] / 2, first + 30 * i, line, anchor="middle") for i, line in enumerate(words)
    ]
    return shapes


def across(column: int, row: int, *, back: bool = False) -> list[str]:
    """From the box in `column` to the next one, or from the next one back to it."""
    y = ROWS[row] + BOX[1] / 2
    ends = [(COLUMNS[column] + BOX[0] + 5, y), (COLUMNS[column + 1] - 5, y)]
    return arrow(ends[1], ends[0]) if back else arrow(ends[0], ends[1])


def down(row: int) -> list[str]:
    x = COLUMNS[2] + BOX[0] / 2
    return arrow((x, ROWS[row] + BOX[1] + 5), (x, ROWS[row + 1] - 5))


save(
    __file__,
    "The steps of retrieval-augmented generation",
    436,
    [
        text(36, 42, "Ahead of time", bold=True, colour=BLUE),
        *box(0, 0, ("documents",), PALE_BLUE, BLUE),
        *across(0, 0),
        *box(1, 0, ("cut into", "chunks"), PALE_BLUE, BLUE),
        *across(1, 0),
        *box(2, 0, ("embed", "and index"), PALE_BLUE, BLUE),
        *down(0),
        text(36, 190, "For each question", bold=True, colour=ORANGE),
        *box(0, 1, ("question",), PALE_ORANGE, ORANGE),
        *across(0, 1),
        *box(1, 1, ("embed", "the question"), PALE_ORANGE, ORANGE),
        *across(1, 1),
        *box(2, 1, ("search,", "best 50"), PALE_ORANGE, ORANGE),
        *down(1),
        *box(2, 2, ("rerank,", "best 5"), PALE_ORANGE, ORANGE),
        *across(1, 2, back=True),
        *box(1, 2, ("prompt with", "passages"), PALE_GREY, INK),
        *across(0, 2, back=True),
        *box(0, 2, ("model writes", "the answer"), PALE_GREEN, GREEN),
    ],
)
