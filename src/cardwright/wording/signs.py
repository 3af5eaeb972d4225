"""Spells the signs of Markdown and of hand-written notes, each of them only here.

Names in capitals are parts of regular expressions. Plural names are characters, for ``[…]`` and for
``in``. Finders decide what a sign means.
"""

from __future__ import annotations

import re

COLONS = ":："
COLON = f"[{COLONS}]"
"""The sign after a label, and at the end of a sentence that announces something."""
BULLETS_OF_MARKDOWN = "-*+"
DOTS = "•●▪"
BULLETS = f"{BULLETS_OF_MARKDOWN}{DOTS}"
BULLET = f"[{BULLETS}]"
"""The sign of an item without a number. CommonMark (section 5.2) has the first three."""
MARKER = rf"(?:[{BULLETS_OF_MARKDOWN}]|\d{{1,9}}[.)])(?=[ \t]|$)"
"""A list marker of CommonMark, section 5.2."""
ITEM = rf"(?:{MARKER})[ \t]+"
"""A list marker and the spaces before its text."""
LISTED = rf"(?:{BULLET}|\d{{1,9}}[.)])"
"""The start of an item as people write it, not only in CommonMark."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨"
COUNTING = f"{CIRCLED}アイウエオカキクабвгдежзАБВГДЕЖЗ가나다라마"
"""The signs of options in scripts without Latin letters."""
COUNTED = rf"(?:[{CIRCLED}]|[{COUNTING}](?=[\s.．、{COLONS})）]))"
"""The start of such an option: ``① root``, ``ア 根``, ``б) лист``."""
KEY_CAPS = r"(?:\d{0,2}(?:\d\ufe0f?\u20e3)+|\U0001f51f)"
"""A number in the pictures of keys: ``1️⃣``, ``🔟``, ``1️⃣1️⃣`` or ``11️⃣``."""
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
PAGE_BREAK = r"\\(?:newpage|pagebreak|clear(?:double)?page)(?:\[\d\])?(?:\{\})?"
"""A command of LaTeX alone on its line. Pandoc passes it on to a PDF (extension ``raw_tex``)."""
PAGE_TAG = r"\{%-?\s*(?:end)?(?:hint|tabs?|raw|block|columns?|stepper|step)\b[^%]*%\}"
"""A tag of GitBook or Jekyll around a part of a page."""
QUOTES = r"(?: {0,3}> ?)*"
"""The marks of the quotes around a line (CommonMark section 5.1)."""
BOX = r"\[[ xX]\]"
"""A box to tick, as GitHub writes it."""
HASHES = (
    r"(?:#{1,6}(?=[ \t\u00a0\u3000]|$)"
    r"|#{2,6}(?=[^\W_]|[*¿])(?![a-z][\w-]*[ \t]*$|[0-9a-fA-F]{6}\b))"
)
"""The start of a heading (CommonMark section 4.2). Keyboards give other spaces by accident.

After two hashes or more, many people leave the space out, as GitHub once allowed. ``##linux`` is a
name, and ``##00FF00`` is a colour.
"""
TICKS, CROSSES = "✅✓✔☑", "❌✗✘"
TICK = rf"(?:[{TICKS}]\ufe0f?|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check):)"
CROSS = rf"(?:[{CROSSES}]\ufe0f?|:(?:x|negative_squared_cross_mark|heavy_multiplication_x):)"
"""Signs that an option is right, and signs that it is wrong."""
EMPTY_BOX, TICKED_BOXES = "☐", "☑☒"
BOXES = f"{EMPTY_BOX}{TICKED_BOXES}⬜"
TICK_BOX = rf"(?:\[[ xX*]?\]|\([ xX]\)|\[\([ xX]\)\]|\[\[[ xX]\]\])(?![(\[])|[{BOXES}]"
"""A box in further shapes, as quizzes have them before their options: LiaScript's ``[(X)]``."""
BOLD_SIGN = r"(?:\*\*|__)"
LETTERS = "ABCDEFGH"
"""The letters that options have."""
OPTION = (
    rf"(?P<open>{BOLD_SIGN}?[(\[（【]?{BOLD_SIGN}?)(?P<label>[A-Za-z])"
    rf"(?P<close>{BOLD_SIGN}?(?P<sign>[.):：、）．\]】]+){BOLD_SIGN}?)"
    r"(?=\s|$|[^\x00-\x7f]|[`$*\"'(A-Z<0-9-]|(?<=[：、）．】])\w)[ \t]*"
)
"""The letter of an option: ``A.``, ``(b)``, ``**C)**``, ``D：``."""
LETTERED = rf"[(\[（]?(?P<label>[{LETTERS}{LETTERS.lower()}])[.)\]、．）]"
"""The letter of an option (``label``) without bold around it."""
SECOND_OPTION = rf"\s{{0,3}}(?:{BULLET}\s+)?{BOLD_SIGN}?B{BOLD_SIGN}?\s?[{COLONS}.)]"
"""The option B. Before it, ``A:`` is not the label of an answer, and ``C:`` not that of a cloze."""
BARE_OPTION = (
    rf"(?P<open>{BOLD_SIGN}?)(?P<label>[A-Z]){BOLD_SIGN}?"
    r"(?:(?:[ \t]*[–—-]+)?[ \t]+(?=[\w\"'`$(（*<\[¿¡])|[.．](?=[a-z]))"
)
"""An option only if those beside it are: ``A iron``, ``**B** - gold``, ``C.tin``, ``D- lead``."""
GAP = r"_{3,}|\.{4,}|…{2,}|\[(?:_+|\s{2,}|\.{3,})\]|[(（]\s{2,}[)）]"
"""A blank to fill in a sentence."""
POINTS = r"[(（\[]\s?\d{1,3}(?:[.,]\d{1,2})?\s?[^\W\d_]{1,12}\.?\s?[)）\]]"
"""What a question of an exam is worth, in any language: ``(4 points)``, ``(2,5 P.)``."""
_NAMED = rf"[{LETTERS}{LETTERS.lower()}](?:[ \t,，、]*[{LETTERS}{LETTERS.lower()}])*"
FILLED_GAP = rf"[(（【][ \t\u3000]*(?P<letters>{_NAMED})[ \t\u3000]*[)）】]"
"""A gap in which the letters of the right options are (``letters``): ``（C）``, ``( B, D )``."""
FENCE = r"`{3,}|~{3,}"
"""The fence that opens or closes a block of code (CommonMark section 4.5)."""
FENCES = ("```", "~~~")
BOLD = r"\*\*\*|\*\*|___|__|(?i:<(?:b|strong)>)"
"""The mark that opens bold text."""
QUESTION_MARKS = "?？؟⁇\u037e"
_GREEK = r"(?<=[\u0370-\u03ff\u1f00-\u1fff]{2})"
QUESTION_MARK = f"(?:[{QUESTION_MARKS}]|{_GREEK};)"
"""The mark of a question. Behind two Greek letters, ``;`` is one."""
ENDS_ADDRESS = "，。；、！？：）」』》"
"""Punctuation of Chinese and Japanese. No address has it."""
ARROW = r"(?:[-=]{1,2}>|[→⇒➔➜])"

OPEN_END = rf"\.{{3}}|…|(?:\\?_){{2,}}|[(（]\s*[)）]|{COLON}\W*$"
"""Where a text leaves something out: dots, a short blank, empty brackets, a colon at its end."""

_COLONS, _QUESTION_MARKS = tuple(COLONS), tuple(QUESTION_MARKS)
_WORD, _TAG = re.compile(r"\w"), re.compile(r"<[^<>]*>")
_ASKS = re.compile(QUESTION_MARK)
_FIRST_OF_KEYS, _KEYS = frozenset("0123456789\U0001f51f"), re.compile(KEY_CAPS)
_DRAWN = r"[ \t]*(?:⸻+|[─━═―—]{3,})[ \t]*"
"""A rule that is drawn with characters, as assistants and people write it in plain text."""
_OPENS_RULE = tuple("-*_<⸻─━═―—")
_RULE = re.compile(rf"(?i){RULE}|[ \t]*<hr\b[^<>]*>[ \t]*|{_DRAWN}")
_NOT_LATIN = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
_OPEN_END = re.compile(rf"{GAP}|{OPEN_END}")


def has_word(text: str) -> bool:
    """Whether a text has a letter or a digit."""
    return _WORD.search(text) is not None


def begins_with_key(text: str) -> bool:
    """Whether a text begins with a number in the pictures of keys. It begins a line, too."""
    return text[:1] in _FIRST_OF_KEYS and _KEYS.match(text) is not None


def differ_in_script(first: str, second: str) -> bool:
    """Whether only one of two texts has letters of another script than the Latin one."""
    return (_NOT_LATIN.search(first) is None) != (_NOT_LATIN.search(second) is None)


def without_tags(text: str) -> str:
    """Return a text without the tags of HTML."""
    return _TAG.sub("", text) if "<" in text else text


def leads_on(text: str) -> bool:
    """Whether a text ends with a colon, which announces what follows."""
    return text.endswith(_COLONS)


def ends_asking(text: str) -> bool:
    """Whether a text ends with a question mark."""
    return text.endswith(_QUESTION_MARKS) or (text[-1:] == ";" and has_question_mark(text[-3:]))


def has_question_mark(text: str) -> bool:
    """Whether a text has a question mark anywhere."""
    return "?" in text or (not text.isascii() and _ASKS.search(text) is not None)


def is_rule(text: str) -> bool:
    """Whether a line is only a thematic break, or looks like one."""
    return text.lstrip(" \t")[:1] in _OPENS_RULE and _RULE.fullmatch(text) is not None


def is_open(text: str) -> bool:
    """Whether a text leaves something out: a gap, three dots, or the text after its colon."""
    return _OPEN_END.search(text) is not None
