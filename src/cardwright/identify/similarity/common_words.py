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
_GERMAN = (
    "ist sind der die das den dem des ein eine einer eines wie warum wann wo wer welche welcher"
    " welches wozu von zwischen unterschied erkläre nenne beschreibe im zu und oder mit"
)
_SPANISH_PORTUGUESE = (
    "que qué es son el la los las un una cuál cuáles cómo por para de del en y o entre diferencia"
    " explica qual quais como são os as um uma do da diferença"
)
_FRENCH_ITALIAN = (
    "quel quelle quels quelles est sont le les une comment pourquoi quand où ce du et ou"
    " différence cosa che è sono il lo gli perché quale come differenza"
)
_RUSSIAN = "что как какой какая какие чем почему зачем и в на для между разница"
_CHINESE = "什么是 是什么 什麼是 是什麼 有哪些 有哪几 有什么 有什麼 为何 為何 请问 怎么样 解释一下"


@cache
def asking() -> frozenset[str]:
    """Return words that are common in questions, such as "what" and "explain"."""
    from cardwright.wording.words import WORDS, Concept  # slow, and only new questions need them

    ours = (_ENGLISH, _GERMAN, _SPANISH_PORTUGUESE, _FRENCH_ITALIAN, _RUSSIAN, _CHINESE)
    table = (
        phrase
        for language, words in WORDS.items()
        if language != "en"  # many English instructions are subjects as well: "list", "state"
        for concept in (Concept.ASKS, Concept.ASKS_INSIDE)
        for phrase in words.get(concept, ())
    )
    return frozenset(" ".join((*ours, *table)).split())


@cache
def unspaced_asking() -> frozenset[str]:
    """Return those in Chinese and Japanese, which are written without spaces."""
    return frozenset(word for word in asking() if "\u3040" <= word[0] <= "\u9fff")


_VERDICTS = (
    "yes no true false correct incorrect right wrong ja nein wahr falsch richtig oui non vrai faux"
    " sí si verdadero falso sim não verdadeiro sì vero да нет верно неверно 是 否 对 错 正确 错误"
    " a b c d e f g h t"
)

VERDICTS = frozenset(sketch_of((word,)) for word in _VERDICTS.split())
"""Sketches of answers that fit many questions: "yes", "false", the letter of an option."""
