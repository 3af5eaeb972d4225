"""Draws the four cases of agreeing with a source and agreeing with the world."""

from style import (
    EDGE,
    MUTED,
    PALE_BLUE,
    PALE_ORANGE,
    WIDTH,
    rect,
    save,
    text,
)

LEFT = 178
TOP = 160
CELL_WIDTH = 258
CELL_HEIGHT = 112
GAP = 8

ROWS = ("agrees", "contradicts", "is silent")
CELLS = (
    (("“a steel bridge”", "faithful, true"), ("“in 1923”", "faithful, false")),
    (("“in 1932”", "intrinsic, true"), ("“in 1950”", "intrinsic, false")),
    (("“it is in Sydney”", "extrinsic, true"), ("“it is in Perth”", "extrinsic, false")),
)
FILLS = (
    (PALE_BLUE, PALE_BLUE),
    (PALE_ORANGE, PALE_ORANGE),
    (PALE_ORANGE, PALE_ORANGE),
)


def cell(row: int, column: int) -> list[str]:
    x = LEFT + column * (CELL_WIDTH + GAP)
    y = TOP + row * (CELL_HEIGHT + GAP)
    said, kind = CELLS[row][column]
    middle = x + CELL_WIDTH / 2
    return [
        rect(x, y, CELL_WIDTH, CELL_HEIGHT, fill=FILLS[row][column], edge=EDGE, radius=10),
        text(middle, y + 48, said, anchor="middle", bold=True),
        text(middle, y + 84, kind, anchor="middle"),
    ]


shapes = [
    text(24, 44, "The source: “a steel bridge, opened in 1923”"),
    text(24, 78, "The truth: it opened in 1932, in Sydney", colour=MUTED),
    text(24, 140, "the source", bold=True),
    text(LEFT + CELL_WIDTH / 2, 140, "true", anchor="middle", bold=True),
    text(LEFT + CELL_WIDTH * 1.5 + GAP, 140, "false", anchor="middle", bold=True),
]
for row in range(3):
    y = TOP + row * (CELL_HEIGHT + GAP) + CELL_HEIGHT / 2 + 8
    shapes.append(text(24, y, ROWS[row], colour=MUTED))
    for column in range(2):
        shapes += cell(row, column)
assert LEFT + 2 * CELL_WIDTH + GAP < WIDTH - 10
save(__file__, "Faithfulness to a source against factuality", 532, shapes)
