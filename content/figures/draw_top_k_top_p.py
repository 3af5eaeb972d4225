"""Draws what top-k and top-p keep of a peaked and of a flat distribution."""

from collections.abc import Sequence

from style import BLUE, EDGE, INK, MUTED, ORANGE, PALE_GREY, curve, rect, save, text

PEAKED = (0.78, 0.13, 0.04, 0.03, 0.01, 0.01)
FLAT = (0.20, 0.18, 0.17, 0.16, 0.15, 0.14)
K = 3
P = 0.9
BASE = 330
TALL = 250  # pixels for a probability of 1
BAR, GAP = 44, 8


def nucleus(chances: Sequence[float]) -> int:
    total = 0.0
    for place, chance in enumerate(chances):
        total += chance
        if total >= P:
            return place + 1
    return len(chances)


def panel(left: float, name: str, chances: Sequence[float]) -> list[str]:
    kept = nucleus(chances)
    width = len(chances) * (BAR + GAP) - GAP
    shapes = [text(left + width / 2, 42, name, anchor="middle", bold=True)]
    for place, chance in enumerate(chances):
        x = left + place * (BAR + GAP)
        fill, edge = (BLUE, BLUE) if place < kept else (PALE_GREY, MUTED)
        height = chance * TALL
        shapes.append(rect(x, BASE - height, BAR, height, fill=fill, edge=edge))
        percent = f"{100 * chance:.0f}"
        shapes.append(text(x + BAR / 2, BASE - height - 10, percent, anchor="middle", colour=INK))
    cut = left + K * (BAR + GAP) - GAP / 2
    shapes.append(curve([(cut, 96), (cut, BASE + 14)], colour=ORANGE, width=3, dash="8 8"))
    shapes.append(rect(left, BASE, width, 2, fill=MUTED))
    return shapes


save(
    __file__,
    "What top-k and top-p keep of a peaked and of a flat distribution",
    456,
    [
        *panel(30, "Peaked", PEAKED),
        *panel(382, "Flat", FLAT),
        rect(30, 364, 26, 26, fill=BLUE, edge=EDGE),
        text(68, 386, f"kept by top-p, p = {P}"),
        rect(382, 364, 26, 26, fill=PALE_GREY, edge=MUTED),
        text(420, 386, "cut by top-p"),
        curve([(43, 408), (43, 438)], colour=ORANGE, width=3, dash="8 8"),
        text(68, 430, f"top-k with k = {K} cuts here; numbers: %"),
    ],
)
