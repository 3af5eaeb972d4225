"""Reads TeX macros from ``macros.tex`` beside the content, a format of hashcards."""

from __future__ import annotations

import re
from pathlib import Path

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import Place
from cardwright.source import read_own
from cardwright.tex_macros import Macros, definitions_in, group_end, stripped

MACROS = "macros.tex"
_LINE = re.compile(r"(?P<name>\\(?:[A-Za-z@]+|[^A-Za-z\s]))(?P<body>.*)")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_TEX_COMMANDS = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator|newenvironment"
    r"|documentclass|usepackage|begin|end|input)(?![A-Za-z])"
)
"""Commands that only TeX understands. A macro of this name would hide the command."""


def read_macros(folder: Path) -> tuple[Macros, tuple[Diagnostic, ...]]:
    r"""Return the macros of a folder with their bodies, ``()`` for none.

    Each line is ``\name body`` or a TeX definition. The whole file may also be TeX definitions that
    span lines. CF110 is for a line that is neither, or a file that cannot be read.
    """
    text, problems = read_own(folder / MACROS, MACROS)
    if text is None:
        return (), tuple(
            _problem(each.place.line, each.place.column, f"its macros are lost: {each.message}")
            for each in problems
        )
    whole = definitions_in(text)
    if whole:
        return tuple(dict(whole).items()), ()
    found: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for number, line in enumerate(text.splitlines(), 1):
        macros = _defined(line)
        found.update(macros)
        if not macros and _COMMENT.sub(r"\1", line).strip():
            column = len(line) - len(line.lstrip()) + 1
            faults.append(_problem(number, column, f"'{shorten(line.strip())}' defines nothing"))
    return tuple(found.items()), tuple(faults)


def _defined(line: str) -> Macros:
    definitions = definitions_in(line)
    match = _LINE.fullmatch(stripped(_COMMENT.sub(r"\1", line)))
    if definitions or match is None or _TEX_COMMANDS.match(match[0]):
        return definitions
    body = stripped(match["body"])
    is_balanced = group_end(f"{{{body}}}", 0) == len(body) + 2
    return ((match["name"], body),) if body and is_balanced else ()


def _problem(line: int, column: int, message: str) -> Diagnostic:
    hint = r"write '\name body' or '\newcommand{\name}{body}', one per line"
    return Diagnostic(Place(MACROS, line, column), Code.BAD_MACROS, message, hint)
