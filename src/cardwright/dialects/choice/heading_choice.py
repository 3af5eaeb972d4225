"""Which level of headings, and which dialect of headings at it, are the questions."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.dialects.choice.trial import Spans, Trial
from cardwright.dialects.tasks.exercise_labels import behind_task_label
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.wording.section_titles import names_a_part, names_a_section


def clear_headings(trials: Sequence[Trial]) -> Trial | None:
    """The shallowest clear trial, unless a deeper one finds more outside of its answers."""
    clear = _one_a_level([trial for trial in trials if trial.is_clear and trial.answered])
    if not clear:
        return None
    best = clear[0]
    for trial in clear[1:]:
        outside = trial.count_outside(Spans(best.questions))
        if outside > best.asked_and_answered:
            best = trial
    return best


def terms(trials: Sequence[Trial]) -> Trial | None:
    """Where no heading asks, the level with the most different headings that have own text.

    Not where half of them are what sections of a manual or parts of an answer are called, nor
    one or two headings of another level in such a manual.
    """
    answered = [trial for trial in trials if trial.answered and not _is_manual(trial)]
    if any(_is_manual(trial) and trial.total > _FEW for trial in trials):
        answered = [trial for trial in answered if trial.total > _FEW]
    best = max(answered, key=_term_score, default=None)
    return _bare_questions(trials, best) or best


_FEW = 2


def _is_manual(trial: Trial) -> bool:
    titles = sum(
        (
            names_a_section(question.text)
            or names_a_part(question.text)
            or behind_task_label(question.text)
        )
        and question.attributes == NO_ATTRIBUTES
        for question in trial.questions
    )
    return titles * 2 >= trial.total


def _one_a_level(trials: Sequence[Trial]) -> list[Trial]:
    """Of the trials of a level the one that answers most; about the same goes to the earlier.

    The narrower dialects come first, so a few unnumbered headings among the numbered ones
    ("Summary", an aside) do not count against them, while many do. A question word says more
    than a number.
    """
    best: dict[int, Trial] = {}
    for trial in trials:
        level = trial.level or 0
        before = best.get(level)
        if before is None or _leads(trial, before):
            best[level] = trial
    return [best[level] for level in sorted(best)]


def _leads(trial: Trial, before: Trial) -> bool:
    found, earlier = trial.asked_and_answered, before.asked_and_answered
    is_marked = before.marked * 2 > before.total
    lead = 2.0 if is_marked else 1.15
    return found > lead * earlier and (found > earlier + 1 or not earlier)


def _term_score(trial: Trial) -> float:
    own_text = trial.answered - trial.sections
    repeats = trial.distinct / trial.total
    is_numbered = trial.dialect.name != "headings"
    return own_text * repeats * repeats * (1.2 if is_numbered else 1.0)


def _bare_questions(trials: Sequence[Trial], terms: Trial | None) -> Trial | None:
    """A list of questions that nothing answers, when it is longer than that of the terms."""
    unanswered = [
        trial
        for trial in trials
        if not trial.answered and trial.asked >= 2 and trial.asked * 4 >= trial.total * 3
    ]
    longest = max(unanswered, key=lambda trial: trial.asked, default=None)
    if longest is None or (terms is not None and terms.answered >= longest.asked):
        return None
    return longest
