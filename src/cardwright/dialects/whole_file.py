"""Dialects ``file`` and ``front-matter``: the title of a file asks, or a key ``question: …``."""

from __future__ import annotations

import re

from cardwright.dialects.endings import EndRule
from cardwright.dialects.one_task import one_task
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, nothing_at
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.signs import LETTERS, QUESTION_MARK, has_question_mark
from cardwright.wording.titles import names_terms

_LONGEST = 80
"""The most lines of text under a title that does not ask that are still one card."""


def whole_file(outline: Outline) -> tuple[Question, ...]:
    """Return the question of the title, the file's name, or a first line that ends with ``?``.

    A title that does not ask counts, too, if only a few paragraphs are under it. One like
    "Vocabulary" never does. If one heading of the file says "Answer", the title asks with all text
    above that heading.
    """
    title = outline.title
    if replied := outline.once(one_task):
        return (replied,)
    if title is not None:
        is_card = _does_ask(title.text, outline) or _is_short(title, outline)
        found: tuple[Question, ...] = (under(title),) if is_card else ()
    else:
        named = _title_line(outline) or _name_line(outline)
        if named is not None and _does_ask(named.text, outline):
            found = (answered_by_the_text(outline, (named,)),)
        else:
            found = _of_first_line(outline)
    return tuple(each._replace(rule="the title of the file", ending=EndRule.FILE) for each in found)


def _does_ask(title: str, outline: Outline) -> bool:
    """Whether a title asks. That of a README or a post of a blog needs a question mark.

    They tell: "How I write faster tests".
    """
    is_readme = outline.names[-1].lower().startswith("readme")
    is_post = "layout: post" in outline.lines[: outline.document.source.front_matter.length]
    return asks(title) and (has_question_mark(title) or not (is_readme or is_post))


def _is_short(title: Heading, outline: Outline) -> bool:
    is_alone = len(outline.headings) == 1 and title.end - title.line <= _LONGEST
    is_collection = " " not in title.text and names_terms(title.text)
    return title.has_text and is_alone and not is_collection


def _title_line(outline: Outline) -> Line | None:
    """Return the title of the front matter as a line of the file, or ``None``."""
    front_matter = outline.document.source.front_matter
    for number, row in enumerate(outline.lines[: front_matter.length], 1):
        at = row.find(front_matter.title)
        if front_matter.title and at >= 0:
            return Line(front_matter.title, number, at + 1)
    return None


def _name_line(outline: Outline) -> Line | None:
    """Return the file's name as a line if it has several words, as notes of Obsidian have."""
    source = outline.document.source
    name = source.path.rpartition("/")[2].rpartition(".")[0]
    first = source.front_matter.length + 1
    return Line(name, first) if name.count(" ") > 1 and first <= len(source.lines) else None


def _of_first_line(outline: Outline) -> tuple[Question, ...]:
    first = next(iter(outline.document.blocks), None)
    if first is None or first.kind != "paragraph" or "\n" in first.text:
        return ()
    if not re.search(rf"{QUESTION_MARK}\s*$", first.text):
        return ()
    text = outline.lines[first.start - 1]
    counted = _COUNTED.match(text)
    begin = counted.end() if counted else 0
    return (
        asked(
            [Line(text[begin:], first.start, begin + 1)], Span(first.end, len(outline.lines) + 1)
        ),
    )


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
    first = outline.document.source.front_matter.length + 1
    title = outline.title
    if title is not None and not any(map(str.strip, outline.lines[first - 1 : title.line - 1])):
        first = title.body
    answer = Span(first, len(outline.lines) + 1)
    return asked(question, answer, is_marked=True, rule=rule, ending=EndRule.FILE)
