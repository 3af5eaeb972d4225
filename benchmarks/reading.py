"""Score reading on a folder of labelled documents, without building packages.

usage: python benchmarks/reading.py FOLDER... [--only ROWS] [--verbose] [--json]

A FOLDER holds ``docs/<owner>__<name>/…``, ``expected.tsv`` (row, path, dialect, min, max, strict,
kind, note) and ``golden.tsv`` (row, probe, question, answer_has, answer_not, formulas). A row is
right when its documents give between ``min`` and ``max`` notes. A probe is right when a note whose
front holds the question has the first text in its answer and the second one in neither. Texts are
compared without white space and without the marks of Markdown.
"""

from __future__ import annotations

import csv
import html
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from cardwright.config import Config
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
def main(folders: tuple[Path, ...], only: str | None, verbose: bool, as_json: bool) -> None:
    """Print how many rows, strict rows and probes are right, and the wrong cards."""
    wanted = set(only.split(",")) if only else None
    rows = [row for folder in folders for row in labelled(folder)]
    rows = [row for row in rows if wanted is None or row.name.split(":")[1] in wanted]
    results = [read(row) for row in rows]
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
