"""Draws which tokens of a conversation get a loss in supervised fine-tuning."""

from collections.abc import Sequence

from style import EDGE, INK, MUTED, ORANGE, PALE_GREY, PALE_ORANGE, curve, rect, save, text

LEFT = 24
GAP = 6
HEIGHT = 46

ROWS = (
    (("<user>", "Name", "a", "prime", "<end>"), ()),
    (("<assistant>", "Seven", "is", "one", "<end>"), (1, 2, 3, 4)),
    (("<user>", "Another", "?", "<end>"), ()),
    (("<assistant>", "Eleven", "<end>"), (1, 2)),
)


def width(word: str) -> float:
    return 15 * len(word) + 30


def tick(x: float, y: float) -> str:
    return curve([(x - 9, y), (x - 2, y + 8), (x + 11, y - 9)], colour=ORANGE)


def row(top: float, words: Sequence[str], trained: Sequence[int]) -> list[str]:
    shapes = []
    x: float = LEFT
    for place, word in enumerate(words):
        wide = width(word)
        loss = place in trained
        fill = PALE_ORANGE if loss else PALE_GREY
        edge = ORANGE if loss else EDGE
        shapes.append(rect(x, top, wide, HEIGHT, fill=fill, edge=edge, radius=6))
        shapes.append(text(x + wide / 2, top + 32, word, anchor="middle", colour=INK))
        if loss:
            shapes.append(tick(x + wide / 2, top + HEIGHT + 18))
        x += wide + GAP
    return shapes


def conversation() -> list[str]:
    shapes = []
    top = 30
    for words, trained in ROWS:
        shapes += row(top, words, trained)
        top += 92 if trained else 62
    return shapes


save(
    __file__,
    "Which tokens of a conversation get a loss",
    446,
    [
        *conversation(),
        tick(44, 364),
        text(70, 372, "loss: the assistant's words and <end>"),
        rect(LEFT, 396, 34, 28, fill=PALE_GREY, edge=EDGE, radius=6),
        text(70, 418, "no loss, but read as context", colour=MUTED),
    ],
)
