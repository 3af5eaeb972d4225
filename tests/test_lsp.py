"""The language server, driven over stdio by a client of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from markdown_it import MarkdownIt
from pygls.lsp.server import LanguageServer
from pygls.workspace import Workspace

from cardwright.cli import run
from cardwright.config import load_config
from cardwright.lsp.actions import ignore_in_deck, ignore_in_file
from cardwright.lsp.attributes import attribute_edit, question_reader
from cardwright.lsp.cards import card_text
from cardwright.lsp.check import check_deck, deck_of
from cardwright.lsp.completion import keys_and_values, meaning_at
from cardwright.lsp.positions import EditorDocument, apply_edit, split_lines
from cardwright.lsp.server import Features
from cardwright.lsp.session import EditorSession, OpenDeck, path_of
from cardwright.making.values import FileResult, Task
from cardwright.making.work_cache import Memory
from cardwright.making.workers import make_files
from cardwright.source.frontmatter import read_front_matter
from tests.editor import Editor, edited, editing
from tests.work import calls_of, grows_evenly

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

LEAF = "## What is a leaf?\n\nAn organ.\n"
ROOT = "\n## What is a root?\n"
A, B, SETTINGS, LOCK = "content/a.md", "content/b.md", "content/deck.yml", "content/deck.lock"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck with two files, as it was built once."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / SETTINGS).write_text("deck: Plants\n")
    (tmp_path / A).write_text(LEAF)
    (tmp_path / B).write_text("# Stems\n\n## Wood\n\n### What is xylem? {.wood}\n\nA tissue.\n")
    assert run(["build"]) == 0
    return tmp_path


def run_to_end(story: Coroutine[Any, Any, None]) -> None:
    """In a thread: a browser of other tests may have the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, story).result()


def act(
    folder: Path, story: Callable[[Editor], Awaitable[None]], *, is_program: bool = False
) -> None:
    """Tell a story with an editor, whose server has to end with 0."""

    async def told() -> None:
        async with editing(folder, is_program=is_program) as editor:
            await story(editor)

    run_to_end(told())


def test_a_file_is_followed_from_its_opening_to_its_end(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One story, told to a program of its own; others are told to a thread."""

    async def story(editor: Editor) -> None:
        editor.open(A, LEAF + ROOT)
        (problem,) = await editor.codes(A, "QA305")
        assert problem.severity is types.DiagnosticSeverity.Warning
        assert problem.source == "cardwright"
        assert problem.range == types.Range(types.Position(4, 3), types.Position(4, 18))
        assert problem.message.startswith("'What is a root?' has no answer")
        assert "\nhint: write an answer under it" in problem.message

        card = await editor.hover(A, 2)
        assert card.startswith("**`Plants::a`** · unchanged · 1 card")
        assert card.endswith("What is a leaf?\n\n---\n\nAn organ.")
        assert (await editor.hover(A, 4, 5)).startswith("# QA305")
        assert await editor.hover(A, 3) == ""

        found = await editor.actions(A, 4)
        assert list(found) == [
            "Write {skip}",
            "Ignore QA305 in this file",
            "Ignore QA305 in the deck",
        ]
        skip, in_file, in_deck = found.values()
        assert changed(skip, LEAF + ROOT) == LEAF + ROOT.replace("?\n", "? {skip}\n")
        assert changed(in_file, LEAF + ROOT) == f"---\nignore: [QA305]\n---\n\n{LEAF}{ROOT}"
        assert changed(in_deck, "deck: Plants\n") == "deck: Plants\nignore: [QA305]\n"

        editor.type(A, changed(skip, LEAF + ROOT))
        await editor.codes(A)

        editor.type(A, LEAF.replace("organ", "part") + "\n## What is sap? {reverse}\n\nA juice.\n")
        assert "`Plants::a`** · changed · 1 card" in await editor.hover(A, 0)
        assert "`Plants::a`** · new · 2 cards" in await editor.hover(A, 4)

        editor.open(SETTINGS, "deck: Plants\nignore: [QA305]\n")
        editor.type(A, LEAF + ROOT)
        await editor.codes(A)
        editor.close(SETTINGS)
        await editor.codes(A, "QA305")
        editor.close(A)
        await editor.codes(A)

        assert editor.progress in (["begin", "end"], [])  # none where the editor agrees too late
        assert editor.registered == ["workspace/didChangeWatchedFiles"]
        files = {path.name for path in folder.rglob("*") if path.is_file()}
        assert files == {path.name for path in before}

    before = [path for path in folder.rglob("*") if path.is_file()]
    act(folder, story, is_program=True)
    assert run(["check"]) == 0
    assert capsys.readouterr().err == "0 errors, 0 warnings\n"


def changed(action: types.CodeAction, text: str) -> str:
    assert action.edit is not None
    assert action.edit.changes is not None
    ((_, edits),) = action.edit.changes.items()
    return edited(text, edits)


def test_an_editor_sees_the_same_problems_as_check(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "---\nquestion_level: 9\n---\n\n## What is $\\frac{1}$? 🌱\n\n![x](no.png) and $\\fraq$\n"
    (folder / A).write_text(bad)
    (folder / SETTINGS).write_text("dekc: Plants\nquestions: heading\n")
    capsys.readouterr()
    assert run(["check", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)

    async def story(editor: Editor) -> None:
        editor.open(A)
        for name in (A, SETTINGS):
            own = [each for each in told if each["path"] == name]
            assert own
            found = await editor.codes(name, *(each["code"] for each in own))
            document = EditorDocument(split_lines((folder / name).read_text("utf-8")))
            for shown, problem in zip(found, own, strict=True):
                assert shown.message.startswith(problem["message"])
                assert document.place(shown.range.start)[0] == max(problem["line"], 1)
                if problem["column"]:
                    assert document.place(shown.range.start)[1] == problem["column"]
                assert (shown.severity is types.DiagnosticSeverity.Error) == (
                    problem["severity"] == "error"
                )

    act(folder, story)


def test_settings_are_checked_mended_and_completed(folder: Path) -> None:
    async def story(editor: Editor) -> None:
        text = "deck: Plants\nsubdeks: none\nhtml: 'claen'\n"
        editor.open(SETTINGS, text)
        first, second = await editor.codes(SETTINGS, "CF102", "CF103")
        assert (first.range.start.character, first.range.end.character) == (0, 7)
        assert (second.range.start.character, second.range.end.character) == (6, 13)
        (mended,) = (await editor.actions(SETTINGS, 1)).values()
        assert mended.title == "Change it to 'subdecks'"
        assert changed(mended, text) == text.replace("subdeks", "subdecks")
        (mended,) = (await editor.actions(SETTINGS, 2)).values()
        assert changed(mended, text) == text.replace("claen", "clean")

        editor.type(SETTINGS, "deck: Plants\nquestions: [headings, de]\nsub\n")
        found = await editor.completed(SETTINGS, 1, 23)
        assert list(found) == ["details", "definitions"]
        assert found["details"].startswith("a fold with the question")
        assert await editor.completed(SETTINGS, 2, 3) == {"subdecks": "Which subdecks there are."}
        assert await editor.hover(SETTINGS, 1, 2) == "How questions are marked."

    act(folder, story)


def test_attributes_are_completed_with_the_tags_of_the_deck(folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open(A, LEAF)
        await editor.hover(A, 0)
        editor.type(A, LEAF.replace("?", "? 🌱 {", 1))
        await editor.hover(A, 0)
        found = await editor.completed(A, 0, 23)
        guid = next(each for each in found if each.startswith("#"))
        assert set(found) == {"reverse", "skip", "new", ".wood", guid}
        assert guid[1:] in (folder / LOCK).read_text()
        editor.type(A, LEAF.replace("?", "? {skip .w", 1))
        assert list(await editor.completed(A, 0, 28)) == [".wood"]
        assert await editor.completed(A, 2, 4) == {}

    act(folder, story)


def test_the_lock_and_a_question_lead_to_each_other(folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open(B)
        entry = await editor.definition(B, 6)
        assert entry is not None
        assert entry.uri == editor.uri(LOCK)
        line = (folder / LOCK).read_text().splitlines()[entry.range.start.line]
        assert '"front": "What is xylem?"' in line

        editor.open(LOCK)
        question = await editor.definition(LOCK, entry.range.start.line)
        assert question is not None
        assert (question.uri, question.range.start.line) == (editor.uri(B), 4)
        assert await editor.definition(LOCK, 0) is None
        assert await editor.definition(B, 0) is None

        (section,) = await editor.symbols(B)
        assert section.name == "Wood"
        assert [each.name for each in section.children or ()] == ["What is xylem?"]

    act(folder, story)


def test_a_reworded_question_can_become_a_new_note(folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open(A, LEAF.replace("What is a leaf", "What are leaves"))
        (action,) = (await editor.actions(A, 0)).values()
        assert action.title == "This is not 'What is a leaf?': make a new note"
        text = changed(action, LEAF)
        assert text == LEAF.replace("?", "? {new}", 1)

        editor.type(A, LEAF.replace("leaf?\n\nAn organ", "petal?\n\nA coloured part of a flower"))
        assert await editor.actions(A, 0) == {}

    act(folder, story)


def test_files_that_are_renamed_or_change_on_the_disk_are_followed(folder: Path) -> None:
    async def story(editor: Editor) -> None:
        (folder / A).write_text(LEAF + ROOT)
        editor.open(A)
        await editor.codes(A, "QA305")
        editor.close(A)
        (folder / A).rename(folder / "content/c.md")
        editor.open("content/c.md")
        (renamed,) = await editor.codes("content/c.md", "QA305")
        assert renamed.range.start.line == 4
        assert await editor.codes(A) == []

        (folder / B).write_text("# Stems\n" + ROOT + "\n" + LEAF)
        editor.changed_on_disk(B)
        (on_disk,) = await editor.codes(B, "QA305")
        assert on_disk.range.start.line == 2
        (folder / SETTINGS).write_text("deck: Plants\nignore: QA305\n")
        editor.changed_on_disk(SETTINGS)
        assert await editor.codes(B) == []

    act(folder, story)


def test_what_is_no_file_and_what_is_broken_harm_nothing(folder: Path) -> None:
    (folder / "README.md").write_text("# A project\n\nWords.\n")
    (folder / "plants.md").write_text(LEAF + ROOT)
    (folder / "content" / "odd.md").write_bytes(b"## What?\n\n\xff\n")

    async def story(editor: Editor) -> None:
        for uri in ("untitled:Untitled-1", "git:/a.md", "file:///%00.md", "http://a/b.md"):
            editor.open(uri, LEAF + ROOT)
            assert await editor.hover(uri, 0) == ""
            assert await editor.symbols(uri) == []
            editor.close(uri)
        editor.open("README.md")
        editor.open("plants.md")
        await editor.codes("plants.md", "QA305")
        assert editor.uri("README.md") not in editor.shown
        assert await editor.hover("README.md", 0) == ""

        text = LEAF + "\n## What?\n\n\ud800 \0 \u2028\x0c\r\n\r## \r\nGreen.\n"
        editor.open("content/odd.md", text)
        await editor.codes("content/odd.md", "QA311")
        assert await editor.hover("content/odd.md", 10**6, 10**6) == ""
        editor.type("content/odd.md", "")
        await editor.codes("content/odd.md", "QA302")
        (folder / LOCK).write_text("<<<<<<< ours\n")
        editor.changed_on_disk(LOCK)
        await editor.codes(LOCK, "LK602")
        assert await editor.symbols("content/odd.md") == []

    act(folder, story)


@pytest.mark.parametrize(
    ("encoding", "start", "end"), [("utf-8", 3, 26), ("utf-16", 3, 18), ("utf-32", 3, 17)]
)
def test_places_are_counted_as_the_editor_counts(
    folder: Path, encoding: str, start: int, end: int
) -> None:
    async def story() -> None:
        async with editing(folder, encodings=[encoding]) as editor:
            editor.open(A, LEAF + "\n## 什么是 🌱 leaf ok?\n")
            (problem,) = await editor.codes(A, "QA305")
            assert (problem.range.start.character, problem.range.end.character) == (start, end)

    run_to_end(story())


def test_settings_of_a_stranger_run_no_code(folder: Path) -> None:
    (folder / "evil.py").write_text("open('ran', 'w').close()\n")
    text = "markdown: {flavour: python-markdown, extensions: [evil]}\n"

    async def story(editor: Editor) -> None:
        editor.open(SETTINGS, text)
        await editor.codes(SETTINGS, "CF111")

    act(folder, story, is_program=True)
    assert not (folder / "ran").exists()


def test_without_shutdown_the_exit_code_is_1(folder: Path) -> None:
    command = [sys.executable, "-m", "cardwright", "lsp"]

    ended = subprocess.run(command, input=b"", cwd=folder, capture_output=True)
    broken = subprocess.run(
        command, input=b"Content-Length: 3\r\n\r\n{]}", cwd=folder, capture_output=True
    )

    assert (ended.returncode, ended.stdout) == (1, b"")
    assert broken.returncode == 1


def test_an_editor_that_is_gone_is_left_in_silence(folder: Path) -> None:
    asked = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
    command = [sys.executable, "-m", "cardwright", "lsp"]
    reading, writing = os.pipe()
    os.close(reading)
    message = b"Content-Length: %d\r\n\r\n%s" % (len(asked), asked)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(
            command, input=message, stdout=closed, stderr=subprocess.PIPE, cwd=folder
        )

    assert (ended.returncode, ended.stderr) == (1, b"")


def test_an_edit_has_only_its_own_file_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So an answer does not wait longer in a large deck."""
    made: list[str] = []

    def counted(tasks: Sequence[Task], *rest: object) -> list[FileResult]:
        made.extend(task.source.path for task in tasks)
        return make_files(tasks, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("cardwright.making.make_files", counted)
    memory, output = Memory(), folder / "build"
    unsaved = {(folder / A).resolve(): LEAF.replace("organ", "part")}

    check_deck(folder / "content", output, {}, memory, is_trusted=False)
    made.clear()
    check = check_deck(folder / "content", output, unsaved, memory, is_trusted=False)

    assert made == ["a.md"]
    assert [note.note.back for note in check.notes_of(folder / A)] == ["<p>An part.</p>"]


def test_nothing_is_fetched_or_reported_as_missing(folder: Path) -> None:
    remote = LEAF + "\n![A leaf](http://127.0.0.1:9/leaf.png)\n\n![A leaf](no.png)\n"
    unsaved = {(folder / A).resolve(): remote}

    check = check_deck(folder / "content", folder / "build", unsaved, Memory(), is_trusted=False)

    assert [problem.code.code for problem in check.problems[folder / A]] == ["MD501"]
    (note,) = check.notes_of(folder / A)
    assert "![" not in card_text(note, check)
    assert "[A leaf](http://127.0.0.1:9/leaf.png)" in card_text(note, check)


def test_no_text_of_a_card_is_an_image_for_the_editor(folder: Path) -> None:
    """It would tell a stranger's server when the note is read."""
    image = "![x](http://127.0.0.1:9/x.png)"
    text = f"---\ntags: ['a``{image}``b']\n---\n\n{LEAF}\nAn !{image} and !!{image}.\n"
    unsaved = {(folder / A).resolve(): text}

    check = check_deck(folder / "content", folder / "build", unsaved, Memory(), is_trusted=False)

    (note,) = check.notes_of(folder / A)
    shown = MarkdownIt().render(card_text(note, check))
    assert "<img" not in shown
    assert shown.count('href="http://127.0.0.1:9/x.png"') == 2


def test_a_new_deck_checks_the_files_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(LEAF + ROOT)

    async def story(editor: Editor) -> None:
        editor.open("notes/a.md")
        await editor.codes("notes/a.md", "QA305")
        (tmp_path / "notes" / "deck.yml").write_text("ignore: QA305\n")
        editor.changed_on_disk("notes/deck.yml")
        await editor.codes("notes/a.md")
        assert "::a`** · new" in await editor.hover("notes/a.md", 0)

    act(tmp_path, story)


@pytest.mark.parametrize(
    ("text", "line", "column", "character"),
    [("a🌱b", 1, 3, 3), ("a🌱b", 1, 9, 4), ("a\r\nb\u2028c\rd", 3, 2, 1), ("", 5, 5, 0)],
)
def test_a_place_goes_to_the_editor(text: str, line: int, column: int, character: int) -> None:
    assert EditorDocument(split_lines(text)).position(line, column).character == character


@pytest.mark.parametrize(("character", "column"), [(0, 1), (1, 2), (2, 3), (3, 3), (4, 4), (9, 4)])
def test_a_place_comes_from_the_editor(character: int, column: int) -> None:
    """Between the halves of an emoji is behind it."""
    assert EditorDocument(["a🌱b"]).place(types.Position(0, character)) == (1, column)


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        ("## A", "skip", "## A {skip}"),
        ("## A  ", "skip", "## A {skip}"),
        ("## A {#x .t}", "new", "## A {#x .t new}"),
        ("## A {b}", "new", "## A {b} {new}"),
    ],
)
def test_an_attribute_is_written(line: str, word: str, expected: str) -> None:
    edit = attribute_edit(1, [line], word, None)

    assert edit is not None
    assert apply_edit([line], edit) == [expected]


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("|Question|Answer|\n|-|-|\n|What is a?|A.|\n|What is b?| |\n", 4, "|What is b? {skip}| |"),
        (
            "|Question|Answer|\n|-|-|\n|What is a?|A.|\n| What is b? {.t} | |\n",
            4,
            "| What is b? {.t skip} | |",
        ),
        (
            "---\nquestions: details\n---\n"
            "<details>\n<summary>What is a?</summary>\n\nA.\n\n</details>\n\n"
            "<details>\n<summary>What is b?</summary>\n\n</details>\n",
            12,
            "<summary>What is b? {skip}</summary>",
        ),
        ("Q: What is a?\nA: A.\n\nQ: What is b?\nA: TODO\n", 4, "Q: What is b? {skip}"),
        ("#flashcards\n\nWhat is a?::A.\n\nWhat is b?::TODO\n", 5, "What is b? {skip}::TODO"),
        ("**What is a?**\n\nA.\n\n**What is b?**\n", 5, "**What is b?** {skip}"),
        ("What is a?\n----------\n\nA.\n\nWhat is b?\n----------\n", 6, "What is b? {skip}"),
        ("---\nquestions: [{question: What is b?, answer: TODO}]\n---\n", 2, None),
    ],
)
def test_an_attribute_is_written_where_it_is_read(
    folder: Path, text: str, line: int, expected: str | None
) -> None:
    (folder / A).write_text(text)
    check = check_deck(folder / "content", folder / "build", {}, Memory(), is_trusted=False)
    lines = split_lines(text)

    edit = attribute_edit(line, lines, "skip", question_reader(check, folder / A))

    assert attribute_edit(line, lines, "skip", None) is None
    assert (apply_edit(lines, edit)[line - 1] if edit else None) == expected
    if edit:
        (folder / A).write_text("\n".join(apply_edit(lines, edit)))
        check = check_deck(folder / "content", folder / "build", {}, Memory(), is_trusted=False)
        assert "QA305" not in [each.code.code for each in check.problems.get(folder / A, ())]
        assert "QA306" not in [each.code.code for each in check.problems.get(folder / A, ())]


def test_a_renamed_file_is_read_as_by_the_last_build(folder: Path) -> None:
    """Its terms would win now. The lock knows its headings under the old name."""
    text = "".join(f"Part {number}\n---\n\nLine {number} of prose.\n\n" for number in (1, 2, 3))
    (folder / A).write_text(text)
    assert run(["build"]) == 0
    (folder / A).unlink()
    text += "".join(f"Term{number} :: definition {number}\n\n" for number in (10, 11, 12))
    renamed = folder / "content" / "renamed.md"
    renamed.write_text(text)
    check = check_deck(folder / "content", folder / "build", {}, Memory(), is_trusted=False)

    read = question_reader(check, renamed)

    assert read
    assert [question.text for question in read(split_lines(text))] == ["Part 1", "Part 2", "Part 3"]
    assert len(check.notes_of(renamed)) == 3


def test_a_check_that_ends_after_its_deck_was_closed_shows_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where the deck was opened again while the check ran."""
    server = LanguageServer("cardwright", "1")
    shown: list[types.PublishDiagnosticsParams] = []
    monkeypatch.setattr(server, "text_document_publish_diagnostics", shown.append)
    monkeypatch.setattr(type(server), "workspace", Workspace(folder.as_uri()))
    session = EditorSession(server, is_trusted=False)
    content = folder / "content"
    closed, opened = OpenDeck(content), OpenDeck(content)
    session.decks[content] = opened
    (folder / A).write_text(LEAF + ROOT)
    check = check_deck(content, folder / "build", {}, Memory(), is_trusted=False)

    session._publish(closed, check.problems, {})
    assert shown == []
    session._publish(opened, check.problems, {})
    assert [each.code for params in shown for each in params.diagnostics] == ["QA305"]


def test_the_lock_of_a_large_deck_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = LanguageServer("cardwright", "1")
    monkeypatch.setattr(type(server), "workspace", Workspace(folder.as_uri()))
    session = EditorSession(server, is_trusted=False)
    (folder / LOCK).write_text("x" * 10_000_001)
    (folder / A).write_text("x" * 10_000_001)

    assert session.document(folder / LOCK).lines != [""]
    assert session.document(folder / A).lines == [""]


def test_in_a_whole_file_of_problems_each_code_is_ignored_once(folder: Path) -> None:
    count = 100
    text = "".join(f"## What is part {number}?\n" for number in range(count))

    async def story(editor: Editor) -> None:
        editor.open(A, f"---\nquestions: headings\nquestion_level: 2\n---\n{LEAF}{text}")
        await editor.codes(A, *["QA305"] * count)
        found = await editor.actions(A, 0, count + 7)
        in_file = found["Ignore QA305 in this file"]
        assert in_file.diagnostics is not None
        assert len(in_file.diagnostics) == count
        assert list(found) == [
            "Write {skip}", "Ignore QA305 in this file", "Ignore QA305 in the deck"
        ]  # fmt: skip

    act(folder, story)


def test_a_file_is_read_once_for_all_of_its_problems(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def here(action: Callable[[], object]) -> object:
        return action()  # where it is counted

    monkeypatch.setattr(asyncio, "to_thread", here)
    server = LanguageServer("cardwright", "1")
    monkeypatch.setattr(type(server), "workspace", Workspace(folder.as_uri()))
    session = EditorSession(server, is_trusted=False)
    content = folder / "content"

    def work(count: int) -> int:
        note = "Q: What is part {}?\nA: A.\n\nQ: What is its use {}?\nA: TODO\n\n"
        (folder / A).write_text("".join(note.format(number, number) for number in range(count)))
        check = check_deck(content, folder / "build", {}, Memory(), is_trusted=False)
        assert len(check.problems[folder / A]) == count
        session.decks[content] = OpenDeck(content, check=check)
        asked = types.CodeActionParams(
            types.TextDocumentIdentifier((folder / A).as_uri()),
            types.Range(types.Position(0, 0), types.Position(6 * count, 0)),
            types.CodeActionContext([]),
        )
        return calls_of(lambda: run_here(Features(session).act(asked)))

    assert grows_evenly(work, 10)


def run_here(coroutine: Coroutine[Any, Any, object]) -> None:
    """Run what waits for nothing."""
    with pytest.raises(StopIteration):
        coroutine.send(None)


@pytest.mark.parametrize(
    "text",
    [
        "# A",
        "",
        "---\ntitle: A\n---\n# A",
        "---\nignore: [QA318]\n---\n",
        "---\nignore: []\n---\n",
        "---\nignore: QA318\n---\n",
        "---\nignore:\n- QA318\ntitle: A\n---\n",
        "---\nignore:\n  - QA318\n---\n",
        '+++\ntitle = "A"\n[a]\nb = 1\n+++\n',
        '+++\nignore = ["QA318"]\n+++\n',
    ],
)
def test_a_code_is_ignored_in_front_matter(text: str) -> None:
    lines = text.split("\n")

    edit = ignore_in_file(lines, "QA305")

    assert edit is not None
    after = read_front_matter(apply_edit(lines, edit), "")[0]
    assert set(after.ignore) == {"QA305"} | set(read_front_matter(lines, "")[0].ignore)


@pytest.mark.parametrize(
    ("text", "is_possible"),
    [
        ("", True),
        ("deck: A\n", True),
        ("deck: A", True),
        ("ignore: QA318\n", True),
        ("ignore: [QA318, {old/: QA303}]\n", True),
        ("ignore:\n  - QA318\n  - old/: QA303\ntags: a\n", True),
        ("ignore: [\n  QA318]\n", False),
        ("deck: [", False),
    ],
)
def test_a_code_is_ignored_in_settings(text: str, is_possible: bool) -> None:
    lines = text.split("\n")

    edit = ignore_in_deck(lines, "QA305")

    assert (edit is not None) is is_possible
    if edit:
        config, problems = load_config("\n".join(apply_edit(lines, edit)), "deck.yml")
        assert "QA305" in [each.code for each in config.ignore]
        assert problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("images:\n  rem", ["remote"]),
        ("images:\n  remote: l", ["link"]),
        ("images: {remote: fetch, allow_private: t", ["true"]),
        ("images: {remote: fetch, all", ["allow_private"]),
        ("markdown:\n  flavour: python-markdown\n  extensions:\n    - foot", ["footnotes"]),
        ("questions:\n- clo", ["cloze"]),
        ("math:\n  output: katex\n\nht", ["html"]),
        ("ignore: [QA305, QA318, MD51", ["MD510", "MD511", "MD512"]),
        ("nothing:\n  a", []),
    ],
)  # fmt: skip
def test_settings_are_completed(text: str, expected: list[str]) -> None:
    lines = text.split("\n")

    found = keys_and_values(Path(SETTINGS), lines, len(lines), len(lines[-1]) + 1)

    assert sorted(each.text for each in found) == expected


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("---\ndra\n---\n", 2, ["draft"]),
        ("---\nquestions: bo", 2, ["bold"]),
        ("---\n---\ndra", 3, []),
        ("# A\ndra", 2, []),
    ],
)
def test_front_matter_is_completed(text: str, line: int, expected: list[str]) -> None:
    lines = text.split("\n")

    found = keys_and_values(Path(A), lines, line, len(lines[line - 1]) + 1)

    assert [each.text for each in found] == expected


def test_a_key_is_explained() -> None:
    lines = ["images:", "  remote: fetch"]

    assert meaning_at(Path(SETTINGS), lines, 2, 4) == "Whether remote images are packed, or linked."
    assert meaning_at(Path(SETTINGS), lines, 2, 12) == ""


def test_the_deck_of_a_file_is_found(tmp_path: Path) -> None:
    outer = tmp_path / "repo" / "notes"
    inner = outer / "botany"
    inner.mkdir(parents=True)
    file = inner / "a.md"
    file.write_text(LEAF)
    roots = (tmp_path / "repo",)

    assert deck_of(file, roots) == file
    (inner / "deck.yml").touch()
    assert deck_of(file, roots) == inner
    (outer / "deck.yml").touch()
    assert deck_of(file, roots) == outer
    (inner / "deck.lock").touch()
    assert deck_of(file, roots) == inner
    assert deck_of(outer / "gone.txt", roots) == outer
    assert deck_of(tmp_path / "a.txt", roots) is None


@pytest.mark.parametrize(
    "uri", ["untitled:a", "http://x/a.md", "file://host/a.md", "file:///%00", "file://[::1"]
)
def test_what_is_not_on_this_machine_is_no_file(uri: str) -> None:
    assert path_of(uri) is None


odd_lines = st.lists(
    st.text(st.sampled_from(" \t-#:{}[],'\"\\ab🌱é植\u2028\x0cignoretx+=§|>"), max_size=14),
    min_size=1,
    max_size=6,
)


@given(odd_lines, st.sampled_from(["", "---", "+++"]), st.data())
def test_no_text_is_too_odd_to_be_helped_with(
    lines: list[str], fence: str, data: st.DataObject
) -> None:
    lines = [fence, *lines, fence] if fence else lines
    line = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, len(lines[line - 1]) + 1))

    for path in (Path(SETTINGS), Path(A)):
        list(keys_and_values(path, lines, line, column))
        meaning_at(path, lines, line, column)
    for edit in (ignore_in_file(lines, "QA305"), ignore_in_deck(lines, "QA305")):
        assert edit is None or len(apply_edit(lines, edit)) >= len(lines)
    edit = attribute_edit(line, lines, "skip", None)
    assert edit is None or "skip" in apply_edit(lines, edit)[line - 1]
    for encoding in ("utf-8", "utf-16", "utf-32"):
        document = EditorDocument(lines, encoding)
        assert document.place(document.position(line, column)) == (line, column)
