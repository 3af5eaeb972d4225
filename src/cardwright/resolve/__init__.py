"""Turns neutral HTML into fields: cleans it and fills in formulas, images, code and callouts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from cardwright.config import Config
from cardwright.markup import TEXT, Piece, cut
from cardwright.model import (
    Formula,
    Fragment,
    Html,
    Image,
    Media,
    RenderedNote,
    ResolvedNote,
    Typeset,
)
from cardwright.resolve.clean import clean
from cardwright.resolve.deletions import split_deletions
from cardwright.resolve.field import Assets, field_html
from cardwright.resolve.plain import IN_LINE, plain_text
from cardwright.resolve.sections import fold_sections
from cardwright.resolve.writing_systems import all_with_scripts


def resolve(
    note: RenderedNote,
    found: Mapping[Image, Media],
    config: Config,
    typeset: Mapping[Formula, Typeset] = MappingProxyType({}),
) -> ResolvedNote:
    """Return a note with complete fields. Their HTML is clean unless it is trusted.

    An image that is not in ``found`` becomes a placeholder. A formula that is not in ``typeset`` is
    left to MathJax. There are no diagnostics: the earlier stages have reported problems with images
    and formulas.
    """
    assets = Assets(found, config.math.macros_with(note.source.macros), typeset)
    front_pieces = _pieces(note.front, config)
    front = field_html(note.front, front_pieces, assets)
    back, hint, extra = (
        field_html(fragment, _pieces(fragment, config), assets)
        for fragment in (note.back, note.hint, note.extra)
    )
    front, back, hint, extra = all_with_scripts((front, back, hint, extra))
    if not note.source.is_reverse:  # otherwise it is also a question
        back = fold_sections(back)
    return ResolvedNote(
        note.source,
        front,
        back,
        hint,
        extra,
        plain_text(note.front, front_pieces),
        _media(note, found, (front, back, hint, extra)),
        tuple(_titles(note, assets)),
    )


def _titles(note: RenderedNote, assets: Assets) -> Iterator[tuple[str, Html]]:
    """Yield text and HTML of titles with formulas, code or emphasis.

    It is cleaned even with ``html: trusted``, because an open tag would affect what follows.
    """
    marked = (title for title in note.source.titles if title.line)
    for title, fragment in zip(marked, note.titles, strict=False):  # none without ``render``
        pieces = tuple(_in_line(fragment))
        has_formula = any(isinstance(mark, Formula) for mark in fragment.marks)
        is_plain = not has_formula and all(piece.kind is TEXT for piece in pieces)
        html = "" if is_plain else field_html(fragment, pieces, assets)
        if html:
            yield title.plain, Html(html)


_IN_TITLES = IN_LINE - {"a", "img"}  # a title has no links and no images


def _in_line(fragment: Fragment) -> Iterator[Piece]:
    for piece in clean(fragment.html, fragment.key):
        value = piece.attribute(f"data-{fragment.key}")
        mark = fragment.marks[int(value)] if value.isdecimal() else None
        if isinstance(mark, Image):
            yield Piece(TEXT, escape(mark.alt))
        elif piece.kind is TEXT or piece.name in _IN_TITLES:
            yield piece


def _pieces(fragment: Fragment, config: Config) -> Sequence[Piece]:
    if not fragment.html:
        return ()
    is_trusted = config.html == "trusted"
    pieces = cut(fragment.html) if is_trusted else clean(fragment.html, fragment.key)
    return split_deletions(pieces, fragment.key) if fragment.numbers else pieces


def _media(
    note: RenderedNote, found: Mapping[Image, Media], fields: tuple[Html, ...]
) -> tuple[Media, ...]:
    """Return the files that the fields name, in the order of use, with repetitions.

    Identity compares them one by one: it is a change if an image becomes a copy of another.
    """
    media = [found[image] for image in note.images if image in found]
    whole = "".join(fields) if media else ""
    references = (f"[sound:{m.name}]" if m.is_sound else f'src="{m.name}"' for m in media)
    return tuple(each for each, name in zip(media, references, strict=True) if name in whole)
