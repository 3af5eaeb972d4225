"""Curves, drawn by matplotlib in the look of the other figures."""

import re
from collections.abc import Sequence
from io import StringIO
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import NullLocator
from style import EDGE, FONT, GRID, INK, MUTED, PANEL, TEXT, WIDTH, escape, svg_name

DPI = 72  # one unit of the SVG is one point is one pixel of the card
LOOK: dict[str, Any] = {
    "svg.fonttype": "none",  # the text stays text, in the font of the card
    "svg.hashsalt": "cardwright",
    "font.family": ["DejaVu Sans"],
    "text.color": INK,
    "font.size": TEXT,
    "axes.titlesize": TEXT,
    "axes.titleweight": "bold",
    "axes.labelsize": TEXT,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 2,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 2,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.major.size": 8,
    "xtick.major.width": 2,
    "ytick.major.size": 0,
    "xtick.major.pad": 6,
    "ytick.major.pad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "lines.linewidth": 4,
    "lines.markersize": 16,
    "lines.markeredgecolor": PANEL,
    "lines.markeredgewidth": 2,
    "lines.solid_capstyle": "round",
    "lines.solid_joinstyle": "round",
    "lines.dash_capstyle": "round",
}
Dash = Literal["-"] | tuple[float, Sequence[float]]
DASHED: Dash = (0, (3.5, 2.5))
DOTTED: Dash = (0, (1, 2.2))

mpl.rcParams.update(LOOK)  # type: ignore[arg-type]  # its names are a type of their own

Box = tuple[float, float, float, float]
Ticks = Sequence[tuple[float, str]]


def new_figure(height: int) -> Figure:
    """An empty panel of `WIDTH` by `height` pixels."""
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="none")
    panel = FancyBboxPatch(
        (1, 1),
        WIDTH - 2,
        height - 2,
        boxstyle="round,pad=0,rounding_size=18",
        facecolor=PANEL,
        edgecolor=EDGE,
        linewidth=2,
        transform=None,
        zorder=-1,
    )
    figure.add_artist(panel)
    return figure


def axes(
    figure: Figure,
    box: Box,
    *,
    x_ticks: Ticks,
    y_ticks: Ticks,
    x_label: str = "",
    y_label: str = "",
    log_x: bool = False,
    log_y: bool = False,
) -> Axes:
    """Axes whose corners `box` gives as left, top, right, bottom in pixels from the top left.

    The axes reach from the first tick to the last (a call of `set_xlim` or `set_ylim` changes
    that); the name of the vertical axis stands above it. It needs about 60 pixels over the box
    and 80 under it where there are labels.
    """
    left, top, right, bottom = box
    height = figure.get_figheight() * DPI
    plot = figure.add_axes(
        (left / WIDTH, 1 - bottom / height, (right - left) / WIDTH, (bottom - top) / height),
        facecolor="none",
    )
    plot.set_xscale("log" if log_x else "linear")
    plot.set_yscale("log" if log_y else "linear")
    plot.set_xticks([v for v, _ in x_ticks], [words for _, words in x_ticks])
    plot.set_yticks([v for v, _ in y_ticks], [words for _, words in y_ticks])
    plot.xaxis.set_minor_locator(NullLocator())
    plot.yaxis.set_minor_locator(NullLocator())
    plot.set_xlim(x_ticks[0][0], x_ticks[-1][0])
    plot.set_ylim(y_ticks[0][0], y_ticks[-1][0])
    plot.set_xlabel(x_label, labelpad=8)
    if y_label:
        figure.text(24 / WIDTH, 1 - (top - 24) / height, y_label, color=INK, ha="left")
    return plot


def label(
    plot: Axes,
    x: float,
    y: float,
    words: str,
    *,
    colour: str = INK,
    anchor: str = "left",
    offset: tuple[float, float] = (0, 0),
    bold: bool = False,
) -> None:
    """Words at a point of the plot, moved by `offset` pixels to the right and up.

    `anchor` is matplotlib's: left, center or right.
    """
    plot.annotate(
        words,
        (x, y),
        xytext=offset,
        textcoords="offset points",
        color=colour,
        ha=anchor,
        va="center_baseline",
        fontweight="bold" if bold else "normal",
        annotation_clip=False,
    )


def key(figure: Figure, y: float, colour: str, dash: Dash, words: str) -> None:
    """One line of a legend, `y` pixels from the top: a piece of the curve and what it shows."""
    height = figure.get_figheight() * DPI
    up = 1 - y / height
    piece = Line2D([70 / WIDTH, 120 / WIDTH], [up, up], color=colour, linestyle=dash)
    figure.add_artist(piece)
    figure.text(134 / WIDTH, up, words, color=INK, va="center_baseline")


def save_plot(script: str, title: str, figure: Figure) -> None:
    """Writes `draw_some_name.py`'s figure to `some-name.svg` beside it.

    The same script gives the same bytes with the same matplotlib: no date, no random names.
    """
    drawn = StringIO()
    figure.savefig(drawn, format="svg", facecolor="none", metadata={"Date": None, "Creator": None})
    svg = drawn.getvalue()
    svg = svg[svg.index("<svg") :].replace(f'width="{WIDTH}pt"', f'width="{WIDTH}"')
    svg = re.sub(r'height="([\d.]+)pt"', r'height="\1"', svg, count=1)
    svg = re.sub(r" *<metadata>.*?</metadata>\n", "", svg, count=1, flags=re.S)
    svg = svg.replace("'DejaVu Sans'", FONT).replace("\n", f"\n<title>{escape(title)}</title>\n", 1)
    svg_name(script).write_text(svg, encoding="utf-8")
