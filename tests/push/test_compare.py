"""What a push finds to do, from values alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from cardwright.delivery.compare import PushChoices, compare
from cardwright.delivery.values import (
    RETIRED,
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    BuiltDeck,
    DeliveryHistory,
    Differences,
    Move,
    Rename,
)
from cardwright.lock import CollectionState, Delivery, Lock, LockEntry
from cardwright.model import DeckName, Guid, Html, Note
from cardwright.package.collection import field_values
from cardwright.package.shipped import SHIPPED
from tests.notes import packed_note

ROOT = DeckName("Garden")
HERBS, TREES = DeckName("Garden::Herbs"), DeckName("Garden::Trees")


def note(number: int, **changes: Any) -> Note:
    tags = ("green", "Garden::Herbs")
    return packed_note(number, **{"deck": HERBS, "tags": tags, "due": number, **changes})


def anki_note(shipped: Note, **changes: Any) -> AnkiNote:
    """The note in Anki, as it was shipped."""
    card = AnkiCard(shipped.note_id, 0, shipped.deck, shipped.due, is_new=True)
    values = {
        "fields": field_values(shipped), "tags": shipped.tags, "cards": (card,), **changes,
    }  # fmt: skip
    return AnkiNote(shipped.note_id, shipped.guid, mod=shipped.mod, **values)


def anki_deck(*notes: AnkiNote, **changes: Any) -> AnkiDeck:
    decks = {card.deck for each in notes for card in each.cards}
    counts = {deck: sum(c.deck == deck for n in notes for c in n.cards) for deck in decks}
    above = {"::".join(deck.split("::")[:n]) for deck in decks for n in range(1, 4)}
    values = {"decks": frozenset(above | {"Default"}), "card_counts": counts, **changes}
    return AnkiDeck("1", "1", notes={each.guid: each for each in notes}, **values)


def wanted(
    *notes: Note, root: DeckName = ROOT, retired: Sequence[Note] = (), **more: Any
) -> BuiltDeck:
    entries = tuple(_entry(each, is_retired=False) for each in notes)
    entries += tuple(_entry(each, is_retired=True) for each in retired)
    return BuiltDeck(root, Lock("p", root, entries=entries), notes, **more)


def _entry(note: Note, *, is_retired: bool) -> LockEntry:
    place = ("herbs.md", (), note.front, "", "", (), note.mod, note.note_id, note.deck)
    return LockEntry(note.guid, *place, is_retired=is_retired)


def edited(note: Note, mod: int = 9, **changes: Any) -> Note:
    """The note as a later build makes it."""
    return replace(note, mod=note.mod + mod, **changes)


def found(wanted: BuiltDeck, anki_deck: AnkiDeck, *given: Note, **choices: bool) -> Differences:
    before = DeliveryHistory(frozenset(note.guid for note in given))
    return compare(wanted, anki_deck, PushChoices(**choices), before)


def written(differences: Differences) -> dict[str, str]:
    """The fields that the only update writes, but for the one that notes it down."""
    (update,) = differences.updates
    return {name: text for name, text in update.fields.items() if name != SHIPPED}


def test_what_anki_has_already_is_left_alone() -> None:
    assert found(
        wanted(note(1), note(2)), anki_deck(anki_note(note(1)), anki_note(note(2)))
    ).is_nothing


def test_a_library_that_writes_other_html_changes_nothing() -> None:
    shipped = note(1)

    differences = found(
        wanted(replace(shipped, back=Html("<p>other</p>"))), anki_deck(anki_note(shipped))
    )

    assert differences.is_nothing


def test_a_changed_field_is_written() -> None:
    shipped = note(1)

    differences = found(wanted(edited(shipped, back=Html("B"))), anki_deck(anki_note(shipped)))

    assert written(differences) == {"Answer": "B"}
    assert not differences.conflicts


def test_a_new_front_also_updates_the_plain_front() -> None:
    shipped = note(1)
    now = edited(shipped, front=Html("<p>New?</p>"), plain="New?")

    assert written(found(wanted(now), anki_deck(anki_note(shipped)))) == {
        "Question": "<p>New?</p>",
        "Plain": "New?",
    }


def test_a_field_that_only_the_learner_changed_stays() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, fields={**field_values(shipped), "Extra": "mine"})

    differences = found(wanted(edited(shipped, back=Html("B"))), anki_deck(theirs))

    assert written(differences) == {"Answer": "B"}
    assert differences.edited == (shipped.guid,)
    assert not differences.conflicts


def test_a_field_that_both_changed_is_a_conflict_until_it_is_solved() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, fields={**field_values(shipped), "Answer": "mine"})
    now = edited(shipped, back=Html("B"), hint=Html("H"))

    first = found(wanted(now), anki_deck(theirs))
    (update,) = first.updates
    after = replace(theirs, fields={**theirs.fields, **update.fields})
    second = found(wanted(now), anki_deck(after))

    assert written(first) == {"Hint": "H"}
    assert [(each.field, each.ours, each.theirs) for each in first.conflicts] == [
        ("Answer", "B", "mine")
    ]
    assert second.is_nothing
    assert second.conflicts == first.conflicts


def test_ours_resolves_a_conflict_with_the_text_of_the_content() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, fields={**field_values(shipped), "Answer": "mine"})

    differences = found(
        wanted(edited(shipped, back=Html("B"))), anki_deck(theirs), is_overwriting=True
    )

    assert written(differences) == {"Answer": "B"}
    assert not differences.conflicts


def test_a_conflict_ends_when_the_content_takes_the_edit() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, fields={**field_values(shipped), "Answer": "mine"})

    differences = found(wanted(edited(shipped, back=Html("mine"))), anki_deck(theirs))

    assert not differences.conflicts
    assert [update.is_bookkeeping for update in differences.updates] == [True]


def test_a_question_that_the_content_takes_over_changes_no_card() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, fields={**field_values(shipped), "Question": "mine"})
    taken = edited(shipped, front=Html("mine"), plain="mine")

    differences = found(wanted(taken), anki_deck(theirs))

    assert written(differences)["Plain"] == "mine"
    assert differences.visible_updates == ()


def test_tags_of_the_learner_stay_and_ours_follow() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, tags=(*shipped.tags, "marked", "Leech", "mine::hard"))
    now = edited(shipped, tags=("wild", "Garden::Herbs"))

    (update,) = found(wanted(now), anki_deck(theirs)).updates

    assert (update.added_tags, update.removed_tags) == (("wild",), ("green",))


def test_a_tag_that_the_learner_took_away_stays_away() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, tags=("Garden::Herbs",))

    (update,) = found(wanted(edited(shipped, back=Html("B"))), anki_deck(theirs)).updates

    assert (update.added_tags, update.removed_tags) == ((), ())


def test_a_tag_below_our_root_is_ours() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, tags=(*shipped.tags, "garden::old"))

    (update,) = found(wanted(edited(shipped, back=Html("B"))), anki_deck(theirs)).updates

    assert update.removed_tags == ("garden::old",)


OLD_FIELDS = {SHIPPED: "", "Answer": "<p>words</p>"}


@pytest.mark.parametrize(
    ("mods", "mod", "is_written"),
    [({1: 5}, 5, True), ({1: 5}, 6, False), ({}, 5, False)],
    ids=["untouched since", "edited since", "not known"],
)
def test_a_note_that_does_not_say_how_it_was_shipped_is_known_by_its_time(
    mods: dict[int, int], mod: int, is_written: bool
) -> None:
    shipped = note(1)
    theirs = anki_note(shipped, fields={**field_values(shipped), **OLD_FIELDS})
    content = wanted(
        edited(shipped, back=Html("<p>other</p>")),
        mods={note(number).guid: time for number, time in mods.items()},
    )

    differences = found(content, anki_deck(replace(theirs, mod=mod)))

    assert bool(differences.conflicts) is not is_written


def test_such_a_note_that_reads_alike_is_no_conflict() -> None:
    shipped = note(1)
    theirs = anki_note(shipped, fields={**field_values(shipped), **OLD_FIELDS})

    differences = found(wanted(edited(shipped, back=Html("<div>words</div>"))), anki_deck(theirs))

    assert not differences.conflicts
    assert written(differences) == {"Answer": "<div>words</div>"}


def test_a_note_with_another_note_type_is_left_alone() -> None:
    shipped = note(1)
    theirs = replace(anki_note(shipped), fields={}, is_foreign=True)

    differences = found(wanted(edited(shipped, back=Html("B"))), anki_deck(theirs))

    assert differences.is_nothing
    assert differences.foreign == (shipped.guid,)


def test_a_note_that_was_delivered_and_is_gone_was_deleted() -> None:
    old, new = note(1), note(2)
    content = wanted(old, new)

    differences = found(content, anki_deck(), old)
    restored = found(content, anki_deck(), old, is_restoring=True)

    assert differences.new == (new,)
    assert differences.deleted == (old.guid,)
    assert restored.new == (old, new)


def test_a_retired_note_is_suspended_once_and_pruned_on_demand() -> None:
    gone = note(1)
    asleep = anki_note(gone, tags=(*gone.tags, RETIRED))
    content = wanted(note(2), retired=[gone])

    assert found(content, anki_deck(anki_note(gone), anki_note(note(2)))).retired == (
        anki_note(gone),
    )
    assert not found(content, anki_deck(asleep, anki_note(note(2)))).retired
    pruned = found(content, anki_deck(asleep, anki_note(note(2))), is_pruning=True)
    assert (pruned.pruned, pruned.retired) == ((asleep,), ())


def test_a_note_that_comes_back_is_woken() -> None:
    asleep = anki_note(note(1), tags=(*note(1).tags, RETIRED))

    differences = found(wanted(note(1)), anki_deck(asleep))

    assert differences.returned == (asleep,)


def test_retired_notes_are_in_the_order_of_their_places() -> None:
    gone = [replace(note(number), guid=Guid(guid)) for number, guid in enumerate("zya", 1)]
    content = wanted(note(9), retired=gone)
    entries = [replace(each, born=at) for at, each in enumerate(content.lock.entries)]
    content = replace(content, lock=replace(content.lock, entries=tuple(entries)))

    differences = found(content, anki_deck(*map(anki_note, gone), anki_note(note(9))))

    assert [each.guid for each in differences.retired] == ["z", "y", "a"]


def test_what_the_learner_suspended_is_recorded_before_the_rest_is_suspended() -> None:
    shipped = note(1, is_reverse=True)
    cards = tuple(AnkiCard(11 + n, n, HERBS, 1, False, is_suspended=n == 1) for n in range(2))
    theirs = anki_note(shipped, cards=cards)
    content = wanted(note(2), retired=[shipped])

    (update,) = found(content, anki_deck(theirs, anki_note(note(2)))).bookkeeping
    recorded = {**theirs.fields, **update.fields}
    all_asleep = tuple(replace(card, is_suspended=True) for card in cards)
    killed = replace(theirs, fields=recorded, cards=all_asleep)  # before the tag
    asleep = replace(killed, tags=(*shipped.tags, RETIRED))

    assert update.fields[SHIPPED].endswith(" 1")
    assert not found(content, anki_deck(killed, anki_note(note(2)))).updates
    assert not found(content, anki_deck(asleep, anki_note(note(2)))).updates
    back = found(wanted(shipped, note(2)), anki_deck(asleep, anki_note(note(2))))
    assert [[card.id for card in each.sleeping_cards] for each in back.returned] == [[11]]
    assert [each.fields for each in back.updates] == [{SHIPPED: theirs.fields[SHIPPED]}]


def test_an_empty_card_of_a_retired_note_is_filled_when_it_comes_back() -> None:
    shipped, without = note(1, is_reverse=True), note(1)
    cards = tuple(AnkiCard(11 + n, n, HERBS, 1, False, is_suspended=n == 1) for n in range(2))
    theirs = anki_note(without, cards=cards)
    (update,) = found(wanted(retired=[without]), anki_deck(theirs)).bookkeeping
    asleep = replace(
        theirs,
        fields={**theirs.fields, **update.fields},
        cards=tuple(replace(card, is_suspended=True) for card in cards),
        tags=(*theirs.tags, RETIRED),
    )

    differences = found(wanted(edited(shipped)), anki_deck(asleep))

    assert [card.id for card in differences.returned[0].sleeping_cards] == [11]
    assert differences.unsuspended_cards == (12,)


def test_a_retired_note_that_the_learner_moved_stays_there_when_it_comes_back() -> None:
    # Its old deck has another name by now, so no deck has the recorded one.
    moved = replace(anki_note(note(1)).cards[0], deck="My own deck")
    asleep = anki_note(note(1), tags=(*note(1).tags, RETIRED), cards=(moved,))

    differences = found(
        wanted(note(1, deck=TREES), note(2, deck=TREES)),
        anki_deck(asleep, anki_note(note(2, deck=TREES))),
    )

    assert not differences.moves
    assert differences.stays == (note(1).guid,)


def test_a_retired_note_in_a_renamed_deck_comes_back_to_the_deck_of_its_question() -> None:
    asleep = anki_note(note(1), tags=(*note(1).tags, RETIRED))
    there = anki_deck(asleep, anki_note(note(2)))
    weeds = DeckName("Garden::Weeds")
    differences = found(wanted(note(2, deck=weeds), retired=[note(1)]), there)
    assert differences.renames == (Rename(HERBS, weeds),)
    recorded = {update.note.guid: update.fields for update in differences.bookkeeping}
    card = replace(asleep.cards[0], deck=weeds)
    renamed = replace(asleep, fields={**asleep.fields, **recorded[asleep.guid]}, cards=(card,))

    later = found(
        wanted(note(1, deck=TREES), note(2, deck=weeds)),
        anki_deck(renamed, anki_note(note(2, deck=weeds))),
    )

    assert later.moves == (Move(asleep.guid, (card.id,), weeds, TREES),)


def test_a_removed_reverse_suspends_a_studied_card_until_it_comes_back() -> None:
    shipped = note(1, is_reverse=True)
    cards = (
        AnkiCard(11, 0, HERBS, 1, is_new=True),
        AnkiCard(12, 1, HERBS, 1, is_new=False),
        AnkiCard(13, 7, HERBS, 1, is_new=False),
    )
    theirs = anki_note(shipped, cards=cards)

    without = edited(shipped, is_reverse=False)
    before = found(wanted(shipped), anki_deck(theirs))
    after = found(wanted(without), anki_deck(theirs))
    pruned = found(wanted(without), anki_deck(theirs), is_pruning=True)

    assert (before.emptied, before.suspended_cards) == ((), ())
    assert (after.emptied, after.suspended_cards) == ((), (12,))
    assert (pruned.emptied, pruned.suspended_cards) == ((12,), ())

    asleep = replace(theirs, cards=(cards[0], replace(cards[1], is_suspended=True)))
    emptied = replace(asleep, fields=field_values(without))
    assert not found(wanted(without), anki_deck(emptied)).suspended_cards
    assert found(wanted(shipped), anki_deck(emptied)).unsuspended_cards == (12,)
    assert not found(
        wanted(shipped), anki_deck(asleep)
    ).unsuspended_cards  # the learner suspended it


def test_a_reverse_that_the_learner_switched_on_stays() -> None:
    shipped = note(1)
    cards = (AnkiCard(11, 0, HERBS, 1, is_new=True), AnkiCard(12, 1, HERBS, 1, is_new=True))
    fields = {**field_values(shipped), "Reverse": "y"}
    theirs = anki_note(shipped, cards=cards, fields=fields)

    assert not found(wanted(edited(shipped, back=Html("B"))), anki_deck(theirs)).emptied


def test_cards_move_with_their_question() -> None:
    shipped, other = note(1), note(2)
    moved = replace(shipped, deck=TREES)

    differences = found(wanted(moved, other), anki_deck(anki_note(shipped), anki_note(other)))

    assert differences.moves == (Move(shipped.guid, (shipped.note_id,), HERBS, TREES),)
    assert not differences.renames


@pytest.mark.parametrize(
    ("known", "delivered", "is_moved"),
    [
        pytest.param((), False, True, id="imported by hand"),
        pytest.param(("1",), True, True, id="pushed before"),
        pytest.param(("2",), False, True, id="another collection is known"),
        pytest.param(("2",), True, False, id="the lock does not know a push"),
    ],
)
def test_an_import_leaves_cards_where_they_were(
    known: Sequence[str], delivered: bool, is_moved: bool
) -> None:
    now, other = note(1, deck=TREES), note(2)
    card = AnkiCard(now.note_id, 0, HERBS, 1, is_new=True)
    content = wanted(now, other)
    behind = tuple(CollectionState(each, HERBS, is_retired=False) for each in known or ("",))
    entries = (replace(content.lock.entries[0], behind=behind), *content.lock.entries[1:])
    deliveries = tuple(Delivery(each, 1) for each in known)
    content = replace(content, lock=replace(content.lock, entries=entries, deliveries=deliveries))
    theirs = anki_deck(anki_note(now, cards=(card,)), anki_note(other))
    theirs = replace(theirs, decks=theirs.decks | {TREES})

    differences = found(content, theirs, *([now] if delivered else []))

    moves = (Move(now.guid, (now.note_id,), HERBS, TREES),)
    assert differences.moves == (moves if is_moved else ())
    assert differences.stays == (() if is_moved else (now.guid,))


def test_a_card_that_the_learner_put_elsewhere_stays_there() -> None:
    shipped, other = note(1), note(2)
    mine = AnkiCard(shipped.note_id, 0, "My own", 1, is_new=True)
    theirs = anki_deck(anki_note(shipped, cards=(mine,)), anki_note(other))
    moved = replace(shipped, deck=TREES)

    differences = found(wanted(moved, other), theirs)

    assert not differences.moves
    assert differences.stays == (shipped.guid,)


def test_a_card_in_a_filtered_deck_of_unknown_home_is_left_there() -> None:
    shipped = note(1)
    mine = AnkiCard(shipped.note_id, 0, "", 1, is_new=False)

    differences = found(
        wanted(replace(shipped, deck=TREES), note(2)),
        anki_deck(anki_note(shipped, cards=(mine,)), anki_note(note(2))),
    )

    assert not differences.moves
    assert not differences.stays


def test_a_renamed_root_renames_the_deck_with_those_below_it() -> None:
    notes = note(1), note(2, deck=TREES)
    root = DeckName("Park")
    now = [replace(each, deck=DeckName(each.deck.replace(ROOT, root))) for each in notes]

    differences = found(wanted(*now, root=root), anki_deck(*map(anki_note, notes)))

    assert differences.renames == (Rename("Garden", "Park"),)
    assert not differences.moves


def test_a_rename_with_a_move_in_it_is_still_a_rename() -> None:
    notes = [note(number) for number in range(1, 6)]
    now = [replace(each, deck=DeckName("Garden::Weeds")) for each in notes[:4]]
    now.append(replace(notes[4], deck=TREES))

    differences = found(wanted(*now), anki_deck(*map(anki_note, notes)))

    assert differences.renames == (Rename(HERBS, "Garden::Weeds"),)
    assert differences.moves == (Move(notes[4].guid, (notes[4].note_id,), "Garden::Weeds", TREES),)


def test_no_deck_is_renamed_onto_one_that_has_cards() -> None:
    notes = note(1), note(2, deck=TREES)
    now = replace(notes[0], deck=TREES), notes[1]

    differences = found(wanted(*now), anki_deck(*map(anki_note, notes)))

    assert not differences.renames
    assert differences.moves == (Move(notes[0].guid, (notes[0].note_id,), HERBS, TREES),)
    assert differences.deserted == (HERBS,)


def test_a_deck_that_keeps_a_card_is_not_deserted() -> None:
    notes = note(1), note(2, deck=TREES)
    now = replace(notes[0], deck=TREES), notes[1]
    theirs = anki_deck(*map(anki_note, notes), card_counts={HERBS: 2, TREES: 1})

    assert not found(wanted(*now), theirs).deserted


def test_a_filtered_deck_below_keeps_its_parent() -> None:
    notes = note(1), note(2, deck=TREES)
    now = replace(notes[0], deck=TREES), notes[1]
    cram = f"{HERBS}::Cram"
    theirs = anki_deck(*map(anki_note, notes))
    theirs = replace(theirs, decks=theirs.decks | {cram}, filtered=frozenset({cram}))

    assert not found(wanted(*now), theirs).deserted


def renamed_by_learner() -> AnkiDeck:
    """The learner put the whole deck below one of their own."""
    notes = note(1), note(2, deck=TREES)
    cards = [AnkiCard(n.note_id, 0, f"Own::{n.deck}", n.due, is_new=True) for n in notes]
    return anki_deck(*(anki_note(n, cards=(c,)) for n, c in zip(notes, cards, strict=True)))


def test_a_deck_that_the_learner_renamed_keeps_its_name() -> None:
    new, deeper = note(3), note(4, deck=DeckName("Garden::Vines"))

    differences = found(wanted(note(1), note(2, deck=TREES), new, deeper), renamed_by_learner())

    assert not differences.moves
    assert not differences.renames
    assert not differences.stays
    assert [each.deck for each in differences.new] == ["Own::Garden::Herbs", "Own::Garden::Vines"]
    assert differences.root == "Own::Garden"


def test_a_deck_that_the_learner_renamed_may_have_lost_a_card() -> None:
    notes = [note(number) for number in range(1, 5)]
    decks = ("My herbs", "My herbs", "Hard")
    theirs = anki_deck(
        *(
            anki_note(each, cards=(replace(anki_note(each).cards[0], deck=deck),))
            for each, deck in zip(notes[:3], decks, strict=True)
        )
    )

    differences = found(wanted(*notes), theirs)

    assert [each.deck for each in differences.new] == ["My herbs"]
    assert differences.stays == (notes[2].guid,)
    assert not differences.moves


def test_a_deck_whose_cards_the_learner_spread_was_not_renamed() -> None:
    notes = [note(number) for number in range(1, 4)]
    theirs = anki_deck(
        *(
            anki_note(each, cards=(replace(anki_note(each).cards[0], deck=deck),))
            for each, deck in zip(notes[:2], ("Easy", "Hard"), strict=True)
        )
    )

    differences = found(wanted(*notes), theirs)

    assert [each.deck for each in differences.new] == [HERBS]
    assert differences.stays == (notes[0].guid, notes[1].guid)


def test_cards_move_between_decks_that_the_learner_renamed() -> None:
    first, second = note(1, deck=TREES), note(2, deck=TREES)

    differences = found(wanted(first, second), renamed_by_learner())

    assert [(each.old, each.new) for each in differences.moves] == [
        ("Own::Garden::Herbs", "Own::Garden::Trees")
    ]


def test_new_cards_come_in_the_order_of_the_source() -> None:
    first, second, third = note(1), note(2), note(3)
    theirs = anki_deck(anki_note(first), anki_note(second), anki_note(third))
    now = replace(third, due=1), replace(first, due=2), replace(second, due=3)

    assert found(wanted(*now), theirs).positions == {
        third.note_id: 1,
        first.note_id: 2,
        second.note_id: 3,
    }


def test_an_order_that_is_right_stays_whatever_its_numbers() -> None:
    first, second = note(1), note(2)
    cards = [AnkiCard(n.note_id, 0, HERBS, 50 * n.due, is_new=True) for n in (first, second)]
    theirs = anki_deck(
        *(anki_note(n, cards=(c,)) for n, c in zip((first, second), cards, strict=True))
    )

    assert not found(wanted(first, second), theirs).positions


def test_the_place_of_a_card_in_review_is_a_day_and_stays() -> None:
    first, second = note(1), note(2)
    seen = AnkiCard(first.note_id, 0, HERBS, 9_000, is_new=False)
    theirs = anki_deck(anki_note(first, cards=(seen,)), anki_note(second))

    assert not found(wanted(first, second), theirs).positions


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("<p>a <b>bold</b> word</p>", "<p>a <strong>bold</strong> word</p>"),
        ("<p>a <i>slanted</i> word</p>", "<p>a <em>slanted</em> word</p>"),
        ("two&nbsp;words", "<p>two words</p>"),
        ("<div>one line</div>", "<p>one line</p>"),
    ],
)
def test_an_edit_that_the_content_took_over_is_no_conflict(theirs: str, ours: str) -> None:
    shipped = note(1, back=Html("<p>before</p>"))
    edited_there = anki_note(shipped, fields={**field_values(shipped), "Answer": theirs})
    content = wanted(edited(shipped, back=Html(ours)))

    differences = found(content, anki_deck(edited_there))

    assert not differences.conflicts
    assert written(differences) == {"Answer": ours}


def test_two_decks_that_become_one_lose_no_card() -> None:
    first, second = note(1), note(2, deck=TREES)
    both = DeckName("Garden::Both")

    differences = found(
        wanted(replace(first, deck=both), replace(second, deck=both)),
        anki_deck(anki_note(first), anki_note(second)),
    )

    assert differences.renames == (Rename(HERBS, both),)
    assert differences.moves == (Move(second.guid, (second.note_id,), TREES, both),)
    assert differences.deserted == (TREES,)


def with_own_cards(there: AnkiDeck, deck: str, count: int = 2) -> AnkiDeck:
    """A deck of the learner's own, with cards of theirs."""
    counts = {**there.card_counts, deck: count}
    return replace(there, decks=there.decks | {deck}, card_counts=counts)


def test_no_deck_is_renamed_onto_one_of_the_learners_in_another_case() -> None:
    first = note(1, deck=DeckName("Garden"))
    theirs = with_own_cards(anki_deck(anki_note(first)), "BOTANY")
    now = replace(first, deck=DeckName("Botany"))

    differences = found(wanted(now, root=DeckName("Botany")), theirs)

    assert not differences.renames
    assert differences.moves == (Move(first.guid, (first.note_id,), "Garden", "BOTANY"),)


def test_a_deck_that_another_one_is_respelled_to_is_not_deserted() -> None:
    first, second = note(1), note(2)
    lower = DeckName("Garden::herbs")
    now = replace(first, deck=lower), replace(second, deck=TREES)

    differences = found(wanted(*now), anki_deck(anki_note(first), anki_note(second)))

    assert HERBS not in differences.deserted
    assert lower not in differences.deserted


def test_a_deck_of_the_learners_beside_ours_keeps_its_parent() -> None:
    spanish = note(1, deck=DeckName("Languages::Spanish"))
    theirs = with_own_cards(anki_deck(anki_note(spanish)), "Languages::French")
    now = replace(spanish, deck=DeckName("Sprachen::Spanish"))

    differences = found(wanted(now, root=DeckName("Sprachen::Spanish")), theirs)

    assert differences.renames == (Rename("Languages::Spanish", "Sprachen::Spanish"),)


def test_a_deck_into_which_the_learner_gathered_our_cards_is_theirs() -> None:
    first = note(1)
    exam = AnkiCard(first.note_id, 0, "Exam", 1, is_new=True)
    there = anki_deck(anki_note(first, cards=(exam,)), anki_note(note(2, deck=TREES)))
    there = replace(there, decks=there.decks | {HERBS})
    now = replace(first, deck=DeckName("Garden::Weeds"))

    differences = found(wanted(now, note(2, deck=TREES)), there)

    assert not differences.renames
    assert not differences.moves
    assert differences.stays == (first.guid,)


def test_a_deck_that_the_learner_put_below_another_stays_there() -> None:
    moved = AnkiCard(note(1).note_id, 0, "Mine::Herbs", 1, is_new=True)
    there = anki_deck(anki_note(note(1), cards=(moved,)), anki_note(note(2, deck=TREES)))

    differences = found(wanted(note(1), note(2, deck=TREES)), with_own_cards(there, "Mine"))

    assert differences.is_nothing


def test_deletions_of_several_numbers_fill_their_cards() -> None:
    shipped = note(1, kind="cloze", front=Html("{{c1::a}} {{c2::b}}"))
    cards = tuple(AnkiCard(10 + n, n, HERBS, 1, is_new=True) for n in range(4))
    fields = {**field_values(shipped), "Text": "{{c1::a}} {{c2::b}} {{c3,4::c}}"}

    assert not found(
        wanted(shipped), anki_deck(anki_note(shipped, cards=cards, fields=fields))
    ).emptied


def test_a_card_stays_when_the_learner_removed_the_field_that_fills_it() -> None:
    shipped = note(1, is_reverse=True)
    fields = {name: text for name, text in field_values(shipped).items() if name != "Reverse"}
    cards = AnkiCard(11, 0, HERBS, 1, is_new=True), AnkiCard(12, 1, HERBS, 1, is_new=False)
    theirs = anki_note(shipped, cards=cards, fields=fields)

    assert not found(wanted(edited(shipped, is_reverse=False)), anki_deck(theirs)).suspended_cards


def test_a_removed_card_gets_no_position() -> None:
    first, second = note(1, is_reverse=True), note(2)
    cards = AnkiCard(11, 0, HERBS, 1, is_new=True), AnkiCard(12, 1, HERBS, 1, is_new=True)
    now = replace(second, due=1), edited(first, is_reverse=False, due=2)

    differences = found(wanted(*now), anki_deck(anki_note(first, cards=cards), anki_note(second)))

    assert differences.emptied == (12,)
    assert differences.positions == {second.note_id: 1, 11: 2}
