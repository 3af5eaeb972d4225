"""Edits as people make them, on decks of which the truth is known.

A card keeps its ``key`` through every edit that leaves it the same card to its author; a new one
has a key that no card had. What a matching makes of an edit can so be held against the truth.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Card:
    """A question and its answer, Markdown both, in a section of a file."""

    key: int
    front: str
    back: str
    file: str = "a.md"
    section: str = ""


@dataclass(slots=True)
class Desk:
    """A deck on its author's desk: the cards in reading order, and those not written yet.

    ``free`` are keys whose card could as well be another one (a card that was parted in two, or
    joined with another): whatever a matching makes of them is right.
    """

    cards: list[Card]
    unwritten: list[Card]
    chance: random.Random
    free: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, cards: Sequence[Card], unwritten: Sequence[Card], seed: int) -> Desk:
        return cls(list(cards), list(unwritten), random.Random(seed))

    def place(self) -> int | None:
        """Where a card stands that no edit has touched, ``None`` when there is none."""
        places = [i for i, card in enumerate(self.cards) if card.key not in self.touched]
        return self.chance.choice(places) if places else None

    def next_card(self, at: int) -> Card | None:
        """The card after that at ``at`` in its file, while no edit has touched it."""
        if at + 1 >= len(self.cards):
            return None
        card = self.cards[at + 1]
        is_free = card.key not in self.touched and card.file == self.cards[at].file
        return card if is_free else None

    def write(self, at: int) -> Card | None:
        """A card that was not there, put where ``at`` is; ``None`` when all are written."""
        if not self.unwritten:
            return None
        return self._put(self.unwritten.pop(self.chance.randrange(len(self.unwritten))), at)

    def write_look_alike(self, at: int, front: str) -> Card | None:
        """The unwritten card whose front is most like ``front``, put where ``at`` is."""
        if not self.unwritten:
            return None
        words = set(_words(front))
        alike = max(self.unwritten, key=lambda card: len(words & set(_words(card.front))))
        self.unwritten.remove(alike)
        return self._put(alike, at)

    def _put(self, card: Card, at: int) -> Card:
        beside = self.cards[min(at, len(self.cards) - 1)]
        card = replace(card, file=beside.file, section=beside.section)
        self.cards.insert(at, card)
        return card


Edit = Callable[[Desk, int], set[int]]
"""Changes the desk at a place; returns the keys of the cards that it touched."""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


# Fronts


def misspelled(text: str, chance: random.Random) -> str:
    """One letter of a longer word lost, doubled, changed or swapped with its neighbour."""
    places = [found.span() for found in re.finditer(r"[^\W\d_]{4,}", text)]
    if not places:
        return text + "?"
    start, end = chance.choice(places)
    at = chance.randrange(start + 1, end - 1)
    letters = {
        "lost": "",
        "doubled": text[at] * 2,
        "changed": chance.choice("aeiourstln"),
        "swapped": text[at + 1] + text[at],
    }
    kind = chance.choice(sorted(letters))
    return text[:at] + letters[kind] + text[at + 1 + (kind == "swapped") :]


_OPENINGS = (
    (r"^what (?:is|are) (?:the )?(?:difference|differences) between ", "how does one tell apart "),
    (r"^what (?:is|are) (?:an? |the )?", "define "),
    (r"^what (?:is|are) (?:an? |the )?", "explain the term "),
    (r"^what (?:is|are) (?:an? |the )?", "in your own words, what do we call "),
    (r"^what does ", "can you say what "),
    (r"^how (?:do|does) (?:you |one |we |it )?", "in which way do you "),
    (r"^how can (?:you |one |we )?", "what is a way to "),
    (r"^how (?:is|are) ", "describe how "),
    (r"^why (?:is|are|do|does) ", "what is the reason that "),
    (r"^when ", "under which circumstances "),
    (r"^which ", "what "),
    (r"^can you ", "is it possible to "),
    (r"^explain (?:the )?", "what do you know about "),
    (r"^(?:list|name) (?:the )?", "which are the "),
)
_SYNONYMS = {
    "advantages": "benefits", "disadvantages": "drawbacks", "purpose": "point", "use": "apply",
    "used": "applied", "difference": "distinction", "differences": "distinctions",
    "important": "essential", "main": "major", "create": "make", "creating": "making",
    "change": "alter", "happens": "occurs", "get": "obtain", "show": "display", "way": "manner",
    "ways": "manners", "possible": "feasible", "kinds": "types", "types": "kinds", "role": "job",
    "method": "approach", "methods": "approaches", "problem": "issue", "large": "big",
    "component": "building block", "components": "building blocks", "work": "function",
    "works": "functions", "mean": "stand for", "need": "require", "choose": "pick",
    "output": "result", "common": "frequent", "prevent": "avoid", "improve": "better",
}  # fmt: skip
_GERMAN = {
    "what": "was", "is": "ist", "are": "sind", "how": "wie", "why": "warum", "and": "und",
    "the": "die", "difference": "Unterschied", "differences": "Unterschiede", "between": "zwischen",
    "use": "benutzen", "data": "Daten", "model": "Modell", "function": "Funktion",
    "state": "Zustand", "when": "wann", "which": "welche", "error": "Fehler", "value": "Wert",
}  # fmt: skip
_FILLERS = ("exactly", "actually", "basically", "in practice", "briefly", "here", "usually")


def reworded(text: str, chance: random.Random) -> str:
    """The same question in other words: another opening, synonyms, a word more or less."""
    changed = text
    openings = [(p, o) for p, o in _OPENINGS if re.search(p, changed, re.IGNORECASE)]
    if openings:
        pattern, opening = chance.choice(openings)
        changed = re.sub(pattern, opening, changed, count=1, flags=re.IGNORECASE)
    changed = re.sub(r"\w+", lambda m: _SYNONYMS.get(m[0].casefold(), m[0]), changed)
    if changed == text or chance.random() < 0.4:
        words = changed.split(" ")
        words.insert(chance.randrange(1, len(words) + 1), chance.choice(_FILLERS))
        changed = " ".join(words)
    return changed


def retold(text: str, chance: random.Random) -> str:
    """Another sentence that keeps the longest words of the question alone."""
    words = sorted(set(re.findall(r"[^\W_]+", text)), key=lambda word: (-len(word), word))
    kept = sorted(words[: chance.randint(1, 3)])
    frames = ("Say something on {}.", "{}: what would you tell a colleague?", "Your view of {}?")
    return chance.choice(frames).format(" and ".join(kept))


def translated(text: str, chance: random.Random) -> str:
    """Single words in another language."""
    places = [m for m in re.finditer(r"\w+", text) if m[0].casefold() in _GERMAN]
    for found in reversed(chance.sample(places, min(2, len(places)))) if places else ():
        text = text[: found.start()] + _GERMAN[found[0].casefold()] + text[found.end() :]
    return text if places else reworded(text, chance)


# Answers


def touched_up(text: str, chance: random.Random) -> str:
    """A tenth of the words changed."""
    words = text.split(" ")
    for _ in range(max(1, len(words) // 10)):
        words[chance.randrange(len(words))] = chance.choice((*_FILLERS, *_SYNONYMS))
    return " ".join(words)


def extended(text: str, chance: random.Random) -> str:
    """A half more than there was."""
    more = [chance.choice((*_SYNONYMS, *_FILLERS)) for _ in range(max(4, len(text.split()) // 2))]
    return f"{text}\n\nMoreover, {' '.join(more)}."


def rewritten(text: str, chance: random.Random) -> str:
    """Little of it left: every third word, in another order."""
    words = text.split()
    kept = words[:: chance.choice((3, 4))]
    chance.shuffle(kept)
    more = [chance.choice((*_SYNONYMS, *_FILLERS)) for _ in range(max(3, len(words) // 2))]
    return " ".join((*kept, *more))


_Text = Callable[[str, random.Random], str]


def _same(text: str, _chance: random.Random) -> str:
    return text


def _of_text(front: _Text, back: _Text) -> Edit:
    def edit(desk: Desk, at: int) -> set[int]:
        card = desk.cards[at]
        fronts, backs = front(card.front, desk.chance), back(card.back, desk.chance)
        desk.cards[at] = replace(card, front=fronts, back=backs)
        return {card.key}

    return edit


# Places


def deleted(desk: Desk, at: int) -> set[int]:
    return {desk.cards.pop(at).key}


def inserted(desk: Desk, at: int) -> set[int]:
    card = desk.write(at)
    return {card.key} if card else set()


def replaced(desk: Desk, at: int) -> set[int]:
    """The card goes, and one that looks like it comes in its place."""
    old = desk.cards[at]
    new = desk.write_look_alike(at, old.front)
    if new is None:
        return set()
    desk.cards.remove(old)
    return {old.key, new.key}


def beside_a_look_alike(desk: Desk, at: int) -> set[int]:
    """The card is reworded, and one that looks like it comes before or after it."""
    card = desk.cards[at]
    desk.cards[at] = replace(card, front=reworded(card.front, desk.chance))
    new = desk.write_look_alike(at + desk.chance.randint(0, 1), card.front)
    return {card.key, *({new.key} if new else ())}


def swapped(desk: Desk, at: int) -> set[int]:
    other = desk.next_card(at)
    if other is None:
        return set()
    desk.cards[at : at + 2] = [other, desk.cards[at]]
    return {other.key, desk.cards[at + 1].key}


def moved(desk: Desk, at: int) -> set[int]:
    """To another place of the deck, perhaps another file."""
    card = desk.cards.pop(at)
    there = desk.chance.randrange(len(desk.cards) + 1)
    beside = desk.cards[min(there, len(desk.cards) - 1)] if desk.cards else card
    desk.cards.insert(there, replace(card, file=beside.file, section=beside.section))
    return {card.key}


def moved_and_reworded(desk: Desk, at: int) -> set[int]:
    card = desk.cards[at]
    desk.cards[at] = replace(card, front=reworded(card.front, desk.chance))
    return moved(desk, at)


def parted(desk: Desk, at: int) -> set[int]:
    """One card made two, each with a half of the answer."""
    card = desk.cards[at]
    words = card.back.split()
    if len(words) < 8 or not desk.unwritten:
        return set()
    half = len(words) // 2
    other = desk.unwritten.pop()
    desk.free |= {card.key, other.key}
    desk.cards[at : at + 1] = [
        replace(card, front=f"{card.front} First part", back=" ".join(words[:half])),
        replace(card, key=other.key, front=f"{card.front} The rest", back=" ".join(words[half:])),
    ]
    return {card.key, other.key}


def joined(desk: Desk, at: int) -> set[int]:
    """A card and the next one made one."""
    one, other = desk.cards[at], desk.next_card(at)
    if other is None:
        return set()
    desk.free |= {one.key, other.key}
    both = replace(one, front=f"{one.front} {other.front}", back=f"{one.back}\n\n{other.back}")
    desk.cards[at : at + 2] = [both]
    return {one.key, other.key}


def answers_swapped(desk: Desk, at: int) -> set[int]:
    """Two cards that had each other's answer; the front is the card."""
    one, other = desk.cards[at], desk.next_card(at)
    if other is None:
        return set()
    desk.cards[at : at + 2] = [replace(one, back=other.back), replace(other, back=one.back)]
    return {one.key, other.key}


EDITS: dict[str, Edit] = {
    "typo": _of_text(misspelled, _same),
    "reworded": _of_text(reworded, _same),
    "retold": _of_text(retold, _same),
    "word translated": _of_text(translated, _same),
    "answer touched up": _of_text(_same, touched_up),
    "answer rewritten": _of_text(_same, rewritten),
    "typo, answer touched up": _of_text(misspelled, touched_up),
    "typo, answer rewritten": _of_text(misspelled, rewritten),
    "reworded, answer touched up": _of_text(reworded, touched_up),
    "reworded, answer extended": _of_text(reworded, extended),
    "reworded, answer rewritten": _of_text(reworded, rewritten),
    "deleted": deleted,
    "inserted": inserted,
    "replaced by a look-alike": replaced,
    "reworded beside a new look-alike": beside_a_look_alike,
    "swapped with the next": swapped,
    "moved": moved,
    "moved and reworded": moved_and_reworded,
    "parted in two": parted,
    "joined with the next": joined,
    "answers swapped": answers_swapped,
}
"""Each by its name in tables."""


def edit_deck(desk: Desk, rounds: int, names: Sequence[str] = tuple(EDITS)) -> dict[int, str]:
    """Make so many edits, each of a card that none touched before; by key what was done to it."""
    done: dict[int, str] = {}
    for _ in range(rounds):
        at = desk.place()
        if at is None:
            break
        name = desk.chance.choice(names)
        keys = EDITS[name](desk, at)
        desk.touched |= keys
        done |= dict.fromkeys(keys, name)
    return done
