"""The words of all languages by what they name, as patterns and as exact phrases.

``languages`` holds the words. To add a language, add its block there: labels, titles of folds and
sections, names of columns, and openings of questions know it then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from cardwright.wording.languages import LANGUAGES


class Concept(StrEnum):
    """What a word names; the value is its name in a language's block."""

    QUESTION = "question"
    ANSWER = "answer"
    SOLUTION = "solution"
    HINT = "hint"
    EXPLANATION = "explanation"
    EXERCISE = "exercise"
    EXAMPLE = "example"
    PROOF = "proof"
    FRONT = "front"
    BACK = "back"
    TERM = "term"
    DEFINITION = "definition"
    OPTIONS = "options"
    TRUE = "true"
    FALSE = "false"
    RIGHT = "right"
    WRONG = "wrong"
    KEY = "key"
    CARD = "card"
    SHOW = "show"
    CONTENTS = "contents"
    TAGS = "tags"
    NOTES = "notes"
    FAQ = "faq"
    NEXT = "next"
    PREVIOUS = "previous"
    TOP = "top"
    """A link back: "back to top"."""
    TO_DO = "to do"
    """What stands where an answer is still missing."""
    SECTION = "section"
    """Titles around the questions, which never ask: summary, references."""
    # What stands above is in every language, what follows only where it is known.
    ASKING_LETTER = "asking letter"
    ANSWERING_LETTER = "answering letter"
    """``A`` and ``R`` stand for "answer" before a colon only; they are options elsewhere."""
    ASKS = "asks"
    """What the first words of a question are."""
    ASKS_INSIDE = "asks inside"
    """What makes a question wherever it stands, in languages without spaces or with marks."""
    TASK = "task"
    """An exercise, or something else: "problem", "challenge"."""
    THEOREM = "theorem"
    MODEL = "model"
    """What stands before "answer" besides "correct": "sample", "short"."""
    QUIZ = "quiz"
    SMALL = "small"
    """Words without weight in a title: "the", "to", "your"."""
    DETAILS = "details"
    NUMBER = "number"
    HOME = "home"
    DIVISION = "division"
    """Part, chapter, page."""
    LINK = "link"
    """Words that announce a link: "read more here"."""
    LEVEL = "level"
    AND = "and"
    OR = "or"
    OF = "of"
    IS = "is"
    LANGUAGE = "language"
    MANUAL = "manual"
    """Titles in manuals, changelogs and worksheets, which are no terms to learn."""
    PART = "part"
    """Titles of the parts of one answer."""


def _words_of(block: str) -> Mapping[Concept, tuple[str, ...]]:
    entries = (entry.partition(":") for entry in " ".join(block.split()).split(";"))
    return {
        Concept(name.strip()): tuple(word.strip() for word in words.split(","))
        for name, _, words in entries
    }


WORDS: Mapping[str, Mapping[Concept, tuple[str, ...]]] = {
    language: _words_of(block) for language, block in LANGUAGES.items()
}
"""The words of each concept by the code of the language."""


@cache
def alternatives(*concepts: Concept) -> str:
    """A group that matches any word of these concepts, the longest first, for use under ``(?i)``.

    Spaces match any white space. Nothing says where a word ends: what uses it does.
    """
    words = sorted({word for concept in concepts for word in _spellings(concept)})
    groups = (_group(first, list(these)) for first, these in groupby(words, itemgetter(0)))
    return f"(?:{'|'.join(groups)})"


def _group(first: str, words: list[str]) -> str:
    """The words that begin with one letter, so that a text is compared with few of them."""
    rests = sorted((word[1:] for word in words), key=lambda rest: (-len(rest), rest))
    escaped = (re.escape(rest).replace(r"\ ", r"\s+") for rest in rests)
    return f"{re.escape(first)}(?:{'|'.join(escaped)})"


@cache
def phrases(*concepts: Concept) -> frozenset[str]:
    """The words of these concepts as ``bare_words`` leaves them, to compare a whole text with."""
    return frozenset(bare_words(word) for concept in concepts for word in _spellings(concept))


def _spellings(concept: Concept) -> list[str]:
    return [word for words in WORDS.values() for word in words.get(concept, ())]


def concepts_of(text: str) -> frozenset[Concept]:
    """What a phrase names that is a word of the table and no more; numbers and marks aside."""
    words = bare_words(text)
    return _concepts().get(words) or _concepts().get(_NUMBERS.sub("", words), frozenset())


_NUMBERS = re.compile(r"^\d+ | \d+$")


@cache
def _concepts() -> Mapping[str, frozenset[Concept]]:
    return {
        phrase: frozenset(concept for concept in Concept if phrase in phrases(concept))
        for phrase in phrases(*Concept)
    }


_REMEMBERED = 4096


@lru_cache(maxsize=_REMEMBERED)
def bare_words(text: str) -> str:
    """Lower case letters and digits with single spaces; marks, emoji and links' targets gone."""
    text = _NO_WORDS.sub(" ", text)
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    text = text.casefold()
    return " ".join(_BARE_WORD.findall(text.replace("_", " ")))


_NO_WORDS = re.compile(r"\]\([^()\[\]]*\)|<[^<>]*>|:[a-z0-9_+-]+:")
_BARE_WORD = re.compile(r"(?:[\w'][\u0300-\u036f\u0900-\u0ddf\u0e31-\u0e4e]*)+")
"""Letters with the marks that belong to them, as in Hindi and Thai."""
