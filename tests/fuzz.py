"""Spoil documents, settings and locks at random, and give each of them to a command.

usage: python -m tests.fuzz COUNT [FIRST]

Prints a line for each seed that ends in a crash or takes too long, and a summary at the end. A
seed stands for the same files as long as neither this file nor the texts in ``tests`` change.
``tests/test_fuzz.py`` has a few hundred seeds, and the files that once ended in a crash.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cardwright.building import build_deck
from cardwright.cli import run
from cardwright.pipeline import Options
from tests.problem_files import cases
from tests.spec_files import SPEC, examples
from tests.work import ENDLESS

ROOT = Path(__file__).parent.parent
COMMANDS = ("build", "build", "build", "check", "explain", "plan")
LONGEST = 10.0
"""Seconds of the processor that a command may take."""

_SPOILED = 6_000
"""Characters of a document at most, before it is spoiled."""

TOKENS = (
    "`", "```", "~~~", "$", "$$", r"\(", r"\)", r"\[", r"\]", "**", "_", "~~", "==", "[", "](",
    "![", "]", ")", "[^1]", "[^1]: ", "<", ">", "<b>", "</b>", "<details>", "</details>",
    "<summary>", "<!--", "-->", "<a href=\"", "<svg>", "<math>", "<style>", "<script>", "{{c1::",
    "::", "}}", "{{", "{%", "%}", "|", "|---|", "- ", "- [ ] ", "1. ", "# ", "## ", "### Q: ", "> ",
    "> [!question] ", "> [!hint]- ", "??? question \"a\"", "!!! note", "::: question", ":::", "---",
    "+++", "Q: ", "A: ", "Answer: B", "{#a .b}", "{: .a}", "#card", "\n", "\n\n", "\n    ", "\t",
    "\r", "\r\n", "\0", "\ufeff", "\u200b", "\u202e", "\u2028", "\x0b", "\x1b[31m", "\ud800",
    "\U0001f331", "e\u0301", "&lt;", "&#0;", "\\", "\\\\", "\\begin{a}", "\\end{a}",
    "\\def\\a{\\a}", "\\frac", "^", "_{", "{", "}", "'", '"', ": ", "*a", "&a ", "<<: ", "%",
    "!!python/name:os.system ", "@", "true", "null", "1e999", "-1", "99999999999999999999", "0x10",
    "2001-01-01", "[]",
    "{}", "../", "/etc/passwd", "file:///etc/passwd", "C:\\", "CON", "javascript:a",
    "http://127.0.0.1/", "data:image/svg+xml,<svg/>", "[sound:a.mp3]", "[latex]a[/latex]",
)  # fmt: skip

SETTINGS = """\
deck: A::B
project: abc
description: a text
tags: [a, b c, "#d"]
questions: [headings, cloze]
question_level: 3
subdecks: section
source_url: https://example.org/{path}#{anchor}
markdown: {flavour: python-markdown, extensions: [tables, {toc: {permalink: true}}, admonition]}
math: {output: katex-html, macros: {\\R: "\\\\mathbb{R}", "\\\\pair": "(#1, #2)"}}
images: {max_width: 800, remote: link, roots: [static], allow_private: false}
html: clean
include: ["*.md", "!b.md"]
exclude: /c/**
require_tag: d
ignore: [{code: QA302, path: a.md}]
output: a.apkg
"""
NOTE = "## What is $x^2$?\n\nA *square*. ![a](a.png)\n\n## And `b`?\n\n- one\n- two {{c1::x}}\n"


@dataclass(frozen=True, slots=True)
class Spoiled:
    """Files by name, and the command that is given their folder."""

    files: dict[str, str]
    command: str


def spoiled(seed: int) -> Spoiled:
    """What a seed stands for: of ten, six have a bad document, two settings, two a bad lock."""
    source = random.Random(seed)
    command = source.choice(COMMANDS)
    kind = seed % 10
    if kind < 6:
        files = {"notes.md": _spoil(_document(source), source)}
        if kind % 2:
            files["deck.yml"] = _flavour(source)
        return Spoiled(files, command)
    if kind < 8:
        text = source.choice(_settings())
        return Spoiled({"notes.md": NOTE, "deck.yml": _spoil(text, source)}, command)
    notes = source.choice((NOTE, NOTE.replace("square", "power"), "# A\n\n" + NOTE + NOTE))
    return Spoiled({"notes.md": notes, "deck.lock": _spoil(_lock(), source)}, command)


def _document(source: random.Random) -> str:
    text = source.choice(_texts())
    if len(text) > _SPOILED:
        start = source.randrange(len(text) - _SPOILED)
        text = text[start : start + _SPOILED]
    return "## What is a leaf?\n\n" * source.randrange(2) + text


@cache
def _texts() -> list[str]:
    folders = ("commonmark", "outline", "python_markdown", "render", "render/tools")
    texts = [example.markdown for folder in folders for example in examples(folder)]
    files = [*sorted((ROOT / "content").rglob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    files += [*sorted((ROOT / "tests" / "decks").rglob("*.md")), *sorted(SPEC.glob("math/*.md"))]
    return [*texts, *(file.read_text("utf-8") for file in files)]


@cache
def _settings() -> list[str]:
    texts = [SETTINGS] * 5
    for case in cases():
        text = case.files.get("deck.yml")
        texts += [text.decode("utf-8", "replace")] if text else []
    return texts


@cache
def _lock() -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notes.md").write_text(NOTE + NOTE.replace("What", "Where"), "utf-8")
        build_deck(folder, folder / "build", Options(1_000_000_000, is_offline=True))
        return (folder / "deck.lock").read_text("utf-8")


_EXTENSIONS = (
    "extra", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "abbr", "sane_lists", "smarty", "wikilinks", "nl2br", "meta", "codehilite", "fenced_code",
    "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.details",
    "pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys",
    "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde", "pymdownx.critic",
    "pymdownx.blocks.admonition", "pymdownx.progressbar", "pymdownx.striphtml",
    "pymdownx.saneheaders",
)  # fmt: skip


def _flavour(source: random.Random) -> str:
    names = ", ".join(source.sample(_EXTENSIONS, source.randrange(8)))
    return f"markdown: {{flavour: python-markdown, extensions: [{names}]}}\n"


def _spoil(text: str, source: random.Random) -> str:
    for _ in range(source.choice((1, 1, 2, 3, 5, 8, 20))):
        text = source.choice(_WAYS)(text, source)
    return text[: 4 * _SPOILED]


def _cut(text: str, source: random.Random) -> str:
    first, last = _span(text, source)
    return text[:first] + text[last:]


def _double(text: str, source: random.Random) -> str:
    first, last = _span(text, source)
    return text[:last] + text[first:last] * source.choice((1, 1, 2, 30)) + text[last:]


def _insert(text: str, source: random.Random) -> str:
    at = source.randrange(len(text) + 1)
    return text[:at] + source.choice(TOKENS) * source.choice((1, 1, 1, 2, 3, 40)) + text[at:]


def _change(text: str, source: random.Random) -> str:
    at = source.randrange(len(text) + 1)
    sign = source.choice(
        (source.choice(TOKENS), chr(source.choice((9, 0x7F, 0x3A, 0x300, 0x4E2D))))
    )
    return text[:at] + sign + text[at + 1 :]


def _swap_lines(text: str, source: random.Random) -> str:
    lines = text.split("\n")
    first, second = source.randrange(len(lines)), source.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def _indent(text: str, source: random.Random) -> str:
    lines = text.split("\n")
    first = source.randrange(len(lines))
    last = min(len(lines), first + source.randrange(1, 12))
    mark = source.choice(("  ", "    ", "> ", "- ", "\t", "1. ", "::", "   > "))
    lines[first:last] = [mark + line for line in lines[first:last]]
    return "\n".join(lines)


def _splice(text: str, source: random.Random) -> str:
    other = _document(source)
    return text[: source.randrange(len(text) + 1)] + other[source.randrange(len(other) + 1) :]


def _swap_words(text: str, source: random.Random) -> str:
    words = re.findall(r"\S+", text)
    if not words:
        return text
    return text.replace(source.choice(words), source.choice(words), source.choice((1, -1)))


def _span(text: str, source: random.Random) -> tuple[int, int]:
    first = source.randrange(len(text) + 1)
    return first, min(len(text), first + source.choice((1, 1, 3, 10, 60, 400)))


_WAYS = (_cut, _double, _insert, _insert, _change, _swap_lines, _indent, _splice, _swap_words)


@dataclass(frozen=True, slots=True)
class Ran:
    """The exit code, what was printed, and the seconds of the processor."""

    status: int
    printed: str
    seconds: float

    @property
    def is_fine(self) -> bool:
        """Whether the command did its work or refused it, and not after an endless time."""
        return self.status in (0, 1) and self.seconds < ENDLESS


def ran(files: dict[str, str], command: str, folder: Path) -> Ran:
    """Give the files to a command, in an empty folder."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    options = ["-o", str(folder / "build")] if command in ("build", "plan") else []
    options += ["--offline"] if command in ("build", "check", "plan") else []
    printed = io.StringIO()
    began = time.process_time()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        status = run([command, str(folder), *options])
    return Ran(status, printed.getvalue(), time.process_time() - began)


def main(arguments: Sequence[str]) -> None:
    """Try so many seeds, and print what they found."""
    count, first = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0
    found = 0
    slowest = (0.0, 0)
    for seed in range(first, first + count):
        faulthandler.dump_traceback_later(300, exit=True)
        with tempfile.TemporaryDirectory() as name:
            case = spoiled(seed)
            outcome = ran(case.files, case.command, Path(name))
        slowest = max(slowest, (outcome.seconds, seed))
        if not outcome.is_fine or outcome.seconds > LONGEST:
            found += 1
            last = " / ".join(outcome.printed.strip().split("\n")[-4:])
            print(
                f"seed {seed}: status {outcome.status}, {outcome.seconds:.1f} s: {last}", flush=True
            )
        if seed % 500 == 0:
            print(f"at {seed}, found {found}, slowest {slowest}", file=sys.stderr, flush=True)
    faulthandler.cancel_dump_traceback_later()
    print(f"{count} seeds, {found} found, slowest {slowest[0]:.1f} s (seed {slowest[1]})")


if __name__ == "__main__":
    main(sys.argv[1:])
