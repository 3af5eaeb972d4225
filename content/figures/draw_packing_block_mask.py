"""Draws the attention mask of three packed examples, plain causal and block-diagonal."""

from style import BLUE, EDGE, INK, MUTED, PALE_ORANGE, PANEL, rect, save, text

LENGTHS = (("A", 3), ("B", 2), ("C", 3))
OWNERS = [name for name, length in LENGTHS for _ in range(length)]
POSITIONS = [place for _, length in LENGTHS for place in range(length)]
CELL = 34
TOP = 104
LEFTS = (64, 412)


def cell_fill(row: int, column: int, *, packed: bool) -> str:
    if column > row:
        return PANEL
    if OWNERS[row] == OWNERS[column]:
        return BLUE
    return PANEL if packed else PALE_ORANGE


def grid(left: int, name: str, *, packed: bool) -> list[str]:
    size = len(OWNERS)
    shapes = [text(left + size * CELL / 2, 44, name, anchor="middle", bold=True)]
    for place, owner in enumerate(OWNERS):
        middle = place * CELL + CELL / 2
        shapes.append(text(left + middle, TOP - 12, owner, anchor="middle", colour=MUTED))
        shapes.append(text(left - 20, TOP + middle + 8, owner, anchor="middle", colour=MUTED))
    for row in range(size):
        for column in range(size):
            fill = cell_fill(row, column, packed=packed)
            shapes.append(
                rect(left + column * CELL, TOP + row * CELL, CELL, CELL, fill=fill, edge=EDGE)
            )
    below = TOP + size * CELL + 34
    positions = POSITIONS if packed else list(range(size))
    for column, position in enumerate(positions):
        shapes.append(
            text(left + column * CELL + CELL / 2, below, str(position), anchor="middle", colour=INK)
        )
    return shapes


save(
    __file__,
    "The attention mask of three packed examples",
    520,
    [
        *grid(LEFTS[0], "Plain causal mask", packed=False),
        *grid(LEFTS[1], "Packed mask", packed=True),
        text(360, 446, "numbers: positions; rows look at columns", anchor="middle", colour=MUTED),
        rect(40, 470, 26, 26, fill=BLUE, edge=EDGE),
        text(78, 492, "same example"),
        rect(370, 470, 26, 26, fill=PALE_ORANGE, edge=EDGE),
        text(408, 492, "another example: leak"),
    ],
)
