"""Draws ReLU, GELU = x Φ(x) and SiLU = x / (1 + exp(-x))."""

import math

from plot import DASHED, DOTTED, axes, key, new_figure, save_plot
from style import BLUE, GREEN, ORANGE, Scale


def gelu(x: float) -> float:
    return x * (1 + math.erf(x / math.sqrt(2))) / 2


def silu(x: float) -> float:
    return x / (1 + math.exp(-x))


figure = new_figure(500)
plot = axes(
    figure,
    (70, 40, 672, 440),
    x_ticks=[(v, str(v).replace("-", "−")) for v in range(-4, 4)],
    y_ticks=[(v, str(v)) for v in range(4)],
)
plot.set_ylim(-0.5, 3)
places = Scale(-4, 3, 0, 1).samples(141)
plot.plot(places, [max(0.0, x) for x in places], color=ORANGE)
plot.plot(places, [gelu(x) for x in places], color=BLUE, linestyle=DASHED)
plot.plot(places, [silu(x) for x in places], color=GREEN, linestyle=DOTTED)
key(figure, 68, ORANGE, "-", "ReLU")
key(figure, 100, BLUE, DASHED, "GELU, lowest −0.17")
key(figure, 132, GREEN, DOTTED, "SiLU, lowest −0.28")
save_plot(__file__, "ReLU, GELU and SiLU", figure)
