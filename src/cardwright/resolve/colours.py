"""Makes the colours of an author readable on a card, by day and by night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Rgb = Sequence[float]

_DAY = (0.953, 0.945, 0.925)
_NIGHT = (0.204, 0.180, 0.133)
"""The grounds of the stylesheet that leave the least contrast: ``--raised`` and a callout's."""

_BLACK, _WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
_CONTRAST = 4.5
_STEPS = 20

BRIGHT, DIM, TINTED = "color-scheme:light", "color-scheme:dark", "--day:"
"""What a style has that sets a background, or a colour that differs by day and by night."""


def with_readable_colours(style: Mapping[str, str]) -> tuple[str, ...]:
    """Return declarations to add to a style.

    A background says whether it is bright, so that the stylesheet gives it the colours of the day
    or of the night. A colour alone gets ``--day`` and ``--night``, with enough contrast for each.
    """
    ground = _parsed(style.get("background-color", ""))
    if ground is not None:
        is_bright = _contrast(ground, _BLACK) > _contrast(ground, _WHITE)
        return (BRIGHT if is_bright else DIM,)
    ink = _parsed(style.get("color", ""))
    if ink is None:
        return ()
    return f"--day:{_readable(ink, _DAY, _BLACK)}", f"--night:{_readable(ink, _NIGHT, _WHITE)}"


def _parsed(value: str) -> Rgb | None:
    """Return the red, green and blue of a CSS colour, from 0 to 1. ``None`` if it shows little."""
    if not value:
        return None
    from tinycss2.color3 import RGBA, parse_color  # few notes have a colour

    colour = parse_color(value)
    if not isinstance(colour, RGBA) or colour.alpha < 0.5:
        return None
    return colour.red, colour.green, colour.blue


def _readable(ink: Rgb, ground: Rgb, far: Rgb) -> str:
    """Return the colour, as little nearer to ``far`` as the contrast with the ground needs."""
    for step in range(_STEPS + 1):
        part = step / _STEPS
        pairs = zip(ink, far, strict=True)
        mixed = [min(max(own + (other - own) * part, 0.0), 1.0) for own, other in pairs]
        if _contrast(mixed, ground) >= _CONTRAST:
            break
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in mixed)


def _contrast(one: Rgb, other: Rgb) -> float:
    """Return a number from 1 to 21, as WCAG 2.1 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
