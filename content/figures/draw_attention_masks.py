"""Draws which tokens may look at which under a causal, a prefix and a full attention mask."""

from collections.abc import Callable

from style import (
    BLUE,
    EDGE,
    MUTED,
    PALE_BLUE,
    PALE_ORANGE,
    PANEL,
    WIDTH,
    rect,
    save,
    text,
)

TOKENS = 6
PREFIX = 3
CELL = 33
TOP = 62
LEFTS = (30, 261, 492)

Mask = Callable[[int, int], bool]


def causal(row: int, column: int) -> bool:
    return column <= row


def prefix(row: int, column: int) -> bool:
    return column <= row or column < PREFIX


def full(_row: int, _column: int) -> bool:
    return True


def grid(left: int, mask: Mask) -> list[str]:
    """Cells seen under a causal mask are blue, those that a wider mask adds are orange."""
    shapes = []
    for row in range(TOKENS):
        for column in range(TOKENS):
            fill = PANEL
            if mask(row, column):
                fill = BLUE if causal(row, column) else PALE_ORANGE
            shapes.append(
                rect(left + column * CELL, TOP + row * CELL, CELL, CELL, fill=fill, edge=EDGE)
            )
    return shapes


def panel(left: int, name: str, mask: Mask, loss: tuple[str, str]) -> list[str]:
    middle = left + TOKENS * CELL / 2
    below = TOP + TOKENS * CELL
    return [
        text(middle, TOP - 20, name, anchor="middle", bold=True),
        *grid(left, mask),
        text(middle, below + 38, loss[0], anchor="middle", colour=MUTED),
        text(middle, below + 70, loss[1], anchor="middle", colour=MUTED),
    ]


def legend(top: int) -> list[str]:
    return [
        rect(30, top, 26, 26, fill=BLUE, edge=EDGE),
        text(68, top + 22, "seen: itself or earlier"),
        rect(390, top, 26, 26, fill=PALE_ORANGE, edge=EDGE),
        text(428, top + 22, "seen: later token"),
        rect(30, top + 48, WIDTH - 60, 46, fill=PALE_BLUE, radius=8),
        text(
            WIDTH / 2, top + 79, "row: the token that looks; column: what it sees", anchor="middle"
        ),
    ]


save(
    __file__,
    "Attention masks: causal, prefix and full",
    478,
    [
        *panel(LEFTS[0], "Causal", causal, ("loss on", "every token")),
        *panel(LEFTS[1], "Prefix of 3", prefix, ("loss after", "the prefix")),
        *panel(LEFTS[2], "Full", full, ("loss on", "masked tokens")),
        *legend(366),
    ],
)
