"""Keeps the numbers of deletions without a number, so that their reviews stay with their words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count, pairwise

from cardwright.identify.deletion_pairs import Comparison, Span, hidden_in
from cardwright.lock import HiddenPart, LockEntry
from cardwright.model import Deletion, NoteSource


@dataclass(frozen=True, slots=True)
class Numbering:
    """The final numbers of a note's deletions."""

    numbers: Mapping[int, int]  # by the numbers from reading, if any differs
    hidden: tuple[HiddenPart, ...]  # for the note's `LockEntry`


def hidden_parts(source: NoteSource) -> tuple[HiddenPart, ...]:
    """Return what a cloze note hides, in the order of the text."""
    if not source.deletions:
        return ()
    spans = [*_spans(source)]
    cuts = [cut for opening, _, closing in spans for cut in (opening, closing)]
    inside = [(opening[1], end) for opening, end, _ in spans]
    places = _places(source.front.markdown, cuts, [at for span in inside for at in span])
    return tuple(
        HiddenPart(deletion.number, places[start], places[end], is_hidden=True)
        for deletion, (start, end) in zip(source.deletions, inside, strict=True)
    )


def _spans(source: NoteSource) -> Iterator[tuple[Span, int, Span]]:
    """Yield, for each deletion, its opening mark, the end of its text, and what follows that."""
    starts = [0]
    for line in source.front.lines:
        starts.append(starts[-1] + len(line.text) + 1)
    for deletion in source.deletions:
        opening, closing = deletion.opening, deletion.closing
        end = deletion.divider or closing
        over = starts[end.line] + end.start
        yield (
            (starts[opening.line] + opening.start, starts[opening.line] + opening.end),
            over,
            (over, starts[closing.line] + closing.end),
        )


def _places(text: str, cuts: Sequence[Span], wanted: Sequence[int]) -> dict[int, int]:
    """Return, for each ``wanted`` offset, the number of visible characters before it.

    White space does not count, and neither do the ``cuts``. Characters count in NFC, and a mark
    inside one is behind it. A text in NFD is as long as its pieces.
    """
    edges = sorted({0, *wanted, *(at for cut in cuts for at in cut)})
    opened, closed = Counter(start for start, _ in cuts), Counter(end for _, end in cuts)
    offsets, kept, open_, length = {}, [""], 0, 0
    for at, end in pairwise([*edges, len(text)]):
        open_ += opened[at] - closed[at]
        offsets[at] = length
        if not open_:
            kept.append(text[at:end])
            length += _decomposed(text[at:end])
    front = unicodedata.normalize("NFC", "".join(kept))
    starts = [*accumulate(map(_decomposed, front), initial=0)]
    seen = [*accumulate((not char.isspace() for char in front), initial=0)]
    return {at: seen[bisect_left(starts, offset)] for at, offset in offsets.items()}


def _decomposed(text: str) -> int:
    return len(unicodedata.normalize("NFD", text))


def numbering(
    deletions: Sequence[Deletion], front: str, parts: Sequence[HiddenPart], old: LockEntry
) -> Numbering:
    """Return the numbers of a note that was the note ``old``.

    ``front`` is the normalised front, and ``parts`` are the ``hidden_parts``. A deletion keeps its
    number if it hides the same words, or other words in the same place. A new one gets a number
    that the note never had: a card with the reviews of other words may still be there. Numbers that
    the author wrote stay.
    """
    written = {deletion.number for deletion in deletions if deletion.has_number}
    if front == old.front and _spans_of(parts) == _spans_of(old.hidden):
        now = (part.number for part in old.hidden if part.is_hidden)
        pairs = {part.number: number for part, number in zip(parts, now, strict=True)}
        changed = {read: number for read, number in pairs.items() if read != number}
        if written.isdisjoint(changed):
            return Numbering(changed, old.hidden)
    from cardwright.dialects.deletions import MOST  # slow to load

    found = Comparison(old, front, parts)
    given: dict[int, int] = {}
    taken = set(written)
    for at, part in enumerate(parts):
        number = old.hidden[found.pairs[at]].number if at in found.pairs else 0
        is_free = part.number not in written and part.number not in given
        if 0 < number <= MOST and number not in taken and is_free:
            given[part.number] = number
            taken.add(number)
    used = taken | {part.number for part in old.hidden}
    unused = (number for number in count(1) if number not in used)
    spare = (number for number in count(1) if number not in taken)
    for part in parts:
        if part.number not in written and part.number not in given:
            number = next(unused)
            if number > MOST:
                number = next(spare)
            given[part.number] = number
            taken.add(number)
    live = [part._replace(number=given.get(part.number, part.number)) for part in parts]
    gone = [found.unmarked(part) for part in found.olds if part.number not in taken]
    changed = {read: number for read, number in given.items() if read != number}
    return Numbering(changed, (*live, *sorted(gone)))


def _spans_of(parts: Iterable[HiddenPart]) -> list[Span]:
    return [(part.start, part.end) for part in parts if part.is_hidden]


def numbering_in_anki(field: str, entry: LockEntry) -> Numbering:
    """Return the numbers of an entry's deletions in a field Text of Anki that hides the same words.

    Numbers that the author wrote stay. They are those that do not just count the deletions.
    """
    numbers = [part.number for part in entry.hidden]
    if not numbers or numbers != [*range(1, len(numbers) + 1)]:
        return Numbering({}, entry.hidden)
    front, parts = hidden_in(field)
    old = replace(entry, front=front, hidden=parts)
    return numbering((), entry.front, entry.hidden, old)


def renumbered(html: str, numbers: Mapping[int, int]) -> str:
    """Return the finished field Text with other numbers. Nothing else in it looks like a mark."""

    def mark(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"{{{{c{numbers.get(number, number)}::"

    return _MARK.sub(mark, html) if numbers else html


_MARK = re.compile(r"\{\{c(\d+)::")
