"""The right options named again by what stands behind them, which says them once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.model import Line

_CLOSERS = re.compile(r"`?[\s.)\]:\uff1a\u3002\uff0c\u3001*_,;–\u2014-]*")


def rest_behind(line: Line, end: int, names: Sequence[str]) -> list[Line]:
    """What a line says behind the letters that it names and the text of those options."""
    closers = _CLOSERS.match(line.text, end)
    at = begin = closers.end() if closers else end
    for name in names:
        behind = _behind(line.text, at, name, is_last=name is names[-1])
        if behind == at:
            at = begin
            break
        at = behind
    text = line.text[at:]
    if text.count("**") % 2:
        text = text.rstrip()
        text = text[:-2] if text.endswith("**") else f"**{text}"
    return [Line(text, line.number, line.column + at)] if re.search(r"\w", text) else []


def _behind(text: str, at: int, name: str, *, is_last: bool) -> int:
    """The offset behind ``name`` in ``text`` and the separator there, whatever marks it has.

    ``at`` where it is not ``name``, or only the begin of a sentence, of code or of a formula.
    """
    end = at
    for letter in name.casefold():
        if not letter.isalnum():
            continue
        while end < len(text) and not text[end].isalnum():
            end += 1
        if end == len(text) or text[end].casefold() != letter:
            return at
        end += 1
    if end == at or (end < len(text) and text[end].isalnum()):
        return at
    tail = re.search(r"\W*$", name)
    if tail and text.startswith(tail.group(), end):
        end += len(tail.group())
    is_cut = text.count("`", at, end) % 2 or text.count("$", at, end) % 2
    closing = None if is_cut else (_SEPARATOR if is_last else _BETWEEN).match(text, end)
    return closing.end() if closing else at


_SEPARATOR = re.compile(r"[*_)]*(?:\s*$|\s*[.;:\uff1a。–\u2014-][\s*_.;:)\u2014-]*|\s+(?=\())")
_BETWEEN = re.compile(r"[\s*_.,;:)\uff1a。–\u2014-]*(?:(?:and|und|et|y|e)\s)?\s*")
