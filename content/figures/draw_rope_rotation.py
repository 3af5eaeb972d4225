"""Draws one pair of a key and a query as RoPE turns them: the angle between them stays."""

import math

from style import BLUE, EDGE, GREEN, MUTED, ORANGE, PANEL, Point, curve, number, save, text

STEP = 30  # degrees per position
KEY, QUERY = 50, 20  # degrees before any rotation
RADIUS = 112
CENTRES = (190, 530)
MIDDLE = 218


def at(x: float, degrees: float, radius: float) -> Point:
    turn = math.radians(degrees)
    return x + radius * math.cos(turn), MIDDLE - radius * math.sin(turn)


def arrow(x: float, degrees: float, colour: str, dash: str = "none") -> list[str]:
    tip = at(x, degrees, RADIUS)
    left, right = at(x, degrees + 7, RADIUS - 24), at(x, degrees - 7, RADIUS - 24)
    head = " ".join(f"{number(a)},{number(b)}" for a, b in (tip, left, right))
    return [
        curve([(x, MIDDLE), at(x, degrees, RADIUS - 22)], colour=colour, width=5, dash=dash),
        f'<polygon points="{head}" fill="{colour}"/>',
    ]


def panel(x: float, key: int, query: int) -> list[str]:
    k, q = KEY + STEP * key, QUERY + STEP * query
    arc = [at(x, k + (q - k) * i / 20, 62) for i in range(21)]
    between = at(x, (k + q) / 2, 86)
    k_name, q_name = at(x, k - 2, RADIUS + 34), at(x, q + 2, RADIUS + 34)
    return [
        text(x, 46, f"positions {key} and {query}", anchor="middle", bold=True),
        f'<circle cx="{number(x)}" cy="{MIDDLE}" r="{RADIUS}" fill="{PANEL}" stroke="{EDGE}"'
        ' stroke-width="2"/>',
        *arrow(x, k, BLUE),
        *arrow(x, q, ORANGE, "9 7"),
        curve(arc, colour=GREEN, width=3),
        text(between[0], between[1] + 9, f"{q - k}°", anchor="middle", colour=GREEN),
        text(k_name[0], k_name[1] + 9, f"k at {key}", anchor="middle", colour=BLUE),
        text(q_name[0], q_name[1] + 9, f"q at {query}", anchor="middle", colour=ORANGE),
    ]


save(
    __file__,
    "A key and a query turned by RoPE at two places of a text",
    456,
    [
        *panel(CENTRES[0], 1, 4),
        *panel(CENTRES[1], 6, 9),
        text(360, 396, f"Each arrow turns by θ = {STEP}° per position.", anchor="middle"),
        text(
            360,
            430,
            "Same distance, same angle: same dot product.",
            anchor="middle",
            colour=MUTED,
        ),
    ],
)
