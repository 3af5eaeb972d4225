"""Recognises options that nothing answers. They are never an answer themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cardwright.blocks.rows import Row
from cardwright.dialects.answer import kept_lines
from cardwright.dialects.named_options import named
from cardwright.dialects.options import BOX, Options
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line
from cardwright.wording import asks, says_to_choose
from cardwright.wording.signs import BOXES, BULLETS, COLON, COLONS, FENCE, GAP, ends_asking
from cardwright.wording.words import Concept, concepts_of

_LONGEST = 4000
"""A longer answer is not a list of options."""
_LONGEST_LABEL = 40
_OPENINGS = frozenset(f"{BULLETS}{BOXES}0123456789_([Aa`~!<")
_PICTURE = re.compile(r"\s*(?:$|!\[|<img\b)")
_FEWEST = 3
_TO_FILL = re.compile(
    rf"[\s>*_-]*(?:[^\n{COLONS}]{{1,40}}{COLON}[\s*_]*)?"
    rf"(?:[(\[{{<（][^()\[\]]{{0,80}}[)\]}}>）]|{GAP})?[\s*_.]*"
    rf"|\s*(?:{FENCE})\w*\s*"
)


def may_offer(answer: str) -> bool:
    """Whether an answer is short and begins like a list, code or a picture, or asks itself.

    So may one whose first line says how many to choose, or only ``**Choices:**``.
    """
    first = answer.lstrip().partition("\n")[0]
    is_able = first[:1] in _OPENINGS or "?" in answer or says_to_choose(first)
    return len(answer) <= _LONGEST and (is_able or _names_options(first))


def _names_options(line: str) -> bool:
    """Whether a line is a title for options: ``**Choices:**``."""
    return len(line) < _LONGEST_LABEL and Concept.OPTIONS in concepts_of(line)


def only_offers(outline: Outline, front: str, span: Span, answer: str) -> bool:
    """Whether an answer is only options, and nothing says which one is right.

    Two lettered lines are probably parts of an answer. ``front`` is the question, and ``answer``
    the text at ``span``. Under a title, the question can be the first text there.
    """
    if not may_offer(answer):
        return False
    if span.column == 1 and says_to_choose(front) and _is_counted(outline, span):
        return True
    if _is_a_repeated_title_over_items(outline, span):
        return True
    asking, options = _all_that_is(outline, span)
    if not options or any(option.is_right for option in options):
        return False
    is_choice = says_to_choose(asking or front)
    front, labels = asking or front, [option.label for option in options if option.label]
    if not labels and not (asks(front) or is_choice):
        return False  # what is to be done, or was
    return is_choice or options[0].style == BOX or len(labels) >= _FEWEST


def _is_counted(outline: Outline, span: Span) -> bool:
    """Whether a span is only a list with numbers."""
    rows = [row for row in outline.rows[span.start - 1 : span.end - 1] if not row.is_blank]
    least = min((row.indent for row in rows), default=0)
    return len(rows) > 1 and all(row.kind[:1] == "1" or row.indent > least for row in rows)


def _is_a_repeated_title_over_items(outline: Outline, span: Span) -> bool:
    """Whether a span is only a title such as "Options:", which the file repeats, and a list."""
    rows = (row for row in outline.rows[span.start - 1 : span.end - 1] if row.text)
    title = next((row.text for row in rows), "")
    if not _names_options(title) or outline.once(_counted)[title] < _FEWEST:
        return False
    items = [*rows]
    return len(items) > 1 and all(row.marker for row in items)


def _all_that_is(outline: Outline, span: Span) -> tuple[str, Options]:
    """Return the options of a span that has only code and pictures before them, else none.

    If the question is right above them, it is returned, too.
    """
    if span.column == 1 and not count_between(outline.option_lines, span.start, span.end):
        return "", ()
    rows = cut(outline.lines, span)
    lines = [rows[at] for at in kept_lines([row.text for row in rows])]
    options, *others = outline.options_in(lines) or ((),)
    further = [option for group in others for option in group if option.style == BOX]
    rest = {*range(options[-1].end if options else 0, len(lines))}
    rest.difference_update(*(range(option.start, option.end) for option in further))
    if not options or not _is_to_fill(outline, [lines[at] for at in sorted(rest)]):
        return "", ()
    above = lines[: options[0].start]
    said = [line.text.strip() for line in above if not _is_shown(outline.rows[line.number - 1])]
    is_alone = not said or ends_asking(said[-1]) or says_to_choose(said[-1])
    return (" ".join(said), (*options, *further)) if is_alone else ("", ())


def _is_to_fill(outline: Outline, lines: Sequence[Line]) -> bool:
    """Whether there is only text such as labels and placeholders that the file repeats often."""
    for line in lines:
        if not line.text.strip():
            continue
        if not _TO_FILL.fullmatch(line.text) or named(line.text):
            return False
        if outline.once(_counted)[outline.rows[line.number - 1].text] < _FEWEST:
            return False
    return True


def _counted(outline: Outline) -> Counter[str]:
    """Return the number of times that each text of a line is in the file."""
    return Counter(row.text for row in outline.rows)


def _is_shown(row: Row) -> bool:
    """Whether a line is blank, or is code or a picture that a question can be about."""
    return row.is_verbatim or _PICTURE.match(row.text) is not None
