"""Draws how often a group of samples holds both right and wrong answers."""

from plot import DASHED, axes, key, new_figure, save_plot
from style import BLUE, ORANGE

CHANCES = [i / 200 for i in range(201)]


def mixed(p: float, size: int) -> float:
    return float(1 - p**size - (1 - p) ** size)


figure = new_figure(500)
plot = axes(
    figure,
    (104, 156, 660, 410),
    x_ticks=[(0, "0"), (0.1, "0.1"), (0.5, "0.5"), (0.9, "0.9"), (1, "1")],
    y_ticks=[(0, "0%"), (0.5, "50%"), (1, "100%")],
    x_label="probability p of solving the prompt",
    y_label="groups with mixed results",
)
plot.set_ylim(0, 1.04)
plot.plot(CHANCES, [mixed(p, 8) for p in CHANCES], color=BLUE)
plot.plot(CHANCES, [mixed(p, 32) for p in CHANCES], color=ORANGE, linestyle=DASHED)
key(figure, 34, BLUE, "-", "groups of 8 samples")
key(figure, 72, ORANGE, DASHED, "groups of 32 samples")
save_plot(__file__, "Share of groups of samples with mixed results", figure)
