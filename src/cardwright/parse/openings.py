"""Where a question ends and its answer begins: place-holder headings, options, answer labels."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.dialects.answers import kept_lines
from cardwright.fences import lines_of_code
from cardwright.model import Line, Passage
from cardwright.wording import asks

_WORDS = (
    r"(?:(?:correct\s+|sample\s+|expected\s+)?(?:answers?|ans|solution)|respuesta(?:\s+correcta)?"
    r"|réponse|antwort|resposta|risposta|ответ|решение|参考答案|答案|解答|回答|正解|答え|정답|답변"
    r"|الإجابة|الجواب|cevap|odpowiedź|trả lời)"
)
_LONE_LABEL = re.compile(rf"(?i)\s{{0,3}}(?:#{{1,6}}\s+)?[^\w#]*{_WORDS}\W*$")
_LABEL = re.compile(rf"(?i)\s{{0,3}}[^\w#>|-]*{_WORDS}(?:\s*[*_]*\s*[:：]|\s+[-–—:]+)[-*_\s]*\S")
_OPTION = re.compile(r"\s{0,3}[-*+]\s+\[(?P<tick>[ xX])\]\s+\S")
_MOST_LINES = 60
"""Text before an answer's label that is longer than this is no part of the question."""


def split_opening(front: Passage, answer: Passage) -> tuple[Passage, Passage]:
    """Front and answer, with what stands under the heading and still asks on the front.

    Where the heading is only a place-holder ("Question 3"), the bold line, the heading or the
    question under it is the front. What stands before a line that says "Answer" (code, options)
    belongs to the question; options that are ticked show without their ticks on the front.
    """
    if not front.markdown.strip():
        front, answer = _placeholder(front, answer)
    is_code = lines_of_code([line.text for line in answer.lines])
    free = [at for at in range(len(answer.lines)) if not is_code[at]]
    labels = [at for at in free if _is_label(answer.lines[at].text)]
    if len(labels) == 1:
        return _at_label(front, answer, labels[0])
    ticks = {at: match["tick"] for at in free if (match := _OPTION.match(answer.lines[at].text))}
    if not labels and _is_quiz(front, answer, ticks, is_code):
        options = answer.lines[: max(ticks) + 1]
        shown = tuple(_unticked(line) for line in options)
        return _joined(front, shown), replace(answer, lines=answer.lines[min(ticks) :])
    return front, answer


_CHOOSE = re.compile(
    r"(?i)\b(?:which|choose|select|pick|correct|true|false|cuál(?:es)?|qual|quais|welche[rs]?"
    r"|quel(?:le)?s?)\b|哪|选|選|正确|正しい|правильн|верн"
)


def _is_quiz(front: Passage, answer: Passage, ticks: dict[int, str], is_code: list[bool]) -> bool:
    """Whether ticked and unticked boxes are options to choose from, and no list of tasks.

    They follow the question at once, or behind code and images alone, or it says to choose.
    """
    if len(set("".join(ticks.values()).lower())) != 2:
        return False
    above = [
        line.text
        for at, line in enumerate(answer.lines[: min(ticks)])
        if line.text.strip() and not is_code[at] and not line.text.lstrip().startswith("![")
    ]
    return not above or _CHOOSE.search(f"{front.markdown} {' '.join(above)}") is not None


def _placeholder(front: Passage, answer: Passage) -> tuple[Passage, Passage]:
    """The first paragraph or heading of an answer as its front, when that is a question."""
    lines = answer.lines
    end = next((at for at, line in enumerate(lines) if not line.text.strip()), len(lines))
    if not lines or end > _MOST_LINES:
        return front, answer
    heading = re.match(r"\s{0,3}#{1,6}\s+(?=\S)", lines[0].text)
    bold = re.match(r"\s{0,3}(?:\*\*|__)(?=\S)", lines[0].text)
    paragraph = lines[:1] if heading else lines[:end]
    text = "\n".join(line.text for line in paragraph)
    is_bold = bold is not None and re.search(r"(?:\*\*|__)\s*$", text) is not None
    if not (heading or is_bold or asks(text)):
        return front, answer
    opening = heading or (bold if is_bold else None)
    cut = opening.end() if opening else 0
    first = paragraph[0]
    question = [Line(first.text[cut:], first.number, first.column + cut), *paragraph[1:]]
    if is_bold:
        last = question[-1]
        question[-1] = replace(last, text=re.sub(r"(?:\*\*|__)\s*$", "", last.text))
    rest = lines[len(paragraph) :]
    return Passage(front.path, tuple(question)), replace(answer, lines=_stripped(rest))


def _is_label(text: str) -> bool:
    head = text[:200]
    return bool(_LABEL.match(head) or (len(text) < 60 and _LONE_LABEL.match(head)))


def _at_label(front: Passage, answer: Passage, at: int) -> tuple[Passage, Passage]:
    """The passages parted at the line ``at``, which goes when it says nothing but "Answer"."""
    lines = answer.lines
    before = _stripped(lines[:at])
    if len(before) > _MOST_LINES:
        return front, answer
    is_lone = _LONE_LABEL.match(lines[at].text) is not None
    rest = _stripped(lines[at + is_lone :])
    if not rest:
        return front, answer
    shown = tuple(_unticked(line) for line in before)
    return _joined(front, shown), replace(answer, lines=rest)


def _unticked(line: Line) -> Line:
    match = _OPTION.match(line.text)
    if match is None:
        return line
    tick = match.start("tick")
    return replace(line, text=f"{line.text[:tick]} {line.text[tick + 1 :]}")


def _joined(front: Passage, lines: tuple[Line, ...]) -> Passage:
    """The front with further lines behind a blank one."""
    if not lines:
        return front
    if not front.markdown.strip():
        return replace(front, lines=lines)
    return replace(front, lines=(*front.lines, Line("", lines[0].number), *lines))


def _stripped(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without blank ones, rules and the like at both ends."""
    return tuple(lines[at] for at in kept_lines([line.text for line in lines]))
