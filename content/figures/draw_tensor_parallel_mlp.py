"""Draws a feed-forward layer split over two devices: columns of A, rows of B, one all-reduce."""

from style import (
    BLUE,
    EDGE,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    PANEL,
    arrow,
    rect,
    save,
    text,
)

LANES = ((146, PALE_BLUE, BLUE), (320, PALE_ORANGE, ORANGE))
MIDDLE = 233


def lane(device: int, centre: int, fill: str, edge: str) -> list[str]:
    """The half of A as a tall block beside a pale one, the half of B as a flat block."""
    top = centre - 42
    a = 192 + 42 * device
    b = top + 42 * device
    name = str(device + 1)
    return [
        rect(192, top, 84, 84, fill=PANEL, edge=EDGE),
        rect(a, top, 42, 84, fill=fill, edge=edge),
        text(a + 21, centre + 8, f"A{'₁₂'[device]}", anchor="middle"),
        rect(316, centre - 26, 82, 52, fill=PALE_GREY, edge=MUTED, radius=26),
        text(357, centre + 8, "act", anchor="middle"),
        rect(438, top, 84, 84, fill=PANEL, edge=EDGE),
        rect(438, b, 84, 42, fill=fill, edge=edge),
        text(480, b + 30, f"B{'₁₂'[device]}", anchor="middle"),
        *arrow((88, MIDDLE), (188, centre)),
        *arrow((278, centre), (312, centre)),
        *arrow((400, centre), (434, centre)),
        *arrow((524, centre), (586, MIDDLE - 18 + 36 * device)),
        text(192, top - 12 if device == 0 else top + 112, f"device {name}", colour=MUTED),
    ]


save(
    __file__,
    "A feed-forward layer split over two devices",
    480,
    [
        *(shape for i, (y, fill, edge) in enumerate(LANES) for shape in lane(i, y, fill, edge)),
        rect(36, MIDDLE - 26, 52, 52, fill=PALE_GREY, edge=MUTED, radius=8),
        text(62, MIDDLE + 8, "X", anchor="middle", bold=True),
        rect(590, MIDDLE - 40, 94, 80, fill=PALE_GREY, edge=INK, radius=8),
        text(637, MIDDLE - 6, "sum", anchor="middle", bold=True),
        text(637, MIDDLE + 24, "→ Z", anchor="middle", bold=True),
        text(637, MIDDLE + 74, "all-reduce", anchor="middle", colour=MUTED),
        text(360, 44, "columns of A, then rows of B", anchor="middle", colour=MUTED),
        text(360, 454, "X · A needs no exchange before B", anchor="middle", colour=MUTED),
    ],
)
