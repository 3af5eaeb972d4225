"""Where a question ends and its answer begins: place-holder headings, answer labels, options."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.labels import labelled_column
from cardwright.dialects.tasks.exercise_labels import sets_a_task
from cardwright.model import Line, Passage
from cardwright.parse.multiple_choice import name_the_right_ones, split_at_options
from cardwright.parse.reply_labels import REPLY, without_label
from cardwright.parse.shown_code import split_at_code
from cardwright.wording import asks

_LONE_LABEL = re.compile(rf"(?i)\s{{0,3}}(?:#{{1,6}}\s+)?[^\w#]*{REPLY}\W*$")
_LABEL = re.compile(rf"(?i)\s{{0,3}}[^\w#>|-]*{REPLY}(?:\s*[*_]*\s*[:：]|\s+[-–—:]+)[-*_\s]*\S")
_MOST_LINES = 60
"""Text before an answer's label that is longer than this is no part of the question."""


def split_opening(
    front: Passage, answer: Passage, *, is_told: bool = False
) -> tuple[Passage, Passage]:
    """Front and answer, with what stands under the heading and still asks on the front.

    Where the heading is only a place-holder ("Question 3"), the bold line, the heading or the
    question under it is the front. What stands before a line that says "Answer" (code, options)
    belongs to the question, and so does the code that it speaks of at the begin of an answer;
    options show without a mark of the right one, which the back names. The label itself is no
    part of the back. ``is_told`` says that a label or a fold tells already where the answer
    begins: then code in it is its own, and "Answer: 12" its result.
    """
    if not front.markdown.strip():
        front, answer = _placeholder(front, answer)
    front, answer = _split_at_sign(front, answer)
    parted = split_at_options(front, answer)
    if parted is None:
        parted = (front, answer) if is_told else _split_at_label(front, answer)
    if parted[1] is answer and not is_told:
        parted = split_at_code(*parted)
    front, back = name_the_right_ones(*parted)
    return _without_label(_without_badges(front)), without_label(back)


def _without_label(front: Passage) -> Passage:
    """The front without ``**Question:**`` before what is asked under its first line."""
    for at, line in enumerate(front.lines):
        if not (at and line.text.strip()):
            continue
        bold = re.fullmatch(r"\s{0,3}\*\*(?P<text>[^*]+)\*\*\s*", line.text)
        text = bold["text"] if bold else line.text
        begin = labelled_column(text, is_answer=False)
        if not begin or not text[begin:].strip():
            break
        column = line.column + begin + (bold.start("text") if bold else 0)
        bare = Line(text[begin:], line.number, column)
        return replace(front, lines=(*front.lines[:at], bare, *front.lines[at + 1 :]))
    return front


def _without_badges(front: Passage) -> Passage:
    """The front without the lines that only hold a badge, or a picture of how hard it is.

    Nor has it what somebody answered once, or the room for it.
    """
    kept = [
        line
        for line in front.lines[1:]
        if not (
            _BADGE.fullmatch(line.text[:_LONGEST_BADGE]) or _OWN_ANSWER.fullmatch(line.text[:200])
        )
    ]
    if len(kept) + 1 == len(front.lines):
        return front
    return replace(front, lines=_stripped((*front.lines[:1], *kept)))


_LONGEST_BADGE = 400
_BADGE = re.compile(
    r"(?i)\s*\[?!\[(?:(?:easy|medium|hard|difficult|beginner|intermediate|advanced|basic|junior|middle"
    r"|senior|level|difficulty)\b[^\[\]]*\]\((?:[^()]|\([^()]*\))*\)"
    r"|[^\[\]]*\]\([^()\s]*(?:shields\.io|badge)(?:[^()]|\([^()]*\))*\))(?:\]\([^()]*\))?\s*"
)

_OWN_ANSWER = re.compile(
    r"(?i)[\s>*_-]*(?:(?:your|my|the student'?s|selected) (?:answer|choice|option)|selected answer"
    r"|tu respuesta|sua resposta|ваш ответ|(?:我的|你的|您的|学生)(?:答案|选择))"
    r"[*_ ]{0,3}[:\uff1a].{0,120}"
)


def _split_at_sign(front: Passage, answer: Passage) -> tuple[Passage, Passage]:
    """The passages parted at a line ``%``, as mdanki writes it; the sign is in neither."""
    texts = [line.text for line in answer.lines]
    is_code = lines_of_code(texts)
    at = next((at for at, text in enumerate(texts) if text.rstrip() == "%" and not is_code[at]), 0)
    above, below = _stripped(answer.lines[:at]), _stripped(answer.lines[at + 1 :])
    if not (above and below):
        return front, answer
    gap = (Line("", above[0].number),)
    return replace(front, lines=(*front.lines, *gap, *above)), replace(answer, lines=below)


def _split_at_label(front: Passage, answer: Passage) -> tuple[Passage, Passage]:
    is_code = lines_of_code([line.text for line in answer.lines])
    labels = [
        at for at, line in enumerate(answer.lines) if not is_code[at] and _is_label(line.text)
    ]
    return _at_label(front, answer, labels[0]) if len(labels) == 1 else (front, answer)


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
    is_told = is_lone or not asks(front.markdown)
    if not rest or (before and not is_told and _is_reasoning(before)):
        return front, answer
    return _joined(front, before), replace(answer, lines=rest)


_SHOWS = re.compile(r"```|~~~|!\[|<img|\$\$|^\s*(?:[-*+>|(\[]|\d+[.)])|:\s*$", re.MULTILINE)


def _is_reasoning(lines: tuple[Line, ...]) -> bool:
    """Whether text before "Answer:" leads to it, and neither shows nor asks what is asked."""
    text = "\n".join(line.text for line in lines)
    return not sets_a_task(text) and _SHOWS.search(text) is None


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
