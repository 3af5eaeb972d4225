"""Draws how BM25's factor of one term grows with its count, for passages of three lengths."""

from plot import DASHED, DOTTED, Dash, axes, key, label, new_figure, save_plot
from style import BLUE, GREEN, MUTED, ORANGE, Scale

K1 = 1.2
B = 0.75
LINES: tuple[tuple[float, str, Dash, str], ...] = (
    (0.5, GREEN, DASHED, "half the mean length"),
    (1.0, BLUE, "-", "mean length"),
    (2.0, ORANGE, DOTTED, "twice the mean length"),
)


def factor(count: float, length: float) -> float:
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length))


figure = new_figure(560)
plot = axes(
    figure,
    (84, 196, 680, 470),
    x_ticks=[(v, str(v)) for v in (0, 2, 4, 6, 8, 10)],
    y_ticks=[(v, str(v)) for v in (0, 1, 2)],
    x_label="how often the term occurs",
    y_label="factor of the term",
)
plot.set_ylim(0, 2.5)
for row, (length, colour, dash, words) in enumerate(LINES):
    counts = Scale(0, 10, 0, 1).samples(101)
    plot.plot(counts, [factor(c, length) for c in counts], color=colour, linestyle=dash)
    key(figure, 36 + 34 * row, colour, dash, words)
plot.axhline(K1 + 1, color=MUTED, linewidth=2)
label(plot, 0.1, K1 + 1, f"limit {K1 + 1:.1f}", colour=MUTED, offset=(0, 16))
save_plot(__file__, "Saturation of the term count in BM25", figure)
