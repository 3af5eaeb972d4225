"""Both sides of every card, compared with what Anki itself makes of the package."""

from __future__ import annotations

from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest

from cardwright.building import build_deck
from cardwright.pipeline import Options
from cardwright.preview.sides import card_sides, for_browser, rendered, shown_cloze

ROOT = Path(__file__).parents[2]
CLOZES = """# Stems

{{c1::Bark}} covers {{c2::a {{c1::woody}} stem::what kind of stem}}, "so" & <b>on</b>.

{{c1::$x^2$}} and `{{c3::code}}`, {{c2::é ü\u00a0ß::h::i}} }}.
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["content", "tests/decks/everything", "clozes"])
def test_every_side_is_what_anki_renders(name: str, tmp_path: Path) -> None:
    content = ROOT / name
    if name == "clozes":
        content = tmp_path / "clozes.md"
        content.write_text(CLOZES, "utf-8")
    options = Options(1_760_000_000, is_offline=True, lock_file=tmp_path / "deck.lock")
    built = build_deck(content, tmp_path / "build", options)
    assert built.package is not None
    assert built.assembly.identified is not None
    notes = {str(note.guid): note for note in built.assembly.identified.notes}

    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        request = ImportAnkiPackageRequest(package_path=str(built.package))
        collection.import_anki_package(request)
        cards = [collection.get_card(id_) for id_ in collection.find_cards("")]
        assert cards
        for card in cards:
            output = card.render_output()
            sides = card_sides(notes[card.note()["Id"]], card.ord)
            assert sides == (output.question_text, output.answer_text)
    finally:
        collection.close()


@pytest.mark.parametrize(
    ("text", "is_front", "shown"),
    [
        ("a {{c2::x}}", True, ""),
        ("{{c1::x}} }}", False, '<span class="cloze" data-ordinal="1">x</span> }}'),
        (r"\({{c1::<b>x</b>}}\)", False, r"\(x\)"),
        (
            "{{c1::a b::tip}}",
            True,
            '<span class="cloze" data-cloze="a&#x20;b" data-ordinal="1">[tip]</span>',
        ),
    ],
)
def test_a_deletion_looks_as_on_a_card(text: str, is_front: bool, shown: str) -> None:
    assert shown_cloze(text, 1, is_front=is_front) == shown


def test_sections_follow_their_field() -> None:
    fields = {"A": "x", "B": " <br> "}

    text = rendered("{{#A}}a{{#B}}b{{/B}}{{/A}}{{^B}}no {{A}}{{/B}}", fields)

    assert text == "ano x"


def test_a_sound_is_a_player() -> None:
    assert for_browser("[sound:a &amp; b.mp3]") == (
        '<audio controls preload="none" src="a%20%26%20b.mp3"></audio>'
    )
    assert for_browser("[sound:f.mp4]").startswith("<video controls")


def test_a_formula_for_mathjax_is_tex_in_a_box() -> None:
    inline, block = for_browser(r"a \(x^2\) b"), for_browser(r"\[\frac{1}{2}\]")

    assert inline.startswith('a <code role="math" title="Anki typesets this with MathJax"')
    assert inline.endswith(r">\(x^2\)</code> b")
    assert "display: block" in block
    assert r">\[\frac{1}{2}\]</code>" in block
    assert for_browser(r"no \( formula") == r"no \( formula"


def test_only_text_gets_boxes_and_players() -> None:
    span = r'<span title="\(x\) [sound:a.mp3]">b</span>'

    assert for_browser(span) == span
    assert for_browser(r"\(" * 50_000) == r"\(" * 50_000
