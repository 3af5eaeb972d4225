"""Shows diagnostics in the editor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types

from cardwright.diagnostics import Diagnostic, printable
from cardwright.lsp.positions import EditorDocument

SOURCE = "cardwright"
_POINTER = re.compile(r"^ *(\^+) *$", re.MULTILINE)
_SETTINGS = ("CF", "SR205")
_WORD = re.compile(r"""(["'])[^"']*\1|[^\s,:\]}]+""")


def problem_range(problem: Diagnostic, document: EditorDocument) -> types.Range:
    """Return the range to underline: as long as the carets, a word of the settings, or the line."""
    line, column = max(problem.place.line, 1), problem.place.column
    text = document.line(line)
    end = len(text.rstrip()) + 1
    start = column or len(text) - len(text.lstrip()) + 1
    pointer = _POINTER.search(problem.excerpt)
    word = _WORD.match(text, start - 1) if start <= len(text) else None
    if pointer and column:
        end = min(start + len(pointer[1]), end)
    elif word and column and problem.code.code.startswith(_SETTINGS):
        end = word.end() + 1
    return document.range(line, min(start, end), max(start, end))


def as_lsp(problem: Diagnostic, document: EditorDocument) -> types.Diagnostic:
    """Return the diagnostic with its excerpt and hint, as ``check`` prints them."""
    parts = (problem.message, problem.excerpt, problem.hint and f"hint: {problem.hint}")
    is_error = problem.is_error
    severity = types.DiagnosticSeverity.Error if is_error else types.DiagnosticSeverity.Warning
    return types.Diagnostic(
        range=problem_range(problem, document),
        message=printable("\n".join(part for part in parts if part)),
        severity=severity,
        code=problem.code.code,
        source=SOURCE,
    )


def problems_in(
    problems: Sequence[Diagnostic], document: EditorDocument, first: int, last: int
) -> list[Diagnostic]:
    """Return the problems in the lines ``first`` to ``last``."""
    end = len(document.lines)
    return [each for each in problems if first <= min(max(each.place.line, 1), end) <= last]


def problems_at(
    problems: Sequence[Diagnostic], document: EditorDocument, line: int, column: int
) -> list[Diagnostic]:
    """Return the problems whose range includes this line and column."""
    found = []
    for problem in problems_in(problems, document, line, line):
        place = problem_range(problem, document)
        start, end = document.place(place.start), document.place(place.end)
        if start[1] <= column <= end[1]:
            found.append(problem)
    return found
