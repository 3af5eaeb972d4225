"""Draws the memory per device under the stages of ZeRO, computed from bytes per parameter."""

from style import (
    BLUE,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    Scale,
    rect,
    save,
    text,
)

PARAMETERS = 7.5e9
DEVICES = 64
PARTS = (  # bytes per parameter, and from which stage on they are sharded
    ("weights", 2, 3, PALE_BLUE, BLUE),
    ("gradients", 2, 2, PALE_GREY, MUTED),
    ("optimiser", 12, 1, PALE_ORANGE, ORANGE),
)
NAMES = ("no sharding", "stage 1", "stage 2", "stage 3")
X = Scale(0, 120, 36, 560)


def row(stage: int) -> list[str]:
    top = 120 + stage * 84
    shapes = []
    done = 0.0
    for _, size, first, fill, edge in PARTS:
        held = PARAMETERS * size / 1e9 / (DEVICES if stage >= first else 1)
        wide = X(done + held) - X(done)
        shapes.append(rect(X(done), top, wide, 36, fill=fill, edge=edge))
        done += held
    return [
        text(36, top - 10, NAMES[stage], bold=stage == 0, colour=MUTED),
        *shapes,
        text(X(done) + 14, top + 27, f"{done:.1f} GB".replace(".0 ", " "), bold=True),
    ]


save(
    __file__,
    "Memory per device under the stages of ZeRO",
    430,
    [
        *(
            shape
            for i, (name, _, _, fill, edge) in enumerate(PARTS)
            for shape in (
                rect(36 + 200 * i, 26, 26, 26, fill=fill, edge=edge, radius=4),
                text(74 + 200 * i, 48, name),
            )
        ),
        *(shape for stage in range(len(NAMES)) for shape in row(stage)),
        text(690, 398, "7.5B parameters, 64 devices", anchor="end", colour=MUTED),
    ],
)
