"""Draws how many numbers one layer keeps for a context of n tokens.

Full cache: 2 · 8 · 128 · n (8 key-value heads of width 128). Window: the same with at most 4,096
tokens. Linear attention: 32 heads with a state of 128 × 128, whatever the length.
"""

from plot import DASHED, DOTTED, axes, label, new_figure, save_plot
from style import BLUE, GREEN, ORANGE, Scale

PER_TOKEN = 2 * 8 * 128
WINDOW = 4096
LINEAR = 32 * 128 * 128

figure = new_figure(500)
plot = axes(
    figure,
    (100, 70, 664, 410),
    x_ticks=[(64, "64"), (1024, "1k"), (16384, "16k"), (262144, "256k")],
    y_ticks=[(1e5, "100k"), (1e6, "1M"), (1e7, "10M"), (1e8, "100M"), (1e9, "1B")],
    x_label="context length in tokens (log scale)",
    y_label="numbers kept per layer (log scale)",
    log_x=True,
    log_y=True,
)
plot.set_ylim(6e4, 1e9)
lengths = Scale(64, 262144, 0, 1, log=True).samples()
windowed = [PER_TOKEN * min(n, WINDOW) for n in lengths]
plot.plot(lengths, [PER_TOKEN * n for n in lengths], color=BLUE)
plot.plot(lengths, windowed, color=ORANGE, linestyle=DASHED)
plot.plot(lengths, [LINEAR for _ in lengths], color=GREEN, linestyle=DOTTED)
label(plot, 14000, 1e8, "full cache", colour=BLUE, anchor="right")
label(
    plot,
    262144,
    PER_TOKEN * WINDOW,
    "window of 4,096",
    colour=ORANGE,
    anchor="right",
    offset=(0, -22),
)
label(plot, 262144, LINEAR, "linear state", colour=GREEN, anchor="right", offset=(0, 20))
save_plot(__file__, "Numbers that one layer keeps, against the context length", figure)
