"""Draws how the 95 % interval of a score narrows as a benchmark grows: 1.96 standard errors."""

import math

from plot import DASHED, DOTTED, Dash, axes, label, new_figure, save_plot
from style import BLUE, GREEN, INK, ORANGE, Scale

SIZES = {"HumanEval": 164, "GSM8K": 1319, "MMLU": 14_042}
LOW, HIGH = 50, 20_000


def half_width(score: float, questions: float) -> float:
    return 196 * math.sqrt(score * (1 - score) / questions)


figure = new_figure(510)
plot = axes(
    figure,
    (70, 70, 680, 420),
    x_ticks=[(100, "100"), (1000, "1,000"), (10_000, "10,000")],
    y_ticks=[(0, "0"), (5, "5"), (10, "10"), (15, "15")],
    x_label="questions (log scale)",
    y_label="95% interval: ± points",
    log_x=True,
)
plot.set_xlim(LOW, HIGH)
sizes = Scale(LOW, HIGH, 0, 1, log=True).samples()
curves: list[tuple[float, str, Dash]] = [
    (0.5, ORANGE, DASHED),
    (0.8, BLUE, "-"),
    (0.95, GREEN, DOTTED),
]
for i, (score, colour, dash) in enumerate(curves):
    plot.plot(sizes, [half_width(score, n) for n in sizes], color=colour, linestyle=dash)
    y = 14.2 - 1.5 * i
    plot.plot([800, 1250], [y, y], color=colour, linestyle=dash)
    label(plot, 1450, y, f"score of {score:.0%}" + (" (dots)" if score == 0.8 else ""))
for name, n in SIZES.items():
    y = half_width(0.8, n)
    plot.plot([n], [y], "o", color=INK)
    last = n > 10_000
    anchor, offset = ("right", (18, 32)) if last else ("left", (16, 46))
    label(plot, n, y, f"{name} ±{y:.1f}", anchor=anchor, offset=offset)
save_plot(__file__, "Half-width of the 95 % interval against the number of questions", figure)
