"""Draws what three families of pre-training objectives read and predict of one sentence."""

from collections.abc import Sequence

from style import EDGE, MUTED, PALE_BLUE, PALE_GREY, PALE_ORANGE, rect, save, text

LEFT, RIGHT = 24, 388
GAP = 5
HEIGHT = 44

SENTENCE = ("the", "sun", "is", "up", "now")


def tokens(left: int, top: int, words: Sequence[str], fill: str) -> list[str]:
    """A line of tokens; the start mark, mode tokens and sentinels are grey."""
    shapes = []
    x = left
    for word in words:
        wide = 15 * len(word) + 16
        colour = PALE_GREY if word.startswith(("<", "[")) else fill
        shapes.append(rect(x, top, wide, HEIGHT, fill=colour, edge=EDGE, radius=6))
        shapes.append(text(x + wide / 2, top + 31, word, anchor="middle"))
        x += wide + GAP
    return shapes


def example(top: int, reads: Sequence[str], predicts: Sequence[str]) -> list[str]:
    return [*tokens(LEFT, top, reads, PALE_BLUE), *tokens(RIGHT, top, predicts, PALE_ORANGE)]


save(
    __file__,
    "What language modelling, denoising and a mixture of denoisers read and predict",
    520,
    [
        text(LEFT, 44, "reads", colour=MUTED),
        text(RIGHT, 44, "predicts", colour=MUTED),
        text(LEFT, 88, "Language modelling", bold=True),
        *example(104, ("<s>", *SENTENCE[:-1]), SENTENCE),
        text(LEFT, 190, "Denoising (T5)", bold=True),
        *example(206, ("the", "<1>", "up", "now"), ("<1>", "sun", "is", "<2>")),
        text(LEFT, 292, "Mixture of denoisers (UL2)", bold=True),
        *example(308, ("[R]", "the", "<1>", "up", "now"), ("<1>", "sun", "is", "<2>")),
        *example(360, ("[S]", "the", "sun", "is", "<1>"), ("<1>", "up", "now")),
        *example(412, ("[X]", "the", "<1>", "now"), ("<1>", "sun", "is", "up", "<2>")),
        text(LEFT, 494, "[R] short spans, [S] the end, [X] a large part", colour=MUTED),
    ],
)
