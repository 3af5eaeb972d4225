"""KaTeX for tests: formulas in, what became of each out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cardwright.math.katex import MATHML, KatexSession, Outcome, Request


def run_katex(
    requests: Sequence[Request], macros: Mapping[str, str], output: str = MATHML
) -> list[Outcome]:
    """The outcome of each formula, in the order of ``requests``."""
    return KatexSession().submit(requests, macros, output).outcomes()
