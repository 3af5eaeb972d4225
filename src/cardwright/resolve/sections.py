"""Long answers with headings, their deeper sections folded: a card is no scroll of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from cardwright.markup import END, START, Piece, cut, element_ends
from cardwright.model import Html
from cardwright.resolve.length import LINE, SCREEN, tallness

ROOM = 1.5 * SCREEN
"""What an answer may take, in pixels, before its sections fold."""

_CLOSED = 46
"""A folded section's title, in pixels."""

_SHORT = 3 * LINE
"""A section that is no taller stays open wherever it is: a tap would cost more than it saves."""

_VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})
_HEADING = re.compile(r"h([1-6])")
_BOLD = 7  # the level of a bold paragraph, below that of any heading
_LONGEST = 200  # characters of its HTML
_SENTENCE = (".</strong>", ".</b>", "。</strong>", "。</b>")
_FOOTNOTES = '<div class="cw-footnotes">'


@dataclass(slots=True)
class _Section:
    """A heading, what stands below it up to the first deeper one, and the deeper sections.

    ``behind`` is what stands between the section and the next one without being part of it: the
    tags of its list item. Heights are pixels on a phone: of the lead, of all that stands
    between the deeper sections, of everything.
    """

    level: int = 0
    heading: str = ""
    lead: str = ""
    behind: str = ""
    lead_height: float = 0
    gap_height: float = 0
    height: float = 0
    inner: list[_Section] = field(default_factory=list)


def fold_sections(html: Html) -> Html:
    """An answer, its sections in ``<details>`` where it is longer than a screen and a half.

    Headings count that stand outside of any other element, or first in an item of a list that
    does, and so do paragraphs that are bold as a whole, where there are two or more. What stands
    above the first one is always seen; then sections are open while they fit, and short ones
    anywhere; the rest is closed, and footnotes stay outside. HTML that is not well-formed
    (``html: trusted``) is left as it is.
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
    """The pieces of an answer, and where its elements end."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._ends = element_ends(pieces)

    def is_well_formed(self) -> bool:
        paired = {*self._ends, *self._ends.values()}
        return all(
            index in paired or piece.name in _VOID or piece.kind not in (START, END)
            for index, piece in enumerate(self._pieces)
        )

    def tree(self) -> _Section:
        """The whole answer as a section without a heading, its footnotes behind it."""
        whole = range(len(self._pieces))
        notes = (at for at in self._siblings(whole) if self._pieces[at].text == _FOOTNOTES)
        end = next(notes, whole.stop)
        root = self._section(range(end))
        root.behind = self._text(range(end, whole.stop))
        _measure(root)
        return root

    def _siblings(self, inside: range) -> Iterator[int]:
        """The indices of the pieces of ``inside`` that no other element there holds."""
        at = inside.start
        while at < inside.stop:
            yield at
            at = self._ends.get(at, at) + 1

    def _section(self, inside: range) -> _Section:
        """The section that the pieces of ``inside`` make below its heading."""
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
        """The headings among the candidates; one bold paragraph alone is no heading."""
        heads = [at for at in candidates if self._level(at)]
        bold = [at for at in heads if self._level(at) == _BOLD]
        return heads if len(bold) != 1 else [at for at in heads if at != bold[0]]

    def _listed(self, inside: range) -> _Section:
        """A section without headings of its own: those of its lists' items part it."""
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
        """The contents of the items of a list that begin with a heading."""
        if self._pieces[at].name not in ("ol", "ul"):
            return
        for item in self._siblings(range(at + 1, self._ends[at])):
            body = range(item + 1, self._ends.get(item, item))
            first = next((i for i in body if self._pieces[i].text.strip()), body.stop)
            if first in body and self._level(first):
                yield range(first, body.stop)

    def _level(self, at: int) -> int:
        """1 to 6 for the start of a heading, 7 for that of a bold paragraph, else 0."""
        piece = self._pieces[at]
        if piece.name == "p" and self._is_bold(at):
            return _BOLD
        match = _HEADING.fullmatch(piece.name) if piece.kind is START else None
        return int(match[1]) if match else 0

    def _is_bold(self, at: int) -> bool:
        """Whether a paragraph is a few bold words that end no sentence, and nothing else."""
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
    """Put out the deeper sections of an open one; whether any of them is closed.

    The first of a section that has no words of its own is open however long it is: else the
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
