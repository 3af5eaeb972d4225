"""The lines of a question and of what is under it, cut out of the file."""

from __future__ import annotations

import re

from cardwright.blocks import Definitions, Document
from cardwright.blocks.signs import FENCE, HASHES, is_rule
from cardwright.dialects.text.question import Question
from cardwright.dialects.text.span import Span, cut, outdented
from cardwright.math.file_macros import macros_of
from cardwright.model import Line, SourceFile

_FOOTER_LINES = 12
"""How near to the end of the last answer the rule above a footer stands."""


class Pieces:
    """The answers and definitions of a document, cut out with what is known of all of it."""

    def __init__(self, document: Document, questions: tuple[Question, ...]) -> None:
        self.document = document
        self.macros = _macros(document.source)
        self._last = questions[-1:]
        self._definitions = Definitions(document)
        # In a quote a definition cannot be parted from its ``>``; there it stays.
        self._defining = {
            line
            for definition in document.definitions
            if document.source.lines[definition.start - 1].lstrip().startswith("[")
            for line in range(definition.start, definition.end)
        }
        rules = [_rules_in(document.source, question.answer) for question in questions[:-1]]
        ends = sum(ends for _, ends in rules)
        self._has_rules_between = ends > 0 and ends * 2 >= len(rules)
        self._has_rules_inside = any(inside for inside, _ in rules)

    def answer_lines(self, question: Question) -> list[Line]:
        """What answers a question, without a list item's indentation and the file's footer.

        Definitions of links and footnotes are no part of it, wherever they stand.
        """
        if question.given:
            return list(question.given)
        span = question.answer
        if (question,) == self._last and not span.until:
            span = span._replace(end=self._before_the_footer(span))
        lines = cut(self.document.source.lines, span)
        return [line for line in lines if line.number not in self._defining]

    def definition_lines(self, text: str) -> tuple[Line, ...]:
        """The lines of the definitions that ``text`` uses, each as far left as it can stand."""
        found: list[Line] = []
        for definition in self._definitions.used(text):
            if definition.start not in self._defining:
                continue
            rows = self.document.source.lines[definition.start - 1 : definition.end - 1]
            found += outdented(rows, definition.start)
        return tuple(found)

    def _before_the_footer(self, span: Span) -> int:
        """The end of the last answer: at a rule with a footer under it, a few lines of it.

        Where rules end the other answers it is whatever follows one. Else it is centred; or it is
        only links, images and words in italics, and no other answer has a rule in it.
        """
        lines = self.document.source.lines
        for number in range(span.end - 1, max(span.start, span.end - _FOOTER_LINES) - 1, -1):
            text = lines[number - 1]
            if is_rule(text):
                below = [line.strip() for line in lines[number : span.end - 1] if line.strip()]
                is_footer = self._has_rules_between or bool(below and _CENTRED.match(below[0]))
                is_footer = is_footer or (
                    not self._has_rules_inside and all(map(_is_footer, below))
                )
                return number if is_footer and not lines[number - 2].strip() else span.end
            if _STOP.match(text):
                return span.end
        return span.end


_STOP = re.compile(rf"\s*(?:{HASHES}\s|{FENCE}|\$\$|\|)")
_CENTRED = re.compile(r"(?i)<(?:(?:div|p)\b[^<>]*align=\W?(?:center|right)|center\b)")
_TAG = re.compile(r"<[^<>]*>")
_SMALL_PRINT = re.compile(r"\*(?!\*).*\*|_(?!_).*_|(?:[-*+]\s+)?!?\[.*\]\(.*\)\W*")
_LONGEST = 500


def _is_footer(line: str) -> bool:
    """Whether a line is in italics, or a link, an image or tags alone."""
    bare = _TAG.sub("", line[:_LONGEST]).strip()
    return not bare or _SMALL_PRINT.fullmatch(bare) is not None


def _macros(source: SourceFile) -> tuple[tuple[str, str], ...]:
    """The TeX macros of a file: its front matter's, and what blocks that only define add."""
    front_matter = source.front_matter
    defined = macros_of(source.path, source.lines[front_matter.length :])
    return tuple({**dict(front_matter.macros), **dict(defined)}.items())


def _rules_in(source: SourceFile, span: Span) -> tuple[bool, bool]:
    """Whether a rule stands in an answer with text under it, and whether one ends it."""
    inside, ends = False, False
    for text in source.lines[span.start - 1 : span.end - 1]:
        if text.strip():
            inside = inside or ends
            ends = is_rule(text.rstrip())
    return inside, ends
