"""Makes patterns and phrases from the words of all languages, by what they name.

``languages.txt`` holds them. A language added there is known in labels, titles, columns and
questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

Concept = StrEnum(
    "Concept",
    "QUESTION ANSWER SOLUTION HINT EXPLANATION EXERCISE EXAMPLE PROOF FRONT BACK TERM DEFINITION"
    " OPTIONS TRUE FALSE RIGHT WRONG KEY CARD SHOW CONTENTS NOTES SECTION"  # in each language
    " ASKS ASKS_INSIDE ASKS_AT_END STEPS ORDERS ASKING_LETTER ANSWERING_LETTER TASK GIVEN THEOREM"
    " MODEL QUIZ FAQ SHOWN DETAILS LEVEL SMALL NUMBER LANGUAGE AND OR OF IS TOP LINK TO_DO"
    " MANUAL PART VAGUE GLOSSARY ADVISES CHOOSES CUE REPLY UNTAUGHT INTERVIEWER HOW"
    " APPENDIX STAGE FILL_IN RECORD RECORD_ALONE FORMAL",
)
"""What a word names. ``languages.txt`` explains some of them."""


_OFTEN_PLAIN = frozenset(
    {Concept.QUESTION, Concept.ANSWER, Concept.SOLUTION, Concept.EXERCISE, Concept.GLOSSARY}
)
"""Names of files and labels that people also write without accents: ``otazky.md``, ``Dap an:``."""


def _words_of(block: str) -> Mapping[Concept, tuple[str, ...]]:
    found: dict[Concept, tuple[str, ...]] = {}
    for name, _, words in (line.partition(": ") for line in block.split("\n") if line):
        spelled = tuple(chain.from_iterable(map(_spelled, words.split("|"))))
        plain = map(_without_accents, spelled) if Concept(name) in _OFTEN_PLAIN else ()
        able = (word for word in plain if len(word) >= _FEWEST_LETTERS)
        found[Concept(name)] = tuple(dict.fromkeys((*spelled, *able)))
    return found


_FEWEST_LETTERS = 5
"""A shorter word without its accents may be a word of another language: ``où``, ``từ``."""
_NO_ACCENTS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss"})


def _without_accents(word: str) -> str:
    parted = unicodedata.normalize("NFD", word.translate(_NO_ACCENTS))
    bare = "".join(each for each in parted if not "\u0300" <= each <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def _spelled(word: str) -> tuple[str, ...]:
    """Return a word with and without its brackets: ``answer(s)`` is "answers" and "answer"."""
    bracket = re.search(r"\(([^()]*)\)", word)
    if bracket is None:
        return (word.strip(),)
    head, tail = word[: bracket.start()], word[bracket.end() :]
    return (*_spelled(head + bracket[1] + tail), *_spelled(head + tail))


_LANGUAGES = Path(__file__).with_name("languages.txt").read_text("utf-8")
WORDS: Mapping[str, Mapping[Concept, tuple[str, ...]]] = {
    language: _words_of(block)
    for language, block in re.findall(r"(?m)^\[(\w\w)\]$([^\[]*)", _LANGUAGES)
}
"""The words of each concept by the code of the language."""


@cache
def alternatives(*concepts: Concept) -> str:
    """Return a group that matches any word of these concepts, the longest first, for ``(?i)``.

    Spaces match any white space. The group does not say where a word ends. Its user must.
    """
    words = sorted({word for concept in concepts for word in _all(concept)})
    groups: list[str] = []
    # By their first letters, so that a text is compared with few of them.
    for first, these in groupby(words, itemgetter(0)):
        rests = sorted((word[1:] for word in these), key=lambda rest: (-len(rest), rest))
        escaped = (re.escape(rest).replace(r"\ ", r"\s+") for rest in rests)
        groups.append(f"{re.escape(first)}(?:{'|'.join(escaped)})")
    return f"(?:{'|'.join(groups)})"


WORD_ENDS = r"(?:(?-i:(?<=[\u2e80-\uffff]))|(?![^\W\d_]))"
"""Where a word ends. In Chinese, Japanese and Korean, it ends anywhere.

With ``(?i)``, Python would compute the other case of all these characters, one after the other."""


def unspaced(*concepts: Concept) -> str:
    """Return a pattern for those of the words that have no space around them."""
    return "|".join(sorted(word for word in phrases(*concepts) if word > "\u2e80"))


@cache
def phrases(*concepts: Concept) -> frozenset[str]:
    """Return the words of these concepts as ``bare_words`` leaves them, to compare texts with."""
    return frozenset(bare_words(word) for concept in concepts for word in _all(concept))


def may_begin(words: Collection[str], text: str, begin: int = 0) -> bool:
    """Whether the first word after the offset ``begin`` is one of ``words``.

    It is a quick look before a slow pattern. ``words`` are from ``first_words``. If a language has
    no spaces between words, only the first letter is compared.
    """
    match = _FIRST.match(text, begin)
    word = match[1].casefold() if match else ""
    return word in words or (word[:1] >= _SPACELESS and word[:1] in words)


def mentions(words: Set[str], text: str) -> bool:
    """Whether one of ``words`` is anywhere in a text. Like ``may_begin``, but for a whole text."""
    return not text.isascii() or not words.isdisjoint(_LETTERS.findall(text.lower()))


def first_words(*concepts: Concept) -> frozenset[str]:
    """Return the words that begin the phrases of these concepts, case folded.

    If a language has no spaces between words, their first letters are returned as well.
    """
    found = (_FIRST.match(phrase) for phrase in phrases(*concepts))
    words = {match[1].casefold() for match in found if match}
    return frozenset(words | {word[0] for word in words if word >= _SPACELESS})


_FIRST = re.compile(r"[\W_]*([^\W\d_]+)")
_LETTERS = re.compile("[a-z]+")
_SPACELESS = "\u0530"
"""From this character on, words may have other words right after them."""


def _all(concept: Concept) -> list[str]:
    return [word for words in WORDS.values() for word in words.get(concept, ())]


def concepts_of(text: str) -> frozenset[Concept]:
    """Return the concepts that a phrase names, if the table has it. Numbers do not count."""
    words = bare_words(text)
    known = _concepts().get(words)
    if known is None and (words[:1].isdigit() or words[-1:].isdigit()):
        known = _concepts().get(re.sub(r"^\d+ | \d+$", "", words))
    return known or frozenset()


@cache
def _concepts() -> Mapping[str, frozenset[Concept]]:
    """Return the concepts of each phrase of the table."""
    found: defaultdict[str, set[Concept]] = defaultdict(set)
    for concept in Concept:
        for phrase in phrases(concept):
            found[phrase].add(concept)
    return {phrase: frozenset(concepts) for phrase, concepts in found.items()}


def lazy_pattern(source: str) -> re.Pattern[str]:
    """Return what ``re.compile`` returns. It is compiled when one of its methods is first used.

    Compiling all patterns of words would take a quarter of the time of a small build, and a file
    needs few of them.
    """
    return cast("re.Pattern[str]", _Pattern(source))


_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Pattern:
    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """Runs only before the first use. From then on, the methods are attributes of its own."""
        compiled = re.compile(self._source)
        for each in _METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


@lru_cache(maxsize=32_768)
def bare_words(text: str) -> str:
    """Return letters and digits in lower case with single spaces, without marks and emoji."""
    if "](" in text or "<" in text or ":" in text:
        text = _NO_WORDS.sub(" ", text)
    if text.isascii():
        return " ".join(text.translate(_ASCII_WORDS).split())
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_BARE_WORD.findall(text.replace("_", " ")))


_NO_WORDS = re.compile(r"\]\([^()\[\]]*\)|<[^<>]*>|:[a-z0-9_+-]+:")
_ASCII_WORDS = {
    code: chr(code).lower() if chr(code).isalnum() or chr(code) == "'" else " "
    for code in range(128)
}
LETTER_MARKS = "\u0300-\u036f\u0900-\u0ddf\u0e31-\u0e4e"
"""The marks that belong to letters, as in Hindi and Thai, for a pattern. They are no ``\\w``."""
_BARE_WORD = re.compile(rf"(?:[\w'][{LETTER_MARKS}]*)+")
