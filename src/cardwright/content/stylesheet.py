"""Reads and checks ``style.css`` beside ``deck.yml``, the deck's own CSS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import Place
from cardwright.source import read_own

if TYPE_CHECKING:
    from tinycss2.ast import Node

STYLE = "style.css"
MAX_BYTES = 65_536
"""It is part of the note type, and Anki adds all of it to every side of every card."""
_LINE_END = re.compile(r"\r\n|\r|\f")  # line ends in CSS (CSS Syntax 3, section 3.3)
_END = re.compile(r"</style|<!--", re.IGNORECASE)


def read_style(folder: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    r"""Return the stylesheet of a deck's folder with line ends ``\\n``, or ``""``.

    CF109 if it is too long, loads anything from outside, or would end the element that contains it
    in Anki. Then the stylesheet is ``""``.
    """
    text, problems = read_own(folder / STYLE, STYLE)
    if text is None:
        return "", problems
    text = _LINE_END.sub("\n", text).replace("\0", "\ufffd").rstrip("\n")
    wrong = tuple(_problems(text))
    return ("", wrong) if wrong or not text else (f"{text}\n", ())


def _problems(text: str) -> Iterator[Diagnostic]:
    size = len(text.encode())
    if size > MAX_BYTES:
        message = f"'{STYLE}' has {size} bytes, and the limit is {MAX_BYTES}"
        yield _problem(0, 0, message, "keep what is needed, and embed smaller images and fonts")
        return
    for place, loaded in _external_resources(text):
        message = f"'{shorten(loaded)}' asks for something outside of the stylesheet"
        hint = "embed a font or an image as 'url(data:…)'; a card is shown offline"
        yield _problem(*place, message, hint)
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _END.finditer(line):
            message = f"'{match[0]}' would end the stylesheet"
            yield _problem(number, match.start() + 1, message, "remove it")


def _external_resources(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield everything that the stylesheet loads from outside, with its line and column."""
    from tinycss2 import parse_component_value_list  # imported here: few decks have a stylesheet

    waiting = parse_component_value_list(text)[::-1]
    while waiting:
        token = waiting.pop()
        loaded = _loaded_by(token)
        if loaded:
            yield (token.source_line, token.source_column), loaded
        inside = getattr(token, "arguments", None) or getattr(token, "content", None) or ()
        waiting += reversed(inside)


def _loaded_by(token: Node) -> str:
    """Return what a token loads from outside of the stylesheet, or ``""``."""
    kind = token.type
    if kind == "at-keyword":
        return "@import" if token.lower_value == "import" else ""
    if kind == "error":
        return "url(" if token.kind == "bad-url" else ""
    if kind == "function" and token.lower_name.endswith("image-set"):
        return f"{token.name}("
    if kind == "function" and token.lower_name in ("url", "src"):
        address = "".join(each.value for each in token.arguments if each.type == "string")
    elif kind == "url":
        address = token.value
    else:
        return ""
    return "" if address.lower().startswith(("data:", "#")) else f"url({address})"


def _problem(line: int, column: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Place(STYLE, line, column), Code.BAD_STYLE, message, hint)
