"""Parses ``deck.yml`` into a frozen ``Config``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from dataclasses import fields as fields_of
from pathlib import PurePosixPath, PureWindowsPath

from cardwright.config.extensions import Extension, read_extensions
from cardwright.config.fields import Fields
from cardwright.config.selection import Ignored, read_ignored, read_patterns
from cardwright.config.tree import Listing, Scalar, Table, Tree, YamlFlaw, preview, read_yaml
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import Place, is_device

DIALECT_MEANINGS = {
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
"""The values of ``questions``, with descriptions for editors."""

DIALECT_NAMES = tuple(DIALECT_MEANINGS)
ALONE = ("auto", "none")
"""Values of ``questions`` that are not dialects, and cannot be in a list."""
SUBDECKS = ("auto", "none", "folder", "file", "section")
LAYOUTS = ("file", "section")
_MARKDOWN_KEYS = ("flavour", "line_breaks", "extensions")
FLAVOURS = ("commonmark", "python-markdown")
OUTPUTS = ("katex", "katex-html", "mathjax")
REMOTES = ("fetch", "link")
NEW_ORDERS = ("deck", "random")
MOST_PER_DAY = 9_999
"""Anki's own maximum."""
HTML = ("clean", "trusted")
_PLACEHOLDERS = ("{path}", "{anchor}", "{line}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_PACKAGE = re.compile(r'[^\s.:/\\<>"|?*][^:/\\<>"|?*]*(?<!\s)(?<!\.old)\.apkg')
"""A file name that is valid on every system. Windows forbids some characters.

``.old.apkg`` are old packages (``disk.lockfile``).
"""

_LONGEST_NAME = 120  # bytes of UTF-8
_ADDRESS = re.compile(r"(?!javascript|vbscript|data)[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkdownConfig:
    """How Markdown is rendered."""

    flavour: str = "commonmark"  # or `python-markdown`, which alone has extensions
    extensions: tuple[Extension, ...] = ()
    places: tuple[Place, ...] = ()  # of the extensions in `deck.yml`
    is_trusted: bool = False  # allows any extension with any options
    line_breaks: bool = False  # shows every line end of a paragraph, like Obsidian and Logseq


@dataclass(frozen=True, slots=True)
class MathConfig:
    """How formulas are rendered."""

    output: str = "katex"  # or `katex-html` (without MathML) or `mathjax`
    macros: tuple[tuple[str, str], ...] = ()  # `\name` and a body with `#1`
    inline_dollars: bool = False  # `$$x$$` in a sentence is no display, as in kramdown

    def macros_with(self, own: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Return bodies by name. A file's ``own`` macros replace the deck's."""
        return dict(self.macros) | dict(own)


@dataclass(frozen=True, slots=True)
class ImagesConfig:
    """How images are found and packed."""

    max_width: int = 1280  # device pixels
    remote: str = "fetch"  # or `link`
    roots: tuple[str, ...] = ()  # folders for paths from `/`, relative to the content folder
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class OptionsConfig:
    """Options of the deck in Anki. ``None`` or ``""`` keeps Anki's own value."""

    preset: str = ""  # its name in Anki, "" for the deck's name
    new_per_day: int | None = None
    reviews_per_day: int | None = None
    new_order: str = ""  # `deck`, `random` or ""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a deck. The defaults here are those of a missing key."""

    deck: str = ""  # "" for the name of the folder or file
    project: str = ""  # "" for that of the lock, or one from the deck's name
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
    include: tuple[str, ...] = ()  # patterns as in `.gitignore`
    exclude: tuple[str, ...] = ()  # likewise
    require_tag: tuple[str, ...] = ()  # notes need one of them, if there are any
    ignore: tuple[Ignored, ...] = ()
    output: str = ""  # the file name of the package, "" for the deck's name
    options: OptionsConfig | None = None
    inline_tags: bool = False  # reads `#words` in the text as tags
    nav: tuple[tuple[str, str], ...] = ()  # files in order, with their titles or ""
    report: bool = True  # whether a build writes a page about the deck
    labels: tuple[tuple[str, str], ...] = ()  # what each begins (one of `LABELS`), and the label


def load_config(
    text: str,
    path: str,
    *,
    is_trusted: bool = False,
    may_be_root: Callable[[str], bool] = lambda _root: True,
) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Parse the text of a ``deck.yml``. Return the settings, and a diagnostic for each problem.

    ``path`` names the file in diagnostics. An empty text gives the defaults, and so does a key with
    a problem (CF101 to CF104, CF111). All values are read as text and typed here, so ``no`` or
    ``0123`` can be a name. Aliases and tags of YAML are rejected. ``is_trusted`` allows extensions
    that run any code, scripts on cards, images from private addresses, and any folder for images.
    Without it, ``may_be_root`` says which folders are allowed.
    """
    top = read_settings(text, path)
    html = top.choice("html", HTML, "clean")
    config = Config(
        deck=top.deck("deck"),
        project=top.line("project"),
        description=top.text("description"),
        tags=top.tags("tags"),
        questions=top.choices("questions", DIALECT_NAMES, ALONE) or ("auto",),
        question_level=top.whole("question_level", 1, 6),
        subdecks=top.choice("subdecks", SUBDECKS, "auto"),
        source_url=_source_url(top),
        markdown=_markdown(top.inside("markdown"), is_trusted=is_trusted),
        math=_math(top.inside("math")),
        images=_images(top.inside("images"), is_trusted, may_be_root),
        html=html if html == "clean" or _may(top, "html", html, _SCRIPTS, is_trusted) else "clean",
        include=read_patterns(top, "include"),
        exclude=read_patterns(top, "exclude"),
        require_tag=top.tags("require_tag"),
        ignore=read_ignored(top),
        output=_output(top),
        options=_options(top),
        inline_tags=top.flag("inline_tags"),
        nav=tuple(read_nav(top)),
        report=top.flag("report", is_default=True),
        labels=top.labels("labels"),
    )
    top.check_keys(_names(Config))
    return config, tuple(sorted(top.problems, key=lambda problem: problem.place))


def read_settings(text: str, path: str) -> Fields:
    """Return the keys of a ``deck.yml``, none if it is no mapping (CF101, CF103)."""
    tree = read_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(tree, Table):
        return Fields(tree, path, Code.BAD_SETTING, [])
    nothing = Fields(Table((), 1, 1), path, Code.BAD_SETTING, [])
    if isinstance(tree, YamlFlaw):
        nothing.report(tree, tree.words, _yaml_hint(tree.words), Code.BAD_YAML)
    elif not isinstance(tree, Scalar) or tree.text:
        message = f"the settings must be a mapping of keys to values, not {preview(tree)}"
        nothing.report(tree, message, "write 'key: value'")
    return nothing


def _yaml_hint(words: str) -> str:
    if "escape" in words:
        return "a backslash in double quotes starts an escape; use single quotes"
    if "\\t" in words:
        return "indent with spaces"
    return (
        "indent all keys of one level alike, and quote a text that contains ': ' or ' #', or "
        "starts with a special character"
    )


def _output(top: Fields) -> str:
    """Return a file name without a path, or ``""``."""
    name = top.text("output")
    is_name = PureWindowsPath(name).name == name == PurePosixPath(name).name
    is_short = len(name.encode()) <= _LONGEST_NAME
    if (name and not (is_name and is_short and _PACKAGE.fullmatch(name))) or is_device(name):
        top.fault("output", top.values["output"], "a file name such as plants.apkg")
        return ""
    return name


def _options(top: Fields) -> OptionsConfig | None:
    if top.given("options") is None:
        return None
    inside = top.inside("options")
    inside.check_keys(_names(OptionsConfig))
    options = OptionsConfig(
        preset=inside.line("preset"),
        new_per_day=inside.whole("new_per_day", 0, MOST_PER_DAY),
        reviews_per_day=inside.whole("reviews_per_day", 0, MOST_PER_DAY),
        new_order=inside.choice("new_order", NEW_ORDERS, ""),
    )
    return options if options != OptionsConfig() else None


def read_nav(top: Fields) -> Iterator[tuple[str, str]]:
    """Yield the pages of ``nav`` in order, with their titles or ``""``, as in MkDocs."""
    for part in top.parts("nav"):
        yield from _pages(top, part, "")


def _pages(top: Fields, value: Tree, title: str) -> Iterator[tuple[str, str]]:
    """Yield a page, or all pages of a section. The title of a section is not used."""
    if isinstance(value, Scalar):
        yield top.text_of("nav", value).removeprefix("./"), " ".join(title.split())
    elif isinstance(value, Listing):
        for part in value.parts:
            yield from _pages(top, part, "")
    elif isinstance(value, Table):
        for entry in value.entries:
            yield from _pages(top, entry.value, entry.key)
    else:
        top.fault("nav", value, "a list of files, each with or without a title")


def _source_url(top: Fields) -> str:
    url = top.text("source_url")
    if not url:
        return ""
    value = top.values["source_url"]
    known = ", ".join(_PLACEHOLDERS)
    for braces in dict.fromkeys(_BRACES.findall(url)):
        if braces not in _PLACEHOLDERS:
            message = f"'{shorten(braces)}' is not a placeholder of 'source_url'"
            top.report(value, message, f"use one of {known}")
    if not _ADDRESS.fullmatch(url):
        top.fault("source_url", value, "an address such as https://example.org/{path}")
        return ""
    return url


def _markdown(inside: Fields, *, is_trusted: bool) -> MarkdownConfig:
    inside.check_keys(_MARKDOWN_KEYS)
    flavour = inside.choice("flavour", FLAVOURS, "commonmark")
    line_breaks = inside.flag("line_breaks")
    found = tuple(read_extensions(inside, is_trusted=is_trusted))
    if flavour == "commonmark":
        if found:
            message = "'markdown.extensions' need the flavour 'python-markdown'"
            hint = "add 'flavour: python-markdown' under 'markdown'"
            inside.report(inside.values["extensions"], message, hint)
        return MarkdownConfig(line_breaks=line_breaks)
    extensions, places = zip(*found, strict=True) if found else ((), ())
    return MarkdownConfig(flavour, extensions, places, is_trusted, line_breaks)


def _math(inside: Fields) -> MathConfig:
    inside.check_keys(_names(MathConfig))
    output = inside.choice("output", OUTPUTS, "katex")
    return MathConfig(output, inside.macros("macros"), inside.flag("inline_dollars"))


def _images(inside: Fields, is_trusted: bool, may_be_root: Callable[[str], bool]) -> ImagesConfig:
    inside.check_keys(_names(ImagesConfig))
    return ImagesConfig(
        max_width=inside.whole("max_width", 1, 16_384) or ImagesConfig().max_width,
        remote=inside.choice("remote", REMOTES, "fetch"),
        roots=tuple(_roots(inside, is_trusted, may_be_root)),
        allow_private=inside.flag("allow_private")
        and _may(inside, "allow_private", "true", _OWN_NETWORK, is_trusted),
    )


def _may(inside: Fields, key: str, value: str, reason: str, is_trusted: bool) -> bool:
    """Whether a setting is allowed. Report CF111 if it needs ``--trust``."""
    if not is_trusted:
        message = f"'{inside.full(key)}: {value}' needs '--trust': {reason}"
        hint = "if you wrote these notes, add '--trust' to the command; if not, remove the setting"
        inside.report(inside.values[key], message, hint, Code.UNTRUSTED)
    return is_trusted


_SCRIPTS = "it lets notes run scripts on your cards"
_OWN_NETWORK = "it lets notes ask servers in your own network"


def _roots(inside: Fields, is_trusted: bool, may_be_root: Callable[[str], bool]) -> Iterator[str]:
    """Yield folders below the content folder or beside it (``../static``)."""
    for root in inside.texts("roots"):
        value = inside.values["roots"]
        if PurePosixPath(root).is_absolute() or PureWindowsPath(root).anchor:
            message = f"'{shorten(root)}' in 'images.roots' is an absolute path"
            hint = "write it relative to the content folder, such as '../static'"
            inside.report(value, message, hint)
        elif not is_trusted and not may_be_root(root):
            message = f"'{shorten(root)}' in 'images.roots' needs '--trust': it is too far outside"
            hint = "copy the images into the repository, or beside the content folder"
            inside.report(value, message, hint, Code.UNTRUSTED)
        else:
            yield root


def _names(shape: type[Config | MathConfig | ImagesConfig | OptionsConfig]) -> tuple[str, ...]:
    return tuple(field.name for field in fields_of(shape))
