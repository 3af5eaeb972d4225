"""Draws the win probability that a difference of two Elo-scaled ratings stands for."""

from plot import axes, label, new_figure, save_plot
from style import BLUE, INK, MUTED, Scale

REACH = 400
MARKED = (0, 100, 200, 400)


def win(difference: float) -> float:
    return 1 / (1 + 10 ** (-difference / 400))


figure = new_figure(490)
plot = axes(
    figure,
    (100, 70, 650, 400),
    x_ticks=[(v, f"{v:+}".replace("-", "−") if v else "0") for v in range(-REACH, REACH + 1, 200)],
    y_ticks=[(v / 4, f"{25 * v}%") for v in range(5)],
    x_label="rating of A minus rating of B",
    y_label="probability that A beats B",
)
differences = Scale(-REACH, REACH, 0, 1).samples()
plot.plot(differences, [win(d) for d in differences], color=BLUE)
plot.plot(MARKED, [win(d) for d in MARKED], "o", color=INK, clip_on=False)
for d in MARKED:
    below = (14, -24) if d < REACH else (0, -34)
    anchor = "left" if d < REACH else "center"
    label(plot, d, win(d), f"{win(d):.0%}", offset=below, anchor=anchor, bold=True)
label(plot, -REACH, 0.94, "+100 points win 64% of votes", colour=MUTED, offset=(6, 0))
save_plot(__file__, "Win probability against the difference of two ratings", figure)
