"""Obsidian's ``#tags`` in the text of a note."""

from __future__ import annotations

import pytest

from cardwright.config import Config
from cardwright.model import NoteSource, SourceFile
from cardwright.parse import parse
from cardwright.source.frontmatter import read_front_matter


def notes(text: str, *, inline_tags: bool = True) -> tuple[NoteSource, ...]:
    lines = tuple(text.split("\n"))
    front_matter, _ = read_front_matter(lines, "leaf.md")
    source = SourceFile("leaf.md", lines, front_matter)
    return parse(source, Config(inline_tags=inline_tags))[0].notes


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("An #organ of #plants/green, #a-b_c.", ("organ", "plants::green", "a-b_c")),
        ("#2026 is no tag, #2026/11 neither, #y2026 and #2026-11 are.", ("y2026", "2026-11")),
        ("#a//b and #/c///d/ are without empty parts, #/ is none", ("a::b", "c::d")),
        ("See [it](#there), a#b, C#, &#35; and ## no.", ()),
        ("`#code` and $#x$ and %%#hidden%% and https://example.org/ #real", ("real",)),
        ("#müll #葉 #🌱 and #葉、too", ("müll", "葉", "🌱")),
        ("```\n#fence\n```\n\n$$\n#formula\n$$\n\n#last", ("last",)),
        ("#flashcards/botany #card but #cardinal", ("cardinal",)),
    ],
)
def test_what_is_a_tag(text: str, tags: tuple[str, ...]) -> None:
    (note,) = notes(f"# Leaf\n\n## What is a leaf?\n\nText. \n{text}\n")

    assert note.tags == tags


def test_tags_after_the_question_and_alone_on_a_line_are_not_on_the_card() -> None:
    (note,) = notes(
        "# Leaf\n\n## What is #green? #organ #easy\n\nAn #organ.\n\n#alone #two\n\nGreen.\n\n#end\n"
    )

    assert note.front.markdown == "What is #green?"
    assert note.back.markdown == "An #organ.\n\n\nGreen."
    assert note.tags == ("green", "organ", "easy", "alone", "two", "end")


def test_a_text_that_is_only_tags_stays() -> None:
    (note,) = notes("Q: What is the tag?\nA: #leaf\n")

    assert note.back.markdown == "#leaf"
    assert note.tags == ("leaf",)


def test_tags_at_the_top_are_those_of_every_note() -> None:
    found = notes("# Leaf\n#botany\n\n## What is a leaf?\n\nAn organ.\n\n## Why?\n\nSo.\n")

    assert [note.tags for note in found] == [("botany",), ("botany",)]


def test_a_cloze_note_keeps_its_text() -> None:
    (note,) = notes("# Leaf\n\nA leaf makes {{c1::sugar}}. #organ\n")

    assert note.tags == ("organ",)
    assert note.front.markdown == "A leaf makes {{c1::sugar}}. #organ"
    assert [note.front.lines[0].text[d.opening.start : d.opening.end] for d in note.deletions] == [
        "{{c1::"
    ]


def test_without_the_setting_a_tag_is_text() -> None:
    (note,) = notes("# Leaf\n\n## What is a leaf? #organ\n\nIt.\n", inline_tags=False)

    assert note.front.markdown == "What is a leaf? #organ"
    assert note.tags == ()


@pytest.mark.parametrize("lines", ["TARGET DECK: Bio::Plants\nFILE TAGS: green #wood", (
    "TARGET DECK\nBio::Plants\n\nFILE TAGS\ngreen wood"
)])  # fmt: skip
def test_the_lines_of_obsidian_to_anki(lines: str) -> None:
    text = f"Q: What is a root?\nA: It drinks.\n\n{lines}\n"

    front_matter, _ = read_front_matter(text.split("\n"), "leaf.md")
    (note,) = notes(text, inline_tags=False)

    assert front_matter.deck == "Bio::Plants"
    assert front_matter.tags == ("green", "wood")
    assert note.back.markdown == "It drinks."


def test_a_line_of_code_names_no_deck() -> None:
    text = "```\nTARGET DECK: Bio\n```\n\nFILE TAGS: green\n"

    front_matter, _ = read_front_matter(text.split("\n"), "leaf.md")

    assert (front_matter.deck, front_matter.tags) == ("", ("green",))


def test_many_tags_take_linear_time() -> None:
    tags = "#a " * 20_000

    (note,) = notes(f"Q: Why {tags}\nA: So. {tags} x\n")

    assert note.front.markdown == "Why"
    assert note.tags == ("a",)
