"""Defines the values of a parsed file: its blocks, and its definitions of links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cardwright.model import SourceFile


class Block(NamedTuple):
    """A block of CommonMark (section 3) and its place. It is a tuple, because a file has many.

    ``kind`` is ``heading``, ``paragraph``, ``bullet_list``, ``ordered_list``, ``list_item``,
    ``blockquote``, ``fence``, ``code_block``, ``html_block``, ``table``, ``hr``, ``formula`` or
    ``footnote``.
    """

    kind: str
    start: int  # its first line in the file, from 1
    end: int  # the line after its last
    text: str = ""  # of a heading or a paragraph, joined by line feeds, or the label of a footnote
    level: int = 0  # that of a heading
    markup: str = ""  # `=` or `-` for an underlined heading, `<!--` for HTML that no page shows
    indent: int = 0  # the column at which the text of a list item begins
    children: tuple[Block, ...] = ()


class Definition(NamedTuple):
    """A link reference or a footnote: its first line, and the line after its last."""

    start: int
    end: int


def label_of(text: str) -> str:
    """Return a label as links compare it: case folded, with white space collapsed (section 4.7)."""
    return " ".join(text.casefold().split())


def read_definition(rows: Sequence[str], at: int) -> tuple[str, int] | None:
    """Return the label of the link definition on line ``at``, and the number of its lines."""
    if at >= len(rows) or not rows[at].startswith("["):
        return None
    match = _DEFINITION.match("\n".join(rows[at : at + _MOST_DEFINING]))
    if match is None or not match["label"].strip():
        return None
    return match["label"], match.group().rstrip("\n").count("\n") + 1


_MOST_DEFINING = 20
_DEFINITION = re.compile(
    r"\[(?P<label>(?:[^\[\]\\]|\\.){1,999}+)\]:\s*+(?:<(?:[^<>\n\\]|\\.)*+>|(?!<)\S++)"
    r"(?:(?:[ \t]*+\n[ \t]*+|[ \t]++)"
    r"(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?[ \t]*(?:\n|$)",
    re.DOTALL,
)
"""CommonMark section 4.7: label, address and perhaps a title."""
_LONGEST_CHAIN = 8  # definitions in a chain that a text takes along, each used by the one before
_LABEL_USED = re.compile(r"\[([^\[\]]{1,999})\]")


@dataclass(frozen=True)
class Document:
    """A file and its blocks.

    ``verbatim`` has stretches of lines (start and end, from 1). They are code, a formula, a comment
    of HTML, a script or a style sheet.
    """

    source: SourceFile  # line `n` of the file is `lines[n - 1]`
    blocks: tuple[Block, ...]
    definitions: Mapping[str, Definition]  # in their order, by `label_of` their labels
    verbatim: tuple[tuple[int, int], ...] = ()
    open_fences: tuple[int, ...] = ()  # lines of fences that are open at the next question

    @cached_property
    def defining_lines(self) -> Set[int]:
        """The lines of all definitions."""
        return {at for each in self.definitions.values() for at in range(each.start, each.end)}

    def used_in(self, text: str) -> list[Definition]:
        """Return the definitions that ``text`` uses, and those that their own text uses in turn."""
        used: dict[str, Definition] = {}
        waiting = [(text, 0)] if self.definitions else []
        while waiting:
            seen, depth = waiting.pop()
            for label in map(label_of, _LABEL_USED.findall(seen)):
                if label in self.definitions and label not in used:
                    used[label] = definition = self.definitions[label]
                    lines = self.source.lines[definition.start - 1 : definition.end - 1]
                    if depth < _LONGEST_CHAIN:
                        waiting.append(("\n".join(lines).split(":", 1)[-1], depth + 1))
        return sorted(used.values())
