"""The pages of the site that are made from the code: commands and diagnostics.

usage: python -m docs.reference && zensical build --strict -f build/docs/mkdocs.yml

It puts all that the site is made of into build/docs: the pages of docs/, and the made ones, which
are never committed and so never behind the code. The site is then in build/docs/site.
"""

from __future__ import annotations

import html
import inspect
import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from cardwright.cli import cli
from cardwright.diagnostics import Code, Severity, rule_page

ROOT = Path(__file__).parents[1]
FAMILIES = {
    "CF": "Settings",
    "SR": "Files",
    "QA": "Questions and answers",
    "RN": "Text and formulas",
    "MD": "Images and sounds",
    "LK": "The lock",
    "PK": "The package",
    "AN": "Anki",
}
_OUTSIDE = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "reporting.md",
}
"""Files beside ``docs`` that are pages of the site."""
_PLACES = {
    **{f"../{path}": page for path, page in _OUTSIDE.items()},
    "../README.md": "index.md",
}
_RULES = "../src/cardwright/rules/"


def pages() -> dict[str, str]:
    """Each generated page, by its path below ``docs``."""
    return {
        "reference/commands.md": "\n\n".join(_commands()) + "\n",
        "reference/diagnostics.md": "\n\n".join(_diagnostics()) + "\n",
        **{f"reference/rules/{code.code}.md": _rule(code) for code in Code},
        **{page: _from_outside(path) for path, page in _OUTSIDE.items()},
    }


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield (
        "This page has the words of `cardwright --help`. `python -m cardwright` is the same "
        "program. Results go to stdout, and messages go to stderr. Each message is one line, "
        "`path:line:column: CODE text`, with a hint below it."
    )
    yield (
        "| Exit code | Meaning |\n|--:|---|\n| 0 | done |\n"
        "| 1 | errors in the content (a build then writes nothing) or in Anki; "
        "with `plan --exit-code`, also changes |\n| 2 | wrong usage |\n"
        "| 3 | a bug in Cardwright |\n| 130 | interrupted |"
    )
    yield "## Completion in your shell"
    yield (
        "With completion, the key Tab offers commands, options and file names. Add one line to the "
        "file that your shell reads at its start:"
    )
    yield "\n".join(["| Shell | File | Line |", "|---|---|---|", *_shells()])
    for name, command in cli.commands.items():
        context = click.Context(command, info_name=f"cardwright {name}")
        yield f"## cardwright {name}"
        yield f"```text\n{' '.join(command.get_usage(context).split()[1:])}\n```"
        yield _escaped(inspect.cleandoc(command.help or "").replace("\b\n", ""))
        yield _options(command, context)
        yield f"```text\n{_examples(command)}\n```"


def _shells() -> Iterator[str]:
    files = ("~/.bashrc", "~/.zshrc", "~/.config/fish/config.fish")
    lines = [line.strip() for line in (cli.epilog or "").splitlines() if "_COMPLETE=" in line]
    for file, line in zip(files, lines, strict=True):
        shell = re.search("=([a-z]+)_source", line)
        escaped = line.replace("|", "\\|")
        yield f"| {shell[1] if shell else ''} | `{file}` | `{escaped}` |"


def _examples(command: click.Command) -> str:
    lines = (command.epilog or "").splitlines()
    return "\n".join(line.strip() for line in lines if line.startswith("  "))


def _options(command: click.Command, context: click.Context) -> str:
    options = [each for each in command.get_params(context) if isinstance(each, click.Option)]
    rows = [option.get_help_record(context) for option in options]
    lines = [f"| `{row[0]}` | {_escaped(row[1])} |" for row in rows if row]
    return "\n".join(["| Option | What it does |", "|---|---|", *lines])


def _diagnostics() -> Iterator[str]:
    yield "# Diagnostics"
    yield (
        "Each message of Cardwright has a code. `cardwright rule CODE` explains it in the "
        "terminal, and this page links to the same text. After an error, nothing is written. "
        "A warning leaves a visible mark on the card, or leaves a card out. `--strict` makes "
        "every warning an error."
    )
    for prefix, title in FAMILIES.items():
        rows = [
            f"| [{code.code}](rules/{code.code}.md) | {code.severity.value} "
            f"| {_escaped(code.meaning)} |"
            for code in sorted(Code, key=lambda code: code.code)
            if code.code.startswith(prefix)
        ]
        yield f"## {title}"
        yield "\n".join(["| Code | Severity | Meaning |", "|---|---|---|", *rows])


def _rule(code: Code) -> str:
    title, _, rest = rule_page(code).partition("\n")
    is_error = code.severity is Severity.ERROR
    severity = "Error: nothing is written." if is_error else "Warning: the rest is built."
    return f"{title}\n\n*{severity}*\n{rest}"


def _from_outside(path: str) -> str:
    text = (ROOT / path).read_text("utf-8").replace("](docs/", "](")
    for name, page in _OUTSIDE.items():
        text = text.replace(f"]({name}", f"]({page}")
    return text


def _escaped(text: str) -> str:
    """Text of ``--help`` as Markdown: its signs are meant as they are."""
    return re.sub(r"([*_{}|\[\]])", r"\\\1", html.escape(text, quote=False))


def site_page(text: str, path: str) -> str:
    """A page at ``path`` with links out of ``docs`` led to the page with the same text."""
    folder = posixpath.dirname(path)
    above = posixpath.relpath(".", folder) if folder else "."

    def moved(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[1]))
        if target.startswith(_RULES):
            target = "reference/rules/" + target.removeprefix(_RULES)
        elif target in _PLACES:
            target = _PLACES[target]
        else:
            return match[0]
        return f"]({posixpath.normpath(posixpath.join(above, target))}{match[2] or ''})"

    return re.sub(r"\]\(([^)#\s:]+\.md)(#[^)\s]+)?\)", moved, text)


def write(folder: Path) -> None:
    """Put the pages and the settings of the site into ``folder``, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "pictures", folder / "pages" / "pictures")
    shutil.copy(ROOT / "docs" / "mkdocs.yml", folder)
    for name in ("site.css", "site.js"):
        shutil.copy(ROOT / "docs" / name, folder / "pages")
    written = {
        page.relative_to(ROOT / "docs").as_posix(): page.read_text("utf-8")
        for page in sorted((ROOT / "docs").rglob("*.md"))
    }
    for path, text in {**written, **pages()}.items():
        page = folder / "pages" / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(site_page(text, path), "utf-8")


if __name__ == "__main__":
    write(ROOT / "build" / "docs")
