"""Draws the values of a 4-bit integer and of a 4-bit float, both scaled to a largest value of 1."""

from style import BLUE, MUTED, ORANGE, Scale, curve, save, text

INT4 = [k / 7 for k in range(-7, 8)]
E2M1 = [v / 6 for v in (0, 0.5, 1, 1.5, 2, 3, 4, 6)]
FP4 = sorted({*E2M1, *(-v for v in E2M1)})
X = Scale(-1, 1, 50, 670)


def row(base: float, name: str, values: list[float], colour: str) -> list[str]:
    return [
        text(36, base - 64, name, colour=colour, bold=True),
        curve([(X(-1), base), (X(1), base)], colour=MUTED, width=2),
        *(curve([(X(v), base - 20), (X(v), base + 20)], colour=colour, width=5) for v in values),
    ]


save(
    __file__,
    "The values of INT4 and of FP4 (E2M1)",
    350,
    [
        *row(112, "INT4: equal steps", INT4, BLUE),
        *row(246, "FP4 (E2M1): fine near 0, coarse far out", FP4, ORANGE),
        *(
            text(X(v), 306, words, colour=MUTED, anchor=anchor)
            for v, words, anchor in (
                (-1, "−largest", "start"),
                (0, "0", "middle"),
                (1, "largest", "end"),
            )
        ),
    ],
)
