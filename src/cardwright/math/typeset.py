"""The formulas of all notes typeset by KaTeX, or checked by it where MathJax typesets them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.markup.marks import find_marks
from cardwright.math.definitions import Macros, definitions_in
from cardwright.math.katex import MATHML, PLAIN, Outcome, Refusal, Request, run_katex
from cardwright.math.mathjax_only import mathjax_knows
from cardwright.math.refusals import describe
from cardwright.math.tex import refused_command
from cardwright.model import Callout, Formula, Fragment, NoteSource, RenderedNote, Typeset


def typeset_formulas(
    notes: Sequence[RenderedNote], config: Config
) -> tuple[Mapping[Formula, Typeset], tuple[Diagnostic, ...]]:
    """What stands on the cards for each formula; RN409 and RN410 for those that are refused.

    With ``math: {output: mathjax}``, and for a formula that hides a part of itself, KaTeX only
    checks: its HTML is not used, and a refusal for what MathJax has is none.
    """
    found: dict[Formula, Typeset] = {}
    problems: dict[Diagnostic, None] = {}
    for macros, formulas in _by_macros(notes, config).items():
        for formula, typeset, problem in _typeset_all(list(formulas), dict(macros), config):
            found[formula] = typeset
            if problem is not None:
                problems[problem] = None
    return found, tuple(problems)


def _by_macros(notes: Sequence[RenderedNote], config: Config) -> dict[Macros, dict[Formula, None]]:
    """The formulas that are shown, each once, under the macros of their deck and file."""
    groups: dict[Macros, dict[Formula, None]] = {}
    for note in notes:
        macros = tuple(macros_for(note.source, config).items())
        group = groups.setdefault(macros, {})
        for fragment in (note.front, note.back, note.hint, note.extra, *note.titles):
            group.update(dict.fromkeys(_shown(fragment)))
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


def _typeset_all(
    formulas: list[Formula], macros: dict[str, str], config: Config
) -> Iterator[tuple[Formula, Typeset, Diagnostic | None]]:
    asked = []
    for formula in formulas:
        if definitions_in(formula.tex):
            yield formula, Typeset(formula.tex, ""), None
        elif refused_command(formula.tex):  # the renderer has said so
            yield formula, Typeset(formula.tex, is_refused=True), None
        else:
            asked.append(formula)
    output = PLAIN if config.math.output == "katex-html" else MATHML
    for formula, (request, outcome) in zip(asked, _outcomes(asked, macros, output), strict=True):
        typeset = Typeset(request.tex, None, request.is_display)
        is_for_mathjax = config.math.output == "mathjax" or bool(formula.edges)
        if isinstance(outcome, str):
            html = None if is_for_mathjax else outcome
            yield formula, replace(typeset, html=html), None
        elif is_for_mathjax and mathjax_knows(outcome.words):
            yield formula, typeset, None
        else:
            is_refused = config.math.output != "mathjax"
            problem = describe(formula, request.tex, outcome)
            yield formula, replace(typeset, is_refused=is_refused), problem


def _outcomes(
    formulas: Sequence[Formula], macros: dict[str, str], output: str
) -> list[tuple[Request, Outcome]]:
    """What KaTeX says to each formula, in the first of its readings that it takes."""
    requests = [Request(formula.tex, formula.is_display) for formula in formulas]
    outcomes = run_katex(requests, macros, output)
    pairs = list(zip(requests, outcomes, strict=True))
    again = [
        (index, request)
        for index, outcome in enumerate(outcomes)
        if isinstance(outcome, Refusal) and not outcome.is_limit
        for request in _other_requests(formulas[index], outcome)
    ]
    retried = run_katex([request for _, request in again], macros, output)
    for (index, request), outcome in zip(again, retried, strict=True):
        if isinstance(outcome, str) and isinstance(pairs[index][1], Refusal):
            pairs[index] = request, outcome
    return pairs


_DISPLAY_ONLY = re.compile(r"display mode|display equations")


def _other_requests(formula: Formula, refusal: Refusal) -> Iterator[Request]:
    """Backslashes read the other way; or set off, what TeX has in a display alone."""
    if formula.other:
        yield Request(formula.other, formula.is_display)
    if not formula.is_display and _DISPLAY_ONLY.search(refusal.words):
        yield Request(formula.tex, True)
