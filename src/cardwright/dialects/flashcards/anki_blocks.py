"""The blocks of the Obsidian plugin "Obsidian to Anki": ``START``, a note type, fields, ``END``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cardwright.dialects.answers.answer import is_furniture
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*(?P<name>[\w-]*)\s*$")
_BACK = re.compile(
    r"(?i)\s*(?:back|answer|solution|rückseite|verso|reverso|背面|答案)\s*[:：][ \t]*"
)
_FRONT = re.compile(r"(?i)\s*(?:front|question|vorderseite|recto|anverso|正面|问题)\s*[:：][ \t]*")
_END = re.compile(r"(?i)\s*(?:<!--\s*ID:|ID:\s*\d|tags:|END\s*(?:%%\s*)?$|DELETE\s*$)")
_TAGS = re.compile(r"(?i)\s*tags:\s*(?P<tags>.*)$")
_INLINE = re.compile(
    r"\bSTARTI\s+\[(?P<type>[^\[\]]{1,80})\]\s+(?P<rest>.*?)\s*(?:<!--.*?-->\s*)?\bENDI\b"
)
_COMMENTED = re.compile(r"\s{0,3}%%\s?(?:ANKI|START)\s*")
"""The same in a comment of Obsidian, as the plugin's settings allow."""
_CLOSING = re.compile(r"\s*END\s*(?:%%\s*)?")
_LONGEST = 4000
_MOST_LINES = 500


def anki_blocks(outline: Outline) -> Iterator[Question]:
    """The questions of all blocks but those of clozes, also in code that is called ``anki``."""
    is_named, end = False, 0
    for number, text in enumerate(outline.lines, 1):
        fence = _FENCE.match(text[:80]) if "`" in text or "~" in text else None
        is_named = fence["name"].lower() == "anki" if fence else is_named
        if number < end or not ("START" in text or _COMMENTED.fullmatch(text)):
            continue
        if outline.is_verbatim[number - 1] and not is_named:
            continue
        is_block = text.strip() == "START" or _COMMENTED.fullmatch(text) is not None
        end = _end(outline, number) if is_block else number
        question = _question(outline, number, end) if end > number else _inline(outline, number)
        if question is not None:
            yield question


def _end(outline: Outline, start: int) -> int:
    """The line ``END`` of a block, 0 where there is none."""
    limit = min(start + _MOST_LINES, len(outline.lines))
    numbers = range(start + 1, limit + 1)
    return next((at for at in numbers if _CLOSING.fullmatch(outline.lines[at - 1])), 0)


def _question(outline: Outline, start: int, end: int) -> Question | None:
    lines = outline.lines
    kind = lines[start]
    numbers = range(start + 3, end)
    back = next((at for at in numbers if _BACK.match(lines[at - 1])), 0)
    label = _BACK.match(lines[back - 1]) if back else None
    if label is None or "cloze" in kind.lower():
        return None
    front = _FRONT.match(lines[start + 1])
    rows = cut(lines, Span(start + 2, back, column=front.end() + 1 if front else 1))
    asking = trimmed(rows, is_furniture)
    if not asking:
        return None
    last = next((at for at in range(back + 1, end) if _END.match(lines[at - 1])), end)
    is_bare = not lines[back - 1][label.end() :].strip()
    answer = Span(back + 1, last) if is_bare else Span(back, last, column=label.end() + 1)
    question = asked(
        asking, answer, line=start, is_marked=True, is_reverse="revers" in kind.lower()
    )
    found = (_TAGS.match(line) for line in lines[last - 1 : end - 1])
    words = (word for match in found if match for word in re.split(r"[\s,]+", match["tags"]))
    tags = tuple(word.lstrip("#").replace("/", "::") for word in words if word.strip("#"))
    attributes = replace(question.attributes, tags=(*question.attributes.tags, *tags))
    return replace(question, attributes=attributes)


def _inline(outline: Outline, number: int) -> Question | None:
    """``STARTI [Basic] a leaf Back: an organ ENDI``"""
    text = outline.lines[number - 1]
    match = _INLINE.search(text) if len(text) <= _LONGEST else None
    label = re.search(r"\s(?:Back|Answer):\s*", match["rest"]) if match else None
    if match is None or label is None or "cloze" in match["type"].lower():
        return None
    begin = match.start("rest")
    front = Span(number, number + 1, column=begin + 1, until=begin + label.start() + 1)
    rows = cut(outline.lines, front)
    until = match.end("rest") + 1
    answer = Span(number, number + 1, column=begin + label.end() + 1, until=until)
    is_reverse = "revers" in match["type"].lower()
    return asked(rows, answer, is_marked=True, is_reverse=is_reverse)
