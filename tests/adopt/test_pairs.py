"""Which note is taken for which question, and what is asked about instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cardwright.adopt.adopt import AdoptResult, Prompts, adopt
from cardwright.adopt.values import OldNote, UnsureQuestion
from cardwright.cli import run
from cardwright.delivery.target import AnkiTarget
from cardwright.pipeline import Options
from tests.adopt.content import write_content
from tests.adopt.learner import record
from tests.adopt.situations import add_third_template, type_note
from tests.in_anki import collection_in

FILE = Path("collection.anki2")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def content(text: str, questions: str = "headings") -> None:
    head = f"---\nquestions: {questions}\n---\n"
    write_content(Path("content"), plants=f"{head}# Plants\n\n{text}")


def typed(*notes: tuple[str, ...], notetype: str = "Basic") -> list[int]:
    with collection_in(FILE) as col:
        return [type_note(col, notetype, *fields) for fields in notes]


def adopting(capsys: pytest.CaptureFixture[str], *options: str, code: int = 0) -> dict[str, Any]:
    words = ["adopt", "--collection", str(FILE), "--deck", "Plants", "--json", *options]
    assert run(words) == code
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    return printed


def matched(printed: dict[str, Any]) -> dict[str, tuple[int, str]]:
    return {
        each["question"]: (each["note"]["id"], each["how"]) for each in printed["found"]["matched"]
    }


def test_a_reworded_note_is_matched_and_named_so(capsys: pytest.CaptureFixture[str]) -> None:
    content(
        "## What does photosynthesis need?\n\nLight, water and carbon dioxide.\n\n"
        "## What is a leaf?\n\nAn organ.\n"
    )
    first, second = typed(
        ("What is it that photosynthesis needs?", "light, water and carbon dioxide"),
        ("What is a leaf?", "Part of a plant."),
    )

    found = matched(adopting(capsys))

    assert found == {
        "What does photosynthesis need?": (first, "similar"),
        "What is a leaf?": (second, "same question"),
    }


def test_two_notes_with_the_same_front_are_never_guessed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    content("## What is a leaf?\n\nIt makes sugar.\n\n## What is a root?\n\nIt drinks.\n")
    typed(
        ("What is a leaf?", "An organ of plants."),
        ("What is a leaf?", "A page."),
        ("What is a root?", "It drinks."),
    )
    before = record(FILE)

    printed = adopting(capsys, code=1)

    assert not printed["done"]
    assert record(FILE) == before
    assert not Path("content/deck.lock").exists()
    (unsure,) = printed["found"]["unsure"]
    assert [note["question"] for note in unsure["notes"]] == ["What is a leaf?"] * 2


def test_the_number_of_a_note_as_id_claims_it(capsys: pytest.CaptureFixture[str]) -> None:
    _, second = typed(("What is a leaf?", "An organ of plants."), ("What is a leaf?", "A page."))
    content(f"## What is a leaf? {{#{second}}}\n\nIt makes sugar.\n")

    printed = adopting(capsys)

    assert matched(printed) == {"What is a leaf?": (second, "id")}
    content("## What is a leaf?\n\nIt makes sugar.\n")  # the id goes again
    assert run(["push", "--collection", str(FILE), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["found"]
    assert found["new"] == found["retired"] == []


def test_accept_new_adopts_what_is_sure(capsys: pytest.CaptureFixture[str]) -> None:
    content("## What is a leaf?\n\nIt makes sugar.\n\n## What is a root?\n\nIt drinks.\n")
    *_, root = typed(
        ("What is a leaf?", "An organ of plants."),
        ("What is a leaf?", "A page."),
        ("What is a root?", "It drinks."),
    )

    printed = adopting(capsys, "--accept-new")

    assert printed["done"]
    assert matched(printed) == {"What is a root?": (root, "same")}


def test_a_note_that_matches_two_questions_is_not_guessed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    content("## Say it.\n\n```\na + b\n```\n\n## Say it.\n\n```\na - c\n```\n")
    typed(("Say it.", "something"))

    printed = adopting(capsys, code=1)

    assert len(printed["found"]["unsure"]) == 2
    assert matched(printed) == {}


def test_near_duplicates_go_to_their_own_notes(capsys: pytest.CaptureFixture[str]) -> None:
    parts = ("mosses", "ferns", "trees", "vines")
    content("".join(f"## What are the parts of {p}?\n\nMany parts: {p}.\n\n" for p in parts))
    notes = typed(*((f"What are the parts of {p} ?", f"Many parts: {p}.") for p in parts[::-1]))

    found = matched(adopting(capsys))

    assert {question: id_ for question, (id_, _) in found.items()} == {
        f"What are the parts of {part}?": id_ for part, id_ in zip(parts[::-1], notes, strict=True)
    }


def test_a_question_that_is_new_takes_no_note(capsys: pytest.CaptureFixture[str]) -> None:
    content("## What is a leaf? {new}\n\nAn organ.\n")
    typed(("What is a leaf?", "An organ."))

    printed = adopting(capsys)

    assert not printed["done"]
    assert [each["question"] for each in printed["found"]["new"]] == ["What is a leaf?"]


def with_person(pick: Callable[[UnsureQuestion], OldNote | None]) -> AdoptResult:
    prompts = Prompts(lambda _: True, pick)
    options = Options(1_900_000_000)
    target = AnkiTarget(str(FILE), FILE)
    return adopt(Path("content"), target, options, prompts, decks=("Plants",))


def test_a_card_in_another_deck_is_recorded_at_once() -> None:
    """Else the next push would say that it changes a style."""
    names = ("leaf", "root", "stem")
    content("".join(f"## What is a {name}?\n\nAn organ.\n\n" for name in names))
    with collection_in(FILE) as col:
        for name in names:
            deck = "Plants::Wood" if name == "stem" else "Plants"
            type_note(col, "Basic", f"What is a {name}?", "An organ.", deck=deck)

    done = with_person(lambda _: None)

    assert done.adoption is not None
    assert done.adoption.left is not None
    assert done.adoption.left.stays
    assert done.adoption.left.is_nothing


def test_a_person_is_asked_and_obeyed() -> None:
    content(
        "## What is a leaf?\n\nIt makes sugar.\n\n"
        "## What are the pores of a leaf good for?\n\nThey let gas in and out at night.\n"
    )
    ids = typed(
        ("What is a leaf?", "An organ of plants."),
        ("What is a leaf?", "A page."),
        ("Why does a leaf have pores below?", "To let gas in and out."),
    )
    asked = []

    def pick(unsure: UnsureQuestion) -> OldNote | None:
        asked.append(unsure)
        return unsure.candidates[-1]

    done = with_person(pick)

    assert [(len(each.candidates), each.is_close) for each in asked] == [(2, True), (1, False)]
    assert done.adoption is not None
    assert done.adoption.is_done
    assert {each.old.id for each in done.adoption.pairs.matches} == {*ids[1:]}
    with collection_in(FILE) as col:
        assert col.get_note(ids[1])["Question"] == "<p>What is a leaf?</p>"


def test_none_of_the_notes_is_an_answer() -> None:
    content("## What is a leaf?\n\nIt makes sugar.\n\n## What is a root?\n\nIt drinks.\n")
    typed(
        ("What is a leaf?", "An organ of plants."),
        ("What is a leaf?", "A page."),
        ("What is a root?", "It drinks."),
    )

    done = with_person(lambda _: None)

    assert done.adoption is not None
    assert done.adoption.is_done
    assert [each.question.front for each in done.adoption.pairs.matches] == ["What is a root?"]
    assert [each.front for each in done.adoption.pairs.missing] == ["What is a leaf?"]


def test_cloze_cards_keep_their_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    content("The {{c1::mitochondrion}} makes {{c2::ATP}} of $\\frac{a}{b}$.\n", "cloze")
    (id_,) = typed(
        (
            r"The {{c1::mitochondrion::organelle}} makes {{c2::ATP}} of \(\frac{a}{b}\).",
            "By the <b>way</b>.",
        ),
        notetype="Cloze",
    )
    before = record(FILE)

    printed = adopting(capsys)

    assert printed["done"], printed
    assert printed["found"]["matched"][0]["note"]["id"] == id_
    assert printed["found"]["matched"][0]["kept_extra"] == ["<div>By the <b>way</b>.</div>"]
    after = record(FILE)
    assert after.cards == before.cards
    assert sorted(after.templates.values()) == [0, 1]


def test_a_basic_note_is_not_taken_for_a_cloze(capsys: pytest.CaptureFixture[str]) -> None:
    content("The {{c1::mitochondrion}} makes ATP.\n", "cloze")
    typed(("The mitochondrion makes ATP.", "yes"))

    assert matched(adopting(capsys)) == {}


def test_text_that_the_content_does_not_have_is_kept_in_extra(
    capsys: pytest.CaptureFixture[str],
) -> None:
    content("## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nIt drinks $x^2$.\n")
    with collection_in(FILE) as col:
        type_ = col.models.by_name("Basic")
        assert type_ is not None
        col.models.add_field(type_, col.models.new_field("Mine"))
        col.models.add_field(type_, col.models.new_field("Topic"))
        type_["tmpls"][0]["qfmt"] += "<br>{{Topic}}"
        type_["tmpls"][0]["afmt"] += "<br>{{Mine}}"
        col.models.update_dict(type_)
        id_ = type_note(
            col, "Basic", "What is a leaf?", "An organ.", "like <b>my hand</b>", "Botany"
        )
        type_note(
            col,
            "Basic",
            "What is a root?",
            "It drinks \\(x^2\\).",
            "<i>drinks</i> \\(x^2\\)",
            "Plants",
        )

    printed = adopting(capsys)

    kept = [each["kept_extra"] for each in printed["found"]["matched"]]
    assert kept == [["<div>like <b>my hand</b></div>", "<div>Botany</div>"], []]
    assert run(["push", "--collection", str(FILE)]) == 0
    with collection_in(FILE) as col:
        note = col.get_note(id_)
        assert note["Extra"] == "<div>like <b>my hand</b></div><div>Botany</div>"


def test_text_above_the_question_or_the_answer_is_kept_in_extra_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    content("## What is a leaf?\n\nAn organ of a plant.\n")
    with collection_in(FILE) as col:
        type_ = col.models.by_name("Basic")
        assert type_ is not None
        for name in ("Topic", "Latin"):
            col.models.add_field(type_, col.models.new_field(name))
        type_["tmpls"][0]["qfmt"] = "{{Topic}}<br>{{Front}}"
        type_["tmpls"][0]["afmt"] = "{{FrontSide}}<hr>{{Latin}}<br>{{Back}}"
        col.models.update_dict(type_)
        type_note(col, "Basic", "What is a leaf?", "An organ.", "Botany", "Folium")

    printed = adopting(capsys)

    kept = [each["kept_extra"] for each in printed["found"]["matched"]]
    assert kept == [["<div>Folium</div>", "<div>Botany</div>"]]


def test_a_note_that_would_lose_cards_stays_whole(capsys: pytest.CaptureFixture[str]) -> None:
    content("## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nIt drinks.\n")
    with collection_in(FILE) as col:
        add_third_template(col)
        type_note(col, "Basic (and reversed card)", "What is a leaf?", "An organ.")
        type_note(col, "Basic", "What is a root?", "It drinks.")
    before = record(FILE)

    printed = adopting(capsys)

    assert [each["question"] for each in printed["found"]["kept_out"]] == ["What is a leaf?"]
    assert list(matched(printed)) == ["What is a root?"]
    assert record(FILE).cards == before.cards


def test_templates_in_the_other_order_keep_their_cards(
    capsys: pytest.CaptureFixture[str],
) -> None:
    content("## What is a leaf? {reverse}\n\nAn organ.\n")
    with collection_in(FILE) as col:
        type_ = col.models.by_name("Basic (and reversed card)")
        assert type_ is not None
        first, second = type_["tmpls"]
        first["qfmt"] = "{{#Front}}<script></script>{{/Front}}{{Back}}"
        first["afmt"] = "{{FrontSide}}{{Front}}"
        second["qfmt"], second["afmt"] = "{{Front}}", "{{FrontSide}}{{Back}}"
        col.models.update_dict(type_)
        # The first template asks, whichever field it asks with.
        type_note(col, "Basic (and reversed card)", "An organ.", "What is a leaf?")
    before = record(FILE)

    assert adopting(capsys)["done"]

    after = record(FILE)
    assert after.cards == before.cards
    with collection_in(FILE) as col:
        asks = {ord_: col.get_card(id_).question() for id_, ord_ in after.templates.items()}
    assert "What is a leaf?" in asks[0]
    assert "An organ." in asks[1]


def test_images_are_known_by_their_bytes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from PIL import Image

    for name, colour in (("a.png", "red"), ("b.png", "blue")):
        (folder / "content").mkdir(exist_ok=True)
        Image.new("RGB", (20, 20), colour).save(folder / "content" / name)
    content("## What is this? ![](a.png)\n\nOne.\n\n## What is this? ![](b.png)\n\nTwo.\n")
    with collection_in(FILE) as col:
        for name in ("b.png", "a.png"):
            col.media.write_data(f"paste {name}", (folder / "content" / name).read_bytes())
    second, first = typed(
        ('What is this?<img src="paste%20b.png">', "2"),
        ('What is this? <img src="paste%20a.png">', "1"),
    )

    found = adopting(capsys)["found"]["matched"]

    assert [each["note"]["id"] for each in found] == [first, second]


def test_another_deck_of_cardwrights_is_not_adopted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(folder / "other", plants="# Plants\n\n## What is a leaf?\n\nAn organ.\n")
    (folder / "other" / "deck.yml").write_text("deck: Plants\nquestions: headings\n")
    with collection_in(FILE):
        pass
    assert run(["push", "other", "--collection", str(FILE)]) == 0
    content("## What is a leaf?\n\nAn organ.\n")
    capsys.readouterr()

    assert matched(adopting(capsys)) == {}
