"""Completes attributes of a question, and keys and values of settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cardwright.config.schema import Schema, deck_schema, front_matter_schema
from cardwright.diagnostics import shorten
from cardwright.dialects.text.attributes import MEANINGS
from cardwright.lsp.check import Check, CheckedNote
from cardwright.model import SUFFIXES
from cardwright.source import SETTINGS

_OPEN_BRACES = re.compile(r"\{:?(?P<inside>[^{}]*)$")
_PARENT = re.compile(r"(?P<indent> *)(?:- )?(?P<key>[\w-]+):\s*(?:#.*)?$")
_PAIR = re.compile(r"(?P<key>[\w-]+):\s+(?P<rest>.*)$|(?P<bare>[\w-]+):$")
_WORD = re.compile(r"[\w.#:/-]*$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Text that replaces the ``length`` characters before the cursor."""

    text: str
    meaning: str
    length: int
    is_key: bool = False


def attributes(before: str, note: CheckedNote | None, check: Check | None) -> list[Suggestion]:
    """Suggest attributes after an open brace. ``note`` is that of the line, ``check`` has tags."""
    opened = _OPEN_BRACES.search(before)
    if opened is None or not (note or before.lstrip().startswith("#")):
        return []
    word = opened["inside"].rpartition(" ")[2]
    used = set(opened["inside"].split())
    found = [(name, meaning) for name, meaning in MEANINGS.items() if name not in used]
    if note is not None and note.identity.before:
        found.append((f"#{note.note.guid}", "the id of this note: it stays the same note for ever"))
    if note is not None and note.identity.weak_match:
        old = note.identity.weak_match
        found.append((f"#{old.guid}", f"the old note '{shorten(old.front)}', in other words"))
    tags = {tag for each in (check.notes if check else ()) for tag in each.source.tags}
    found += [(f".{tag}", "a tag of this deck") for tag in sorted(tags)]
    return [
        Suggestion(text, meaning, len(word))
        for text, meaning in dict(found).items()
        if text.startswith(word)
    ]


def keys_and_values(
    path: Path, lines: Sequence[str], line: int, column: int
) -> Iterator[Suggestion]:
    """Suggest keys and values of ``deck.yml`` and of front matter."""
    schema, block = _settings_block(path, lines, line)
    before = block[-1][: column - 1] if block else ""
    keys, is_value = _context(block[:-1], before)
    word = _WORD.search(before)
    length = len(word[0]) if word else 0
    typed = before[len(before) - length :].casefold()
    inside = _inside(schema, keys)
    choices = _values(inside) if is_value else _keys(inside)
    for text, meaning in dict(choices).items():
        if text.casefold().startswith(typed):
            yield Suggestion(text, meaning, length, is_key=not is_value)


def meaning_at(path: Path, lines: Sequence[str], line: int, column: int) -> str:
    """Return what the key of a setting at this column means, ``""`` for none."""
    schema, block = _settings_block(path, lines, line)
    text = block[-1] if block else ""
    key = next((m for m in re.finditer(r"[\w-]+", text) if m.start() < column <= m.end() + 1), None)
    if key is None or text[key.end() : key.end() + 1] != ":":
        return ""
    keys, _ = _context(block[:-1], text[: key.start()])
    return dict(_keys(_inside(schema, keys))).get(key[0], "")


def _settings_block(path: Path, lines: Sequence[str], line: int) -> tuple[Schema, Sequence[str]]:
    """Return the schema of the settings around a line, and their lines down to this one.

    Both are empty outside of ``deck.yml`` and of YAML front matter, which may not be closed yet.
    """
    if path.name == SETTINGS:
        return deck_schema(), lines[:line]
    if path.suffix.lower() not in SUFFIXES:
        return {}, ()
    first = next((at for at, text in enumerate(lines) if text.strip()), 0)
    fences = [at for at in range(first, len(lines)) if lines[at].rstrip() in ("---", "...")]
    is_inside = line > first + 1 and (not fences[1:] or line <= fences[1])
    if fences[:1] != [first] or not is_inside:
        return {}, ()
    return front_matter_schema(), lines[first + 1 : line]


def _context(above: Sequence[str], before: str) -> tuple[list[str], bool]:
    """Return the keys around the end of ``before``, and whether a value is expected there."""
    text = before.lstrip()
    indent = len(before) - len(text)
    is_item = text.startswith("-")
    keys = _parents(above, indent, is_item=is_item)
    text = text.removeprefix("-").lstrip()
    while pair := _PAIR.match(text):
        if pair["bare"]:
            return [*keys, pair["bare"]], True
        keys.append(pair["key"])
        rest = pair["rest"]
        if not rest.startswith("{"):
            return keys, True
        text = rest[1:].rpartition(",")[2].lstrip()
        if "}" in rest:
            return keys, True
        if ":" not in text:
            return keys, False
    return keys, is_item


def _parents(above: Sequence[str], indent: int, *, is_item: bool) -> list[str]:
    """Return the keys of the blocks around a line with this indentation."""
    keys: list[str] = []
    for line in reversed(above):
        parent = _PARENT.match(line)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        depth = len(line) - len(line.lstrip())
        if depth < indent or (is_item and depth == indent and not line.lstrip().startswith("-")):
            if parent is None:
                return keys
            keys.insert(0, parent["key"])
            indent, is_item = depth, False
        if not indent:
            break
    return keys


def _inside(schema: Schema, keys: Sequence[str]) -> list[Schema]:
    """Return the schemas for a value under these keys."""
    found = _alternatives(schema)
    for key in keys:
        tables = [each["properties"] for each in found if isinstance(each.get("properties"), dict)]
        found = [
            part
            for table in tables
            if isinstance(table, dict) and key in table
            for part in _alternatives(table[key])
        ]
    return found


def _alternatives(schema: Schema) -> list[Schema]:
    """Return a schema, its alternatives, and the schemas of its items."""
    further = schema.get("anyOf", [])
    items = schema.get("items")
    parts = [*(further if isinstance(further, list) else []), *([items] if items else [])]
    return [schema, *(each for part in parts for each in _alternatives(part))]


def _keys(schemas: Sequence[Schema]) -> Iterator[tuple[str, str]]:
    for schema in schemas:
        table = schema.get("properties")
        for key, value in table.items() if isinstance(table, dict) else ():
            yield key, str(value.get("description", ""))


def _values(schemas: Sequence[Schema]) -> Iterator[tuple[str, str]]:
    for schema in schemas:
        if schema.get("type") == "boolean":
            yield from (("true", ""), ("false", ""))
        names, known = schema.get("enum", []), schema.get("enumDescriptions")
        assert isinstance(names, list)
        meanings = known if isinstance(known, list) else [""] * len(names)
        yield from zip(names, meanings, strict=True)
