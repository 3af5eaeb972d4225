"""Draws three schedules of the learning rate, each with the same warm-up, from their formulas."""

import math
from collections.abc import Callable

from plot import DASHED, DOTTED, Dash, axes, key, new_figure, save_plot
from style import BLUE, GREEN, ORANGE

WARM_UP = 4  # percent of the steps
STABLE = 80  # where the decay of warmup-stable-decay begins
FLOOR = 10  # percent of the peak at which the cosine ends


def cosine(done: float) -> float:
    share = (done - WARM_UP) / (100 - WARM_UP)
    return FLOOR + (100 - FLOOR) * (1 + math.cos(math.pi * share)) / 2


def stable(done: float) -> float:
    return 100 * min(1, (100 - done) / (100 - STABLE))


def linear(done: float) -> float:
    return 100 * (100 - done) / (100 - WARM_UP)


CURVES: list[tuple[Callable[[float], float], str, Dash, str]] = [
    (cosine, BLUE, "-", "cosine to 10 %"),
    (stable, ORANGE, DASHED, "warmup-stable-decay"),
    (linear, GREEN, DOTTED, "linear to zero"),
]
figure = new_figure(520)
plot = axes(
    figure,
    (112, 190, 660, 430),
    x_ticks=[(v, f"{v} %") for v in (0, 20, 40, 60, 80, 100)],
    y_ticks=[(0, "0"), (50, "50 %"), (100, "100 %")],
    x_label="training steps done",
    y_label="learning rate, of the peak",
)
plot.set_ylim(0, 105)
for i, (schedule, colour, dash, words) in enumerate(CURVES):
    steps = [v / 2 for v in range(201)]
    rates = [100 * s / WARM_UP if s < WARM_UP else schedule(s) for s in steps]
    plot.plot(steps, rates, color=colour, linestyle=dash)
    key(figure, 36 + 36 * i, colour, dash, words)
save_plot(__file__, "Learning rate of three schedules", figure)
