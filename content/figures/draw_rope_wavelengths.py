"""Draws the wavelengths 2π b^(2i/d) of RoPE's pairs for two bases b and heads of width d."""

import math

from plot import DASHED, DOTTED, Dash, axes, label, new_figure, save_plot
from style import BLUE, INK, ORANGE

WIDTH = 128
TRAINED = 4096
BASES: tuple[tuple[float, str, Dash, tuple[int, int]], ...] = (
    (10_000, BLUE, "-", (40, -34)),
    (500_000, ORANGE, DASHED, (-120, 12)),
)

figure = new_figure(500)
plot = axes(
    figure,
    (110, 70, 672, 412),
    x_ticks=[(v, str(v)) for v in (0, 16, 32, 48, 63)],
    y_ticks=[(10, "10"), (100, "100"), (1e3, "1,000"), (1e4, "10k"), (1e5, "100k"), (1e6, "1M")],
    x_label="pair of dimensions",
    y_label="wavelength in tokens (log scale)",
    log_y=True,
)
plot.set_ylim(5, 4e6)
pairs = list(range(WIDTH // 2))
for base, colour, dash, offset in BASES:
    waves = [2 * math.pi * base ** (2 * i / WIDTH) for i in pairs]
    plot.plot(pairs, waves, color=colour, linestyle=dash)
    label(plot, 50, waves[50], f"base {base:,.0f}", colour=colour, offset=offset, anchor="center")
plot.axhline(TRAINED, color=INK, linestyle=DOTTED, linewidth=3)
label(plot, 1, TRAINED, f"{TRAINED:,} tokens", offset=(0, 16))
save_plot(__file__, "Wavelengths of RoPE's pairs for two bases", figure)
