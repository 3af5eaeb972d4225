"""The table of words: each language has every core concept, and no word contradicts itself."""

from __future__ import annotations

import re
import unicodedata

import pytest

from cardwright.dialects.answer import Answer, is_back_link, problem_with
from cardwright.dialects.table_columns import columns_named, name_of
from cardwright.wording import asks, is_answer_title, is_never_a_question
from cardwright.wording.records import names_a_record
from cardwright.wording.titles import (
    names_a_part,
    names_a_section,
    names_questions,
    names_terms,
)
from cardwright.wording.words import WORDS, Concept, alternatives, bare_words, concepts_of, phrases

LANGUAGES = [language for language in WORDS if language != "xx"]
CORE = tuple(Concept)[: tuple(Concept).index(Concept.ASKS)]
CONTRADICTIONS = [
    (Concept.QUESTION, Concept.ANSWER),
    (Concept.QUESTION, Concept.SOLUTION),
    (Concept.EXERCISE, Concept.SOLUTION),
    (Concept.FRONT, Concept.BACK),
    (Concept.TERM, Concept.DEFINITION),
    (Concept.TRUE, Concept.FALSE),
    (Concept.TRUE, Concept.WRONG),
    (Concept.RIGHT, Concept.WRONG),
    (Concept.RIGHT, Concept.FALSE),
    (Concept.HINT, Concept.ANSWER),
    (Concept.HINT, Concept.SOLUTION),
    (Concept.HINT, Concept.QUESTION),
    (Concept.ASKING_LETTER, Concept.ANSWERING_LETTER),
]
NAMED = [
    ("Answer", Concept.ANSWER),
    ("**Antworten:**", Concept.ANSWER),
    ("Réponse 3 :", Concept.ANSWER),
    ("✅ Ответ", Concept.ANSWER),
    ("الإجابة", Concept.ANSWER),
    ("参考答案：", Concept.ANSWER),
    ("정답", Concept.ANSWER),
    ("## ANSWER KEY", Concept.KEY),
    ("Cevap anahtarı", Concept.KEY),
    ("Question 12.", Concept.QUESTION),
    ("12. Pregunta", Concept.QUESTION),
    ("คำถาม", Concept.QUESTION),
    ("प्रश्न", Concept.QUESTION),
    ("Câu hỏi 3:", Concept.QUESTION),
    ("Tipp", Concept.HINT),
    ("💡 Подсказка", Concept.HINT),
    ("提示", Concept.HINT),
    ("Vorderseite", Concept.FRONT),
    ("Оборотная   сторона", Concept.BACK),
    ("Aufgabe 3", Concept.EXERCISE),
    ("Dowód", Concept.PROOF),
    ("Proof.", Concept.PROOF),
    ("用語", Concept.TERM),
    ("_Bedeutung_", Concept.DEFINITION),
    ("تلميح", Concept.HINT),
    ("תוכן עניינים", Concept.CONTENTS),
    ("Σωστό", Concept.RIGHT),
    ("Verdadero", Concept.TRUE),
    ("неверно", Concept.FALSE),
    ("Back to Top", Concept.TOP),
    ("待补充", Concept.TO_DO),
    ("Klausurfrage 3", Concept.QUESTION),
    ("過去問 3", Concept.QUESTION),
    ("Uzasadnienie:", Concept.EXPLANATION),
    ("Toelichting", Concept.EXPLANATION),
    ("Ratkaisu", Concept.SOLUTION),
    ("Rješenje 2", Concept.SOLUTION),
    ("Harjoitus 4", Concept.EXERCISE),
    ("Kunci jawaban:", Concept.ANSWER),
    ("İpucu", Concept.HINT),
    ("Cau hoi 3:", Concept.QUESTION),
    ("Odpoved:", Concept.ANSWER),
    ("Losung 2", Concept.SOLUTION),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_core_concept_and_words_that_ask(language: str) -> None:
    block = WORDS[language]

    missing = [concept.value for concept in CORE if concept not in block]
    assert not missing, f"[{language}] has no words for {', '.join(missing)}"
    assert {Concept.ASKS, Concept.ASKS_INSIDE} & {*block}


@pytest.mark.parametrize("language", WORDS)
def test_words_of_the_table_are_plain_lower_case_and_unique(language: str) -> None:
    for words in WORDS[language].values():
        assert len({*words}) == len(words)
        for word in words:
            assert word == unicodedata.normalize("NFC", word.lower())
            assert bare_words(word)
            assert re.search(r"[\\()\[\]|?*+^$:;]", word) is None


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
def test_no_word_of_any_language_contradicts_itself(one: Concept, other: Concept) -> None:
    assert sorted(phrases(one) & phrases(other)) == []


@pytest.mark.parametrize(("text", "concept"), NAMED)
def test_a_bare_phrase_names_its_concept(text: str, concept: Concept) -> None:
    assert concept in concepts_of(text)


@pytest.mark.parametrize(
    "text", ["", "3.", "Photosynthesis", "Answer the phone", "What is a hint?"]
)
def test_other_texts_name_nothing(text: str) -> None:
    assert concepts_of(text) == frozenset()


def test_every_word_is_matched_to_its_end() -> None:
    for concept in Concept:
        pattern = re.compile(rf"(?i){alternatives(concept)}")
        for words in WORDS.values():
            for word in words.get(concept, ()):
                match = pattern.match(word)
                assert match is not None
                assert match.end() == len(word)


def test_alternatives_ignore_case_and_the_width_of_spaces() -> None:
    pattern = re.compile(rf"(?i){alternatives(Concept.ANSWER, Concept.SOLUTION)}")

    assert pattern.fullmatch("ĐÁP \u00a0 ÁN")
    assert pattern.fullmatch("Musterlösung")
    longest = pattern.match("Answers")
    assert longest
    assert longest[0] == "Answers"
    assert not pattern.match("Hint")


ASKING = """
Vad gör ett blad
Dlaczego liście są zielone
Τι είναι φύλλο
มันคืออะไร
Aus welchen Teilen besteht ein Blatt
Inwiefern gleichen sich Blatt und Nadel
À quoi sert une racine
Énumérez les parties d'une feuille
Dibuje una hoja
Discorra sobre as raízes
A cosa serve una radice
Si descriva una foglia
Waaruit bestaat een blad
Z czego składa się liść
K čemu slouží kořen
Ange tre delar av ett blad
Из чего состоит лист
Отличия листа от корня
Для чого потрібен корінь
Yaprak nedir
Kökün görevlerini yazınız
Osmoz nedir
试述叶子的结构
请画图说明水的循环
何謂根
葉の構造について述べよ
예를 드시오
Trình bày cấu trúc của lá
Phân biệt lá và rễ
Berikan contoh daun
عرف الورقة
اذكر أجزاء الورقة
برگ را تعریف کنید
पत्ती के तीन भाग लिखिए
จงอธิบายโครงสร้างของใบ
Mikä on lehti
Čo je list
Objasniti ulogu korijena
Избройте частите на листа
Proszę opisać liść
Να αναφέρετε τα μέρη του φύλλου
"""
TELLING = """
Mit Haaren
Draw it
Definite articles
AI leaves
Định nghĩa
Mô tả
使用说明
比较运算符
Rozdíly
Kök ve yaprak
Bunu yapın
"""


@pytest.mark.parametrize("text", ASKING.strip().split("\n"))
def test_questions_are_known_by_their_words_in_each_language(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", TELLING.strip().split("\n"))
def test_titles_that_only_begin_alike_do_not_ask(text: str) -> None:
    assert not asks(text)


def test_titles_are_known_by_the_same_words() -> None:
    assert is_answer_title("Lösung")
    assert is_answer_title("Correct answer: B")
    assert not is_answer_title("Answers")
    assert is_never_a_question("Sammanfattning")
    assert is_never_a_question("Useful links")
    assert names_a_part("Dowód")
    assert names_a_section("Oefeningen")
    assert not names_a_section("Photosynthesis")


@pytest.mark.parametrize(
    "titles",
    [
        ("Question", "Answer"),
        ("Fråga", "Svar"),
        ("Exam question", "Model answer"),
        ("面试问题", "答案"),
        ("Vorderseite", "Rückseite"),
        ("Begrip", "Betekenis"),
        ("Key term", "Simple definition"),
        ("Svenska", "Engelska"),
        ("Słowo", "Znaczenie"),
        ("Όρος", "Ορισμός"),
        ("คำถาม", "คำตอบ"),
        ("คำ", "คำแปล"),
        ("Sana", "Merkitys"),
        ("Szó", "Fordítás"),
        ("Riječ", "Prijevod"),
        ("單字", "解釋"),
        ("Sigle", "Signification"),
    ],
)
def test_columns_are_known_by_the_same_words(titles: tuple[str, str]) -> None:
    columns = columns_named(tuple(map(name_of, titles)))

    assert columns is not None
    assert (columns.question, columns.answer) == (0, 1)


@pytest.mark.parametrize(
    "title",
    [
        "Klausurfragen",
        "Tentamenvragen",
        "過去問",
        "기출문제",
        "Sınav soruları",
        "生物练习题",
        "otazky",
    ],
)
def test_titles_of_questions_are_known(title: str) -> None:
    assert names_questions(title)


@pytest.mark.parametrize(
    "title",
    ["Wortschatz", "Fiszki", "Kartičky", "Szókincs", "Rječnik", "生词", "Γλωσσάρι", "מושגים"],
)
def test_titles_of_terms_are_known(title: str) -> None:
    assert names_terms(title)


@pytest.mark.parametrize("title", ["Danksagung", "Wnioski", "İçindekiler", "요약", "خاتمة"])
def test_titles_around_questions_are_known(title: str) -> None:
    assert is_never_a_question(title)


@pytest.mark.parametrize("text", ["folgt", "уточнить", "eklenecek", "chưa có", "未記入"])
def test_words_for_a_missing_answer_are_known(text: str) -> None:
    assert problem_with(text) is Answer.PLACEHOLDER


@pytest.mark.parametrize("text", ["Retour au sommaire", "Powrót do góry", "Başa dön", "回目录"])
def test_words_for_a_way_back_to_the_top_are_known(text: str) -> None:
    assert is_back_link(f"[{text}](#top)")


def test_columns_with_other_names_hold_no_questions() -> None:
    assert columns_named(("plant", "height")) is None
    assert columns_named(("no", "question")) is None


@pytest.mark.parametrize(
    "title",
    [
        "Changelog", "Privacy policy of the garden", "Garden: Terms of Use", "Vereinssatzung",
        "Statuts de l’association", "Протокол заседания комиссии", "利用規約（庭）", "隐私政策",
        "2024-05-01", "2024 05 01 Wednesday", "Travel diary", "Diary 2024", "Study plan",
    ],
)  # fmt: skip
def test_a_title_that_names_nothing_to_learn(title: str) -> None:
    assert names_a_record(title)


@pytest.mark.parametrize(
    "title",
    [
        "Diary studies", "The Diary of Anne Frank", "Style guide vocabulary", "Monetary policy",
        "Terms of use: FAQ", "TCP protocol", "Floor plan vocabulary", "Statistics",
        "2018 03 31 verbes courants", "Constitution", "Contract law",
    ],
)  # fmt: skip
def test_a_title_that_may_name_something_to_learn(title: str) -> None:
    assert not names_a_record(title)
