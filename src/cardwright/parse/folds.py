"""Takes hints, further reading and answers out of the folds of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cardwright.blocks.fences import lines_of_code
from cardwright.blocks.rows import read_rows
from cardwright.dialects.boxes.box import Box, answer_boxes
from cardwright.dialects.boxes.find_boxes import read_boxes
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, joined, located, trimmed, width_of
from cardwright.model import Line, Passage
from cardwright.wording.signs import FENCE, HASHES, has_word, without_tags
from cardwright.wording.titles import Role, answer_in, read_title


def split_folds(
    outline: Outline, front: Passage, answer: Passage
) -> tuple[Passage, Passage, Passage, Passage]:
    """Return front, back, hint and extra of a note, from its question and the text below.

    Boxes with hints and callouts ``> [!extra]`` are moved out of the answer. If the title of a box
    says that it has the answer, the text before it (code, options) belongs to the question. If text
    follows the box, the box is a part of the answer.
    """
    path = answer.path
    lines = _unwrapped(answer.lines)
    kept: list[Line] = []
    hint: list[Line] = []
    extra: list[Line] = []
    texts = [line.text for line in lines]
    index, is_asking = 0, True
    for box in _moving(outline, lines):
        before = cut(texts, Span(index + 1, max(box.start, index) + 1, until=box.column))
        is_glued = bool(before) and has_word(before[-1].text)
        kept += _placed(lines, before if is_glued else before[:-1])
        index = box.end - 1
        held = _unwrapped(_placed(lines, _held(texts, box)))
        if box.role is not Role.ANSWER and not box.may_answer:
            _add(hint if box.role is Role.HINT else extra, held)
            continue
        if is_asking:
            asked = _stripped([line for line in kept if not _announces(line.text)])
            front = Passage(path, joined(front.lines, asked))
            kept, is_asking = [], False
        _add(kept, held)
    kept += lines[index:]
    back, hints, extras = (Passage(path, _stripped(part)) for part in (kept, hint, extra))
    return front, back, hints, extras


def _moving(outline: Outline, lines: Sequence[Line]) -> list[Box]:
    """Return the boxes whose text leaves its place: hints, and answers without text after them.

    A box that may be a remark ("success", a fold without a title) is an answer only if there is
    nothing else but hints.
    """
    able = outline.once(_folding_lines) if lines else []
    if not lines or not count_between(able, lines[0].number, lines[-1].number + 1):
        return []
    texts = [line.text for line in lines]
    found = read_boxes(texts, read_rows(texts, lines_of_code(texts)))
    known = [box for box in answer_boxes(found) if box.role is not Role.OPEN]
    held = {number for box in known for number in range(box.start, box.end)}
    numbered = enumerate(texts, 1)
    left = [at for at, text in numbered if at not in held and has_word(without_tags(text))]
    answers = [box for box in known if box.role is Role.ANSWER]
    if left and answers and left[-1] >= answers[0].start:
        known = [box for box in known if box not in answers]
    elif left and not answers:
        sole = (box for box in found if box.may_answer and box.start <= left[0])
        known += [box for box in sole if not box.title or left[-1] < box.end][:1]
    return sorted(known, key=lambda box: box.start)


def _folding_lines(outline: Outline) -> list[int]:
    """Return the lines that open a box whose text may move. Callouts may be deep in a list."""
    able = {box.start for box in outline.boxes if box.is_answer_or_hint or box.may_answer}
    return sorted(able.union(number for number, _ in outline.lines_with("[!")))


def _held(texts: Sequence[str], box: Box) -> list[Line]:
    """Return what a box holds, after what its title says more than what the box is for."""
    body = cut(texts, box.body)
    if box.role is Role.ANSWER and (answer := answer_in(box.text)):
        return [*located(answer, box.title), Line("", box.start), *body]
    is_callout = box.body.quotes > box.quotes and box.role is not Role.ANSWER
    has_title = box.title and (is_callout or read_title(box.text) is Role.TEXT)
    return [*box.title, Line("", box.start), *body] if has_title else body


def _placed(lines: Sequence[Line], rows: Iterable[Line]) -> list[Line]:
    """Return the rows with their places in the file. Their numbers count ``lines``."""
    places = ((row, lines[row.number - 1]) for row in rows)
    return [Line(row.text, line.number, line.column + row.column - 1) for row, line in places]


_PARAGRAPH = re.compile(r"(?i)\s*<(?P<slash>/?)p\b[^<>]*>\s*")
_INDENTED = re.compile(
    rf"(?i)[ \t]+(?:<(?:p|div|ul|ol|li|b|i|br|span|strong|table|h\d|img|a)\b|{FENCE})"
)
"""The start of an answer that is not code, however far it is indented."""


def _unwrapped(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines, moved as far left as the first line can start if it is no code.

    If a lone ``<p>`` is first, all lone ``<p>`` count as blank lines, because many are never
    closed.
    """
    lines = _stripped(lines)
    texts = [line.text for line in lines]
    first = _PARAGRAPH.fullmatch(texts[0]) if lines else None
    if first and not first["slash"]:
        rows = zip(lines, lines_of_code(texts), strict=True)
        bare = [
            line if code or not _PARAGRAPH.fullmatch(line.text) else line._replace(text="")
            for line, code in rows
        ]
        lines = _stripped(bare)
        texts = [line.text for line in lines]
    if not lines or not _INDENTED.match(texts[0]):
        return lines
    return _placed(lines, cut(texts, Span(1, len(lines) + 1, width_of(texts[0]))))


_HEADING = re.compile(rf" {{0,3}}{HASHES}[ \t]+(?P<title>.{{1,80}})$")


def _announces(text: str) -> bool:
    """Whether a line is a heading such as "Answer"."""
    heading = _HEADING.match(text)
    return heading is not None and read_title(heading["title"]) in (Role.ANSWER, Role.HINT)


def _add(target: list[Line], lines: Sequence[Line]) -> None:
    """Add lines after a blank one."""
    target[:] = joined(_stripped(target), _stripped(lines))


_BLANK = re.compile(r"(?i)\s*(?:</?br\s*/?>\s*)*$")


def _stripped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without blank lines and single line breaks at both ends."""
    return trimmed(lines, _BLANK.match)
