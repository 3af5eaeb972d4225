"""Draws the chance that at least one of n independent attempts succeeds: 1 - (1 - p)^n."""

from plot import DASHED, DOTTED, Dash, axes, label, new_figure, save_plot
from style import BLUE, GREEN, INK, MUTED, ORANGE, Scale

RATES: list[tuple[float, str, Dash, str, tuple[float, float]]] = [
    (0.1, ORANGE, DASHED, "1 in 10", (1.3, 0.62)),
    (0.01, BLUE, "-", "1 in 100", (26, 0.86)),
    (0.001, GREEN, DOTTED, "1 in 1,000", (720, 0.42)),
]


def any_success(rate: float, attempts: float) -> float:
    return float(1 - (1 - rate) ** attempts)


figure = new_figure(510)
plot = axes(
    figure,
    (100, 70, 660, 420),
    x_ticks=[(1, "1"), (10, "10"), (100, "100"), (1000, "1,000"), (10_000, "10,000")],
    y_ticks=[(v / 4, f"{25 * v}%") for v in range(5)],
    x_label="attempts (log scale)",
    y_label="chance of at least one success",
    log_x=True,
)
attempts = Scale(1, 10_000, 0, 1, log=True).samples()
for rate, colour, dash, words, place in RATES:
    plot.plot(attempts, [any_success(rate, n) for n in attempts], color=colour, linestyle=dash)
    label(plot, *place, words, colour=colour)
label(plot, 10_000, 0.21, "labels: success", colour=MUTED, anchor="right", offset=(10, 0))
label(plot, 10_000, 0.12, "of one attempt", colour=MUTED, anchor="right", offset=(10, 0))
plot.plot([100], [any_success(0.01, 100)], "o", color=INK)
label(plot, 100, any_success(0.01, 100), "63%", offset=(-14, 8), anchor="right", bold=True)
save_plot(__file__, "Chance of at least one success in n attempts", figure)
