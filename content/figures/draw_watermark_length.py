"""Draws the expected z of a watermark against the length of the text, half of the tokens green.

With a share s of green tokens among T, z = (s - 0.5) sqrt(T) / 0.5.
"""

import math

from plot import DASHED, DOTTED, Dash, axes, label, new_figure, save_plot
from style import BLUE, INK, MUTED, ORANGE, Scale

GREEN_SHARE = 0.5
THRESHOLD = 4
SHARES: list[tuple[float, str, Dash]] = [(0.7, BLUE, "-"), (0.6, ORANGE, DASHED)]


def z(share: float, tokens: float) -> float:
    error = math.sqrt(tokens * GREEN_SHARE * (1 - GREEN_SHARE))
    return (share - GREEN_SHARE) * tokens / error


figure = new_figure(510)
plot = axes(
    figure,
    (70, 70, 670, 420),
    x_ticks=[(v, str(v)) for v in range(0, 601, 100)],
    y_ticks=[(v, str(v)) for v in range(0, 11, 2)],
    x_label="length of the text (tokens)",
    y_label="expected z",
)
plot.set_ylim(-0.4, 10)
lengths = Scale(0.01, 600, 0, 1).samples()
plot.plot([0, 600], [THRESHOLD, THRESHOLD], color=MUTED, linewidth=2)
label(plot, 600, THRESHOLD - 0.45, "threshold 4", colour=MUTED, anchor="right")
for share, colour, dash in SHARES:
    plot.plot(lengths, [z(share, n) for n in lengths], color=colour, linestyle=dash)
    reached = (THRESHOLD * 0.5 / (share - GREEN_SHARE)) ** 2
    plot.plot([reached], [THRESHOLD], "o", color=INK)
    label(plot, reached, THRESHOLD, f"{reached:.0f}", offset=(-2, 26), anchor="right", bold=True)
plot.plot([0, 600], [0, 0], color=INK, linestyle=DOTTED, clip_on=False)
label(plot, 300, z(0.7, 300), "70% green", colour=BLUE, offset=(-14, 26), anchor="right")
label(plot, 600, z(0.6, 600), "60% green", colour=ORANGE, offset=(0, 26), anchor="right")
label(plot, 600, 0.7, "50% green: no watermark", colour=INK, anchor="right")
save_plot(__file__, "Expected z of a watermark against the length of the text", figure)
