"""Finds the options that a text calls right: ``Answer: B``, ``答案 AC``, ``It is ( B )``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.wording.signs import (
    ARROW,
    BULLET,
    COLON,
    COLONS,
    CROSS,
    HASHES,
    LETTERS,
    QUESTION_MARKS,
    RULE,
    TICK,
)
from cardwright.wording.words import (
    WORD_ENDS,
    Concept,
    alternatives,
    first_words,
    lazy_pattern,
    may_begin,
)


@dataclass(frozen=True, slots=True)
class Named:
    """The letters that a text names, as the options write them, at ``start`` to ``end`` of it."""

    labels: tuple[str, ...]
    start: int
    end: int


_LONGEST = 300
_BEFORE = rf"(?:[\s>#*_(\[【➡👉💡\ufe0f+-]|{TICK}|{ARROW})*+"
_LETTER = r"(?:lett?(?:er|ra)\s+|[选選]\s*)?"
_SAYS = alternatives(Concept.ANSWER, Concept.SOLUTION, Concept.KEY, Concept.RIGHT) + WORD_ENDS
_UNIT = (
    rf"(?:(?!your\b|my\b){alternatives(Concept.SMALL, Concept.MODEL)}\s*){{0,2}}"
    rf"(?:{_SAYS}|{alternatives(Concept.OPTIONS)}{WORD_ENDS})(?:\s*\(s\))?"
    rf"(?:\s*{alternatives(Concept.IS)}{WORD_ENDS})*[\s{COLONS}*_=(\[.`】은는–—-]*{_LETTER}"
)
_SAYING = lazy_pattern(
    rf"(?i){_BEFORE}(?=[^{COLONS}]{{0,40}}?{_SAYS})(?:{_UNIT}){{1,6}}"
    rf"(?:[^{COLONS}{QUESTION_MARKS}.。\n]{{1,40}}{COLON}(?=[\s*_(]*(?-i:[{LETTERS}])\b)[\s*_(]*)?"
    rf"(?:(?-i:{alternatives(Concept.SMALL)})\s+(?=[*_(]*(?-i:[{LETTERS}])\b))?[*_(`]*"
)
"""Words that announce an answer, in any order: "right", "answer" and "option"."""
_FIRST_WORDS = first_words(
    Concept.ANSWER, Concept.SOLUTION, Concept.KEY, Concept.RIGHT, Concept.OPTIONS, Concept.SMALL,
    Concept.MODEL,
)  # fmt: skip
_BARE = lazy_pattern(rf"(?i){_BEFORE}(?:{alternatives(Concept.OPTIONS)}\s+)?`?{_LETTER}")
_AND = (
    rf"[*_`)\]]*(?:\s*(?:[,;/&+>、，]|{ARROW}|(?-i:{alternatives(Concept.AND)})(?=\W))+\s*"
    rf"(?:{alternatives(Concept.AND)}\s+)?|[-–](?=\w))[*_`(\[]*"
)
_BETWEEN = re.compile(_AND)
_LETTERS = lazy_pattern(
    rf"(?P<glued>[A-Z]{{2,26}})(?![A-Za-z0-9])"
    rf"|[A-Z](?![A-Za-z0-9'’])(?:{_AND}[A-Z](?![A-Za-z0-9'’]))*"
    rf"|[a-z](?![A-Za-z0-9'’])(?:{_AND}[a-z](?![A-Za-z0-9'’]))*"
)
_ALONE = re.compile(
    rf"[*_`]*\s*(?:$|#+\s*$|[.){COLONS}、，,;\]）=(（]|[–—-]\s|[*_]{{2}}|https?://|[^\x00-\xff])"
)
_BEHIND_A = re.compile(r"\s+(?:[A-Z(`]|(?:and|because|since|is|as)\b)")


def named(text: str, labels: Sequence[str] = LETTERS, *, is_said: bool = True) -> Named | None:
    """Return what a line names of the options ``labels``, or ``None``.

    The letters are in the order of the line. With ``is_said``, the line must say that it is the
    answer. Otherwise it is the first line of a known answer, and a letter without a sentence is
    enough. A line that names a letter twice, or a letter that is not an option, names none.
    """
    head = text[:_LONGEST]
    saying = announcement(head)
    opening = saying or (None if is_said else _BARE.match(head))
    letters = _LETTERS.match(head, opening.end()) if opening else None
    if letters is None:
        return None
    found = [*letters["glued"]] if letters["glued"] else [*_parted(letters.group())]
    if len(found) == 1 and not _ALONE.match(head, letters.end()):
        # "Answer: A leaf" is a sentence, "Answer: A The leaf" and "Answer: B because" are not.
        is_word = found[0] == "a" or (found[0] == "A" and not _BEHIND_A.match(head, letters.end()))
        if saying is None or is_word:
            return None
    known = _known(found, labels)
    return Named(known, *letters.span()) if known else None


def announcement(text: str) -> re.Match[str] | None:
    """Return the words at the start of a line that announce an answer."""
    return _SAYING.match(text[:_LONGEST]) if may_begin(_FIRST_WORDS, text) else None


def _parted(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        yield text[at]
        between = _BETWEEN.match(text, at + 1)
        at = between.end() if between else len(text)


def known_letters(text: str, labels: Sequence[str]) -> tuple[str, ...]:
    """Return the options whose letters a text consists of: ``B``, ``A, C``, ``AC``; else ``()``."""
    return _known([letter for letter in text if letter.isalpha()], labels)


def _known(letters: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """Return the letters if each of them is one of the labels and none occurs twice."""
    known = {label.upper(): label for label in labels}
    found = [letter.upper() for letter in letters]
    is_able = len({*found}) == len(found) and known.keys() >= {*found}
    return tuple(known[letter] for letter in found) if is_able else ()


_LISTED = lazy_pattern(
    rf"(?i)[\s>]*(?:{BULLET}\s+)?[*_(]*(?P<label>[A-Z])[*_.)]*"
    rf"(?:$|[\s:–—-]*[*_(\[]*(?:(?P<right>{alternatives(Concept.RIGHT)}{WORD_ENDS}|{TICK})"
    rf"|(?P<wrong>{alternatives(Concept.WRONG)}{WORD_ENDS}|{CROSS}))[*_)\].!\s]*(?P<more>.*))"
)


def listed(
    texts: Sequence[str], labels: Sequence[str], begin: int = 0
) -> tuple[tuple[str, ...], int] | None:
    """Return the options that a list of letters calls right, and the first line to keep.

    In ``- A``, ``- B - Correct``, those with a mark are right. Without any mark, all in the list
    are right, but then a list of all options says nothing. ``None`` for another text.
    """
    rows: list[re.Match[str]] = []
    end = begin
    for at in range(begin, len(texts)):
        row = _LISTED.match(texts[at].rstrip())
        if row:
            rows.append(row)
            end = at + 1
        elif texts[at].strip() and not (rows and texts[at][0] in " \t"):
            break
    known = _known([row["label"] for row in rows], labels) if len(rows) > 1 else ()
    if not known:
        return None
    marked = [row["right"] is not None for row in rows]
    if not any(marked):
        marked = [row["wrong"] is None for row in rows]
        is_bookkeeping = len(rows) == len(labels) and all(marked)
        marked = [mark and not is_bookkeeping for mark in marked]
    right = tuple(label for label, mark in zip(known, marked, strict=True) if mark)
    return right, begin if not right or any(row["more"] for row in rows) else end


_FARTHEST = 12
"""The most lines with text between options and the line that names the right one."""


def naming_lines(
    texts: Sequence[str], is_code: Sequence[bool], labels: Sequence[str], begin: int, end: int
) -> tuple[int, int] | None:
    """Return the line that announces the answer, and the one that names it, mostly the same.

    It is between the lines ``begin`` and ``end``, from 0, before a rule or a title. The first line
    with text may be only a letter, and then announces nothing: ``**B**``, ``→ B``.
    """
    count = 0
    for at in range(begin, end):
        if is_code[at] or not texts[at].strip():
            continue
        saying = announcement(texts[at])
        if (saying and named(texts[at], labels)) or (not count and _is_letter(texts[at], labels)):
            return at, at
        if saying and not texts[at][saying.end() :].strip(" *_:\t"):
            near = range(at + 1, min(at + 4, len(texts)))
            below = (n for n in near if texts[n].strip())
            first = next(below, at)
            if named(texts[first], labels, is_said=False) or listed(texts, labels, first):
                return at, first
        count += 1
        if count > _FARTHEST or _BREAK.match(texts[at]):
            break
    return None


def _is_letter(text: str, labels: Sequence[str]) -> bool:
    """Whether a line has nothing but the letter of an option."""
    found = named(text, labels, is_said=False)
    return found is not None and not text[found.end :].strip("*_`)]. \t")


_BREAK = re.compile(rf" {{0,3}}{HASHES}|{RULE}$")
