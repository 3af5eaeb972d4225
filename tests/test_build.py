"""The whole line: content in, package and lock out."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardwright.building import Built, build_deck
from cardwright.cli import run
from cardwright.diagnostics import Code
from cardwright.disk.lockfile import read_lock
from cardwright.identify import Changes
from cardwright.notetypes.katex import katex_version
from cardwright.pipeline import Options
from tests.notes import bytes_of
from tests.spec_files import examples

PLANTS = """\
# Plants

## What is a leaf?

An organ that makes $C_6H_{12}O_6$.

![a leaf](leaf.svg)

## What is a root? {.soil}

The part in the soil.
"""
LEAF = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>\n'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A deck of two topics with an image and settings."""
    folder = tmp_path / "garden"
    (folder / "wild").mkdir(parents=True)
    (folder / "deck.yml").write_text("deck: Garden\ntags: [green]\ndescription: About < plants\n")
    (folder / "plants.md").write_text(PLANTS)
    (folder / "leaf.svg").write_text(LEAF)
    (folder / "wild" / "fungi.md").write_text("# Fungi\n\n## Spore {#spore reverse}\n\nA seed.\n")
    return folder


def build(path: Path, *, now: int = 1_800_000_000, strict: bool = False) -> Built:
    return build_deck(path, path.parent / "build", Options(now, is_strict=strict))


def test_a_folder_becomes_a_package_and_a_lock(content: Path) -> None:
    built = build(content, strict=True)

    assert built.diagnostics == ()
    assert built.package == content.parent / "build" / "garden.apkg"
    assert sha256(built.package.read_bytes()).hexdigest() == built.digest
    decks = {deck.name: deck.description for deck in built.assembly.decks}
    assert decks == {
        "Garden": "About &lt; plants",
        "Garden::Plants": "",
        "Garden::wild::Fungi": "",
    }
    identified = built.assembly.identified
    assert identified is not None
    assert [(note.plain, note.tags) for note in identified.notes] == [
        ("What is a leaf?", ("green", "Garden::Plants")),
        ("What is a root?", ("green", "soil", "Garden::Plants")),
        ("Spore", ("green", "Garden::wild::Fungi")),
    ]
    assert '<span class="katex">' in identified.notes[0].back
    lock, problems = read_lock(content / "deck.lock")
    assert lock == identified.lock
    assert problems == ()
    assert (content / ".gitattributes").read_text() == "*.lock merge=union\n"


def test_git_merges_other_locks_as_before(content: Path) -> None:
    (content / "poetry.lock").write_text("[[package]]\n")
    (content / ".gitattributes").write_text("*.png binary")

    build(content)
    (content / "deck.lock").unlink()
    build(content)

    rules = (content / ".gitattributes").read_text()
    assert rules == "*.png binary\ndeck.lock merge=union\n"


def test_nothing_changes_when_nothing_changed(content: Path) -> None:
    first = build(content)
    lock = (content / "deck.lock").read_bytes()

    again = build(content, now=1_900_000_000)

    assert again.digest == first.digest
    assert (content / "deck.lock").read_bytes() == lock
    assert again.assembly.identified is not None
    assert len(again.assembly.identified.changes.unchanged) == 3


@pytest.mark.slow
def test_the_same_bytes_in_another_folder_at_another_time_with_another_hash_seed(
    content: Path, tmp_path: Path
) -> None:
    packages = []
    for number, seed in enumerate(("1", "77")):
        home = tmp_path / f"somewhere{number}" / ("x" * number * 40 + "y")
        shutil.copytree(content, home / "garden")
        for path in sorted((home / "garden").rglob("*")):
            os.utime(path, (number * 10**8, number * 10**8))
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "SOURCE_DATE_EPOCH": "1800000000",
            "TZ": ("UTC", "Asia/Tokyo")[number],
        }
        command = [sys.executable, "-m", "cardwright", "build", "garden"]
        subprocess.run(command, cwd=home, env=environment, check=True, capture_output=True)
        packages.append((home / "build" / "garden.apkg").read_bytes())
        packages.append((home / "garden" / "deck.lock").read_bytes())

    assert packages[:2] == packages[2:]


def test_a_lost_package_is_written_again_byte_for_byte(content: Path) -> None:
    first = build(content)
    assert first.package is not None
    first.package.unlink()

    again = build(content, now=1_900_000_000)

    assert again.package is not None
    assert again.digest == first.digest


def test_guids_without_a_lock_are_those_of_the_first_build(content: Path) -> None:
    first = build(content)
    (content / "deck.lock").unlink()

    again = build(content, now=1_900_000_000)

    assert first.assembly.identified is not None
    assert again.assembly.identified is not None
    assert [note.guid for note in first.assembly.identified.notes] == [
        note.guid for note in again.assembly.identified.notes
    ]


@pytest.mark.parametrize("answer", ["1914.", "$$x$$", "![](leaf.png)", "&amp;"])
def test_a_short_answer_is_shown(tmp_path: Path, answer: str) -> None:
    (tmp_path / "plants").mkdir()
    (tmp_path / "plants" / "a.md").write_text(f"## What is a leaf?\n\n{answer}\n")

    built = build_deck(tmp_path / "plants", tmp_path / "build", Options(1_700_000_000))

    assert built.assembly.identified is not None
    assert [note.plain for note in built.assembly.identified.notes] == ["What is a leaf?"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- What is a leaf?\n  id:: 6123\n\t- id:: 6124\n- What drinks?\n\t- A root.\n", "QA305"),
        (
            '## What is a leaf?\n\n{% include a.html to="b" %}\n{% endfor %}\n\n'
            "## What drinks?\n\nA root.\n",
            "QA305",
        ),
        ("## What is a leaf?\n\n<div><wbr></div>\n\n## What drinks?\n\nA root.\n", "QA305"),
        ("## {% leaf %}\n\nAn organ.\n\n## What drinks?\n\nA root.\n", "QA311"),
    ],
)
def test_a_question_that_shows_nothing_makes_no_card(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "plants").mkdir()
    (tmp_path / "plants" / "a.md").write_text(text)

    built = build_deck(tmp_path / "plants", tmp_path / "build", Options(1_700_000_000))

    assert built.assembly.identified is not None
    assert [note.plain for note in built.assembly.identified.notes] == ["What drinks?"]
    assert code in [problem.code.code for problem in built.diagnostics]
    again = build_deck(tmp_path / "plants", tmp_path / "build", Options(1_700_000_000))
    assert again.diagnostics == built.diagnostics


def test_a_deck_without_a_card_says_why(tmp_path: Path) -> None:
    block = "((63ba7047-d03a-4029-8daf-5787e7eabe4f))"
    (tmp_path / "a.md").write_text(f"## What is a leaf?\n\n- {block}\n")

    built = build_deck(tmp_path / "a.md", tmp_path / "build", Options(1_700_000_000))

    codes = {problem.code.code for problem in built.diagnostics}
    assert codes == {"QA301", "QA305", "RN407"}


def test_a_changed_answer_is_the_only_change(content: Path) -> None:
    build(content)
    (content / "plants.md").write_text(PLANTS.replace("in the soil", "under the ground"))

    built = build(content, now=1_900_000_000)

    assert built.assembly.identified is not None
    changes = built.assembly.identified.changes
    assert (len(changes.new), len(changes.changed), len(changes.unchanged)) == (0, 1, 2)
    assert [note.mod for note in built.assembly.identified.notes] == [
        1_800_000_000,
        1_900_000_000,
        1_800_000_000,
    ]


def test_an_image_that_changed_under_its_name_is_a_change(content: Path) -> None:
    build(content)
    (content / "leaf.svg").write_text(LEAF.replace("h9v9", "h8v8"))

    built = build(content, now=1_900_000_000)

    assert built.assembly.identified is not None
    assert len(built.assembly.identified.changes.changed) == 1


def test_an_image_that_becomes_a_copy_of_another_is_a_change(content: Path) -> None:
    (content / "root.svg").write_text(LEAF.replace("h9", "h7"))
    (content / "plants.md").write_text("## What are they?\n\n![](leaf.svg) ![](root.svg)\n")
    build(content)
    shutil.copy(content / "leaf.svg", content / "root.svg")

    built = build(content, now=1_900_000_000)

    assert built.assembly.identified is not None
    assert len(built.assembly.identified.changes.changed) == 1


@pytest.mark.parametrize(
    "tex",
    [r"\href{javascript:f()}{x}", r"\style{background:url(https://example.org/x)}{x}",
     r"\class{cw-missing}{x}", r"\cssId{qa}{x}", r"\data{a=b}{x}", r"\require{html}x"],
)  # fmt: skip
def test_a_formula_with_an_untrusted_command_is_shown_as_source(content: Path, tex: str) -> None:
    (content / "plants.md").write_text(f"## What is it?\n\nThis: ${tex}$ or\n\n$$\n{tex}\n$$\n")

    built = build(content)

    assert [d.code for d in built.diagnostics] == [Code.REFUSED_FORMULA] * 2
    assert built.assembly.identified is not None
    back = built.assembly.identified.notes[0].back
    assert "\\(" not in back
    assert "\\[" not in back
    assert back.count('<code class="cw-tex">') == 2


def test_the_choice_of_how_to_read_a_file_is_kept(content: Path) -> None:
    build(content)
    more = "### Why is it green?\n\nChlorophyll.\n\n" * 4
    (content / "plants.md").write_text(PLANTS.replace("## What is a root?", f"{more}## Root"))

    built = build(content)

    lock = built.assembly.identified.lock if built.assembly.identified else None
    assert lock is not None
    assert [choice.question_level for choice in lock.files] == [2, 2]


FLAT = "# Plants\n\n## What is a leaf?\n\nAn organ.\n\n## What is a `root`?\n\nIt drinks.\n\n"
FLAT += "## What is a stem?\n\nIt is between.\n"
MARKED_ANEW = {
    "a level lower, in sections": FLAT.replace("## ", "### ")
    .replace("# Plants\n\n", "# Plants\n\n## Above\n\n")
    .replace("### What is a `root`?", "## Below\n\n### What is a root?"),
    "as bold lines in sections": re.sub("## (.*)", r"**\1**", FLAT)
    .replace("# Plants\n\n", "# Plants\n\n## Above\n\n")
    .replace("**What is a stem?**", "## Between\n\n**What is a stem?**"),
}
BOLD = FLAT.replace("An organ.", "An organ.\n\n**Is a needle one?**\n\nYes.")


def test_a_known_question_keeps_its_note_when_the_others_become_headings(tmp_path: Path) -> None:
    (tmp_path / "garden").mkdir()
    file = tmp_path / "garden" / "plants.md"
    file.write_text(re.sub("## (.*)", r"**\1**", BOLD))
    first = build(tmp_path / "garden").assembly.identified
    file.write_text(BOLD)

    second = build(tmp_path / "garden").assembly.identified

    assert first is not None
    assert second is not None
    assert "Is a needle one?" in [note.plain for note in second.notes]
    assert [note.guid for note in second.notes] == [note.guid for note in first.notes]


@pytest.mark.parametrize("after", MARKED_ANEW.values(), ids=MARKED_ANEW.keys())
def test_the_kept_choice_changes_if_the_same_questions_get_another_mark(
    tmp_path: Path, after: str
) -> None:
    (tmp_path / "garden").mkdir()
    file = tmp_path / "garden" / "plants.md"
    file.write_text(FLAT)
    first = build(tmp_path / "garden").assembly.identified
    file.write_text(after)

    second = build(tmp_path / "garden").assembly.identified

    assert first is not None
    assert second is not None
    assert [note.guid for note in second.notes] == [note.guid for note in first.notes]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_another_editors_form_of_the_same_text_is_no_change(
    tmp_path: Path, form: Literal["NFC", "NFD"], line_end: str
) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    text = "# Thé\n\n## Forêt\n\n### Qu'est-ce que le thé ? {#thé}\n\nUn café.\n"
    (folder / "a.md").write_text(text)
    build(folder)

    other = unicodedata.normalize(form, text).replace("\n", line_end)
    (folder / "a.md").write_bytes(b"\xef\xbb\xbf" + other.encode())
    lock = (folder / "deck.lock").read_bytes()
    build(folder, now=1_900_000_000)

    assert (folder / "deck.lock").read_bytes() == lock


SECTION = "## {name}\n\n### What is a {name}?\n\nAn organ.\n\n### Why a {name}?\n\nIt helps.\n\n"


@pytest.mark.parametrize("settings", ["", "questions: headings\nquestion_level: 3\n"])
def test_the_subdecks_of_a_file_are_kept_with_a_warning(tmp_path: Path, settings: str) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "deck.yml").write_text(settings)
    leaf, root = SECTION.format(name="leaf"), SECTION.format(name="root")
    (folder / "plants.md").write_text("# Plants\n\n" + leaf)
    assert decks(build(folder)) == ["garden", "garden::Plants"]

    (folder / "plants.md").write_text("# Plants\n\n" + leaf + root)
    kept = build(folder)
    (folder / "plants.md").write_text("---\nsubdecks: section\n---\n# Plants\n\n" + leaf + root)
    told = build(folder)

    assert [problem.code for problem in kept.diagnostics] == [Code.DIALECT_KEPT]
    assert decks(kept) == ["garden", "garden::Plants"]
    assert told.diagnostics == ()
    assert decks(told) == ["garden", "garden::Plants::leaf", "garden::Plants::root"]


def test_a_choice_made_by_settings_is_dropped_with_the_settings(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    text = "# Plants\n\n" + SECTION.format(name="leaf") + SECTION.format(name="root")
    (folder / "plants.md").write_text(text)
    (folder / "deck.yml").write_text("subdecks: none\n")
    assert decks(build(folder)) == ["garden"]

    (folder / "deck.yml").unlink()
    built = build(folder)

    assert built.diagnostics == ()
    assert decks(built) == ["garden", "garden::Plants::leaf", "garden::Plants::root"]


def decks(built: Built) -> list[str]:
    return [str(deck.name) for deck in built.assembly.decks]


def test_a_read_only_folder_has_no_lock_and_under_strict_no_package(content: Path) -> None:
    content.chmod(0o555)
    try:
        refused = build(content, strict=True)
        assert not (content.parent / "build").exists()
        built = build(content)
    finally:
        content.chmod(0o755)

    assert [problem.code for problem in refused.diagnostics] == [Code.NO_LOCK_WRITTEN]
    assert refused.package is None
    assert [problem.code for problem in built.diagnostics] == [Code.NO_LOCK_WRITTEN]
    assert built.package is not None
    assert not (content / "deck.lock").exists()


def test_nothing_is_written_if_gitattributes_cannot_be(content: Path) -> None:
    (content / ".gitattributes").mkdir()

    built = build(content)

    assert [problem.code for problem in built.diagnostics] == [Code.CANNOT_WRITE]
    assert built.diagnostics[0].place.path.endswith("/.gitattributes")
    assert "-o" not in built.diagnostics[0].hint
    assert not (content / "deck.lock").exists()
    assert list((content.parent / "build").iterdir()) == []


def test_a_project_that_differs_from_the_lock_is_reported(content: Path) -> None:
    build(content)
    (content / "deck.yml").write_text("deck: Garden\nproject: mine\ntags: [green]\n")

    built = build(content)

    assert [problem.code for problem in built.diagnostics] == [Code.PROJECT_KEPT]
    assert built.assembly.identified is not None
    assert len(built.assembly.identified.changes.unchanged) == 3


def test_a_folder_of_a_deck_is_not_built_alone_unless_its_settings_name_a_deck(
    content: Path,
) -> None:
    fungi = content / "wild" / "fungi.md"
    text = fungi.read_text()
    fungi.write_text(f"{text}\n![A spore](/nowhere.png)\n")
    refused = build(content / "wild")
    fungi.write_text(text)
    (content / "wild" / "deck.yml").write_text("tags: [wild]\n")  # settings of a folder
    with_settings = build(content / "wild")
    (content / "wild" / "deck.yml").write_text("deck: Wild\n")
    named = build(content / "wild")
    (content / "wild" / "deck.yml").unlink()

    assert [problem.code for problem in refused.diagnostics] == [Code.INSIDE_A_DECK]
    assert refused.diagnostics[0].place.path == (content / "wild").as_posix()
    assert refused.diagnostics[0].hint == (
        f"build the folder: cardwright build {content}; or write 'deck: NAME' in"
        f" '{content / 'wild' / 'deck.yml'}' to make a deck of this folder"
    )
    assert [problem.code for problem in with_settings.diagnostics] == [Code.INSIDE_A_DECK]
    assert named.diagnostics == ()
    assert build(content / "wild").diagnostics == (), "it has a lock of its own"


def test_a_clone_in_a_folder_with_another_name_makes_the_same_deck(tmp_path: Path) -> None:
    garden, clone = tmp_path / "garden", tmp_path / "garden-main"
    garden.mkdir()
    (garden / "plants.md").write_text("# Plants\n\n## What is a leaf?\n\nAn organ.\n")
    build(garden)
    garden.rename(clone)
    lock = (clone / "deck.lock").read_text()

    built = build(clone, now=1_900_000_000)

    assert built.package == tmp_path / "build" / "garden.apkg"
    assert (clone / "deck.lock").read_text() == lock
    (clone / "deck.yml").write_text("deck: Park\n")
    assert build(clone, now=1_900_000_000).assembly.root == "Park"


def test_a_single_file_is_the_root_deck(tmp_path: Path) -> None:
    path = tmp_path / "plants.md"
    path.write_text(PLANTS)

    built = build_deck(path, tmp_path / "out", Options(now=1))

    assert [deck.name for deck in built.assembly.decks] == ["Plants"]
    assert (tmp_path / "plants.lock").exists()
    assert [d.code for d in built.diagnostics] == [Code.IMAGE_MISSING]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deck.yml", "deck: [\n"),
        ("deck.yml", "tags: {a: b}\n"),
        ("plants.md", "## Leaf {#a}\n\nAn organ.\n\n## Root {#a}\n\nThe rest.\n"),
        ("deck.lock", "no lock\n"),
    ],
)
def test_with_an_error_nothing_is_written(content: Path, name: str, text: str) -> None:
    first = build(content)
    assert first.package is not None
    kept = {path: path.read_bytes() for path in (first.package, content / "deck.lock")}
    (content / name).write_text(text)
    kept[content / name] = text.encode()

    built = build(content, now=1_900_000_000)

    assert built.package is None
    assert {path: path.read_bytes() for path in kept} == kept


@pytest.mark.parametrize("target", ["none.png", "../../outside.png"])
def test_strict_refuses_what_would_otherwise_be_a_placeholder(content: Path, target: str) -> None:
    (content.parent.parent / "outside.png").write_bytes(b"\x89PNG\r\n\x1a\nsecret")
    (content / "plants.md").write_text(f"## What is a leaf?\n\nThis: ![a leaf]({target})\n")

    strict = build(content, strict=True)
    lenient = build(content)

    assert strict.package is None
    assert lenient.package is not None
    with zipfile.ZipFile(lenient.package) as archive:
        assert b"secret" not in b"".join(archive.read(name) for name in archive.namelist())
    assert lenient.assembly.identified is not None
    assert "cw-missing" in lenient.assembly.identified.notes[0].back


def test_an_unwritable_output_folder_leaves_the_lock_unchanged(content: Path) -> None:
    (content.parent / "build").write_text("a file in the way\n")

    built = build(content)

    assert built.package is None
    assert [d.code for d in built.diagnostics] == [Code.CANNOT_WRITE]
    assert not (content / "deck.lock").exists()


def test_a_lock_that_cannot_be_written_leaves_the_package_alone(content: Path) -> None:
    (content / "deck.lock").mkdir()

    built = build(content)

    assert built.package is None
    assert not (content.parent / "build" / "garden.apkg").exists()


def test_json_says_what_was_built(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(content.parent)

    status = run(["build", "garden", "--json"])

    printed = capsys.readouterr()
    said = json.loads(printed.out)
    assert status == 0
    assert printed.err == ""
    assert said["package"]["path"] == "build/garden.apkg"
    assert said["package"]["bytes"] == (content.parent / "build/garden.apkg").stat().st_size
    assert said["notes"] == {
        "total": 3, "new": 3, "changed": 0, "moved": 0, "unchanged": 0, "retired": 0,
    }  # fmt: skip
    assert (said["cards"], said["media"]) == (4, 21)
    assert said["decks"] == ["Garden", "Garden::Plants", "Garden::wild::Fungi"]
    assert said["diagnostics"] == []


def test_json_says_what_is_wrong(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(content.parent)
    (content / "deck.yml").write_text("decks: Garden\n")

    status = run(["build", "garden", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert status == 1
    assert said["package"] is None
    assert said["diagnostics"] == [
        {
            "path": "garden/deck.yml",
            "line": 1,
            "column": 1,
            "code": "CF102",
            "severity": "error",
            "message": "'decks' is not a key of the settings",
            "hint": "did you mean 'deck'?",
        }
    ]


@pytest.mark.parametrize("key", ["mod", "born"])
def test_a_time_at_its_end_makes_no_lock_that_cannot_be_read(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    monkeypatch.chdir(content.parent)
    run(["build", "garden"])
    lock = content / "deck.lock"
    latest = 10**11 - 1 if key == "mod" else 10**14 - 1
    lock.write_text(re.sub(rf'"{key}": \d+', f'"{key}": {latest}', lock.read_text()))
    before = lock.read_bytes()
    plants = (content / "plants.md").read_text().replace("## What is a leaf?", "## Leaves?")
    (content / "plants.md").write_text(plants + "\n## What is bark?\n\nThe outside.\n")
    capsys.readouterr()

    assert run(["build", "garden"]) == 1

    printed = capsys.readouterr().err
    assert f"garden/deck.lock: LK601 '{key}' would be a time after the year 5138" in printed
    assert lock.read_bytes() == before


def test_retired_and_moved_notes_are_named_with_a_search(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(content.parent)
    run(["build", "garden"])
    capsys.readouterr()
    (content / "plants.md").write_text(PLANTS.partition("## What is a root?")[0])
    (content / "deck.yml").write_text("deck: Garden\ntags: [green]\nsubdecks: folder\n")

    run(["build", "garden"])

    first, *rest = capsys.readouterr().out.splitlines()
    assert "2 notes" in first
    assert "1 retired" in first
    assert re.fullmatch(r"    'What is a root\?' \{#[a-z0-9]{13}\}", rest[2])
    assert [line.partition(' "Id:')[0] for line in rest] == [
        "only if you imported an earlier build, do this in Anki:",
        "  delete 1 retired note; in Browse, search",
        rest[2],
        "  move 1 note to 'Garden' (Cards > Change Deck); in Browse, search",
        "  move 1 note to 'Garden::wild' (Cards > Change Deck); in Browse, search",
        "  delete the deck 'Garden::wild::Fungi', if nothing else is in there",
        "  then run 'cardwright lock --delivered garden'; "
        "or let 'cardwright push garden' do all of this",
    ]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(), flavour=st.sampled_from(["commonmark", "python-markdown"]))
def test_any_text_builds_or_is_refused_in_words(tmp_path: Path, text: str, flavour: str) -> None:
    _build_text(tmp_path, text, flavour)


_TRAPS = st.sampled_from(
    [
        "## What is it?", "- ### 1. What?", "$$", "$x$", "\\(", "\\[", "```", "~~~", "> ", ">",
        "---",
        "===", "- ", "1. ", "    ", "\t", "|a|b|", "|-|-|", "<details>", "</details>", "<summary>",
        "<!--", "-->", "![a](b)", "[a]: b", "[^1]", "[^1]: x", "{#id}", "{{< x >}}", "{{c1::x}}",
        "\\begin{align}", "&#0;", "<script>", "==x==", "> [!hint]", "[sound:x]", "\u202e", "\ufeff",
        "+++", "title: a", "x::y", "#", "*", "_", "`", "\\", "$", "<", "a" * 50,
    ]
)  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    parts=st.lists(
        st.tuples(_TRAPS, st.sampled_from(["\n", "\n\n", " ", "", "\r\n"])), max_size=30
    ),
    flavour=st.sampled_from(["commonmark", "python-markdown"]),
)
def test_any_mixture_of_traps_builds_or_is_refused_in_words(
    tmp_path: Path, parts: list[tuple[str, str]], flavour: str
) -> None:
    text = "## What is this?\n\nIt is\n" + "".join(part + gap for part, gap in parts)

    _build_text(tmp_path, text, flavour)


def _build_text(folder: Path, text: str, flavour: str) -> None:
    content = folder / "garden"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir()
    (content / "deck.yml").write_text(f"markdown: {{flavour: {flavour}}}\n")
    (content / "a.md").write_bytes(text.encode("utf-8", "surrogatepass"))

    built = build(content)

    if built.package is None:
        assert any(diagnostic.is_error for diagnostic in built.diagnostics)
    else:
        assert built.assembly.identified is not None
        assert all("<script" not in note.back for note in built.assembly.identified.notes)


def _media_of(built: Built) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bytes_of(built))) as archive:
        names: dict[str, str] = json.loads(archive.read("media"))
        return {name: archive.read(number) for number, name in names.items()}


def _style_of(built: Built) -> str:
    with zipfile.ZipFile(io.BytesIO(bytes_of(built))) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
        (models,) = database.execute("select models from col").fetchone()
        style: str = next(iter(json.loads(models).values()))["css"]
        return style


def test_a_deck_without_a_formula_carries_nothing_of_katex(content: Path) -> None:
    (content / "plants.md").write_text("## What is a leaf?\n\nAn organ, for $5.\n")

    built = build(content)

    assert not any("katex" in name for name in _media_of(built))
    assert "KaTeX" not in _style_of(built)
    assert "katex.css" not in _style_of(built)
    assert "katex" not in (content / "deck.lock").read_text()


def test_what_was_shipped_of_katex_stays(content: Path) -> None:
    first = build(content)
    (content / "plants.md").write_text(PLANTS.replace("$C_6H_{12}O_6$", "sugar"))

    second = build(content, now=1_900_000_000)

    assert f'"katex": "{katex_version()}"' in (content / "deck.lock").read_text()
    katex = {name for name in _media_of(first) if "katex" in name}
    assert {name for name in _media_of(second) if "katex" in name} == katex
    assert _style_of(second) == _style_of(first)
    stamps = [built.assembly.identified.lock.notetypes for built in (first, second)]  # type: ignore[union-attr]
    assert stamps[0] == stamps[1]


def test_the_first_formula_changes_the_note_types(content: Path) -> None:
    (content / "plants.md").write_text(PLANTS.replace("$C_6H_{12}O_6$", "sugar"))
    build(content)
    (content / "plants.md").write_text(PLANTS)

    built = build(content, now=1_900_000_000)

    assert built.assembly.identified is not None
    assert [stamp.mod for stamp in built.assembly.identified.lock.notetypes] == [1_900_000_000]


def test_every_font_that_the_style_names_is_in_the_package(content: Path) -> None:
    built = build(content)

    media = _media_of(built)
    style = _style_of(built) + "".join(
        text.decode() for name, text in media.items() if name.endswith(".css")
    )
    named = set(re.findall(r"url\(\"?([^\")]+)", style))
    assert len([name for name in named if name.endswith(".woff2")]) == 20
    assert named <= set(media)
    assert all(name.startswith(f"_cw-katex-{katex_version()}") for name in named)


def test_mathjax_needs_nothing_of_katex(content: Path) -> None:
    (content / "deck.yml").write_text("deck: Garden\nmath: {output: mathjax}\n")

    built = build(content)

    assert not any("katex" in name for name in _media_of(built))
    assert built.assembly.identified is not None
    assert r"\(C_6H_{12}O_6\)" in built.assembly.identified.notes[0].back


@pytest.mark.parametrize("number", ["", "1. "])
def test_a_renamed_file_is_read_as_it_was(tmp_path: Path, number: str) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    leaf, root = "## {0}Leaf\n\nFlat.\n\n", "## {0}Root\n\nIt drinks.\n\n"
    first = leaf + root
    asked = "".join(f"### What is part {n}?\n\nIt is {n}.\n\n" for n in range(6))
    second = f"{leaf}{asked}{root}{asked.replace('part', 'bit')}"
    (folder / "plants.md").write_text(first.format(""))
    build(folder)
    (folder / "plants.md").write_text(second.format(""))
    before = build(folder)

    (folder / "plants.md").unlink()
    (folder / "1-plants.md").write_text(second.format(number))
    renamed = build(folder)

    assert renamed.assembly.identified is not None
    assert before.assembly.identified is not None
    assert renamed.assembly.identified.changes.retired == ()
    assert renamed.assembly.identified.changes.new == ()
    assert len(renamed.assembly.identified.notes) == 2


@pytest.mark.parametrize(
    "form",
    ["{} :: It is {}.", "### {} #card\n\nIt is {}.", "{} {{{{c1::{}}}}}"],
    ids=["::", "#card", "cloze"],
)
def test_files_that_exchange_their_names_are_read_as_they_were(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    parts = [form.format(f"What is the {part}?", part) for part in ("leaf", "root", "stem", "bark")]
    headings = "".join(
        f"## What is made of {n}?\n\nIt is {n}.\n\n" for n in ("wood", "cork", "sap")
    )
    sections = "# Tree\n\n## Outside\n\n{}\n\n{}\n\n## Inside\n\n{}\n\n{}\n".format(*parts)
    (folder / "a.md").write_text(headings)
    (folder / "b.md").write_text(sections)
    before = build(folder)

    (folder / "a.md").write_text(sections)
    (folder / "b.md").write_text(headings)
    exchanged = build(folder)

    assert before.assembly.identified is not None
    assert exchanged.assembly.identified is not None
    assert len(before.assembly.identified.notes) == 7
    assert exchanged.assembly.identified.changes.new == ()
    assert exchanged.assembly.identified.changes.retired == ()


GLOSSARY = """# Plants

- [Bark](#bark)
- [Stem](#stem)

{0} Bark

It covers a tree.

{0} Leaf

It catches light.

"""
SECOND = """{0} Root

It drinks.

{0} Stem

It carries the leaf.

"""


def changes_of(built: Built) -> Changes:
    assert built.assembly.identified is not None
    return built.assembly.identified.changes


ASKED = "## What is soil?\n\nEarth.\n\n## What is rain?\n\nWater.\n\n"


def test_a_part_of_a_file_that_moved_to_a_new_one_keeps_its_notes(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "plants.md").write_text((GLOSSARY + SECOND).format("###"))
    assert len(changes_of(build(folder)).new) == 4

    (folder / "plants.md").write_text(GLOSSARY.format("###"))
    (folder / "more.md").write_text(ASKED + SECOND.format("###"))
    built = build(folder)

    assert changes_of(built).retired == ()
    assert Code.DIALECT_KEPT in {each.code for each in built.diagnostics}


def test_a_question_that_moved_to_another_level_of_another_file_keeps_its_note(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "plants.md").write_text((GLOSSARY + SECOND).format("###"))
    (folder / "ground.md").write_text(ASKED)
    assert len(changes_of(build(folder)).new) == 6

    (folder / "plants.md").write_text((GLOSSARY + SECOND.partition("{0} Stem")[0]).format("###"))
    (folder / "ground.md").write_text(ASKED + "### Stem\n\nIt carries the leaf.\n")
    changes = changes_of(build(folder))

    assert (changes.new, changes.retired) == ((), ())


def test_a_question_that_was_deleted_moved_to_no_article_with_the_same_heading(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    asked = "## What is a leaf?\n\nAn organ.\n\n## Why is it green?\n\nLight.\n\n"
    (folder / "leaf.md").write_text(f"{asked}## How to use it\n\nEat it.\n")
    titles = ("Introduction", "Parts", "How to use it")
    for name in ("spade", "knife", "rake"):
        rows = [f"## {n}. {title}\n\nIt is the {name}.\n\n" for n, title in enumerate(titles, 1)]
        (folder / f"{name}.md").write_text("".join(rows))
    assert len(changes_of(build(folder)).new) == 3

    (folder / "leaf.md").write_text(asked)
    changes = changes_of(build(folder))

    assert (changes.new, changes.moved, len(changes.retired)) == ((), (), 1)


def test_headings_of_a_lock_stay_questions_one_level_up(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    tools = "{0} Tools\n\n{0}# Spades\n\n- For clay\n\n{0}# Knives\n\n- For vines\n\n"
    (folder / "notes.md").write_text("# Garden\n\n" + tools.format("##"))
    assert len(changes_of(build(folder)).new) == 2

    others = "".join(f"# Part {n} of a bed\n\n- near house {n}\n- soil\n\n" for n in range(20))
    (folder / "notes.md").write_text(tools.format("#") + others)
    changes = changes_of(build(folder))

    assert (changes.new, changes.retired) == ((), ())


def test_a_title_that_was_a_question_stays_one_over_new_headings(tmp_path: Path) -> None:
    text = "# Pruning\n\nA tree stays healthy if you cut some of its branches. "
    text += "There are many ways to cut them, and each gardener has his own.\n\n"
    text += "Cut hard, but keep the shape of the tree. A few rules help you to find it again.\n\n"
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "trees.md").write_text(text)
    assert len(changes_of(build(folder)).new) == 1

    rules = "## Prefer saws to axes\n\nThey cut where you want it.\n\n"
    rules += "## Write down your cuts first\n\nDraw the tree, and look at the drawing often.\n"
    (folder / "trees.md").write_text(text + rules)
    built = build(folder)

    assert changes_of(built).retired == ()
    assert len(changes_of(built).new) == 2
    assert built.assembly.identified is not None
    assert not any("saws" in note.back for note in built.assembly.identified.notes)


def test_a_folder_that_moved_is_read_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    (folder / "old").mkdir(parents=True)
    terms = "".join(f"## Twig {n}\n\nIt is {n}.\n\n" for n in range(4))
    sketch = (
        "## Sketch\n\nIt is drawn again each time a page opens. It also puts the date there.\n\n"
    )
    (folder / "old" / "routes.md").write_text(f"# Routes\n\n## What's this?\n\nA path.\n\n{terms}")
    (folder / "old" / "view.md").write_text(f"# Views\n\n{sketch}## Creator\n\nIt is first.\n")
    assert len(changes_of(build(folder)).new) == 7
    more = "- What's this?\n  - A drawing\n- Use\n  - It is fast\n\n### Maker\n\n## Pattern\n"
    (folder / "old" / "view.md").write_text(f"# Views\n\n## Template\n\n{sketch}{more}")
    before = changes_of(build(folder))
    assert (before.new, len(before.retired)) == ((), 1)

    (folder / "old").rename(folder / "lessons")
    changes = changes_of(build(folder))

    assert (changes.new, changes.retired) == ((), ())


@pytest.mark.parametrize(
    "watering",
    [
        "Q: Watering\n- in the morning, when the root drinks\n- at noon, in the sun\n\nA: Early.\n",
        '## <a name="the-water-can"></a> Watering\n\nBy can.\n\n## What digs?\n\nA spade.\n\n'
        "## What cuts?\n\nA knife.\n",
    ],
    ids=["over several lines", "behind an anchor"],
)
def test_a_front_that_is_still_in_its_file_moved_to_no_other(tmp_path: Path, watering: str) -> None:
    """Another file has a heading of the same words, which is no question."""
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "a.md").write_text(watering)
    long = "A garden needs care all the year, and nobody learns it from a page. " * 8
    sections = "".join(f"## {name}\n\n{long}\n\n" for name in ("Watering", "Digging", "Sun"))
    (folder / "care.md").write_text(f"# Care\n\n{sections}")
    assert build(folder).assembly.identified is not None

    assert changes_of(build(folder)).new == ()


PARTS = ("Bark of old trees", "Leaf and its blade", "Root of a young tree", "Stem of a flower")


def test_a_file_is_split_although_its_table_of_contents_names_all_questions(
    tmp_path: Path,
) -> None:
    contents = "".join(f"- [{part}](#{part.replace(' ', '-').lower()})\n" for part in PARTS)
    terms = [f"### {part}\n\nIt is number {n}.\n\n" for n, part in enumerate(PARTS)]
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "plants.md").write_text(f"# Plants\n\n{contents}\n{''.join(terms)}")
    assert len(changes_of(build(folder)).new) == 4

    (folder / "plants.md").write_text(f"# Plants\n\n{contents}\n{''.join(terms[:2])}")
    (folder / "more.md").write_text(ASKED + "".join(terms[2:]))

    assert changes_of(build(folder)).retired == ()


def test_a_question_that_stays_in_a_split_file_is_not_taken_for_a_part_that_moved(
    tmp_path: Path,
) -> None:
    terms = [f"### {name}\n\nIt is {name}.\n\n" for name in ("Bark", "Sample", "Root", "Stem")]
    terms[3] += "#### Sample\n\nA thin one.\n"
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "plants.md").write_text("# Plants\n\n" + "".join(terms))
    assert len(changes_of(build(folder)).new) == 4

    (folder / "plants.md").write_text("# Plants\n\n" + "".join(terms[:2]))
    (folder / "more.md").write_text("# Further plants\n\n" + "".join(terms[2:]))
    changes = changes_of(build(folder))

    assert (changes.new, changes.retired) == ((), ())


@pytest.mark.slow
def test_a_second_build_of_all_examples_makes_no_new_note(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    for number, example in enumerate(examples("outline")):
        (folder / f"{number}.md").write_text(example.markdown)
    assert len(changes_of(build(folder)).new) > 1000

    changes = changes_of(build(folder))

    assert (changes.new, changes.changed, changes.moved, changes.retired) == ((), (), (), ())


def test_a_title_that_a_file_without_cards_has_too_stays_with_its_deck(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "a.md").write_text("# Trees\n\n## What is bark?\n\nA skin.\n")
    (folder / "b.md").write_text("# Trees\n\n## What is pith?\n\n")
    first = build(folder).assembly.identified
    unchanged = changes_of(build(folder))
    (folder / "b.md").write_text("# Trees\n\n## What is pith?\n\nThe core.\n")
    third = build(folder).assembly.identified

    assert (len(unchanged.unchanged), unchanged.moved, unchanged.changed) == (1, (), ())
    assert first is not None
    assert third is not None
    assert [note.deck for note in first.notes] == ["garden::Trees"]
    assert [note.deck for note in third.notes] == ["garden::Trees", "garden::b"]


def test_a_new_file_with_the_titles_of_others_is_read_for_itself(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "plants.md").write_text((GLOSSARY + SECOND).format("###"))
    build(folder)

    news = "# Leaf\n\nA paper.\n\n## Root\n\nNo news.\n\nNone.\n\n### Stem\n\nOld news.\n"
    (folder / "news.md").write_text(news)
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "news.md").write_text(news)

    beside = fronts_of(build(folder))

    assert [front for path, front in beside if path == "news.md"] == ["Root"]
    assert fronts_of(build(tmp_path / "alone")) == [("news.md", "Root")]


def fronts_of(built: Built) -> list[tuple[str, str]]:
    assert built.assembly.identified is not None
    return [(entry.file, entry.front) for entry in built.assembly.identified.lock.entries]
