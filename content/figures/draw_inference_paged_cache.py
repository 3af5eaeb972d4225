"""Draws how a block table maps the tokens of two sequences to blocks anywhere in memory."""

from style import (
    BLUE,
    EDGE,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    PANEL,
    WIDTH,
    curve,
    rect,
    save,
    text,
)

BLOCK = 4  # tokens a block holds here
CELL = 34
TOP = 58
HEIGHT = 38
STEP = 52
PHYSICAL = 7
RIGHT = 484

TABLES = {"sequence 1": (10, [1, 5, 3]), "sequence 2": (6, [4, 0])}  # tokens, blocks in memory
FILL = {"sequence 1": PALE_BLUE, "sequence 2": PALE_ORANGE}
LINE = {"sequence 1": BLUE, "sequence 2": ORANGE}


def cells(x: float, y: float, used: int, fill: str, line: str) -> list[str]:
    return [
        rect(
            x + i * CELL,
            y,
            CELL,
            HEIGHT,
            fill=fill if i < used else PANEL,
            edge=line if i < used else EDGE,
        )
        for i in range(BLOCK)
    ]


def height_of(block: int) -> float:
    return TOP + block * STEP


shapes = [
    text(36, 40, "as the sequence sees it", bold=True),
    text(RIGHT - 30, 40, "in memory", bold=True),
]
taken = {block for _, blocks in TABLES.values() for block in blocks}
shapes += [
    shape
    for block in range(PHYSICAL)
    if block not in taken
    for shape in cells(RIGHT, height_of(block), BLOCK, PALE_GREY, EDGE)
]
y = TOP + 2.0
for name, (tokens, blocks) in TABLES.items():
    shapes.append(text(36, y + 26, name, colour=LINE[name], bold=True))
    y += 40
    for index, block in enumerate(blocks):
        used = min(BLOCK, tokens - index * BLOCK)
        shapes += cells(60, y, used, FILL[name], LINE[name])
        shapes += cells(RIGHT, height_of(block), used, FILL[name], LINE[name])
        start = (60 + BLOCK * CELL + 8, y + HEIGHT / 2)
        end = (RIGHT - 44, height_of(block) + HEIGHT / 2)
        dash = "none" if name == "sequence 1" else "10 8"
        shapes.append(curve([start, end], colour=LINE[name], width=3, dash=dash))
        y += 46
    y += 6
shapes += [
    text(RIGHT - 24, height_of(block) + 28, str(block), colour=MUTED, anchor="middle")
    for block in range(PHYSICAL)
]
shapes.append(
    text(
        WIDTH / 2,
        height_of(PHYSICAL) + 22,
        "lines: block table; grey: free; white: not yet used",
        colour=MUTED,
        anchor="middle",
    )
)
save(__file__, "Paged key-value cache with a block table", 470, shapes)
