"""Draws a toy task of five independent sub-tasks: steady parts, a whole that jumps."""

from style import BLUE, MUTED, ORANGE, Scale, axes, rect, save, text

PARTS = 5
RATES = (0.4, 0.6, 0.8)
X = Scale(0, 3, 100, 690)
Y = Scale(0, 1, 400, 70)
BAR = 68
GAP = 18


def group(index: int, rate: float) -> list[str]:
    left = X(index) + 22
    whole = rate**PARTS
    return [
        rect(left, Y(rate), BAR, Y(0) - Y(rate), fill=BLUE),
        text(left + BAR / 2, Y(rate) - 10, f"{rate:.0%}", colour=BLUE, anchor="middle", bold=True),
        rect(left + BAR + GAP, Y(whole), BAR, Y(0) - Y(whole), fill=ORANGE),
        text(
            left + 1.5 * BAR + GAP,
            Y(whole) - 10,
            f"{whole:.1%}",
            colour=ORANGE,
            anchor="middle",
            bold=True,
        ),
        text(left + BAR + GAP / 2, Y(0) + 36, f"model {index + 1}", colour=MUTED, anchor="middle"),
    ]


save(
    __file__,
    "Five sub-tasks that improve steadily and the whole task that needs all of them",
    520,
    [
        *axes(
            X,
            Y,
            x_ticks=[],
            y_ticks=[(v / 4, f"{25 * v}%") for v in range(5)],
            x_label="",
            y_label="success rate",
        ),
        *[shape for index, rate in enumerate(RATES) for shape in group(index, rate)],
        rect(100, 464, 26, 26, fill=BLUE),
        text(138, 486, "one sub-task: p"),
        rect(370, 464, 26, 26, fill=ORANGE),
        text(408, 486, f"all {PARTS}: p^{PARTS}"),
    ],
)
