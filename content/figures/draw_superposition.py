"""Draws five features as directions in a plane, the best that two dimensions can do."""

import math

from style import BLUE, EDGE, MUTED, PANEL, Point, curve, number, save, text

FEATURES = 5
CENTRE: Point = (190, 214)
RADIUS = 130


def at(degrees: float, radius: float) -> Point:
    turn = math.radians(degrees)
    return CENTRE[0] + radius * math.cos(turn), CENTRE[1] - radius * math.sin(turn)


def arrow(name: int) -> list[str]:
    degrees = 90 + 360 / FEATURES * name
    tip, left, right = (
        at(degrees, RADIUS),
        at(degrees + 7, RADIUS - 24),
        at(degrees - 7, RADIUS - 24),
    )
    head = " ".join(f"{number(x)},{number(y)}" for x, y in (tip, left, right))
    label = at(degrees, RADIUS + 28)
    return [
        curve([CENTRE, at(degrees, RADIUS - 22)], colour=BLUE, width=5),
        f'<polygon points="{head}" fill="{BLUE}"/>',
        text(label[0], label[1] + 9, str(name + 1), anchor="middle", colour=BLUE),
    ]


def overlap(steps: int) -> str:
    """The cosine of the angle between two features that many steps apart."""
    cosine = math.cos(2 * math.pi * steps / FEATURES)
    return f"{cosine:.2f}".replace("-", "−")


save(
    __file__,
    "Five features as directions in two dimensions",
    420,
    [
        f'<circle cx="{number(CENTRE[0])}" cy="{number(CENTRE[1])}" r="{RADIUS}" fill="{PANEL}"'
        f' stroke="{EDGE}" stroke-width="2"/>',
        *(part for name in range(FEATURES) for part in arrow(name)),
        text(392, 120, f"{FEATURES} features,", bold=True),
        text(392, 154, "2 dimensions", bold=True),
        text(392, 212, f"neighbours: {overlap(1)}"),
        text(392, 246, f"others: {overlap(2)}"),
        text(392, 300, "Fine as long as few", colour=MUTED),
        text(392, 334, "are active at once.", colour=MUTED),
    ],
)
