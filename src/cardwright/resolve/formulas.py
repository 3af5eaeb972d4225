"""Formulas on a card: KaTeX's HTML, TeX for Anki's MathJax, or their source in a box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from cardwright.markup.inert import inert_code, inert_text
from cardwright.markup.marks import CLOSING, OPENING, edge_mark
from cardwright.math.tex import refused_command
from cardwright.model import Formula, Typeset
from cardwright.resolve.hidden_tex import spaced, with_edges

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_PARAMETER = re.compile(r"#([1-9])")


def formula_html(
    formula: Formula, typeset: Typeset | None, macros: Mapping[str, str], key: str = ""
) -> str:
    r"""KaTeX's HTML; without any, ``\(…\)`` or ``\[…\]`` with the macros that it uses in front.

    KaTeX's ``<math>`` carries the TeX as it was written in ``alttext``: Anki's search finds it
    there, and ``cardwright pull`` reads it there.

    ``key`` is that of a fragment with deletions, ``""`` for any other: then no ``}}`` or ``::``
    is left, and the words of the formula's own deletions are in it.
    """
    typeset = typeset or Typeset(formula.tex, None, formula.is_display)
    definitions = _definitions(typeset.tex, macros)
    tex = f"{definitions}{typeset.tex}"
    if typeset.is_refused or refused_command(tex):
        return _refused(formula, key)
    if typeset.html is not None:
        return _with_tex(inert_text(typeset.html), spaced(typeset.tex) if key else typeset.tex)
    opening, closing = ("\\[", "\\]") if typeset.is_display else ("\\(", "\\)")
    # A backslash at the end would make the closer an escaped bracket.
    gap = " " if tex.endswith("\\") else ""
    if key:
        tex = spaced(definitions) + with_edges(formula.tex, formula.edges, key)
    return f"{opening}{inert_code(escape(tex, quote=False))}{gap}{closing}"


def _with_tex(html: str, tex: str) -> str:
    """KaTeX's HTML with the TeX on its ``<math>``; as it is where there is no MathML."""
    value = inert_code(escape(tex, quote=False).replace('"', "&quot;"))
    # Anki's editor looks for MathJax's delimiters in the HTML as it stands, attributes included.
    value = _DELIMITER.sub("&#92;", value)
    return html.replace("<math", f'<math alttext="{value}"', 1)


_DELIMITER = re.compile(r"\\(?=[(\[])")


def _refused(formula: Formula, key: str) -> str:
    """The source as code, hidden as a whole where a part of it should be."""
    code = f'<code class="cw-tex">{inert_code(escape(formula.source, quote=False))}</code>'
    whole = dict.fromkeys(edge.deletion for edge in formula.edges)
    begin = "".join(edge_mark(key, deletion, OPENING) for deletion in whole)
    end = "".join(edge_mark(key, deletion, CLOSING) for deletion in reversed(whole))
    return f"{begin}{code}{end}"


def _definitions(tex: str, macros: Mapping[str, str]) -> str:
    r"""``\def\name#1{body}`` for each macro that the formula or another of its macros uses."""
    if not macros:
        return ""
    used: dict[str, str] = {}
    waiting = [tex]
    while waiting:
        for name in _COMMAND.findall(waiting.pop()):
            if name in macros and name not in used:
                used[name] = macros[name]
                waiting.append(macros[name])
    return "".join(_definition(name, used[name]) for name in sorted(used))


def _definition(name: str, body: str) -> str:
    count = max((int(number) for number in _PARAMETER.findall(body)), default=0)
    parameters = "".join(f"#{number}" for number in range(1, count + 1))
    return f"\\def{name}{parameters}{{{body}}}"
