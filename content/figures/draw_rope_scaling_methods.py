"""Draws by which factor three methods slow down each pair of RoPE for a context `S` times as long.

Position interpolation: S. NTK-aware: S^(2i/(d-2)). YaRN: 1 / ((1-g)/S + g), where g rises from
0 to 1 while the turns of the pair within the trained length go from `ALPHA` to `BETA`.
"""

import math

from plot import DASHED, DOTTED, axes, label, new_figure, save_plot
from style import BLUE, GREEN, ORANGE

S = 8
D = 128
BASE = 10_000
TRAINED = 4096
ALPHA, BETA = 1, 32


def yarn(pair: int) -> float:
    turns = float(TRAINED / (2 * math.pi * BASE ** (2 * pair / D)))
    kept = min(1.0, max(0.0, (turns - ALPHA) / (BETA - ALPHA)))
    return 1 / ((1 - kept) / S + kept)


figure = new_figure(470)
plot = axes(
    figure,
    (70, 70, 672, 382),
    x_ticks=[(v, str(v)) for v in (0, 16, 32, 48, 63)],
    y_ticks=[(v, f"{v} ×") for v in (0, 2, 4, 6, 8)],
    x_label="pair of dimensions, from fast to slow",
    y_label="slowed down by",
)
plot.set_ylim(0, 9)
pairs = list(range(D // 2))
plot.plot(pairs, [S for _ in pairs], color=ORANGE, linestyle=DASHED)
plot.plot(pairs, [S ** (2 * i / (D - 2)) for i in pairs], color=GREEN, linestyle=DOTTED)
plot.plot(pairs, [yarn(i) for i in pairs], color=BLUE)
label(plot, 2, 7.35, "interpolation", colour=ORANGE)
label(plot, 36, 2.5, "NTK-aware", colour=GREEN, offset=(14, 0))
label(plot, 36, yarn(36), "YaRN", colour=BLUE, offset=(-12, 8), anchor="right")
save_plot(__file__, "How three methods slow down the pairs of RoPE", figure)
