"""Shapes of text that nobody would write, of any length, made from delimiters.

A shape is a name and a function from a number of characters to a text of about so many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

Shape = Callable[[int], str]

PAIRS = {
    "`": "`", "``": "``", "```": "```", "*": "*", "**": "**", "***": "***", "_": "_", "__": "__",
    "~": "~", "~~": "~~", "==": "==", "^": "^", "^^": "^^", "++": "++", "$": "$", "$$": "$$",
    "$`": "`$", "`$": "$`", r"\(": r"\)", r"\[": r"\]", "[": "]", "[[": "]]", "![": "](b.png)",
    "[a](": ")", "[^": "]", "{{c1::": "}}", "{{": "}}", "{%": "%}", "{": "}", "(": ")", '"': '"',
    "'": "'", "<": ">", "<a ": ">", "<a href=\"": '">', "<b>": "</b>", "<div>": "</div>",
    "<details>": "</details>", "<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<svg>": "</svg>",
    "<script>": "</script>", "%%": "%%", "||": "||", "::": "::", "&": ";", "&#": ";", "\\": "\\",
    "http://a.": " ", "a@b.": " ", ":": ":", "{@{": "}@}", "[#": "]", "((": "))", "{--": "--}",
    "{++": "++}", "{==": "==}",
}  # fmt: skip
"""What opens and what closes, in a line."""

LINES = (
    "- ", "* ", "1. ", "10) ", "- [ ] ", "> ", "> [!question] ", "# ", "## ", "### Q1: ", "    ",
    "\t", "| ", "|-", ": ", "??? ", "!!! ", "::: ", ":::", "=== ", "/// ", "---", "===", "***",
    "```", "~~~", "$$", "<div>", "<details>", "</details>", "<summary>", "Q: ", "A: ", "A. ",
    "Answer: ", "[a]: ", "[^a]: ", "**a** ", "{% a %}", "{{< a >}}", "<!-- a", "#card ", "Term\n: ",
    "a :: b", "a?\n> ", "a?\n- ", "\\begin{a}", "\\[", "+ ", "*[a]: ", "{: .a}", "10. a?", "<T>",
    "#separator:tab\na\t",
)  # fmt: skip
"""What begins a line."""


def shapes() -> Mapping[str, Shape]:
    """Every shape, by its name."""
    return dict([*_inline(), *_lines(), *_mixed()])


def _inline() -> Iterator[tuple[str, Shape]]:
    for opening, closing in PAIRS.items():
        name = opening.strip()
        yield f"run of {name}", _repeated(opening)
        yield f"words after {name}", _repeated(f"{opening}a ")
        yield f"pairs of {name}", _repeated(f"{opening}a{closing} ")
        yield f"nested {name}", _nested(opening, closing)
        yield f"numbered {name}", _numbered(f"{opening}N{closing} ")
        yield f"growing {name}", _growing(opening)


def _lines() -> Iterator[tuple[str, Shape]]:
    for begin in LINES:
        name = begin.strip() or repr(begin)
        yield f"lines of {name}", _repeated(f"{begin}a\n")
        yield f"bare lines of {name}", _repeated(f"{begin}\n")
        yield f"paragraphs of {name}", _repeated(f"{begin}a\n\n")
        yield f"steps of {name}", _steps(begin)
        yield f"one line of {name}", _repeated(begin)


def _mixed() -> Iterator[tuple[str, Shape]]:
    pairs = list(PAIRS.items())
    for (one, end), (other, other_end) in pairwise(pairs):
        yield f"{one} and {other}", _repeated(f"{one}a {other}b ")
        yield f"{one} across {other}", _repeated(f"{one}a{other}b{end}c{other_end} ")
    for number, begin in enumerate(LINES):
        one, end = pairs[number % len(pairs)]
        yield f"lines of {begin.strip()} with {one}", _repeated(f"{begin}{one}a\n")
        yield f"blocks of {begin.strip()} with {one}", _repeated(f"{begin}{one}a\n\n  b{end}\n")


def _repeated(unit: str) -> Shape:
    return lambda size: unit * (size // len(unit))


def _nested(opening: str, closing: str) -> Shape:
    def text(size: int) -> str:
        count = size // len(opening + closing)
        return opening * count + "a" + closing * count

    return text


def _numbered(unit: str) -> Shape:
    return lambda size: "".join(
        unit.replace("N", str(number)) for number in range(size // (len(unit) + 3))
    )


def _growing(unit: str) -> Shape:
    """Runs of one, two, three and so on."""
    return lambda size: " ".join(
        unit * (number + 1) for number in range(int((2 * size / len(unit)) ** 0.5))
    )


def _steps(begin: str) -> Shape:
    """Each line twelve times, nested one to twelve deep."""
    return lambda size: "".join(
        begin * (line % 12 + 1) + "a\n" for line in range(size // (7 * len(begin) + 2))
    )
