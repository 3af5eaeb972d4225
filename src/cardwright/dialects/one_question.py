"""Finds a file that is one question: the title of an entry, or of a task over its "Solution"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.blocks.rows import Row
from cardwright.dialects.answer import holds_text
from cardwright.dialects.asked_above import Spot, asked_by
from cardwright.dialects.endings import EndRule
from cardwright.dialects.labels import labels
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording import asks, is_answer_title, is_never_a_question
from cardwright.wording.signs import has_question_mark
from cardwright.wording.titles import Role, names_a_part, names_terms, read_title, says_answer
from cardwright.wording.words import Concept, concepts_of

_LONGEST = 80
"""The most lines of text under a title that does not ask that are still one card."""


def front_matter_title(outline: Outline) -> Line | None:
    """Return the title of the front matter as a line of the file, or ``None``.

    The line has the text of the title. If it is written otherwise there, it begins with its key.
    """
    title, rows = outline.document.source.front_matter.title, _front_matter(outline)
    weights = [2 * (title in row) + row.startswith("title") for row in rows] if title else []
    if not any(weights):
        return None
    best = weights.index(max(weights))
    return Line(title, best + 1, max(rows[best].find(title), 0) + 1)


def title_asks(outline: Outline, title: str) -> bool:
    """Whether a title asks. That of a README, a post or a clipped page needs a question mark.

    Otherwise, it only announces: "How I write faster tests".
    """
    is_post = "layout: post" in _front_matter(outline) or outline.once(is_clipped)
    return asks(title) and (has_question_mark(title) or not (outline.is_readme or is_post))


def is_entry(outline: Outline) -> bool:
    """Whether the title does not ask, but may be a term with a short text under it.

    The text begins above all headings, or a heading asks about the term: "What is it?". All
    headings name parts of the text, and sections such as "Links" are less than half of it. A README
    and a page of a site with ``layout: …`` are no entries.
    """
    title = _title(outline)
    first = outline.title.body if outline.title else outline.first_line
    is_collection = (" " not in title and names_terms(title)) or read_title(title) is not Role.TEXT
    is_page = outline.is_readme or any(row.startswith("layout:") for row in _front_matter(outline))
    last = max((row.number for row in outline.rows if row.text), default=0)
    if not title or is_collection or is_page or last - first > _LONGEST:
        return False
    sections = _sections(outline)
    end = sections[0].line if sections else len(outline.lines) + 1
    has_text = holds_text(outline.lines[first - 1 : end - 1])
    is_defined = has_text or any(map(_asks_as_a_part, sections))
    around = [outline.rows[h.line - 1 : h.end - 1] for h in sections if not names_a_part(h.text)]
    is_most = sum(map(_said, around)) * 2 < _said(outline.rows[first - 1 :])
    return is_defined and is_most and all(map(_is_part, sections))


def _said(rows: Sequence[Row]) -> int:
    """Return the number of rows with text."""
    return sum(row.text != "" for row in rows)


def parts_of_entry(outline: Outline) -> tuple[Heading, ...]:
    """Return the headings of an entry that are parts of its answer, or nothing.

    "What is it?" is a part under a title. Under a title that asks, a heading that does not ask is
    one, too, if it is beside such a heading.
    """
    sections = _sections(outline)
    if not any(map(_asks_as_a_part, sections)):
        return ()
    is_of_question = title_asks(outline, _title(outline)) and all(
        _is_part(each) or not asks(each.text) for each in sections
    )
    return sections if is_of_question or outline.once(is_entry) else ()


def _front_matter(outline: Outline) -> Sequence[str]:
    return outline.lines[: outline.first_line - 1]


def is_clipped(outline: Outline) -> bool:
    """Whether it is a page of the web, as the clipper of Obsidian saves it."""
    keys = "\n".join(_front_matter(outline))
    return all(key.search(keys) for key in _CLIPPED)


_CLIPPED = (re.compile(r"(?m)^source: *[\"']?https?://"), re.compile(r"(?m)^published:"))


def _title(outline: Outline) -> str:
    return outline.title.text if outline.title else outline.document.source.front_matter.title


def _sections(outline: Outline) -> tuple[Heading, ...]:
    return tuple(heading for heading in outline.headings if heading is not outline.title)


def _is_part(heading: Heading) -> bool:
    is_own = heading.attributes == NO_ATTRIBUTES and not heading.wording.has_label
    return is_own and (names_a_part(heading.text) or is_never_a_question(heading.text))


def _asks_as_a_part(heading: Heading) -> bool:
    return _is_part(heading) and asks(heading.text)


def one_task(outline: Outline) -> Question | None:
    """Return the question above the only heading that says "Answer", or ``None``.

    Other headings above it say "Problem", "Example" or "Constraints". Below it, the answer goes on
    until a section such as "References".
    """
    title = min(outline.headings, key=lambda heading: heading.level, default=None)
    replies = [each for each in labels(outline) if each.answers and each.level]
    if title is None or len(replies) != 1 or outline.is_readme:
        return None
    reply = replies[0]
    if any(says_answer(box.text) for box in outline.answer_boxes):
        return None
    is_title = sum(each.level == title.level for each in outline.headings) == 1
    is_below = title.line < reply.line and title.level < reply.level
    if not (is_title and is_below and is_answer_title(outline.lines[reply.line - 1].strip(" #"))):
        return None
    between = outline.headings_between(title.line + 1, reply.line)
    if not all(_is_of_a_task(each.text) for each in between):
        return None
    last = len(outline.lines) + 1
    below = outline.headings_between(reply.line + 1, last)
    end = next((each.line for each in below if is_never_a_question(each.text)), last)
    answer = Span(reply.line + 1, end)
    question = asked_by(outline, title, Spot(reply.line, answer, end))
    ending = EndRule.FILE if end == last else EndRule.HEADING
    return question._replace(rule="the title over a heading for the answer", ending=ending)


def _is_of_a_task(title: str) -> bool:
    """Whether a section belongs to a question: "Problem", "Example", "Constraints"."""
    roles = (Role.QUESTION, Role.HINT, Role.NOTHING)
    return Concept.GIVEN in concepts_of(title) or read_title(title) in roles
