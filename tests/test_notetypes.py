"""What Anki knows the note types by, pinned, and colours that can be read."""

from __future__ import annotations

import re

import pytest
from pygments.token import STANDARD_TYPES

from cardwright.notetypes import (
    CLOZE,
    KINDS,
    QA,
    card_count,
    card_ords,
    fingerprint,
    notetype,
    notetype_id,
    stable_id,
)
from tests.notes import packed_note

STYLE = notetype(QA, "Deck").style


def test_the_fields_of_the_qa_note_type_are_for_ever() -> None:
    """A change here forks the note type in every collection: take a spare field instead."""
    assert [(field.name, field.id) for field in notetype(QA, "Deck").fields] == [
        ("Question", 2417031001),
        ("Answer", 2417031002),
        ("Hint", 2417031003),
        ("Extra", 2417031004),
        ("Context", 2417031005),
        ("Source", 2417031006),
        ("Reverse", 2417031007),
        ("Id", 2417031008),
        ("Plain", 2417031009),
        ("Spare1", 2417031010),
        ("Spare2", 2417031011),
        ("Spare3", 2417031012),
    ]


def test_the_fields_of_the_cloze_note_type_are_for_ever() -> None:
    assert [(field.name, field.id) for field in notetype(CLOZE, "Deck").fields] == [
        ("Text", 2417032001),
        ("Extra", 2417032002),
        ("Hint", 2417032003),
        ("Context", 2417032004),
        ("Source", 2417032005),
        ("Id", 2417032006),
        ("Plain", 2417032007),
        ("Spare1", 2417032008),
        ("Spare2", 2417032009),
        ("Spare3", 2417032010),
    ]


def test_the_templates_are_for_ever() -> None:
    named = {kind: [(t.name, t.id) for t in notetype(kind, "Deck").templates] for kind in KINDS}

    assert named == {
        QA: [("Question to answer", 2417033001), ("Answer to question", 2417033002)],
        CLOZE: [("Cloze", 2417034001)],
    }


def test_the_names_and_ids_are_for_ever() -> None:
    assert notetype(QA, "LLM Interview").name == "Cardwright Q&A (LLM Interview)"
    assert notetype(CLOZE, "LLM Interview").name == "Cardwright Cloze (LLM Interview)"
    assert notetype_id("k3v9", QA) == 1187024808954
    assert notetype_id("k3v9", CLOZE) == 1259909667327


def test_browse_sorts_by_plain() -> None:
    for kind in KINDS:
        type_ = notetype(kind, "Deck")
        assert type_.fields[type_.sort_field].name == "Plain"


def test_every_project_has_note_types_of_its_own() -> None:
    ids = {notetype_id(project, kind) for project in ("a", "b", "c") for kind in KINDS}

    assert len(ids) == 6


@pytest.mark.parametrize("text", ["", "a", "日本語", "x" * 1000])
def test_an_id_looks_like_milliseconds_of_the_past(text: str) -> None:
    assert 1_000_000_000_000 <= stable_id(text) < 1_600_000_000_000


def test_the_fingerprint_knows_name_and_kind() -> None:
    prints = {fingerprint(kind, deck) for kind in KINDS for deck in ("One", "Two")}

    assert len(prints) == 4
    assert fingerprint(QA, "One") == fingerprint(QA, "One")


def test_a_side_that_shows_nothing_makes_no_card() -> None:
    whole = packed_note(1, is_reverse=True)
    bare = packed_note(2, is_reverse=True, back="")

    assert card_ords(whole) == [0, 1]
    assert card_ords(bare) == [0]
    assert card_count([whole, bare]) == 3


def test_a_template_asks_for_fields_that_exist() -> None:
    for kind in KINDS:
        type_ = notetype(kind, "Deck")
        sides = [side for t in type_.templates for side in (t.front, t.back)]
        asked = {
            name.removeprefix("cloze:")
            for side in sides
            for name in re.findall(r"\{\{[#/^]?([^}]+)\}\}", side)
        }
        assert asked <= {field.name for field in type_.fields}


def test_a_card_brings_no_script_and_nothing_remote() -> None:
    for kind in KINDS:
        type_ = notetype(kind, "Deck")
        texts = [type_.style, *(side for t in type_.templates for side in (t.front, t.back))]
        for text in texts:
            assert not re.search(r"<script|\bon\w+=|https?:|@import|url\(", text)


Colour = tuple[float, float, float]

GROUNDS = ("--paper", "--raised", "--note-paper", "--tip-paper", "--important-paper",
           "--warning-paper", "--danger-paper")  # fmt: skip
ANYWHERE = ("--ink", "--muted", "--link")
CODE = tuple(sorted(set(re.findall(r"--code-\w+", STYLE))))
PAIRS = (
    *((ink, ground) for ink in ANYWHERE for ground in GROUNDS),
    *((ink, "--raised") for ink in CODE),
    *(
        (f"--{kind}", f"--{kind}-paper")
        for kind in ("note", "tip", "important", "warning", "danger")
    ),
    ("--ink", "--marked"),
)


@pytest.mark.parametrize("theme", ["light", "night"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    """WCAG 2.1, success criterion 1.4.3: at least 4.5 to 1."""
    colours = _colours(theme)

    assert _contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "night"])
def test_inline_code_stands_out_wherever_it_is(theme: str) -> None:
    colours = _colours(theme)
    chip = _declared(theme)["--chip"]

    for ink, grounds in (("--ink", GROUNDS), ("--muted", ("--paper",))):
        for ground in grounds:
            assert _contrast(colours[ink], _over(chip, colours[ground])) >= 4.5


def test_both_themes_name_the_same_colours() -> None:
    assert set(_declared("light")) == set(_declared("night"))


def test_every_colour_that_is_used_is_named() -> None:
    local = {"--callout", "--callout-paper", "--ground", "--mono", "--script", "--text"}
    in_fields = {"--day", "--night"}

    used = set(re.findall(r"var\((--[\w-]+)\)", STYLE))

    assert used == set(_declared("light")) | local | in_fields


def test_code_is_coloured_by_classes_that_pygments_writes() -> None:
    selectors = re.findall(r"\.cw-code (?::is\(([^)]*)\)|(\.\w+))", STYLE)
    ours = {
        name.strip(" .") for group, single in selectors for name in (group or single).split(",")
    }

    assert ours - set(STANDARD_TYPES.values()) == {"hll", "linenos"}


def test_no_selector_is_tried_on_every_element_of_a_formula_for_its_alternatives() -> None:
    """A browser finds rules by the last class or tag; what ends with an ``:is()`` has none."""
    bare = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)
    ends = re.findall(r"(?:^|[\s>+~,}]):is\((?:[^()]|\([^()]*\))*\)[^\s>+~,{]*(?=\s*[,{])", bare)

    assert ends == []


def _declared(theme: str) -> dict[str, str]:
    """The colour variables of a theme; those of the night stand in the second block."""
    blocks = re.findall(r"\{([^}]*color-scheme:[^}]*)\}", STYLE)
    block = blocks[["light", "night"].index(theme)]
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", block))


def _colours(theme: str) -> dict[str, Colour]:
    declared = _declared(theme)
    return {name: _hex(value) for name, value in declared.items() if value.startswith("#")}


def _hex(value: str) -> Colour:
    red, green, blue = (int(value[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _over(value: str, ground: Colour) -> Colour:
    """A translucent ``rgb(r g b / a%)`` laid over a ground."""
    *channels, percent = (float(number) for number in re.findall(r"\d+", value))
    alpha = percent / 100
    red, green, blue = (
        alpha * channel / 255 + (1 - alpha) * below
        for channel, below in zip(channels, ground, strict=True)
    )
    return red, green, blue


def _contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21, as WCAG 2.1 defines it."""
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
