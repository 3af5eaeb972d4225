"""Dialect T: rows of a table with a column of questions and one of answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.text.html_tables import Row, html_tables
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut
from cardwright.dialects.text.table_rows import cells_of, is_delimiter
from cardwright.model import Line
from cardwright.wording import asks, bare_words


def tables(outline: Outline) -> tuple[Question, ...]:
    """The rows of every table whose header names both columns, empty cells and all.

    A table is that of GFM (section 4.10), also in a quote, a list or right under ``<details>``,
    or one of HTML.
    Columns of examples and notes follow the answer, all others are left out.
    """
    found: list[Question] = []
    lines = outline.lines
    number = 2
    while number <= len(lines):
        columns = None
        if is_delimiter(lines[number - 1]) and not outline.is_verbatim[number - 1]:
            columns = _columns(lines[number - 2])
        number += 1
        if columns is None:
            continue
        first = number
        while number <= len(lines) and _is_row(outline, number):
            number += 1
        found += _questions(lines, range(first, number), columns)
    for rows in html_tables(lines, outline.is_verbatim):
        found += _html_questions(lines, rows)
    return tuple(sorted(found, key=lambda question: question.line))


def _is_row(outline: Outline, number: int) -> bool:
    return "|" in outline.lines[number - 1] and not outline.is_verbatim[number - 1]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns (from 0) hold what; ``names`` are those of all.

    ``options`` are columns of which each is an answer to choose (A, B, C) or that hold them all.
    """

    names: tuple[str, ...]
    question: int
    answer: int
    options: tuple[int, ...]
    further: tuple[int, ...]

    @property
    def is_terse(self) -> bool:
        """Whether nothing but Q and A heads the two columns, as in tables of truth values."""
        return (self.names[self.question], self.names[self.answer]) == ("q", "a")


_QUESTIONS = re.compile(
    r"(?:\w+ ){0,3}(?:questions?|prompt)|q|front|preguntas?|frage|perguntas?|domand[ae]|вопросы?"
    r"|soru|pytanie|vraag|fråga|câu hỏi|السؤال|سؤال|.{0,6}(?:问题|問題|面试题|题目|质问|質問)|题|问"
    r"|正面|질문|문제|vorderseite|recto|anverso"
)
_ANSWERS = re.compile(
    r"(?:\w+ ){0,2}(?:answers?|solution)|a|ans|back|respuestas?|antwort|réponses?|respostas?"
    r"|rispost[ae]|ответы?|cevap|odpowiedź|antwoord|svar|trả lời|الإجابة|الجواب|جواب|إجابة"
    r"|.{0,6}(?:答案|解答|回答|答え|答)(?:要点|要點)?|背面|답변|정답|답|rückseite|verso|reverso"
)
_TERMS = re.compile(
    r"(?:key )?(?:terms?|words?|concepts?|vocabulary|acronym|abbreviation)|término|palabra|concepto"
    r"|begriff|wort|fachbegriff|terme|mot|notion|termo|palavra|conceito|termine|parola|термин"
    r"|слово|понятие|terim|kelime|pojęcie|术语|術語|单词|單詞|概念|词语|名词|用語|単語|용어|단어"
    r"|المصطلح|الكلمة"
)
_MEANINGS = re.compile(
    r"definitions?|meanings?|explanation|translation|definición|significado|traducción|bedeutung"
    r"|erklärung|übersetzung|définition|signification|sens|traduction|definição|tradução"
    r"|definizione|significato|traduzione|определение|значение|перевод|anlamı?|tanım|znaczenie"
    r"|definicja|定义|定義|含义|含義|意思|解释|解釋|释义|说明|翻译|意味|説明|訳|정의|의미|뜻|설명"
    r"|التعريف|المعنى"
)
_OPTIONS = re.compile(r"options?|choices?|opciones|optionen|opções|варианты|选项|選項|選択肢|보기")
_FURTHER = re.compile(
    r"(?:\w+ )?(?:examples?|notes?|explanations?|rationale|reason(?:ing)?|details?|comments?"
    r"|remarks?|mnemonic)|why|ejemplos?|notas?|explicación|beispiele?|notizen?|anmerkung(?:en)?"
    r"|erklärung|exemples?|remarques?|explications?|exemplos?|explicação|esempio?|примеры?"
    r"|примечани[ея]|пояснени[ея]|объяснение|例|例子|例句|示例|备注|備註|备考|備考|说明|解析|解释"
    r"|解説|예|예시|비고|설명|해설|مثال|ملاحظات"
)


def _columns(header: str) -> _Columns | None:
    """What the columns under a header hold; ``None`` where it is no table of questions."""
    if len(header) > 2000:
        return None
    return _columns_named([header[first - 1 : end - 1] for first, end in cells_of(header, 0)])


def _columns_named(titles: Sequence[str]) -> _Columns | None:
    names = tuple(map(bare_words, titles))
    letters = {"a", "b"} <= {*names}
    for asking, answering in ((_QUESTIONS, _ANSWERS), (_TERMS, _MEANINGS)):
        question = next((at for at, name in enumerate(names) if asking.fullmatch(name)), None)
        answer = max(
            (
                at
                for at, name in enumerate(names)
                if at != question and answering.fullmatch(name) and not (letters and name == "a")
            ),
            key=lambda at: len(names[at]),
            default=None,
        )
        if question is None or answer is None:
            continue
        rest = [at for at in range(len(names)) if at not in (question, answer)]
        options = (
            at for at in rest if _OPTIONS.fullmatch(names[at]) or (letters and len(names[at]) == 1)
        )
        further = (at for at in rest if _FURTHER.fullmatch(names[at]))
        return _Columns(names, question, answer, tuple(options), tuple(further))
    return None


def _questions(lines: Sequence[str], rows: range, columns: _Columns) -> list[Question]:
    found: list[Question] = []
    for number in rows:
        row = lines[number - 1]
        places = cells_of(row, len(columns.names))
        places += [(len(row) + 1, len(row) + 1)] * (len(columns.names) - len(places))
        cells = [_cell(row, number, place) for place in places]
        if any(cell.text for cell in cells) and not is_delimiter(row):
            found.append(_question(cells, places[columns.answer], columns))
    if all(_NUMBER.fullmatch(question.text) for question in found):
        return []  # the key of questions that stand elsewhere
    wordy = sum(asks(question.text) or " " in question.text for question in found)
    return [] if columns.is_terse and wordy * 2 < len(found) else found


_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,3}\W*")


def _question(cells: Sequence[Line], place: tuple[int, int], columns: _Columns) -> Question:
    """The question of a row, its answer in the cell at ``place``.

    An answer is given as lines, because a pipe in it is written ``\\|`` and notes follow it.
    """
    answer = cells[columns.answer]
    number, (first, end) = answer.number, place
    given = [answer] if problem_with(answer.text) is None else []
    for at in columns.further:
        if given and cells[at].text:
            given += [Line("", number), cells[at]]
    span = Span(number, number + 1, column=first, until=end)
    question = asked([cells[columns.question]], span, is_marked=True, given=tuple(given))
    return replace(question, front=(*question.front, *_options(cells, columns)))


def _html_questions(lines: Sequence[str], rows: Sequence[Row]) -> Iterator[Question]:
    """The questions of a table in HTML, whose header is its first row."""
    header, *body = rows or [Row((), is_header=False)]
    titles = [_TAG.sub("", "".join(row.text for row in cut(lines, cell))) for cell in header.cells]
    columns = _columns_named(titles) if max(map(len, titles), default=0) < 200 else None
    if columns is None or columns.is_terse:
        return
    for row in body:
        cells = dict(enumerate(row.cells))
        if columns.question in cells and columns.answer in cells:
            answer = cells[columns.answer]
            further = [cells[at] for at in columns.further if at in cells]
            given = _given(lines, [answer, *further]) if further else ()
            if given:
                answer = Span(answer.start, max(cell.end for cell in (answer, *further)))
            front = cut(lines, cells[columns.question])
            yield asked(front, answer, is_marked=True, given=given)


_TAG = re.compile(r"<[^<>]*>")


def _given(lines: Sequence[str], cells: Sequence[Span]) -> tuple[Line, ...]:
    """What the answer and the columns that follow it hold, each a paragraph; () for nothing."""
    texts = [cut(lines, cell) for cell in cells]
    if problem_with("\n".join(row.text for row in texts[0])) is not None:
        return ()
    found = texts[0]
    for text in texts[1:]:
        if any(row.text.strip() for row in text):
            found = [*found, Line("", text[0].number), *text]
    return tuple(found)


def _options(cells: Sequence[Line], columns: _Columns) -> Iterator[Line]:
    """The options to choose from, a list where each has its column, named as that is."""
    for index, at in enumerate(columns.options):
        cell, name = cells[at], columns.names[at]
        if index == 0:
            yield Line("", cell.number)
        yield replace(cell, text=f"- {name.upper()}) {cell.text}") if len(name) == 1 else cell


def _cell(row: str, number: int, cell: tuple[int, int]) -> Line:
    """A cell as a line; a pipe in it is written ``\\|``, in code and formulas as well."""
    first, end = cell
    return Line(row[first - 1 : end - 1].replace("\\|", "|"), number, first)
