"""Draws which share of a model's parameters its vocabulary takes: V / (V + 6 L d).

Input and output matrix together have 2 V d parameters, L layers have 12 d² each.
"""

from plot import DASHED, DOTTED, Dash, axes, key, new_figure, save_plot
from style import BLUE, GREEN, ORANGE, Scale

MODELS: tuple[tuple[int, int, str, Dash], ...] = (
    (12, 768, ORANGE, "-"),
    (32, 4096, BLUE, DASHED),
    (80, 8192, GREEN, DOTTED),
)

figure = new_figure(560)
plot = axes(
    figure,
    (100, 190, 664, 470),
    x_ticks=[(8e3, "8k"), (32e3, "32k"), (128e3, "128k"), (256e3, "256k")],
    y_ticks=[(v / 100, f"{v} %") for v in (0, 20, 40, 60, 80)],
    x_label="entries in the vocabulary (log scale)",
    log_x=True,
)
plot.set_ylim(0, 0.85)
figure.text(24 / 720, 1 - 46 / 560, "share of the parameters: input and output matrix")
for i, (layers, width, colour, dash) in enumerate(MODELS):
    sizes = Scale(8e3, 256e3, 0, 1, log=True).samples(61)
    plot.plot(sizes, [v / (v + 6 * layers * width) for v in sizes], color=colour, linestyle=dash)
    key(figure, 84 + 34 * i, colour, dash, f"{layers} layers of width {width:,}")
save_plot(__file__, "Share of the parameters in the vocabulary matrices", figure)
