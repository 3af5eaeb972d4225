"""Draws six requests on three slots, with static and with continuous batching."""

from style import (
    BLUE,
    EDGE,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    rect,
    save,
    text,
)

REQUESTS = {"A": 8, "B": 3, "C": 5, "D": 6, "E": 4, "F": 2}  # steps of decoding, in their order
SLOTS = 3
CELL = 45
ROW = 42
LEFT = 36
FILL = {"A": PALE_BLUE, "B": PALE_ORANGE, "C": "#d3e8df"}
LINE = {"A": BLUE, "B": ORANGE, "C": GREEN}

Run = tuple[int, int, str]  # slot, first step, request


def static() -> list[Run]:
    """A new batch starts when the longest request of the last one has ended."""
    runs = []
    names = list(REQUESTS)
    start = 0
    for first in range(0, len(names), SLOTS):
        batch = names[first : first + SLOTS]
        runs += [(slot, start, name) for slot, name in enumerate(batch)]
        start += max(REQUESTS[name] for name in batch)
    return runs


def continuous() -> list[Run]:
    """A slot takes the next request as soon as it is free."""
    runs = []
    free = [0] * SLOTS
    for name in REQUESTS:
        slot = free.index(min(free))
        runs.append((slot, free[slot], name))
        free[slot] += REQUESTS[name]
    return runs


def steps(runs: list[Run]) -> int:
    return max(start + REQUESTS[name] for _, start, name in runs)


def panel(top: int, name: str, runs: list[Run]) -> list[str]:
    total = steps(runs)
    shapes = [text(LEFT, top - 18, f"{name}: {total} steps", bold=True)]
    shapes += [
        rect(LEFT, top + slot * ROW, total * CELL, ROW, fill=PALE_GREY, edge=EDGE)
        for slot in range(SLOTS)
    ]
    for slot, start, request in runs:
        like = "ABC"["ABCDEF".index(request) % 3]
        x = LEFT + start * CELL
        width = REQUESTS[request] * CELL
        shapes.append(
            rect(x, top + slot * ROW, width, ROW, fill=FILL[like], edge=LINE[like], radius=6)
        )
        shapes.append(
            text(x + width / 2, top + slot * ROW + 30, request, anchor="middle", bold=True)
        )
    return shapes


NEXT = 280
save(
    __file__,
    "Static and continuous batching of six requests on three slots",
    490,
    [
        *panel(66, "Static batching", static()),
        rect(LEFT, 214, 26, 24, fill=PALE_GREY, edge=EDGE),
        text(LEFT + 38, 234, "idle slot: waits for the longest of its batch", colour=MUTED),
        *panel(NEXT + 24, "Continuous batching", continuous()),
        text(LEFT, 468, "each row: one slot of the batch; left to right: time", colour=INK),
    ],
)
