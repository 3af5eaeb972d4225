"""Other spellings of a document, which mean the same in Markdown: its cards are the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from zlib import crc32

import pytest

from cardwright.blocks import Block, read_blocks
from cardwright.blocks.fences import lines_of_code
from cardwright.model import NoteSource, SourceFile
from cardwright.source.frontmatter import read_front_matter
from tests.each import check_each
from tests.spec_files import Example, examples
from tests.test_parse import parsed


def _with_headings(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return a change of every heading with hashes that is outside of lists and quotes."""

    def changed(text: str) -> str:
        lines = text.split("\n")
        for block in _blocks(text):
            if block.kind == "heading" and lines[block.start - 1].startswith("#"):
                lines[block.start - 1] = change(lines[block.start - 1])
        return "\n".join(lines)

    return changed


def _blocks(text: str) -> tuple[Block, ...]:
    lines = tuple(text.split("\n"))
    return read_blocks(SourceFile("a.md", lines, read_front_matter(lines, "a.md")[0])).blocks


def _closed(heading: str) -> str:
    hashes = heading.split(" ")[0]
    is_plain = set(hashes) == {"#"} and heading[-1:] not in "#}" and heading != hashes
    return f"{heading.rstrip()} {hashes}" if is_plain else heading


_BOLD = re.compile(r"(?<![\w*\\_])\*\*(?![\s*])([^*`_<\[\]$]+?)(?<![\s\\])\*\*(?![\w*_])")


def _underscored(text: str) -> str:
    """Write bold text outside of code with underscores."""
    lines = text.split("\n")
    is_code = lines_of_code(lines)
    return "\n".join(
        line if code or "`" in line or "{{" in line else _BOLD.sub(r"__\1__", line)
        for line, code in zip(lines, is_code, strict=True)
    )


def _commented(text: str) -> str:
    """Put a comment above all text, if there is no front matter."""
    return text if text.startswith(("---", "+++")) else f"<!-- A comment -->\n\n{text}"


SPELLINGS: dict[str, Callable[[str], str]] = {
    "no blank line at the end": lambda text: text.rstrip("\n"),
    "many blank lines at the end": lambda text: text + "\n" * 40,
    "blanks in blank lines": lambda text: re.sub(r"(?m)^$", "   ", text),
    "headings behind a blank": _with_headings(lambda heading: f" {heading}"),
    "headings with blanks behind the hashes": _with_headings(
        lambda heading: re.sub(r"^(#+) ", r"\1   ", heading)
    ),
    "headings with hashes at their end": _with_headings(_closed),
    "a comment at the top": _commented,
    "bold with underscores": _underscored,
}
KNOWN_TO_DIFFER = {
    ("headings behind a blank", "Terms with a colon before what they mean"),
    ("headings behind a blank", "A title to be filled in is that of a form"),
    ("a comment at the top", "A fence around all of it, as a chat answers"),
    ("bold with underscores", "A label with nothing behind it leaves the question open"),
    ("bold with underscores", "Counted names of cards above each are in no answer"),
    ("a comment at the top", "A pause between two rules parts a card"),
}
"""Spellings that a person would read alike, and that are still read otherwise."""


@pytest.mark.slow
def test_another_spelling_gives_the_same_cards() -> None:
    """The title of an example says in which of the ways it is spelled."""
    ways = [*SPELLINGS]
    cases = [
        (f"{way}: {example.title}", (way, example))
        for example in examples("outline")
        if (way := ways[crc32(example.title.encode()) % len(ways)])
        and (way, example.title) not in KNOWN_TO_DIFFER
    ]

    check_each(cases, _check_spelling)


def _check_spelling(case: tuple[str, Example]) -> None:
    way, example = case
    first, _ = parsed(example.markdown)
    other, _ = parsed(SPELLINGS[way](example.markdown))

    assert [*map(_said, other.notes)] == [*map(_said, first.notes)]


def _said(note: NoteSource) -> list[str]:
    """Return the sides of a note without the marks that the spellings change."""
    sides = (note.front, note.back, note.hint, note.extra)
    return [" ".join(_words(side.markdown)) for side in sides]


def _words(markdown: str) -> Iterator[str]:
    spelled = markdown.replace("__", "**")
    yield from (word for word in spelled.split() if set(word) != {"#"})
