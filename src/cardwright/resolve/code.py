"""Code blocks highlighted by Pygments, with its short classes."""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import groupby

from pygments import format
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from cardwright.markup.inert import inert_code
from cardwright.model import CodeBlock

MAX_LENGTH = 5000
"""Characters of code beyond which it is not highlighted.

Nobody learns that from a card, and some lexers take the square of the length or more."""

_LONGEST_LINE = 500
_MOST_BLANK_LINES = 50
"""In a row. On what is longer, the lexers of C and others take seconds."""


def code_html(block: CodeBlock) -> str:
    """The block in a frame that scrolls, a single line in one that wraps.

    It is plain when its language is unknown, or when it would take a lexer long.
    """
    lexer = None if _takes_long(block.code) else _lexer(block.language)
    html = _highlighted(block.code, lexer) if lexer is not None else None
    if html is None:
        html = escape(block.code, quote=False)
    frame = "cw-code" if "\n" in block.code else "cw-code cw-one-line"
    return f'<div class="{frame}"><pre><code>{inert_code(html)}</code></pre></div>'


def _takes_long(code: str) -> bool:
    if len(code) > MAX_LENGTH:
        return True
    lines = code.split("\n")
    runs = (sum(1 for _ in run) for is_text, run in groupby(lines, str.strip) if not is_text)
    return max(map(len, lines)) > _LONGEST_LINE or max(runs, default=0) > _MOST_BLANK_LINES


def _highlighted(code: str, lexer: Lexer) -> str | None:
    """The code with its classes; ``None`` when the lexer would leave out or change a character.

    Lexers of consoles and differences know a line only by its end, so the last one gets one.
    """
    whole = code + "\n"
    tokens = list(lexer.get_tokens(whole))
    if "".join(text for _, text in tokens) != whole:
        return None
    html: str = format(tokens, _formatter())
    return html.removesuffix("\n")


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)


@cache
def _lexer(language: str) -> Lexer | None:
    """The lexer of a language, every line end and leading blank line kept; ``None``: no such."""
    try:
        lexer: Lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return lexer
