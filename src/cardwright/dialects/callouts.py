"""Dialect X: ``> [!question]- What is a leaf?``, a callout whose title or body asks.

The body answers, or a callout that says "answer" in it or behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from cardwright.dialects.answers.stretch import is_boundary, is_heading
from cardwright.dialects.folding.callout_marks import Callout
from cardwright.dialects.folding.callout_marks import callouts as all_callouts
from cardwright.dialects.folding.summaries import says_answer, says_hint
from cardwright.dialects.text.breaks import is_break
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks, bare_words, is_never_a_question

_QUESTIONS = frozenset(
    """
    question|questions|faq|help|flashcard|flashcards|card|cards|quiz|exercise|exercises|problem
    |exercice|ejercicio|exercício|aufgabe|übung|oppgave|uppgift|frage|pregunta|qa|q&a|test|practice|challenge
    """.replace("\n    ", "").split("|")
)  # fmt: skip
_ANSWERS = frozenset(
    """
    answer|answers|success|check|done|solution|solutions|réponse|respuesta|antwort|lösung
    |correction
    """.replace("\n    ", "").split("|")
)  # fmt: skip
_HINTS = frozenset({"hint", "hints", "tip", "tips", "clue"})


def callouts(outline: Outline) -> tuple[Question, ...]:
    """The questions that callouts ask; one that only holds such callouts asks nothing itself."""
    found = list(_not_too_deep(all_callouts(outline)))
    starts = [callout.start for callout in found]
    questions: list[Question] = []
    covered = 0
    for at, callout in enumerate(found):
        if callout.start < covered or not _is_question(callout):
            continue
        behind = bisect_left(starts, callout.end)
        inside = found[at + 1 : behind]
        if any(map(_is_question, inside)) and not _has_text(outline, callout, inside):
            continue
        question = _question(outline, callout, inside, partial(_from, found, behind))
        covered = max(callout.end, question.answer.end)
        questions.append(question)
    return tuple(questions)


_DEEPEST = 20
"""Callouts inside so many others are parts of what those hold."""


def _not_too_deep(found: Iterable[Callout]) -> Iterator[Callout]:
    ends: list[int] = []
    for callout in found:
        while ends and ends[-1] <= callout.start:
            ends.pop()
        if len(ends) < _DEEPEST:
            yield callout
            ends.append(callout.end)


def _from(found: Sequence[Callout], at: int) -> Iterator[Callout]:
    """The callouts from ``at``; most questions look at few, so none are copied or passed over."""
    return (found[index] for index in range(at, len(found)))


def _is_question(callout: Callout) -> bool:
    return not _QUESTIONS.isdisjoint(callout.kinds) and not says_answer(callout.title.text)


def _is_answer(callout: Callout) -> bool:
    says = says_answer(callout.title.text or " ".join(callout.kinds[1:]))
    return says or not _ANSWERS.isdisjoint(callout.kinds)


def _is_hint(callout: Callout) -> bool:
    if _is_answer(callout):
        return False
    return says_hint(callout.title.text) or not _HINTS.isdisjoint(callout.kinds)


def _has_text(outline: Outline, callout: Callout, inside: Sequence[Callout]) -> bool:
    """Whether a callout has lines of its own besides those of the callouts in it."""
    inner: set[int] = set()
    end = 0
    for other in inside:
        inner.update(range(max(other.start, end), other.end))
        end = max(end, other.end)
    return any(
        row.text.strip() for row in cut(outline.lines, callout.body) if row.number not in inner
    )


def _question(
    outline: Outline,
    callout: Callout,
    inside: Sequence[Callout],
    behind: Callable[[], Iterator[Callout]],
) -> Question:
    """The question of a callout, with the answer that is in it, behind it, or all of its body."""
    title = [] if _is_generic(callout.title.text) else [callout.title]
    body, section = callout.body, outline.section_end(callout.start)
    if any(map(_is_answer, inside)):
        parts = [other for other in inside if _is_answer(other) or _is_hint(other)]
        asking = trimmed(cut(outline.lines, replace(body, end=parts[0].start)))
        answer = _answer_of(outline, parts, replace(body, start=parts[0].start))
    elif following := _following(outline, callout, behind()):
        between = _between(outline, callout, following[0])
        asking = trimmed([*cut(outline.lines, body), *between])
        answer = _answer_of(outline, following, Span(following[0].start, following[-1].end))
    elif title:
        asking, answer = (), body
        if not _has_text(outline, callout, ()) and asks(callout.title.text):
            answer = _text_below(outline, callout, next(behind(), None))
    else:
        asking, answer = _parted(outline, body)
        if answer.start == answer.end and _opens_section(outline, callout):
            limit = next((other.start for other in behind() if _is_question(other)), None)
            end = max(min(limit or section, section), callout.end)
            answer = replace(callout.around, start=callout.end, end=end)
    rows = [*title, *([Line("", callout.start)] if title and asking else []), *asking]
    return asked(rows or [callout.title], answer, line=callout.start, is_marked=True)


_GENERIC = frozenset(
    """
    question|questions|exercise|exercises|problem|problems|quiz|task|challenge|test|yourself
    |your|understanding|knowledge|check|self|practice|flashcard|flashcards|card|help|faq|part|no
    |nr|number|mini|quick|try|it|think|about|this|activity|activité|exercice|exercices|défi
    |oppgave|oppgaver|oppgåve|opgave|uppgift|övning|øvelse|oefening|opdracht|zadanie|задания
    |pregunta|preguntas|ejercicio|actividad|pergunta|perguntas|exercício|atividade|frage|fragen
    |aufgabe|aufgaben|übung|domanda|esercizio|вопрос|вопросы|задача|задание|упражнение|soru|问题
    |問題|题目|練習|练习|思考|思考题|习题|例题|質問|문제|질문
    """.replace("\n    ", "").split("|")
)  # fmt: skip


def _is_generic(title: str) -> bool:
    """Whether a title only says that this is a question (``Question 3``), or is none."""
    if len(title) > 60 or is_never_a_question(title):
        return len(title) <= 60
    words = bare_words(title).replace("°", " ").split()
    return all(word in _GENERIC or word.isdigit() or len(word) == 1 for word in words)


def _answer_of(outline: Outline, parts: Sequence[Callout], whole: Span) -> Span:
    """The body of the one callout that answers, or ``whole``, where there are several.

    A title that says more than "Answer" is the first line of it.
    """
    only = parts[0]
    rest = cut(outline.lines, replace(whole, start=min(only.end, whole.end)))
    if len(parts) > 1 or any(row.text.strip() for row in rest):
        return whole
    if not only.title.text or says_answer(only.title.text):
        return only.body
    has_body = any(row.text.strip() for row in cut(outline.lines, only.body))
    until = 0 if has_body else only.title.column + len(only.title.text)
    end = only.body.end if has_body else only.title.number + 1
    return replace(
        only.body, start=only.title.number, end=end, column=only.title.column, until=until
    )


def _following(outline: Outline, callout: Callout, behind: Iterator[Callout]) -> list[Callout]:
    """The callouts with hints and answers that come next, headings that say so between them.

    Empty where no answer is among them. Before the first, a few lines of text go on asking.
    """
    found: list[Callout] = []
    at = callout.end
    for other in behind:
        if other.start < at:
            continue  # in the one before
        lines = outline.lines[at - 1 : other.start - 1]
        is_part = _is_answer(other) or _is_hint(other)
        is_next = all(map(_leads_to_answer, lines))
        is_near = not found and _is_solution(other) and _goes_on_asking(lines)
        if not is_part or not (is_next or is_near):
            break
        found.append(other)
        at = other.end
    while found and not _is_answer(found[-1]):
        found.pop()
    return found


def _between(outline: Outline, callout: Callout, following: Callout) -> list[Line]:
    """The lines of text that stand between a question and the first of its hints and answers."""
    lines = outline.lines[callout.end - 1 : following.start - 1]
    if all(map(_leads_to_answer, lines)):
        return []
    return cut(outline.lines, replace(callout.around, start=callout.end, end=following.start))


def _is_solution(callout: Callout) -> bool:
    return _is_answer(callout) and _REMARKS.isdisjoint(callout.kinds)


_REMARKS = frozenset({"success", "check", "done"})
"""Kinds of answers that may also remark on something else."""
_MOST_LINES = 12
"""Between a question and its solution are at most so many lines of text."""


def _goes_on_asking(lines: Sequence[str]) -> bool:
    return sum(bool(text.strip()) for text in lines) <= _MOST_LINES and not any(
        map(is_boundary, lines)
    )


def _opens_section(outline: Outline, callout: Callout) -> bool:
    """Whether a callout is the first thing under a heading."""
    at = bisect_right(outline.headings, callout.start, key=lambda heading: heading.line)
    above = outline.headings[at - 1] if at else None
    return above is not None and not any(
        text.strip() for text in outline.lines[above.body - 1 : callout.start - 1]
    )


def _leads_to_answer(text: str) -> bool:
    if is_heading(text):
        title = text.strip("# \t")
        return says_answer(title) or says_hint(title)
    return not text.strip() or is_break(text)


def _text_below(outline: Outline, callout: Callout, following: Callout | None) -> Span:
    """What answers a callout that is a title alone: the text up to a heading, rule or callout."""
    limit = following.start if following else len(outline.lines) + 1
    limit = max(min(limit, outline.section_end(callout.start)), callout.end)
    for at in range(callout.end, limit):
        if not outline.is_verbatim[at - 1] and is_boundary(outline.lines[at - 1]):
            return replace(callout.around, start=callout.end, end=at)
    return replace(callout.around, start=callout.end, end=limit)


_LABEL = re.compile(
    r"(?i)[\s>*_#-]*(?:answers?|ans|a|solution|respuesta|réponse|antwort|resposta|risposta|ответ"
    r"|答案|解答|正解|答え|정답|답)\s*[*_]*\s*[:：]"
)


def _parted(outline: Outline, body: Span) -> tuple[tuple[Line, ...], Span]:
    """The lines of a body that ask, and the rest, which is empty where nothing parts them.

    That is a rule, a line that begins with "Answer:", or a first paragraph that asks.
    """
    rows = cut(outline.lines, body)
    first = next((at for at, row in enumerate(rows) if row.text.strip()), 0)
    for at, row in enumerate(rows):
        is_verbatim = outline.is_verbatim[row.number - 1]
        if at > first and not is_verbatim and (is_break(row.text) or _LABEL.match(row.text[:200])):
            begin = row.number + 1 if is_break(row.text) else row.number
            return trimmed(rows[:at]), replace(body, start=begin)
    end = next((at for at in range(first, len(rows)) if not rows[at].text.strip()), len(rows))
    rest = "\n".join(row.text for row in rows[end:])
    if asks("\n".join(row.text for row in rows[first:end])) and rest.strip() and not _all_ask(rest):
        return tuple(rows[first:end]), replace(body, start=rows[end].number)
    return trimmed(rows), nothing_at(body.end)


def _all_ask(text: str) -> bool:
    return all(asks(part) for part in text.split("\n\n") if part.strip())
