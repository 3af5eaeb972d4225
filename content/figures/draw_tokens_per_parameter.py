"""Draws the tokens per parameter that two published fits of one loss formula call optimal."""

from scaling_fit import BESIROGLU, HOFFMANN, Fit
from style import BLUE, INK, MUTED, ORANGE, Point, Scale, axes, curve, dot, save, text

CHINCHILLA = 6 * 70e9 * 1.4e12
X = Scale(1e19, 1e25, 100, 680, log=True)
Y = Scale(0, 140, 440, 70)


def line(fit: Fit) -> list[Point]:
    return [(X(c), Y(c / 6 / fit.optimal_n(c) ** 2)) for c in X.samples()]


save(
    __file__,
    "Optimal tokens per parameter from two published fits",
    530,
    [
        *axes(
            X,
            Y,
            x_ticks=[(10.0**i, f"1e{i}") for i in range(19, 26)],
            y_ticks=[(v, str(v)) for v in (0, 20, 60, 100, 140)],
            x_label="training compute (FLOPs, log scale)",
            y_label="tokens per parameter",
        ),
        curve(line(HOFFMANN), colour=ORANGE, dash="14 9"),
        curve(line(BESIROGLU), colour=BLUE),
        curve([(X(CHINCHILLA), Y(0)), (X(CHINCHILLA), Y(20))], colour=MUTED, width=2),
        dot(X(CHINCHILLA), Y(1.4e12 / 70e9), colour=INK, radius=9),
        text(118, 196, "Hoffmann 2022, as printed", colour=ORANGE, bold=True),
        text(118, 425, "Besiroglu 2024", colour=BLUE, bold=True),
        text(X(CHINCHILLA) - 16, 345, "Chinchilla: 20", anchor="middle"),
    ],
)
