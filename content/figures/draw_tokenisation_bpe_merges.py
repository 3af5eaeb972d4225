"""Learns byte-pair merges on four words and draws the words after each merge."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from style import EDGE, INK, MUTED, PALE_BLUE, PALE_ORANGE, rect, save, text

CORPUS = {"sun": 6, "run": 4, "runs": 3, "nun": 1}
MERGES = 3
LEFT = 178
LETTER = 36
GAP = 16
TOP = 84
STEP = 84

Words = dict[str, list[str]]


def most_frequent(words: Words) -> tuple[tuple[str, str], int]:
    pairs: Counter[tuple[str, str]] = Counter()
    for word, pieces in words.items():
        for pair in pairwise(pieces):
            pairs[pair] += CORPUS[word]
    return pairs.most_common(1)[0]


def merged(pieces: Sequence[str], pair: tuple[str, str]) -> list[str]:
    result: list[str] = []
    for piece in pieces:
        if result and (result[-1], piece) == pair:
            result[-1] += piece
        else:
            result.append(piece)
    return result


def row(top: int, name: str, words: Words) -> list[str]:
    count = sum(CORPUS[word] * len(pieces) for word, pieces in words.items())
    shapes = [
        text(24, top + 16, name, bold=True),
        text(24, top + 48, f"{count} symbols", colour=MUTED),
    ]
    x = LEFT
    for pieces in words.values():
        for piece in pieces:
            wide = LETTER * len(piece)
            fill = PALE_BLUE if len(piece) == 1 else PALE_ORANGE
            shapes.append(rect(x + 1, top, wide - 2, 50, fill=fill, edge=EDGE, radius=8))
            shapes.append(text(x + wide / 2, top + 33, piece, anchor="middle", colour=INK))
            x += wide
        x += GAP
    return shapes


def header() -> list[str]:
    shapes = [text(24, 54, "in corpus", colour=MUTED)]
    x = LEFT
    for word, times in CORPUS.items():
        wide = LETTER * len(word)
        shapes.append(text(x + wide / 2, 54, f"× {times}", anchor="middle", colour=MUTED))
        x += wide + GAP
    return shapes


words: Words = {word: list(word) for word in CORPUS}
shapes = [*header(), *row(TOP, "start", words)]
for step in range(1, MERGES + 1):
    pair, _ = most_frequent(words)
    words = {word: merged(pieces, pair) for word, pieces in words.items()}
    shapes += row(TOP + step * STEP, "+".join(pair), words)
save(__file__, "The first three merges of byte-pair encoding on four words", 412, shapes)
