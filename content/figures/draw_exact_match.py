"""Draws one smooth toy improvement under a per-token score and under exact match."""

import math

from plot import DASHED, axes, label, new_figure, save_plot
from style import BLUE, ORANGE, Scale

LENGTH = 10  # tokens in the answer, all of which exact match needs
COMPUTE = Scale(1, 1e6, 0, 1, log=True).samples()
DOTS = [10.0**i for i in range(7)]


def per_token(compute: float) -> float:
    """Toy model: the loss of a token falls as a power law, and its probability is exp(-loss)."""
    return math.exp(-1.8 * compute**-0.25)


def exact_match(compute: float) -> float:
    return per_token(compute) ** LENGTH


figure = new_figure(530)
plot = axes(
    figure,
    (100, 70, 680, 440),
    x_ticks=[(x, "1" if x == 1 else f"{x:.0e}".replace("+0", "")) for x in DOTS],
    y_ticks=[(v / 4, f"{25 * v}%") for v in range(5)],
    x_label="training compute (toy units, log scale)",
    y_label="score",
    log_x=True,
)
plot.plot(COMPUTE, [per_token(x) for x in COMPUTE], color=BLUE)
plot.plot(COMPUTE, [exact_match(x) for x in COMPUTE], color=ORANGE, linestyle=DASHED)
plot.plot(DOTS, [per_token(x) for x in DOTS], "o", color=BLUE, clip_on=False)
plot.plot(DOTS, [exact_match(x) for x in DOTS], "o", color=ORANGE, clip_on=False)
label(plot, 1.8, 0.78, "one token right: p", colour=BLUE, bold=True)
label(plot, 6, 0.14, f"all {LENGTH} right: p^{LENGTH}", colour=ORANGE, bold=True)
save_plot(__file__, "The same toy model scored token by token and by exact match", figure)
