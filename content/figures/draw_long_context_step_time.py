"""Draws the least time of one decoding step by the length of the context.

The step reads all weights and the whole cache of its sequence once, from the memory of one H100.
"""

from plot import DASHED, DOTTED, axes, key, label, new_figure, save_plot
from style import BLUE, INK, MUTED, ORANGE

WEIGHTS = 16e9  # bytes: 8 billion weights of 2 bytes
TOKEN = 128 * 1024  # bytes of cache a token
BANDWIDTH = 3.35e12  # bytes/s
END = 1e6


def milliseconds(size: float) -> float:
    return 1000 * size / BANDWIDTH


crossing = WEIGHTS / TOKEN
cache = milliseconds(END * TOKEN)
weights = milliseconds(WEIGHTS)

figure = new_figure(510)
plot = axes(
    figure,
    (84, 156, 670, 420),
    x_ticks=[(0, "0"), (250e3, "250K"), (500e3, "500K"), (750e3, "750K"), (END, "1M")],
    y_ticks=[(v, str(v)) for v in (0, 20, 40)],
    x_label="tokens in the context",
    y_label="milliseconds of a step at 3.35 TB/s, at least",
)
plot.set_ylim(0, 48)
plot.plot([0, END], [weights, weights], color=BLUE, clip_on=False)
plot.plot([0, END], [0, cache], color=ORANGE, linestyle=DASHED, clip_on=False)
plot.plot([crossing, crossing], [0, weights], color=MUTED, linestyle=DOTTED, linewidth=3)
plot.plot([crossing], [weights], "o", color=INK)
label(plot, crossing, weights, f"{crossing / 1000:.0f}K", anchor="right", offset=(-6, 20))
label(plot, END, weights, f"{weights:.1f} ms", colour=BLUE, anchor="right", offset=(0, 20))
label(plot, END, cache, f"{cache:.0f} ms", colour=ORANGE, anchor="right", offset=(0, 22))
key(figure, 36, BLUE, "-", "reading 16 GB of weights")
key(figure, 70, ORANGE, DASHED, "reading the cache, 128 KiB a token")
save_plot(__file__, "Time of a decoding step at a memory of 3.35 TB/s", figure)
