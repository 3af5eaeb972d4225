"""Decks, tags and context: where a note belongs in Anki."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from cardwright.config import Config
from cardwright.filing import Topic, file_notes, layout_of, root_of_file, root_of_folder
from cardwright.model import DeckName, FiledNote, FrontMatter, NoteSource, Place, SourceFile
from tests.notes import resolved

ROOT = DeckName("Garden")


def topic(path: str, title: str, layout: str = "file", deck: str = "") -> Topic:
    return Topic(SourceFile(path, (), FrontMatter(deck=deck)), title, layout)


def filed(
    *topics: Topic, section: tuple[str, ...] = (), config: Config | None = None
) -> list[FiledNote]:
    """A note of each topic."""
    note = resolved("An organ.", "What is a leaf?")
    notes = [
        replace(
            note, source=replace(note.source, place=Place(each.source.path, 1, 1), section=section)
        )
        for each in topics
    ]
    return list(file_notes(notes, topics, config or Config(), ROOT, is_single=False))


@pytest.mark.parametrize(
    ("subdecks", "layout", "deck"),
    [
        ("auto", "section", "Garden::wild::Plants::Leaf"),
        ("auto", "file", "Garden::wild::Plants"),
        ("section", "section", "Garden::wild::Plants::Leaf"),
        ("file", "file", "Garden::wild::Plants"),
        ("folder", "file", "Garden::wild"),
        ("none", "file", "Garden"),
    ],
)
def test_the_settings_decide_the_deck_of_a_note(subdecks: str, layout: str, deck: str) -> None:
    (note,) = filed(
        topic("wild/plants.md", "Plants", layout),
        section=("Leaf", "Edge"),
        config=Config(subdecks=subdecks),
    )

    assert note.deck == deck


@pytest.mark.parametrize(
    ("subdecks", "moved"), [("none", "Garden"), ("file", "Garden::Plants"), ("folder", "Garden")]
)
def test_other_subdecks_move_notes_and_leave_their_tags(subdecks: str, moved: str) -> None:
    note = resolved("An organ.", "What is a leaf?")
    notes = [
        replace(note, source=replace(note.source, place=Place("a.md", n, 1), section=(name,)))
        for n, name in enumerate(("Leaf", "Root"), start=1)
    ]

    def tags_and_decks(layout: str, config: Config) -> list[tuple[tuple[str, ...], str]]:
        topics = [topic("a.md", "Plants", layout)]
        return [
            (each.tags, each.deck)
            for each in file_notes(notes, topics, config, ROOT, is_single=False)
        ]

    before = tags_and_decks("section", Config())
    after = tags_and_decks("file", Config(subdecks=subdecks))

    assert [tags for tags, _ in before] == [tags for tags, _ in after]
    assert before[1] == (("Garden::Plants::Root",), "Garden::Plants::Root")
    assert [deck for _, deck in after] == [moved, moved]


def test_two_equal_titles_get_their_files_names() -> None:
    one, two, other = filed(
        topic("a.md", "Plants"), topic("b.md", "plants"), topic("wild/a.md", "Plants")
    )

    assert [one.deck, two.deck, other.deck] == ["Garden::a", "Garden::b", "Garden::wild::Plants"]
    assert one.tags == ("Garden::a",)


def test_a_file_without_notes_takes_no_title_from_another() -> None:
    topics = [topic("a.md", "Plants"), topic("b.md", "Plants")]
    note = resolved("An organ.", "What is a leaf?")
    note = replace(note, source=replace(note.source, place=Place("a.md", 1, 1)))

    (one,) = file_notes([note], topics, Config(), ROOT, is_single=False)

    assert one.deck == "Garden::Plants"


@pytest.mark.parametrize(
    ("topics", "decks"),
    [
        ((("a.md", "T"), ("b.md", "T"), ("c.md", "A")), ["a.md", "b", "c.md"]),
        ((("a.md", "T"), ("a.markdown", "T")), ["a.md", "a.markdown"]),
    ],
)
def test_a_files_name_that_is_another_decks_gets_its_ending(
    topics: tuple[tuple[str, str], ...], decks: list[str]
) -> None:
    notes = filed(*(topic(path, title) for path, title in topics))

    assert [note.deck for note in notes] == [f"Garden::{name}" for name in decks]


def test_colons_in_a_title_make_no_deck_of_their_own_those_of_deck_do() -> None:
    title, named = filed(topic("a.md", "std::move"), topic("b.md", "B", deck="C::Lifetime"))

    assert (title.deck, title.tags) == ("Garden::std_move", ("Garden::std_move",))
    assert (named.deck, named.tags) == ("Garden::C::Lifetime", ("Garden::C::Lifetime",))


@pytest.mark.parametrize("title", ["می\u200cشود", "👩\u200d💻", "a\u00adb"])
def test_letters_that_cannot_be_seen_stay_in_decks_and_tags(title: str) -> None:
    (note,) = filed(topic("a.md", title))

    assert (note.deck, note.tags) == (f"Garden::{title}", (f"Garden::{title}",))


def test_quotes_and_control_characters_go_as_anki_takes_them_out() -> None:
    (note,) = filed(topic("a.md", 'a "b"\x07\x9f\udcff c:'))

    assert (note.deck, note.tags) == ("Garden::a b c", ("Garden::a_b_c",))


def test_context_is_one_text_however_its_letters_are_composed() -> None:
    (composed,) = filed(topic("a.md", "Café"), section=("Thé",))
    (decomposed,) = filed(
        topic("a.md", unicodedata.normalize("NFD", "Café")),
        section=(unicodedata.normalize("NFD", "Thé"),),
    )

    assert decomposed.context == composed.context == "Café › Thé"


def test_context_does_not_repeat_the_question() -> None:
    (whole,) = filed(topic("a.md", "What is a leaf?"))
    (part,) = filed(topic("a.md", "Plants"), section=("What is a leaf?",))

    assert (whole.context, whole.deck) == ("", "Garden::What is a leaf?")
    assert part.context == "Plants"


def test_context_has_each_title_once() -> None:
    (note,) = filed(topic("a.md", "Bubble sort"), section=("Bubble Sort", "Steps"))

    assert note.context == "Bubble sort › Steps"


def test_context_is_text_and_no_command_to_anki_or_mathjax() -> None:
    (note,) = filed(topic("a.md", "<b> [sound:a.mp3]"), section=(r"\(x\) {{c1::y}}",))

    assert note.context == (
        r"&lt;b&gt; [<span></span>sound:a.mp3] › \<span></span>(x\) {<span></span>{c1::y}}"
    )


def test_a_note_has_the_decks_and_the_files_tags_each_once_in_order() -> None:
    config = Config(tags=("llm", "Two words", "", '"'))
    leaf = Topic(SourceFile("a.md", (), FrontMatter(tags=("llm", "a::b"))), "A", "file")

    (note,) = filed(leaf, config=config)

    assert note.tags == ("Two_words", "a::b", "llm", "Garden::A")


def test_the_source_is_a_link_whatever_the_path_holds() -> None:
    config = Config(source_url="https://example.org/{path}?a&b#{anchor}")

    (note,) = filed(topic('wild/a "b" <c>#?.md', "A"), config=config)

    assert note.source_link == (
        '<a href="https://example.org/wild/a%20%22b%22%20%3Cc%3E%23%3F.md?a&amp;b#">Source</a>'
    )


@pytest.mark.parametrize(
    ("front_matter", "deck"),
    [(FrontMatter(), "Plants"), (FrontMatter(deck="Garden::Leaves"), "Garden::Leaves")],
)
def test_the_deck_of_a_single_file_is_its_setting_or_its_title(
    tmp_path: Path, front_matter: FrontMatter, deck: str
) -> None:
    path = tmp_path / "plants.md"
    path.touch()

    assert root_of_file(path, "Plants", front_matter.deck) == deck


@pytest.mark.parametrize("folder", ["garden", "garden/content", "garden/Docs"])
def test_a_folder_gives_its_name_or_its_parents(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)

    assert root_of_folder(Config(), tmp_path / folder) == "garden"


def test_auto_makes_subdecks_of_two_sections_and_not_of_one() -> None:
    note = resolved("An organ.").source
    leaf, root = replace(note, section=("Leaf",)), replace(note, section=("Root",))

    assert layout([leaf, leaf]) == "file"
    assert layout([leaf, root]) == "section"
    assert layout([leaf], Config(subdecks="section")) == "section"
    assert layout([leaf, root], subdecks="file") == "file"


def test_a_kept_layout_is_reported_only_where_it_makes_a_difference() -> None:
    note = resolved("An organ.").source
    leaf, root = replace(note, section=("Leaf",)), replace(note, section=("Root",))

    assert layout([leaf, root], kept="file", problems=1) == "file"
    assert layout([leaf], kept="section", problems=1) == "section"
    assert layout([note], kept="section") == "section"
    assert layout([leaf], Config(subdecks="section"), kept="file") == "section"


def layout(
    notes: list[NoteSource],
    config: Config | None = None,
    kept: str = "",
    subdecks: str = "",
    problems: int = 0,
) -> str:
    source = SourceFile("plants.md", (), FrontMatter(subdecks=subdecks))
    chosen, found = layout_of(source, notes, config or Config(), kept)
    assert len(found) == problems
    return chosen


def test_a_readme_without_a_title_is_called_like_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "garden" / "docs" / "README.md"
    path.parent.mkdir(parents=True)
    path.touch()

    assert root_of_file(path, "README") == "garden"
    assert root_of_file(path, "Leaves") == "Leaves"


def test_the_list_items_above_a_card_are_context_and_no_deck() -> None:
    note = resolved("Lipids.", "smooth")
    source = replace(note.source, section=("Cells",), outer=("ER",))

    (found,) = file_notes(
        [replace(note, source=source)],
        [topic("plants.md", "Plants", "section")],
        Config(),
        ROOT,
        is_single=False,
    )

    assert (found.deck, found.context) == ("Garden::Plants::Cells", "Plants › Cells › ER")
