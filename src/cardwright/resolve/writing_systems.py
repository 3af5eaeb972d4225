"""Marks right-to-left blocks with ``dir``, and blocks with Chinese characters with ``lang``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import accumulate

from cardwright.markup import TEXT, Piece, cut, element_ends, with_class
from cardwright.model import Html
from cardwright.resolve.plain import IN_LINE

_FROM_THE_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_EAST_ASIAN = re.compile("|".join(each.pattern for each in (_HAN, _KANA, _HANGUL)))
_SIMPLIFIED = re.compile("[这们时说对发种过还进动从开关问间题样现实么为个]")
_TRADITIONAL = re.compile("[這們會說對發還從關樣實麼為與國學來點應體變個]")
"""Common characters that only this form of Chinese has: neither the other form nor Japanese."""

_CLOZE = re.compile(r"\{\{c\d+::|\}\}")
_TEX = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_PASSED_OVER = frozenset({"bdi", "code", "math", "pre", "samp", "script", "style"})
_TRANSPARENT = frozenset({"center", "details", "section"})
_FRAMES = frozenset({"cw-footnotes", "cw-scroll"})


def all_with_scripts(fields: Sequence[Html]) -> Sequence[Html]:
    """Add ``dir`` and ``lang`` to the fields of a note where their text needs them."""
    # KaTeX writes mostly ASCII, and regular expressions are slow.
    beyond = "".join(fields).encode("utf-8", "surrogatepass").translate(None, bytes(range(128)))
    signs = beyond.decode("utf-8", "surrogatepass")
    language = written_language(signs)
    has_right = _FROM_THE_RIGHT.search(signs) is not None
    if not language and not has_right:
        return fields
    pieces = cut("".join(fields)) if has_right else ()
    is_from_right = _Letters(pieces, element_ends(pieces)).are_right(range(len(pieces)))
    return [with_scripts(each, language, is_from_right=is_from_right) for each in fields]


def written_language(text: str) -> str:
    """Return ``ja``, ``ko``, ``zh-Hans`` or ``zh-Hant`` for a note's text, or ``""`` if unclear.

    Kana together with Chinese characters mean Japanese, Hangul means Korean. A few of either in a
    text that is mostly Chinese do not count.
    """
    if text.isascii() or not _EAST_ASIAN.search(text):
        return ""
    han, kana, hangul = (len(signs.findall(text)) for signs in (_HAN, _KANA, _HANGUL))
    if kana and kana * 5 >= han:
        return "ja"
    if hangul and hangul >= han:
        return "ko"
    simplified, traditional = len(_SIMPLIFIED.findall(text)), len(_TRADITIONAL.findall(text))
    if simplified == traditional:
        return ""
    return "zh-Hans" if simplified > traditional else "zh-Hant"


def with_scripts(html: Html, language: str, *, is_from_right: bool = False) -> Html:
    """Add ``dir="rtl"`` and ``lang`` to the outermost blocks of a field that need them.

    A block runs from the right if its first letter does, as for ``dir="auto"``, or if most of its
    letters do: a line in Persian may start with an English term. With ``is_from_right``, for a note
    that mostly runs so, a fifth of the letters is enough. Code and formulas are skipped. ``lang``
    selects the shapes of Chinese characters. A ``dir`` or ``lang`` of the author stays.
    """
    if not language and not _FROM_THE_RIGHT.search(html):
        return html
    pieces = tuple(cut(html))
    ends = element_ends(pieces)
    letters = _Letters(pieces, ends, 5 if is_from_right else 2)
    out: list[str] = []
    at = 0
    while at < len(pieces):
        if at in ends and _is_block(pieces[at]):
            block = range(at, ends[at] + 1)
            out.append(_marked(pieces, ends, block, letters, language))
            at = block.stop
        else:
            out.append(pieces[at].text)
            at += 1
    return Html("".join(out))


def _is_block(piece: Piece) -> bool:
    is_frame = bool(_FRAMES & {*piece.classes})
    return piece.name not in IN_LINE | _TRANSPARENT | _PASSED_OVER and not is_frame


def _marked(
    pieces: Sequence[Piece],
    ends: Mapping[int, int],
    block: range,
    letters: _Letters,
    language: str,
) -> str:
    """Return the block with its own attributes, and those of the lines in it."""
    start = pieces[block.start]
    texts = [piece.text for piece in pieces[block.start : block.stop]]
    lang = ""
    if language and not start.attribute("lang"):  # a block without its characters needs no "lang"
        signs = {"ja": _KANA, "ko": _HANGUL}.get(language, _HAN)
        is_written = any(_HAN.search(text) or signs.search(text) for text in texts)
        lang = f' lang="{language}"' if is_written else ""
    given = start.attribute("dir").lower()
    runs_from_right = given == "rtl" or (
        not given and (letters.first(block) or letters.are_right(block))
    )
    direction = ' dir="rtl"' if runs_from_right and not given else ""
    if runs_from_right:
        for at in block:
            line = range(at, ends.get(at, at))
            starts_left = line and _is_line(pieces[at]) and letters.first(line) is False
            if starts_left and letters.are_right(line):
                has_direction = at == block.start or pieces[at].attribute("dir")
                own = "" if has_direction else ' dir="rtl"'
                texts[at - block.start] = with_class(pieces[at].text, "cw-from-right", own)
    elif lang and start.name == "table":
        for at in block:
            if pieces[at].name in ("td", "th") and _is_short(pieces[at : ends.get(at, at)]):
                texts[at - block.start] = with_class(pieces[at].text, "cw-short")
    name = len(start.name) + 1
    return f"{texts[0][:name]}{direction}{lang}{texts[0][name:]}{''.join(texts[1:])}"


_LINE_NAMES = "p li dt dd td th h1 h2 h3 h4 h5 h6 figcaption"
_LINES = frozenset(_LINE_NAMES.split())


def _is_line(piece: Piece) -> bool:
    is_line = piece.name in _LINES or "cw-callout-title" in piece.classes
    return is_line and piece.attribute("dir").lower() in ("", "rtl")


_MOST_SHORT = 6  # characters; in a line of Chinese, a browser may break between any two


def _is_short(cell: Sequence[Piece]) -> bool:
    """Whether a cell of a table is so short that a line break would only make it hard to read."""
    text = "".join(piece.text for piece in cell if piece.kind is TEXT)
    return 1 < len(text) <= _MOST_SHORT and _EAST_ASIAN.search(text) is not None


class _Letters:
    """The letters of a field that have a direction, without code and formulas.

    If more than one of ``part`` letters runs from the right, they all do.
    """

    def __init__(self, pieces: Sequence[Piece], ends: Mapping[int, int], part: int = 2) -> None:
        self._part = part
        self._is_right: list[bool] = []
        self._before = [0]
        behind = 0
        for at, piece in enumerate(pieces):
            if at >= behind and (piece.name in _PASSED_OVER or "katex" in piece.classes):
                behind = ends.get(at, at) + 1
            elif at >= behind and piece.kind is TEXT:
                letters = _TEX.sub("", _CLOZE.sub("", piece.text))
                directions = map(unicodedata.bidirectional, letters)
                self._is_right += (each != "L" for each in directions if each in ("L", "R", "AL"))
            self._before.append(len(self._is_right))
        self._right = [0, *accumulate(self._is_right)]

    def first(self, elements: range) -> bool | None:
        """Whether the first letter runs from the right, or ``None`` if there is no letter."""
        first, end = self._before[elements.start], self._before[elements.stop]
        return self._is_right[first] if first < end else None

    def are_right(self, elements: range) -> bool:
        """Whether enough of the letters run from the right."""
        first, end = self._before[elements.start], self._before[elements.stop]
        return (self._right[end] - self._right[first]) * self._part > end - first
