"""The python-markdown flavour: renders with the extensions of ``deck.yml``, to the same marks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from html import escape
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from cardwright.config import MarkdownConfig
from cardwright.config.known_extensions import NOT_LOADED, module_of, package_of
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import Place
from cardwright.render.collector import Collector
from cardwright.render.dense import MOST_BLOCKS, dense_line, line_after_blocks
from cardwright.render.html_marks import mark_html

_OURS: dict[str, dict[str, object]] = {
    "codehilite": {"use_pygments": False},
    "pymdownx.highlight": {"use_pygments": False},
    "toc": {"anchorlink": False, "permalink": False},
}
"""Options that authors cannot change: code is highlighted later, and links on a card do not jump.
"""

_BUNDLES = {"pymdownx.superfences": "pymdownx.highlight", "pymdownx.extra": "pymdownx.highlight"}
"""Extensions that load another extension, which needs our options too."""

_LINE_BREAKS = "markdown.extensions.nl2br"


@cache
def converter(
    config: MarkdownConfig,
) -> tuple[Callable[[Collector], str], tuple[Diagnostic, ...]]:
    """Return the function that renders, and ``CF106`` for each extension that cannot be loaded.

    The function adds ``CF106`` to the collector if an extension fails on a text, and ``RN413`` if a
    text would take too long. In both cases it shows the text as plain paragraphs.
    """
    extensions = [_LINE_BREAKS] if config.line_breaks else []
    options: dict[str, dict[str, object]] = {}
    problems = []
    places = dict(zip((name for name, _ in config.extensions), config.places, strict=False))
    for name, pairs in config.extensions:
        if name in NOT_LOADED and not config.is_trusted:
            continue
        given = {key: json.loads(value) for key, value in pairs}
        wanted = {name: given | _OURS.get(name.removeprefix("markdown.extensions."), {})}
        if name in _BUNDLES and _BUNDLES[name] not in dict(config.extensions):
            wanted[_BUNDLES[name]] = _OURS[_BUNDLES[name]]
        try:
            _Loading(list(wanted), wanted, is_trusted=config.is_trusted)
        except Exception as error:  # whatever an extension raises, it cannot be loaded
            place = places.get(name, Place("deck.yml"))
            problems.append(_not_loaded(name, _words(error), place))
            continue
        extensions += [extra for extra in wanted if extra not in extensions]
        options |= wanted
    markdown = _Loading(extensions, options, is_trusted=config.is_trusted)
    # Like its extensions for formulas: a backslash escapes a dollar that would open one.
    markdown.ESCAPED_CHARS = [*markdown.ESCAPED_CHARS, "$"]
    _adjust(markdown)
    if "pymdownx.mark" not in extensions:
        marked = SimpleTagInlineProcessor(_MARKED, "mark")
        markdown.inlinePatterns.register(marked, "marked", 55)  # after the emphasis of * (60)
    return lambda collector: _to_html(markdown, collector), tuple(problems)


_MARKED = (
    r"(?<![=A-Za-z0-9])(?!(?<=[\"'«“(\[])==[\"'»”)\]])"
    r"(==)(?![\s=])([^=\n]+(?:=[^=\n]+)*)(?<!\s)==(?![=A-Za-z0-9])"
)
"""``==text==``, which may contain a single ``=``. A quoted ``==`` is an operator."""


class _Loading(Markdown):
    """Loads well-known extensions by their module, and others only if they are trusted.

    By default, Python-Markdown looks for the name among the entry points of all packages. If none
    has it, Python-Markdown imports a module of that name and calls a function in it.
    """

    def __init__(
        self, names: list[str], options: dict[str, dict[str, object]], *, is_trusted: bool
    ) -> None:
        self.is_trusted = is_trusted
        super().__init__(extensions=names, extension_configs=options)

    def build_extension(self, ext_name: str, configs: Mapping[str, Any]) -> Extension:
        """Load the extension ``ext_name``. Extensions that load others also call this."""
        module = ext_name if ext_name in _INNER else module_of(ext_name)
        if module:
            loaded = import_module(module)
            if module == "pymdownx.emoji":
                # Options for characters. By default, emoji are images on a server.
                index, generator = loaded.twemoji, loaded.to_alt
                signs = {"emoji_index": index, "emoji_generator": generator, "alt": "unicode"}
                configs = {**configs, **signs}
            made: Extension = loaded.makeExtension(**configs)
            return made
        if not self.is_trusted:
            raise PermissionError("it needs '--trust'")
        return super().build_extension(ext_name, configs)


_INNER = ("pymdownx._bypassnorm",)  # extensions that only other extensions load


def _not_loaded(name: str, reason: str, place: Place) -> Diagnostic:
    message = f"Python-Markdown extension '{shorten(name)}' cannot be loaded ({shorten(reason)})"
    package = "" if find_spec(name.split(":")[0].split(".")[0]) else package_of(name)
    hint = "install the package that brings it, and look up its name and options"
    hint = f"pip install {package}" if package else hint
    return Diagnostic(place, Code.BAD_EXTENSION, message, hint)


def _to_html(markdown: Markdown, collector: Collector) -> str:
    text = collector.traced.passage.markdown
    if _is_too_much(text, collector, markdown):
        return mark_html(_plain(text), collector)
    try:
        html = markdown.reset().convert(_flattened(text))
    except RecursionError:
        # Python-Markdown recurses for each level. Text that is nested too deeply stays plain.
        html = _plain(text)
    except Exception as error:
        # The extension may be a third party's. Its error is not a bug of this program.
        words = shorten(_words(error))
        message = f"an extension of Python-Markdown fails on this text ({words})"
        hint = "remove extensions or options from 'markdown.extensions' until it works"
        collector.report(collector.traced.place(0), Code.BAD_EXTENSION, message, hint)
        html = _plain(text)
    return mark_html(html, collector)


def _plain(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>\n" for part in re.split(r"\n\s*\n", text))


def _is_too_much(text: str, collector: Collector, markdown: Markdown) -> bool:
    """Whether the text would take Python-Markdown too long. Reports ``RN413`` then."""
    line = dense_line(text, has_tables="table" in markdown.parser.blockprocessors)
    many, split = "characters of Markdown in one paragraph", "split the paragraph"
    if line is None:
        line = line_after_blocks(text)
        many, split = f"paragraphs (more than {MOST_BLOCKS:,})", "split the note"
    if line is None:
        return False
    message = f"the text has too many {many} for Python-Markdown"
    hint = f"{split}, or leave out 'flavour: python-markdown'; the card shows it plain"
    collector.report(collector.traced.place(line), Code.DENSE_TEXT, message, hint)
    return True


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


_DEEPEST = 40 * 4
_DEEP_INDENT = re.compile(rf"^ {{{_DEEPEST},}}", re.MULTILINE)
_DEEP_QUOTE = re.compile(r"^((?: {0,3}+> ?+){40})(?: {0,3}+>)++", re.MULTILINE)


def _flattened(text: str) -> str:
    """Limit the nesting of lists and quotes to 40 levels."""
    text = _DEEP_INDENT.sub(" " * _DEEPEST, text.expandtabs(4) if "\t" * 40 in text else text)
    return _DEEP_QUOTE.sub(r"\1", text)


_FENCE_OPTIONS = frozenset({"title", "title_mode", "linenums", "hl_lines"})
"""Options of a fence that superfences only accepts if it uses Pygments itself."""


def _adjust(markdown: Markdown) -> None:
    """Leave out footnotes without a reference, the links back, and the options of fences."""
    for extension in markdown.registeredExtensions:
        if isinstance(extension, FootnoteExtension):
            extension.setConfigs({"BACKLINK_TEXT": "", "SUPERSCRIPT_TEXT": "[{}]"})
            priority = 51  # before "footnote" (50), which makes the list
            markdown.treeprocessors.register(_UsedFootnotes(extension), "used", priority)
        for fence in getattr(extension, "superfences", ()):
            if fence["name"] == "superfences":
                fence["validator"] = partial(_without_options, fence["validator"])


def _without_options(
    validate: Callable[..., bool], language: str, given: dict[str, str], *rest: object
) -> bool:
    kept = {name: value for name, value in given.items() if name not in _FENCE_OPTIONS}
    return validate(language, kept, *rest)


class _UsedFootnotes(Treeprocessor):
    """Removes footnotes without a reference."""

    def __init__(self, extension: FootnoteExtension) -> None:
        super().__init__(extension.md)
        self.extension = extension

    def run(self, root: Element) -> None:
        footnotes = self.extension.footnotes
        used = _labels("\n".join(root.itertext()))
        waiting = list(used)
        while waiting:
            more = _labels(footnotes.get(waiting.pop(), "")) - used
            used |= more
            waiting += more
        for label in [label for label in footnotes if label not in used]:
            del footnotes[label]


def _labels(text: str) -> set[str]:
    return set(re.findall(r"\[\^([^\]]*)\]", text))
