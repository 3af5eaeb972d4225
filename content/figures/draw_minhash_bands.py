"""Draws how likely MinHash finds a pair of documents, from the formula of its bands."""

from plot import axes, label, new_figure, save_plot
from style import BLUE, INK, Scale

BANDS = 14
ROWS = 8
MARKED = ((0.5, (-14, 26), "right"), (0.75, (-18, 6), "right"), (0.9, (40, 28), "right"))


def found(similarity: float) -> float:
    """The chance in percent that all hashes of at least one band agree."""
    return float(100 * (1 - (1 - similarity**ROWS) ** BANDS))


figure = new_figure(460)
plot = axes(
    figure,
    (112, 84, 668, 370),
    x_ticks=[(v / 5, f"{v / 5:.1f}") for v in range(6)],
    y_ticks=[(v, f"{v} %") for v in (0, 25, 50, 75, 100)],
    x_label="Jaccard similarity of two documents",
    y_label="chance to be found as a pair",
)
plot.set_ylim(0, 122)
points = Scale(0, 1, 0, 1).samples(101)
plot.plot(points, [found(s) for s in points], color=BLUE)
for similarity, offset, anchor in MARKED:
    chance = found(similarity)
    plot.plot([similarity], [chance], "o", color=INK)
    words = f"{similarity:g}: {chance:.0f} %" if chance < 99 else f"{similarity:g}: {chance:.2f} %"
    label(plot, similarity, chance, words, anchor=anchor, offset=offset)
save_plot(__file__, "Chance that MinHash finds a pair, 14 bands of 8 hashes", figure)
