"""Finds labels at the start of a line, ``**Q1:**`` or ``Lösung 2 -``, and what each names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from cardwright.blocks.rows import Row
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.wording import sets_a_task
from cardwright.wording.signs import ARROW, COLON, COLONS, LETTERS, POINTS
from cardwright.wording.words import (
    WORD_ENDS,
    Concept,
    alternatives,
    first_words,
    lazy_pattern,
    may_begin,
)

_OPENS_TEXT = f"{COLONS}】"


class Label(NamedTuple):
    """A label and the place of its text. Lines and columns count from 1.

    ``word`` and ``number`` are as written. Without a number, it is ``""``. The label begins at
    ``start`` of its line, and its text at ``column``. ``has_text`` says that this text is on the
    same line. ``mark`` is the sign after the word (``:``). ``opening`` is the emphasis before it,
    and ``is_open`` says that this emphasis continues after the label. ``quotes`` and ``indent`` are
    those of ``Span``. ``level`` is that of its heading, or 0. ``is_inline`` says that text of its
    line is before it, ``is_own`` that the settings name it.
    """

    line: int
    concept: Concept
    word: str
    number: str
    start: int
    column: int
    has_text: bool
    mark: str = ""
    opening: str = ""
    is_open: bool = False
    quotes: int = 0
    indent: int = 0
    level: int = 0
    is_inline: bool = False
    is_own: bool = False

    @property
    def closing(self) -> str:
        """The marks that end the emphasis before the label, or ``""``."""
        is_tag = self.opening.startswith("<")
        return self.opening.replace("<", "</") if is_tag else self.opening[::-1]

    @property
    def has_colon(self) -> bool:
        return self.is_own or (self.mark != "" and self.mark[0] in _OPENS_TEXT)

    @property
    def asks(self) -> bool:
        """Whether it names a question."""
        return self.concept in (Concept.QUESTION, Concept.ASKING_LETTER)

    @property
    def answers(self) -> bool:
        return self.concept in (Concept.ANSWER, Concept.SOLUTION, Concept.ANSWERING_LETTER)

    @property
    def is_option(self) -> bool:
        """Whether it can be the letter of an option: ``B)``."""
        return self.concept is Concept.OPTIONS

    @property
    def is_plain(self) -> bool:
        """Whether it is a label, whatever is around it. ``a.`` is probably a list item.

        A single letter needs its sign, or emphasis of its own: ``**A** An organ``.
        """
        word = self.word
        is_sure = len(word) > 1 or word.lower() in "q问問답" or self.has_colon
        is_marked = self.mark or (self.opening and not self.is_open)
        return is_sure or bool(self.number or (word in "AB答" and is_marked))

    def behind(self, end: int, until: int = 0) -> Span:
        """Return the text after the label, to line ``end`` or the last one's column ``until``."""
        if self.has_text:
            return Span(self.line, end, self.indent, self.column, until, self.quotes)
        start = min(self.line + 1, end)
        return Span(start, end, self.indent, 1, until if start < end else 0, self.quotes)


_BEFORE = rf"(?:{alternatives(Concept.MODEL, Concept.RIGHT)}\s?)?"
_BEHIND = rf"(?:\s{alternatives(Concept.RIGHT, Concept.MODEL)})?"
_OF_EXERCISE = rf"(?:\s(?:to|of|for)\s(?:the\s)?{alternatives(Concept.EXERCISE, Concept.TASK)})?"
_RIGHT = rf"{alternatives(Concept.RIGHT)}(?:\s(?:{alternatives(Concept.OPTIONS)}|response))?"
_NAMES = (
    Concept.ANSWERING_LETTER, Concept.QUESTION, Concept.ASKING_LETTER, Concept.HINT,
    Concept.EXPLANATION, Concept.EXERCISE, Concept.TASK, Concept.PROOF, Concept.FRONT, Concept.BACK,
    Concept.EXAMPLE, Concept.THEOREM, Concept.DEFINITION,
)  # fmt: skip
_WORDS: Mapping[Concept, str] = {
    Concept.ANSWER: rf"{_BEFORE}{alternatives(Concept.ANSWER)}{_BEHIND}|{_RIGHT}",
    Concept.SOLUTION: rf"{_BEFORE}{alternatives(Concept.SOLUTION)}{_BEHIND}{_OF_EXERCISE}",
    **{name: alternatives(name) for name in _NAMES},
    Concept.EXERCISE: rf"{alternatives(Concept.EXERCISE)}|ex(?=\.?\s?\d)",
    Concept.OPTIONS: "[bc]",
}
"""The words of each concept. If two share a word, the earlier one has it."""
_TRANSLATED = (
    Concept.QUESTION,
    Concept.ANSWER,
    Concept.SOLUTION,
    Concept.HINT,
    Concept.EXPLANATION,
)
_ALSO = rf"(?:[ \t]?/[ \t]?{alternatives(*_TRANSLATED)}(?![^\W\d_]))?"
"""The same word in another language: ``Câu hỏi / Question:``."""
_OPENING = r"[*_]{1,3}|<(?:b|strong|u|em|i)>"
_CLOSING = r"\*\*(?=\*\*\w)|[*_]{1,3}|</(?:b|strong|u|em|i)>"
_TAG = r"<(?:a|p|span|div)\b[^<>]*>[ \t]*"
_DECORATION = r"(?:[^\w\s\x21-\x7e¿¡（「]{1,6}[ \t]?|\?{2,3}[ \t]+(?=[*_]{2}))?"
_NUMBER = (
    rf"(?:(?![ \t]?-[ \t]\d{{1,4}}(?![ \t]?[{COLONS})*_\d]|\.[ \t]))"  # "A - 42" has none
    r"(?!\.[ \t]\d{1,4}(?:[^\W\d_a-z]|[ \t](?-i:[a-z])))"  # nor has "Q. 3 leaves"
    r"[ \t]?[.#№-]?[ \t]?(?:no\.?[ \t]?)?(?P<number>\d{1,4}(?:[.-]\d{1,3}){0,3}"
    rf"(?:[a-z](?![^\W\d_])|[ \t]?\([{LETTERS}]\)(?=[\W_]*$|[ \t]?[:.]))?"
    r"|[一二三四五六七八九十]{1,3}(?![^\W_])))?"
)
_REMARK = (
    r"(?:[ \t]?[*_]?[(\[\uff08][^()\[\]\uff08\uff09]{1,30}[)\]\uff09][*_]?"
    rf"(?=[ \t]?[*_]{{0,2}}[ \t]?{COLON})|[ \t]*{POINTS}(?=[*_ \t]*$))"
)
"""A remark after the number of a question: ``Q1 (easy):``, ``Question 1 (2 points)``."""
_MARK = (
    rf"[{_OPENS_TEXT}]{{1,2}}-?|[.．、)]|(?:{ARROW}|[-–—]{{1,2}})(?=\s|$|\*\*\s)"
    rf"|(?=[ \t](?-i:[{LETTERS}])(?:[.,;:)]|\s*$))"
)


def _pattern(words: Mapping[Concept, str], end: str) -> re.Pattern[str]:
    """Return the pattern of labels of these words. ``end`` is where a word ends."""
    word = "|".join(f"(?P<{each.name}>{these})" for each, these in words.items())
    return lazy_pattern(
        rf"(?i)(?:={{4,}}[ \t]*|{_TAG})?{_DECORATION}(?P<open>{_OPENING})?{_DECORATION}"
        rf"(?P<word>{word}){end}{_ALSO}{_NUMBER}(?:(?(number)|(?<=\w\w\w)){_REMARK})?"
        rf"(?(open)(?P<close>{_CLOSING})?)(?(number){_REMARK}?)(?:</a>)?[ \t\u00a0]?"
        rf"(?P<mark>{_MARK})?(?(close)|(?(open)(?:[ \t]?(?P<shut>{_CLOSING}))?))[ \t\u00a0]*"
    )


_LABEL = _pattern(_WORDS, r"(?![^\W\d_])")
_FIRST_WORDS = first_words(*_WORDS, Concept.RIGHT, Concept.MODEL)
_FIRST_WORDS |= {*"abc", "ex", "p", "span", "div"}
_FAR = 200
"""The characters after a label that show whether it has text."""
_VERDICT = lazy_pattern(rf"(?i){alternatives(Concept.RIGHT)}")
"""``Correct. Well done`` is a sentence that judges. An answer has ``Correct:``."""
_KIND = lazy_pattern(rf"(?i){alternatives(Concept.MODEL)}\s")
"""``3. Short answer: What is a leaf?`` says what kind of question it is."""
_RULED = re.compile(r"={4,}[ \t]*$")


def labels(outline: Outline) -> tuple[Label, ...]:
    """Return all labels that begin a line, or the text of its item, quote or heading, in order."""
    return tuple(outline.once(labels_by_line).values())


def label_at(outline: Outline, line: int) -> Label | None:
    """Return the label that begins a line (from 1)."""
    return outline.once(labels_by_line).get(line)


def answer_marks(outline: Outline) -> list[int]:
    """Return the lines of labels and folds that say "Answer"."""
    replies = [label.line for label in labels(outline) if label.answers]
    return sorted(replies + [fold.start for fold in outline.answer_boxes])


def labels_by_line(outline: Outline) -> Mapping[int, Label]:
    """Return the labels by their lines, for ``Outline.once``."""
    found: dict[int, Label] = {}
    own = _own_labels(outline.labels) if outline.labels else None
    for row in outline.rows:
        if row.text and not row.is_verbatim:
            begin = row.raw.find(row.marker) if row.kind == "1Q" else row.offset
            label = label_of(row, begin, own)
            if label is not None:
                found[row.number] = label
    return found


@cache
def _own_labels(labels: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return the pattern of the labels that the settings name. A sign ends anywhere."""
    words: dict[Concept, list[str]] = {}
    for name, label in sorted(labels, key=lambda each: -len(each[1])):
        end = WORD_ENDS if label[-1].isalpha() else ""
        text = re.escape(label).replace(r"\ ", r"\s+")
        words.setdefault(Concept[name.upper()], []).append(text + end)
    return _pattern({concept: "|".join(these) for concept, these in words.items()}, "")


def label_of(row: Row, begin: int, own: re.Pattern[str] | None = None) -> Label | None:
    """Return the label at the offset ``begin`` of a line, ``None`` if there is none.

    ``own`` matches labels that the settings name. They always count. Another one without a sign
    after it only counts if it is a heading, or alone on its line. It also counts if it has emphasis
    of its own, or if the letter of an option follows (``Answer C``).
    """
    text = row.raw
    match = own.match(text, begin) if own else None
    is_own = match is not None
    if match is None and may_begin(_FIRST_WORDS, text, begin):
        match = _LABEL.match(text, begin)
    if match is None:
        return None
    mark, opening = match["mark"] or "", match["open"] or ""
    is_marked = is_own or match["mark"] is not None or match["close"] or match["shut"]
    is_marked = is_marked or (opening and match["number"])
    rest = text[match.end() : match.end() + _FAR].rstrip("# \t" if row.level else " \t")
    rest = _RULED.sub("", rest)
    if not (is_marked or row.level or not rest.strip("*_")):
        return None
    if mark == "." and rest and _VERDICT.fullmatch(match["word"]):
        return None
    if row.ordinal and _KIND.match(match["word"]) and sets_a_task(rest):
        return None
    return Label(
        row.number,
        next(
            Concept[name] for name, found in match.groupdict().items() if found and name.isupper()
        ),
        match["word"],
        match["number"] or "",
        match.start() + 1,
        match.end() + 1,
        bool(rest.strip("*_")),
        mark,
        opening,
        bool(opening) and not (match["close"] or match["shut"]),
        row.quotes,
        row.indent if row.kind == "1Q" else row.width,
        row.level,
        begin > row.offset,
        is_own,
    )


def behind_task_label(text: str) -> int:
    """Return the offset after ``**Exercise 3.**`` or ``Problem 3:``, 0 without such a label."""
    label = label_of(Row(1, raw=text), 0)
    is_task = label is not None and label.concept in (Concept.EXERCISE, Concept.TASK)
    if label is None or not is_task or label.is_open:
        return 0
    return label.column - 1 if label.number or (label.opening and label.has_colon) else 0
