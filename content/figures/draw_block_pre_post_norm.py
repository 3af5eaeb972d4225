"""Draws a Transformer block with post-norm and one with pre-norm, from bottom to top."""

from style import (
    BLUE,
    EDGE,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    PANEL,
    Point,
    curve,
    number,
    rect,
    save,
    text,
)

STREAM = 70  # the residual path, from the left of a panel
BRANCH = 220  # the middle of the boxes beside it
BOX = 186
TALL = 38
BASES = (486, 306)  # where the branch of attention and the one of the feed-forward part begin
TOP = 84
BOTTOM = 520


def box(x: float, y: float, words: str, wide: float = BOX, *, norm: bool = False) -> list[str]:
    """A box whose middle is `x` and whose lower edge is `y`."""
    fill = PALE_ORANGE if norm else PALE_BLUE
    return [
        rect(x - wide / 2, y - TALL, wide, TALL, fill=fill, edge=EDGE, radius=8),
        text(x, y - 11, words, anchor="middle", colour=ORANGE if norm else INK),
    ]


def arrow(points: list[Point]) -> list[str]:
    x, y = points[-1]
    before_x, before_y = points[-2]
    if before_x == x:
        head = [(x, y), (x - 7, y + 12), (x + 7, y + 12)]
        end = (x, y + 8)
    else:
        head = [(x, y), (x + 12, y - 7), (x + 12, y + 7)]
        end = (x + 8, y)
    assert before_y >= y
    corners = " ".join(f"{number(a)},{number(b)}" for a, b in head)
    return [
        curve([*points[:-1], end], colour=MUTED, width=3),
        f'<polygon points="{corners}" fill="{MUTED}"/>',
    ]


def plus(x: float, y: float) -> list[str]:
    return [
        f'<circle cx="{number(x)}" cy="{number(y)}" r="15" fill="{PANEL}" stroke="{BLUE}"'
        ' stroke-width="3"/>',
        curve([(x - 7, y), (x + 7, y)], colour=BLUE, width=3),
        curve([(x, y - 7), (x, y + 7)], colour=BLUE, width=3),
    ]


def part(left: float, base: float, name: str, *, pre: bool) -> list[str]:
    stream, branch = left + STREAM, left + BRANCH
    top = base - (136 if pre else 86)  # where the branch turns back
    shapes = arrow([(stream, base), (branch, base), (branch, top), (stream + 16, top)])
    if pre:
        shapes += box(branch, base - 18, "norm", norm=True)
        shapes += box(branch, base - 76, name)
    else:
        shapes += box(branch, base - 18, name)
        shapes += box(stream, base - 112, "norm", 100, norm=True)
    return [*shapes, *plus(stream, top)]


def panel(left: float, title: str, *, pre: bool) -> list[str]:
    stream = left + STREAM
    return [
        text(left + 150, 48, title, anchor="middle", bold=True),
        *arrow([(stream, BOTTOM), (stream, TOP)]),
        *part(left, BASES[0], "attention", pre=pre),
        *part(left, BASES[1], "feed-forward", pre=pre),
    ]


save(
    __file__,
    "Post-norm and pre-norm blocks of a Transformer",
    544,
    [*panel(24, "Post-norm", pre=False), *panel(374, "Pre-norm", pre=True)],
)
