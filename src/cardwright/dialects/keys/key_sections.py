"""The sections of a document that hold nothing but answers, each with a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.boxes.titles import says_answer
from cardwright.dialects.text.question import Outline


@dataclass(frozen=True, slots=True)
class Key:
    """A section of answers: its title on ``line``, its text from ``first`` to before ``end``.

    ``column`` is where the text on the title's line begins, 0 where none is there.
    """

    line: int
    first: int
    end: int
    column: int = 0


_ANSWERS = (
    r"answers?|answer[ -]?(?:keys?|sheet)|solutions?|explanations?|respuestas?|soluci(?:ón|ones)"
    r"|solucionario|respostas?|soluç(?:ão|ões)|gabarito|réponses?|corrigés?|corrections?|antworten"
    r"|antwortschlüssel|lösung(?:en|sschlüssel)?|musterlösung(?:en)?|risposte|soluzioni|ответы"
    r"|решения|odpowiedzi|rozwiązania|cevap(?:lar|[ ]anahtarı)?|çözümler|jawaban|svar|facit"
    r"|antwoorden|oplossingen|đáp án|lời giải|الإجابات|उत्तर"
)
_CJK = (
    r"(?:参考|參考|正确|正確|标准|練習|练习|习题|測驗|测验|解|模范|模範)*"
    r"(?:答案|解答例?|正解|解説|解析|答え)|정답|해답|풀이"
)
_TITLE = re.compile(
    rf"(?i)(?<![^\W\d_])(?:{_ANSWERS})(?![^\W\d_])|(?:^|[\s的の]|\b)(?:{_CJK})|的答案"
)
_BOTH = re.compile(
    r"(?i)(?:questions?|q)\W{0,3}(?:and|&|with|/|\+|,|und|et|y|e|и)\W{0,3}(?:answers?|a\b)"
    r"|q\s?&\s?a|(?:preguntas|perguntas|fragen|questions|вопросы)\s(?:y|e|und|et|и)\s|问答|問答"
    r"|(?:问题|問題|题目|题)(?:与|和|及|、)|[?？]"
)
_MOST_WORDS = 9
_HEADING = re.compile(r" {0,3}(?P<hashes>#{1,6})[ \t]*(?P<text>[^#\s].*?)[ \t#]*$")
_LINE = re.compile(
    r"(?P<lead> {0,3}(?:[-*+][ \t]+)?)(?P<bold>\*\*|__|<b>)?"
    rf"(?P<text>(?i:(?:[\w’'-]+[ \t]+){{0,4}}?(?:{_ANSWERS}|{_CJK})(?:[ \t&/]+[\w&]+){{0,3}}))"
    r"[ \t]*(?P<colon>[:：])?(?P<close>\*\*|__|</b>)?(?P<after>[:：])?[ \t]*"
)


def names_a_key(text: str) -> bool:
    """Whether a title says that answers follow, and no questions."""
    if len(text) > 100 or len(text.split()) > _MOST_WORDS or _BOTH.search(text):
        return False
    return _TITLE.search(text) is not None


def keys(outline: Outline) -> list[Key]:
    """The sections that may be keys, in order; those in another one are parts of it."""
    found: list[Key] = []
    for key in sorted((*_headed(outline), *_folded(outline), *_led(outline)), key=_order):
        if not found or key.line >= found[-1].end:
            found.append(key)
    return found


def _order(key: Key) -> tuple[int, int]:
    return key.line, -key.end


def _headed(outline: Outline) -> Iterator[Key]:
    by_level = [[h.line for h in outline.headings if h.level <= level] for level in range(7)]
    for number, text in enumerate(outline.lines, 1):
        if outline.is_verbatim[number - 1] or not text.lstrip(" ").startswith("#"):
            continue
        match = _HEADING.match(text[:200])
        if match and names_a_key(match["text"]):
            no_deeper = by_level[len(match["hashes"])]
            at = bisect_right(no_deeper, number)
            end = no_deeper[at] if at < len(no_deeper) else len(outline.lines) + 1
            yield Key(number, number + 1, end)


def _folded(outline: Outline) -> Iterator[Key]:
    for fold in outline.folds:
        if fold.title and (says_answer(fold.text) or names_a_key(fold.text)):
            yield Key(fold.start, fold.body.start, max(fold.body.end, fold.body.start))


def _led(outline: Outline) -> Iterator[Key]:
    """The lines that say so in bold or before a colon, each with the rest of its section."""
    for number, text in enumerate(outline.lines, 1):
        if outline.is_verbatim[number - 1] or not text.strip():
            continue
        match = _LINE.match(text[:120])
        if match is None or not (match["bold"] or match["colon"] or match["after"]):
            continue
        rest = text[match.end() :].strip()
        is_told = bool(match["colon"] or match["after"] or (match["close"] and not rest))
        if is_told and names_a_key(match["text"]) and not re.search(r"\d", match["text"]):
            column = match.end() + 1 if rest else 0
            yield Key(number, number + 1, outline.section_end(number), column)
