"""Draws the loss of differently sized models at equal compute, from the published loss formula."""

from scaling_fit import BESIROGLU
from style import BLUE, INK, MUTED, Scale, axes, curve, dot, save, text

BUDGETS = (1e19, 1e20, 1e21, 1e22)
REACH = 10  # each curve spans this factor on either side of its lowest point
X = Scale(2e7, 2e11, 100, 680, log=True)
Y = Scale(2.0, 3.8, 480, 70)


def loss(n: float, c: float) -> float:
    return BESIROGLU.loss(n, c / (6 * n))


def budget(c: float) -> list[str]:
    best = BESIROGLU.optimal_n(c)
    sizes = Scale(best / REACH, best * REACH, 0, 1, log=True).samples(61)
    right = best * REACH
    return [
        curve([(X(n), Y(loss(n, c))) for n in sizes], colour=BLUE),
        text(X(right) + 10, Y(loss(right, c)) + 8, f"{c:.0e}".replace("+", ""), colour=BLUE),
    ]


def lowest_points() -> list[str]:
    points = [(X(n), Y(loss(n, c))) for c in BUDGETS for n in [BESIROGLU.optimal_n(c)]]
    return [curve(points, width=3, dash="4 10"), *[dot(x, y) for x, y in points]]


save(
    __file__,
    "IsoFLOP curves computed from the fit of Besiroglu et al. 2024",
    570,
    [
        *axes(
            X,
            Y,
            x_ticks=[(1e8, "100M"), (1e9, "1B"), (1e10, "10B"), (1e11, "100B")],
            y_ticks=[(2 + v / 2, f"{2 + v / 2:.1f}") for v in range(4)],
            x_label="parameters (log scale)",
            y_label="loss (nats per token)",
        ),
        *[shape for c in BUDGETS for shape in budget(c)],
        *lowest_points(),
        text(680, 98, "each curve: one budget (FLOPs)", colour=MUTED, anchor="end"),
        text(112, 462, "dots: best size", colour=INK),
    ],
)
