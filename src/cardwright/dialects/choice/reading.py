"""Reads a document with the dialects that settings name, or with those that fit it best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from cardwright.blocks import Document
from cardwright.blocks.fences import lines_of_code
from cardwright.diagnostics import Code
from cardwright.dialects.answer import Answer
from cardwright.dialects.choice.closing import without_closing
from cardwright.dialects.choice.clozes import with_clozes
from cardwright.dialects.choice.contest import Verdict, choose
from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.choice.shapes import shapes
from cardwright.dialects.choice.turns import ended_at_turns, union, with_single_fronts
from cardwright.dialects.cloze_texts import NAME as CLOZE
from cardwright.dialects.flashcards.card_signs import explains_cards
from cardwright.dialects.text.headings import Heading, read_headings
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import joined
from cardwright.model import Choice, Line
from cardwright.wording import bare_words, words_of_front

AUTO = "auto"
NONE = "none"
FREE = Choice((AUTO,))
"""What settings ask for if they leave the choice open."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The questions of a document, in the order of the file. ``headings`` are all its headings.

    If there is no question, ``reason`` is the diagnostic that says why, and ``choice`` is ``None``.
    ``verdicts`` are on all dialects that found anything, the chosen ones first. ``is_level_asked``
    says that the settings name the level of the questions. ``seen`` is the outline that the
    dialects read.
    """

    headings: tuple[Heading, ...]
    questions: tuple[Question, ...] = ()
    choice: Choice | None = None
    reason: Code | None = None
    verdicts: tuple[Verdict, ...] = ()
    is_level_asked: bool = False
    seen: Outline | None = field(default=None, compare=False, repr=False)


def outline_of(
    document: Document,
    named: tuple[str, ...] = (AUTO,),
    known: Collection[str] = (),
    labels: tuple[tuple[str, str], ...] = (),
) -> Outline:
    """Return a document for dialects to look at.

    ``named`` are the dialects that settings name. ``known`` are fronts of earlier builds, which
    count in its ``with_known``. ``labels`` are those of ``Config``.
    """
    headings, verbatim = read_headings(document), _verbatim_lines(document)
    words = frozenset[str]().union(*map(words_of_front, known))
    return Outline(document, headings, verbatim, named, words, labels=labels)


def read(seen: Outline, asked: Choice = FREE) -> Reading:
    """Return the questions of a document in the dialects asked for, or in those that fit it best.

    Several dialects are read together: if one finds something in the answer of another, it is a
    part of that answer.
    """
    headings = seen.headings
    found = tuple(shapes(seen, asked.level))
    if asked == FREE:
        found = ended_at_turns(seen, with_single_fronts(found))
        verdicts = choose(seen, found, may_be_terms=not seen.once(explains_cards))
    else:
        verdicts = _as_asked(seen, found, asked)
    picked = [verdict.shape for verdict in verdicts if verdict.is_chosen]
    is_free = asked.dialects == (AUTO,)
    if picked:
        is_done = asked != FREE and any(shape.answered for shape in picked)
        reason = None if is_done else _reason(picked)
    else:
        reason = _reason(_explaining(found) if is_free else []) or Code.NOTHING_HERE
        is_index = reason is not Code.ONLY_LINKS or _is_index(seen, _explaining(found))
        reason = reason if is_index else Code.NOTHING_HERE
    if reason is not None:
        given_up = tuple(
            Verdict(each.shape, False, each.shape.lack("" if each.is_chosen else each.words))
            for each in verdicts
        )
        return Reading(headings, reason=reason, verdicts=given_up, seen=seen)
    levels = [shape.level for shape in picked if shape.level is not None]
    names = dict.fromkeys(shape.dialect.name for shape in picked)
    choice = Choice(tuple(names), next(iter(levels), None))
    questions = _with_headings(seen, without_closing(seen, union(picked)))
    if {AUTO, CLOZE} & set(asked.dialects):
        questions = with_clozes(seen, questions)
        choice, verdicts = _of_clozes(choice, verdicts, questions)
    return Reading(headings, questions, choice, None, verdicts, asked.level is not None, seen)


def _verbatim_lines(document: Document) -> list[bool]:
    """Return for each line whether it is code, a formula, a comment or front matter.

    This looks for fences in the text as well as in the block tree. After a ``<details>`` without a
    blank line, CommonMark (section 4.6) reads everything as HTML, even fences. Indented code does
    not count, because many answers are indented by four spaces.
    """
    found = lines_of_code(document.source.lines)
    for start, end in ((1, document.source.front_matter.length + 1), *document.verbatim):
        found[start - 1 : end - 1] = [True] * (end - start)
    return found


def _of_clozes(
    choice: Choice, verdicts: tuple[Verdict, ...], questions: tuple[Question, ...]
) -> tuple[Choice, tuple[Verdict, ...]]:
    """Return the choice with the dialect of clozes, if any question became a cloze note."""
    if CLOZE in choice.dialects or not any(question.is_cloze for question in questions):
        return choice, verdicts
    if all(question.is_cloze for question in questions):
        choice = Choice((CLOZE,))
    else:
        choice = Choice((*choice.dialects, CLOZE), choice.level)
    words = "hides pieces of the text under headings"
    return choice, tuple(
        Verdict(each.shape, True, words) if each.shape.dialect.name == CLOZE else each
        for each in verdicts
    )


def _as_asked(outline: Outline, found: Sequence[Shape], asked: Choice) -> tuple[Verdict, ...]:
    """Return the verdicts if settings name the dialects. Each of them is read, good or bad."""
    dialects, level = asked.dialects, asked.level
    is_free = dialects == (AUTO,)
    able = [shape for shape in found if is_free or shape.dialect.name in dialects]
    leveled = [shape for shape in able if shape.level is not None and level in (None, shape.level)]
    # Of shapes of headings it is the one that ``auto`` would choose.
    chosen = choose(outline, leveled, may_be_terms=True) if level is None else ()
    best = next((verdict.shape for verdict in chosen if verdict.is_chosen), None)
    best = best or max(leveled, key=lambda shape: shape.answered, default=None)
    others = [] if is_free else [shape for shape in able if shape.level is None]
    picked = [*([best] if best else []), *others]
    if not is_free:
        picked.sort(key=lambda shape: dialects.index(shape.dialect.name))
    picked = [*ended_at_turns(outline, with_single_fronts(picked))]
    names = {shape.name for shape in picked}
    return (
        *(Verdict(shape, True, "the settings say so") for shape in picked),
        *(
            Verdict(shape, False, "the settings say otherwise")
            for shape in found
            if shape.name not in names
        ),
    )


def _explaining(found: Sequence[Shape]) -> list[Shape]:
    """Return the unanswered shape that explains best why nothing was chosen."""
    open_ = [shape for shape in found if not shape.is_answered] or found

    def weight(shape: Shape) -> tuple[int, int]:
        return shape.count(Answer.LINKS) + shape.count(Answer.QUESTIONS), shape.asked

    return [max(open_, key=weight)] if open_ else []


def _reason(picked: Sequence[Shape]) -> Code | None:
    """Return why the chosen shapes make no cards: there is nothing, or only questions or links."""
    total = sum(shape.total for shape in picked)
    answered = sum(shape.answered for shape in picked)
    links = sum(shape.count(Answer.LINKS) for shape in picked)
    lists = sum(shape.count(Answer.QUESTIONS) for shape in picked)
    if not total:
        return Code.NOTHING_HERE
    if lists > answered:
        return Code.ONLY_QUESTIONS
    if not answered:
        if links * 2 >= total:
            return Code.ONLY_LINKS
        asked = sum(shape.asked for shape in picked)
        return Code.ONLY_QUESTIONS if asked * 2 >= total else Code.NOTHING_HERE
    return None


def _is_index(outline: Outline, found: Sequence[Shape]) -> bool:
    """Whether links are what a document is for, and not only its references.

    Something outside of the references asks, or more than half of the lines with text have links.
    """
    candidates = (each for shape in found for each in shape.candidates)
    if any(each.asks and not outline.is_in_references(each.line) for each in candidates):
        return True
    rows = [row.text for row in outline.rows if row.text and not (row.level or row.is_verbatim)]
    return sum(any(sign in text for sign in _LINKS) for text in rows) * 2 > len(rows)


_LINKS = ("](", "[[", "://", "<a ")


def _with_headings(outline: Outline, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions. If only their headings tell some apart, the front has the heading.

    This is for three or more questions with the same words, each under another heading of one
    level.
    """
    alike: defaultdict[tuple[str, int], list[tuple[Heading, Question]]] = defaultdict(list)
    for question in questions:
        heading = outline.heading_above(question.line)
        is_below = heading is not None and heading.line < question.line
        if heading and is_below and question.front and not question.is_cloze:
            alike[bare_words(question.text), heading.level].append((heading, question))
    fronts: dict[int, tuple[Line, ...]] = {}
    for group in alike.values():
        names = {bare_words(heading.text) for heading, _ in group}
        if 2 < len(group) == len(names):
            fronts |= {each.line: joined(heading.front, each.front) for heading, each in group}
    return tuple(
        each._replace(front=fronts[each.line]) if each.line in fronts else each
        for each in questions
    )
