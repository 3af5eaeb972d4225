"""What the real Anki makes of a package: the first one, and the ones after an edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from anki.collection import Collection
from PIL import Image as Pixels

from cardwright.building import build_deck
from cardwright.model import Deck, DeckName, Html, Media, Note, NoteTypeStamp
from cardwright.notetypes import CLOZE, KINDS, QA, fingerprint, notetype, notetype_id
from cardwright.package.shipped import hash_of, packed_value
from cardwright.pipeline import Options
from tests.anki.versions import IS_OLD
from tests.notes import MOD, bytes_of, packed_bytes
from tests.notes import packed_note as note
from tests.pictures import png, saved

Import = Callable[[bytes], dict[str, int]]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def packed(
    notes: Sequence[Note], root: str = "Root", mod: int = MOD, decks: Sequence[Deck] = ()
) -> bytes:
    stamps = [
        NoteTypeStamp(kind, notetype_id("p", kind), fingerprint(kind, root), mod) for kind in KINDS
    ]
    return packed_bytes(notes, decks, stamps, root)


def notetype_names(collection: Collection) -> list[str]:
    """Those that are ours."""
    names = [found.name for found in collection.models.all_names_and_ids()]
    return [name for name in names if name.startswith("Cardwright")]


def test_the_first_import_adds_all_and_the_second_nothing(import_package: Import) -> None:
    package = packed([note(number) for number in range(1, 31)])

    assert import_package(package) == {"new": 30}
    assert import_package(package) == {"duplicate": 30}


def test_an_edited_answer_is_updated_and_keeps_its_schedule(
    collection: Collection, import_package: Import
) -> None:
    notes = [note(1), note(2), note(3)]
    import_package(packed(notes))
    (studied,) = collection.find_cards("Id:guid000000002")
    card = collection.get_card(studied)
    card.start_timer()
    collection.sched.answerCard(card, 4)
    learned = collection.get_card(studied)

    notes[1] = replace(notes[1], back=Html("<p>A better answer.</p>"), mod=MOD + 60)
    assert import_package(packed(notes)) == {"updated": 1, "duplicate": 2}

    after = collection.get_card(studied)
    assert after.note()["Answer"] == "<p>A better answer.</p>"
    assert learned.reps == after.reps == 1
    assert (learned.type, learned.queue, learned.due, learned.ivl) == (
        after.type,
        after.queue,
        after.due,
        after.ivl,
    )
    assert after.ivl > 0


def test_an_answer_with_an_older_time_is_not_taken(
    collection: Collection, import_package: Import
) -> None:
    import_package(packed([note(1)]))

    assert import_package(packed([note(1, back=Html("<p>Other.</p>"))])) == {"duplicate": 1}
    (found,) = collection.find_notes("Id:guid000000001")
    assert collection.get_note(found)["Answer"] == "<p>Answer 1.</p>"


def test_a_retitled_deck_makes_no_second_note_type(
    collection: Collection, import_package: Import
) -> None:
    import_package(packed([note(1), note(2)]))

    renamed = [note(n, deck=DeckName("Other::Topic"), mod=MOD + 60) for n in (1, 2, 3)]
    assert import_package(packed(renamed, "Other", MOD + 60)) == {"updated": 2, "new": 1}

    assert collection.note_count() == 3
    assert notetype_names(collection) == ["Cardwright Q&A (Other)"]
    decks = {name: collection.find_cards(f"deck:{name}::Topic") for name in ("Root", "Other")}
    assert {name: len(cards) for name, cards in decks.items()} == {"Root": 2, "Other": 1}


def test_a_new_style_reaches_the_learner_and_an_old_one_does_not(
    collection: Collection, import_package: Import
) -> None:
    import_package(packed([note(1)]))
    model = collection.models.get(notetype_id("p", QA))
    assert model is not None
    model["css"] = "/* the learner's */"
    collection.models.update_dict(model)

    import_package(packed([note(1)]))
    assert collection.models.get(model["id"])["css"] == "/* the learner's */"

    import_package(packed([note(1)], mod=2_000_000_000))
    assert collection.models.get(model["id"])["css"] == notetype(QA, "Root").style


def test_anki_knows_the_fields_by_name_and_id(
    collection: Collection, import_package: Import
) -> None:
    import_package(packed([note(1), note(2, kind=CLOZE, front=Html("{{c1::a}}"))]))

    for kind in KINDS:
        model = collection.models.get(notetype_id("p", kind))
        type_ = notetype(kind, "Root")
        assert model["name"] == type_.name
        assert [(field["name"], field["id"]) for field in model["flds"]] == [
            (field.name, field.id) for field in type_.fields
        ]
        assert [(template["name"], template["id"]) for template in model["tmpls"]] == [
            (template.name, template.id) for template in type_.templates
        ]
        assert model["flds"][model["sortf"]]["name"] == "Plain"


def test_a_renamed_field_does_not_split_the_note_type(
    collection: Collection, import_package: Import
) -> None:
    import_package(packed([note(1)]))
    model = collection.models.get(notetype_id("p", QA))
    collection.models.rename_field(model, model["flds"][1], "Antwort")
    collection.models.update_dict(model)

    edited = note(1, back=Html("<p>New.</p>"), mod=MOD + 60)
    assert import_package(packed([edited])) == {"updated": 1}

    assert len(notetype_names(collection)) == 1
    assert collection.get_note(collection.find_notes("")[0]).fields[1] == "<p>New.</p>"


def test_reverse_makes_a_second_card_from_answer_to_question(
    collection: Collection, import_package: Import
) -> None:
    import_package(packed([note(1), note(2, is_reverse=True)]))

    assert collection.card_count() == 3
    (reverse,) = collection.find_cards('"card:Answer to question"')
    page = collection.get_card(reverse).render_output()
    assert "Answer 2." in page.question_text
    assert "Question 2?" not in page.question_text
    assert "Question 2?" in page.answer_text


def test_reverse_set_later_adds_a_card_and_keeps_the_first(
    collection: Collection, import_package: Import
) -> None:
    import_package(packed([note(1)]))
    (first,) = collection.find_cards("")

    import_package(packed([note(1, is_reverse=True, mod=MOD + 60)]))

    assert first in collection.find_cards("")
    assert collection.card_count() == 2


def test_a_cloze_note_hides_what_it_asks(collection: Collection, import_package: Import) -> None:
    front = Html("<p>{{c1::Paris}} is in {{c2::France}}.</p>")
    import_package(packed([note(1, kind=CLOZE, front=front, hint=Html("Europe"))]))

    cards = [collection.get_card(card) for card in collection.find_cards("")]
    first, second = sorted(cards, key=lambda card: card.ord)
    asked = first.render_output().question_text
    assert "[...]</span> is in" in asked
    assert "France" in asked
    assert "Europe" in asked
    assert "Paris</span> is in" in first.render_output().answer_text
    assert "Paris</span> is in" in second.render_output().question_text


def test_new_cards_come_in_the_order_of_the_source(
    collection: Collection, import_package: Import
) -> None:
    dues = [5, 1, 4, 2, 3]
    import_package(packed([note(n, due=due) for n, due in enumerate(dues, start=1)]))

    cards = [collection.get_card(card) for card in collection.find_cards("")]
    by_due = sorted(cards, key=lambda card: card.due)
    assert [card.note()["Plain"] for card in by_due] == [f"Question {n}?" for n in (2, 4, 5, 3, 1)]


def test_decks_and_their_parents_come_with_descriptions(
    collection: Collection, import_package: Import
) -> None:
    decks = [Deck(DeckName("Root"), "<b>About</b> all"), Deck(DeckName("Root::A"), "part")]

    import_package(packed([note(1, deck=DeckName("Root::A::B"))], decks=decks))

    about = {
        name: (collection.decks.by_name(name) or {}).get("desc")
        for name in ("Root", "Root::A", "Root::A::B")
    }
    assert about == {"Root": "<b>About</b> all", "Root::A": "part", "Root::A::B": ""}
    assert {deck.name for deck in collection.decks.all_names_and_ids()} == {"Default", *about}


def test_images_arrive_under_their_names(collection: Collection, import_package: Import) -> None:
    picture = Media("cw-5d41402abc.png", PNG, "")

    import_package(packed([note(1, back=Html('<img src="cw-5d41402abc.png">'), media=(picture,))]))

    (found,) = collection.find_notes("")
    assert collection.get_note(found)["Answer"] == '<img src="cw-5d41402abc.png">'
    assert collection.media.check().missing == []
    assert collection.media.have("cw-5d41402abc.png")


@pytest.mark.parametrize("name", ['The "quoted" deck', "Sprüche: 100 %_*", "日本語", "A  b"])
def test_a_deck_with_an_odd_name_is_the_same_at_the_second_import(
    collection: Collection, import_package: Import, name: str
) -> None:
    package = packed([note(1, deck=DeckName(name))], name)

    assert import_package(package) == {"new": 1}
    assert import_package(package) == {"duplicate": 1}
    assert len(notetype_names(collection)) == 1
    names = {deck.name for deck in collection.decks.all_names_and_ids()}
    # Old versions take the quotes from a deck's name, at every import alike.
    assert names == {"Default", name.replace('"', "") if IS_OLD else name}


def test_the_collection_is_sound_after_an_import(
    collection: Collection, import_package: Import
) -> None:
    import_package(packed([note(n, is_reverse=n % 2 == 0) for n in range(1, 50)]))

    _, is_sound = collection.fix_integrity()

    assert is_sound
    assert not collection.get_empty_cards().notes


def test_browse_shows_and_sorts_the_plain_question(
    collection: Collection, import_package: Import
) -> None:
    plain = r"Why \(u_{<t}\) & not <b>?"

    import_package(packed([note(1, plain=plain)]))

    assert collection.db is not None
    assert collection.db.scalar("select sfld from notes") == plain


def test_images_and_sounds_of_every_kind_arrive(
    tmp_path: Path, collection: Collection, import_package: Import
) -> None:
    pixels = Pixels.new("RGB", (1500, 20), "red")
    files = {
        "a.jpg": saved(pixels, "JPEG"),
        "b.png": png("b"),
        "c.gif": saved(pixels, "GIF", {"save_all": True, "append_images": [pixels.rotate(180)]}),
        "d.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
        "e.mp3": b"ID3 a sound",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    shown = " ".join(f"![{name}]({name})" for name in files)
    path = tmp_path / "plants.md"
    path.write_text(f"## What is a leaf?\n\n{shown} and [sound:f.mp3]\n")

    built = build_deck(path, tmp_path / "build", Options(MOD))

    assert built.diagnostics == ()
    assert import_package(bytes_of(built)) == {"new": 1}
    checked = collection.media.check()
    assert (list(checked.missing), list(checked.unused)) == ([], [])
    (note_id,) = collection.find_notes("")
    answer = collection.get_note(note_id)["Answer"]
    names = collection.media.files_in_str(collection.get_note(note_id).mid, answer)
    assert len(names) == len(files)
    (card,) = collection.find_cards("")
    tags = collection.get_card(card).render_output().answer_av_tags
    assert len(tags) == 1


def test_decks_that_differ_only_in_case_are_one_deck(
    collection: Collection, import_package: Import
) -> None:
    notes = [note(1, deck="Root::Set"), note(2, deck="Root::SET"), note(3, deck="Root::set::In")]

    import_package(packed(notes))

    assert [deck.name for deck in collection.decks.all_names_and_ids()] == [
        "Default", "Root", "Root::SET", "Root::SET::In",
    ]  # fmt: skip


def test_a_field_in_anki_is_the_field_that_was_packed(
    collection: Collection, import_package: Import
) -> None:
    text = " ".join(map(chr, (*range(1, 0xD800), *range(0xE000, 0x20000))))
    html = packed_value(escape(text))
    import_package(packed([note(1, back=Html(escape(text)))]))

    (number,) = collection.find_notes("")

    found = collection.get_note(number)["Answer"]
    assert hash_of(found) == hash_of(html)


def test_a_clock_in_1970_makes_no_note_that_crashes_anki(
    collection: Collection, import_package: Import, tmp_path: Path
) -> None:
    (tmp_path / "plants.md").write_text("## What is a leaf? {reverse}\n\nAn organ.\n")
    built = build_deck(tmp_path / "plants.md", tmp_path / "build", Options(0))
    assert built.package is not None

    import_package(built.package.read_bytes())

    assert min(collection.find_cards("")) > 0
    assert collection.fix_integrity()[1]
