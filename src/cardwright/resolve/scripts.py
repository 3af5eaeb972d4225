"""Marks right-to-left blocks with ``dir`` and blocks with Chinese characters with ``lang``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from cardwright.markup import TEXT, Piece, cut, element_ends
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
    signs = _beyond_ascii("".join(fields))
    language = written_language(signs)
    if not language and not _FROM_THE_RIGHT.search(signs):
        return fields
    return [with_scripts(each, language) for each in fields]


def _beyond_ascii(text: str) -> str:
    """Remove ASCII from a text. KaTeX writes mostly ASCII, and regular expressions are slow."""
    others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return others.decode("utf-8", "surrogatepass")


_ASCII = bytes(range(128))


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


def with_scripts(html: Html, language: str) -> Html:
    """Add ``dir="rtl"`` and ``lang`` to the outermost blocks of a field that need them.

    The first letter with a direction decides, as for ``dir="auto"``. Code and formulas are skipped,
    because an answer in Arabic may start with either. ``lang`` selects the shapes of Chinese
    characters. A ``dir`` or ``lang`` of the author stays.
    """
    if not language and not _FROM_THE_RIGHT.search(html):
        return html
    pieces = tuple(cut(html))
    ends = element_ends(pieces)
    out: list[str] = []
    at = 0
    while at < len(pieces):
        if at in ends and _is_block(pieces[at]):
            block = range(at, ends[at] + 1)
            out.append(_marked(pieces, ends, block, language))
            at = block.stop
        else:
            out.append(pieces[at].text)
            at += 1
    return Html("".join(out))


def _is_block(piece: Piece) -> bool:
    is_frame = bool(_FRAMES & {*piece.classes})
    return piece.name not in IN_LINE | _TRANSPARENT | _PASSED_OVER and not is_frame


def _marked(pieces: Sequence[Piece], ends: Mapping[int, int], block: range, language: str) -> str:
    start = pieces[block.start]
    text = "".join(piece.text for piece in pieces[block.start : block.stop])
    added = ""
    if not start.attribute("dir") and _runs_from_the_right(pieces, ends, block):
        added += ' dir="rtl"'
    if language and not start.attribute("lang") and _is_written_in(text, language):
        added += f' lang="{language}"'
    name = len(start.name) + 1
    return f"{text[:name]}{added}{text[name:]}"


def _is_written_in(text: str, language: str) -> bool:
    """Whether a block contains characters of the language. Other blocks get no ``lang``."""
    own = {"ja": _KANA, "ko": _HANGUL}.get(language, _HAN)
    return _HAN.search(text) is not None or own.search(text) is not None


def _runs_from_the_right(pieces: Sequence[Piece], ends: Mapping[int, int], block: range) -> bool:
    at = block.start
    while at < block.stop:
        piece = pieces[at]
        if piece.name in _PASSED_OVER or "katex" in piece.classes:
            at = ends.get(at, at) + 1
            continue
        if piece.kind is TEXT:
            for char in _TEX.sub("", _CLOZE.sub("", piece.text)):
                direction = unicodedata.bidirectional(char)
                if direction in ("L", "R", "AL"):
                    return direction != "L"
        at += 1
    return False
