"""Draws loss against compute for fixed model sizes and the compute-optimal line below them."""

from scaling_fit import BESIROGLU
from style import BLUE, GREEN, INK, ORANGE, Scale, axes, curve, save, text

SIZES = (  # with how far the name is moved down
    (1e8, "100M", BLUE, "none", 8),
    (1e9, "1B", GREEN, "16 8", 2),
    (1e10, "10B", ORANGE, "5 9", 6),
)
X = Scale(1e18, 1e24, 100, 620, log=True)
Y = Scale(1.6, 4.2, 460, 70)


def model(n: float, name: str, colour: str, dash: str, shift: int) -> list[str]:
    points = [(X(c), Y(BESIROGLU.loss(n, c / (6 * n)))) for c in X.samples()]
    inside = [(x, y) for x, y in points if y >= Y.end]
    return [
        curve(inside, colour=colour, dash=dash),
        text(X.end + 12, inside[-1][1] + shift, name, colour=colour, bold=True),
    ]


def frontier() -> str:
    best = [(c, BESIROGLU.optimal_n(c)) for c in X.samples()]
    points = [(X(c), Y(BESIROGLU.loss(n, c / (6 * n)))) for c, n in best]
    return curve(points, colour=INK, width=6)


save(
    __file__,
    "Loss against compute, computed from the fit of Besiroglu et al. 2024",
    550,
    [
        *axes(
            X,
            Y,
            x_ticks=[(10.0**i, f"1e{i}") for i in range(18, 25)],
            y_ticks=[(2 + v / 2, f"{2 + v / 2:.1f}") for v in range(5)],
            x_label="training compute (FLOPs, log scale)",
            y_label="loss (nats per token)",
        ),
        frontier(),
        *[shape for size in SIZES for shape in model(*size)],
        text(116, 446, "thick: best size at each budget", colour=INK),
    ],
)
