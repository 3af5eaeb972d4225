"""Builds JSON Schemas of the settings, with which editors complete and check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of

from cardwright.config import (
    ALONE,
    DIALECT_NAMES,
    FLAVOURS,
    HTML,
    LAYOUTS,
    MOST_PER_DAY,
    NEW_ORDERS,
    OUTPUTS,
    REMOTES,
    SUBDECKS,
    Config,
)
from cardwright.config.known_extensions import EXTENSIONS
from cardwright.diagnostics import Code

Schema = dict[str, object]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_FLAG: Schema = {"type": "boolean"}
_LEVEL: Schema = {"type": "integer", "minimum": 1, "maximum": 6}

DIALECTS = {
    "auto": "whatever the notes use",
    "none": "no questions",
    "headings": "a heading with its answer below: ### What is a leaf?",
    "numbered-headings": "a heading with a number: ## 12. What is a leaf?",
    "question-headings": "a heading with a label: ### Q7: What is a leaf?",
    "list-headings": "a heading inside a list item: - ### What is a leaf?",
    "file": "one card per file",
    "front-back": "two named sides: ## Front and ## Back",
    "front-matter": "cards in the front matter: question: What is a leaf?",
    "cloze": "a text that hides words: A {{c1::leaf}} makes sugar.",
    "bold": "a bold line: **What is a leaf?**",
    "pairs": "two labels: Q: and A:",
    "exercises": "a problem set: **Exercise 1.** and **Solution.**",
    "table": "a table with the columns Question and Answer",
    "placeholder-headings": "a heading that only counts, the question below it: ## Question 3",
    "details": "a fold with the question as its title: <summary>What is a leaf?</summary>",
    "folded-answers": "a fold with the answer inside: <summary>Answer</summary>",
    "quiz": "options to choose from, the right one marked: - [x] the leaf",
    "tagged": "a tag: What is a leaf? #card",
    "separators": "two colons, or a ? alone on a line: Leaf :: An organ",
    "callouts": "a callout: > [!question] What is a leaf?",
    "list-items": "a list item: - What is a leaf?",
    "answer-key": "numbered questions, and their answers in a section of their own",
    "definitions": "a definition list: Leaf, and below it : An organ",
    "lines": "a line that is plain, in italics, or starts with a special character",
}
"""Descriptions of the values of ``questions`` for editors."""


def deck_schema() -> Schema:
    """Return the schema of ``deck.yml``. It has the same keys as ``Config``."""
    keys: dict[str, Schema] = {
        "deck": _described("The root deck; parts joined by '::'.", _TEXT),
        "project": _described("The salt of the note ids. Never change it.", _TEXT),
        "description": _described("The text that Anki shows for the deck.", _TEXT),
        "tags": _described("Tags of every note.", _TEXTS),
        "questions": _described("How questions are marked.", _questions()),
        "question_level": _described("The level of headings that are questions.", _LEVEL),
        "subdecks": _described("Which subdecks there are.", _one_of(SUBDECKS)),
        "source_url": _described(
            "A link on every card; {path}, {anchor}, {line} are filled in.", _TEXT
        ),
        "markdown": _described("How Markdown is read.", _markdown()),
        "math": _described("How formulas are shown.", _math()),
        "images": _described("How images are packed.", _images()),
        "html": _described(
            "Whether HTML in notes is cleaned; 'trusted' needs --trust.", _one_of(HTML)
        ),
        "include": _described("Only these files; patterns as in .gitignore.", _TEXTS),
        "exclude": _described("Files to leave out; patterns as in .gitignore.", _TEXTS),
        "require_tag": _described("Only notes with one of these tags.", _TEXTS),
        "ignore": _described("Warnings to silence.", _ignore()),
        "output": _described("The file name of the package.", {**_TEXT, "pattern": r"\.apkg$"}),
        "options": _described("Options of the deck in Anki.", _options()),
        "inline_tags": _described("Whether #words in the text are tags, as in Obsidian.", _FLAG),
        "report": _described("Whether a build writes report.html.", _FLAG),
        "nav": _described("The order of files, and their titles.", {"type": "array"}),
    }
    ordered = {field.name: keys[field.name] for field in fields_of(Config)}
    return {"$schema": _DRAFT, "title": "deck.yml of Cardwright", **_table(ordered)}


def front_matter_schema() -> Schema:
    """Return the schema of front matter. It allows other keys, which belong to other tools."""
    keys: dict[str, Schema] = {
        "title": _described("The title of the file: a deck and a tag.", _TEXT),
        "tags": _described("Tags of every note of the file.", _TEXTS),
        "categories": _described("More tags.", _TEXTS),
        "deck": _described("The deck below the root deck.", _TEXT),
        "draft": _described("Leave the file out when its folder is built.", _FLAG),
        "questions": _described("How questions are marked.", {"anyOf": [_questions(), _cards()]}),
        "question_level": _described("The level of headings that are questions.", _LEVEL),
        "subdecks": _described("Which subdecks there are.", _one_of(LAYOUTS)),
        "macros": _described("TeX macros of the file.", _macros()),
        "ignore": _described("Warnings to silence in this file.", _either_or_list(_codes())),
        "question": _described("The question of a file that is one card.", _TEXT),
        "answer": _described("Its answer; without it, the text of the file.", _TEXT),
        "cards": _described("Cards in the front matter.", _cards()),
    }
    title = "Front matter that Cardwright understands"
    return {"$schema": _DRAFT, "title": title, "type": "object", "properties": keys}


def _described(words: str, schema: Schema) -> Schema:
    return {"description": words, **schema}


def _one_of(names: Sequence[str], meanings: Mapping[str, str] | None = None) -> Schema:
    if meanings is None:
        return {"enum": list(names)}
    # Not a keyword of JSON Schema, but editors agree on this name.
    return {"enum": list(names), "enumDescriptions": [meanings[name] for name in names]}


def _either_or_list(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def _table(keys: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": dict(keys)}


def _questions() -> Schema:
    allowed = [name for name in DIALECT_NAMES if name not in ALONE]
    several: Schema = {"type": "array", "items": _one_of(allowed, DIALECTS)}
    return {"anyOf": [_one_of(DIALECT_NAMES, DIALECTS), several]}


def _markdown() -> Schema:
    names = sorted(name.removeprefix("markdown.extensions.") for name in EXTENSIONS)
    # A trusted folder may use others, so these names are suggested and not required.
    name: Schema = {"anyOf": [_one_of(names), _TEXT]}
    options: Schema = {"type": "object", "maxProperties": 1}
    extensions: Schema = {"type": "array", "items": {"anyOf": [name, options]}}
    return _table(
        {
            "flavour": _described("The Markdown that the notes are written in.", _one_of(FLAVOURS)),
            "extensions": _described("Extensions of Python-Markdown.", extensions),
        }
    )


def _math() -> Schema:
    return _table(
        {
            "output": _described("What formulas become on the card.", _one_of(OUTPUTS)),
            "macros": _described("TeX macros of the deck.", _macros()),
        }
    )


def _macros() -> Schema:
    return {"anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}]}


def _images() -> Schema:
    width: Schema = {"type": "integer", "minimum": 1, "maximum": 16_384}
    return _table(
        {
            "max_width": _described("The greatest width of an image, in device pixels.", width),
            "remote": _described("Whether remote images are packed, or linked.", _one_of(REMOTES)),
            "roots": _described("Folders for images, relative to the folder of deck.yml.", _TEXTS),
            "allow_private": _described("Whether images may come from your own network.", _FLAG),
        }
    )


def _options() -> Schema:
    limit: Schema = {"type": "integer", "minimum": 0, "maximum": MOST_PER_DAY}
    order = _one_of(NEW_ORDERS)
    return _table(
        {
            "preset": _described("The name of the preset, a group of options in Anki.", _TEXT),
            "new_per_day": _described("The most new cards that Anki shows in a day.", limit),
            "reviews_per_day": _described("The most reviews that Anki asks for in a day.", limit),
            "new_order": _described("The order in which Anki shows new cards.", order),
        }
    )


def _ignore() -> Schema:
    codes = _either_or_list(_codes())
    by_file: Schema = {"type": "object", "additionalProperties": codes}
    return _either_or_list({"anyOf": [_codes(), by_file]})


def _codes() -> Schema:
    codes = {code.code: code.meaning for code in Code if code.severity.value == "warning"}
    return _one_of(list(codes), codes)


def _cards() -> Schema:
    return {"type": "array", "items": {"type": "object"}}
