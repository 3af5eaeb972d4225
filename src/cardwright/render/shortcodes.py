"""Shortcodes of Hugo: the known ones do here what a card can do, the others are reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.render.collector import Collector

_NAMES = """
katex math mathjax toc br lead notice alert callout admonition hint note tip info warning
important details expand accordion tabs tab tabpane columns column center blockquote quote
highlight code steps card cards badge button icon rawhtml unsafe raw param
"""
SILENT = tuple(_NAMES.split())
"""Shortcodes that vanish; what stands between an opening and a closing one is kept."""

SHOWN = ("figure", "img", "youtube", "vimeo", "ref", "relref")
"""Shortcodes that leave something on the card."""

_MAX_LENGTH = 2000
_SHORTCODE = re.compile(
    r"\{\{([<%])\s*+(/?)\s*+([\w./-]++)"
    r"((?:[^\"`{>%]|\"[^\"]*\"|`[^`]*`|[>%](?!\}\})|\{(?!\{))*)"
    r"[>%]\}\}"
)
_ARGUMENT = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"([^\"]*)\"|`([^`]*)`|([^\s\"`=]+))")

_TARGET = re.compile(r"\(\s*+<?")
_TARGET_END = re.compile(r"(#[^\s()\"'>]*+)?>?\s*+(?:\"[^\"]*+\"|'[^']*+')?\s*+\)")


def shortcodes(parser: MarkdownIt) -> None:
    """``{{< name … >}}`` and ``{{% name … %}}`` in text; code is left alone."""
    parser.inline.ruler.before("link", "shortcode", _shortcode)
    parser.inline.ruler.before("link", "page_link", _page_link)
    parser.core.ruler.after("inline", "shortcodes", _drop_empty_paragraphs)
    parser.add_render_rule("shortcode", _nothing)


def _shortcode(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith(("{{<", "{{%"), start):
        return False
    match = _SHORTCODE.match(state.src, start, start + _MAX_LENGTH)
    if match is None:
        return False
    if not silent:
        _push(state, match[3], "" if match[2] else match[4], match[0], bool(match[2]))
    state.pos = match.end()
    return True


def _page_link(state: StateInline, silent: bool) -> bool:
    """``[text]({{< ref "page.md" >}}#part "title")``, a link like any other to a page."""
    start, end = state.pos, state.posMax
    if state.src[start] != "[" or "{{" not in state.src:
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start, True)
    opening = _TARGET.match(state.src, label_end + 1, end) if label_end >= 0 else None
    match = _SHORTCODE.match(state.src, opening.end(), end) if opening else None
    if match is None or match[2] or match[3] not in ("ref", "relref"):
        return False
    closing = _TARGET_END.match(state.src, match.end(), end)
    if closing is None:
        return False
    if not silent:
        values = _arguments(match[4])
        page = values.get("0") or values.get("path", "")
        state.pos, state.posMax = start + 1, label_end
        href = state.md.normalizeLink(page + (closing[1] or ""))
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
    state.pos, state.posMax = closing.end(), end
    return True


def _push(state: StateInline, name: str, arguments: str, text: str, is_closing: bool) -> None:
    values = _arguments(arguments)
    first = values.get("0", "")
    if name in ("figure", "img") and not is_closing:
        _push_image(state, values)
    elif name in ("youtube", "vimeo") and (first or values.get("id")):
        base = "https://youtu.be/" if name == "youtube" else "https://vimeo.com/"
        _push_link(state, base + (first or values["id"]))
    elif name in ("ref", "relref"):
        state.push("text", "", 0).content = first or values.get("path", "")
    else:
        token = state.push("shortcode", "", 0)
        token.meta = {"at": state.pos, "name": name, "text": text}


def _arguments(text: str) -> dict[str, str]:
    """Named arguments by name, the others by position (``"0"``, ``"1"``)."""
    values: dict[str, str] = {}
    position = 0
    for match in _ARGUMENT.finditer(text):
        value = match[2] or match[3] or match[4] or ""
        values[match[1] or str(position)] = value
        position += match[1] is None
    return values


def _push_image(state: StateInline, values: dict[str, str]) -> None:
    alt = values.get("alt") or values.get("caption") or values.get("title", "")
    token = state.push("image", "img", 0)
    token.attrs = {"src": values.get("src") or values.get("0", "")}
    token.attrs |= {name: values[name] for name in ("title", "width", "height") if name in values}
    token.children = [Token("text", "", 0, content=alt)]
    token.meta["at"] = state.pos


def _push_link(state: StateInline, href: str) -> None:
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(href)}
    state.push("text", "", 0).content = href
    state.push("link_close", "a", -1)


def _drop_empty_paragraphs(state: StateCore) -> None:
    """No paragraph stays where nothing but vanished shortcodes was."""
    for index, token in enumerate(state.tokens):
        children = token.children or ()
        is_empty = any(child.type == "shortcode" for child in children) and all(
            child.type in ("shortcode", "softbreak") or not child.content.strip()
            for child in children
            if child.type not in ("image", "link_open")
        )
        shown = any(child.type in ("image", "link_open") for child in children)
        if is_empty and not shown and state.tokens[index - 1].type == "paragraph_open":
            state.tokens[index - 1].hidden = state.tokens[index + 1].hidden = True


def _nothing(
    _: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
) -> str:
    name, collector = tokens[index].meta["name"], env["collector"]
    if name not in SILENT and name not in SHOWN:
        _report(tokens[index], name, collector)
    return ""


def _report(token: Token, name: str, collector: Collector) -> None:
    near = get_close_matches(name[:40], [*SILENT, *SHOWN], n=1)
    hint = f"did you mean '{near[0]}'? " if near else ""
    collector.diagnostics.append(
        Diagnostic(
            token.meta.get("place", collector.traced.place(0)),
            Code.UNKNOWN_SHORTCODE,
            f"shortcode '{shorten(name)}' is not known and is left out of the card",
            f"{hint}put it in backticks to show it as it is, or write what it stands for",
        )
    )
