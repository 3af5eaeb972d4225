"""Dialect F, in two parts: ``## Front`` and ``## Back``, or other names of the two sides."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cardwright.dialects.flashcards.anki_blocks import anki_blocks
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import is_never_a_question

_FRONT = (
    "front|front side|q|question|prompt|vorderseite|frage|recto|anverso|pregunta|frente|pergunta"
    "|fronte|domanda|вопрос|лицевая сторона|正面|问题|問題|表|質問|앞면|질문"
)
_BACK = (
    "back|back side|a|answers?|response|rückseite|antwort|verso|reverso|respuesta|resposta|dorso"
    "|retro|risposta|réponse|ответ|оборотная сторона|背面|反面|答案|裏|回答|뒷면|답변|정답"
)
_KIND = (
    "(?:interview|exam|practice|sample|model|suggested|my|short|full|expected|면접|예상|meine"
    "|mi|ma|minha|面试|想定)"
)
_SIDE = re.compile(  # a heading, a line of signs around the word, bold
    rf"(?i)\s{{0,3}}(?:(?P<hashes>#{{1,6}})\s*|(?P<ruler>[=*]{{3,}}|-{{3,}})\s*|(?P<bold>\*\*|__))"
    rf"[^\w#]{{0,4}}(?:{_KIND}\s+)?(?:(?P<front>{_FRONT})|(?P<back>{_BACK}))(?: [a-z]{{2}})?"
    r"\s*\d{0,4}\s*:?[\s*_=#-]*"
)


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that names a side; ``mark`` tells its kind, a heading's its level."""

    line: int
    is_front: bool
    mark: str


def front_and_back(outline: Outline) -> tuple[Question, ...]:
    """The pairs of a front and a back of the same mark, the back up to the next front.

    Headings behind the back that belong to neither ("Notes") are parts of it, those around
    questions ("References") are not. Then those of blocks for another tool.
    """
    labels = list(_labels(outline))
    closing = {mark: _closing_lines(outline, mark) for mark in {label.mark for label in labels}}
    last = len(outline.lines) + 1
    found: list[Question] = [*anki_blocks(outline)]
    for at, (front, back) in enumerate(pairwise(labels)):
        if not front.is_front or back.is_front or front.mark != back.mark:
            continue
        following = labels[at + 2].line if at + 2 < len(labels) else last
        over = bisect_right(closing[back.mark], back.line)
        end = min([following, *closing[back.mark][over : over + 1]])
        asks = _front_lines(outline, front.line + 1, back.line)
        if asks:
            answer = Span(back.line + 1, end)
            found.append(asked(asks, answer, line=front.line, is_marked=True))
    return tuple(sorted(found, key=lambda question: question.line))


def _labels(outline: Outline) -> Iterator[_Label]:
    for number, text in enumerate(outline.lines, 1):
        if len(text) > 80 or outline.is_verbatim[number - 1]:
            continue
        side = _SIDE.fullmatch(text)
        if side is not None:
            mark = side["hashes"] or (side["ruler"] or side["bold"])[:2]
            yield _Label(number, side["front"] is not None, mark)


def _closing_lines(outline: Outline, mark: str) -> list[int]:
    """The lines, in order, at which a back under this mark is over whatever label comes."""
    if mark.startswith("#"):
        level = len(mark)
        return [
            heading.line
            for heading in outline.headings
            if heading.level < level
            or (heading.level == level and is_never_a_question(heading.text))
        ]
    if mark == "**":
        return [heading.line for heading in outline.headings]
    ruler = re.compile(rf"\s{{0,3}}{re.escape(mark)}+\s*\w.{{0,80}}{re.escape(mark)}+\s*")
    return [
        number
        for number, text in enumerate(outline.lines, 1)
        if ruler.fullmatch(text) and not outline.is_verbatim[number - 1]
    ]


def _front_lines(outline: Outline, start: int, end: int) -> list[Line]:
    """The lines of a front without blank ones around.

    A lone heading loses its hashes, a front that is one quote its marks.
    """
    texts = [text for text in outline.lines[start - 1 : end - 1] if text.strip()]
    quotes = 1 if texts and all(text.lstrip().startswith(">") for text in texts) else 0
    rows = [*trimmed(cut(outline.lines, Span(start, end, quotes=quotes)))]
    heading = re.match(r"\s{0,3}#{1,6}\s+", rows[0].text) if len(rows) == 1 else None
    if heading:
        first = rows[0]
        rows = [Line(first.text[heading.end() :], first.number, first.column + heading.end())]
    return rows
