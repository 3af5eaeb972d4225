"""Reports an explanation: rows for a terminal, and the object that ``explain --json`` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from cardwright.diagnostics import as_dict, many, shorten
from cardwright.dialects import Choice, Verdict
from cardwright.explain import QUESTION, SECTION, Explanation, OutlineEntry, plain_line
from cardwright.explain.parts import TOP_LINK, UncoveredPart
from cardwright.parse.leftovers import LeftOut
from cardwright.parse.why_no_cards import verb
from cardwright.planning.rows import WIDTH, Row, paragraph
from cardwright.terminal import fitted

_NUMBER = 6
_MARGIN = " " * (_NUMBER + 2)
_NAME = 23


def explanation_rows(explanation: Explanation) -> Iterator[Row]:
    """Yield how a file was read: the dialects, the outline, and shapes and lines left out."""
    yield ((explanation.path, "name"),)
    yield from paragraph(_how(explanation), "bad" if explanation.is_kept else "", "  ")
    if explanation.reading.verdicts:
        yield ()
        yield from _comparison(explanation.reading.verdicts)
    if explanation.entries:
        yield ()
        yield from _outline(explanation)
    if explanation.file.left_out:
        yield ()
        yield ((f"{'line':>{_NUMBER}}  other shapes, left out", "quiet"),)
        for left in explanation.file.left_out:
            yield from _shape_rows(left)
    if explanation.left_out:
        yield ()
        yield ((f"{'lines':>{_NUMBER}}  left out", "quiet"),)
        yield from _part_rows(explanation.left_out)
        if explanation.uncovered:
            count = many(explanation.uncovered, "line")
            yield ((f"{'':{_NUMBER}}  {count} on no card", "quiet"),)


def _how(explanation: Explanation) -> str:
    if not explanation.questions:
        return explanation.choice or "no question was found"
    kept = ", as in earlier builds" if explanation.is_kept else ""
    return (
        f"read as {explanation.choice}{kept}: {many(explanation.questions, 'question')}, "
        f"{many(explanation.notes, 'note')}"
    )


def _comparison(verdicts: Sequence[Verdict]) -> Iterator[Row]:
    """Yield the dialects that found anything, with a ``*`` at the chosen ones."""
    head = f"  {'dialect':{_NAME}}{'found':>6}{'asking':>7}{'answered':>9}  "
    yield ((head.rstrip(), "quiet"),)
    for verdict in verdicts:
        shape = verdict.shape
        tone = "good" if verdict.is_chosen else ""
        counts = f"{shape.total:>6,}{shape.asked:>7,}{shape.answered:>9,}  "
        first, *rest = paragraph(verdict.words, tone, width=WIDTH - len(head))
        mark = "* " if verdict.is_chosen else "  "
        yield ((mark, tone), (fitted(shape.name, _NAME), tone), (counts, ""), *first)
        for row in rest:
            yield ((" " * len(head), ""), *row)


def _outline(explanation: Explanation) -> Iterator[Row]:
    """Yield the outline, with how each run of questions was recognised and why answers end."""
    yield ((f"{'line':>{_NUMBER}}  outline", "quiet"),)
    entries, rule = explanation.entries, re.sub(r"\d+", "", explanation.choice)
    for entry in entries:
        like = re.sub(r"\d+", "", entry.rule)  # without the numbers of questions
        if entry.rule and like != rule:
            rule = like
            yield from paragraph(f"known by {entry.rule}:", "quiet", _MARGIN)
        yield _outline_row(entry)
    endings = {entry.ending: None for entry in entries if entry.ending and entry.cards}
    for ending in endings:
        yield from paragraph(f"{_short(ending)}: {ending.value}", "quiet", _MARGIN)


def _short(ending: Enum) -> str:
    return ending.name.lower()


_SHOWN = 3  # how many candidates of a shape that was left out are shown


def _shape_rows(left: LeftOut) -> Iterator[Row]:
    """Yield a shape that was left out: first candidates, what it lacks, the setting for it."""
    asked = f"{left.shape.asked:,} {'asks' if left.shape.asked == 1 else 'ask'}"
    answered = f"{left.shape.answered:,} {'has' if left.shape.answered == 1 else 'have'} an answer"
    counts = f": {asked}, {answered}" if left.shape.total > 1 else ""
    yield from paragraph(f"{left.name}{counts}; {left.lack}", "bad", _MARGIN)
    for each in left.shape.candidates[:_SHOWN]:
        number = f"{each.question.line:>{_NUMBER}}  "
        text = shorten(plain_line(each.question.text), 200)
        yield ((number, "quiet"), ("  " + fitted(text, WIDTH - len(number) - 2), ""))
    more = left.shape.total - _SHOWN
    if more > 0:
        yield ((f"{_MARGIN}  and {more:,} more", ""),)
    words = f"{left.setting} {verb('include', left.setting)} {left.them}"
    yield from paragraph(words, "quiet", _MARGIN)


def _outline_row(entry: OutlineEntry) -> Row:
    number = f"{entry.line:>{_NUMBER}}  "
    indent = "  " * min(entry.depth, 6)
    if entry.kind != QUESTION:
        tone = "quiet" if entry.kind == SECTION else "name"
        mark = "§ " if entry.kind == SECTION else "# "
        text = shorten(entry.text, 200)
        return ((number, "quiet"), (fitted(indent + mark + text, WIDTH - len(number)), tone))
    tail = _tail(entry)
    room = WIDTH - len(number) - len(tail) - 2
    text = fitted(f"{indent}{shorten(entry.text, 200)}", room)
    tone = "good" if entry.cards else "bad"
    return ((number, "quiet"), (text + "  ", ""), (tail, tone))


def _tail(entry: OutlineEntry) -> str:
    if not entry.cards:
        return f"{entry.code} {_SHORT.get(entry.code, entry.reason)}".strip()
    kind = [] if entry.cards == "card" else [entry.cards]
    hint = [f"hint {_range(entry.hint)}"] if entry.hint else []
    words = ", ".join([*kind, *hint, *([_range(entry.answer)] if entry.answer else [])])
    return f"{words} {_short(entry.ending)}" if entry.ending else words


def _range(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"{first}-{last}" if last > first else str(first)


_SHORT = {
    "QA305": "no answer",
    "QA306": "a placeholder",
    "QA307": "only a link",
    "QA311": "no text",
}


def _part_rows(parts: Sequence[UncoveredPart]) -> Iterator[Row]:
    """Yield a row for each part. Links to the top, which follow every answer, share one row."""
    links = [part for part in parts if part.kind == TOP_LINK]
    for part in parts:
        if part.kind != TOP_LINK:
            yield _part_row(part)
        elif part is links[0]:
            yield _part_row(replace(part, text=f"{part.text} ({many(len(links), 'time')})"))


def _part_row(part: UncoveredPart) -> Row:
    number = f"{_range((part.start, part.end)):>{_NUMBER}}  "
    kind = f"{part.kind}: " if part.kind != "text" else ""
    room = max(WIDTH - len(number) - len(kind), 10)
    return ((number, "quiet"), (kind, "bad"), (fitted(shorten(part.text, 200), room), ""))


def explanation_object(explanation: Explanation) -> dict[str, object]:
    """Return the object for a file. Keys are never removed.

    ``answer``, ``hint`` and ``level`` are ``null`` if there is none. ``not_chosen`` has the shapes
    that look like questions and were left out, the evidence they lack, and the setting that
    includes them. ``uncovered`` counts the lines of text on no card.
    """
    choice = explanation.reading.choice or Choice(())
    return {
        "path": explanation.path,
        "title": explanation.file.title,
        "dialects": list(choice.dialects),
        "level": choice.level,
        "kept": explanation.is_kept,
        "questions": explanation.questions,
        "notes": explanation.notes,
        "compared": [_verdict_object(verdict) for verdict in explanation.reading.verdicts],
        "outline": [_entry_object(entry) for entry in explanation.entries],
        "not_chosen": [_shape_object(left) for left in explanation.file.left_out],
        "left_out": [
            {"start": part.start, "end": part.end, "kind": part.kind, "text": part.text}
            for part in explanation.left_out
        ],
        "uncovered": explanation.uncovered,
        "diagnostics": [as_dict(problem) for problem in explanation.diagnostics],
    }


def _verdict_object(verdict: Verdict) -> dict[str, object]:
    shape = verdict.shape
    return {
        "dialect": shape.dialect.name,
        "level": shape.level,
        "questions": shape.total,
        "asking": shape.asked,
        "answered": shape.answered,
        "chosen": verdict.is_chosen,
        "why": verdict.words,
    }


def _shape_object(left: LeftOut) -> dict[str, object]:
    """Return a whole shape that looks like questions and was left out."""
    return {
        "dialect": left.shape.dialect.name,
        "level": left.shape.level,
        "asking": left.shape.asked,
        "answered": left.shape.answered,
        "in_answers": left.shape.total - len(left.outside),
        "lacks": left.lack,
        "setting": left.setting,
        "questions": [
            {
                "line": each.question.line,
                "text": plain_line(each.question.text),
                "asks": each.asks,
                "has": each.answer.value,
            }
            for each in left.shape.candidates
        ],
    }


def _entry_object(entry: OutlineEntry) -> dict[str, object]:
    line = {"kind": entry.kind, "line": entry.line, "depth": entry.depth, "text": entry.text}
    if entry.kind != QUESTION:
        return line
    return {
        **line,
        "answer": _lines_object(entry.answer),
        "hint": _lines_object(entry.hint),
        "cards": entry.cards,
        "reason": entry.reason,
        "code": entry.code,
        "rule": entry.rule,
        "ending": entry.ending.value if entry.ending else "",
    }


def _lines_object(extent: tuple[int, int] | None) -> dict[str, int] | None:
    return {"start": extent[0], "end": extent[1]} if extent else None
