"""The label that says "Answer", which goes from the begin of an answer."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line, Passage
from cardwright.wording.words import Concept, alternatives, phrases

_BEFORE = rf"(?:the\s+)?(?:{alternatives(Concept.RIGHT, Concept.MODEL)}\s*)?"
REPLY = (
    rf"(?:{_BEFORE}{alternatives(Concept.ANSWER, Concept.SOLUTION)}(?: key| sketch)?"
    rf"(?:\s+{alternatives(Concept.RIGHT)})?)"
)
"""The words that announce an answer, for a pattern that ignores case."""
_LETTERS = "".join(sorted(phrases(Concept.ANSWERING_LETTER))).upper()
_DECORATION = r"[^\w\s#>|*_`$<\[(-]{0,4}\s?"
_LABEL = re.compile(
    rf"(?i)(?P<before>\s{{0,3}}(?:#{{1,6}}\s+)?){_DECORATION}(?P<mark>\*\*|__|\*|_)?{_DECORATION}"
    rf"(?P<word>{REPLY}(?:\s?\d{{1,3}})?(?:\s?\([^()]{{1,30}}\))?|{alternatives(Concept.BACK)}"
    rf"|(?-i:[{_LETTERS}])(?:\d{{1,3}})?\.?(?=[\s*_:\uff1a.]|$))\s?"
    r"(?:(?P<closed>\*\*|__|\*|_)\s?(?P<sign>[:\uff1a]|[-–—](?=\s))"
    r"|(?P<inner>[:\uff1a.】–—-])\s?(?P<shut>\*\*|__|\*|_)?)[-\s]*"
)
_OPTION = re.compile(r"\s{0,3}(?:[-*+]\s+)?(?:\*\*)?B(?:\*\*)?\s?[:\uff1a.)]")
_LONGEST = 200


def without_label(back: Passage) -> Passage:
    """The back without "Answer:" before its first words, or the ``?`` of a plugin for cards.

    A quote or a list item around all of the back that begins so goes too.
    Nothing changes where several lines have such a label, or where ``A:`` may be an option.
    """
    texts = [line.text for line in back.lines]
    if not texts:
        return back
    if texts[0].strip() in ("?", "??") and len(texts) > 1:
        return replace(back, lines=back.lines[1:])
    lines = _bare(back.lines, texts)
    label = _label_of(lines[0].text)
    if label is None or not _is_only_one(lines, label):
        return back
    first = lines[0]
    mark = label["mark"] or ""
    is_open = bool(mark) and mark not in (label["closed"], label["shut"])
    if bool(label["closed"]) > bool(mark):
        return back
    is_bare = label["shut"] is None or bool(mark)
    begin = label.end() if is_bare else label.start("shut")
    text = first.text[begin:]
    kept = [Line((mark if is_open else "") + text, first.number, first.column + begin)]
    rest = lines[1:]
    if not text.strip():
        kept = []
        while rest and not rest[0].text.strip():
            rest = rest[1:]
    elif label["before"].strip() and rest and rest[0].text.strip():
        kept.append(Line("", first.number))  # a heading is no part of the paragraph under it
    return replace(back, lines=(*kept, *rest)) if kept or rest else back


def _label_of(text: str) -> re.Match[str] | None:
    """The label at the begin of a line; without a colon it is in bold, or says ``Ans.``, ``A.``.

    A letter in bold (``**A.**``) is an option.
    """
    label = _LABEL.match(text[:_LONGEST])
    sign = (label["sign"] or label["inner"]) if label else ""
    if label is None or sign in _COLONS:
        return label
    if label["mark"]:
        return label if len(label["word"]) > 2 and (label["closed"] or label["shut"]) else None
    is_short = sign == "." and label.group()[-1:].isspace()
    return label if is_short and label["word"].casefold() in ("a", "ans") else None


_COLONS = ":\uff1a】"


def _bare(lines: tuple[Line, ...], texts: list[str]) -> tuple[Line, ...]:
    """The lines without a quote or a list item around all of them."""
    if all(text.startswith(">") for text in texts):
        return tuple(map(_unquoted, lines))
    item = _ITEM.match(texts[0])
    if item is None or not all(
        not text.strip() or text.startswith(("  ", "\t")) for text in texts[1:]
    ):
        return lines
    rows = cut(
        [" " * item.end() + texts[0][item.end() :], *texts[1:]], Span(1, len(lines) + 1, item.end())
    )
    return tuple(
        Line(row.text, line.number, line.column + row.column - 1)
        for row, line in zip(rows, lines, strict=True)
    )


_ITEM = re.compile(r"\s{0,3}[-*+]\s{1,4}")


def _unquoted(line: Line) -> Line:
    cut = 2 if line.text.startswith("> ") else 1
    return Line(line.text[cut:], line.number, line.column + cut)


def _is_only_one(lines: tuple[Line, ...], label: re.Match[str]) -> bool:
    texts = [line.text for line in lines]
    is_letter = label["word"].strip(".") == "A"
    following = zip(texts[1:], lines_of_code(texts)[1:], strict=True)
    return not any(
        not is_code and (_label_of(text) or (is_letter and _OPTION.match(text)))
        for text, is_code in following
    )
