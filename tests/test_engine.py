"""KaTeX runs in processes that may be killed, hang, or answer nonsense: a build goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from cardwright.math import engine as engine_module
from cardwright.math.engine import Setup, StartError
from cardwright.math.katex import (
    MATHML,
    FormulaRefusal,
    KatexSession,
    Outcome,
    Request,
    _is_found,
    katex_setup,
)
from cardwright.math.pool import Budget, Pool
from tests.formulas import run_katex
from tests.waiting import happens

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

TRAPS = """
const honest = typesetOne;
const traps = {
  "hang": () => { for (;;); },
  "memory": () => { for (const all = []; ; ) all.push(new Array(1000).fill(0)); },
  "blocks": () => { const all = []; for (;;) all.push(new Array(20000000).fill(1.5)); },
  "deep": () => traps.deep() + 1,
  "nonsense": () => ({ html: 5 }),
  "surrogate": () => ({ html: "\\ud800" }),
  "long": () => ({ html: "x".repeat(1000001) }),
  "verbose": () => ({ words: "x".repeat(20001) }),
  "place": () => ({ words: "x", position: -1 }),
};
typesetOne = (tex, ...others) => (traps[tex] ?? (() => honest(tex, ...others)))();
"""


def setup(seconds: float = 60.0) -> Setup:
    """KaTeX's own, with formulas that are traps, and with little memory.

    ``seconds`` are more than any trap but a hanging one takes, even on a busy machine.
    """
    own = katex_setup()
    scripts = (*own.scripts, TRAPS)
    return replace(own, scripts=scripts, memory=60_000_000, seconds=seconds, silence=120.0)


@contextmanager
def pool_of(setup: Setup) -> Iterator[Pool]:
    pool = Pool(lambda: setup, _is_found)
    try:
        yield pool
    finally:
        pool.close()


def requests(count: int) -> list[Request]:
    return [Request(f"x_{{{number}}}", number % 2 == 0) for number in range(count)]


def refused(outcomes: list[Outcome]) -> dict[int, str]:
    """The words by place."""
    return {at: each.words for at, each in enumerate(outcomes) if isinstance(each, FormulaRefusal)}


def test_the_one_formula_of_a_thousand_that_ends_v8_is_named() -> None:
    asked = requests(1000)
    asked[617] = Request("memory", False)

    with pool_of(setup()) as pool:
        outcomes = KatexSession(2, pool).submit(asked, {}).outcomes()

    assert refused(outcomes) == {617: "it needs too much memory"}


@pytest.mark.parametrize(
    ("traps", "words"),
    [
        (["hang"], "it takes too many seconds"),
        (["memory"], "it needs too much memory"),
        (["blocks"], "it needs too much memory"),
        (["deep"], "KaTeX fails on it"),
        (["nonsense"], "KaTeX fails on it"),
        (["surrogate", "long", "verbose", "place"], "KaTeX fails on it"),
    ],
)
def test_only_the_harmful_formulas_of_a_batch_are_refused(traps: list[str], words: str) -> None:
    asked = requests(4)
    asked[2:3] = [Request(trap, False) for trap in traps]

    with pool_of(setup(0.5 if traps == ["hang"] else 60.0)) as pool:
        outcomes = KatexSession(2, pool).submit(asked, {}).outcomes()

    assert refused(outcomes) == dict.fromkeys(range(2, 2 + len(traps)), words)


def processes(pool: Pool) -> list[int]:
    return [engine._process.pid for engine in list(pool._engines)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signals")
@pytest.mark.parametrize("seed", range(2))
def test_engines_may_be_killed_at_any_moment(seed: int) -> None:
    chance = random.Random(seed)
    asked = requests(1500)
    expected = run_katex(asked, {})
    killed = 0

    with pool_of(katex_setup()) as pool:
        pending = KatexSession(2, pool).submit(asked, {})
        for _ in range(2):  # the first parts the batch; a formula alone is given up at the second
            time.sleep(chance.random() * 0.4)
            for pid in processes(pool)[:1]:
                os.kill(pid, signal.SIGKILL)
                killed += 1
        outcomes = pending.outcomes()

    assert outcomes == expected
    assert killed


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows has no signals")
def test_an_engine_that_says_nothing_is_given_up() -> None:
    with pool_of(replace(setup(), silence=4.0)) as pool:
        session = KatexSession(1, pool)
        session.submit(requests(1), {}).outcomes()
        (stopped,) = processes(pool)
        os.kill(stopped, signal.SIGSTOP)
        outcomes = session.submit(requests(200), {}).outcomes()

    assert refused(outcomes) == {}


def test_after_too_many_lost_formulas_no_other_is_tried() -> None:
    with pool_of(setup()) as pool:
        session = KatexSession(1, pool, _budget=Budget(1))
        assert len(refused(session.submit([Request("deep", False)], {}).outcomes())) == 1
        (words,) = refused(session.submit([Request("y", False)], {}).outcomes()).values()

        assert "not tried" in words
        assert refused(KatexSession(1, pool).submit([Request("y", False)], {}).outcomes()) == {}


def test_each_formula_is_typeset_once_in_a_session() -> None:
    with pool_of(katex_setup()) as pool:
        session = KatexSession(1, pool)
        first = session.submit([Request("x", False)] * 3, {})
        second = session.submit([Request("x", False), Request("x", True)], {})
        other = session.submit([Request("x", False)], {"\\a": "b"})

        assert len({*first.outcomes(), *second.outcomes()}) == 2
        assert other.outcomes() == first.outcomes()[:1]
        assert sum(len(asked) for asked in session._asked.values()) == 3


def test_the_outcome_does_not_depend_on_batch_and_engine() -> None:
    asked = [*requests(60), Request("\\no", False), Request("\\frac{a}", True)]
    together = run_katex(asked, {})
    mixed = random.Random(1).sample(asked, len(asked))
    with pool_of(katex_setup()) as pool:
        session = KatexSession(2, pool)
        pending = {each: session.submit([each], {}) for each in mixed}
        alone = [pending[each].outcomes()[0] for each in asked]

    assert alone == together


def test_no_engine_starts_without_a_formula_to_typeset() -> None:
    with pool_of(katex_setup()) as pool:
        assert KatexSession(2, pool).submit([], {}).outcomes() == []
        assert len(KatexSession(2, pool).submit([Request("x" * 10_001, False)], {}).outcomes()) == 1

        assert not pool._threads


def test_a_second_engine_is_started_for_many_formulas_alone() -> None:
    with pool_of(katex_setup()) as pool:
        KatexSession(2, pool).submit(requests(100), {}).outcomes()
        assert len(pool._threads) == 1

        KatexSession(2, pool).submit(requests(4000), {}).outcomes()
        assert len(pool._threads) == 2

        KatexSession(1, pool).submit(requests(4000), {}).outcomes()
        assert len(pool._threads) == 2


@pytest.mark.parametrize("program", ["import sys; sys.exit(3)", "print('x' * 10000)", "1 / 0"])
def test_a_program_that_cannot_start_is_one_error(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "v8.py").write_text(program)
    monkeypatch.setattr(engine_module, "_PROGRAM", tmp_path / "v8.py")
    with pool_of(katex_setup()) as pool:
        pending = KatexSession(2, pool).submit(requests(3000), {})
        for _ in range(2):
            with pytest.raises(StartError, match=r"process"):
                pending.outcomes()


def test_a_python_that_is_not_there_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pool_of(katex_setup()) as pool, pytest.raises(StartError, match="/nowhere/python"):
        KatexSession(2, pool).submit(requests(3), {}).outcomes()


def test_a_script_that_is_none_is_one_error() -> None:
    with pool_of(replace(setup(), scripts=("(",))) as pool, pytest.raises(StartError):
        KatexSession(1, pool).submit(requests(3), {}).outcomes()


GARBAGE = """
import sys, json
def say(content): sys.stdout.buffer.write(content); sys.stdout.flush()
def framed(content): return len(content).to_bytes(4, "big") + content
say(framed(b'{"ready": true}'))
sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big"))
while sys.stdin.buffer.read(4): say(ANSWER)
"""


@pytest.mark.parametrize(
    "answer",
    [
        b"\xff\xff\xff\xff",
        b"\0\0\0\2{]",
        b"\0\0\0\2[]",
        b"\0\0\0\2\xff\xff",
        b'\0\0\0\x14{"outcomes":"x" }    ',
        b'\0\0\0\x10{"outcomes":[]} ',
        b'\0\0\0\x10{"outcomes":[1]}',
        b"\0\1\0\0" + b"[" * 65536,
    ],
)
def test_garbage_from_an_engine_is_refused(
    answer: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "v8.py").write_text(GARBAGE.replace("ANSWER", repr(answer)))
    monkeypatch.setattr(engine_module, "_PROGRAM", tmp_path / "v8.py")
    with pool_of(katex_setup()) as pool:
        outcomes = KatexSession(1, pool).submit(requests(3), {}).outcomes()

    assert set(refused(outcomes).values()) == {"KaTeX fails on it"}
    assert len(refused(outcomes)) == 3


SEEN = """
import json, os, sys
content = json.dumps({"broken": json.dumps([dict(os.environ), sys.path, os.getcwd()])}).encode()
sys.stdout.buffer.write(len(content).to_bytes(4, "big") + content)
"""


def test_an_engine_gets_no_secret_and_loads_no_module_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "v8.py").write_text(SEEN)
    (tmp_path / "asyncio.py").write_text("1 / 0")
    (tmp_path / "json.py").write_text("1 / 0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOKEN", "hidden-from-engines")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert isinstance(run_katex([Request("x", False)], {})[0], str)

    monkeypatch.setattr(engine_module, "_PROGRAM", tmp_path / "v8.py")
    with pool_of(katex_setup()) as pool, pytest.raises(StartError) as caught:
        KatexSession(1, pool).submit(requests(1), {}).outcomes()

    assert "hidden-from-engines" not in str(caught.value)
    assert "TOKEN" not in str(caught.value)


PARENT = """
import os, signal, sys, time
from cardwright.math.katex import Request, KatexSession, _pool
KatexSession(1).submit([Request("x", False)], {}).outcomes()
(engine,) = _pool._engines
print(engine._process.pid, flush=True)
END
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize(
    "end", ["", "os.kill(os.getpid(), 9)", "os._exit(1)", "raise KeyboardInterrupt"]
)
def test_an_engine_ends_with_the_program(end: str) -> None:
    command = [sys.executable, "-c", PARENT.replace("END", end)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert happens(lambda: not is_running(int(ran.stdout)))


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_an_engine_that_works_ends_with_the_program() -> None:
    with pool_of(setup()) as pool:
        KatexSession(1, pool).submit([Request("x", False)], {}).outcomes()
        (engine,) = pool._engines
        KatexSession(1, pool).submit([Request("hang", False)], {})
        time.sleep(0.5)
        pid = engine._process.pid
        Thread(target=engine._stdin.close, daemon=True).start()

        assert happens(lambda: not is_running(pid))


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_pool_that_was_closed_starts_again() -> None:
    with pool_of(katex_setup()) as pool:
        before = KatexSession(1, pool).submit(requests(2), {}, MATHML).outcomes()
        pool.close()
        assert not pool._engines
        assert KatexSession(1, pool).submit(requests(2), {}, MATHML).outcomes() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_has_engines_of_its_own() -> None:
    expected = run_katex(requests(2), {})
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(0 if run_katex(requests(2), {}) == expected else 1)
        finally:
            os._exit(2)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_build_in_several_processes_leaves_no_process_behind(tmp_path: Path) -> None:
    content = tmp_path / "deck"
    content.mkdir()
    for number in range(4):
        notes = (f"## What is {at}?\n\nIt is $x_{{{at}}}$. {'word ' * 200}\n" for at in range(100))
        (content / f"{number}.md").write_text("\n".join(notes))
    program = "import os\nos.sched_getaffinity = lambda _: {0, 1}\n"
    program += "from cardwright.__main__ import main\nmain()"
    command = [sys.executable, "-c", program, "build", "deck"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as build:
        seen: set[str] = set()
        while build.poll() is None:
            seen |= processes_of(build.pid)
            time.sleep(0.02)
        _, warned = build.communicate()

    assert (build.returncode, warned.splitlines()[-1]) == (0, "0 errors, 0 warnings")
    assert len(seen) > 1  # an engine at least; two, and one more that reads, as it comes
    assert processes_of(build.pid) == set()


def processes_of(session: int) -> set[str]:
    """Those that a program started, and those that they started; zombies too."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[3]) == session:
                found.add(path.parent.name)
    return found
