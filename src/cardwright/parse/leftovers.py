"""Reports text that could be a question and is on no card. Nothing is left out silently."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.dialects import Choice, Reading
from cardwright.dialects.answer import is_table_of_contents, problem_with
from cardwright.dialects.choice.evidence import Candidate, Shape, Spans
from cardwright.dialects.deletions import has_ankis_mark
from cardwright.dialects.labels import labels
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import count_between, first_from
from cardwright.dialects.text.question import Outline, Question
from cardwright.model import Place
from cardwright.parse.why_no_cards import many, settings_for, verb
from cardwright.wording import asks, bare_words, is_never_a_question
from cardwright.wording.signs import ends_asking
from cardwright.wording.words import Concept


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The candidates of a shape that did not become questions."""

    shape: Shape  # only with these
    outside: tuple[Candidate, ...]  # those that are in no answer of a card either
    around: int  # those whose own answer holds questions
    setting: str  # includes them
    words: str  # the reason of the choice

    @property
    def name(self) -> str:
        """The number and the kind: ``54 folds``."""
        return many(self.shape.total, self.shape.dialect.name, self.shape.level)

    @property
    def them(self) -> str:
        return "it" if self.shape.total == 1 else "them"

    @property
    def lack(self) -> str:
        """The evidence that was missing, in words."""
        if len(self.outside) * 2 < self.shape.total:
            return "inside other answers"
        if self.around * 2 > self.shape.total:
            return "around questions"
        return self.shape.lack(self.words)


def left_out(reading: Reading) -> tuple[LeftOut, ...]:
    """Return every shape that was not chosen, those with the most outside of answers first.

    A candidate is not listed if it starts with a question of the file or of an earlier shape.
    """
    spans = Spans(reading.questions)
    lines = [question.line for question in reading.questions]
    seen = {*lines}
    known = {bare_words(question.text) for question in reading.questions}
    found = []
    for verdict in sorted(reading.verdicts, key=lambda each: (-each.shape.good, -each.shape.total)):
        shape = verdict.shape
        if verdict.is_chosen or (lines and shape.dialect.is_whole_file):
            continue  # nobody misses the file as one card beside the questions in it
        candidates = tuple(
            candidate
            for candidate in shape.candidates
            if candidate.line not in seen
            and shape.level in (None, candidate.level)
            and bare_words(candidate.question.text) not in known
        )
        if candidates:
            seen |= {each.line for each in candidates}
            kept = replace(shape, candidates=candidates)
            outside = kept.outside(spans)
            around = sum(each.holds(lines) for each in candidates)
            setting = _setting(reading, shape.dialect.name, shape.level, is_first=not outside)
            found.append(LeftOut(kept, outside, around, setting, verdict.words))
    return tuple(sorted(found, key=lambda left: (-len(left.outside), -left.shape.total)))


def _setting(reading: Reading, name: str, level: int | None, *, is_first: bool = False) -> str:
    """Return the settings that ask for a dialect besides those of the choice.

    If two dialects overlap, the first one gets the answers of both.
    """
    names = reading.choice.dialects if reading.choice else ()
    shapes = [each.shape for each in reading.verdicts if each.shape.level is not None]
    if level is not None:
        leveled = {shape.dialect.name for shape in shapes}
        return settings_for(Choice((name, *(each for each in names if each not in leveled)), level))
    names = tuple(dict.fromkeys((name, *names) if is_first else (*names, name)))
    levels = {shape.level for shape in shapes if shape.dialect.name in names}
    kept = reading.choice.level if reading.choice and len(levels) > 1 else None
    return settings_for(Choice(names, kept))


def leftovers(
    reading: Reading, found: Sequence[LeftOut], title: Heading | None
) -> Iterator[Diagnostic]:
    """Yield QA313 for text that looks like questions and is left out, QA316 for lost answers.

    If the file has no question, another diagnostic says so already. ``title`` names the document.
    """
    if not reading.questions or reading.seen is None:
        return
    path = reading.seen.document.source.path
    yield from _headings(path, reading, title)
    headings = {heading.line for heading in reading.headings}
    for left in found:
        lines = {each.line for each in left.outside}
        good = [each for each in left.shape.candidates if each.is_good]
        inside = [each for each in good if each.line not in lines]
        if len(inside) > max(len(reading.questions), _MANY):
            count = many(len(inside), left.shape.dialect.name, left.shape.level)
            message = f"{count} ask inside other answers and were left out"
            yield _not_read(path, inside[0].line, message, _make(left.setting))
        elif left.shape.level is None and not left.shape.dialect.is_whole_file:
            outside = [each for each in left.outside if each.line not in headings]
            names = reading.choice.dialects if reading.choice else ()
            has_siblings = left.shape.dialect.name in names
            yield from _shape(path, left, outside, has_siblings=has_siblings)
    yield from _deletions(path, reading)
    yield from _below_card(reading.seen, reading)
    yield from _answers(reading.seen, reading.questions)


_FEW = 3
_MANY = 4
_LINK = re.compile(r"\W*\[[^\[\]]+\]\([^()\s]*\)\W*")


def _shape(
    path: str, left: LeftOut, outside: Sequence[Candidate], *, has_siblings: bool
) -> Iterator[Diagnostic]:
    """Yield what a shape left out, outside of all answers: questions, or several folds.

    If other folds became cards (``has_siblings``), a single one is enough.
    """
    name = left.shape.dialect.name
    answered = [each for each in outside if each.is_answered]
    asking = [each for each in answered if each.asks]
    if left.shape.dialect.is_enclosed and (has_siblings or len(answered) >= _FEW):
        asking = answered
    open_ = [each for each in outside if each.asks and not _LINK.fullmatch(each.question.text)]
    if len(asking) == 1:
        question = asking[0].question
        message = f"'{shorten(question.text)}' looks like a question of the dialect '{name}', "
        hint = f"mark it like the others, or write into the front matter {left.setting}"
        yield _not_read(path, question.line, f"{message}but was left out", hint)
    elif asking:
        message = f"{many(len(asking), name)} look like questions and were left out ({left.lack})"
        yield _not_read(path, asking[0].line, message, _make(left.setting))
    elif len(open_) > 1:
        message = f"{many(len(open_), name)} ask, but nothing answers them"
        hint = "write an answer under each, and mark them like the other questions"
        yield _not_read(path, open_[0].line, message, hint)
    elif open_ and (open_[0].question.number or open_[0].question.is_marked):
        message = f"'{shorten(open_[0].question.text)}' asks, but nothing answers it"
        hint = "write an answer under it, and mark it like the other questions"
        yield _not_read(path, open_[0].line, message, hint)


def _make(setting: str) -> str:
    place = "between '---' lines at the top of the file"
    return f"{setting} {place} {verb('make', setting)} cards of them"


def _not_read(path: str, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Place(path, line, 1), Code.NOT_READ, message, hint)


_SKIP = "or write {skip} at the end of the heading to leave it out"


def _as_questions(reading: Reading, level: int, them: str) -> str:
    """Return how headings become cards without a change to the existing questions.

    Another level would remove these, with their notes. Their own level, as a setting, takes all.
    """
    own = reading.choice.level if reading.choice else None
    if own not in (None, level):
        at = f"give {them} level {own}, like the other questions"
        return f"{at}, to include {them}; {_SKIP}"
    return f"{_make(_setting(reading, 'headings', level))}; {_SKIP}"


def _headings(path: str, reading: Reading, title: Heading | None) -> Iterator[Diagnostic]:
    """Yield the headings with text of their own that are neither questions nor in an answer."""
    if reading.is_level_asked or reading.seen is None:
        return
    lines = [question.line for question in reading.questions]
    asking = sum(asks(question.text) for question in reading.questions)
    is_of_headings = reading.choice is not None and "headings" in reading.choice.dialects
    is_of_terms = is_of_headings and asking * 3 < len(lines) * 2
    levels: defaultdict[int, list[Heading]] = defaultdict(list)
    spans = Spans(reading.questions)
    for heading in reading.headings:
        if heading is title or heading.depth or spans.hold(heading.line):
            continue
        text = "\n".join(reading.seen.lines[heading.body - 1 : heading.direct - 1])
        is_none = is_never_a_question(heading.text) or "skip" in heading.attributes.words
        if is_none or problem_with(text) is not None or is_table_of_contents(text):
            continue
        following = bisect_right(lines, heading.line)
        is_section = count_between(lines, heading.line + 1, heading.end) > 0
        if is_section and reading.questions[following].is_cloze:
            continue  # what it asks is the context of a text that hides its answer
        is_question = ends_asking(heading.text.rstrip())
        if is_question or (not is_section and (is_of_terms or asks(heading.text))):
            levels[heading.level].append(heading)
    for level, found in levels.items():
        asked = sum(asks(heading.text) for heading in found)
        look = "look like questions" if asked * 2 >= len(found) else "have text of their own"
        message = f"{many(len(found), 'headings', level)} {look} and were left out"
        if len(found) == 1:
            message = f"'{shorten(found[0].text)}' was not read as a question"
        hint = _as_questions(reading, level, "it" if len(found) == 1 else "them")
        yield _not_read(path, found[0].line, message, hint)


def _below_card(outline: Outline, reading: Reading) -> Iterator[Diagnostic]:
    """Yield the text below front matter that has the only card of the file, with its answer."""
    source = outline.document.source
    is_only = len(reading.questions) == 1 == len(source.front_matter.cards)
    if not is_only or not reading.questions[0].given:
        return
    below = outline.rows[source.front_matter.length :]
    text = [row.number for row in below if row.text and not row.level]
    if text:
        message = "the front matter has a question and its answer, so the text below is on no card"
        hint = "remove the answer from the front matter, and the text becomes the answer"
        yield _not_read(source.path, text[0], message, hint)


def _deletions(path: str, reading: Reading) -> Iterator[Diagnostic]:
    """Yield the texts with Anki's ``{{c1::…}}`` that are part of a card of another kind."""
    spans = Spans(reading.questions)
    notes = {question.line for question in reading.questions if question.is_cloze}
    found = [
        question
        for verdict in reading.verdicts
        if verdict.shape.dialect.name == "cloze"
        for question in verdict.shape.questions
        if has_ankis_mark(question.text)
        and spans.hold(question.line)
        and question.line not in notes
    ]
    if found:
        hides = f"'{shorten(found[0].text)}' hides nothing: a card shows its marks as text"
        them = f"{len(found):,} texts hide nothing: cards show their marks as text"
        setting = _setting(reading, "cloze", None, is_first=True)
        hint = f"{_make(setting)}; or remove the marks"
        message = hides if len(found) == 1 else them
        yield _not_read(path, found[0].line, message, hint)


def _answers(outline: Outline, questions: Sequence[Question]) -> Iterator[Diagnostic]:
    """Yield QA316 for each line that says "Answer:", has text after it, and is in no question."""
    path, spans = outline.document.source.path, Spans(questions)
    stops = sorted({*outline.heading_lines, *(question.line for question in questions)})
    for label in labels(outline):
        line = outline.lines[label.line - 1]
        is_named = label.concept in (Concept.ANSWER, Concept.SOLUTION) and not label.number
        if not (is_named and label.has_colon) or spans.hold(label.line):
            continue
        end = first_from(stops, label.line + 1, len(outline.lines) + 1)
        if label.has_text or not all(row.is_blank for row in outline.rows[label.line : end - 1]):
            message = f"'{shorten(line)}' answers no question that Cardwright found"
            yield Diagnostic(Place(path, label.line, 1), Code.LOST_ANSWER, message, _LOST)


_LOST = "mark its question like the others; 'cardwright explain' shows how the file was read"
