"""Finds formulas in a piece of text, and tells them apart from prices, shell and code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from cardwright.formulas.signs import DOLLARS, Sign, Signs, signs_of
from cardwright.formulas.tex import has_tex_sign, is_prose, readings

CLOSERS = {"$$": "$$", "\\(": "\\)", "\\[": "\\]", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}
"""The closing delimiter of each opening one, except ``$``, which may also be a price."""


@dataclass(frozen=True, slots=True)
class InlineFormula:
    """A formula from offset ``start`` to ``end``."""

    start: int
    end: int
    tex: str
    is_display: bool
    other: str = ""  # another reading, as in the model


@dataclass(frozen=True, slots=True)
class Unclosed:
    """A delimiter at ``start`` that opens a formula but is not closed in the text."""

    start: int
    opener: str
    closer: str
    is_half_closed: bool = False  # after a `$$` come certain TeX and a single `$`


class InlineReading(NamedTuple):
    """What is in a text, from left to right."""

    formulas: list[InlineFormula]
    unclosed: list[Unclosed]
    skipped: list[tuple[int, int]]  # start and end of each code span, tag and address


def read_inline(text: str, *, is_row: bool = False) -> InlineReading:
    """Find the formulas in a text, and the delimiters that are not closed.

    Code spans, autolinks, tags, comments and addresses are skipped, as in CommonMark 6.1, 6.5 and
    6.6: what opens first wins. ``is_row`` says that the text is a row of a table, where ``\\|``
    means ``|`` (GFM 4.10). Each delimiter finds its partner by bisection, so even a megabyte of
    stray dollars takes linear time.
    """
    reading = InlineReading([], [], [])
    signs = signs_of(text)
    index = end = 0
    while index < len(signs.all):
        sign = signs.all[index]
        if sign.start < end:  # `$x$$y$`: one dollar closed, the other one opens
            sign = Sign("$", end, sign.end)
        result = _formula(text, signs, index, sign)
        if isinstance(result, _Body):
            end, opener = result.end, result.opener
            tex, other = readings(result.text, opener, is_row=is_row)
            found = InlineFormula(result.start, end, tex, opener in _DISPLAYS, other)
            reading.formulas.append(found)
        else:
            if result is not None:
                reading.unclosed.append(result)
            end = _skipped(text, signs, index)
            if end > sign.end:
                reading.skipped.append((sign.start, end))
        index = max(signs.until(end), index + 1)
    return reading


class _Body(NamedTuple):
    """A formula from ``start`` to ``end``."""

    start: int
    end: int
    opener: str  # the kind of its opening delimiter
    text: str  # without the delimiters


_DISPLAYS = ("$$", "\\[", "\\\\[", "begin")


def _formula(text: str, signs: Signs, index: int, sign: Sign) -> _Body | Unclosed | None:
    if sign.kind == "$":
        return _after_tick(text, signs, index, sign) or _after_dollar(text, signs, index, sign)
    if sign.kind == "begin":
        end = signs.ends.get(index)
        if end is None:
            return Unclosed(sign.start, text[sign.start : sign.end], f"\\end{{{sign.name}}}")
        behind = signs.all[end].end
        return _Body(sign.start, behind, "begin", text[sign.start : behind])
    if sign.kind not in CLOSERS or _is_escaped_bracket(text, signs, index):
        return None
    return _between(text, signs, index)


def _after_tick(text: str, signs: Signs, index: int, sign: Sign) -> _Body | None:
    """Return the formula of a code span between dollars, as GitLab and GitHub write it."""
    opening = signs.all[index + 1] if index + 1 < len(signs.all) else None
    if opening is None or opening.start != sign.end or not opening.kind.startswith("`"):
        return None
    closing = signs.after(opening.kind, index + 1)
    if closing is None:
        return None
    end = signs.all[closing].end
    body = text[opening.end : signs.all[closing].start]
    is_formula = body.strip() and text[end : end + 1] == "$"
    return _Body(sign.start, end + 1, "`", body) if is_formula else None


def _after_dollar(text: str, signs: Signs, index: int, sign: Sign) -> _Body | None:
    r"""Return a formula between single dollars. Only the next dollars can close it.

    As in TeX, those in ``\text{…}`` belong to a formula in the text.
    """
    closing = signs.after(DOLLARS, index)
    for _ in range(_MOST_IN_TEXT):
        if closing is None or not _IN_TEXT.search(text, sign.end, signs.all[closing].start):
            break
        partner = signs.after(DOLLARS, closing)
        closing = None if partner is None else signs.after(DOLLARS, partner)
    if closing is None:
        return None
    end = signs.all[closing]
    if end.kind == "$$":
        following = signs.after(DOLLARS, closing)
        if following is None or signs.all[following].kind != "$":
            return None
    elif end.kind != "$":
        return None
    body = text[sign.end : end.start]
    before, after = text[max(sign.start - 1, 0) : sign.start], text[end.start + 1 : end.start + 25]
    if not _is_formula(body, before, after):
        return None
    return _Body(sign.start, end.start + 1, "$", body)


_IN_TEXT = re.compile(r"\\(?:text(?:bf|it|rm|sf|tt|normal)?|mbox)\{[^{}]*+\Z")
_MOST_IN_TEXT = 10

_WORD = re.compile(r"[A-Za-z]+")
_AMOUNT = re.compile(r"\d[\d.,]*[kKmMbB]?\s+[A-Za-z]{2}")
_SUFFIX = re.compile(r"(?:th|st|nd|rd|s|es|D|d|ary|fold|way|wise|tuples?|grams?)(?![A-Za-z0-9_])")


def _is_formula(body: str, before: str, after: str) -> bool:
    """Whether the text between two dollars is a formula. ``before`` is the character before it.

    It follows Pandoc's rule: no space inside the dollars, no digit after them. TeX that is certain
    may have spaces around it, as in MathJax. Mistakes of that rule are excluded: ``US$5``,
    ``$HOME/bin:$PATH``, ``${a}-${b}``, ``$5 for this, 6$ for that``.
    """
    if not body.strip() or "\n\n" in body:
        return False
    if (body[0].isspace() or body[-1].isspace()) and not _is_padded(body, before, after):
        return False
    is_command = "\\" in body
    if body.count("`") % 2 or (body.endswith((":", '"', "/")) and not is_command):
        return False
    if after[:1].isascii() and after[:1].isdigit():
        return is_command and not body[0].isdigit()
    if after[:1] == "{" or (after[:1] == "(" and body[0] == "("):
        return is_command
    if _AMOUNT.match(body) and not has_tex_sign(body):
        return False
    word = _WORD.match(after)
    if word is None:
        return not (before.isascii() and before.isalpha() and body[0].isdigit())
    if _SUFFIX.match(after) or is_command:
        return True
    return len(body) == 1 and len(word[0]) > 1


_WORDS = re.compile(r"\s+[^\W\d_]{2,}\s|.*?(?<![\\\w{])[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_LONGEST_PADDED = 300


def _is_padded(body: str, before: str, after: str) -> bool:
    """Whether the text is certainly TeX on one line, between dollars apart from other words."""
    if "\n" in body or len(body) > _LONGEST_PADDED:
        return False
    is_apart = not re.match(r"[\w)}\]]", before) or not body[0].isspace()
    is_apart &= not re.match(r"[A-Za-z0-9\\({\[]", after) or not body[-1].isspace()
    return is_apart and _SURE_TEX.search(body) is not None and not _WORDS.match(body)


def _between(text: str, signs: Signs, index: int) -> _Body | Unclosed | None:
    sign = signs.all[index]
    closing = signs.after(CLOSERS[sign.kind], index)
    again = signs.after(sign.kind, index)
    if closing is None or (again is not None and again < closing):
        half = sign.kind == "$$" and _is_half_closed(text, signs, index)
        return Unclosed(sign.start, sign.kind, CLOSERS[sign.kind], half)
    end = signs.all[closing]
    body = text[sign.end : end.start]
    if not body.strip():
        return None
    if sign.kind == "$$":  # a process id, as in ``kill -9 $$ and $$ again``, or from another pair
        is_words = body[0].isspace() and "\n" not in body and is_prose(body)
        if is_words or body.count("`") % 2:
            return Unclosed(sign.start, "$$", "$$")
    return _Body(sign.start, end.end, sign.kind, body)


def _is_half_closed(text: str, signs: Signs, index: int) -> bool:
    closing = signs.after(DOLLARS, index)
    if closing is None or signs.all[closing].kind != "$":
        return False
    body, after = text[signs.all[index].end : signs.all[closing].start], signs.all[closing].end
    is_tex = "\n" not in body and _SURE_TEX.search(body) is not None
    return is_tex and _is_formula(body, "", text[after : after + 24])


_SURE_TEX = re.compile(r"\\[A-Za-z]|[\w)}]\^|[A-Za-z]_[{\d]")


def _is_escaped_bracket(text: str, signs: Signs, index: int) -> bool:
    r"""Whether ``\[`` or ``\(`` is CommonMark's escape, as in ``arr\[0\]`` and ``\[sic\]``."""
    sign = signs.all[index]
    if sign.kind not in ("\\[", "\\("):
        return False
    if "\\[\\[" in (text[sign.start : sign.start + 4], text[max(sign.start - 2, 0) : sign.end]):
        return True  # a link to a note, which is escaped
    closing = signs.after(CLOSERS[sign.kind], index)
    if closing is None:
        line = text[sign.end : sign.end + 500].partition("\n")[0]
        return ("]" if sign.kind == "\\[" else ")") in line
    again = signs.after(sign.kind, index)
    if sign.kind == "\\(" or (again is not None and again < closing):
        return False
    body, end = text[sign.end : signs.all[closing].start], signs.all[closing].end
    before, after = text[max(sign.start - 1, 0) : sign.start], text[end : end + 1]
    is_glued = before.isalnum() or before == "[" or after in {"(", "[", ":"}
    is_reference = body.isdecimal() and (text[: sign.start].strip() or text[end:].strip())
    return not has_tex_sign(body) and bool(is_glued or is_reference or is_prose(body))


_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*+"
    r"(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?)*+\s*+/?>"
)
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+>|<[\w.+-]+@[\w.-]+>")
_CODE_TAG = re.compile(r"<(pre|code|script|style|textarea|kbd|samp)(?=[\s>])", re.IGNORECASE)


def _skipped(text: str, signs: Signs, index: int) -> int:
    """Return the end of the code, tag or address that starts at sign ``index``, or of the sign."""
    sign = signs.all[index]
    if sign.kind.startswith("`"):
        kind = sign.kind[1:] if sign.is_escaped else sign.kind
        end = signs.after(kind, index) if kind else None
        return sign.end if end is None else signs.all[end].end
    if sign.kind != "<":
        return sign.end
    if text.startswith("<!--", sign.start):
        return _behind(re.compile("-->"), text, sign.start + 4)
    tag = _AUTOLINK.match(text, sign.start) or _TAG.match(text, sign.start)
    if tag is None:
        return sign.end
    code = _CODE_TAG.match(tag[0])
    closing = re.compile(rf"</{code[1]}\s*>", re.IGNORECASE) if code else None
    return _behind(closing, text, tag.end()) if closing else tag.end()


def _behind(closing: re.Pattern[str], text: str, start: int) -> int:
    """Return the offset after the next ``closing``, or the end of the text, as HTML does."""
    found = closing.search(text, start)
    return found.end() if found else len(text)
