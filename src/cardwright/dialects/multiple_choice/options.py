"""Options to choose from, as lines: ``- [x] A``, ``- A: …``, ``B) …``; marks of the right one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.multiple_choice.glued import glued_marks
from cardwright.dialects.multiple_choice.lettered import NUMBERED, letters_of
from cardwright.dialects.multiple_choice.right_answers import named


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its lines ``start`` to ``end`` of those looked at, from 0, ``end`` not in it.

    ``label`` is its letter, ``""`` where it has none. Its text is the characters ``begin`` to
    ``until`` of its first line and its further lines; ``head`` is what stands before that text.
    Neither has marks that tell right from wrong; ``is_right`` says that one was there, and
    ``is_emoji`` that it may as well praise or blame (``✅``, ``❌``). ``indent`` is in columns.
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


def tells(options: Sequence[Option]) -> bool:
    """Whether marks say which of the options are right, and no list of pros and cons is meant."""
    right = sum(option.is_right for option in options)
    is_praise = any(option.is_emoji for option in options)
    return right == 1 < len(options) if is_praise else 0 < right < len(options)


def groups(lines: Sequence[str], is_code: Sequence[bool]) -> list[tuple[Option, ...]]:
    """Every run of two or more options, in order.

    Letters begin with A and go on, one of them left out at most; options without letters are
    a list of boxes, or of numbers that the page shows as letters.
    Between two of them stand only further lines of the first, code and blank lines.
    """
    found: list[tuple[Option, ...]] = []
    run: list[_Start] = []
    at, letters = 0, ""
    while at < len(lines):
        is_plain = is_code[at] or _begins_with_word(lines[at])
        glued = () if is_plain else glued_options(lines[at], at)
        if glued and glued[0].label in "Aa":
            _close(found, run, lines, is_code)
            run = []
            found.append(glued)
        elif glued and found and _follows(found[-1], glued[0], at):
            found[-1] = (*found[-1], *glued)
        if glued:
            at += 1
            continue
        letters = letters_of(lines[at], letters) if "div" in lines[at] else letters
        begun = None if is_plain else _start(lines[at], at, letters)
        if begun is not None and _goes_on(run, begun):
            run.append(begun)
        elif begun is not None and (begun.box or begun.label in "Aa"):
            _close(found, run, lines, is_code)
            run = [begun]
        elif run and _ends(lines, at, run, is_code):
            _close(found, run, lines, is_code)
            run = []
        at += 1
    _close(found, run, lines, is_code)
    return found


def glued_options(line: str, at: int) -> tuple[Option, ...]:
    """The options of a line that holds two or more, ``()`` for any other."""
    marks = glued_marks(line)
    if not marks:
        return ()
    ends = [*(mark.start for mark in marks[1:]), len(line)]
    return tuple(
        Option(at, at + 1, mark.label, line[mark.start : mark.end], mark.end,
               mark.end + len(line[mark.end : end].rstrip(" \t,;|")), indent=marks[0].start)
        for mark, end in zip(marks, ends, strict=True)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Start:
    """The first line of an option: its box and letter, both ``""`` where it has none."""

    at: int
    label: str
    box: str
    style: str
    begin: int
    indent: int


_BULLET = r"(?P<indent>[ \t>]*)(?:[-*+•◦▪][ \t]*(?![-+ \t]))?"
_BOX = re.compile(
    r"(?P<indent>[ \t>]*)(?:(?:[-*+•]|\d{1,2}[.)])[ \t]+|(?=(?:\([ xX]\)|\[[ xX]\])(?:\s|$)))"
    r"(?P<box>\[[ xX✓✔✅]?\]|\((?: |x|X)\)|[☐☑☒✅❌⬜])[ \t]*(?=\S|$)"
)
_LETTER = re.compile(
    _BULLET + r"(?P<open>(?:\*\*|__)?[(\[（]?(?:\*\*|__)?)(?P<label>[A-Za-z])"
    r"(?P<close>(?:\*\*|__)?[.):：、）．\]]+(?:\*\*|__)?)"
    r"(?=\s|$|[^\x00-\x7f]|[`$*\"'(A-Z<0-9-]|(?<=、)\w)[ \t]*"
)


def _follows(options: Sequence[Option], begun: Option, at: int) -> bool:
    """Whether an option at the begin of line ``at`` goes on with those of the line above."""
    last = options[-1]
    return last.start == at - 1 and ord(begun.label) == ord(last.label) + 1


def _begins_with_word(line: str) -> bool:
    return line[:1].isalpha() and (line[1:2].isalnum() or line[1:2] == " ")


def _start(line: str, at: int, letters: str) -> _Start | None:
    head = line[:_LONGEST_MARK]
    number = NUMBERED.match(head) if letters else None
    if number and 0 < int(number["number"]) <= len(letters):
        label = letters[int(number["number"]) - 1]
        return _Start(at, label, "", "1", number.end(), _width(number["indent"]))
    box = _BOX.match(head)
    if box:
        begin, label = box.end(), ""
        letter = _LETTER.match(head[begin:])
        if letter:
            label, begin = letter["label"], begin + letter.end()
        return _Start(at, label, box["box"], "box", begin, _width(box["indent"]))
    letter = _LETTER.match(head)
    if letter is None:
        return None
    style = "A" if letter["label"].isupper() else "a"
    return _Start(at, letter["label"], "", style, letter.end(), _width(letter["indent"]))


_LONGEST_MARK = 200


def _width(indent: str) -> int:
    return len(indent.expandtabs(4))


_WIDEST_GAP = 2
"""How far the letters of two options are apart where one was left out."""


def _goes_on(run: Sequence[_Start], begun: _Start) -> bool:
    if not run or run[-1].style != begun.style:
        return False
    if abs(run[-1].indent - begun.indent) > 3:
        return False
    return begun.style == "box" or 0 < ord(begun.label) - ord(run[-1].label) <= _WIDEST_GAP


_BREAK = re.compile(
    r"\s{0,3}(?:#{1,6}\s|(?:[-*_] ?){3,}$|</?details|</div|\*\*\S|(?:>\s*)*\[!|Q\.?\s?\d"
    r"|(?:>\s?)?\d{1,4}[.)]\s)"
)


def _ends(lines: Sequence[str], at: int, run: Sequence[_Start], is_code: Sequence[bool]) -> bool:
    """Whether a line that begins no option belongs to none either."""
    text = lines[at]
    if is_code[at] or not text.strip("> \t•"):
        return at - run[-1].at > _MOST_LINES
    if _BREAK.match(text) or named(text):
        return True
    is_lazy = bool(lines[at - 1].strip("> \t")) and not is_code[at - 1]
    is_inside = _width(text[: len(text) - len(text.lstrip(" \t>"))]) > run[-1].indent
    return not (is_lazy or is_inside) or at - run[-1].at > _MOST_LINES


_MOST_LINES = 40


def _close(
    found: list[tuple[Option, ...]], run: list[_Start], lines: Sequence[str],
    is_code: Sequence[bool],
) -> None:  # fmt: skip
    """Add the options of a run to what is found, if they are two or more."""
    if len(run) < 2:
        return
    ends = [*(begun.at for begun in run[1:]), _last_end(lines, run, is_code)]
    read = [_option(lines, begun, end) for begun, end in zip(run, ends, strict=True)]
    found.append(_with_bold(read, lines))


def _last_end(lines: Sequence[str], run: Sequence[_Start], is_code: Sequence[bool]) -> int:
    """Where the last option of a run ends: with its paragraph, or with the code that it is."""
    last = run[-1]
    end = last.at + 1
    is_bare = not lines[last.at][last.begin :].strip()
    while end < len(lines) and end - last.at < _MOST_LINES:
        text = lines[end]
        if not text.strip("> \t"):
            following = end + 1 < len(lines) and is_code[end + 1]
            if not (is_bare and following):
                break
        elif not is_code[end] and (_ends(lines, end, run, is_code) or _start(text, end, "")):
            break
        end += 1
    return end


_RIGHT = (
    r"(?:[✅✓✔☑]\ufe0f?|[*_]{0,2}[(\[]\s*(?:the\s+)?(?:correct|right|true answer"
    r"|richtig|correct[oa]|cert[oa]|corret[oa]|vrai|bonne réponse|giusto|верно|правильно"
    r"|正确|正確|正解|정답)(?:\s+answer)?\s*[)\]][*_]{0,2}"
    r"|(?:←|<-+|⬅\ufe0f?)\s*[*_]{0,2}(?:correct|right|answer)\b.{0,20})"
)
_WRONG = r"(?:[❌✗✘]\ufe0f?|[(\[]\s*(?:incorrect|wrong|falsch|错误)\s*[)\]])"
_RIGHT_BEHIND = re.compile(rf"(?i)\s*(?:{_RIGHT}\s*)+$")
_WRONG_BEHIND = re.compile(rf"(?i)\s*(?:{_WRONG}\s*)+$")
_BEFORE = re.compile(r"(?:(?P<right>[✅✓✔☑])|[❌✗✘])\ufe0f?\s*")
_LONGEST_MARKED = 60


def _option(lines: Sequence[str], begun: _Start, end: int) -> Option:
    while end > begun.at + 1 and not lines[end - 1].strip("> \t•"):
        end -= 1
    text = lines[begun.at]
    tail = max(begun.begin, len(text) - _LONGEST_MARKED)
    before = _BEFORE.match(text, begun.begin)
    begin = before.end() if before else begun.begin
    right = _RIGHT_BEHIND.search(text, max(tail, begin))
    behind = right or _WRONG_BEHIND.search(text, max(tail, begin))
    until = max(behind.start() if behind else len(text.rstrip()), begin)
    is_ticked = begun.box[1:-1].strip() != "" if begun.box[1:] else begun.box in _TICKS
    is_right = is_ticked or right is not None or (before is not None and bool(before["right"]))
    head = text[: begun.begin]
    if begun.style == "1":
        head = re.sub(r"\d+", begun.label, head, count=1)
    if begun.box:
        at = head.index(begun.box)
        head = head[:at] + _untick(begun.box) + head[at + len(begun.box) :]
    is_emoji = before is not None or begun.box in ("✅", "❌")
    return Option(
        begun.at, end, begun.label, head, begin, until, is_right, is_emoji, begun.indent
    )  # fmt: skip


_TICKS = frozenset("☑☒✅")


def _untick(box: str) -> str:
    return f"{box[0]} {box[-1]}" if box[1:] else "☐"


def _with_bold(options: Sequence[Option], lines: Sequence[str]) -> tuple[Option, ...]:
    """The options, those in bold being the right ones where nothing else tells which are."""
    is_bold = [_is_bold(option, lines[option.start]) for option in options]
    tells = not any(option.is_right for option in options) and not all(is_bold)
    return tuple(
        _unbold(option, lines[option.start], tells) if bold else option
        for option, bold in zip(options, is_bold, strict=True)
    )


def _is_bold(option: Option, line: str) -> bool:
    text = line[option.begin : option.until]
    if not text.endswith(("**", "__")) or len(text) < 3:
        return False
    mark = text[-2:]
    is_begun = option.head.count(mark) == 1
    return text.count(mark) == 1 if is_begun else text.startswith(mark) and text.count(mark) == 2


def _unbold(option: Option, line: str, tells: bool) -> Option:
    mark = line[option.until - 2 : option.until]
    skipped = 2 if line.startswith(mark, option.begin) and option.head.count(mark) != 1 else 0
    if skipped and not tells:
        return option
    return replace(
        option,
        head=option.head.replace(mark, ""),
        begin=option.begin + skipped,
        until=option.until - 2,
        is_right=option.is_right or tells,
    )
