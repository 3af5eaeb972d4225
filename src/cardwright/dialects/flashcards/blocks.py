"""The blocks of the Obsidian plugin "Obsidian to Anki": ``START``, a note type, fields, ``END``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.answers.answer import is_furniture
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording.words import Concept, alternatives

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*(?P<name>[\w-]*)\s*$")
_START = re.compile(r"\s*START\s*|\s{0,3}%%\s?(?:ANKI|START)\s*")
"""The line that begins a block, also in a comment of Obsidian, as the plugin's settings allow."""
_END = re.compile(r"\s*END\s*(?:%%\s*)?")
_FRONT = re.compile(
    rf"(?i)\s*{alternatives(Concept.FRONT, Concept.QUESTION)}\s*[:\uff1a][ \t]*"
)
_BACK = re.compile(
    rf"(?i)\s*{alternatives(Concept.BACK, Concept.ANSWER, Concept.SOLUTION)}\s*[:\uff1a][ \t]*"
)
_OVER = re.compile(r"(?i)\s*(?:<!--\s*ID:|ID:\s*\d|tags:|DELETE\s*$)")
_TAGS = re.compile(r"(?i)\s*tags:\s*(?P<tags>.*)$")
_INLINE = re.compile(
    r"\bSTARTI\s+\[(?P<type>[^\[\]]{1,80})\]\s+(?P<rest>.*?)\s*(?:<!--.*?-->\s*)?\bENDI\b"
)
_BEHIND = re.compile(r"\s(?:Back|Answer):\s*")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class AnkiBlock:
    """A block on lines ``start`` to ``end``, that of ``END``; ``type`` is its note type's name."""

    start: int
    end: int
    type: str

    @property
    def is_cloze(self) -> bool:
        return "cloze" in self.type.lower()


def anki_blocks(outline: Outline) -> tuple[AnkiBlock, ...]:
    """The blocks of a document in order, also those in code that is called ``anki``."""
    return outline.once(_anki_blocks)


def _anki_blocks(outline: Outline) -> tuple[AnkiBlock, ...]:
    found: list[AnkiBlock] = []
    lines = outline.lines
    ends = [at for at, text in enumerate(lines, 1) if "END" in text and _END.fullmatch(text)]
    is_named, end = False, 0
    for number, text in enumerate(lines, 1):
        fence = _FENCE.match(text[:80]) if "`" in text or "~" in text else None
        is_named = fence["name"].lower() == "anki" if fence else is_named
        if number <= end or not ("START" in text or "%%" in text) or not _START.fullmatch(text):
            continue
        if not outline.is_verbatim[number - 1] or is_named:
            at = bisect_right(ends, number)
            end = ends[at] if at < len(ends) else 0
            found += [AnkiBlock(number, end, lines[number].strip())] if end else []
    return tuple(found)


def asking_blocks(outline: Outline) -> Iterator[Question]:
    """The questions of all blocks but those of clozes, and of those on one line."""
    for block in anki_blocks(outline):
        question = None if block.is_cloze else _question(outline, block)
        if question is not None:
            yield question
    for number, text in enumerate(outline.lines, 1):
        if "STARTI" in text and len(text) <= _LONGEST and not outline.is_verbatim[number - 1]:
            yield from _inline(outline, number)


def _question(outline: Outline, block: AnkiBlock) -> Question | None:
    lines, start = outline.lines, block.start
    numbers = range(start + 3, block.end)
    back = next((at for at in numbers if _BACK.match(lines[at - 1])), 0)
    label = _BACK.match(lines[back - 1]) if back else None
    front = _FRONT.match(lines[start + 1]) if back else None
    rows = cut(lines, Span(start + 2, back, column=front.end() + 1 if front else 1))
    asking = trimmed(rows, is_furniture)
    if label is None or not asking:
        return None
    last = next((at for at in range(back + 1, block.end) if _OVER.match(lines[at - 1])), block.end)
    is_bare = not lines[back - 1][label.end() :].strip()
    answer = Span(back + 1, last) if is_bare else Span(back, last, column=label.end() + 1)
    question = _asked(asking, answer, block.type, start)
    found = (_TAGS.match(line) for line in lines[last - 1 : block.end - 1])
    words = (word for match in found if match for word in re.split(r"[\s,]+", match["tags"]))
    tags = tuple(word.lstrip("#").replace("/", "::") for word in words if word.strip("#"))
    attributes = replace(question.attributes, tags=(*question.attributes.tags, *tags))
    return replace(question, attributes=attributes)


def _inline(outline: Outline, number: int) -> Iterator[Question]:
    """``STARTI [Basic] a leaf Back: an organ ENDI``"""
    match = _INLINE.search(outline.lines[number - 1])
    label = _BEHIND.search(match["rest"]) if match else None
    if match and label and "cloze" not in match["type"].lower():
        begin, until = match.start("rest"), match.end("rest") + 1
        front = Span(number, number + 1, 0, begin + 1, begin + label.start() + 1)
        answer = Span(number, number + 1, 0, begin + label.end() + 1, until)
        yield _asked(cut(outline.lines, front), answer, match["type"], number)


def _asked(rows: Sequence[Line], answer: Span, type_: str, line: int) -> Question:
    is_reverse = "revers" in type_.lower()
    question = asked(rows, answer, line=line, is_marked=True, is_reverse=is_reverse)
    return replace(question, rule="a block for Anki", ending=EndRule.PIECE)
