"""Draws the tokens per parameter that two published fits of one loss formula call optimal."""

from plot import DASHED, axes, label, new_figure, save_plot
from scaling_fit import BESIROGLU, HOFFMANN, Fit
from style import BLUE, INK, MUTED, ORANGE, Scale

CHINCHILLA = 6 * 70e9 * 1.4e12
COMPUTE = Scale(1e19, 1e25, 0, 1, log=True).samples()


def ratios(fit: Fit) -> list[float]:
    return [c / 6 / fit.optimal_n(c) ** 2 for c in COMPUTE]


figure = new_figure(530)
plot = axes(
    figure,
    (100, 70, 680, 440),
    x_ticks=[(10.0**i, f"1e{i}") for i in range(19, 26)],
    y_ticks=[(v, str(v)) for v in (0, 20, 60, 100, 140)],
    x_label="training compute (FLOPs, log scale)",
    y_label="tokens per parameter",
    log_x=True,
)
plot.plot(COMPUTE, ratios(HOFFMANN), color=ORANGE, linestyle=DASHED)
plot.plot(COMPUTE, ratios(BESIROGLU), color=BLUE)
plot.plot([CHINCHILLA, CHINCHILLA], [0, 20], color=MUTED, linewidth=2)
plot.plot([CHINCHILLA], [1.4e12 / 70e9], "o", color=INK)
label(plot, 1e19, 97, "Hoffmann 2022, as printed", colour=ORANGE, offset=(18, 0), bold=True)
label(plot, 1e19, 9, "Besiroglu 2024", colour=BLUE, offset=(18, 0), bold=True)
label(plot, CHINCHILLA, 37, "Chinchilla: 20", anchor="center", offset=(-16, 0))
save_plot(__file__, "Optimal tokens per parameter from two published fits", figure)
