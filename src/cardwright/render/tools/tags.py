"""Parses the tags of Hugo, Liquid and MDX, and says what they mean for a card."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from cardwright.model import Image, Place
from cardwright.render.collector import CalloutStart, TitleLine, ToolElement

MAX_LENGTH = 2000
"""Characters. A longer tag is read as text."""


class Tool(Enum):
    """The tool that a tag belongs to."""

    HUGO = "shortcode"
    LIQUID = "Liquid tag"
    MDX = "component"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag from ``start`` to ``end``."""

    tool: Tool
    name: str
    start: int
    end: int
    is_closing: bool = False
    is_empty: bool = False
    arguments: tuple[tuple[str, str], ...] = ()  # one without a name has its position as name

    def argument(self, *names: str) -> str:
        """Return the first of these arguments that has a value, or ``""``."""
        values = dict(reversed(self.arguments))
        return next((values[name] for name in names if values.get(name)), "")


def tag_at(text: str, start: int, end: int) -> Tag | None:
    """Return the tag at ``start``, where the text is ``{{``, ``{%`` or ``<``, or ``None``."""
    if text.startswith(("{{<", "{{%"), start):
        return _hugo(text, start, end)
    if text.startswith("{%", start):
        return _liquid(text, start, end)
    return _component(text, start, end) if text.startswith("<", start) else None


_SHORTCODE = re.compile(
    r"\{\{([<%])\s*+(/?)\s*+([\w./-]++)"
    r"((?:[^\"`{>%]|\"[^\"]*\"|`[^`]*`|[>%](?!\}\})|\{(?!\{))*)"
    r"[>%]\}\}"
)
_ARGUMENT = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"([^\"]*)\"|`([^`]*)`|'([^']*)'|([^\s\"`=,]+))")


def _hugo(text: str, start: int, end: int) -> Tag | None:
    match = _SHORTCODE.match(text, start, min(end, start + MAX_LENGTH))
    if match is None:
        return None
    is_empty = match[4].rstrip().endswith("/")
    values = _arguments(match[4].rstrip().removesuffix("/"))
    return Tag(Tool.HUGO, match[3], start, match.end(), bool(match[2]), is_empty, values)


_LIQUID = re.compile(r"\{%-?\s*+([A-Za-z_][\w-]*+)([^%]*+(?:%(?!\})[^%]*+)*+)%\}")


def _liquid(text: str, start: int, end: int) -> Tag | None:
    match = _LIQUID.match(text, start, min(end, start + MAX_LENGTH))
    if match is None:
        return None
    name = match[1]
    is_closing = name.startswith("end") and len(name) > len("end")
    name = name.removeprefix("end") if is_closing else name
    return Tag(
        Tool.LIQUID, name, start, match.end(), is_closing, False, _arguments(match[2].rstrip("-"))
    )


def _arguments(text: str) -> tuple[tuple[str, str], ...]:
    values = []
    position = 0
    for match in _ARGUMENT.finditer(text):
        value = match[2] or match[3] or match[4] or match[5] or ""
        values.append((match[1] or str(position), value))
        position += match[1] is None
    return tuple(values)


_NAME = re.compile(r"<(/?)([A-Z]\w*(?:\.[A-Za-z]\w*)*|img(?=\s[^<>]*=\{))(?![\w-])")
_SPACE = re.compile(r"\s*+")
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w:-]*+)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|(?=\{)))?")
_STRING = re.compile(r"[\"'`]([^\"'`]*)[\"'`]")


def _component(text: str, start: int, end: int) -> Tag | None:
    """Return a JSX tag with a capital letter, or an image with an expression as its address."""
    name = _NAME.match(text, start, end)
    if name is None:
        return None
    values: list[tuple[str, str]] = []
    at, end = name.end(), min(end, start + MAX_LENGTH)
    while at < end:
        space = _SPACE.match(text, at, end)
        before, at = at, space.end() if space else at
        is_empty = text.startswith("/>", at)
        if is_empty or text.startswith(">", at):
            at += 2 if is_empty else 1
            return Tag(Tool.MDX, name[2], start, at, bool(name[1]), is_empty, tuple(values))
        attribute = _ATTRIBUTE.match(text, at, end) if at > before else None
        if attribute is not None:
            at, value = attribute.end(), attribute[2] or attribute[3] or ""
        elif not text.startswith("{...", at):
            return None
        if text.startswith("{", at):
            close = _braces_end(text, at, end)
            if close < 0:
                return None
            value = text[at + 1 : close - 1]
            at = close
            string = _STRING.search(value)
            value = string[1] if string else value
        if attribute is not None:
            values.append((attribute[1], value))
    return None


def _braces_end(text: str, start: int, end: int) -> int:
    """Return the offset after the brace that closes the one at ``start``, or -1."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, start, end):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return -1


_CALLOUTS = """
note tip info hint warning caution danger important success question example quote abstract
summary todo bug error failure check attention primary secondary light dark seealso
"""
CALLOUTS = frozenset(_CALLOUTS.split())
"""Tags that are a callout of the kind that they are named after."""

_FRAMES = frozenset({"notice", "alert", "callout", "admonition", "hint", "aside", "note"})
"""Tags that are a callout. Their arguments have the kind."""

_OTHER_KINDS = {"primary": "info", "secondary": "note", "light": "note", "dark": "note"}

_LABELLED_NAMES = """
details expand accordion accordionitem collapse tab tabitem step card expandable dropdown spoiler
toggle accordion-item tabpanel
"""
_LABELLED = frozenset(_LABELLED_NAMES.split())  # tags with a title for their content

_SILENT = """
katex math mathjax toc br lead tabs tabpane columns column center blockquote steps cards badge
button icon rawhtml unsafe raw param code
"""
SILENT = frozenset(_SILENT.split()) | _LABELLED | _FRAMES | CALLOUTS
"""Known tags. They are removed, but their content and their titles stay."""

_SHOWN_NAMES = """
figure img youtube vimeo gist ref relref link post_url asset_img highlight codeblock
"""
SHOWN = frozenset(_SHOWN_NAMES.split())
"""Tags that put something other than their content on the card."""


def callout_of(tag: Tag) -> tuple[str, str] | None:
    """Return the kind and the title of the callout that a tag opens, or ``None``."""
    name = tag.name.lower()
    if name not in _FRAMES | CALLOUTS:
        return None
    first = tag.argument("0").strip()
    kind = tag.argument("type", "style", "kind", "color", "variant").lower()
    title = tag.argument("title", "header", "heading", "1")
    if name in _FRAMES and not kind and first.lower() in CALLOUTS:
        kind = first.lower()
    elif not title:
        title = first
    if kind not in CALLOUTS:
        kind = name if name in CALLOUTS and name != "hint" else "note"
    return _OTHER_KINDS.get(kind, kind), title


def role_of(tag: Tag) -> tuple[ToolElement | None, str]:
    """Return what a tag starts, and its title as Markdown."""
    callout = callout_of(tag)
    if callout is not None:
        return CalloutStart(callout[0]), callout[1]
    names: tuple[str, ...] = ("title", "summary", "label", "caption", "header", "heading")
    if tag.name.lower() in _LABELLED | {"badge", "button"}:
        names = (*names, "name", "tabName", "text", "0", "value")
    label = " ".join(tag.argument(*names).split())
    return (TitleLine(is_block=True), label) if label and not tag.is_closing else (None, "")


_FIGURES = frozenset({"figure", "img", "image", "asset_img"})


def is_figure(tag: Tag) -> bool:
    """Whether a tag is an image with an address."""
    is_named = tag.name.lower() in _FIGURES and not tag.is_closing
    return is_named and bool(tag.argument("src", *_FIRST[tag.tool is Tool.MDX]))


_FIRST: tuple[tuple[str, ...], tuple[str, ...]] = (("0", "link"), ())


def image_of(tag: Tag, place: Place) -> tuple[Image, str]:
    """Return the image, and the text below it as Markdown: a bold title and the caption.

    The text below is not used as alternative text too, because a placeholder would repeat it.
    """
    caption, title = tag.argument("caption"), tag.argument("title")
    is_below = bool(caption) or tag.tool is Tool.HUGO
    alt = tag.argument("alt") or ("" if is_below else title)
    if tag.name == "asset_img":
        alt = " ".join(value for key, value in tag.arguments if key.isdecimal() and key != "0")
    target = tag.argument("src", *_FIRST[tag.tool is Tool.MDX])
    image = Image(target, alt, "", tag.argument("width"), tag.argument("height"), place)
    below = [f"**{title}**" if title and tag.tool is Tool.HUGO else "", caption]
    return image, " ".join(part for part in below if part)


_CODE = frozenset({"highlight", "codeblock"})
_NEAR = 40


def is_code(tag: Tag) -> bool:
    """Whether a tag starts code."""
    return tag.name in _CODE and not (tag.is_closing or tag.is_empty)


def code_of(tag: Tag, text: str) -> str:
    """Return the code in a tag with this text. Liquid would remove raw tags in it."""
    return RAW_TAG.sub("", text) if tag.tool is Tool.LIQUID else text


def closing_of(tag: Tag, text: str, find: Callable[[str, int], int], end: int) -> Tag | None:
    """Return the tag that closes ``tag`` before ``end``. ``find`` looks up a part of it."""
    is_hugo = tag.tool is Tool.HUGO
    near = find(f"/{tag.name}" if is_hugo else f"end{tag.name}", tag.end)
    if not 0 <= near <= end:
        return None
    start = text.rfind("{{" if is_hugo else "{%", max(tag.end, near - _NEAR), near)
    closing = tag_at(text, start, min(end, near + _NEAR)) if start >= 0 else None
    is_end = closing is not None and closing.is_closing and closing.name == tag.name
    return closing if is_end else None


RAW_TAG = re.compile(r"\{%-?\s*+(end)?raw\s*+-?%\}")
_AROUND = re.compile(
    r"\s*\{%-?\s*+raw\s*+-?%\}(?:[ \t]*\n)?(.*?)\s*\{%-?\s*+endraw\s*+-?%\}\s*", re.S
)


class RawRegions:
    """What is between raw tags and their ends in a text. An unclosed tag has nothing."""

    def __init__(self, text: str) -> None:
        self._regions: list[tuple[int, int]] = []
        start = -1
        for tag in RAW_TAG.finditer(text) if "raw" in text else ():
            if tag[1] is None:
                start = tag.end() if start < 0 else start
            elif start >= 0:
                self._regions.append((start, tag.start()))
                start = -1

    def hold(self, offset: int) -> bool:
        at = bisect_right(self._regions, offset, key=lambda region: region[0]) - 1
        return at >= 0 and offset < self._regions[at][1]


def without_raw(code: str) -> str:
    """Remove raw tags that surround all of a code text."""
    if "endraw" not in code:
        return code
    match = _AROUND.fullmatch(code)
    return match[1] if match else code
