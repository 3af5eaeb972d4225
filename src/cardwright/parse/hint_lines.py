"""Lines under a question that say "Hint:", which belong into the field of that name."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.model import Line, Passage
from cardwright.wording.words import Concept, alternatives

_LABEL = re.compile(
    rf"(?i)\s{{0,3}}(?P<mark>\*{{1,3}}|_{{1,3}})?{alternatives(Concept.HINT)}"
    r"\s?(?:(?P<closed>[*_]{1,3})\s?[:\uff1a]|[:\uff1a]\s?(?P<shut>[*_]{1,3}(?=\s))?)\s*(?=\S)"
)
_LONGEST = 100


def split_hint(front: Passage, hint: Passage) -> tuple[Passage, Passage]:
    """The front without the paragraphs below its first line that begin so, and the hint with them.

    Nothing changes where there is a hint already.
    """
    if hint.lines or len(front.lines) < 2:
        return front, hint
    is_code = lines_of_code([line.text for line in front.lines])
    kept: list[Line] = []
    found: list[Line] = []
    is_hint = False
    for at, line in enumerate(front.lines):
        is_blank = not line.text.strip()
        label = _label(line.text) if at and not is_code[at] else None
        if label:
            found += [*([Line("", line.number)] if found else []), _behind(line, label)]
            is_hint = True
        elif is_hint and not is_blank:
            found.append(line)
        elif not (is_hint and kept and not kept[-1].text.strip()):
            kept.append(line)
            is_hint = False
        else:
            is_hint = False
    while kept and not kept[-1].text.strip():
        kept.pop()
    if not found or not kept:
        return front, hint
    return replace(front, lines=tuple(kept)), replace(hint, lines=tuple(found))


def _label(text: str) -> re.Match[str] | None:
    """The label that a line begins with; one in an emphasis that goes on below is none."""
    label = _LABEL.match(text[:_LONGEST])
    if label is None or _is_closed(label) or text.rstrip().endswith(label["mark"]):
        return label
    return None


def _is_closed(label: re.Match[str]) -> bool:
    return not label["mark"] or bool(label["closed"] or label["shut"])


def _behind(line: Line, label: re.Match[str]) -> Line:
    """The line behind its label, without the end of an emphasis that is around all of it."""
    text = line.text[label.end() :].rstrip()
    if not _is_closed(label):
        text = text[: -len(label["mark"])]
    return Line(text, line.number, line.column + label.end())
