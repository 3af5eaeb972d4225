"""Obsidian's ``#tags`` in the text of a note become tags of the note.

One that stands behind a question or alone on a line is no part of the text, so it leaves the card.
https://help.obsidian.md/tags has the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.flashcards.tags import untagged
from cardwright.dialects.text.masks import masked
from cardwright.model import Line, NoteSource, Passage
from cardwright.notetypes import CLOZE
from cardwright.plugin_lines import indices_of

_SIGN = r"(?:[\w/-]|[^\x00-\x7f\u2000-\u206f\u3000-\u303f\uff00-\uff20\s])"
"""A character of a tag: a letter of any script, a digit, ``_``, ``-``, ``/`` or a picture."""
_TAG = re.compile(rf"(?<!\S)#(?![\d/]++(?!{_SIGN}))(?P<name>{_SIGN}++)")
_ALONE = re.compile(rf"\s*(?:{_TAG.pattern.replace('?P<name>', '?:')}\s*)+")
_WORD = re.compile(r"\S+")
_TITLE = re.compile(r"#{1,6}\s")


def tags_above(lines: Sequence[str]) -> tuple[str, ...]:
    """The tags at the top of a file, alone on their lines, which are those of all of its notes."""
    found: list[str] = []
    for line in lines:
        if _ALONE.fullmatch(line):
            found += _names(line)
        elif line.strip() and not _TITLE.match(line):
            break
    return tuple(dict.fromkeys(found))


def with_hashtags(note: NoteSource, above: Sequence[str]) -> NoteSource:
    """The note with the tags of its text, and with those of ``above``."""
    passages = (note.front, note.back, note.hint, note.extra)
    found = [name for passage in passages for name in _tags_of(passage)]
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
    """The note without the lines in which a plugin names deck and tags of the file."""
    back = _kept(note.back, indices_of([line.text for line in note.back.lines]))
    return note if back is note.back else replace(note, back=back)


def _tags_of(passage: Passage) -> Iterator[str]:
    for text in _prose(passage):
        if "#" in text:
            yield from _names(masked(text))


def _names(text: str) -> Iterator[str]:
    """The tags as Anki has them. Those that make a card for some plugin say nothing of it."""
    for match in _TAG.finditer(text):
        if not untagged(f"x {match[0]}").is_card:
            yield "::".join(part for part in match["name"].split("/") if part)


def _prose(passage: Passage) -> Iterator[str]:
    """Each line of a passage. Lines of code and formulas become ``""``."""
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
    """The passage without some lines, or all of it if nothing would be left."""
    if not gone:
        return passage
    lines = [line for at, line in enumerate(passage.lines) if at not in gone]
    while lines and not lines[0].text.strip():
        del lines[0]
    while lines and not lines[-1].text.strip():
        del lines[-1]
    return Passage(passage.path, tuple(lines)) if lines else passage


def _without_tags_behind(front: Passage) -> Passage:
    if not front.lines:
        return front
    *rest, last = front.lines
    text = masked(last.text)
    words = list(_WORD.finditer(text))
    kept = len(words)
    while kept and _TAG.fullmatch(text, words[kept - 1].start(), words[kept - 1].end()):
        kept -= 1
    if kept == len(words) or not kept:
        return front
    line = Line(last.text[: words[kept - 1].end()], last.number, last.column)
    return Passage(front.path, (*rest, line))
