"""Markdown to neutral HTML: the same marks, whichever flavour it is written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.markup.marks import key_for
from cardwright.math.delimiters import extract_formulas
from cardwright.model import Deletion, Fragment, Line, Mark, NoteSource, Passage, RenderedNote
from cardwright.render.collector import Collector
from cardwright.render.commonmark import to_html
from cardwright.render.deletions import lost_deletions, moved, put_edges
from cardwright.render.titles import render_titles
from cardwright.render.tools import Reports, Words, fill_words, translate_blocks, translate_text

Renderer = Callable[[Collector], str]


def render(note: NoteSource, config: Config) -> tuple[RenderedNote, tuple[Diagnostic, ...]]:
    """Each side of a note as neutral HTML with its marks; an empty side is an empty fragment.

    Diagnostics: ``RN401`` to ``RN408``, and ``CF106`` when an extension of Python-Markdown
    cannot be loaded. A pure function of the Markdown and of ``config``.
    """
    renderer, problems = _renderer(config)
    found = list(problems)
    sides = []
    for passage in (note.front, note.back, note.hint, note.extra):
        deletions = note.deletions if passage is note.front else ()
        fragment, more = _fragment(passage, note.definitions, renderer, config, deletions)
        sides.append(fragment)
        found += more
    front, back, hint, extra = sides
    titles, more = render_titles(note)
    return RenderedNote(note, front, back, hint, extra, titles), (*found, *more)


def _renderer(config: Config) -> tuple[Renderer, tuple[Diagnostic, ...]]:
    if config.markdown.flavour == "commonmark":
        return to_html, ()
    from cardwright.render.python_markdown import converter  # most decks do without its library

    return converter(config.markdown)


def _fragment(
    passage: Passage,
    definitions: Passage,
    renderer: Renderer,
    config: Config,
    deletions: tuple[Deletion, ...],
) -> tuple[Fragment, tuple[Diagnostic, ...]]:
    if not passage.markdown.strip():
        return Fragment(), ()
    whole = _with_definitions(passage, definitions)
    key = key_for(whole.markdown)
    is_trusted = config.html == "trusted"
    words, reports = Words(key), Reports()
    below = moved(deletions, len(whole.lines) - len(passage.lines))
    edged, edges = put_edges(whole, below, key)
    blocks = translate_blocks(edged, words, reports, has_html=is_trusted)
    extracted = extract_formulas(blocks, key, edges)
    text = translate_text(extracted.traced, words, reports, has_html=is_trusted)
    marks: list[Mark] = list(extracted.formulas)
    collector = Collector(key, text, marks, is_trusted=is_trusted, words=words, edges=edges)
    html = fill_words(renderer(collector), words, collector)
    numbers = tuple(deletion.number for deletion in deletions)
    fragment = replace(collector.fragment(html), numbers=numbers)
    lost = lost_deletions(fragment, passage, deletions)
    return fragment, (*reports.found, *extracted.diagnostics, *collector.diagnostics, *lost)


def _with_definitions(passage: Passage, definitions: Passage) -> Passage:
    """The definitions in front, where no fence or comment left open can swallow them.

    The comment between keeps indented code that begins the passage out of the last footnote.
    """
    if not definitions.lines:
        return passage
    last = definitions.lines[-1].number
    between = (Line("", last), Line("<!-- -->", last), Line("", last))
    return Passage(passage.path, (*definitions.lines, *between, *passage.lines))
