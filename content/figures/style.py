"""The look that the figures share, and the few SVG shapes that they are made of."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

WIDTH = 720
HEAD = 14  # of an arrow
TEXT = 24  # the smallest size: 11.6 px where a card shows the figure 350 px wide

PANEL = "#fbfaf7"
EDGE = "#d9d5ca"
GRID = "#e6e2d8"
INK = "#1f2328"
MUTED = "#5c5c57"
BLUE = "#0072b2"
ORANGE = "#c24e00"
GREEN = "#00795a"
PALE_BLUE = "#cfe4f2"
PALE_ORANGE = "#f7dcc6"
PALE_GREY = "#ebe8e0"

FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"
)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from `low` to `high` onto pixels from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        low, high = self.low, self.high
        if self.log:
            low, high, value = math.log10(low), math.log10(high), math.log10(value)
        return self.start + (value - low) / (high - low) * (self.end - self.start)

    def samples(self, count: int = 121) -> list[float]:
        """Values that lie at equal distances on the picture, both ends included."""
        steps = [i / (count - 1) for i in range(count)]
        if self.log:
            return [self.low * (self.high / self.low) ** step for step in steps]
        return [self.low + (self.high - self.low) * step for step in steps]


def save(script: str, title: str, height: int, shapes: Iterable[str]) -> None:
    """Writes `draw_some_name.py`'s figure to `some-name.svg` beside it."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' width="{WIDTH}" height="{height}" role="img" font-family="{FONT}">',
        f"<title>{escape(title)}</title>",
        rect(1, 1, WIDTH - 2, height - 2, fill=PANEL, edge=EDGE, radius=18),
        *shapes,
        "</svg>",
    ]
    svg_name(script).write_text("\n".join(lines) + "\n", encoding="utf-8")


def svg_name(script: str) -> Path:
    """`some-name.svg` beside `draw_some_name.py`."""
    source = Path(script)
    name = source.stem.removeprefix("draw_").replace("_", "-")
    return source.with_name(f"{name}.svg")


def text(
    x: float,
    y: float,
    words: str,
    *,
    colour: str = INK,
    anchor: str = "start",
    size: int = TEXT,
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" fill="{colour}"'
        f' text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str,
    edge: str = "none",
    radius: float = 0,
) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        f' rx="{number(radius)}" fill="{fill}" stroke="{edge}" stroke-width="2"/>'
    )


def curve(
    points: Sequence[Point], *, colour: str = INK, width: float = 4, dash: str = "none"
) -> str:
    path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return (
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{number(width)}"'
        f' stroke-dasharray="{dash}" stroke-linejoin="round" stroke-linecap="round"/>'
    )


def arrow(start: Point, end: Point, *, colour: str = INK, width: float = 3) -> list[str]:
    """A straight line whose open head, at its end, points where the line goes."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    left, right = (
        (end[0] - HEAD * math.cos(angle + turn), end[1] - HEAD * math.sin(angle + turn))
        for turn in (0.6, -0.6)
    )
    return [
        curve([start, end], colour=colour, width=width),
        curve([left, end, right], colour=colour, width=width),
    ]


def box(
    x: float, y: float, width: float, height: float, words: str, *, fill: str, edge: str = EDGE
) -> list[str]:
    """A box with one line of text in its middle; `x` and `y` are its upper left corner."""
    return [
        rect(x, y, width, height, fill=fill, edge=edge, radius=8),
        text(x + width / 2, y + height / 2 + TEXT / 3, words, anchor="middle"),
    ]


def dot(x: float, y: float, *, colour: str = INK, radius: float = 8) -> str:
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{colour}"'
        f' stroke="{PANEL}" stroke-width="2"/>'
    )


def axes(
    x: Scale,
    y: Scale,
    *,
    x_ticks: Sequence[tuple[float, str]],
    y_ticks: Sequence[tuple[float, str]],
    x_label: str,
    y_label: str,
) -> list[str]:
    """Grid, ticks and names of a plot; the name of the vertical axis stands above it."""
    shapes = [curve([(x.start, y(v)), (x.end, y(v))], colour=GRID, width=2) for v, _ in y_ticks]
    shapes += [
        text(x.start - 12, y(v) + 8, words, colour=MUTED, anchor="end") for v, words in y_ticks
    ]
    shapes += [
        curve([(x(v), y.start), (x(v), y.start + 8)], colour=MUTED, width=2) for v, _ in x_ticks
    ]
    shapes += [
        text(x(v), y.start + 36, words, colour=MUTED, anchor="middle") for v, words in x_ticks
    ]
    shapes.append(curve([(x.start, y.start), (x.end, y.start)], colour=MUTED, width=2))
    shapes.append(text((x.start + x.end) / 2, y.start + 72, x_label, anchor="middle"))
    shapes.append(text(24, y.end - 24, y_label))
    return shapes


def escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def number(value: float) -> str:
    """At most one decimal, so that the last bits of a machine's arithmetic do not show."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short
