"""Settings of a stranger run no code and read nothing outside of their folder.

Every deck of ``TRAPS`` goes through each command in one process under an audit hook.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import cardwright
from cardwright.cli import run
from cardwright.config import load_config
from cardwright.config.known_extensions import EXTENSIONS, NOT_LOADED, module_of
from cardwright.diagnostics import Code, Diagnostic
from cardwright.render.python_markdown import converter
from tests.each import check_each

SOURCE = Path(cardwright.__file__).parents[1]
COMMANDS = ("check", "explain", "plan", "build")
SECRET = "the-secret-of-another-folder"
NOTE = "## What is a leaf?\n\nAn organ.\n"
REFUSED = {
    "the attack as it was seen": '[{"subprocess:run": {args: "id > PWNED", shell: true}}]',
    "a call of the system": "['os:system']",
    "a module beside deck.yml": "[evil]",
    "a function of a module beside deck.yml": "['evil:run']",
    "a module in a subfolder": "[sub.evil]",
    "a module that does something when it is imported": "[antigravity]",
    "a class of a known module": "['markdown.extensions.toc:TocExtension']",
    "a function of a known module": "['pymdownx.b64:makeExtension']",
    "a known name and a colon": "['tables:']",
    "a package of known modules": "[markdown.extensions]",
    "another module of pymdownx": "[pymdownx.slugs]",
    "an inner module of pymdownx": "[pymdownx._bypassnorm]",
    "another case": "[Tables]",
    "a path": "['../evil']",
    "a relative module": "[.evil]",
    "a name with a NUL": '["tables\\0"]',
    "a name with a zero-width space": '["tables\\u200b"]',
    "b64": "[pymdownx.b64]",
    "b64 from the root": "[{pymdownx.b64: {base_path: /, restrict_path: false}}]",
    "pathconverter": "[{pymdownx.pathconverter: {base_path: /etc, absolute: true}}]",
    "snippets from the root": "[{pymdownx.snippets: {base_path: [/]}}]",
    "snippets from above": "[{pymdownx.snippets: {base_path: ['..', '.']}}]",
    "snippets from anywhere": "[{pymdownx.snippets: {restrict_base_path: false}}]",
    "snippets by a link": "[{pymdownx.snippets: {base_path: [link]}}]",
    "snippets from the network": "[{pymdownx.snippets: {url_download: true}}]",
    "snippets behind every page": "[{pymdownx.snippets: {auto_append: [../secret.txt]}}]",
    "a tag that names a function": "[{toc: {slugify: !!python/name:os.system }}]",
    "a tag that calls a function": "[{toc: {slugify: !!python/object/apply:os.system [id]}}]",
    "a tag that calls a function, as an extension": "[!!python/object/apply:os.system [id]]",
    "a tag around the list": "!!python/object/apply:subprocess.run [[id]]",
    "a tag on a key": "[{!!python/object/apply:os.system [id]: {}}]",
    "a function by its name": "[{toc: {slugify: os.system}}]",
    "a separator that is a pattern": "[{toc: {separator: '+)(?:(a+)+b'}}]",
    "an inner separator that is a pattern": "[{extra: {footnotes: {SEPARATOR: ''}}}]",
    "a template that grows": "[{footnotes: {BACKLINK_TITLE: '{:>9999999999}'}}]",
    "a template that looks around": "[{footnotes: {BACKLINK_TITLE: '{0.__class__}'}}]",
    "an inner template": "[{extra: {footnotes: {SUPERSCRIPT_TEXT: '{0.__class__}'}}}]",
    "an inner template of pymdownx": (
        "[{pymdownx.extra: {markdown.extensions.footnotes: {SUPERSCRIPT_TEXT: '{0.real}'}}}]"
    ),
    "a caption that grows": (
        "[{pymdownx.blocks.caption: {types: [{name: figure, prefix: '{:>9999999999}'}]}}]"
    ),
    "a fence with a function": (
        "[{pymdownx.superfences: {custom_fences:"
        " [{name: a, class: a, format: !!python/name:os.system }]}}]"
    ),
    "a fence with the name of a function": (
        "[{pymdownx.superfences: {custom_fences: [{name: a, class: a, format: os.system}]}}]"
    ),
    "a fence with a validator": (
        "[{pymdownx.superfences: {custom_fences: [{name: a, class: a, validator: os.system}]}}]"
    ),
    "a fence inside of a bundle": (
        "[{pymdownx.extra: {pymdownx.superfences: {custom_fences:"
        " [{name: a, class: a, format: os.system}]}}}]"
    ),
    "another extension inside of a bundle": "[{extra: {'evil': {a: 1}}}]",
    "the options of a bundle": "[{pymdownx.extra: {configs: {a: 1}}}]",
    "code in running text": "[{pymdownx.inlinehilite: {custom_inline: [{name: a, class: a}]}}]",
    "an index of emoji": "[{pymdownx.emoji: {emoji_index: os.system}}]",
    "a maker of emoji": "[{pymdownx.emoji: {emoji_generator: pymdownx.emoji.to_svg}}]",
    "an error for each unknown emoji": "[{pymdownx.emoji: {strict: true}}]",
    "the makers of addresses": "[{wikilinks: {build_url: os.system}}]",
    "a slug of tabs": "[{pymdownx.tabbed: {slugify: os.system}}]",
    "a slug of blocks of tabs": "[{pymdownx.blocks.tab: {slugify: os.system}}]",
    "a formatter of Pygments": "[{codehilite: {pygments_formatter: img}}]",
    "a division by nothing": "[{pymdownx.progressbar: {progress_increment: 0}}]",
    "a host that is a pattern": (
        "[{pymdownx.magiclink: {custom: {a: {type: github, label: a, host: 'https://(a+)+'}}}}]"
    ),
    "a text that is long": f"[{{toc: {{permalink: {'a' * 2_000}}}}}]",
    "an alias": "[{toc: {title: &x [*x]}}]",
    "a merged mapping": "[{toc: {<<: &x {slugify: os.system}}}]",
}
"""What stands behind ``extensions:``; each of them is an error with a place."""

SETTINGS = {
    "the environment as the name": "deck: !ENV HOME",
    "the environment in a list": "tags: !ENV [HOME, a]",
    "a tag that calls a function as the name": "deck: !!python/object/apply:os.system [id]",
    "another file": "deck: !include ../secret.txt",
    "a tag around all": "!!python/object/apply:os.system [id]",
    "a tag on a key at the top": "!!python/name:os.system : a",
}

HARMLESS = {
    "snippets in text": ("[pymdownx.snippets]", 'Seen.\n\n--8<-- "../secret.txt"\n'),
    "snippets by an absolute path": (
        "[pymdownx.snippets]",
        'Seen.\n\n--8<-- "{outside}/secret.txt"\n',
    ),
    "snippets by a link in text": ("[pymdownx.snippets]", 'Seen.\n\n--8<-- "link/secret.txt"\n'),
    "snippets in code": ("[pymdownx.snippets]", '```text\n--8<-- "link/secret.txt"\n```\n'),
    "snippets in running text": ("[pymdownx.snippets]", 'a `--8<-- "../secret.txt"` b\n'),
    "a formatter in a fence": (
        "[codehilite, fenced_code, attr_list]",
        "``` {.python use_pygments=true pygments_formatter=img font_name=/etc/passwd}\na\n```\n",
    ),
    "a formatter in a fence of superfences": (
        "[pymdownx.superfences, pymdownx.highlight, pymdownx.inlinehilite]",
        "``` {.python use_pygments=true pygments_formatter=img}\na\n```\n\n`#!evil a`\n",
    ),
    "a block with a tag": (
        "[pymdownx.blocks.admonition]",
        "/// admonition | a\n    type: !!python/object/apply:os.system [id]\n\ntext\n///\n",
    ),
    "front matter with tags": (
        "[meta]",
        "---\ntitle: !!python/object/apply:os.system [id]\ntags: !ENV [HOME, a]\n"
        "macros: !include ../secret.txt\ndeck: {<<: !!python/name:os.system }\n---\n" + NOTE,
    ),
    "addresses of other sites in the text": (
        "[meta, wikilinks]",
        "wiki_build_url: os.system\n\n[[a]]\n",
    ),
}
"""Extensions that are loaded, and a text that would have them do more."""


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each command did with each deck."""
    outside = tmp_path_factory.mktemp("outside")
    decks = outside / "decks"
    for name, extensions in REFUSED.items():
        text = f"markdown:\n  flavour: python-markdown\n  extensions: {extensions}\n"
        _write(decks / name, text, outside)
    for name, text in SETTINGS.items():
        _write(decks / name, text, outside)
    for name, (extensions, note) in HARMLESS.items():
        text = f"markdown:\n  flavour: python-markdown\n  extensions: {extensions}\n"
        _write(decks / name, text, outside, note.replace("{outside}", outside.as_posix()))
    _write(decks / "_first", "markdown: {flavour: python-markdown}", outside)
    (outside / "secret.txt").write_text(f"{SECRET}\n", "utf-8")
    (outside / "temporary").mkdir()
    ran = subprocess.run(
        [sys.executable, Path(__file__).with_name("audited.py"), "none", decks, *COMMANDS],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(outside / "temporary")},
        capture_output=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return {**found, "outside": outside}


def _write(folder: Path, settings: str, outside: Path, answer: str = "An organ.\n") -> None:
    (folder / "sub").mkdir(parents=True)
    (folder / "deck.yml").write_text(settings, "utf-8")
    text = answer if answer.startswith("---") else f"## What is a leaf?\n\n{answer}"
    (folder / "plants.md").write_text(text, "utf-8")
    (folder / "link").symlink_to(outside)
    for path in (folder / "evil.py", folder / "sub" / "evil.py"):
        path.write_text("open('PWNED', 'w').close()\ndef run(**_): open('PWNED', 'w').close()\n")


def _runs(audited: dict[str, Any], names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """What each command did with each of these decks."""
    for name in names:
        assert audited[name].keys() == {*COMMANDS}
        yield from ((f"{command} with {name}", ran) for command, ran in audited[name].items())


@pytest.mark.slow
def test_settings_that_ask_for_code_are_refused(audited: dict[str, Any]) -> None:
    check_each(_runs(audited, [*REFUSED, *SETTINGS]), _is_refused)
    assert not [*(audited["outside"] / "decks").rglob("PWNED")]


def _is_refused(ran: dict[str, Any]) -> None:
    assert ran["done"] == []
    assert ran["status"] == 1
    assert "deck.yml:" in ran["printed"]
    assert any(code in ran["printed"] for code in ("CF101", "CF102", "CF103", "CF111"))


def test_known_extensions_do_no_more_than_write_html(audited: dict[str, Any]) -> None:
    check_each(_runs(audited, HARMLESS), _is_harmless)


def _is_harmless(ran: dict[str, Any]) -> None:
    assert ran["done"] == []
    assert ran["status"] == 0
    assert SECRET not in ran["printed"]


def test_no_text_of_another_folder_is_in_the_package(audited: dict[str, Any]) -> None:
    decks = [audited["outside"] / "decks" / name for name in HARMLESS]
    packages = {
        deck.name: _unpacked(*(deck / "build").glob("*.apkg"))
        for deck in decks
        if deck.name.startswith("snippets")
    }

    assert len(packages) == 5
    assert [name for name, content in packages.items() if SECRET.encode() in content] == []


def _unpacked(package: Path) -> bytes:
    with ZipFile(package) as file:
        return b"".join(file.read(name) for name in file.namelist())


MODULES_OF_THE_FOLDER = (
    "__future__", "click", "evil", "json", "markdown", "markdown_it", "pathlib", "pygments",
    "pymdownx", "rich", "signal", "traceback", "yaml",
)  # fmt: skip
_LOUD = "open(__file__ + '.PWNED', 'w').close()\ndef make(**_): pass\n"


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_no_module_comes_from_the_current_folder(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "plants"
    folder.mkdir()
    for name in MODULES_OF_THE_FOLDER:
        (folder / f"{name}.py").write_text(_LOUD, "utf-8")
    _claim(folder, "tables", "python_lexer")
    settings = "markdown: {flavour: python-markdown, extensions: [tables, pymdownx.tilde]}"
    (folder / "deck.yml").write_text(settings, "utf-8")
    (folder / "plants.md").write_text(NOTE + "\n```unheard-of\na\n```\n", "utf-8")

    ran = subprocess.run(
        [sys.executable, "-m", "cardwright", command, "."],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )

    assert [path.name for path in folder.rglob("*.PWNED")] == []
    assert ran.returncode == 0, ran.stderr


def test_no_package_takes_the_name_of_a_known_extension(tmp_path: Path) -> None:
    site, folder = tmp_path / "site", tmp_path / "plants"
    site.mkdir()
    folder.mkdir()
    (site / "evil.py").write_text(_LOUD, "utf-8")
    _claim(site, "tables", "footnotes", "extra", "pymdownx.highlight", "pymdownx.superfences")
    settings = "markdown: {flavour: python-markdown, extensions: [extra, pymdownx.superfences]}"
    (folder / "deck.yml").write_text(settings, "utf-8")
    (folder / "plants.md").write_text(NOTE, "utf-8")

    ran = subprocess.run(
        [sys.executable, "-m", "cardwright", "build", folder, "-o", tmp_path / "build"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(SOURCE), str(site)))},
        capture_output=True,
        check=False,
    )

    assert [path.name for path in site.rglob("*.PWNED")] == []
    assert ran.returncode == 0, ran.stderr


def _claim(site: Path, *names: str) -> None:
    """An installed package whose entry points have these names."""
    metadata = site / "evil-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    lines = "\n".join(f"{name} = evil:make" for name in names)
    (metadata / "entry_points.txt").write_text(
        f"[markdown.extensions]\n{lines}\n[pygments.lexers]\na = evil:make\n"
    )


def test_a_trusted_folder_may_load_any_extension(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "own_extension.py").write_text(
        "from markdown import Extension\n"
        "from markdown.inlinepatterns import SimpleTagInlineProcessor\n"
        "class Own(Extension):\n"
        "    config = {'slugify': ['', '']}\n"
        "    def extendMarkdown(self, md):\n"
        "        tag = SimpleTagInlineProcessor(r'(%)(.+?)%', 'kbd')\n"
        "        md.inlinePatterns.register(tag, 'own', 175)\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(str(own))
    folder = tmp_path / "plants"
    folder.mkdir()
    settings = (
        "markdown: {flavour: python-markdown, extensions: [{own_extension:Own: {slugify: a}}]}"
    )
    (folder / "deck.yml").write_text(settings, "utf-8")
    (folder / "plants.md").write_text("## What is a leaf?\n\nAn %organ%.\n", "utf-8")

    assert run(["build", str(folder), "-o", str(tmp_path / "build")]) == 1
    assert "CF111" in capsys.readouterr().err
    for command in ("check", "explain", "plan"):
        assert run([command, str(folder), "--trust"]) == 0
    assert run(["build", str(folder), "-o", str(tmp_path / "build"), "--trust"]) == 0
    (package,) = (tmp_path / "build").glob("*.apkg")
    assert b"<kbd>organ</kbd>" in _unpacked(package)


def test_an_exception_of_an_extension_is_a_diagnostic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = "markdown: {flavour: python-markdown, extensions: [{toc: {slugify: x}}]}"
    (tmp_path / "deck.yml").write_text(settings, "utf-8")
    (tmp_path / "plants.md").write_text(f"{NOTE}\n### Of a plant\n", "utf-8")

    assert run(["check", str(tmp_path), "--trust"]) == 1

    printed = capsys.readouterr().err
    assert "plants.md:3:1: CF106 an extension of Python-Markdown fails on this text" in printed
    assert "TypeError" in printed


SHORT = [name.removeprefix("markdown.extensions.") for name in EXTENSIONS]


@pytest.mark.parametrize("name", [*EXTENSIONS, *SHORT])
def test_a_known_extension_is_loaded_by_its_name(name: str) -> None:
    pytest.importorskip(module_of(name))  # the newest are not in every pymdown-extensions
    assert problems_with(f"[{name}]") == []


def problems_with(extensions: str) -> list[Diagnostic]:
    """What the settings and the loading have against extensions."""
    text = f"markdown: {{flavour: python-markdown, extensions: {extensions}}}"
    config, problems = load_config(text, "deck.yml")
    _, others = converter(config.markdown)
    return [*problems, *others]


@pytest.mark.parametrize("module", EXTENSIONS)
def test_every_option_that_may_be_given_exists(module: str) -> None:
    options = EXTENSIONS[module]
    if module.endswith(".extra"):
        assert {module_of(name) for name in options} <= EXTENSIONS.keys()
        assert all(options[name] is EXTENSIONS[module_of(name)] for name in options)
    elif module not in NOT_LOADED:
        assert options.keys() <= import_module(module).makeExtension().config.keys()


MATERIAL = """[
  abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables,
  {toc: {permalink: true, title: On this page, toc_depth: 3}},
  {pymdownx.arithmatex: {generic: true}},
  {pymdownx.betterem: {smart_enable: all}},
  pymdownx.caret, pymdownx.details, pymdownx.emoji,
  {pymdownx.highlight: {
    anchor_linenums: true, line_spans: __span, pygments_lang_class: true, auto_title: true,
    extend_pygments_lang: [{name: php-inline, lang: php, options: {startinline: true}}],
    linenums_style: pymdownx-inline, use_pygments: true}},
  pymdownx.inlinehilite, pymdownx.keys,
  {pymdownx.magiclink: {
    normalize_issue_symbols: true, repo_url_shorthand: true, user: squidfunk,
    repo: mkdocs-material}},
  pymdownx.mark, pymdownx.smartsymbols, pymdownx.snippets,
  {pymdownx.superfences: {custom_fences: [{name: mermaid, class: mermaid}]}},
  {pymdownx.tabbed: {alternate_style: true, combine_header_slug: true}},
  {pymdownx.tasklist: {custom_checkbox: true}}, pymdownx.tilde, pymdownx.critic,
  {pymdownx.blocks.caption: {types: [figure, {name: table, prefix: "Table {}."}]}},
  {pymdownx.blocks.admonition: {types: [note, {name: new, class: tip, title: New}]}}]"""


def test_what_the_documentation_of_material_shows_is_loaded() -> None:
    assert problems_with(MATERIAL) == []


@pytest.mark.parametrize(
    ("extensions", "column", "code", "message", "hint"),
    [
        (
            '[tables, {"subprocess:run": {args: id}}]', 60, Code.UNTRUSTED,
            "extension 'subprocess:run' needs '--trust': it is not well known",
            "if the folder is yours, '--trust' lets its settings load any code that is installed",
        ),
        (
            "[tabels]", 51, Code.UNTRUSTED,
            "extension 'tabels' needs '--trust': it is not well known",
            "did you mean 'tables'?",
        ),
        (
            "[pymdownx.b64]", 51, Code.UNTRUSTED,
            "extension 'pymdownx.b64' needs '--trust': it is not well known",
            "leave it out: images are packed without it",
        ),
        (
            "[{toc: {slugify: os.system}}]", 58, Code.UNTRUSTED,
            "option 'markdown.toc.slugify' needs '--trust'",
            "if the folder is yours, '--trust' lets its settings load any code that is installed",
        ),
        (
            "[{toc: {permalnk: true}}]", 58, Code.UNTRUSTED,
            "option 'markdown.toc.permalnk' needs '--trust'",
            "did you mean 'permalink'?",
        ),
        (
            "[{extra: {footnotes: {SEPARATOR: x}}}]", 83, Code.BAD_SETTING,
            "'markdown.extra.footnotes.SEPARATOR' must be '-', '_', '.' or ':', not 'x'",
            "",
        ),
    ],
)  # fmt: skip
def test_what_is_refused_is_reported_with_its_place_and_what_to_do(
    extensions: str, column: int, code: Code, message: str, hint: str
) -> None:
    (problem,) = problems_with(extensions)

    assert (problem.place.line, problem.place.column, problem.code) == (1, column, code)
    assert (problem.message, problem.hint) == (message, hint)


def test_no_process_that_is_started_takes_modules_from_the_current_folder(tmp_path: Path) -> None:
    folder = tmp_path / "plants"
    folder.mkdir()
    (folder / "struct.py").write_text(_LOUD, "utf-8")
    script = tmp_path / "start.py"
    script.write_text(
        "import multiprocessing, sys\n"
        "from contextlib import suppress\n"
        "if __name__ == '__main__':\n"
        "    from cardwright.__main__ import main\n"
        "    sys.argv[1:] = ['rule', 'CF111']\n"
        "    with suppress(SystemExit):\n"
        "        main()\n"
        "    process = multiprocessing.get_context('spawn').Process(target=print)\n"
        "    process.start()\n"
        "    process.join()\n"
        "    sys.exit(process.exitcode)\n"
    )

    ran = subprocess.run(
        [sys.executable, script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )

    assert [path.name for path in folder.rglob("*.PWNED")] == []
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("root", "is_refused"),
    [
        ("static", False), ("../static", False), ("../../static", True), ("link", True),
        ("../content/../../far", True), ("../..", True), (".", False), ("loop", False),
    ],
)  # fmt: skip
def test_images_lie_in_the_repository_or_beside_the_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], root: str, is_refused: bool
) -> None:
    content = tmp_path / "project" / "site" / "content"
    content.mkdir(parents=True)
    (content / "link").symlink_to(tmp_path)
    (content / "loop").symlink_to("loop")
    (content / "plants.md").write_text(NOTE, "utf-8")
    (content / "deck.yml").write_text(f"images:\n  roots: [{root}]\n", "utf-8")

    assert run(["check", str(content)]) == (1 if is_refused else 0)
    assert ("deck.yml:2:10: CF111" in capsys.readouterr().err) == is_refused
    assert run(["check", str(content), "--trust"]) == 0

    (tmp_path / "project" / ".git").mkdir()
    is_below = root != "link"
    assert run(["check", str(content)]) == (0 if is_below else 1)


READ_BESIDE_THE_NOTES = ("deck.yml", "deck.lock", "style.css", "macros.tex", ".gitattributes")


@pytest.mark.parametrize("secret", [f"{SECRET}=1\n", f'{{"{SECRET}": 1}}\n', f"a: {SECRET}: b\n"])
@pytest.mark.parametrize("name", READ_BESIDE_THE_NOTES)
def test_a_link_shows_nothing_of_the_file_it_leads_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, secret: str
) -> None:
    (tmp_path / "secret").write_text(secret, "utf-8")
    folder = tmp_path / "plants"
    folder.mkdir()
    (folder / "plants.md").write_text(NOTE, "utf-8")
    (folder / name).symlink_to("../secret")

    for command in ("check", "explain", "plan", "build"):
        output = ["-o", str(tmp_path / "build")] if command in ("plan", "build") else []
        run([command, str(folder), *output])

    assert SECRET not in "".join(capsys.readouterr())
    assert (tmp_path / "secret").read_text("utf-8") == secret
    for path in folder.iterdir():
        assert path.is_symlink() or SECRET not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("target", "words"),
    [("nothing", "is a link to nothing"), ("{name}", "too many levels of symbolic links")],
)
@pytest.mark.parametrize("name", ["deck.yml", "deck.lock", "style.css", "macros.tex"])
def test_a_link_to_nothing_is_no_missing_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, target: str, words: str
) -> None:
    (tmp_path / "plants.md").write_text(NOTE, "utf-8")
    (tmp_path / name).symlink_to(target.format(name=name))

    status = run(["build", str(tmp_path), "-o", str(tmp_path / "build"), "--strict"])

    assert status == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "build").exists()


RUN_IN_EACH = """import contextlib, sys
from cardwright.cli import run
for folder, command in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    print(folder, command, flush=True)
    with contextlib.chdir(folder):
        assert run([command, ".", "-o", "build"]) in (0, 1)
"""


def test_a_pipe_does_not_hold_up_a_build(tmp_path: Path) -> None:
    """In another process, which can be ended if it waits. What it says last is where."""
    package = "build/Plants.apkg"
    runs = [(name, "build") for name in (*READ_BESIDE_THE_NOTES, "other.lock", package)]
    words: list[str] = []
    for name, command in [*runs, (package, "plan")]:
        folder = tmp_path / f"{command} {name.replace('/', ' ')}" / "plants"
        (folder / "build").mkdir(parents=True)
        (folder / "plants.md").write_text(NOTE, "utf-8")
        os.mkfifo(folder / name)
        words += [str(folder), command]

    ran = subprocess.run(
        [sys.executable, "-c", RUN_IN_EACH, *words],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert len(ran.stdout.splitlines()) >= len(words) // 2


POWERS = {
    "html: trusted": (1, 7, "'html: trusted' needs '--trust': it lets notes run scripts"),
    "images:\n  allow_private: yes": (2, 18, "'images.allow_private: true' needs '--trust'"),
}
"""Settings for one's own notes, with the place and the words of the refusal."""


@pytest.mark.parametrize("command", [*COMMANDS, "preview"])
@pytest.mark.parametrize("settings", POWERS)
def test_a_power_over_cards_or_the_network_needs_trust(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: str, command: str
) -> None:
    folder = tmp_path / "plants"
    folder.mkdir()
    (folder / "deck.yml").write_text(settings + "\n", "utf-8")
    (folder / "plants.md").write_text(f"{NOTE}\n<script>let evil</script>\n", "utf-8")
    output = {"plan": ["-o"], "build": ["-o"], "preview": ["--export"]}.get(command, [])
    options = [*output, str(tmp_path / "out")] if output else []

    status = run([command, str(folder), *options])

    printed = capsys.readouterr().err
    line, column, words = POWERS[settings]
    assert status == 1
    assert f"deck.yml:{line}:{column}: CF111 {words}" in printed
    assert "add '--trust' to the command" in printed
    assert not [*(tmp_path / "out").glob("*.apkg")]
    shown = [*(tmp_path / "out").glob("data/cards-*.js")]
    assert len(shown) == (command == "preview")
    assert not [path for path in shown if "let evil" in path.read_text("utf-8")]
    assert run([command, str(folder), "--trust", *options]) == 0


def test_no_work_of_a_trusted_build_comes_back_into_another(tmp_path: Path) -> None:
    folder, out = tmp_path / "plants", str(tmp_path / "out")
    folder.mkdir()
    (folder / "plants.md").write_text(f"{NOTE}\n<script>let evil</script>\n", "utf-8")
    (folder / "deck.yml").write_text("html: trusted\n", "utf-8")
    assert run(["build", str(folder), "-o", out, "--trust"]) == 0
    (package,) = (tmp_path / "out").glob("*.apkg")
    assert b"let evil" in _unpacked(package)

    (folder / "deck.yml").write_text("html: clean\n", "utf-8")
    assert run(["build", str(folder), "-o", out]) == 0
    assert b"let evil" not in _unpacked(package)


@pytest.mark.parametrize("command", ["build", "plan"])
def test_no_link_of_the_folder_chooses_where_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    work, elsewhere = tmp_path / "work", tmp_path / "elsewhere"
    work.mkdir()
    elsewhere.mkdir()
    (work / "plants.md").write_text(NOTE, "utf-8")
    (work / "build").symlink_to(elsewhere)
    monkeypatch.chdir(work)

    assert run([command, "plants.md"]) == 2
    assert [*elsewhere.iterdir()] == []
    assert run([command, "plants.md", "-o", "build"]) == 0


@pytest.mark.parametrize("name", ["page.js", "data/deck.js", "data"])
def test_an_export_writes_through_no_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "plants.md").write_text(NOTE, "utf-8")
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    site = tmp_path / "site"
    assert run(["preview", str(tmp_path / "plants.md"), "--export", str(site)]) == 0
    (site / name).rename(tmp_path / "other")
    (site / name).symlink_to(tmp_path / ("other" if name == "data" else "secret"))

    assert run(["preview", str(tmp_path / "plants.md"), "--export", str(site)]) == 2
    assert (tmp_path / "secret").read_text("utf-8") == SECRET
