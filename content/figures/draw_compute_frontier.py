"""Draws loss against compute for fixed model sizes and the compute-optimal line below them."""

from plot import DASHED, DOTTED, axes, label, new_figure, save_plot
from scaling_fit import BESIROGLU
from style import BLUE, GREEN, INK, ORANGE, Scale

SIZES = (  # with how far the name is moved up
    (1e8, "100M", BLUE, "-", 0),
    (1e9, "1B", GREEN, DASHED, 6),
    (1e10, "10B", ORANGE, DOTTED, 2),
)
COMPUTE = Scale(1e18, 1e24, 0, 1, log=True).samples()


def loss(n: float, c: float) -> float:
    return BESIROGLU.loss(n, c / (6 * n))


figure = new_figure(550)
plot = axes(
    figure,
    (100, 70, 620, 460),
    x_ticks=[(10.0**i, f"1e{i}") for i in range(18, 25)],
    y_ticks=[(2 + v / 2, f"{2 + v / 2:.1f}") for v in range(5)],
    x_label="training compute (FLOPs, log scale)",
    y_label="loss (nats per token)",
    log_x=True,
)
plot.set_ylim(1.5, 4.2)
plot.plot(COMPUTE, [loss(BESIROGLU.optimal_n(c), c) for c in COMPUTE], color=INK, linewidth=6)
for n, name, colour, dash, shift in SIZES:
    plot.plot(COMPUTE, [loss(n, c) for c in COMPUTE], color=colour, linestyle=dash)
    end = loss(n, COMPUTE[-1])
    label(plot, COMPUTE[-1], end, name, colour=colour, offset=(12, shift), bold=True)
label(plot, 1e18, 1.72, "thick: best size at each budget", offset=(16, 0))
save_plot(__file__, "Loss against compute, computed from the fit of Besiroglu et al. 2024", figure)
