"""Which callouts ask, answer and hint, and which titles say no more than that."""

from __future__ import annotations

from cardwright.dialects.folding.callout_marks import Callout
from cardwright.dialects.folding.summaries import says_answer, says_hint
from cardwright.wording import bare_words, is_never_a_question

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


def is_question(callout: Callout) -> bool:
    return not _QUESTIONS.isdisjoint(callout.kinds) and not says_answer(callout.title.text)


def is_answer(callout: Callout) -> bool:
    says = says_answer(callout.title.text or " ".join(callout.kinds[1:]))
    return says or not _ANSWERS.isdisjoint(callout.kinds)


def is_hint(callout: Callout) -> bool:
    if is_answer(callout):
        return False
    return says_hint(callout.title.text) or not _HINTS.isdisjoint(callout.kinds)


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


def is_generic(title: str) -> bool:
    """Whether a title only says that this is a question (``Question 3``), or is none."""
    if len(title) > 60 or is_never_a_question(title):
        return len(title) <= 60
    words = bare_words(title).replace("°", " ").split()
    return all(word in _GENERIC or word.isdigit() or len(word) == 1 for word in words)
