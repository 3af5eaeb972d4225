"""Reads a note type's templates to find the fields of its question and of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cardwright.adopt.values import Sides

_REFERENCE = re.compile(r"\{\{(?P<filters>[^{}]*?:)?(?P<name>[^{}:#^/][^{}:]*?)\s*\}\}")
"""A field in Anki's template language, with its filters, but not a condition (``{{#Field}}``)."""

_MENTION = re.compile(r"\{\{[#^/]?\s*(?:[^{}]*:)?(?P<name>[^{}:]*?)\s*\}\}")


def sides_of(fields: Sequence[str], templates: Sequence[Mapping[str, Any]]) -> Sides:
    """Return the sides of a note type, from the first template that shows a field.

    The reverse template is the one whose question shows fields of the answer, and none of the
    front.
    """
    numbers = {name: number for number, name in enumerate(fields)}
    fronts = [tuple(_asked(template["qfmt"], numbers)) for template in templates]
    forward = next((number for number, front in enumerate(fronts) if front), 0)
    front = fronts[forward] if fronts else ()
    shown = _shown(templates[forward]["afmt"], numbers) if templates else ()
    answer = tuple(dict.fromkeys(number for number in shown if number not in front))
    backward = next(
        (
            number
            for number, asked in enumerate(fronts)
            if number != forward and {*asked} & {*answer} and not {*asked} & {*front}
        ),
        None,
    )
    sides = [side for template in templates for side in (template["qfmt"], template["afmt"])]
    used = {match["name"] for side in sides for match in _MENTION.finditer(side)}
    unseen = tuple(number for name, number in numbers.items() if name not in used)
    return Sides(front, answer, forward, backward, unseen)


def _asked(template: str, numbers: Mapping[str, int]) -> Iterator[int]:
    """Yield the fields that a question shows, without a field to type in."""
    seen: set[int] = set()
    for match in _REFERENCE.finditer(template):
        number = numbers.get(match["name"].strip())
        is_typed = "type:" in (match["filters"] or "")
        if number is not None and not is_typed and number not in seen:
            seen.add(number)
            yield number


def _shown(template: str, numbers: Mapping[str, int]) -> list[int]:
    names = (match["name"].strip() for match in _REFERENCE.finditer(template))
    return [numbers[name] for name in names if name in numbers]
