"""Draws what one sequence keeps in memory: attention in all layers, in some and in none."""

from plot import DASHED, DOTTED, axes, key, new_figure, save_plot
from style import BLUE, GREEN, ORANGE, Scale

LAYERS = 32
PER_TOKEN = 2 * 8 * 128 * 2  # bytes of one attention layer: keys and values, heads, width, 16 bits
STATE = 8192 * 16 * 2  # bytes of one Mamba layer: channels, state of each, 16 bits


def memory(attention: int, tokens: float) -> float:
    """Bytes with `attention` of the layers attention and the others Mamba."""
    return attention * PER_TOKEN * tokens + (LAYERS - attention) * STATE


figure = new_figure(540)
plot = axes(
    figure,
    (134, 196, 670, 446),
    x_ticks=[(2**10, "1K"), (2**12, "4K"), (2**14, "16K"), (2**16, "64K"), (2**18, "256K")],
    y_ticks=[(10.0**p, words) for p, words in ((6, "1 MB"), (8, "100 MB"), (10, "10 GB"))],
    x_label="tokens of context (log scale)",
    y_label="memory of one sequence",
    log_x=True,
    log_y=True,
)
plot.set_ylim(3e5, 1e11)
tokens = Scale(2**10, 2**18, 0, 1, log=True).samples(41)
plot.plot(tokens, [memory(LAYERS, t) for t in tokens], color=BLUE)
plot.plot(tokens, [memory(4, t) for t in tokens], color=ORANGE, linestyle=DASHED)
plot.plot(tokens, [memory(0, t) for t in tokens], color=GREEN, linestyle=DOTTED)
key(figure, 40, BLUE, "-", "attention in all 32 layers")
key(figure, 78, ORANGE, DASHED, "attention in 4, Mamba in 28 layers")
key(figure, 116, GREEN, DOTTED, "Mamba in all 32 layers")
save_plot(__file__, "Memory of one sequence against context", figure)
