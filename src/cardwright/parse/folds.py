"""What an answer folds away: hints, further reading, and answers behind a summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.folding.fold_marks import sole_answer, telling_folds
from cardwright.dialects.folding.folds import Fold
from cardwright.dialects.folding.summaries import says_answer, says_hint
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line, Passage

_CALLOUT = re.compile(r"> ?\[!(hint|extra)\][-+]?[ \t]*(?P<rest>.*)$", re.IGNORECASE)


def split_folds(front: Passage, answer: Passage) -> tuple[Passage, Passage, Passage, Passage]:
    """Front, back, hint and extra of a note, from its question and what stands under it.

    Callouts ``> [!hint]`` and ``> [!extra]`` and folds whose title says Hint leave the answer.
    Where the answer itself is in a fold whose title says so, what stands before it (code,
    options) belongs to the question; text behind it makes the fold a part of the answer.
    """
    path, none = answer.path, Passage(answer.path)
    text = answer.markdown
    if not any(sign in text for sign in _SIGNS):
        return front, Passage(path, _stripped(answer.lines)), none, none
    parts = _parted(unwrapped(answer.lines))
    if parts.more is not None:
        front = _with_more(front, parts.more)
    back, hint, extra = (
        Passage(path, _stripped(kept)) for kept in (parts.kept, parts.hint, parts.extra)
    )
    return front, back, hint, extra


_SIGNS = ("<", "[!", "???", "!!!", ":::", "{{", "{%", "```", "~~~")
"""Without any of them nothing is folded away, and no code stands in its indentation."""


@dataclass(slots=True)
class _Parts:
    """The lines under a question; ``more`` are those of the question, ``None`` for none."""

    kept: list[Line] = field(default_factory=list)
    hint: list[Line] = field(default_factory=list)
    extra: list[Line] = field(default_factory=list)
    more: list[Line] | None = None


def _parted(lines: Sequence[Line]) -> _Parts:
    texts = [line.text for line in lines]
    is_code = lines_of_code(texts)
    found = list(telling_folds(texts, is_code))
    if all(says_hint(fold.text) for fold in found):
        sole = sole_answer(texts, found)
        found += [sole] if sole else []
    folds = {fold.start: fold for fold in found}
    answers = [fold.start for fold in folds.values() if not says_hint(fold.text)]
    is_apart = _last_text(texts, folds.values()) < min(answers, default=0)
    parts = _Parts()
    index = 0
    while index < len(lines):
        line = lines[index]
        callout = None if is_code[index] else _CALLOUT.match(line.text)
        fold = folds.get(index + 1)
        if callout:
            end = _end_of_quote(lines, index)
            target = parts.hint if callout[1].lower() == "hint" else parts.extra
            _add(target, _unquoted(lines[index:end], callout["rest"]))
            index = end
        elif fold and (is_apart or says_hint(fold.text)):
            parts.kept += _before(lines, fold)
            if not says_hint(fold.text) and parts.more is None:
                parts.more, parts.kept = parts.kept, []
            target = parts.hint if says_hint(fold.text) else parts.kept
            _add(target, _body(lines, texts, fold))
            index = fold.end - 1
        else:
            parts.kept.append(line)
            index += 1
    return parts


def _last_text(texts: Sequence[str], found: Iterable[Fold]) -> int:
    """The index of the last line with text that stands in none of the folds, ``-1`` for none."""
    inside = {number for fold in found for number in range(fold.start, fold.end)}
    return max(
        (
            index
            for index, text in enumerate(texts)
            if index + 1 not in inside and _WORD.search(_TAG.sub("", text))
        ),
        default=-1,
    )


_WORD = re.compile(r"\w")
_TAG = re.compile(r"<[^<>]*>")


def _before(lines: Sequence[Line], fold: Fold) -> list[Line]:
    """The text that stands before a fold on its first line."""
    first = lines[fold.start - 1]
    text = first.text[: fold.column - 1]
    return [Line(text, first.number, first.column)] if re.search(r"\w", text) else []


def _body(lines: Sequence[Line], texts: Sequence[str], fold: Fold) -> tuple[Line, ...]:
    """What a fold hides; its span counts lines from the first of ``lines``."""
    return unwrapped([_placed(lines, row) for row in cut(texts, fold.body)])


def _placed(lines: Sequence[Line], row: Line) -> Line:
    line = lines[row.number - 1]
    return Line(row.text, line.number, line.column + row.column - 1)


_WRAPPER = re.compile(r"(?i)\s*<(p|div|blockquote|b|center|section)\b[^<>]*>\s*$")
_MOST_WRAPPERS = 4


def unwrapped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without tags that stand around all of them on lines of their own.

    What they hold was indented for them, and then is as far left as its first line can stand.
    """
    for _ in range(_MOST_WRAPPERS):
        lines = _stripped(lines)
        opening = _WRAPPER.match(lines[0].text) if len(lines) > 1 else None
        if opening and opening[1].lower() == "p":
            lines = _without_paragraphs(lines)
            continue
        if opening is None or lines[-1].text.strip().lower() != f"</{opening[1].lower()}>":
            break
        lines = _outdented(_stripped(lines[1:-1]))
    return tuple(_outdented(lines) if lines and _INDENTED.match(lines[0].text) else lines)


_INDENTED = re.compile(
    r"(?i)[ \t]+(?:<(?:p|div|ul|ol|li|b|i|br|span|strong|table|h\d|img|a)\b|```|~~~)"
)
"""What begins an answer and is no code, however far it is indented."""


def _outdented(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines as far left as the first one can stand."""
    indent = _indentation(lines[0].text) if lines else 0
    rows = cut([line.text for line in lines], Span(1, len(lines) + 1, indent))
    return tuple(_placed(lines, row) for row in rows)


def _without_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that are nothing but ``<p>`` or ``</p>`` now blank, code apart.

    GitHub's readers put them around Markdown in folds, and many are never closed.
    """
    is_code = lines_of_code([line.text for line in lines])
    return [
        replace(line, text="") if not code and _PARAGRAPH.match(line.text) else line
        for line, code in zip(lines, is_code, strict=True)
    ]


_PARAGRAPH = re.compile(r"(?i)\s*</?p\b[^<>]*>\s*$")


def _indentation(text: str) -> int:
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def _with_more(front: Passage, lines: Sequence[Line]) -> Passage:
    kept = _stripped([line for line in lines if not _announces(line.text)])
    asked = front.lines if front.markdown.strip() else ()
    gap = (Line("", kept[0].number),) if kept and asked else ()
    return Passage(front.path, (*asked, *gap, *kept))


def _announces(text: str) -> bool:
    """Whether a line is a heading over the fold of a hint or an answer."""
    heading = re.match(r" {0,3}#{1,6}\s+(.{1,80})$", text)
    return heading is not None and (says_answer(heading[1]) or says_hint(heading[1]))


def _add(target: list[Line], lines: Sequence[Line]) -> None:
    """Add lines behind a blank one."""
    kept = _stripped(lines)
    while target and not target[-1].text.strip():
        target.pop()
    if kept:
        target += [*([Line("", kept[0].number)] if target else []), *kept]


def _end_of_quote(lines: Sequence[Line], index: int) -> int:
    while index < len(lines) and lines[index].text.startswith(">"):
        index += 1
    return index


def _unquoted(lines: Sequence[Line], rest: str) -> list[Line]:
    """The lines of a callout without their ``>``; text behind its mark is its first line."""
    first = [Line(rest, lines[0].number, lines[0].column + len(lines[0].text) - len(rest))]
    # The title of a callout is a paragraph of its own.
    return ([*first, Line("", lines[0].number)] if rest else []) + [
        Line(line.text[cut:], line.number, line.column + cut)
        for line in lines[1:]
        for cut in [2 if line.text.startswith("> ") else 1]
    ]


def _stripped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without blank ones and lone line breaks at both ends."""
    return trimmed(lines, _BLANK.match)


_BLANK = re.compile(r"(?i)\s*(?:</?br\s*/?>\s*)*$")
