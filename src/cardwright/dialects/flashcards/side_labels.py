"""Lines that name a side of a card, ``## Front`` or ``**Answer**``, and where a back is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.text.question import Outline
from cardwright.wording import is_never_a_question

FRONT_SIDE = (
    "front|front side|vorderseite|recto|anverso|frente|fronte|лицевая сторона|正面|表面|앞면"
)
BACK_SIDE = (
    "back|back side|rückseite|verso|reverso|dorso|retro|оборотная сторона|背面|反面|裏面|뒷면"
)

_FRONT = (
    f"{FRONT_SIDE}|q|question|prompt|frage|pregunta|pergunta|domanda|вопрос|问题|問題|表|質問|질문"
)

_BACK = (
    f"{BACK_SIDE}|a|answers?|response|antwort|respuesta|resposta|risposta|réponse|ответ|答案|裏"
    "|回答|답변|정답"
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
class SideLabel:
    """A line that names a side; ``mark`` tells its kind, a heading's its level."""

    line: int
    is_front: bool
    mark: str


def side_labels(outline: Outline) -> Iterator[SideLabel]:
    for number, text in enumerate(outline.lines, 1):
        if len(text) > 80 or outline.is_verbatim[number - 1]:
            continue
        side = _SIDE.fullmatch(text)
        if side is not None:
            mark = side["hashes"] or (side["ruler"] or side["bold"])[:2]
            yield SideLabel(number, side["front"] is not None, mark)


def closing_lines(outline: Outline, mark: str) -> list[int]:
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
