"""Draws how an induction head completes a repeated pair of tokens."""

from style import (
    BLUE,
    EDGE,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    Point,
    curve,
    rect,
    save,
    text,
)

TOKENS = ("the", "red", "kite", "and", "a", "red")
WIDTHS = (74, 74, 82, 74, 60, 74)
LEFT = 24
GAP = 10
TOP = 214
HEIGHT = 48
FILLS = (PALE_GREY, PALE_BLUE, PALE_ORANGE, PALE_GREY, PALE_GREY, PALE_BLUE)


def centre(i: int) -> float:
    return LEFT + sum(WIDTHS[:i]) + GAP * i + WIDTHS[i] / 2


def arc(start: float, end: float, y: float, height: float) -> list[Point]:
    """Half an ellipse over (height above 0) or under the row."""
    steps = [i / 24 for i in range(25)]
    return [(start + (end - start) * t, y - height * 4 * t * (1 - t)) for t in steps]


def head(x: float, y: float, colour: str, up: bool) -> str:
    tip = 12 if up else -12
    return curve([(x - 9, y + tip), (x, y), (x + 9, y + tip)], colour=colour)


shapes = [
    text(24, 44, "2: the later head finds “red came before”", colour=ORANGE),
    text(24, 76, "and looks at what followed: kite", colour=ORANGE),
]
x = float(LEFT)
for token, width, fill in zip(TOKENS, WIDTHS, FILLS, strict=True):
    shapes.append(rect(x, TOP, width, HEIGHT, fill=fill, edge=EDGE, radius=8))
    shapes.append(text(x + width / 2, TOP + 33, token, anchor="middle"))
    x += width + GAP
shapes += [
    curve(arc(centre(5), centre(2) + 8, TOP - 6, 92), colour=ORANGE),
    head(centre(2) + 8, TOP - 6, ORANGE, up=False),
    curve(arc(centre(1), centre(2), TOP + HEIGHT + 6, -44), colour=BLUE, dash="10 8"),
    head(centre(2), TOP + HEIGHT + 6, BLUE, up=True),
    text(24, TOP + 136, "1: an earlier head notes at each token", colour=BLUE),
    text(24, TOP + 168, "which one came before (at kite: red)", colour=BLUE),
    curve([(x - 2, TOP + 24), (x + 34, TOP + 24)], colour=MUTED, width=3),
    curve([(x + 22, TOP + 15), (x + 34, TOP + 24), (x + 22, TOP + 33)], colour=MUTED, width=3),
    rect(x + 44, TOP, 96, HEIGHT, fill=PALE_ORANGE, edge=ORANGE, radius=8),
    text(x + 92, TOP + 33, "kite?", anchor="middle", bold=True),
    text(x + 92, TOP - 16, "predicts", anchor="middle", colour=MUTED),
]
save(__file__, "An induction head completes a repeated pair of tokens", 410, shapes)
