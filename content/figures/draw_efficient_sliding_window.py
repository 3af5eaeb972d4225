"""Draws a causal mask, a sliding window, and what two layers with that window can reach."""

from collections.abc import Callable

from style import BLUE, EDGE, INK, MUTED, PALE_ORANGE, PANEL, rect, save, text

TOKENS = 9
WINDOW = 3
CELL = 22
TOP = 62
LEFTS = (30, 261, 492)

Mask = Callable[[int, int], bool]


def causal(row: int, column: int) -> bool:
    return column <= row


def window(row: int, column: int) -> bool:
    return row - WINDOW < column <= row


def two_layers(row: int, column: int) -> bool:
    return any(window(row, middle) and window(middle, column) for middle in range(TOKENS))


def grid(left: int, mask: Mask, direct: Mask) -> list[str]:
    shapes = []
    for row in range(TOKENS):
        for column in range(TOKENS):
            fill = PANEL
            if mask(row, column):
                fill = BLUE if direct(row, column) else PALE_ORANGE
            shapes.append(
                rect(left + column * CELL, TOP + row * CELL, CELL, CELL, fill=fill, edge=EDGE)
            )
    return shapes


def panel(left: int, name: str, mask: Mask, direct: Mask, note: str) -> list[str]:
    middle = left + TOKENS * CELL / 2
    return [
        text(middle, TOP - 20, name, anchor="middle", bold=True),
        *grid(left, mask, direct),
        text(middle, TOP + TOKENS * CELL + 38, note, anchor="middle", colour=MUTED),
    ]


def pairs(mask: Mask) -> int:
    return sum(mask(row, column) for row in range(TOKENS) for column in range(TOKENS))


save(
    __file__,
    "A causal mask, a sliding window and the reach of two layers",
    376,
    [
        *panel(LEFTS[0], "Causal", causal, causal, f"{pairs(causal)} pairs"),
        *panel(LEFTS[1], f"Window of {WINDOW}", window, window, f"{pairs(window)} pairs"),
        *panel(LEFTS[2], "Two layers", two_layers, window, "what is reached"),
        rect(30, 326, 26, 26, fill=BLUE, edge=EDGE),
        text(68, 348, "seen directly", colour=INK),
        rect(300, 326, 26, 26, fill=PALE_ORANGE, edge=EDGE),
        text(338, 348, "reached by way of another", colour=INK),
    ],
)
