"""Renders the titles above a question: one line of Markdown each."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from cardwright.diagnostics import Diagnostic
from cardwright.markup.marks import key_for
from cardwright.math.delimiters import extract_formulas
from cardwright.math.traced import Traced
from cardwright.model import Formula, Fragment, Line, Mark, NoteSource, Passage
from cardwright.render.collector import Collector
from cardwright.render.commonmark import to_html

_HEADING = "# "
"""This prefix keeps a title from being read as a list, a quote or a rule."""

Rendered = tuple[Fragment, tuple[Diagnostic, ...]]


def render_titles(note: NoteSource) -> tuple[tuple[Fragment, ...], tuple[Diagnostic, ...]]:
    """Render the titles of a note to neutral HTML, with RN402 and RN403 for problems in them."""
    lines = (title.line for title in note.titles if title.line)
    rendered = [_rendered(note.place.path, line) for line in lines]
    problems = (problem for _, wrong in rendered for problem in wrong)
    return tuple(fragment for fragment, _ in rendered), tuple(problems)


@lru_cache(maxsize=256)
def _rendered(path: str, line: Line) -> Rendered:
    """Render a title as a heading. Every formula in it is inline."""
    text = f"{_HEADING}{line.text}"
    passage = Passage(path, (Line(text, line.number, line.column - len(_HEADING)),))
    key = key_for(text)
    extracted = extract_formulas(Traced(passage), key)
    marks: list[Mark] = [_in_line(formula) for formula in extracted.formulas]
    collector = Collector(key, extracted.traced, marks)
    return collector.fragment(to_html(collector)), extracted.diagnostics


def _in_line(formula: Formula) -> Formula:
    return replace(formula, is_display=False)
