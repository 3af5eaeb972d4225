"""Draws where the parameters of Llama 3 8B are, counted from its published configuration."""

from style import BLUE, INK, MUTED, PALE_BLUE, rect, save, text

LAYERS, WIDTH, FEED_FORWARD = 32, 4096, 14336
KEY_VALUE = 8 * 128
VOCABULARY = 128256

PARTS = {
    "feed-forward": LAYERS * 3 * WIDTH * FEED_FORWARD,
    "attention": LAYERS * (2 * WIDTH * WIDTH + 2 * WIDTH * KEY_VALUE),
    "embeddings": 2 * VOCABULARY * WIDTH,
    "norms": (2 * LAYERS + 1) * WIDTH,
}
TOTAL = sum(PARTS.values())
LEFT, FULL = 200, 236  # where the bars begin, and the length of 100 %


def row(top: int, name: str, count: int) -> list[str]:
    share = count / TOTAL
    amount = f"{count / 1e9:.2f}B" if count > 1e8 else f"{count / 1e6:.1f}M"
    percent = f"{100 * share:.0f} %" if share > 0.005 else "under 0.1 %"
    return [
        text(24, top + 28, name),
        rect(LEFT, top, FULL, 40, fill=PALE_BLUE, radius=6),
        rect(LEFT, top, max(FULL * share, 3), 40, fill=BLUE, radius=6 if share > 0.1 else 1),
        text(LEFT + FULL + 16, top + 28, f"{amount}, {percent}", colour=MUTED),
    ]


shapes = [text(24, 50, f"Llama 3 8B: {TOTAL / 1e9:.2f}B parameters", bold=True, colour=INK)]
for i, (name, count) in enumerate(PARTS.items()):
    shapes += row(80 + 60 * i, name, count)
save(__file__, "Where the parameters of Llama 3 8B are", 330, shapes)
