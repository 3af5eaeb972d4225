"""Knows the titles of changelogs, plans, diaries and the like, which nobody learns."""

from __future__ import annotations

import re
from functools import lru_cache

from cardwright.wording.signs import COLONS, QUESTION_MARKS
from cardwright.wording.titles import names_questions, names_terms
from cardwright.wording.words import Concept, bare_words, lazy_pattern, phrases


def names_a_record(title: str) -> bool:
    """Whether a title says that nobody learns the document: Changelog, a plan, a day, "Why I".

    Its words begin or end the title, or a part of it: "Statutes of the club", "My trip: diary".
    "Business plan: key terms" and "Floor plan vocabulary" are not plans.
    """
    if names_a_formality(title):  # "Terms of use" are no terms
        return True
    if len(title) >= _LONGEST or names_terms(title) or names_questions(title):
        return False
    is_record = bare_words(title) in phrases(Concept.RECORD_ALONE)
    return is_record or _names(title, Concept.RECORD) or _RECORD.fullmatch(title) is not None


def names_a_formality(title: str) -> bool:
    """Whether a title names a policy, minutes, a survey: questions in it are for no learner."""
    return len(title) < _LONGEST and not names_questions(title) and _names(title, Concept.FORMAL)


@lru_cache(maxsize=4096)  # several steps ask the same of the few titles of a file
def _names(title: str, *concepts: Concept) -> bool:
    """Whether a title, or a part of it, begins or ends with a phrase of these concepts."""
    return any(
        (words.startswith(phrase) and _ENDS[" " in phrase].match(words, len(phrase)))
        or (words.endswith(phrase) and _BEGINS.match(words, len(words) - len(phrase)))
        for words in map(bare_words, (title, *_PART.split(title)))
        for phrase in phrases(*concepts)
    )


_LONGEST = 300
_PART = re.compile(rf"[{COLONS}|(（【\[]|\s[–—-]\s")
_ENDS = (
    re.compile(r"(?<=[\u2e80-\uffff])|(?! ?[^\W\d_])| [^\W\d_]{1,3}\b"),
    re.compile(r"(?<=[\u2e80-\uffff])|(?![^\W\d_])"),
)
"""Where a phrase at the beginning may end: one word before a small word or none, several anywhere.

"Statutes of the club" is a record, "Diary studies" is not.
"""
_BEGINS = re.compile(r"(?=[\u2e80-\uffff])|(?<=\w{3})(?=\w{7})|(?<![^\W\d_])")
"""Where a word begins. A long one may be the end of another: ``Vereinssatzung``."""


_MONTH = (
    r"(?:jan|gen|ene|f[eé][bv]|m[aä]r|a[pbv]r|ma[iyg]|ju[inl]|giu|lug|aug|ao[uû]|ago|sep|set"
    r"|o[ck]t|ott|out|nov|d[eéi][cz]|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,7}"
)
_DAY = (
    rf"(?:[^\W\d_]{{2,10}},? )?(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)? (?:de )?{_MONTH}\.?,?"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,?) (?:de )?20\d\d(?:,? [^\W\d_]{{2,10}})?"
)
"""A day as a diary has it: ``Tuesday, 23 July 2024``, ``3 octobre 2024``."""
_RECORD = lazy_pattern(
    r"(?i)\W*(?:(?:protokoll|acta|ata|protocollo|протокол)\W*\d[\d\W]*"
    rf"|\d{{4}}[-_. ]\d{{1,2}}[-_. ]\d{{1,2}}(?:\W*[^\W\d_]{{1,10}})?[\W\d]*|{_DAY})\W*"
    r"|(?!the\b)(?:[^:]{0,60}\b)?(?:plan|план|計画|计划|計畫)(?:\W.{0,40})?"
    rf"|(?:contributing|how to contribute) to \S.{{0,60}}|(?:why|how|what|when) i\b"
    rf"[^{QUESTION_MARKS}]*"
)


def names_a_day(title: str) -> bool:
    """Whether a title is a day with the name of its month: ``23 July 2024 Tuesday``."""
    return len(title) < _LONGEST_DAY and _IS_DAY.fullmatch(title) is not None


_LONGEST_DAY = 60
_IS_DAY = lazy_pattern(rf"(?i)\W*{_DAY}\W*")


def spaced(name: str) -> str:
    """Return the name of a file with spaces between its words.

    Dates lose their hyphens, too: ``2024-05-01`` becomes ``2024 05 01``.
    """
    return re.sub("[_-]", " ", name)
