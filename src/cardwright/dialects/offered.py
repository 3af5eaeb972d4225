"""Options to choose from that nothing answers: they are never an answer themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import is_open
from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.options import BOX, Options, are_all_ticked, are_settled
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut
from cardwright.wording import asks
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.titles import says_answer
from cardwright.wording.words import Concept, alternatives, first_words, mentions

_LONGEST, _LONGEST_LINE = 4000, 200
"""A longer answer is no list of options, a longer line says nothing of what is below."""
_WORD = r"(?<![a-zà-я])(?:{})(?![a-zà-я])"
_LISTS = lazy_pattern(rf"(?i){_WORD.format(alternatives(Concept.LISTS))}")
_LISTING_WORDS = first_words(Concept.LISTS)
_CHOOSING_WORDS = first_words(Concept.CHOOSES, Concept.RIGHT)
_CHOOSES = lazy_pattern(rf"(?i){_WORD.format(alternatives(Concept.CHOOSES, Concept.RIGHT))}")
_REPLY = lazy_pattern(
    rf"(?i)(?<![^\W\d_]){alternatives(Concept.ANSWER, Concept.SOLUTION, Concept.BACK)}\W*$"
    r"|^\W*A\W{1,4}$"
)
_REPLY_WORDS = first_words(Concept.ANSWER, Concept.SOLUTION, Concept.BACK) | {"a"}
_PARTS = re.compile(r"(?:^|\s)\(?[aA][.)]\s")
_OPENINGS = frozenset("-*+•0123456789_([Aa`~!<☐")
_PICTURE = re.compile(r"\s*(?:$|!\[|<img\b)")


def may_offer(answer: str) -> bool:
    """Whether an answer is short and begins like a list, code or a picture, or asks itself."""
    return len(answer) <= _LONGEST and (answer.lstrip()[:1] in _OPENINGS or "?" in answer)


def is_announced(lines: Sequence[str], answer: Span) -> bool:
    """Whether the text before an answer says that it is one: ``Answer:``, ``## Solution``."""
    head = lines[answer.start - 1][: answer.column - 1] if answer.start <= len(lines) else ""
    if head.strip():
        return _ends_saying(head)
    above = (lines[at] for at in range(answer.start - 2, -1, -1) if lines[at].strip())
    text = next(above, "")[:_LONGEST_LINE]
    return _ends_saying(text) or says_answer(text)


def _ends_saying(text: str) -> bool:
    return mentions(_REPLY_WORDS, text) and _REPLY.search(text) is not None


def only_offers(
    outline: Outline, front: str, span: Span, answer: str, *, is_quiz: bool = False
) -> bool:
    """Whether an answer is nothing but options of which none is said to be right.

    They have letters or empty boxes, and no text announces them as the answer. If the question asks
    for a list of things, ``a)`` and ``b)`` can be that list, unless it says to choose or
    ``is_quiz`` says that other questions have such options. ``front`` is the question, ``answer``
    the text at ``span``; under a title, the question can be the first text there.
    """
    asking, options = _all_that_is(outline, span) if may_offer(answer) else ("", ())
    if not options or is_announced(outline.lines, span) or (asking and asks(front)):
        return False
    labels = [option.label for option in options if option.label]
    front = asking or front
    is_settled = are_settled(options) or are_all_ticked(options) or _PARTS.search(front)
    if is_settled:
        return False
    if not labels and not (asks(front) or is_open(front)):
        return False  # what is to be done, or was
    if is_quiz or options[0].style == BOX or (options[0].style == "A" and labels[_FEWEST:]):
        return True
    if mentions(_CHOOSING_WORDS, front) and _CHOOSES.search(front):
        return True
    return not (mentions(_LISTING_WORDS, front) and _LISTS.search(front))


_FEWEST = 2
"""The parts of an answer can be ``A:`` and ``B:``; more such letters are options."""


def _all_that_is(outline: Outline, span: Span) -> tuple[str, Options]:
    """The options, if a stretch of the file holds nothing else; code and pictures before them.

    With them comes the question right above them, if one is there.
    """
    seen = (row.number for row in outline.rows[span.start - 1 : span.end - 1] if not _is_shown(row))
    if span.column == 1 and not any(map(outline.may_offer, seen)):
        return "", ()
    rows = cut(outline.lines, span)
    lines = [rows[at] for at in kept_lines([row.text for row in rows])]
    options = next(iter(outline.options_in(lines)), ())
    if not options or any(line.text.strip() for line in lines[options[-1].end :]):
        return "", ()
    above = lines[: options[0].start]
    said = [line.text.strip() for line in above if not _is_shown(outline.rows[line.number - 1])]
    is_alone = not said or said[-1].endswith(("?", "\uff1f"))
    return (" ".join(said), options) if is_alone else ("", ())


def _is_shown(row: Row) -> bool:
    """Whether a line is code or a picture to speak of, or blank."""
    return row.is_verbatim or _PICTURE.match(row.text) is not None
