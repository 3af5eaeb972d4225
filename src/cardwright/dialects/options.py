"""Finds options to choose from, ``- [x] A``, ``- A: …`` or ``B) …``, and marks of the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cardwright.blocks.fences import lines_of_code
from cardwright.blocks.rows import LONGEST, Row, read_rows
from cardwright.dialects.named_options import named
from cardwright.dialects.text.masks import masked
from cardwright.dialects.text.order import with_next
from cardwright.wording.signs import (
    BARE_OPTION,
    BOLD_SIGN,
    BOXES,
    BULLET,
    BULLETS,
    COLONS,
    CROSS,
    CROSSES,
    EMPTY_BOX,
    LETTERED,
    LETTERS,
    OPTION,
    TICK,
    TICK_BOX,
    TICKED_BOXES,
    TICKS,
    is_rule,
)
from cardwright.wording.words import Concept, alternatives, lazy_pattern


class Option(NamedTuple):
    """An option: its lines ``start`` to ``end`` (not included) of those given, from 0.

    ``label`` is its letter, or ``""``. Its text is the characters ``begin`` to ``until`` of its
    first line, and its further lines. ``head`` is the text before it. Both come without marks of
    right and wrong. ``is_right`` says that there was a mark of right, ``is_wrong`` one of wrong.
    ``is_emoji`` says that the mark can also be praise or blame (``✅``, ``❌``). ``style`` is what
    all options of a group have in common. ``indent`` is in columns. ``line`` is the first line.
    """

    start: int
    end: int
    label: str
    head: str
    begin: int
    until: int
    style: str
    indent: int
    line: str
    is_right: bool = False
    is_emoji: bool = False
    is_wrong: bool = False

    @property
    def text(self) -> str:
        """Its text on its first line."""
        return self.line[self.begin : self.until]


Options = tuple[Option, ...]
Begun = Mapping[int, Sequence[Option]]
"""The options that begin on each line, by its index. Other lines are left out."""
BOX, ITEM, _BARE = "box", "item", "bare"
_MOST_LINES = 40
"""The most lines of an option."""
_WIDEST_GAP = 2
"""How far apart the letters of two options are if one was left out."""
_FEWEST_BARE, _FEWEST_BOLD = 3, 4
_STRIKE = "~~"


def are_settled(options: Sequence[Option], *, is_choice: bool = False) -> bool:
    """Whether marks say which options are right, and this is not a list of pros and cons.

    ``is_choice`` says that the question tells to choose, so that it cannot be such a list.
    """
    right = sum(option.is_right for option in options)
    if is_choice or not any(option.is_emoji for option in options):
        return 0 < right < len(options)
    is_bare = not options[0].label and all(option.is_emoji for option in options)
    return right == 1 < len(options) and not is_bare


def are_all_ticked(options: Sequence[Option]) -> bool:
    """Whether every box has a tick, so that none of the options is singled out."""
    return all(option.is_right and not option.is_emoji for option in options)


def by_label(options: Sequence[Option]) -> dict[str, Option]:
    """Return the options by their letters, or by the letters that follow from their order."""
    lettered = {option.label: option for option in options if option.label}
    return lettered or dict(zip(LETTERS, options, strict=False))


def options_begun(rows: Sequence[Row], *, by_bold: bool) -> Begun:
    """Return the lines that look like options by themselves.

    With ``by_bold``, a list is one of options if an item is in bold.
    """
    found = ((row.number - 1, _begun(row)) for row in rows if row.text or row.box)
    begun = {at: options for at, options in found if options}
    items: dict[int, list[Option]] = {}
    seen: set[int] = set()
    judged = (at for at, row in enumerate(rows) if _is_judged(row) or (by_bold and _is_bold(row)))
    for at in judged:
        if at in seen:
            continue
        around = [*_list_around(rows, at)]
        seen.update(around)
        signs = [(each[0].style, each[0].label or at) for at in around if (each := begun.get(at))]
        if len({style for style, _ in signs}) != 1 or len({*signs}) < len(around):
            # "A bridge" is no option A among others
            items |= {at: [_option(rows[at], _behind_strike(rows[at]), ITEM)] for at in around}
    return dict(sorted({**begun, **items}.items())) if items else begun


def _is_item(row: Row) -> bool:
    """Whether a row is an item of a list without numbers, boxes and headings."""
    return not (row.kind[:1] in ("", "1") or row.box or row.level)


_RIGHT = alternatives(Concept.RIGHT, Concept.ANSWER)
_OPTIONS = alternatives(Concept.OPTIONS)
_IN_BRACKETS = (
    rf"[(\[]\s*(?:the\s+|{_OPTIONS}\s+)?(?:{_RIGHT}|true answer|bonne réponse)"
    rf"(?:\s+(?:{_RIGHT}|{_OPTIONS}))?\s*[)\]]"
)
_BEHIND_DASH = rf"(?<=\s)[–—-]+\s*[*_]{{0,2}}{alternatives(Concept.RIGHT)}[*_.!]{{0,3}}"
_ARROW = rf"(?:←|<-+|⬅\ufe0f?)\s*[*_]{{0,2}}{_RIGHT}\b.{{0,20}}"
_OPENS_JUDGED, _ENDS_JUDGED = frozenset(f"{TICKS}:~"), frozenset(f"{TICKS}\ufe0f:~←⬅)]*_")
_STRUCK = r"~~(?=\S)(?:(?!~~).)+~~$"
_JUDGED = lazy_pattern(
    rf"(?i)^(?:{TICK}|{_STRUCK})"
    rf"|(?:{TICK}|\s(?:←|⬅\ufe0f?|{_ARROW}|[*_]{{0,2}}{_IN_BRACKETS}[*_]{{0,2}}))$"
)


def _is_judged(row: Row) -> bool:
    """Whether an item of a list or a count has a mark that says right, or is struck out."""
    if not row.kind or row.box or row.level:
        return False
    text = row.text
    is_able = text[:1] in _OPENS_JUDGED or text[-1:] in _ENDS_JUDGED or "<-" in text or "←" in text
    return is_able and _JUDGED.search(row.text) is not None


_BOLD = re.compile(rf"({BOLD_SIGN}|==)(?=\S)(?:(?!\1).)+(?<![{COLONS}])\1[\s.,;]*")
"""A bold text that is no label."""


def _is_bold(row: Row) -> bool:
    """Whether an item of a list is all in bold."""
    return _is_item(row) and _BOLD.fullmatch(row.text) is not None


def bold_is_right(rows: Sequence[Row]) -> bool:
    """Whether bold items are the right ones of a quiz: most lists have some, not only the first."""
    lists: list[list[Row]] = []
    for row in rows:
        last = lists[-1][0] if lists else None
        if _is_item(row):
            if last and (row.kind, row.indent, row.quotes) == (last.kind, last.indent, last.quotes):
                lists[-1].append(row)
            elif not last or not _is_item(last) or row.indent <= last.indent:
                lists.append([row])
        elif last and row.text and not row.is_verbatim and row.indent <= last.indent:
            lists.append([row])  # what is no item ends a list
    bold = [[_is_bold(row) for row in rows] for rows in lists if 2 < len(rows) <= len(LETTERS)]
    some = [flags.index(True) for flags in bold if any(flags) and not all(flags)]
    return len(some) >= _FEWEST_BOLD and len(some) * 3 >= len(bold) * 2 and len({*some}) > 1


def _list_around(rows: Sequence[Row], at: int) -> Iterator[int]:
    """Yield the items of the list that has an item on the line ``at``."""
    item = rows[at]
    yield at
    for lines in (range(at - 1, -1, -1), range(at + 1, len(rows))):
        for row in map(rows.__getitem__, lines):
            if (row.kind, row.indent, row.quotes) == (item.kind, item.indent, item.quotes):
                yield row.number - 1
            elif not (row.is_blank or row.is_verbatim or row.indent > item.indent):
                break


@lru_cache(maxsize=4096)  # the steps that make the sides of a note ask for the same passage
def options_of(texts: tuple[str, ...], *, by_bold: bool) -> tuple[Options, ...]:
    """Return the groups of options in a passage."""
    rows = read_rows(texts, lines_of_code(texts))
    return tuple(option_groups(rows, options_begun(rows, by_bold=by_bold)))


def option_groups(rows: Sequence[Row], begun: Begun) -> Iterator[Options]:
    """Yield every run of two or more options, in order.

    Letters begin with A and continue, with at most one gap. Options without letters have boxes.
    Between two of them are only further lines of the first, code and blank lines.
    """
    run: list[Option] = []
    for at, options in begun.items():
        between = range(run[-1].start + 1, at) if run else ()
        is_over = any(_ends(rows, run[-1], line) for line in between)
        is_first = options[0].label in ("A", "a") or options[0].style in (BOX, ITEM)
        if run and not is_over and _goes_on(run[-1], options[0]):
            run += options
        elif not run or is_over or is_first or _ends(rows, run[-1], at):
            yield from _closed(rows, begun, run)
            run = [*options] if is_first else []
    yield from _closed(rows, begun, run)


_LETTER = lazy_pattern(
    rf"(?:{BULLET}(?=\S))?"
    rf"(?:{BOLD_SIGN}?(?i:{alternatives(Concept.OPTIONS)})[ \t]*(?=[({LETTERS}]))?{OPTION}"
)
_BARE_LETTER = re.compile(BARE_OPTION)
_TICK_BOX = re.compile(rf"(?P<box>{TICK_BOX})[ \t]*(?=\S|$)")
_LONGEST_MARK = 80


def begins_option(row: Row) -> bool:
    """Whether a row may be an option by itself: it has a box, or one of the first letters."""
    judged = _judged_first(row.text)
    text = row.text[judged.end() if judged else 0 :][:_LONGEST_MARK]
    letter = None if row.box else _LETTER.match(text)
    return bool(row.box) or (letter is not None and letter["label"].upper() in LETTERS)


def _begun(row: Row) -> list[Option]:
    """Return the options that begin on a line, mostly none."""
    line = row.raw
    if row.is_verbatim or row.level or len(line) > LONGEST:
        return []
    begin, box = _behind_strike(row), f"[{row.box}]" if row.box else ""
    if not (box or line[begin : begin + 1] in _OPENS_JUDGED_FIRST or may_begin(line, begin)):
        return []
    match = None if box else _TICK_BOX.match(line, begin)
    if match and (row.marker or line[match.end("box") :][:1] in " \t"):
        box, begin = match["box"], match.end()
    judged = None if box else _judged_first(line, begin)
    begin = judged.end() if judged else begin
    if not (box or judged or may_begin(line, begin)):
        return []
    is_able = bool(box) or not row.ordinal
    letter = _LETTER.match(line[begin : begin + _LONGEST_MARK]) if is_able else None
    bare = _BARE_LETTER.match(line, begin) if is_able and not box else None
    if letter and not (box and letter["label"].upper() not in LETTERS):
        first, *others = _lettered(row, letter, box, begin)
        return [_judged(first, judged) if judged else first, *others]
    if judged:
        return [] if row.marker else [_option(row, judged.start(), ITEM)]
    if box:
        return [_option(row, begin, BOX, box=box)]
    if bare:
        return [_option(row, bare.end(), _BARE + bare["open"], bare["label"])]
    return []


_OPENS_JUDGED_FIRST = frozenset(f"*{TICKS}{CROSSES}:")
_JUDGED_FIRST = re.compile(
    rf"(?:(?P<right>(?P<star>\*)(?=[A-Za-z][.)])(?![^*]*\*)|{TICK})|{CROSS})\s*(?=\S)"
)


def _judged_first(line: str, begin: int = 0) -> re.Match[str] | None:
    """Return the mark before an option that says whether it is right: ``✅``, ``*b)``."""
    is_able = line[begin : begin + 1] in _OPENS_JUDGED_FIRST
    return _JUDGED_FIRST.match(line, begin) if is_able else None


def _judged(option: Option, mark: re.Match[str]) -> Option:
    """Return an option with a letter, after a mark that says whether it is right."""
    head, is_right = option.head, mark["right"] is not None
    head = head[: mark.start()] + head[mark.end() :] if len(head) == option.begin else head
    is_emoji = mark["star"] is None
    return option._replace(head=head, is_right=is_right, is_wrong=not is_right, is_emoji=is_emoji)


def _behind_strike(row: Row) -> int:
    """Return the offset of a row's text, or the one after ``~~`` if all of it is struck out."""
    is_struck = row.raw.startswith(_STRIKE, row.offset) and row.raw.rstrip().endswith(_STRIKE)
    return row.offset + 2 * is_struck


_OPENS_MARK = f"{BULLETS}{BOXES}_([（【"
_SPELLED = lazy_pattern(rf"(?i:{alternatives(Concept.OPTIONS)})[ \t]*[({LETTERS}]")


def may_begin(line: str, begin: int = 0) -> bool:
    """Whether the first characters of a text can be those of an option's mark."""
    first, second = line[begin : begin + 1], line[begin + 1 : begin + 2]
    if not first.isalpha():
        return first in _OPENS_MARK
    is_letter = first.isascii() and not second.isalnum()
    return is_letter or _SPELLED.match(line, begin) is not None


_FURTHER = re.compile(rf"(?:[ \t\u3000]+|[ \t]*\|[ \t]*)(?P<mark>{LETTERED})[ \t]*(?=\S)")


def _lettered(row: Row, letter: re.Match[str], box: str, begin: int) -> Iterator[Option]:
    """Yield an option with a letter, and the options after it on the same line."""
    first, sign = letter["label"], letter["sign"][0]
    style = BOX if box else "A" if first.isupper() else "a"
    marks = [(first, begin, begin + letter.end())]
    if not box and f"{chr(ord(first) + 1)}{sign}" in row.raw:
        for match in _FURTHER.finditer(masked(row.raw), marks[0][2]):
            if ord(match["label"]) == ord(marks[-1][0]) + 1 and match["mark"][-1] == sign:
                marks.append((match["label"], match.start("mark"), match.end()))
    for (label, head, end), following in with_next(marks):
        head = head if len(marks) > 1 else 0
        yield _option(row, end, style, label, box, head, following[1] if following else 0)


def _goes_on(last: Option, begun: Option) -> bool:
    if last.style != begun.style or abs(last.indent - begun.indent) > 3:
        return False
    if not begun.label or begun.style == BOX:
        return True
    return 0 < ord(begun.label) - ord(last.label) <= _WIDEST_GAP


_BREAK = re.compile(r"</?details|</div|</ol|\*\*\S|\[!|Q\.?\s?\d")


def _ends(rows: Sequence[Row], last: Option, at: int) -> bool:
    """Whether a line that continues no options belongs to none either."""
    row, above = rows[at], rows[at - 1]
    if last.style.startswith(_BARE):
        return bool(row.text)
    if row.is_verbatim or not row.text:
        return at - last.start > _MOST_LINES
    is_break = row.level or row.ordinal or is_rule(row.text) or _BREAK.match(row.text)
    if (is_break and row.indent <= last.indent) or named(row.text):
        return True
    is_lazy = bool(above.text) and not above.is_verbatim
    return not (is_lazy or row.indent > last.indent) or at - last.start > _MOST_LINES


def _closed(rows: Sequence[Row], begun: Begun, run: Sequence[Option]) -> Iterator[Options]:
    """Yield the options of a run with their ends, if the run has any."""
    style = run[0].style if run else ""
    if len(run) < (_FEWEST_BARE if style == _BARE else 2):
        return
    whole: list[Option] = []
    for option, following in with_next(run):
        end = following.start if following else _last_end(rows, begun, option)
        while end > option.end and not rows[end - 1].raw.strip(f"> \t{BULLETS}"):
            end -= 1
        option = option._replace(end=end) if end != option.end else option
        if end > option.start + 1 and _LINE_BREAK.fullmatch(option.line[option.until :]):
            option = option._replace(until=len(option.line))  # it goes on below the break
        whole.append(option)
    if any(option.is_wrong for option in whole) and not any(option.is_right for option in whole):
        whole = [option._replace(is_right=not option.is_wrong) for option in whole]
    found = _undressed(whole)
    if style != ITEM or _is_key(found):
        yield tuple(
            each._replace(head=each.head.replace(_STRIKE, "")) if _STRIKE in each.head else each
            for each in found
        )


_PICTURE = re.compile(r":[a-z_]+:|[\u2190-\u2bff\U0001f000-\U0001faff]")


def _is_key(items: Sequence[Option]) -> bool:
    """Whether marks may single out the right items of a list. Praise and pictures do not."""
    right = sum(item.is_right for item in items)
    others = [item.line[item.begin :] for item in items if not item.is_emoji]
    if 0 < len(others) < len(items):
        is_last = len(others) == len(items) - 1
        return right == 1 and is_last and not any(map(_PICTURE.match, others))
    if others and any(item.is_wrong for item in items):
        return right == 1 and (len(items) > 2 or any(_STRIKE in item.head for item in items))
    return 0 < right < len(items)


def _last_end(rows: Sequence[Row], begun: Begun, last: Option) -> int:
    """Return where the last option of a run ends: with its paragraph or its code."""
    is_empty = last.begin >= last.until
    for at in range(last.start + 1, min(len(rows), last.start + _MOST_LINES)):
        row = rows[at]
        if row.is_verbatim:
            continue
        is_code_next = is_empty and at + 1 < len(rows) and rows[at + 1].is_verbatim
        is_over = at in begun or _ends(rows, last, at)
        if is_over if row.text else not is_code_next:
            return at
    return min(len(rows), last.start + _MOST_LINES)


_RIGHT_BEHIND = lazy_pattern(
    rf"(?i)\s*(?:(?:{TICK}|[*_]{{0,2}}{_IN_BRACKETS}[*_]{{0,2}}|{_ARROW}"
    rf"|{_BEHIND_DASH}|←|⬅\ufe0f?)\s*)+$"
)
_WRONG_BEHIND = lazy_pattern(
    rf"(?i)\s*(?:(?:{CROSS}|[(\[]\s*{alternatives(Concept.WRONG)}\s*[)\]])\s*)+$"
)
_LINE_BREAK = re.compile(r"(?i)(?<![\s\\])\s*(?:<br\s*/?>|\\)\s*\Z")
"""It is behind a text: ``<br>`` alone, or two backslashes may be an option."""
_JUDGES = re.compile(rf"[{TICKS}{CROSSES}:(\[←⬅<–—-]")
"""The start of a mark after a text."""
_BEFORE = re.compile(rf"\[?(?:(?P<right>{TICK})|{CROSS})\]?\s*")
_LONGEST_BEHIND = 60
_TICKS_OF_BOX = re.compile(r"[xX*]")


def _option(
    row: Row, begin: int, style: str, label: str = "", box: str = "", first: int = 0, last: int = 0
) -> Option:
    """Return an option without its marks of right and wrong.

    Its head begins at ``first`` of its line, its text at ``begin``, and the next option at
    ``last``, or 0.
    """
    head = row.raw[first:begin]
    before = _BEFORE.match(row.raw, begin)
    begin = before.end() if before else begin
    text = row.raw[begin : last or None].rstrip(" \t,;|" if last else None)
    broken = _LINE_BREAK.search(text)
    text = text[: broken.start() or None] if broken else text
    text = text.removesuffix(_STRIKE) if _STRIKE in head else text
    tail = max(len(text) - _LONGEST_BEHIND, 0)
    is_judged = _JUDGES.search(text, tail) is not None
    right = _RIGHT_BEHIND.search(text, tail) if is_judged else None
    behind = right or (_WRONG_BEHIND.search(text, tail) if is_judged else None)
    until = begin + (behind.start() if behind else len(text))
    is_ticked = bool(box.strip("[( )]")) if box[1:] else box in {*TICKED_BOXES}
    is_right = is_ticked or right is not None or bool(before and before["right"])
    is_wrong = not is_right and (behind is not None or before is not None or _STRIKE in head)
    if box:
        empty = EMPTY_BOX if not box[1:] else _TICKS_OF_BOX.sub(" ", box)
        head = head.replace(box, f"{box[0]} {box[1]}" if box[1:] and not box[2:] else empty, 1)
    bold = "__" if "__" in head else "**"
    if behind and head.count(bold) == 1 == behind.group().count(bold):
        head = head.replace(bold, "")  # it is around the option and its mark
    at, marks = row.number - 1, (is_right, before is not None, is_wrong)
    return Option(at, at + 1, label, head, begin, until, style, row.indent, row.raw, *marks)


_DRESS = re.compile(rf"{BOLD_SIGN}|==|<(?P<tag>b|strong|font|span|mark|u)\b[^<>]*>")
_ENDS_BOLD = re.compile(BOLD_SIGN)


def _dress_of(option: Option) -> tuple[str, str]:
    """Return the marks around the text of an option that make it stand out, or ``("", "")``.

    Bold may begin before the letter, in the head. Then the first mark is ``""``.
    """
    text = option.text
    opening = _DRESS.match(text)
    tag = opening["tag"] if opening else None
    closing = f"</{tag}>" if tag else opening.group() if opening else text[-2:]
    if not text.endswith(closing) or len(text) <= len(closing):
        return "", ""
    if opening and text.count(closing) == (1 if tag else 2):
        return opening.group(), closing
    is_begun = _ENDS_BOLD.fullmatch(closing) and option.head.count(closing) == 1
    is_begun = is_begun and text.count(closing) == 1
    return "", closing if is_begun else ""


def _undressed(options: Sequence[Option]) -> Options:
    """Return the options without bold, colour or the like around them.

    If nothing else marks right ones, this does: those that stand out are right.
    """
    marks = [*map(_dress_of, options)]
    bold = [_BOLD_LETTER.search(option.head) is not None for option in options]
    if not any(closing for _, closing in marks) and 0 < sum(bold) < len(options):
        options = [_with_bold(*each) for each in zip(options, bold, strict=True)]
    is_all = all(closing for _, closing in marks)
    shows = not any(option.is_right for option in options) and not is_all
    return tuple(
        _bare(each, mark)._replace(is_right=each.is_right or shows)
        if mark[1] and (shows or each.is_right or not mark[0])
        else each
        for each, mark in zip(options, marks, strict=True)
    )


_BOLD_LETTER = re.compile(r"\*\*(\w)(?:\*\*[.):]|[.):]\*\*)|__(\w)(?:__[.):]|[.):]__)")


def _with_bold(option: Option, is_bold: bool) -> Option:
    """Return an option whose letter is in bold as a right one, with a plain letter."""
    head = option.head.replace("**", "").replace("__", "") if is_bold else option.head
    return option._replace(head=head, is_right=option.is_right or is_bold)


def _bare(option: Option, mark: tuple[str, str]) -> Option:
    """Return an option as a right one, without the marks around its text."""
    opening, closing = mark
    head = option.head if opening else option.head.replace(closing, "")
    begin, until = option.begin + len(opening), option.until - len(closing)
    return option._replace(head=head, begin=begin, until=until, is_right=True)
