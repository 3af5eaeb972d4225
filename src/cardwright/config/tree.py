"""Parses YAML, TOML and JSON into one kind of tree, with the places of keys and values."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from cardwright.diagnostics import shorten

_DEEPEST = 32
_OWN_TAG = "tag:yaml.org,2002:"
_PREVIEW = 60  # characters of an author's value that a message quotes
_PLAIN_LOADER = yaml.BaseLoader  # has only strings, so `no` and `0123` are unchanged
_FAST_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # some builds lack libyaml
# The complement of `c-printable` of YAML 1.1, section 4.1.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOML_KEY = re.compile(r"""\s*(?:\[\s*)?(["']?)(?P<key>[\w-]+)\1\s*[]=.]""")
_TOML_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end.*)\)$")
# A key with more parts than `_DEEPEST`. tomllib takes quadratic time for them.
_DEEP_KEY = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+)"""
    rf"{{{_DEEPEST}}}"
)


_WORD = re.compile(r"\w+")
_LONGEST_GAP = 1_000  # characters between two words of a scalar: escapes, indentation


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as text."""

    text: str
    line: int
    column: int
    is_quoted: bool = False  # never a number or flag
    rows: tuple[tuple[int, int], ...] = ()  # the place of each row, `()` for a single one in YAML


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    parts: tuple[Tree, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values in the author's order. Keys may be repeated."""

    entries: tuple[Entry, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Unresolved:
    """An alias (``*name``) or a value with a tag (``!!name``). It is never resolved."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value. ``line`` and ``column`` are those of the key."""

    key: str
    value: Tree
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlFlaw:
    """Why a text is not YAML, TOML or JSON, in the words of the parser."""

    words: str
    line: int
    column: int


Tree = Scalar | Listing | Table | Unresolved


def parts_of(value: Tree) -> tuple[Tree, ...]:
    """Return the values of a list, or any other value alone."""
    return value.parts if isinstance(value, Listing) else (value,)


def read_yaml(text: str, first_line: int = 1) -> Tree | YamlFlaw:
    r"""Parse one YAML document. Return an empty ``Scalar`` if the text has none.

    ``text`` has line ends ``\\n``. ``first_line`` is its first line in the file. Lines and columns
    count from 1. Constructs no objects and expands no aliases. So ``!!python/…`` and alias bombs
    are harmless.
    """
    places = _Places(text, first_line)
    odd = _UNPRINTABLE.search(text)
    if odd is not None:
        return places.flaw(f"character U+{ord(odd.group()):04X} is not allowed", odd.start())
    tree = _parsed(text, _FAST_LOADER, places)
    if not isinstance(tree, YamlFlaw):
        return tree
    # PyYAML's own parser has better messages than libyaml.
    again = _parsed(text, _PLAIN_LOADER, places)
    return again if isinstance(again, YamlFlaw) else tree


def _parsed(text: str, loader: type[yaml.BaseLoader], places: _Places) -> Tree | YamlFlaw:
    try:
        return _from_events(yaml.parse(text, Loader=loader), places)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return places.flaw(str(error.problem or error.context), _index(mark))


def _from_events(events: Iterable[yaml.Event], places: _Places) -> Tree | YamlFlaw:
    """Build the tree without recursion, up to a depth of ``_DEEPEST``."""
    documents: list[Tree] = []
    opened: list[tuple[yaml.CollectionStartEvent, list[Tree]]] = []
    for event in events:
        at = _index(event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append((event, []))
            if len(opened) > _DEEPEST:
                return places.flaw(f"nested more than {_DEEPEST} levels deep", at)
            continue
        finished: Tree
        if isinstance(event, yaml.CollectionEndEvent):
            finished = _collection(*opened.pop(), places)
        elif isinstance(event, yaml.NodeEvent):
            finished = _leaf(event, places)
        elif isinstance(event, yaml.DocumentStartEvent) and documents:
            return places.flaw("expected a single document, but found another document", at)
        else:
            continue
        (opened[-1][1] if opened else documents).append(finished)
    return documents[0] if documents else Scalar("", *places.of(0))


def _leaf(event: yaml.NodeEvent, places: _Places) -> Tree:
    line, column = places.of(_index(event.start_mark))
    if not isinstance(event, yaml.ScalarEvent):
        return Unresolved(f"*{event.anchor}", line, column)
    if event.tag not in (None, "!"):
        return Unresolved(event.tag.replace(_OWN_TAG, "!!", 1), line, column)
    start, end = _index(event.start_mark), _index(event.end_mark)
    rows = places.of_rows(event.value, start, end, is_literal=event.style == "|")
    return Scalar(event.value, line, column, not event.implicit[0], rows)


def _collection(
    start: yaml.CollectionStartEvent, parts: list[Tree], places: _Places
) -> Listing | Table | Unresolved:
    line, column = places.of(_index(start.start_mark))
    if start.tag not in (None, "!"):
        return Unresolved(start.tag.replace(_OWN_TAG, "!!", 1), line, column)
    if isinstance(start, yaml.SequenceStartEvent):
        return Listing(tuple(parts), line, column)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    entries = (
        Entry(key.text if isinstance(key, Scalar) else preview(key), value, key.line, key.column)
        for key, value in pairs
    )
    return Table(tuple(entries), line, column)


def _index(mark: object) -> int:
    """Return the index of a mark of libyaml or PyYAML, which have different classes; 0 for none."""
    return int(getattr(mark, "index", 0))


def read_toml(text: str, first_line: int = 1) -> Table | YamlFlaw:
    """Parse a TOML document. Only top keys have a line, and no column is known (0)."""
    import tomllib  # few files have TOML

    if _DEEP_KEY.search(text):
        return YamlFlaw("nested too deep", first_line, 0)
    try:
        found = tomllib.loads(text)
    except RecursionError:
        return YamlFlaw("nested too deep", first_line, 0)
    except ValueError as error:  # TOMLDecodeError, and numbers with too many digits for Python
        return _toml_flaw(str(error), first_line)
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        match = _TOML_KEY.match(line)
        if match is not None:
            lines.setdefault(match["key"], number)
    keyed = ((key, value, lines.get(key, first_line)) for key, value in found.items())
    entries = (Entry(key, _from_python(value, at, _DEEPEST), at, 0) for key, value, at in keyed)
    return Table(tuple(entries), first_line, 0)


def _toml_flaw(message: str, first_line: int) -> YamlFlaw:
    match = _TOML_PLACE.search(message)
    if match is None or match["line"] is None:
        return YamlFlaw(_TOML_PLACE.sub("", message), first_line, 0)
    line = first_line + int(match["line"]) - 1
    return YamlFlaw(message[: match.start()], line, int(match["column"]))


def read_json(text: str) -> Tree | YamlFlaw:
    """Parse a JSON document. No line and no column is known (0)."""
    try:
        return _from_python(json.loads(text), 0, _DEEPEST)
    except (ValueError, RecursionError) as error:
        return YamlFlaw(str(error), 0, 0)


def _from_python(value: object, line: int, depth: int) -> Tree:
    """Return a value of TOML or JSON as the text that YAML would have for it."""
    if depth == 0:
        return Unresolved("…", line, 0)
    if value is None:
        return Scalar("", line, 0)
    if isinstance(value, dict):
        pairs = ((str(key), _from_python(part, line, depth - 1)) for key, part in value.items())
        return Table(tuple(Entry(key, part, line, 0) for key, part in pairs), line, 0)
    if isinstance(value, list):
        return Listing(tuple(_from_python(part, line, depth - 1) for part in value), line, 0)
    if isinstance(value, bool):
        return Scalar(str(value).lower(), line, 0)
    if isinstance(value, str):
        return Scalar(value, line, 0, is_quoted=True)
    try:
        return Scalar(str(value), line, 0)
    except ValueError:  # a hexadecimal number with too many digits for Python
        return Unresolved("a number of many digits", line, 0)


def preview(tree: Tree) -> str:
    """Return the author's value in one short line for a message."""
    if isinstance(tree, Scalar):
        quote = '"' if tree.is_quoted else "'"
        return f"{quote}{shorten(tree.text)}{quote}"
    if isinstance(tree, Unresolved):
        return f"'{shorten(tree.text)}'"
    if isinstance(tree, Listing):
        return f"the list [{shorten(', '.join(_word(part) for part in tree.parts[:20]))}]"
    words = (f"{entry.key[:_PREVIEW]}: {_word(entry.value)}" for entry in tree.entries[:20])
    return f"the mapping {{{shorten(', '.join(words))}}}"


def _word(tree: Tree) -> str:
    return tree.text[:_PREVIEW] if isinstance(tree, Scalar | Unresolved) else "…"


class _Places:
    """Lines and columns of characters. YAML counts U+2028 and NEL as line ends, editors do not."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._first_line = first_line

    def of(self, index: int) -> tuple[int, int]:
        row = bisect.bisect_right(self._starts, index) - 1
        return self._first_line + row, index - self._starts[row] + 1

    def of_rows(
        self, value: str, start: int, end: int, *, is_literal: bool
    ) -> tuple[tuple[int, int], ...]:
        """Return the place of each row of a scalar, ``()`` for one row on one line.

        Only a literal has its rows as they are. Other scalars are folded and may have escapes.
        """
        rows = value.split("\n")
        if len(rows) == 1 and self._text.find("\n", start, end) < 0:
            return ()
        if is_literal:
            first = bisect.bisect_right(self._starts, start)
            pairs = zip(rows, self._starts[first : first + len(rows)], strict=False)
            return tuple(self.of(max(self._text.find(row, at, end), at)) for row, at in pairs)
        found = []
        for row in rows:
            begin = -1
            for word in _WORD.finditer(row):
                at = self._text.find(word[0], start, min(end, start + _LONGEST_GAP))
                if at >= 0:
                    begin = at - word.start() if begin < 0 else begin
                    start = at + len(word[0])
            found.append(self.of(start if begin < 0 else begin))
        return tuple(found)

    def flaw(self, words: str, index: int) -> YamlFlaw:
        return YamlFlaw(words, *self.of(index))
