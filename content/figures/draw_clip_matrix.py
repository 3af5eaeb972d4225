"""Draws the similarities of a batch of images and texts, with the right pairs on the diagonal."""

from style import (
    BLUE,
    EDGE,
    MUTED,
    ORANGE,
    PALE_GREY,
    PANEL,
    curve,
    rect,
    save,
    text,
)

PAIRS = 4
CELL = 62
LEFT = 134
TOP = 96
ROW = 1
COLUMN = 2

end = LEFT + PAIRS * CELL
bottom = TOP + PAIRS * CELL
shapes = []
for i in range(PAIRS):
    shapes.append(text(LEFT - 14, TOP + i * CELL + 40, f"image {i + 1}", anchor="end"))
    shapes.append(text(LEFT + i * CELL + CELL / 2, TOP - 14, f"t{i + 1}", anchor="middle"))
    for j in range(PAIRS):
        right = i == j
        fill = BLUE if right else PALE_GREY
        shapes.append(rect(LEFT + j * CELL, TOP + i * CELL, CELL, CELL, fill=fill, edge=EDGE))
        if right:
            shapes.append(
                text(
                    LEFT + j * CELL + CELL / 2,
                    TOP + i * CELL + 40,
                    f"s{i + 1}{j + 1}",
                    anchor="middle",
                    colour=PANEL,
                    bold=True,
                )
            )
row = TOP + ROW * CELL + CELL / 2
column = LEFT + COLUMN * CELL + CELL / 2
shapes += [
    text(LEFT, 44, "texts t1 to t4", colour=MUTED),
    curve([(end + 8, row), (end + 46, row)], colour=ORANGE),
    curve([(end + 34, row - 10), (end + 46, row), (end + 34, row + 10)], colour=ORANGE),
    text(end + 60, row - 28, "row softmax:", colour=ORANGE, bold=True),
    text(end + 60, row + 4, "which text belongs", colour=ORANGE),
    text(end + 60, row + 36, "to this image?", colour=ORANGE),
    curve([(column, bottom + 8), (column, bottom + 34)], colour=BLUE),
    curve(
        [(column - 10, bottom + 22), (column, bottom + 34), (column + 10, bottom + 22)],
        colour=BLUE,
    ),
    text(24, bottom + 70, "column softmax:", colour=BLUE, bold=True),
    text(24, bottom + 102, "which image belongs to this text?", colour=BLUE),
    text(end + 60, bottom - 40, "blue: right pairs", colour=MUTED),
]
save(__file__, "Similarities of four images and four texts", bottom + 130, shapes)
