"""``cardwright init``: from nothing, in a folder of notes, in those of other tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cardwright.cli import cli, run

LEAF = "## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nIt drinks.\n"
LIST = "# Seeds\n\n- [[Leaves]]\n- [[Roots]]\n"
TERMS = "# Organs\n\n## Leaf\n\nIt makes sugar.\n\n## Root\n\nIt drinks.\n"
PROSE = "# Walk\n\nWe saw a heron and came home late.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_init_makes_a_deck_that_builds_without_a_warning(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / ".git").mkdir()
    assert run(["init"]) == 0
    assert "next: cardwright build\n" in capsys.readouterr().out
    assert run(["build", "--strict", "--json"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["notes"]["total"] == 5
    assert said["cards"] == 7
    assert said["media"] > 1
    assert (here / ".gitignore").read_text("utf-8") == "build/\n"


def test_a_second_init_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["init"])
    files = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    (here / "content" / "plants.md").unlink()
    capsys.readouterr()

    assert run(["init"]) == 0

    assert "deck.yml already exists and was not changed" in capsys.readouterr().out
    assert all(path.read_bytes() == text for path, text in files.items() if path.exists())


def test_notes_that_are_there_get_settings_for_what_they_are(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "botany", {
        "leaves.md": LEAF,
        "deep/roots.md": "Q: What drinks?\nA: The root.\n\nQ: What holds?\nA: The root too.\n",
        "README.md": PROSE,
        "walks/monday.md": PROSE,
        "walks/tuesday.md": PROSE,
        "deep/notes.md": PROSE,
        "lists/seeds.md": LIST,
    })  # fmt: skip

    assert run(["init", "botany"]) == 0

    printed = capsys.readouterr().out
    assert "found 4 questions in 2 files" in printed
    assert "next: cardwright build botany" in printed
    assert (here / "botany" / "deck.yml").read_text("utf-8") == (
        "# The settings of this deck. 'cardwright explain' shows how each file is read.\n"
        "deck: botany\n"
        "questions: auto  # found: headings, pairs\n"
        "exclude:  # no cards from these; delete a line to read its files\n"
        "  - /walks/\n"
        "ignore:  # no question yet, so no warning; one that you add becomes a card\n"
        "  - /lists/: [QA304]\n"
        "  - /README.md: [QA302]\n"
    )
    assert not (here / "botany" / "leaf.svg").exists()


def test_what_init_writes_is_read_by_a_build(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "Notes: 2026 #1", {"leaves.md": LEAF, "README.md": PROSE})

    run(["init", "Notes: 2026 #1"])
    capsys.readouterr()

    assert run(["build", "Notes: 2026 #1", "--strict", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["decks"] == [
        "Notes: 2026 #1",
        "Notes: 2026 #1::leaves",
    ]


def test_a_folder_with_a_few_cards_among_many_pages_warns_of_none(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = "We came home late.\n"
    pages = {f"pages/{number}.md": late for number in range(30)}
    write(here / "graph", {"pages/leaves.md": LEAF, "few/a.md": late, "few/b.md": LEAF, **pages})

    run(["init", "graph"])

    assert (here / "graph" / "deck.yml").read_text("utf-8").endswith("  - /pages/*.md: [QA302]\n")
    capsys.readouterr()
    assert run(["build", "graph"]) == 0
    assert capsys.readouterr().err.count("QA302") == 1


def test_a_pattern_of_init_matches_only_what_it_found(here: Path) -> None:
    write(here / "notes", {
        "#a [b]/walks.md": PROSE,
        "deep/#a [b]/x.md": LEAF,
        "deep/#a [b]/terms [*].md": TERMS,
        "deep/#a [b]/terms a.md": LEAF,
    })  # fmt: skip

    run(["init", "notes"])

    assert (
        (here / "notes" / "deck.yml")
        .read_text("utf-8")
        .endswith(
            "exclude:  # no cards from these; delete a line to read its files\n"
            '  - "/#a \\\\[b\\\\]/"\n'
        )
    )


def test_init_counts_the_cards_that_a_build_makes(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "notes", {"leaves.md": LEAF, "terms.md": TERMS, "other/readme.md": TERMS})

    run(["init", "notes"])

    printed = capsys.readouterr().out
    assert "found 2 questions in 1 file\n" in printed
    assert "found 2 terms in 1 file: headings that ask no question (QA318)\n" in printed
    assert run(["build", "notes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"]["total"] == 4


def test_a_vault_of_obsidian_keeps_its_folders(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "vault", {
        ".obsidian/app.json": '{"attachmentFolderPath": "files", "userIgnoreFilters": ["old/"]}',
        ".obsidian/templates.json": '{"folder": "Templates"}',
        ".obsidian/daily-notes.json": '{"folder": "/"}',
        "files/leaf.png": "",
        "old/a.md": LEAF,
        "Templates/card.md": LEAF,
        "leaves.md": LEAF,
    })  # fmt: skip

    run(["init", "vault"])

    settings = (here / "vault" / "deck.yml").read_text("utf-8")
    assert "delete a line to read its files\n  - old/\n  - /Templates/\n" in settings
    assert "images:\n  roots: [files]\n" in settings
    printed = capsys.readouterr().out
    assert "found 2 questions in 1 file\n" in printed
    assert (
        "from .obsidian: files to leave out, the folder of attachments, tags in the text" in printed
    )
    assert "inline_tags: true" in settings
    assert "markdown:\n  line_breaks: true" in settings


@pytest.mark.parametrize(
    ("files", "is_wanted"),
    [
        ({".obsidian/app.json": '{"strictLineBreaks": true}'}, False),
        ({".obsidian/app.json": '{"strictLineBreaks": false}'}, True),
        ({"logseq/config.edn": "{}"}, True),
        ({"../hugo.yaml": "markup: {goldmark: {renderer: {hardWraps: true}}}"}, True),
        ({"../hugo.yaml": "markup: {goldmark: {renderer: {unsafe: true}}}"}, False),
    ],
)
def test_line_ends_are_breaks_if_they_are_in_the_other_tool(
    here: Path, files: dict[str, str], is_wanted: bool
) -> None:
    write(here / "content", {"leaves.md": LEAF, **files})

    assert run(["init", "content"]) == 0

    settings = (here / "content" / "deck.yml").read_text("utf-8")
    assert ("markdown:\n  line_breaks: true" in settings) is is_wanted
    assert run(["check", "content"]) == 0


def test_a_graph_of_logseq_keeps_its_own_folder_out(here: Path) -> None:
    write(here / "graph", {
        "logseq/config.edn": "{}", "logseq/custom.md": LEAF, "pages/leaves.md": LEAF,
    })  # fmt: skip

    run(["init", "graph"])

    assert "  - /logseq/\n" in (here / "graph" / "deck.yml").read_text("utf-8")


def test_a_site_of_mkdocs_gives_its_extensions(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "site", {
        "mkdocs.yml": (
            "site_name: Plants\nmarkdown_extensions:\n  - admonition\n"
            "  - pymdownx.superfences: {preserve_tabs: true, custom_fences: [{name: mermaid}]}\n"
            "  - pymdownx.emoji: {emoji_index: !!python/name:os.system x}\n"
            "  - mine.own\n"
        ),
        "docs/faq.md": '??? question "What is a leaf?"\n\n    An organ.\n',
    })  # fmt: skip

    run(["init", "site/docs"])
    printed = capsys.readouterr().out

    settings = (here / "site" / "docs" / "deck.yml").read_text("utf-8")
    assert "  flavour: python-markdown\n  extensions:\n    - tables\n    - admonition\n" in settings
    assert "    - pymdownx.superfences: {preserve_tabs: true}\n" in settings
    assert "os.system" not in settings
    assert "not taken from mkdocs.yml: mine.own" in printed
    assert run(["build", "site/docs"]) == 0


@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        ("admonition", ["tables", "fenced_code", "admonition"]),
        ("markdown.extensions.tables, fenced_code", ["markdown.extensions.tables", "fenced_code"]),
        ("pymdownx.extra", ["pymdownx.extra"]),
        ("mine.own", []),
    ],
)
@pytest.mark.parametrize("form", ["[{}]", "{{{}}}"], ids=["list", "mapping"])
def test_extensions_that_mkdocs_always_loads_are_written_too(
    here: Path, listed: str, wanted: list[str], form: str
) -> None:
    write(here / "site", {
        "mkdocs.yml": f"markdown_extensions: {form.format(listed)}\n", "docs/leaves.md": LEAF,
    })  # fmt: skip

    assert run(["init", "site/docs"]) == 0

    settings = (here / "site" / "docs" / "deck.yml").read_text("utf-8")
    assert [line[6:] for line in settings.splitlines() if line.startswith("    - ")] == wanted


@pytest.mark.parametrize(
    "text", ["[", "[]", '{"attachmentFolderPath": "../.."}', "null", '{"a": 1']
)
def test_settings_of_another_tool_that_cannot_be_used_are_passed_over(
    here: Path, text: str
) -> None:
    write(here / "vault", {".obsidian/app.json": text, "leaves.md": LEAF})

    assert run(["init", "vault"]) == 0

    assert "roots" not in (here / "vault" / "deck.yml").read_text("utf-8")


def test_a_gitignore_that_is_there_stays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, {".git/HEAD": ""})
    (here / ".gitignore").write_bytes("*.log\nÄste\n".encode("latin-1"))

    assert run(["init"]) == 0

    assert (here / ".gitignore").read_bytes() == "*.log\nÄste\n".encode("latin-1")
    assert "add a line 'build/' to .gitignore" in capsys.readouterr().out


def test_init_asks_for_the_name_on_a_terminal(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "botany", {"leaves.md": LEAF})
    monkeypatch.setattr("cardwright.cli.init.is_interactive", lambda: True)

    CliRunner().invoke(cli, ["init", "botany"], input="Plants of home\n")

    assert "deck: Plants of home\n" in (here / "botany" / "deck.yml").read_text("utf-8")


def test_in_a_folder_of_notes_it_takes_that_folder(here: Path) -> None:
    write(here, {"leaves.md": LEAF})

    run(["init"])

    assert (here / "deck.yml").is_file()
    assert not (here / "content").exists()


def test_in_the_folder_of_a_deck_commands_need_no_path(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here, {"leaves.md": LEAF})
    run(["init"])

    assert run(["check"]) == 0
    assert run(["build"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("build/")


@pytest.mark.usefixtures("here")
def test_the_small_deck_is_called_like_its_folder(capsys: pytest.CaptureFixture[str]) -> None:
    run(["init", "botany"])
    capsys.readouterr()

    run(["build", "botany", "--json"])

    assert json.loads(capsys.readouterr().out)["decks"][0] == "botany"


def test_a_question_added_to_a_file_without_cards_becomes_a_card(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "vault", {
        ".obsidian/app.json": "{}", "Leaves.md": LEAF, "Index.md": LIST, "lists/seeds.md": LIST,
    })  # fmt: skip
    run(["init", "vault"])
    assert run(["build", "vault", "--strict"]) == 0
    write(here / "vault", {"Index.md": LEAF, "lists/seeds.md": LEAF})
    capsys.readouterr()

    run(["build", "vault", "--json"])

    assert json.loads(capsys.readouterr().out)["notes"]["total"] == 6


def test_in_notes_without_a_question_no_warning_is_hidden(here: Path) -> None:
    write(here / "notes", {"trees/oak.md": LIST, "trees/elm.md": LIST})

    run(["init", "notes"])

    assert "ignore:" not in (here / "notes" / "deck.yml").read_text("utf-8")
    assert run(["build", "notes", "--strict"]) == 1


def test_terms_are_left_out_and_files_beside_them_are_not(here: Path) -> None:
    write(here / "notes", {
        "leaves.md": LEAF, "work/week.md": PROSE, "work/plan.md": LIST, "log/week.md": PROSE,
    })  # fmt: skip

    run(["init", "notes"])

    settings = (here / "notes" / "deck.yml").read_text("utf-8")
    assert "files\n  - /log/\n  - /work/week.md\nignore:" in settings
    assert "  - /work/: [QA304]\n" in settings


@pytest.mark.parametrize("mark", [".obsidian/app.json", "logseq/config.edn"])
def test_in_a_vault_it_takes_the_vault(here: Path, mark: str) -> None:
    write(here, {mark: "{}", "Plants/leaves.md": LEAF})

    assert run(["init"]) == 0

    assert (here / "deck.yml").is_file()
    assert not (here / "content").exists()
    assert not (here / ".gitignore").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["my notes/a.md"], "Markdown is in my notes/: run 'cardwright init \"my notes\"'"),
        (
            ["git/a.md", "shell/deep/b.md"],
            "Markdown is in git/ and 1 other folder: run 'cardwright init .'",
        ),
    ],
)
def test_where_markdown_is_in_other_folders_it_asks_for_one(
    here: Path, capsys: pytest.CaptureFixture[str], files: list[str], said: str
) -> None:
    write(here, dict.fromkeys(files, LEAF))

    assert run(["init"]) == 2

    assert said in " ".join(capsys.readouterr().err.split())
    assert [*here.rglob("deck.yml")] == []


def test_what_belongs_to_programs_is_no_note(here: Path) -> None:
    write(here, dict.fromkeys(["node_modules/a.md", "env/pyvenv.cfg", "env/b.md", ".x/c.md"], LEAF))

    assert run(["init"]) == 0

    assert (here / "content" / "plants.md").is_file()


def test_without_a_path_a_build_names_the_deck_that_is_there(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here, {"vault/leaves.md": LEAF})
    run(["init", "vault"])

    assert run(["build"]) == 2

    said = " ".join(capsys.readouterr().err.split())
    assert "'vault' has a deck.yml: cardwright build vault" in said
