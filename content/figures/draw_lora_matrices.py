"""Draws a frozen weight matrix and the two thin matrices that LoRA trains beside it."""

from style import BLUE, INK, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, rect, save, text

SIDE = 220  # d and k are equal here
RANK = 34  # r
TOP = 70
FROZEN = 60
TALL = 394
FLAT = 476


def matrix(x: float, y: float, width: float, height: float, *, trained: bool) -> str:
    fill, edge = (PALE_ORANGE, ORANGE) if trained else (PALE_BLUE, BLUE)
    return rect(x, y, width, height, fill=fill, edge=edge, radius=4)


MIDDLE = TOP + SIDE / 2
save(
    __file__,
    "The frozen matrix and the two thin matrices of LoRA",
    376,
    [
        matrix(FROZEN, TOP, SIDE, SIDE, trained=False),
        text(FROZEN + SIDE / 2, MIDDLE + 10, "W₀", anchor="middle", colour=INK, size=32),
        text(FROZEN + SIDE / 2, TOP - 16, "k columns", anchor="middle", colour=MUTED),
        text(FROZEN - 14, MIDDLE + 8, "d", anchor="end", colour=MUTED),
        text(326, MIDDLE + 12, "+", anchor="middle", size=40),
        matrix(TALL, TOP, RANK, SIDE, trained=True),
        text(TALL + RANK / 2, MIDDLE + 10, "B", anchor="middle", size=32),
        text(TALL + RANK / 2, TOP - 16, "r", anchor="middle", colour=MUTED),
        text(TALL - 12, MIDDLE + 8, "d", anchor="end", colour=MUTED),
        text(TALL + RANK + 20, MIDDLE + 8, "·", anchor="middle", size=40),
        matrix(FLAT, MIDDLE - RANK / 2, SIDE, RANK, trained=True),
        text(FLAT + (SIDE) / 2, MIDDLE + 10, "A", anchor="middle", size=32),
        text(FLAT + (SIDE) / 2, MIDDLE - RANK / 2 - 14, "k columns", anchor="middle", colour=MUTED),
        text(FLAT + (SIDE) / 2, MIDDLE + RANK / 2 + 32, "r rows", anchor="middle", colour=MUTED),
        text(FROZEN + SIDE / 2, 340, "frozen: d · k", anchor="middle"),
        text((TALL + FLAT + SIDE) / 2, 340, "trained: r · (d + k)", anchor="middle"),
    ],
)
