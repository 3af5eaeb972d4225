"""Typesets the formulas of notes with KaTeX, or checks them if MathJax will typeset them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from cardwright.config import Config
from cardwright.diagnostics import Code, Diagnostic
from cardwright.formulas.tex import refused_command
from cardwright.markup.marks import find_marks
from cardwright.math.engine import StartError
from cardwright.math.katex import (
    MATHML,
    NOTHING,
    PLAIN,
    FormulaRefusal,
    KatexSession,
    Outcome,
    PendingFormulas,
    Request,
)
from cardwright.math.refusals import describe, mathjax_knows
from cardwright.model import Callout, Formula, Fragment, RenderedNote, Typeset
from cardwright.tex_macros import Macros, definitions_in


def begin_typesetting(
    notes: Sequence[RenderedNote], config: Config, session: KatexSession
) -> Typesetting:
    """Submit the formulas of some notes to KaTeX, which works in the background.

    With ``math: {output: mathjax}``, and for formulas with deletions, KaTeX only checks. Its HTML
    is not used, and a command that only MathJax supports is not reported.
    """
    settled: dict[Formula, Typeset] = {}
    groups: dict[tuple[Macros, str], dict[Formula, None]] = {}
    outputs = {"mathjax": NOTHING, "katex-html": PLAIN}
    usual = outputs.get(config.math.output, MATHML)
    for note in notes:
        macros = tuple(config.math.macros_with(note.source.macros).items())
        fragments = (note.front, note.back, note.hint, note.extra, *note.titles)
        for formula in chain.from_iterable(map(_shown, fragments)):
            if definitions_in(formula.tex):
                settled[formula] = Typeset(formula.tex, "")
            elif refused_command(formula.tex):  # the renderer has reported it
                settled[formula] = Typeset(formula.tex, is_refused=True)
            else:
                output = NOTHING if formula.edges else usual
                groups.setdefault((macros, output), {})[formula] = None
    begun = []
    for (macros, output), asked in groups.items():
        requests = [Request(formula.tex, formula.is_display) for formula in asked]
        begun.append((tuple(asked), session.submit(requests, dict(macros), output)))
    return Typesetting(settled, begun, config, session)


@dataclass(frozen=True, slots=True)
class Typesetting:
    """The formulas of some notes that KaTeX is typesetting."""

    _settled: Mapping[Formula, Typeset]  # they need no KaTeX
    _groups: Sequence[tuple[Sequence[Formula], PendingFormulas]]  # by macros and output
    _config: Config
    _session: KatexSession

    def finish(self) -> tuple[Mapping[Formula, Typeset], tuple[Diagnostic, ...]]:
        """Wait for KaTeX. Return what the cards show for each formula, and what is refused.

        RN411 if KaTeX cannot run at all.
        """
        found = dict(self._settled)
        problems: dict[Diagnostic, None] = {}
        for formulas, pending in self._groups:
            try:
                outcomes = _outcomes(formulas, pending, self._session)
            except StartError as error:
                message = f"KaTeX cannot be run, so no formula can be typeset: {error}"
                return {}, (Diagnostic(formulas[0].place, Code.NO_KATEX, message, _NO_V8),)
            for formula, (request, outcome) in zip(formulas, outcomes, strict=True):
                is_for_mathjax = pending.output == NOTHING
                found[formula], problem = self._typeset(formula, request, outcome, is_for_mathjax)
                if problem is not None:
                    problems[problem] = None
        return found, tuple(problems)

    def _typeset(
        self, formula: Formula, request: Request, outcome: Outcome, is_for_mathjax: bool
    ) -> tuple[Typeset, Diagnostic | None]:
        typeset = Typeset(request.tex, None, request.is_display)
        if isinstance(outcome, str):
            return typeset if is_for_mathjax else replace(typeset, html=outcome), None
        if is_for_mathjax and mathjax_knows(outcome.words):
            return typeset, None
        is_refused = self._config.math.output != "mathjax"
        return replace(typeset, is_refused=is_refused), describe(formula, request.tex, outcome)

    def known(self) -> dict[str, dict[Request, str]]:
        """Return KaTeX's HTML, for ``KatexSession.remember``. Call it after ``finish``."""
        known: dict[str, dict[Request, str]] = {}
        for _, pending in self._groups:
            known.setdefault(pending.key, {}).update(pending.written())
        return known


def _shown(fragment: Fragment) -> Iterator[Formula]:
    """Yield the formulas whose marks are in the HTML or in the title of a callout."""
    titles = (mark.title for mark in fragment.marks if isinstance(mark, Callout))
    text = "\n".join((fragment.html, *titles))
    if not fragment.key or fragment.key not in text:
        return
    for number in dict.fromkeys(number for _, _, number in find_marks(text, fragment.key)):
        mark = fragment.marks[number]
        if isinstance(mark, Formula):
            yield mark


def _outcomes(
    formulas: Sequence[Formula], pending: PendingFormulas, session: KatexSession
) -> list[tuple[Request, Outcome]]:
    """Return KaTeX's answer for the first reading of each formula that it accepts."""
    pairs = list(zip(pending.requests, pending.outcomes(), strict=True))
    again = [
        (index, request)
        for index, (_, outcome) in enumerate(pairs)
        if isinstance(outcome, FormulaRefusal) and not outcome.is_limit
        for request in _other_requests(formulas[index], outcome)
    ]
    requests = [request for _, request in again]
    retried = session.submit(requests, pending.macros, pending.output).outcomes()
    for (index, request), outcome in zip(again, retried, strict=True):
        is_better = isinstance(outcome, str) or outcome.is_lost  # a lost one may be valid
        if is_better and isinstance(pairs[index][1], FormulaRefusal):
            pairs[index] = request, outcome
    return pairs


_DISPLAY_ONLY = re.compile(r"display mode|display equations")


def _other_requests(formula: Formula, refusal: FormulaRefusal) -> Iterator[Request]:
    """Yield other readings: other backslashes, or a display if only that is allowed."""
    if formula.other:
        yield Request(formula.other, formula.is_display)
    if not formula.is_display and _DISPLAY_ONLY.search(refusal.words):
        yield Request(formula.tex, True)


_NO_V8 = "install Cardwright again with pip; V8 needs an unlimited address space (ulimit -v)"
