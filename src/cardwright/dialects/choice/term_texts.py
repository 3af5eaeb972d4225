"""Looks at the texts under headings for a reason why the headings are no terms to learn."""

from __future__ import annotations

import re
from statistics import median

from cardwright.dialects.answer import without_code
from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.glossary import is_glossary, names_glossary
from cardwright.dialects.text.question import Outline
from cardwright.wording import bare_words
from cardwright.wording.signs import FENCE, ITEM, has_word
from cardwright.wording.titles import names_an_faq, names_questions

MANY = 8
"""From this number on, terms are a list of terms, however long their texts are."""
_LONG = 200
"""With this many characters under each, a few headings are sections of an article."""
_TOO_LONG = 1200
"""With this many, many headings are sections, too."""
_SEVERAL = 3
"""With this many paragraphs of prose, a text is a section of an article."""
_SHORT = 140
"""The most characters of a text that may leave out the word that it explains."""


def texts_of(outline: Outline, shape: Shape) -> list[str]:
    """Return the answers of a shape, without blanks that nobody sees: their length would count."""
    spans = [each.question.answer for each in shape.candidates if each.is_answered]
    texts = [
        "\n".join(map(str.rstrip, outline.lines[span.start - 1 : span.end - 1])) for span in spans
    ]
    return [_GAP.sub("\n\n", text).strip("\n") for text in texts]


_GAP = re.compile(r"\n{3,}")


def is_an_article(outline: Outline, best: Shape) -> bool:
    """Whether most headings have several paragraphs of prose under them, or a few have much.

    If the document says that it has frequent questions, its headings are questions, in any words.
    If it says that it has questions of any kind, numbered headings are. The words of a glossary may
    have long texts.
    """
    is_numbered = best.dialect.is_numbered
    says_questions = names_questions if is_numbered else names_an_faq
    if best.total == 1 or best.level is None or any(map(says_questions, outline.names)):
        return False
    answers = texts_of(outline, best)
    dotted = sum("." in question.number for question in best.questions)  # sections: "3.1.2"
    is_counted = (is_numbered and dotted * 2 < best.total) or best.total > 2 * MANY
    is_listed = best.total > 2 and any(map(names_glossary, outline.names))
    if not (is_counted or is_listed) and median(map(_paragraphs, answers)) >= _SEVERAL:
        return True
    if best.total < MANY and not is_listed and median(map(len, answers)) > _LONG:
        return True
    most = 2 * _TOO_LONG if is_listed else _TOO_LONG
    return median(_length(without_code(text)) for text in answers) > most


def hold_other_texts(outline: Outline, best: Shape) -> bool:
    """Whether the texts under headings explain no terms.

    Most are only code, or half of them have commands for a shell or lead to other sites, or hardly
    any says what its heading says: "Scope", "Results", "Week". A short text need not say it.
    Glossaries may have any text.
    """
    if best.level is None or outline.once(is_glossary):
        return False
    texts = texts_of(outline, best)
    titles = [each.question.text for each in best.candidates if each.is_answered]
    said = sum(map(_says, texts, titles))
    share = 2 if len(texts) <= 2 * MANY else 4
    is_apart = said * share <= len(texts) and median(map(len, texts)) > _SHORT
    return (
        is_apart
        or sum(_SHELL.search(text) is not None for text in texts) * 2 >= len(texts)
        or sum(map(_is_mostly_links, texts)) * 2 >= len(texts)
        or sum(map(_is_code, texts)) * 2 > len(texts)
    )


def _is_code(text: str) -> bool:
    """Whether a text is fenced code, with no word outside. Formulas and drawings are no code."""
    bare = without_code(text)
    return bare != text and not has_word(_TAG.sub("", bare)) and not _DRAWN.search(text)


_DRAWN = re.compile(rf"(?m)^[\s>]*(?:{FENCE})\s*(?:math|mermaid)\b")
"""A fence whose code GitHub shows as a formula or as a drawing."""


def _paragraphs(text: str) -> int:
    """Return the number of paragraphs of prose in a text. Code, lists and tags do not count."""
    parts = re.split(r"\n\s*\n", without_code(text))
    return sum(_length(_TAG.sub("", part)) > _PROSE and not _ITEM.match(part) for part in parts)


def _says(text: str, title: str) -> bool:
    """Whether a text has a word of a title near its start, in any inflection."""
    begin = text.casefold()[:_BEGIN]
    stems = [word[: max(_STEM, len(word) - 2)] for word in _WORD.findall(bare_words(title))]
    return not stems or any(stem in begin for stem in stems)


_BEGIN = 400
_STEM = 4
_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{2}|[^\W\d_]{3,}")


def _is_mostly_links(text: str) -> bool:
    """Whether at least half of its lines lead to other sites."""
    rows = [row for row in without_code(text).split("\n") if row.strip()]
    return sum("://" in row and "![" not in row for row in rows) * 2 >= len(rows) > 0


_SHELL = re.compile(
    rf"(?m)^[\s>]*(?:{FENCE})\s*(?:bash|sh|shell|console|zsh|powershell|cmd)\b|^\s*\$ "
)
"""Code for a shell."""


def _length(text: str) -> float:
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
