"""Lists what Anki's MathJax supports and KaTeX does not."""

from __future__ import annotations

import re

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
