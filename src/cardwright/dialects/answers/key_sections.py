"""Sections that only answer, ``## Answer key``: where they are, and their numbered entries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.dialects.folding.summaries import says_answer
from cardwright.dialects.text.question import Outline
from cardwright.model import Line
from cardwright.wording import bare_words

_LONGEST_TITLE = 100
_TITLE = re.compile(
    r"(?i)\s{0,3}(?:(?P<hashes>#{1,6})\s+|(?:<details>)?<summary>|(?:\*\*|__)(?=\S))"
    r"(?P<text>.{2,100}?)"
    r"(?:</summary>|[*_#\s:：]*)$"
)
_KEY_WORDS = re.compile(
    r"(?:.{0,40} )?(?:answers|solutions|answer key|respuestas|soluciones|clave de respuestas"
    r"|respostas|soluções|gabarito|réponses|corrigés?|antworten|lösungen|risposte|soluzioni"
    r"|ответы|решения|відповіді|cevaplar|cevap anahtarı|odpowiedzi|odpovědi|odpovede|odgovori"
    r"|răspunsuri|antwoorden|vastaukset|kunci jawaban|javoblar|đáp án|الإجابات|答案|解答|解答例"
    r"|正解|参考答案|정답|해답)(?:(?: (?:and|und|et|y|e|и|to|zu|with))? .{0,40})?"
)
_ASKING = re.compile(
    r"(?i)^(?:questions?|frequently)\b|\b(?:questions?|q) (?:and|&) (?:answers?|a)\b"
)


_SAID = re.compile(
    r"(?i)\s{0,3}[*_#>\s]*(?:answers?(?:\s+key)?|key|solutions?|respuestas|respostas|gabarito"
    r"|réponses|antworten|lösungen|ответы|答案|参考答案|正解|정답)\s*[:：*_]+\s*"
)
"""Before letters in a row, on one line with them."""


@dataclass(frozen=True, slots=True)
class KeySection:
    """The lines ``start`` to ``end`` (the line after) that only answer.

    ``above`` is the line at which their title begins, the fold around it included.
    """

    above: int
    start: int
    end: int


def key_sections(outline: Outline) -> Iterator[KeySection]:
    """The sections of answers in order; those below the title of another belong to it."""
    over = 0
    lines = [heading.line for heading in outline.headings]
    for number, text in enumerate(outline.lines, 1):
        if number < over or outline.is_verbatim[number - 1]:
            continue
        if _letters(text):
            over = number + 1
            yield KeySection(number, number, over)
            continue
        level = _level_of_key(text)
        if level is None:
            continue
        over = _end(outline, lines, number, level)
        is_folded = number > 1 and outline.lines[number - 2].lstrip().startswith("<details")
        yield KeySection(number - is_folded, number + 1, over)


def _level_of_key(text: str) -> int | None:
    """The level of a title that only says answers, 7 for one that is no heading."""
    title = _TITLE.match(text) if len(text) <= _LONGEST_TITLE else None
    if title is None or _ASKING.search(title["text"]):
        return None
    words = bare_words(title["text"])
    is_key = _KEY_WORDS.fullmatch(words) or (title["hashes"] and says_answer(title["text"]))
    if not is_key or re.search(r"\d|[?？]", title["text"]):
        return None
    return len(title["hashes"]) if title["hashes"] else 7


def _end(outline: Outline, lines: Sequence[int], number: int, level: int) -> int:
    at = bisect_right(lines, number)
    for heading in outline.headings[at:]:
        if heading.level <= level:
            return heading.line
    return len(outline.lines) + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered line: its number, its text from ``column`` (from 1) on, and how it is marked.

    ``kind`` tells a heading's level, bold print or a list's column; ``is_open`` says that bold
    print goes on behind the number, ``indent`` is the column (from 0) of a list item's text.
    ``rows`` is its whole text where that ends with its line.
    """

    number: int
    line: int
    column: int
    kind: str
    is_open: bool = False
    indent: int = 0
    rows: tuple[Line, ...] = ()

    @property
    def rank(self) -> str:
        """Sorts the plainer kind of a mark first: headings, bold print, lists by their column."""
        return self.kind.replace("**", "*").replace("-", "~")


_WORD = (
    r"(?:(?:q|question|ques|a|ans|answer|sol|solution|ex|exercise|problem|task|no|nr|aufgabe|frage"
    r"|lösung|antwort|pregunta|respuesta|ejercicio|exercice|réponse|pergunta|resposta|exercício"
    r"|questão|вопрос|ответ|задача|задание|câu hỏi|câu|soru|问题|题|第|문제|問)[ \t.#№]{0,3})"
)
_ENTRY = re.compile(
    rf"(?i)(?P<lead>[ \t>]*(?:[-*+][ \t]+)?)(?P<hashes>#{{1,6}}[ \t]+)?(?P<bold>\*\*|__)?"
    rf"(?P<word>{_WORD})?(?P<number>\d{{1,3}})"
    r"(?:[.):：、．\]]{1,2}(?!\d)|[ \t]*[–—=-](?=[\s*A-Ha-h])|(?=(?:\*\*|__|[ \t]*$)))"
    r"(?P<close>\*\*|__)?(?:[ \t]*[:：–—-](?=\s))?[ \t]*"
)
_INLINE = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3})[ \t]*[.):：=–—-]?[ \t]*[(*]{0,2}(?P<letter>[A-Ha-h])[)*]{0,2}"
    r"(?![\w'’])"
)
_FEWEST_INLINE = 2


def entries(outline: Outline, start: int, end: int) -> Iterator[Entry]:
    """The numbered lines from ``start`` to ``end``, cells of a table and letters in a row too."""
    for number in range(start, end):
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1] or not text.strip():
            continue
        if text.lstrip().startswith("|"):
            yield from _row(text, number)
            continue
        letters = _letters(text)
        for found in letters:
            column = found.start("letter") + 1
            rows = (Line(found["letter"], number, column),)
            yield Entry(int(found["number"]), number, column, "row", rows=rows)
        if letters:
            continue
        match = _ENTRY.match(text)
        if match is not None and (match["word"] is None or match["word"].strip()):
            yield _entry(match, number)


def _letters(text: str) -> list[re.Match[str]]:
    """The numbered letters of a line that holds nothing else."""
    if len(text) >= _LONGEST_ROW:
        return []
    said = _SAID.match(text[:_LONGEST_TITLE])
    letters = list(_INLINE.finditer(text, said.end() if said else 0))
    rest = _INLINE.sub("", text[said.end() if said else 0 :])
    is_row = len(letters) >= _FEWEST_INLINE and not re.search(r"\w", rest)
    return letters if is_row else []


_LONGEST_ROW = 2000


def _entry(match: re.Match[str], number: int) -> Entry:
    hashes, bold = match["hashes"], match["bold"]
    indent = len(match["lead"].expandtabs(4)) // 4
    kind = f"#{len(hashes.strip())}" if hashes else "**" if bold else f"-{indent}"
    is_open = bool(bold) and not match["close"]
    width = 0 if hashes or bold else len(match.group().expandtabs(4))
    return Entry(int(match["number"]), number, match.end() + 1, kind, is_open, width)


def _row(text: str, number: int) -> Iterator[Entry]:
    """The entry of a row whose first cell is a number, with the cells that explain."""
    bare = text.rstrip().rstrip("|")
    cells = [
        Line(cell.group().strip(), number, cell.start() + _indent(cell.group()) + 1)
        for cell in _CELL.finditer(bare, bare.index("|") + 1)
        if cell.group()
    ]
    first = _NUMBER.fullmatch(cells[0].text) if cells else None
    if first is None or len(cells) < 2 or not cells[1].text:
        return
    rows = [cells[1]]
    for cell in cells[2:]:
        if len(cell.text.split()) >= _WORDY:
            rows += [Line("", number), cell]
    yield Entry(int(first[1]), number, 1, "|", rows=tuple(rows))


_CELL = re.compile(r"[^|]*")
_NUMBER = re.compile(r"(?i)\W*(?:Q\W?)?(\d{1,3})\W*")
_WORDY = 3
"""A cell with as many words explains."""


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
