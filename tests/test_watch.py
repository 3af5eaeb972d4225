"""``build --watch`` and ``push --watch``: a line each time, over errors, until Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from anki.collection import Collection

from cardwright.cli import run
from cardwright.cli.arguments import BuildArguments
from cardwright.cli.watch import RunResult, run_on_changes
from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Place
from cardwright.terminal import Terminal
from cardwright.watching import changes
from tests.in_anki import collection_in
from tests.test_interrupt import AS_IN_A_TERMINAL
from tests.waiting import PATIENCE
from tests.work import calls_of, grows_evenly

PROGRAM = AS_IN_A_TERMINAL + "from cardwright.__main__ import main; main()"


@contextmanager
def watching(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The command in ``folder``, interrupted at the end: it says nothing more, and exits 130."""
    command = [sys.executable, "-u", "-c", PROGRAM, *words, "--watch"]
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=folder, text=True, **output) as child:  # type: ignore[call-overload]
        try:
            yield child
            child.send_signal(signal.SIGINT)
            said, _ = child.communicate(timeout=PATIENCE)
            assert (child.returncode, said.strip()) == (130, "")
        finally:
            child.kill()


def line(child: subprocess.Popen[str]) -> str:
    """The next line, without its time."""
    assert child.stdout is not None
    return child.stdout.readline().partition(" ")[2].strip()


def write(path: Path, answer: str) -> None:
    path.write_text(f"# Plants\n\n## What is a leaf?\n\n{answer}\n", "utf-8")


def test_a_build_follows_the_files_over_errors(tmp_path: Path) -> None:
    notes = tmp_path / "garden" / "a.md"
    notes.parent.mkdir()
    write(notes, "An organ.")
    with watching(tmp_path, "build", "garden") as child:
        assert line(child).startswith("build/garden.apkg: 1 note (1 new), 1 card")

        write(notes, "An organ of a plant.")
        assert "1 note (1 changed)" in line(child)

        write(notes, "$\\frac{$")
        assert line(child).endswith("; 0 errors, 1 warning")
        assert line(child).startswith("RN409")
        for _ in ("excerpt", "caret", "hint"):
            line(child)

        notes.write_bytes(b"\xff\n")
        assert line(child) == "nothing was written; 1 error, 0 warnings"
        assert line(child).startswith("SR201")
        line(child)  # its hint

        write(notes, "An organ, again.")
        assert "1 note (1 changed)" in line(child)
    assert (tmp_path / "garden" / "deck.lock").exists()


@pytest.mark.slow
@pytest.mark.parametrize("is_slow", [True, False])
def test_a_folder_that_is_deleted_and_comes_back_is_watched_again(
    tmp_path: Path, is_slow: bool
) -> None:
    notes = tmp_path / "garden" / "a.md"
    notes.parent.mkdir()
    write(notes, "An organ.")
    with watching(tmp_path, "build", "garden", "--lock", "my.lock") as child:
        assert "1 note (1 new)" in line(child)

        shutil.rmtree(notes.parent)
        if is_slow:
            assert line(child) == "nothing was written; 1 error, 0 warnings"
        notes.parent.mkdir()
        write(notes, "An organ of a plant.")
        while "1 note (1 changed)" not in (printed := line(child)):
            assert printed, "the program ended"

        write(notes, "An organ of any plant.")
        assert "1 note (1 changed)" in line(child)


def test_a_folder_that_is_gone_when_the_watch_begins_is_watched_once_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[tuple[object, ...]] = []

    def watch(*roots: Path, recursive: bool, **_options: object) -> Iterator[set[object]]:
        watched.append((*roots, recursive))
        yield set()

    monkeypatch.setattr("watchfiles.watch", watch)
    folder = tmp_path.resolve() / "garden"
    found = changes(folder, tmp_path / "build", with_lock=False)

    next(found)
    assert watched == []

    folder.mkdir()
    next(found)
    assert watched == [(folder, True)]


@pytest.mark.slow
def test_what_a_build_writes_itself_starts_no_other(tmp_path: Path) -> None:
    notes = tmp_path / "a.md"
    write(notes, "An organ.")
    with watching(tmp_path, "build", "a.md", "-o", ".") as child:
        assert "1 note (1 new)" in line(child)
        for answer in ("An organ of a plant.", "An organ of any plant.", "A plant's organ."):
            time.sleep(0.8)
            write(notes, answer)
            assert "1 note (1 changed)" in line(child)


@pytest.mark.slow
def test_a_push_follows_the_files(tmp_path: Path) -> None:
    notes, file = tmp_path / "garden" / "a.md", tmp_path / "collection.anki2"
    notes.parent.mkdir()
    write(notes, "An organ.")
    with collection_in(file):
        pass
    with watching(tmp_path, "push", "garden", "--collection", file.name, "--yes") as child:
        assert line(child).startswith("Anki is up to date now: 1 new; 0 errors")

        write(notes, "An organ of a plant.")
        assert line(child).startswith("Anki is up to date now: 1 changed; 0 errors")
    with collection_in(file) as collection:
        assert _answers(collection) == ["<p>An organ of a plant.</p>"]


def _answers(collection: Collection) -> list[str]:
    return [collection.get_note(id_)["Answer"].strip() for id_ in collection.find_notes("")]


def test_twice_the_problems_take_twice_the_steps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cardwright.watching.changes", lambda *_, **__: (None,))

    def work(count: int) -> int:
        runs = iter((False, True))

        def once() -> RunResult:
            has_news = next(runs)
            places = (Place("a.md", number) for number in range(1, count + 1))
            return RunResult("", [Diagnostic(p, Code.EMPTY_ANSWER, "") for p in places], has_news)

        terminal = Terminal(is_quiet=True)
        return calls_of(lambda: run_on_changes(BuildArguments(Path("a.md")), terminal, once))

    assert grows_evenly(work, 100)
    assert "QA305" in capsys.readouterr().err


def test_watch_and_json_exclude_each_other(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "An organ.")

    assert run(["build", str(tmp_path / "a.md"), "--watch", "--json"]) == 2
