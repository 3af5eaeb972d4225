"""Draws contextual calibration of the worked example: divide by the content-free probabilities."""

from style import (
    BLUE,
    EDGE,
    INK,
    MUTED,
    ORANGE,
    PALE_GREY,
    PANEL,
    Scale,
    curve,
    rect,
    save,
    text,
)

CONTENT_FREE = 0.7  # probability of the label positive for the input "N/A"
REVIEW = 0.6

ratios = (REVIEW / CONTENT_FREE, (1 - REVIEW) / (1 - CONTENT_FREE))
calibrated = ratios[0] / sum(ratios)
ROWS = (
    ("input “N/A”", CONTENT_FREE, PALE_GREY),
    ("review, before", REVIEW, BLUE),
    ("review, after", calibrated, ORANGE),
)
TOP = 76
HEIGHT = 52
STEP = 76

scale = Scale(0, 1, 230, 690)
bottom = TOP + 2 * STEP + HEIGHT + 14
shapes = [
    text(24, 44, "probability of “positive”", bold=True),
    curve([(scale(0), TOP - 12), (scale(0), bottom)], colour=MUTED, width=2),
]
for i, (name, value, fill) in enumerate(ROWS):
    y = TOP + i * STEP
    shapes += [
        text(24, y + 34, name),
        rect(scale(0), y, scale(value) - scale(0), HEIGHT, fill=fill, edge=EDGE),
        text(
            scale(0) + 16,
            y + 34,
            f"{value:.0%}",
            colour=INK if fill == PALE_GREY else PANEL,
            bold=True,
        ),
    ]
shapes += [
    curve([(scale(0.5), TOP - 12), (scale(0.5), bottom)], colour=INK, width=3, dash="8 8"),
    text(scale(0.5), bottom + 32, "50%: the decision", anchor="middle"),
]
save(__file__, "Contextual calibration turns the decision around", 350, shapes)
