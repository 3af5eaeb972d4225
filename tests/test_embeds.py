"""Notes, sections and blocks that a card embeds: their text is on the card, from build to Anki."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardwright.building import Built, build_deck
from cardwright.content import embedded_notes as limits
from cardwright.diagnostics import Code, as_text
from cardwright.lock import LockEntry
from cardwright.making.work_cache import Memory
from cardwright.media.cache import Cache
from cardwright.package.packed import read_package
from cardwright.package.packed_notes import Packed
from cardwright.pipeline import Options, assemble
from cardwright.source import unsaved_texts
from tests.in_anki import collection_in, import_into
from tests.pull.garden import Garden, replacing

NOW = 1_800_000_000
KILN = """\
---
tags: clay
---
# Kilns

A kiln[^1] is **hot**, see [this][k]. ^hot

## Parts

- a chamber
  - its door ^door
- a flue

```
^code
```

### Shelves

Made of `cordierite`.

## Fuel

Wood or gas.

[^1]: Say "kill".

[k]: https://example.org/kiln
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9"><path d="M0 0h9z"/></svg>'


@pytest.fixture
def pots(tmp_path: Path) -> Path:
    folder = tmp_path / "pots"
    write(folder, "deck.yml", "deck: Pots\nmath: {output: mathjax}\n")
    write(folder, "tools/Kiln.md", KILN)
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def build(folder: Path, now: int = NOW, *, is_cached: bool = False) -> Built:
    output = (folder.parent if folder.suffix else folder).parent / "build"
    cache = Cache(output / ".cache", is_writable=True) if is_cached else Cache(None)
    return build_deck(folder, output, Options(now, cache=cache))


def fields(built: Built) -> dict[str, str]:
    """The answers of a package by their questions, each on one line."""
    assert built.package is not None, built.diagnostics
    package = read_package(built.package)
    assert isinstance(package, Packed)
    return {
        note.field("Plain"): "".join(note.field("Answer").split("\n")) for note in package.notes
    }


def shown(folder: Path, answer: str) -> str:
    write(folder, "pots.md", f"# Pots\n\n## What is a pot?\n\n{answer}\n")
    return fields(build(folder))["What is a pot?"]


def said(folder: Path, answer: str) -> list[str]:
    write(folder, "pots.md", f"# Pots\n\n## What is a pot?\n\n{answer}\n")
    found = build(folder).diagnostics
    here = f"{folder.as_posix()}/"
    return [as_text(each).replace(here, "") for each in found if each.code is Code.NOT_EMBEDDED]


PARTS = (
    "<h2>Parts</h2><ul><li>a chamber<ul><li>its door</li></ul></li><li>a flue</li></ul>"
    '<div class="cw-code cw-one-line"><pre><code>^code</code></pre></div>'
    "<h3>Shelves</h3><p>Made of <code>cordierite</code>.</p>"
)


@pytest.mark.parametrize(
    ("answer", "html"),
    [
        ("Hot.\n![[Kiln#Fuel]]\nDone.", "<p>Hot.</p><h2>Fuel</h2><p>Wood or gas.</p><p>Done.</p>"),
        ("![[Kiln#parts]]", PARTS),
        ("![[tools/Kiln.md#Parts|the parts]]", PARTS),
        (
            "![[Kiln#Kilns#Parts#Shelves]]",
            "<h3>Shelves</h3><p>Made of <code>cordierite</code>.</p>",
        ),
        ("It has ![[Kiln#^door]], too.", "<p>It has its door, too.</p>"),
        ("- ![[Kiln#^door]]\n- more", "<ul><li>its door</li><li>more</li></ul>"),
        ("> ![[Kiln#^door]]", "<blockquote><p>its door</p></blockquote>"),
        ("Hot <!-- ![[Kiln]] -->`![[Kiln]]`.", "<p>Hot <code>![[Kiln]]</code>.</p>"),
        ("Hot %%![[Kiln]]%%.", "<p>Hot.</p>"),
        ("It\n\n    ![[Kiln]]\n", None),
        ("| a | b |\n|---|---|\n| ![[Kiln#^door\\|x]] | c |", None),
    ],
)
def test_an_embed_is_the_text_that_it_names(pots: Path, answer: str, html: str | None) -> None:
    found = shown(pots, answer)

    if html is None:
        assert ("its door" in found) is ("^door" in answer)
        assert ("![[Kiln]]" in found) is ("^door" not in answer)
    else:
        assert found == html
    assert said(pots, answer) == []


def test_a_whole_note_is_without_its_front_matter_and_with_its_footnotes(pots: Path) -> None:
    found = shown(pots, "Hot.\n\n![[Kiln]]")

    assert found.startswith('<p>Hot.</p><h1>Kilns</h1><p>A kiln<sup class="cw-footnote-ref">[1]')
    assert '<a href="https://example.org/kiln">this</a>' in found
    assert "Say" in found
    assert "clay" not in found


def test_a_block_brings_the_definitions_that_it_uses(pots: Path) -> None:
    found = shown(pots, "Hot.\n\n![[Kiln#^hot]]\n\n[k]: https://example.org/other")

    assert '<a href="https://example.org/kiln">this</a>' in found
    assert "Say" in found


def test_paths_in_an_embedded_note_begin_at_its_folder(pots: Path) -> None:
    write(pots, "tools/Clay.md", "![clay](clay.svg) and $x^2$.\n\n![[sub/Slip]]\n")
    write(pots, "tools/sub/Slip.md", "Slip: ![slip](slip.svg)\n")
    write(pots, "tools/clay.svg", PICTURE)
    write(pots, "tools/sub/slip.svg", PICTURE.replace("h9", "h8"))

    found = shown(pots, "![[Clay]]\n\nAnd $y^2$.")

    assert found.count("<img") == 2
    assert "cw-missing" not in found
    assert found.index("x^2") < found.index("Slip:") < found.index("y^2")


def test_python_markdown_shows_the_same(pots: Path) -> None:
    answer = "Hot.\n\n![[Kiln#Fuel]]\n\nIt has ![[Kiln#^door]], too, and $x$."
    before = shown(pots, answer)
    flavour = "markdown: {flavour: python-markdown, extensions: [footnotes]}\n"
    write(pots, "deck.yml", f"deck: Pots\nmath: {{output: mathjax}}\n{flavour}")

    assert shown(pots, answer) == before


def test_a_single_file_embeds_notes_of_its_folder(pots: Path) -> None:
    (pots / "deck.yml").unlink()
    write(pots, "pots.md", "## What is a pot?\n\nIt has ![[Kiln#^door]].\n")

    assert fields(build(pots / "pots.md")) == {"What is a pot?": "<p>It has its door.</p>"}


def test_an_open_tag_does_not_reach_the_text_around_it(pots: Path) -> None:
    write(pots, "fold.md", "<details><summary>More</summary>\n\nClay\n")
    write(pots, "end.md", "Sand</div>\n\n```\nopen\n")

    found = shown(pots, "![[fold]]\n\nNext.\n\n> [!note] It\n> ![[end]]\n>\n> Inside.")

    assert "<details" not in found
    assert found.index("Clay") < found.index("<p>Next.</p>") < found.index("Sand")
    assert found.endswith("<pre><code>open</code></pre></div><p>Inside.</p></div>")


def test_a_note_of_no_deck_is_embedded(pots: Path) -> None:
    write(pots, "deck.yml", "deck: Pots\nexclude: [tools/]\n")

    assert shown(pots, "![[Kiln#Fuel]]") == "<h2>Fuel</h2><p>Wood or gas.</p>"


def test_a_note_of_the_deck_comes_before_one_of_no_deck(pots: Path) -> None:
    write(pots, "deck.yml", "deck: Pots\nexclude: [old/]\n")
    write(pots, "old/deep/Kiln.md", "## Fuel\n\nCoal.\n")

    assert shown(pots, "![[Kiln#Fuel]]") == "<h2>Fuel</h2><p>Wood or gas.</p>"


def test_logseq_embeds_pages_and_blocks(pots: Path) -> None:
    block = "63ba7047-d03a-4029-8daf-5787e7eabe4f"
    write(pots, "Clay___Types.md", f"- Types\n\t- Stone **ware**\n\t  id:: {block}\n\t\t- grey\n")

    found = shown(pots, f"- {{{{embed (({block}))}}}}\n- and")
    page = shown(pots, "It is\n\n{{embed [[Clay/Types]]}}")

    assert found == (
        "<ul><li><p>Stone <strong>ware</strong></p><ul><li>grey</li></ul></li><li>and</li></ul>"
    )
    assert "Stone <strong>ware</strong>" in page
    assert block not in found + page


def test_an_embed_answers_a_question_but_no_title(pots: Path) -> None:
    """The text of a heading that does not ask is still only links."""
    write(
        pots,
        "pots.md",
        "## What burns in it?\n\n![[Kiln#Fuel]]\n\n## Which parts has it?\n\n![[Kiln#Parts]]\n\n"
        "## Related\n\n![[Kiln#Fuel]]\n\n## What is lost?\n\n![[Lost]]\n",
    )

    built = build(pots)

    asked = {question for question in fields(built) if "?" in question}
    assert asked == {"What burns in it?", "Which parts has it?"}
    assert "Related" not in fields(built)
    assert any("'Lost' is not embedded: there is no" in each.hint for each in built.diagnostics)


def test_questions_in_an_embedded_note_are_no_further_questions(pots: Path) -> None:
    write(pots, "tools/Glaze.md", "# Glaze\n\n## What is a glaze?\n\nGlass on clay.\n")

    found = shown(pots, "See:\n\n![[Glaze]]")

    assert "Glass on clay." in found
    assert len([each for each in fields(build(pots)) if "?" in each]) == 2


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("Hot ![[Kilm]]", "'Kilm' is not embedded: there is no such note in the content folder"),
        (
            "Hot ![[Kiln#Door]]",
            "'Kiln#Door' is not embedded: 'tools/Kiln.md' has no heading 'Door'",
        ),
        ("Hot ![[Kiln#^code]]", "'tools/Kiln.md' has no block '^code'"),
        ("Hot ![[Bowl]]", "'Bowl' is not embedded: it is the name of 2 notes"),
        ("Hot ![[../out]]", "'../out' is not embedded: it leads out of the content folder"),
        ("Hot ![[linked]]", "'linked' is not embedded: "),
        ("Hot ![[.hidden/note]]", "'.hidden/note' is not embedded: it cannot be read"),
        ("Hot ![[draft]]", "'draft' is not embedded: it is a draft"),
        ("Hot ![[empty]]", "'empty' is not embedded: it has no text"),
        ("Hot ![[scan.pdf]]", "'scan.pdf' is not embedded: it is no Markdown"),
        ("Hot ![[pots]]", "'pots' is not embedded: it would contain itself"),
    ],
)
def test_without_its_text_an_embed_is_its_name(pots: Path, answer: str, message: str) -> None:
    for name, text in {
        "../out.md": "Secret.",
        ".hidden/note.md": "Secret.",
        "draft.md": "---\ndraft: true\n---\nSecret.",
        "empty.md": "\n\n",
        "a/Bowl.md": "Secret.",
        "b/Bowl.md": "Secret.",
    }.items():
        write(pots, name, text)
    (pots / "linked.md").symlink_to(pots.parent / "out.md")

    (problem,) = said(pots, answer)

    assert problem.startswith("pots.md:5:5: RN407 ")
    assert message in problem
    assert "; the card shows its name\n  hint: " in problem
    assert "Secret" not in shown(pots, answer)


def test_a_circle_of_embeds_ends(pots: Path) -> None:
    write(pots, "one.md", "One. ![[two]]\n")
    write(pots, "two.md", "Two. ![[one]]\n")

    (problem,) = said(pots, "It: ![[one]]")

    assert problem.startswith("two.md:1:6: RN407 'one' is not embedded: it would contain itself")
    assert shown(pots, "It: ![[one]]") == "<p>It: One. Two. one</p>"


def test_embeds_in_embeds_have_a_depth(pots: Path) -> None:
    for number in range(9):
        write(pots, f"n{number}.md", f"N{number} ![[n{number + 1}]]\n")

    (problem,) = said(pots, "It: ![[n0]]")

    assert problem.startswith("n4.md:1:4: RN407 'n5' is not embedded")
    assert shown(pots, "It: ![[n0]]") == "<p>It: N0 N1 N2 N3 N4 n5</p>"


def test_text_that_would_multiply_is_not_embedded(pots: Path) -> None:
    for number in range(5):
        write(pots, f"n{number}.md", f"![[n{number + 1}]]\n" * 40)
    write(pots, "n5.md", "much\n" * 40)

    (problem,) = said(pots, "Made of clay ![[n0]]")

    assert "it has more than 100,000 characters, with all that it embeds" in problem
    assert shown(pots, "Made of clay ![[n0]]") == "<p>Made of clay n0</p>"


def test_a_deck_embeds_a_bounded_amount(pots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 300)

    problems = said(pots, "Made of clay " + "![[Kiln#Fuel]] " * 4)

    assert len(problems) == 4
    assert "the deck embeds over 300 characters" in problems[0]


def test_an_embedded_text_cannot_forge_a_mark(pots: Path) -> None:
    """Its author could know the key of the text around it, if that were a hash of it alone."""
    from cardwright.markup.marks import key_for

    answer = "Hot: $x$\n\n![[forged]]"
    write(pots, "forged.md", f"Cold {key_for(answer)}0z\n")

    assert shown(pots, answer).count("\\(x\\)") == 1


def test_an_edit_of_an_embedded_note_changes_the_cards_that_embed_it(pots: Path) -> None:
    text = "# Pots\n\n## What burns?\n\nLook: ![[Kiln#Fuel]]\n\n## What is clay?\n\nA soil.\n"
    write(pots, "pots.md", text)
    collection = pots.parent / "collection.anki2"
    first = build(pots, is_cached=True)
    assert first.package is not None
    import_into(collection, first.package)
    before = {entry.guid: entry.mod for entry in _entries(first)}

    write(pots, "tools/Kiln.md", KILN.replace("Wood or gas", "Electricity"))
    second = build(pots, NOW + 60, is_cached=True)

    assert second.package is not None
    after = {entry.guid: entry.mod for entry in _entries(second)}
    fronts = {entry.guid: entry.front for entry in _entries(second)}
    assert before.keys() == after.keys()
    changed = {fronts[guid] for guid in after if after[guid] != before[guid]}
    assert changed == {"What burns?", "Fuel"} & {*fronts.values()}
    import_into(collection, second.package)
    with collection_in(collection) as opened:
        (found,) = opened.find_notes("Plain:*burns*")
        assert "Electricity" in opened.get_note(found)["Answer"]


def test_an_editor_sees_the_unsaved_text_of_an_embedded_note(pots: Path) -> None:
    write(pots, "pots.md", "# Pots\n\n## What burns?\n\nLook: ![[Kiln#Fuel]]\n")
    memory = Memory()
    options = Options(NOW, memory=memory)
    assemble(pots, options)
    kiln = (pots / "tools" / "Kiln.md").resolve()

    with unsaved_texts({kiln: KILN.replace("Wood", "Peat")}):
        assembly = assemble(pots, options)

    assert assembly.identified is not None
    notes = {note.plain: note.back for note in assembly.identified.notes}
    assert "Peat or gas." in notes["What burns?"]


def _entries(built: Built) -> tuple[LockEntry, ...]:
    assert built.assembly.identified is not None
    return tuple(built.assembly.identified.lock.entries)


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    garden = Garden(tmp_path)
    garden.write("leaf.md", "A blade is flat.\n\nIt is $x$ wide.\n")
    garden.write("a.md", "# A\n\n## What is a pot?\n\nA green thing.\n\n![[leaf]]\n\nIt falls.\n")
    garden.import_all()
    return garden


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("blade is flat", "blade is thin"),
        ("<p>A blade is flat.</p>", ""),
        ("flat.</p>", "flat.</p><p>And long.</p>"),
    ],
)
def test_an_edit_of_embedded_text_is_shown_and_not_written(
    garden: Garden, old: str, new: str
) -> None:
    garden.edit({"a.md": ("Answer", replacing(old, new))})

    pulled = garden.pull(garden.exported("out.apkg"))

    assert pulled.patches == ()
    (edit,) = pulled.edits
    assert edit.reason == "is in or beside the text of another note, which this card embeds"
    if "thin" in new:
        assert (edit.place.path, edit.place.line) == ("leaf.md", 1)


@pytest.mark.parametrize(
    ("old", "new"), [("green", "brown"), ("It falls", "It falls down"), ("A green", "A **green")]
)
def test_an_edit_beside_an_embed_is_written_and_the_embed_stays(
    garden: Garden, old: str, new: str
) -> None:
    shown_as = new.replace("**", "big ")
    garden.edit({"a.md": ("Answer", replacing(old, shown_as))})

    (patch,) = garden.pull(garden.exported("out.apkg")).patches

    text = "\n".join(patch.new)
    assert patch.path == "a.md"
    assert shown_as in text
    assert "\n![[leaf]]\n" in text
    assert "blade" not in text
