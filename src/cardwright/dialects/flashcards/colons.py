"""Where ``::`` on a line parts a question from its answer, and where it is something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cardwright.dialects.text.masks import LONGEST_MARKED, masked


@dataclass(frozen=True, slots=True)
class Separator:
    """The colons at ``start`` to ``end`` of a line.

    ``is_sure`` says that they can be nothing else; where they stand like a path of a programming
    language (``leaf::organ``) or a property (``leaf:: organ``) the document has to tell.
    """

    start: int
    end: int
    is_sure: bool
    is_reverse: bool


_COLONS = re.compile(r"(?<!:):{2,3}(?!:)")


def separators_in(text: str) -> list[Separator]:
    """What can be a separator of a line, in their order; none in the row of a table."""
    if "::" not in text or text.lstrip(" >").startswith("|"):
        return []
    found = (_separator(prose, colons) for prose, colons in _colons_in(text))
    return [separator for separator in found if separator]


def has_sure_separator(text: str) -> bool:
    return any(separator.is_sure for separator in separators_in(text))


def has_code(text: str) -> bool:
    """Whether a line holds a path of a programming language outside of code: ``std::vector``."""
    return any(_is_code(prose, colons) for prose, colons in _colons_in(text))


_MOST_COLONS = 12
"""So many of a line are looked at."""


def _colons_in(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The colons of a line, each with the line's prose."""
    if "::" in text and len(text) <= LONGEST_MARKED:
        prose = masked(text)
        for colons in islice(_COLONS.finditer(prose), _MOST_COLONS):
            yield prose, colons


def best_separator(found: list[Separator], *, is_deck: bool) -> Separator | None:
    """The first that is sure or, in a deck's file, that can be one."""
    sure = (separator for separator in found if separator.is_sure)
    return next(sure, found[0] if is_deck and found else None)


_MARKERS = re.compile(r"[\s>]*(?:(?:[-*+•]|\d{1,9}[.)])\s+)*(?:\[[ xX]\]\s+)?")


def begin_of_text(text: str) -> int:
    """The offset behind the markers of quotes and lists that a line begins with."""
    match = _MARKERS.match(text[:200])
    return match.end() if match else 0


def _separator(prose: str, colons: re.Match[str]) -> Separator | None:
    start, end = colons.span()
    front = prose[begin_of_text(prose) : start]
    back = prose[end:]
    if not front.strip(" \t*_") or not back.strip(" \t*_\\") or _NO_FRONT.search(front[-200:]):
        return None
    is_apart = front[-1].isspace(), back[0].isspace()
    if not re.search(r"\w", front) or _TO_DO.match(front):
        return None
    if any(rule(front, back) for rule in _RULES[is_apart]):
        return None
    is_sure = {
        (True, True): True,
        (True, False): True,
        (False, True): not _KEY.fullmatch(front),
        (False, False): not (_AT_END.search(front) and _AT_BEGIN.match(back)),
    }[is_apart]
    return Separator(start, end, is_sure, is_reverse=end - start == 3)


_NO_FRONT = re.compile(
    r"(?i)^(?:[*_]*(?:q|a|question|answer|note|tip|warning|todo)[*_]*\s*|\.\. .*"
    r"|(?:target deck|file tags|tags|deck):.*)$|\{\{c\d+$"
)
"""A label, a directive of reStructuredText, a line of settings, a cloze that is never closed."""
_TO_DO = re.compile(r"[*_]{0,3}(?:TODO|FIXME|TBD)\b")
"""A note of the author to himself."""
_KEY = re.compile(r"[a-z][a-z0-9]{0,24}")
"""A property's key; one that is not known may be a term just as well."""
_AT_END = re.compile(r"[A-Za-z0-9_>]$")
_AT_BEGIN = re.compile(r"[A-Za-z_~]")


def _is_signature(front: str, back: str) -> bool:
    """``map :: (a -> b) -> [a] -> [b]``"""
    return bool(re.fullmatch(r"\(?[\w'.]+\)?\s*", front)) and ("->" in back or "→" in back)


def _is_known_property(front: str, back: str) -> bool:
    """``tags:: leaf`` and ``card-last-interval:: 4``, or ``[due:: 2020-01-01]`` in the middle."""
    key = front.strip(" *_").lower()
    if key in _PROPERTIES or re.fullmatch(r"[a-z.]+(?:[-_][a-z]+)+", front.strip()):
        return True
    bracket = re.search(r"[\[(][\w -]{1,40}$", front)
    return bracket is not None and "])"["[(".index(bracket.group()[0])] in back


def is_property(text: str) -> bool:
    """Whether a line is a property with a key that is known to be one."""
    key, colons, _ = text.partition("::")
    return bool(colons) and key.strip(" *_").lower() in _PROPERTIES


def _is_value(front: str, back: str) -> bool:
    """``genre:: [[Herbs]]``, ``pages:: 12``: what a property has and an answer hardly."""
    value = r"\s*(?:\[\[?[^\]]*\]\]?|x+|[\d.,:/-]+|true|false|(?:#[\w/-]+[\s,]*)+)\s*"
    return bool(_KEY.fullmatch(front)) and re.fullmatch(value, back) is not None


_PROPERTIES = frozenset(
    """
    id|tag|tags|alias|aliases|title|type|status|state|collapsed|deck|file|public|icon|template
    |created|updated|modified|date|author|authors|source|url|link|links|parent|parents|related
    |up|down|prev|previous|next|topic|topics|area|project|priority|due|scheduled|start|end
    |completed|heading|rating|cover|cssclass|cssclasses|filters|category|categories|class|kind
    |page|pages|isbn|year|published|publisher|lang|language|version|keywords|background-color
    """.replace("\n    ", "").split("|")
)  # fmt: skip


def _is_relation(_front: str, back: str) -> bool:
    """``part of:: [[Plants]]``, a link of Obsidian where a value stands."""
    return re.match(r"\s[*_]*\[\[", back) is not None


def _is_emoji(front: str, back: str) -> bool:
    """``:smile::heart:``"""
    return bool(re.search(r":[\w+-]{1,40}$", front) and re.match(r"[\w+-]{1,40}:", back))


def _is_number(front: str, back: str) -> bool:
    """``12::30`` and ``2001:db8::1``"""
    if front[-1].isdigit() and back[0].isdigit():
        return True
    return bool(re.search(r"(?:^|[\s\[(])[0-9a-fA-F]{1,4}:[0-9a-fA-F:]{0,40}$", front))


_NAMESPACES = frozenset(
    """
    std|boost|crate|self|super|core|alloc|tokio|serde|chrono|fmt|fs|io|mem|env|thread|sync|iter
    |vec|string|option|result|parent|static|namespace
    """.replace("\n    ", "").split("|")
)  # fmt: skip


_LABELLED = re.compile(r"[^:]{0,20}:\s+\S+")
"""What stands before a path of decks or of names in ``Deck: Plants::Leaves``."""
_NAME = re.compile(r"(?P<name>~?[A-Za-z_]\w*)(?:<[\w:, *&]{0,80}>)?(?P<next>\(|::|!\W|\.\w)?")


def _is_path(front: str, back: str) -> bool:
    """``std::vector``, ``Foo::bar()``, ``App\\Leaf::class``, ``Leaf::from_seed``"""
    if " " not in back.strip() and _LABELLED.fullmatch(front[-100:]):
        return True
    before = re.search(r"[\w\\:>]+$", front[-80:])
    name = before.group() if before else ""
    if name.lower() in _NAMESPACES or "\\" in name or "::" in name:
        return True
    after = re.match(
        r"(?P<name>~?[A-Za-z_]\w*)(?:<[\w:, *&]{0,80}>)?(?P<next>\(|::|!\W|\.\w)?", back
    )
    if after is None or not name:
        return False
    is_called = bool(after["next"]) or after["name"] == "class"
    return is_called or re.search(r"[a-z]_[a-z]|[a-z][A-Z]", after["name"]) is not None


def _is_rooted(_front: str, back: str) -> bool:
    """``call ::leaf()``"""
    return re.match(r"[A-Za-z_]\w*(?:\(|::)", back) is not None


_RULES = {
    (True, True): (_is_signature,),
    (True, False): (_is_rooted,),
    (False, True): (_is_known_property, _is_value, _is_relation, _is_emoji),
    (False, False): (_is_known_property, _is_emoji, _is_number, _is_path),
}
"""What colons can be besides, by whether there is space before and behind them."""


def _is_code(prose: str, colons: re.Match[str]) -> bool:
    front, back = prose[: colons.start()], prose[colons.end() :]
    return bool(front and back) and _is_path(front, back)
