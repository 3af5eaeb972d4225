"""Splits off hashtags at the ends of a text, and recognises the tags of cards: ``#card``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cardwright.blocks.rows import Row
from cardwright.dialects.text.masks import LONGEST_MARKED
from cardwright.model import Line

_TAG = re.compile(
    r"#(?P<name>[^\s#`,;:!?.()\[\]{}<>\"'|\\]+)[\\,;]?|\[\[(?P<link>(?i:card))\]\]"
    r"|#\[\[(?P<page>[^\[\]]+)\]\]|(?:⚡|🧠)\ufe0f?"
)
"""A tag, also Logseq's ``#[[two words]]``, its link to its page of cards, or NeuraCache's sign."""
_CARD = re.compile(
    r"(?i)(?:(?:flash)?cards?|anki|spaced|srs)(?:[-/](?P<turn>reversed?|spaced))?"
    r"(?:/(?P<topic>[^/*][^*]*))?"
)
_BEGINS_CARD = re.compile(r"(?i)[#\[](?:card|flashcard|anki|spaced|srs)|[⚡🧠]")
_DECK = re.compile(r"(?i)flashcards|spaced")
_WORD = re.compile(r"[!#]?\[\[[^\[\]]*\]\]|!\[[^\[\]]*\]\([^()]*\)|\{[^{}]*\}|\S+")
"""A word. A link, an image or attributes count as one word, even with spaces in them."""
_STAYS = re.compile(r"!\[.*|\{.*")
_GLUE = re.compile(r"\w.*[?!.)\]*`$]$")
_FLASH = "⚡"
_FLASHES = re.compile("[⚡🧠]")
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text without the tags at its ends. It begins at ``offset`` of the given text.

    ``rest`` is the offset of images or attributes that come after the tags and stay, or 0.
    ``names`` are the tags as written. ``tags`` are those that make no card, their parts joined by
    ``::`` as in Anki. ``is_card`` says that a tag makes the text a flashcard. ``is_deck`` says that
    all such tags may also name the deck of a file, or a text to see again.
    """

    text: str
    offset: int = 0
    rest: int = 0
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_card: bool = False
    is_deck: bool = False
    is_reverse: bool = False


def untagged(text: str, own: str = "") -> Tagged:
    """Return the text without the tags at its ends, or unchanged if no tag makes a card.

    ``own`` is the tag that makes a card in this document. Known tags are those of the plugins
    "flashcards-obsidian" (``#card-reverse``, ``#card/reverse``) and "obsidian-spaced-repetition"
    (``#flashcards/topic``), of Logseq and of NeuraCache.
    """
    if not _BEGINS_CARD.search(text) and not (own and own in text):
        return Tagged(text)
    found = parted_tags(text)
    known = {name: _CARD.fullmatch(name) for name in found.names}
    cards = [card for card in known.values() if card]
    has_own = (own != "" and own in known) or (_FLASH in known and ": " in found.text)
    if not cards and not has_own:
        return Tagged(text)
    others = [name for name, card in known.items() if not card and name not in (own, _FLASH)]
    topics = [card["topic"] for card in cards if card["topic"]]
    return replace(
        found,
        tags=tuple(dict.fromkeys(tag.strip("/").replace("/", "::") for tag in [*topics, *others])),
        is_card=True,
        is_deck=not has_own and all(_DECK.match(card[0]) for card in cards),
        is_reverse=any((card["turn"] or "").lower().startswith("reverse") for card in cards),
    )


def may_be_tagged(text: str) -> bool:
    """Whether a text has a sign of a tag."""
    is_signed = "#" in text or text.endswith("]]")
    return is_signed or (not text.isascii() and _FLASHES.search(text) is not None)


def parted_tags(text: str) -> Tagged:
    """Return the text without the tags at its ends, and without Logseq's links after a tag."""
    if len(text) > LONGEST_MARKED or not may_be_tagged(text):
        return Tagged(text)
    words = list(_WORD.finditer(text))
    if words and _BLOCK_ID.fullmatch(words[-1][0]):
        words.pop()
    last = len(words)
    while last and _STAYS.match(words[last - 1][0]):
        last -= 1
    rest = words[last].start() if last < len(words) else 0
    end, names = _behind(words[:last])
    if not names:
        rest, end = 0, words[-1].end() if words else 0
    before: list[str] = []
    begin = words[0].start() if words else 0
    for word, following in pairwise(words):
        tag = _TAG.fullmatch(word[0])
        if tag is None or word.end() >= end or _FLASHES.match(word[0]):
            break  # a sign before a text is a picture
        before.append(_name(tag))
        begin = following.start()
    return Tagged(text[begin:end].rstrip(), begin, rest, (*before, *names))


def _behind(words: Sequence[re.Match[str]]) -> tuple[int, list[str]]:
    """Return where the text before the last tags ends, and their names."""
    end, names, links = words[-1].end() if words else 0, list[str](), list[str]()
    for word in reversed(words):
        at = _begin_of_tag(word[0])
        tag = _TAG.fullmatch(word[0], at) if at >= 0 else None
        if tag is not None:
            names = [_name(tag), *links, *names]
            end, links = word.start() + at, []
        elif word[0].startswith("[["):
            links.insert(0, word[0][2:-2].replace(" ", "_"))
        if at > 0 or (tag is None and not word[0].startswith("[[")):
            break
    return end, names


def _name(tag: re.Match[str]) -> str:
    return tag["name"] or tag["link"] or (tag["page"] or _FLASH).replace(" ", "_")


def _begin_of_tag(word: str) -> int:
    """Return where a tag begins in a word, or -1. A card's tag may be glued to Chinese."""
    sign = word.rfind("#")
    if sign > 0 and (not word[sign - 1].isascii() or _GLUE.search(word, 0, sign)):
        return sign if _CARD.fullmatch(word, sign + 1) else -1
    return 0 if _TAG.fullmatch(word) else -1


def is_tags_alone(text: str) -> bool:
    """Whether a line has only tags."""
    is_short = len(text) <= LONGEST_MARKED and text.lstrip()[:1] == "#"
    return is_short and all(map(_TAG.fullmatch, text.split()))


def bare_line(row: Row) -> Line:
    """Return the text of a line: no marker, no hashes of a heading."""
    text = row.text if row.level else row.raw[row.offset :].rstrip()
    return Line(text, row.number, row.offset + 1)


def untagged_line(line: Line) -> Line:
    """Return a line without the tags of a card."""
    tagged = untagged(line.text)
    return Line(tagged.text, line.number, line.column + tagged.offset)
