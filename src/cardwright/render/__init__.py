"""Renders the Markdown of a note to neutral HTML. Every flavour produces the same marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.formulas.delimiters import extract_formulas
from cardwright.formulas.traced import Traced
from cardwright.markup.marks import find_marks, key_for
from cardwright.model import (
    Deletion,
    Formula,
    Fragment,
    Line,
    Mark,
    NoteSource,
    Passage,
    RenderedNote,
)
from cardwright.render.collector import SEPARATOR, Collector, Embeds, ToolEmbed
from cardwright.render.commonmark import to_html
from cardwright.render.deletions import lost_deletions, put_edges
from cardwright.render.tools import (
    define_footnotes,
    fill_placeholders,
    translate_blocks,
    translate_text,
)

Renderer = Callable[[Collector], str]


def render(note: NoteSource, config: Config) -> tuple[RenderedNote, tuple[Diagnostic, ...]]:
    """Render each side of a note to neutral HTML with marks. An empty side is an empty fragment.

    The diagnostics are ``RN401`` to ``RN408``, ``RN414``, and ``CF106`` for an extension of
    Python-Markdown that cannot be loaded. The result depends only on the Markdown and ``config``.
    """
    renderer: Renderer = partial(to_html, has_line_breaks=config.markdown.line_breaks)
    found: list[Diagnostic] = []
    if config.markdown.flavour != "commonmark":
        from cardwright.render.python_markdown import converter  # most decks need no such library

        renderer, problems = converter(config.markdown)
        found += problems
    sides = []
    embeds = _embeds(note)
    for passage in (note.front, note.back, note.hint, note.extra):
        deletions = note.deletions if passage is note.front else ()
        fragment, more = _fragment(passage, note.definitions, renderer, config, embeds, deletions)
        sides.append(fragment)
        found += more
    front, back, hint, extra = sides
    lines = (title.line for title in note.titles if title.line)
    titles = [_rendered_title(note.place.path, line) for line in lines]
    found += (problem for _, problems in titles for problem in problems)
    shown = tuple(title for title, _ in titles)
    return RenderedNote(note, front, back, hint, extra, shown), tuple(found)


def _embeds(note: NoteSource) -> Embeds:
    if not note.embeds:
        return Embeds()
    texts = (f"{each.text.markdown}\n{each.definitions.markdown}" for each in note.embeds)
    known = {(each.path, each.target): each for each in note.embeds}
    return Embeds(known, salt=key_for("\n".join(texts)))


def _fragment(
    passage: Passage,
    definitions: Passage,
    renderer: Renderer,
    config: Config,
    embeds: Embeds,
    deletions: tuple[Deletion, ...] = (),
) -> tuple[Fragment, tuple[Diagnostic, ...]]:
    if not passage.markdown.strip():
        return Fragment(), ()
    whole = _with_definitions(passage, definitions)
    key = key_for(whole.markdown + embeds.salt)
    edged, edges = put_edges(whole, deletions, key, len(whole.lines) - len(passage.lines))
    is_trusted = config.html == "trusted"
    collector = Collector(key, edged, is_trusted=is_trusted, embeds=embeds, edges=edges)
    translate_blocks(collector)
    _take_formulas(collector, has_notes=config.markdown.flavour == "commonmark")
    if config.math.inline_dollars:
        _set_in_sentences(collector)
    for at, element in enumerate(collector.elements):
        if isinstance(element, ToolEmbed):
            other, inner = element.embed, embeds.inside(element.place)
            inside, more = _fragment(other.text, other.definitions, renderer, config, inner)
            collector.elements[at] = replace(element, html=collector.take(inside))
            collector.diagnostics += more
    html = fill_placeholders(renderer(collector), collector)
    if config.markdown.line_breaks:
        html = _tidy_breaks(html, collector)
    fragment = collector.fragment(html, tuple(deletion.number for deletion in deletions))
    lost = lost_deletions(fragment, passage, deletions)
    return fragment, (*collector.diagnostics, *lost)


def _take_formulas(collector: Collector, *, has_notes: bool = False) -> None:
    """Replace the formulas of the text with marks, and then translate what is between them."""
    extracted = extract_formulas(collector.traced, collector.key, collector.edges)
    collector.traced, collector.marks = extracted.traced, list(extracted.formulas)
    if has_notes:
        define_footnotes(collector)
    translate_text(collector)
    collector.diagnostics += extracted.diagnostics


_LIST_MARK = re.compile(r"[\s>*+-]*(?:\d{1,9}[.)]\s)?")


def _set_in_sentences(collector: Collector) -> None:
    """Make formulas inline that have a word or another formula beside them on their line."""
    for line in collector.traced.passage.lines:
        found = list(find_marks(line.text, collector.key))
        ends = [0, *(end for _, end, _ in found)]
        starts = [*(start for start, _, _ in found), len(line.text)]
        beside = "".join(line.text[at:to] for at, to in zip(ends, starts, strict=True))
        if len(found) > 1 or re.search(r"\w", _LIST_MARK.sub("", beside, count=1)):
            for _, _, number in found:
                _make_inline(collector.marks, number)


def _make_inline(marks: list[Mark], number: int) -> None:
    mark = marks[number]
    if isinstance(mark, Formula):
        marks[number] = replace(mark, is_display=False)


_BREAK = "<br />"


def _tidy_breaks(html: str, collector: Collector) -> str:
    """Remove the break after a displayed formula, and the line end after each break.

    The formula has a line of its own. AnkiDroid's editor would save the line end as another break.
    """
    html = html.replace(f"{_BREAK}\n", _BREAK)
    kept: list[str] = []
    at = 0
    for _, end, number in find_marks(html, collector.key):
        mark = collector.marks[number]
        if isinstance(mark, Formula) and mark.is_display and html.startswith(_BREAK, end):
            kept.append(html[at:end])
            at = end + len(_BREAK)
    return "".join((*kept, html[at:]))


def _with_definitions(passage: Passage, definitions: Passage) -> Passage:
    """Put the definitions first, where no open fence or comment can swallow them."""
    if not definitions.lines:
        return passage
    last = definitions.lines[-1].number
    between = (Line("", last), Line(SEPARATOR, last), Line("", last))
    defining = (
        each
        for line in definitions.lines
        for each in ((Line("", line.number), line) if _DEFINES.match(line.text) else (line,))
    )
    return Passage(passage.path, (*defining, *between, *passage.lines))


_DEFINES = re.compile(r"\[[^\[\]]+\]:")
"""The start of a definition, which would continue the footnote above it without a blank line."""


_HEADING = "# "  # this prefix keeps a title from being read as a list, a quote or a rule


@lru_cache(maxsize=256)
def _rendered_title(path: str, line: Line) -> tuple[Fragment, tuple[Diagnostic, ...]]:
    """Render a title as a heading. Every formula in it is inline, and it has no blocks."""
    text = f"{_HEADING}{line.text}"
    passage = Passage(path, (Line(text, line.number, line.column - len(_HEADING)),))
    collector = Collector(key_for(text), Traced(passage))
    _take_formulas(collector)
    for number in range(len(collector.marks)):
        _make_inline(collector.marks, number)
    html = fill_placeholders(to_html(collector), collector)
    return collector.fragment(html), tuple(collector.diagnostics)
