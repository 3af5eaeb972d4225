"""Sets up markdown-it-py to parse blocks and leave inline text unparsed."""

from __future__ import annotations

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from cardwright.commonmark.embedded_links import keep_embedded
from cardwright.commonmark.nesting import NESTING_OPTION, keep_deep_text


def block_parser() -> MarkdownIt:
    """Return a parser of CommonMark blocks, tables, footnotes and definition lists.

    Callers add further rules to it.
    """
    parser = MarkdownIt("commonmark", NESTING_OPTION).enable("table")
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    keep_deep_text(parser)
    keep_embedded(parser)
    return parser
