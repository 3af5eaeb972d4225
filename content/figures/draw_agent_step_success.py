"""Draws the chance that a chain of independent steps succeeds, by its length."""

from plot import DASHED, DOTTED, Dash, axes, label, new_figure, save_plot
from style import BLUE, GREEN, INK, ORANGE, WIDTH, Scale

LINES: tuple[tuple[float, str, Dash, float], ...] = (
    (0.999, GREEN, "-", 0),
    (0.99, BLUE, DASHED, 0),
    (0.95, ORANGE, DOTTED, 12),
)
MARK = (20, 0.95)

figure = new_figure(510)
plot = axes(
    figure,
    (84, 80, 590, 420),
    x_ticks=[(v, str(v)) for v in (0, 20, 40, 60, 80, 100)],
    y_ticks=[(v / 100, str(v)) for v in (0, 25, 50, 75, 100)],
    x_label="steps of the task",
    y_label="percent of tasks without an error",
)
for rate, colour, dash, lift in LINES:
    counts = Scale(0, 100, 0, 1).samples(101)
    plot.plot(counts, [rate**n for n in counts], color=colour, linestyle=dash, clip_on=False)
    words = f"{100 * rate:g} %"
    label(plot, 100, rate**100, words, colour=colour, offset=(12, lift), bold=True)
steps, rate = MARK
plot.plot([steps], [rate**steps], "o", color=INK)
label(plot, steps, rate**steps, f"{100 * rate**steps:.0f}", offset=(14, 12))
figure.text(1 - 24 / WIDTH, 1 - 56 / 510, "each step", color=INK, ha="right")
save_plot(__file__, "Success of a chain of steps, each right with the same chance", figure)
