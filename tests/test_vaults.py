"""Vaults, sites and folders as people have them: ``init``, ``build`` and ``preview`` on each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.package.packed import read_package
from cardwright.package.packed_notes import Packed, PackedNote
from tests.test_init import write

OBSIDIAN = {
    ".obsidian/app.json": '{"attachmentFolderPath": "files", "userIgnoreFilters": ["/^x/"]}',
    ".obsidian/templates.json": '{"folder": "Templates"}',
    ".obsidian/daily-notes.json": '{"folder": "Daily"}',
    "Templates/card.md": "## What is {{title}}?\n\nNothing yet.\n",
    "Daily/2026-11-03.md": "## What did I do?\n\nSlept.\n",
    "2026-11-04.md": "## What did I eat?\n\nSoup.\n",
    "Plants/leaf.md": (
        "---\ntags: [plants/leaves]\n---\n#botany\n\n# Leaf\n\n"
        "## What is a leaf? #organ/green\n\nAn organ, #often flat. See #12.\n\n"
        "#exam #year-2\n\n## What colour is it?\n\n```\n#green\n```\n\n`#blue` is wrong.\n"
    ),
    "Plants/root.md": (
        "TARGET DECK: Below::Roots\nFILE TAGS: wood deep\n\nQ: What is a root?\nA: It drinks.\n"
    ),
    "Plants/review.md": "#flashcards/plants\n\nStem::It holds.\nBud::It opens. #spring\n",
}
LOGSEQ = {
    "logseq/config.edn": (
        '{:meta/version 1\n ;; :hidden ["/pages"]\n :hidden ["/archive" "bak"]\n'
        " :preferred-format :markdown}\n"
    ),
    "logseq/custom.md": "- What is hidden? #card\n\t- This.\n",
    "archive/old.md": "- What is old? #card\n\t- That.\n",
    "journals/2026_11_03.md": "- What is bark? #card #tree\n\t- The skin of a tree. #outside\n",
    "pages/plants.md": (
        "- What is a leaf? #card #botany\n  id:: 6123\n\t- An organ.\n"
        "- A {{cloze leaf}} makes {{cloze sugar}}.\n"
    ),
}
MKDOCS = {
    "mkdocs.yml": (
        "site_name: Garden guide\ndocs_dir: pages\nnav:\n  - Start: index.md\n  - Care:\n"
        "      - Watering: water.md\n      - soil.md\n  - Elsewhere: https://example.org\n"
        "markdown_extensions:\n  - admonition\n  - pymdownx.details\n  - pymdownx.superfences\n"
        "  - mdx_truly_sane_lists\n"
    ),
    "pages/index.md": "# Welcome\n\nA guide.\n",
    "pages/soil.md": '# Soil\n\n??? question "What is loam?"\n\n    Sand and clay.\n',
    "pages/water.md": '# On water\n\n??? question "When to water?"\n\n    At dawn.\n',
}
HUGO = {
    "hugo.toml": 'baseURL = "https://example.org"\ntitle = "Field notes"\n',
    "static/img/fern.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
    "content/ferns.md": (
        '+++\ntitle = "Ferns"\n+++\n\n## What is a fern?\n\nA plant with spores.\n\n'
        "## What does it look like?\n\n![fern](/img/fern.svg)\n"
    ),
    "content/later.md": "---\ndraft: true\n---\n\n## What comes later?\n\nThis.\n",
}
PLAIN = {
    "git/branches.md": (
        "# Branches\n\n**What is a branch?**\n\nA name.\n\n**What is HEAD?**\n\nA name.\n"
    ),
    "git/faq.txt": "no Markdown",
    "shell.md": "# Shell\n\nQ: ls\nA: It lists.\n\nQ: cd\nA: It goes.\n",
    "README.md": "# My notes\n\nSee below.\n",
    "work/meeting.md": "# Meeting 2026-11-03\n\nAnn and Bob.\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def begun(here: Path, files: Mapping[str, str], folder: str) -> dict[str, PackedNote]:
    """What a deck holds after ``init``, ``build --strict`` and ``preview --export``."""
    write(here / "site", dict(files))
    place = f"site/{folder}".rstrip("/")
    assert run(["init", place]) == 0
    assert run(["build", place, "--strict", "-o", "build/deck.apkg"]) == 0
    assert run(["preview", place, "--export", "shown"]) == 0
    return packed(here / "build" / "deck.apkg")


def packed(package: Path) -> dict[str, PackedNote]:
    """The notes of a package by their fronts, in the order of the source."""
    found = read_package(package)
    assert isinstance(found, Packed)
    return {note.field("Plain"): note for note in found.notes}


def test_a_vault_of_obsidian(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = begun(here, OBSIDIAN, "")

    assert {*cards} == {
        "What is a leaf?", "What colour is it?", "What is a root?", "Stem", "Bud",
    }  # fmt: skip
    leaf = cards["What is a leaf?"]
    assert leaf.deck == "site::Plants::Leaf"
    assert {*leaf.tags} == {
        "botany",
        "plants::leaves",
        "organ::green",
        "often",
        "exam",
        "year-2",
        "site::Plants::Leaf",
    }
    assert {*cards["What colour is it?"].tags} == {"botany", "plants::leaves", "site::Plants::Leaf"}
    assert cards["What is a root?"].deck == "site::Plants::Below::Roots"
    assert {*cards["What is a root?"].tags} >= {"wood", "deep"}
    assert {*cards["Bud"].tags} == {"spring", "site::Plants::review"}
    printed = capsys.readouterr().out
    assert "from .obsidian: files to leave out, tags in the text and line breaks\n" in printed
    shown = [path.read_bytes() for path in (here / "shown").rglob("*") if path.is_file()]
    assert any(b"What is a leaf?" in content for content in shown)


def test_a_graph_of_logseq(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = begun(here, LOGSEQ, "")

    assert {*cards} == {"What is a leaf?", "What is bark?", "A leaf makes sugar."}
    assert {*cards["What is bark?"].tags} >= {"tree", "outside"}
    assert {*cards["What is a leaf?"].tags} >= {"botany"}
    assert "from logseq/config.edn: files to leave out" in capsys.readouterr().out


def test_a_site_of_mkdocs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = begun(here, MKDOCS, "pages")

    assert [*cards] == ["When to water?", "What is loam?"]
    assert cards["When to water?"].deck == "Garden guide::Watering"
    assert cards["What is loam?"].deck == "Garden guide::Soil"
    printed = capsys.readouterr().out
    assert "from mkdocs.yml: the name 'Garden guide' and the order and the titles of 3 p" in printed
    assert "mdx_truly_sane_lists (it needs --trust and the package mdx-truly-sane-l" in printed


def test_a_site_of_hugo(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = begun(here, HUGO, "content")

    assert {*cards} == {"What is a fern?", "What does it look like?"}
    assert cards["What is a fern?"].deck == "Field notes::Ferns"
    assert "from hugo.toml: the name 'Field notes' and folders of images" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("site", "pages"), [(MKDOCS, "pages"), (HUGO, "content")], ids=["mkdocs", "hugo"]
)
def test_at_the_top_of_a_site_the_deck_is_the_folder_of_its_pages(
    here: Path, capsys: pytest.CaptureFixture[str], site: Mapping[str, str], pages: str
) -> None:
    write(here / "site", dict(site))

    run(["init", "site"])

    printed = capsys.readouterr().out
    assert f"site are in site/{pages}\n" in printed
    assert f"next: cardwright build site/{pages}\n" in printed
    assert (here / "site" / pages / "deck.yml").is_file()
    assert not (here / "site" / "deck.yml").exists()


def test_a_site_of_jekyll(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = PLAIN["git/branches.md"].replace("A name.", "The name $$x$$.")
    files = {
        "_config.yml": "title: Field notes\nexclude: [old, README.md, Gemfile, '*.tmp']\n",
        "_posts/2026-11-03-git.md": question,
        **{f"{folder}/a.md": question for folder in ("old", "_drafts", "vendor/bundle/gem")},
        "README.md": question,
    }

    cards = begun(here, files, "")

    assert {note.deck for note in cards.values()} == {"Field notes::_posts::Branches"}
    assert not any("katex-display" in note.field("Answer") for note in cards.values())
    assert len(cards) == 2
    printed = capsys.readouterr().out
    assert "from _config.yml: the name 'Field notes' and files to leave out\n" in printed


def test_a_site_of_docusaurus_leaves_out_its_older_versions(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = PLAIN["git/branches.md"]
    files = {
        "docusaurus.config.ts": 'const config = {\n  title: "Field notes",\n};\n',
        "docs/git.md": question,
        "versioned_docs/version-1/git.md": question,
    }

    cards = begun(here, files, "")

    assert {note.deck for note in cards.values()} == {"Field notes::docs::Branches"}
    assert "the name 'Field notes' and older versions to leave out" in capsys.readouterr().out


DRAWN = (
    "## What does it look like?\n\n![fern](/img/fern.svg)\n\n![fern](@site/static/img/fern.svg)\n"
)


@pytest.mark.parametrize(
    ("start", "site", "roots"),
    [
        ("site", "", "[static]"),
        ("site/docs", "", '["../static", ".."]'),
        ("site", "web/app/", "[web/app/static, web/app]"),
    ],
)
def test_images_of_docusaurus_are_found(here: Path, start: str, site: str, roots: str) -> None:
    write(here / "site", {
        f"{site}docusaurus.config.ts": "export default {}",
        f"{site}static/img/fern.svg": HUGO["static/img/fern.svg"],
        "docs/ferns.md": DRAWN,
    })  # fmt: skip

    run(["init", start])

    assert f"roots: {roots}\n" in (here / start / "deck.yml").read_text("utf-8")
    assert run(["check", start, "--strict"]) == 0


@pytest.mark.parametrize("place", ["../outside", "/", "..", "link"])
def test_no_site_leads_init_out_of_its_folder(here: Path, place: str) -> None:
    write(here, {"outside/a.md": "## What is it?\n\nThis.\n", "site/b.md": "# B\n"})
    write(here / "site", {"mkdocs.yml": f"docs_dir: {place}\n"})
    (here / "site" / "link").symlink_to(here / "outside", target_is_directory=True)

    run(["init", "site"])

    assert (here / "site" / "deck.yml").is_file()
    assert not (here / "outside" / "deck.yml").exists()


def test_a_plain_folder(here: Path) -> None:
    cards = begun(here, PLAIN, "")

    assert {*cards} == {"What is a branch?", "What is HEAD?", "ls", "cd"}
    assert cards["ls"].deck == "site::Shell"
    assert cards["What is HEAD?"].deck == "site::git::Branches"


def test_a_part_of_a_vault_takes_what_the_vault_says_of_it(here: Path) -> None:
    write(here / "vault", {
        ".obsidian/templates.json": '{"folder": "Work/Templates"}',
        ".obsidian/daily-notes.json": '{"folder": "Daily"}',
        "Work/Templates/card.md": "## What is {{title}}?\n\nNothing.\n",
        "Work/leaf.md": "## What is a leaf? #green\n\nAn organ.\n",
    })  # fmt: skip

    run(["init", "vault/Work"])

    settings = (here / "vault" / "Work" / "deck.yml").read_text("utf-8")
    assert (
        "exclude:  # no cards from these; delete a line to read its files\n  - /Templates/\n"
        in settings
    )
    assert "Daily" not in settings
    assert "inline_tags: true" in settings


def test_a_name_that_is_too_long_for_the_system_names_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "a" * 400
    site = {
        "mkdocs.yml": f"site_name: a\ndocs_dir: {long}\nnav: [{long}.md]\n",
        "leaf.md": "## What is a leaf?\n\nAn organ.\n",
    }
    write(tmp_path, site)
    monkeypatch.chdir(tmp_path)

    assert run(["init", "."]) == 0
    (tmp_path / "deck.yml").write_text(f"deck: Plants\nnav: [{long}.md]\n")

    assert run(["check", "."]) == 0
    assert "SR208 'nav' names" in capsys.readouterr().err
