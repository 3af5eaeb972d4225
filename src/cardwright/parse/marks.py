"""The marks of a file that could make questions, in words: what is said where it gives no card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cardwright.blocks import plain_text
from cardwright.blocks.signs import BOLD
from cardwright.diagnostics import Code, shorten
from cardwright.dialects import Choice, Reading
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks

_NOUNS: Mapping[str, tuple[str, str]] = {
    "answer-key": ("question with its answer in a key", "questions with their answers in a key"),
    "bold": ("bold line", "bold lines"),
    "callouts": ("callout", "callouts"),
    "cloze": ("text that hides a piece", "texts that hide a piece"),
    "definitions": ("definition", "definitions"),
    "details": ("fold", "folds"),
    "exercises": ("exercise", "exercises"),
    "file": ("file", "files"),
    "folded-answers": ("question over a fold", "questions over folds"),
    "front-back": ("front with a back", "fronts with backs"),
    "lines": ("line of one look", "lines of one look"),
    "list-items": ("list item", "list items"),
    "pairs": ("label 'Q:'", "labels 'Q:'"),
    "quiz": ("question with options", "questions with options"),
    "separators": ("line with a separator", "lines with a separator"),
    "table": ("table row", "table rows"),
    "tagged": ("line with a tag", "lines with a tag"),
}


def many(number: int, dialect: str, level: int | None = None) -> str:
    """``1 fold``, ``5 headings of level 3``: what a dialect takes for questions."""
    one, several = _NOUNS.get(dialect, (f"question of '{dialect}'", f"questions of '{dialect}'"))
    if level is not None or dialect.endswith("headings"):
        one, several = "heading", "headings"
    of_level = f" of level {level}" if level else ""
    return f"{number:,} {one if number == 1 else several}{of_level}"


def settings_for(choice: Choice) -> str:
    """The front matter that asks for a choice."""
    names = ", ".join(choice.dialects)
    dialects = f"'questions: {names}'" if len(choice.dialects) == 1 else f"'questions: [{names}]'"
    if choice.level is None:
        return dialects
    return f"{dialects} and 'question_level: {choice.level}'"


def verb(word: str, settings: str) -> str:
    """What one setting, or two, do: ``makes``, ``make``."""
    return word if " and " in settings else f"{word}s"


@dataclass(frozen=True, slots=True)
class _Mark:
    """How many headings, list items, bold lines, folds or table rows a file has.

    ``asking`` are the line and the text of those that ask.
    """

    dialect: str
    total: int
    asking: tuple[tuple[int, str], ...]

    def __str__(self) -> str:
        return many(self.total, self.dialect)


def why_no_cards(reading: Reading, asked: Choice | None = None) -> tuple[str, str]:
    """What a file holds that gives no card, and what to do about it; ``reading`` has a reason.

    ``asked`` is what the settings ask for, ``None`` where they leave it open.
    """
    marks = _marks(reading.seen) if reading.seen else []
    most = max(marks, key=lambda mark: len(mark.asking), default=None)
    is_index = reading.reason is Code.ONLY_LINKS
    if most and most.asking:
        count, real = len(most.asking), _answered(reading, most)
        is_open = reading.reason is not Code.NOTHING_HERE or count * 2 >= most.total
        them = "it" if count == 1 else "them"
        if is_index and real * 2 < count:
            return f"{_asking(most)}, and only links answer {them}", f"{_SAY}; {_NONE}"
        if is_open and real and real * 2 < count:
            has = "has" if real == 1 else "have"
            said = f"{_asking(most)}, and only {real:,} of them {has} an answer"
            return said, _setting_for_most(reading) or _write(most)
        if is_open and not real:
            return f"{_asking(most)}, and nothing answers {them}", _write(most)
    words = [str(mark) for mark in marks]
    if not any(mark.dialect == "headings" for mark in marks):
        words = ["no heading", *(words or ["no list", "only text"])]
    found = " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    if most:
        found += f"; {_asking(most, sum(len(mark.asking) for mark in marks))}"
    if is_index:
        return f"this is an index of links: {found}", f"{_SAY}; {_NONE}"
    as_asked = f" as {asked}, which the settings ask for" if asked else ""
    hint = f"write what is asked as a heading over its answer, '## What is a leaf?'; {_NONE}"
    hint = _write(most) if most and most.asking else hint
    return f"no question was found{as_asked}: {found}", _setting_for_most(reading) or hint


def _answered(reading: Reading, mark: _Mark) -> int:
    """How many of the marks that ask have an answer as some dialect reads them."""
    answered = {
        each.question.line
        for verdict in reading.verdicts
        for each in verdict.shape.candidates
        if each.is_answered
    }
    return sum(line in answered for line, _ in mark.asking)


def _asking(mark: _Mark, count: int = 0) -> str:
    """``3 list items ask ('What is a leaf?', line 4)``, or how many marks of all kinds do."""
    if not mark.asking:
        return "none asks"
    line, text = mark.asking[0]
    number = count or len(mark.asking)
    said = f"{number:,}" if count else many(number, mark.dialect)
    ask = "asks" if number == 1 else "ask"
    return f"{said} {ask} ('{shorten(plain_text(text))}', line {line})"


_NONE = "'questions: none' at the top of the file says that this is meant"
_SAY = "say in a sentence what each link says"
_PLACES = {
    "bold": "under its bold line",
    "details": "into its fold",
    "headings": "under its heading",
    "list-items": "under its list item, indented like the text of the item",
    "table": "into a further column, with a title such as 'Answer'",
}


def _write(mark: _Mark) -> str:
    return f"write each answer {_PLACES[mark.dialect]}; {_NONE}"


def _setting_for_most(reading: Reading) -> str:
    """The setting that makes cards of most, ``""`` where nothing has an answer."""
    able = [verdict.shape for verdict in reading.verdicts if verdict.shape.answered]
    best = max(able, key=lambda shape: shape.answered, default=None)
    if best is None:
        return ""
    setting = settings_for(Choice((best.dialect.name,), best.level))
    make = verb("make", setting)
    if best.answered == 1:
        first = next(each.question for each in best.candidates if each.is_answered)
        return f"{setting} {make} a card of '{shorten(first.text)}'; {_NONE}"
    cards = many(best.answered, best.dialect.name, best.level)
    return f"{setting} {make} cards of its {cards}; {_NONE}"


_BOLD_LINE = re.compile(rf"(?:{BOLD})\S.{{0,300}}(?:\*\*|__|</(?:b|strong)>)[.:?!]{{0,2}}")
_INWARD = re.compile(r"[*_]{0,2}\[[^\[\]]*\]\(<?#")


def _marks(outline: Outline) -> list[_Mark]:
    """The marks of a file; a table of contents has none."""
    rows: dict[str, list[tuple[int, str]]] = {
        "headings": [(heading.line, heading.text) for heading in outline.headings],
        "list-items": [],
        "bold": [],
        "details": [(fold.start, fold.text) for fold in outline.folds if fold.text],
        "table": [],
    }
    for row in outline.rows:
        if row.is_verbatim or row.level or not row.text or _INWARD.match(row.text):
            continue
        if row.marker:
            rows["list-items"].append((row.number, row.text))
        elif row.text[0] == "|" and any(map(str.isalnum, row.text)):
            rows["table"].append((row.number, " ".join(row.text.replace("|", " ").split())))
        elif _BOLD_LINE.fullmatch(row.text):
            rows["bold"].append((row.number, row.text))
    return [
        _Mark(dialect, len(found), tuple((line, text) for line, text in found if asks(text)))
        for dialect, found in rows.items()
        if found
    ]
