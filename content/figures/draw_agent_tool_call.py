"""Draws who sends what to whom when a model calls a tool."""

from style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    curve,
    rect,
    save,
    text,
)

MODEL, APP, TOOL = 112, 364, 616
TOP = 96
STEP = 62
MESSAGES = (
    (APP, MODEL, "question, tools", INK),
    (MODEL, APP, "weather(Oslo)", BLUE),
    (APP, TOOL, "run it", INK),
    (TOOL, APP, "9 °C", GREEN),
    (APP, MODEL, "result: 9 °C", INK),
    (MODEL, APP, "answer", BLUE),
)


def message(row: int, start: float, end: float, words: str, colour: str) -> list[str]:
    y = TOP + 56 + row * STEP
    way = 1 if end > start else -1
    tip = end - 6 * way
    return [
        text((start + end) / 2, y - 12, words, anchor="middle", colour=colour),
        curve([(start + 6 * way, y), (tip, y)], colour=colour, width=3),
        curve([(tip - 13 * way, y - 8), (tip, y), (tip - 13 * way, y + 8)], colour=colour, width=3),
    ]


BOTTOM = TOP + 56 + STEP * (len(MESSAGES) - 1) + 24
ACTORS = (
    (MODEL, 150, "model", PALE_BLUE, BLUE),
    (APP, 196, "application", PALE_GREY, INK),
    (TOOL, 150, "tool", PALE_ORANGE, ORANGE),
)
shapes = []
for x, wide, name, fill, edge in ACTORS:
    shapes.append(curve([(x, 78), (x, BOTTOM)], colour=GRID, width=4))
    shapes.append(rect(x - wide / 2, 26, wide, 52, fill=fill, edge=edge, radius=10))
    shapes.append(text(x, 60, name, anchor="middle", bold=True))
for row, (start, end, words, colour) in enumerate(MESSAGES):
    shapes += message(row, start, end, words, colour)
save(__file__, "Messages of one tool call", BOTTOM + 22, shapes)
