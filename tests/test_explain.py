"""What ``explain`` says of a file, and that it leaves nothing out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from cardwright.cli import run
from cardwright.config import Config
from cardwright.diagnostics import Code
from cardwright.dialects import Choice
from cardwright.explain import Explanation, explain, explain_path
from cardwright.explain.report import explanation_object, explanation_rows
from cardwright.model import SourceFile
from cardwright.parse import ParsedFile, parse
from cardwright.source.frontmatter import read_front_matter

PLANTS = """\
---
title: Plants
---

Words before.

## Leaves

### What is a leaf?

An organ.

**Is it green?**

Yes.

### What is a stalk?

TODO

### What is a vein? {skip}

A vessel.

## References

1. A book.
"""


def read(markdown: str) -> tuple[ParsedFile, Explanation]:
    lines = tuple(markdown.rstrip("\n").split("\n"))
    front_matter, _ = read_front_matter(lines, "plants.md")
    file, problems = parse(SourceFile("plants.md", lines, front_matter), Config())
    return file, explain(file, problems, "plants.md")


def shown(explanation: Explanation) -> list[str]:
    return ["".join(text for text, _ in row).rstrip() for row in explanation_rows(explanation)]


def test_a_file_is_explained_in_eighty_columns() -> None:
    assert shown(read(PLANTS)[1]) == [
        "plants.md",
        "  read as headings of level 3: 3 questions, 1 note",
        "",
        "  dialect                 found asking answered",
        "* headings 3                  3      3        2  most questions with an answer",
        "  headings 2                  1      0        1  none asks",
        "  bold                        1      1        1  in the answers of 'headings 3'",
        "",
        "  line  outline",
        "     7  § Leaves",
        "        known by a heading:",
        "     9    What is a leaf?                                             11-15 next",
        "    17    What is a stalk?                                   QA306 a placeholder",
        "    21    What is a vein?                                   left out with {skip}",
        "    25  § References",
        "        next: the next question begins",
        "",
        "  line  other shapes, left out",
        "        1 heading of level 2; around questions",
        "     7    Leaves",
        "        'questions: headings' and 'question_level: 2' include it",
        "        1 bold line; inside other answers",
        "    13    Is it green?",
        "        'questions: [bold, headings]' and 'question_level: 3' include it",
        "",
        " lines  left out",
        "   1-3  front matter: ---",
        "     5  Words before.",
        " 25-27  section: ## References",
        "        3 lines on no card",
    ]


def test_a_file_of_a_decks_folder_is_explained_with_its_settings_and_lock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deck.yml").write_text("questions: headings\nquestion_level: 2\n", "utf-8")
    (tmp_path / "leaves.md").write_text("## Leaf\n\n### Why?\n\nLight.\n", "utf-8")
    (tmp_path / "roots.md").write_text("## Root\n\nThe rest.\n", "utf-8")

    (explanation,), _ = explain_path(tmp_path / "leaves.md", None, lambda *_: None)

    assert explanation.path == (tmp_path / "leaves.md").as_posix()
    assert [entry.text for entry in explanation.entries] == ["Leaf"]
    assert run(["explain", str(tmp_path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [file["questions"] for file in printed["files"]] == [1, 1]
    assert printed["files"][0]["outline"] == [
        {"kind": "question", "line": 1, "depth": 0, "text": "Leaf",
         "answer": {"start": 3, "end": 5}, "hint": None, "cards": "card", "reason": "", "code": "",
         "rule": "a heading", "ending": "the file ends"}
    ]  # fmt: skip
    assert printed["files"][0]["compared"][0] == {
        "dialect": "headings", "level": 2, "questions": 1, "asking": 0, "answered": 1,
        "chosen": True, "why": "the settings say so",
    }  # fmt: skip


def test_a_file_of_a_decks_folder_is_named_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deck.yml").write_text("deck: Plants\n", "utf-8")
    (tmp_path / "leaves.md").write_text("## What is a leaf?\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    run(["explain", "leaves.md"])

    assert capsys.readouterr().err.startswith("leaves.md: QA303")


def test_what_was_chosen_before_and_why_nothing_was_found_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plants.md"
    file.write_text("Plants grow.\n", "utf-8")

    assert run(["explain", str(file)]) == 0

    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        file.as_posix(), "  no question was found", "", " lines  left out",
        "     1  Plants grow.", "        1 line on no card",
    ]  # fmt: skip
    assert "QA302" in printed.err


def test_a_choice_that_the_lock_keeps_is_not_blamed_on_a_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plants.md"
    terms = "## Leaf\n\nAn organ.\n\n## Root\n\nThe rest.\n"
    file.write_text(terms, "utf-8")
    assert run(["build", str(file), "-o", str(tmp_path / "build")]) == 0
    file.write_text(
        terms.replace("organ.", "organ.\n\n### Why is it flat?\n\nFor light.\n\n### What is green?")
        .replace("The rest.", "### Why is it long?\n\nFor water.\n\n### Where is it?\n\nBelow.")
        .replace("green?\n", "green?\n\nChlorophyll.\n"),
        "utf-8",
    )
    capsys.readouterr()

    (explanation,), problems = explain_path(file, None, lambda *_: None)

    assert [problem.code for problem in problems] == [Code.DIALECT_KEPT]
    chosen, *others = explanation.reading.verdicts
    assert chosen.words == (
        "the lock keeps it, until 'questions' and 'question_level' in the file say otherwise"
    )
    assert {verdict.words for verdict in others} == {"the lock keeps another choice"}
    file.write_text(
        f"---\nquestions: headings\nquestion_level: 3\n---\n{file.read_text()}", "utf-8"
    )
    (explanation,), problems = explain_path(file, None, lambda *_: None)
    assert (explanation.reading.choice, problems) == (Choice(("headings",), 3), ())
    assert explanation.reading.verdicts[0].words == "the settings say so"


def test_how_questions_are_recognised_and_why_answers_end_is_shown_once_a_run() -> None:
    _, explanation = read(
        "Q1: What is a leaf?\nA: An organ.\n\nQ2: What is a root?\nA: The rest.\n\n"
        "Term | Meaning\n---|---\nbark | a skin\nsap | a liquid\n"
    )
    first, second = explanation.entries[:2]
    text = shown(explanation)

    assert first.rule == second.rule == "a line that begins with 'Q:'"
    assert first.ending is not None
    assert text.count("        known by a line that begins with 'Q:':") == 1
    assert f"{first.ending.name.lower()}" in next(row for row in text if "What is a leaf?" in row)
    assert f"        {first.ending.name.lower()}: {first.ending.value}" in text
    outline = cast("list[dict[str, object]]", explanation_object(explanation)["outline"])
    printed = outline[0]
    assert (printed["rule"], printed["ending"]) == (first.rule, first.ending.value)


WOODS = """\
# Woods

### What is oak?

A hard wood.

### What is pine?

A soft wood.

**Why do larches turn yellow?**

They draw the green out.

## Density

Heavy or light.

## Resin

It sticks.

## Bark

A skin.

## Cambium

It grows.
"""


def test_a_shape_that_was_left_out_shows_its_begin_its_evidence_and_its_setting() -> None:
    _, explanation = read(WOODS)
    text = shown(explanation)
    at = text.index("  line  other shapes, left out")
    left_out = cast("list[object]", explanation_object(explanation)["not_chosen"])

    assert text[at + 1 :][:10] == [
        "        4 headings of level 2: 0 ask, 4 have an answer; none asks",
        "    15    Density",
        "    19    Resin",
        "    23    Bark",
        "          and 1 more",
        "        'questions: headings' and 'question_level: 2' include them",
        "        1 bold line; inside other answers",
        "    11    Why do larches turn yellow?",
        "        'questions: [bold, headings]' and 'question_level: 3' include it",
        "",
    ]
    assert left_out[1] == {
        "dialect": "bold", "level": None, "asking": 1, "answered": 1, "in_answers": 1,
        "lacks": "inside other answers",
        "setting": "'questions: [bold, headings]' and 'question_level: 3'",
        "questions": [{"line": 11, "text": "Why do larches turn yellow?", "asks": True,
                       "has": "an answer"}],
    }  # fmt: skip
