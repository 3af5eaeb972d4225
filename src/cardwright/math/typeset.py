"""The formulas of all notes typeset by KaTeX, or checked by it where MathJax typesets them."""

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
    Outcome,
    Pending,
    Refusal,
    Request,
    Session,
    common_key,
)
from cardwright.math.mathjax_only import mathjax_knows
from cardwright.math.refusals import describe
from cardwright.math.tex import refused_command
from cardwright.model import Callout, Formula, Fragment, NoteSource, RenderedNote, Typeset
from cardwright.tex_macros import Macros, definitions_in


def typeset_formulas(
    notes: Sequence[RenderedNote], config: Config
) -> tuple[Mapping[Formula, Typeset], tuple[Diagnostic, ...]]:
    """What stands on the cards for each formula; what is refused is a problem.

    With ``math: {output: mathjax}``, and for a formula that hides a part of itself, KaTeX only
    checks: its HTML is not used, and a refusal for what MathJax has is none. RN411 where KaTeX
    cannot be run at all.
    """
    return begin_typesetting(notes, config, Session()).finish()


def begin_typesetting(
    notes: Sequence[RenderedNote], config: Config, session: Session
) -> Typesetting:
    """Hand the formulas of some notes over; KaTeX works on them while the caller goes on."""
    return Typesetting(
        tuple(
            _begun(tuple(formulas), dict(macros), output, config, session)
            for (macros, output), formulas in _groups(notes, config).items()
        )
    )


@dataclass(frozen=True, slots=True)
class Typesetting:
    """The formulas of some notes, on their way through KaTeX."""

    _groups: tuple[_Group, ...]

    def finish(self) -> tuple[Mapping[Formula, Typeset], tuple[Diagnostic, ...]]:
        """The same as ``typeset_formulas`` gives; waits for KaTeX."""
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
        """The HTML that KaTeX wrote, for a later session to ``remember``; after ``finish``."""
        known: dict[str, dict[Request, str]] = {}
        for group in self._groups:
            htmls = known.setdefault(common_key(group.macros, group.output), {})
            htmls |= group.pending.written()
        return known


@dataclass(frozen=True, slots=True)
class _Group:
    """Formulas that KaTeX is asked the same for, and those that it is not needed for."""

    settled: tuple[_Found, ...]
    asked: tuple[Formula, ...]
    pending: Pending
    macros: Mapping[str, str]
    output: str
    config: Config
    session: Session


_Found = tuple[Formula, Typeset, Diagnostic | None]


def _groups(
    notes: Sequence[RenderedNote], config: Config
) -> dict[tuple[Macros, str], dict[Formula, None]]:
    """The formulas that are shown, each once, under their macros and what KaTeX is to write."""
    groups: dict[tuple[Macros, str], dict[Formula, None]] = {}
    for note in notes:
        macros = tuple(macros_for(note.source, config).items())
        for fragment in (note.front, note.back, note.hint, note.extra, *note.titles):
            for formula in _shown(fragment):
                groups.setdefault((macros, _output(formula, config)), {})[formula] = None
    return groups


def macros_for(source: NoteSource, config: Config) -> dict[str, str]:
    """Bodies by name, the backslash included; the file's own win over those of the deck."""
    return dict(config.math.macros) | dict(source.macros)


def _shown(fragment: Fragment) -> Iterator[Formula]:
    """The formulas whose marks are in the HTML or in a callout's title."""
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
    session: Session,
) -> _Group:
    settled: list[_Found] = []
    asked: list[Formula] = []
    for formula in formulas:
        if definitions_in(formula.tex):
            settled.append((formula, Typeset(formula.tex, ""), None))
        elif refused_command(formula.tex):  # the renderer has said so
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


def _typeset(group: _Group, outcomes: Sequence[tuple[Request, Outcome]]) -> Iterator[_Found]:
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
    """What KaTeX says to each formula, in the first of its readings that it takes."""
    pairs = list(zip(group.pending.requests, group.pending.outcomes(), strict=True))
    again = [
        (index, request)
        for index, (_, outcome) in enumerate(pairs)
        if isinstance(outcome, Refusal) and not outcome.is_limit
        for request in _other_requests(group.asked[index], outcome)
    ]
    requests = [request for _, request in again]
    retried = group.session.submit(requests, group.macros, group.output).outcomes()
    for (index, request), outcome in zip(again, retried, strict=True):
        is_better = isinstance(outcome, str) or outcome.is_lost  # lost: it is not known
        if is_better and isinstance(pairs[index][1], Refusal):
            pairs[index] = request, outcome
    return pairs


_DISPLAY_ONLY = re.compile(r"display mode|display equations")


def _other_requests(formula: Formula, refusal: Refusal) -> Iterator[Request]:
    """Backslashes read the other way; or set off, what TeX has in a display alone."""
    if formula.other:
        yield Request(formula.other, formula.is_display)
    if not formula.is_display and _DISPLAY_ONLY.search(refusal.words):
        yield Request(formula.tex, True)


def _not_run(formula: Formula, error: StartError) -> Diagnostic:
    message = f"KaTeX cannot be run, so no formula can be typeset: {error}"
    hint = "install Cardwright again with pip; V8 needs an address space without a limit (ulimit)"
    return Diagnostic(formula.place, Code.NO_KATEX, message, hint)
