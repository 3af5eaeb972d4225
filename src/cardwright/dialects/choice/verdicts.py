"""Which dialects a document is written in: what each one found is compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.catalogue import DIALECTS
from cardwright.dialects.choice.heading_choice import clear_headings, terms
from cardwright.dialects.choice.trial import Spans, Trial
from cardwright.dialects.text.question import Question

_FEWEST = 3
"""So many questions whose mark means other things too make a further dialect of a file."""
_MARK = re.compile("[?？؟]")
_MOST = 0.6
"""The share of a dialect's questions that is most of them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A trial and what became of it; ``words`` say why, in lower case."""

    trial: Trial
    is_chosen: bool
    words: str


def choose(trials: Sequence[Trial], *, may_be_terms: bool = True) -> tuple[Verdict, ...]:
    """The verdict on every trial, the chosen ones first, the main one at their head.

    None is chosen where nothing has an answer, nor one that only finds terms unless
    ``may_be_terms``.
    """
    words: dict[int, str] = {}
    able = trials if may_be_terms else [trial for trial in trials if not _is_mute(trial)]
    rivals, seconds = _without_held(_rivals(able, words), words)
    picked: list[Trial] = []
    for rival in (*sorted(rivals, key=lambda trial: -_weight(trial)), *seconds):
        if not picked:
            words[id(rival)] = _FIRST if rival.is_clear else _TERMS
            picked.append(rival)
        elif _adds(rival, picked, is_second=_is_in(rival, seconds)):
            words[id(rival)] = "further questions besides those"
            picked.append(rival)
        elif not _is_in(rival, seconds):
            words[id(rival)] = "too few questions besides those"
    rest = [trial for trial in trials if not _is_in(trial, picked)]
    return (
        *(Verdict(trial, True, words[id(trial)]) for trial in picked),
        *(Verdict(trial, False, words.get(id(trial)) or lack(trial)) for trial in rest),
    )


def _is_mute(trial: Trial) -> bool:
    """Whether headings, or the title, are found that mostly ask nothing."""
    return trial.dialect.name in _OF_TERMS and trial.asked * 2 < trial.total


_OF_TERMS = frozenset({"headings", "numbered-headings", "file"})
_FIRST = "most questions with an answer"
_TERMS = "nothing asks: these are terms"


def _rivals(trials: Sequence[Trial], words: dict[int, str]) -> list[Trial]:
    """The best of headings and every other dialect that is clear, or what there is of terms."""
    leveled = [trial for trial in trials if trial.level is not None]
    others = [trial for trial in trials if trial.level is None and trial.answered]
    clear = [trial for trial in others if trial.is_clear or trial.dialect.is_explicit]
    best = clear_headings(leveled)
    term = None if best else terms(leveled)
    for trial in leveled:
        if best is not None and trial is not best and trial.is_clear and trial.answered:
            more = "finds the same" if trial.good == best.good else "reads more"
            words[id(trial)] = f"'{best.name}' {more}"
    if term is not None and any(_outdoes(trial, term) for trial in clear):
        words[id(term)] = "does not ask, as others here do"
        term = None
    heading = best or term
    if term is not None and not clear and (pending := _pending(trials, term)):
        return pending
    if heading is None or not heading.answered:
        return clear or others
    return sorted([heading, *clear], key=lambda trial: DIALECTS.index(trial.dialect))


def _pending(trials: Sequence[Trial], term: Trial) -> list[Trial]:
    """The dialects of questions that nothing answers; none where some of them are answered.

    Those whose marks are plain, or a list of more questions than there are terms.
    """
    plain = [trial for trial in trials if trial.dialect.is_explicit and trial.asked >= 2]
    if plain:
        return [] if any(trial.answered for trial in plain) else plain
    return [
        trial
        for trial in trials
        if trial.level is None and not trial.answered and trial.asked > max(term.answered, 4)
    ]


def _outdoes(trial: Trial, term: Trial) -> bool:
    """Whether real questions make the headings that do not ask a lesson around them."""
    if trial.dialect.is_explicit:
        return trial.good >= 1
    return trial.good >= 2 and trial.good * 8 >= term.answered


def _without_held(
    rivals: Sequence[Trial], words: dict[int, str]
) -> tuple[list[Trial], list[Trial]]:
    """The rivals whose questions are not the parts of another one's answers, nor the same.

    Then those that mark the same questions less plainly than another one: what they find besides
    may still be questions.
    """
    spans = {id(trial): Spans(trial.questions) for trial in rivals}
    kept, seconds = list(rivals), []
    for at, earlier in enumerate(rivals):
        for later in rivals[at + 1 :]:
            if not (_is_in(earlier, kept) and _is_in(later, kept)):
                continue
            loser = _less_plain(earlier, later, spans) or _the_same(earlier, later, spans)
            if loser is not None:
                seconds.append(loser)
            else:
                loser = _held(earlier, later, spans)
            if loser is not None:
                words[id(loser)] = _reason(loser, later if loser is earlier else earlier)
                kept = [trial for trial in kept if trial is not loser]
    return kept, seconds


def _less_plain(earlier: Trial, later: Trial, spans: dict[int, Spans]) -> Trial | None:
    """Of two that find the same questions the one whose marks mean much else besides.

    So it is where the plain ones stand in the answers of the other, which end at them then.
    """
    if earlier.dialect.is_loose == later.dialect.is_loose:
        return None
    loose, plain = (earlier, later) if earlier.dialect.is_loose else (later, earlier)
    if not plain.dialect.is_explicit or plain.good < 1:
        return None
    if _is_same(plain, loose) or _is_same(loose, plain):
        return loose if plain.good * 2 >= loose.good else None
    is_marked = plain.marked * 5 >= plain.total * 4
    return loose if is_marked and plain.good > 1 and _is_inside(plain, loose, spans) else None


def _the_same(earlier: Trial, later: Trial, spans: dict[int, Spans]) -> Trial | None:
    """Of two that find the same questions the one that finds fewer, or the later one."""
    both_inside = _is_inside(later, earlier, spans) and _is_inside(earlier, later, spans)
    if not (both_inside or _is_same(earlier, later) or _is_same(later, earlier)):
        return None
    if earlier.is_clear != later.is_clear:
        return later if earlier.is_clear else earlier
    return earlier if _weight(later) > 1.15 * _weight(earlier) else later


def _held(earlier: Trial, later: Trial, spans: dict[int, Spans]) -> Trial | None:
    """Which of two is out because one stands in the answers of the other; ``None`` for neither."""
    if _is_inside(later, earlier, spans):
        return _out_of(earlier, later)
    return _out_of(later, earlier) if _is_inside(earlier, later, spans) else None


def _is_inside(inner: Trial, outer: Trial, spans: dict[int, Spans]) -> bool:
    """Whether most questions of ``inner`` stand in questions or answers of ``outer``."""
    inside = inner.total - inner.count_outside(spans[id(outer)])
    return inside >= _MOST * inner.total


def _is_in(trial: Trial, trials: Sequence[Trial]) -> bool:
    return any(trial is other for other in trials)


def _out_of(outer: Trial, inner: Trial) -> Trial:
    """Which is out where the answers of ``outer`` hold the questions of ``inner``."""
    if outer.total == 1 and not outer.dialect.is_explicit and _is_set(inner, outer):
        return outer  # a title, and the questions under it
    if inner.dialect.is_declared and inner.good * 2 >= outer.good:
        return outer
    is_vague = outer.question_marks * 2 < outer.total
    is_sure = inner.marked * 5 >= inner.total * 4
    return outer if is_vague and is_sure and inner.good * 2 >= outer.good else inner


def _is_set(inner: Trial, outer: Trial) -> bool:
    """Whether the questions are what a file is made of, rather than its title's answer."""
    if inner.good >= (_FEWEST if inner.dialect.name == "headings" else 2):
        return True
    return inner.dialect.is_explicit and inner.lines * 2 >= outer.lines


def _weight(trial: Trial) -> float:
    return trial.good if trial.good else trial.answered / 2


def _adds(rival: Trial, picked: Sequence[Trial], *, is_second: bool) -> bool:
    """Whether a trial has questions of its own besides what was picked.

    One is enough where it is marked so that it means nothing else, or has a question mark and
    an end, or is counted among those picked, answered or not; of others two that ask and have an
    answer, if there is nothing besides them, else more.
    """
    spans = Spans(question for trial in picked for question in trial.questions)
    outside = [
        (question, is_good)
        for question, is_good in zip(rival.questions, rival.is_good, strict=True)
        if not spans.hold(question.line)
    ]
    good = [question for question, is_good in outside if is_good]
    if is_second and any(each.number and _MARK.search(each.text) for each, _ in outside):
        return True
    if rival.dialect.is_explicit or is_second or all(question.is_marked for question in good):
        return bool(good)
    if rival.dialect.is_enclosed and any(_MARK.search(question.text) for question in good):
        return True
    return len(good) >= (_FEWEST - 1 if len(good) == len(outside) else _FEWEST)


def _is_same(trial: Trial, other: Trial) -> bool:
    """Whether most questions of ``trial`` begin where those of ``other`` do."""
    lines = {question.line for question in other.questions}
    same = sum(question.line in lines for question in trial.questions)
    return same >= _MOST * trial.total


def _reason(loser: Trial, winner: Trial) -> str:
    if _is_same(loser, winner) or _is_same(winner, loser):
        more = "finds the same" if loser.total <= winner.total else "marks them more plainly"
        return f"'{winner.name}' {more}"
    if winner.count_outside(Spans(loser.questions)) <= winner.total * (1 - _MOST):
        return f"around those of '{winner.name}'"
    return f"within answers of '{winner.name}'"


def lack(trial: Trial) -> str:
    """What a trial lacks, in words."""
    if not trial.answered:
        return "only links for answers" if trial.links * 2 > trial.total else "no answers"
    if trial.asked * 2 < trial.total:
        return "few read like questions"
    if trial.answered * 2 < trial.total:
        return "few have answers"
    return "sections around others" if trial.sections else "others read more"


def union(trials: Sequence[Trial]) -> tuple[Question, ...]:
    """The questions of all trials in the order of the file.

    What a later trial finds in a question of an earlier one is part of it; an answer of a later
    one ends where a question of an earlier one begins.
    """
    found: list[Question] = []
    for trial in trials:
        spans = Spans(found)
        starts = sorted(question.line for question in found)
        found += [
            _ended(question, starts)
            for question in trial.questions
            if not spans.hold(question.line)
        ]
    return tuple(sorted(found, key=lambda question: question.line))


def _ended(question: Question, starts: Sequence[int]) -> Question:
    """The question, its answer over where the next one of ``starts`` begins."""
    following = bisect_left(starts, max(question.line + 1, question.answer.start))
    if following == len(starts) or starts[following] >= question.answer.end:
        return question
    end = max(starts[following], question.answer.start)
    return replace(question, answer=replace(question.answer, end=end, until=0))
