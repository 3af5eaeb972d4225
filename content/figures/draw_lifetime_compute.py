"""Draws training plus inference compute of models of different sizes that reach one loss."""

from scaling_fit import BESIROGLU
from style import BLUE, GREEN, INK, ORANGE, Scale, axes, curve, dot, save, text

TARGET = BESIROGLU.loss(13e9, 20 * 13e9)
SERVED = ((0.0, BLUE, "none"), (1e12, GREEN, "16 8"), (4e12, ORANGE, "5 9"))
X = Scale(4e9, 2.4e10, 100, 620, log=True)
Y = Scale(0, 1.7e23, 460, 70)


def lifetime(n: float, served: float) -> float:
    """FLOPs: 6 per parameter and training token, 2 per parameter and token served."""
    return 6 * n * BESIROGLU.tokens_for(TARGET, n) + 2 * n * served


def best(served: float) -> float:
    return min(X.samples(2001), key=lambda n: lifetime(n, served))


def demand(served: float, colour: str, dash: str) -> list[str]:
    points = [(X(n), Y(lifetime(n, served))) for n in X.samples()]
    points = [(x, y) for x, y in points if y >= Y.end]
    lowest = best(served)
    x, y = X(lowest), Y(lifetime(lowest, served))
    return [
        curve(points, colour=colour, dash=dash),
        dot(x, y, colour=colour),
        text(x, y - 18, f"{lowest / 1e9:.0f}B", colour=colour, anchor="middle", bold=True),
        text(
            points[-1][0] + 12, points[-1][1] + 8, f"{served / 1e12:.0f}T", colour=colour, bold=True
        ),
    ]


save(
    __file__,
    "Lifetime compute at equal loss, computed from the fit of Besiroglu et al. 2024",
    550,
    [
        *axes(
            X,
            Y,
            x_ticks=[(4e9, "4B"), (7e9, "7B"), (1.3e10, "13B"), (2.4e10, "24B")],
            y_ticks=[(v * 4e22, "0" if v == 0 else f"{4 * v}e22") for v in range(5)],
            x_label="parameters (log scale)",
            y_label="training + serving (FLOPs)",
        ),
        *[shape for case in SERVED for shape in demand(*case)],
        text(696, 46, "tokens served:", colour=INK, anchor="end"),
    ],
)
