"""The labels of exercises and solutions, and the words by which an exercise sets a task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.text.labels import Label, is_rule, label_pattern, labels, read_label
from cardwright.dialects.text.leads import lead_of
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks

_EXERCISE = (
    r"exercises?|ejercicios?|exercícios?|exercices?|esercizi(?:o)?|aufgaben?|übung(?:en|saufgaben?)?"
    r"|oefening(?:en)?|övning(?:ar)?|øvelser?|oppgaver?|opgaver?|zadani[ea]|упражнени[ея]|задани[ея]"
    r"|练习题?|練習(?:問題|题|題)?|习题|習題|例题|例題|演習(?:問題)?"
    r"|연습문제|예제|alıştırma|bài tập"
)
_TASK = (
    r"problems?|questions?|tasks?|examples?|(?:worked|solved)[ \t]examples?|puzzles?|challenges?"
    r"|exemples?|ejemplos?|exemplos?|esempi(?:o)?|beispiele?|frage|пример|задача|вопрос|problemas?"
    r"|problèmes?|pregunta|问题|题目|問題|例|문제|bài"
)
_SOLUTION = (
    r"(?:model|sample|suggested|full|worked)?[ \t]?(?:solutions?|answers?)"
    r"(?:[ \t](?:to|of|for)(?:[ \t]the)?(?:[ \t](?:exercise|problem|question|task|example))?)?"
    r"|sol|ans|proof|(?:muster)?lösung(?:en)?|antwort|beweis|solución|solucion|respuesta"
    r"|demostración|resolución|solução|resposta|resolução|demonstração|gabarito|soluzione|risposta"
    r"|dimostrazione|svolgimento|corrigé|correction|réponse|preuve|démonstration|решение|ответ"
    r"|доказательство|解答|解法|解析|解|答案|答|证明|證明|証明|풀이|해설|정답|답|증명|çözüm"
    r"|rozwiązanie|odpowiedź|oplossing|antwoord|løsning|lösning|svar|lời giải|الحل"
)
_STATEMENT = r"theorem|proposition|corollary|definition|satz|théorème|teorema|теорема|定理|定义"
"""What begins a further piece of a lecture when it has a number."""
_PATTERN = label_pattern(rf"{_SOLUTION}|{_EXERCISE}|{_TASK}|{_STATEMENT}")
_IS_EXERCISE = re.compile(_EXERCISE, re.IGNORECASE)
_IS_TASK = re.compile(_TASK, re.IGNORECASE)
_IS_SOLUTION = re.compile(_SOLUTION, re.IGNORECASE)
_IS_ANSWER = re.compile(
    r"(?i)\W*(?:an[st]|respuesta|resposta|risposta|rép|отв|答|정답|답|svar|odp)"
)
_IS_PROOF = re.compile(r"(?i)proof|beweis|d[ei]mo|preuve|démo|доказ|证|證|証|증")
_OPENING = re.compile(
    rf"(?i)[ \t]*(?:>[ \t]?)*(?P<colons>:{{3,}})[ \t]*\{{?[ \t]*[.#]?(?:details[ \t]+)?"
    rf"(?P<word>{_SOLUTION}|{_EXERCISE}|{_TASK})(?!\w)"
)
_LONGEST_OPENING = 200
_ANY_OPENING = re.compile(r"[ \t]*(?:>[ \t]?)*:{3,}[ \t]*[^\s:]")
_CLOSING = re.compile(r"[ \t]*(?:>[ \t]?)*:{3,}[ \t]*$")


SOLVING = frozenset({"solution", "answer", "proof"})
"""The kinds of parts that solve an exercise."""


@dataclass(frozen=True, slots=True)
class Part:
    """The label of an exercise, a solution or a statement, or what ends all of them.

    ``kind`` is ``exercise``, ``task`` (a word with further meanings), ``solution``, ``answer``,
    ``proof``, ``statement``, ``heading`` or ``rule``. ``level`` is that of the heading and
    ``end`` the line that closes its container ``:::`` or its fold, 0 for none; ``is_fold`` says
    that it is the latter, and the label its summary.
    """

    kind: str
    line: int
    label: Label | None = None
    level: int = 0
    end: int = 0
    is_fold: bool = False


def parts(outline: Outline) -> list[Part]:
    """The labels, rules and other headings of a document in order; of a line the label."""
    found = {part.line: part for part in _rules_and_headings(outline)}
    found |= {label.line: Part(_kind(label), label.line, label, label.level)
              for label in labels(outline, _PATTERN) if _is_label(label)}  # fmt: skip
    found |= {part.line: part for part in _containers(outline)}
    if any(part.kind in SOLVING and not part.end for part in found.values()):
        found |= {part.line: part for part in _folds(outline)}
    return [found[line] for line in sorted(found)]


def _is_label(label: Label) -> bool:
    """Whether a word is not just the first of a title or of a sentence."""
    if _kind(label) == "statement":
        return bool(label.number and (label.opening or label.level))
    if not (label.number or label.mark or not label.has_text or label.opening):
        return False
    is_alone = bool(label.opening or label.level or label.mark)
    return is_alone or _kind(label) in SOLVING or bool(label.number)


def _kind(label: Label) -> str:
    if _IS_SOLUTION.fullmatch(label.word):
        if _IS_ANSWER.match(label.word):
            return "answer"
        return "proof" if _IS_PROOF.match(label.word) else "solution"
    if _IS_EXERCISE.fullmatch(label.word):
        return "exercise"
    return "task" if _IS_TASK.fullmatch(label.word) else "statement"


def _rules_and_headings(outline: Outline) -> Iterator[Part]:
    for number in range(1, len(outline.lines) + 1):
        if is_rule(outline, number):
            yield Part("rule", number)
    for heading in outline.headings:
        if not heading.depth:
            yield Part("heading", heading.line, level=heading.level)


def _containers(outline: Outline) -> Iterator[Part]:
    """The containers ``::: {.solution}`` (Pandoc's divs, VitePress), each with its end."""
    open_: list[Label | None] = []
    for number, text in enumerate(outline.lines, 1):
        if ":::" not in text or outline.is_verbatim[number - 1]:
            continue
        if _CLOSING.match(text):
            label = open_.pop() if open_ else None
            if label is not None:
                yield Part(_kind(label), label.line, label, end=number)
        elif _ANY_OPENING.match(text):
            opening = _OPENING.match(text[:_LONGEST_OPENING])
            lead = lead_of(text)
            open_.append(
                opening
                and Label(number, opening["word"], "", 1, len(text) + 1, has_text=False,
                          quotes=lead.quotes, indent=lead.indent)
            )  # fmt: skip


def _folds(outline: Outline) -> Iterator[Part]:
    """The folds whose summary says that a solution is in them, beside labelled ones."""
    for fold in outline.telling_folds:
        lead = lead_of(outline.lines[fold.start - 1])
        is_alone = lead.length >= fold.column - 1
        if is_alone and not fold.depth and fold.says is Says.ANSWER:
            label = Label(fold.start, "solution", "", fold.column, fold.column, has_text=True,
                          quotes=lead.quotes, indent=lead.indent)  # fmt: skip
            yield Part("solution", fold.start, label, end=fold.end - 1, is_fold=True)


_TASK_LABEL = label_pattern(rf"{_EXERCISE}|problems?|tasks?|puzzles?|challenges?|problemas?|задача")


def behind_task_label(text: str) -> int:
    """The offset behind ``**Exercise 3.**`` or ``Problem 3:`` at the begin of a text, else 0."""
    label = read_label(_TASK_LABEL, text, 1, lead_of(text))
    if label is None or label.level or label.is_open or not (label.mark or label.opening):
        return 0
    is_sure = label.number or (label.opening and label.mark[:1] in (":", "："))
    return label.column - 1 if is_sure else 0


def sets_a_task(text: str) -> bool:
    """Whether a text asks, or tells one to do what an exercise tells: "Show that", "Let"."""
    return asks(text) or _TASKS.search(text[:_LONGEST_TASK]) is not None


_LONGEST_TASK = 3000
_TASKS = re.compile(
    r"""(?ix)(?:^|[.:;,)\]}$*]\s|\n)[\s*_&;nbp>]{0,20}(?:
    show|prove|disprove|find|determine|compute|calculate|evaluate|solve|draw|construct|sketch|plot
    |derive|deduce|verify|let|suppose|consider|assume|given|estimate|simplify|express|factor|convert
    |characteri[sz]e|describe|explain|classify|decide|state|give|write|implement|complete|integrate
    |differentiate|translate|rewrite|design|create|which
    |zeige[n]?|beweise[n]?|finde[n]?|berechne[n]?|bestimme[n]?|löse[n]?|zeichne[n]?|begründe[n]?
    |gegeben|sei(?:en)?|gib|schreibe[n]?
    |montre[rz]?|démontre[rz]?|trouve[rz]?|calcule[rsz]?|détermine[rz]?|résou(?:dre|s|dez)|soi(?:t|ent)
    |tracer|demuestr[ae]|hall[ae]r?|encuentr[ae]|resuelv[ae]|sea[n]?|calcul[ae]r?|determin[ae]r?
    |mostre|prove|encontre|resolva|seja[m]?|escriba|escreva|dimostra(?:re)?|trova(?:re)?|calcola(?:re)?
    |risolv[ie](?:re)?|sia(?:no)?|найдите|найти|докажите|доказать|вычислите|вычислить|решите|решить
    |определите|постройте|покажите|пусть|дано|дан[аы]?|напишите|написать|создайте|создать
    )\b|证明|證明|計算|计算|求|写出|画出|判断|設|设|示せ|せよ|구하|보이|증명|계산|작성"""
)
