"""Flattens HTML that is nested too deeply for a parser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from cardwright.markup import END, VOID, Piece

MAX_DEPTH = 200
MAX_FORMATTING = 16
"""A parser opens an unclosed ``<b>`` again in each paragraph that follows. So a thousand of them
and a thousand paragraphs would make a million tags (HTML standard, 13.2.4.3)."""

_NAMES = "a b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_NAMES.split())
_CLOSED_BY_START: Mapping[str, Set[str]] = {
    "dd": {"dd", "dt", "p"},
    "dt": {"dd", "dt", "p"},
    "li": {"li", "p"},
    "option": {"option"},
    "p": {"p"},
    "rp": {"rp", "rt"},
    "rt": {"rp", "rt"},
    "tbody": {"tbody", "td", "tfoot", "th", "thead", "tr"},
    "td": {"td", "th"},
    "tfoot": {"tbody", "td", "tfoot", "th", "thead", "tr"},
    "th": {"td", "th"},
    "thead": {"tbody", "td", "tfoot", "th", "thead", "tr"},
    "tr": {"td", "th", "tr"},
}
"""The elements that need no end tag, and which of them each closes (HTML standard, 13.1.2.4)."""

_OF_TABLES = frozenset(
    {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
_ROWS = _OF_TABLES - {"caption", "td", "th"}
_MAX_MISPLACED = 100
"""A parser moves text and elements between the cells of a table before the table (HTML standard,
13.2.6.1). nh3 looks at all elements beside it then. After these, tables are dropped."""


def shallow(pieces: Sequence[Piece], key: str) -> Sequence[Piece]:
    """Remove the tags that are nested too deeply. Their text and all marks stay.

    Returns ``pieces`` itself if there is nothing to remove.
    """
    dropped = {*_dropped(pieces, f"data-{key}")}
    return [piece for at, piece in enumerate(pieces) if at not in dropped] if dropped else pieces


def _dropped(pieces: Sequence[Piece], mark: str) -> Iterator[int]:
    """Yield the indexes of tags to remove.

    An end tag closes an element only if nothing but optional end tags is missing in between. A
    parser may keep all others open, so they count as open. This makes the depth too large rather
    than too small.
    """
    open_names: list[str] = []
    formatting = misplaced = 0
    for at, piece in enumerate(pieces):
        name = piece.name
        if open_names and open_names[-1] in _ROWS and name not in _OF_TABLES:
            misplaced += bool(name or piece.text.strip())
        if not name:
            continue
        if piece.kind is END:
            if name not in open_names:
                yield at
                continue
            is_last = open_names[-1] == name
            open_at = len(open_names) - 1 if is_last else _closed_by(name, open_names)
            if open_at is not None:
                formatting -= name in _FORMATTING
                del open_names[open_at]
        elif name not in VOID:
            closed: Set[str] = _CLOSED_BY_START.get(name, frozenset())
            while open_names and open_names[-1] in closed and _is_optional(open_names):
                open_names.pop()
            is_too_deep = len(open_names) >= MAX_DEPTH or (
                name in _FORMATTING and formatting >= MAX_FORMATTING
            )
            is_spoiled = name == "table" and misplaced > _MAX_MISPLACED
            if is_spoiled or (is_too_deep and not piece.attribute(mark)):
                yield at
                continue
            open_names.append(name)
            formatting += name in _FORMATTING


def _closed_by(name: str, open_names: list[str]) -> int | None:
    """Return the index of the element that an end tag closes, after closing those it implies.

    ``None`` means that another element is in between. Formatting elements may overlap.
    """
    if name in _FORMATTING:
        at = len(open_names) - 1
        while open_names[at] != name and open_names[at] in _FORMATTING:
            at -= 1
        return at if open_names[at] == name else None
    while open_names[-1] != name and _is_optional(open_names):
        open_names.pop()
    return len(open_names) - 1 if open_names[-1] == name else None


def _is_optional(open_names: list[str]) -> bool:
    """Return whether the innermost element needs no end tag. Outside of ruby, ``<rt>`` does."""
    name = open_names[-1]
    return name in _CLOSED_BY_START and (name not in ("rp", "rt") or "ruby" in open_names)
