"""What the columns of a table hold, as the names in its header say: questions, answers, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.dialects.tabular.table_rows import cells_of
from cardwright.wording import bare_words


@dataclass(frozen=True, slots=True)
class Columns:
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


_LANGUAGES = re.compile(
    r"english|german|french|spanish|portuguese|italian|russian|ukrainian|polish|czech|dutch|swedish"
    r"|danish|norwegian|finnish|greek|latin|turkish|arabic|hebrew|persian|hindi|bengali|japanese"
    r"|korean|(?:mandarin )?chinese|mandarin|vietnamese|thai|indonesian|romanian|hungarian|catalan"
    r"|deutsch|englisch|französisch|spanisch|italienisch|portugiesisch|russisch|japanisch|latein"
    r"|español|inglés|alemán|francés|italiano|portugués|português|inglês|alemão|francês|espanhol"
    r"|français|anglais|allemand|espagnol|italien|inglese|tedesco|francese|spagnolo"
    r"|русский|английский|немецкий|французский|испанский|китайский|японский|українська|polski"
    r"|中文|汉语|漢語|英文|英语|英語|日文|日语|日語|日本語|韩语|韓国語|中国語|ドイツ語|フランス語"
    r"|한국어|영어|일본어|중국어|العربية|الإنجليزية|türkçe|ingilizce|tiếng việt|tiếng anh"
)
"""What a list of words calls its columns; two of them, the first at the begin of the row."""


def columns_under(header: str) -> Columns | None:
    """What the columns under a header hold; ``None`` where it is no table of questions."""
    if len(header) > 2000:
        return None
    return columns_named([header[first - 1 : end - 1] for first, end in cells_of(header, 0)])


def columns_named(titles: Sequence[str]) -> Columns | None:
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
        return Columns(names, question, answer, tuple(options), tuple(further))
    return _word_list(names)


def _word_list(names: tuple[str, ...]) -> Columns | None:
    """The columns of a list of words, in the order of the languages; further ones follow."""
    spoken = [at for at, name in enumerate(names) if _LANGUAGES.fullmatch(name)]
    counted = sum(name in _COUNTS for name in names[:1])
    if len(spoken) < 2 or spoken[0] != counted:
        return None
    rest = tuple(at for at in range(counted, len(names)) if at not in spoken[:2])
    return Columns(names, spoken[0], spoken[1], (), rest)


_COUNTS = frozenset({"", "no", "nr", "n", "number", "номер", "番号", "序号"})


_QUESTIONS = re.compile(
    r"(?:\w+ ){0,3}(?:questions?|prompt)|q|cue|(?:flash ?card )?front|preguntas?|frage"
    r"|perguntas?|domand[ae]|вопросы?"
    r"|soru|pytanie|vraag|fråga|câu hỏi|السؤال|سؤال|.{0,6}(?:问题|問題|面试题|题目|质问|質問)|题|问"
    r"|正面|질문|문제|vorderseite|recto|anverso"
)

_ANSWERS = re.compile(
    r"(?:\w+ ){0,2}(?:answers?|solution)|a|ans|response|(?:flash ?card )?back|respuestas?"
    r"|antwort|réponses?|respostas?"
    r"|rispost[ae]|ответы?|cevap|odpowiedź|antwoord|svar|trả lời|đáp án|الإجابة|الجواب|جواب|إجابة"
    r"|.{0,6}(?:答案|解答|回答|答え|答)(?:要点|要點)?|背面|답변|정답|답|rückseite|verso|reverso"
)

_TERMS = re.compile(
    r"(?:key )?(?:terms?|words?|concepts?|vocabulary|acronym|abbreviation|phrase|idiom|expression)"
    r"|kanji|漢字|término|palabra|concepto"
    r"|begriff|wort|fachbegriff|terme|mot|notion|termo|palavra|conceito|termine|parola|термин"
    r"|слово|понятие|terim|kelime|pojęcie|术语|術語|单词|單詞|概念|词语|名词|用语|用語|単語|용어|단어"
    r"|المصطلح|الكلمة"
)

_MEANINGS = re.compile(
    r"(?:(?:plain|simple|short|english) )?(?:definitions?|meanings?|explanation)|translation"
    r"|full form|expansion|stands for|definición|significado|traducción|bedeutung"
    r"|erklärung|übersetzung|définition|signification|sens|traduction|definição|tradução"
    r"|definizione|significato|traduzione|определение|значение|перевод|anlamı?|tanım|znaczenie"
    r"|definicja|定义|定義|含义|含義|意思|解释|解釋|释义|说明|翻译|意味|説明|訳|정의|의미|뜻|설명"
    r"|التعريف|المعنى"
)

_OPTIONS = re.compile(r"options?|choices?|opciones|optionen|opções|варианты|选项|選項|選択肢|보기")

_FURTHER = re.compile(
    r"(?:\w+ )?(?:examples?|notes?|explanations?|rationale|reason(?:ing)?|details?|comments?"
    r"|remarks?|mnemonic|reading|pronunciation)|why(?: it matters)?|pinyin"
    r"|読み|拼音|发音|發音|ejemplos?|notas?|explicación|beispiele?|notizen?|anmerkung(?:en)?"
    r"|erklärung|exemples?|remarques?|explications?|exemplos?|explicação|esempio?|примеры?"
    r"|примечани[ея]|пояснени[ея]|объяснение|例|例子|例句|示例|备注|備註|备考|備考|说明|解析|解释"
    r"|解説|예|예시|비고|설명|해설|مثال|ملاحظات"
)
