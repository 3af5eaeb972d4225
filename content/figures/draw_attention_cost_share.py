"""Draws the share of a layer's FLOPs in scores and weighted means: 4n²d / (4n²d + 24nd²)."""

from plot import DASHED, Dash, axes, key, new_figure, save_plot
from style import BLUE, INK, ORANGE, Scale

WIDTHS: tuple[tuple[int, str, Dash], ...] = ((4096, BLUE, "-"), (8192, ORANGE, DASHED))


def share(n: float, d: float) -> float:
    return n / (n + 6 * d)


figure = new_figure(520)
plot = axes(
    figure,
    (100, 150, 664, 430),
    x_ticks=[(1024, "1k"), (4096, "4k"), (16384, "16k"), (65536, "64k"), (262144, "256k")],
    y_ticks=[(v / 100, f"{v} %") for v in (0, 25, 50, 75, 100)],
    x_label="context length in tokens (log scale)",
    log_x=True,
)
figure.text(24 / 720, 1 - 46 / 520, "share of the layer's compute in n × n attention")
for i, (d, colour, dash) in enumerate(WIDTHS):
    lengths = Scale(1024, 262144, 0, 1, log=True).samples(61)
    plot.plot(lengths, [share(n, d) for n in lengths], color=colour, linestyle=dash)
    plot.plot([6 * d], [0.5], "o", color=INK)
    key(figure, 82 + 34 * i, colour, dash, f"width {d:,}: one half at {6 * d:,}")
save_plot(__file__, "Share of a layer's compute in attention, by context length", figure)
