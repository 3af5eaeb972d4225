"""The signs of Markdown and of hand-written notes, each spelled here and nowhere else.

Names in capitals are parts of regular expressions. Functions look at one line. What a sign means is
for the finders to say.
"""

from __future__ import annotations

import re

BULLET = r"[-*+•●▪]"
"""The sign of an item that does not count; CommonMark (section 5.2) knows the first three."""
MARKER = r"(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)"
"""A list marker of CommonMark, section 5.2."""
ITEM = rf"(?:{MARKER})[ \t]+"
"""A list marker and the blanks before its text."""
LISTED = rf"(?:{BULLET}|\d{{1,9}}[.)])"
"""What begins an item as people write it, not only in CommonMark."""
NUMBER = (
    r"[(（\[]?(?P<number>\d{1,4})(?:[、．：]\s*"
    r"|-[ \t]+(?=[^\W\d_])"
    r"|[ºª]?\\?[.)）\]:]+-?(?:[ \t\u00a0]+|(?=[^\x00-\x7f]|[A-Z*_`\"'¿])))"
    r"|(?P<circled>[①-⑳])\s*"
    r"|(?i:q|question)\.?[ ]?(?P<label>\d{1,4})(?=\s|[.:)])(?:[.:)]+)?\s+(?!\W)"
)
"""The number of an item: ``1.``, ``(1)``, ``1.-``, ``1º)``, ``1、``, ``①``, ``Q1``."""
RULE = r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})"
"""All of a line that is a thematic break (CommonMark section 4.1)."""
QUOTES = r"(?: {0,3}> ?)*"
"""The marks of the quotes around a line (CommonMark section 5.1)."""
BOX = r"\[[ xX]\]"
"""A box to tick, as GitHub writes it."""
HASHES = r"#{1,6}(?=[ \t\u00a0\u3000]|$)"
"""What begins a heading (CommonMark section 4.2); keyboards give other blanks by accident."""
TICK = r"(?:[✅✓✔☑]\ufe0f?|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check):)"
CROSS = r"(?:[❌✗✘]\ufe0f?|:(?:x|negative_squared_cross_mark|heavy_multiplication_x):)"
"""What says that an option is right, and that it is wrong."""
TICK_BOX = r"(?:\[[ xX*]?\]|\([ xX]\))(?![(\[])|[☐☑☒⬜]"
"""A box in further shapes, as quizzes have them before their options."""
OPTION = (
    r"(?P<open>(?:\*\*|__)?[(\[（【]?(?:\*\*|__)?)(?P<label>[A-Za-z])"
    r"(?P<close>(?:\*\*|__)?(?P<sign>[.):：、）．\]】]+)(?:\*\*|__)?)"
    r"(?=\s|$|[^\x00-\x7f]|[`$*\"'(A-Z<0-9-]|(?<=、)\w)[ \t]*"
)
"""The letter of an option: ``A.``, ``(b)``, ``**C)**``, ``D：``."""
LETTERED = r"[(\[（]?(?P<label>[A-Ha-h])[.)\]、．）]"
"""The letter of an option (``label``) without bold around it, one of the first eight."""
BARE_OPTION = (
    r"(?P<open>(?:\*\*|__)?)(?P<label>[A-Z])(?:\*\*|__)?(?:[ \t]+[–—-]+)?[ \t]+"
    r"(?=[\w\"'`$(（*<\[¿¡])"
)
"""A letter that only those of its neighbours make an option: ``A iron``, ``**B** - gold``."""
BY_LETTERS = r"<div\b[^<>]*\b(?P<case>upper|lower)-(?:alpha|latin)\b"
"""What shows the numbers of a list as letters, as MkDocs writes it."""
GAP = r"_{3,}|\.{4,}|…{2,}|\[(?:_+|\s{2,}|\.{3,})\]|[(（]\s{2,}[)）]"
"""A blank to fill in a sentence."""
FENCE = r"`{3,}|~{3,}"
"""What opens or closes a block of code (CommonMark section 4.5)."""
BOLD = r"\*\*\*|\*\*|___|__|(?i:<(?:b|strong)>)"
"""What opens bold text."""
QUESTION_MARK = r"[?？؟⁇]"
"""The mark of a question; Greek's ``;`` means too much else."""

OPEN_END = r"\.{3}|…|(?:\\?_){2,}|[(（]\s*[)）]|[:：]\W*$"
"""Where a text leaves something out: dots, a short blank, empty brackets, a colon at its end."""

_OPENS_RULE = ("-", "*", "_", "<")
_RULE = re.compile(rf"(?i){RULE}|[ \t]*<hr\b[^<>]*>[ \t]*")
_OPEN_END = re.compile(rf"{GAP}|{OPEN_END}")


def is_rule(text: str) -> bool:
    """Whether a line is a thematic break and nothing else."""
    return text.lstrip(" \t")[:1] in _OPENS_RULE and _RULE.fullmatch(text) is not None


def is_open(text: str) -> bool:
    """Whether a text leaves something out: a blank, three dots, what belongs behind its colon."""
    return _OPEN_END.search(text) is not None
