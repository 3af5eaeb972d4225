"""Writes a formula as KaTeX's HTML, as TeX for Anki's MathJax, or as source code if refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from cardwright.formulas.tex import refused_command
from cardwright.markup.inert import inert_code, inert_text
from cardwright.markup.marks import CLOSING, OPENING, edge_mark
from cardwright.model import Edge, Formula, Typeset

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_PARAMETER = re.compile(r"#([1-9])")


def formula_html(
    formula: Formula, typeset: Typeset | None, macros: Mapping[str, str], key: str
) -> str:
    r"""Return KaTeX's HTML, or ``\(…\)`` or ``\[…\]`` with the macros it uses if there is none.

    KaTeX's ``<math>`` gets the original TeX in ``alttext``, for Anki's search and for ``cardwright
    pull``.

    ``key`` is the key of a fragment with deletions, or ``""``. With a key, the result contains no
    ``}}`` or ``::``, but the placeholders of the formula's own deletions.
    """
    typeset = typeset or Typeset(formula.tex, None, formula.is_display)
    definitions = _definitions(typeset.tex, macros)
    tex = f"{definitions}{typeset.tex}"
    if typeset.is_refused or refused_command(tex):
        return _refused(formula, key)
    if typeset.html is not None:
        tex = escape(_spaced(typeset.tex) if key else typeset.tex, quote=False)
        # Anki's editor searches the raw HTML for MathJax's delimiters, even in attributes.
        tex = _DELIMITER.sub("&#92;", inert_code(tex.replace('"', "&quot;")))
        return inert_text(typeset.html).replace("<math", f'<math alttext="{tex}"', 1)
    opening, closing = ("\\[", "\\]") if typeset.is_display else ("\\(", "\\)")
    # A backslash at the end would escape the closing delimiter.
    gap = " " if tex.endswith("\\") else ""
    if key:
        tex = _spaced(definitions) + _with_edges(formula.tex, formula.edges, key)
    return f"{opening}{inert_code(escape(tex, quote=False))}{gap}{closing}"


_DELIMITER = re.compile(r"\\(?=[(\[])")


def _refused(formula: Formula, key: str) -> str:
    """Return the source as code. If a part of it should be hidden, all of it is."""
    code = f'<code class="cw-tex">{inert_code(escape(formula.source, quote=False))}</code>'
    whole = dict.fromkeys(edge.deletion for edge in formula.edges)
    begin = "".join(edge_mark(key, deletion, OPENING) for deletion in whole)
    end = "".join(edge_mark(key, deletion, CLOSING) for deletion in reversed(whole))
    return f"{begin}{code}{end}"


def _definitions(tex: str, macros: Mapping[str, str]) -> str:
    r"""Return ``\def\name#1{body}`` for each macro that the formula uses, directly or not."""
    if not macros:
        return ""
    used: dict[str, str] = {}
    waiting = [tex]
    while waiting:
        for name in _COMMAND.findall(waiting.pop()):
            if name in macros and name not in used:
                used[name] = macros[name]
                waiting.append(macros[name])
    found: list[str] = []
    for name, body in sorted(used.items()):
        count = max(map(int, _PARAMETER.findall(body)), default=0)
        parameters = "".join(f"#{number}" for number in range(1, count + 1))
        found.append(f"\\def{name}{parameters}{{{body}}}")
    return "".join(found)


def _spaced(tex: str) -> str:
    """Insert spaces so that TeX has no ``}}`` or ``::``. They change nothing in mathematics."""
    return re.sub(r"\}(?=\})|:(?=:)", r"\g<0> ", tex)


def _with_edges(tex: str, edges: Sequence[Edge], key: str) -> str:
    r"""Insert the placeholders of deletions into ``tex``, and space it.

    The TeX stays valid when Anki replaces a deletion with ``[...]``.

    A deletion that is an argument becomes a group. Otherwise, ``x^{{c1::2}}`` would become ``x^2``
    and ``\frac{{c1::a}}{b}`` would become ``\fraca{b}``. Also, ``[...]`` would be the optional
    argument of ``\sqrt`` or ``\\``.
    """
    grouped = _grouped(tex, edges)
    out: list[str] = []
    at = 0
    for edge in edges:
        word = edge_mark(key, edge.deletion, edge.kind)
        # The spaces separate the marks from the formula's own braces.
        if edge.kind == OPENING:
            word = f"{{ {word}" if edge.deletion in grouped else f" {word}"
        elif edge.kind == CLOSING:
            word = f" {word} }}" if edge.deletion in grouped else f" {word} "
        out += [tex[at : edge.offset], word]
        at = edge.offset
    return _spaced("".join((*out, tex[at:])))


_ARGUMENT = re.compile(r"(?:[\^_\]]|\\(?:[A-Za-z]+\*?|\\))\s*$")
_BEHIND_ARGUMENT = re.compile(r"\}\s*$")
_SYMBOL = re.compile(r"\s*(?:\\[A-Za-z]+|[^\w{}\\])?\s*")
_NO_GROUP = re.compile(r"[&_^]|\\(?:\\|left|right|begin|end|over|limits)(?![A-Za-z])")
_LONGEST_COMMAND = 40


def _grouped(tex: str, edges: Sequence[Edge]) -> set[int]:
    """Return the deletions that become groups. A lone symbol keeps its spacing without a group."""
    found: set[int] = set()
    # What is hidden ends at the divider before a hint, or else at the closing edge.
    ends = {edge.deletion: edge.offset for edge in reversed(edges) if edge.kind != OPENING}
    for deletion, start in [(e.deletion, e.offset) for e in edges if e.kind == OPENING]:
        before = tex[max(start - _LONGEST_COMMAND, 0) : start]
        inside = tex[start : ends.get(deletion, start)]
        is_argument = _ARGUMENT.search(before)
        is_second = _BEHIND_ARGUMENT.search(before) and not _SYMBOL.fullmatch(inside)
        if (is_argument or is_second) and _is_group(inside):
            found.add(deletion)
    return found


def _is_group(tex: str) -> bool:
    """Whether braces can enclose the TeX: it is balanced, and not a part of a table or a script."""
    if _NO_GROUP.match(tex.lstrip()) or re.search(r"&|\\\\", tex):
        return False
    depth = 0
    for sign in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0
