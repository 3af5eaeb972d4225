"""Footnotes of one side, numbered, in a list at its end, without links that lead nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin


def footnotes(parser: MarkdownIt) -> None:
    """``[^1]`` and ``[^1]: text``; a footnote that nothing refers to does not appear."""
    parser.use(footnote_plugin, inline=False)
    parser.add_render_rule("footnote_ref", _reference)
    parser.add_render_rule("footnote_block_open", _open_list)
    parser.add_render_rule("footnote_block_close", _close_list)
    parser.add_render_rule("footnote_open", _open)
    parser.add_render_rule("footnote_anchor", _anchor)


def _reference(
    _: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
) -> str:
    number = tokens[index].meta["id"] + 1
    return f"{env['collector'].open_footnote_reference()}[{number}]</sup>"


def _open_list(
    _: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, env: EnvType
) -> str:
    return f"{env['collector'].open_footnotes()}\n<ol>\n"


def _close_list(
    _: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: EnvType
) -> str:
    return "</ol>\n</div>\n"


def _open(_: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: EnvType) -> str:
    return "<li>"


def _anchor(
    _: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: EnvType
) -> str:
    return ""
