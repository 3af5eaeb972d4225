"""The sides of a note: what of a question and of its answer is front, back, hint and extra."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cardwright.blocks.fences import lines_of_code
from cardwright.blocks.rows import Row
from cardwright.blocks.signs import BULLET, HASHES
from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.labels import COLONS, Label, label_of
from cardwright.dialects.offered import is_announced
from cardwright.dialects.tasks import sets_a_task
from cardwright.dialects.text.question import Question
from cardwright.dialects.text.span import trimmed
from cardwright.model import Line, Passage
from cardwright.parse.folds import split_folds
from cardwright.parse.multiple_choice import name_the_right_ones, split_at_options
from cardwright.parse.passages import Pieces
from cardwright.parse.shown_code import end_of_shown_code
from cardwright.wording import asks
from cardwright.wording.words import Concept, concepts_of, first_words, may_begin, phrases

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a note; those that it has not are empty."""

    front: Passage
    back: Passage
    hint: Passage
    extra: Passage


def sides_of(pieces: Pieces, question: Question) -> Sides:
    """The sides that a question and the lines that answer it make, decided step by step."""
    path = pieces.document.source.path
    lines = kept(pieces.answer_lines(question))
    # What is folded away or boxed goes where its title says; an answer comes out of its fold.
    front, unfolded, hint, extra = split_folds(
        pieces.outline, Passage(path, question.front), Passage(path, lines)
    )
    # What stands above a line that says "Answer" is asked; so are options, and code spoken of.
    front, back = _parted(front, unfolded, _separator(unfolded.lines))
    parted = split_at_options(pieces.outline, front, back)
    if parted is None:
        border = _label_between(front, back.lines) or _behind_code(front, back.lines)
        if border is not None and not _is_told(pieces, question, lines, unfolded):
            parted = _parted(front, back, border)
    front, back = name_the_right_ones(pieces.outline, *(parted or (front, back)))
    # Labels say what something is, and are no part of it.
    asked = _without_own_label(front.lines)
    asked, hinted = (asked, ()) if hint.lines else _without_hints(asked)
    hint = Passage(path, hinted) if hinted else hint
    return Sides(
        Passage(path, _with_its_sign(asked)), Passage(path, _without_label(back.lines)), hint, extra
    )


_SIGN = re.compile(r"(?P<begin>\d{0,9})(?P<sign>#{1,6}|>[> ]*|(?<!\d)[-+*]|(?<=\d)[.)])")


def _with_its_sign(lines: Lines) -> Lines:
    """A front that is a sign of Markdown and nothing else (``Q: >>``), to be shown as text."""
    match = _SIGN.fullmatch(lines[0].text.strip()) if len(lines) == 1 else None
    return (lines[0]._replace(text=f"{match['begin']}\\{match['sign']}"),) if match else lines


def kept(lines: Sequence[Line]) -> Lines:
    """The lines without links to the top, and without blank ones and rules at both ends."""
    return tuple(map(lines.__getitem__, kept_lines([line.text for line in lines])))


def _is_told(pieces: Pieces, question: Question, lines: Lines, back: Passage) -> bool:
    """Whether the document tells where the answer begins, so that all that is there answers.

    Either it has a place of its own, a line announces it, a label stands between it and the
    question, or the back came out of a fold.
    """
    first = next((line.number for line in lines if line.text.strip()), 0)
    if question.given or (back.lines and back.lines[0].number > first):
        return True
    texts = pieces.document.source.lines
    start, column = question.answer.start, question.answer.column
    last = question.front[-1].number if question.front else question.line
    between = [*texts[last : start - 1], *(text[: column - 1] for text in texts[start - 1 : start])]
    is_labelled = start > last and any(re.search(r"[^\W\d_]", text) for text in between)
    return is_labelled or is_announced(texts, question.answer)


_MOST_LINES = 60
"""Text before an answer that is longer than this is no part of the question."""


def _parted(
    front: Passage, back: Passage, border: tuple[int, int] | None
) -> tuple[Passage, Passage]:
    """Both passages, what stands above the border (its first line, the one behind it) asked."""
    if border is None:
        return front, back
    start, end = border
    above, below = kept(back.lines[:start]), kept(back.lines[end:])
    if not below or len(above) > _MOST_LINES or end == 0:
        return front, back
    gap = [Line("", above[0].number)] if above and front.markdown.strip() else []
    return replace(front, lines=(*front.lines, *gap, *above)), replace(back, lines=below)


def _separator(lines: Lines) -> tuple[int, int] | None:
    """A line ``%``, as mdanki writes it."""
    if not any(line.text[:1] == "%" for line in lines):
        return None
    at = next((at for at, text in _plain(lines) if text.rstrip() == "%"), 0)
    return (at, at + 1) if at else None


def _label_between(front: Passage, lines: Lines) -> tuple[int, int] | None:
    """The only line that says "Answer", where it stands alone or what is above it asks."""
    if not any(_may_reply(line.text, _SPELLED) for line in lines):
        return None
    found = [(at, label) for at, text in _plain(lines) if (label := _reply(text, is_first=not at))]
    words = [(at, label) for at, label in found if _is_word(label)]
    if len(words) != 1:
        return None
    ((at, label),) = words
    above = "\n".join(line.text for line in lines[:at])
    is_question = not asks(front.markdown) or sets_a_task(above) or _SHOWS.search(above)
    if label.has_text and not (above.strip() and is_question):
        return None
    return at, at + (not label.has_text)


_SHOWS = re.compile(rf"```|~~~|!\[|<img|\$\$|^\s*(?:{BULLET}|[>|(\[]|\d+[.)])|:\s*$", re.MULTILINE)
"""What shows something to speak of; other text above "Answer" leads to it."""


def _behind_code(front: Passage, lines: Lines) -> tuple[int, int] | None:
    end = end_of_shown_code(front.markdown, [line.text for line in lines])
    return (end, end) if end else None


def _plain(lines: Lines) -> Iterator[tuple[int, str]]:
    """The lines outside of code, each with its index."""
    texts = [line.text for line in lines]
    is_code = lines_of_code(texts)
    return ((at, text) for at, text in enumerate(texts) if text and not is_code[at])


_LEAD = re.compile(r"(?P<marks>[\W\d_]*+)(?P<word>[^\W\d_]+(?:[^\x00-\x7f]|'\w+)?)")
_REPLIES = (
    Concept.ANSWER, Concept.SOLUTION, Concept.ANSWERING_LETTER, Concept.BACK, Concept.RIGHT,
    Concept.MODEL, Concept.KEY,
)  # fmt: skip
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in phrases(*_REPLIES))
_SPELLED = frozenset(word for word in _FIRST_WORDS if len(word) > 1 or word > "z")
_LONGEST = 200


def _may_reply(text: str, words: Collection[str] = _FIRST_WORDS) -> bool:
    """Whether the first word of a line may be one of a label of an answer, of ``words``.

    Tags and links before it can hide it, and what is not ASCII can be spelled in several ways.
    """
    lead = _LEAD.match(text)
    if lead is None:
        return False
    marks, word = lead.groups()
    if word.lower() in words or not lead[0].isascii():
        return True
    return "<" in marks or ":" in marks or "](" in marks


_BEFORE = re.compile(rf" {{0,3}}(?:(?P<hashes>{HASHES})|(?P<bullet>{BULLET}(?=\s)))?\s*")
_BRACKETS = str.maketrans("【】", "\u200b\uff1a")
_LINE, _HEADING = Row(1), Row(1, level=1)
_DASHES = ("-", "–", "—")


@lru_cache(maxsize=1024)
def _reply(text: str, *, is_first: bool = False) -> Label | None:
    """The label that says that an answer follows; a letter has a colon, ``A.`` no emphasis.

    An item of a list is one where it says no more and is the first line. A word that is an
    answer as well ("correct") is none.
    """
    if not _may_reply(text):
        return None
    text = text[:_LONGEST].translate(_BRACKETS) if "【" in text else text[:_LONGEST]
    before = _BEFORE.match(text) if text[:1] in (" ", "#", "-", "*", "+") else None
    begin = before.end() if before else 0
    label = label_of(text, begin, _HEADING if before and before["hashes"] else _LINE)
    if label is None:
        is_titled = before is not None or text.rstrip("*_ ")[-1:] in COLONS
        if not is_titled or Concept.KEY not in concepts_of(text):
            return None
        return Label(1, Concept.KEY, text, "", 1, 1, has_text=False)
    if not (label.answers or label.concept is Concept.BACK) or label.word in ("a", "r", "s"):
        return None
    if not concepts_of(label.word).isdisjoint({Concept.RIGHT, Concept.TRUE}):
        return None
    is_dotted = label.mark == "." and not label.opening and label.word in ("A", "Ans", "ans")
    is_dashed = _is_word(label) and (label.mark[:1] in _DASHES or not label.has_text)
    is_listed = (label.has_text or not is_first) and before and before["bullet"]
    return label if (label.has_colon or is_dotted or is_dashed) and not is_listed else None


def _is_word(label: Label) -> bool:
    """Whether a label is more than a letter, which may be that of an option."""
    return label.concept in (Concept.ANSWER, Concept.SOLUTION, Concept.KEY) or label.word > "z"


_OPTION = re.compile(rf"\s{{0,3}}(?:{BULLET}\s+)?(?:\*\*)?B(?:\*\*)?\s?[:\uff1a.)]")


def _without_label(lines: Lines) -> Lines:
    """The back without "Answer:" before its first words, or the ``?`` of a plugin for cards.

    Nothing changes where several lines have such a label, or where ``A:`` may be an option.
    """
    if len(lines) > 1 and lines[0].text.strip() in ("?", "??"):
        return lines[1:]
    label = _reply(lines[0].text, is_first=True) if lines else None
    if label is None:
        return lines
    is_letter = label.concept is Concept.ANSWERING_LETTER
    for at, text in _plain(lines):
        if at and (_reply(text) or (is_letter and _OPTION.match(text))):
            return lines
    if not label.has_text:
        return trimmed(lines[1:]) or lines
    is_apart = label.level and len(lines) > 1 and lines[1].text.strip()
    gap = [Line("", lines[0].number)] if is_apart else []  # a heading is no part of a paragraph
    return (_behind(lines[0], label, keeps_emphasis=True), *gap, *lines[1:])


def _behind(line: Line, label: Label, *, keeps_emphasis: bool = False) -> Line:
    """The line behind its label; an emphasis around both stays or goes."""
    text = line.text[label.column - 1 :]
    if label.is_open:
        text = label.opening + text if keeps_emphasis else text.rstrip().removesuffix(label.closing)
    return Line(text, line.number, line.column + label.column - 1)


def _without_own_label(lines: Lines) -> Lines:
    """The front without ``**Question:**`` in the middle of it."""
    at = next((at for at, line in enumerate(lines) if at and line.text.strip()), 0)
    label = _line_label(lines[at].text, _ASKING) if at else None
    if label and label.asks and label.has_colon and label.has_text:
        return (*lines[:at], _behind(lines[at], label), *lines[at + 1 :])
    return lines


def _line_label(text: str, words: Collection[str]) -> Label | None:
    """The label that a line begins with, if its first word is one of ``words``."""
    if not may_begin(words, text):
        return None
    return label_of(text[:_LONGEST], len(text) - len(text.lstrip()))


_ASKING = first_words(Concept.QUESTION, Concept.ASKING_LETTER)
_HINTING = first_words(Concept.HINT)


def _without_hints(lines: Lines) -> tuple[Lines, Lines]:
    """The front without the paragraphs below its first line that say "Hint:", and those."""
    if len(lines) < 2:
        return lines, ()
    plain = dict(_plain(lines))
    asked, hinted, is_hint = list(lines[:1]), list[Line](), False
    for at, line in enumerate(lines[1:], 1):
        label = _line_label(plain.get(at, ""), _HINTING)
        is_whole = label and (not label.is_open or line.text.rstrip().endswith(label.closing))
        if label and is_whole and label.concept is Concept.HINT and label.has_colon:
            hinted += [*([Line("", line.number)] if hinted else []), _behind(line, label)]
            is_hint = True
        elif is_hint and line.text.strip():
            hinted.append(line)
        else:
            if not is_hint or asked[-1].text.strip():
                asked.append(line)
            is_hint = False
    return (trimmed(asked), tuple(hinted)) if hinted else (lines, ())
