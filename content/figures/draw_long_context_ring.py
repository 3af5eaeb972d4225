"""Draws four devices of ring attention: queries stay, keys and values travel."""

import math

from style import (
    BLUE,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    WIDTH,
    curve,
    rect,
    save,
    text,
)

BOX = (230, 118)
CENTRES = ((165, 116), (555, 116), (555, 306), (165, 306))  # clockwise


def box(number: int, x: float, y: float) -> list[str]:
    left, top = x - BOX[0] / 2, y - BOX[1] / 2
    return [
        text(x, top - 12, f"device {number}", anchor="middle", colour=MUTED),
        rect(left, top, BOX[0], 56, fill=PALE_BLUE, edge=BLUE, radius=8),
        text(x, top + 37, f"queries {number} stay", anchor="middle"),
        rect(left, top + 62, BOX[0], 56, fill=PALE_ORANGE, edge=ORANGE, radius=8),
        text(x, top + 99, f"keys, values {number}", anchor="middle"),
    ]


def arrow(start: tuple[float, float], end: tuple[float, float]) -> list[str]:
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    head = [
        (end[0] - 18 * math.cos(angle + turn), end[1] - 18 * math.sin(angle + turn))
        for turn in (0.5, -0.5)
    ]
    return [
        curve([start, end], colour=ORANGE, width=4),
        curve([head[0], end, head[1]], colour=ORANGE, width=4),
    ]


RIGHT = 165 + BOX[0] / 2 + 10
LEFT = 555 - BOX[0] / 2 - 10
save(
    __file__,
    "Ring attention on four devices",
    478,
    [
        *(shape for i, (x, y) in enumerate(CENTRES, 1) for shape in box(i, x, y + 16)),
        *arrow((RIGHT, 162), (LEFT, 162)),
        *arrow((684, 202), (684, 262)),
        *arrow((LEFT, 352), (RIGHT, 352)),
        *arrow((36, 262), (36, 202)),
        text(WIDTH / 2, 424, "each step: attend to the block at hand while", anchor="middle"),
        text(WIDTH / 2, 456, "it is sent on; after four steps all is seen", anchor="middle"),
    ],
)
