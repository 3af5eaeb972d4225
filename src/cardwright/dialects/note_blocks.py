"""Dialect X: ``START``, a note type, a front, ``Back:`` and ``END``, as in "Obsidian to Anki"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut

_FRONT = re.compile(r"\s*(?:Front|Question|Prompt|Q):[ \t]*")
_BACK = re.compile(r"\s*(?:Back|Answer|Response|A):[ \t]*")
_OTHER = re.compile(r"\s*(?:Tags:|<!--\s*ID:)")
_INLINE = re.compile(
    r"(?P<opening>\bSTARTI\s*\[(?P<type>[^\[\]]{1,80})\]\s*)(?:Front:\s*)?(?P<front>\S.*?)"
    r"(?P<back>\s*\bBack:\s*)(?P<answer>\S.*?)\s*(?:Tags:.*?)?(?:<!--.*?-->\s*)?\bENDI\b"
)
_LONGEST_LINE = 4000
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines ``start``, that of the opening, to ``end``, that of the closing; both included."""

    start: int
    end: int
    type: str


def note_blocks(outline: Outline) -> tuple[Question, ...]:
    """The notes between ``START`` and ``END``, and those on one line with ``STARTI``, ``ENDI``.

    The first field needs no name (the plugin's wiki, "Note formatting"); tags and the plugin's
    own number of a note are left out. Notes of the type Cloze are those of ``cloze``.
    """
    found = [question for block in _blocks(outline) for question in _note(outline, block)]
    found += _inline_notes(outline)
    return tuple(sorted(found, key=lambda question: question.line))


def _blocks(outline: Outline) -> Iterator[_Block]:
    start = 0
    for number, text in enumerate(outline.lines, 1):
        word = text.strip() if len(text) < 40 else ""
        if outline.is_verbatim[number - 1]:
            continue
        if word == "START":
            start = number
        elif word == "END" and start:
            if 3 <= number - start <= _MOST_LINES:
                yield _Block(start, number, outline.lines[start].strip())
            start = 0


def _note(outline: Outline, block: _Block) -> Iterator[Question]:
    numbers = range(block.start + 2, block.end)
    texts = outline.lines
    back = next((n for n in numbers if _BACK.match(texts[n - 1])), 0)
    if block.type == "Cloze" or not back:
        return
    name = _FRONT.match(texts[numbers[0] - 1])
    front = cut(texts, Span(numbers[0], back, column=(name.end() if name else 0) + 1))
    while front and not front[-1].text.strip():
        front.pop()
    label = _BACK.match(texts[back - 1])
    end = next((n for n in numbers if n > back and _OTHER.match(texts[n - 1])), block.end)
    answer = Span(back, end, column=(label.end() if label else 0) + 1)
    if front:
        is_reverse = "reversed" in block.type
        note = asked(front, answer, line=block.start, is_marked=True, is_reverse=is_reverse)
        tags = (*note.attributes.tags, *_tags(texts[end - 1]))
        yield replace(note, attributes=replace(note.attributes, tags=tags))


def _tags(text: str) -> Iterator[str]:
    """The tags that a line ``Tags: plants #trees/bark`` names; none of any other line."""
    name, _, tags = text.partition(":")
    if name.strip() == "Tags":
        yield from (tag.strip("#,").replace("/", "::") for tag in tags.split())


def _inline_notes(outline: Outline) -> Iterator[Question]:
    for number, text in enumerate(outline.lines, 1):
        if "STARTI" not in text or len(text) > _LONGEST_LINE or outline.is_verbatim[number - 1]:
            continue
        note = _INLINE.search(text)
        if note is not None and note["type"].strip() != "Cloze":
            start, end = note.span("front")
            front = cut(outline.lines, Span(number, number + 1, column=start + 1, until=end + 1))
            first, last = note.span("answer")
            answer = Span(number, number + 1, column=first + 1, until=last + 1)
            is_reverse = "reversed" in note["type"]
            yield asked(front, answer, is_marked=True, is_reverse=is_reverse)
