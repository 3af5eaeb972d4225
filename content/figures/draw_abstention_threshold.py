"""Draws the expected score of answering when wrong answers cost a penalty: p - penalty (1 - p)."""

from plot import DASHED, DOTTED, Dash, axes, label, new_figure, save_plot
from style import BLUE, GREEN, INK, MUTED, ORANGE

PENALTIES: list[tuple[int, str, Dash]] = [(0, GREEN, DOTTED), (1, BLUE, "-"), (3, ORANGE, DASHED)]


def score(confidence: float, penalty: float) -> float:
    return confidence - penalty * (1 - confidence)


figure = new_figure(530)
plot = axes(
    figure,
    (80, 70, 670, 440),
    x_ticks=[(0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1, "1")],
    y_ticks=[(v, str(v).replace("-", "−")) for v in range(-3, 2)],
    x_label="confidence p",
    y_label="expected score of answering",
)
plot.set_ylim(-3.1, 1.1)
plot.plot([0, 1], [0, 0], color=MUTED, linewidth=3)
for penalty, colour, dash in PENALTIES:
    ends = (0, 1)
    plot.plot(ends, [score(p, penalty) for p in ends], color=colour, linestyle=dash)
    threshold = penalty / (1 + penalty)
    plot.plot([threshold], [0], "o", color=INK, clip_on=False)
label(plot, 0.03, 0.52, "no penalty", colour=GREEN)
label(plot, 0.02, -0.32, "penalty 1", colour=BLUE)
label(plot, 0.42, -1.6, "penalty 3", colour=ORANGE)
label(plot, 1, -0.34, "abstain: 0", colour=MUTED, anchor="right")
label(plot, 0.97, -2.75, "dots: answer from here on", anchor="right")
save_plot(__file__, "Expected score of answering for three penalties", figure)
