"""Images and code of CommonMark as marks instead of elements."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline, html_inline, image
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from cardwright.markup import cut
from cardwright.math.traced import region
from cardwright.model import Place
from cardwright.render.collector import Collector, language_of
from cardwright.render.elements import is_unknown
from cardwright.render.raw_html import mark_images


def neutral_images(parser: MarkdownIt) -> None:
    """``<img data-<key>="n">`` for images of Markdown and of raw HTML, with their places."""
    parser.inline.ruler.at("image", _image_rule)
    parser.inline.ruler.at("html_inline", _html_rule)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("html_inline", _html)
    parser.add_render_rule("html_block", _html)


def neutral_code(parser: MarkdownIt) -> None:
    """``<pre data-<key>="n"></pre>`` for fences and indented code."""
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)


def _image_rule(state: StateInline, silent: bool) -> bool:
    return _noting_offset(state, state.pos, image(state, silent), silent)


def _html_rule(state: StateInline, silent: bool) -> bool:
    start, is_match = state.pos, html_inline(state, silent)
    collector = state.env.get("collector")
    if is_match and not silent and isinstance(collector, Collector):
        token = state.tokens[-1]
        if any(is_unknown(piece, collector) for piece in cut(token.content)):
            token.type = "text"
    return _noting_offset(state, start, is_match, silent)


def _noting_offset(state: StateInline, start: int, is_match: bool, silent: bool) -> bool:
    if is_match and not silent:
        state.tokens[-1].meta["at"] = start
    return is_match


def _image(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token, collector = tokens[index], env["collector"]
    target = str(token.attrs.get("src", ""))
    # The parser has encoded the address; a file is looked up by the name that was written.
    target = target if "://" in target or target.startswith("data:") else unquote(target)
    alt = self.renderInlineAsText(token.children or [], options, env)
    title = str(token.attrs.get("title", ""))
    size = (str(token.attrs.get("width", "")), str(token.attrs.get("height", "")))
    mark: str = collector.add_image(target, alt, title, size, _place(token, collector))
    return mark


def _html(
    _: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
) -> str:
    token, collector = tokens[index], env["collector"]
    if token.map is None:
        place = _place(token, collector)
        return mark_images(token.content, collector, lambda _: place)
    where = region(collector.traced.passage, token.map[0], token.content)
    traced = collector.traced
    return mark_images(token.content, collector, lambda at: traced.place(*where.spot(at)))


def _place(token: Token, collector: Collector) -> Place:
    place = token.meta.get("place")
    return place if isinstance(place, Place) else collector.traced.place(0)


def _code(
    _: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    return f"{env['collector'].add_code(token.content, language_of(token.info))}\n"
