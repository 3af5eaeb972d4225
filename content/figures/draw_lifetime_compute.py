"""Draws training plus inference compute of models of different sizes that reach one loss."""

from plot import DASHED, DOTTED, axes, label, new_figure, save_plot
from scaling_fit import BESIROGLU
from style import BLUE, GREEN, ORANGE, Scale

TARGET = BESIROGLU.loss(13e9, 20 * 13e9)
SERVED = ((0.0, BLUE, "-"), (1e12, GREEN, DASHED), (4e12, ORANGE, DOTTED))
TOP = 1.7e23
SIZES = Scale(4e9, 2.4e10, 0, 1, log=True)


def lifetime(n: float, served: float) -> float:
    """FLOPs: 6 per parameter and training token, 2 per parameter and token served."""
    return 6 * n * BESIROGLU.tokens_for(TARGET, n) + 2 * n * served


figure = new_figure(550)
plot = axes(
    figure,
    (100, 70, 620, 460),
    x_ticks=[(4e9, "4B"), (7e9, "7B"), (1.3e10, "13B"), (2.4e10, "24B")],
    y_ticks=[(v * 4e22, "0" if v == 0 else f"{4 * v}e22") for v in range(5)],
    x_label="parameters (log scale)",
    y_label="training + serving (FLOPs)",
    log_x=True,
)
plot.set_ylim(0, TOP)
for served, colour, dash in SERVED:
    sizes = SIZES.samples()
    plot.plot(sizes, [lifetime(n, served) for n in sizes], color=colour, linestyle=dash)
    best = min(SIZES.samples(2001), key=lambda n: lifetime(n, served))
    lowest = lifetime(best, served)
    plot.plot([best], [lowest], "o", color=colour)
    label(
        plot,
        best,
        lowest,
        f"{best / 1e9:.0f}B",
        colour=colour,
        anchor="center",
        offset=(0, 22),
        bold=True,
    )
    shown = max(n for n in sizes if lifetime(n, served) <= TOP)
    label(
        plot,
        shown,
        lifetime(shown, served),
        f"{served / 1e12:.0f}T",
        colour=colour,
        offset=(12, 0),
        bold=True,
    )
label(plot, SIZES.high, TOP, "tokens served:", anchor="right", offset=(76, 24))
save_plot(
    __file__,
    "Lifetime compute at equal loss, computed from the fit of Besiroglu et al. 2024",
    figure,
)
