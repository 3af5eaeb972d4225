"""Options to choose from, as lines: ``- [x] A``, ``- A: …``, ``B) …``; marks of the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase, ascii_uppercase

from cardwright.blocks.fences import lines_of_code
from cardwright.blocks.rows import LONGEST, Row, read_rows
from cardwright.blocks.signs import (
    BARE_OPTION,
    BULLET,
    CROSS,
    OPTION,
    QUESTION_MARK,
    TICK,
    TICK_BOX,
    is_rule,
)
from cardwright.dialects.named_options import named
from cardwright.dialects.text.masks import masked
from cardwright.wording.words import Concept, alternatives


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its lines ``start`` to ``end`` of those looked at, from 0, ``end`` not in it.

    ``label`` is its letter, ``""`` where it has none. Its text is the characters ``begin`` to
    ``until`` of its first line and its further lines; ``head`` is what stands before that text.
    Neither has marks that tell right from wrong; ``is_right`` says that one was there, and
    ``is_emoji`` that it may as well praise or blame (``✅``, ``❌``).
    """

    start: int
    end: int
    label: str
    head: str
    begin: int
    until: int
    is_right: bool = False
    is_emoji: bool = False
    indent: int = 0


Options = tuple[Option, ...]
_BOX, _COUNTED, _BARE = "box", "counted", "bare"
_MOST_LINES = 40
"""So many lines at most go from the begin of an option to its end."""
_WIDEST_GAP = 2
"""How far the letters of two options are apart where one was left out."""


def tells(options: Sequence[Option]) -> bool:
    """Whether marks say which of the options are right, and no list of pros and cons is meant."""
    right = sum(option.is_right for option in options)
    is_praise = any(option.is_emoji for option in options)
    return right == 1 < len(options) if is_praise else 0 < right < len(options)


def are_all_ticked(options: Sequence[Option]) -> bool:
    """Whether every box has a tick, so that none of the options is singled out."""
    return all(option.is_right and not option.is_emoji and not option.label for option in options)


def by_label(options: Sequence[Option]) -> dict[str, Option]:
    """The options by their letters, or by those that their order gives where none has one."""
    lettered = {option.label: option for option in options if option.label}
    return lettered or dict(zip("ABCDEFGH", options, strict=False))


def options_in(texts: Sequence[str]) -> tuple[Options, ...]:
    """The groups of options in a piece of Markdown."""
    return option_groups(texts, read_rows(texts, lines_of_code(texts)))


def option_groups(lines: Sequence[str], rows: Sequence[Row]) -> tuple[Options, ...]:
    """Every run of two or more options, in order.

    Letters begin with A and go on, one of them left out at most; options without letters are
    boxes, numbers that the page shows as letters, or bullets of which a single one has a tick.
    Between two of them stand only further lines of the first, code and blank lines.
    """
    found: list[Options] = []
    run: list[_Start] = []
    letters = ""
    has_ticks = any(_TICKED.search(line) for line in lines)
    for at, (line, row) in enumerate(zip(lines, rows, strict=True)):
        letters = _letters_of(line, letters) if "<" in line else letters
        begun = _starts(line, row, letters, has_ticks=has_ticks)
        if begun and run and _goes_on(run[-1], begun[0]):
            run += begun
            continue
        is_new = bool(begun) and begun[0].begins_any
        if run and (is_new or _ends(lines, rows, run[-1], at)):
            found += _closed(lines, rows, run)
            run = []
        if is_new or (begun and begun[0].is_bullet and not run):
            run = [*begun]
    found += _closed(lines, rows, run)
    return tuple(found)


def begins_option(row: Row) -> bool:
    """Whether a row may be an option by itself: it has a box, or one of the first letters."""
    letter = None if row.box or row.is_verbatim else _LETTER.match(row.text[:_LONGEST_MARK])
    return bool(row.box) or (letter is not None and letter["label"] in _LABELS)


@dataclass(frozen=True, slots=True)
class _Start:
    """How an option begins: the characters of its line from which mark and text go.

    ``style`` is what the options of a group have in common; ``until`` is where another option of
    the same line begins, 0 for none.
    """

    at: int
    label: str
    box: str
    style: str
    head: int
    begin: int
    indent: int
    until: int = 0

    @property
    def is_bullet(self) -> bool:
        return not (self.label or self.box)

    @property
    def begins_any(self) -> bool:
        return self.label in ("A", "a") if self.label else bool(self.box)


_TICKED = re.compile(TICK + rf"|\((?i:{alternatives(Concept.RIGHT)})\)")
_HTML_LETTERS = re.compile(
    r"(?i)\s*<(?:div\b[^<>]*\b(?P<case>upper|lower)-alpha\b|ol\b[^<>]*\btype=[\"']?(?P<type>a)\b)"
)
_LABELS = "ABCDEFGHabcdefgh"
_WORD = rf"(?:{BULLET}(?=\S))?(?:(?:\*\*|__)?(?i:{alternatives(Concept.OPTIONS)})[ \t]*(?=[(A-H]))?"
_LETTER = re.compile(rf"{_WORD}{OPTION}")
_BARE_LETTER = re.compile(BARE_OPTION)
_TICK_BOX = re.compile(rf"(?P<box>{TICK_BOX})[ \t]*(?=\S|$)")
_LONGEST_MARK = 80


def _letters_of(line: str, letters: str) -> str:
    """The letters that a page shows for the numbers of the lists below, ``""`` for none."""
    match = _HTML_LETTERS.match(line)
    if match:
        is_upper = match["case"] in ("upper", "Upper") or match["type"] == "A"
        return ascii_uppercase if is_upper else ascii_lowercase
    return "" if "</div" in line or "</ol" in line else letters


def opens_letters(line: str) -> bool:
    """Whether a line opens a stretch in which the page shows letters for numbers."""
    return _HTML_LETTERS.match(line) is not None


def _starts(line: str, row: Row, letters: str, *, has_ticks: bool) -> tuple[_Start, ...]:
    """The options that begin on a line, mostly none."""
    if row.is_verbatim or row.level or len(line) > LONGEST or not (row.text or row.box):
        return ()
    at, begin = row.number - 1, row.offset
    if letters and 0 < row.ordinal <= len(letters):
        return (_Start(at, letters[row.ordinal - 1], "", _COUNTED, 0, begin, row.indent),)
    box = f"[{row.box}]" if row.box else ""
    if not box and (row.marker or row.text[:1] in "[("):
        match = _TICK_BOX.match(line, begin)
        if match and (row.marker or (match["box"][1:] and line[match.end("box") :][:1] in " \t")):
            box, begin = match["box"], match.end()
    is_able = bool(box) or row.kind[:1] != "1"
    head = line[begin : begin + _LONGEST_MARK]
    letter = _LETTER.match(head) if is_able else None
    if letter is not None and not (box and letter["label"] not in _LABELS):
        return _lettered(line, row, letter, box, begin)
    if box:
        return (_Start(at, "", box, _BOX, 0, begin, row.indent),)
    bare = _BARE_LETTER.match(head) if is_able else None
    if bare is not None:
        style = f"{_BARE}{bare['open']}"
        return (_Start(at, bare["label"], "", style, 0, begin + bare.end(), row.indent),)
    if has_ticks and row.marker and not row.ordinal:
        return (_Start(at, "", "", f"{row.quotes}{row.indent}{row.marker}", 0, begin, row.indent),)
    return ()


def _lettered(
    line: str, row: Row, letter: re.Match[str], box: str, begin: int
) -> tuple[_Start, ...]:
    """An option with a letter, and those that stand behind it on its line."""
    at, first, end = row.number - 1, letter["label"], begin + letter.end()
    style = _BOX if box else "A" if first.isupper() else "a"
    behind = None if box else _TICK_BOX.match(line, end)
    if behind is not None and behind["box"][0] == "[":
        box, end = behind["box"], behind.end()
    marks = [(first, 0, end, "  ")] + ([] if box else [*_further(line, first, letter["sign"], end)])
    is_apart = all(len(gap) > 1 for *_, gap in marks)
    if len(marks) == 2 and letter["sign"][0] not in ")）、" and not is_apart:
        marks = marks[:1]
    heads = [begin + letter.start() if marks[1:] else 0, *(mark[1] for mark in marks[1:])]
    ends = [*heads[1:], 0]
    return tuple(
        _Start(at, mark[0], box, style, head, mark[2], row.indent, until)
        for mark, head, until in zip(marks, heads, ends, strict=True)
    )


_FURTHER = re.compile(
    r"(?P<gap>[ \t\u3000]+|[ \t]*\|[ \t]*)(?P<mark>[(\[（]?(?P<label>[A-Ha-h])[).\]、．）])[ \t]*(?=\S)"
)


def _further(line: str, label: str, sign: str, end: int) -> Iterator[tuple[str, int, int, str]]:
    """The letters behind the first one of a line: each with where its mark and text begin."""
    if f"{chr(ord(label) + 1)}{sign[0]}" not in line:
        return
    for match in _FURTHER.finditer(masked(line), end):
        if ord(match["label"]) == ord(label) + 1 and match["mark"][-1] == sign[0]:
            label = match["label"]
            yield label, match.start("mark"), match.end(), match["gap"]


def _goes_on(last: _Start, begun: _Start) -> bool:
    if last.style != begun.style or abs(last.indent - begun.indent) > 3:
        return False
    if begun.style == _BOX or begun.is_bullet:
        return True
    return 0 < ord(begun.label) - ord(last.label) <= _WIDEST_GAP


_BREAK = re.compile(r"</?details|</div|</ol|\*\*\S|\[!|Q\.?\s?\d")


def _ends(lines: Sequence[str], rows: Sequence[Row], last: _Start, at: int) -> bool:
    """Whether a line that goes on with no options belongs to none either."""
    row = rows[at]
    if last.is_bullet or last.style.startswith(_BARE):
        return bool(row.text)
    if row.is_verbatim or not row.text:
        return at - last.at > _MOST_LINES
    is_deep = row.indent > last.indent
    if not is_deep and (row.level or row.ordinal or is_rule(lines[at]) or _BREAK.match(row.text)):
        return True
    if named(row.text):
        return True
    above = rows[at - 1]
    is_lazy = bool(above.text) and not above.is_verbatim
    return not (is_lazy or row.indent > last.indent) or at - last.at > _MOST_LINES


def _closed(lines: Sequence[str], rows: Sequence[Row], run: Sequence[_Start]) -> Iterator[Options]:
    """The options of a run, if they are any."""
    if len(run) < 2 or (run[0].style.startswith(_BARE) and len(run) < _FEWEST_BARE):
        return
    ends = [*(begun.at for begun in run[1:]), _last_end(lines, rows, run)]
    options = [_option(lines, begun, end) for begun, end in zip(run, ends, strict=True)]
    if not run[0].is_bullet:
        yield _with_bold(options, lines)
    elif len(run) <= _MOST_BULLETS and sum(option.is_right for option in options) == 1:
        has_pictures = any(_PICTURE.match(lines[o.start], o.begin) for o in options)
        if not has_pictures and _is_asked(rows, run[0].at):
            yield _with_bold(options, lines)


_FEWEST_BARE = 3
_MOST_BULLETS = 8
_NEAR = 6
_PICTURE = re.compile("[\u2190-\u2bff\U0001f300-\U0001faff]")
_QUESTION_MARK = re.compile(QUESTION_MARK)


def _is_asked(rows: Sequence[Row], at: int) -> bool:
    """Whether one of the nearest lines above has a question mark, or none stands there."""
    above = [row.text for row in rows[max(at - _NEAR, 0) : at] if row.text]
    return not above or any(_QUESTION_MARK.search(text) for text in above)


def _last_end(lines: Sequence[str], rows: Sequence[Row], run: Sequence[_Start]) -> int:
    """Where the last option of a run ends: with its paragraph, or with the code that it is."""
    last = run[-1]
    end = last.at + 1
    is_empty = not lines[last.at][last.begin :].strip()
    while end < len(rows) and end - last.at < _MOST_LINES:
        row = rows[end]
        is_code_next = is_empty and end + 1 < len(rows) and rows[end + 1].is_verbatim
        if not row.text and not row.is_verbatim and not is_code_next:
            break
        is_other = bool(_starts(lines[end], row, "", has_ticks=False))
        if not row.is_verbatim and row.text and (is_other or _ends(lines, rows, last, end)):
            break
        end += 1
    return end


_IN_BRACKETS = (
    rf"[(\[]\s*(?:the\s+)?(?:{alternatives(Concept.RIGHT, Concept.ANSWER)}|true answer"
    rf"|bonne réponse)(?:\s+{alternatives(Concept.ANSWER)})?\s*[)\]]"
)
_ARROW = rf"(?:←|<-+|⬅\ufe0f?)\s*[*_]{{0,2}}{alternatives(Concept.RIGHT, Concept.ANSWER)}\b.{{0,20}}"
_WRONG = rf"(?:{CROSS}|[(\[]\s*{alternatives(Concept.WRONG)}\s*[)\]])"
_RIGHT_BEHIND = re.compile(
    rf"(?i)\s*(?:(?:{TICK}|[*_]{{0,2}}{_IN_BRACKETS}[*_]{{0,2}}|{_ARROW})\s*)+$"
)
_WRONG_BEHIND = re.compile(rf"(?i)\s*(?:{_WRONG}\s*)+$")
_BEFORE = re.compile(rf"(?:\[?(?P<right>{TICK})\]?|\[?{CROSS}\]?)\s*")
_LONGEST_MARKED = 60
_TICKED_BOXES = frozenset("☑☒")


def _option(lines: Sequence[str], begun: _Start, end: int) -> Option:
    """An option, the marks of right and wrong taken from it."""
    end = max(end, begun.at + 1)
    while end > begun.at + 1 and not lines[end - 1].strip("> \t•"):
        end -= 1
    line = lines[begun.at]
    last = begun.until or len(line)
    before = _BEFORE.match(line, begun.begin)
    begin = before.end() if before else begun.begin
    tail = line[max(last - _LONGEST_MARKED, begin) : last].rstrip(" \t,;|" if begun.until else None)
    right = _RIGHT_BEHIND.search(tail)
    behind = right or _WRONG_BEHIND.search(tail)
    until = max(last - _LONGEST_MARKED, begin) + (behind.start() if behind else len(tail))
    box = begun.box
    is_ticked = box[1:-1].strip() != "" if box[1:] else box in _TICKED_BOXES
    is_right = is_ticked or right is not None or (before is not None and bool(before["right"]))
    head = line[begun.head : begun.begin]
    if begun.style == _COUNTED:
        head = re.sub(r"\d+", begun.label, head, count=1)
    if box:
        head = head.replace(box, f"{box[0]} {box[-1]}" if box[1:] else "☐", 1)
    is_emoji = before is not None or begun.is_bullet
    return Option(
        begun.at, end, begun.label, head, begin, until, is_right, is_emoji, begun.indent
    )  # fmt: skip


def _with_bold(options: Sequence[Option], lines: Sequence[str]) -> Options:
    """The options, those in bold being the right ones where nothing else tells which are."""
    is_bold = [_is_bold(option, lines[option.start]) for option in options]
    shows = not any(option.is_right for option in options) and not all(is_bold)
    return tuple(
        _unbold(option, lines[option.start], shows) if bold else option
        for option, bold in zip(options, is_bold, strict=True)
    )


def _is_bold(option: Option, line: str) -> bool:
    text = line[option.begin : option.until]
    mark = text[-2:]
    if mark not in ("**", "__") or len(text) < 3:
        return False
    if option.head.count(mark) == 1:
        return text.count(mark) == 1
    return text.startswith(mark) and text.count(mark) == 2


def _unbold(option: Option, line: str, shows: bool) -> Option:
    mark = line[option.until - 2 : option.until]
    skipped = 0 if option.head.count(mark) == 1 else 2
    if skipped and not (shows or option.is_right):
        return option
    return replace(
        option,
        head=option.head.replace(mark, ""),
        begin=option.begin + skipped,
        until=option.until - 2,
        is_right=option.is_right or shows,
    )
