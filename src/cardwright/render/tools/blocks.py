"""Finds the blocks of other tools, and ends them where the tool would end them.

A parser recognises the code, lists and quotes around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from cardwright.formulas.traced import Spot, Traced
from cardwright.render.collector import BlockEnd, CalloutStart, TitleLine
from cardwright.render.raw_html import ELEMENTS
from cardwright.render.tools.asides import read_comment, read_module, read_page_break, read_snippet
from cardwright.render.tools.attributes import read_attributes
from cardwright.render.tools.block_scan import Block, BlockScan, BlockStart, Boundary
from cardwright.render.tools.containers import read_admonition, read_colons, read_slashes
from cardwright.render.tools.directives import read_directive
from cardwright.render.tools.edits import apply_edits
from cardwright.render.tools.logseq import read_frame, read_property
from cardwright.render.tools.tables import read_bare_table
from cardwright.render.tools.tag_blocks import component_pairs, read_code, read_component, read_tag
from cardwright.render.tools.titled_code import read_titled_code
from cardwright.render.tools.wikilinks import read_embed

Rule = Callable[[BlockStart], Block | None]
_MAX_FORMULA_LINES = 300


def _read_formula(start: BlockStart) -> Block | None:
    """Skip a formula from ``$$`` to a later line. It contains no syntax of tools."""
    opening, state = start.line(start.first), start.state
    if not opening.startswith("$$") or "$$" in opening[2:]:
        return None
    for line in range(start.first + 1, min(start.end, start.first + _MAX_FORMULA_LINES)):
        text = start.line(line)
        if text.startswith(("```", "~~~")) or (text and state.sCount[line] < state.blkIndent):
            return None
        if "$$" in text:
            return Block(line + 1)
    return None


_COMPARED = re.compile(
    r">=?[ \t]*[~≈±+-]?[$€£¥]?\d[\d.,]*(?:[ \t]*[%‰°€$£¥][^>*_`$]{0,60}|[ \t]*[\w/²³µ°-]{1,20})?\s*"
)


def _read_comparison(start: BlockStart) -> Block | None:
    """Escape the ``>`` of a comparison that starts a list item: ``> 55 %`` is not a quote."""
    state, first = start.state, start.first
    if not state.blkIndent or not _COMPARED.fullmatch(start.line(first)):
        return None
    if first + 1 < start.end and start.line(first + 1).startswith(">"):
        return None
    if first and state.sCount[first - 1] >= 0 and start.line(first - 1).startswith(">"):
        return None
    escaped = "\\", start.scan.source(start.spot)
    return Block(first, lambda: start.scan.edits.cuts.update({start.spot: escaped}))


_RULES: dict[str, tuple[Rule, ...]] = {
    "!": (read_admonition, read_embed),
    "?": (read_admonition,),
    "=": (read_admonition,),
    ":": (read_directive, read_colons, read_property),
    "/": (read_slashes,),
    "|": (read_bare_table,),
    "%": (read_comment,),
    "-": (read_snippet,),
    ";": (read_snippet,),
    "{": (read_embed, read_comment, read_attributes, read_code, read_tag),
    "<": (read_component,),
    "i": (read_module, read_property),
    "e": (read_module,),
    **dict.fromkeys("bchlqu", (read_property,)),
    "#": (read_frame,),
    "$": (_read_formula,),
    "\\": (read_page_break,),
    ">": (_read_comparison,),
    "`": (read_directive, read_titled_code),
    "~": (read_directive, read_titled_code),
}
"""The rules for lines, by the first character of the line."""


def replace_blocks(scan: BlockScan) -> Traced:
    """Replace such blocks with placeholders, or remove them."""
    state = {"scan": scan, "partners": component_pairs(scan.lines)}
    _close_blocks(_parser().parse(scan.text, state), scan)
    return apply_edits(scan.edits, scan.traced)


_MAX_NESTING = 60  # nested containers; a list counts as two: itself and its item


@cache
def _parser() -> MarkdownIt:
    """Return a parser of blocks alone. Inline text is not parsed, link definitions are text."""
    # The parser drops text at its own limit, which is too high to be reached here.
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING + 20}).enable("table")
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    rules = parser.block.ruler
    # It would read the address of an embedded image character by character.
    rules.disable("reference")
    rules.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    rules.before("table", "deep_text", _deep_text)
    everywhere: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    rules.before("table", "tool", _tool, everywhere)
    return parser


def _deep_text(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Turn text that is nested too deeply for Python's stack into paragraphs."""
    if state.level < _MAX_NESTING or silent:
        return False
    last = first + 1
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        last += 1
    state.line = last
    state.push("paragraph_open", "p", 1).map = [first, last]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(first, last, state.blkIndent, False).strip()
    inline.map = [first, last]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _tool(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    start = state.bMarks[first] + state.tShift[first]
    rules = _RULES.get(state.src[start : start + 1])
    if rules is None or state.is_code_block(first):
        return False
    line = BlockStart(state.env["scan"], state, first, end, silent)
    block = next(filter(None, (rule(line) for rule in rules)), None)
    if block is None:
        return False
    if not silent:
        block.write()
        state.line = block.behind
    return block.behind > first


_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)")


def _html_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Start a paragraph, not an HTML block, at a line with a tag that is not HTML."""
    tag = _TAG.match(state.src, state.bMarks[first] + state.tShift[first])
    if tag is not None and tag[1].lower() not in ELEMENTS:
        return False
    return html_block(state, first, end, silent)


_FARTHEST = 50  # the number of open blocks that an end is compared with


@dataclass(slots=True)
class _Container:
    """A list item, a quote, indented text or the passage, while its tokens are read."""

    end: int
    boundary: Boundary | None = None
    waiting: list[Boundary] = field(default_factory=list)


def _close_blocks(tokens: Sequence[Token], scan: BlockScan) -> None:
    """Add the edits for every boundary in the tokens, and for quotes that are callouts."""
    open_containers = [_Container(len(scan.lines))]
    for index, token in enumerate(tokens):
        boundary: Boundary | None = token.meta.get("boundary")
        if token.type == "boundary" and boundary is not None:
            _add_boundary(boundary, open_containers[-1], scan)
        elif token.nesting == 1:
            end = token.map[1] if token.map else open_containers[-1].end
            open_containers.append(_Container(min(end, open_containers[-1].end), boundary))
            if boundary is not None and boundary.element is not None:
                scan.set_apart(boundary.spot, boundary.element, boundary.title)
            if token.type == "blockquote_open":
                _replace_callout_quote(tokens[index + 1 : index + 3], scan)
        elif token.nesting == -1:
            _close_container(open_containers.pop(), scan)
    _close_container(open_containers[0], scan)


def _add_boundary(boundary: Boundary, container: _Container, scan: BlockScan) -> None:
    if not boundary.is_end:
        container.waiting.append(boundary)
        return
    scan.edits.drop(boundary.spot)
    waiting = container.waiting
    for depth in range(1, min(len(waiting), _FARTHEST) + 1):
        opening = waiting[-depth]
        if opening.name == boundary.name and opening.size <= boundary.size:
            for inner in reversed(waiting[len(waiting) - depth + 1 :]):
                _end(inner, boundary.spot.line, scan, is_met=False)
            del waiting[len(waiting) - depth :]
            _end(opening, boundary.spot.line, scan, is_met=True)
            return


def _close_container(container: _Container, scan: BlockScan) -> None:
    last = container.end - 1
    while last > 0 and not scan.lines[last].strip():
        last -= 1
    while container.waiting:
        _end(container.waiting.pop(), last, scan, is_met=False)
    if container.boundary is not None:
        _close_block(container.boundary, last, scan)


def _end(boundary: Boundary, last: int, scan: BlockScan, *, is_met: bool) -> None:
    """End a block after line ``last``. ``is_met`` says that its own end was found."""
    if boundary.element is None:
        scan.edits.drop(boundary.spot)
    elif boundary.is_optional and not is_met:
        scan.edits.drop(boundary.spot)
        if boundary.title:
            scan.set_apart(boundary.spot, TitleLine(), boundary.title)
    else:
        scan.set_apart(boundary.spot, boundary.element, boundary.title)
        _close_block(boundary, last, scan)


def _close_block(boundary: Boundary, last: int, scan: BlockScan) -> None:
    if isinstance(boundary.element, CalloutStart | TitleLine):
        line = max(last, boundary.spot.line)
        scan.edits.put_after(line, boundary.spot, scan.collector.add_element(BlockEnd(), ""))


_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][+-]?(?:[ \t]+([^\n]*))?(?:\n|$)")


def _replace_callout_quote(inside: Sequence[Token], scan: BlockScan) -> None:
    """Replace a quote that starts with ``[!note] Title``, as on GitHub and in Obsidian.

    Any kind is accepted, without its marker for folding. ``---`` below would make a heading of it.
    """
    kinds = [token.type for token in inside]
    if kinds not in (["paragraph_open", "inline"], ["heading_open", "inline"]) or not inside[1].map:
        return
    match = _CALLOUT.match(inside[1].content)
    if match is not None:
        line, text = inside[1].map[0], inside[1].content.partition("\n")[0]
        spot = Spot(line, max(scan.lines[line].rfind(text.rstrip()), 0))
        scan.set_apart(spot, CalloutStart(match[1], is_quote=True), match[2] or "")
