"""Draws the bits of float32, bfloat16 and float16: sign, exponent and fraction."""

from style import BLUE, INK, MUTED, ORANGE, PALE_BLUE, PALE_GREY, PALE_ORANGE, rect, save, text

FORMATS = (("float32", 8, 23), ("bfloat16", 8, 7), ("float16", 5, 10))
LEFT = 36
CELL = 18
STEP = 20
TALL = 36


def row(top: int, name: str, exponent: int, fraction: int) -> list[str]:
    parts = [(1, PALE_GREY, MUTED), (exponent, PALE_ORANGE, ORANGE), (fraction, PALE_BLUE, BLUE)]
    shapes = [
        text(LEFT, top - 14, name, bold=True),
        text(
            LEFT + 150, top - 14, f"1 sign, {exponent} exponent, {fraction} fraction", colour=MUTED
        ),
    ]
    place = 0
    for bits, fill, edge in parts:
        shapes += [
            rect(LEFT + (place + i) * STEP, top, CELL, TALL, fill=fill, edge=edge, radius=3)
            for i in range(bits)
        ]
        place += bits
    return shapes


def legend(x: int, fill: str, edge: str, words: str) -> list[str]:
    return [
        rect(x, 372, 26, 26, fill=fill, edge=edge, radius=3),
        text(x + 38, 394, words, colour=INK),
    ]


save(
    __file__,
    "Bits of float32, bfloat16 and float16",
    424,
    [
        *(
            shape
            for i, (name, exponent, fraction) in enumerate(FORMATS)
            for shape in row(64 + 106 * i, name, exponent, fraction)
        ),
        *legend(LEFT, PALE_ORANGE, ORANGE, "exponent: range"),
        *legend(366, PALE_BLUE, BLUE, "fraction: precision"),
    ],
)
