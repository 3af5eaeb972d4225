"""Decides which shapes of a document are its questions, by comparing sums of evidence.

The shape with the most evidence leads. If the candidates of two shapes overlap, the evidence in the
overlap decides. Each further shape must add questions of its own. If nothing asks, there is no
evidence to compare, and ``terms`` decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from cardwright.dialects.answer import Answer
from cardwright.dialects.catalogue import DIALECTS
from cardwright.dialects.choice.evidence import (
    Candidate,
    Shape,
    spans_of,
)
from cardwright.dialects.choice.further import known_besides, on_other_levels
from cardwright.dialects.choice.prose import are_few_in_prose, held_share, is_in_prose
from cardwright.dialects.choice.terms import best_terms
from cardwright.dialects.one_question import is_clipped
from cardwright.dialects.text.question import Outline
from cardwright.wording.records import names_a_formality, spaced
from cardwright.wording.titles import names_questions


@dataclass(frozen=True, slots=True)
class Verdict:
    """A shape and whether it was chosen. ``words`` say why, in lower case.

    ``is_kept``: it would not be chosen, but these questions are those of earlier builds.
    """

    shape: Shape
    is_chosen: bool
    words: str
    is_kept: bool = False


_SAME = 0.6
"""Two shapes find the same if at least this share of one begins on the lines of the other."""
_PART = 1 / 3
"""How much a question in an answer weighs against the answered question, as it may be a part.

A single question around others is probably their title. So they weigh as much as it does.
"""
_SURE = 2
"""How many times more a question weighs if its mark can only mean a question."""
_LEAD = 1.14
"""How much more evidence makes up for a later place in the list of dialects."""
_RIVAL = 2
"""If a shape is worth this many times more, questions in few of its answers are parts of them."""
_FEWEST = 2
"""The fewest questions of its own that a further shape must add."""


def choose(outline: Outline, shapes: Sequence[Shape], *, may_be_terms: bool) -> tuple[Verdict, ...]:
    """Return the verdict on every shape of a document, the chosen ones first.

    If nothing is answered, no shape is chosen. A shape in which nothing asks is chosen only if
    ``may_be_terms``, and never instead of questions of earlier builds.
    """
    able = [shape for shape in shapes if _is_able(outline, shape)]
    in_prose = [shape for shape in able if is_in_prose(outline, shape)]
    words = {shape.name: "they ask in the middle of other text" for shape in in_prose}
    words |= {each.name: why for each in able if (why := _why_not_learned(outline, each))}
    picked, others = _leading([shape for shape in able if shape.name not in words], words)
    if _are_few(picked, shapes):
        words |= {each.name: "few, among many questions without answers" for each in picked}
        picked, others = [], []
    elif all(are_few_in_prose(outline, shape) for shape in picked):
        where = "a README" if outline.is_readme else "the middle of other text"
        words |= {each.name: f"few, in {where}" for each in picked}
        in_prose += picked
        picked, others = [], []
    may_be_terms &= not any(shape.known for shape in picked)
    asking = [each for shape in (*picked, *in_prose) for each in shape.candidates if each.is_good]
    may_be_terms &= any(_outnumber(shape, asking) for shape in shapes)
    term = best_terms(outline, shapes) if may_be_terms else None
    if term is not None and term not in picked and _outnumber(term, asking):
        words |= {each.name: "few, among many terms" for each in picked}
        share = f"{term.asked:,} of {term.total:,} ask" if term.asked else "none asks"
        words[term.name] = f"{share}: these are terms"
        picked, others = [term], []
    picked += on_other_levels(shapes, picked)
    words |= {each.name: "they ask on another level of headings" for each in picked if each.part}
    names = {shape.name for shape in picked}
    left = [shape for shape in (*shapes, *others) if shape.name not in names]
    known, rest = known_besides(left, picked)
    return (
        *(Verdict(shape, True, words[shape.name]) for shape in picked),
        *(Verdict(shape, True, "questions of earlier builds", True) for shape in known),
        *(
            Verdict(part, False, words.get(shape.name) or shape.lack())
            for shape, part in zip(left, rest, strict=True)
            if part.candidates
        ),
    )


def _leading(able: list[Shape], words: dict[str, str]) -> tuple[list[Shape], list[Shape]]:
    """Return the shapes with the most evidence, and parts of them that are left out.

    Adds to ``words`` why each shape won or lost.
    """
    able.sort(key=lambda shape: (DIALECTS.index(shape.dialect), shape.level or 0))
    rivals, seconds = _compete(able, words)
    picked: list[Shape] = []
    others: list[Shape] = []
    for shape in (*sorted(rivals, key=lambda each: -each.good), *seconds):
        if not picked:
            words[shape.name] = "most questions with an answer"
            picked.append(shape)
        elif shape.level is not None and any(each.level is not None for each in picked):
            words.setdefault(shape.name, "another level of headings has more questions")
        elif _adds(shape, picked, is_second=shape in seconds):
            words[shape.name] = "adds more questions"
            kept, mute = shape.parted(
                lambda each: each.asks or each.question.number, " that do not ask"
            )
            picked.append(kept)
            others += [mute] if mute.candidates else []
        else:
            words.setdefault(shape.name, "adds too few questions")
    return picked, others


def _outnumber(terms: Shape, asking: Sequence[Candidate]) -> bool:
    """Whether terms are so many more than questions. Terms of a list may ask: "Who are you?"."""
    is_list = terms.level is None and not terms.dialect.is_whole_file
    lines = {*terms.lines} if is_list else ()
    others = sum(each.question.is_marked or each.line not in lines for each in asking)
    return others * _TERMS < terms.answered


_OPEN = 20
_TERMS = 8
"""How many open questions, or terms, weigh as much as one question with an answer."""


def _are_few(picked: Sequence[Shape], shapes: Sequence[Shape]) -> bool:
    """Whether most of the document is lists of unanswered questions."""
    good = sum(shape.answered for shape in picked)
    open_ = max((s.asked - s.good for s in shapes if not s.is_answered), default=0)
    spans = spans_of(picked)
    lists = (sum(c.answer is Answer.QUESTIONS for c in s.outside(spans)) for s in shapes)
    return open_ > good * _OPEN or max(lists, default=0) > max(good, _FEWEST)


def _is_able(outline: Outline, shape: Shape) -> bool:
    """Whether a shape can be the questions of a document: it asks, and enough of it is answered.

    If a title says that there are questions, numbered ones may ask in any words. On a clipped
    web page, half of the candidates must have a question mark.
    """
    if not shape.answered or (outline.once(_asks_others) and not shape.known):
        return False
    if shape.dialect.is_explicit:
        return True
    if outline.once(is_clipped) and sum(c.has_mark for c in shape.candidates) * 2 < shape.total:
        return False
    does_ask = shape.does_ask
    if shape.good > _FEWEST and all(each.question.number for each in shape.candidates):
        does_ask |= any(map(names_questions, outline.names))
    if not (does_ask and shape.is_answered and shape.good):
        return False
    first, is_one = shape.candidates[0], shape.total == 1 and not (shape.marked or shape.known)
    if not is_one or (shape.dialect.is_enclosed and first.has_mark):
        return True
    return held_share(outline, shape) * _SHARE >= 1


_SHARE = 8
"""A single question and its answer take at least one part in this many of the text."""


def _asks_others(outline: Outline) -> bool:
    """Whether its questions are for others: agents, contributors, or GitHub's form for an issue."""
    keys = {line.partition(":")[0] for line in outline.lines[: outline.first_line - 1]}
    return outline.names[-1] in _FOR_OTHERS or {"about", "name"} <= keys


_FOR_OTHERS = frozenset({"AGENTS", "CLAUDE", "CONTRIBUTING", "GEMINI", "SKILL"})
"""Names of files with instructions for contributors, and for programs that write code."""


def _why_not_learned(outline: Outline, shape: Shape) -> str:
    """Return why the questions of a shape are for no learner, or ``""``.

    Marks that can only mean a question, and questions of earlier builds, are stronger.
    """
    is_sure = shape.dialect.is_explicit or shape.known > 0
    is_other = not is_sure and any(map(names_a_formality, map(spaced, outline.names)))
    return "the title names a policy, minutes or the like" if is_other else ""


def _compete(able: Sequence[Shape], words: dict[str, str]) -> tuple[list[Shape], list[Shape]]:
    """Return the shapes that lose to no other, then losers that may still have other questions."""
    lost: set[str] = set()
    seconds: list[Shape] = []
    for earlier, later in combinations(able, 2):
        if lost.isdisjoint((earlier.name, later.name)):
            loser, reason, is_second = _contest(earlier, later)
            if loser is not None:
                winner = later if loser is earlier else earlier
                words[loser.name] = f"{reason} '{winner.name}'"
                lost.add(loser.name)
                seconds += [loser] if is_second else []
    return [shape for shape in able if shape.name not in lost], seconds


def _contest(earlier: Shape, later: Shape) -> tuple[Shape | None, str, bool]:
    """Return the loser of two shapes, why it lost, and whether its other finds may be questions."""
    lines = {*earlier.lines}
    same = sum(line in lines for line in later.lines)
    if same and same >= _SAME * min(earlier.total, later.total):
        return _less_plain(earlier, later), "the same questions as", True
    for outer, inner in ((earlier, later), (later, earlier)):
        asked = sum(line in outer.further_lines for line in inner.lines)
        if asked * 2 > inner.total and not inner.dialect.is_explicit:
            return inner, "in the questions of", False
        held = [each for each in inner.candidates if outer.spans.hold(each.line)]
        if len(held) < _SAME * inner.total:
            continue
        inside = [each.line for each in held]
        weight = _SURE if outer.marked == outer.total > 1 and not inner.dialect.is_explicit else 1
        around = sum(outer.worth_of(c) * weight for c in outer.candidates if c.holds(inside))
        within = sum(map(inner.worth_of, held))
        is_one = outer.total == 1 and not outer.dialect.is_explicit
        share = (_SURE if inner.dialect.is_explicit else 1) if is_one else _PART
        if within * share <= around or inner.worth * _RIVAL <= outer.worth:
            return inner, "in the answers of", False
        if around * 2 <= outer.worth and outer.total > 1:
            return None, "", False  # they are in few of its answers
        return outer, "around the questions of", outer.dialect.is_loose
    return None, "", False


def _less_plain(earlier: Shape, later: Shape) -> Shape:
    """Return the shape to drop if two find the same: the one that finds less, or the later one."""
    for wider, narrower in ((later, earlier), (earlier, later)):
        if wider.level == narrower.level and _has_more(wider, narrower):
            return narrower
    lines = {*earlier.lines}
    more = [each for each in later.candidates if each.question.line not in lines]
    if earlier.marked == earlier.total > 1 and sum(e.is_good for e in more) * 2 < len(more):
        return later  # it adds titles to questions that are marked as such
    return earlier if later.good > _LEAD * earlier.good else later


def _has_more(wider: Shape, narrower: Shape) -> bool:
    """Whether ``wider`` finds all of the other, and most of its further finds are as good."""
    if wider.good < narrower.good:
        return False  # it sees the questions, but not their answers
    lines = {*narrower.lines}
    if not lines <= {*wider.lines}:
        return False
    more = [each for each in wider.candidates if each.line not in lines]
    good = sum(each.is_good and each.level == (wider.level or each.level) for each in more)
    return bool(more) and good * 3 >= len(more) * 2


def _adds(shape: Shape, picked: Sequence[Shape], *, is_second: bool) -> bool:
    """Whether a shape has questions that the chosen shapes do not have.

    One question is enough if its mark has no other meaning, or if the shape lost to another one.
    Beside questions that are marked, a mere instruction counts as a step of some text. Half of the
    plain lines and items that ask must have an answer: the others are no gaps, but a questionnaire.
    Of questions with a mark, a quarter must.
    """
    outside = shape.outside(spans_of(picked))
    is_beside_marks = any(each.marked * 5 >= each.total * 4 for each in picked)
    good = [each for each in outside if each.is_good and (each.has_mark or not is_beside_marks)]
    enough = len(good) * (2 if shape.dialect.is_loose else 4)
    is_open = enough < sum(each.asks for each in outside)
    if is_open and not any(each.is_known for each in good):
        return False
    is_sure = shape.dialect.is_explicit or shape.dialect.is_enclosed or is_second
    is_sure = is_sure or all(each.question.is_marked or each.is_known for each in good)
    return len(good) >= (1 if is_sure else _FEWEST)
