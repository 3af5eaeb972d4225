"""Draws the tiles of FlashAttention: which blocks are in fast memory at one moment."""

from style import (
    BLUE,
    EDGE,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    PANEL,
    rect,
    save,
    text,
)

BLOCKS = 5
ROW, COLUMN = 2, 3  # the tile of the moment
CELL = 48
LEFT, TOP = 130, 130
RIGHT = LEFT + BLOCKS * CELL + 34


def blocks() -> list[str]:
    shapes = []
    for i in range(BLOCKS):
        row = TOP + i * CELL
        fill = BLUE if i == ROW else PALE_BLUE
        shapes.append(rect(LEFT - 52, row + 2, 40, CELL - 4, fill=fill, edge=EDGE, radius=6))
        x = LEFT + i * CELL
        fill = ORANGE if i == COLUMN else PALE_ORANGE
        shapes.append(rect(x + 2, TOP - 52, CELL - 4, 40, fill=fill, edge=EDGE, radius=6))
        for j in range(BLOCKS):
            y = TOP + j * CELL
            here = (j, i) == (ROW, COLUMN)
            done = (j, i) < (ROW, COLUMN)
            fill = INK if here else PALE_GREY if done else PANEL
            shapes.append(rect(x, y, CELL, CELL, fill=fill, edge=EDGE))
    return shapes


def note(top: int, lines: tuple[str, ...], fill: str, edge: str = EDGE) -> list[str]:
    return [
        rect(RIGHT, top - 22, 26, 26, fill=fill, edge=edge),
        *(text(RIGHT + 40, top + 30 * i, line) for i, line in enumerate(lines)),
    ]


save(
    __file__,
    "FlashAttention computes one tile of scores at a time",
    486,
    [
        text(LEFT + BLOCKS * CELL / 2, 56, "blocks of keys and values", anchor="middle"),
        text(LEFT - 32, 116, "Q", anchor="middle"),
        *blocks(),
        *note(TOP + 20, ("scores now in", "fast memory"), INK),
        *note(TOP + 104, ("already added", "to the output"), PALE_GREY),
        *note(TOP + 188, ("still to come",), PANEL),
        text(30, 418, "The grid of scores never exists as a whole. Per row:"),
        text(30, 452, "a running maximum, a running sum, the output.", colour=MUTED),
    ],
)
