"""Headings that only count: a label and a number, and how hard or how many the questions are."""

from __future__ import annotations

import re

from cardwright.dialects.text.outline import Heading
from cardwright.wording import Wording, bare_words, read_wording
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives, phrases

_LONGEST = 100
"""A place-holder has no more characters than these."""
_CARD = alternatives(Concept.CARD)
_LEVEL = alternatives(Concept.LEVEL)


def is_placeholder(heading: Heading) -> bool:
    """Whether a heading is only a label or a number: its question stands under it."""
    wording = counted_wording(heading)
    is_numbered = bool(wording.number or re.search(r"\d", wording.text))
    if len(wording.text) > _LONGEST or not (is_numbered or wording.has_label):
        return False
    if wording.has_label and _SOURCE.fullmatch(wording.text):
        return True
    return _NOTHING.fullmatch(wording.text) is not None


_NOTHING = lazy_pattern(
    rf"(?i)\W*(?:(?:{_CARD}|quiz)\W*\d+)?\W*(?:{_LEVEL}|mcq|multiple choice|true\W+false"
    r"|short answer|\d+\s*(?:points?|marks?|pts?))?\W*"
)
"""What a place-holder can say besides a label and a number."""
_SOURCE = re.compile(r"[\[(（][^\[\]()（）?？]{1,60}[\])）]")
"""Where a question was asked, or what it is worth: ``[exam of 2023]``, ``(3 marks)``."""


def counts_cards(heading: Heading) -> bool:
    """Whether a heading says no more than which card is under it, ``### Card 12``."""
    return _COUNTED_CARD.fullmatch(heading.text) is not None


_COUNTED_CARD = lazy_pattern(rf"(?i)\W{{0,4}}{_CARD}\W{{0,3}}\d{{1,4}}\W{{0,4}}")


def says_question(heading: Heading) -> bool:
    """Whether a heading says that the question is under it: "Question", "Problem"."""
    is_label = not heading.text.strip() and heading.wording.has_label
    return heading.has_text and (is_label or bare_words(heading.text) in _QUESTIONS)


_QUESTIONS = phrases(Concept.QUESTION, Concept.EXERCISE, Concept.TASK) | {"the question"}


def counted_wording(heading: Heading) -> Wording:
    """The wording of a heading without the total of what is counted (``Question 1 of 3``)."""
    if heading.wording.has_label or not _COUNTED.search(heading.text[:80]):
        return heading.wording
    return read_wording(_COUNTED.sub(r"\1:", heading.text, count=1))


_COUNTED = re.compile(r"(\d{1,3})\s*(?:of|/|von|de|из|sur)\s*\d{1,3}\b")
