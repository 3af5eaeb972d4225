"""Draws how the dot products of one query become weights and then a mean of the values."""

import math

from style import BLUE, GREEN, INK, MUTED, PALE_BLUE, PALE_ORANGE, WIDTH, rect, save, text

PRODUCTS = (4, 2, 0)
VALUES = (10, 20, 30)
KEY_WIDTH = 4
COLUMNS = (62, 176, 296, 400, 648)  # the middle of each column; the bars begin at the fourth
TOP = 100
STEP = 66
BAR = 108

scores = [product / math.sqrt(KEY_WIDTH) for product in PRODUCTS]
total = sum(math.exp(score) for score in scores)
weights = [math.exp(score) / total for score in scores]
mean = sum(weight * value for weight, value in zip(weights, VALUES, strict=True))


def header() -> list[str]:
    names = ("key", "q · k", "÷ √4", "weight", "value")
    places = (*COLUMNS[:3], COLUMNS[3] + BAR / 2, COLUMNS[4])
    return [
        text(x, 56, name, anchor="middle", bold=True) for x, name in zip(places, names, strict=True)
    ]


def row(number: int) -> list[str]:
    top = TOP + STEP * number
    line = top + 8
    return [
        text(COLUMNS[0], line, f"k{number + 1}", anchor="middle", colour=MUTED),
        text(COLUMNS[1], line, str(PRODUCTS[number]), anchor="middle"),
        text(COLUMNS[2], line, f"{scores[number]:g}", anchor="middle"),
        rect(COLUMNS[3], top - 18, BAR, 36, fill=PALE_BLUE, radius=6),
        rect(COLUMNS[3], top - 18, BAR * weights[number], 36, fill=BLUE, radius=6),
        text(COLUMNS[3] + BAR + 12, line, f"{weights[number]:.3f}", colour=BLUE),
        text(COLUMNS[4], line, str(VALUES[number]), anchor="middle", colour=GREEN),
    ]


terms = " + ".join(f"{w:.3f} · {v}" for w, v in zip(weights, VALUES, strict=True))
save(
    __file__,
    "Dot products of a query become weights, and weights mix values",
    386,
    [
        *header(),
        *row(0),
        *row(1),
        *row(2),
        rect(30, 278, WIDTH - 60, 84, fill=PALE_ORANGE, radius=8),
        text(WIDTH / 2, 312, terms, anchor="middle", colour=INK),
        text(WIDTH / 2, 346, f"= {mean:.2f}", anchor="middle", colour=INK, bold=True),
    ],
)
