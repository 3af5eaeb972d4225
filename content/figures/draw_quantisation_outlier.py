"""Draws how one outlier stretches a 4-bit grid until its neighbours share a few levels."""

from style import BLUE, INK, MUTED, ORANGE, Scale, curve, dot, save, text

VALUES = (-0.85, -0.6, -0.36, -0.12, 0.14, 0.4, 0.68, 1.0)
OUTLIER = 8.0
TOP_LEVEL = 7  # symmetric 4 bits: -7 to 7
X = Scale(-1.3, 8.2, 40, 680)


def row(base: float, values: tuple[float, ...]) -> list[str]:
    """Levels as ticks on a line at `base`, values as dots above it, joined to their level."""
    step = max(map(abs, values)) / TOP_LEVEL
    shapes = [curve([(X(X.low), base), (X(X.high), base)], colour=MUTED, width=2)]
    for level in range(-TOP_LEVEL, TOP_LEVEL + 1):
        if X.low <= level * step <= X.high:
            x = X(level * step)
            shapes.append(curve([(x, base), (x, base + 22)], colour=INK, width=3))
    for value in values:
        colour = ORANGE if value == OUTLIER else BLUE
        ends = [(X(value), base - 50), (X(round(value / step) * step), base)]
        shapes.append(curve(ends, colour=colour, width=2))
        shapes.append(dot(X(value), base - 50, colour=colour, radius=7))
    return shapes


def used(values: tuple[float, ...]) -> int:
    """How many levels the small values fall on."""
    step = max(map(abs, values)) / TOP_LEVEL
    return len({round(value / step) for value in VALUES})


WITH = (*VALUES, OUTLIER)
save(
    __file__,
    "A 4-bit grid without and with an outlier",
    420,
    [
        text(36, 44, "Without an outlier", bold=True),
        *row(130, VALUES),
        text(X(1.5), 118, f"{len(VALUES)} values on {used(VALUES)} levels"),
        text(36, 212, f"With an outlier of {OUTLIER:g}", bold=True),
        *row(298, WITH),
        text(X(1.5), 286, f"the same {len(VALUES)} on {used(WITH)} levels"),
        text(X(OUTLIER) + 4, 218, "outlier", colour=ORANGE, anchor="end"),
        text(36, 380, "dots: values; ticks: levels of a 4-bit grid (−7 to 7)", colour=MUTED),
    ],
)
