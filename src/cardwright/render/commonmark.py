"""The commonmark flavour: markdown-it-py, and the rules of ours that can each be left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from cardwright.commonmark.embedded_links import keep_embedded
from cardwright.commonmark.nesting import NESTING_OPTION, keep_deep_text
from cardwright.commonmark.sure import read_sure_blocks
from cardwright.math.traced import region
from cardwright.render.autolinks import bare_links
from cardwright.render.collector import Collector
from cardwright.render.elements import unknown_elements
from cardwright.render.footnotes import footnotes
from cardwright.render.highlights import highlights
from cardwright.render.neutral import neutral_code, neutral_images

Extension = Callable[[MarkdownIt], object]


def tables(parser: MarkdownIt) -> None:
    """GFM 4.10."""
    parser.enable("table")


def strikethrough(parser: MarkdownIt) -> None:
    """GFM 6.5, with two tildes."""
    parser.enable("strikethrough")


def task_lists(parser: MarkdownIt) -> None:
    """GFM 5.3."""
    parser.use(tasklists_plugin)


def definition_lists(parser: MarkdownIt) -> None:
    """As in Pandoc and PHP Markdown Extra."""
    parser.use(deflist_plugin)


EXTENSIONS: tuple[Extension, ...] = (
    tables,
    strikethrough,
    task_lists,
    footnotes,
    definition_lists,
    bare_links,
    highlights,
    unknown_elements,
    neutral_images,
    neutral_code,
)
"""All that is not CommonMark, in the order in which it is added; ``()`` is CommonMark itself."""


def to_html(collector: Collector) -> str:
    """The neutral HTML of the collector's passage; the marks are left in the collector."""
    env = {"collector": collector}
    html: str = _parser().render(collector.traced.passage.markdown, env)
    return html


def make_parser(extensions: tuple[Extension, ...] = EXTENSIONS) -> MarkdownIt:
    """A parser for CommonMark with the given extensions."""
    parser = MarkdownIt("commonmark", NESTING_OPTION)
    keep_deep_text(parser)
    keep_embedded(parser)
    for extend in extensions:
        extend(parser)
    read_sure_blocks(parser)
    if extensions:
        parser.core.ruler.push("places", _find_places)
    return parser


@cache
def _parser() -> MarkdownIt:
    return make_parser()


def _find_places(state: StateCore) -> None:
    """Turn the offset of a token in its block (``at``) to its place in the file (``place``)."""
    collector = state.env.get("collector")
    if not isinstance(collector, Collector):
        return
    for token in state.tokens:
        wanted = [child for child in token.children or () if "at" in child.meta]
        if not wanted or token.map is None:
            continue
        where = region(collector.traced.passage, token.map[0], token.content)
        for child in wanted:
            child.meta["place"] = collector.traced.place(*where.spot(child.meta["at"]))
