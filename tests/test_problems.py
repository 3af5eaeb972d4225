"""Every diagnostic: it is raised where it should be, says what it should, and has its page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.diagnostics import Code, rule_page
from cardwright.disk.build_lock import build_lock
from cardwright.math import katex
from tests.each import check_each
from tests.problem_files import Case, cases
from tests.push.situations import SITUATIONS
from tests.server import Server, running

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_problem_is_reported_as_written(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    server: Server,
) -> None:
    folder = tmp_path / "plants"
    folder.mkdir()
    monkeypatch.chdir(folder)
    output = ["-o", str(tmp_path / "build")]
    address = server.url("").rstrip("/")
    if case.before:
        _write(folder, case.before, address)
        _serve(server, case.served_before)
        trust = ["--trust"] if "--trust" in case.options else []
        assert run(["build", ".", *output, *trust]) == 0
        capsys.readouterr()
    _write(folder, case.files, address, case.sizes)
    if not case.files.keys() <= {path.relative_to(folder).as_posix() for path in folder.rglob("*")}:
        pytest.skip("this disk takes two of the names for one")
    _serve(server, case.served)
    for name, target in case.links.items():
        (folder / name).symlink_to(target)

    status = _build(case, folder, output, address)
    printed = re.sub(r"(?<=127\.0\.0\.1:)\d+(?=/[ ,'])", "PORT", capsys.readouterr().err)

    expected = case.expected.replace("{server}", address)
    assert expected.replace("{build}", (tmp_path / "build").as_posix()) in printed
    assert case.expected.split()[1] == case.code
    code = next(code for code in Code if code.code == case.code)
    assert status == (1 if code.severity.value == "error" else 0)


@pytest.fixture(scope="module")
def running_server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(running_server: Server) -> Server:
    """It serves nothing yet."""
    running_server.answers.clear()
    return running_server


def _write(
    folder: Path, files: dict[str, bytes], address: str, sizes: Mapping[str, int] = {}
) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content.replace(b"{server}", address.encode()))
    for name, size in sizes.items():
        os.truncate(folder / name, size)  # zeros that take no place on the disk


def _serve(server: Server, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        server.serve(name, content)


def _build(case: Case, folder: Path, output: list[str], address: str) -> int:
    if case.command:
        build = (folder.parent / "build").as_posix()
        words = [word.replace("{build}", build) for word in case.command]
        return run([word.replace("{server}", address) for word in words])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cardwright.disk.build_lock.GIVE_UP_AFTER", 0.1)
        if "--no-temp" in case.options:
            patch.setattr("tempfile.tempdir", "plants.md")
            return run(["build", ".", *output])
        if "--no-python" in case.options:
            katex.stop()  # another test may have started it
            patch.setattr("sys.executable", "nowhere/python")
            return run(["build", ".", *output])
        if "--no-time" in case.options:
            katex.stop()
            patch.setattr("cardwright.math.katex._SECONDS", -1.0)
            status = run(["build", ".", *output])
            katex.stop()
            return status
        for option in {*case.options} & SITUATIONS.keys():
            return SITUATIONS[option](folder, output, patch)
        if "--held" in case.options:
            with build_lock(folder / "deck.lock", lambda _line: None):
                return run(["build", ".", *output])
        return _build_alone(case, folder, output)


def _build_alone(case: Case, folder: Path, output: list[str]) -> int:
    if "--read-only" not in case.options:
        path = next((option for option in case.options if option.endswith(".md")), ".")
        words = [option for option in case.options if option != path or "-o" in case.options]
        target = "." if "-o" in case.options else path
        return run(["build", target, *output, *words])
    folder.chmod(0o555)
    try:
        return run(["build", ".", *output])
    finally:
        folder.chmod(0o755)


def test_what_is_too_large_for_ankiweb_is_known_before_it_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (case,) = (case for case in CASES if case.code == "PK702")
    monkeypatch.chdir(tmp_path)
    _write(tmp_path, case.files, "", case.sizes)

    assert run(["check", "."]) == 0

    printed = capsys.readouterr().err
    assert "PK702" in printed
    assert "has images and sounds of 270 MB; AnkiWeb allows about 100 MB packed" in printed


def test_no_code_lacks_a_case() -> None:
    assert {case.code for case in CASES} == {code.code for code in Code}


def test_the_page_of_a_rule_says_what_it_means_and_shows_wrong_and_right() -> None:
    check_each([(code.code, code) for code in Code], _check_page)


def _check_page(code: Code) -> None:
    page = rule_page(code)

    assert page.startswith(f"# {code.code}: {code.meaning}\n")
    assert page.index("\n## Wrong\n") < page.index("\n## Right\n")
    assert page.count("```") >= 4
