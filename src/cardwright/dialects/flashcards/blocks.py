"""Finds cards in blocks of tools: ``START`` … ``END``, code called ``anki``, ``data-question``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cardwright.blocks.fences import fenced_blocks
from cardwright.dialects.answer import is_furniture
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.order import first_from, with_next
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording.signs import COLON, FENCE
from cardwright.wording.words import Concept, alternatives, lazy_pattern

_FENCE = re.compile(rf"\s*(?:{FENCE})\s*(?P<name>[\w-]*)\s*$")
_START = re.compile(r"\s*START(?P<name>_[A-Z]+)?\s*|\s{0,3}%%\s?(?:ANKI|START)\s*")
"""The line that begins a block. The plugin's settings allow other names (``START_CARD``), and a
comment of Obsidian around the block."""
_END = re.compile(r"\s*END(?P<name>_[A-Z]+)?\s*(?:%%\s*)?")
_FIELD = lazy_pattern(
    rf"(?i)\s*(?:(?P<back>(?:back\s+)?extra|{alternatives(Concept.BACK, Concept.ANSWER)})"
    rf"|(?P<front>{alternatives(Concept.FRONT, Concept.QUESTION)})|(?P<tags>tags))"
    rf"\s*{COLON}[ \t]*"
    r"|\s*(?P<id><!--\s*ID:|ID:\s*\d|DELETE\s*$)"
)
_INLINE = re.compile(
    r"\bSTARTI\s+\[(?P<type>[^\[\]]{1,80})\]\s+(?P<front>.*?)\s(?:Back|Answer):\s*(?P<back>.*?)"
    r"\s*(?:<!--.*?-->\s*)?\bENDI\b"
)
_LONGEST = 4000
_ELEMENT = re.compile(r" {0,3}<(?P<tag>\w+)\s[^<>]{0,500}?(?<=\s)data-question[^<>]{0,500}>")
_ELEMENTS = "an element with 'data-question'"


@dataclass(frozen=True, slots=True)
class AnkiBlock:
    """A block on lines ``start`` to ``end``, the line of ``END``. ``type`` names its note type.

    ``text`` is its first field, and ``back`` the place of the second. ``tags`` are as for Anki.
    """

    start: int
    end: int
    type: str
    text: tuple[Line, ...]
    back: Span | None
    tags: tuple[str, ...]

    @property
    def is_cloze(self) -> bool:
        return "cloze" in self.type.lower()


def anki_blocks(outline: Outline) -> tuple[AnkiBlock, ...]:
    """Return the blocks of a document in order, even those in code that is called ``anki``."""
    found: list[AnkiBlock] = []
    lines = outline.lines
    ends: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in outline.lines_with("END"):
        if match := _END.fullmatch(text):
            ends[match["name"] or ""].append(number)
    is_named, end = False, 0
    for number, text in outline.lines_with("START", "%%", "`", "~") if ends else ():
        fence = _FENCE.match(text[:80])
        is_named = fence["name"].lower() == "anki" if fence else is_named
        is_start = number > end and _START.fullmatch(text)
        if is_start and (is_named or not outline.is_verbatim[number - 1]):
            end = first_from(ends[is_start["name"] or ""], number + 1)
            found += [_block(lines, number, end)] if end > number + 1 else []
    return tuple(found)


def _block(lines: Sequence[str], start: int, end: int) -> AnkiBlock:
    names = [(at, name) for at in range(start + 2, end) if (name := _FIELD.match(lines[at - 1]))]
    column = 1
    if names and names[0][0] == start + 2 and names[0][1]["front"]:
        column = names.pop(0)[1].end() + 1
    first = names[0][0] if names else end
    text = trimmed(cut(lines, Span(start + 2, first, column=column)), is_furniture)
    back, tags = None, list[str]()
    for (at, name), (last, _) in zip(names, [*names[1:], (end, None)], strict=False):
        if name["back"] and back is None:
            is_bare = not lines[at - 1][name.end() :].strip()
            back = Span(at + 1, last) if is_bare else Span(at, last, column=name.end() + 1)
        elif name["tags"]:
            tags += re.split(r"[\s,]+", lines[at - 1][name.end() :])
    kept = tuple(word.lstrip("#").replace("/", "::") for word in tags if word.strip("#"))
    return AnkiBlock(start, end, lines[start].strip(), text, back, kept)


def asking_blocks(outline: Outline) -> Iterator[Question]:
    """Yield the questions of all blocks, except those of clozes and those on one line."""
    for block in outline.once(anki_blocks):
        if block.back is not None and block.text and not block.is_cloze:
            question = _asked(block.text, block.back, block.type, block.start)
            tags = (*question.attributes.tags, *block.tags)
            yield question._replace(attributes=replace(question.attributes, tags=tags))
    for number, text in outline.lines_with("STARTI"):
        is_able = len(text) <= _LONGEST and not outline.is_verbatim[number - 1]
        match = _INLINE.search(text) if is_able else None
        if match is not None and "cloze" not in match["type"].lower():
            begin, end = match.span("back")
            rows = [Line(match["front"], number, match.start("front") + 1)]
            answer = Span(number, number + 1, 0, begin + 1, end + 1)
            yield _asked(rows, answer, match["type"], number)


def _asked(rows: Sequence[Line], answer: Span, type_: str, line: int) -> Question:
    is_reverse = "revers" in type_.lower()
    return asked(rows, answer, line=line, is_marked=True, is_reverse=is_reverse,
                 rule="a block for Anki", ending=EndRule.PIECE)  # fmt: skip


def data_questions(outline: Outline) -> tuple[Question, ...]:
    """Return elements that ask, as "markdown-anki-decks" has them, and headings between them.

    Everything in an element asks, even headings. The text up to the next question answers.
    """
    found: list[Question] = []
    lines: dict[str, list[int]] = {}
    over = 0
    for number, text in outline.lines_with("data-question"):
        opening = _ELEMENT.match(text[:2000])
        closing = f"</{opening['tag']}>" if opening else ""
        if closing not in lines:
            lines[closing] = [at for at, _ in outline.lines_with(closing)]
        end = first_from(lines[closing], number)
        if opening and end and number > over and not outline.is_verbatim[number - 1]:
            until, over = outline.lines[end - 1].find(closing) + 1, end
            rows = trimmed(cut(outline.lines, Span(number, end + 1, 0, opening.end() + 1, until)))
            found.append(Question(number, rows, Span(end + 1, end + 1), rule=_ELEMENTS))
    inside = {at for each in found for at in range(each.line, each.answer.start)}
    found += [under(each) for each in outline.headings if each.level == 2 and found]
    found = sorted(each for each in found if each.rule or each.line not in inside)
    return tuple(
        each._replace(answer=each.answer._replace(end=end), is_marked=True, direct=end)
        for each, below in with_next(found)
        for end in [below.line if below else len(outline.lines) + 1]
    )


_OPENING = re.compile(rf"(?i) {{0,3}}(?:{FENCE})[ \t]*(?:anki|(?:flash)?cards?)[ \t]*")
_YAML_FIELD = lazy_pattern(
    rf"(?i)(?:(?P<front>{alternatives(Concept.FRONT, Concept.QUESTION, Concept.ASKING_LETTER)})"
    rf"|(?P<back>{alternatives(Concept.BACK, Concept.ANSWER, Concept.ANSWERING_LETTER)})"
    rf"|(?:note[ _]?)?type|deck|tags?|topic|n?id){COLON}[ \t]*(?:[|>][+-]?[ \t]*$)?|-{{3}}[ \t]*$"
)
_QUOTED = re.compile(r"([\"'])(?P<text>.*)\1\s*$")


def fenced_cards(outline: Outline) -> Iterator[Question]:
    """Yield the cards in code called ``anki`` or ``flashcard``: ``front: …`` over ``back: …``.

    Several plugins of Obsidian have them. They read the code as YAML, so the text of a field may be
    quoted, or indented below ``front: |``.
    """
    for start, end in fenced_blocks(outline.lines) if outline.holds("anki", "card") else ():
        if _OPENING.fullmatch(outline.lines[start]):
            yield from _fenced(outline, start + 2, end)


def _fenced(outline: Outline, first: int, end: int) -> Iterator[Question]:
    """Yield the cards in the lines of some code, each a front with the back that follows it."""
    texts = enumerate(outline.lines[first - 1 : end - 1], first)
    fields = [(at, named) for at, text in texts if (named := _YAML_FIELD.match(text))]
    placed = [
        (named, _text_of(outline, at, named, below[0] if below else end))
        for (at, named), below in with_next(fields)
    ]
    for (front, asking), (back, answer) in pairwise(placed):
        rows = trimmed(cut(outline.lines, asking))
        if front["front"] and back["back"] and rows:
            yield asked(rows, answer, line=asking.start, is_marked=True,
                        rule="a field in code for flashcards", ending=EndRule.PIECE)  # fmt: skip


def _text_of(outline: Outline, line: int, named: re.Match[str], end: int) -> Span:
    """Return the text of a field that begins on ``line``, without quotation marks around it."""
    text, column = outline.lines[line - 1], named.end() + 1
    if quoted := _QUOTED.match(text, named.end()):
        return Span(line, line + 1, column=column + 1, until=quoted.end("text") + 1)
    if text[named.end() :].strip():
        return Span(line, end, column=column)
    below = (row.indent for row in outline.rows[line : end - 1] if row.text)
    return Span(line + 1, end, next(below, 0))
