"""Options without letters and boxes, of which one has a tick: ``- the root``, ``- the leaf ✅``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.dialects.multiple_choice.options import Option, groups

_FEWEST, _MOST = 2, 8
_LONGEST = 200
_BULLET = re.compile(
    r"(?P<head>(?P<indent>[ \t>]*)[-*+•][ \t]+)(?P<tick>\[?[✅✓✔☑]\ufe0f?\]?[ \t]*)?"
    r"(?P<wrong>\[?[❌✗✘]\ufe0f?\]?[ \t]*)?(?P<text>(?!\[[ xX]?\])\S.*)"
)
_RIGHT_BEHIND = re.compile(
    r"(?i)[\s*_]*(?:[✅✓✔☑]\ufe0f?|[(\[]\s*(?:correct|right answer|richtig|correct[oa]|cert[oa]"
    r"|corret[oa]|верно|правильно|正确|正確|正解|정답)(?:\s+answer)?\s*[)\]])[\s*_]*$"
)
_WRONG_BEHIND = re.compile(r"\s*[❌✗✘]\ufe0f?\s*$")


def all_groups(lines: Sequence[str], is_code: Sequence[bool]) -> list[tuple[Option, ...]]:
    """Every run of options in order, those without letters and boxes too."""
    found = groups(lines, is_code)
    if not any(_has_tick(line) for line in lines):
        return found
    taken = {
        at for options in found for option in options for at in range(option.start, option.end)
    }
    bare = [
        options
        for options in _bare_groups(lines, is_code)
        if taken.isdisjoint(range(options[0].start, options[-1].end))
    ]
    return sorted([*found, *bare], key=lambda options: options[0].start)


def _has_tick(line: str) -> bool:
    bullet = _BULLET.match(line[:_LONGEST])
    return bullet is not None and bool(bullet["tick"] or _RIGHT_BEHIND.search(bullet["text"]))


@dataclass(frozen=True, slots=True)
class _Item:
    at: int
    head: str
    option: Option


def _bare_groups(lines: Sequence[str], is_code: Sequence[bool]) -> Iterator[tuple[Option, ...]]:
    """The lists of bullets at one margin that hold a single tick, under a text that asks."""
    run: list[_Item] = []
    for at, line in enumerate([*lines, "."]):
        bullet = _BULLET.match(line) if len(line) <= _LONGEST else None
        if bullet is not None and at < len(lines) and not is_code[at]:
            if run and run[-1].head.rstrip() != bullet["head"].rstrip():
                yield from _closed(run, lines)
                run = []
            run.append(_Item(at, bullet["head"], _option(at, line, bullet)))
        elif line.strip():
            yield from _closed(run, lines)
            run = []


def _closed(run: Sequence[_Item], lines: Sequence[str]) -> Iterator[tuple[Option, ...]]:
    right = sum(item.option.is_right for item in run)
    if any(_SIGN.match(lines[item.at], item.option.begin) for item in run):
        return  # every point has a picture of its own
    if _FEWEST <= len(run) <= _MOST and right == 1 and _is_asked(lines, run[0].at):
        yield tuple(item.option for item in run)


def _is_asked(lines: Sequence[str], at: int) -> bool:
    """Whether one of the nearest lines above has a question mark, or none stands there."""
    above = [line for line in lines[max(at - _NEAR, 0) : at] if line.strip()]
    return not above or any(_QUESTION_MARK.search(line) for line in above)


_QUESTION_MARK = re.compile(r"[?？؟]")


_NEAR = 6
_SIGN = re.compile("[\u2190-\u2bff\U0001f300-\U0001faff]")


def _option(at: int, line: str, bullet: re.Match[str]) -> Option:
    text = bullet["text"]
    behind = _RIGHT_BEHIND.search(text)
    mark = behind or _WRONG_BEHIND.search(text)
    begin = bullet.start("text")
    until = begin + (mark.start() if mark else len(text.rstrip()))
    if text.startswith("**") and line.startswith("**", until - 2) and until - begin > 4:
        begin, until = begin + 2, until - 2  # the right one in bold as well
    is_right = bool(bullet["tick"]) or behind is not None
    indent = len(bullet["indent"].expandtabs(4))
    return Option(
        at, at + 1, "", bullet["head"], begin, until, is_right, is_emoji=True, indent=indent
    )
