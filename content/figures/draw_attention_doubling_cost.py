"""Draws by which factor a layer's FLOPs grow from n to 2n tokens: 4n²d + 24nd² at both lengths."""

from plot import DASHED, Dash, axes, key, new_figure, save_plot
from style import BLUE, INK, ORANGE, Scale

WIDTHS: tuple[tuple[int, str, Dash], ...] = ((4096, BLUE, "-"), (8192, ORANGE, DASHED))


def flops(n: float, d: float) -> float:
    return 4 * n**2 * d + 24 * n * d**2


def growth(n: float, d: float) -> float:
    return flops(2 * n, d) / flops(n, d)


figure = new_figure(520)
plot = axes(
    figure,
    (104, 150, 664, 430),
    x_ticks=[(1024, "1k"), (4096, "4k"), (16384, "16k"), (65536, "64k"), (262144, "256k")],
    y_ticks=[(v, f"{v:g} ×") for v in (2, 2.5, 3, 3.5, 4)],
    x_label="tokens before the doubling (log scale)",
    log_x=True,
)
figure.text(24 / 720, 1 - 46 / 520, "compute of a layer when the context is doubled")
for i, (d, colour, dash) in enumerate(WIDTHS):
    lengths = Scale(1024, 262144, 0, 1, log=True).samples(61)
    plot.plot(lengths, [growth(n, d) for n in lengths], color=colour, linestyle=dash)
    plot.plot([6 * d], [3], "o", color=INK)
    key(figure, 82 + 34 * i, colour, dash, f"width {d:,}: 3 × from {6 * d:,}")
save_plot(__file__, "Growth of a layer's compute when the context is doubled", figure)
