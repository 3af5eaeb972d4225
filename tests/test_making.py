"""With and without the work of earlier builds, in one process or several: the same package."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

import cardwright
from cardwright import making
from cardwright.building import Built, build_deck
from cardwright.cli import run
from cardwright.diagnostics import Code, Diagnostic, as_text
from cardwright.disk.lockfile import read_lock
from cardwright.lock import Lock
from cardwright.making import secret, workers
from cardwright.making.packing import packed, unpacked
from cardwright.math import katex
from cardwright.math.pool import Pool
from cardwright.media.cache import NO_CACHE, Cache
from cardwright.model import Line, Passage, stored
from cardwright.pipeline import Options, assemble
from tests.work import calls_of

NOW = 1_800_000_000
FILES = {
    "deck.yml": "deck: Garden\nmath: {macros: {'\\leaf': 'L'}}\n",
    "plants.md": """\
# Plants

## What is a leaf?

An organ that makes $C_6H_{12}O_6$ and has the area $\\leaf$.

## What does a leaf look like? {.shape}

![a leaf](leaf.svg) and $\\broken{$.

> [!hint]
> It is flat.

## Which code draws a leaf? {reverse}

```python
print("leaf")
```

See the [drawing][d] and a note.[^n]

[d]: https://example.org/leaf
[^n]: It is green.
""",
    "wild/fungi.md": """\
# Fungi

## Moulds

### What is a spore?

A ==seed== of **fungi**, $x^2$.

### What is a hypha?

| part | size |
|------|------|
| wall | $1$  |

## Yeasts

### What is a bud?

![a bud](missing.png)

### Fill in

A {{c1::yeast}} makes {{c2::alcohol::what}}.
""",
    "words.md": "# Words\n\nQ: Wood?\nA: Holz\n\nQ: Leaf?\nA: Blatt $b$\n\nQ: Root?\nA: Wurzel\n",
    "leaf.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9"><path d="M0 0h9z"/></svg>',
}


EMBEDS = ("![[fungi#Yeasts]]", "See ![[plants]].", "- ![[words]]")


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    folder = tmp_path / "garden"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def wide_garden(garden: Path) -> Path:
    """With so many files that each process gets some."""
    for number in range(20):
        text = FILES["wild/fungi.md"].replace("spore", f"spore {number}")
        (garden / f"more-{number}.md").write_text(text, "utf-8")
    return garden


def kept(folder: Path) -> Cache:
    return Cache(folder.parent / "build" / ".cache", is_writable=True)


def build(folder: Path, cache: Cache = NO_CACHE, now: int = NOW, processes: int = 1) -> Built:
    return build_deck(
        folder, folder.parent / "build", Options(now, cache=cache, processes=processes)
    )


def entries(folder: Path) -> list[Path]:
    return sorted((folder.parent / "build" / ".cache" / "work").glob("*/*"))


def outcome(built: Built) -> tuple[object, ...]:
    package = built.package.read_bytes() if built.package else b""
    lock = built.assembly.lock_file
    text = lock.read_bytes() if lock.exists() else b""
    return package, text, built.diagnostics


def twin(folder: Path, name: str) -> Path:
    """A copy of the whole, with its lock and its package, without the work of earlier builds."""
    other = folder.parent.parent / name
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(folder.parent, other, ignore=shutil.ignore_patterns("work"))
    return other / folder.name


def test_a_second_build_makes_nothing_again(garden: Path) -> None:
    first = calls_of(lambda: build(garden, kept(garden)))
    second = calls_of(lambda: build(garden, kept(garden)))

    assert len(entries(garden)) == 8  # three files and their formulas, drawings, one package
    assert second * 3 < first


def test_the_second_package_has_the_bytes_of_the_first(garden: Path) -> None:
    first = outcome(build(garden, kept(garden)))

    assert outcome(build(garden, kept(garden))) == first
    assert outcome(build(garden)) == first


def test_a_package_that_would_be_the_same_is_not_written_again(garden: Path) -> None:
    package = build(garden, kept(garden)).package
    assert package is not None
    first = package.stat().st_ino

    again = build(garden, kept(garden), NOW + 1)

    assert package.stat().st_ino == first
    assert again.size == package.stat().st_size
    assert again.digest == sha256(package.read_bytes()).hexdigest()


def test_a_lock_that_was_written_in_another_way_is_written_again(garden: Path) -> None:
    first = build(garden, kept(garden))
    lock = first.assembly.lock_file
    text = lock.read_text("utf-8")
    lock.write_text(text.replace('": ', '":'), "utf-8")

    again = build(garden, kept(garden), NOW + 1)

    assert lock.read_text("utf-8") == text
    assert again.digest == first.digest


def _append(package: Path) -> None:
    package.write_bytes(package.read_bytes() + b"x")


def _lengthen_style(package: Path) -> None:
    (package.parents[1] / "garden" / "style.css").write_text(".card { color: green; }")


def _change_image(package: Path) -> None:
    leaf = package.parents[1] / "garden" / "leaf.svg"
    leaf.write_text(leaf.read_text().replace("h9", "h8"))


@pytest.mark.parametrize("change", [_append, Path.unlink, _lengthen_style, _change_image])
def test_a_package_with_other_bytes_is_written_again(
    garden: Path, change: Callable[[Path], None]
) -> None:
    package = build(garden, kept(garden)).package
    assert package is not None
    change(package)

    warm = outcome(build(garden, kept(garden)))

    assert warm == outcome(build(garden))
    assert package.read_bytes() == warm[0]


def test_an_edited_file_keeps_its_other_notes(garden: Path) -> None:
    build(garden, kept(garden))
    alone = calls_of(lambda: build(twin(garden, "alone"), NO_CACHE))
    path = garden / "plants.md"
    path.write_text("An intro.\n\n" + path.read_text().replace("green", "red"))

    assert calls_of(lambda: build(garden, kept(garden))) < alone


def test_formulas_of_an_edited_note_are_not_typeset_again(
    garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(garden, kept(garden))
    path = garden / "words.md"
    path.write_text(FILES["words.md"].replace("Blatt", "Das Blatt"))
    monkeypatch.setattr(Pool, "put", _refuse)

    built = build(garden, kept(garden))

    assert built.package is not None
    path.write_text(FILES["words.md"].replace("Blatt", "Blatt $z$"))
    with pytest.raises(AssertionError, match="typeset"):
        build(garden, kept(garden))


def test_formulas_that_another_version_wrote_are_typeset_again(
    garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(garden, kept(garden))
    monkeypatch.setattr("cardwright.making.work_cache.program_hash", lambda: b"another version")
    before = {path: path.read_bytes() for path in entries(garden)}
    build(garden, kept(garden))
    for path, content in before.items():
        if b"FileResult" not in content:  # a build that was killed left the formulas
            path.write_bytes(content)
    (garden / "words.md").write_text(FILES["words.md"].replace("Blatt", "Das Blatt"))
    monkeypatch.setattr(Pool, "put", _refuse)

    with pytest.raises(AssertionError, match="typeset"):
        build(garden, kept(garden))


def test_a_drawing_is_cleaned_once_by_each_version(
    garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = outcome(build(garden, kept(garden)))
    monkeypatch.setattr("cardwright.media.svg.clean_svg", _refuse)

    assert outcome(build(garden, kept(garden))) == first

    monkeypatch.setattr("cardwright.making.work_cache.program_hash", lambda: b"another version")
    with pytest.raises(AssertionError):
        build(garden, kept(garden))


def _refuse(*_: object) -> None:
    raise AssertionError("a formula is typeset")


def _line(text: str, change: Callable[[list[str], int], None], chance: random.Random) -> str:
    lines = text.split("\n")
    change(lines, chance.randrange(len(lines)))
    return "\n".join(lines)


def edit(folder: Path, chance: random.Random) -> None:
    """One thing that an author does: to a line, a file, an image or the settings."""
    files = sorted(folder.rglob("*.md"))
    path = chance.choice(files)
    text = path.read_text("utf-8")
    kind = chance.randrange(13)
    if kind < 3:
        added = ("", "More.", "A $y^2$ grows.", "- one", "![a leaf](leaf.svg)", *EMBEDS)
        words = chance.choice(added)
        path.write_text(_line(text, lambda lines, at: lines.insert(at, words), chance), "utf-8")
    elif kind < 5:
        path.write_text(_line(text, lambda lines, at: lines.__delitem__(at), chance), "utf-8")
    elif kind < 7:
        number = chance.randrange(100)
        question = f"\n## What is number {number}?\n\nIt is ${number}$ and $\\leaf$.\n"
        path.write_text(text + question, "utf-8")
    elif kind == 12:
        other = chance.choice((*files, folder / "split.md"))
        stays, mark, goes = text.rpartition("\n## ")
        if other != path and stays:
            path.write_text(stays + "\n", "utf-8")
            known = other.read_text("utf-8") if other.exists() else "# Split\n"
            other.write_text(f"{known}\n{mark.strip()} {goes}", "utf-8")
    elif kind == 7:
        other = folder / f"moved-{chance.randrange(3)}.md"
        path.rename(other)
    elif kind == 8:
        (folder / "leaf.svg").write_text(FILES["leaf.svg"].replace("h9", f"h{chance.randrange(9)}"))
    elif kind == 9:
        settings = chance.choice(
            (
                FILES["deck.yml"],
                FILES["deck.yml"].replace("'L'", "'M'"),
                "deck: Garden\nmath: {output: mathjax}\n",
                "deck: Garden\nsubdecks: none\ntags: [green]\n",
                "deck: Plot\n",
            )
        )
        (folder / "deck.yml").write_text(settings)
    elif kind == 10:
        name = chance.choice(sorted(name for name in FILES if name.endswith(".md")))
        (folder / name).write_text(FILES[name], "utf-8")
    else:
        lock = folder / "deck.lock"
        lock.unlink(missing_ok=True)


@pytest.mark.slow
def test_after_any_edits_a_build_is_as_one_without_earlier_work(garden: Path) -> None:
    chance = random.Random(13)
    built = 0
    for number in range(40):
        for _ in range(chance.choice((1, 1, 2, 6))):
            edit(garden, chance)
        other = twin(garden, "other")
        warm = build(garden, kept(garden), NOW + number)
        cold = build(other, NO_CACHE, NOW + number)
        assert _seen(warm, garden) == _seen(cold, other), number
        built += warm.package is not None

    assert built > 20


def _seen(built: Built, folder: Path) -> tuple[object, ...]:
    package, lock, diagnostics = outcome(built)
    assert isinstance(diagnostics, tuple)
    here = folder.parent.as_posix()
    return package, lock, [as_text(each).replace(here, "") for each in diagnostics]


@pytest.mark.slow
@pytest.mark.parametrize("processes", [2, 3])
def test_other_processes_make_the_same(
    wide_garden: Path, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_WORTH_A_PROCESS", 1)
    alone = outcome(build(twin(wide_garden, "alone")))
    there: set[int] = set()
    options = Options(
        NOW,
        processes=processes,
        step=lambda _name, _done, _total: there.update(
            child.pid or 0 for child in multiprocessing.active_children()
        ),
    )

    assert _bytes(
        outcome(build_deck(wide_garden, wide_garden.parent / "build", options))
    ) == _bytes(alone)
    assert len(there) == processes - 1
    assert multiprocessing.active_children() == []


def _bytes(found: tuple[object, ...]) -> tuple[object, ...]:
    return found[:2]


def test_what_a_killed_process_had_is_made_again(
    wide_garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_WORTH_A_PROCESS", 1)
    alone = outcome(build(twin(wide_garden, "alone")))

    def kill(_name: str, _done: int, _total: int) -> None:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)

    options = Options(NOW, processes=3, step=kill)

    assert _bytes(
        outcome(build_deck(wide_garden, wide_garden.parent / "build", options))
    ) == _bytes(alone)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (Line("a", 1),),
        (Line("a", 1), Line("", 2), Line("b", 4, 3)),
        (Line("a\nb", 1), Line("c", 2)),
    ],
)
def test_a_passage_stays_the_same_if_it_is_packed_again_unread(lines: tuple[Line, ...]) -> None:
    passage = Passage("plants.md", lines)

    once = unpacked(packed(passage))
    twice = unpacked(packed(once))

    assert (once, twice, hash(twice)) == (passage, passage, hash(passage))
    assert once.first_line == passage.first_line == passage.markdown.partition("\n")[0]


def test_reading_the_first_line_unpacks_no_passage() -> None:
    passage = unpacked(packed(Passage("plants.md", (Line("a", 1), Line("b", 2)))))

    assert passage.first_line == "a"
    assert passage.packed


def test_without_a_cache_nothing_is_packed_for_it(garden: Path) -> None:
    work = assemble(garden, Options(NOW)).work

    assert work
    assert calls_of(work.write_new, "dump") == 0


def test_empty_passages_of_a_file_are_one_object() -> None:
    one, other, _ = unpacked(packed((Passage("a.md"), Passage("a.md"), Passage("b.md"))))

    assert one is other


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux forks ahead")
@pytest.mark.parametrize("fate", ["lives", "is killed", "has nothing to do"])
def test_an_edit_is_made_by_a_process_that_starts_before_the_lock_is_read(
    wide_garden: Path, fate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_WORTH_A_START", 0)
    monkeypatch.setattr(workers, "_WORTH_A_PROCESS", 1)
    cache = kept(wide_garden)
    package = build(wide_garden, cache, processes=2).package
    assert package
    katex.stop()  # no process with threads is forked
    edited = wide_garden / "words.md"
    if fate != "has nothing to do":
        edited.write_text(FILES["words.md"] + "\nQ: Bark?\nA: Rinde\n", "utf-8")
    os.utime(edited, (package.stat().st_mtime + 10,) * 2)
    early: list[int] = []

    def read(path: Path) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
        for child in multiprocessing.active_children():
            early.append(child.pid or 0)
            if fate == "is killed":
                os.kill(child.pid or 0, signal.SIGKILL)
        return read_lock(path)

    monkeypatch.setattr("cardwright.pipeline.read_lock", read)
    warm = outcome(build(wide_garden, cache, processes=2))

    assert len(early) == 1
    assert multiprocessing.active_children() == []
    assert warm[:2] == outcome(build(twin(wide_garden, "alone")))[:2]


@pytest.mark.parametrize("answer", ["&nbsp;An organ.", "<p>&#160; &nbsp;An organ.</p>"])
@pytest.mark.parametrize("flavour", ["commonmark", "python-markdown"])
def test_an_answer_after_hard_spaces_is_shown(tmp_path: Path, answer: str, flavour: str) -> None:
    (tmp_path / "deck.yml").write_text(f"markdown: {{flavour: {flavour}}}\n")
    (tmp_path / "a.md").write_text(f"# Leaf\n\n## What is a leaf?\n\n{answer}\n")

    deck = cardwright.read(tmp_path)

    assert [note.front for note in deck.notes] == ["<p>What is a leaf?</p>"]
    assert deck.diagnostics == ()


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_a_large_deck_makes_the_same(
    wide_garden: Path, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_WORTH_A_PROCESS", 1)
    alone = outcome(build(twin(wide_garden, "alone")))
    monkeypatch.setattr(making, "_LARGE", 0)
    monkeypatch.setattr(stored, "_LONG", 1)
    cache = kept(wide_garden)

    cold = build(wide_garden, cache, processes=processes)
    notes = cold.assembly.identified.notes if cold.assembly.identified else ()
    assert outcome(cold)[:2] == alone[:2]
    assert bytes in {type(stored.stored_value(note, "back")) for note in notes}
    (wide_garden / "words.md").write_text(FILES["words.md"] + "\nQ: Bark?\nA: Rinde\n", "utf-8")
    warm = outcome(build(wide_garden, cache, processes=processes))
    assert warm[:2] == outcome(build(twin(wide_garden, "alone")))[:2]


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped(content: bytes) -> bytes:
    return content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]


@pytest.mark.parametrize("damage", [_cut, _flipped, lambda _: b"", lambda _: b"no work"])
def test_damaged_work_is_done_again_and_reported(
    garden: Path, damage: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(garden.parent)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    assert run(["build", "garden"]) == 0
    whole = (garden.parent / "build" / "garden.apkg").read_bytes()
    for path in entries(garden):
        path.write_bytes(damage(path.read_bytes()))
    capsys.readouterr()

    assert run(["build", "garden"]) == 0

    assert "build/.cache: 3 files damaged, or of another user" in capsys.readouterr().err
    assert (garden.parent / "build" / "garden.apkg").read_bytes() == whole
    assert run(["build", "garden"]) == 0
    assert "damaged" not in capsys.readouterr().err


class _Trap:
    """Runs when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_work_that_another_user_sealed_is_never_opened(
    garden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pull request may bring a cache along; its author has no key of ours."""
    first = outcome(build(garden, kept(garden)))
    trap = tmp_path / "sprung"
    for path in entries(garden):
        path.unlink()
    with pytest.MonkeyPatch.context() as theirs:
        theirs.setattr("cardwright.making.work_cache.user_secret", lambda: b"y" * 32)
        theirs.setattr("cardwright.making.work_cache.packed", lambda _: packed(_Trap(trap)))
        build(garden, kept(garden))

    second = build(garden, kept(garden))

    assert outcome(second) == first
    assert second.assembly.work is not None
    assert second.assembly.work.foreign > 0
    assert not trap.exists()

    monkeypatch.setattr("cardwright.making.work_cache.user_secret", lambda: b"x" * 32)
    assert build(garden, kept(garden)).assembly.work is not None
    assert outcome(build(garden, kept(garden))) == first


def test_work_of_another_version_is_done_again_in_silence(
    garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = outcome(build(garden, kept(garden)))
    monkeypatch.setattr("cardwright.making.work_cache.program_hash", lambda: b"another version")

    second = build(garden, kept(garden))

    assert outcome(second) == first
    assert second.assembly.work is not None
    assert second.assembly.work.foreign == 0


def test_the_key_is_this_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret, "user_cache_path", lambda *_, **__: tmp_path / "user")
    key = secret.user_secret.__wrapped__()

    assert key is not None
    assert len(key) == 32
    assert (tmp_path / "user" / "key").stat().st_mode & 0o077 == 0
    assert secret.user_secret.__wrapped__() == key

    (tmp_path / "user" / "key").write_bytes(b"")  # a full disk
    again = secret.user_secret.__wrapped__()
    assert again is not None
    assert again != key

    (tmp_path / "user" / "key").chmod(0o644)
    assert secret.user_secret.__wrapped__() is None


def test_terms_are_reported_until_the_lock_knows_them(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    terms = "".join(
        f"## {name}\n\nIt is a part of a plant.\n\n" for name in ("Leaf", "Root", "Stem")
    )
    (folder / "parts.md").write_text(f"# Parts\n\n{terms}")

    def says_terms() -> bool:
        codes = {each.code for each in build(folder, kept(folder)).diagnostics}
        return Code.MERE_TERMS in codes

    assert says_terms()
    assert not says_terms()
    (folder / "deck.lock").unlink()
    (folder.parent / "build" / "garden.apkg").unlink()
    assert says_terms()


def test_check_and_plan_write_no_work(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(garden.parent)

    assert run(["check", "garden"]) == 0
    assert run(["plan", "garden"]) == 0

    assert entries(garden) == []


def test_no_cache_neither_reads_nor_writes_it(
    garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(garden.parent)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))

    assert run(["build", "garden", "--no-cache"]) == 0

    assert entries(garden) == []
    package = garden.parent / "build" / "garden.apkg"
    whole = package.read_bytes()
    assert run(["build", "garden"]) == 0
    assert package.read_bytes() == whole
