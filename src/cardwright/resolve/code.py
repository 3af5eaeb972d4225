"""Highlights code blocks with Pygments and its short class names."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from html import escape
from itertools import groupby

from pygments import format
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.util import ClassNotFound

from cardwright.markup.inert import inert_code, inert_text
from cardwright.model import CodeBlock

MAX_LENGTH = 5000
"""Characters. Longer code is not highlighted.

Nobody learns that much code from a card, and some lexers take quadratic time or more.
"""

_LONGEST_LINE = 500
_MOST_BLANK_LINES = 50  # in a row; with more, the lexers of C and some others take seconds


def code_html(block: CodeBlock) -> str:
    """Return the block in a frame that scrolls, or that wraps if the code is a single line.

    Its title is above the frame. The code is plain if its language is unknown or if a lexer would
    take too long.
    """
    lexer = None if _takes_long(block.code) else _lexer(block.language)
    html = _highlighted(block.code, lexer) if lexer is not None else None
    if html is None:
        html = escape(block.code, quote=False)
    frame = "cw-code" if "\n" in block.code else "cw-code cw-one-line"
    title = inert_text(escape(block.title, quote=False))
    above = f'<div class="cw-code-title">{title}</div>' if title else ""
    return f'{above}<div class="{frame}"><pre><code>{inert_code(html)}</code></pre></div>'


def _takes_long(code: str) -> bool:
    if len(code) > MAX_LENGTH:
        return True
    lines = code.split("\n")
    runs = (sum(1 for _ in run) for is_text, run in groupby(lines, str.strip) if not is_text)
    return max(map(len, lines)) > _LONGEST_LINE or max(runs, default=0) > _MOST_BLANK_LINES


def _highlighted(code: str, lexer: Lexer) -> str | None:
    """Highlight the code. Return ``None`` if the lexer would drop or change a character.

    The lexers of console sessions and diffs need a line end after each line, so this adds the last.
    """
    whole = code + "\n"
    tokens = list(lexer.get_tokens(whole))
    if "".join(text for _, text in tokens) != whole:
        return None
    html: str = format(tokens, _FORMATTER)
    return html.removesuffix("\n")


_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


@lru_cache(maxsize=256)  # authors may name any
def _lexer(language: str) -> Lexer | None:
    """Return a lexer, or ``None``. As on GitHub, a suffix of the language's files is a name."""
    for find, name in ((get_lexer_by_name, language), (get_lexer_for_filename, f"x.{language}")):
        with suppress(ClassNotFound):
            lexer: Lexer = find(name, stripnl=False, ensurenl=False)
            return lexer
    return None
