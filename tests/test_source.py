"""Files and their front matter, as they really lie on disks."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardwright.config import Config
from cardwright.content import read_content
from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import FrontCard, FrontMatter, Line, Place, SourceFile
from cardwright.source import read_file, read_folder, read_text
from cardwright.source.deck_folders import check_alone, deck_folder_of
from cardwright.source.folders import folder_settings
from cardwright.source.frontmatter import read_front_matter


def write(folder: Path, *names: str, content: str = "text\n") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def names(folder: Path) -> list[str]:
    """The paths of the files that a folder gives, and nothing wrong with it."""
    files, problems = read_folder(folder, Config())
    assert problems == ()
    return [file.path for file in files]


def read(tmp_path: Path, content: bytes) -> SourceFile:
    """A file of these bytes, which is right."""
    path = tmp_path / "a.md"
    path.write_bytes(content)
    file, problems = read_file(path, "a.md")
    assert problems == ()
    assert file is not None
    return file


def matter(text: str) -> FrontMatter:
    """Front matter that is right."""
    found, problems = read_front_matter(text.split("\n"), "a.md")
    assert problems == ()
    return found


def bad_matter(text: str) -> tuple[FrontMatter, Diagnostic]:
    found, (problem,) = read_front_matter(text.split("\n"), "a.md")
    return found, problem


def test_a_folder_is_read_in_natural_order(tmp_path: Path) -> None:
    write(tmp_path, "10-b.md", "9-a.md", "b/10.md", "b/9/z.MD", "c.Markdown", "B.md", "a.txt")

    assert names(tmp_path) == ["9-a.md", "10-b.md", "b/9/z.MD", "b/10.md", "B.md", "c.Markdown"]


def test_hidden_things_and_node_modules_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "README.md", ".git/a.md", ".obsidian/b.md", ".c.md", "node_modules/p/d.md")
    write(tmp_path, "A leaf.excalidraw.md")

    assert names(tmp_path) == ["README.md"]


def test_a_name_is_in_one_normal_form(tmp_path: Path) -> None:
    write(tmp_path, "Cafe\u0301/e\u0301.md")

    assert names(tmp_path) == ["Café/é.md"]


def test_drafts_are_left_out_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.md", content="---\ndraft: true\n---\n")
    write(tmp_path, "b.md", content="---\ndraft: false\n---\n")

    assert names(tmp_path) == ["b.md"]


def test_front_matter_says_whether_a_file_is_a_draft(tmp_path: Path) -> None:
    assert read(tmp_path, b"+++\ndraft = true\n+++\n").front_matter.is_draft


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no Markdown file"),
        ("---\ndraft: yes\n---", "every Markdown file is a draft"),
    ],
)
def test_a_folder_without_markdown_is_an_error(
    tmp_path: Path, content: str | None, words: str
) -> None:
    if content is not None:
        write(tmp_path, "a.md", content=content)

    files, (problem,) = read_folder(tmp_path, Config())

    assert files == ()
    assert (problem.code, problem.message) == (Code.NO_MARKDOWN, words)
    assert problem.place == Place(".")


def test_a_folder_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    _, (problem,) = read_folder(tmp_path / "none", Config())

    assert (problem.code, problem.place) == (Code.UNREADABLE, Place("none"))


def test_links_are_not_followed_and_those_that_lead_out_are_reported(tmp_path: Path) -> None:
    write(tmp_path, "outside/a.md", "outside/figure.png", "in/b.md", "in/sub/c.md")
    folder = tmp_path / "in"
    (folder / "circle").symlink_to(folder)
    (folder / "again.md").symlink_to("b.md")
    (folder / "far").symlink_to(tmp_path / "outside")
    (folder / "far.md").symlink_to(tmp_path / "outside" / "a.md")
    (folder / "figure.png").symlink_to(tmp_path / "outside" / "figure.png")

    files, problems = read_folder(folder, Config())

    assert [file.path for file in files] == ["b.md", "sub/c.md"]
    assert [(problem.code, problem.place) for problem in problems] == [
        (Code.LINK_OUTSIDE, Place("far")),
        (Code.LINK_OUTSIDE, Place("far.md")),
    ]


def test_a_link_to_nothing_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    (tmp_path / "gone.md").symlink_to("none.md")
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "gone").symlink_to("none")

    files, problems = read_folder(tmp_path, Config())

    assert [file.path for file in files] == ["a.md"]
    assert [(problem.code, problem.message) for problem in problems] == [
        (Code.UNREADABLE, "'gone.md' is a link to nothing"),
        (Code.UNREADABLE, "'self.md' is a link to nothing"),
    ]
    assert read_folder(tmp_path, Config(include=("a.md",)))[1] == ()


def test_a_folder_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    write(tmp_path, "in/b.md")
    (tmp_path / "link").symlink_to("in")

    assert names(tmp_path / "link") == ["b.md"]


def test_things_that_are_not_files_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "folder.md/b.md")
    os.mkfifo(tmp_path / "pipe.md")

    files, (problem,) = read_folder(tmp_path, Config())

    assert [file.path for file in files] == ["a.md", "folder.md/b.md"]
    assert problem.code is Code.UNREADABLE


@pytest.mark.parametrize("name", [b"\xff.md", b"a\nb.md"])
def test_a_file_with_a_name_that_cannot_be_printed_is_left_out(tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_text("text")
    write(tmp_path, "b.md")

    files, (problem,) = read_folder(tmp_path, Config())

    assert [file.path for file in files] == ["b.md"]
    assert problem.code is Code.BAD_NAME
    assert problem.place.path.isprintable()
    _, (alone,) = read_file(path, os.fsdecode(name))
    assert alone.code is Code.UNREADABLE
    (tmp_path / "b.md").unlink()
    assert [each.code for each in read_folder(tmp_path, Config())[1]] == [
        Code.BAD_NAME,
        Code.NO_MARKDOWN,
    ]


def test_a_problem_in_one_file_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path, "b.md")
    (tmp_path / "a.md").write_bytes(b"\xff")

    files, (problem,) = read_folder(tmp_path, Config())

    assert [file.path for file in files] == ["b.md"]
    assert (problem.code, problem.place) == (Code.NOT_UTF8, Place("a.md", 1, 1))


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", ()),
        (b"a", ("a",)),
        (b"a\n\n", ("a", "")),
        (b"\xef\xbb\xbfa\n", ("a",)),
        (b"a\r\nb\rc\nd", ("a", "b", "c", "d")),
        (b"a\r\r\nb", ("a", "", "b")),
        (b"a\0b", ("a\ufffdb",)),
        ("a\x0cb\x0bc\u2028d\x85e\x1cf".encode(), ("a\x0cb\x0bc\u2028d\x85e\x1cf",)),
    ],
)
def test_lines_end_where_an_editor_ends_them(
    tmp_path: Path, content: bytes, lines: tuple[str, ...]
) -> None:
    assert read(tmp_path, content).lines == lines


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        (b"caf\xe9", 1, 4, "byte 0xe9 is not UTF-8; the file may be WINDOWS-1252"),
        ("a\r\né\rü".encode() + b"x\x80", 3, 3, "byte 0x80 is not UTF-8"),
        (b"\xef\xbb\xbfa\xff", 1, 2, "byte 0xff is not UTF-8"),
        (b"a\n\xed\xb2\xb6", 2, 1, "byte 0xed is not UTF-8"),
        ("é “Größe”\n".encode() + b"\xe9", 2, 1, "byte 0xe9 is not UTF-8"),
        ("a".encode("utf-16"), 1, 1, "byte 0xff is not UTF-8; the file may be UTF-16"),
        (b"\xfe\xff\0a", 1, 1, "byte 0xfe is not UTF-8; the file may be UTF-16"),
    ],
)
def test_bytes_that_are_not_utf8_are_reported_with_their_place(
    tmp_path: Path, content: bytes, line: int, column: int, message: str
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)

    file, (problem,) = read_file(path, "dir/a.md")

    assert file is None
    assert (problem.code, problem.message) == (Code.NOT_UTF8, message)
    assert problem.place == Place("dir/a.md", line, column)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("WINDOWS-1252", "Où est la «\u00a0feuille\u00a0» ? À côté…"),
        ("WINDOWS-1252", "Größe des Blattes: “5 m²”"),
        ("EUC-KR", "잎은 무엇입니까? 식물의 기관입니다."),
        ("GBK", "什么是叶子？一个器官（植物的）。"),
        ("SHIFT_JIS", "葉とは何ですか？植物の器官です。"),
        ("BIG5", "什麼是葉子？一個器官。植物的根在土裡。"),
        ("UTF-16", "What is a leaf?"),
        ("", "Что такое лист? Орган растения."),
        ("", "Źródło wody są małe i łatwe."),
    ],
)
def test_the_encoding_of_a_file_is_named_with_the_command(
    tmp_path: Path, encoding: str, text: str
) -> None:
    others = {"Ч": "cp1251", "Ź": "cp1250"}
    (tmp_path / "a.md").write_bytes(f"# 1\n\n{text}\n".encode(encoding or others[text[0]]))

    _, (problem,) = read_file(tmp_path / "a.md", "dir/a b.md")

    command = f", such as with: iconv -f {encoding} -t UTF-8 'a b.md' > NEW" if encoding else ""
    assert problem.hint == f"save the file as UTF-8{command}"
    assert problem.message.endswith(f"; the file may be {encoding}" if encoding else " UTF-8")
    assert problem.place.line == (1 if encoding == "UTF-16" else 3)


def test_building_a_package_instead_of_markdown_is_reported(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "garden.apkg", "w") as package:
        package.writestr("collection.anki21b", b"\xff\xfe\x00")

    file, (problem,) = read_file(tmp_path / "garden.apkg", "garden.apkg")

    assert file is None
    assert problem.message == (
        "'garden.apkg' is an archive, such as a package of Anki, and no Markdown"
    )


@pytest.mark.parametrize("name", [".", "none.md"])
def test_what_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    text, (problem,) = read_text(tmp_path / name, "a.md")

    assert text is None
    assert (problem.code, problem.place) == (Code.UNREADABLE, Place("a.md"))


def test_the_deck_around_a_file_is_found_within_its_repository(tmp_path: Path) -> None:
    write(tmp_path, "deck.yml", "a/b/c.md", "repo/.git/HEAD", "repo/d.md", "repo/own/deck.yml")

    assert deck_folder_of(tmp_path / "a/b/c.md") == tmp_path.resolve()
    assert deck_folder_of(tmp_path / "repo/d.md") is None
    assert deck_folder_of(tmp_path / "repo/own/e.md") == (tmp_path / "repo/own").resolve()


def test_a_file_of_a_deck_is_not_built_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, ".git/HEAD", "alone.md", "content/deck.yml", "content/a/b.md")
    monkeypatch.chdir(tmp_path)

    (problem,) = check_alone(Path("content/a/b.md"), "b.md")

    assert problem == Diagnostic(
        Place("b.md"),
        Code.INSIDE_A_DECK,
        "'b.md' belongs to the deck of the folder 'content'",
        "build the folder: cardwright build content",
    )
    assert check_alone(Path("alone.md"), "alone.md") == ()


def test_the_folder_to_build_is_named_as_a_shell_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, ".git/HEAD", "My notes/deck.yml", "My notes/b.md")
    monkeypatch.chdir(tmp_path)

    (problem,) = check_alone(Path("My notes/b.md"), "b.md")

    assert problem.hint == "build the folder: cardwright build 'My notes'"


def test_math_in_a_folder_gives_a_hint_about_macros(tmp_path: Path) -> None:
    write(tmp_path, "a/b.md")
    (tmp_path / "a" / "deck.yml").write_text("math: {macros: {R: x}}\n")

    _, (problem,) = folder_settings(tmp_path, ["a/b.md"])

    assert (problem.code, problem.hint) == (
        Code.NOT_FOR_A_FOLDER,
        "in a folder write 'macros: …'",
    )


def test_a_misspelled_key_in_a_folder_is_not_to_be_moved(tmp_path: Path) -> None:
    write(tmp_path, "a/b.md")
    (tmp_path / "a" / "deck.yml").write_text("qestions: table\n")

    _, (problem,) = folder_settings(tmp_path, ["a/b.md"])

    assert problem.message == "'qestions' is not a key of the settings"
    assert problem.hint == "did you mean 'questions'?"


@pytest.mark.parametrize("name", ["Deck.yml", "deck.yaml", "DECK.YAML"])
def test_settings_under_another_name_are_reported(tmp_path: Path, name: str) -> None:
    write(tmp_path, "a.md", name, f"herbs/{name}", "herbs/b.md", content="tags: x\n")
    if (tmp_path / "deck.yml").exists():
        pytest.skip("this disk takes the two names for one")

    _, problems = read_content(tmp_path)

    found = [(each.code, each.place.path, each.hint) for each in problems]
    hint = "rename it to 'deck.yml'"
    assert found == [
        (Code.MISNAMED_SETTINGS, name, hint),
        (Code.MISNAMED_SETTINGS, f"herbs/{name}", hint),
    ]


def test_a_folder_with_a_lock_is_a_deck_without_settings_too(tmp_path: Path) -> None:
    write(tmp_path, ".git/HEAD", "notes/deck.lock", "notes/a/b.md")
    write(tmp_path, "single/deck.md", "single/deck.lock", "single/other.md")

    assert [problem.code for problem in check_alone(tmp_path / "notes/a/b.md", "b.md")] == [
        Code.INSIDE_A_DECK
    ]
    assert check_alone(tmp_path / "single/deck.md", "deck.md") == ()
    assert check_alone(tmp_path / "single/other.md", "other.md") == ()


YAML = """---
title: "A: b"   # not the file's name
tags: [llm, basics]
categories: Models, basics
deck: LLM::Basics
draft: true
questions: headings
question_level: 2
macros: {\\R: '\\mathbb{R}'}
labels: {answer: [Soln, "Out:"]}
nested: {a: *unknown, b: !!python/object:x {}}
---
text"""
TOML = """+++
title = "A: b"
tags = ["llm", "basics"]
categories = ["Models", "basics"]
deck = "LLM::Basics"
draft = true
questions = "headings"
question_level = 2
labels = {answer = ["Soln", "Out:"]}
[macros]
'\\R' = '\\mathbb{R}'
+++
text"""


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (YAML, 12),
        (TOML, 12),
        (TOML.replace("+++", "---"), 12),
        (YAML.replace("---\ntext", "...\ntext"), 12),
        ("\n \n" + YAML, 14),
        (YAML.replace("---", "--- "), 12),
    ],
)
def test_every_understood_key_is_read(text: str, length: int) -> None:
    assert matter(text) == FrontMatter(
        title="A: b",
        tags=("llm", "basics", "Models"),
        deck="LLM::Basics",
        is_draft=True,
        questions=("headings",),
        question_level=2,
        macros=(("\\R", "\\mathbb{R}"),),
        labels=(("answer", "Soln"), ("answer", "Out")),
        length=length,
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [("no", "no"), ("0123", "0123"), ("'#1'", "#1"), ("", ""), ("Cafe\u0301", "Café")],
)
def test_a_title_stays_text(title: str, expected: str) -> None:
    assert matter(f"---\ntitle: {title}\n---").title == expected


@pytest.mark.parametrize(
    ("text", "front_matter"),
    [
        ("---\n---\ntext", FrontMatter(length=2)),
        ("---\n# nothing\n---\ntext", FrontMatter(length=3)),
        ('---\nname = "Algebra"\n---', FrontMatter("Algebra", length=3)),
        ("---\ncards-deck: Plants::Trees\n---", FrontMatter(deck="Plants::Trees", length=3)),
        (
            "---\n# plain\ntitle = Linear Algebra\n\ntags = 'a b'\n---",
            FrontMatter("Linear Algebra", ("a", "b"), length=6),
        ),
        (
            "---\nquestion: What is a leaf?\n---",
            FrontMatter(cards=(FrontCard((Line("What is a leaf?", 2, 11),)),), length=3),
        ),
        ("---\n标题: 词元\n---", FrontMatter(length=3)),
        ("---\n## mine\ntitle: A\n---", FrontMatter("A", length=4)),
    ],
)
def test_front_matter_of_every_kind_is_cut_off(text: str, front_matter: FrontMatter) -> None:
    assert matter(text) == front_matter


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "# A title\n---\ntitle: a\n---",
        "text\n---\n",
        "----\ntitle: a\n----",
        " ---\ntitle: a\n---",
        "---\n\nSome text between breaks.\n\n---\n",
        "---\nNote: this is text,\nand it goes on: like this.\nThe end of it.\n---\n",
        "---\n- a list\n- of two\n---\n",
        "---\nQ: What is a token?\nA: A piece of text.\n---\n",
        "---\nQ: What is it: a token?\nA: A piece of text.\n---\n",
        "---\nQuestion: What?\nAnswer: That.\n---\n",
        "---\n## What is a token?\nNote: a piece of text\n---\n",
        "---\nSome text that nothing ever closes\n",
        "+++\nSome text\n+++\n",
        "---\n" + "a: b\n" * 2000 + "---\n",
        "---\na: " + "b" * 40_000 + "\n---\n",
    ],
)
def test_text_between_breaks_stays_text(text: str) -> None:
    assert matter(text) == FrontMatter()


def test_a_text_with_a_colon_needs_no_quotes() -> None:
    found = matter('---\ntitle: Leaves: "what" for\ntags: [a, b]\nnote: see this:\n---\n')

    assert (found.title, found.tags) == ('Leaves: "what" for', ("a", "b"))


@pytest.mark.parametrize(
    ("text", "line", "length", "message"),
    [
        (
            "---\ndate: x\ntitle: 'A' b\n---\ntext",
            3,
            4,
            "front matter is neither YAML nor TOML: expected <block end>, but found '<scalar>'",
        ),
        (
            "---\ntitle: [a\ntags: b\n---",
            3,
            4,
            "front matter is neither YAML nor TOML: expected ',' or ']', but got ':'",
        ),
        (
            "\n+++\ntitle = A\n+++",
            3,
            4,
            "front matter is neither YAML nor TOML: Invalid value",
        ),
        (
            "---\ntitle: {{ x\nthis is garbage\ntags: b\n---",
            4,
            5,
            "front matter is neither YAML nor TOML: expected ',' or '}', but got ':'",
        ),
        ("---\ntitle: A\n\ntext", 1, 0, "front matter is opened with '---' and never closed"),
        (
            "---\ntitle: A\n\nOne.\n\nTwo.\n\n---\ntext",
            1,
            0,
            "front matter is opened with '---' and never closed",
        ),
        ("+++\ndate = 1\ntags = []\n", 1, 0, "front matter is opened with '+++' and never closed"),
    ],
)
def test_broken_front_matter_is_reported(text: str, line: int, length: int, message: str) -> None:
    found, problem = bad_matter(text)

    assert found == FrontMatter(length=length)
    assert (problem.code, problem.message) == (Code.BAD_FRONT_MATTER, message)
    assert (problem.place.path, problem.place.line) == ("a.md", line)


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        ("|\n  one\n", [("one", 4, 3)]),
        ("|2 # why\n\n    one\n\n   two\n", [("  one", 5, 3), ("", 6, 1), (" two", 7, 3)]),
        (">-\n   one\n   two\n\n   three\n", [("one two", 4, 4), ("three", 7, 4)]),
        ("one\n  two\n\n   three\n", [("one two", 3, 9), ("three", 6, 4)]),
        ('"\\tone\n\n\n   \\u00e9t two\\nthree"\n', [
            ("\tone", 3, 11), ("", 3, 15), ("ét two", 6, 9), ("three", 6, 17),
        ]),
        ("'one'\n", [("one", 3, 10)]),
        ('"one\\n two"\n', [("one", 3, 10), (" two", 3, 15)]),
    ],
)  # fmt: skip
def test_a_text_in_yaml_knows_its_lines_and_columns(
    answer: str, lines: list[tuple[str, int, int]]
) -> None:
    found = matter(f"---\nquestion: What?\nanswer: {answer}---\n")

    assert [tuple(line) for line in found.cards[0].answer] == lines


def test_long_front_matter_with_a_key_of_ours_is_read_and_other_text_stays() -> None:
    card = "  - question: What is plant {}?\n    answer: A plant.\n"
    block = "cards:\n" + "".join(map(card.format, range(2_000)))

    found = matter(f"---\n{block}---\n\nText.")
    words = "  word\n" * 9_000

    assert (len(found.cards), found.length) == (2_000, 4_003)
    assert matter(f"---\nnotes: |\n{words}---\n\nText.") == FrontMatter()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("title: [a, b]", "'title' must be text, not the list [a, b]"),
        (
            "cards: [{question: Why?, answer: ''}]",
            "'cards' must be a list of cards, each with 'question' and 'answer', not the mapping "
            "{question: Why?, answer:}",
        ),
        (
            "cards: [{question: [Why?], answer: Yes}]",
            "'cards' must be a list of cards, each with 'question' and 'answer', not the mapping "
            "{question: …, answer: Yes}",
        ),
        ("tags: {a: b}", "'tags' must be text, not the mapping {a: b}"),
        ("draft: maybe", "'draft' must be true or false, not 'maybe'"),
        ("question_level: 9", "'question_level' must be a whole number from 1 to 6, not '9'"),
        (
            "deck: A::::B",
            "'deck' must be a deck's name, with text on either side of '::', not 'A::::B'",
        ),
        (
            "macros: x",
            "'macros' must be a mapping of names to TeX, or \\newcommand and its like, not 'x'",
        ),
        ("title: again", "'title' is given twice"),
        ("title: *it", "'title' is given twice"),
        ("categories: *it", "'categories' must be text, not '*it'"),
        (
            "labels: {answer: 3.}",
            "'labels.answer' must be a short text that is no mark of Markdown, such as 'Task' or"
            " '=>', not '3.'",
        ),
    ],
)
def test_a_wrong_value_is_reported_and_the_others_are_used(value: str, message: str) -> None:
    found, problem = bad_matter(
        f"---\ntitle: A\n{value}\n---" if "[" not in value else f"---\n\n{value}\n---"
    )

    assert (problem.code, problem.message) == (Code.BAD_FRONT_VALUE, message)
    assert problem.place.line == 3
    assert found == FrontMatter("" if "[" in value else "A", length=4)


def _nearly(key: str, meant: str) -> tuple[str, str]:
    return f"'{key}' is not a key that Cardwright knows", f"did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (
            "question: headings",
            "'question: headings' makes this file one card",
            "did you mean 'questions: headings'?",
        ),
        (
            "question: none",
            "'question: none' makes this file one card",
            "did you mean 'questions: none'?",
        ),
        (
            "subdeck: section",
            "'subdeck' is not a key that Cardwright knows",
            "did you mean 'subdecks'?",
        ),
        (
            "question-level: 2",
            "'question-level' is not a key that Cardwright knows",
            "did you mean 'question_level'?",
        ),
        ("qestions: table", *_nearly("qestions", "questions")),
        ("quesitons: [table]", *_nearly("quesitons", "questions")),
        ("Draft: true", *_nearly("Draft", "draft")),
        ("ignor: QA305", *_nearly("ignor", "ignore")),
        ("macro: {\\R: x}", *_nearly("macro", "macros")),
    ],
)
def test_a_key_that_is_nearly_right_is_suggested(line: str, message: str, hint: str) -> None:
    _, problem = bad_matter(f"---\ntitle: A\n{line}\n---")

    assert (problem.code, problem.message, problem.hint) == (Code.BAD_FRONT_VALUE, message, hint)
    assert problem.place.line == 3


@pytest.mark.parametrize(
    "lines",
    [
        "question: What is a leaf?",
        "question: table\nanswer: A thing with rows.",
        "question: [headings]",
        "subdeck: Plants",
        "subdeck: true",
        "question-level: hard",
        "tag: none",
        "titel: Blatt",
        "question_count: 5",
        "macro: true",
        "label: bug",
        "labels: bug",
        "labels: {team: docs}",
    ],
)
def test_keys_of_other_tools_are_theirs(lines: str) -> None:
    _, problems = read_front_matter(["---", *lines.split("\n"), "---"], "a.md")

    assert problems == ()


def test_a_dialect_that_is_nearly_right_is_suggested() -> None:
    _, problem = bad_matter("+++\n\nquestions = 'heading'\n+++")

    assert problem.hint == "did you mean 'headings'?"
    assert problem.place.line == 3


@pytest.mark.parametrize(
    "block",
    [
        "[" * 14_000,
        "- " * 14_000,
        "x = " + "[" * 14_000,
        "a." * 14_000 + "b = 1",
        "x = {" + "'a' . " * 4_000 + "b = 1}",
        "a = 0x" + "f" * 9_000,
    ],
)
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_deep_nesting_is_harmless(fence: str, block: str) -> None:
    found, _ = read_front_matter([fence, block, fence], "a.md")

    assert found.title == ""


@given(
    st.text(alphabet=st.sampled_from("title:=gsdrafqu-+.[]{}'\"#&*! \n\t\ud800é01"), max_size=80)
)
def test_no_block_breaks_the_reading(text: str) -> None:
    for fence in ("---", "+++"):
        lines = [fence, *text.split("\n"), fence, "text"]
        found, _ = read_front_matter(lines, "a.md")
        assert 0 <= found.length < len(lines)


@pytest.mark.parametrize(
    ("text", "front_matter"),
    [
        (
            "title:: Leaves and roots\ntags:: [[Green things]], tree\n---\n\n- What?\n",
            FrontMatter(title="Leaves and roots", tags=("Green things", "tree"), length=2),
        ),
        (
            "\n- alias:: leaf\n  tags:: #organ #[[plant part]]\n- What?\n",
            FrontMatter(tags=("organ", "plant part"), length=3),
        ),
        ("public::\nsource:: a book\n\nA leaf.\n", FrontMatter(length=2)),
        ("Leaf:: An organ.\nRoot:: It drinks.\n", FrontMatter()),
        ("Icon:: A small picture.\nTags:: Names of topics.\nTitle:: A name.\n", FrontMatter()),
        ("- source:: a book\n- title:: Leaves\n", FrontMatter()),
        ("A leaf.\ntitle:: Leaves\n", FrontMatter()),
        ("", FrontMatter()),
    ],
)
def test_properties_of_a_page_of_logseq_are_front_matter(
    text: str, front_matter: FrontMatter
) -> None:
    assert read_front_matter(text.splitlines(), "a.md") == (front_matter, ())
