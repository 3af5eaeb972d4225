"""What all commands have in common: help, usage errors, terminals, pipes, Ctrl-C, completion."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from cardwright.cli import cli, run
from tests.test_terminal import on_a_terminal, said_on_a_terminal

NOTES = "## What is a leaf?\n\nAn *organ*.\n\n## What is a root?\n"
NEEDED = {
    "adopt": {"AN801", "AN802"},
    "lock": {"LK611"},
    "pull": {"AN801", "AN802", "AN804", "AN842"},
    "push": {"AN801", "AN802", "AN804", "AN821", "AN822"},
}
"""What an example may lack here: an Anki, an account, a retired note of that id."""


def commands_with_examples() -> Iterator[tuple[str, str]]:
    for name, command in (("", cli), *cli.commands.items()):
        lines = (command.epilog or "").partition("Examples:\n")[2].splitlines()
        assert 2 <= len(lines) <= 4, name
        yield from ((name, line.strip()) for line in lines)


EXAMPLES = list(commands_with_examples())
SHELLS = {
    "bash": 'eval "$(_CARDWRIGHT_COMPLETE=bash_source cardwright)"; complete -p cardwright',
    "zsh": "autoload -U compinit; compinit -u; "
    'eval "$(_CARDWRIGHT_COMPLETE=zsh_source cardwright)"; echo $_comps[cardwright]',
    "fish": "_CARDWRIGHT_COMPLETE=fish_source cardwright | source; complete -c cardwright",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the examples name."""
    folder = tmp_path_factory.mktemp("built")
    for name in ("content", "notes"):
        (folder / name).mkdir()
        (folder / name / "deck.yml").write_text(f"deck: My {name}\n")
        (folder / name / "plants.md").write_text(NOTES.partition("\n## What is a root")[0])
    (folder / "notes.md").write_text(NOTES)
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        assert run(["build"]) == 0
        assert run(["build", "notes", "-o", "build/plants.apkg"]) == 0
    shutil.copy(folder / "build" / "plants.apkg", folder / "exported.apkg")
    return folder


@pytest.fixture
def here(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to work in, and no Anki anywhere."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_help_ends_with_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*name.split(), "--help"]) == 0

    last = capsys.readouterr().out.partition("\n  Examples:\n")[2].splitlines()
    assert last
    assert all(line.startswith(f"    cardwright {name}".rstrip()) for line in last)


def show_once(
    _preview: object, listening: socket.socket, _editor: str, opened: Callable[[str], None],
    *_further: object, is_lan: bool,
) -> None:  # fmt: skip
    """A server that ends at once."""
    listening.close()
    opened("http://192.0.2.1:4747/" if is_lan else "http://127.0.0.1:4747/")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_runs(
    name: str, example: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of it but what needs an Anki, a network or Ctrl-C."""
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    monkeypatch.setattr("cardwright.preview.run.serve", show_once)
    monkeypatch.setattr("sys.stdin", io.StringIO("password\n"))
    monkeypatch.setattr("cardwright.watching.changes", lambda *_, **__: iter(()))
    monkeypatch.setattr("cardwright.delivery.sync.log_in", lambda *_: "key")
    monkeypatch.setattr("cardwright.delivery.account.store_account", lambda *_: None)
    monkeypatch.setattr("cardwright.delivery.account.delete_account", lambda: None)
    words = shlex.split(example.partition(" > ")[0])[1:]
    if name == "lsp":
        command = [sys.executable, "-m", "cardwright", *words]
        assert subprocess.run(command, input=b"", capture_output=True).returncode == 1
        return

    code = run(words)

    printed = capsys.readouterr()
    found = set(re.findall(r": ([A-Z]{2}\d{3}) ", printed.err))
    assert code == 0 or (code == 1 and found & NEEDED.get(name, set())), printed.err
    assert len(opened) == ("--open" in words)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("biuld", "Did you mean 'build'?"),
        ("build --ofline", "Did you mean '--offline'?"),
        ("build nots", "there is no 'nots' here; did you mean 'notes'?"),
        ("build nots.md", "did you mean 'notes.md'?"),
        ("check zzz", "name a folder or a Markdown file, and put a name with spaces in quotes"),
        ("check --format xml", "'text', 'json', 'github', 'sarif'"),
        ("rule QA30", "did you mean 'QA3"),
        ("rule XX999", "'cardwright rule' lists them all"),
        ("preview --port x", "write a whole number from 0 to 65535"),
        ("init notes.md", "'cardwright build notes.md' builds it"),
        ("init My Notes", "Put a name with spaces in quotes"),
        ("lock", "give one of --merge, --forget, --from and --delivered"),
        ("lock --from", "Write '--from PACKAGE'"),
        ("push --anki", "Write '--anki URL'"),
        ("push --sync --profile A", "give only one of --anki, --collection, --profile and --sync"),
        ("push --collection .", "'.' is a folder; name the collection.anki2 in it"),
        ("build -o build/x.zip", "'build/x.zip': the name of a package ends in .apkg"),
        ("build -o x.COLPKG", "the name of a package ends in .apkg"),
        ("adopt", "give one of --collection and --profile"),
    ],
)
def test_a_usage_error_says_what_to_write(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words.split()) == 2

    printed = capsys.readouterr()
    assert said in " ".join(printed.err.split())
    assert printed.out == ""


def test_a_build_without_content_suggests_init(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["build"]) == 2
    assert "'cardwright init'" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_help_fits_a_narrow_terminal(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All but what is to be copied, and names that are longer."""
    monkeypatch.setenv("COLUMNS", "40")

    assert run([*name.split(), "--help"]) == 0

    text = capsys.readouterr().out
    wide = [line for line in text.splitlines() if len(line) > 40 and " " in line.strip()]
    assert not [line for line in wide if "cardwright" not in line and "yaml-language" not in line]


TALKING = ["explain", "rule", "schema", "check --format json", "plan", "--help", "build --json"]


@pytest.mark.skipif(os.name == "nt", reason="a pipe of Unix")
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", TALKING)
def test_a_pipe_that_is_closed_is_no_bug(words: str) -> None:
    """As with ``| head``: here nobody reads a line of it. The last one typesets."""
    if words == "build --json":
        Path("sugar.md").write_text("## What is sugar?\n\n$C_6H_{12}O_6$\n")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "cardwright", *words.split()]
    with os.fdopen(writing, "wb") as closed:
        ran = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, text=True)

    assert ran.returncode in (0, 1)
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


SHOWING = ["check notes.md", "explain notes.md", "plan notes.md"]
SHOW_ALL = """import sys
from cardwright.cli import run
for words in sys.argv[1:]:
    assert run(words.split()) == 0
    print(chr(12), flush=True)
"""
"""Several commands in one process, a form feed behind what each of them says."""


@pytest.mark.skipif(os.name == "nt", reason="a terminal of Unix")
@pytest.mark.parametrize(
    ("variables", "is_coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_terminals_that_want_them(
    here: Path, variables: dict[str, str], is_coloured: bool
) -> None:
    command = [sys.executable, "-c", SHOW_ALL, *SHOWING]

    *said, rest = said_on_a_terminal(command, here, **variables).split(b"\x0c")

    found = [bool(re.search(rb"\x1b\[[1-9][\d;]*m", each)) for each in said]
    assert found == [is_coloured] * len(SHOWING)
    assert rest.strip() == b""


@pytest.mark.skipif(os.name == "nt", reason="a terminal of Unix")
@pytest.mark.parametrize("words", ["explain notes.md", "plan notes.md"])
def test_rows_fit_a_narrow_terminal(here: Path, words: str) -> None:
    said = on_a_terminal(here, *words.split(), COLUMNS="40", NO_COLOR="1").decode()

    rows = re.sub(r"\x1b\[[?\d;]*[A-Za-z]|\r", "\n", said).splitlines()
    assert not [row for row in rows if len(row) > 40 and "QA305 '" not in row and "hint" not in row]


@pytest.mark.skipif(os.name == "nt", reason="a terminal of Unix")
def test_a_language_server_on_a_terminal_says_who_starts_it(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    assert run(["lsp"]) == 2
    assert "an editor starts this" in capsys.readouterr().err
    assert here.is_dir()


WAITING = ["build notes.md --watch", "preview --port 0", "lsp"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", WAITING)
def test_ctrl_c_ends_a_command_that_watches(words: str) -> None:
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from cardwright.__main__ import main; main()"
    )
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program, *words.split()]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        if words == "lsp":
            asked = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
            child.stdin.write(f"Content-Length: {len(asked)}\r\n\r\n{asked}")
            child.stdin.flush()
        assert child.stdout.readline()
        time.sleep(0.3)
        child.send_signal(signal.SIGINT)
        _, warned = child.communicate(timeout=60)

    assert child.returncode == 130
    assert "Traceback" not in warned


@pytest.mark.skipif(os.name == "nt", reason="shells of Unix")
@pytest.mark.parametrize("shell", [shell for shell in SHELLS if shutil.which(shell)])
def test_an_installed_shell_accepts_the_completion_script(shell: str, tmp_path: Path) -> None:
    program = tmp_path / "cardwright"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cardwright "$@"\n')
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"

    ran = subprocess.run(
        [shell, "-c", SHELLS[shell]],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )

    assert "cardwright" in ran.stdout, ran.stderr


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cardwright pre", "preview"),
        ("cardwright rule QA30", "QA305"),
        ("cardwright lsp --t", "--trust"),
    ],
)
def test_completion_offers_commands_options_and_codes(
    typed: str, expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    monkeypatch.setenv("_CARDWRIGHT_COMPLETE", "bash_complete")

    with contextlib.suppress(SystemExit, click.exceptions.Exit):
        run([])

    assert f"plain,{expected}\n" in capsys.readouterr().out
