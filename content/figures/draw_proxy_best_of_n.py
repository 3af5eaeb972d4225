"""Draws the true quality of the best of n samples when a judge with errors picks the best.

Quality is standard normal and the judge sees quality plus an error: none, a normal one, or one
of Student's t with two degrees of freedom. The expectation is integrated on a grid: with F the
distribution of what the judge sees, its value for the best of n has the distribution F^n.
"""

import math
from collections.abc import Callable

from plot import DASHED, DOTTED, axes, key, new_figure, save_plot
from style import BLUE, GREEN, ORANGE, Scale

STEP = 0.05
QUALITY = [-6 + STEP * i for i in range(int(12 / STEP) + 1)]
SIZES = Scale(1, 1e4, 0, 1, log=True).samples(81)

Density = Callable[[float], float]


def normal(z: float) -> float:
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def student(z: float) -> float:
    return float((2 + z * z) ** -1.5)


def judged_grid() -> list[float]:
    """Fine near zero and wide at the ends, for the tails are long."""
    return [math.sinh(-9 + 0.02 * i) / 4 for i in range(901)]


def best_of(error: Density) -> list[float]:
    """The mean quality of the judge's choice, for each number of samples."""
    points = judged_grid()
    density = []
    quality = []
    for seen in points:
        weights = [normal(q) * error(seen - q) for q in QUALITY]
        mass = sum(weights)
        density.append(mass * STEP)
        total = sum(w * q for w, q in zip(weights, QUALITY, strict=True))
        quality.append(total / mass if mass > 0 else 0.0)
    below = [0.0]
    for i in range(1, len(points)):
        width = points[i] - points[i - 1]
        below.append(below[-1] + (density[i] + density[i - 1]) / 2 * width)
    share = [part / below[-1] for part in below]
    means = []
    for n in SIZES:
        mean = 0.0
        for i in range(1, len(points)):
            mean += (quality[i] + quality[i - 1]) / 2 * (share[i] ** n - share[i - 1] ** n)
        means.append(mean)
    return means


def best_by_truth() -> list[float]:
    below = [0.5 * (1 + math.erf(q / math.sqrt(2))) for q in QUALITY]
    means = []
    for n in SIZES:
        mean = 0.0
        for i in range(1, len(QUALITY)):
            middle = (QUALITY[i] + QUALITY[i - 1]) / 2
            mean += middle * (below[i] ** n - below[i - 1] ** n)
        means.append(mean)
    return means


figure = new_figure(560)
plot = axes(
    figure,
    (70, 196, 644, 470),
    x_ticks=[(1, "1"), (10, "10"), (100, "100"), (1e3, "1,000"), (1e4, "10,000")],
    y_ticks=[(v, str(v)) for v in range(5)],
    x_label="samples n (log scale)",
    y_label="true quality of the chosen one (toy)",
    log_x=True,
)
plot.plot(SIZES, best_by_truth(), color=GREEN)
plot.plot(SIZES, best_of(normal), color=BLUE, linestyle=DASHED)
plot.plot(SIZES, best_of(student), color=ORANGE, linestyle=DOTTED)
key(figure, 34, GREEN, "-", "perfect judge")
key(figure, 72, BLUE, DASHED, "judge with normal errors")
key(figure, 110, ORANGE, DOTTED, "judge with heavy-tailed errors")
save_plot(__file__, "True quality of the best of n samples by three judges", figure)
