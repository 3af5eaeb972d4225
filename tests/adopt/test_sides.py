"""What the templates of a note type say about its fields and cards."""

from __future__ import annotations

from cardwright.adopt.old_notes import sides_of
from cardwright.adopt.values import NoteTypeSides


def template(front: str, back: str) -> dict[str, str]:
    return {"qfmt": front, "afmt": back}


def test_the_answer_is_what_only_the_back_shows() -> None:
    sides = sides_of(
        ["Topic", "Front", "Back", "Source", "Id"],
        [template("{{Topic}}: {{Front}}", "{{FrontSide}}<hr>{{Back}}<br>{{Source}}")],
    )

    assert sides == NoteTypeSides(front=(0, 1), answer=(2, 3), unseen=(4,))


def test_a_reverse_card_asks_with_the_answer() -> None:
    sides = sides_of(
        ["Front", "Back", "Add Reverse"],
        [
            template("{{Front}}", "{{FrontSide}}{{Back}}"),
            template("{{#Add Reverse}}{{Back}}{{/Add Reverse}}", "{{FrontSide}}{{Front}}"),
        ],
    )

    assert sides == NoteTypeSides((0,), (1,), forward=0, backward=1)


def test_what_is_typed_in_is_the_answer() -> None:
    sides = sides_of(
        ["Front", "Back"], [template("{{Front}}\n{{type:Back}}", "{{Front}}{{type:Back}}")]
    )

    assert sides == NoteTypeSides((0,), (1,))


def test_a_third_template_is_of_neither_way() -> None:
    sides = sides_of(
        ["Word", "Meaning", "Sound"],
        [
            template("{{Word}}", "{{Meaning}}{{Sound}}"),
            template("{{Word}} {{Sound}}", "{{Meaning}}"),
            template("{{Meaning}}", "{{Word}}"),
        ],
    )

    assert sides == NoteTypeSides((0,), (1, 2), forward=0, backward=2)


def test_a_cloze_field_has_a_filter() -> None:
    sides = sides_of(
        ["Text", "Back Extra"], [template("{{cloze:Text}}", "{{cloze:Text}}<br>{{Back Extra}}")]
    )

    assert sides == NoteTypeSides((0,), (1,))
