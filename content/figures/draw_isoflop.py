"""Draws the loss of differently sized models at equal compute, from the published loss formula."""

from plot import DOTTED, axes, label, new_figure, save_plot
from scaling_fit import BESIROGLU
from style import BLUE, INK, MUTED, Scale

BUDGETS = (1e19, 1e20, 1e21, 1e22)
REACH = 10  # each curve spans this factor on either side of its lowest point


def loss(n: float, c: float) -> float:
    return BESIROGLU.loss(n, c / (6 * n))


figure = new_figure(570)
plot = axes(
    figure,
    (100, 70, 680, 480),
    x_ticks=[(1e8, "100M"), (1e9, "1B"), (1e10, "10B"), (1e11, "100B")],
    y_ticks=[(2 + v / 2, f"{2 + v / 2:.1f}") for v in range(4)],
    x_label="parameters (log scale)",
    y_label="loss (nats per token)",
    log_x=True,
)
plot.set_xlim(2e7, 2e11)
plot.set_ylim(2.0, 3.8)
for c in BUDGETS:
    best = BESIROGLU.optimal_n(c)
    sizes = Scale(best / REACH, best * REACH, 0, 1, log=True).samples(61)
    plot.plot(sizes, [loss(n, c) for n in sizes], color=BLUE)
    end = best * REACH
    label(plot, end, loss(end, c), f"{c:.0e}".replace("+", ""), colour=BLUE, offset=(10, 0))
lowest = [BESIROGLU.optimal_n(c) for c in BUDGETS]
losses = [loss(n, c) for n, c in zip(lowest, BUDGETS, strict=True)]
plot.plot(lowest, losses, "o", color=INK, linestyle=DOTTED, linewidth=3)
label(plot, 2e11, 3.72, "each curve: one budget (FLOPs)", colour=MUTED, anchor="right")
label(plot, 2e7, 2.1, "dots: best size", offset=(12, 0))
save_plot(__file__, "IsoFLOP curves computed from the fit of Besiroglu et al. 2024", figure)
