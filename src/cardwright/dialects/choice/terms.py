"""Decides which headings are terms to learn, if nothing asks: ``## Photosynthesis``.

A glossary, a manual, a list of links and a chapter of a book look alike: headings with text under
them. Sums of evidence would refuse the glossary or accept all of them. So each reason to refuse is
a rule here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import accumulate, pairwise

from cardwright.dialects.answer import without_code
from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.choice.prose import held_share
from cardwright.dialects.choice.term_texts import MANY, hold_other_texts, is_an_article, texts_of
from cardwright.dialects.glossary import is_glossary
from cardwright.dialects.labels import behind_task_label
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import advises, bare_words
from cardwright.wording.records import names_a_day, names_a_record, spaced
from cardwright.wording.signs import QUESTION_MARK, has_question_mark
from cardwright.wording.titles import (
    names_a_part,
    names_a_section,
    names_questions,
    names_terms,
    starts_a_manual,
)
from cardwright.wording.words import Concept, alternatives, concepts_of, lazy_pattern, unspaced

_FEW = 2
_READMES = 10
"""A README with fewer headings of a level is about its project."""
_MANUAL_SHARE = 1 / 20
"""If more of a README's headings are those of a manual, it is about its project."""


def best_terms(
    outline: Outline, shapes: Sequence[Shape], *, ignores_title: bool = False
) -> Shape | None:
    """Return the shape whose candidates are terms, or ``None``.

    For headings, it is the level with the most different headings that have text of their own. With
    ``ignores_title``, the title of the document is no reason to refuse them.
    """
    leveled = [each for each in shapes if _can_be_terms(each)]
    able = [shape for shape in leveled if shape.answered and not _is_manual(shape)]
    if any(_is_manual(shape) and shape.total > _FEW for shape in leveled):
        able = [shape for shape in able if shape.total > _FEW]
    best = max(able, key=partial(_score, outline), default=None)
    refusals = [each for each in REFUSALS if not (ignores_title and each is _record_title)]
    if best is None or best.answered < max(map(_open_questions, shapes)):
        return None
    return None if any(refuses(outline, best) for refuses in refusals) else best


def refused_title(outline: Outline, shapes: Sequence[Shape]) -> str:
    """Return the title if it is the only reason why headings are not terms, else ``""``."""
    title = _record_title(outline)
    is_reason = title and best_terms(outline, shapes, ignores_title=True) is not None
    return title if is_reason else ""


def _can_be_terms(shape: Shape) -> bool:
    """Whether a shape is one of headings or the like, or of lines that numbers count.

    If the numbers begin again after a few lines, they count the points of a section.
    """
    if shape.dialect.name == "lines":
        numbers = [question.number for question in shape.questions if question.number]
        is_long = len(numbers) >= MANY * max(numbers.count("1"), 1)
        return is_long and len(numbers) * 4 >= shape.total * 3
    if shape.dialect.is_enclosed and shape.total <= _FEW:
        return False
    return shape.level is not None or shape.dialect.may_be_terms


def _is_manual(shape: Shape) -> bool:
    """Whether half of it is names of sections of a manual, or of parts of a task or an answer."""
    return sum(map(_is_title, shape.questions)) * 2 >= shape.total


def _is_title(question: Question) -> bool:
    text, is_own = question.text, question.attributes == NO_ATTRIBUTES
    is_title = names_a_section(text) or names_a_part(text) or advises(text)
    is_title |= Concept.GIVEN in concepts_of(text)
    return is_own and (is_title or behind_task_label(text) > 0)


def _score(outline: Outline, shape: Shape) -> float:
    is_in_parts = shape.level is not None and _has_parts(outline, shape.level)
    own_text = shape.answered - (0 if is_in_parts else shape.sections)
    is_numbered = shape.level is not None and not shape.dialect.is_any_heading
    return own_text * (shape.distinct / shape.total) ** 2 * (1.2 if is_numbered else 1.0)


def _has_parts(outline: Outline, level: int) -> bool:
    """Whether the headings under those of a level have few names, the same under each."""
    deeper = [bare_words(each.text) for each in outline.headings if each.level > level]
    return len(deeper) > _FEW and len(set(deeper)) * 2 <= len(deeper)


def _open_questions(shape: Shape) -> int:
    """Return the number of unanswered plain questions, in a shape that has hardly any answers."""
    if shape.asked * 2 < shape.total or shape.is_answered:
        return 0
    if shape.dialect.is_explicit and shape.asked >= _FEW:
        return shape.asked * 1_000
    return shape.asked if shape.level is not None or shape.asked > _FEW + 1 else 0


def _is_alone(outline: Outline, best: Shape) -> bool:
    """Whether it is one heading that is not nearly all of its document, or over a long text.

    The title does not count.
    """
    question = best.questions[0]
    is_able = best.level is not None or best.dialect.is_whole_file
    if best.total > 1 or not is_able or question.attributes != NO_ATTRIBUTES:
        return False
    above = outline.title.line if outline.title else outline.first_line - 1
    texts = [row.number for row in outline.rows[above:] if row.text]
    length = min(question.answer.end, texts[-1] + 1) - question.line
    whole = texts[-1] + 1 - texts[0]
    return length < whole * _NEARLY_ALL or any(
        len(text) > _LONGEST for text in texts_of(outline, best)
    )


_NEARLY_ALL = 0.8
_LONGEST = 1000
"""A single term with more characters than these under it is a document with one heading."""


def _are_scattered(outline: Outline, best: Shape) -> bool:
    """Whether terms in items and paragraphs are a small part of the text, and no long section."""
    if best.dialect.name != "definitions" or (best.total >= MANY and not is_glossary(outline)):
        return False
    return held_share(outline, best) < _SHARE


_SHARE = 1 / 5


def _is_mostly_bare(outline: Outline, best: Shape) -> bool:
    """Whether most of its headings have no text of their own. A glossary may be half done."""
    few = 3 if outline.once(is_glossary) else 2
    return best.level is not None and best.answered * few < best.total


def _are_slides(outline: Outline, _best: Shape) -> bool:
    """Whether its front matter has a key of a tool for slides, or its title is to be filled in."""
    head = outline.title.line if outline.title else outline.first_line - 1
    return any(map(_SLIDES.match, outline.lines[:head]))


_SLIDES = re.compile(
    r"(?:marp|revealjs|reveal|slidev|paginate|transition|highlighter):|(?:title:|#) *\W?\{\{\s*\w"
)


def _repeat(_outline: Outline, best: Shape) -> bool:
    """Whether many of them are the same: titles of slides, or parts of several subjects."""
    return best.level is not None and best.distinct * 3 < best.total * 2


def _is_a_readme(outline: Outline, best: Shape) -> bool:
    """Whether it is a README with few headings, or with several headings from manuals."""
    if not outline.is_readme:
        return False
    manual = {bare_words(each.text) for each in outline.headings if starts_a_manual(each.text)}
    is_manual = len(manual) >= max(_FEW, len(outline.headings) * _MANUAL_SHARE)
    return is_manual or best.answered < _READMES


def _are_untaught(outline: Outline, best: Shape) -> bool:
    """Whether a heading beside or around them says "Ingredients" or "Attendees".

    Below one of them, it is a part of it.
    """
    return not outline.once(is_glossary) and any(
        heading.level <= (best.level or 1) and Concept.UNTAUGHT in concepts_of(heading.text)
        for heading in outline.headings
    )


def _record_title(outline: Outline, _best: Shape | None = None) -> str:
    """Return the title or the file's name if it is that of a changelog or the like, else ``""``."""
    *titles, name = outline.names
    if _PROJECT_FILES.fullmatch(name) and not names_terms(name.replace("_", " ")):
        return name
    name = "" if name.lower() == "readme" else spaced(name)
    return next(filter(names_a_record, (*titles, name)), "")


_PROJECT_FILES = re.compile(
    "AGENTS|ARCHITECTURE|CLAUDE|COPYING|GEMINI|GOVERNANCE|HACKING|INSTALL|LICEN[CS]E"
    "|MAINTAINERS|QUICKSTART|SECURITY|SKILL|SUPPORT|(?:[A-Z]{2,}[_-])+[A-Z]{2,}"
)
"""Names of files, in capitals, that a repository has for its project: ``PRODUCT_VISION``."""


def _are_records(outline: Outline, best: Shape) -> bool:
    """Whether most of it is versions, days, chapters or steps, or has one label ("Scenario: …").

    Or its headings count: ``## 1``, ``## 2``. A glossary of the articles of a law has none, but a
    file "terms" with articles is a contract.
    """
    if outline.once(is_glossary) and outline.names[-1].lower() != "terms":
        return False
    records = (_RECORD.search(each.text) or names_a_day(each.text) for each in best.questions)
    heads = {each.text.partition(":")[0] for each in best.questions}
    has_one = best.total > _FEW and len(heads) == 1 and not any(map(names_terms, heads))
    numbers = [int(each.text) for each in best.questions if _NUMBER.fullmatch(each.text)]
    counting = sum(after == before + 1 for before, after in pairwise(numbers))
    return has_one or counting * 2 > best.total or sum(map(bool, records)) * 2 > best.total


_NUMBER = re.compile(r"\d{1,4}")
_COUNT = r"[\d一二三四五六七八九十]{1,3}"
_RECORD = lazy_pattern(
    r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{4}/\d{2}/\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
    r"|\d{1,2}月\d{1,2}日)(?!\d)|^\W{0,3}§"
    r"|^\W{0,3}(?:\w{1,20} )?v?\d+(?:\.\d+)+\W{0,9}(?:\d[\d./-]{0,20})?\W{0,3}$"
    rf"|^\W{{0,3}}(?:(?i:{alternatives(Concept.STAGE)}) (?:\d|[IVXA-F]{{1,4}}\b)"
    rf"|[第제]? ?{_COUNT} ?(?:{unspaced(Concept.STAGE)})|(?:{unspaced(Concept.STAGE)}) ?{_COUNT})"
)


def _asks_in_its_text(outline: Outline, best: Shape) -> bool:
    """Whether the text of a whole file asks again and again, or its title announces questions."""
    if not best.dialect.is_whole_file:
        return False
    asking = (_ASKS.search(without_code(text)) for text in texts_of(outline, best))
    return names_questions(best.questions[0].text) or any(asking)


_ASKS = re.compile(rf"(?s)\w{QUESTION_MARK}(?:\W.*)?\w{QUESTION_MARK}")


def _are_parts_of_an_answer(outline: Outline, best: Shape) -> bool:
    """Whether none asks, and most are below a heading with a question mark: "How does it work?"."""
    if best.level is None or best.asked:
        return False
    title = [outline.title] if outline.title else []
    asking = [h for h in (*title, *outline.headings) if has_question_mark(h.text)]
    around = sorted((h.line, h.end) for h in asking if h.level < best.level)
    starts, ends = [start for start, _ in around], [*accumulate((end for _, end in around), max)]
    held = sum(line < ends[at - 1] for line in best.lines if (at := bisect_left(starts, line)))
    return held * 2 > best.total


REFUSALS = (
    _are_parts_of_an_answer,
    _asks_in_its_text,
    _is_alone,
    _are_scattered,
    _is_mostly_bare,
    _are_slides,
    is_an_article,
    hold_other_texts,
    _repeat,
    _is_a_readme,
    _are_untaught,
    _record_title,
    _are_records,
)
"""Reasons why headings that do not ask are not terms. One of them is enough."""
