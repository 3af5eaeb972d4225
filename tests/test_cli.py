"""The commands as a person types them: output and exit codes."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cardwright import __version__
from cardwright.cli import run
from cardwright.diagnostics import Code

GOOD = "## What is a leaf?\n\nAn organ.\n"
EMPTY = "## What is a leaf?\n\nAn organ.\n\n## What is a root?\n"

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "plants.md").write_text(EMPTY)
    return tmp_path


def test_build_takes_content_and_says_what_it_made(here: Path, capsys: Capture) -> None:
    assert run(["build"]) == 0

    printed = capsys.readouterr()
    name = here.name.lower().replace("_", "-").strip("-")
    counts = r"1 note \(1 new\), 1 card, 2 decks, 0 media files, \d+ KB"
    assert re.fullmatch(rf"build/{re.escape(name)}\.apkg: {counts}\n", printed.out)
    assert printed.err.splitlines() == [
        "content/plants.md:5:4: QA305 'What is a root?' has no answer, so it makes no card",
        "  hint: write an answer under it, or {skip} after the question to leave it out",
        "0 errors, 1 warning",
    ]


def test_strict_makes_an_error_of_a_warning_and_writes_nothing(here: Path, capsys: Capture) -> None:
    assert run(["build", "--strict"]) == 1
    assert capsys.readouterr().err.endswith("\n0 errors, 1 warning treated as an error\n")
    assert not (here / "build").exists()
    assert not (here / "content" / "deck.lock").exists()


def test_check_writes_nothing(here: Path, capsys: Capture) -> None:
    before = sorted(here.rglob("*"))

    assert run(["check"]) == 0
    assert run(["check", "--strict"]) == 1

    assert sorted(here.rglob("*")) == before
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("here")
def test_check_prints_for_programs(capsys: Capture) -> None:
    run(["check", "--format", "json"])
    (problem,) = json.loads(capsys.readouterr().out)
    assert (problem["path"], problem["line"], problem["code"]) == ("content/plants.md", 5, "QA305")

    run(["check", "--format", "github"])
    line = capsys.readouterr().out
    assert line.startswith("::warning file=content/plants.md,line=5,col=4,title=QA305::")

    run(["check", "--format", "sarif"])
    log = json.loads(capsys.readouterr().out)
    (result,) = log["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["ruleId"], region) == ("QA305", {"startLine": 5, "startColumn": 4})


def test_rule_explains_a_code_in_any_case(capsys: Capture) -> None:
    assert run(["rule", "qa305"]) == 0
    assert capsys.readouterr().out.startswith("# QA305: a question has no answer\n")


def test_rule_without_a_code_lists_them_all(capsys: Capture) -> None:
    assert run(["rule"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(Code)
    assert "QA305  warning  a question has no answer" in lines


def test_a_default_folder_that_is_not_there_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["build"]) == 2
    assert "there is no 'content' here; name a folder" in capsys.readouterr().err


def test_a_link_to_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").symlink_to("none.md")

    assert run(["build", "a.md"]) == 2

    assert "Error: 'a.md' is a link to nothing" in capsys.readouterr().err


def test_a_deck_in_the_current_folder_is_built_unless_another_is_named(
    here: Path, capsys: Capture
) -> None:
    (here / "deck.yml").write_text("deck: Plants\n")

    assert run(["build"]) == 0
    assert capsys.readouterr().out.startswith("build/plants.apkg: ")
    assert run(["check", "content"]) == 1
    assert "content: SR206" in capsys.readouterr().err
    (here / "content" / "deck.yml").write_text("deck: Flowers\n")
    assert run(["build"]) == 0
    assert capsys.readouterr().out.startswith("build/flowers.apkg: ")


def test_a_reworded_question_is_named(here: Path, capsys: Capture) -> None:
    run(["build"])
    (here / "content" / "plants.md").write_text(GOOD.replace("What is a leaf?", "What are leaves?"))
    capsys.readouterr()

    run(["build"])

    _, said, words = capsys.readouterr().out.splitlines()
    assert said == (
        "1 question was reworded and keeps its note; if it is a new question, write {new} at the "
        "end of it and build again"
    )
    assert words == "  'What is a leaf?' is now 'What are leaves?'"


def test_no_id_is_advised_where_a_question_became_a_cloze_note(here: Path, capsys: Capture) -> None:
    plants = here / "content" / "plants.md"
    plants.write_text("Q: Where is the root?\nA: Below.\n\nQ: What is a leaf?\nA: An organ.\n")
    run(["build"])
    plants.write_text("C: The root is [below].\n\nQ: What is a leaf?\nA: An organ.\n")
    capsys.readouterr()

    run(["build"])

    _, _, retired, named, said, _ = capsys.readouterr().out.splitlines()
    assert retired.startswith("  delete 1 retired note; in Browse, search ")
    assert named.startswith("    'Where is the root?' {#")
    assert said == (
        "    1 of these becomes a new note: Anki cannot turn a question into a cloze note or back"
    )


def test_a_long_reworded_question_is_shown_around_what_differs(here: Path, capsys: Capture) -> None:
    long = "What does a leaf of the common oak do with the light of the sun"
    plants = here / "content" / "plants.md"
    plants.write_text(f"## {long} in summer, when days are long and nights are short?\n\nSugar.\n")
    run(["build"])
    plants.write_text(f"## {long} in autumn, when days are long and nights are short?\n\nSugar.\n")
    capsys.readouterr()

    run(["build"])

    words = capsys.readouterr().out.splitlines()[2]
    assert words == (
        "  '…oak do with the light of the sun in summer, when days are …' is now "
        "'…oak do with the light of the sun in autumn, when days are …'"
    )


def test_a_retired_note_is_named_with_the_question_that_it_may_be_now(
    here: Path, capsys: Capture
) -> None:
    run(["build"])
    other = GOOD.replace("What is a leaf?\n\nAn organ.", "Which leaf is it?\n\nThis.")
    (here / "content" / "plants.md").write_text(other)
    capsys.readouterr()

    run(["build"])

    *_, named, perhaps, _ = capsys.readouterr().out.splitlines()
    claim = named.removeprefix("    'What is a leaf?' ")
    assert re.fullmatch(r"\{#[a-z0-9]{13}\}", claim)
    assert perhaps == (
        f"      perhaps now 'Which leaf is it?', content/plants.md:1: then write {claim} at the "
        "end of it and build again: it keeps its reviews"
    )


def test_a_fully_rewritten_question_can_claim_its_note(here: Path, capsys: Capture) -> None:
    run(["build"])
    other = "## Mycelium?\n\nThreads of a fungus.\n"
    (here / "content" / "plants.md").write_text(other)
    capsys.readouterr()

    run(["build"])
    _, _, retired, named, advice, _ = capsys.readouterr().out.splitlines()
    guid = re.search(r'"Id:(\w+)"', retired)
    assert guid is not None
    claim = f"{{#{guid[1]}}}"
    assert named == f"    'What is a leaf?' {claim}"
    words = f"    if a new question is this one in other words, write {claim} at the end of it"
    assert advice.startswith(words)
    claimed = other.replace("?", f"? {claim}", 1)
    (here / "content" / "plants.md").write_text(claimed)
    run(["build", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (said["notes"]["new"], said["notes"]["changed"], said["notes"]["retired"]) == (0, 1, 1)


@pytest.mark.parametrize(
    "words",
    [
        ["rule", "XX999"],
        ["build", "nowhere"],
        ["build", "--no-such-option"],
        ["check", "--format", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2(here: Path, words: list[str]) -> None:
    assert here.is_dir()
    assert run(words) == 2


def test_updating_images_without_the_network_is_wrong_usage(here: Path) -> None:
    assert run(["build", str(here), "--offline", "--update-images"]) == 2


def test_an_epoch_that_is_no_number_is_wrong_usage(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")

    assert run(["build"]) == 2
    assert not (here / "build").exists()


def test_a_bug_is_exit_code_3_with_a_traceback(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError(str(here))

    monkeypatch.setattr("cardwright.building.build_deck", broken)

    assert run(["build"]) == 3
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "please report it" in said


def test_a_file_that_the_system_refuses_is_no_bug(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def refused(self: Path, _content: bytes) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "write_bytes", refused)

    assert run(["init", "content"]) == 1
    said = capsys.readouterr().err
    assert said == f"cardwright: '{Path('content/deck.yml')}' cannot be used: permission denied\n"
    assert [path.name for path in (here / "content").iterdir()] == ["plants.md"]


@pytest.mark.usefixtures("here")
def test_a_full_disk_is_no_bug(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("cardwright.building.build_deck", full)

    assert run(["build"]) == 1
    assert capsys.readouterr().err == "cardwright: no space left on device\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["build", "-o", "x" * 300], 1),
        (["init", "file/notes"], 1),
        (["build", "--lock", "x" * 300], 1),
        (["build", "--lock", "loop"], 1),
        (["build", "--lock", ""], 2),
    ],
)
def test_a_path_that_cannot_be_is_no_bug(
    here: Path, capsys: Capture, words: list[str], code: int
) -> None:
    (here / "file").touch()
    (here / "loop").symlink_to("loop")

    assert run(words) == code

    assert "bug" not in capsys.readouterr().err


@pytest.mark.usefixtures("here")
def test_an_interruption_is_exit_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cardwright.building.build_deck", interrupted)

    assert run(["build"]) == 130


def test_locked_passes_only_when_the_lock_is_up_to_date(here: Path) -> None:
    assert run(["build", "--locked"]) == 1
    assert run(["build"]) == 0
    assert run(["build", "--locked"]) == 0
    (here / "content" / "plants.md").write_text(GOOD.replace("organ", "part"))
    assert run(["build", "--locked"]) == 1


@pytest.mark.parametrize("before", [b"\n", b"\r\n"])
def test_locked_does_not_mind_what_editors_do_to_a_text_file(here: Path, before: bytes) -> None:
    lock = here / "content" / "deck.lock"
    assert run(["build"]) == 0
    lock.write_bytes(b"\xef\xbb\xbf" + lock.read_bytes().replace(b"\n", before))

    assert run(["build", "--locked"]) == 0


@pytest.mark.parametrize("words", [["build"], ["build", "--json"], ["check", "--format", "json"]])
def test_a_terminal_that_lacks_letters_is_no_reason_to_fail(here: Path, words: list[str]) -> None:
    (here / "content" / "deck.yml").write_text("deck: 植物 é 🌱\n", "utf-8")
    (here / "content" / "plants.md").write_text("## 什么是叶 é 🌱？\n\n器官.\n\n## 根？\n", "utf-8")

    ran = subprocess.run(
        [sys.executable, "-m", "cardwright", *words],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )

    assert ran.returncode == 0
    if words != ["build"]:
        assert json.loads(ran.stdout)


def test_no_text_sends_control_codes_to_the_terminal(here: Path, capsys: Capture) -> None:
    (here / "content" / "plants.md").write_text(GOOD + "\n## Red \x1b[31m\x07?\n")

    assert run(["check"]) == 0
    assert run(["check", "--format", "github"]) == 0

    printed = capsys.readouterr()
    assert "'Red" in printed.err
    assert not {"\x1b", "\x07"} & {*printed.err, *printed.out}


@pytest.mark.parametrize(("empty", "has_table"), [(30, False), (31, True)])
def test_many_diagnostics_end_with_a_table(
    here: Path, capsys: Capture, empty: int, has_table: bool
) -> None:
    good = "".join(f"## What is root {number}?\n\nAn organ.\n\n" for number in range(empty))
    questions = "".join(f"\n## What is leaf {number}?\n" for number in range(empty - 1))
    (here / "content" / "plants.md").write_text(f"{good}![a](none.png)\n{questions}")

    assert run(["check"]) == 0

    lines = capsys.readouterr().err.splitlines()
    assert lines[-1] == f"0 errors, {empty} warnings"
    table = [line.split(maxsplit=2) for line in lines if line.startswith("     ")]
    assert [row[:2] for row in table] == [["30", "QA305"], ["1", "MD501"]] * has_table


def test_the_module_is_the_same_program() -> None:
    command = [sys.executable, "-m", "cardwright", "--version"]

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said == f"cardwright, version {__version__}\n"


def test_a_question_that_is_asked_again_is_reported(here: Path, capsys: Capture) -> None:
    plants = here / "content" / "plants.md"
    plants.write_text(GOOD + "\n## What is a root?\n\nA part.\n")
    assert run(["build"]) == 0
    plants.write_text(GOOD)
    assert run(["build"]) == 0
    plants.write_text(GOOD + "\n## What is a root?\n\nA part.\n")
    capsys.readouterr()

    assert run(["build"]) == 0

    said = capsys.readouterr().out.splitlines()[1]
    assert said.startswith("1 note asked again: cards that Anki still has keep their reviews")
    assert re.search(r'search "Id:[a-z0-9]{13}"$', said)


REVERSED = "## Xylem {reverse}\n\nIt carries water.\n"


def test_a_card_that_an_edit_leaves_empty_is_reported(here: Path, capsys: Capture) -> None:
    plants = here / "content" / "plants.md"
    plants.write_text(GOOD + "\n" + REVERSED)
    assert run(["build"]) == 0
    plants.write_text(GOOD + "\n" + REVERSED.replace(" {reverse}", ""))
    capsys.readouterr()

    assert run(["build"]) == 0

    _, _, said = capsys.readouterr().out.splitlines()
    assert said == "  remove 1 empty card: Tools > Empty Cards"
    assert run(["build", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["emptied_cards"] == 0


def test_cards_that_could_be_empty_are_reported_where_no_package_tells(
    here: Path, capsys: Capture
) -> None:
    plants = here / "content" / "plants.md"
    plants.write_text(GOOD + "\n" + REVERSED)
    assert run(["build", "-o", "elsewhere"]) == 0
    plants.write_text(GOOD + "\n" + REVERSED.replace("water", "sap"))
    assert run(["build", "-o", "again"]) == 0
    plants.write_text(GOOD.replace("An organ", "A part") + "\n" + REVERSED.replace("water", "sap"))
    capsys.readouterr()

    assert run(["build", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["emptied_cards"] is None

    plants.write_text(GOOD + "\n" + REVERSED.replace("water", "sap"))
    assert run(["build", "-o", "anew"]) == 0
    _, _, said = capsys.readouterr().out.splitlines()
    assert said == (
        "  look for empty cards: Tools > Empty Cards (whether a changed note has fewer cards is "
        "not known: there is no package in anew/)"
    )


def test_a_deck_with_another_name_is_to_be_renamed_before_the_import(
    here: Path, capsys: Capture
) -> None:
    (here / "content" / "deck.yml").write_text("deck: Plants\n")
    run(["build"])
    (here / "content" / "deck.yml").write_text("deck: Herbs\n")
    capsys.readouterr()

    run(["plan"])
    planned = capsys.readouterr().out
    run(["build"])

    before, after = "by hand in Anki, before the import", "by hand in Anki, after the import"
    words = "  rename the deck 'Plants' to 'Herbs': no card has to move then"
    assert f"{before}\n{words}\n\n{after}\n  move 1 note to 'Herbs::plants'" in planned
    assert capsys.readouterr().out.splitlines()[2:] == [
        "  before the import, rename the deck 'Plants' to 'Herbs': no card has to move then",
        "  or move 1 note after the import; 'cardwright plan' lists them",
        "  then run 'cardwright lock --delivered'; or let 'cardwright push' do all of this",
    ]


def test_json_has_the_searches_for_browse(here: Path, capsys: Capture) -> None:
    plants = here / "content" / "plants.md"
    plants.write_text(GOOD + "\n## What is a root?\n\nA part.\n")
    assert run(["build"]) == 0
    plants.write_text("# Herbs\n\n" + GOOD)
    capsys.readouterr()

    assert run(["build", "--json"]) == 0

    browse = json.loads(capsys.readouterr().out)["browse"]
    assert re.fullmatch('"Id:[a-z0-9]{13}"', browse["retired"])
    assert re.fullmatch('"Id:[a-z0-9]{13}"', browse["moved"])
    assert browse["returned"] == ""
