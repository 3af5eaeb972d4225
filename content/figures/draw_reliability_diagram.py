"""Draws the reliability diagram of the worked example: stated confidence against share right."""

from plot import DASHED, axes, label, new_figure, save_plot
from style import BLUE, INK, MUTED, ORANGE

BINS = ((0.55, 20, 10), (0.75, 40, 26), (0.95, 40, 32))  # confidence, answers, right ones

figure = new_figure(530)
plot = axes(
    figure,
    (100, 70, 660, 440),
    x_ticks=[(v / 10, f"{v / 10:.1f}") for v in range(5, 11)],
    y_ticks=[(v / 10, f"{v / 10:.1f}") for v in range(4, 11, 2)],
    x_label="stated confidence",
    y_label="share of right answers",
)
plot.plot([0.5, 1], [0.5, 1], color=MUTED, linestyle=DASHED)
label(plot, 0.74, 0.84, "perfect calibration", colour=MUTED, anchor="right")
for confidence, answers, right in BINS:
    share = right / answers
    plot.plot([confidence, confidence], [share, confidence], color=ORANGE)
    gap = f"{confidence - share:.2f}"
    middle = (share + confidence) / 2
    label(plot, confidence, middle, gap, colour=ORANGE, offset=(10, 0), bold=True)
    label(plot, confidence, share, f"n = {answers}", anchor="center", offset=(0, -44))
points = [(confidence, right / answers) for confidence, answers, right in BINS]
plot.plot([x for x, _ in points], [y for _, y in points], "o", color=BLUE)
label(plot, 0.5, 0.96, "n: answers in a bin", colour=INK, offset=(8, 0))
save_plot(__file__, "Reliability diagram of three bins, all of them overconfident", figure)
