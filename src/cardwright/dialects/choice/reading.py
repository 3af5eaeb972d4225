"""How a document is read: by the dialects that settings name, or by those that fit it best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.blocks import Document
from cardwright.diagnostics import Code
from cardwright.dialects.choice.closing import without_closing
from cardwright.dialects.choice.heading_choice import clear_headings, terms
from cardwright.dialects.choice.tag_lines import with_tags_of_lines
from cardwright.dialects.choice.trial import Trial, trials
from cardwright.dialects.choice.verdicts import Verdict, choose, lack, union
from cardwright.dialects.clozes.apart import with_clozes
from cardwright.dialects.clozes.marks import NAME as CLOZE
from cardwright.dialects.flashcards.decks import explains_cards
from cardwright.dialects.multiple_choice.offered import Told
from cardwright.dialects.text.outline import Heading, outline
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.title import title_of
from cardwright.dialects.text.verbatim import verbatim_lines
from cardwright.wording.section_titles import names_a_record

AUTO = "auto"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is read: the names of its dialects, and the level of questions in headings.

    ``level`` is ``None`` where none of the dialects is one of headings.
    """

    dialects: tuple[str, ...]
    level: int | None = None

    def __str__(self) -> str:
        """As a person says it: ``pairs and cloze``, ``headings of level 3``."""
        names = " and ".join(self.dialects)
        return names if self.level is None else f"{names} of level {self.level}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The questions that a choice finds, in the order of the file; ``headings`` are all of it.

    With no question, ``reason`` is the diagnostic that says why and ``choice`` is ``None``.
    ``verdicts`` are on all dialects that found anything, those of the choice first.
    ``is_level_asked`` says that the settings name the level of the questions; ``told`` is where
    the document says to choose.
    """

    headings: tuple[Heading, ...]
    questions: tuple[Question, ...] = ()
    choice: Choice | None = None
    reason: Code | None = None
    verdicts: tuple[Verdict, ...] = ()
    is_level_asked: bool = False
    told: Told | None = None


def read_as(
    document: Document,
    dialects: tuple[str, ...],
    level: int | None,
    named: tuple[str, ...] | None = None,
) -> Reading:
    """The questions of a document in these dialects, or in what ``auto`` or a level leaves open.

    ``named`` are the dialects that settings name, where those are others than the ones to read.
    Several dialects are read together: what one finds in the answer of another is a part of it.
    """
    headings = outline(document)
    seen = Outline(
        document, headings, verbatim_lines(document), dialects if named is None else named
    )
    told = Told(seen)
    found = tuple(trials(seen, told, level))
    if dialects == (AUTO,) and level is None:
        is_about = _is_a_record(document, seen) or explains_cards(seen)
        verdicts = choose(found, may_be_terms=not is_about)
    else:
        verdicts = _as_asked(found, dialects, level)
    picked = [verdict.trial for verdict in verdicts if verdict.is_chosen]
    if picked:
        reason = _reason(picked)
    else:
        is_free = dialects == (AUTO,)
        reason = _reason(_explaining(found) if is_free else []) or Code.NOTHING_HERE
    if reason is not None:
        given_up = tuple(Verdict(verdict.trial, False, lack(verdict.trial)) for verdict in verdicts)
        return Reading(headings, reason=reason, verdicts=given_up)
    levels = [trial.level for trial in picked if trial.level is not None]
    choice = Choice(tuple(trial.dialect.name for trial in picked), next(iter(levels), None))
    questions = with_tags_of_lines(seen, without_closing(seen, union(picked)))
    if {AUTO, CLOZE} & set(dialects):
        questions = with_clozes(seen, questions)
        choice, verdicts = _of_clozes(choice, verdicts, questions)
    return Reading(headings, questions, choice, None, verdicts, level is not None, told)


def _of_clozes(
    choice: Choice, verdicts: tuple[Verdict, ...], questions: tuple[Question, ...]
) -> tuple[Choice, tuple[Verdict, ...]]:
    """The choice, with the dialect of clozes where one became a note, without others all of
    whose questions did.
    """
    if CLOZE in choice.dialects or not any(question.is_cloze for question in questions):
        return choice, verdicts
    if all(question.is_cloze for question in questions):
        choice = Choice((CLOZE,))
    else:
        choice = Choice((*choice.dialects, CLOZE), choice.level)
    words = "hides pieces of what stands under headings"
    return choice, tuple(
        Verdict(each.trial, True, words) if each.trial.dialect.name == CLOZE else each
        for each in verdicts
    )


def _is_a_record(document: Document, seen: Outline) -> bool:
    """Whether the title, in the text or in the front matter, is that of a changelog or the like."""
    heading = title_of(seen)
    titles = (document.source.front_matter.title, heading.text if heading else "")
    return any(map(names_a_record, titles))


def _as_asked(
    found: Sequence[Trial], dialects: tuple[str, ...], level: int | None
) -> tuple[Verdict, ...]:
    """The verdicts where the author says what to read: it is done, whatever it finds."""
    is_free = dialects == (AUTO,)
    able = [trial for trial in found if is_free or trial.dialect.name in dialects]
    leveled = [trial for trial in able if trial.level is not None and level in (None, trial.level)]
    best = clear_headings(leveled) or terms(leveled) if level is None else None
    best = best or max(leveled, key=lambda trial: trial.answered, default=None)
    others = [] if is_free else [trial for trial in able if trial.level is None]
    picked = [*([best] if best else []), *others]
    if not is_free:
        picked.sort(key=lambda trial: dialects.index(trial.dialect.name))
    return (
        *(Verdict(trial, True, "the settings say so") for trial in picked),
        *(
            Verdict(trial, False, "the settings say otherwise")
            for trial in found
            if all(trial is not other for other in picked)
        ),
    )


def _explaining(found: Sequence[Trial]) -> list[Trial]:
    """Where nothing is answered, the trial that shows best why."""
    best = max(found, key=lambda trial: (trial.links + trial.lists, trial.asked), default=None)
    return [best] if best else []


def _reason(picked: Sequence[Trial]) -> Code | None:
    """Why what was picked makes no cards: nothing, questions or links alone."""
    total = sum(trial.total for trial in picked)
    answered = sum(trial.answered for trial in picked)
    links = sum(trial.links for trial in picked)
    lists = sum(trial.lists for trial in picked)
    unanswered = total - answered
    if not total:
        return Code.NOTHING_HERE
    if lists > answered:
        return Code.ONLY_QUESTIONS
    if not answered or unanswered * 10 >= total * 9:
        if lists * 2 >= unanswered:
            return Code.ONLY_QUESTIONS
        if links * 2 >= unanswered:
            return Code.ONLY_LINKS
        if not answered:
            asked = sum(trial.asked for trial in picked)
            return Code.ONLY_QUESTIONS if asked * 2 >= total else Code.NOTHING_HERE
    return None
