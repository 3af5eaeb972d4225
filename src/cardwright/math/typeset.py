"""Typesets the formulas of notes with KaTeX, or checks them if MathJax will typeset them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.config import Config
from cardwright.diagnostics import Code, Diagnostic
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
    common_key,
)
from cardwright.math.mathjax_only import mathjax_knows
from cardwright.math.refusals import describe
from cardwright.math.tex import refused_command
from cardwright.model import Callout, Formula, Fragment, NoteSource, RenderedNote, Typeset
from cardwright.tex_macros import Macros, definitions_in


def begin_typesetting(
    notes: Sequence[RenderedNote], config: Config, session: KatexSession
) -> Typesetting:
    """Submit the formulas of some notes to KaTeX, which works in the background.

    With ``math: {output: mathjax}``, and for formulas with deletions, KaTeX only checks. Its HTML
    is not used, and a command that only MathJax supports is not reported.
    """
    return Typesetting(
        tuple(
            _begun(tuple(formulas), dict(macros), output, config, session)
            for (macros, output), formulas in _groups(notes, config).items()
        )
    )


@dataclass(frozen=True, slots=True)
class Typesetting:
    """The formulas of some notes that KaTeX is typesetting."""

    _groups: tuple[_Group, ...]

    def finish(self) -> tuple[Mapping[Formula, Typeset], tuple[Diagnostic, ...]]:
        """Wait for KaTeX. Return what the cards show for each formula, and what is refused.

        RN411 if KaTeX cannot run at all.
        """
        found: dict[Formula, Typeset] = {}
        problems: dict[Diagnostic, None] = {}
        for group in self._groups:
            try:
                outcomes = _outcomes(group)
            except StartError as error:
                return {}, (_not_run(group.asked[0], error),)
            for formula, typeset, problem in (*group.settled, *_typeset(group, outcomes)):
                found[formula] = typeset
                if problem is not None:
                    problems[problem] = None
        return found, tuple(problems)

    def known(self) -> dict[str, dict[Request, str]]:
        """Return KaTeX's HTML, for ``KatexSession.remember``. Call it after ``finish``."""
        known: dict[str, dict[Request, str]] = {}
        for group in self._groups:
            htmls = known.setdefault(common_key(group.macros, group.output), {})
            htmls |= group.pending.written()
        return known


@dataclass(frozen=True, slots=True)
class _Group:
    """Formulas with the same macros and output. ``settled`` are those that do not need KaTeX."""

    settled: tuple[_TypesetFormula, ...]
    asked: tuple[Formula, ...]
    pending: PendingFormulas
    macros: Mapping[str, str]
    output: str
    config: Config
    session: KatexSession


_TypesetFormula = tuple[Formula, Typeset, Diagnostic | None]


def _groups(
    notes: Sequence[RenderedNote], config: Config
) -> dict[tuple[Macros, str], dict[Formula, None]]:
    """Group the formulas that are shown by macros and output, each only once."""
    groups: dict[tuple[Macros, str], dict[Formula, None]] = {}
    for note in notes:
        macros = tuple(macros_for(note.source, config).items())
        for fragment in (note.front, note.back, note.hint, note.extra, *note.titles):
            for formula in _shown(fragment):
                groups.setdefault((macros, _output(formula, config)), {})[formula] = None
    return groups


def macros_for(source: NoteSource, config: Config) -> dict[str, str]:
    """Return bodies by name, including the backslash. The file's macros replace the deck's."""
    return dict(config.math.macros) | dict(source.macros)


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


def _begun(
    formulas: Sequence[Formula],
    macros: Mapping[str, str],
    output: str,
    config: Config,
    session: KatexSession,
) -> _Group:
    settled: list[_TypesetFormula] = []
    asked: list[Formula] = []
    for formula in formulas:
        if definitions_in(formula.tex):
            settled.append((formula, Typeset(formula.tex, ""), None))
        elif refused_command(formula.tex):  # the renderer has reported it
            settled.append((formula, Typeset(formula.tex, is_refused=True), None))
        else:
            asked.append(formula)
    requests = [Request(formula.tex, formula.is_display) for formula in asked]
    pending = session.submit(requests, macros, output)
    return _Group(tuple(settled), tuple(asked), pending, macros, output, config, session)


def _output(formula: Formula, config: Config) -> str:
    if formula.edges or config.math.output == "mathjax":
        return NOTHING
    return PLAIN if config.math.output == "katex-html" else MATHML


def _typeset(
    group: _Group, outcomes: Sequence[tuple[Request, Outcome]]
) -> Iterator[_TypesetFormula]:
    output = group.config.math.output
    for formula, (request, outcome) in zip(group.asked, outcomes, strict=True):
        typeset = Typeset(request.tex, None, request.is_display)
        is_for_mathjax = group.output == NOTHING
        if isinstance(outcome, str):
            html = None if is_for_mathjax else outcome
            yield formula, replace(typeset, html=html), None
        elif is_for_mathjax and mathjax_knows(outcome.words):
            yield formula, typeset, None
        else:
            is_refused = output != "mathjax"
            problem = describe(formula, request.tex, outcome)
            yield formula, replace(typeset, is_refused=is_refused), problem


def _outcomes(group: _Group) -> list[tuple[Request, Outcome]]:
    """Return KaTeX's answer for the first reading of each formula that it accepts."""
    pairs = list(zip(group.pending.requests, group.pending.outcomes(), strict=True))
    again = [
        (index, request)
        for index, (_, outcome) in enumerate(pairs)
        if isinstance(outcome, FormulaRefusal) and not outcome.is_limit
        for request in _other_requests(group.asked[index], outcome)
    ]
    requests = [request for _, request in again]
    retried = group.session.submit(requests, group.macros, group.output).outcomes()
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


def _not_run(formula: Formula, error: StartError) -> Diagnostic:
    message = f"KaTeX cannot be run, so no formula can be typeset: {error}"
    hint = "install Cardwright again with pip; V8 needs an address space without a limit (ulimit)"
    return Diagnostic(formula.place, Code.NO_KATEX, message, hint)
