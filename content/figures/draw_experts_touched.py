"""Draws the expected share of experts that a batch of tokens needs, from the formula."""

from plot import DASHED, axes, key, new_figure, save_plot
from style import BLUE, ORANGE, Scale


def share(chosen: int, experts: int, tokens: float) -> float:
    """Percent of the experts that at least one of the tokens has chosen."""
    return float(100 * (1 - (1 - chosen / experts) ** tokens))


figure = new_figure(530)
plot = axes(
    figure,
    (112, 160, 674, 440),
    x_ticks=[(1, "1"), (4, "4"), (16, "16"), (64, "64"), (256, "256")],
    y_ticks=[(v, f"{v} %") for v in (0, 25, 50, 75, 100)],
    x_label="tokens in the batch (log scale)",
    y_label="experts read in one layer",
    log_x=True,
)
plot.set_ylim(0, 104)
tokens = Scale(1, 256, 0, 1, log=True).samples(81)
plot.plot(tokens, [share(2, 8, t) for t in tokens], color=BLUE)
plot.plot(tokens, [share(8, 256, t) for t in tokens], color=ORANGE, linestyle=DASHED)
key(figure, 40, BLUE, "-", "2 of 8 experts per token")
key(figure, 78, ORANGE, DASHED, "8 of 256 experts per token")
save_plot(__file__, "Experts needed by a batch, if tokens choose independently", figure)
