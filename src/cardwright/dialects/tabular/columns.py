"""What the columns of a table hold, as the names in its header say: questions, answers, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.dialects.tabular.table_rows import cells_of
from cardwright.wording.words import Concept, bare_words, phrases


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns (from 0) hold what; ``names`` are those of all.

    ``options`` are columns of which each is an answer to choose (A, B, C) or that hold them all.
    """

    names: tuple[str, ...]
    question: int
    answer: int
    options: tuple[int, ...]
    further: tuple[int, ...]

    @property
    def is_terse(self) -> bool:
        """Whether nothing but Q and A heads the two columns, as in tables of truth values."""
        return (self.names[self.question], self.names[self.answer]) == ("q", "a")


def columns_under(header: str) -> Columns | None:
    """What the columns under a header hold; ``None`` where it is no table of questions."""
    if len(header) > 2000:
        return None
    return columns_named([header[first - 1 : end - 1] for first, end in cells_of(header, 0)])


def columns_named(titles: Sequence[str]) -> Columns | None:
    names = tuple(map(bare_words, titles))
    letters = {"a", "b"} <= {*names}
    for is_asking, is_answering in ((_asks, _answers), (_is_term, _means)):
        question = next((at for at, name in enumerate(names) if is_asking(name)), None)
        answer = max(
            (
                at
                for at, name in enumerate(names)
                if at != question and is_answering(name) and not (letters and name == "a")
            ),
            key=lambda at: len(names[at]),
            default=None,
        )
        if question is None or answer is None:
            continue
        rest = [at for at in range(len(names)) if at not in (question, answer)]
        options = (
            at
            for at in rest
            if names[at] in phrases(Concept.OPTIONS) or (letters and len(names[at]) == 1)
        )
        further = (at for at in rest if _is_further(names[at]))
        return Columns(names, question, answer, tuple(options), tuple(further))
    return _word_list(names)


def _word_list(names: tuple[str, ...]) -> Columns | None:
    """The columns of a list of words, named by languages, the first at the begin of the row.

    Further columns follow in their order.
    """
    spoken = [at for at, name in enumerate(names) if name in phrases(Concept.LANGUAGE)]
    counted = sum(name in {"", *phrases(Concept.NUMBER)} for name in names[:1])
    if len(spoken) < 2 or spoken[0] != counted:
        return None
    rest = tuple(at for at in range(counted, len(names)) if at not in spoken[:2])
    return Columns(names, spoken[0], spoken[1], (), rest)


_QUESTIONS = phrases(Concept.QUESTION, Concept.FRONT) | {"prompt", "cue"}
_ANSWERS = phrases(Concept.ANSWER, Concept.SOLUTION, Concept.BACK) | {"response"}
_MEANINGS = phrases(Concept.DEFINITION, Concept.EXPLANATION)
_FURTHER = phrases(Concept.EXAMPLE, Concept.NOTES, Concept.EXPLANATION, Concept.DETAILS)


def _asks(name: str) -> bool:
    return name in phrases(Concept.ASKING_LETTER) or _ends_with(name, _QUESTIONS, 3)


def _answers(name: str) -> bool:
    return name == "a" or _ends_with(name, _ANSWERS, 2)


def _is_term(name: str) -> bool:
    return name.removeprefix("key ") in phrases(Concept.TERM)


def _means(name: str) -> bool:
    return _ends_with(name, _MEANINGS, 1)


def _is_further(name: str) -> bool:
    return name in ("why", "why it matters") or _ends_with(name, _FURTHER, 1)


def _ends_with(name: str, words: frozenset[str], most: int) -> bool:
    """Whether a name is one of the words, behind ``most`` others or some letters of Chinese."""
    parts = name.split()
    if any(" ".join(parts[at:]) in words for at in range(min(len(parts), most + 1))):
        return True
    longest = name[-_MOST_LETTERS:] if name[-1:] >= _CHINESE else ""
    return any(longest[at:] in words for at in range(len(longest) - 1))


_CHINESE = "\u2e80"
_MOST_LETTERS = 8
