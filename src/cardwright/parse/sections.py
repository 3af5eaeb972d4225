"""Names a file and its sections, and links to their headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

from cardwright.blocks import plain_text, title_of
from cardwright.blocks.names import LONGEST_NAME
from cardwright.dialects import Reading
from cardwright.dialects.flashcards.tags import untagged
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import with_next
from cardwright.model import Line, SourceFile, Title
from cardwright.wording import is_never_a_question


def title_of_file(source: SourceFile, headings: tuple[Heading, ...]) -> Title:
    """Return the front matter's title, the heading that opens the file, or its name."""
    if source.front_matter.title:
        return _title_of_front_matter(source)
    heading = title_heading(headings)
    title = _title_of(heading) if heading else Title("")
    return title if title.plain else Title(_name_of_file(source.path))


def _name_of_file(path: str) -> str:
    """Return the name of a file as its author knows it, without the suffix.

    Logseq and some tools for websites encode characters that a system may refuse. Logseq writes
    ``___`` for the ``/`` in a title.
    """
    name = re.sub(r"\.(?:md|markdown|mdx)$", "", path.rpartition("/")[2], flags=re.I)
    decoded = unquote(name)
    name = decoded if decoded.isprintable() and "\ufffd" not in decoded else name
    return re.sub(r"(?<=[^_])___(?=[^_])", "/", name)


def _title_of_front_matter(source: SourceFile) -> Title:
    """Return the title in the front matter as plain text, because decks have no Markdown."""
    text = source.front_matter.title
    rows = enumerate(source.lines[: source.front_matter.length], 1)
    number, column = next(((n, row.find(text) + 1) for n, row in rows if text in row), (1, 1))
    return Title(text, title_of(Line(text, number, column)).line)


def _title_of(heading: Heading) -> Title:
    """Return the name of a title or a section, without the tags and the comment after it."""
    bare = untagged(heading.text)
    text = _TAGS.sub("", bare.text) if len(bare.text) <= LONGEST_NAME else bare.text
    first = heading.front[0]
    begin = max(first.text.find(text), 0)
    return title_of(Line(text.replace("\n", " "), first.number, first.column + begin))


_TAGS = re.compile(r"(?<=\S)(?:\s+#[^\W\d_][\w/-]{0,60}|\s*\{/\*[^{}]{0,200}\*/\})+$")
"""Tags, and comments of MDX, which name the anchor of a heading."""


def title_heading(headings: Sequence[Heading]) -> Heading | None:
    """Return the only heading of level 1, if it is the first heading of the file."""
    tops = [heading for heading in headings if heading.level == 1 and not heading.depth]
    return tops[0] if len(tops) == 1 and tops[0] is headings[0] else None


def sections_above(reading: Reading) -> dict[int, tuple[tuple[Title, ...], int]]:
    """Return for the line of each question the headings above it, and the line of the nearest."""
    questions = {question.line for question in reading.questions}
    title = title_heading(reading.headings)
    found: dict[int, tuple[tuple[Title, ...], int]] = {}
    names: dict[int, Title] = {}
    open_: list[Heading] = []
    covered = 0
    waiting = list(reversed(reading.headings))
    for question, below in with_next(reading.questions):
        nearest = 0
        while waiting and waiting[-1].line <= question.line:
            heading = waiting.pop()
            open_ = [above for above in open_ if heading.line < above.end]
            is_in_answer = heading.line < covered
            if heading.line not in questions and heading is not title and not is_in_answer:
                open_.append(heading)
                names[heading.line] = _name_of(heading)
            nearest = heading.line
        open_ = [above for above in open_ if question.line < above.end]
        titles = [names[above.line] for above in open_]
        nearest = nearest or max((above.line for above in open_), default=0)
        found[question.line] = tuple(title for title in titles if title.plain), nearest
        if below is None or question.answer.start <= below.line:  # a key is further below
            covered = max(covered, question.answer.end)
    return found


def _name_of(section: Heading) -> Title:
    """Return the title of a heading, or an empty title if it says nothing about what is below."""
    is_mute = is_never_a_question(section.text)
    return Title("") if is_mute else _title_of(section)


def anchors_of(headings: tuple[Heading, ...]) -> dict[int, str]:
    """Return the fragment that GitHub gives to each heading, by its line.

    It is in lower case, with hyphens for spaces, and without punctuation except hyphens and
    underscores. If two are the same, the second one ends in ``-1``.
    """
    seen: Counter[str] = Counter()
    anchors: dict[int, str] = {}
    for heading in headings:
        text = plain_text(heading.markdown).lower()
        slug = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        anchors[heading.line] = f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
    return anchors
