"""Splits texts into words for comparison, without differences of markup and spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise

from cardwright.identify.similarity.common_words import asking


def words_of(markdown: str) -> tuple[str, ...]:
    """Return the words of an answer in reading order.

    Case, white space, punctuation, numbering, Markdown's markers, the spelling of formulas and
    the targets of links do not count. The name of an image does. In code and formulas, each
    symbol is a word, because ``+`` and ``-`` are different answers. Scripts without spaces
    between words give overlapping pairs of characters.
    """
    return tuple(_words(markdown, _of_prose))


def asked_words_of(markdown: str) -> tuple[str, ...]:
    """Return the words of a front: like ``words_of``, with some symbols as words.

    These are symbols that distinguish questions: ``C``, ``C++`` and ``C#``, ``==`` and ``===``,
    emoji. Sketches do not use them, because locks contain sketches. Endings and articles at an
    apostrophe (``leaf's``, ``l'eau``) do not count, nor do HTML around words and the ``v`` of a
    version. In scripts without spaces, question words (``为什么``) are words of their own, and
    particles (``的``) do not count. Korean counts as such a script, for the sake of its particles.
    """
    return tuple(_words(markdown, _asked))


def asked_parts_of(markdown: str) -> tuple[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """Return the words of a front without its options, and those of each option.

    The order and the labels of the options do not count: ``A)``, ``- B:``, ``- [ ]``.
    """
    from cardwright.wording import stem_and_options  # slow to load

    stem, options = stem_and_options(markdown)
    return asked_words_of(stem), frozenset(map(asked_words_of, options))


def _words(markdown: str, of_prose: Callable[[str], Iterable[str]]) -> list[str]:
    words: list[str] = []
    for text, is_code in _pieces(_plain(markdown)):
        if is_code:
            words += _SIGNS.findall(text)
            continue
        if "$" not in text and "\\" not in text:
            words += of_prose(text)
            continue
        for part in _FORMULA.finditer(text):
            tex = part["dollars"] or part["brackets"]
            words += of_prose(part[0]) if tex is None else _words_of_tex(tex)
    return words


def _plain(markdown: str) -> str:
    text = unicodedata.normalize("NFKC", markdown).casefold()
    return _NUMBERING.sub("", _LINK_TARGET.sub("]", _IMAGE.sub(r" \1 \2 ", text)))


_NUMBERING = re.compile(r"^\s*(?:[-*+]\s+|q?\d+\s*[.):]\s+|q\s*[.:]\s+)+")
_IMAGE = re.compile(r"!\[([^\[\]]*+)\]\(([^()\s]*+)[^()]*+\)")
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Split the text, and say of each piece whether it is inside a code span (CommonMark 6.1)."""
    runs = [(run.start(), run.end()) for run in _TICKS.finditer(text)]
    latest: dict[int, int] = {}
    closing = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        start, end = runs[number]
        closing[number] = latest.get(end - start, 0)
        latest[end - start] = number
    at = number = 0
    while number < len(runs):
        start, end = runs[number]
        closes = closing[number]
        yield text[at:start], False
        if closes:
            yield text[end : runs[closes][0]], True
            end = runs[closes][1]
        at, number = end, (closes or number) + 1
    yield text[at:], False


_TICKS = re.compile("`+")


def _words_of_tex(tex: str) -> list[str]:
    r"""Return the names and symbols of a formula, without braces and spacing.

    ``\dfrac12`` and ``\frac{1}{2}`` give the same words.
    """
    return [
        sign or _TEX_NAMES.get(command, command)
        for command, sign in _TEX_WORD.findall(tex)
        if sign or (command.isalpha() and command not in _TEX_SILENT)
    ]


_TEX_WORD = re.compile(r"\\([a-zA-Z]+|.)|([^\W\d_]+|\d|[^\w\s{}]|_)", re.DOTALL)
_TEX_SILENT = frozenset({
    "left", "right", "big", "bigl", "bigr", "bigg", "biggl", "biggr", "middle",
    "quad", "qquad", "thinspace",
    "mathrm", "mathit", "mathbf", "mathsf", "mathbb", "mathcal", "boldsymbol", "bm",
    "text", "textrm", "textit", "textbf", "operatorname",
    "displaystyle", "textstyle", "limits", "nolimits", "nonumber", "label", "tag",
})  # fmt: skip
_SPELLINGS = {
    "frac": "dfrac tfrac cfrac",
    "le": "leq", "ge": "geq", "ne": "neq",
    "to": "rightarrow longrightarrow implies", "gets": "leftarrow", "leftrightarrow": "iff",
    "vert": "lvert rvert mid",
    "ldots": "dots cdots",
    "epsilon": "varepsilon", "phi": "varphi", "theta": "vartheta",
    "wedge": "land", "vee": "lor", "neg": "lnot",
}  # fmt: skip
_TEX_NAMES = {other: name for name, others in _SPELLINGS.items() for other in others.split()}


_FORMULA = re.compile(
    r"\$\$?(?P<dollars>[^$]++)\$\$?"
    r"|\\[(\[](?P<brackets>(?:[^\\]|\\(?![()\[\]]))++)\\[)\]]"
    r"|[^$\\]++|.",
    re.DOTALL,
)
_SIGNS = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")  # `_WORD` for a casefolded text in ASCII
_BETWEEN_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}
_UNSPACED = re.compile(
    "[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_UNSPACED_OR_KOREAN = re.compile(rf"{_UNSPACED.pattern}|[\uac00-\ud7a3]+")


def _of_prose(text: str) -> list[str]:
    if text.isascii():
        if "'" in text:
            return _ASCII_WORD.findall(text)
        return text.translate(_BETWEEN_WORDS).split()  # three times as fast
    return [part for word in _WORD.findall(text) for part in _parted(word)]


def _asked(text: str) -> Iterator[str]:
    for found in _WORD_OR_SIGNS.finditer(_STYLE.sub("", text)):
        if found["signs"]:
            yield from found["signs"].replace("\N{MINUS SIGN}", "-")
        else:
            for word in _without_article(_VERSION.sub("", found[0])):
                yield from _parted(word, _asked_pairs, _UNSPACED_OR_KOREAN)


_STYLE = re.compile(
    r"</?(?:b|strong|i|em|u|mark|code|kbd|sub|sup|small|span)(?:\s+[\w-]+=[^<>]*)?\s*>"
)


def _without_article(word: str) -> list[str]:
    stem, *endings = _APOSTROPHE.split(word)
    if not endings or endings[-1] in _SHORTENED:
        return [word]
    parts = [stem] if len(stem) > _ELIDED or endings == ["s"] else []
    return parts + [ending for ending in endings if ending != "s"]


_SHORTENED = frozenset({"t", "re", "ll", "ve", "d", "m"})  # after the apostrophe: `don't`

_ELIDED = 2  # the longest article before an apostrophe: `l'eau`, but not `dell'acqua`

_VERSION = re.compile(r"\Av(?=\d+\Z)")
_APOSTROPHE = re.compile("['’]")
_OPENS, _CLOSES = r"(?<![^\s(\[\"'“„«])", r"(?=[?!.,;:]*(?:[\s)\]\"'”“»]|$))"
_WORD_OR_SIGNS = re.compile(
    rf"{_WORD.pattern}|(?P<signs>"
    r"(?<=[^\W_])(?:\+\+|--|[+#])(?![\w+#-])"  # C++, C#
    rf"|{_OPENS}(?:\+\+|--|[!&@]|[-\u2212](?=\d))(?=[^\W_])"  # ++i, -1
    rf"|{_OPENS}(?=[-!*:]*[=<>&|+/%^~])[-=<>&|+*/%^~!:]{{1,4}}{_CLOSES}"  # a == b
    r"|(?<=\s)\?\?(?=\s+\w)"
    r"|[\u00a2-\u00a5\u00a7\u00ac\u00b0\u00b1\u00d7\u00f7\u20a0-\u20cf\u2190-\u23ff\u2500-\u27ef"
    r"\u2900-\u2bff\U0001f000-\U0001faff])"
)


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for first, second in pairwise(run):
        yield first + second


def _asked_pairs(run: str) -> Iterator[str]:
    """Like ``_pairs``, but with question words as whole words."""
    at = 0
    for found in _asking().finditer(run):
        yield from _pairs(run[at : found.start()])
        if found["asks"]:
            yield found["asks"]
        at = found.end()
    yield from _pairs(run[at:])


@cache
def _asking() -> re.Pattern[str]:
    unspaced = (word for word in asking() if "\u3040" <= word[0] <= "\u9fff")
    words = sorted(unspaced, key=lambda word: (-len(word), word))
    particles = rf"(?<!目)的|[呢吗嗎吧]|{_KOREAN_PARTICLES}"
    return re.compile(f"(?P<asks>{'|'.join(map(re.escape, words))})|{particles}")


_KOREAN_PARTICLES = r"(?<=[\uac00-\ud7a3]{2})(?:이란|으로|에서|[은는이가을를의에와과란로])\Z"


def _parted(
    word: str,
    pairs: Callable[[str], Iterable[str]] = _pairs,
    runs: re.Pattern[str] = _UNSPACED,
) -> Iterator[str]:
    """Return the word, or pairs of characters for scripts without spaces."""
    if word.isascii():
        yield word
        return
    at = 0
    for run in runs.finditer(word):
        if run.start() > at:
            yield word[at : run.start()]
        yield from pairs(run[0])
        at = run.end()
    if at < len(word):
        yield word[at:]
