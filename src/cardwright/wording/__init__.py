"""How people word things: numbering, questions, and titles that are never a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cardwright.wording.words import bare_words as bare_words

_REMEMBERED = 4096
"""How many texts are remembered with what was read in them: every dialect asks the same of each."""
_QUESTION_WORD = (
    r"(?:questions?|ques?|quest|qn|q|frage|pregunta|pergunta|domanda|вопрос|soru|pytanie|vraag"
    r"|fråga|spørgsmål|spørsmål|otázka|питання|pitanje|întrebare(?:a)?|kérdés|savol|soal|pertanyaan"
    r"|câu(?: hỏi)?|คำถาม|سوال|প্রশ্ন|(?:ال)?سؤال|س|प्रश्न|问题|問題|题目|题|问|問|質問|질문|문제)"
)
_COUNTED_WORD = (
    rf"(?:{_QUESTION_WORD}|(?:interview|practice|exam|test|sample|review|bonus) question|mcq"
    r"|(?:面试|面試|算法|编程|算法编程|简答|問答|问答|思考|概念|场景|单选|多选|选择|判断|填空)题)"
)
"""What a question is called where it has a number."""
_SEPARATOR = r"(?:[.):：、．。）\]]|\\[.)])"
_LABEL = re.compile(
    # "Q7:", "Question 7. ", "Q.7)", "Q: "; a bare letter needs its separator, or "Q-learning" goes
    rf"(?i:\W{{0,3}}{_COUNTED_WORD}[ .#№-]{{0,3}}(?:no\.?\s*)?"
    r"(?P<number>\d{1,4}(?:\.\d{1,3})?)(?:\s?(?:/|of|von|de|из|sur)\s?\d{1,3}(?=\s?[:\uff1a]))?"
    r"(?:\s?[(\[][^()\[\]]{1,30}[)\]](?=\s?[*_]{0,2}\s?[:\uff1a]))?"
    rf"\s*(?:{_SEPARATOR}+(?=[^\x00-\x7f]|(?-i:[A-Z]))|[：．。、]|(?:{_SEPARATOR}+|[-–—|•·])(?=\s|\*|$)"
    # without a separator only before a capital: "Q8 vs. Q4" is a question about Q8
    rf"|(?=(?-i:\s+[^\sa-z])|\*|$))\s*"
    rf"|\W{{0,3}}{_QUESTION_WORD}\s*(?:{_SEPARATOR}+(?=\s|\*|$|[^\x00-\x7f])|：)\s*"
    r"|第\s*(?P<nth>\d{1,3})\s*[题題问問][.:：、]?\s*)"
)
_NUMBER = re.compile(
    r"(?:[#№]\s?|\(|\[)?(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})"
    r"(?:\s?(?:[.):：）\]]|\\[.)])+(?=\s|[^\x00-\x7f]|$|[A-Z*`_\"“(])|[、．。]|\s+[-–—](?=\s)"
    r"|(?:(?<=\d\.\d)|(?<=\d\.\d\d))(?=\s|\*\*\s))\s*"
    r"|[#№]\s?(?P<hash>\d{1,3})\s+(?=\S)"
    r"|(?P<cjk>[一二三四五六七八九十百]{1,4})[、.．]\s*"
    r"|(?P<keys>(?:\d\ufe0f?\u20e3)+|\U0001f51f)[.)、:]?\s*"
)
_BARE_NUMBER = re.compile(r"(?P<number>\d{1,3})\s+(?=[A-Z][^?]{0,300}\?)")
_CHECKBOX = re.compile(r"\[[ xX]\]\s+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A heading's text without its leading number and marker.

    ``number`` is the number as written (``3.1``), ``""`` when there is none; ``has_label`` says
    that a question word (``Q7:``) stood before the text.
    """

    text: str
    number: str = ""
    has_label: bool = False

    @property
    def ordinal(self) -> int | None:
        """The number, when it is a plain one."""
        return int(self.number) if self.number.isdigit() else None


@lru_cache(maxsize=_REMEMBERED)
def read_wording(text: str) -> Wording:
    """Take leading markers (``12.``, ``Q3:``, ``[x]``) from a question's text.

    Anchors, line breaks and links to the top around it go as well, and what only dresses the
    whole of it: bold, a link into the page.
    """
    bare = _undressed(text.strip())
    opening = re.match(r"(\*\*|__)(?=\S)", bare)
    emphasis = opening.group() if opening else ""
    bare = bare[len(emphasis) :]
    number, has_label = "", False
    for pattern in (_CHECKBOX, _LABEL, _NUMBER):
        match = pattern.match(bare)
        if match is None or (match.end() == len(bare) and pattern is _CHECKBOX):
            continue
        number = number or _number_of(match)
        has_label = has_label or pattern is _LABEL
        bare = bare[match.end() :]
    again = _NUMBER.match(bare)
    if again and number and _number_of(again) == number:
        bare = bare[again.end() :]
    if not number:
        number, bare = _bare_number(bare)
    if emphasis and bare.startswith(emphasis):
        bare = _BEHIND_LABEL.sub("", bare[len(emphasis) :])
        return Wording(bare.strip(), number, has_label)
    return Wording(_undressed((emphasis + bare).strip()), number, has_label)


_BEHIND_LABEL = re.compile(r"\A\s*(?:[:：|]|[.)](?=\s)|[-–—]+(?=\s))")
"""The sign behind a label that is bold alone, ``**Question 1**: What …``."""
_AROUND = r"<a\b[^<>]*>\s*</a>|<br\s*/?>|&nbsp;|\[[^\w\[\]]+\]\(#[^()]*\)"
_PICTURE = r"[\U0001f300-\U0001faff\u2600-\u27bf\u2b05-\u2bff\u25a0-\u25ff]"
_JOINERS = r"[\ufe0f\u200d\U0001f3fb-\U0001f3ff]"
_PICTURES = rf"(?:{_PICTURE}{_JOINERS}*)+"
_BEFORE = re.compile(
    rf"\A(?:(?:{_AROUND}|:[a-z0-9_+-]{{2,40}}:)\s*|{_PICTURES}\s+(?!(?:vs|and|or)\b))+(?=[^\W_]|[*_`\"'¿(<\[])"
)
_BEHIND = re.compile(
    rf"(?:\s*(?:{_AROUND})|(?<=[?？.)\s])(?<!vs\s)(?<!or\s)(?<!and\s)\s*{_JOINERS}*{_PICTURES})+$"
)
_DRESS = (
    re.compile(r"(?s)\*\*((?:(?!\*\*).)+)\*\*"),
    re.compile(r"(?s)__((?:(?!__).)+)__"),
    re.compile(r"(?i)<(?:b|strong|u|font|span)\b[^<>]*>([^<>]*)</(?:b|strong|u|font|span)>"),
    re.compile(r"\[([^\[\]]+)\]\(<?#[^()]*\)"),
)


def _undressed(text: str) -> str:
    """The text without anchors around it and without marks that stand around all of it."""
    if len(text) > _LONGEST_DRESSED:
        return text
    text = _BEHIND.sub("", _BEFORE.sub("", text))
    for dress in _DRESS:
        match = dress.fullmatch(text)
        text = match[1].strip() if match else text
    return text


_LONGEST_DRESSED = 1000


def _number_of(match: re.Match[str]) -> str:
    found = match.groupdict()
    keys = found.get("keys") or ""
    if keys:
        return "10" if keys == "\U0001f51f" else "".join(filter(str.isdecimal, keys))
    names = ("number", "nth", "hash", "cjk")
    return next((number for name in names if (number := found.get(name))), "")


def _bare_number(text: str) -> tuple[str, str]:
    """The number of ``2 What is a token?``, which only the question behind it makes one."""
    match = _BARE_NUMBER.match(text)
    if match is None or not _ASKS.match(text[match.end() :]):
        return "", text
    return match["number"], text[match.end() :]


_ASKS = re.compile(
    r"""(?ix)\W*(?:
    what(?:'s|’s|s)?|how|why|when|where|which|who|whose|whom|is|are|was|were|am|can|could|do|does
    |did|should|shall|will|would|have|has|may|might|must|if\ you|in\ (?:what|which)|to\ what
    |explain|describe|define|compare|contrast|discuss|list|name|give|state|differentiate
    |distinguish|differences?\ between|tell\ me|write|implement|mention|derive|prove|show|suppose
    |consider|calculate|compute|find|walk\ me|talk\ about|outline|summari[sz]e|identify|design
    |qué|que|cómo|como|cuál(?:es)?|cuándo|dónde|por\ qu[eé]|explique|explica|defina|define
    |o\ que|qua(?:l|is)|quando|onde|diferença
    |quel(?:le)?s?|comment|pourquoi|quand|où|qu['’]est|expliquez|définissez|est-ce
    |was|wie|warum|wann|wo|welche[rsnm]?|wer|weshalb|wozu|wieviele?|erkläre|nenne|beschreibe|definiere
    |(?:nennen|erklären|erläutern|beschreiben|definieren|begründen|berechnen|vergleichen)\ sie
    |перечислите|приведите|для\ чего|сколько|в\ ч[её]м
    |что|как(?:ие|ой|ая|ое|ов|ова|овы|ую)?|почему|зачем|когда|где|чем|расскажите|объясните|опишите|назовите
    |cosa|come|perch[eé]|quale|quali|spiega|nedir|nasıl|neden|niçin
    |czym|jak|dlaczego|kiedy|wat|hoe|waarom|apa|bagaimana|mengapa|jelaskan
    )\b"""
)
_ASKS_ANYWHERE = re.compile(
    r"说一下|讲一下|讲讲|聊聊|描述|列举|解释|介绍|哪几|几种|哪里|何时|能否|有何|对比|异同|优缺点"
    r"|什么|甚麼|什麼|如何|为什么|為什麼|怎么|怎麼|怎样|哪些|哪个|哪種|哪种|是否|多少|吗\s*$|呢\s*$"
    r"|ください|下さい|お願いします|でしょうか|ますか|ですか|인가요|나요|까요|주세요|하시오|이유"
    r"|区别|區別|简述|說說|说说|谈谈|解释一下|介绍一下|とは|なぜ|どう|何(?:です)?か|違い"
    r"|무엇|왜|어떻게|차이|설명|là gì|như thế nào|क्या|कैसे|क्यों"
    r"|ما هو|ما هي|ما الفرق|كيف|لماذا|ماذا|متى|اشرح"
)
_TELLS = re.compile(
    r"(?i)(?:why|how|what|when|where)\s+i\b(?!['’]?\s+(?:can|could|should|may|must)\b)"
)
"""``Why I left``, the title of an essay, which only a question mark would make a question."""
_LONGEST_OPENING = 300
_QUESTION_MARK = re.compile("[?？؟⁇]")
_UNREAD = re.compile(r"`[^`\n]*`|https?://[^\s?]*\?(?=[\w&=%])[^\s)\]>]*")
_BEFORE_WORDS = re.compile(r"[^\w¿]+")


@lru_cache(maxsize=_REMEMBERED)
def asks(text: str) -> bool:
    """Whether a text reads like a question: a question mark, or the words of one.

    A mark in code or in an address (``/leaf?id=3``) asks nothing.
    """
    if _QUESTION_MARK.search(text) and _QUESTION_MARK.search(_UNREAD.sub(" ", text)):
        return True
    text = text[:_LONGEST_OPENING]
    before = _BEFORE_WORDS.match(text)
    bare = text[before.end() :] if before else text
    if _TELLS.match(bare):
        return False
    return bare.startswith("¿") or bool(_ASKS.match(bare) or _ASKS_ANYWHERE.search(text))


_NEVER = frozenset(
    """
    table of contents|contents|content|toc|index|on this page|summary|conclusion|conclusions
    |introduction|intro|preface|foreword|about|about me|about the author|about this repo
    |related links|related|related posts|related articles|related topics|related concepts
    |related resources|next steps|links|useful links
    |references|reference|bibliography|citations|sources|source|resources|useful resources
    |other resources|additional resources|learning resources|further reading|read more
    |recommended reading|see also|other answers|contributing|contribution|contributions
    |how to contribute|contributors|authors|author|maintainers|license|licence|licensing
    |credits|acknowledgements|acknowledgments|acknowledgement|thanks|footer|disclaimer|support
    |support me|sponsors|sponsor|backers|donate|back to top|changelog|feedback|contact
    |contact me|connect with me|star history|stargazers|show your support|q a|qa|q and a
    |questions|question|interview questions|questions and answers|faq|faqs|answers|notes
    |frequently asked questions|よくある質問|関連ドキュメント|関連記事|常见问题|常見問題
    |자주 묻는 질문|preguntas frecuentes|perguntas frequentes|часто задаваемые вопросы
    |navigation|navegación|navegação|home|key takeaways|takeaways|개요|소개|概述|概要|はじめに
    |目录|目錄|参考|参考资料|参考文献|參考資料|参考链接|总结|小结|總結|结语|写在最后|前言|引言|相关链接
    |相关文章|推荐阅读|延伸阅读|更多|贡献|贡献者|许可证|目次|参照|まとめ|참고|목차|차례
    |inhalt|inhaltsverzeichnis|zusammenfassung|quellen|literatur|einleitung|sommaire
    |table des matières|références|conclusão|referências|sumário|introdução|índice
    |tabla de contenidos|contenido|referencias|conclusión|introducción|resumen|résumé|resumo
    |содержание|оглавление|ссылки|литература|источники
    |заключение|введение|полезные ссылки|فهرست|المراجع|المحتويات|içindekiler|kaynaklar|spis treści
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


ANSWER_WORDS = (
    r"(?:respuesta|réponse|antwort|resposta|risposta|antwoord|svar|vastaus|odpowiedź|odpověď"
    r"|odpoveď|odgovor|răspuns(?:ul)?|përgjigj(?:a|e|ja|je|ia)|válasz|javob|jawaban|cevap|cevabı|yanıt"
    r"|đáp án|câu trả lời|trả lời|ответ|відповідь|адказ|отговор|одговор|απάντηση|คำตอบ|เฉลย|उत्तर"
    r"|উত্তর|الإجابة|الاجابة|الجواب|جواب|پاسخ|תשובה|答案|答え|正解|(?:模範)?解答(?:の要点|のポイント|例)?|回答|答|정답|답변|답)"
)
"""How languages other than English say "answer", for a pattern that ignores case."""
ANSWER_LABEL = re.compile(
    r"(?i)[\s>*_#-]{0,12}(?:(?:correct |model |sample |ideal )?answer|ans|solution|lösung|решение"
    rf"|{ANSWER_WORDS})s?[*_ ]{{0,4}}[:：]"
)
"""The label of an answer at the begin of a line: ``**Answer:**``, ``> Ans:``."""
RIGHT_BEFORE = (
    r"(?:correct|right|richtige|juiste|rätt|poprawna|správná|ispravan|tačan|doğru|правильный"
    r"|правильна|верный|вірна|bonne|la bonne|正确|正確|参考|標準|标准)"
)
RIGHT_BEHIND = r"(?:correct[aeo]?s?|corretta|correta|certa|corect|e saktë|yang benar|đúng|الصحيحة)"
"""What says, before or behind that word, that an answer is the right one."""
_ANSWER_TITLE = re.compile(
    r"(?i)\W*(?:(?:my|our|book|short|long|full|model|sample|suggested|detailed|ideal|best)\s+)?"
    rf"(?:{RIGHT_BEFORE}\s*)?(?:answer|ans|sol|solution|explanation|решение|解析|{ANSWER_WORDS})"
    rf"(?:\s+{RIGHT_BEHIND})?\W*(?:[a-h]\W*)?$"
    r"|\W*(?:ans|answer)\s*\d*\s*(?:[:：]|\.(?=\s)|:-)\s*\S"
)


def is_answer_title(text: str) -> bool:
    """Whether a heading or a summary says only that the answer follows (``Answer: C``)."""
    return len(text) < _LONGEST_OPENING and _ANSWER_TITLE.match(text) is not None


def is_never_a_question(text: str) -> bool:
    """Whether a heading is one of those around the questions: contents, summary, references …"""
    return bare_words(text) in _NEVER
