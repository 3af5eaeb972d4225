"""Draws one smooth toy improvement under a per-token score and under exact match."""

import math

from style import BLUE, ORANGE, Scale, axes, curve, dot, save, text

LENGTH = 10  # tokens in the answer, all of which exact match needs
X = Scale(1, 1e6, 100, 680, log=True)
Y = Scale(0, 1, 440, 70)


def per_token(compute: float) -> float:
    """Toy model: the loss of a token falls as a power law, and its probability is exp(-loss)."""
    return math.exp(-1.8 * compute**-0.25)


save(
    __file__,
    "The same toy model scored token by token and by exact match",
    530,
    [
        *axes(
            X,
            Y,
            x_ticks=[(10**i, "1" if i == 0 else f"1e{i}") for i in range(7)],
            y_ticks=[(v / 4, f"{25 * v}%") for v in range(5)],
            x_label="training compute (toy units, log scale)",
            y_label="score",
        ),
        curve([(X(c), Y(per_token(c))) for c in X.samples()], colour=BLUE),
        curve(
            [(X(c), Y(per_token(c) ** LENGTH)) for c in X.samples()],
            colour=ORANGE,
            dash="14 9",
        ),
        *[dot(X(10**i), Y(per_token(10**i)), colour=BLUE) for i in range(7)],
        *[dot(X(10**i), Y(per_token(10**i) ** LENGTH), colour=ORANGE) for i in range(7)],
        text(126, 150, "one token right: p", colour=BLUE, bold=True),
        text(176, 388, f"all {LENGTH} right: p^{LENGTH}", colour=ORANGE, bold=True),
    ],
)
