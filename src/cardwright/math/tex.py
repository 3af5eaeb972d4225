"""The body of a formula as TeX, what the Markdown around it asked for undone."""

from __future__ import annotations

import re

_REACHES_OUT = re.compile(
    r"\\(?:href|url|style|class|cssId|data|html[A-Za-z]*|require|includegraphics|mmlToken)(?![A-Za-z])"
)
_SIGNS = re.compile(r"[\\^_={}<>+*/|&~⸨]")  # the last begins the word of a deletion
_WORD = re.compile(r"[^\W\d_]{2}")


def refused_command(tex: str) -> str:
    """The command of a formula that reaches out of it, ``""`` for none.

    MathJax's ``html`` extension, which it loads by itself, makes links, classes, ids and styles
    of these, and nothing of Anki's cleans what it makes; KaTeX calls them untrusted.
    """
    match = _REACHES_OUT.search(tex)
    return match.group() if match else ""


def has_tex_sign(body: str) -> bool:
    """Whether a character is there that formulas have and sentences do not."""
    return _SIGNS.search(body) is not None


def is_prose(body: str) -> bool:
    """Whether the text is words alone."""
    return not has_tex_sign(body) and _WORD.search(body) is not None


def tex_of(body: str, opener: str, is_row: bool) -> str:
    """The TeX between two delimiters, white space around and blank lines gone.

    ``opener`` with two backslashes: the body was escaped once more for a blog's Markdown. In a
    row of a table ``\\|`` is how GFM writes ``|``.
    """
    tex = body.replace("\\|", "|") if is_row else body
    if opener.startswith("\\\\"):
        tex = _unescaped(tex)
    return _bare(tex, opener)


def other_reading(body: str, opener: str, is_row: bool) -> str:
    r"""The TeX that ``tex_of`` did not take: doubled backslashes kept, or made single.

    ``""`` where that makes no difference. ``$\\log x$`` is a line break to TeX, and yet often
    meant as ``\log``, as in a body between ``\\(`` and ``\\)`` sometimes neither is doubled.
    """
    tex = body.replace("\\|", "|") if is_row else body
    if opener.startswith("\\\\") and _DOUBLED_COMMAND.search(tex):
        return ""  # what is doubled here is doubled everywhere
    other = tex if opener.startswith("\\\\") else _unescaped(tex)
    if other is tex and not opener.startswith("\\\\"):
        return ""
    bare = _bare(other, opener)
    return "" if bare == tex_of(body, opener, is_row) else bare


_DOUBLED_COMMAND = re.compile(r"\\\\[A-Za-z]")


def _bare(tex: str, opener: str) -> str:
    if "\n" in tex:
        tex = "\n".join(line.strip() for line in tex.split("\n") if line.strip())
    else:
        tex = tex.strip()
    if opener == "$$" and tex.startswith("\\[") and tex.endswith("\\]"):
        return tex[2:-2].strip()
    return tex


_ESCAPE = re.compile(
    r"(?P<text>\\{1,2}(?:text|mathrm|textbf|textit|mbox|tag|label|href|url)\{[^{}\n]*\})"
    r"|\\\\\\\\"
    r"|\\\\(?P<doubled>[A-Za-z{}|,;:!>%#$])"
    r"|\\(?P<emphasis>[_*])"
)


def _unescaped(tex: str) -> str:
    r"""``\\log`` to ``\log``, four backslashes to two, ``\_`` to ``_`` outside of ``\text{}``.

    A single backslash stays, for such a body often mixes ``\\log`` and ``\mid``; so do two
    before a space, an ``&`` or a line end: a line break that nobody doubled.
    """
    if not ("\\\\" in tex or "\\_" in tex or "\\*" in tex):
        return tex  # true for most formulas, and faster than the pattern
    return _ESCAPE.sub(_single, tex)


def _single(match: re.Match[str]) -> str:
    if match["text"]:
        return re.sub(r"^\\\\", r"\\", match["text"])
    if match["doubled"]:
        return "\\" + match["doubled"]
    return match["emphasis"] or "\\\\"
