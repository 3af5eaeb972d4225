"""Turns footnotes in running text, as in Obsidian and Pandoc, into footnotes with a definition."""

from __future__ import annotations

import re
from collections import deque

from cardwright.formulas.inline import read_inline
from cardwright.formulas.traced import Replacement, Traced, replace
from cardwright.model import Line, Passage
from cardwright.render.collector import SEPARATOR, Collector, TitleLine
from cardwright.render.tools.inline_scan import HEADINGS, read_texts

_BARE = r"[^\[\]\n]"
_OTHER = r"\[\u0080-\U0010ffff"
_NOTE = re.compile(
    rf"(?<![\\^])\^\[(?!\^)(?={_BARE}*[ {_OTHER}])(?={_BARE}*(?:\w\w|[{_OTHER}]))"
    rf"((?:{_BARE}++|\[(?:{_BARE}++|\[{_BARE}*+\])*+\])++)\](?![(+*?{{$])"
)
"""A footnote has words, and a space between them. ``^[a-z ]`` may be a pattern."""


def define_footnotes(collector: Collector) -> None:
    """Replace each ``^[note]`` with ``[^label]``, and define the label above the passage."""
    traced = collector.traced
    if "^[" not in traced.passage.markdown:
        return
    changes: list[Replacement] = []
    lines: list[Line] = []
    for text in read_texts(traced, collector.key).texts:
        skipped = deque(read_inline(text.text).skipped)
        for note in _NOTE.finditer(text.text) if text.kind in ("text", "row", *HEADINGS) else ():
            while skipped and skipped[0][1] <= note.start():
                skipped.popleft()
            if skipped and skipped[0][0] <= note.start():
                continue
            # The element is never written. Its source is for a label where no footnote is read.
            label = f"[^{collector.add_element(TitleLine(), note[1])}]"
            changes.append(Replacement(*text.where.ends(*note.span()), label))
            place = traced.place(*text.where.spot(note.start(1)))
            column = place.column - len(label) - len(": ")
            lines += (Line(f"{label}: {note[1]}", place.line, column), Line("", place.line))
    if not changes:
        return
    lines += (Line(SEPARATOR, lines[-1].number), Line("", lines[-1].number))
    changed = replace(traced, changes)
    segments = {line + len(lines): pieces for line, pieces in changed.segments.items()}
    passage = Passage(traced.passage.path, (*lines, *changed.passage.lines))
    collector.traced = Traced(passage, segments)
