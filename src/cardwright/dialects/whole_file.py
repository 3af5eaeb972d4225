"""Dialects ``file`` and ``front-matter``: the title of a file asks, or a key ``question: …``."""

from __future__ import annotations

import re

from cardwright.dialects.endings import EndRule
from cardwright.dialects.one_question import front_matter_title, is_entry, one_task, title_asks
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, from_offset, nothing_at
from cardwright.model import Line
from cardwright.wording.signs import LETTERS, QUESTION_MARK


def whole_file(outline: Outline) -> tuple[Question, ...]:
    """Return the question of the title, the file's name, or a first line that ends with ``?``.

    A title that does not ask counts, too, if it is that of an entry. One like "Vocabulary" never
    does. If one heading of the file says "Answer", the title asks with all text above that heading.
    """
    if replied := outline.once(one_task):
        return (replied,)
    found = _asked_by_title(outline)
    return (found._replace(rule="the title of the file", ending=EndRule.FILE),) if found else ()


def _asked_by_title(outline: Outline) -> Question | None:
    title, written = outline.title, front_matter_title(outline)
    if title is not None:
        is_card = title_asks(outline, title.text) or outline.once(is_entry)
        return under(title) if is_card else None
    named = written or _name_line(outline)
    if named is not None and title_asks(outline, named.text):
        return answered_by_the_text(outline, (named,))
    if found := _of_first_line(outline):
        return found
    is_named = written is not None and outline.lines[written.number - 1].startswith("title")
    if written and is_named and outline.once(is_entry):
        return answered_by_the_text(outline, (written,))._replace(is_marked=False)
    return None


def _name_line(outline: Outline) -> Line | None:
    """Return the file's name as a line if it has several words, as notes of Obsidian have.

    A number before it orders the files.
    """
    source = outline.document.source
    name = _ORDER.sub("", source.path.rpartition("/")[2].rpartition(".")[0])
    first = outline.first_line
    return Line(name, first) if name.count(" ") > 1 and first <= len(source.lines) else None


_ORDER = re.compile(r"\A\d{1,3}(?:\.\d{1,3}){0,3}[ ._-]+(?=[^\W\d])")


def _of_first_line(outline: Outline) -> Question | None:
    blocks = outline.document.blocks
    first = next((block for block in blocks if block.markup != "<!--"), None)
    if first is None or first.kind != "paragraph" or "\n" in first.text:
        return None
    asking = [row for row in outline.rows if not row.is_verbatim and _ASKS.search(row.text)]
    if not asking or asking[0].number != first.start or len(asking) > _MOST:
        return None
    line = Line(outline.lines[first.start - 1], first.start)
    counted = _COUNTED.match(line.text)
    front = from_offset(line, counted.end() if counted else 0)
    return asked([front], Span(first.end, len(outline.lines) + 1))


_ASKS = re.compile(rf"{QUESTION_MARK}\s*$")
_MOST = 3
"""If more lines of a file ask, its first one is no question about the rest."""
_COUNTED = re.compile(rf" {{0,3}}\(?(?:[ivx]{{1,5}}|[{LETTERS.lower()}])[.)]\s+(?=\S)")
"""``i.`` and ``b)``: people read them as numbers of a list, and CommonMark does not."""
_KEY = "a key of the front matter"


def front_matter_cards(outline: Outline) -> tuple[Question, ...]:
    """Return the cards of the front matter. A card without an answer gets the file's text."""
    return tuple(
        asked(card.question, nothing_at(card.question[-1].number + 1), is_marked=True,
              given=card.answer, rule=_KEY, ending=EndRule.PIECE)
        if card.answer
        else answered_by_the_text(outline, card.question, _KEY)
        for card in outline.document.source.front_matter.cards
    )  # fmt: skip


def answered_by_the_text(outline: Outline, question: tuple[Line, ...], rule: str = "") -> Question:
    """Return a question that all of the text answers, without a title at its start."""
    first = outline.first_line
    title = outline.title
    if title is not None and not any(map(str.strip, outline.lines[first - 1 : title.line - 1])):
        first = title.body
    answer = Span(first, len(outline.lines) + 1)
    return asked(question, answer, is_marked=True, rule=rule, ending=EndRule.FILE)
