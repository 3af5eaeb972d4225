"""Splits Markdown into words with their positions, and matches them with the words of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from cardwright.anki_fields.flow import DISPLAY, TOKEN, Block, Kind, tidy_tex
from cardwright.embeds import embeds_in
from cardwright.model import Formula, Image, Line, Passage, Place

Span = tuple[int, int]
"""The start and the end of a part of a text."""


EMBED = "embed"
"""The kind of a mark that no field has as a word."""


class Token(NamedTuple):
    """A word, a formula or an image of the Markdown. ``key`` is that of the field's ``Word``."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The Markdown of one or more passages."""

    text: str  # the lines, joined by `\n`
    lines: tuple[Line, ...]
    marks: tuple[Token, ...]  # formulas, images and embeds of notes

    @property
    def has_embeds(self) -> bool:
        """Whether the field has the text of another note, too."""
        return any(mark.key.startswith(f"{EMBED}:") for mark in self.marks)


def line_starts(lines: Sequence[str]) -> list[int]:
    """Return the offset of each line in the text of all lines."""
    return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))


def locate_marks(
    passages: Sequence[Passage],
    formulas: Sequence[Formula],
    images: Sequence[tuple[Image, str]],
    embedded: Collection[str],
) -> SourceText:
    """Return the Markdown of ``passages``, with the positions of its formulas and images.

    ``images`` come with their values as words of the field. ``embedded`` are the targets of the
    embeds whose text is in the field, so that no word of it is in the Markdown.
    """
    lines = tuple(line for passage in passages for line in passage.lines)
    texts = [line.text for line in lines]
    text = "\n".join(texts)
    pairs = zip(line_starts(texts), lines, strict=False)  # without lines, there is a start
    at_line = {line.number: (start, line.column) for start, line in pairs}

    def offset(place: Place) -> int | None:
        if place.line not in at_line:
            return None
        start, column = at_line[place.line]
        return start + place.column - column

    marks: list[Token] = []
    for formula in formulas:
        start = offset(formula.place)
        end = _end_of(formula, start, text, offset) if start is not None else None
        if start is not None and end is not None and not formula.edges:
            delimiter = DISPLAY if formula.is_display else "$"
            marks.append(Token(start, end, f"{Kind.FORMULA}:{delimiter}{tidy_tex(formula.tex)}"))
    for image, value in images:
        start = offset(image.place)
        match = _IMAGE.match(text, start) if start is not None else None
        if match:
            marks.append(Token(*match.span(), f"{Kind.IMAGE}:{value}"))
    for start, end, target in embeds_in(text) if embedded else ():
        if target in embedded:
            marks.append(Token(start, end, f"{EMBED}:{target}"))
    return SourceText(text, lines, tuple(sorted(set(marks))))


_IMAGE = re.compile(
    r"!\[\[[^\[\]\n]*\]\]"
    r"|!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])?"
    r"(?:\{[^{}\n]*\})?"
    r"|<(?i:img)\b[^>]*>"
)


def _end_of(
    formula: Formula, start: int, text: str, offset: Callable[[Place], int | None]
) -> int | None:
    """Return where a formula ends. Its source may lack prefixes that the lines of the text have."""
    if start < 0:
        return None
    if text.startswith(formula.source, start):
        return start + len(formula.source)
    lines = formula.source.split("\n")
    has_places = len(formula.line_places) == len(lines)
    begin = offset(formula.line_places[-1]) if has_places else None
    return None if begin is None else begin + len(lines[-1])


_FENCE = re.compile(r"^(?P<lead>[ \t>]*)(?P<item>(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})")
_SYNTAX = re.compile(
    r"^(?P<rule>[ \t>]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$)"
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+.*$"  # the definition of a link
    r"|^(?:[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)*[ \t>]*(?:#{1,6}[ \t]+)?"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|<!--(?s:.{0,10000}?)-->|%%(?s:.{0,10000}?)%%"
    r"|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>"
    r"|\]\((?:[^()\n]|\([^()\n]*\))*\)(?:\{[^{}\n]*\})?|\]\[[^\[\]\n]*\]|\[\^[^\]\n]+\]:?"
    r"|(?P<cloze>\{\{c\d+::|\}\}|::)"
    rf"|(?P<word>{TOKEN})",
    re.MULTILINE,
)
"""Matches a word or a piece of markup in running text. Most markup is skipped."""


def word_spans(text: SourceText, blocks: Sequence[Block]) -> list[list[Span | None]]:
    """Return the span of each word of each block in the Markdown, or ``None`` if unknown."""
    tokens = list(_tokens(text))
    words = [word for block in blocks for word in block.words]
    keys = [
        f"{Kind.CODE_LINE}:{w.value.strip()}" if w.kind == Kind.CODE_LINE else w.key for w in words
    ]
    found: list[Span | None] = [None] * len(words)
    matcher = SequenceMatcher(None, keys, [token.key for token in tokens], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            found[a + k] = tokens[b + k].start, tokens[b + k].end
    rest = iter(found)
    return [[next(rest) for _ in block.words] for block in blocks]


def _tokens(text: SourceText) -> Iterator[Token]:
    """Yield the words, formulas and images of the Markdown, and skip its markup."""
    for start, end, is_code in _stretches(text.text):
        if is_code:
            line = text.text[start:end]
            bare = line.strip()
            first = start + len(line) - len(line.lstrip())
            yield Token(first, first + len(bare), f"{Kind.CODE_LINE}:{bare}")
            continue
        at = start
        for mark in text.marks:
            if at <= mark.start and mark.end <= end:
                yield from _running(text.text, at, mark.start)
                yield mark
                at = mark.end
        yield from _running(text.text, at, end)


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield runs of lines outside of fenced code, and each line of code on its own."""
    fence = ""
    begin = at = 0
    for line in text.split("\n"):
        end = at + len(line)
        match = _FENCE.match(line)
        if not fence and match:
            yield begin, at, False
            fence = match["fence"]
        elif fence and match and match["fence"].startswith(fence) and not line.strip(" \t>`~"):
            fence = ""
            begin = end
        elif fence:
            yield at, end, True
        at = end + 1
    if not fence:
        yield begin, len(text), False


def _running(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the words of text. An escaped character is a word of its own."""
    for match in _SYNTAX.finditer(text, start, end):
        key = {
            "word": match[0],
            "escaped": match["escaped"],
            "entity": unescape(match[0]).strip(),
            "cloze": f"{Kind.CLOZE}:{match[0]}",
            "rule": f"{Kind.RULE}:rule",
        }.get(match.lastgroup or "")
        if key:
            yield Token(*match.span(), key)
