"""Groups everything that all finders find in a document as shapes: ``headings 3``, ``bold``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from cardwright.dialects.answer import Answer
from cardwright.dialects.catalogue import DIALECTS, Dialect
from cardwright.dialects.choice.candidates import as_most_are, as_most_offer, candidate_of
from cardwright.dialects.choice.closing import without_next_titles
from cardwright.dialects.choice.evidence import Candidate, Shape
from cardwright.dialects.choice.turns import with_known_headings
from cardwright.dialects.one_question import one_task, parts_of_entry
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks, bare_words, is_never_a_question
from cardwright.wording.signs import has_word
from cardwright.wording.titles import is_of_a_manual


def shapes(outline: Outline, asked_level: int | None = None) -> Iterator[Shape]:
    """Yield what every dialect finds, the headings of the highest level first.

    The title is not a candidate. If the settings name a level, only that level is read, and the
    title can be a question. If a file is one question, its sections above the answer are not
    questions either.
    """
    title = outline.title
    is_skipped = title and title.level != asked_level and not outline.knows(title.text)
    skipped = {title.line} if title and is_skipped else set()
    if asked_level is None and (whole := outline.once(one_task)):
        above = outline.headings_between(whole.line, whole.answer.start)
        skipped |= {each.line for each in above if not outline.knows(each.text)}
    if asked_level is None:
        parts = outline.once(parts_of_entry)
        skipped |= {each.line for each in parts if not outline.knows(each.text)}
    for level in sorted({*outline.levels.values()}):
        for dialect in DIALECTS:
            if dialect.is_of_headings:
                found = outline.once(in_order_of_file, dialect.find, level)
                kept = [question for question in found if question.line not in skipped]
                if asked_level is not None:
                    kept = [each for each in kept if outline.levels[each.line] == level]
                elif dialect.is_any_heading:
                    kept = _in_asking_sections(outline, kept)
                kept = with_known_headings(outline, kept, level)
                yield from _shape(outline, dialect, level, kept)
    for dialect in DIALECTS:
        if not dialect.is_of_headings:
            yield from _shape(outline, dialect, None, outline.once(in_order_of_file, dialect.find))


def in_order_of_file(
    outline: Outline, find: Callable[..., Iterable[Question]], *level: int
) -> list[Question]:
    """Return what a dialect finds, for ``Outline.once``."""
    return sorted(find(outline, *level), key=attrgetter("line"))


_FEWEST = 2


def _in_asking_sections(outline: Outline, questions: Sequence[Question]) -> list[Question]:
    """Return the questions of the sections that ask. If sections do not differ plainly, return all.

    A section is the text under one heading that is not a question. If one section mostly asks,
    sections that ask nothing are left out. But if two thirds of the questions or more ask, none
    is. A question of an earlier build counts as asking.
    """
    asking = {each.line for each in questions if asks(each.text) or outline.knows(each.text)}
    if len(asking) < _FEWEST or len(asking) * 3 >= len(questions) * 2:
        return list(questions)
    sections = _sections(outline, questions)
    counts = [len(asking.intersection(lines)) for lines in sections]
    if not any(
        count >= _FEWEST and count * 4 >= len(lines) * 3
        for lines, count in zip(sections, counts, strict=True)
    ):
        return list(questions)
    kept = {line for lines, count in zip(sections, counts, strict=True) if count for line in lines}
    return [question for question in questions if question.line in kept]


def _sections(outline: Outline, questions: Sequence[Question]) -> Sequence[Sequence[int]]:
    """Return the lines of the questions by the innermost heading around them that asks nothing."""
    asked = {question.line for question in questions}
    sections: defaultdict[int, list[int]] = defaultdict(list)
    open_: list[Heading] = []
    for heading in outline.headings:
        open_ = [each for each in open_ if heading.line < each.end]
        if heading.line not in asked:
            open_.append(heading)
        else:
            sections[open_[-1].line if open_ else 0].append(heading.line)
    return [*sections.values()]


def _shape(
    outline: Outline, dialect: Dialect, level: int | None, found: Sequence[Question]
) -> Iterator[Shape]:
    ended = without_next_titles(outline, found)
    candidates = [candidate_of(outline, dialect, question) for question in ended]
    has_titles = level is not None or dialect.may_be_titles
    ordered = _in_order([each.question.text for each in candidates])
    is_asking = sum(each.asks for each in candidates) * 4 >= len(candidates) * 3
    kept = tuple(
        candidate
        for candidate, is_in_order in zip(candidates, ordered, strict=True)
        if not (
            _is_furniture(candidate, may_be_title=has_titles and not is_in_order)
            or (level and is_asking and _names_a_section(candidate))
        )
    )
    if not kept:
        return
    if sum(each.answer is Answer.LINKS for each in kept) * 2 > len(kept):
        kept = tuple(as_most_are(outline, each) for each in kept)
    offered = sum(each.answer is Answer.OPTIONS for each in kept)
    if (offered + sum(each.answer is Answer.EMPTY for each in kept)) * 2 > len(kept) < offered * 4:
        kept = tuple(as_most_offer(outline, each) for each in kept)
    shape = Shape(dialect, level, _without_strangers(kept))
    if (
        dialect.is_enclosed
        and shape.asked
        and not (shape.does_ask or dialect.name in outline.named)
    ):
        # Each has its own end, so that those that ask can be questions without the others.
        yield from shape.parted(attrgetter("asks"), " that do not ask")
    else:
        yield shape


def _without_strangers(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates that ask, count or have a mark of an answer, if nearly all do."""
    replied = sum(candidate.has_answer_mark for candidate in candidates)
    if replied < _FEWEST_REPLIED or replied * 10 < len(candidates) * 9:
        return candidates
    return tuple(
        each
        for each in candidates
        if each.has_answer_mark
        or each.asks
        or each.question.number
        or each.question.attributes.id
        or each.question.attributes.words
    )


_FEWEST_REPLIED = 8


def _is_furniture(candidate: Candidate, *, may_be_title: bool) -> bool:
    """Whether it is a title around questions, a table of contents, or a number over nothing."""
    question = candidate.question
    if question.attributes.id or question.attributes.words:
        return False
    if question.is_cloze or question.given:
        return False
    if candidate.answer is Answer.CONTENTS:
        return True
    if candidate.answer is Answer.EMPTY and not (question.is_marked or has_word(question.text)):
        return True
    return may_be_title and not candidate.is_known and is_never_a_question(question.text)


def _names_a_section(candidate: Candidate) -> bool:
    """Whether it is a heading such as "Installation", which asks only beside its like."""
    question = candidate.question
    is_meant = candidate.asks or candidate.is_known or question.number or question.attributes.id
    return not is_meant and is_of_a_manual(question.text)


def _in_order(texts: Sequence[str]) -> list[bool]:
    """Return for each text whether it and two texts on each side are in alphabetical order."""
    words = [bare_words(text) for text in texts]
    found = [False] * len(words)
    for at in range(_BESIDE, len(words) - _BESIDE):
        around = words[at - _BESIDE : at + _BESIDE + 1]
        found[at] = all(word < after for word, after in pairwise(around))
    return found


_BESIDE = 2
