"""Hashtags that make a flashcard of a line, in Obsidian and Logseq: ``#card``, ``#flashcards``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardwright.dialects.text.masks import LONGEST_MARKED

_TAG = re.compile(r"#(?P<name>[^\s#`,;:!?.()\[\]{}<>\"'|\\]+)[\\,;]?")
_CARD = re.compile(
    r"(?i)(?:flash)?cards?(?:[-/](?P<turn>reversed?|spaced))?(?:/(?P<topic>[^/].*))?"
)
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]+$")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text without the tags at its ends: it begins at ``offset`` of the one it was cut from.

    ``is_card`` says that one of them makes a flashcard of it, ``is_deck`` that all of those are
    ``#flashcards``, which also names the deck of a whole file. ``tags`` are the further ones,
    parts of them joined by ``::`` as in Anki.
    """

    text: str
    offset: int = 0
    tags: tuple[str, ...] = ()
    is_card: bool = False
    is_deck: bool = False
    is_reverse: bool = False


def untagged(text: str, own: str = "") -> Tagged:
    """The text without its first and its last tags; as it is when none of these is a card's.

    ``own`` is the name of the tag that makes a card in this document, besides those known.

    The tags of the plugin "flashcards-obsidian" (``#card-reverse``, ``#card/reverse``), of
    Logseq, and ``#flashcards/topic`` of "obsidian-spaced-repetition".
    """
    if "#" not in text or len(text) > LONGEST_MARKED or not _may_be_card(text, own):
        return Tagged(text)
    end = len(text.rstrip())
    block_id = _BLOCK_ID.search(text, max(end - 60, 0), end)
    end = block_id.start() if block_id else end
    behind, end = _tags_behind(text, end)
    before, begin = _tags_before(text, end)
    names = [*before, *behind]
    cards = [card for name in names if (card := _CARD.fullmatch(name))]
    has_own = own != "" and own in names
    if not cards and not has_own:
        return Tagged(text)
    topics = [card["topic"] for card in cards if card["topic"]]
    others = [name for name in names if name != own and not _CARD.fullmatch(name)]
    return Tagged(
        text[begin:end].rstrip(),
        begin,
        tuple(dict.fromkeys(name.strip("/").replace("/", "::") for name in [*topics, *others])),
        is_card=True,
        is_deck=not has_own
        and all(card.group().lower().startswith("flashcards") for card in cards),
        is_reverse=any((card["turn"] or "").lower().startswith("reverse") for card in cards),
    )


def _may_be_card(text: str, own: str) -> bool:
    return "card" in text.lower() or (own != "" and own in text)


def first_tag_behind(text: str) -> str:
    """The name of the first of the tags that a text ends with, ``""`` for none."""
    if "#" not in text or len(text) > LONGEST_MARKED:
        return ""
    names, end = _tags_behind(text, len(text.rstrip()))
    return names[0] if names and re.search(r"\w", text[:end]) else ""


def begin_behind_tags(text: str) -> int:
    """The offset of the text behind the tags that a line begins with, 0 where none does."""
    begin = _tags_before(text, len(text))[1] if text.startswith("#") else 0
    return begin if begin < len(text) else 0


def is_tags_alone(text: str) -> bool:
    """Whether a line holds tags and nothing else."""
    is_short = len(text) <= LONGEST_MARKED and text.lstrip()[:1] == "#"
    words = text.split() if is_short else []
    return bool(words) and all(_TAG.fullmatch(word) for word in words)


def _tags_behind(text: str, end: int) -> tuple[list[str], int]:
    """The names of the tags before ``end``, and where what stands before them ends.

    Behind a tag, Logseq's ``[[links]]`` are tags too.
    """
    names: list[str] = []
    links: list[str] = []
    at = end
    while at:
        is_link = text.endswith("]]", 0, at)
        begin = text.rfind("[[", 0, at) if is_link else _begin_of_word(text, at)
        tag = None if is_link else _TAG.fullmatch(text, begin, at)
        if begin < 0 or not (is_link or tag):
            break
        if tag:
            names, links, end = [tag["name"], *links, *names], [], begin
        else:
            links.insert(0, text[begin + 2 : at - 2].replace(" ", "_"))
        at = begin
        while at and text[at - 1].isspace():
            at -= 1
    return names, len(text[:end].rstrip())


def _begin_of_word(text: str, end: int) -> int:
    """Where the word before ``end`` begins: at a card's tag glued to a sign or to Chinese."""
    begin = max(text.rfind(" ", 0, end), text.rfind("\t", 0, end)) + 1
    sign = text.rfind("#", begin, end)
    is_glued = sign > begin and (not text[sign - 1].isascii() or text[sign - 1] in "?!.)]*`$")
    return sign if is_glued and _CARD.fullmatch(text, sign + 1, end) else begin


def _tags_before(text: str, end: int) -> tuple[list[str], int]:
    """The names of the tags that ``text`` begins with, and where what follows them begins."""
    names: list[str] = []
    begin = len(text) - len(text.lstrip())
    while (tag := _TAG.match(text, begin, end)) and text[tag.end() : tag.end() + 1].isspace():
        names.append(tag["name"])
        begin = tag.end()
        while begin < end and text[begin].isspace():
            begin += 1
    return names, begin
