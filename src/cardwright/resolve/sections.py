"""Folds the sections of a long answer, so that a card does not become pages of scrolling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from cardwright.markup import END, START, VOID, Piece, cut, element_ends
from cardwright.model import Html
from cardwright.resolve.length import LINE, SCREEN, tallness

ROOM = 1.5 * SCREEN
"""Pixels. The sections of a taller answer are folded."""

_CLOSED = 46  # pixels; the height of a folded section

_SHORT = 3 * LINE
"""Pixels. Such a short section always stays open, because a tap would cost more than it saves."""

_HEADING = re.compile(r"h([1-6])")
_BOLD = 7  # the level of a bold paragraph, below that of any heading
_LONGEST = 200  # characters of its HTML
_SENTENCE = (".</strong>", ".</b>", "。</strong>", "。</b>")
_FOOTNOTES = '<div class="cw-footnotes">'


@dataclass(slots=True)
class _Section:
    """A heading, the content before its first subsection, and its subsections.

    Heights are in pixels on a phone.
    """

    level: int = 0
    heading: str = ""
    lead: str = ""
    behind: str = ""  # HTML before the next one that belongs to neither, such as tags of an item
    lead_height: float = 0  # of `lead`
    gap_height: float = 0  # of all that is between the subsections
    height: float = 0  # of everything
    inner: list[_Section] = field(default_factory=list)


def fold_sections(html: Html) -> Html:
    """Put the sections of an answer into ``<details>`` if it is taller than ``ROOM``.

    A heading counts outside any other element, or at the start of a list item or a ``<section>``
    (a tab) outside any other. Paragraphs of bold text alone count as headings if there are two or
    more. The content above the first heading stays visible. Then sections are open while they fit,
    and short ones always. Footnotes stay outside. HTML that is not well-formed (``html: trusted``)
    does not change.
    """
    if not _MAY_HEAD.search(html):
        return html
    answer = _Answer(tuple(cut(html)))
    if not answer.is_well_formed():
        return html
    tree = answer.tree()
    if tree.height <= ROOM:
        return html
    out = [tree.lead]
    has_closed = _write(tree, ROOM, out)
    return Html("".join((*out, tree.behind))) if has_closed else html


_MAY_HEAD = re.compile(r"<h[1-6][\s>]|<p[^>]*><(?:b|strong)>")


class _Answer:
    """The pieces of an answer, and the ends of its elements."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._ends = element_ends(pieces)

    def is_well_formed(self) -> bool:
        paired = {*self._ends, *self._ends.values()}
        return all(
            index in paired or piece.name in VOID or piece.kind not in (START, END)
            for index, piece in enumerate(self._pieces)
        )

    def tree(self) -> _Section:
        """Return the answer as a section without a heading. Its footnotes come after it."""
        whole = range(len(self._pieces))
        notes = (at for at in self._siblings(whole) if self._pieces[at].text == _FOOTNOTES)
        end = next(notes, whole.stop)
        root = self._section(range(end))
        root.behind = self._text(range(end, whole.stop))
        _measure(root)
        return root

    def _siblings(self, inside: range) -> Iterator[int]:
        """Yield the indices in ``inside`` of the pieces at the top level."""
        at = inside.start
        while at < inside.stop:
            yield at
            at = self._ends.get(at, at) + 1

    def _section(self, inside: range) -> _Section:
        """Return the section for ``inside``, the content below a heading."""
        heads = self._heads(self._siblings(inside))
        if not heads:
            return self._listed(inside)
        root = self._section(range(inside.start, heads[0]))
        path = [root]
        for head, stop in zip(heads, [*heads[1:], inside.stop], strict=True):
            section = self._headed(head, stop)
            while len(path) > 1 and path[-1].level >= section.level:
                path.pop()
            path[-1].inner.append(section)
            path.append(section)
        return root

    def _headed(self, head: int, stop: int) -> _Section:
        body = self._ends[head] + 1
        section = self._section(range(body, stop))
        section.level, section.heading = self._level(head), self._text(range(head, body))
        if section.level == _BOLD:
            inside = self._text(range(head + 1, body - 1))
            section.heading = f"<span{self._pieces[head].text[2:]}{inside}</span>"
        return section

    def _heads(self, candidates: Iterable[int]) -> list[int]:
        """Return the headings among the candidates. A single bold paragraph does not count."""
        heads = [at for at in candidates if self._level(at)]
        bold = [at for at in heads if self._level(at) == _BOLD]
        return heads if len(bold) != 1 else [at for at in heads if at != bold[0]]

    def _listed(self, inside: range) -> _Section:
        """Split a section without headings of its own at those in its list items and sections."""
        root = _Section()
        items = [body for at in self._siblings(inside) for body in self._items(at)]
        heads = {*self._heads(body.start for body in items)}
        bodies = [body for body in items if body.start in heads]
        before = range(inside.start, bodies[0].start if bodies else inside.stop)
        root.lead, root.lead_height = self._text(before), self._tallness(before)
        for body, following in zip_longest(bodies, bodies[1:]):
            section = self._headed(body.start, body.stop)
            gap = range(body.stop, following.start if following else inside.stop)
            section.behind = self._text(gap)
            root.gap_height += self._tallness(gap)
            root.inner.append(section)
        return root

    def _items(self, at: int) -> Iterator[range]:
        """Yield the contents of a section, or of the items of a list, that start with a heading."""
        inside, name = range(at + 1, self._ends.get(at, at)), self._pieces[at].name
        items = [at] if name == "section" else []
        items += self._siblings(inside) if name in ("ol", "ul") else ()
        for item in items:
            body = range(item + 1, self._ends.get(item, item))
            first = next((i for i in body if self._pieces[i].text.strip()), body.stop)
            if first in body and self._level(first):
                yield range(first, body.stop)

    def _level(self, at: int) -> int:
        """Return 1 to 6 for the start of a heading, 7 for a bold paragraph, else 0."""
        piece = self._pieces[at]
        if piece.name == "p" and self._is_bold(at):
            return _BOLD
        match = _HEADING.fullmatch(piece.name) if piece.kind is START else None
        return int(match[1]) if match else 0

    def _is_bold(self, at: int) -> bool:
        """Whether a paragraph is only a few bold words that do not end a sentence."""
        end = self._ends.get(at, at)
        if end - at < 4 or self._pieces[at + 1].name not in ("b", "strong"):
            return False
        words = self._text(range(at + 1, end))
        is_whole = self._ends.get(at + 1) == end - 1
        return is_whole and len(words) <= _LONGEST and not words.endswith(_SENTENCE)

    def _text(self, inside: range) -> str:
        return "".join(piece.text for piece in self._pieces[inside.start : inside.stop])

    def _tallness(self, inside: range) -> float:
        return tallness(self._pieces, self._ends, inside)


def _measure(section: _Section) -> float:
    inner = sum(_CLOSED + _measure(each) for each in section.inner)
    section.height = section.lead_height + section.gap_height + inner
    return section.height


def _write(section: _Section, room: float, out: list[str]) -> bool:
    """Write the subsections of an open section. Return whether any of them is closed.

    If the section has no text of its own, its first subsection is open at any length. Otherwise the
    card would be a table of contents.
    """
    room -= section.lead_height + section.gap_height + _CLOSED * len(section.inner)
    has_closed = False
    for index, each in enumerate(section.inner):
        fits = each.height <= room
        is_first = index == 0 and section.lead_height == 0
        is_open = fits or each.height <= _SHORT or is_first
        out.append(f'<details class="cw-section"{" open" if is_open else ""}>')
        out.append(f'<summary class="tappable">{each.heading}</summary>{each.lead}')
        is_folded = _write(each, room if is_open else ROOM, out)
        out.append(f"</details>{each.behind}")
        has_closed = has_closed or is_folded or not is_open
        room = room - each.height if fits else min(room, 0)
    return has_closed
