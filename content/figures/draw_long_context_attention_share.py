"""Draws which part of a token's compute goes into attention, by the number of tokens before it.

A block of width d has 12 d² weights, so its matrices cost 24 d² FLOPs a token; scores and
weighted sum over n tokens cost 4 n d.
"""

from plot import DASHED, DOTTED, Dash, axes, key, label, new_figure, save_plot
from style import BLUE, INK, MUTED, ORANGE, Scale

LENGTHS = Scale(1e3, 1e6, 0, 1, log=True)
LINES: tuple[tuple[int, str, Dash], ...] = ((4096, BLUE, "-"), (8192, ORANGE, DASHED))


def share(n: float, d: int) -> float:
    return 4 * n * d / (24 * d * d + 4 * n * d)


figure = new_figure(546)
plot = axes(
    figure,
    (100, 156, 680, 456),
    x_ticks=[(1e3, "1K"), (1e4, "10K"), (1e5, "100K"), (1e6, "1M")],
    y_ticks=[(0, "0"), (0.5, "50"), (1, "100")],
    x_label="tokens in the context (log scale)",
    y_label="percent of compute in attention",
    log_x=True,
)
for d, colour, dash in LINES:
    lengths = LENGTHS.samples(91)
    plot.plot(lengths, [share(n, d) for n in lengths], color=colour, linestyle=dash)
    plot.plot([6 * d, 6 * d], [0, 0.5], color=MUTED, linestyle=DOTTED, linewidth=3)
    plot.plot([6 * d], [0.5], "o", color=colour)
label(plot, 6 * 4096, 0.08, "25K", colour=BLUE, anchor="right", offset=(-10, 0))
label(plot, 6 * 8192, 0.08, "49K", colour=ORANGE, offset=(10, 0))
label(plot, 1e6, 0.36, "dots: one half", colour=INK, anchor="right")
key(figure, 36, BLUE, "-", "width 4,096")
key(figure, 70, ORANGE, DASHED, "width 8,192")
save_plot(__file__, "Share of attention in the compute of a token", figure)
