"""What the lock remembers of the numbers of a cloze note: after deletions, merges and attacks."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import permutations

from cardwright.dialects.deletions import MOST, Marks, Trouble, find_deletions
from cardwright.identify.cloze_numbers import hidden_parts, numbering
from cardwright.lock import HiddenPart, Lock, LockEntry
from cardwright.lock.text import format_lock, parse_lock
from cardwright.model import Guid, Line
from tests.each import check_each
from tests.test_cloze_numbers import Life, entry, source
from tests.work import ends


def test_a_mark_inside_a_composed_character_changes_no_number() -> None:
    def check(texts: tuple[str, str]) -> None:
        plain, composed = texts
        life = Life()
        before = life.becomes(f"{plain} and ==leaf== ==green==.")
        after = life.becomes(f"{composed} and ==leaf== ==green==.")
        for word in ("leaf", "green"):
            number = next(n for n, words in before.items() if words == word)
            assert after[number] == word
        assert life.becomes(f"{composed} and ==leaf== ==green==.") == after

    syllable = unicodedata.normalize("NFD", "한")
    check_each(
        {
            "between letter and accent": ("==caf==e\u0301", "==cafe==\u0301"),
            "in a syllable": (f"=={syllable}==", f"=={syllable[:2]}=={syllable[2:]}"),
            "an accent alone": ("==e\u0301==", "e==\u0301=="),
            "two accents": ("==a\u0308\u0323==", "==a\u0308==\u0323"),
        }.items(),
        check,
    )


def test_places_count_the_characters_of_the_front() -> None:
    note = source("Cafe=={}== ==leaf==".format("\u0301"))
    (accent, leaf) = hidden_parts(note)
    front = "".join(entry(note).front.split())

    assert front[leaf.start : leaf.end] == "leaf"
    assert front[: accent.end] == "Café"


def test_words_that_come_back_after_they_were_gone_have_their_number() -> None:
    life = Life()
    life.becomes("A ==leaf== is ==green== and ==flat==.")
    life.becomes("A ==leaf== is ==flat==.")
    life.becomes("A ==leaf== is ==flat== and thin.")
    assert life.now
    lock = format_lock(Lock("salt", entries=(replace(life.now, guid=Guid("a" * 13)),)))
    assert '[2, 0, 0, false, "green"]' in lock
    (life.now,) = parse_lock(lock, "deck.lock")[0].entries  # type: ignore[union-attr]

    found = life.becomes("A ==leaf== is ==flat== and ==thin== and ==green==.")

    assert found == {1: "leaf", 3: "flat", 4: "thin", 2: "green"}


def test_words_that_are_gone_are_not_found_inside_other_words() -> None:
    life = Life()
    life.becomes("A ==leaf== rests ==in== light.")
    life.becomes("The ==leaf== blade basks happily within sunlight.")

    assert life.becomes("The ==leaf== blade basks happily ==within== sunlight.") == {
        1: "leaf", 3: "within",
    }  # fmt: skip


def merged(*texts: str, mods: tuple[int, ...] = ()) -> LockEntry:
    """Two branches of a note: each text is what one of them makes of the first."""
    base, *branches = texts
    entries = []
    for text, mod in zip(branches, mods or [7] * len(branches), strict=True):
        life = Life()
        life.becomes(base)
        life.becomes(text)
        assert life.now
        entries.append(replace(life.now, mod=mod, made=text, output=text))
    found = set()
    for order in permutations(entries):
        text = format_lock(Lock("salt", entries=order))
        lock, problems = parse_lock(text, "deck.lock")
        assert lock, problems
        found.add(lock.entries)
    ((entry_,),) = found
    return entry_


def numbers(entry_: LockEntry, markdown: str) -> dict[int, str]:
    life = Life(entry_)
    return life.becomes(markdown)


def test_both_sides_of_a_merge_choose_the_same_numbers_and_no_number_gets_other_words() -> None:
    base = "A ==leaf== is green and flat."
    both = "A ==leaf== is ==green== and ==flat==."

    same_time = merged(
        base, "A ==leaf== is ==green== and flat.", "A ==leaf== is green and ==flat==."
    )
    assert (same_time.made, same_time.output) == ("", "")
    assert numbers(same_time, both) == {1: "leaf", 3: "green", 4: "flat"}

    later = merged(
        base, "A ==leaf== is ==green== and flat.", "A ==leaf== is green and ==flat==.", mods=(7, 8)
    )
    assert numbers(later, both) == {1: "leaf", 3: "green", 4: "flat"}


def test_a_merge_keeps_the_numbers_of_both_sides() -> None:
    base = "A ==leaf== is green and flat."
    entry_ = merged(
        base,
        "A ==leaf== is ==green== and ==flat==.",
        "A ==leaf== is ==green== and flat, mostly.",
        mods=(7, 8),
    )
    assert entry_.made
    assert numbers(entry_, "A ==leaf== is ==green== and ==flat==, mostly.") == {
        1: "leaf", 2: "green", 3: "flat",
    }  # fmt: skip


def test_more_deletions_than_anki_has_cards_are_told() -> None:
    text = " ".join(f"==w{at}==" for at in range(MOST + 3))

    found = find_deletions([Line(text, 1)], Marks(has_highlights=True))

    assert len(found.deletions) == MOST
    (flaw,) = found.flaws
    assert (flaw.trouble, flaw.offset) == (Trouble.MANY, text.index(f"==w{MOST}=="))


def test_a_number_that_anki_has_no_card_for_is_not_taken_from_a_lock() -> None:
    life = Life()
    life.becomes("A ==leaf==.")
    assert life.now
    life.now = replace(life.now, hidden=(life.now.hidden[0]._replace(number=9**15),))

    assert life.becomes("A ==leaf==!") == {1: "leaf"}


def test_a_lock_with_very_many_parts_takes_no_longer_than_its_text() -> None:
    note = source(" ".join(["==leaf==", *(f"w{at}" for at in range(3000))]) + " end.")
    new = entry(note)
    front = new.front.removesuffix("end.") + "and."
    length = len("".join(front.split()))
    parts = tuple(
        HiddenPart(at + 1, at % 9, length - at % 7, is_hidden=at % 2 == 0) for at in range(60_000)
    )

    with ends():
        made = numbering(
            note.deletions, new.front, new.hidden, replace(new, front=front, hidden=parts)
        )

    assert [part.number for part in made.hidden if part.is_hidden] != []
