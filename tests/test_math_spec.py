"""The delimiters of formulas and their traps: ``tests/spec/math``, a case a line, both flavours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from cardwright.config import Config, MarkdownConfig
from cardwright.markup.marks import replace_marks
from cardwright.model import CodeBlock, Formula, Fragment
from tests.each import check_each
from tests.notes import rendered
from tests.spec_files import SPEC

_CASES = re.compile(r"^```` cases\n(.*?)^````$", re.MULTILINE | re.DOTALL)
_EXTENSIONS = ("tables", "fenced_code", "footnotes", "def_list", "pymdownx.tilde")
FLAVOURS = {
    "commonmark": Config(),
    "python-markdown": Config(
        markdown=MarkdownConfig("python-markdown", tuple((name, ()) for name in _EXTENSIONS))
    ),
}


@dataclass(frozen=True, slots=True)
class Case:
    """``reported`` are codes with line and column."""

    markdown: str
    seen: str
    reported: str


def _cases_of(file: Path) -> list[Case]:
    found = []
    for block in _CASES.findall(file.read_text("utf-8")):
        for line in block.splitlines():
            markdown, _, rest = line.rpartition(" → ")
            seen, _, reported = rest.partition(" ‼ ")
            found.append(Case(markdown.replace("⏎", "\n"), seen, reported))
    return found


FILES = sorted((SPEC / "math").glob("*.md"))


def test_the_specification_of_formulas_has_enough_cases() -> None:
    cases = [case.markdown for file in FILES for case in _cases_of(file)]

    assert len(cases) >= 300
    assert len({*cases}) == len(cases)


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_formulas_and_nothing_else_are_found(file: Path, flavour: str) -> None:
    def check(case: Case) -> None:
        note, problems = rendered(case.markdown, FLAVOURS[flavour])

        assert _seen(note.back) == case.seen
        said = [f"{p.code.code} {p.place.line}:{p.place.column}" for p in problems]
        assert ", ".join(said) == case.reported

    check_each([(case.markdown, case) for case in _cases_of(file)], check)


def _seen(fragment: Fragment) -> str:
    """The text that a reader sees, each formula in its brackets."""
    html = re.sub(rf'<pre data-{fragment.key}="(\d+)"></pre>', _code(fragment), fragment.html)
    html = re.sub(r"<!--.*?-->", "", html)
    html = re.sub(r"</?(?:p|li|ul|ol|td|th|tr|h\d|br|blockquote|dd|dt|div|hr)\b[^>]*>", " ", html)
    text = unescape(re.sub(r"<[^<>]*>", "", html))
    return " ".join(replace_marks(text, fragment.key, fragment.marks, _bracketed).split())


def _code(fragment: Fragment) -> Callable[[re.Match[str]], str]:
    def shown(match: re.Match[str]) -> str:
        mark = fragment.marks[int(match[1])]
        assert isinstance(mark, CodeBlock)
        return mark.code.replace("<", "&lt;")

    return shown


def _bracketed(formula: Formula) -> str:
    return f"⟪{formula.tex}⟫" if formula.is_display else f"⟨{formula.tex}⟩"
