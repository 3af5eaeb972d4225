"""Draws a toy power law, without and with an irreducible part, on linear and on log-log axes."""

from plot import DASHED, axes, key, new_figure, save_plot
from style import BLUE, ORANGE, Scale

FLOOR = 2.0
X = Scale(1, 100, 0, 1, log=True).samples()


def power(x: float) -> float:
    return float(10 * x**-0.5)


def with_floor(x: float) -> float:
    return FLOOR + power(x)


figure = new_figure(468)
linear = axes(
    figure,
    (62, 62, 330, 330),
    x_ticks=[(v, f"{v}") for v in (1, 50, 100)],
    y_ticks=[(v, f"{v}") for v in (0, 4, 8, 12)],
)
logarithmic = axes(
    figure,
    (410, 62, 676, 330),
    x_ticks=[(v, f"{v}") for v in (1, 10, 100)],
    y_ticks=[(v, f"{v}") for v in (1, 2, 4, 8)],
    log_x=True,
    log_y=True,
)
logarithmic.set_ylim(1, 12)
for plot, name in ((linear, "linear axes"), (logarithmic, "log-log axes")):
    plot.plot(X, [power(x) for x in X], color=BLUE)
    plot.plot(X, [with_floor(x) for x in X], color=ORANGE, linestyle=DASHED)
    plot.set_title(name, pad=14)
key(figure, 398, BLUE, "-", "a / x^b: straight on log-log axes")
key(figure, 436, ORANGE, DASHED, "E + a / x^b: bends towards E")
save_plot(__file__, "A toy power law on linear and on logarithmic axes", figure)
