"""What the title of a fold says: that the answer is in it, a hint, or nothing of its own."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from cardwright.wording import bare_words, is_never_a_question

_LONGEST = 120


def _set(words: str) -> frozenset[str]:
    return frozenset(normalize("NFKC", words).split())


_ANSWER_WORDS = _set(
    """
    answer answers ans solution solutions respuesta respuestas solución soluciones réponse
    réponses corrigé antwort antworten lösung lösungen resposta respostas gabarito solução
    risposta risposte soluzione ответ ответы решение відповідь cevap cevabı çözüm odpowiedź
    rozwiązanie odpověď svar lời giải jawaban oplossing vastaus الإجابة الجواب الحل उत्तर 정답
    답변 답 해답 풀이 explanation explanations rationale reasoning explicación explication
    erklärung explicação spiegazione пояснение объяснение
    odpoveď odgovor odgovori răspuns răspunsul răspunsuri përgjigja përgjigje përgjigjia válasz
    javob yanıt câu trả đáp án відповіді адказ отговор одговор απάντηση คำตอบ เฉลย উত্তর
    คำตอบและคำอธิบาย คำอธิบาย الاجابة جواب پاسخ תשובה пояснення obrazloženje açıklama
    giải thích penjelasan пояснения flip
    """
)
_HINT_WORDS = _set(
    """
    hint hints tip tips clue clues nudge indice indices pista pistas dica dicas hinweis tipp
    suggerimento подсказка ipucu wskazówka 提示 ヒント 힌트
    """
)
_COMMON_WORDS = _set(
    """
    a an the to of key keys for here this your my our it and or in me if you need want first second
    third click tap press push hover show hide view see reveal check expand collapse open
    close toggle unfold read display find out get full complete correct right sample
    suggested possible model example official proposed detailed detail details more less all
    step steps part spoiler alert code output outputs result results expected console log
    logs snippet source sources script content contents table toc index list menu navigation
    summary notes note extra info optional image images picture screenshot diagram figure
    demo video preview request response json question questions exercise exercises problem
    task quiz number no reference references resources links implementation stuck ready help
    strong good ideal includes contains short brief quick concise breve breves corta cortas rápida
    rápidas kurze kurz brèves krótkie krótka краткий краткие кратко
    go ahead diff ver mostrar abrir la el las los una un correcta correcto ejemplo código
    índice más afficher voir cacher le les l une corrigée exemple anzeigen zeigen klicken
    card cards hier die der das zur zum beispiel inhalt inhaltsverzeichnis mehr o os as uma correta
    exemplo sumário mais clique aqui para mostra vedi clicca qui per esempio indice показать
    посмотреть открыть скрыть нажмите здесь чтобы увидеть код пример содержание оглавление
    подробнее правильный вывод göster görmek için tıkla pokaż zobacz xem hiển thị
    """
)
_CJK_ANSWER = re.compile(
    r"(?:.{0,20}(?:的|の|の正しい))?(?:点击|點擊|点此|展开|展開|查看|显示|顯示|参考|參考|正确|正確|标准|クリックして|を?見る|詳しい|模範)*"
    r"\s*(?:答案|解答例?|回答例?|解析|正解|答え|解説|題解|题解|정답|답변|답안|해답|해설|풀이|답)"
    r"(?:(?:与|與|和|及|と|및|/|＆|&|、|\s)*(?:答案|解答|解析|解説|説明|说明|해설|풀이))*"
    r"\s*(?:をクリック|を?(?:見る|表示)(?:する)?|を確認(?:する)?|(?:보기|확인(?:하기)?|펼치기|열기)|点击(?:展开|查看))?"
)
_CJK_FURNITURE = re.compile(
    r"(?:点击|點擊|点此|展开|展開|查看|显示|折叠|收起|更多|全部|完整|内容|目录|目錄|代码|程式碼|源码|示例|详情|詳情|详细|图片"
    r"|クリック|して|表示|開く|もっと見る|詳細|コード|例|を?見る|目次|더|보기|펼치기|접기|코드|목차|예시|\s)+"
)
_HINT = re.compile(r".{0,20}(?:提示|ヒント|힌트)")
_OF_SOMETHING = re.compile(
    r"(?i)\W*(?:(?:show|view|see|reveal|ver|voir)\s+)?(?:the\s+)?"
    r"(?:answers?|ans|solutions?|respuestas?|réponses?|antwort|lösung|resposta|risposta|ответ|решение|答案|解答|正解|答え|정답)"
    r"\s*(?:(?:q(?:uestion)?[ .]?|#)?\d{1,4}|[(（]?[a-h][)）]?)?\s*"
    r"(?:[:：–—-]\s*.{0,60}|(?:to|for|of|zu|de|du|da|к|на)\s+.{0,60}|[(（].{0,60}[)）])?\W*$"
)

_IN_BRACKETS = re.compile(r"(?<=\S)\s*[(（][^()（）]{0,20}[)）]\s*$")


@lru_cache(maxsize=1024)
def says_answer(title: str) -> bool:
    """Whether a title says that the answer follows and no more (``Show answer``, ``答案``)."""
    words = _words(title)
    if not words:
        return False
    bare = _words(_IN_BRACKETS.sub("", title))
    if _CJK_ANSWER.fullmatch(bare) or _OF_SOMETHING.fullmatch(title.strip()[:_LONGEST]):
        return not _asks_for(title)
    parts = words.split()
    return any(part in _ANSWER_WORDS for part in parts) and _all_known(parts)


def says_hint(title: str) -> bool:
    """Whether a title says that a hint follows (``Hint``, ``Need a hint?``, ``提示``)."""
    words = _words(title)
    parts = words.split()
    if any(part in _HINT_WORDS for part in parts):
        return _all_known(parts) and not any(part in _ANSWER_WORDS for part in parts)
    return bool(words) and _HINT.fullmatch(words) is not None


def says_nothing(title: str) -> bool:
    """Whether a title has no question of its own: contents, "Click to expand", "Output" …

    So has one that says answer or hint, and an empty one.
    """
    if len(title) > _LONGEST:
        return False
    words = bare_words(title)
    if not words or is_never_a_question(title) or says_answer(title) or says_hint(title):
        return True
    return _all_known(words.split()) or _CJK_FURNITURE.fullmatch(words) is not None


def _words(title: str) -> str:
    """The title in lower case without its marks; ``""`` when it is too long to be mere words."""
    return bare_words(title) if len(title) <= _LONGEST else ""


def _all_known(parts: list[str]) -> bool:
    return all(
        part in _COMMON_WORDS or part in _ANSWER_WORDS or part in _HINT_WORDS or part.isdigit()
        for part in parts
    )


def _asks_for(title: str) -> bool:
    return re.search(r"[?？]\s*$", title) is not None
