"""Draws PPO's clipped objective of one token against the ratio of new to old probability."""

from plot import DASHED, axes, key, new_figure, save_plot
from style import BLUE, MUTED, ORANGE

EPSILON = 0.2
RATIOS = [0.5 + 0.01 * i for i in range(101)]


def objective(ratio: float, advantage: float) -> float:
    clipped = min(max(ratio, 1 - EPSILON), 1 + EPSILON)
    return min(ratio * advantage, clipped * advantage)


figure = new_figure(450)
for left, advantage, colour, name in (
    (60, 1, BLUE, "advantage +1"),
    (404, -1, ORANGE, "advantage −1"),
):
    ticks = [(0, "0"), (1, "1")] if advantage > 0 else [(-1, "−1"), (0, "0")]
    plot = axes(
        figure,
        (left, 74, left + 280, 320),
        x_ticks=[(0.8, "0.8"), (1, "1"), (1.2, "1.2")],
        y_ticks=ticks,
        x_label="ratio new : old",
    )
    plot.set_xlim(0.5, 1.5)
    plot.set_ylim((0, 1.6) if advantage > 0 else (-1.6, 0))
    plot.set_title(name, pad=18)
    plain = [ratio * advantage for ratio in RATIOS]
    plot.plot(RATIOS, plain, color=MUTED, linestyle=DASHED, linewidth=3)
    plot.plot(RATIOS, [objective(ratio, advantage) for ratio in RATIOS], color=colour)
    plot.plot([1], [advantage], "o", color=colour)
key(figure, 422, MUTED, DASHED, "without clipping")
save_plot(__file__, "PPO's clipped objective for a positive and a negative advantage", figure)
