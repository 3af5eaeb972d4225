"""Draws three ways to give an image to a language model."""

from style import (
    EDGE,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    arrow,
    box,
    rect,
    save,
    text,
)

LEFT = 24
BOX = 150
HEIGHT = 46
SEQUENCE = 400
TOKEN = 44
STEP = 142


def level(x1: float, x2: float, y: float, colour: str = MUTED) -> list[str]:
    return arrow((x1, y), (x2, y), colour=colour)


def sequence(x: float, y: float, images: int, texts: int, edge: str) -> list[str]:
    shapes = []
    for i in range(images + texts):
        fill = PALE_ORANGE if i < images else PALE_BLUE
        stroke = edge if i < images else EDGE
        shapes.append(rect(x + i * TOKEN, y, TOKEN - 5, HEIGHT, fill=fill, edge=stroke, radius=6))
    return shapes


shapes = []
first, second, third = (48 + i * STEP for i in range(3))
middle = HEIGHT / 2
shapes += [
    text(LEFT, first, "Projection: image vectors in the sequence", bold=True),
    *box(LEFT, first + 18, BOX, HEIGHT, "encoder", fill=PALE_GREY),
    *arrow(
        (LEFT + BOX + 4, first + 18 + middle), (LEFT + BOX + 26, first + 18 + middle), colour=MUTED
    ),
    *box(LEFT + BOX + 32, first + 18, BOX, HEIGHT, "projector", fill=PALE_GREY),
    *arrow(
        (LEFT + 2 * BOX + 36, first + 18 + middle),
        (SEQUENCE - 6, first + 18 + middle),
        colour=MUTED,
    ),
    *sequence(SEQUENCE, first + 18, 3, 3, EDGE),
    text(LEFT, second, "Cross-attention: image beside the sequence", bold=True),
    *box(LEFT, second + 18, BOX, HEIGHT, "encoder", fill=PALE_GREY),
    *arrow(
        (LEFT + BOX + 4, second + 18 + middle),
        (SEQUENCE + 3 * TOKEN - 6, second + 18 + middle),
        colour=ORANGE,
    ),
    text(LEFT + BOX + 22, second + 18 + middle + 32, "keys and values", colour=ORANGE),
    *sequence(SEQUENCE + 3 * TOKEN, second + 18, 0, 3, EDGE),
    text(LEFT, third, "Discrete tokens: image as codes", bold=True),
    *box(LEFT, third + 18, BOX, HEIGHT, "tokeniser", fill=PALE_GREY),
    *arrow(
        (LEFT + BOX + 4, third + 18 + middle), (SEQUENCE - 6, third + 18 + middle), colour=MUTED
    ),
    *sequence(SEQUENCE, third + 18, 3, 3, ORANGE),
    rect(LEFT, third + 88, 26, 26, fill=PALE_ORANGE, edge=EDGE, radius=4),
    text(LEFT + 36, third + 110, "image", colour=MUTED),
    rect(LEFT + 130, third + 88, 26, 26, fill=PALE_BLUE, edge=EDGE, radius=4),
    text(LEFT + 166, third + 110, "text", colour=MUTED),
    text(LEFT + 270, third + 110, "squares: the model’s input", colour=MUTED),
]
save(__file__, "Projection, cross-attention and discrete tokens", third + 136, shapes)
