"""Draws the memory of weights, gradients and optimiser states for three ways of fine-tuning."""

from style import BLUE, EDGE, GREEN, MUTED, ORANGE, PANEL, number, rect, save, text

PARAMETERS = 7e9
TRAINED = 40e6
FOUR_BITS = (4 + 8 / 64 + 32 / (64 * 256)) / 8  # bytes: 4 bits and the constants of QLoRA
GRADIENT, STATES = 2, 12  # bytes for a trained parameter: 32-bit copy and two moments of Adam
BAR = 44
SCALE = 640 / 112e9  # pixels a byte

Parts = tuple[float, float, float]
FULL: Parts = (2 * PARAMETERS, GRADIENT * PARAMETERS, STATES * PARAMETERS)
LORA: Parts = (2 * (PARAMETERS + TRAINED), GRADIENT * TRAINED, STATES * TRAINED)
QLORA: Parts = (
    FOUR_BITS * PARAMETERS + 2 * TRAINED,
    GRADIENT * TRAINED,
    STATES * TRAINED,
)
COLOURS = (BLUE, GREEN, ORANGE)


def bar(top: float, name: str, parts: Parts) -> list[str]:
    total = f"{number(sum(parts) / 1e9)} GB"
    shapes = [text(40, top - 12, f"{name}: {total}", bold=True)]
    x = 40.0
    for part, colour in zip(parts, COLOURS, strict=True):
        shapes.append(rect(x, top, part * SCALE, BAR, fill=colour))
        middle = x + part * SCALE / 2
        if part * SCALE > 60:
            size = number(part / 1e9)
            shapes.append(text(middle, top + 31, size, colour=PANEL, anchor="middle", bold=True))
        x += part * SCALE
    return shapes


def legend(top: float) -> list[str]:
    shapes = []
    words = ("weights", "gradients", "optimiser states")
    for left, colour, name in zip((40, 196, 376), COLOURS, words, strict=True):
        shapes.append(rect(left, top, 26, 26, fill=colour, edge=EDGE))
        shapes.append(text(left + 36, top + 22, name))
    return shapes


save(
    __file__,
    "Memory for fine-tuning a model of 7 billion parameters",
    444,
    [
        *bar(64, "Full fine-tuning", FULL),
        *bar(168, "LoRA, 40M trained", LORA),
        *bar(272, "QLoRA, 40M trained", QLORA),
        *legend(344),
        text(40, 412, "GB for a 7B model with Adam, without activations", colour=MUTED),
    ],
)
