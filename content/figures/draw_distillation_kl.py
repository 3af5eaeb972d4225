"""Draws a two-peaked teacher and the single Gaussians that fit it best by either KL divergence.

The forward fit has the teacher's mean and variance; the reverse fit is searched on a grid.
"""

import math

from plot import DASHED, DOTTED, axes, key, new_figure, save_plot
from style import BLUE, INK, ORANGE

PEAKS = ((0.6, -2.0, 0.8), (0.4, 2.4, 0.9))  # weight, mean, deviation
STEP = 0.02
GRID = [-8 + STEP * i for i in range(int(16 / STEP) + 1)]


def normal(x: float, mean: float, deviation: float) -> float:
    z = (x - mean) / deviation
    return math.exp(-z * z / 2) / (deviation * math.sqrt(2 * math.pi))


def teacher(x: float) -> float:
    return sum(weight * normal(x, mean, deviation) for weight, mean, deviation in PEAKS)


def forward_fit() -> tuple[float, float]:
    mean = sum(weight * centre for weight, centre, _ in PEAKS)
    square = sum(weight * (deviation**2 + centre**2) for weight, centre, deviation in PEAKS)
    return mean, math.sqrt(square - mean**2)


def reverse_kl(mean: float, deviation: float, log_teacher: list[float]) -> float:
    total = 0.0
    for x, log_p in zip(GRID, log_teacher, strict=True):
        q = normal(x, mean, deviation)
        if q > 1e-12:
            total += q * (math.log(q) - log_p) * STEP
    return total


def reverse_fit() -> tuple[float, float]:
    log_teacher = [math.log(teacher(x)) for x in GRID]
    candidates = [(-3 + 0.1 * i, 0.6 + 0.05 * j) for i in range(61) for j in range(41)]
    return min(candidates, key=lambda fit: reverse_kl(fit[0], fit[1], log_teacher))


figure = new_figure(520)
plot = axes(
    figure,
    (40, 156, 680, 440),
    x_ticks=[(-6, ""), (6, "")],
    y_ticks=[(0, ""), (0.52, "")],
    x_label="answers, laid out on a line",
)
plot.grid(visible=False)
shown = [x for x in GRID if -6 <= x <= 6]
narrow = reverse_fit()
plot.plot(shown, [teacher(x) for x in shown], color=INK)
wide = forward_fit()
plot.plot(shown, [normal(x, *wide) for x in shown], color=BLUE, linestyle=DASHED)
plot.plot(shown, [normal(x, *narrow) for x in shown], color=ORANGE, linestyle=DOTTED)
key(figure, 38, INK, "-", "teacher p, with two peaks")
key(figure, 76, BLUE, DASHED, "student by forward KL: covers both")
key(figure, 114, ORANGE, DOTTED, "student by reverse KL: keeps to one")
save_plot(
    __file__, "One Gaussian fitted to a teacher with two peaks by either KL divergence", figure
)
