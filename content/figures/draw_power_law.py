"""Draws a toy power law, without and with an irreducible part, on linear and on log-log axes."""

from style import BLUE, GRID, MUTED, ORANGE, Scale, curve, save, text

FLOOR = 2.0


def power(x: float) -> float:
    return float(10 * x**-0.5)


def with_floor(x: float) -> float:
    return FLOOR + power(x)


def panel(name: str, x: Scale, y: Scale, x_ticks: list[float], y_ticks: list[float]) -> list[str]:
    shapes = [curve([(x.start, y(v)), (x.end, y(v))], colour=GRID, width=2) for v in y_ticks]
    shapes += [text(x.start - 8, y(v) + 8, f"{v:g}", colour=MUTED, anchor="end") for v in y_ticks]
    shapes += [text(x(v), y.start + 34, f"{v:g}", colour=MUTED, anchor="middle") for v in x_ticks]
    return [
        *shapes,
        curve([(x.start, y.start), (x.end, y.start)], colour=MUTED, width=2),
        text((x.start + x.end) / 2, 40, name, anchor="middle", bold=True),
        curve([(x(v), y(power(v))) for v in x.samples()], colour=BLUE),
        curve([(x(v), y(with_floor(v))) for v in x.samples()], colour=ORANGE, dash="14 9"),
    ]


def legend(top: int) -> list[str]:
    return [
        curve([(70, top - 8), (120, top - 8)], colour=BLUE),
        text(134, top, "a / x^b: straight on log-log axes"),
        curve([(70, top + 30), (120, top + 30)], colour=ORANGE, dash="14 9"),
        text(134, top + 38, "E + a / x^b: bends towards E"),
    ]


save(
    __file__,
    "A toy power law on linear and on logarithmic axes",
    468,
    [
        *panel(
            "linear axes",
            Scale(1, 100, 62, 330, log=False),
            Scale(0, 12, 330, 62),
            [1, 50, 100],
            [0, 4, 8, 12],
        ),
        *panel(
            "log-log axes",
            Scale(1, 100, 410, 676, log=True),
            Scale(1, 12, 330, 62, log=True),
            [1, 10, 100],
            [1, 2, 4, 8],
        ),
        *legend(406),
    ],
)
