"""Draws where adapters, prefixes, soft prompts and LoRA sit around a frozen Transformer layer."""

from style import BLUE, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, box, curve, rect, save, text

LEFT, MIDDLE, RIGHT = (24, 206), (248, 478), (520, 696)
HIGH = 52
ROWS = {"adapter 2": 30, "feed-forward": 104, "adapter 1": 178, "attention": 252, "input": 340}
AXIS = sum(MIDDLE) / 2


def part(span: tuple[float, float], top: float, words: str, *, trained: bool) -> list[str]:
    left, right = span
    fill, edge = (PALE_ORANGE, ORANGE) if trained else (PALE_BLUE, BLUE)
    return box(left, top, right - left, HIGH, words, fill=fill, edge=edge)


def beside(row: str, span: tuple[float, float], words: str) -> list[str]:
    """A trained box that is tied to the frozen box of its row by a dashed line."""
    top = ROWS[row]
    ends = (span[1], MIDDLE[0]) if span is LEFT else (MIDDLE[1], span[0])
    line = curve(
        [(ends[0], top + HIGH / 2), (ends[1], top + HIGH / 2)], colour=ORANGE, width=3, dash="2 6"
    )
    return [line, *part(span, top, words, trained=True)]


def spine() -> str:
    return curve([(AXIS, 14), (AXIS, ROWS["input"])], colour=MUTED, width=3)


save(
    __file__,
    "Where parameter-efficient methods put their trained parameters",
    474,
    [
        spine(),
        *part(MIDDLE, ROWS["adapter 2"], "adapter", trained=True),
        *part(MIDDLE, ROWS["feed-forward"], "feed-forward", trained=False),
        *beside("feed-forward", RIGHT, "LoRA"),
        *part(MIDDLE, ROWS["adapter 1"], "adapter", trained=True),
        *part(MIDDLE, ROWS["attention"], "attention", trained=False),
        *beside("attention", RIGHT, "LoRA"),
        *beside("attention", LEFT, "prefix K, V"),
        *part(LEFT, ROWS["input"], "soft prompt", trained=True),
        *part(MIDDLE, ROWS["input"], "input words", trained=False),
        rect(24, 424, 30, 28, fill=PALE_ORANGE, edge=ORANGE, radius=6),
        text(66, 446, "trained (one method at a time)"),
        rect(520, 424, 30, 28, fill=PALE_BLUE, edge=BLUE, radius=6),
        text(562, 446, "frozen"),
    ],
)
