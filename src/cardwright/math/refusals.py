"""Reports what KaTeX refuses, with its place in the file and a caret under it."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.math.katex import FormulaRefusal
from cardwright.model import Formula, Place

_MATHJAX = "math: {output: mathjax}"
_ROOM = 72  # the number of characters of a line in an excerpt


def describe(formula: Formula, tex: str, refusal: FormulaRefusal) -> Diagnostic:
    """Return RN409 for invalid TeX, RN410 for a limit, RN412 for a lost formula.

    ``tex`` is the reading that KaTeX got.
    """
    if refusal.is_lost:
        message = f"the formula is not typeset: {refusal.words}"
        hint = "the card shows its source; build again, or split it into smaller formulas"
        return Diagnostic(formula.place, Code.LOST_FORMULA, message, hint)
    if refusal.is_limit:
        message = f"the formula goes over a limit: {refusal.words}"
        hint = "the card shows its source; split it into smaller formulas"
        return Diagnostic(formula.place, Code.HEAVY_FORMULA, message, hint)
    line, offset = _spot(formula, tex, refusal.position or 0)
    start = formula.line_places[line] if formula.line_places else formula.place
    place = Place(start.path, start.line, start.column + offset)
    message = f"the formula cannot be typeset: {shorten(refusal.words, 120)}"
    text = formula.source.split("\n")[line]
    shown = excerpt(text, None if refusal.position is None else offset)
    known = mathjax_knows(refusal.words)
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, refusal.words)), _ANY)
    if known:
        hint = f"KaTeX has no '{known}', but MathJax has it: write '{_MATHJAX}' in deck.yml"
    return Diagnostic(place, Code.BROKEN_FORMULA, message, hint, shown)


_ANY = "the card shows its source until KaTeX can read it"
_HINTS = (
    (r"^Undefined control sequence", "correct its name, or define it under 'math: macros'"),
    (r"^No such environment", "correct its name; aligned, cases and the matrices are known"),
    (
        r"got '&'",
        "an '&' needs an environment: put \\begin{aligned} … \\end{aligned} around it",
    ),
    (r"got '\\\\(?:\\\\|cr|newline)'", "put \\begin{aligned} … \\end{aligned} around the lines"),
    (r"^Expected 'EOF', got '}'", "this brace closes nothing; write '\\}' to show one"),
    (r"^Expected '}'|end of input in a macro argument", "each '{' needs a '}'"),
    (r"\\right|\\left", "\\left and \\right come in pairs; write '.' for a side without a bracket"),
    (r"^Double (?:super|sub)script", "put braces around the inner one: {x^2}^3"),
    (r"can't use function '\$'|got '\$'", "write '\\$' for a dollar in a formula"),
    (r"^Can't use function .* in text mode", "end \\text{…} before it, or put dollars around it"),
    (r"^\\char makes", "write the character itself, or the number of a printable one"),
    (r"#", "write '\\#' for a number sign in a formula"),
)


_OPENER = re.compile(r"(?:`{3,}|~{3,})[^\n]*\n|\$`|\$\$\s*\\\[|\$\$|\$|\\\\?[(\[](?!\\)|\\\\?[(\[]")


def _spot(formula: Formula, tex: str, position: int) -> tuple[int, int]:
    """Map ``position`` in ``tex`` to a line and an offset (from 0) in the formula's source.

    In each line, the source has the characters of the TeX in the same order, with others between.
    """
    opener = None if tex.startswith("\\begin") else _OPENER.match(formula.source)
    at = opener.end() if opener else 0
    before = tex[:position]
    for part in before.split("\n")[:-1]:
        at = _behind(formula.source, at, part)
        at = max(formula.source.find("\n", at), at)
    last = before.rpartition("\n")[2]
    whole = tex[position - len(last) :].partition("\n")[0]
    found = formula.source.find(whole, at)
    end_of_line = formula.source.find("\n", at + 1)
    if found >= 0 and (end_of_line < 0 or found <= end_of_line or not last):
        at = found + len(last)
    else:
        at = _behind(formula.source, at, last)
    line = formula.source.count("\n", 0, at)
    return line, at - (formula.source.rfind("\n", 0, at) + 1)


def _behind(source: str, at: int, part: str) -> int:
    """Return the offset after the characters of ``part``, found one by one in order from ``at``."""
    for character in part:
        found = source.find(character, at)
        at = found + 1 if found >= 0 else at
    return at


def excerpt(text: str, offset: int | None) -> str:
    """Return the line, shortened around ``offset``, with a caret below that place."""
    start = 0
    text = text.replace("\t", " ")
    margin = len(text) - len(text.lstrip()) if offset is None or text[:offset].strip() else 0
    text, offset = text[margin:], None if offset is None else offset - margin
    if offset is not None and offset > _ROOM - 12:
        start = offset - _ROOM // 2
    shown = text[start : start + _ROOM]
    head, tail = "…" if start else "", "…" if start + _ROOM < len(text) else ""
    line = f"{head}{shown}{tail}"
    if offset is None:
        return line
    before = head + shown[: offset - start]
    wide = sum(east_asian_width(sign) in "WF" for sign in before if not combining(sign))
    columns = sum(not combining(sign) for sign in before) + wide  # of a terminal
    return f"{line}\n{' ' * columns}^"


_NAMES = """
abovewithdelims atopwithdelims overwithdelims adjustlimits Aboxed ArrowBetweenLines bbFont bbox
bigtimes bracevert arrowvert Arrowvert buildrel cancelto centercolon cr cramped crampedclap
crampedllap crampedrlap crampedsubstack definecolor DeclarePairedDelimiter displaylines divsymbol
enclose eqalign eqalignno leqalignno eqref framebox hfil hfill hfilll idotsint iiiint ketbra
Ketbra leftroot uproot root lower raise moveleft moveright mathmakebox mathmbox mathtip mathtoolsset
mathbfcal mathbffrak mathbfit mathbfscr mathbfsf mathbfsfup mathbfup mathsfup mathup mit
mspace ndownarrow nuparrow newenvironment renewenvironment Newextarrow nonscript oldstyle
overparen overunderset prescript ref refeq Rule scr shortvdotswithin shoveleft shoveright
sideset skew Space splitdfrac splitfrac stackbin strut symbb symbf symbfcal symbffrak symbfit
symbfscr symbfsf symbfsfit symbfsfup symbfup symcal symfrak symit symnormal symrm symscr symsf
symsfit symsfup symtt symup textclap textllap textrlap texttip Tiny toggle underparen unicode
vdotswithin xLeftrightharpoons xRightleftharpoons xmathstrut longleftrightarrows
longLeftrightharpoons longrightleftharpoons longRightleftharpoons matrix pmatrix cases
AxiomC UnaryInfC BinaryInfC TrinaryInfC RightLabel LeftLabel
"""
COMMANDS = frozenset(_NAMES.split())
"""Commands in the maps of MathJax 3.2.2, with Anki's packages, but not in KaTeX 0.19.1."""

_ENVIRONMENT_NAMES = """
eqnarray eqnarray* multline multline* multlined flalign flalign* xalignat xalignat* xxalignat
dcases* rcases* drcases* cases* smallmatrix* psmallmatrix psmallmatrix* bsmallmatrix
bsmallmatrix* Bsmallmatrix Bsmallmatrix* vsmallmatrix vsmallmatrix* Vsmallmatrix Vsmallmatrix*
crampedsubarray spreadlines lgathered rgathered prooftree
"""
ENVIRONMENTS = frozenset(_ENVIRONMENT_NAMES.split())

_UNKNOWN = re.compile(r"Undefined control sequence: \\([A-Za-z]+)|No such environment: (\S+)")


def mathjax_knows(words: str) -> str:
    r"""Return what KaTeX does not know but MathJax does (``\bbox``, ``multline``), else ``""``."""
    match = _UNKNOWN.match(words)
    if match is None:
        return ""
    if match[1] in COMMANDS:
        return f"\\{match[1]}"
    return match[2] if match[2] in ENVIRONMENTS else ""
