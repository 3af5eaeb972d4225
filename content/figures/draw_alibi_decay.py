"""Draws the factor exp(-slope · distance) by which ALiBi lowers a key's weight before softmax
divides by the sum, for heads of an attention with 8 heads: slope 2^(-8h/8) = 2^-h.
"""

import math

from plot import DASHED, DOTTED, Dash, axes, label, new_figure, save_plot
from style import BLUE, GREEN, INK, MUTED, ORANGE, Scale

HEADS: tuple[tuple[int, str, Dash], ...] = (
    (1, ORANGE, "-"),
    (3, BLUE, DASHED),
    (5, GREEN, DOTTED),
    (8, INK, (0, (4, 2, 1, 2))),
)

figure = new_figure(470)
plot = axes(
    figure,
    (80, 70, 680, 380),
    x_ticks=[(1, "1"), (10, "10"), (100, "100"), (1000, "1,000")],
    y_ticks=[(v / 4, f"{v / 4:g}") for v in range(5)],
    x_label="distance in tokens (log scale)",
    y_label="factor on the weight of a key",
    log_x=True,
)
plot.set_xlim(1, 3000)
plot.set_ylim(0, 1.04)
for head, colour, dash in HEADS:
    slope = 2.0**-head
    distances = Scale(1, 3000, 0, 1, log=True).samples()
    plot.plot(distances, [math.exp(-slope * x) for x in distances], color=colour, linestyle=dash)
    half = math.log(2) / slope
    label(plot, half, 0.5, str(head), colour=colour, offset=(12, 6), bold=True)
label(plot, 2900, 0.93, "head 1, 3, 5, 8 of 8", colour=MUTED, anchor="right")
save_plot(__file__, "How ALiBi lowers the weight of far keys, head by head", figure)
