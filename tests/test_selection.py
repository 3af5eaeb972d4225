"""What a deck leaves out, and what it does not want to hear of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cardwright.cli import run

LEAF = "## What is a leaf?\n\nAn organ.\n"
ROOT = "## What is a root?\n\nIt drinks.\n"
EMPTY = "## What is a stem?\n\n## What is a leaf?\n\nAn organ.\n"


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "garden"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def built(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object], str]:
    """Exit code, what ``--json`` prints, and the diagnostics as a person sees them."""
    code = run(["build", ".", "-o", "../build", "--json", *words])
    printed = capsys.readouterr()
    said = json.loads(printed.out)
    lines = [f"{d['path']}:{d['line']} {d['code']} {d['message']}" for d in said["diagnostics"]]
    return code, said, "\n".join(lines)


def notes(said: dict[str, object]) -> int:
    counts = said["notes"]
    assert isinstance(counts, dict)
    return int(counts["total"])


def test_excluded_files_and_folders_are_not_read(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, deck_yml="exclude: [drafts/, '*.tmp.md', '!keep.tmp.md']\n", a_md=LEAF)
    write(garden, drafts__b_md=ROOT, c_tmp_md=ROOT, keep_tmp_md=ROOT)
    (garden / "drafts" / "bad.md").write_bytes(b"\xff")

    code, said, diagnostics = built(capsys)

    assert (code, notes(said), diagnostics) == (0, 2, "")


def test_only_included_files_are_read(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(garden, deck_yml="include: cards/**\nexclude: cards/old.md\n")
    write(garden, a_md=LEAF, cards__b_md=ROOT, cards__old_md=LEAF, cards__deep__c_md=LEAF)

    _, said, _ = built(capsys)

    assert notes(said) == 2


def test_patterns_that_leave_nothing_are_named(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, deck_yml="include: cards/\n", a_md=LEAF)

    code, _, diagnostics = built(capsys)

    assert code == 1
    assert "SR203 'include' and 'exclude' leave no Markdown file" in diagnostics


def test_an_invalid_pattern_is_reported_with_its_line(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, deck_yml="deck: Garden\nexclude: '!'\n", a_md=LEAF)

    code, _, diagnostics = built(capsys)

    assert code == 1
    assert diagnostics == "deck.yml:2 CF103 '!' in 'exclude' is not a pattern"


def test_only_notes_with_a_required_tag_are_used(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, deck_yml="require_tag: '#card'\n")
    write(garden, a_md="## What is a leaf? {.card}\n\nAn organ.\n\n" + ROOT)
    write(garden, b_md="---\ntags: [Card/hard]\n---\n\n" + ROOT)
    write(garden, c_md="## What is a stem?\n")

    code, said, diagnostics = built(capsys)

    assert (code, notes(said), diagnostics) == (0, 2, "")


def test_a_tag_that_no_note_has_is_named(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(garden, deck_yml="require_tag: exam\n", a_md=LEAF)

    code, _, diagnostics = built(capsys)

    assert code == 1
    assert diagnostics.endswith(
        "QA301 there is no question with an answer and a tag of 'require_tag'"
    )


def test_an_ignored_warning_is_neither_printed_nor_counted(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, a_md=EMPTY)
    assert "QA305" in built(capsys)[2]
    write(garden, deck_yml="ignore: QA305\n")

    code, _, diagnostics = built(capsys, "--strict")

    assert (code, diagnostics) == (0, "")


def test_a_warning_is_ignored_where_a_pattern_says(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, deck_yml="ignore:\n  - old/: [QA305, QA318]\n", a_md=EMPTY, old__b_md=EMPTY)

    diagnostics = built(capsys)[2]

    assert "a.md:1 QA305" in diagnostics
    assert "old/b.md" not in diagnostics


def test_front_matter_ignores_for_its_own_file(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, a_md=f"---\nignore: [qa305]\n---\n\n{EMPTY}", b_md=EMPTY)

    diagnostics = built(capsys)[2]

    assert [line for line in diagnostics.splitlines() if "QA305" in line] == [
        "b.md:1 QA305 'What is a stem?' has no answer, so it makes no card"
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("QA350", "'QA350' is not the code of a diagnostic"),
        ("[QA309]", "QA309 is an error, and only warnings can be ignored"),
        ("[[QA305]]", "'ignore' must be"),
    ],
)
def test_what_cannot_be_ignored_is_reported(
    garden: Path, capsys: pytest.CaptureFixture[str], value: str, message: str
) -> None:
    write(garden, deck_yml=f"ignore: {value}\n", a_md=LEAF)

    code, _, diagnostics = built(capsys)

    assert code == 1
    assert message in diagnostics


def test_check_and_explain_ignore_what_a_build_ignores(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, deck_yml="ignore: QA305\n", a_md=EMPTY)

    assert run(["check", ".", "--strict"]) == 0
    run(["explain", "."])

    assert capsys.readouterr().err == (
        "0 errors, 0 warnings\nwhile reading: 0 errors, 0 warnings\n"
    )


def test_the_package_has_the_name_that_the_settings_give(garden: Path) -> None:
    write(garden, deck_yml="deck: Garden\noutput: plants 1.apkg\n", a_md=LEAF)

    run(["build", ".", "-o", "../build"])

    assert (garden.parent / "build" / "plants 1.apkg").is_file()


@pytest.mark.parametrize("name", ["../x.apkg", "a/b.apkg", "C:x.apkg", ".apkg", "x.zip", ".x.apkg"])
def test_the_package_stays_in_its_folder(
    garden: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write(garden, deck_yml=f"output: '{name}'\n", a_md=LEAF)

    code, _, diagnostics = built(capsys)

    assert code == 1
    assert "'output' must be a file name such as plants.apkg" in diagnostics


def test_the_command_line_names_the_file_of_the_package(garden: Path) -> None:
    write(garden, deck_yml="output: plants.apkg\n", a_md=LEAF)

    assert run(["build", ".", "-o", "../out/mine.apkg"]) == 0

    packages = list(garden.parent.rglob("*.apkg"))
    assert packages == [garden.parent / "out" / "mine.apkg"]


def test_the_package_of_a_renamed_deck_does_not_stay_behind(garden: Path) -> None:
    output = garden.parent / "build"
    write(garden, deck_yml="deck: Garden\n", a_md=LEAF)
    run(["build", ".", "-o", "../build"])
    (output / "other.apkg").write_bytes(b"not ours")
    write(garden, deck_yml="deck: Park\n")

    run(["build", ".", "-o", "../build"])

    assert {path.name for path in output.glob("*.apkg")} == {"park.apkg", "other.apkg"}


def test_a_package_of_that_name_of_another_project_stays(garden: Path) -> None:
    output = garden.parent / "build"
    write(garden, deck_yml="deck: Garden\n", a_md=LEAF)
    run(["build", ".", "-o", "../build"])
    (output / "garden.apkg").write_bytes(b"somebody else's")
    write(garden, deck_yml="deck: Park\n")

    run(["build", ".", "-o", "../build"])

    assert (output / "garden.apkg").read_bytes() == b"somebody else's"


def test_a_renamed_deck_still_knows_what_it_packed_before(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, deck_yml="deck: Garden\n", a_md="## What is a leaf? {reverse}\n\nAn organ.\n")
    run(["build", ".", "-o", "../build"])
    write(garden, deck_yml="deck: Park\n", a_md=LEAF)
    capsys.readouterr()

    _, said, _ = built(capsys)

    assert said["emptied_cards"] == 1


def test_a_setting_of_a_folder_applies_to_its_files(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(garden, deck_yml="deck: Garden\n", a_md=EMPTY)
    write(garden, old__deck_yml="tags: [old]\nignore: QA305\n", old__b_md=EMPTY)
    write(garden, old__older__deck_yml="tags: [older]\nquestions: none\n")
    write(garden, old__older__c_md=LEAF, old__older__d_md=f"---\nquestions: headings\n---\n{ROOT}")

    code, said, diagnostics = built(capsys)

    assert (code, notes(said)) == (0, 3)
    assert [line.split()[0] for line in diagnostics.splitlines()] == ["a.md:1"]
    lock = (garden / "deck.lock").read_text("utf-8")
    assert '"file": "old/older/d.md"' in lock
    assert '"file": "old/older/c.md"' not in lock


def test_the_front_matter_of_a_file_wins_over_its_folder(garden: Path) -> None:
    write(garden, deck_yml="deck: Garden\n", sub__deck_yml="question_level: 3\n")
    write(garden, sub__a_md=f"---\nquestion_level: 2\n---\n{LEAF}\n### Parts\n\nVeins.\n")

    assert run(["build", ".", "-o", "../build"]) == 0

    assert '"front": "What is a leaf?"' in (garden / "deck.lock").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "code"), [("tags: [a", "CF101"), ("tags: {a: b}", "CF103"), ("- a", "CF103")]
)
def test_an_error_in_the_settings_of_a_folder_stops_the_build(
    garden: Path, capsys: pytest.CaptureFixture[str], text: str, code: str
) -> None:
    write(garden, deck_yml="deck: Garden\n", sub__deck_yml=text, sub__a_md=LEAF)

    status, _, diagnostics = built(capsys)

    assert status == 1
    assert f"sub/deck.yml:1 {code}" in diagnostics


@pytest.mark.parametrize("command", ["explain", "check"])
@pytest.mark.parametrize(
    ("settings", "text", "reason"),
    [
        ("exclude: [old/, /b.md]", ROOT, "'exclude: /b.md' in deck.yml"),
        ("include: a.md", ROOT, "'include' in deck.yml"),
        ("deck: Garden", f"---\ndraft: true\n---\n{ROOT}", "'draft' in its front matter"),
    ],
)
def test_a_file_that_is_left_out_says_why(
    garden: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    settings: str,
    text: str,
    reason: str,
) -> None:
    write(garden, deck_yml=settings, a_md=LEAF, b_md=text)

    assert run([command, "b.md"]) == 1

    printed = capsys.readouterr()
    assert f"b.md: SR203 left out by {reason}" in printed.out + printed.err
