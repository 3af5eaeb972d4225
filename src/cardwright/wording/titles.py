"""Reads the titles of boxes, answers and sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import lru_cache

from cardwright.wording.signs import BOLD_SIGN, COLON, COLONS, LETTERS, QUESTION_MARK
from cardwright.wording.words import (
    Concept,
    alternatives,
    bare_words,
    concepts_of,
    first_words,
    lazy_pattern,
    may_begin,
    phrases,
)


class Role(Enum):
    """The purpose of a box, by its title and its kind. The value is the word for people."""

    ANSWER = "an answer"
    HINT = "a hint"
    EXTRA = "what is shown behind More"
    QUESTION = "a question"
    """``Question 3``, ``Try it yourself``, a callout of the kind "question"."""
    OPEN = "only that it opens"
    """``Click to reveal``, or no title at all."""
    NOTHING = "contents, code or output"
    TEXT = "words of its own"


_ANSWERS = frozenset({Concept.ANSWER, Concept.SOLUTION, Concept.EXPLANATION, Concept.KEY})
_QUESTIONS = frozenset(
    {Concept.QUESTION, Concept.EXERCISE, Concept.TASK, Concept.QUIZ, Concept.FAQ}
)
_OPENS = frozenset({Concept.SHOW, Concept.SMALL, Concept.DETAILS, Concept.CARD})
_THINGS = frozenset({Concept.EXAMPLE, Concept.NOTES, Concept.SHOWN})
"""What can be important: "Key diagram"."""
_OTHERS = (
    Concept.EXAMPLE, Concept.MODEL, Concept.RIGHT, Concept.NUMBER, Concept.NOTES, Concept.CONTENTS,
    Concept.LINK, Concept.OPTIONS, Concept.AND, Concept.OR, Concept.OF, Concept.SHOWN,
)  # fmt: skip
_KNOWN = phrases(*_ANSWERS, Concept.HINT, *_QUESTIONS, *_OPENS, *_OTHERS)
_LONGEST_WORD = max(map(len, _KNOWN))
_LONGEST = 120
_REMARK = re.compile(r"(?<=\S)\s*[(（][^()（）]{0,20}[)）]\s*$")
_SHOW = alternatives(Concept.SHOW)
_ANSWER = alternatives(Concept.ANSWER, Concept.SOLUTION)
_OF = (
    rf"(?![^\W\d_])\s*(?:(?:q(?:uestion)?[ .]?|#)?\d{{1,4}}|[(（]?[{LETTERS}][)）]?)?\s*"
    rf"(?:[{COLONS}–—-]\s*.{{0,60}}|(?:to|for|of|zu|zur|de|du|da|к|на)\s+.{{0,60}}|[(（].{{0,60}}[)）])?\W*$"
)
_ANSWER_OF = lazy_pattern(
    rf"(?i)\W*(?:(?:{_SHOW}\s+)?(?:the\s+)?{_ANSWER}{_OF}"
    rf"|(?:(?:.{{0,30}}\W)?{_SHOW}(?!\w).{{0,40}}\W|.{{0,20}}[的の]){_ANSWER}\W*$"
    rf"|(?=.{{0,30}}[^\x00-\u058f])(?:\w+\W+){{1,4}}{_ANSWER}\W*$)"
)
"""``Answer: C``, ``Solution to Exercise 1``, ``Click on this to see the answer``.

Of scripts whose words for "show" are less known, a few words with "answer" after them.
"""
_HINT_OF = lazy_pattern(rf"(?i)\W*{alternatives(Concept.HINT)}{_OF}")
_DRESS = r"(?:<[^<>]*>|[*_\s])*+"
_CLOSED = r"(?:</[^<>]*>|[*_])*+\s*"
_ANSWER_IN = lazy_pattern(
    rf"(?i)(?:<[^<>]*>|\W)*+(?:{_SHOW}\s+)?(?:the\s+)?(?:{alternatives(Concept.RIGHT)}\s+)?{_ANSWER}"
    rf"(?![^\W\d_])(?:\s*\d{{1,4}})?{_DRESS}(?:{COLON}{_CLOSED}|[–—-]\s+"
    rf"|(?<=[\s>])(?=[(（]?[{LETTERS}{LETTERS.lower()}](?:[).]|\W*$)))(?P<answer>\S.*)"
)
"""A title that also gives the answer: ``Answer: Pear``, ``**Answer** b) Pear``, ``Answer C``."""
_CLOSING = re.compile(rf"(?:</(?=\w+>$))?(?P<sign>\w+>|{BOLD_SIGN}|[*_])$")
_LONGEST_ANSWER = 2_000
_TELLING = frozenset(
    word
    for phrase in phrases(Concept.ANSWER, Concept.SOLUTION, Concept.HINT)
    for word in phrase.split()
)
_ASKS = re.compile(rf"{QUESTION_MARK}\s*$")
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=32_768)
def read_title(title: str) -> Role:
    """Return what a title says."""
    if len(title) > _LONGEST:
        return Role.TEXT
    bare = bare_words(title)
    is_unspaced = max(bare, default="") >= _FIRST_UNSPACED
    is_able = is_unspaced or not _TELLING.isdisjoint(_DIGIT.sub(" ", bare).split())
    if is_able and not _ASKS.search(title):
        if _ANSWER_OF.match(title) or answer_in(title):
            return Role.ANSWER
        if _HINT_OF.match(title):
            return Role.HINT
    pieces = [*_pieces(bare_words(_REMARK.sub("", title)), _is_known)]
    if None in pieces:
        return Role.NOTHING if is_never_a_question(title) else Role.TEXT
    words = [concepts_of(piece) for piece in pieces if piece]
    found = frozenset[Concept]().union(*words)
    if found & _ANSWERS and not (Concept.KEY in found and found & _THINGS):
        return Role.ANSWER
    if Concept.HINT in found:
        return Role.HINT
    if found & _QUESTIONS:
        return Role.QUESTION
    is_open = not words or (Concept.SHOW in found and all(word and word & _OPENS for word in words))
    return Role.OPEN if is_open else Role.NOTHING


def _pieces(title: str, is_known: Callable[[str], bool]) -> Iterator[str | None]:
    """Yield the known words of a title. An unknown word gives ``None`` and ends it."""
    at = 0
    while at < len(title):
        far = min(len(title), at + _LONGEST_WORD)
        ends: Iterable[int] = range(far, at, -1)
        if title[at] < _FIRST_UNSPACED:
            ends = [*(gap.start() for gap in _GAP.finditer(title, at, far)), len(title)][::-1]
        end = next((end for end in ends if is_known(title[at:end])), 0)
        if not end:
            yield None
            return
        yield title[at:end]
        at = end + (title[end : end + 1] == " ")


def _is_known(word: str) -> bool:
    """Whether it is in a table, a number or a letter."""
    return word in _KNOWN or word.isdigit() or (len(word) == 1 and word < _FIRST_UNSPACED)


_GAP = re.compile(" ")
_FIRST_UNSPACED = "\u0e00"


def answer_in(title: str) -> str:
    """Return the answer that a title gives after its label. ``""`` if it gives none.

    ``Answer: click to see`` gives none.
    """
    match = _ANSWER_IN.match(title[:_LONGEST_ANSWER])
    answer = match["answer"].rstrip() if match else ""
    while (closing := _CLOSING.search(answer)) and answer.count(closing["sign"]) % 2:
        answer = answer[: closing.start()].rstrip()  # it closes what is around the whole title
    return "" if read_title(answer) in (Role.ANSWER, Role.OPEN) else answer


def says_answer(title: str) -> bool:
    """Whether a title only says that the answer follows (``Show answer``, ``答案``)."""
    return read_title(title) is Role.ANSWER


def says_hint(title: str) -> bool:
    """Whether a title says that a hint follows (``Hint``, ``Need a hint?``, ``提示``)."""
    return read_title(title) is Role.HINT


_MODEL = alternatives(Concept.RIGHT, Concept.MODEL)
_ANSWER_TITLE = lazy_pattern(
    rf"(?i)\W*(?:(?:my|our|book|{_MODEL})\s*){{0,3}}(?!(?:answer|solution|explanation)s)"
    rf"{alternatives(Concept.ANSWER, Concept.SOLUTION, Concept.EXPLANATION)}"
    rf"(?:\s+{alternatives(Concept.RIGHT)})?\W*(?:(?:(?:\d{{1,4}}\W*)?[{LETTERS}]|\d{{1,4}})\W*)?$"
    rf"|\W*(?:{_ANSWER}\s*\d*\s*{COLON}|(?:ans|answer)\s*\d*\s*\.(?=\s))-?\s*\S"
)
_ANSWER_WORDS = first_words(
    Concept.ANSWER, Concept.SOLUTION, Concept.EXPLANATION, Concept.RIGHT, Concept.MODEL
) | {"my", "our", "book"}


def is_answer_title(text: str) -> bool:
    """Whether a heading says only that an answer follows: ``Answer 3``, ``Answer: C``."""
    is_able = may_begin(_ANSWER_WORDS, text)
    return is_able and _ANSWER_TITLE.match(text[:300]) is not None


@lru_cache(maxsize=32_768)
def is_never_a_question(text: str) -> bool:
    """Whether a heading is one that surrounds questions: contents, summary, references …"""
    words = bare_words(text)
    is_other = _FURTHER.fullmatch(words) or _ADDED.match(text)
    return words in _AROUND or is_other is not None


_ADDED = lazy_pattern(rf"(?i)(?:<[^<>]*>|\W)*+{alternatives(Concept.APPENDIX)}(?: \w)? ?{COLON}")
_AROUND = phrases(Concept.SECTION, Concept.CONTENTS, Concept.FAQ, Concept.TOP)
_FURTHER = re.compile(
    r"(?:related|useful|other|additional|learning|further|recommended)"
    r" (?:links|posts|articles|topics|concepts|terms|resources|reading|answers)"
    r"|what to (?:learn|read|study|do|watch) next"
)


def names_a_section(text: str) -> bool:
    """Whether a heading is one of a manual, a changelog or a worksheet, or a version or a date.

    So is one that asks about the page itself: "What is this?", "Why should I use it?".
    """
    is_around = is_never_a_question(text) or bare_words(text) in _MANUAL
    about_the_page = _OF_THIS.fullmatch(bare_words(text))
    return is_around or (about_the_page or _NO_TERM.match(text)) is not None


def is_of_a_manual(text: str) -> bool:
    """Whether a heading is nothing but a title of a manual: ``Installation``."""
    return bare_words(text) in _MANUAL_TITLES


def starts_a_manual(text: str) -> bool:
    """Whether a heading starts with the words of a manual: ``Installation on Linux``."""
    return _MANUAL_START.match(bare_words(text)) is not None


_MANUAL_START = lazy_pattern(rf"{alternatives(Concept.MANUAL)}(?!\w)")
_THIS = (
    r"(?:this|(?:this|the) (?:project|repo|repository|app|application|tool|code|package|library"
    r"|plugin|template|thing|program))"
)
_OF_THIS = lazy_pattern(
    rf"(?:what (?:is|s)|about|why) {_THIS}(?: about)?"
    rf"|(?:why (?:should|would) i|why|how (?:do i|to)) \w{{2,10}}(?: up)? (?:it|{_THIS})"
)
_MANUAL_TITLES = phrases(Concept.MANUAL)
_MANUAL = _MANUAL_TITLES | phrases(Concept.EXAMPLE, Concept.EXERCISE)
_NO_TERM = re.compile(
    r"\W*v?\d+(?:\.\d+)+\b|\W*\d{4}-\d{2}-\d{2}\b|\W*\{\{"  # a version, a date, a template's gap
    r"|[\W\d]*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[\s`*:]{1,5}(?:https?:/|\{\w+\})?/"
    r"|\W*[A-Z\u0410-\u042f](?:\s*[-–—]\s*[A-Z\u0410-\u042f])?\W*\Z"  # the letters of an index
)
_LONG = "|".join(
    sorted(each for each in phrases(Concept.QUESTION) if each > "\u2e80" and len(each) > 2)
)
"""Words of scripts without spaces that are clear anywhere: ``Java面试题``."""
_QUESTIONS_OF = lazy_pattern(
    r"(?i)(?<![^\W\d_])(?!(?:[^\W\d_]+ )?question\b)"  # several of them, and no tool for them
    rf"{alternatives(Concept.QUESTION, Concept.FAQ)}(?![^\W\d_])"
    rf"|(?:{_LONG})"
)
_FAQ_OF = lazy_pattern(rf"(?i)(?<![^\W_])(?!qa?\b){alternatives(Concept.FAQ)}(?![^\W_])")
"""``QA`` is rather the assurance of quality."""


def names_questions(title: str) -> bool:
    """Whether a title says that questions are under it: Exam questions, FAQ."""
    return _QUESTIONS_OF.search(title) is not None


def names_an_faq(title: str) -> bool:
    """Whether a title says that frequent questions are under it, whatever their words."""
    return _FAQ_OF.search(title) is not None


def names_a_part(text: str) -> bool:
    """Whether a heading names a part of one answer: Definition, Example, "What is it?".

    All words of the last kind ask, or say nothing alone.
    """
    words = bare_words(text)
    is_able = 0 < len(words) <= _LONGEST_PART
    return words in _PARTS or (is_able and None not in _pieces(words, _NO_SUBJECTS.__contains__))


_LONGEST_PART = 60
_NO_SUBJECTS = phrases(Concept.ASKS, Concept.VAGUE)
_PARTS = phrases(
    Concept.PART, Concept.DEFINITION, Concept.EXAMPLE, Concept.EXPLANATION, Concept.PROOF,
    Concept.ANSWER, Concept.SOLUTION,
)  # fmt: skip


def names_terms(title: str) -> bool:
    """Whether a title says that the text under it is to be learned: Glossary, Flashcards."""
    return (_NAMES_TERMS.search(title) or _GLOSSARY.search(title)) is not None


_GLOSSARY = lazy_pattern(rf"(?i)(?<![^\W_]){alternatives(Concept.GLOSSARY)}(?![^\W_])")


_NAMES_TERMS = re.compile(
    r"(?i)gloss[aá]|glosar|l[eé]xi[qkc]|terminolog|voc[aá]b|vokab"
    r"|flash ?cards?+(?![\s_-]*(?:apps?|generator|help|hub|maker|modules?|plugin|tool)\b)"
    r"|word ?(?:books?|lists?)\b"
    r"|\bterms?\b(?! (?:of|and|&))"
    r"|\b(?:cards?|deck|definitions?|concepts?|begriffe?|karte(?:i?karte)?n?|términos?|termos?|conceptos?|conceitos?|tarjetas?)\b"
    r"|\b(?:acronyms?|abbreviations?|idioms?|abkürzungen|abréviations?|abreviaturas?|slovíčka|słówka)\b"
    r"|\b(?:words|phrases|verbs|nouns|adjectives|wörter|mots|verbes|palabras|verbos|palavras|parole"
    r"|слова|глаголы)(?: (?:for|in)\b|\W*$)"
    r"|глоссар|термин|словар|понятия|карточк|术语|術語|词汇|詞彙|生词|生詞|单词|單詞|词语|名解|名词解释|名詞解釋|概念|用語|単語|語彙|용어|단어|어휘|낱말|개념"
)
