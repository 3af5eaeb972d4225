"""Draws how often some sample is right and how often a vote is right, for a toy question.

A sample gives the right answer with probability 0.3, one particular wrong answer with a fixed
probability, and otherwise a wrong answer that no other sample gives. Ties are broken at random.
"""

from math import comb

from plot import DASHED, DOTTED, axes, key, new_figure, save_plot
from style import BLUE, GREEN, ORANGE

RIGHT = 0.3
COUNTS = range(1, 65)


def coverage(k: int) -> float:
    return float(1 - (1 - RIGHT) ** k)


def vote(k: int, rival: float) -> float:
    other = 1 - RIGHT - rival
    total = 0.0
    for right in range(k + 1):
        for wrong in range(k - right + 1):
            single = k - right - wrong
            most = max(right, wrong, min(single, 1))
            if right < most:
                continue
            ways = comb(k, right) * comb(k - right, wrong)
            chance = float(ways * RIGHT**right * rival**wrong * other**single)
            total += chance / (1 + (wrong == most) + (single if most == 1 else 0))
    return total


figure = new_figure(560)
plot = axes(
    figure,
    (104, 196, 660, 470),
    x_ticks=[(1, "1"), (4, "4"), (16, "16"), (64, "64")],
    y_ticks=[(0, "0%"), (0.5, "50%"), (1, "100%")],
    x_label="samples (log scale), each right in 30%",
    y_label="question answered right (toy)",
    log_x=True,
)
plot.set_ylim(0, 1.04)
plot.plot(COUNTS, [coverage(k) for k in COUNTS], color=GREEN)
plot.plot(COUNTS, [vote(k, 0.2) for k in COUNTS], color=BLUE, linestyle=DASHED)
plot.plot(COUNTS, [vote(k, 0.4) for k in COUNTS], color=ORANGE, linestyle=DOTTED)
key(figure, 34, GREEN, "-", "some sample is right")
key(figure, 72, BLUE, DASHED, "vote, top wrong answer 20%")
key(figure, 110, ORANGE, DOTTED, "vote, top wrong answer 40%")
save_plot(__file__, "Chance that some sample is right and that a vote is right", figure)
