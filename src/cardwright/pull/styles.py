"""Finds the marks that an element gives its text, by its name or its style."""

from __future__ import annotations

import re

from cardwright.markup import Piece


def marks_of(piece: Piece) -> tuple[frozenset[str], frozenset[str]]:
    """Return the marks that an element adds, and those that it removes."""
    if piece.name == "a":
        href = piece.attribute("href").strip()
        is_link = href and not href.startswith("#")
        return frozenset({f"link {href}"} if is_link else ()), frozenset()
    marks = {_MARKS[piece.name]} if piece.name in _MARKS else set()
    style = style_of(piece.attribute("style"))
    if piece.name == "font" and piece.attribute("color"):
        style.setdefault("color", piece.attribute("color"))
    weight = style.get("font-weight", "")
    if weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600):
        marks.add("b")
    if style.get("font-style") == "italic":
        marks.add("i")
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if "line-through" in line:
        marks.add("s")
    if "underline" in line:
        marks.add("u")
    for name in ("color", "background-color"):
        value = style.get(name, "")
        if value and not _is_neutral(value):
            marks.add(f"{name} {value}")
    is_light = weight in ("normal", "400", "lighter")
    return frozenset(marks), frozenset({"b"} if is_light else ())


_MARKS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "s": "s", "strike": "s", "del": "s",
    "u": "u", "ins": "u", "code": "code", "tt": "code", "mark": "mark", "sub": "sub",
    "sup": "sup", "kbd": "kbd", "samp": "samp", "var": "var", "small": "small", "q": "q",
    "cite": "cite", "abbr": "abbr", "dfn": "dfn", "bdo": "bdo", "rt": "rt", "big": "big",
}  # fmt: skip


def style_of(text: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in text.lower().split(";"))
    return {name.strip(): " ".join(value.split()) for name, _, value in pairs if value.strip()}


_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def _is_neutral(colour: str) -> bool:
    """Whether a colour is black, white, grey or none, as pasted text often has it."""
    if colour.startswith("#"):
        digits = colour[1:]
        width = 1 if len(digits) < 6 else 2
        parts = [int(digits[at : at + width], 16) for at in range(0, 3 * width, width)
                 if re.fullmatch(r"[0-9a-f]+", digits[at : at + width])]  # fmt: skip
        spread = 16 if width == 2 else 1
        return len(parts) == 3 and max(parts) - min(parts) <= spread
    if colour.startswith("rgb"):
        values = [float(each) for each in _NUMBERS.findall(colour)]
        if len(values) == 4 and values[3] == 0:
            return True
        return len(values) >= 3 and max(values[:3]) - min(values[:3]) <= 16
    return colour.startswith("var(") or colour in _PLAIN_COLOURS


_PLAIN_COLOURS = frozenset(
    {"black", "white", "inherit", "initial", "unset", "currentcolor", "transparent"}
    | {"windowtext", "canvastext", "canvas", "window", "none", "gray", "grey"}
)
