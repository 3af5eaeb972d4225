"""Finds sentences with filled gaps in a section of such questions: ``It takes up (water).``"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cardwright.blocks.rows import Row
from cardwright.dialects.cloze_texts import Text
from cardwright.dialects.deletions import Marks, find_deletions
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.wording import read_wording
from cardwright.wording.signs import COLON
from cardwright.wording.words import Concept, concepts_of, phrases

_MARKS = Marks(has_filled=True)
_REMARK = re.compile(r"[（(][^()（）]*[)）]\s*$")
_LONGEST = 60
_FEWEST = 2


def fill_in_texts(outline: Outline) -> Iterator[Text]:
    """Yield the items of sections titled "Fill in the blanks" in which most have a filled gap."""
    for start, end in _sections(outline):
        rows = outline.rows[start - 1 : end - 1]
        items = [row for row in rows if row.marker and not row.level]
        least = min((row.indent for row in items), default=0)
        items = [row for row in items if row.indent == least]
        texts = [
            _text(outline, row, after.number if after else end) for row, after in with_next(items)
        ]
        able = [text for text in texts if find_deletions(text.rows, _MARKS).deletions]
        if len(able) >= _FEWEST and len(able) * 2 > len(texts):
            yield from able


def _sections(outline: Outline) -> Iterator[tuple[int, int]]:
    """Yield the lines from below a title to its section's end.

    A title is a heading, or a short line that is counted like the parts of an exam.
    """
    short = (row for row in outline.rows if 0 < len(row.text) <= _LONGEST)
    able = [row for row in short if not row.is_verbatim and (row.level or not row.marker)]
    text = "\n".join([row.text for row in able]).casefold()
    if not any(words in text for words in _shortest_titles()):
        return  # as in most files
    titles = [row for row in able if row.level or read_wording(row.text).number]
    for row, after in with_next(titles):
        end = after.number if after else len(outline.lines) + 1
        title = _REMARK.sub("", read_wording(row.text).text)
        names = {title, re.split(COLON, title)[-1]}
        if any(Concept.FILL_IN in concepts_of(name) for name in names):
            yield row.number + 1, end


@cache
def _shortest_titles() -> tuple[str, ...]:
    """Return the titles that contain no other one: "fill in", but not "fill in the blanks"."""
    titles = phrases(Concept.FILL_IN)
    return tuple(t for t in titles if not any(each in t for each in titles - {t}))


def _text(outline: Outline, row: Row, end: int) -> Text:
    """Return the paragraph of an item."""
    last = row.number + 1
    while last < end and not outline.rows[last - 1].is_blank:
        last += 1
    rows = cut(outline.lines, Span(row.number, last, row.width, row.offset + 1, 0, row.quotes))
    return Text(row.number, last, tuple(rows), nothing_at(last), _MARKS)
