"""Draws how four answers share the probability under a reward with a KL penalty."""

import math

from style import BLUE, EDGE, INK, MUTED, ORANGE, WIDTH, rect, save, text

REFERENCE = (0.5, 0.3, 0.15, 0.05)
REWARDS = (0, 1, 2, 3)
BASE = 376
TALL = 270  # pixels for a probability of 1
BAR = 46
GREY = "#a8a49a"
LEFTS = (30, 204, 378, 552)


def tilted(beta: float) -> list[float]:
    weights = [p * math.exp(r / beta) for p, r in zip(REFERENCE, REWARDS, strict=True)]
    return [weight / sum(weights) for weight in weights]


POLICIES = ((list(REFERENCE), GREY), (tilted(1), BLUE), (tilted(0.25), ORANGE))


def group(left: float, answer: int) -> list[str]:
    shapes = []
    for place, (policy, colour) in enumerate(POLICIES):
        x = left + place * (BAR + 2)
        height = max(policy[answer] * TALL, 2)
        shapes.append(rect(x, BASE - height, BAR, height, fill=colour))
        percent = f"{100 * policy[answer]:.0f}"
        shapes.append(text(x + BAR / 2, BASE - height - 8, percent, anchor="middle", colour=INK))
    middle = left + 1.5 * BAR + 2
    words = f"reward {REWARDS[answer]}"
    shapes.append(text(middle, BASE + 34, words, anchor="middle", colour=MUTED))
    return shapes


def legend(top: float) -> list[str]:
    shapes = []
    words = ("reference", "β = 1", "β = 0.25")
    for left, name, (_, colour) in zip((30, 240, 420), words, POLICIES, strict=True):
        shapes.append(rect(left, top, 26, 26, fill=colour, edge=EDGE))
        shapes.append(text(left + 36, top + 22, name))
    return shapes


save(
    __file__,
    "How a reward with a KL penalty shifts the probabilities of four answers",
    432,
    [
        text(30, 42, "Probability of four answers in %", bold=True),
        *legend(62),
        *[shape for answer, left in enumerate(LEFTS) for shape in group(left, answer)],
        rect(24, BASE, WIDTH - 48, 2, fill=MUTED),
    ],
)
