"""The lines of a question and of what is under it, cut out of the file."""

from __future__ import annotations

from cardwright.blocks import Definitions
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import cut, outdented
from cardwright.math.file_macros import macros_of
from cardwright.model import Line, SourceFile


class Pieces:
    """The answers and definitions of a document, cut out with what is known of all of it."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.document = document = outline.document
        self.macros = _macros(document.source)
        self._definitions = Definitions(document)
        # In a quote a definition cannot be parted from its ``>``; there it stays.
        self._defining = {
            line
            for definition in document.definitions
            if document.source.lines[definition.start - 1].lstrip().startswith("[")
            for line in range(definition.start, definition.end)
        }

    def answer_lines(self, question: Question) -> list[Line]:
        """What answers a question, without a list item's indentation.

        Definitions of links and footnotes are no part of it, wherever they stand.
        """
        if question.given:
            return list(question.given)
        span = question.answer
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


def _macros(source: SourceFile) -> tuple[tuple[str, str], ...]:
    """The TeX macros of a file: its front matter's, and what blocks that only define add."""
    front_matter = source.front_matter
    defined = macros_of(source.path, source.lines[front_matter.length :])
    return tuple({**dict(front_matter.macros), **dict(defined)}.items())
