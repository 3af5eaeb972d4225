"""Turns the body of a formula into TeX, without the escapes of the Markdown around it."""

from __future__ import annotations

import re

_REACHES_OUT = re.compile(
    r"\\(?:href|url|style|class|cssId|data|html[A-Za-z]*|require|includegraphics|mmlToken)(?![A-Za-z])"
)
_SIGNS = re.compile(r"[\\^_={}<>+*/|&~⸨]")  # the last starts the placeholder of a deletion
_WORD = re.compile(r"[^\W\d_]{2}")


def refused_command(tex: str) -> str:
    """Return a command in the formula that could affect the rest of the card, or ``""``.

    MathJax loads its ``html`` extension by itself and creates links, classes, ids and styles with
    it. Anki does not clean this output. KaTeX calls these commands untrusted.
    """
    match = _REACHES_OUT.search(tex)
    return match.group() if match else ""


def has_tex_sign(body: str) -> bool:
    """Whether the text has a character that is common in formulas and rare in sentences."""
    return _SIGNS.search(body) is not None


def is_prose(body: str) -> bool:
    """Whether the text is only words."""
    return not has_tex_sign(body) and _WORD.search(body) is not None


def readings(body: str, opener: str, *, is_row: bool = False) -> tuple[str, str]:
    r"""Return the TeX between two delimiters, and how else it may be meant, or ``""``.

    Blank lines and outer white space are removed. In a table row, ``\|`` is how GFM writes ``|``. A
    code span between dollars, whose ``opener`` is a tick, is TeX as it is.

    The other reading has doubled backslashes kept or halved. In TeX, ``$\\log x$`` has a line
    break, but often ``\log`` is meant. An ``opener`` with two backslashes means that the body was
    escaped again for a blog's Markdown. But such a body sometimes has no doubled backslashes.
    """
    if opener == "`":
        return body.strip(), ""
    tex = body.replace("\\|", "|") if is_row else body
    halved = _unescaped(tex)
    is_escaped = opener.startswith("\\\\")
    bare = _bare(halved if is_escaped else tex, opener)
    if halved is tex or (is_escaped and _DOUBLED_COMMAND.search(tex)):  # all are doubled
        return bare, ""
    other = _bare(tex if is_escaped else halved, opener)
    return bare, "" if other == bare else other


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
    r"""Halve doubled backslashes. Turn ``\_`` and ``\*`` into ``_`` and ``*`` outside ``\text{}``.

    So ``\\log`` becomes ``\log``. Single backslashes stay, because such a body often mixes
    ``\\log`` and ``\mid``. Two before a space, an ``&`` or a line end stay too: they are a line
    break.
    """
    if not ("\\\\" in tex or "\\_" in tex or "\\*" in tex):
        return tex  # most formulas end here, which saves time
    return _ESCAPE.sub(_single, tex)


def _single(match: re.Match[str]) -> str:
    if match["text"]:
        return re.sub(r"^\\\\", r"\\", match["text"])
    if match["doubled"]:
        return "\\" + match["doubled"]
    return match["emphasis"] or "\\\\"
