"""Finds the columns of questions and answers in a table, by their names or by rows that ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cardwright.dialects.table_rows import Cell, text_of
from cardwright.wording import asks
from cardwright.wording.signs import LETTERS
from cardwright.wording.words import Concept, bare_words, lazy_pattern, phrases


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns (from 0) by their purpose, and all names. ``further`` ones follow the answer.

    ``options`` has the letter or number of each option, and its column. If one column has all
    options, its letter is ``""``.
    """

    names: tuple[str, ...]
    question: int
    answer: int
    further: tuple[int, ...]
    options: tuple[tuple[str, int], ...] = ()


def _ending(words: int, *concepts: Concept) -> str:
    """Return a pattern of names that end with a word of these concepts, after so many words."""
    ends = _any_of(*concepts)
    return rf"(?:\w+ ){{0,{words}}}{ends}|[^\x00-\x7f]{{0,6}}{ends}"


def _any_of(*concepts: Concept) -> str:
    """Return a group that matches the words of these concepts as ``bare_words`` leaves them."""
    words = sorted(phrases(*concepts), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, words))})"


def _named(words: int, *concepts: Concept, letter: Concept | None = None) -> re.Pattern[str]:
    also = f"|{_any_of(letter)}" if letter else ""
    return lazy_pattern(_ending(words, *concepts) + also)


_QUESTION = _named(3, Concept.QUESTION, Concept.FRONT, letter=Concept.ASKING_LETTER)
_ANSWER = _named(2, Concept.ANSWER, Concept.SOLUTION, Concept.BACK, letter=Concept.ANSWERING_LETTER)
_TERM = _named(1, Concept.TERM)
_MEANING = lazy_pattern(
    rf"{_ending(1, Concept.DEFINITION, Concept.EXPLANATION)}"
    rf"|{_any_of(Concept.DEFINITION)}(?: \w+){{1,3}}"  # "meaning in English"
)
_CUE = _named(1, Concept.CUE, Concept.QUESTION, Concept.TERM, Concept.TASK, Concept.HINT)
_REPLY = _named(
    1, Concept.REPLY, Concept.ANSWER, Concept.DEFINITION, Concept.EXPLANATION, Concept.NOTES,
    Concept.DETAILS,
)  # fmt: skip
_FURTHER = _named(1, Concept.NOTES, Concept.EXAMPLE, Concept.EXPLANATION, Concept.DETAILS)
_RIGHT = _named(1, Concept.RIGHT)
_ALL_OPTIONS = _named(1, Concept.OPTIONS)
_OFFERS = _any_of(Concept.OPTIONS, Concept.ANSWER)
_OPTION = lazy_pattern(
    rf"(?:{_OFFERS} ?)?(?P<letter>(?i:[{LETTERS}]))|{_OFFERS} ?(?P<number>[1-8])"
)
_SIGNS = (LETTERS.lower(), "12345678")
_REMARK = re.compile(r"(?<=\w)\s*[(（][^()（）]{1,60}[)）]\s*\Z")
"""A remark in brackets after the name of a column."""


def _all(names: Sequence[str], pattern: re.Pattern[str]) -> list[int]:
    """Return the columns whose names match."""
    return [at for at, name in enumerate(names) if pattern.fullmatch(name)]


def columns_named(names: tuple[str, ...]) -> Columns | None:
    """Return what the columns hold, ``None`` if it is no table of questions."""
    options = _options(names)
    offered = [at for _, at in options]
    for asking, answering in ((_QUESTION, _ANSWER), (_TERM, _MEANING)):
        question = next(iter(_all(names, asking)), None)
        if question is None:
            continue
        able = _all(names, answering) or (_all(names, _RIGHT) if options else [])
        able = [at for at in able if at != question and at not in offered]
        if able:
            answer = max(able, key=lambda at: len(names[at]))
            further = [at for at in _all(names, _FURTHER) if at not in (question, answer)]
            return Columns(names, question, answer, tuple(further), options)
    return _word_list(names)


def _options(names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return the columns of options with their signs: ``A``, ``Option B`` or ``Option 3``."""
    signs = ((_OPTION.fullmatch(name), at) for at, name in enumerate(names))
    found = [(match["letter"] or match["number"], at) for match, at in signs if match]
    labels = "".join(label for label, _ in found)
    if len(found) >= _FEWEST and any(each.startswith(labels) for each in _SIGNS):
        return tuple((label.upper(), at) for label, at in found)
    return tuple(("", at) for at in _all(names, _ALL_OPTIONS)[:1])


def name_of(title: str) -> str:
    """Return the words of a column's title, but none of an identifier such as ``push_back``."""
    return "" if _IDENTIFIER.search(title[:200]) else bare_words(_REMARK.sub("", title[:200]))


_IDENTIFIER = re.compile(r"[^\W_]_[^\W_]")


def columns_that_ask(
    names: tuple[str, ...], rows: Sequence[Sequence[Cell]], knows: Callable[[str], bool]
) -> Columns | None:
    """Return the columns of a table with less clear names (Cue, Notes) or none, if its rows ask.

    At least half of them must ask. One row that was a question in an earlier build (``knows``) is
    enough.
    """
    cues = _all(names, _CUE) or ([0] if names == ("", "") else [])
    after = range(cues[0] + 1, len(names)) if cues else ()
    answer = next((at for at in after if not names[at] or _REPLY.fullmatch(names[at])), None)
    if answer is None:
        return None
    question = cues[0]
    cells = [text_of(row[question]) for row in rows if len(row) > answer]
    asking = sum(map(asks, cells))
    is_most = asking * 2 >= len(cells) and asking >= _FEWEST
    is_asking = is_most or any(map(knows, cells))
    return Columns(names, question, answer, ()) if is_asking else None


_FEWEST = 2


def columns_of_terms(names: tuple[str, ...], rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """Return the columns of a glossary: the first has terms, if another has meanings.

    It is called so or has the name of a language. If the name of the first one says "term", it can
    be the only other one, or the one with three quarters of the other text. Two columns need no
    names at all.
    """
    if names == ("", ""):
        return Columns(names, 0, 1, ())
    first = _counted(names)
    answers = [at for at in (*_all(names, _MEANING), *_spoken(names)) if at > first]
    if not answers and has_terms(names):
        able = range(first + 1, len(names))
        lengths = {at: sum(len(text_of(row[at])) for row in rows if at < len(row)) for at in able}
        answers = [at for at, most in lengths.items() if most * 4 > sum(lengths.values()) * 3]
    return Columns(names, first, answers[0], ()) if answers and names[first] else None


def has_terms(names: tuple[str, ...]) -> bool:
    """Whether the first of several columns says that it has terms, or just one names a language."""
    first = _counted(names)
    is_term = len(names) > first + 1 and _TERM.fullmatch(names[first])
    return bool(is_term) or len(_spoken(names)) == 1


def _counted(names: tuple[str, ...]) -> int:
    """Return the number of columns at the start that count the rows."""
    return int(names[:1] == ("",) or (bool(names) and names[0] in phrases(Concept.NUMBER)))


def _spoken(names: Sequence[str]) -> list[int]:
    """Return the columns that are named after languages."""
    return [at for at, name in enumerate(names) if name in phrases(Concept.LANGUAGE)]


def _word_list(names: tuple[str, ...]) -> Columns | None:
    """Return the columns of a list of words: two languages, the first at the start of the row.

    The first one may have the name "Word" instead, and the second one "Meaning".
    """
    spoken, counted = _spoken(names), _counted(names)
    if spoken and spoken[0] > counted and _TERM.fullmatch(names[counted]):
        spoken = [counted, *spoken]
    if len(spoken) == 1:
        spoken += _all(names, _MEANING)
    if len(spoken) < 2 or spoken[0] != counted:
        return None
    rest = tuple(at for at in range(counted, len(names)) if at not in spoken[:2])
    return Columns(names, spoken[0], spoken[1], rest)
