"""What the columns of a table hold, as the names in its header say: questions, answers, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.wording.words import Concept, alternatives, bare_words, phrases


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns (from 0) hold what; ``names`` are those of all.

    ``further`` ones follow the answer: notes, examples.
    """

    names: tuple[str, ...]
    question: int
    answer: int
    further: tuple[int, ...]


def _named(words: int, *concepts: Concept, also: str = "") -> re.Pattern[str]:
    """The names that end with a word of these concepts, so many other words before it."""
    ends = alternatives(*concepts)
    return re.compile(rf"(?:\w+ ){{0,{words}}}{ends}|[^\x00-\x7f]{{0,6}}{ends}(?:要点|要點)?{also}")


_Q, _A = alternatives(Concept.ASKING_LETTER), alternatives(Concept.ANSWERING_LETTER)
_QUESTION = _named(3, Concept.QUESTION, Concept.FRONT, also=rf"|{_Q}|(?:\w+ ){{0,3}}prompt|cue")
_ANSWER = _named(2, Concept.ANSWER, Concept.SOLUTION, Concept.BACK, also=rf"|{_A}|response")
_TERM = _named(0, Concept.TERM, also="|kanji")
_MEANING = _named(1, Concept.DEFINITION, Concept.EXPLANATION)
_FURTHER = _named(
    1, Concept.NOTES, Concept.EXAMPLE, Concept.EXPLANATION, Concept.DETAILS,
    also=r"|why(?: it matters)?|pinyin",
)  # fmt: skip


def columns_named(titles: Sequence[str]) -> Columns | None:
    """What the columns with these titles hold; ``None`` where it is no table of questions."""
    names = tuple(bare_words(title[:200]) for title in titles)
    letters = {"a", "b"} <= {*names}
    for asking, answering in ((_QUESTION, _ANSWER), (_TERM, _MEANING)):
        question = next((at for at, name in enumerate(names) if asking.fullmatch(name)), None)
        able = (
            at
            for at, name in enumerate(names)
            if at != question and answering.fullmatch(name) and not (letters and name == "a")
        )
        answer = max(able, key=lambda at: len(names[at]), default=None)
        if question is not None and answer is not None:
            rest = [at for at in range(len(names)) if at not in (question, answer)]
            further = tuple(at for at in rest if _FURTHER.fullmatch(names[at]))
            return Columns(names, question, answer, further)
    return _word_list(names)


def _word_list(names: tuple[str, ...]) -> Columns | None:
    """The columns of a list of words: two languages, the first at the begin of the row."""
    spoken = [at for at, name in enumerate(names) if name in phrases(Concept.LANGUAGE)]
    counted = names[:1] == ("",) or (bool(names) and names[0] in phrases(Concept.NUMBER))
    if len(spoken) < 2 or spoken[0] != counted:
        return None
    rest = tuple(at for at in range(counted, len(names)) if at not in spoken[:2])
    return Columns(names, spoken[0], spoken[1], rest)
