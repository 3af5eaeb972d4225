"""Draws four devices of ring attention: queries stay, keys and values travel."""

from style import BLUE, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, WIDTH, arrow, rect, save, text

BOX = (230, 118)
CENTRES = ((165, 116), (555, 116), (555, 306), (165, 306))  # clockwise


def device(number: int, x: float, y: float) -> list[str]:
    left, top = x - BOX[0] / 2, y - BOX[1] / 2
    return [
        text(x, top - 12, f"device {number}", anchor="middle", colour=MUTED),
        rect(left, top, BOX[0], 56, fill=PALE_BLUE, edge=BLUE, radius=8),
        text(x, top + 37, f"queries {number} stay", anchor="middle"),
        rect(left, top + 62, BOX[0], 56, fill=PALE_ORANGE, edge=ORANGE, radius=8),
        text(x, top + 99, f"keys, values {number}", anchor="middle"),
    ]


RIGHT = 165 + BOX[0] / 2 + 10
LEFT = 555 - BOX[0] / 2 - 10
save(
    __file__,
    "Ring attention on four devices",
    478,
    [
        *(shape for i, (x, y) in enumerate(CENTRES, 1) for shape in device(i, x, y + 16)),
        *arrow((RIGHT, 162), (LEFT, 162), colour=ORANGE, width=4),
        *arrow((684, 202), (684, 262), colour=ORANGE, width=4),
        *arrow((LEFT, 352), (RIGHT, 352), colour=ORANGE, width=4),
        *arrow((36, 262), (36, 202), colour=ORANGE, width=4),
        text(WIDTH / 2, 424, "each step: attend to the block at hand while", anchor="middle"),
        text(WIDTH / 2, 456, "it is sent on; after four steps all is seen", anchor="middle"),
    ],
)
