"""Score reading on folders of labelled documents, and show what each finder and rule is for.

usage: python benchmarks/reading.py FOLDER... [--only ROWS] [--verbose] [--json] [--without]

A FOLDER holds ``docs/<owner>__<name>/…``, ``expected.tsv`` (row, path, dialect, min, max, strict,
kind, note) and ``golden.tsv`` (row, probe, question, answer_has, answer_not, formulas). A row is
right when its documents give between ``min`` and ``max`` notes. A probe is right when a note whose
front holds the question has the first text in its answer and the second one in neither. Texts are
compared without white space and without the marks of Markdown.

``--without`` takes out each finder, reason, weight and rule in turn and prints how many documents
are read otherwise then, and how the score changes. A rule is every function of reading that says
yes or no: it says no then. One that changes fewer than two documents has to obey a setting or a
format that another tool documents, or go.
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType

import click

from cardwright.config import Config
from cardwright.dialects import DIALECTS, endings
from cardwright.dialects.choice import evidence, shapes, terms
from cardwright.model import NoteSource, SourceFile
from cardwright.parse import ParsedFile, parse
from cardwright.source import read_file

SUFFIXES = (".md", ".mdx", ".markdown")


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled document, or a folder of them, and what a person wants of it."""

    name: str
    path: str
    dialect: str
    least: int
    most: int
    is_strict: bool
    is_none: bool
    sources: tuple[SourceFile, ...]
    probes: tuple[tuple[str, str, str], ...] = ()

    @property
    def length(self) -> int:
        """How many lines its documents have."""
        return sum(len(source.lines) for source in self.sources)


@dataclass(frozen=True, slots=True)
class Result:
    """What reading made of a row: its files, and of each probe why it failed, ``""`` for right."""

    row: Row
    files: tuple[ParsedFile, ...]
    codes: tuple[str, ...]
    failures: tuple[str, ...] = field(default=())

    @property
    def notes(self) -> tuple[NoteSource, ...]:
        return tuple(note for file in self.files for note in file.notes)

    @property
    def is_right(self) -> bool:
        return self.row.least <= len(self.notes) <= self.row.most


def labelled(folder: Path) -> Iterator[Row]:
    """The rows of a folder, their documents read."""
    probes: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for line in _table(folder / "golden.tsv"):
        probes[line["row"]].append((line["question"], line["answer_has"], line["answer_not"]))
    for line in _table(folder / "expected.tsv"):
        there = folder / "docs" / line["path"]
        found = [there] if there.is_file() else sorted(there.rglob("*"))
        paths = [path for path in found if path.suffix in SUFFIXES]
        read = (read_file(path, path.name)[0] for path in paths)
        yield Row(
            f"{folder.name}:{line['row']}",
            line["path"],
            line["dialect"],
            int(line["min"]),
            int(line["max"]),
            line["strict"] == "yes",
            line["kind"] == "none",
            tuple(source for source in read if source is not None and not _is_draft(source)),
            tuple(probes[line["row"]]),
        )


def _table(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _is_draft(source: SourceFile) -> bool:
    return source.front_matter.is_draft


def read(row: Row) -> Result:
    """Read the documents of a row and judge its probes."""
    parsed = [parse(source, Config()) for source in row.sources]
    files = tuple(file for file, _ in parsed)
    codes = tuple(problem.code.code for _, problems in parsed for problem in problems)
    sides = [(_plain(n.front.markdown), _plain(_answer(n))) for file in files for n in file.notes]
    failures = tuple(_failure(probe, sides) for probe in row.probes)
    return Result(row, files, codes, failures)


def _answer(note: NoteSource) -> str:
    side = note.front if note.kind == "cloze" else note.back
    return f"{side.markdown}\n{note.extra.markdown}"


def _failure(probe: tuple[str, str, str], sides: list[tuple[str, str]]) -> str:
    question, has, lacks = (_plain(text.removeprefix("=")) for text in probe)
    is_whole = probe[0].startswith("=")
    found = [
        answer for front, answer in sides if (front == question if is_whole else question in front)
    ]
    if not found:
        return "question not found"
    if not any(has in answer for answer in found):
        return "answer lacks the text"
    if not any(has in answer and lacks not in answer for answer in found):
        return "answer has foreign text"
    return ""


_MARKS = re.compile(
    r"<[^<>]*>|\]\([^()\s]*(?:\s+\"[^\"]*\")?\)|(?m:^[\s>]*(?:[-*+]|#+)\s)|[*_`\[\]!#\\~$^=\s-]|&nbsp;"
)


_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"')})


def _plain(text: str) -> str:
    bare = html.unescape(_MARKS.sub("", text)).translate(_QUOTES)
    return _MARKS.sub("", unicodedata.normalize("NFKC", bare))


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--only", help="rows, by number, with commas")
@click.option("--verbose", is_flag=True, help="what is wrong in each row that is not right")
@click.option("--json", "as_json", is_flag=True, help="every row as JSON")
@click.option("--without", "is_taken_out", is_flag=True, help="what each finder and rule changes")
@click.option("--enough", default=2, show_default=True, help="stop at so many changed documents")
@click.option("--longest", default=0, help="pass over documents with more lines than these")
@click.option("--part", default="0/1", help="I/N: of what is taken out each Nth, from I on")
def main(
    folders: tuple[Path, ...],
    only: str | None,
    verbose: bool,
    as_json: bool,
    is_taken_out: bool,
    enough: int,
    longest: int,
    part: str,
) -> None:
    """Print how many rows, strict rows and probes are right, and the wrong cards."""
    wanted = set(only.split(",")) if only else None
    rows = [row for folder in folders for row in labelled(folder)]
    rows = [row for row in rows if wanted is None or row.name.split(":")[1] in wanted]
    rows = [row for row in rows if not longest or row.length <= longest]
    results = [read(row) for row in rows]
    if is_taken_out:
        first, step = map(int, part.split("/"))
        for line in taken_out(results, enough, first, step):
            click.echo(line)
        return
    if as_json:
        click.echo(json.dumps([_as_json(result) for result in results], ensure_ascii=False))
        return
    for result in results:
        if verbose and (not result.is_right or any(result.failures)):
            click.echo(_line(result))
    click.echo(_summary(results))


def _line(result: Result) -> str:
    row = result.row
    wanted = f"{row.least}-{row.most}" if row.least != row.most else str(row.least)
    read_as = sorted({str(file.choice) for file in result.files})
    failures = [failure for failure in result.failures if failure]
    kind = "strict" if row.is_strict else "      "
    return (
        f"{row.name:14} {kind} {row.dialect:8} wants {wanted:>9} has {len(result.notes):4}"
        f"  {', '.join(read_as)[:60]}  {'; '.join(failures)}  {row.path[-70:]}"
    )


def _summary(results: list[Result]) -> str:
    strict = [result for result in results if result.row.is_strict]
    probes = [failure for result in results for failure in result.failures]
    none = [result for result in results if result.row.is_none]
    wrong = sum(len(result.notes) for result in none if result.row.is_strict)
    loose = sum(len(result.notes) for result in none if not result.row.is_strict)
    return (
        f"rows {sum(r.is_right for r in results)}/{len(results)}"
        f"  strict {sum(r.is_right for r in strict)}/{len(strict)}"
        f"  probes {probes.count('')}/{len(probes)}"
        f"  wrong cards in none rows: strict {wrong}, others {loose}"
    )


def taken_out(results: list[Result], enough: int, first: int, step: int) -> Iterator[str]:
    """A line for each finder, reason, weight and rule: what changes without it.

    Small documents are read first, and no more of them than until ``enough`` have changed; finders,
    reasons and weights are tried on all.
    """
    before = sorted(results, key=lambda result: result.row.length)
    for name, take_out in [*_parts(), *_rules()][first::step]:
        put_back = take_out()
        try:
            is_rule = name.startswith("rule")
            after = list(_changed(before, enough if is_rule else len(before)))
        finally:
            put_back()
        changed = [old for old, new in after if _notes(old) != _notes(new)]
        gained = sum(new.is_right - old.is_right for old, new in after)
        right = f"{gained:+d} rows right" if gained else ""
        more = "+" if is_rule and len(changed) >= enough else ""
        yield f"{name:60} {len(changed):4}{more:1} documents change  {right}"


def _changed(results: list[Result], enough: int) -> Iterator[tuple[Result, Result]]:
    changed = 0
    _forget()
    for old in results:
        try:
            new = read(old.row)
        except (LookupError, TypeError, ValueError, AttributeError):
            new = Result(old.row, (), ())  # what others rely on is missing: no notes
        changed += _notes(old) != _notes(new)
        yield old, new
        if changed >= enough:
            return


def _forget() -> None:
    """Clear what functions remember: it was found with all rules in place."""
    for module in _modules():
        for function in vars(module).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()


def _notes(result: Result) -> list[tuple[str, ...]]:
    return [
        (note.front.markdown, note.back.markdown, note.hint.markdown, note.extra.markdown)
        for note in result.notes
    ]


Undo = Callable[[], None]


def _parts() -> Iterator[tuple[str, Callable[[], Undo]]]:
    """The finders, the reasons that end answers or refuse terms, and the weights of evidence."""
    for dialect in DIALECTS:
        yield f"finder {dialect.name}", partial(_without_member, shapes, "DIALECTS", dialect)
    for rule in endings.END_RULES:
        yield f"ending {rule[0].name.lower()}", partial(_without_member, endings, "END_RULES", rule)
    for refusal in terms.REFUSALS:
        name = f"no terms: {refusal.__name__.strip('_')}"
        yield name, partial(_without_member, terms, "REFUSALS", refusal)
    for name in evidence.WEIGHTS:
        yield f"weight {name}", partial(_without_weight, name)


def _without_member(module: ModuleType, name: str, member: object) -> Undo:
    whole = getattr(module, name)
    setattr(module, name, tuple(each for each in whole if each is not member))
    return lambda: setattr(module, name, whole)


def _without_weight(name: str) -> Undo:
    weight = evidence.WEIGHTS[name]
    evidence.WEIGHTS[name] = 0.0
    return lambda: evidence.WEIGHTS.__setitem__(name, weight)


def _rules() -> Iterator[tuple[str, Callable[[], Undo]]]:
    """Every function of reading that says yes or no, to say no."""
    for module in _modules():
        for name, function in sorted(vars(module).items()):
            is_own = isinstance(function, FunctionType) or hasattr(function, "__wrapped__")
            if not is_own or getattr(function, "__module__", "") != module.__name__:
                continue
            hints = getattr(function, "__annotations__", {})
            if hints.get("return") in ("bool", bool):
                short = module.__name__.removeprefix("cardwright.")
                yield f"rule {short}.{name}", partial(_saying_no, function)


def _modules() -> list[ModuleType]:
    """The modules of reading, without what reads Markdown itself."""
    names = sorted(name for name in sys.modules if name.startswith(_READING))
    return [sys.modules[name] for name in names]


_READING = ("cardwright.dialects", "cardwright.parse", "cardwright.wording")


def _saying_no(function: object) -> Undo:
    """Put a function that says no in the place of ``function``, wherever it was imported."""
    places = [
        (module, name)
        for module in _modules()
        for name, value in vars(module).items()
        if value is function
    ]

    def no(*_args: object, **_keywords: object) -> bool:
        return False

    for module, name in places:
        setattr(module, name, no)

    def put_back() -> None:
        for module, name in places:
            setattr(module, name, function)

    return put_back


def _as_json(result: Result) -> dict[str, object]:
    return {
        "row": result.row.name,
        "path": result.row.path,
        "wanted": [result.row.least, result.row.most],
        "notes": len(result.notes),
        "is_right": result.is_right,
        "choices": [str(file.choice) for file in result.files],
        "probes": list(result.failures),
        "codes": sorted(set(result.codes)),
    }


if __name__ == "__main__":
    main()
