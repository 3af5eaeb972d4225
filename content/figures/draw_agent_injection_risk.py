"""Draws the three abilities that together let a prompt injection leak data."""

from style import BLUE, GREEN, INK, ORANGE, WIDTH, save, text

RADIUS = 148
CIRCLES = (
    (274, 178, BLUE, "#cfe4f2"),
    (446, 178, ORANGE, "#f7dcc6"),
    (360, 304, GREEN, "#d3e8df"),
)


def circle(x: float, y: float, edge: str, fill: str) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="{fill}" fill-opacity="0.6"'
        f' stroke="{edge}" stroke-width="3"/>'
    )


save(
    __file__,
    "Untrusted input, private data and a way out",
    480,
    [
        *(circle(x, y, edge, fill) for x, y, edge, fill in CIRCLES),
        text(200, 142, "reads", anchor="middle", colour=BLUE),
        text(200, 172, "untrusted", anchor="middle", colour=BLUE),
        text(200, 202, "text", anchor="middle", colour=BLUE),
        text(518, 142, "sees", anchor="middle", colour=ORANGE),
        text(518, 172, "private", anchor="middle", colour=ORANGE),
        text(518, 202, "data", anchor="middle", colour=ORANGE),
        text(360, 384, "can send", anchor="middle", colour=GREEN),
        text(360, 414, "data out", anchor="middle", colour=GREEN),
        text(WIDTH / 2, 230, "leak", anchor="middle", colour=INK, bold=True),
    ],
)
