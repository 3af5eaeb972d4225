"""``deck.yml`` to a frozen ``Config``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import fields as fields_of
from pathlib import PurePosixPath, PureWindowsPath

from cardwright.config.fields import FLAGS, WHOLE_NUMBER, Fields, nearest
from cardwright.config.tree import Flaw, Foreign, Listing, Scalar, Table, Tree, preview, read_yaml
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import Place

DIALECT_NAMES = (
    "auto",
    "none",
    "headings",
    "numbered-headings",
    "question-headings",
    "list-headings",
    "file",
    "front-back",
    "front-matter",
    "cloze",
    "bold",
    "pairs",
    "exercises",
    "table",
    "placeholder-headings",
    "details",
    "folded-answers",
    "quiz",
    "tagged",
    "separators",
    "callouts",
    "list-items",
    "answer-key",
    "definitions",
    "lines",
)
ALONE = ("auto", "none")
"""What is no dialect, and stands in no list of them."""
_SUBDECKS = ("auto", "none", "folder", "file", "section")
LAYOUTS = ("file", "section")
_FLAVOURS = ("commonmark", "python-markdown")
_OUTPUTS = ("katex", "katex-html", "mathjax")
_REMOTES = ("fetch", "link")
_HTML = ("clean", "trusted")
_PLACEHOLDERS = ("{path}", "{anchor}", "{line}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_ADDRESS = re.compile(r"(?!javascript|vbscript|data)[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")


@dataclass(frozen=True, slots=True)
class MarkdownConfig:
    """``flavour`` is ``commonmark`` or ``python-markdown``; only the latter has extensions.

    Each extension is its name and its options, the options as (key, value as JSON) pairs.
    """

    flavour: str = "commonmark"
    extensions: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class MathConfig:
    """``output`` is ``katex``, ``katex-html`` (without MathML) or ``mathjax``.

    Macros are (``\\name``, body with ``#1``) pairs.
    """

    output: str = "katex"
    macros: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImagesConfig:
    """``roots`` are folders, relative to the content folder, for paths that begin with ``/``.

    ``max_width`` is in device pixels; ``remote`` is ``fetch`` or ``link``.
    """

    max_width: int = 1280
    remote: str = "fetch"
    roots: tuple[str, ...] = ()
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a deck; what ``deck.yml`` leaves out has the value of DESIGN's table.

    ``deck`` and ``project`` are ``""`` when not given: the name then comes from the folder or
    the file, the project from the lock or the name.
    """

    deck: str = ""
    project: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    questions: tuple[str, ...] = ("auto",)
    question_level: int | None = None
    subdecks: str = "auto"
    source_url: str = ""
    markdown: MarkdownConfig = MarkdownConfig()
    math: MathConfig = MathConfig()
    images: ImagesConfig = ImagesConfig()
    html: str = "clean"


def load_config(text: str, path: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The settings that the text of a ``deck.yml`` holds, and all that is wrong with it.

    ``path`` is what diagnostics call the file. An empty text gives the defaults. Values are read
    as text and typed here, so that ``no`` or ``0123`` can be a name; aliases and tags of YAML are
    refused. What is wrong (CF101 to CF104) is left at its default;
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    tree = read_yaml(text)
    if isinstance(tree, Flaw):
        place = Place(path, tree.line, tree.column)
        return Config(), (Diagnostic(place, Code.BAD_YAML, tree.words, _yaml_hint(tree.words)),)
    if isinstance(tree, Scalar) and not tree.text:
        return Config(), ()
    if not isinstance(tree, Table):
        message = f"the settings must be a mapping of keys to values, not {preview(tree)}"
        place = Place(path, tree.line, tree.column)
        return Config(), (Diagnostic(place, Code.BAD_SETTING, message, "write 'key: value'"),)
    top = Fields(tree, path, Code.BAD_SETTING, [])
    config = Config(
        deck=top.deck("deck"),
        project=top.line("project"),
        description=top.text("description"),
        tags=top.tags("tags"),
        questions=top.choices("questions", DIALECT_NAMES, ALONE) or ("auto",),
        question_level=top.whole("question_level", 1, 6),
        subdecks=top.choice("subdecks", _SUBDECKS, "auto"),
        source_url=_source_url(top),
        markdown=_markdown(top.inside("markdown")),
        math=_math(top.inside("math")),
        images=_images(top.inside("images")),
        html=top.choice("html", _HTML, "clean"),
    )
    _check_keys(top, Config)
    return config, tuple(sorted(top.problems, key=lambda problem: problem.place))


def _yaml_hint(words: str) -> str:
    if "escape" in words:
        return "a backslash in double quotes begins an escape; use single quotes"
    if "\\t" in words:
        return "indent with spaces"
    return "quote a text that holds ': ' or ' #' or begins with a sign"


def _source_url(top: Fields) -> str:
    url = top.text("source_url")
    if not url:
        return ""
    value = top.values["source_url"]
    known = ", ".join(_PLACEHOLDERS)
    for braces in dict.fromkeys(_BRACES.findall(url)):
        if braces not in _PLACEHOLDERS:
            message = f"'{shorten(braces)}' is not a placeholder of 'source_url'"
            top.report(value, message, f"there are {known}")
    if not _ADDRESS.fullmatch(url):
        top.fault("source_url", value, "an address such as https://example.org/{path}")
        return ""
    return url


def _markdown(inside: Fields) -> MarkdownConfig:
    _check_keys(inside, MarkdownConfig)
    flavour = inside.choice("flavour", _FLAVOURS, "commonmark")
    extensions = tuple(_extensions(inside))
    if flavour == "commonmark" and extensions:
        message = "'markdown.extensions' are for the flavour 'python-markdown' alone"
        hint = "add 'flavour: python-markdown' under 'markdown'"
        inside.report(inside.values["extensions"], message, hint)
        return MarkdownConfig(flavour)
    return MarkdownConfig(flavour, extensions)


def _extensions(inside: Fields) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """As MkDocs has them: a list of names, or of mappings of names to options."""
    value = inside.given("extensions")
    if value is None:
        return
    for part in value.parts if isinstance(value, Listing) else (value,):
        if isinstance(part, Table):
            for entry in part.entries:
                yield entry.key, tuple(_options(inside, entry.key, entry.value))
        else:
            yield inside.text_of("extensions", part), ()


def _options(inside: Fields, name: str, value: Tree) -> Iterator[tuple[str, str]]:
    if isinstance(value, Table):
        options = Fields(value, inside.path, inside.code, inside.problems, inside.full(name))
        _report_repeated(options)
        for key, option in options.values.items():
            yield key, json.dumps(_typed(options, key, option), ensure_ascii=False)
    elif value != Scalar("", value.line, value.column):
        inside.fault(name, value, "a mapping of options")


def _typed(options: Fields, key: str, value: Tree) -> object:
    """An option as JSON has it: what is not quoted can be a flag, a number or nothing."""
    if isinstance(value, Table):
        return {entry.key: _typed(options, key, entry.value) for entry in value.entries}
    if isinstance(value, Listing):
        return [_typed(options, key, part) for part in value.parts]
    if isinstance(value, Foreign):
        options.fault(key, value, "a plain value")
        return None
    if value.is_quoted:
        return value.text
    if value.text in ("", "~", "null"):
        return None
    if WHOLE_NUMBER.fullmatch(value.text):
        return int(value.text)
    if _DECIMAL.fullmatch(value.text):
        return float(value.text)
    return FLAGS.get(value.text.lower(), value.text)


def _math(inside: Fields) -> MathConfig:
    _check_keys(inside, MathConfig)
    return MathConfig(inside.choice("output", _OUTPUTS, "katex"), inside.macros("macros"))


def _images(inside: Fields) -> ImagesConfig:
    _check_keys(inside, ImagesConfig)
    return ImagesConfig(
        max_width=inside.whole("max_width", 1, 16_384) or ImagesConfig().max_width,
        remote=inside.choice("remote", _REMOTES, "fetch"),
        roots=tuple(_roots(inside)),
        allow_private=inside.flag("allow_private"),
    )


def _roots(inside: Fields) -> Iterator[str]:
    """Folders below the content folder or, the owner says so, beside it (``../static``)."""
    for root in inside.texts("roots"):
        if PurePosixPath(root).is_absolute() or PureWindowsPath(root).anchor:
            message = f"'{shorten(root)}' in 'images.roots' is an absolute path"
            hint = "write it as it is reached from the content folder, such as '../static'"
            inside.report(inside.values["roots"], message, hint)
        else:
            yield root


def _check_keys(
    inside: Fields, shape: type[Config | MarkdownConfig | MathConfig | ImagesConfig]
) -> None:
    """Report the keys that ``shape`` does not have, and those that stand twice."""
    names = tuple(field.name for field in fields_of(shape))
    for entry in inside.table.entries:
        if entry.key not in names:
            near = nearest(entry.key, names)
            owner = f"'{inside.name}'" if inside.name else "the settings"
            message = f"'{shorten(entry.key)}' is not a key of {owner}"
            hint = f"did you mean '{near}'?" if near else f"there are {', '.join(names)}"
            place = Place(inside.path, entry.line, entry.column)
            inside.problems.append(Diagnostic(place, Code.UNKNOWN_KEY, message, hint))
    _report_repeated(inside)


def _report_repeated(inside: Fields) -> None:
    firsts = {entry.key: entry.line for entry in reversed(inside.table.entries)}
    for entry in inside.repeated:
        message = f"'{shorten(entry.key)}' stands twice, first on line {firsts[entry.key]}"
        place = Place(inside.path, entry.line, entry.column)
        problem = Diagnostic(place, Code.REPEATED_KEY, message, "keep one of them")
        inside.problems.append(problem)
