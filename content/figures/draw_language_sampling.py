"""Draws how often three languages are sampled for several exponents, computed from their shares."""

from style import (
    BLUE,
    INK,
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

SHARES = (0.9, 0.09, 0.01)
EXPONENTS = (1, 0.5, 0.3, 0)
LOOKS = ((PALE_BLUE, BLUE), (PALE_ORANGE, ORANGE), (PALE_GREY, MUTED))
X = Scale(0, 100, 142, 684)
TOP = 74
STEP = 72


def sampled(exponent: float) -> list[float]:
    """The percentages after raising each share to the exponent."""
    powers = [share**exponent for share in SHARES]
    return [100 * power / sum(powers) for power in powers]


def row(place: int, exponent: float) -> list[str]:
    top = TOP + place * STEP
    shapes = [text(36, top + 34, f"\N{GREEK SMALL LETTER ALPHA} = {exponent}")]
    done = 0.0
    for percent, (fill, edge) in zip(sampled(exponent), LOOKS, strict=True):
        wide = X(percent) - X(0)
        shapes.append(rect(X(done), top, wide, 50, fill=fill, edge=edge))
        if wide > 60:
            middle = X(done) + wide / 2
            shapes.append(text(middle, top + 34, f"{percent:.0f} %", anchor="middle", colour=INK))
        done += percent
    return shapes


save(
    __file__,
    "Sampling of three languages under four exponents",
    418,
    [
        text(36, 46, "share of each language in the samples", colour=MUTED),
        *(shape for i, exponent in enumerate(EXPONENTS) for shape in row(i, exponent)),
        *(
            shape
            for i, (share, (fill, edge)) in enumerate(zip(SHARES, LOOKS, strict=True))
            for shape in (
                rect(36 + 220 * i, 372, 26, 26, fill=fill, edge=edge, radius=4),
                text(74 + 220 * i, 394, f"{100 * share:.0f} % of data"),
            )
        ),
    ],
)
