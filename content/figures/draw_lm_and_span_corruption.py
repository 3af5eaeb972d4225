"""Draws what the model reads and predicts in causal language modelling and in span corruption."""

from collections.abc import Sequence

from style import EDGE, INK, MUTED, PALE_BLUE, PALE_GREY, PALE_ORANGE, rect, save, text

LEFT = 130
GAP = 6
HEIGHT = 46

SENTENCE = ("The", "tide", "comes", "in", "twice", "a", "day")


def width(word: str) -> int:
    return 14 * len(word) + 16


def row(top: int, name: str, words: Sequence[str], widths: Sequence[int], fill: str) -> list[str]:
    """One line of tokens; sentinels and the start mark are grey."""
    shapes = [text(24, top + 32, name, colour=MUTED)]
    x = LEFT
    for word, wide in zip(words, widths, strict=True):
        colour = PALE_GREY if word.startswith("<") else fill
        shapes.append(rect(x, top, wide, HEIGHT, fill=colour, edge=EDGE, radius=6))
        shapes.append(text(x + wide / 2, top + 32, word, anchor="middle", colour=INK))
        x += wide + GAP
    return shapes


def language_modelling(top: int) -> list[str]:
    inputs = ("<s>", *SENTENCE[:-1])
    widths = [max(width(a), width(b)) for a, b in zip(inputs, SENTENCE, strict=True)]
    return [
        text(24, top, "Causal language modelling", bold=True),
        *row(top + 20, "reads", inputs, widths, PALE_BLUE),
        *row(top + 74, "predicts", SENTENCE, widths, PALE_ORANGE),
        text(24, top + 158, "7 tokens read, 7 predicted: always the next one", colour=MUTED),
    ]


def span_corruption(top: int) -> list[str]:
    inputs = ("The", "<X>", "in", "<Y>", "day")
    targets = ("<X>", "tide", "comes", "<Y>", "twice", "a", "<Z>")
    return [
        text(24, top, "Span corruption (T5)", bold=True),
        *row(top + 20, "reads", inputs, [width(word) for word in inputs], PALE_BLUE),
        *row(top + 74, "predicts", targets, [width(word) for word in targets], PALE_ORANGE),
        text(24, top + 158, "4 tokens removed in 2 spans: only they and", colour=MUTED),
        text(24, top + 190, "the sentinels <X> <Y> <Z> are predicted", colour=MUTED),
    ]


save(
    __file__,
    "What is read and what is predicted in language modelling and in span corruption",
    484,
    [*language_modelling(48), *span_corruption(266)],
)
