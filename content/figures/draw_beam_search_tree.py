"""Draws a tree of two steps in which the best first step does not lead to the best sequence."""

from style import (
    BLUE,
    EDGE,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    box,
    curve,
    save,
    text,
)

HIGH = 50
START = (24, 166, 84)
WORDS = {"cat": (166, 66, 134), "dog": (166, 226, 134), "fox": (166, 316, 134)}
FIRST = {"cat": 0.5, "dog": 0.4, "fox": 0.1}
SECOND = {("cat", "sat"): 0.4, ("cat", "ran"): 0.3, ("dog", "barked"): 0.9, ("dog", "ran"): 0.1}
LEAVES = {
    ("cat", "sat"): (366, 30, 186),
    ("cat", "ran"): (366, 102, 186),
    ("dog", "barked"): (366, 190, 186),
    ("dog", "ran"): (366, 262, 186),
}
GREEDY, BEAM = ("cat", "sat"), ("dog", "barked")

Box = tuple[float, float, float]


def branch(start: Box, end: Box, colour: str, dash: str) -> str:
    points = [(start[0] + start[2], start[1] + HIGH / 2), (end[0], end[1] + HIGH / 2)]
    return curve(points, colour=colour, width=3 if colour == MUTED else 5, dash=dash)


def look(path: tuple[str, ...]) -> tuple[str, str, str, str]:
    """Colour and dash of the line, fill and edge of the box that it leads to."""
    if path == GREEDY[: len(path)]:
        return ORANGE, "2 9", PALE_ORANGE, ORANGE
    if path == BEAM[: len(path)]:
        return BLUE, "none", PALE_BLUE, BLUE
    return MUTED, "none", PALE_GREY, EDGE


def tree() -> list[str]:
    shapes = box(*START, HIGH, "The", fill=PALE_GREY)
    for word, place in WORDS.items():
        colour, dash, fill, edge = look((word,))
        shapes.append(branch(START, place, colour, dash))
        shapes += box(*place, HIGH, f"{word} {FIRST[word]:g}", fill=fill, edge=edge)
    for (first, second), place in LEAVES.items():
        colour, dash, fill, edge = look((first, second))
        chance = SECOND[first, second]
        shapes.append(branch(WORDS[first], place, colour, dash))
        shapes += box(*place, HIGH, f"{second} {chance:g}", fill=fill, edge=edge)
        total = f"= {FIRST[first] * chance:.2f}"
        best = (first, second) in (GREEDY, BEAM)
        shapes.append(text(place[0] + place[2] + 16, place[1] + 33, total, bold=best))
    return shapes


save(
    __file__,
    "Greedy decoding and beam search in a tree of two steps",
    424,
    [
        *tree(),
        curve([(390, 350), (440, 350)], colour=ORANGE, width=5, dash="2 9"),
        text(456, 358, "greedy"),
        curve([(390, 390), (440, 390)], colour=BLUE, width=5),
        text(456, 398, "beam of 2 finds"),
    ],
)
