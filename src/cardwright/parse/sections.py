"""What a file and its sections are called, and how their headings are linked to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cardwright.blocks import LONGEST_NAME, plain_text
from cardwright.dialects import Reading
from cardwright.dialects.flashcards.card_tags import untagged
from cardwright.dialects.text.outline import Heading
from cardwright.model import SourceFile
from cardwright.wording import is_never_a_question


def title_of_file(source: SourceFile, headings: tuple[Heading, ...]) -> str:
    """The front matter's title, the heading that opens the file, or its name."""
    if source.front_matter.title:
        return source.front_matter.title
    heading = title_heading(headings)
    text = _name_of(heading) if heading else ""
    return text or re.sub(r"\.(?:md|markdown)$", "", source.path.rpartition("/")[2], flags=re.I)


def _name_of(heading: Heading) -> str:
    """What a title or a section is called: its plain text, without the tags behind it."""
    text = untagged(heading.text).text
    return plain_text(_TAGS.sub("", text) if len(text) <= LONGEST_NAME else text)


_TAGS = re.compile(r"(?<=\S)(?:\s+#[^\W\d_][\w/-]{0,60})+$")


def title_heading(headings: Sequence[Heading]) -> Heading | None:
    """The only heading of level 1, when it is the first of the file."""
    tops = [heading for heading in headings if heading.level == 1 and not heading.depth]
    return tops[0] if len(tops) == 1 and tops[0] is headings[0] else None


def sections_above(reading: Reading) -> dict[int, tuple[tuple[str, ...], int]]:
    """For each question, by its line: the path of plain headings above it, and the line of the
    heading that it is or that stands nearest above it, 0 for none.
    """
    questions = {question.line for question in reading.questions}
    title = title_heading(reading.headings)
    found: dict[int, tuple[tuple[str, ...], int]] = {}
    open_: list[Heading] = []
    covered = 0
    waiting = list(reversed(reading.headings))
    for question in reading.questions:
        nearest = 0
        while waiting and waiting[-1].line <= question.line:
            heading = waiting.pop()
            open_ = [above for above in open_ if heading.line < above.end]
            is_in_answer = heading.line < covered
            if heading.line not in questions and heading is not title and not is_in_answer:
                open_.append(heading)
            nearest = heading.line
        open_ = [above for above in open_ if question.line < above.end]
        names = (_name_of(above) for above in open_ if not is_never_a_question(above.text))
        nearest = nearest or max((above.line for above in open_), default=0)
        found[question.line] = tuple(name for name in names if name), nearest
        covered = max(covered, question.answer.end)
    return found


def anchors_of(headings: tuple[Heading, ...]) -> dict[int, str]:
    """The fragment that GitHub gives to each heading, by its line.

    Lower case, spaces to hyphens, no punctuation but hyphens and underscores; the second of the
    same has ``-1`` behind it.
    """
    seen: Counter[str] = Counter()
    anchors: dict[int, str] = {}
    for heading in headings:
        text = plain_text(heading.block.text).lower()
        slug = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        anchors[heading.line] = f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
    return anchors
