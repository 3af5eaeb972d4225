"""Formats word differences as terminal rows: wrapped and shortened, with colours or marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cardwright.diagnostics import shorten
from cardwright.planning.word_diff import NEW, OLD, SAME, DiffPiece
from cardwright.terminal import Segment, columns_of

Row = tuple[Segment, ...]

WIDTH = 80
LABEL = 10
"""Columns of a row, and of the label at its start."""

MOST_NOTES = 100
"""Notes shown in one group at most."""

_TONES = {SAME: "", OLD: "gone", NEW: "good"}
_MARKS = {SAME: ("", ""), OLD: ("[-", "-]"), NEW: ("{+", "+}")}
_AROUND = 40  # unchanged characters shown on either side of a change
_MOST_ROWS = 12
_WORD = re.compile(r"\s*\S+")


def text_row(label: str, text: str) -> Row:
    """Return a row with a label."""
    return ((f"{label:{LABEL}}", "name"), (text, ""))


def labelled_rows(label: str, rows: Iterable[Row], indent: int) -> Iterator[Row]:
    """Indent rows, and put a label before the first one."""
    for number, row in enumerate(rows):
        head = "" if number else label
        yield ((f"{'':{indent}}{head:{LABEL}}", "quiet"), *row)


def group_rows(label: str, notes: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """Yield a row for each note, and one for its remark unless that is ``""``.

    Notes after ``MOST_NOTES`` are only counted.
    """
    every = list(notes)
    for text, remark in every[:MOST_NOTES]:
        yield text_row(label, shorten(text, WIDTH - LABEL))
        if remark:
            yield (("", ""), (f"{'':{LABEL}}{remark}", "quiet"))
    if (rest := len(every) - MOST_NOTES) > 0:
        yield text_row(label, f"… and {rest:,} more; --json has all of them")


def difference_rows(pieces: Iterable[DiffPiece], width: int, *, has_colours: bool) -> Iterator[Row]:
    """Yield the lines that differ, in at most ``_MOST_ROWS`` rows of at most ``width`` columns.

    ``…`` replaces unchanged lines and words.
    """
    rows = list(_all_rows(pieces, width, has_colours))
    yield from rows[:_MOST_ROWS]
    if len(rows) > _MOST_ROWS:
        yield ((f"… {len(rows) - _MOST_ROWS:,} more lines", "quiet"),)


def _all_rows(pieces: Iterable[DiffPiece], width: int, has_colours: bool) -> Iterator[Row]:
    is_left_out = has_rows = False
    for line in _lines(pieces):
        if all(piece.kind == SAME for piece in line):
            is_left_out = is_left_out or any(piece.text.strip() for piece in line)
            continue
        if is_left_out and has_rows:
            yield (("…", "quiet"),)
        is_left_out, has_rows = False, True
        yield from wrapped(_marked(_trimmed(line), has_colours), width)


def _lines(pieces: Iterable[DiffPiece]) -> list[list[DiffPiece]]:
    lines: list[list[DiffPiece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        lines[-1].append(DiffPiece(piece.kind, first))
        lines += [[DiffPiece(piece.kind, text)] for text in others]
    return [[piece for piece in line if piece.text] for line in lines if line]


def _trimmed(line: Sequence[DiffPiece]) -> Iterator[DiffPiece]:
    """Yield the line, with only those unchanged words that are near a change."""
    for at, piece in enumerate(line):
        text = piece.text
        if piece.kind != SAME or len(text) <= 2 * _AROUND:
            yield piece
            continue
        head = text[:_AROUND].rpartition(" ")[0] if at else ""
        tail = text[-_AROUND:].partition(" ")[2] if at < len(line) - 1 else ""
        yield DiffPiece(SAME, " … ".join((head, tail)) if tail else f"{head} …")


def _marked(pieces: Iterable[DiffPiece], has_colours: bool) -> Iterator[Segment]:
    for piece in pieces:
        if has_colours or piece.kind == SAME:
            yield piece.text, _TONES[piece.kind]
            continue
        bare = piece.text.strip()
        gap = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        opening, closing = _MARKS[piece.kind]
        yield f"{gap}{opening}{bare}{closing}" if bare else gap, _TONES[piece.kind]


def paragraph(text: str, tone: str = "", indent: str = "", width: int = WIDTH) -> Iterator[Row]:
    """Wrap a text, and put ``indent`` before each row."""
    for row in wrapped([(text, tone)], width - len(indent)):
        yield ((indent, ""), *row) if indent else row


def wrapped(segments: Iterable[Segment], width: int) -> Iterator[Row]:
    """Yield rows of at most ``width`` columns, broken at spaces, or inside a word too long."""
    row: list[Segment] = []
    used = 0
    for word in _unbroken(segments):
        if row and used + sum(columns_of(text) for text, _ in word) > width:
            yield tuple(row)
            row, used = [], 0
        if not row:
            word[0] = (word[0][0].lstrip(), word[0][1])
        if sum(columns_of(text) for text, _ in word) > width:
            word = [(char, tone) for text, tone in word for char in text]
        for text, tone in word:
            if row and used + columns_of(text) > width:
                yield tuple(row)
                row, used = [], 0
            used += columns_of(text)
            if row and row[-1][1] == tone:
                text = row.pop()[0] + text
            row.append((text, tone))
    if row:
        yield tuple(row)


def _unbroken(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Yield each word with the space before it, as one segment for each tone."""
    word: list[Segment] = []
    for text, tone in segments:
        for part in _WORD.findall(text):
            if word and part[0].isspace():
                yield word
                word = []
            word.append((part, tone))
    if word:
        yield word
