"""Draws the probabilities of four tokens at three temperatures."""

import math

from style import BLUE, EDGE, INK, MUTED, ORANGE, WIDTH, rect, save, text

LOGITS = (3, 2, 1, 0)
BASE = 376
TALL = 280  # pixels for a probability of 1
BAR = 46
LEFTS = (30, 204, 378, 552)
GREY = "#a8a49a"


def softmax(temperature: float) -> list[float]:
    weights = [math.exp(logit / temperature) for logit in LOGITS]
    return [weight / sum(weights) for weight in weights]


TEMPERATURES = ((0.5, ORANGE), (1.0, BLUE), (2.0, GREY))


def group(left: float, token: int) -> list[str]:
    shapes = []
    for place, (temperature, colour) in enumerate(TEMPERATURES):
        x = left + place * (BAR + 2)
        chance = softmax(temperature)[token]
        height = max(chance * TALL, 2)
        shapes.append(rect(x, BASE - height, BAR, height, fill=colour))
        percent = f"{100 * chance:.0f}"
        shapes.append(text(x + BAR / 2, BASE - height - 8, percent, anchor="middle", colour=INK))
    middle = left + 1.5 * BAR + 2
    shapes.append(text(middle, BASE + 34, f"logit {LOGITS[token]}", anchor="middle", colour=MUTED))
    return shapes


def legend(top: float) -> list[str]:
    shapes = []
    for left, (temperature, colour) in zip((240, 400, 550), TEMPERATURES, strict=True):
        shapes.append(rect(left, top, 26, 26, fill=colour, edge=EDGE))
        shapes.append(text(left + 36, top + 22, f"T = {temperature:g}"))
    return shapes


save(
    __file__,
    "Probabilities of four tokens at three temperatures",
    432,
    [
        text(240, 42, "Probability in %", bold=True),
        *legend(62),
        *[shape for token, left in enumerate(LEFTS) for shape in group(left, token)],
        rect(24, BASE, WIDTH - 48, 2, fill=MUTED),
    ],
)
