"""Lists words that say little about a question in any deck."""

from __future__ import annotations

from functools import cache

from cardwright.identify.similarity.sketch import sketch_of

_ENGLISH = (
    "what is are was were the a an of in on to for and or with how does do did can could you your"
    " we it its their between difference differences different explain describe define why when"
    " where which who name list give tell about compare say mean means use used work works should"
    " would by from as be has have that this must need needs"
)
_OTHER_LANGUAGES = (
    "ist sind der die das den dem des ein eine einer eines von im zu und es son la los las un una"
    " del y como são os as um uma do da est sont les une du et è sono il lo gli come и на между"
    " 什么是 是什么 什麼是 是什麼 有哪些 有哪几 有什么 有什麼 为何 為何 请问 怎么样 解释一下"
)
"""Words that are not in the table of words that ask."""

_DEFINING = (
    "meant briefly called defined definition tell know term versteht verstehen man unter bedeutet"
    " bezeichnet begriff définir définissez définition signifie terme appelle quoi entiende llama"
    " significa consiste definición entende definição intende definizione такое понятие термин"
    " означает знаете вы про таке поняття визначення oznacza pojęcie to się"
    " demektir wordt bedoeld betekent menas innebär betyder pojem trình bày khái niệm định"
    " nghĩa hãy giải thích dimaksud pengertian dengan yang 介绍一下 你对 について 説明"
    " 대해 대해서 하세요 무엇인지 어떤"
)
"""Words in questions for a definition: "What is meant by …?", "Was versteht man unter …?"."""


@cache
def asking() -> frozenset[str]:
    """Return words that are common in questions, such as "what" and "explain"."""
    from cardwright.wording.words import WORDS, Concept  # slow, and only new questions need them

    table = (
        phrase
        for language, words in WORDS.items()
        if language != "en"  # many English instructions are subjects as well: "list", "state"
        for concept in (Concept.ASKS, Concept.ASKS_INSIDE)
        for phrase in words.get(concept, ())
    )
    asked = (word for word in " ".join(table).split() if len(word) > 1)  # "k", but not "k čemu"
    return frozenset((*" ".join((_ENGLISH, _OTHER_LANGUAGES, _DEFINING)).split(), *asked))


_VERDICTS = (
    "yes no true false correct incorrect right wrong ja nein wahr falsch richtig oui non vrai faux"
    " sí si verdadero falso sim não verdadeiro sì vero да нет верно неверно 是 否 对 错 正确 错误"
    " a b c d e f g h t"
)

VERDICTS = frozenset(sketch_of((word,)) for word in _VERDICTS.split())
"""Sketches of answers that fit many questions: "yes", "false", the letter of an option."""
