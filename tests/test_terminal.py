"""What is drawn on a terminal, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Place
from cardwright.terminal import Segment, Terminal, narrow_rows

RED_OR_YELLOW = (b"\x1b[31m", b"\x1b[33m")


def on_a_terminal(folder: Path, *words: str, **environment: str) -> bytes:
    """All that the program writes when a terminal is its stdout and stderr."""
    return said_on_a_terminal([sys.executable, "-m", "cardwright", *words], folder, **environment)


def said_on_a_terminal(command: Sequence[str], folder: Path, **environment: str) -> bytes:
    pty = pytest.importorskip("pty", reason="Windows has no such terminals")
    ours, its = pty.openpty()
    variables = {**os.environ, "TERM": "xterm", **environment}
    child = subprocess.Popen(command, cwd=folder, env=variables, stdout=its, stderr=its)
    os.close(its)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end of a terminal is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    assert child.wait() == 0
    return b"".join(parts)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text("## What is a leaf?\n\nAn organ.\n\n## What is a root?\n")
    return tmp_path


def test_problems_are_coloured_on_a_terminal(wrong: Path) -> None:
    assert b"\x1b[33ma.md:5:4: QA305" in on_a_terminal(wrong, "check", "a.md")


@pytest.mark.parametrize("way", ["result", "notice", "row"])
def test_a_message_sends_no_control_codes_to_the_terminal(
    way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal, text = Terminal(is_quiet=True), "red \x1b]0;title\x07"

    getattr(terminal, way)([(text, "name")] if way == "row" else text)

    printed = capsys.readouterr()
    assert printed.out + printed.err == "red \ufffd]0;title\ufffd\n"


def test_no_color_is_kept_to(wrong: Path) -> None:
    said = on_a_terminal(wrong, "check", "a.md", NO_COLOR="1")

    assert b"a.md:5:4: QA305" in said
    assert not any(colour in said for colour in RED_OR_YELLOW)


def test_there_is_no_colour_without_a_terminal(wrong: Path) -> None:
    command = [sys.executable, "-m", "cardwright", "check", "a.md"]

    said = subprocess.run(command, cwd=wrong, capture_output=True, check=True).stderr

    assert said.startswith(b"a.md:5:4: QA305")
    assert b"\x1b" not in said


@pytest.mark.parametrize(
    ("patience", "is_quiet", "is_shown"),
    [(0.0, False, True), (3600.0, False, False), (0.0, True, False)],
)
def test_a_bar_appears_only_after_a_while_and_never_beside_json(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    patience: float,
    is_quiet: bool,
    is_shown: bool,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr("cardwright.terminal.PROGRESS_AFTER", patience)

    with Terminal(is_quiet=is_quiet) as terminal:
        terminal.show_progress("rendering", 1, 2)

    assert ("rendering" in capsys.readouterr().err) == is_shown


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ([("  1  ", "quiet"), ("A?" + " " * 30, ""), ("3 next", "bad")], ["  1  A?  3 next"]),
        ([("  An import adds them with cards", "")], ["  An import adds them", "    with cards"]),
        ([("a ", ""), ("b" * 30, "good")], ["a", "  " + "b" * 30]),
        ([("植物 植物 植物 植物 植物", "")], ["植物 植物 植物 植物", "  植物"]),
        ([("short", "")], ["short"]),
        ([], [""]),
    ],
)  # fmt: skip
def test_a_row_fits_a_narrow_terminal(row: list[Segment], shown: list[str]) -> None:
    rows = narrow_rows(row, 22)

    assert ["".join(text for text, _ in each).rstrip() for each in rows] == shown
    assert {tone for each in rows for _, tone in each} >= {tone for _, tone in row}


def test_a_long_list_of_problems_has_each_hint_once(capsys: pytest.CaptureFixture[str]) -> None:
    hints = ["write one; or none", *["draw one; or none"] * 48]
    problems = [
        Diagnostic(Place("a.md", line), Code.NOTHING_HERE, f"no leaf {line}", hint)
        for line, hint in enumerate(hints, 1)
    ]
    terminal = Terminal(is_quiet=True)

    terminal.problems(problems[:3], is_strict=False)
    assert capsys.readouterr().err.count("or none") == 3

    terminal.problems(problems, is_strict=False)
    assert capsys.readouterr().err.startswith(
        "a.md:1: QA302 no leaf 1\n  hint: write one; or none\n"
        "a.md:2: QA302 no leaf 2\n  hint: draw one\n"
        "a.md:3: QA302 no leaf 3\na.md:4: QA302 no leaf 4\n"
    )


def test_a_long_list_sums_up_warnings_that_are_alike(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [
        Diagnostic(Place(path, line), code, f"no leaf {line}")
        for path, code, count in [
            ("a.md", Code.EMPTY_ANSWER, 40),
            ("b.md", Code.EMPTY_ANSWER, 6),
            ("c.md", Code.NO_MARKDOWN, 25),
            *((f"d{number:02}.md", Code.NOTHING_HERE, 1) for number in range(25)),
            *((f"e{number:02}.md", Code.IMAGE_MISSING, 4) for number in range(9)),
        ]
        for line in range(1, count + 1)
    ]

    Terminal(is_quiet=True).problems(problems, is_strict=False)

    lines = capsys.readouterr().err.partition("\n\n")[0].splitlines()
    more = ", ".join(map(str, range(6, 26)))
    assert lines[:11] == [
        *(f"a.md:{line}: QA305 no leaf {line}" for line in range(1, 6)),
        f"a.md: QA305 and 35 more, in lines {more}, …",
        *(f"b.md:{line}: QA305 no leaf {line}" for line in range(1, 6)),
    ]
    assert lines[11] == "b.md:6: QA305 no leaf 6"
    every = "'cardwright check --format json' lists all"
    assert [line for line in lines if line.startswith("…")] == [
        f"…: QA302 and 5 more files; {every}",
        f"…: MD501 and 16 more in 4 files; {every}",
    ]
    assert len(lines) == 12 + 21 + 21 + 25


def test_errors_come_last_because_they_prevent_the_build(
    capsys: pytest.CaptureFixture[str],
) -> None:
    codes = (Code.NO_MARKDOWN, Code.NOT_READ, Code.NOTHING_HERE)
    problems = [Diagnostic(Place(f"{code.code}.md"), code, "wrong") for code in codes]

    Terminal(is_quiet=True).problems(problems, is_strict=False)

    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(".")[0] for line in lines] == [
        "QA302",
        "QA313",
        "SR203",
        "1 error, 2 warnings",
    ]
