"""Draws what happens to the tokens of three experts that may take five tokens each."""

from style import BLUE, EDGE, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, PANEL, curve, rect, save, text

LIMIT = 5
LOADS = (7, 3, 2)
CELL = 40
STEP = 46
COLUMNS = (60, 190, 320)
WIDE = 90
BOTTOM = 392


def column(left: int, expert: int, load: int) -> list[str]:
    """The places from the bottom up: taken, empty, and above the limit the dropped tokens."""
    shapes = []
    for place in range(max(LIMIT, load)):
        top = BOTTOM - (place + 1) * STEP
        if place >= LIMIT:
            fill, edge = PALE_ORANGE, ORANGE
        elif place < load:
            fill, edge = PALE_BLUE, BLUE
        else:
            fill, edge = PANEL, EDGE
        shapes.append(rect(left, top, WIDE, CELL, fill=fill, edge=edge, radius=8))
        if place >= LIMIT:
            shapes.append(
                curve(
                    [(left + 32, top + 8), (left + WIDE - 32, top + CELL - 8)],
                    colour=ORANGE,
                )
            )
            shapes.append(
                curve(
                    [(left + 32, top + CELL - 8), (left + WIDE - 32, top + 8)],
                    colour=ORANGE,
                )
            )
    shapes.append(text(left + WIDE / 2, BOTTOM + 30, f"E{expert + 1}", anchor="middle", bold=True))
    return shapes


def legend(y: int, fill: str, edge: str, first: str, second: str) -> list[str]:
    return [
        rect(452, y - 22, 28, 28, fill=fill, edge=edge, radius=4),
        text(494, y, first),
        text(494, y + 30, second, colour=MUTED),
    ]


line = BOTTOM - LIMIT * STEP - 3
save(
    __file__,
    "Twelve tokens for three experts with five places each",
    450,
    [
        *(
            shape
            for expert, (left, load) in enumerate(zip(COLUMNS, LOADS, strict=True))
            for shape in column(left, expert, load)
        ),
        curve([(36, line), (434, line)], colour=MUTED, width=3, dash="8 8"),
        text(190, line - 14, f"limit: {LIMIT} tokens each", colour=MUTED),
        *legend(86, PALE_ORANGE, ORANGE, "dropped", "skips the layer"),
        *legend(186, PALE_BLUE, BLUE, "processed", "by its expert"),
        *legend(286, PANEL, EDGE, "empty place", "padding"),
    ],
)
