"""Finds and reads the front matter of a Markdown file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from cardwright.config import ALONE, DIALECT_NAMES, LAYOUTS
from cardwright.config.fields import LABELS, Fields
from cardwright.config.schema import front_matter_keys
from cardwright.config.selection import read_ignored
from cardwright.config.tree import Entry, Scalar, Table, Tree, YamlFlaw, read_toml, read_yaml
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import FrontMatter, Place
from cardwright.plugin_lines import deck_and_tags
from cardwright.source.frontcards import ANSWER, QUESTION, front_cards, is_cards

_UNDERSTOOD = front_matter_keys().keys() - {"answer"} | {"flashcard"}
"""One of these makes a block front matter. ``answer`` does not, ``flashcard`` of a tool does."""
_MOST, _MOST_OF_OURS = 30_000, 1_000_000
"""Characters. A longer block is text between two thematic breaks, unless it begins with our key."""
_KEY_LINE = re.compile(  # a key of one to three words
    r"""(["']?)(?P<key>[^\W\d_][\w.-]*(?: [\w.-]+){0,2})\1\s*(?:=|:(?=\s|$))"""
)
_SURE = ("questions", "question_level", "subdecks", "macros", "labels", "ignore", "draft")
"""Keys whose values can be told from those of other tools."""
_PLAIN_PAIR = re.compile(r"(?P<key>[\w.-]+)\s*=\s*(?P<value>.*)")
_CARD_KEYS = frozenset({"c", *QUESTION, *ANSWER})


def read_front_matter(
    lines: Sequence[str], path: str
) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """Read the front matter of a file, then the lines for Obsidian_to_Anki in the text.

    The properties of a page of Logseq are front matter, too. The diagnostics are about YAML and
    TOML only.
    """
    said, problems = _read_top(lines, path)
    if not said.length and not problems:
        said = _page_properties(lines)
    deck, tags = deck_and_tags(lines[said.length :])
    if deck or tags:
        both = tuple(dict.fromkeys((*said.tags, *tags)))
        said = replace(said, deck=said.deck or deck, tags=both)
    return said, problems


def _read_top(lines: Sequence[str], path: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """Read the front matter at the top of ``lines``, after any blank lines.

    ``---`` encloses YAML, TOML or ``name = value`` lines, and may close with ``...``. ``+++``
    encloses TOML. In YAML, a text with a colon needs no quotes. ``name`` (hashcards) can replace
    the title, ``cards-deck`` (flashcards-obsidian) the deck.

    A block that is none of these but looks intended is removed with SR204. Any other text between
    two thematic breaks remains text. A value of a wrong type is SR205 and ignored. ``length`` is 0
    if there is no front matter.
    """
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    fence = lines[first].rstrip() if first < len(lines) else ""
    if fence not in ("---", "+++"):
        return FrontMatter(), ()
    closing = _closing(lines, first, fence)
    if closing is None:
        return FrontMatter(), _never_closed(lines, first, path)
    block = lines[first + 1 : closing]
    found = _read_block("\n".join(block), fence, first + 2)
    if isinstance(found, Table):
        keys = [entry.key for entry in found.entries]
        fronts = (line for line in lines[closing + 1 :] if line.lower().startswith("front:"))
        is_only_card = keys in (["front"], ["front", "back"]) and not any(fronts)
        if _is_text(keys, block) and not is_only_card:
            return FrontMatter(), ()
        return _values(found, path, closing + 1)
    if found is None or not _looks_meant(block):
        return FrontMatter(), _never_closed(lines, first, path)
    message = f"front matter is neither YAML nor TOML: {found.words}"
    hint = "correct it there; until then the title and tags in it are not used"
    place = Place(path, found.line, found.column)
    problem = Diagnostic(place, Code.BAD_FRONT_MATTER, message, hint)
    return FrontMatter(length=closing + 1), (problem,)


def _closing(lines: Sequence[str], first: int, fence: str) -> int | None:
    """Return the index of the closing fence; ``None`` if it is missing or too far away."""
    ends = ("---", "...") if fence == "---" else ("+++",)
    match = _KEY_LINE.match(lines[first + 1]) if first + 1 < len(lines) else None
    is_ours = match is not None and match["key"] in _UNDERSTOOD
    characters = 0
    for index in range(first + 1, len(lines)):
        if lines[index].rstrip() in ends:
            return index
        characters += len(lines[index]) + 1
        if characters > (_MOST_OF_OURS if is_ours else _MOST):
            break
    return None


def _never_closed(lines: Sequence[str], first: int, path: str) -> tuple[Diagnostic, ...]:
    for line in lines[first + 1 : first + 1 + len(_UNDERSTOOD)]:
        match = _KEY_LINE.match(line)
        if match is None:
            break
        if match["key"] in _UNDERSTOOD:
            fence = lines[first].rstrip()
            message = f"front matter is opened with '{fence}' and never closed"
            place = Place(path, first + 1, 1)
            hint = f"end it with a line '{fence}'; until then it is read as text"
            return (Diagnostic(place, Code.BAD_FRONT_MATTER, message, hint),)
    return ()


def _read_block(text: str, fence: str, first_line: int) -> Table | YamlFlaw | None:
    """Return a table, the error if it is none, or ``None`` for YAML that is prose."""
    if fence == "+++":
        return read_toml(text, first_line)
    tree = _read_lenient(text, first_line)
    if isinstance(tree, Table):
        return tree
    if tree == Scalar("", first_line, 1):
        return Table((), first_line, 1)
    toml = read_toml(text, first_line)
    if isinstance(toml, Table):
        return toml
    return _plain_pairs(text, first_line) or (tree if isinstance(tree, YamlFlaw) else None)


_COLONS = re.compile(r"([\w.-]+:[ \t]+)([^\s\"'\[{|>&*!%@`#-].*?:(?:[ \t].*)?)\s*")
"""A pair whose value has a colon of its own, and no other sign of YAML at its start."""


def _read_lenient(text: str, first_line: int) -> Tree | YamlFlaw:
    """Read YAML. If it is none, read a value such as ``Leaves: an overview`` as its text."""
    tree = read_yaml(text, first_line)
    if not isinstance(tree, YamlFlaw):
        return tree
    lines = text.split("\n")
    pairs = [_COLONS.fullmatch(line) for line in lines]
    quoted = "\n".join(
        f"{pair[1]}{json.dumps(pair[2], ensure_ascii=False)}" if pair else line
        for pair, line in zip(pairs, lines, strict=True)
    )
    mended = read_yaml(quoted, first_line) if any(pairs) else tree
    return mended if isinstance(mended, Table) else tree


def _plain_pairs(text: str, first_line: int) -> Table | None:
    """Parse lines ``name = value`` without the quotes that TOML requires."""
    entries = []
    for number, line in enumerate(text.split("\n"), first_line):
        if not line.strip() or line.startswith("#"):
            continue
        match = _PLAIN_PAIR.fullmatch(line.strip())
        if match is None:
            return None
        value = Scalar(match["value"].strip("\"' \t"), number, 0)
        entries.append(Entry(match["key"], value, number, 0))
    return Table(tuple(entries), first_line, 0)


def _is_text(keys: Sequence[str], block: Sequence[str]) -> bool:
    """Whether a block is cards or a section between two thematic breaks, not front matter.

    YAML reads ``Q: …`` and ``A: …`` as a mapping, and a heading as a comment.
    """
    if any(key in _UNDERSTOOD for key in keys):
        return False
    is_cards = bool(keys) and all(key.casefold() in _CARD_KEYS for key in keys)
    return (is_cards and list(keys) != ["question"]) or any(line.startswith("##") for line in block)


def _looks_meant(block: Sequence[str]) -> bool:
    """Whether most lines that could start with a key do, including the first one."""
    able = [line for line in block if line.strip() and not line.startswith((" ", "\t", "#", "- "))]
    found = [_KEY_LINE.match(line) for line in able]
    keys = [match["key"] for match in found if match is not None]
    is_first = bool(found) and found[0] is not None
    return is_first and len(keys) * 2 > len(able) and not _is_text(keys, block)


def _values(table: Table, path: str, length: int) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    fields = Fields(table, path, Code.BAD_FRONT_VALUE, [])
    for entry in fields.repeated:
        if entry.key in _UNDERSTOOD:
            fields.report(entry, f"'{entry.key}' is given twice", "only the first is used")
    _report_mistaken(fields)
    labels = fields.given("labels")
    if not (isinstance(labels, Table) and any(entry.key in LABELS for entry in labels.entries)):
        fields.values.pop("labels", None)  # as of an issue, "labels: bug"
    shared = shared_settings(fields, is_faq=is_cards(fields.given("questions")))
    front_matter = replace(
        shared,
        title=fields.line("title") or _foreign(fields, "name"),
        tags=tuple(dict.fromkeys((*shared.tags, *fields.tags("categories")))),
        deck=fields.deck("deck") or _foreign(fields, "cards-deck"),
        is_draft=fields.flag("draft"),
        cards=front_cards(fields),
        length=length,
    )
    return front_matter, tuple(fields.problems)


def shared_settings(fields: Fields, *, is_faq: bool = False) -> FrontMatter:
    """Return the settings that front matter and the ``deck.yml`` of a subfolder may have.

    With ``is_faq``, ``questions`` has cards and names no dialects.
    """
    return FrontMatter(
        tags=fields.tags("tags"),
        questions=() if is_faq else fields.choices("questions", DIALECT_NAMES, ALONE),
        question_level=fields.whole("question_level", 1, 6),
        subdecks=fields.choice("subdecks", LAYOUTS, ""),
        macros=fields.macros("macros"),
        ignore=tuple(each.code for each in read_ignored(fields, has_files=False)),
        labels=fields.labels("labels"),
    )


def _report_mistaken(fields: Fields) -> None:
    """Report SR205 for a misspelled key of ours, if only that key takes such a value.

    Other tools share the front matter. So any other key is theirs.
    """
    asked = fields.given("question")
    has_answer = fields.given("answer") is not None
    if isinstance(asked, Scalar) and asked.text in DIALECT_NAMES and not has_answer:
        message = f"'question: {asked.text}' makes this file one card"
        fields.report(asked, message, f"did you mean 'questions: {asked.text}'?")
    for entry in fields.table.entries:
        meant = next((name for name in _SURE if _is_one_edit(entry.key, name)), "")
        if meant and entry.key not in _UNDERSTOOD and _fits(entry, meant):
            message = f"'{shorten(entry.key)}' is not a key that Cardwright knows"
            fields.report(entry, message, f"did you mean '{meant}'?")


def _is_one_edit(key: str, meant: str) -> bool:
    """Whether one letter was added, left out or replaced, or two changed places."""
    pairs = enumerate(zip(key, meant, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(key), len(meant)))
    ours, theirs = meant[at:], key[at:]
    swapped = ours[1::-1] + ours[2:]
    return theirs in (ours[1:], swapped) or theirs[1:] in (ours, ours[1:])


def _fits(entry: Entry, key: str) -> bool:
    """Whether ``key`` could have the value of ``entry``, and it would mean something."""
    table = Table((replace(entry, key=key),), entry.line, entry.column)
    fields = Fields(table, "", Code.BAD_FRONT_VALUE, [])
    is_something = shared_settings(fields) != FrontMatter() or fields.flag("draft")
    return is_something and not fields.problems


def _foreign(fields: Fields, key: str) -> str:
    """Return the text of another tool's key on one line, ``""`` if it is not a scalar."""
    value = fields.given(key)
    return " ".join(value.text.split()) if isinstance(value, Scalar) else ""


_PROPERTY = re.compile(r"(?P<key>[a-z][a-z0-9._-]*)::(?:[ \t]+(?P<value>.*))?")
_OF_PAGES = frozenset(
    ["title", "tags", "alias", "public", "filters", "file-path", "exclude-from-graph-view"]
)
"""Keys that only a page has, in lower case. ``Leaf:: An organ`` is a card."""
_PAGE_TAG = re.compile(r"#?\[\[([^\[\]]+)\]\]|#?([^\s,#\[\]][^,#\[\]]*)")


def _page_properties(lines: Sequence[str]) -> FrontMatter:
    """Return the title and the tags in the properties that begin a page of Logseq, if any."""
    first = sum(1 for _ in takewhile(lambda line: not line.strip(), lines))
    found = [*_properties(lines[first:])]
    pairs = dict(found)
    if _OF_PAGES.isdisjoint(pairs):
        return FrontMatter()
    tags = [one or other for one, other in _PAGE_TAG.findall(pairs.get("tags", ""))]
    return FrontMatter(
        title=" ".join(pairs.get("title", "").split()),
        tags=tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags)),
        length=first + len(found),
    )


def _properties(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of the first block, which may be an item of a list."""
    is_item = bool(lines) and lines[0].startswith("- ")
    for number, line in enumerate(lines):
        if is_item and not line.startswith("- " if number == 0 else "  "):
            return
        match = _PROPERTY.fullmatch(line[2:] if is_item else line)
        if match is None:
            return
        yield match["key"], (match["value"] or "").strip()
