"""Translates the tags of Hugo, Liquid and MDX in running text."""

from __future__ import annotations

import re
from difflib import get_close_matches
from html import escape

from cardwright.diagnostics import Code, shorten
from cardwright.render.raw_html import ELEMENTS
from cardwright.render.tools.block_scan import is_mdx
from cardwright.render.tools.inline_scan import InlineChange, InlineScan, code_span, literal
from cardwright.render.tools.tag_blocks import AS_IT_IS, report_component
from cardwright.render.tools.tags import (
    RAW_TAG,
    SHOWN,
    SILENT,
    Tag,
    closing_of,
    code_of,
    image_of,
    is_code,
    is_figure,
    role_of,
    tag_at,
)

_TARGET = re.compile(r"(?:\]\(\s*<?|^\s*\[[^\]\n]*\]:\s*<?|=[\"'])[^\s()\"'<>]*$", re.MULTILINE)
_FAR = 300
_SHOWN_TAG = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}")


def shortcode_at(scan: InlineScan, start: int) -> InlineChange | None:
    """Translate a Hugo shortcode. ``{{</* name */>}}`` is the syntax to show one as text."""
    text = scan.text.text
    shown = _SHOWN_TAG.match(text, start, start + 500)
    if shown is not None:
        return InlineChange(shown.end(), literal(f"{{{{{shown[1]}{shown[2]}{shown[3]}}}}}"))
    tag = tag_at(text, start, len(text))
    if tag is None:
        return None
    if tag.name in ("ref", "relref"):
        page = tag.argument("0", "path")
        return InlineChange(tag.end, _target(page) if _is_in_target(scan, start) else literal(page))
    known = _known(scan, tag)
    if known is None:
        near = get_close_matches(tag.name[:40], sorted({*SILENT, *SHOWN}), n=1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        message = f"shortcode '{shorten(tag.name)}' is not known and is left out of the card"
        scan.collector.report(scan.place, Code.UNKNOWN_SHORTCODE, message, hint + AS_IT_IS)
    return known or InlineChange(tag.end)


def liquid_at(scan: InlineScan, start: int) -> InlineChange | None:
    """Translate ``{% tag %}`` and ``{{ site.value }}``.

    Other ``{{ values }}`` are text, but not in the address of a link.
    """
    text = scan.text.text
    if text.startswith("{{", start):
        return _value_at(scan, start)
    tag = tag_at(text, start, len(text))
    if tag is None:
        return None
    if RAW_TAG.fullmatch(text, start, tag.end):
        return InlineChange(tag.end)
    if tag.name in ("link", "post_url") and _is_in_target(scan, start):
        return InlineChange(tag.end, _target(tag.argument("0")))
    known = _known(scan, tag) if tag.name not in ("link", "post_url") else None
    if known is None and not tag.is_closing:
        _report_liquid(scan, text[start : tag.end])
    return known or InlineChange(tag.end)


def _report_liquid(scan: InlineScan, text: str) -> None:
    message = f"'{shorten(text)}' is filled in by a site and is left out of the card"
    scan.collector.report(scan.place, Code.LEFT_OUT_LIQUID, message, AS_IT_IS)


_VALUE = re.compile(
    r"\{\{-?\s*+(?:(site|page|layout|content|include|post|jekyll|theme)\b([^{}]*)"
    r"|(?:\"([^\"{}]*)\"|'([^'{}]*)')\s*+(?:\|[^{}]*)?)\}\}"
)


_VARIABLE = re.compile(r"\{\{-?\s*+[A-Za-z_][\w.]*+\s*+(?:\|[^{}]*+)?\}\}")


def _value_at(scan: InlineScan, start: int) -> InlineChange | None:
    match = _VALUE.match(scan.text.text, start, start + 500)
    if match is None:
        other = _VARIABLE.match(scan.text.text, start, start + 500)
        return InlineChange(other.end()) if other and _is_in_target(scan, start) else None
    is_target = _is_in_target(scan, start)
    if match[1] is None:
        value = match[3] or match[4] or ""
        return InlineChange(match.end(), _target(value) if is_target else literal(value))
    is_root = match[1] == "site" and match[2].strip(" -") in (".baseurl", ".url")
    if not (is_target and is_root):
        _report_liquid(scan, match[0])
    return InlineChange(match.end())


def _is_in_target(scan: InlineScan, start: int) -> bool:
    """Whether this is in the address of a link or an image, or in an attribute of HTML."""
    if scan.is_target and scan.behind == start:
        return True
    text = scan.text.text
    scan.is_target = _TARGET.search(text[max(start - _FAR, 0) : start]) is not None
    return scan.is_target


def _target(page: str) -> str:
    return re.sub(r"[\s()<>\"']", lambda sign: f"%{ord(sign[0]):02X}", page[:500])


def _known(scan: InlineScan, tag: Tag) -> InlineChange | None:
    """Return the change for a known tag, or ``None`` for others."""
    name, text = tag.name.lower(), scan.text.text
    if is_figure(tag):
        return _figure(scan, tag)
    if is_code(tag):
        closing = closing_of(tag, text, scan.find, len(text))
        code = code_of(tag, text[tag.end : closing.start]) if closing else ""
        return InlineChange(closing.end if closing else tag.end, code_span(code))
    if name in ("youtube", "vimeo", "gist") and tag.argument("0", "id"):
        return InlineChange(tag.end, _address(name, tag))
    if name in SILENT or (name in SHOWN and tag.is_closing):
        return InlineChange(tag.end, _title(scan, tag))
    return None


def _figure(scan: InlineScan, tag: Tag) -> InlineChange:
    image, below = image_of(tag, scan.place)
    word = scan.collector.add_element(image, scan.text.text[tag.start : tag.end])
    return InlineChange(tag.end, f"{word} {below}".rstrip())


_BASES = {"youtube": "https://youtu.be", "vimeo": "https://vimeo.com"}


def _address(name: str, tag: Tag) -> str:
    values = (
        (tag.argument("0"), tag.argument("1")) if name == "gist" else (tag.argument("0", "id"),)
    )
    path = "/".join(re.sub(r"[^\w-]", "", value) for value in values if value)
    return f"<{_BASES.get(name, 'https://gist.github.com')}/{path}>"


_NAMES = """
tabs tabitem tab codeblock codegroup doccardlist tocinline admonition browserwindow steps step
cardgroup card cards accordion accordiongroup frame callout aside filetree fragment
"""
_KNOWN_COMPONENTS = frozenset(_NAMES.split())


def component_at(scan: InlineScan, start: int) -> InlineChange | None:
    """Translate a component of MDX. ``List<String>``, ``<T>`` and unclosed tags are text.

    A tag is a component if it is empty, has an argument with a value, or is closed in the same
    passage. So is a tag with a well-known name. In an ``.mdx`` file, every such tag is one.
    """
    text = scan.text.text
    tag = tag_at(text, start, len(text))
    if tag is None or not _is_component(scan, tag):
        return None
    if is_figure(tag):
        return _figure(scan, tag)
    outcome = "it is left out of the card" if tag.is_empty else "what it holds stays"
    report_component(scan.collector, tag.name, scan.place, outcome)
    return InlineChange(tag.end, _title(scan, tag))


def _title(scan: InlineScan, tag: Tag) -> str:
    """Return the title of a tag in bold, or ``""``. HTML is used where Markdown is not parsed."""
    title = "" if tag.is_closing else role_of(tag)[1]
    if not title:
        return ""
    gap = " " if scan.text.text[tag.end : tag.end + 1].strip() else ""
    is_html = scan.text.kind == "html"
    return f"<strong>{escape(title)}</strong>{gap}" if is_html else f"**{title}**{gap}"


def _is_component(scan: InlineScan, tag: Tag) -> bool:
    if tag.name.lower() in ELEMENTS:
        return is_figure(tag)
    if is_mdx(scan.place.path) or tag.is_empty or any(value for _, value in tag.arguments):
        return True
    is_word = len(tag.name) > 1 and not tag.name.isupper()
    if is_word and tag.name in scan.closed:
        return True
    is_glued = scan.text.text[tag.start - 1 : tag.start].isalnum()
    return tag.name.lower() in _KNOWN_COMPONENTS and not is_glued
