"""Draws the steps from crawled pages to a training mixture, in two rows of three boxes."""

from style import (
    BLUE,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    curve,
    rect,
    save,
    text,
)

WIDE = 196
TALL = 116
LEFTS = (24, 262, 500)
TOPS = (36, 232)
STEPS = (
    (("Crawl", "pages as", "HTML"), PALE_GREY, MUTED),
    (("Extract", "main text,", "no menus"), PALE_BLUE, BLUE),
    (("Select", "languages,", "addresses"), PALE_BLUE, BLUE),
    (("Filter", "rules and", "classifiers"), PALE_BLUE, BLUE),
    (("Deduplicate", "exact and", "near copies"), PALE_BLUE, BLUE),
    (("Mix", "with code,", "and books"), PALE_ORANGE, ORANGE),
)


def box(place: int) -> list[str]:
    words, fill, edge = STEPS[place]
    left, top = LEFTS[place % 3], TOPS[place // 3]
    middle = left + WIDE / 2
    return [
        rect(left, top, WIDE, TALL, fill=fill, edge=edge, radius=12),
        text(middle, top + 36, words[0], anchor="middle", bold=True),
        text(middle, top + 68, words[1], anchor="middle"),
        text(middle, top + 98, words[2], anchor="middle"),
    ]


def right(place: int) -> list[str]:
    left, y = LEFTS[place % 3] + WIDE, TOPS[place // 3] + TALL / 2
    return [
        curve([(left + 4, y), (left + 38, y)], colour=INK, width=3),
        curve([(left + 28, y - 8), (left + 38, y), (left + 28, y + 8)], colour=INK, width=3),
    ]


down = (TOPS[0] + TALL + TOPS[1]) / 2
start, end = LEFTS[2] + WIDE / 2, LEFTS[0] + WIDE / 2
save(
    __file__,
    "From crawled pages to a training mixture",
    384,
    [
        *(shape for place in range(len(STEPS)) for shape in box(place)),
        *(shape for place in (0, 1, 3, 4) for shape in right(place)),
        curve(
            [(start, TOPS[0] + TALL + 4), (start, down), (end, down), (end, TOPS[1] - 4)],
            colour=INK,
            width=3,
        ),
        curve(
            [(end - 8, TOPS[1] - 14), (end, TOPS[1] - 4), (end + 8, TOPS[1] - 14)],
            colour=INK,
            width=3,
        ),
    ],
)
