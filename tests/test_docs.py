"""The README and the pages of docs: their commands run, their links lead somewhere."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from cardwright.cli import cli, run
from cardwright.config import Config, ImagesConfig, MathConfig, OptionsConfig
from cardwright.diagnostics import Code
from docs.reference import pages, write
from tests.each import check_each

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OUTSIDE = [
    ROOT / name
    for name in (
        "CONTRIBUTING.md",
        "CODE_OF_CONDUCT.md",
        "SECURITY.md",
        "benchmarks/README.md",
        "tests/README.md",
    )
]
"""Pages whose commands are not run."""
RULES = sorted((ROOT / "src" / "cardwright" / "rules").glob("*.md"))

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<ticks>`{3,})(?P<language>\w*)(?P<rest>[^\n`]*)\n"
    r"(?P<text>.*?)^(?P=indent)(?P=ticks) *$",
    re.MULTILINE | re.DOTALL,
)
_STEP = re.compile(
    r"<!-- run: (?P<hidden>[^\n]*?) -->"
    r"|(?P<excuse>^ *<!-- not run: [^\n]+ -->\n+)?" + _FENCE.pattern,
    re.MULTILINE | re.DOTALL,
)
_TITLE = re.compile(r'title="([^"]+)"')
_LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")
_OURS = ("cardwright ", "python -m cardwright ")
_SHELL = ("cp ", "echo ", "git ", "mkdir ", "mv ", "printf ", "rm ", "sed ")
_DIFFERS = (
    (r"\b[a-z0-9]{13}\b(?=[\"}]| OR|$)", "GUID"),
    (r"\b[\d,]+ (?:bytes|KB|MB)\b", "SIZE"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A file to write, or a command to run and what the page says that it prints."""

    text: str
    file: str = ""
    command: str = ""


def steps(page: str) -> Iterator[Step]:
    """What a reader of ``page`` does, in order."""
    for match in _STEP.finditer(page):
        title = _TITLE.search(match["rest"] or "")
        text = textwrap.dedent(match["text"] or "")
        if match["hidden"]:
            yield Step("", command=match["hidden"])
        elif match["excuse"]:
            continue
        elif title:
            yield Step(text, file=title[1])
            for command in re.findall(r"^ *- run: (cardwright .+)$", text, re.MULTILINE):
                yield Step("", command=command)
        elif match["language"] == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                yield Step(printed.strip("\n"), command=command)
        elif match["language"] == "sh":
            for line in text.replace("\\\n", "").splitlines():
                yield Step("", command=line.strip())


@pytest.mark.skipif(os.name == "nt", reason="the pages have commands of a Unix shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_commands_of_a_page_do_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    (tmp_path / "gitconfig").write_text(
        "[user]\nname = A\nemail = a@example.org\n[init]\ndefaultBranch = main\n"
    )
    text = page.read_text("utf-8").replace(_fresh_machine(page), "")
    for step in steps(text):
        if step.file:
            Path(step.file).parent.mkdir(parents=True, exist_ok=True)
            Path(step.file).write_text(step.text, "utf-8")
        elif step.command and not step.command.startswith("#"):
            _check(step)


def _fresh_machine(page: Path) -> str:
    """The commands that install this very program, which ``.ci/run`` runs."""
    match = re.search(r"^```sh\npython -m pip.*?^```\n", page.read_text("utf-8"), re.M | re.S)
    return match[0] if match and page.name == "README.md" else "\0"


def _check(step: Step) -> None:
    command = step.command.removesuffix(" || true")
    printed = io.StringIO()
    failed = False
    for part in command.split(" && "):
        words = shlex.split(part, comments=True)
        if part.startswith(_OURS):
            words = words[1:] if words[0] == "cardwright" else words[3:]
            words, target = (words[:-2], words[-1]) if words[-2:-1] == [">"] else (words, "")
            output = io.StringIO() if target else printed
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(printed):
                failed = run(words) != 0 or failed
            if target:
                Path(target).write_text(output.getvalue(), "utf-8")
        elif part.startswith(_SHELL):
            done = subprocess.run(part, shell=True, capture_output=True, text=True)
            printed.write(done.stdout + done.stderr)
            failed = done.returncode != 0 or failed
        else:
            pytest.fail(f"'{part}' is not run: write '<!-- not run: why -->' above it")
    if not step.text:
        assert not failed or command != step.command, f"{command}\n{printed.getvalue()}"
        return
    found = "\n".join(
        line.rstrip()
        for line in printed.getvalue().splitlines()
        if not line.endswith("0 errors, 0 warnings")
    )
    assert re.fullmatch(_pattern(step.text), _alike(found).strip("\n"), re.DOTALL), (
        f"{command}\n{found}"
    )


def _pattern(expected: str) -> str:
    """What is printed, as a pattern: a line or a part ``…`` is anything."""
    lines = "\n".join(line.rstrip() for line in _alike(expected).splitlines())
    return re.escape(lines).replace("…", ".*?")


def _alike(text: str) -> str:
    for pattern, name in _DIFFERS:
        text = re.sub(pattern, name, text, flags=re.MULTILINE)
    return text


def test_the_links_of_a_page_lead_to_files_and_headings() -> None:
    made = pages()
    check_each(
        _named([*PAGES, ROOT / "CHANGELOG.md", *OUTSIDE, *RULES]),
        lambda page: _check_links(page, made),
    )


def _named(pages: Iterable[Path]) -> list[tuple[str, Path]]:
    return [(page.relative_to(ROOT).as_posix(), page) for page in pages]


def _check_links(page: Path, made_pages: Mapping[str, str]) -> None:
    text = _FENCE.sub("", page.read_text("utf-8"))
    for target in _LINK.findall(re.sub(r"`[^`\n]*`", "", text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        name = file.relative_to(ROOT / "docs").as_posix() if _is_page(file) else ""
        made = made_pages.get(name)
        assert file.exists() or made, f"{target} leads nowhere"
        if anchor and file.suffix == ".md":
            assert anchor in set(_anchors(made or file.read_text("utf-8"))), f"no {target}"


def _is_page(file: Path) -> bool:
    return file.is_relative_to(ROOT / "docs")


def _anchors(text: str) -> Iterator[str]:
    for title in re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).replace("`", "")
        yield re.sub(r"[^\w\- ]", "", plain).strip().lower().replace(" ", "-")


def test_the_tests_that_a_page_names_are_there() -> None:
    named = {
        path
        for page in (*PAGES, *OUTSIDE)
        for path in re.findall(r"`((?:content/)?tests/[\w/]+\.py)`", page.read_text("utf-8"))
    }

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_no_sentence_has_more_than_thirty_words() -> None:
    check_each(_named([*PAGES, *OUTSIDE, *RULES]), _check_sentences)


def _check_sentences(page: Path) -> None:
    long = [each for each in _sentences(page.read_text("utf-8")) if len(each.split()) > 30]

    assert not long, "make two sentences of it, or a list"


def _sentences(text: str) -> Iterator[str]:
    """The sentences outside of code and tables; a piece of code counts as one word."""
    text = _FENCE.sub("", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
    for part in re.split(r"\n\s*\n|\n(?= *(?:[-*]|\d+\.) )|\n(?=#)", text):
        lines = [line for line in part.splitlines() if not line.lstrip().startswith("|")]
        prose = re.sub(r"`+[^`]*`+", "code", " ".join(lines))
        prose = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", prose)
        yield from re.split(r"(?<=[.?!])\s+", prose.replace("*", ""))


def test_the_page_on_settings_has_every_key() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    keys = set(re.findall(r"^\| `([a-z_.]+)` \| [^|]+ \| [^|]+ \|$", page, re.MULTILINE))

    tables = {"markdown": ("flavour", "line_breaks", "extensions"), "math": _keys(MathConfig)}
    tables |= {"images": _keys(ImagesConfig), "options": _keys(OptionsConfig)}
    expected = {f"{table}.{key}" for table, names in tables.items() for key in names}
    assert keys == expected | (set(_keys(Config)) - tables.keys())


def _keys(shape: type[Config | MathConfig | ImagesConfig | OptionsConfig]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))


def test_the_pages_on_json_have_every_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("content").mkdir()
    leaf = "## What is a leaf?\n\nAn organ.\n"
    Path("content/leaf.md").write_text(
        leaf + "\n## What is a root?\n\n**What is sap?**\n\nA juice."
    )
    assert run(["build"]) == 0
    Path("content/leaf.md").write_text(leaf.replace("organ", "part"))
    Path("content/deck.yml").write_text("deck: Plants\n")
    capsys.readouterr()
    text = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("json.md", "plan.md"))
    known = set(re.findall(r"`([a-z_0-9]+)`", text))
    for command in ("plan --json", "build --json", "explain --json", "check --format json"):
        run(command.split())
        missing = set(_json_keys(json.loads(capsys.readouterr().out))) - known
        assert not missing, f"{command}: {missing}"


def _json_keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield key
            yield from _json_keys(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _json_keys(inside)


def test_the_reference_has_every_command_option_and_diagnostic() -> None:
    made = pages()
    for name, command in cli.commands.items():
        assert f"## cardwright {name}\n" in made["reference/commands.md"]
        for option in command.params:
            assert all(each in made["reference/commands.md"] for each in option.opts[-1:])
    for code in Code:
        assert f"[{code.code}](rules/{code.code}.md)" in made["reference/diagnostics.md"]


def test_every_page_of_the_site_is_in_its_menu() -> None:
    menu = (ROOT / "docs" / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[2]
    written = {page.relative_to(ROOT / "docs").as_posix() for page in PAGES[1:]}
    made = {page for page in pages() if not page.startswith("reference/rules/")}

    assert set(re.findall(r"[\w/-]+\.md", menu)) == written | made


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    zensical = shutil.which("zensical", path=str(Path(sys.executable).parent))
    if zensical is None:
        pytest.skip("the site needs Zensical: pip install -e '.[docs]'")
    write(tmp_path)

    command = [zensical, "build", "--strict", "-f", "mkdocs.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "reference" / "rules" / "QA305.html").exists()
