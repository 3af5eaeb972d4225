"""The answers of a key by their numbers: a list, headings, a table, or all on one line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cardwright.dialects.keys.key_sections import Key
from cardwright.dialects.keys.numbered import Mark, Run, marks, runs
from cardwright.dialects.named_options import named
from cardwright.dialects.tabular.table_rows import cells_of, is_delimiter
from cardwright.dialects.text.labels import is_rule
from cardwright.dialects.text.part_titles import without_part_title
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording import bare_words


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer of a key; ``given`` are its lines where they are no stretch of the file.

    ``title`` is the text behind its number, where more text stands under it.
    """

    number: int
    answer: Span
    given: tuple[Line, ...] = ()
    title: str = ""
    says_answer: bool = False


def entries(outline: Outline, key: Key) -> list[list[Entry]]:
    """The answers of a key in runs, each of which counts up; those that are most."""
    listed = _listed(outline, runs(marks(outline, key.first, key.end)).values())
    found = [_of_run(outline, run, following, key) for run, following in _followed(listed)]
    inline = [*_inline(outline, key)]
    if mixed := _mixed(found, inline):
        return [mixed]
    best = max(inline, [*_in_table(outline, key)], [*_in_a_row(outline, key)], key=len)
    return [best] if len(best) >= max(sum(map(len, found)), 2) else found


def _mixed(found: Sequence[Sequence[Entry]], inline: Sequence[Entry]) -> list[Entry]:
    """The answers of one list and those on lines between its own, where they count together."""
    if len(found) != 1 or not inline:
        return []
    starts = [entry.answer.start for entry in inline]
    both = [*inline]
    for entry in found[0]:
        at = bisect_right(starts, entry.answer.start)
        end = min(entry.answer.end, *starts[at : at + 1], entry.answer.end)
        both.append(replace(entry, answer=replace(entry.answer, end=end)))
    both.sort(key=lambda entry: entry.answer.start)
    counts_up = all(one.number < other.number for one, other in pairwise(both))
    return both if counts_up else []


def _listed(outline: Outline, shapes: Iterable[list[Run]]) -> list[Run]:
    """The runs of the shape that has most, and those of others in sections of their own."""
    ordered = sorted(shapes, key=lambda found: -sum(map(len, found)))
    kept: list[Run] = ordered[0][:] if ordered else []
    lines = outline.heading_lines
    for run in (run for found in ordered[1:] for run in found):
        first, last = bisect_left(lines, run[0].line), bisect_left(lines, run[-1].line)
        begin = lines[first - 1] if first else 0
        end = lines[last] if last < len(lines) else len(outline.lines) + 1
        is_alone = all(end <= each[0].line or each[-1].line < begin for each in kept)
        if is_alone and len(run) >= _FEWEST:
            kept.append(run)
    return sorted(kept, key=lambda run: run[0].line)


_FEWEST = 2


def _followed(found: Sequence[Run]) -> Iterator[tuple[Run, int]]:
    """Each run with the line at which the next one begins, 0 for the last."""
    for at, run in enumerate(found):
        yield run, found[at + 1][0].line if at + 1 < len(found) else 0


def _of_run(outline: Outline, run: Run, following: int, key: Key) -> list[Entry]:
    ends = [*(mark.line for mark in run[1:]), following or key.end]
    return [_entry(outline, mark, end) for mark, end in zip(run, ends, strict=True)]


_CLOSING = re.compile(r"[ \t]*(?:</details>|:{3,}[ \t]*$)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]*[^#\s]")
_MERE_BOLD = re.compile(r"[ \t]*(?:\*\*|__)[^*_]+(?:\*\*|__):?[ \t]*$")


def _entry(outline: Outline, mark: Mark, limit: int) -> Entry:
    end = _end(outline, mark, limit)
    text = outline.lines[mark.line - 1]
    title = text[mark.column - 1 :].strip(" \t#")
    closing = title.find(mark.opening) if mark.opening else -1
    has_more = any(row.strip() for row in outline.lines[mark.line : end - 1])
    is_named = named(title, is_said=False) is not None
    below = Span(mark.line + 1, end)
    says = mark.answers
    if not title:
        return Entry(mark.number, below, says_answer=says)
    if mark.level and has_more and not is_named:
        return Entry(mark.number, below, title=title, says_answer=says)
    indent = len(text[: mark.column - 1].expandtabs(4)) if has_more and not mark.level else 0
    whole = Span(mark.line, end, indent, mark.column)
    if closing < 0 or is_named:
        return Entry(mark.number, whole, title=title if has_more else "", says_answer=says)
    name = title[:closing].rstrip(" :：")
    rest = title[closing + len(mark.opening) :].lstrip(" :：–—-")
    if not rest and has_more:
        return Entry(mark.number, below, title=name, says_answer=says)
    if not rest:
        line = Line(name, mark.line, mark.column)
        return Entry(mark.number, Span(mark.line, mark.line + 1), (line,), says_answer=says)
    column = text.rindex(rest) + 1
    return Entry(mark.number, Span(mark.line, end, indent, column), title=name, says_answer=says)


def _end(outline: Outline, mark: Mark, limit: int) -> int:
    """Where an answer is over: at a rule, a heading that is not deeper, the end of its fold."""
    for number in range(mark.line + 1, limit):
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1]:
            continue
        heading = _HEADING.match(text)
        is_deeper = mark.level and heading and len(text) - len(text.lstrip("# ")) > mark.level
        if is_rule(outline, number) or _CLOSING.match(text) or (heading and not is_deeper):
            limit = number
            break
    limit = without_part_title(outline.lines, outline.is_verbatim, mark.line + 1, limit)
    while limit > mark.line + 1 and not outline.lines[limit - 2].strip():
        limit -= 1
    is_caption = limit > mark.line + 2 and not outline.lines[limit - 3].strip()
    return limit - 1 if is_caption and _MERE_BOLD.match(outline.lines[limit - 2]) else limit


_ON_A_LINE = re.compile(
    r"(?i)(?<![\w.])(?:q\s?)?(?P<number>\d{1,3})\s*(?:[.):：=→-]|->|–)?\s*[(\[*]{0,3}"
    r"(?P<letter>[A-Ha-h](?:\s?[+&/,，、]\s?[A-Ha-h](?!\w))*|true|false|T|F|[√×✓✗对错])"
    r"(?![\w'’.(]\w)(?!\w)"
)
_ALONE = re.compile(r"\s*\d{1,3}\s?[A-Ha-h](?:\s?[+&/,，、]\s?[A-Ha-h])*[\s.,;]*")
_LOST_LETTER = re.compile(r"(?i)(?<!\w)[a-h](?!\w)")


def _inline(outline: Outline, key: Key) -> Iterator[Entry]:
    """``1-B, 2-C`` on one line, or on lines of several each; ``3b`` alone on its line as well."""
    rows = [(number, 1) for number in range(key.first, key.end)]
    if key.column:
        rows.insert(0, (key.line, key.column))
    expected = 0
    for number, column in rows:
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1] or len(text) > 3000 or "|" in text:
            continue
        found = _on_line(text, column)
        if found and int(found[0]["number"]) < expected:
            return
        expected = int(found[0]["number"]) if found else expected
        for match in found:
            if int(match["number"]) != expected:
                return
            expected += 1
            begin, end = match.span("letter")
            yield Entry(int(match["number"]), Span(number, number + 1, 0, begin + 1, end + 1))


def _on_line(text: str, column: int) -> list[re.Match[str]]:
    """The answers on a line that holds hardly anything else, none where a letter is left over."""
    found = [*_ON_A_LINE.finditer(text, column - 1)]
    rest = re.sub(r"<br\s*/?>", "", _ON_A_LINE.sub("", text[column - 1 :]))
    if len(found) < 2 and not _ALONE.fullmatch(text, column - 1):
        return []
    is_whole = len(re.findall(r"\w", rest)) <= len(found) and not _LOST_LETTER.search(rest)
    return found if is_whole else []


_IN_A_ROW = re.compile(r"(?:(?<=[\s;,(*_])|^)(?P<number>\d{1,3})\\?[.)]\*{0,2}[ \t]+(?=\S)")
_LONGEST_ROW = 8000


def _in_a_row(outline: Outline, key: Key) -> Iterator[Entry]:
    """``1. An organ. 2. The part in the soil.`` on the only line of a key, counted from 1."""
    rows = [(at, 1) for at in range(key.first, key.end) if outline.lines[at - 1].strip(" \t>")]
    if key.column:
        rows.insert(0, (key.line, key.column))
    if len(rows) != 1 or len(outline.lines[rows[0][0] - 1]) > _LONGEST_ROW:
        return
    (line, column), text = rows[0], outline.lines[rows[0][0] - 1]
    found: list[re.Match[str]] = []
    for match in _IN_A_ROW.finditer(text, column - 1):
        if int(match["number"]) == len(found) + 1:
            found.append(match)
    if len(found) <= _FEWEST or text[column - 1 : found[0].start()].strip("> \t*_"):
        return
    for match, following in zip(found, [*found[1:], None], strict=True):
        end = following.start() if following else len(text)
        until = match.end() + len(text[match.end() : end].rstrip(" \t;,(*_"))
        yield Entry(int(match["number"]), Span(line, line + 1, 0, match.end() + 1, until + 1))


_NUMBER = re.compile(r"(?i)\W*(?:q|question|no\.?|#)?\s*(?P<number>\d{1,3})\W*")
_NAMES = re.compile(r"(?i)(?:\w+ ){0,2}(?:answers?|ans|key|solution|答案|respuesta|antwort|ответ)")
_FURTHER = re.compile(
    r"(?i)(?:\w+ )?(?:explanations?|rationale|reason(?:ing)?|why|notes?|解析|说明|explicación)"
)


def _in_table(outline: Outline, key: Key) -> Iterator[Entry]:
    """The rows of a table whose first column holds numbers."""
    names: list[str] = []
    for number in range(key.first, key.end):
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1] or text.count("|") < 2:
            continue
        cells = [Line(text[a - 1 : b - 1], number, a) for a, b in cells_of(text, 0)]
        if is_delimiter(text):
            above = outline.lines[number - 2]
            names = [bare_words(above[a - 1 : b - 1]) for a, b in cells_of(above, 0)]
            continue
        match = _NUMBER.fullmatch(cells[0].text) if len(cells) > 1 else None
        if match is None:
            continue
        answer = next((at for at, name in enumerate(names) if at and _NAMES.fullmatch(name)), 1)
        if answer >= len(cells):
            continue
        given = [cells[answer]]
        for cell, name in zip(cells, names, strict=False):
            if _FURTHER.fullmatch(name) and cell.text and cell is not cells[answer]:
                given += [Line("", number), cell]
        yield Entry(int(match["number"]), Span(number, number + 1), tuple(given))
