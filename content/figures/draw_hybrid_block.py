"""Draws one block of eight layers of the hybrid Jamba: which layers mix tokens in which way."""

from style import BLUE, EDGE, MUTED, ORANGE, PALE_BLUE, PALE_GREY, PALE_ORANGE, rect, save, text

LAYERS = 8
ATTENTION = 4  # counted from 0
LEFT = 34
STEP = 82
CELL = 70


def column(layer: int) -> list[str]:
    left = LEFT + layer * STEP
    middle = left + CELL / 2
    attention = layer == ATTENTION
    experts = layer % 2 == 1
    mixer = (PALE_ORANGE, ORANGE, "A") if attention else (PALE_BLUE, BLUE, "M")
    lower = (PALE_GREY, MUTED, "E") if experts else ("none", EDGE, "D")
    return [
        rect(left, 66, CELL, 70, fill=mixer[0], edge=mixer[1], radius=8),
        text(middle, 110, mixer[2], anchor="middle", bold=attention),
        rect(left, 150, CELL, 70, fill=lower[0], edge=lower[1], radius=8),
        text(middle, 194, lower[2], anchor="middle"),
        text(middle, 252, str(layer + 1), anchor="middle", colour=MUTED),
    ]


def legend(x: float, y: float, fill: str, edge: str, words: str) -> list[str]:
    return [rect(x, y - 22, 28, 28, fill=fill, edge=edge, radius=4), text(x + 40, y, words)]


save(
    __file__,
    "One block of Jamba: one attention layer among seven Mamba layers",
    392,
    [
        text(LEFT, 44, "one block of 8 layers, first to last", colour=MUTED),
        *(shape for layer in range(LAYERS) for shape in column(layer)),
        *legend(LEFT, 310, PALE_BLUE, BLUE, "M: Mamba layer"),
        *legend(LEFT, 358, PALE_ORANGE, ORANGE, "A: attention layer"),
        *legend(368, 310, "none", EDGE, "D: dense MLP"),
        *legend(368, 358, PALE_GREY, MUTED, "E: mixture of experts"),
    ],
)
