"""Draws a request on its way through an input guard, the model and an output guard."""

from style import (
    BLUE,
    EDGE,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    WIDTH,
    arrow,
    rect,
    save,
    text,
)

STAGES = (("input", "guard"), ("model", "refuses"), ("output", "guard"))
LEFT = 128
BOX = 136
GAP = 28
TOP = 92
HEIGHT = 96
REFUSAL = 262


middle = TOP + HEIGHT / 2
shapes = [
    text(24, 44, "Every stage can stop a request", bold=True),
    text(24, middle - 8, "request", colour=INK),
    *arrow((24, middle + 12), (LEFT - 6, middle + 12), colour=BLUE),
]
for i, (first, second) in enumerate(STAGES):
    x = LEFT + i * (BOX + GAP)
    fill = PALE_GREY if first == "model" else PALE_BLUE
    shapes += [
        rect(x, TOP, BOX, HEIGHT, fill=fill, edge=EDGE, radius=10),
        text(x + BOX / 2, TOP + 42, first, anchor="middle", bold=True),
        text(x + BOX / 2, TOP + 74, second, anchor="middle"),
        *arrow((x + BOX / 2, TOP + HEIGHT + 4), (x + BOX / 2, REFUSAL - 6), colour=ORANGE),
    ]
    if i < 2:
        shapes += arrow((x + BOX + 4, middle), (x + BOX + GAP - 4, middle), colour=BLUE)
end = LEFT + 3 * BOX + 2 * GAP
shapes += [
    text(WIDTH - 24, middle - 8, "answer", anchor="end"),
    *arrow((end + 6, middle + 12), (WIDTH - 24, middle + 12), colour=BLUE),
    rect(LEFT, REFUSAL, end - LEFT, 48, fill=PALE_ORANGE, edge=EDGE, radius=10),
    text((LEFT + end) / 2, REFUSAL + 33, "refusal", anchor="middle", bold=True),
    text(24, REFUSAL + 92, "guards: separate classifiers, trained on a policy", colour=MUTED),
]
save(__file__, "A request passes an input guard, the model and an output guard", 380, shapes)
