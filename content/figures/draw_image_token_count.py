"""Draws how many tokens a square image makes: (side / pixels per token) squared."""

from plot import DASHED, axes, label, new_figure, save_plot
from style import BLUE, INK, ORANGE, Scale

PATCH = 14
SIDES = (336, 672, 1344)


def tokens(side: float, pixels: float) -> float:
    return (side / pixels) ** 2


figure = new_figure(500)
plot = axes(
    figure,
    (110, 70, 660, 410),
    x_ticks=[(v, f"{v:,}") for v in (0, 336, 672, 1008, 1344)],
    y_ticks=[(v, f"{v:,}") for v in range(0, 10_001, 2500)],
    x_label="side of a square image (pixels)",
    y_label="image tokens",
)
sides = Scale(0, 1344, 0, 1).samples()
plot.plot(sides, [tokens(s, PATCH) for s in sides], color=BLUE)
plot.plot(sides, [tokens(s, 2 * PATCH) for s in sides], color=ORANGE, linestyle=DASHED)
for side in SIDES:
    n = tokens(side, PATCH)
    plot.plot([side], [n], "o", color=INK, clip_on=False)
    label(plot, side, n, f"{n:,.0f}", anchor="right", offset=(-14, 16), bold=True)
label(plot, 40, 8200, "patches of 14 pixels", colour=BLUE)
label(plot, 1330, 780, "merged 2 × 2", colour=ORANGE, anchor="right")
save_plot(__file__, "Image tokens against the side of a square image", figure)
