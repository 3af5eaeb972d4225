"""Draws how many query heads share one key-value head in MHA, GQA and MQA."""

from style import BLUE, EDGE, INK, MUTED, ORANGE, curve, rect, save, text

QUERIES = 8
PANELS = (
    (34, "Multi-head", 8, "cache: 1"),
    (264, "Grouped", 2, "cache: 1/4"),
    (494, "Multi-query", 1, "cache: 1/8"),
)
STEP = 24
BOX = 18
KV_TOP = 108
Q_TOP = 214


def middle(left: int, place: float) -> float:
    return left + STEP * place + STEP / 2


def panel(left: int, name: str, heads: int, cache: str) -> list[str]:
    centre = middle(left, (QUERIES - 1) / 2)
    group = QUERIES // heads
    shapes = [text(centre, 48, name, anchor="middle", bold=True)]
    for query in range(QUERIES):
        x = middle(left, query)
        shared = middle(left, query // group * group + (group - 1) / 2)
        shapes.append(curve([(x, Q_TOP), (shared, KV_TOP + 44)], colour=MUTED, width=2))
        shapes.append(rect(x - BOX / 2, Q_TOP, BOX, 44, fill=BLUE, edge=EDGE, radius=4))
    for head in range(heads):
        x = middle(left, head * group + (group - 1) / 2)
        shapes.append(rect(x - BOX / 2, KV_TOP, BOX, 44, fill=ORANGE, edge=EDGE, radius=4))
    words = f"{heads} K, V head" + ("s" if heads > 1 else "")
    shapes.append(text(centre, KV_TOP - 18, words, anchor="middle", colour=ORANGE))
    shapes.append(text(centre, Q_TOP + 78, f"{QUERIES} query heads", anchor="middle", colour=BLUE))
    shapes.append(text(centre, Q_TOP + 120, cache, anchor="middle", colour=INK, bold=True))
    return shapes


save(
    __file__,
    "Key-value heads in multi-head, grouped-query and multi-query attention",
    362,
    [shape for panel_of in PANELS for shape in panel(*panel_of)],
)
