"""What stands above a question, as the card shows it: formulas, code and emphasis in titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardwright.building import Built, build_deck
from cardwright.diagnostics import Code
from cardwright.model import Note
from cardwright.pipeline import Options

NOTES = """\
# The $k$-means `fit`

## A *fast* one: $O(n^2)$

### What is $n$?

The number of points.
"""


def built(folder: Path, text: str, settings: str = "deck: Root\n") -> Built:
    (folder / "deck").mkdir(exist_ok=True)
    (folder / "deck" / "deck.yml").write_text(settings)
    (folder / "deck" / "notes.md").write_text(text)
    return build_deck(folder / "deck", folder / "build", Options(1_800_000_000))


def notes_of(made: Built) -> tuple[Note, ...]:
    assert made.assembly.identified is not None
    return made.assembly.identified.notes


def context_of(folder: Path, text: str, settings: str = "deck: Root\n") -> str:
    (note,) = notes_of(built(folder, text, settings))
    return note.context


def test_formulas_code_and_emphasis_of_titles_are_ready_on_the_card(tmp_path: Path) -> None:
    made = built(tmp_path, NOTES)

    (note,) = notes_of(made)
    assert made.diagnostics == ()
    assert "$" not in note.context
    assert note.context.count('<span class="katex">') == 2
    assert note.context.startswith('The <span class="katex">')
    assert "</span>-means <code>fit</code> › A <em>fast</em> one: <span" in note.context


def test_decks_and_tags_keep_the_plain_text_of_a_title(tmp_path: Path) -> None:
    (note,) = notes_of(built(tmp_path, NOTES))

    assert note.deck == "Root::The $k$-means fit"
    assert note.tags == ("Root::The_$k$-means_fit",)


def test_what_is_removed_from_a_title_is_reported(tmp_path: Path) -> None:
    made = built(tmp_path, NOTES.replace("*fast*", '<video src="fast.mp4"></video> fast'))

    assert [(problem.code, problem.place.line) for problem in made.diagnostics] == [
        (Code.DROPPED_ELEMENT, 3)
    ]


def test_a_comment_of_obsidian_is_in_no_name(tmp_path: Path) -> None:
    (note,) = notes_of(built(tmp_path, "# Leaves %%to do%%\n\n## What is 5%%?\n\nA share.\n"))

    assert note.deck == "Root::Leaves"
    assert note.context == "Leaves"


def test_a_link_to_a_note_is_its_text_in_a_title(tmp_path: Path) -> None:
    text = "# On [[Leaf]]\n\n## [[Root|Roots]] of [[1]]\n\n### What drinks?\n\nThey do.\n"
    (note,) = notes_of(built(tmp_path, text))

    assert note.context == "On Leaf › Roots of [[1]]"
    assert note.deck == "Root::On Leaf"


def test_the_anchor_of_a_heading_in_mdx_is_not_part_of_its_title(tmp_path: Path) -> None:
    text = "# Leaves {/*leaves*/}\n\n## Why green? {/* why-green */}\n\n### What is it?\n\nRed.\n"
    (note,) = notes_of(built(tmp_path, text))

    assert note.deck == "Root::Leaves"
    assert note.context == "Leaves › Why green?"


def test_mathjax_typesets_titles_too(tmp_path: Path) -> None:
    settings = "deck: Root\nmath: {output: mathjax, macros: {\\set: '\\mathbb{#1}'}}\n"

    context = context_of(tmp_path, NOTES.replace("O(n^2)", r"\set{N}"), settings)

    assert context == (
        r"The \(k\)-means <code>fit</code> › "
        r"A <em>fast</em> one: \(\def\set#1{\mathbb{#1}}\set{N}\)"
    )


@pytest.mark.parametrize(
    ("title", "context"),
    [
        ('What\'s "A & B" for $5?', "What&#x27;s &quot;A &amp; B&quot; for $5?"),
        ("snake_case and 2 * 3", "snake_case and 2 * 3"),
        ("[A *page*](https://example.org)", "A <em>page</em>"),
        ("A ![leaf](leaf.png) <img src=x onerror=y>*b*", "A leaf <em>b</em>"),
        ("<script>x()</script> *b*", "<em>b</em>"),
        ("*a*<br><b onclick=x>b</b>", "<em>a</em><b>b</b>"),
        ("*a* # b", "<em>a</em> # b"),
        ("*1.* \\# b", "<em>1.</em> # b"),
        ("*a* [[Leaf#Stem|stem]] %%gone%% :seedling: {.wide}", "<em>a</em> stem 🌱"),
        ("*a* ![[leaf.png|A leaf]] b", "<em>a</em> A leaf b"),
        ("==a== ~~b~~ <sub>c</sub>", "<mark>a</mark> <s>b</s> <sub>c</sub>"),
        (r"*a* \\\(b [sound:c.mp3]", r"<em>a</em> \<span></span>(b [<span></span>sound:c.mp3]"),
    ],
)
def test_a_title_is_a_line_of_text_and_nothing_else(
    tmp_path: Path, title: str, context: str
) -> None:
    text = f"# Notes\n\n## {title}\n\n### What is a leaf?\n\nAn organ.\n"

    assert context_of(tmp_path, text) == f"Notes › {context}"


def test_a_display_formula_in_a_title_is_shown_within_the_line(tmp_path: Path) -> None:
    context = context_of(tmp_path, NOTES.replace("$O(n^2)$", "$$O(n^2)$$"))

    assert "katex-display" not in context
    assert context.count('<span class="katex">') == 2


def test_a_broken_formula_in_a_title_is_reported_once_with_its_place(tmp_path: Path) -> None:
    text = NOTES.replace("O(n^2)", r"O(\nn)") + "\n### What is $m$?\n\nAnother one.\n"

    made = built(tmp_path, text)

    (problem,) = made.diagnostics
    assert problem.code is Code.BROKEN_FORMULA
    assert (problem.place.line, problem.place.column) == (3, 21)
    for note in notes_of(made):
        assert '<code class="cw-tex">$O(\\nn)$</code>' in note.context


def test_the_title_of_the_front_matter_is_one_too(tmp_path: Path) -> None:
    text = "---\ntags: [x]\ntitle: All of $\\frac$\n---\n## What is $n$?\n\nA number.\n"

    made = built(tmp_path, text)

    (problem,) = made.diagnostics
    assert (problem.place.line, problem.place.column) == (3, 21)
    assert [note.context for note in notes_of(made)] == [
        'All of <code class="cw-tex">$\\frac$</code>'
    ]


def test_the_title_of_a_single_file_is_a_deck_and_on_no_card(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(NOTES.replace("$k$", r"$\kk$"))

    made = build_deck(tmp_path / "notes.md", tmp_path / "build", Options(1_800_000_000))

    (note,) = notes_of(made)
    assert made.diagnostics == ()
    assert note.context.startswith("A <em>fast</em> one: <span")


def test_an_unclosed_formula_in_a_title_is_reported(tmp_path: Path) -> None:
    made = built(tmp_path, NOTES.replace("$O(n^2)$", r"\[O(n^2)"))

    (problem,) = made.diagnostics
    assert (problem.code, problem.place.line) == (Code.UNCLOSED_FORMULA, 3)


def test_the_list_items_above_a_card_show_their_formulas(tmp_path: Path) -> None:
    text = "# Notes\n\n- Of the set $S$\n  - size::$|S|$\n  - sum::$\\sum S$\n"

    made = built(tmp_path, text, "deck: Root\nquestions: separators\n")

    for note in notes_of(made):
        assert note.context.startswith('Notes › Of the set <span class="katex">')
    assert len(notes_of(made)) == 2


def test_a_title_without_marks_touches_no_note(tmp_path: Path) -> None:
    """The context is part of what a note is made from: for a plain title it is what it was."""
    context = context_of(tmp_path, '# It\'s "so" & <b\n\n## What is a leaf?\n\nAn organ.\n')

    assert context == "It&#x27;s &quot;so&quot; &amp; &lt;b"


@pytest.mark.parametrize(
    ("name", "deck"),
    [
        ("Green%3A what is it%3F.md", "Root::Green: what is it?"),
        ("Plants___Leaf.md", "Root::Plants/Leaf"),
        ("a ____ leaf.mdx", "Root::a ____ leaf"),
        ("100%FF%20.md", "Root::100%FF%20"),
        ("a%0Ab%.md", "Root::a%0Ab%"),
    ],
)
def test_the_name_of_a_file_is_what_its_author_called_it(
    tmp_path: Path, name: str, deck: str
) -> None:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yml").write_text("deck: Root\n")
    (folder / name).write_text("## What is a leaf?\n\nAn organ.\n\n## What drinks?\n\nA root.\n")

    made = build_deck(folder, tmp_path / "build", Options(1_800_000_000))

    assert {note.deck for note in notes_of(made)} == {deck}
