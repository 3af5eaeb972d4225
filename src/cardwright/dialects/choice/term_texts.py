"""Looks at the texts under headings for a reason why the headings are no terms to learn."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from cardwright.dialects.answers.answer import without_code
from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.choice.prose import (
    has_commands,
    is_code,
    is_mostly_links,
    length,
    paragraphs,
    says,
)
from cardwright.dialects.glossary import is_glossary
from cardwright.dialects.text.question import Outline
from cardwright.wording.titles import names_an_faq, names_questions

MANY = 8
"""From this number on, terms are a list of terms, however long their texts are."""
_LONG = 200
"""With this many characters under each, a few headings are sections of an article."""
_TOO_LONG = 1200
"""With this many, many headings are sections, too."""
_SEVERAL = 3
"""With this many paragraphs of prose, a text is a section of an article."""
_SHORT = 140
"""The most characters of a text that may leave out the word that it explains."""


def texts_of(outline: Outline, shape: Shape) -> list[str]:
    """Return the answers of a shape."""
    spans = [each.question.answer for each in shape.candidates if each.is_answered]
    return ["\n".join(outline.lines[span.start - 1 : span.end - 1]) for span in spans]


def is_an_article(outline: Outline, best: Shape, _shapes: Sequence[Shape]) -> bool:
    """Whether most headings have several paragraphs of prose under them, or a few have much.

    If the document says that it has frequent questions, its headings are questions, in any words.
    If it says that it has questions of any kind, numbered headings are.
    """
    is_numbered = best.dialect.name == "numbered-headings"
    says_questions = names_questions if is_numbered else names_an_faq
    if best.total == 1 or best.level is None or any(map(says_questions, outline.names)):
        return False
    answers = texts_of(outline, best)
    dotted = sum("." in question.number for question in best.questions)  # sections: "3.1.2"
    is_counted = (is_numbered and dotted * 2 < best.total) or best.total > 2 * MANY
    if not is_counted and median(map(paragraphs, answers)) >= _SEVERAL:
        return True
    if best.total < MANY and median(map(len, answers)) > _LONG:
        return True
    return median(length(without_code(text)) for text in answers) > _TOO_LONG


def hold_other_texts(outline: Outline, best: Shape, _shapes: Sequence[Shape]) -> bool:
    """Whether the texts under headings explain no terms.

    Most are only code, or half of them have commands for a shell or lead to other sites, or hardly
    any says what its heading says: "Scope", "Results", "Week". A short text need not say it.
    Glossaries may have any text.
    """
    if best.level is None or outline.once(is_glossary):
        return False
    texts = texts_of(outline, best)
    titles = [each.question.text for each in best.candidates if each.is_answered]
    said = sum(map(says, texts, titles))
    is_apart = said * 4 <= len(texts) and median(map(len, texts)) > _SHORT
    return (
        is_apart
        or sum(map(has_commands, texts)) * 2 >= len(texts)
        or sum(map(is_mostly_links, texts)) * 2 >= len(texts)
        or sum(map(is_code, texts)) * 2 > len(texts)
    )
