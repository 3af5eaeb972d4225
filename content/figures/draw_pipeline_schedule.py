"""Draws the schedule of a pipeline that runs all forward passes, then all backward passes."""

from style import BLUE, EDGE, INK, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, rect, save, text

STAGES = 4
BATCHES = 4
UNITS = (BATCHES + STAGES - 1) * 3  # a forward pass takes one unit, a backward pass two
LEFT = 60
UNIT = 30
TOP = 70
STEP = 58
TALL = 48


def cell(stage: int, start: int, length: int, batch: int, *, backward: bool) -> list[str]:
    fill, edge = (PALE_ORANGE, ORANGE) if backward else (PALE_BLUE, BLUE)
    left = LEFT + start * UNIT
    top = TOP + stage * STEP
    return [
        rect(left + 1, top, length * UNIT - 2, TALL, fill=fill, edge=edge, radius=4),
        text(left + length * UNIT / 2, top + 33, str(batch + 1), anchor="middle"),
    ]


def row(stage: int) -> list[str]:
    top = TOP + stage * STEP
    shapes = [
        text(LEFT - 16, top + 33, str(stage + 1), anchor="end", colour=MUTED),
        rect(LEFT, top, UNITS * UNIT, TALL, fill="none", edge=EDGE, radius=4),
    ]
    first_backward = BATCHES + STAGES - 1 + 2 * (STAGES - 1 - stage)
    for batch in range(BATCHES):
        shapes += cell(stage, stage + batch, 1, batch, backward=False)
        shapes += cell(stage, first_backward + 2 * batch, 2, batch, backward=True)
    return shapes


bottom = TOP + STAGES * STEP
save(
    __file__,
    "Schedule of four stages and four micro-batches",
    430,
    [
        text(24, 44, "device"),
        text(LEFT + UNITS * UNIT, 44, "time →", anchor="end", colour=MUTED),
        *(shape for stage in range(STAGES) for shape in row(stage)),
        rect(LEFT, bottom + 24, 28, 28, fill=PALE_BLUE, edge=BLUE, radius=4),
        text(LEFT + 40, bottom + 46, "forward (micro-batch 1 to 4)"),
        rect(LEFT, bottom + 70, 28, 28, fill=PALE_ORANGE, edge=ORANGE, radius=4),
        text(LEFT + 40, bottom + 92, "backward"),
        rect(LEFT + 370, bottom + 70, 28, 28, fill="none", edge=EDGE, radius=4),
        text(LEFT + 410, bottom + 92, "empty: idle", colour=INK),
    ],
)
