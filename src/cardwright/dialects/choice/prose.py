"""Measures how much prose is in a text.

An article has much, and a cheat sheet has none.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from cardwright.dialects.answers.answer import without_code
from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.text.question import Outline
from cardwright.wording import bare_words
from cardwright.wording.signs import FENCE, ITEM, has_word


def is_in_prose(outline: Outline, shape: Shape) -> bool:
    """Whether plain lines and their answers are less than half of the text.

    Of three or more list items, it is that of their sections. Known questions are never prose, and
    neither are those whose answers have labels or are in folds.
    """
    is_listed = shape.dialect.name == "list-items" and shape.good > _FEW
    is_plain = shape.dialect.name in ("list-items", "lines") and not shape.known
    is_marked = all(each.has_answer_mark for each in shape.candidates)
    return is_plain and not is_marked and held_share(outline, shape, in_sections=is_listed) < 0.5


def are_few_in_prose(outline: Outline, shape: Shape) -> bool:
    """Whether it is one or two bold lines, or headings without a question mark, in a long text."""
    is_mute = shape.dialect.name == "headings" and not any(c.has_mark for c in shape.candidates)
    is_able = (is_mute or shape.dialect.name == "bold") and not shape.known
    return is_able and shape.good <= _FEW and held_share(outline, shape) < 0.5


_FEW = 2


def held_share(outline: Outline, shape: Shape, *, in_sections: bool = False) -> float:
    """Return the share of the text that the questions of a shape and their answers take.

    With ``in_sections``, only the text that no heading and no rule divides from them counts.
    """
    texts = [row.number for row in outline.rows if row.text and not row.level]
    if in_sections:
        bounds = sorted({*outline.heading_lines, *outline.rules})
        sections = {bisect_right(bounds, each.line) for each in shape.questions}
        texts = [at for at in texts if bisect_right(bounds, at) in sections]
    return sum(map(shape.spans.hold, texts)) / max(len(texts), 1)


def is_code(text: str) -> bool:
    """Whether a text is fenced code, with no word outside. Formulas and drawings are no code."""
    bare = without_code(text)
    return bare != text and not has_word(_TAG.sub("", bare)) and not _DRAWN.search(text)


_DRAWN = re.compile(rf"(?m)^[\s>]*(?:{FENCE})\s*(?:math|mermaid)\b")
"""A fence whose code GitHub shows as a formula or as a drawing."""


def paragraphs(text: str) -> int:
    """Return the number of paragraphs of prose in a text. Code, lists and tags do not count."""
    parts = re.split(r"\n\s*\n", without_code(text))
    return sum(length(_TAG.sub("", part)) > _PROSE and not _ITEM.match(part) for part in parts)


def says(text: str, title: str) -> bool:
    """Whether a text has a word of a title near its start, in any inflection."""
    begin = text.casefold()[:_BEGIN]
    stems = [word[: max(_STEM, len(word) - 2)] for word in _WORD.findall(bare_words(title))]
    return not stems or any(stem in begin for stem in stems)


_BEGIN = 400
_STEM = 4
_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{2}|[^\W\d_]{3,}")


def has_commands(text: str) -> bool:
    """Whether a text has code for a shell."""
    return _SHELL.search(text) is not None


def is_mostly_links(text: str) -> bool:
    """Whether at least half of its lines lead to other sites."""
    rows = [row for row in without_code(text).split("\n") if row.strip()]
    return sum("://" in row and "![" not in row for row in rows) * 2 >= len(rows) > 0


_SHELL = re.compile(
    rf"(?m)^[\s>]*(?:{FENCE})\s*(?:bash|sh|shell|console|zsh|powershell|cmd)\b|^\s*\$ "
)


def length(text: str) -> float:
    """Return the number of characters. A Chinese or Japanese one says as much as several others."""
    return len(text) + len(_DENSE.findall(text)) * (_DENSITY - 1)


_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""The characters of Chinese and Japanese."""
_DENSITY = 2.5
"""A text of theirs is so many times as long in English."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PROSE = 120
"""A text with this many characters is more than a line that introduces a list."""
_ITEM = re.compile(rf"(?i)\s{{0,3}}{ITEM}|\s*<li\b")
