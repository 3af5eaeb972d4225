"""Draws the root of the variance of the residual stream at the start of training.

Every one of `PARTS` parts adds an independent output of variance 1, or of 1 / PARTS if scaled.
"""

import math

from plot import DASHED, axes, label, new_figure, save_plot
from style import BLUE, ORANGE

PARTS = 64

figure = new_figure(430)
plot = axes(
    figure,
    (60, 70, 672, 340),
    x_ticks=[(v, str(v)) for v in (0, 16, 32, 48, 64)],
    y_ticks=[(v, str(v)) for v in (0, 2, 4, 6, 8)],
    x_label="parts passed (two in each of 32 layers)",
    y_label="size of the residual stream",
)
plot.set_ylim(0, 8.6)
parts = list(range(PARTS + 1))
plot.plot(parts, [math.sqrt(1 + n) for n in parts], color=ORANGE)
plot.plot(parts, [math.sqrt(1 + n / PARTS) for n in parts], color=BLUE, linestyle=DASHED)
label(plot, 28, 6.3, "not scaled", colour=ORANGE, anchor="right")
label(plot, 62, 2.1, "scaled by 1/√N", colour=BLUE, anchor="right")
save_plot(__file__, "Growth of the residual stream at initialisation", figure)
