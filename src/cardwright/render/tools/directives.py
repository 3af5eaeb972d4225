"""Reads directives of MyST, and the fences of Obsidian's plugin "Admonition"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cardwright.model import CodeBlock, Image
from cardwright.render.collector import CalloutStart, ToolElement, language_of
from cardwright.render.tools.block_scan import Block, BlockStart, Boundary
from cardwright.render.tools.containers import COLONS
from cardwright.render.tools.tags import CALLOUTS

_ADMONITIONS = r"note|tip|warning|important|caution|attention|danger|error|hint|seealso|admonition"
_QUESTIONS = r"question|exercise|solution|dropdown|toggle|prf:[a-z]+"
_CODE = r"code|code-block|code-cell|sourcecode"
_NAMES = rf"{_ADMONITIONS}|{_QUESTIONS}|figure|figure-md|image|math|{_CODE}"
_KIND = rf"ad-(?P<plugin>[A-Za-z][\w-]*+)|\{{(?P<name>{_NAMES})\}}"

DIRECTIVE = rf"(?:`{{3,}}+|(?<!~)~{{3,}}+)[ \t]*+(?:ad-[A-Za-z]|\{{(?:{_NAMES})\}})"
"""Matches the start of a fence that may be a directive."""

_LINE = re.compile(
    rf"(?P<marks>`{{3,}}+(?!.*`)|~{{3,}}+|:{{3,}}+)[ \t]*+(?:{_KIND})(?P<argument>.*)", re.DOTALL
)


def read_directive(start: BlockStart) -> Block | None:
    """Read a directive with a known name, in a fence or between colons. Its options are dropped.

    Admonitions become callouts, figures become images above their captions. Other fences are code.
    """
    line = _LINE.fullmatch(start.text)
    if line is None or (line["plugin"] and line["marks"][0] == ":"):
        return None
    name, argument = line["name"], line["argument"].strip()
    if name in ("figure", "image") and not argument:
        return None
    if start.is_silent:
        return Block(start.first + 1)
    marks, is_verbatim = line["marks"], re.fullmatch(rf"math|{_CODE}", name or "")
    if marks[0] == ":" and not is_verbatim:
        body, options = _options(start, start.end, is_plugin=False)
        element, title = _element(start, name, argument, options)
        return start.bounded(Boundary(start.spot, COLONS, element, title, len(marks)), body)
    stop, behind = start.fence_end(marks)
    body, options = _options(start, stop, is_plugin=not name)

    def write() -> None:
        start.drop(start.first, body)
        start.drop(stop, behind)
        if name == "math":
            _write_math(start, marks, argument, range(stop, behind))
        elif is_verbatim:
            _write_code(start, argument, options.get("caption", ""), range(body, stop))
        elif name:
            element, title = _element(start, name, argument, options)
            _read_body(start, element, title, range(body, stop))
        else:
            title = options.get("title") or argument
            _read_body(start, CalloutStart(line["plugin"]), title, range(body, stop))

    return Block(behind, write)


def _write_math(start: BlockStart, marks: str, argument: str, closing: range) -> None:
    """Write a fence of GitHub's math, from which ``formulas`` reads a formula."""
    edits = start.scan.edits
    marks = "```" if marks[0] == ":" else marks
    edits.cuts[start.spot] = f"{marks}math", ""
    if argument:
        edits.put_after(start.first, start.spot, argument)
    for line in closing:
        edits.cuts[start.spot_of(line)] = marks, ""


def _write_code(start: BlockStart, argument: str, title: str, body: range) -> None:
    """Set code apart, without the blank lines below its options."""
    state, indent = start.state, start.state.sCount[start.first]
    start.drop(body.start, body.stop)
    first = next((line for line in body if not state.isEmpty(line)), body.stop)
    code = state.getLines(first, body.stop, indent, True)
    language = re.sub(r"^ipython\d?$", "python", language_of(argument))
    start.scan.set_apart(start.spot, CodeBlock(code, language, title), last=body.stop - 1)


def _read_body(start: BlockStart, element: ToolElement | None, title: str, body: range) -> None:
    """Read the lines of a fence as blocks. They may be indented less than the fence."""
    state = start.state
    lines = (start.first, *(line for line in body if not state.isEmpty(line)))
    indent = min(state.sCount[line] for line in lines)
    boundary = Boundary(start.spot, element=element, title=title)
    start.read_inside(boundary, body.start, body.stop, indent)


_OPTION = re.compile(r":(?P<name>[a-z][\w-]*+):(?:[ \t]+(?P<value>.*))?")
_SETTING = re.compile(r"(?P<name>title|collapse|icon|color)[ \t]*+:(?P<value>.*)")
_ENTRY = re.compile(r"(?P<name>[\w-]++)[ \t]*+:(?:[ \t]+(?P<value>.*))?|- .*")
_RULE = "---"


def _options(start: BlockStart, stop: int, *, is_plugin: bool) -> tuple[int, Mapping[str, str]]:
    """Return the line after the options at the top, and their values. MyST has YAML, too."""
    at, found = start.first + 1, dict[str, str]()
    is_yaml = not is_plugin and at < stop and start.line(at) == _RULE
    pattern = _SETTING if is_plugin else _ENTRY if is_yaml else _OPTION
    at += is_yaml
    while at < stop and not start.is_outside(at):
        text = start.line(at)
        if is_yaml and text == _RULE:
            return at + 1, found
        option = pattern.fullmatch(text)
        if option is None:
            break
        if option["name"]:
            value = (option["value"] or "").strip()
            found[option["name"]] = value.strip("\"'") if is_yaml else value
        at += 1
    return (start.first + 1, {}) if is_yaml else (at, found)


def _element(
    start: BlockStart, name: str, argument: str, options: Mapping[str, str]
) -> tuple[ToolElement | None, str]:
    """Return what a directive becomes, and its title."""
    if name in ("figure", "image"):
        alt, width, height = (options.get(key, "") for key in ("alt", "width", "height"))
        return Image(argument, alt, "", width, height, start.scan.place(start.spot)), ""
    if name == "figure-md":
        return None, ""
    title = "" if name == "solution" else argument  # a solution names its exercise
    if name == "admonition":
        classes = options.get("class", "").split()
        name = next((each for each in classes if each in CALLOUTS), name)
    elif title and (name == "exercise" or name.startswith("prf:")):
        title = f"{name.removeprefix('prf:').capitalize()} ({title})"
    kind = "see-also" if name == "seealso" else name.removeprefix("prf:")
    return CalloutStart(kind), title
