"""Parses the HTML of a field into blocks of words, without the variations of Anki's editor."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from cardwright.anki_fields.flow import (
    CELLS,
    DISPLAY,
    LISTS,
    TOKEN,
    VALUE_SEP,
    Block,
    Kind,
    Origin,
    Word,
    map_words,
    tidy_tex,
)
from cardwright.markup import END, START, TEXT, Piece, cut, element_ends, typeset_tex


def blocks_of(html: str, *, is_cloze: bool = False) -> tuple[Block, ...]:
    """Return the blocks of a field that have words. ``is_cloze`` turns on deletions.

    White space is normalized. What a reader does not see is dropped: empty elements, the order
    of attributes, ``<div>`` for a line, the folding of long answers. Bold by CSS counts as bold.
    """
    reader = _Reader(cut(html), is_cloze=is_cloze)
    reader.read()
    return tuple(reader.blocks)


_CONTAINERS = frozenset(
    {"ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "dl", "dt", "dd", "details"}
    | {"summary", "caption", "figcaption"}
)

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_BLOCKS = _HEADINGS | {
    *("p", "div", "center", "section", "article", "address", "pre", "tbody", "thead", "tfoot"),
    *("figure", "colgroup", "main", "header", "footer"),
}
"""Elements that start a block, and are not in its path."""

_UNSEEN = frozenset({"style", "script", "template"})

_FOREIGN = frozenset({"audio", "canvas", "embed", "iframe", "math", "object", "svg", "video"})
"""Elements without a form in Markdown. They count as images that no file has."""

_DEEPEST = 250
"""The deepest nesting of elements. Deeper elements are ignored, but not their text."""

_NO_WIDTH = str.maketrans("", "", "\u200b\ufeff")

FORMULA_IN_TEXT = re.compile(
    r"\\\((?P<inline>(?:(?!\\\().)*?)\\\)|\\\[(?P<display>(?:(?!\\\[).)*?)\\\]", re.DOTALL
)
"""A formula for MathJax. It has no second opening inside, so the search takes linear time."""

_TEXT = re.compile(
    rf"{FORMULA_IN_TEXT.pattern}|(?P<sound>\[sound:[^\[\]]*\])|(?P<cloze>\{{\{{c\d+::|::|\}}\}})"
    rf"|(?P<word>{TOKEN})|\s+",
    re.DOTALL,
)
"""What a text has. A mark of a deletion may be two symbols: see ``_Reader.deletions``."""


@dataclass(slots=True, eq=False)
class _Open:
    """An open element: its name in the path, the marks that it adds and removes, and its kind."""

    name: str
    entry: str = ""
    marks: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()
    kind: str = ""
    is_block: bool = False


_Path = tuple[_Open, ...]  # the containers around something


@dataclass(slots=True)
class _Reader:
    """The state of a parser of one field."""

    pieces: Sequence[Piece]
    is_cloze: bool
    blocks: list[Block] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    gap: str = ""
    kind: str = ""
    path: _Path = ()
    before: _Path = ()
    closed: tuple[_Path, _Open, int] | None = None
    deletions: int = 0

    def read(self) -> None:
        ends = element_ends(self.pieces)
        at = 0
        while at < len(self.pieces):
            piece = self.pieces[at]
            if piece.kind is TEXT:
                self._text(piece.text)
            elif piece.kind is START and "katex" in piece.classes:
                end = ends.get(at, len(self.pieces) - 1)
                self._formula(self.pieces[at : end + 1])
                at = end
            elif piece.kind is START and piece.name in _UNSEEN:
                at = ends.get(at, at)
            elif piece.kind is START and piece.name in _FOREIGN:
                self._add(Kind.IMAGE, f"<{piece.name}>")
                at = ends.get(at, at)
            elif piece.kind is START:
                self._start(piece)
            elif piece.kind is END:
                self._end(piece.name)
            at += 1
        self._flush()

    # Words

    def _text(self, html: str) -> None:
        text = unescape(html)
        if self._is_in_code():
            self._add_code(text.translate(_NO_WIDTH).replace("\u00a0", " "))
            return
        for match in _TEXT.finditer(text):
            kind, value = match.lastgroup, match[0]
            if kind in ("inline", "display"):
                self._add_formula(match[kind], is_display=kind == "display")
            elif kind == "sound":
                self._add(Kind.IMAGE, value)
            elif kind == "cloze" and self.is_cloze and (self.deletions or value[0] == "{"):
                self.deletions += (value[0] == "{") - (value == "}}")
                self._add(Kind.CLOZE, value)
            elif kind:
                for word in re.findall(TOKEN, value):
                    self._add(Kind.WORD, word)
            else:
                self.gap = self.gap or " "

    def _add(self, kind: Kind, value: str) -> None:
        path = _path_of(self.stack)
        if self.words and path != self.path:
            self._flush()
        if not self.words:
            kinds = (each.kind for each in reversed(self.stack) if each.kind)
            self.path, self.kind, self.gap = path, next(kinds, "p"), ""
        marks: frozenset[str] = frozenset()
        for each in () if kind in (Kind.CLOZE, Kind.RULE, Kind.BOX) else self.stack:
            marks = (marks | each.marks) - each.cleared
        self.words.append(Word(kind, value, marks, self.gap))
        self.gap = ""

    def _add_code(self, text: str) -> None:
        """Add lines of code. More text may be added to the last line."""
        first, *others = text.split("\n")
        if self.words:
            last = self.words.pop()
            self.words.append(Word(Kind.CODE_LINE, last.value + first, gap=last.gap))
        elif first or others:
            self._add(Kind.CODE_LINE, first)
        for line in others:
            self.words.append(Word(Kind.CODE_LINE, line, gap="\n"))

    def _formula(self, pieces: Sequence[Piece]) -> None:
        is_display = any("katex-display" in each.name for each in self.stack) or any(
            piece.attribute("display") == "block" for piece in pieces if piece.name == "math"
        )
        # AnkiDroid writes line ends as <br>, even in attributes.
        self._add_formula(typeset_tex(pieces).replace("<br>", "\n"), is_display=is_display)

    def _add_formula(self, tex: str, *, is_display: bool) -> None:
        self._add(Kind.FORMULA, (DISPLAY if is_display else "$") + tidy_tex(tex))

    def _image(self, piece: Piece) -> None:
        style = style_of(piece.attribute("style"))
        sizes = (
            (piece.attribute(name) or style.get(name, "")).removesuffix("px").strip()
            for name in ("width", "height")
        )
        self._add(Kind.IMAGE, VALUE_SEP.join((piece.attribute("src"), *sizes)).rstrip(VALUE_SEP))

    # Elements

    def _is_in_code(self) -> bool:
        return any(each.name == "pre" for each in self.stack)

    def _start(self, piece: Piece) -> None:
        name = piece.name
        if name == "br":
            self._break()
        elif name == "hr":
            self._flush()
            self._add(Kind.RULE, "rule")
            self._flush()
        elif name == "img":
            self._image(piece)
        elif name == "input":
            self._add(Kind.BOX, "x" if "checked" in dict(piece.attributes) else "")
        elif name in ("wbr", "col"):
            pass
        else:
            self._open(piece)

    def _break(self) -> None:
        if self._is_in_code():
            self._add_code("\n")
        elif self.gap == "\n":
            self._flush()
        else:
            self.gap = "\n"

    def _open(self, piece: Piece) -> None:
        name = piece.name
        if len(self.stack) >= _DEEPEST:
            return
        entry = self._entry(piece)
        if not entry and name not in _BLOCKS:
            marks, cleared = marks_of(piece)
            label = "katex-display" if "katex-display" in piece.classes else name
            self.stack.append(_Open(label, marks=marks, cleared=cleared))
            return
        self._end_implied(name)
        self._flush()
        path = _path_of(self.stack)
        if entry in LISTS and path and path[-1].entry in LISTS:
            # Put a list that is directly inside a list into the item before it, as browsers do.
            item = self.before[len(path) : len(path) + 1]
            if self.before[: len(path)] == path and item and item[0].entry == "li":
                self.stack.append(item[0])
        kind = name if name in _HEADINGS or name == "pre" else ""
        kind = "title" if "cw-callout-title" in piece.classes else kind
        again = self._continued_list(entry)
        self.stack.append(again or _Open(name, entry, kind=kind, is_block=True))

    def _entry(self, piece: Piece) -> str:
        """Return what the element adds to the path, or ``""``."""
        name, classes = piece.name, piece.classes
        if name == "details" and "cw-section" in classes:
            return ""
        if name == "summary" and "tappable" in classes:
            return ""
        if name in _CONTAINERS:
            return name
        if "cw-callout" in classes:
            return next((each[3:] for each in classes if each.startswith("cw-callout-")), "callout")
        return "footnotes" if "cw-footnotes" in classes else ""

    def _continued_list(self, entry: str) -> _Open | None:
        """Return the list that just ended if a list ``entry`` follows it directly."""
        if entry not in LISTS or self.closed is None:
            return None
        outer, last, count = self.closed
        is_next = outer == _path_of(self.stack) and count == len(self.blocks)
        return last if is_next and last.entry == entry else None

    def _end_implied(self, name: str) -> None:
        """Close elements that HTML closes without a tag: paragraphs, items and cells."""
        ended = {"li": {"li"}, "tr": {"tr"}, "td": CELLS, "th": CELLS}.get(name, set())
        for at in range(len(self.stack) - 1, -1, -1):
            each = self.stack[at]
            if each.name == "p" or each.name in _HEADINGS:
                self._close(at)
                self._end_implied(name)
                return
            if each.name in ended:
                self._close(at)
                return
            if each.entry:
                return

    def _end(self, name: str) -> None:
        if name == "br":
            self._break()
            return
        for at in range(len(self.stack) - 1, -1, -1):
            label = self.stack[at].name
            if label == name or (name == "span" and label == "katex-display"):
                self._close(at)
                return

    def _close(self, at: int) -> None:
        """Close element ``at`` of the stack and all inside it. Continued marks are reopened."""
        ended, inside = self.stack[at], self.stack[at + 1 :]
        if ended.is_block:
            self._flush()
        if ended.entry in LISTS:
            self.closed = (_path_of(self.stack[:at]), ended, len(self.blocks))
        del self.stack[at:]
        if not ended.is_block:
            self.stack += [each for each in inside if not each.is_block]

    def _flush(self) -> None:
        words, self.words, self.gap = self.words, [], ""
        if self.kind == "pre":
            words = _trimmed(words)
        if not words:
            return
        # If a container is the same, those above it are.
        shared = sum(map(operator.is_, self.before, self.path))
        path = tuple(each.entry for each in self.path)
        words[0] = replace(words[0], gap="")
        self.blocks.append(Block(self.kind, path, len(path) - shared, tuple(words)))
        self.before = self.path


def _path_of(stack: Sequence[_Open]) -> _Path:
    return tuple(each for each in stack if each.entry)


def _trimmed(words: list[Word]) -> list[Word]:
    """Remove trailing white space and trailing empty lines from lines of code."""
    lines = [Word(Kind.CODE_LINE, word.value.rstrip(), gap=word.gap) for word in words]
    while lines and not lines[-1].value:
        lines.pop()
    return lines


def marks_of(piece: Piece) -> tuple[frozenset[str], frozenset[str]]:
    """Return the marks that an element adds, and those that it removes."""
    if piece.name == "a":
        href = piece.attribute("href").strip()
        is_link = href and not href.startswith("#")
        return frozenset({f"link {href}"} if is_link else ()), frozenset()
    marks = {_MARKS[piece.name]} if piece.name in _MARKS else set()
    style = style_of(piece.attribute("style"))
    if piece.name == "font" and piece.attribute("color"):
        style.setdefault("color", piece.attribute("color"))
    weight = style.get("font-weight", "")
    if weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600):
        marks.add("b")
    if style.get("font-style") == "italic":
        marks.add("i")
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if "line-through" in line:
        marks.add("s")
    if "underline" in line:
        marks.add("u")
    for name in ("color", "background-color"):
        value = style.get(name, "")
        if value and not _is_neutral(value):
            marks.add(f"{name} {value}")
    is_light = weight in ("normal", "400", "lighter")
    return frozenset(marks), frozenset({"b"} if is_light else ())


_MARKS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "s": "s", "strike": "s", "del": "s",
    "u": "u", "ins": "u", "code": "code", "tt": "code", "mark": "mark", "sub": "sub",
    "sup": "sup", "kbd": "kbd", "samp": "samp", "var": "var", "small": "small", "q": "q",
    "cite": "cite", "abbr": "abbr", "dfn": "dfn", "bdo": "bdo", "rt": "rt", "big": "big",
}  # fmt: skip


def style_of(text: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in text.lower().split(";"))
    return {name.strip(): " ".join(value.split()) for name, _, value in pairs if value.strip()}


_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def _is_neutral(colour: str) -> bool:
    """Whether a colour is black, white, grey or none, as pasted text often has it."""
    if colour.startswith("#"):
        digits = colour[1:]
        width = 1 if len(digits) < 6 else 2
        parts = [int(digits[at : at + width], 16) for at in range(0, 3 * width, width)
                 if re.fullmatch(r"[0-9a-f]+", digits[at : at + width])]  # fmt: skip
        spread = 16 if width == 2 else 1
        return len(parts) == 3 and max(parts) - min(parts) <= spread
    if colour.startswith("rgb"):
        values = [float(each) for each in _NUMBERS.findall(colour)]
        if len(values) == 4 and values[3] == 0:
            return True
        return len(values) >= 3 and max(values[:3]) - min(values[:3]) <= 16
    return colour.startswith("var(") or colour in _PLAIN_COLOURS


_PLAIN_COLOURS = frozenset(
    {"black", "white", "inherit", "initial", "unset", "currentcolor", "transparent"}
    | {"windowtext", "canvastext", "canvas", "window", "none", "gray", "grey"}
)


_BREAK = "<br>"

Read = Callable[[str], tuple[Block, ...]]
"""Reads the HTML of a field."""


def read_like(html: str, base: str, read: Read) -> tuple[Block, ...]:
    """Return the blocks of an edited field. ``base`` is the field before the edit.

    AnkiDroid's editor shows each ``<br>`` as a new line, and saves each new line as ``<br>``. That
    includes the line ends of the HTML, which a browser shows as spaces. So a ``<br>`` counts as a
    space if ``base`` has a line end there.
    """
    if "\n" in html or "\n" not in base or _BREAK not in html:
        return read(html)
    html = FORMULA_IN_TEXT.sub(lambda formula: formula[0].replace(_BREAK, "\n"), html)
    base = base.strip()
    before, broken = read(base), read(base.replace("\n", _BREAK))
    blocks = read(html)
    if [len(block.words) for block in before] != [len(block.words) for block in broken]:
        return blocks

    def with_space(word: Word, place: Origin | None) -> Word:
        had_space = place is not None and before[place[0]].words[place[1]].gap == " "
        return replace(word, gap=" ") if word.gap == "\n" and had_space else word

    return map_words(broken, blocks, with_space)
