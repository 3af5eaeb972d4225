"""The schemas for editors: they accept what a build accepts, and refuse what it refuses."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from cardwright.cli import run
from cardwright.config import Config, ImagesConfig, MathConfig, OptionsConfig, load_config
from cardwright.config.schema import deck_schema, front_matter_schema
from cardwright.source.frontmatter import read_front_matter

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("schema", [deck_schema(), front_matter_schema()])
def test_a_schema_is_valid_json_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_schema_knows_every_key() -> None:
    properties = deck_schema()["properties"]
    assert isinstance(properties, dict)
    tables = {"math": MathConfig, "images": ImagesConfig, "options": OptionsConfig}
    assert list(properties) == _names(Config)
    for name, shape in tables.items():
        assert sorted(properties[name]["properties"]) == sorted(_names(shape)), name


def _names(shape: type[Config | MathConfig | ImagesConfig | OptionsConfig]) -> list[str]:
    return [field.name for field in fields(shape)]


def test_every_key_of_a_table_is_described() -> None:
    properties: dict[str, Any] = dict(deck_schema()["properties"])  # type: ignore[call-overload]
    for name, schema in properties.items():
        assert schema["description"]
        for key, inside in schema.get("properties", {}).items():
            assert inside.get("description"), f"{name}.{key}"


@pytest.mark.parametrize(
    "text",
    [
        "deck: Plants",
        "deck: Plants\ntags: [a, b]\nquestions: [headings, cloze]\nquestion_level: 3",
        "tags: a b\nquestions: auto\nsubdecks: none\nhtml: trusted",
        "markdown: {flavour: python-markdown, extensions: [tables, {toc: {permalink: true}}]}",
        "math: {output: mathjax, macros: {'\\R': '\\mathbb{R}'}}",
        "images: {max_width: 640, remote: link, roots: [static], allow_private: false}",
        "include: cards/\nexclude: [a, b]\nrequire_tag: card\noutput: plants.apkg",
        "ignore: QA305",
        "ignore: [QA305, {old/: QA318}, {new/: [QA305, QA318]}]",
    ],
)
def test_what_a_build_accepts_is_accepted(text: str) -> None:
    jsonschema.validate(yaml.safe_load(text), deck_schema())
    assert load_config(text, "deck.yml", is_trusted=True)[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "dekc: Plants",
        "questions: heading",
        "questions: [auto, headings]",
        "question_level: 7",
        "subdecks: all",
        "markdown: {flavor: commonmark}",
        "math: {output: katexx}",
        "images: {max_width: 0}",
        "images: {remote: never}",
        "ignore: QA309",
        "output: plants.zip",
    ],
)
def test_what_a_build_refuses_is_refused(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(text), deck_schema())
    assert load_config(text, "deck.yml")[1]


def test_the_settings_of_the_shipped_deck_fit() -> None:
    text = (ROOT / "content" / "deck.yml").read_text("utf-8")
    validator = jsonschema.Draft202012Validator(deck_schema())

    assert [error.message for error in validator.iter_errors(yaml.safe_load(text))] == []


@pytest.mark.parametrize(
    ("text", "is_fit"),
    [
        ("title: A\ntags: [x]\ndraft: true\nquestions: bold\nother: 1", True),
        ("questions: none\nignore: [QA305]", True),
        ("question_level: 9", False),
        ("draft: perhaps", False),
        ("ignore: QA999", False),
    ],
)
def test_front_matter_fits_where_it_is_understood(text: str, is_fit: bool) -> None:
    validator = jsonschema.Draft202012Validator(front_matter_schema())
    _, problems = read_front_matter(["---", *text.split("\n"), "---"], "a.md")

    assert validator.is_valid(yaml.safe_load(text)) is is_fit
    assert (problems == ()) is is_fit


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == deck_schema()
    assert run(["schema", "front-matter"]) == 0
    assert json.loads(capsys.readouterr().out) == front_matter_schema()


def test_the_hooks_of_pre_commit_run_commands_that_are_there() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

    for hook in hooks:
        words = hook["entry"].split()
        assert words[0] == "cardwright"
        assert run([words[1], "--help"]) == 0
