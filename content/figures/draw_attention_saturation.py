"""Draws the weight that softmax gives to the best of `KEYS` keys, against the key width d.

No random numbers: the scores stand at evenly spaced quantiles of a normal distribution. Its
standard deviation is √d for dot products of vectors with unit variance, and 1 after the division.
"""

import math
from statistics import NormalDist

from plot import DASHED, axes, label, new_figure, save_plot
from style import BLUE, ORANGE, Scale

KEYS = 64


def largest_weight(deviation: float) -> float:
    normal = NormalDist(sigma=deviation)
    scores = [normal.inv_cdf((i + 0.5) / KEYS) for i in range(KEYS)]
    return 1 / sum(math.exp(score - scores[-1]) for score in scores)


figure = new_figure(460)
plot = axes(
    figure,
    (80, 70, 672, 370),
    x_ticks=[(1, "1"), (4, "4"), (16, "16"), (64, "64"), (256, "256")],
    y_ticks=[(v / 4, f"{v / 4:g}") for v in range(5)],
    x_label="key width d (log scale)",
    y_label=f"softmax weight of the best of {KEYS} keys",
    log_x=True,
)
plot.set_ylim(0, 1.04)
widths = Scale(1, 256, 0, 1, log=True).samples(61)
plot.plot(widths, [largest_weight(math.sqrt(d)) for d in widths], color=ORANGE)
plot.plot(widths, [largest_weight(1) for _ in widths], color=BLUE, linestyle=DASHED)
label(plot, 11, 0.75, "q · k", colour=ORANGE, anchor="right")
label(plot, 40, 0.18, "q · k / √d", colour=BLUE)
save_plot(__file__, "Softmax saturates without the division by √d", figure)
