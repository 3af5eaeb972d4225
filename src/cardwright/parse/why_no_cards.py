"""Describes the marks of a file that could make questions, if it makes no card."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cardwright.blocks import plain_text
from cardwright.blocks.rows import Row
from cardwright.diagnostics import Code, shorten
from cardwright.dialects import Choice, Reading
from cardwright.dialects.choice.terms import refused_title
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks
from cardwright.wording.signs import BOLD, BOLD_SIGN, QUESTION_MARK

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
    "lines": ("line", "lines"),
    "list-items": ("list item", "list items"),
    "pairs": ("label 'Q:'", "labels 'Q:'"),
    "quiz": ("question with options", "questions with options"),
    "separators": ("line with a separator", "lines with a separator"),
    "table": ("table row", "table rows"),
    "tagged": ("line with a tag", "lines with a tag"),
}


def many(number: int, dialect: str, level: int | None = None) -> str:
    """Return a number of questions in words: ``1 fold``, ``5 headings of level 3``."""
    one, several = _NOUNS.get(dialect, (f"question of '{dialect}'", f"questions of '{dialect}'"))
    if level is not None or dialect.endswith("headings"):
        one, several = "heading", "headings"
    of_level = f" of level {level}" if level else ""
    return f"{number:,} {one if number == 1 else several}{of_level}"


def settings_for(choice: Choice) -> str:
    """Return the front matter that asks for a choice."""
    names = ", ".join(choice.dialects)
    dialects = f"'questions: {names}'" if len(choice.dialects) == 1 else f"'questions: [{names}]'"
    if choice.level is None:
        return dialects
    return f"{dialects} and 'question_level: {choice.level}'"


def verb(word: str, settings: str) -> str:
    """Return the verb after one setting or after two: ``makes``, ``make``."""
    return word if " and " in settings else f"{word}s"


@dataclass(frozen=True, slots=True)
class _Mark:
    """The headings, list items, bold lines, boxes, table rows or lines that may ask."""

    dialect: str
    total: int  # their number
    asking: tuple[tuple[int, str], ...]  # line and text of those that ask
    bare: int  # those among them without text below

    def __str__(self) -> str:
        return many(self.total, self.dialect)


def asks_anything(reading: Reading) -> bool:
    """Whether any heading, list item or line of the file asks something."""
    return any(mark.asking for mark in (_marks(reading.seen) if reading.seen else ()))


def why_no_cards(reading: Reading, asked: Choice | None = None) -> tuple[str, str]:
    """Return why a file makes no card, and what to do about it. ``reading`` has a reason.

    ``asked`` is what the settings ask for, or ``None`` if they leave it open.
    """
    marks = _marks(reading.seen) if reading.seen else []
    most = max(marks, key=lambda mark: len(mark.asking), default=None)
    is_index = reading.reason is Code.ONLY_LINKS
    if most and most.asking:
        count, real = len(most.asking), _answered(reading, most)
        is_open = count * 2 >= most.total and most.bare * 2 >= count
        is_open = is_open or reading.reason is not Code.NOTHING_HERE
        nothing = "only links answer" if is_index else "nothing answers"
        lacks = f"{nothing} {'it' if count == 1 else 'them'}"
        if real and not is_index:
            lacks = f"only {real:,} of them {'has' if real == 1 else 'have'} an answer"
        if (is_index or is_open) and real * 2 < count:
            hint = f"{_SAY}; {_NONE}" if is_index else (real and _setting_for_most(reading))
            return f"{_asking(most)}, and {lacks}", hint or _write(most)
    words = [str(mark) for mark in marks]
    if not any(mark.dialect == "headings" for mark in marks):
        if reading.seen and _HTML.search(reading.seen.text):
            words = words or ["only HTML, the tables in it too"]
            words.insert(0, "no heading in Markdown")
        elif words:
            words.insert(0, "no heading")
        else:
            is_blank = reading.seen and not _has_text(reading.seen)
            words = ["there is no text" if is_blank else "only text, no heading and no list"]
    found = " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    if most:
        found += f"; {_asking(most, sum(len(mark.asking) for mark in marks))}"
    if is_index:
        return f"this is an index of links: {found}", f"{_SAY}; {_NONE}"
    shapes = [verdict.shape for verdict in reading.verdicts]
    title = refused_title(reading.seen, shapes) if reading.seen and not asked else ""
    if title:
        found += f", and its title '{shorten(title)}' does not name something to learn"
    as_asked = f" as {asked}, which the settings ask for" if asked else ""
    hint = f"write each question as a heading over its answer, '## What is a leaf?'; {_NONE}"
    if most and most.asking:
        as_heading = f"make headings of them, '## {shorten(most.asking[0][1])}'; {_NONE}"
        hint = as_heading if most.dialect == "lines" else _write(most)
    setting = _setting_for_labels(reading) or _setting_for_most(reading)
    return f"no question was found{as_asked}: {found}", setting or hint


def _has_text(outline: Outline) -> bool:
    front = outline.document.source.front_matter
    return any(row.text for row in outline.rows[front.length :])


def _answered(reading: Reading, mark: _Mark) -> int:
    """Return how many of the asking marks have an answer in the reading of some dialect."""
    answered = {
        each.question.line
        for verdict in reading.verdicts
        for each in verdict.shape.candidates
        if each.is_answered
    }
    return sum(line in answered for line, _ in mark.asking)


def _asking(mark: _Mark, count: int = 0) -> str:
    """Return how many ask, and the first: ``3 list items ask ('What is a leaf?', line 4)``."""
    if not mark.asking:
        return "none asks a question"
    line, text = mark.asking[0]
    number = count or len(mark.asking)
    said = f"{number:,}" if count else many(number, mark.dialect)
    ask = "asks" if number == 1 else "ask"
    return f"{said} {ask} ('{shorten(plain_text(text))}', line {line})"


_NONE = "if the file should have no cards, write 'questions: none' between '---' lines at its top"
_SAY = "say in a sentence what each link says"
_PLACES = {
    "bold": "under its bold line",
    "callouts": "into its callout",
    "details": "into its fold",
    "headings": "under its heading",
    "lines": "under its line",
    "list-items": "under its list item, indented like the text of the item",
    "table": "into a further column, with a title such as 'Answer'",
}


def _write(mark: _Mark) -> str:
    return f"write each answer {_PLACES[mark.dialect]}; {_NONE}"


def _setting_for_most(reading: Reading) -> str:
    """Return the setting that makes the most cards, or ``""`` if nothing has an answer."""
    able = [verdict.shape for verdict in reading.verdicts if verdict.shape.answered]
    best = max(able, key=lambda shape: shape.answered, default=None)
    if best is None:
        return ""
    setting = settings_for(Choice((best.dialect.name,), best.level))
    count = many(best.answered, best.dialect.name, best.level)
    return f"{setting} {verb('make', setting)} cards of its {count}; {_NONE}"


def _setting_for_labels(reading: Reading) -> str:
    """Return the setting for unknown labels, if the lines of a file alternate between two kinds."""
    rows = reading.seen.rows if reading.seen else ()
    begins = [match[0] for row in rows if not row.is_verbatim and (match := _LABEL.match(row.text))]
    counts = Counter(begins)
    above = {word: Counter[str]() for word, _ in counts.most_common(2)}
    for before, begin in pairwise(begins):
        if begin in above:
            above[begin][before] += 1
    answer = max(above, key=lambda word: above[word].total() - above[word][word], default="")
    asking = above.get(answer, Counter())
    fewest = max(_FEWEST_PAIRS, counts[answer] * 0.8, len(begins) * 0.4)
    if asking[answer] or asking.total() < fewest:
        return ""
    words = ", ".join(f'"{word}"' for word in list(asking)[:_MOST_LABELS])
    setting = f'labels: {{question: [{words}], answer: "{answer}"}}'
    first = f"'{next(iter(asking))}' begins a question and '{answer}' its answer"
    return f"if {first}, write '{setting}' between '---' lines at the top of the file; {_NONE}"


_LABEL = re.compile(
    r"@\w{1,12}|[^\w\s'\"`*_<>[\](){}|#~$\\]{1,3}(?=[ \t]\S)|[^\W\d_]{1,20}(?=[ \t]?\d{0,3}:[ \t])"
)
_FEWEST_PAIRS = 3
_MOST_LABELS = 6
_HTML = re.compile(r"(?i)<(?:h[1-6]|table)\b")
_BOLD_LINE = re.compile(rf"(?:{BOLD})\S.{{0,300}}(?:{BOLD_SIGN}|</(?:b|strong)>)[.:?!]{{0,2}}")
_INWARD = re.compile(r"[*_]{0,2}\[[^\[\]]*\]\(<?#")
_ASKING_LINE = re.compile(rf"(?=\W{{0,20}}\w).{{0,300}}{QUESTION_MARK}\W*(?:#[\w/-]+\s*)*")


def _marks(outline: Outline) -> list[_Mark]:
    """Return the marks of a file. A table of contents has none."""
    titled = [box for box in outline.boxes if box.text]
    rows: dict[str, list[tuple[int, str]]] = {
        "headings": [(heading.line, heading.text) for heading in outline.headings],
        "list-items": [],
        "bold": [],
        "details": [(box.start, box.text) for box in titled if box.is_fold],
        "callouts": [(box.start, box.text) for box in titled if not box.is_fold],
        "table": [],
        "lines": [],
    }
    bare, is_last = set(), True
    for row in reversed(outline.rows):
        kind = kind_of(row)
        if kind:
            text = row.text.replace("|", " ") if kind == "table" else row.text
            rows[kind].append((row.number, " ".join(text.split())))
        if is_last and (kind or row.level):
            bare.add(row.number)
        is_last = bool(kind or row.level) or (is_last and row.is_blank)
    return [
        _mark(outline, dialect, sorted(found), bare) for dialect, found in rows.items() if found
    ]


def _mark(
    outline: Outline, dialect: str, rows: Sequence[tuple[int, str]], bare: Collection[int]
) -> _Mark:
    asking = tuple(
        (line, text) for line, text in rows if asks(text) and not outline.is_in_references(line)
    )
    return _Mark(dialect, len(rows), asking, sum(line in bare for line, _ in asking))


def kind_of(row: Row) -> str:
    """Return the kind of mark that a row is, or ``""``."""
    if row.is_verbatim or row.level or not row.text or _INWARD.match(row.text):
        return ""
    if row.marker:
        return "list-items"
    if row.text[0] == "|":
        return "table" if any(map(str.isalnum, row.text)) else ""
    if _BOLD_LINE.fullmatch(row.text):
        return "bold"
    return "lines" if _ASKING_LINE.fullmatch(row.text) else ""
