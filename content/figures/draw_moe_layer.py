"""Draws how a mixture-of-experts layer sends one token to two of its eight experts."""

from style import BLUE, EDGE, INK, MUTED, ORANGE, PALE_BLUE, PALE_GREY, curve, dot, rect, save, text

EXPERTS = 8
CHOSEN = {1: "0.7", 6: "0.3"}  # counted from 0
LEFT = 36
STEP = 82
CELL = 74
ROUTER = 352
TOP = 196
SUM = (360, 64)


def centre(expert: int) -> float:
    return LEFT + expert * STEP + CELL / 2


def expert_box(expert: int) -> list[str]:
    chosen = expert in CHOSEN
    return [
        rect(
            LEFT + expert * STEP,
            TOP,
            CELL,
            66,
            fill=PALE_BLUE if chosen else PALE_GREY,
            edge=BLUE if chosen else EDGE,
            radius=8,
        ),
        text(
            centre(expert),
            TOP + 42,
            f"E{expert + 1}",
            anchor="middle",
            bold=chosen,
            colour=INK if chosen else MUTED,
        ),
    ]


def route(expert: int) -> str:
    """The line from the router to an expert: full and thick where it is chosen."""
    line = [(360.0, float(ROUTER)), (centre(expert), float(TOP + 68))]
    if expert in CHOSEN:
        return curve(line, colour=ORANGE, width=4)
    return curve(line, colour=EDGE, width=2, dash="3 7")


def output(expert: int, weight: str) -> list[str]:
    x = centre(expert)
    side = "end" if x < SUM[0] else "start"
    return [
        curve([(x, TOP - 2), SUM], colour=ORANGE, width=4),
        text((x + SUM[0]) / 2 + (-16 if x < SUM[0] else 16), 118, f"× {weight}", anchor=side),
    ]


save(
    __file__,
    "A mixture-of-experts layer with two of eight experts chosen",
    484,
    [
        *(route(expert) for expert in range(EXPERTS) if expert not in CHOSEN),
        *(route(expert) for expert in CHOSEN),
        *(shape for expert, weight in CHOSEN.items() for shape in output(expert, weight)),
        *(shape for expert in range(EXPERTS) for shape in expert_box(expert)),
        dot(*SUM, colour=INK, radius=20),
        text(SUM[0], SUM[1] + 8, "+", anchor="middle", colour="#ffffff", bold=True),
        text(SUM[0] + 34, SUM[1] - 8, "output y", colour=MUTED),
        rect(270, ROUTER, 180, 52, fill="#ffffff", edge=ORANGE, radius=8),
        text(360, ROUTER + 35, "router", anchor="middle", bold=True),
        text(466, ROUTER + 35, "scores, picks 2", colour=MUTED),
        curve([(360, 430), (360, ROUTER + 56)], colour=INK, width=3),
        curve([(352, ROUTER + 67), (360, ROUTER + 56), (368, ROUTER + 67)], colour=INK, width=3),
        text(360, 462, "vector x of one token", anchor="middle"),
    ],
)
