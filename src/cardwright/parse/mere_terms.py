"""Headings that ask nothing and are cards all the same, because they may be terms to learn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.dialects import Reading
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.question import Question
from cardwright.model import Place
from cardwright.wording import asks

_OF_TERMS = frozenset({"details", "file", "headings", "lines", "numbered-headings"})
_NAMES_TERMS = re.compile(
    r"(?i)gloss?ar|terminolog|vocab|vokab|flash ?cards?|\b(?:cards?|deck|terms?|definitions?"
    r"|concepts?|begriffe?|karte(?:i?karte)?n?|términos?|termos?|conceptos?|conceitos?|tarjetas?)\b"
    r"|глоссар|термин|словар|понятия|карточк|术语|術語|词汇|詞彙|概念|用語|単語|용어|단어|개념"
)
_HINT = (
    "'questions: none' at the top of the file or in deck.yml says that this is nothing to learn, "
    "'questions: {}' that it is"
)


def mere_terms(path: str, title: str, reading: Reading) -> Iterator[Diagnostic]:
    """QA318 where hardly any of the questions asks and ``title`` does not say that these are terms.

    A manual or an article looks like a glossary; only its author knows which it is.
    """
    choice = reading.choice
    if choice is None or not _OF_TERMS.issuperset(choice.dialects) or _NAMES_TERMS.search(title):
        return
    mute = [question for question in reading.questions if not _is_meant(question)]
    if len(mute) * 4 < len(reading.questions) * 3 or any(map(_is_marked, reading.questions)):
        return
    first, *others = mute
    what = f"'{shorten(first.text)}'"
    if others:
        what += f" and {len(others)} other headings" if len(others) > 1 else " and another heading"
    ask, they = ("ask", "are cards as terms") if others else ("asks", "is a card as a term")
    message = f"{what} {ask} nothing and {they}"
    hint = _HINT.format(choice.dialects[0])
    yield Diagnostic(Place(path, first.line, 1), Code.MERE_TERMS, message, hint)


def _is_meant(question: Question) -> bool:
    return _is_marked(question) or asks(question.text)


def _is_marked(question: Question) -> bool:
    """Whether its author marked it as a question."""
    return question.is_marked or question.attributes != NO_ATTRIBUTES
