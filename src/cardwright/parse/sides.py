"""Splits a question and its answer into the sides of a note: front, back, hint and extra."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.blocks.fences import fenced_blocks, lines_of_code
from cardwright.dialects.answer import PAUSE, kept_lines
from cardwright.dialects.asking import without_bracket
from cardwright.dialects.flashcards.traces import without_traces
from cardwright.dialects.labels import Label, label_at, labels_by_line
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import (
    cut,
    from_offset,
    joined,
    outdented,
    shifted,
    trimmed,
    width_of,
)
from cardwright.formulas.delimiters import macros_of
from cardwright.model import Line, Passage, SourceFile
from cardwright.parse.folds import split_folds
from cardwright.parse.multiple_choice import (
    name_the_right_ones,
    split_at_options,
    with_text_of_sign,
)
from cardwright.wording import asks, sets_a_task
from cardwright.wording.signs import (
    BULLET,
    BULLETS_OF_MARKDOWN,
    COLON,
    COUNTED,
    FENCE,
    FENCES,
    HASHES,
    LISTED,
    SECOND_OPTION,
)
from cardwright.wording.words import LETTER_MARKS, Concept, alternatives, concepts_of, lazy_pattern

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a note. Missing sides are empty."""

    front: Passage
    back: Passage
    hint: Passage
    extra: Passage


def sides_of(pieces: Pieces, question: Question) -> Sides:
    """Return the sides of a note from a question and the lines that answer it, step by step."""
    path = pieces.document.source.path
    lines = _without_block_ids(_kept(pieces.answer_lines(question)))
    # The title of a fold or box says where its text belongs. An answer is taken out of its fold.
    front, unfolded, hint, extra = split_folds(
        pieces.outline, Passage(path, _without_block_ids(question.front)), Passage(path, lines)
    )
    # Text above a line that says "Answer" asks. So do options, and code that the question names.
    front, back = _parted(pieces.outline, front, unfolded, _separator(front, unfolded.lines))
    front, back = _asked_under_title(pieces.outline, front, back)
    parted = split_at_options(pieces.outline, front, back)
    if parted is None:
        border = _label_between(pieces.outline, front, back.lines)
        border = border or _behind_code(front, back.lines)
        if border is not None and not _is_start_known(pieces, question, lines, unfolded):
            is_asked = _names_the_code(front)
            parted = _parted(pieces.outline, front, back, border, may_be_empty=is_asked)
    front, back = name_the_right_ones(pieces.outline, *(parted or (front, back)))
    # Labels say what something is, and are no part of it.
    asked, hinted = _without_hints(pieces.outline, front.lines)
    hint = replace(hint, lines=joined(hint.lines, hinted)) if hinted else hint
    bare = _without_label(pieces.outline, _without_lone_bullet(pieces.outline, back.lines))
    bare = _without_explaining(pieces.outline, bare)
    if len(asked) > 1 and asked[-1].text.strip() in _SEPARATORS:
        asked = trimmed(asked[:-1])
    named = with_text_of_sign(Passage(path, asked), Passage(path, bare))
    return Sides(Passage(path, _with_its_sign(asked)), named, hint, extra)


def cloze_sides(pieces: Pieces, question: Question) -> Sides:
    """Return the sides of a cloze text. Callouts may be its hint, other text below is extra."""
    path = pieces.document.source.path
    lines = _kept(without_traces(pieces.answer_lines(question)))
    before, back, hint, extra = split_folds(pieces.outline, Passage(path), Passage(path, lines))
    with_it = joined(before.lines, back.lines, extra.lines)
    return Sides(Passage(path, question.front), Passage(path), hint, Passage(path, with_it))


_SEPARATORS = ("?", "??", "???")  # between question and answer, for a flashcard plugin or as a mark
_SIGN = re.compile(
    rf"(?P<begin>\d{{0,9}})(?P<sign>{HASHES}|>[> ]*|(?<!\d)[{BULLETS_OF_MARKDOWN}]|(?<=\d)[.)])"
)


def _with_its_sign(lines: Lines) -> Lines:
    """Return a front that is only a sign of Markdown (``Q: >>``) as text to show."""
    match = _SIGN.fullmatch(lines[0].text.strip()) if len(lines) == 1 else None
    return (lines[0]._replace(text=f"{match['begin']}\\{match['sign']}"),) if match else lines


_BLOCK_ID = re.compile(r"(?:(?<=\S)[ \t]+|^[ \t]*)\^(?=[\d-]*[A-Za-z])[A-Za-z0-9-]{4,}[ \t]*$")
"""Obsidian's name for a block, which it hides: ``A leaf is green. ^leaf-1``. Not ``r ^2``."""


def _without_block_ids(lines: Lines) -> Lines:
    able = {at for at, line in enumerate(lines) if "^" in line.text and _BLOCK_ID.search(line.text)}
    if not able:
        return lines
    named = able.intersection(at for at, _ in _plain(lines))
    rows = [
        line._replace(text=_BLOCK_ID.sub("", line.text)) if at in named else line
        for at, line in enumerate(lines)
    ]
    return trimmed([row for at, row in enumerate(rows) if row.text or at not in named])


def _kept(lines: Sequence[Line]) -> Lines:
    """Return the lines without links to the top. Blank lines and rules at both ends go, too."""
    return tuple(map(lines.__getitem__, kept_lines([line.text for line in lines])))


def _is_start_known(pieces: Pieces, question: Question, lines: Lines, back: Passage) -> bool:
    """Whether the document shows where the answer begins, so that all text there answers."""
    first = next((line.number for line in lines if line.text.strip()), 0)
    if question.given or (back.lines and back.lines[0].number > first):
        return True
    texts = pieces.document.source.lines
    start, column = question.answer.start, question.answer.column
    last = question.front[-1].number if question.front else question.line
    between = [*texts[last : start - 1], *(text[: column - 1] for text in texts[start - 1 : start])]
    return start > last and any(re.search(r"[^\W\d_]", text) for text in between)


_MOST_LINES = 60  # text before an answer that is longer than this is no part of the question


def _parted(
    outline: Outline,
    front: Passage,
    back: Passage,
    border: tuple[int, int] | None,
    *,
    may_be_empty: bool = False,
) -> tuple[Passage, Passage]:
    """Return both passages. The text above the border (its first line, the one after it) asks.

    It continues with the paragraph of a list item, and is apart from other questions.
    """
    if border is None:
        return front, back
    start, end = border
    above, below = _kept(back.lines[:start]), _kept(back.lines[end:])
    if not (below or may_be_empty) or len(above) > _MOST_LINES or end == 0:
        return front, back
    is_item = above and _is_item(outline, front)
    goes_on = is_item and above[0].number == front.lines[-1].number + 1
    asked = (*front.lines, *above) if goes_on else joined(front.lines, above)
    return replace(front, lines=asked), replace(back, lines=below)


def _is_item(outline: Outline, front: Passage) -> bool:
    return bool(front.lines) and outline.rows[front.lines[0].number - 1].marker != ""


def _separator(front: Passage, lines: Lines) -> tuple[int, int] | None:
    """Return a line ``%`` as mdanki writes it, or the only pause of a slide below a question."""
    if not any(line.text[:1] in ("%", ".") for line in lines):
        return None
    signs = [(at, sign) for at, text in _plain(lines) if (sign := text.rstrip()) in ("%", PAUSE)]
    at, sign = next(iter(signs), (0, ""))
    if sign == PAUSE:
        above = "\n".join(line.text for line in lines[:at])
        at = 0 if len(signs) > 1 or (asks(front.markdown) and not asks(above)) else at
    return (at, at + 1) if at or sign == "%" else None


def _asked_under_title(outline: Outline, front: Passage, back: Passage) -> tuple[Passage, Passage]:
    """Return both passages. Under a title that asks nothing, the paragraph "Question: …" asks."""
    lines = back.lines
    label = _label(outline, lines[0]) if lines and not asks(front.markdown) else None
    if label is None or not (label.asks and label.has_colon and label.has_text):
        return front, back
    end = next((at for at, line in enumerate(lines) if not line.text.strip()), len(lines))
    below = _kept(lines[end:])
    if not below or outline.rows[label.line - 1].marker:
        return front, back
    asked = joined(front.lines, (_behind(lines[0], label), *lines[1:end]))
    return replace(front, lines=asked), replace(back, lines=below)


_SHOWS = re.compile(
    rf"{FENCE}|!\[|<img|\$\$|^\s*(?:{LISTED}|{COUNTED}|[>|(\[])|:\s*$", re.MULTILINE
)
"""Content that a question can be about. Other text above "Answer" introduces it."""


def _plain(lines: Lines) -> Iterator[tuple[int, str]]:
    """Return the lines outside of code, each with its index."""
    texts = [line.text for line in lines]
    is_code = lines_of_code(texts)
    return ((at, text) for at, text in enumerate(texts) if text and not is_code[at])


_OPTION = re.compile(SECOND_OPTION)


def _label_between(outline: Outline, front: Passage, lines: Lines) -> tuple[int, int] | None:
    """Return the only line that says "Answer", if it is alone or the text above it asks."""
    labelled = outline.once(labels_by_line)
    able = [(at, line) for at, line in enumerate(lines) if line.number in labelled]
    found = [(at, label) for at, line in able if (label := _reply(outline, line, at))]
    words = [(at, label) for at, label in found if _is_word(label)]
    if len(words) != 1:
        return None
    ((at, label),) = words
    above = "\n".join(line.text for line in lines[:at])
    is_question = (
        _is_item(outline, front)
        or not asks(front.markdown)
        or sets_a_task(above)
        or _SHOWS.search(above)
        or any(outline.options_in(lines[:at]))
    )
    if label.has_text and not (above.strip() and is_question):
        return None
    said = next((line.text for line in _without_label(outline, lines[at:]) if line.text), "")
    if _ends_with(above, said):
        return None  # it is worked out above
    return at, at + (not label.has_text)


def _ends_with(above: str, answer: str) -> bool:
    """Whether a calculation ends with the answer, as it does not in a question: ``2 + 3 = 5``."""
    end, result = (_UNSEEN.sub("", text).rstrip(".") for text in (above, answer))
    return bool(result) and end.endswith(result) and end.removesuffix(result).endswith(_EQUALS)


_UNSEEN = re.compile(r"[\s$*_{}]|\\(?:boxed|[,;()\[\]])")
_EQUALS = ("=", "≈", "\\approx")


def _label(outline: Outline, line: Line) -> Label | None:
    """Return the label that a line of a passage begins with. Its column is that in the passage."""
    label = label_at(outline, line.number)
    if label is None:
        return None
    begin = line.column - 1
    is_kept = outline.lines[line.number - 1].startswith(line.text[:_NEAR], begin)
    if not is_kept or not begin < label.start < begin + len(line.text):
        return None
    return label._replace(column=label.column - begin)


def _reply(outline: Outline, line: Line, at: int) -> Label | None:
    """Return the label before an answer. A letter needs a colon, and ``A.`` has no emphasis."""
    label = _label(outline, line)
    if label is None or not (label.answers or label.concept is Concept.BACK):
        return None
    is_verdict = concepts_of(label.word) & {Concept.RIGHT, Concept.TRUE}
    is_of_pair = is_verdict and not label.has_text  # "**Wrong:**" and "**Right:**" over examples
    if (is_verdict and not at) or is_of_pair or label.word in ("a", "r", "s"):
        return None
    is_dotted = label.mark == "." and not label.opening and label.word in ("A", "Ans", "ans")
    is_apart = label.opening and not (label.is_open or label.number)  # "**Answer.**"
    is_dashed = label.mark[:1] in _DASHES or is_apart or not label.has_text
    is_dashed = is_dashed and _is_word(label)
    row = outline.rows[line.number - 1]
    is_listed = (label.has_text or at) and _BULLET.match(row.kind) and line.column <= row.offset
    return label if (label.has_colon or is_dotted or is_dashed) and not is_listed else None


_NEAR = 20
_BULLET = re.compile(BULLET)
_DASHES = ("-", "–", "—")


def _is_word(label: Label) -> bool:
    """Whether a label is more than a letter. A letter may belong to an option."""
    return label.concept in (Concept.ANSWER, Concept.SOLUTION) or label.word > "z"


def _without_lone_bullet(outline: Outline, lines: Lines) -> Lines:
    """Return the back without the bullet of its only item, if that begins with "Answer:"."""
    row = outline.rows[lines[0].number - 1] if lines else None
    label = _label(outline, lines[0]) if row and _BULLET.match(row.kind) else None
    if row is None or label is None or not label.answers or lines[0].column > row.offset:
        return lines
    width = row.width - row.indent + width_of(lines[0].text)
    if any(line.text.strip() and width_of(line.text) < width for line in lines[1:]):
        return lines  # there are further items, or text outside of the item
    return (from_offset(lines[0], row.offset + 1 - lines[0].column), *shifted(lines[1:], width))


def _without_label(outline: Outline, lines: Lines) -> Lines:
    """Return the back without "Answer:", a colon below a list item, or a plugin's ``?``."""
    if len(lines) > 1 and lines[0].text.strip() in _SEPARATORS:
        return lines[1:]
    if len(lines) == 1 and (bare := without_bracket(lines[0])) != lines[0]:
        return (bare,)
    colon = _COLON_FIRST.match(lines[0].text) if lines else None
    if colon and outline.rows[lines[0].number - 2].marker:
        return (from_offset(lines[0], colon.end()), *lines[1:])
    label = _reply(outline, lines[0], 0) if lines else None
    if label is None:
        return lines
    is_letter = label.concept is Concept.ANSWERING_LETTER
    for at, line in enumerate(lines[1:], 1):
        if _reply(outline, line, at) or (is_letter and _OPTION.match(line.text)):
            return lines
    if not label.has_text:
        return trimmed(lines[1:]) or lines
    is_apart = label.level and len(lines) > 1 and lines[1].text.strip()
    gap = [Line("", lines[0].number)] if is_apart else []  # a heading is no part of a paragraph
    is_closed = label.closing in lines[0].text[label.column - 1 :]
    is_closed = is_closed or any(label.closing in line.text for line in lines[1:])
    return (_behind(lines[0], label, keeps_emphasis=is_closed), *gap, *lines[1:])


_COLON_FIRST = re.compile(rf"\s*{COLON}[ \t]+(?=\S)")
_LABELLED = re.compile(rf"[\s*_]*[^\W\d_][\w {LETTER_MARKS}]{{0,25}}[*_\s]*{COLON}(?!/)")
_MOST_ANSWERING = 8  # the most lines of an answer that an explanation may follow


def _without_explaining(outline: Outline, lines: Lines) -> Lines:
    """Return the back without the label "Explanation:" after a short answer.

    The explanation becomes a paragraph of its own. The label stays after other labels, and above
    them: there it is one of several parts.
    """
    first = lines[: _MOST_ANSWERING + 1]
    code = [outline.rows[line.number - 1].is_verbatim for line in first]
    able = (at for at, line in enumerate(first) if not code[at] and _is_labelled(outline, line))
    at, below = next(able, len(lines)), next(able, 0)
    if at >= min(len(lines), _MOST_ANSWERING) or any(code[:at]) or below == at + 1:
        return lines
    if lines[at].text[:1].isspace():
        return lines  # in an item of a list
    label = _label(outline, lines[at])
    if label is None or label.concept is not Concept.EXPLANATION or not label.has_colon:
        return lines
    gap = (Line("", lines[at].number),) if at and lines[at - 1].text.strip() else ()
    rest = (_behind(lines[at], label), *lines[at + 1 :])
    return (*lines[:at], *gap, *(rest if label.has_text else trimmed(rest[1:]))) or lines


def _is_labelled(outline: Outline, line: Line) -> bool:
    own = _label(outline, line) if outline.labels else None
    return bool(_LABELLED.match(line.text) or (own and own.is_own))


def _without_hints(outline: Outline, lines: Lines) -> tuple[Lines, Lines]:
    """Return the front without the paragraphs below its first line that say "Hint:", and those."""
    asked, hinted, is_hint = list(lines[:1]), list[Line](), False
    for line in lines[1:]:
        label = _label(outline, line)
        if label and label.concept is Concept.HINT and label.has_colon:
            hinted += [*([Line("", line.number)] if hinted else []), _behind(line, label)]
        elif is_hint and line.text.strip():
            hinted.append(line)
        elif not is_hint or asked[-1].text.strip():
            asked.append(line)
        is_hint = bool(hinted) and hinted[-1].number == line.number
    return (trimmed(asked), tuple(hinted)) if hinted else (lines, ())


def _behind(line: Line, label: Label, *, keeps_emphasis: bool = False) -> Line:
    """Return the line after its label. An emphasis around both stays or goes."""
    text = line.text[label.column - 1 :]
    if label.is_open:
        text = label.opening + text if keeps_emphasis else text.rstrip().removesuffix(label.closing)
    return Line(text, line.number, line.column + label.column - 1)


class Pieces:
    """The answers and definitions of a document, cut out with what is known about all of it."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.document = document = outline.document
        self.macros = _macros(document.source)
        self.embeds = {(each.path, each.target): each for each in document.source.embeds}
        # In a quote a definition cannot be parted from its ``>``; there it stays.
        self._defining = {
            line
            for definition in document.definitions.values()
            if document.source.lines[definition.start - 1].lstrip().startswith("[")
            for line in range(definition.start, definition.end)
        }

    def answer_lines(self, question: Question) -> list[Line]:
        """Return the lines that answer a question, without a list item's indentation.

        Definitions of links and footnotes never belong to an answer, wherever they are.
        """
        if question.given:
            return list(question.given)
        span = question.answer
        lines = cut(self.document.source.lines, span)
        return [line for line in lines if line.number not in self._defining]

    def definition_lines(self, text: str) -> tuple[Line, ...]:
        """Return the lines of the definitions that ``text`` uses, without indentation."""
        found: list[Line] = []
        for definition in self.document.used_in(text):
            if definition.start not in self._defining:
                continue
            rows = self.document.source.lines[definition.start - 1 : definition.end - 1]
            found += outdented(rows, definition.start)
        return tuple(found)


def _macros(source: SourceFile) -> tuple[tuple[str, str], ...]:
    """Return the TeX macros of a file, from its front matter and from blocks that only define."""
    front_matter = source.front_matter
    defined = macros_of(source.path, source.lines[front_matter.length :])
    return tuple({**dict(front_matter.macros), **dict(defined)}.items())


_THIS = (
    r"(?:following|below|given|this|these|siguientes?|est[ea]|seguinte|suivant|folgende[nrms]?|diese"
    r"|следующ|下面|以下|下列|这段|次の|この|다음)"
)
_SPOKEN_OF = lazy_pattern(
    rf"(?i)(?<![a-z]){_THIS}.{{0,40}}(?:{alternatives(Concept.SHOWN)}|program|function|query|程序|函数|语句)"
    rf"|{alternatives(Concept.SHOWN)}.{{0,20}}\b{_THIS}|\bwhat\b.{{0,40}}\b(?:print|log|output)"
)
_THIS_CODE = lazy_pattern(rf"(?i)(?<![a-z]){_THIS}\s?(?:\w+ )?{alternatives(Concept.SHOWN)}")
_MAKES = re.compile(r"(?i)\b(?:write|implement|create|build|develop|convert)\b|编写|实现|写一|作成")
"""A task whose answer is code."""
_LONGEST_ASKED = 300
_OPENS_CODE = (*FENCES, "{{<", "{{%", "{%")


def _names_the_code(front: Passage) -> bool:
    """Whether a question is about "this code", so that code alone cannot answer it."""
    asked = front.markdown[:_LONGEST_ASKED]
    return "`" not in asked and _THIS_CODE.search(asked) is not None


def _behind_code(front: Passage, lines: Lines) -> tuple[int, int] | None:
    """Return the line after code that begins an answer, if the question is about the code."""
    first = next((line.text for line in lines if line.text.strip()), "")
    if not any(sign in first for sign in FENCES):
        return None
    asked = front.markdown[:_LONGEST_ASKED]
    start, end = next(iter(fenced_blocks([line.text for line in lines])), (-1, 0))
    if start < 0 or any(line.text.strip() for line in lines[:start]):
        return None
    is_shown = any(mark in front.markdown for mark in _OPENS_CODE) or _MAKES.search(asked)
    return (end, end) if not is_shown and _SPOKEN_OF.search(asked) else None
