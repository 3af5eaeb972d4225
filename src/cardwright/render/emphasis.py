"""Reads bold text that CommonMark leaves as stars, because of what is beside its marks."""

from __future__ import annotations

import re
import unicodedata

_LETTER = r"\u1100-\u11ff\u3041-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(
    rf"(?<=[^\s*\\{_LETTER}])\*\*\*?(?=[{_LETTER}])|(?<=[{_LETTER}])\*\*\*?(?=[^\s*])"
)


def guard_bold(text: str, word: str) -> str:
    r"""Put ``word`` where bold text would not begin or end otherwise.

    In CommonMark (6.2), a mark between punctuation and a letter can only open or only close. So it
    would not end the bold text in ``**叶(leaf)**是``, where a page in English has a space. A mark
    beside a space can neither close ``**Leaf: **green`` nor open ``a** leaf**``. Those glued to a
    word get it. In ``** leaf **``, as in the examples of CommonMark, stars stay stars. Signs in
    bold right behind a formula get it, too: the mark that stands for the formula is a word.
    """
    text = _GLUED.sub(f"**{word}", text) if "**" in text else text
    lines = text.split("\n")
    text = "\n".join(_paired(line, word) if line.count("**") > 1 else line for line in lines)

    def guarded(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1], text[match.end()]
        if is_punctuation(before):
            return word + match[0]
        return match[0] + word if is_punctuation(after) else match[0]

    return text if text.isascii() else _RUN.sub(guarded, text)


def is_punctuation(char: str) -> bool:
    """Whether CommonMark takes a character for punctuation."""
    return unicodedata.category(char)[0] in "PS"


_GLUED = re.compile(r"(?<=\w)\*\*(?=[^\w\s*`]{1,3}\*\*(?![*\w]))")
_WELL = re.compile(r"\*\*(?<![*\\\w]\*\*)(?=[\w`])[^*\n]*(?<=[\w`])\*\*(?![*\w])")
"""Bold text as CommonMark reads it. It starts with a fixed text, so Python searches quickly."""
_MARK = re.compile(r"(?<![*\\])\*\*(?!\*)")
_MARKERS = " \t>*+-.)#0123456789"  # what comes before the text of a line or a cell
_NAME = re.compile(r"\w+")


def _paired(line: str, word: str) -> str:
    """Take the marks of a line in pairs, and put ``word`` where they could not be a pair."""
    if "**" not in _WELL.sub("", line) or "***" in line:
        return line
    marks = [match.start() for match in _MARK.finditer(line)]
    if len(marks) % 2:
        return line
    pairs = [*zip(marks[::2], marks[1::2], strict=True)]
    edges = [all(_edges(line[begin + 2 : end])) for begin, end in pairs]
    if all(edges) and line.isascii():
        return line
    has_bold = any(edges)
    out: list[str] = []
    at = 0
    for begin, end in pairs:
        head, inner = line[at:begin], line[begin + 2 : end]
        is_first = (not at or "|" in head) and not head.rpartition("|")[2].strip(_MARKERS)
        beside = line[begin - 1 : begin] if inner[:1].isspace() else line[end + 2 : end + 3]
        is_likely = bool(beside.strip()) and (has_bold or is_first)
        if _is_bold(inner, _NAME.match(line, end + 2), is_likely=is_likely):
            first, last = (word if not edge.isalnum() else "" for edge in (inner[0], inner[-1]))
            inner = f"{first}{inner}{last}"
        out += (head, "**", inner, "**")
        at = end + 2
    return "".join((*out, line[at:]))


def _edges(inner: str) -> tuple[bool, bool]:
    """Return whether a text begins and ends without a space."""
    return not inner[:1].isspace(), not inner[-1:].isspace()


def _is_bold(inner: str, behind: re.Match[str] | None, *, is_likely: bool) -> bool:
    """Whether two marks belong together. A name behind each may be code, as ``**kwargs``."""
    if not inner.strip() or inner.count("`") % 2:
        return False
    edges = _edges(inner)
    if all(edges):
        return not inner.isascii()  # else it is as CommonMark says
    name = _NAME.match(inner)
    is_code = name and (name[0].endswith("args") or (behind and name[0] == behind[0]))
    return is_likely and any(edges) and not is_code
