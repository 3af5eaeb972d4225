"""Decides whether ``::`` separates a question from its answer or means something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from cardwright.blocks.rows import Row
from cardwright.dialects.flashcards.traces import is_key
from cardwright.dialects.text.masks import LONGEST_MARKED, masked
from cardwright.wording.signs import has_word
from cardwright.wording.words import lazy_pattern


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign at ``start`` to ``end`` (from 0) of a line that may divide the line.

    ``is_sure`` says that it can be nothing else. If it looks like a path of a programming language
    (``leaf::organ``) or a property (``leaf:: organ``), the document decides.
    """

    start: int
    end: int
    is_sure: bool = True
    is_reverse: bool = False


_COLONS = re.compile(r"(?<!:):{2,3}(?!:|=\s)")
_MOST = 12
"""The most colons of a line that are looked at."""
_NEAR = 200
"""The characters on either side that show what they are."""
_AT = "\ue000"
"""Stands for the colons in the patterns below."""
_OTHER = lazy_pattern(
    rf"""(?x)
    \A[*_]*(?i:[qa][*_]*\s*|(?:question|answer|note|tip|warning|todo)[*_]*){_AT}  # a label
    | \A\.\.\ .*{_AT} | \A(?i:target[ _]deck|file[ _]tags|tags|deck):.*{_AT}  # settings of tools
    | \{{\{{c\d+{_AT}
    | \A\(?[\w'.]+\)?\s+{_AT}\s.*(?:->|→)                      # map :: (a -> b) -> [a]
    | \s{_AT}[A-Za-z_]\w*+(?:\(|::) | \bstd{_AT} | \$\w++{_AT}  # call ::leaf(), $plant::leaf
    | [\w>]{_AT}~?[A-Za-z_]\w*+(?:\(|::|\.\w) | ::\w++{_AT}    # Leaf::new()
    | \\\w+{_AT}[A-Za-z_]                                      # Plant\Leaf::grow
    | {_AT}[a-z-]+(?:\([^()]*\))?\s*\{{\s*\Z                    # .leaf::after {{
    | :[\w+-]{{1,40}}{_AT}[\w+-]{{1,40}}:                      # :smile::heart:
    | (?:\A|[\s\[(])(?:\d+{_AT}\d | [0-9a-fA-F]{{1,4}}:[0-9a-fA-F:]{{0,40}}{_AT}\S)  # 12::30
    | (?<!\w)(?=[0-9a-fA-F:]{{0,40}}\d)[0-9a-fA-F:]{{2,40}}{_AT}      # FF02::1, 2000::/3
        (?:/\d|(?=[0-9a-fA-F]{{0,3}}\d)[0-9a-fA-F]{{1,4}}(?!\w))
    | {_AT}/\d | (?<!\w)(?i:f[c-f][0-9a-f]{{2}}){_AT}[0-9a-fA-F%]   # ::/0, FE80::%eth0
    | (?<!\w)(?=[\d:]{{0,30}}[a-fA-F])[0-9a-fA-F]{{1,4}}(?::[0-9a-fA-F]{{1,4}}){{1,6}}{_AT}
    | \[[\w\ -]{{0,40}}{_AT}[^\n]*\] | \([\w\ -]{{1,40}}{_AT}[^\n]*\)  # [due:: today], leaf[::-1]
    | \S{_AT}\s[*_]*\[\[                                       # part of:: [[Plants]]
    | \A[a-z][a-z0-9]{{0,24}}{_AT}\s+                          # pages:: 12
        (?:\[\[?[^\]]*\]\]?|x+|[\d.,:/-]+|true|false|(?:\#[\w/-]+[\s,]*)+)\s*\Z
    """
)
"""Other meanings of colons."""
_NAME = re.compile(rf"\s(?:[A-Z]\w*|\w+_\w+){_AT}(?:[A-Z]\w*|\w+_\w+)\s+[(a-z]")
"""A name of code in a sentence, ``the Plant::Leaf that was grown``, or a card."""
_KEY = re.compile(r"[a-z][a-z0-9]{0,24}")
"""A key of a property. An unknown key may also be a term."""


def colons_in(text: str, begin: int = 0, *, is_deck: bool = False) -> list[Sign]:
    """Return the possible separators of a line, in order. Its text begins at ``begin``.

    If it ``is_deck``, a line that looks like a name of code (``Plant::Leaf``) may be a card.
    """
    if "::" not in text or len(text) > LONGEST_MARKED or text.startswith("|", begin):
        return []
    prose = masked(text)
    found = (
        _sign(prose, begin, at, may_be_name=is_deck)
        for at in islice(_COLONS.finditer(prose, begin), _MOST)
    )
    return [sign for sign in found if sign is not None]


def has_colons(text: str, begin: int = 0) -> bool:
    """Whether a line has colons that can only divide it."""
    return any(sign.is_sure for sign in colons_in(text, begin))


Divided = tuple[Row, Sequence[Sign]]
"""A line with the signs that may divide it."""
_FEWEST = 3
"""So many lines with one key are fields. Two may be cards."""


def without_fields(found: Sequence[Divided]) -> list[Divided]:
    """Return the lines without those that begin with the same word, such as ``author:: Ann``.

    They are fields of Dataview, or properties of blocks in Logseq.
    """
    keys = [row.text.split("::", 1)[0] for row, _ in found]
    words = Counter(key for key in keys if not any(map(str.isspace, key)))
    return [each for each, key in zip(found, keys, strict=True) if words[key] < _FEWEST]


def without_paths(text: str, lines: Sequence[str]) -> list[str]:
    """Return the lines without those whose colons are in a path that ``text`` has again.

    ``plant::leaf`` is a path of code. Cards do not repeat.
    """
    paths = Counter(_PATH.findall(text) if lines else ())
    return [line for line in lines if all(paths[path] < 2 for path in _PATH.findall(line))]


_PATH = re.compile(r"\w+::\w+")


def is_enclosed(front: str, back: str) -> bool:
    """Whether the sign between two texts is in brackets or in a quoted word.

    Then it divides nothing. ``front`` is the text before the sign, and ``back`` the text after it.
    """
    is_bracketed = _OPEN.search(front[-_NEAR:]) and _CLOSE.match(back[:_NEAR])
    is_quoted = _OPEN_QUOTE.search(front[-_NEAR:]) and _CLOSE_QUOTE.match(back[:_NEAR])
    return bool(is_bracketed or is_quoted)


_OPEN, _CLOSE = re.compile(r"[(（][^()（）\[\]]*$"), re.compile(r"[^()（）\[\]]*[)）]")
_OPEN_QUOTE, _CLOSE_QUOTE = re.compile(r"\"[\w.-]+$"), re.compile(r"\w[^\"]*\"")


def _sign(prose: str, begin: int, at: re.Match[str], *, may_be_name: bool) -> Sign | None:
    start, end = at.span()
    front, back = prose[begin:start], prose[end:]
    if not has_word(front) or not back.strip(" \t*_\\") or is_enclosed(front, back):
        return None
    near = front if len(front) <= _NEAR else "…" + front[-_NEAR:]
    around = f"{near}{_AT}{back[:_NEAR]}"
    is_glued = not (front[-1].isspace() or back[0].isspace())
    is_key_before = not front[-1].isspace() and is_key(front)
    is_other = is_key_before or _OTHER.search(around) or (not may_be_name and _NAME.search(around))
    if end - start == 2 and is_other:  # nothing else has three
        return None
    if is_glued:
        is_sure = not (re.search(r"[A-Za-z0-9_>]$", front) and re.match(r"[A-Za-z_~{<]", back))
    else:
        is_sure = front[-1].isspace() or not _KEY.fullmatch(front)
    return Sign(start, end, is_sure, end - start == 3)
