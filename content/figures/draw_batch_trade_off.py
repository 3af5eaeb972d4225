"""Draws steps and data against the batch, as multiples of their least values (1 + 1/b, 1 + b)."""

from plot import DASHED, axes, key, label, new_figure, save_plot
from style import BLUE, INK, ORANGE, Scale

figure = new_figure(500)
plot = axes(
    figure,
    (90, 160, 660, 410),
    x_ticks=[(1 / 16, "B*/16"), (1 / 4, "B*/4"), (1, "B*"), (4, "4 B*"), (16, "16 B*")],
    y_ticks=[(1, "1"), (2, "2"), (4, "4"), (8, "8"), (16, "16")],
    x_label="batch B (log scale)",
    y_label="multiple of the least possible",
    log_x=True,
    log_y=True,
)
plot.set_ylim(0.85, 18)
batches = Scale(1 / 16, 16, 0, 1, log=True).samples(61)
plot.plot(batches, [1 + 1 / b for b in batches], color=BLUE)
plot.plot(batches, [1 + b for b in batches], color=ORANGE, linestyle=DASHED)
plot.plot([1], [2], "o", color=INK)
label(plot, 1, 2, "2 and 2", anchor="center", offset=(0, 48), bold=True)
key(figure, 40, BLUE, "-", "steps to a given loss")
key(figure, 78, ORANGE, DASHED, "examples to a given loss")
save_plot(__file__, "Steps and data against the batch", figure)
