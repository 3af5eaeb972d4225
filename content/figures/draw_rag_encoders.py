"""Draws a bi-encoder beside a cross-encoder."""

from style import (
    BLUE,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    box,
    curve,
    rect,
    save,
    text,
)

INPUT = 374
ENCODER = 220
VECTOR = 150


def up(x: float, start: float, end: float) -> list[str]:
    return [
        curve([(x, start), (x, end)], colour=MUTED, width=3),
        curve([(x - 8, end + 11), (x, end), (x + 8, end + 11)], colour=MUTED, width=3),
    ]


def bi_encoder(left: float) -> list[str]:
    shapes = [text(left + 150, 42, "Bi-encoder", anchor="middle", bold=True)]
    for x, words in ((left + 72, "question"), (left + 228, "passage")):
        shapes += box(x - 70, INPUT - 56, 140, 56, words, fill=PALE_GREY, edge=MUTED)
        shapes += up(x, INPUT - 60, ENCODER + 62)
        shapes += box(x - 70, ENCODER, 140, 56, "encoder", fill=PALE_BLUE, edge=BLUE)
        shapes += up(x, ENCODER - 4, VECTOR + 34)
        shapes += [
            rect(x - 48 + 24 * i, VECTOR, 24, 28, fill=PALE_ORANGE, edge=ORANGE) for i in range(4)
        ]
        shapes.append(curve([(x, VECTOR - 6), (left + 150, 102)], colour=MUTED, width=3))
    shapes.append(text(left + 150, 92, "score", anchor="middle", colour=ORANGE, bold=True))
    shapes.append(text(left + 150, INPUT + 34, "passages encoded", anchor="middle", colour=MUTED))
    shapes.append(text(left + 150, INPUT + 66, "ahead of time", anchor="middle", colour=MUTED))
    return shapes


def cross_encoder(left: float) -> list[str]:
    middle = left + 150
    return [
        text(middle, 42, "Cross-encoder", anchor="middle", bold=True),
        *box(left + 78 - 74, INPUT - 56, 148, 56, "question", fill=PALE_GREY, edge=MUTED),
        *box(left + 228 - 72, INPUT - 56, 144, 56, "passage", fill=PALE_GREY, edge=MUTED),
        *up(left + 78, INPUT - 60, ENCODER + 62),
        *up(left + 228, INPUT - 60, ENCODER + 62),
        *box(middle - 148, ENCODER, 296, 56, "one encoder", fill=PALE_BLUE, edge=BLUE),
        *up(middle, ENCODER - 4, 106),
        text(middle, 92, "score", anchor="middle", colour=ORANGE, bold=True),
        text(middle, INPUT + 34, "a full pass for", anchor="middle", colour=MUTED),
        text(middle, INPUT + 66, "each pair", anchor="middle", colour=MUTED),
    ]


save(
    __file__,
    "Bi-encoder and cross-encoder",
    464,
    [*bi_encoder(36), *cross_encoder(384)],
)
