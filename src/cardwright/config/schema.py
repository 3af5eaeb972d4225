"""Builds JSON Schemas of the settings, with which editors complete and check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cardwright.config import (
    ALONE,
    DIALECT_MEANINGS,
    DIALECT_NAMES,
    FLAVOURS,
    HTML,
    LAYOUTS,
    MOST_PER_DAY,
    NEW_ORDERS,
    OUTPUTS,
    REMOTES,
    SUBDECKS,
)
from cardwright.config.fields import LABELS
from cardwright.config.known_extensions import EXTENSIONS
from cardwright.diagnostics import Code

Schema = dict[str, object]
Keys = Mapping[str, tuple[str, Schema]]
"""The keys of a table, each with its description and the schema of its values."""

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_FLAG: Schema = {"type": "boolean"}
_LEVEL: Schema = {"type": "integer", "minimum": 1, "maximum": 6}
_MACROS: Schema = {"anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}]}
_CARDS: Schema = {"type": "array", "items": {"type": "object"}}


def deck_schema() -> Schema:
    """Return the schema of ``deck.yml``. It has the same keys as ``Config``."""
    keys: Keys = {
        "deck": ("The root deck; parts joined by '::'.", _TEXT),
        "project": ("The salt of the note ids. Never change it.", _TEXT),
        "description": ("The text that Anki shows for the deck.", _TEXT),
        "tags": ("Tags of every note.", _TEXTS),
        "questions": ("How questions are marked.", _questions()),
        "question_level": ("The level of headings that are questions.", _LEVEL),
        "subdecks": ("Which subdecks there are.", _one_of(SUBDECKS)),
        "source_url": ("A link on every card; {path}, {anchor}, {line} are filled in.", _TEXT),
        "markdown": ("How Markdown is read.", _markdown()),
        "math": ("How formulas are shown.", _math()),
        "images": ("How images are packed.", _images()),
        "html": ("Whether HTML in notes is cleaned; 'trusted' needs --trust.", _one_of(HTML)),
        "include": ("Only these files; patterns as in .gitignore.", _TEXTS),
        "exclude": ("Files to leave out; patterns as in .gitignore.", _TEXTS),
        "require_tag": ("Only notes with one of these tags.", _TEXTS),
        "ignore": ("Warnings to silence.", _ignore()),
        "output": ("The file name of the package.", {**_TEXT, "pattern": r"\.apkg$"}),
        "options": ("Options of the deck in Anki.", _options()),
        "inline_tags": ("Whether #words in the text are tags, as in Obsidian.", _FLAG),
        "nav": ("The order of files, and their titles.", {"type": "array"}),
        "report": ("Whether a build writes report.html.", _FLAG),
        "labels": ("Your own labels of questions and answers.", _labels()),
    }
    return {"$schema": _DRAFT, "title": "deck.yml of Cardwright", **_table(keys)}


def front_matter_schema() -> Schema:
    """Return the schema of front matter. It allows other keys, which belong to other tools."""
    title, properties = "Front matter that Cardwright understands", _properties(front_matter_keys())
    return {"$schema": _DRAFT, "title": title, "type": "object", "properties": properties}


def front_matter_keys() -> Keys:
    """Return the keys of front matter."""
    return {
        "title": ("The title of the file: a deck and a tag.", _TEXT),
        "tags": ("Tags of every note of the file.", _TEXTS),
        "categories": ("More tags.", _TEXTS),
        "deck": ("The deck below the root deck.", _TEXT),
        "draft": ("Leave the file out when its folder is built.", _FLAG),
        "questions": ("How questions are marked.", {"anyOf": [_questions(), _CARDS]}),
        "question_level": ("The level of headings that are questions.", _LEVEL),
        "subdecks": ("Which subdecks there are.", _one_of(LAYOUTS)),
        "macros": ("TeX macros of the file.", _MACROS),
        "labels": ("Labels of questions and answers in this file.", _labels()),
        "ignore": ("Warnings to silence in this file.", _either_or_list(_codes())),
        "question": ("The question of a file that is one card.", _TEXT),
        "answer": ("Its answer; without it, the text of the file.", _TEXT),
        "cards": ("Cards in the front matter.", _CARDS),
    }


def _one_of(names: Sequence[str], meanings: Mapping[str, str] | None = None) -> Schema:
    if meanings is None:
        return {"enum": list(names)}
    # Not a keyword of JSON Schema, but editors agree on this name.
    return {"enum": list(names), "enumDescriptions": [meanings[name] for name in names]}


def _either_or_list(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def _table(keys: Keys) -> Schema:
    return {"type": "object", "properties": _properties(keys), "additionalProperties": False}


def _properties(keys: Keys) -> Schema:
    return {key: {"description": words, **schema} for key, (words, schema) in keys.items()}


def _questions() -> Schema:
    allowed = [name for name in DIALECT_NAMES if name not in ALONE]
    several: Schema = {"type": "array", "items": _one_of(allowed, DIALECT_MEANINGS)}
    return {"anyOf": [_one_of(DIALECT_NAMES, DIALECT_MEANINGS), several]}


def _markdown() -> Schema:
    names = sorted(name.removeprefix("markdown.extensions.") for name in EXTENSIONS)
    # A trusted folder may use others, so these names are suggested and not required.
    name: Schema = {"anyOf": [_one_of(names), _TEXT]}
    options: Schema = {"type": "object", "maxProperties": 1}
    extensions: Schema = {"type": "array", "items": {"anyOf": [name, options]}}
    return _table(
        {
            "flavour": ("The Markdown that the notes are written in.", _one_of(FLAVOURS)),
            "line_breaks": ("Whether a line end is a line break, as in Obsidian.", _FLAG),
            "extensions": ("Extensions of Python-Markdown.", extensions),
        }
    )


def _math() -> Schema:
    return _table(
        {
            "output": ("What formulas become on the card.", _one_of(OUTPUTS)),
            "macros": ("TeX macros of the deck.", _MACROS),
            "inline_dollars": ("Whether $$x$$ in a sentence is inline, as in Jekyll.", _FLAG),
        }
    )


def _labels() -> Schema:
    articles = zip(LABELS, ("a", "an", "a", "an"), strict=True)
    return _table({name: (f"What begins {a} {name}.", _TEXTS) for name, a in articles})


def _images() -> Schema:
    width: Schema = {"type": "integer", "minimum": 1, "maximum": 16_384}
    return _table(
        {
            "max_width": ("The greatest width of an image, in device pixels.", width),
            "remote": ("Whether remote images are packed, or linked.", _one_of(REMOTES)),
            "roots": ("Folders for images, relative to the folder of deck.yml.", _TEXTS),
            "allow_private": ("Whether images may come from your own network.", _FLAG),
        }
    )


def _options() -> Schema:
    limit: Schema = {"type": "integer", "minimum": 0, "maximum": MOST_PER_DAY}
    order = _one_of(NEW_ORDERS)
    return _table(
        {
            "preset": ("The name of the preset, a group of options in Anki.", _TEXT),
            "new_per_day": ("The most new cards that Anki shows in a day.", limit),
            "reviews_per_day": ("The most reviews that Anki asks for in a day.", limit),
            "new_order": ("The order in which Anki shows new cards.", order),
        }
    )


def _ignore() -> Schema:
    codes = _either_or_list(_codes())
    by_file: Schema = {"type": "object", "additionalProperties": codes}
    return _either_or_list({"anyOf": [_codes(), by_file]})


def _codes() -> Schema:
    codes = {code.code: code.meaning for code in Code if code.severity.value == "warning"}
    return _one_of(list(codes), codes)
