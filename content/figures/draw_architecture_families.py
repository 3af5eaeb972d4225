"""Draws encoder, decoder and encoder-decoder with what goes in and what comes out."""

from style import BLUE, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, arrow, rect, save, text

TOP = 150
BOX = 130
BASE = TOP + BOX


def stack(left: float, width: float, words: tuple[str, str], *, causal: bool) -> list[str]:
    fill, edge = (PALE_ORANGE, ORANGE) if causal else (PALE_BLUE, BLUE)
    middle = left + width / 2
    return [
        rect(left, TOP, width, BOX, fill=fill, edge=edge, radius=12),
        text(middle, TOP + 58, words[0], anchor="middle", bold=True),
        text(middle, TOP + 92, words[1], anchor="middle"),
        *arrow((middle, BASE + 40), (middle, BASE + 6)),
        *arrow((middle, TOP - 6), (middle, TOP - 40)),
    ]


def words(middle: float, y: float, *lines: str) -> list[str]:
    return [
        text(middle, y + 28 * i, line, anchor="middle", colour=MUTED)
        for i, line in enumerate(lines)
    ]


save(
    __file__,
    "Encoder, decoder and encoder-decoder",
    400,
    [
        *stack(24, 140, ("Encoder", "full"), causal=False),
        *words(94, 56, "a vector", "per token"),
        *words(94, BASE + 68, "whole text"),
        *stack(182, 140, ("Decoder", "causal"), causal=True),
        *words(252, 56, "the next", "token"),
        *words(252, BASE + 68, "text so far"),
        *stack(346, 140, ("Encoder", "full"), causal=False)[:-2],
        *words(416, BASE + 68, "input"),
        *arrow((486, TOP + BOX / 2), (554, TOP + BOX / 2)),
        text(590, TOP - 18, "cross-attention", anchor="end", colour=MUTED),
        *stack(556, 140, ("Decoder", "causal"), causal=True),
        *words(626, 56, "the next", "token"),
        *words(626, BASE + 68, "output", "so far"),
    ],
)
