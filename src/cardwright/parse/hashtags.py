"""Turns Obsidian's ``#tags`` in the text of a note into tags of the note.

A tag after a question or alone on a line is not part of the text, so the card does not show it.
https://help.obsidian.md/tags has the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.flashcards.tags import untagged
from cardwright.dialects.text.masks import masked
from cardwright.dialects.text.span import trimmed
from cardwright.model import NoteSource, Passage
from cardwright.notetypes import CLOZE
from cardwright.plugin_lines import indices_of
from cardwright.wording.signs import HASHES

_SIGN = r"(?:[\w/-]|[^\x00-\x7f\u2000-\u206f\u3000-\u303f\uff00-\uff20\s])"
"""A character of a tag: a letter of any script, a digit, ``_``, ``-``, ``/`` or a picture."""
_TAG = re.compile(rf"(?<!\S)#(?![\d/]++(?!{_SIGN}))(?P<name>{_SIGN}++)")
_TAGS = _TAG.pattern.replace("?P<name>", "?:")
_ALONE = re.compile(rf"\s*(?:{_TAGS}\s*)+")
_BEHIND = re.compile(rf"\s*(?:(?<=\s){_TAGS}\s*)+$")
_TITLE = re.compile(HASHES)


def tags_above(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the tags alone on lines at the top of a file. All notes of the file have them."""
    found: list[str] = []
    for line in lines:
        if _ALONE.fullmatch(line):
            found += _names(line)
        elif line.strip() and not _TITLE.match(line):
            break
    return tuple(dict.fromkeys(found))


def with_hashtags(note: NoteSource, above: Sequence[str]) -> NoteSource:
    """Return the note with the tags of its text, and with those of ``above``."""
    passages = (note.front, note.back, note.hint, note.extra)
    prose = (text for passage in passages for text in _prose(passage) if "#" in text)
    found = [name for text in prose for name in _names(masked(text))]
    tags = tuple(dict.fromkeys((*note.tags, *above, *found)))
    if not found:
        return note if tags == note.tags else replace(note, tags=tags)
    # What a cloze note hides is known by its place in the text.
    front = note.front if note.kind == CLOZE else _without_tags_behind(_without_tags(note.front))
    return replace(
        note,
        tags=tags,
        front=front,
        back=_without_tags(note.back),
        hint=_without_tags(note.hint),
        extra=_without_tags(note.extra),
    )


def without_plugin_lines(note: NoteSource) -> NoteSource:
    """Return the note without the lines in which a plugin names deck and tags of the file."""
    back = _kept(note.back, indices_of([line.text for line in note.back.lines]))
    return note if back is note.back else replace(note, back=back)


def _names(text: str) -> Iterator[str]:
    """Yield the tags as Anki has them, except tags that only mark a card for some plugin."""
    for match in _TAG.finditer(text):
        if not untagged(f"x {match[0]}").is_card:
            yield "::".join(part for part in match["name"].split("/") if part)


def _prose(passage: Passage) -> Iterator[str]:
    """Yield each line of a passage. Lines of code and formulas become ``""``."""
    texts = [line.text for line in passage.lines]
    is_code = lines_of_code(texts)
    is_formula = False
    for text, is_hidden in zip(texts, is_code, strict=True):
        is_sign = text.strip() == "$$"
        is_formula ^= is_sign and not is_hidden
        yield "" if is_hidden or is_formula or is_sign else text


def _without_tags(passage: Passage) -> Passage:
    alone = {at for at, text in enumerate(_prose(passage)) if _ALONE.fullmatch(text)}
    return _kept(passage, alone)


def _kept(passage: Passage, gone: set[int]) -> Passage:
    """Return the passage without some lines, or the whole passage if nothing would be left."""
    lines = trimmed([line for at, line in enumerate(passage.lines) if at not in gone])
    return replace(passage, lines=lines) if gone and lines else passage


def _without_tags_behind(front: Passage) -> Passage:
    *rest, last = front.lines
    behind = _BEHIND.search(masked(last.text))
    if behind is None or not last.text[: behind.start()].strip():
        return front
    return replace(front, lines=(*rest, last._replace(text=last.text[: behind.start()])))
