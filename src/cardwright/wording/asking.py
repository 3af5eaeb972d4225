"""Recognises how people word questions: a number, a label, and words that ask."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from cardwright.wording.signs import (
    BOLD_SIGN,
    BOX,
    COLON,
    COLONS,
    DOTS,
    KEY_CAPS,
    LETTERED,
    LETTERS,
    LISTED,
    QUESTION_MARK,
    QUESTION_MARKS,
    TICK_BOX,
    has_question_mark,
)
from cardwright.wording.words import (
    Concept,
    alternatives,
    bare_words,
    first_words,
    lazy_pattern,
    may_begin,
    phrases,
    unspaced,
)

_WORD = rf"(?:{alternatives(Concept.QUESTION)}|[qس问問题題])"
"""The word "question" in a label. Other letters have other meanings before a number."""
_OF = alternatives(Concept.OF)
_SEPARATOR = rf"(?:[.){COLONS}、．。）\]]|\\[.)])"
_LABEL = lazy_pattern(
    # "Q7:", "Question 7. ", "Q.7)", "Q: "; a bare letter needs its separator, or "Q-learning" goes
    rf"(?i:\W{{0,3}}{_WORD}[ .#№-]{{0,3}}(?:no\.?\s*)?"
    rf"(?P<number>\d{{1,4}}(?:\.\d{{1,3}})?)(?:\s?(?:/|{_OF})\s?\d{{1,3}}(?=\s?{COLON}))?"
    rf"(?:\s?[(\[][^()\[\]]{{1,30}}[)\]](?=\s?[*_]{{0,2}}\s?{COLON}))?"
    rf"\s*(?:{_SEPARATOR}+(?=[^\x00-\x7f]|(?-i:[A-Z]))|[：．。、]|:(?=[a-z])|(?:{_SEPARATOR}+|[-–—|·{DOTS}])(?=\s|[*_]|$)"
    # without a separator only before a capital: "Q8 vs. Q4" is a question about Q8
    rf"|(?=(?-i:\s+[^\sa-z])|[*_]|$))\s*"
    rf"|\W{{0,3}}{_WORD}\s*(?:{_SEPARATOR}+(?=\s|[*_]|$|[^\x00-\x7f])|：|:(?=(?-i:[A-Z])))\s*"
    rf"|第\s*(?P<nth>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*[题題问問][.{COLONS}、]?\s*)"
)
_NUMBER = re.compile(
    r"(?:[#№]\s?|[-–—]\s+|[(\[](?=[\d.]+\s?[)\]]))?(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})"
    rf"(?:[ºª]?\s?(?:[.){COLONS}）\]]|\\[.)])+-?(?=\s|[^\x00-\x7f]|$|[A-Z*`_\"“(])|[、．。]|\s+[-–—](?=\s)"
    rf"|(?:(?<=\d\.\d)|(?<=\d\.\d\d))(?=\s|{BOLD_SIGN}\s))\s*"
    rf"|[#№]\s?(?P<hash>\d{{1,3}})(?:\s{{0,3}}\([^()]{{1,30}}\)[.{COLONS}]\s*|\s+(?=\S))"
    r"|(?P<cjk>[一二三四五六七八九十百]{1,4})[、.．]\s*"
    rf"|(?P<keys>{KEY_CAPS})[.)、:]?\s*"
    r"|(?=[(\[](?P<of_topic>\d{1,3}(?:\.\d{1,3}){0,4})\s+[-–—]\s)"  # "[1.1 — Leaves]" stays
    # in these forms people count parts of an answer, too, so they say nothing about questions
    rf"|\d{{1,2}}(?:-\d{{1,2}}){{1,2}}\.\s*(?=\D)|[Ⅰ-Ⅻ]+\s?[.、．){COLONS}-]+\s*"
    r"|[①-⑳][.、．]?\s*(?![和与及])(?=\S)"
)
_CHECKBOX = re.compile(rf"{BOX}\s+(?=\S)")
_INTERVIEWER = lazy_pattern(rf"(?i){alternatives(Concept.INTERVIEWER)}\s?{COLON}\s*(?=\S)")


class Wording(NamedTuple):
    """A heading's text without its leading number and marker.

    ``number`` is the number as written (``3.1``), or ``""``. ``has_label`` says that a question
    word (``Q7:``) was before the text.
    """

    text: str
    number: str = ""
    has_label: bool = False

    @property
    def ordinal(self) -> int | None:
        """The number, if it is a plain one."""
        return int(self.number) if self.number.isdigit() else None


@lru_cache(maxsize=32_768)  # every dialect asks the same of each text
def read_wording(text: str) -> Wording:
    """Take leading markers (``12.``, ``Q3:``, ``[x]``, ``Interviewer:``) from a question's text.

    Anchors, line breaks and links to the top around it are removed, too. So are marks around the
    whole text: bold, a link into the page, or the quotation marks of a question.
    """
    bare = _undressed(text.strip())
    tagged = _TAGGED_LABEL.match(bare) if bare.startswith("<") else None
    if tagged:
        found = read_wording(f"**{tagged['label']}**{bare[tagged.end() :]}")
        return found if found.number or found.has_label else Wording(bare)
    emphasis = bare[:2] if bare.startswith(("**", "__")) and bare[2:3].strip() else ""
    if not emphasis and bare.startswith(("[", "*", "_")) and _WHOLE.fullmatch(bare):
        emphasis = bare[0]
    bare = bare[len(emphasis) :]
    number, has_label = "", False
    for pattern in () if _is_plain(bare) else (_CHECKBOX, _LABEL, _NUMBER, _INTERVIEWER):
        match = pattern.match(bare)
        if match:
            number = number or _number_of(match)
            has_label = has_label or pattern is _LABEL
            bare = bare[match.end() :]
    if emphasis and bare.startswith(emphasis):
        bare = _BEHIND_LABEL.sub("", bare[len(emphasis) :])
        return Wording(bare.strip(), number, has_label)
    return Wording(_undressed((emphasis + bare).strip()), number, has_label)


_TAGGED_LABEL = re.compile(r"(?i)<(b|strong|u|em|i)>\s*(?P<label>[^<>*]{1,300}?)\s*</\1>(?=\s*\S)")
"""The label of a question in HTML, maybe with all of its text: ``<b>Q1.</b> What …``."""
_WHOLE = re.compile(r"\[[^\[\]]{1,1000}\]\([^()\s]*\)|([*_])(?=[^\s*_])[^*_]{1,1000}\1")
"""A text that is one link, or in italics. They stay around it when its number goes."""
_LABELS = phrases(Concept.QUESTION, Concept.INTERVIEWER)
_LABEL_WORDS = ("q", *{phrase.split()[0] for phrase in _LABELS})


def _is_plain(text: str) -> bool:
    """Whether a text begins with an ordinary word, and so with no number and no label."""
    first = text[:1]
    return first.isascii() and first.isalpha() and not text[:40].lower().startswith(_LABEL_WORDS)


_BEHIND_LABEL = re.compile(rf"\A\s*(?:[{COLONS}|]|[.)](?=\s)|[-–—]+(?=\s))")
"""The sign after a label that is bold alone, ``**Question 1**: What …``."""
_AROUND = r"<a\b[^<>]*>\s*</a>|<br\s*/?>|&nbsp;|(?<!!)\[\]\([^()\s]*\)|\[[^\w\[\]]+\]\(#[^()]*\)"
_JOINERS = r"[\ufe0f\u200d\U0001f3fb-\U0001f3ff]"
PICTURES = rf"(?:[\U0001f300-\U0001faff\u2600-\u27bf\u2b05-\u2bff\u25a0-\u25ff]{_JOINERS}*)+"
_BEFORE = re.compile(
    rf"\A(?:(?:{_AROUND}|:[a-z0-9_+-]{{2,40}}:)\s*|{PICTURES}\s+(?!(?:vs|and|or)\b))+(?=[^\W_]|[*_`\"'¿(<\[])"
)
_BEHIND = re.compile(
    rf"(?:\s*(?:{_AROUND})|(?<=[{QUESTION_MARKS}.)\s])(?<!vs\s)(?<!or\s)(?<!and\s)\s*{_JOINERS}*{PICTURES})+$"
)
_DRESS = (
    re.compile(r"(?s)(\*{2,4})((?:(?!\*\*).)+)\1"),
    re.compile(r"(?s)__((?:(?!__).)+)__"),
    re.compile(r"==((?:(?!==).)+)=="),
    re.compile(r"(?i)<(b|strong|u|mark|font|span)\b[^<>]*>([^<>]*)</\1>"),
    re.compile(r"\[([^\[\]]+)\]\(<?#[^()]*\)"),
    re.compile(rf"[\"“„«「]([^\"“”„«»「」]+{QUESTION_MARK})[\"”“»」]"),
)


def _undressed(text: str) -> str:
    """Return the text without anchors around it and without marks around all of it."""
    if len(text) > 1000:
        return text
    if text[:1] in _OPENS_DRESS or _may_be_picture(text[:1]):
        text = _BEFORE.sub("", text)
    last = text[-1:]
    if last in _CLOSES_DRESS or (last == ")" and "](" in text) or _may_be_picture(last):
        text = _BEHIND.sub("", text)
    for dress in _DRESS if text[:1] in _OPENS_DRESS else ():
        match = dress.fullmatch(text)
        text = match[match.lastindex or 0].strip() if match else text
    return text


_OPENS_DRESS, _CLOSES_DRESS = '<&[:*_="“„«「', ">;\u200d"
"""Markup around a text starts and ends with these, with a link, or with a picture."""


def _may_be_picture(sign: str) -> bool:
    """Whether a character is none of the letters that most texts begin and end with."""
    return "\u24ff" < sign < "\u2e80" or sign > "\ufdff"


def _number_of(match: re.Match[str]) -> str:
    found = match.groupdict()
    if keys := found.get("keys"):
        return "10" if keys == "\U0001f51f" else "".join(filter(str.isdecimal, keys))
    return next(filter(None, found.values()), "")


_ASKS = lazy_pattern(
    # "Can – to be able" is a term
    rf"(?i)\W*{alternatives(Concept.ASKS, Concept.STEPS)}\b(?![*_`]{{0,3}}\s+[-–—]\s)"
)
_ASKING_WORDS = first_words(Concept.ASKS, Concept.STEPS)
_ASKS_INSIDE = lazy_pattern(alternatives(Concept.ASKS_INSIDE))
_LAST_WORDS, _FAR = phrases(Concept.ASKS_AT_END), 40
_ENDS_ASKING = re.compile(r"(?:[吗呢]|(?:이|[a-z)\s]|[가-힣]{3})란)$")
"""For text in lower case. None of these words is written in ASCII. ``란`` asks what a word is."""
_TELLS = re.compile(
    r"(?i)(?:why|how|what|when|where)\s+(?:i|you|we|they|it|this)\s"
    r"(?!\s*(?:can|could|should|may|must|is|are|was|were)\b)"
    r"|(?:when|where)\s+(?:the|an?|there|he|she|these|those)\s"
)
"""Titles and answers: ``Why I left``, ``When the sun sets``. With a "?" they would ask."""
_UNREAD = re.compile(
    rf"\A\W*{QUESTION_MARK}(?=\s)|`[^`\n]*`|https?://[^\s?]*\?(?=[\w&=%])[^\s)\]>]*|[(\[（'\"‘“]{QUESTION_MARK}+[)\]）'\"’”]"
)


@lru_cache(maxsize=32_768)
def asks(text: str) -> bool:
    """Whether a text reads like a question: a question mark, or the words of one.

    A mark in code, in an address (``/leaf?id=3``) or alone in brackets or quotes asks nothing, and
    neither does one before all words.
    """
    if has_question_mark(text) and has_question_mark(_UNREAD.sub(" ", text)):
        return True
    bare = text[:300]
    bare = bare if bare[:1].isalnum() else re.sub(r"^[^\w¿]+", "", bare)
    last = bare_words(bare[-_FAR:]).rpartition(" ")[2]
    if bare.startswith("¿") or last in _LAST_WORDS:
        return True
    if may_begin(_ASKING_WORDS, bare):
        if _TELLS.match(bare):
            return False
        if _ASKS.match(bare):
            return True
    bare = "" if bare.isascii() else bare.lower().rstrip()
    return (_ASKS_INSIDE.search(bare) or _ENDS_ASKING.search(bare[-4:])) is not None


def says_to_choose(text: str) -> bool:
    """Whether a text, or what is after its question mark, says to choose: ``(Select ONE.)``.

    In Japanese and Korean, the verb is at the end: ``一つ選びなさい``.
    """
    *_, last = re.split(QUESTION_MARK, text)
    is_short = len(last) < _LONGEST_INSTRUCTION
    return (is_short and _CHOOSES.match(last) is not None) or (
        not text.isascii() and _ENDS_CHOOSING.search(text[-_LONGEST_INSTRUCTION:]) is not None
    )


_LONGEST_INSTRUCTION = 80
_CHOOSES = lazy_pattern(rf"(?i)[\s*_(\[（【]*{alternatives(Concept.CHOOSES)}(?![a-zà-я])")
_ENDS_CHOOSING = lazy_pattern(
    rf"(?:{unspaced(Concept.CHOOSES)})\W*(?:[(（\[][^()（）\[\]]*[)）\]]\W*)?$"
)


def sets_a_task(text: str) -> bool:
    """Whether a text asks, or sets a task as an exercise does: "Show that", "Let"."""
    return asks(text) or _ORDERS.search(text[:_LONGEST]) is not None


_LONGEST = 3000
_ORDERS = lazy_pattern(
    rf"(?i)(?:^|[.:;,)\]}}$*]\s|\n)[\s*_&;nbp>]{{0,20}}{alternatives(Concept.ORDERS)}\b|{unspaced(Concept.ORDERS)}"
)


def goes_on_asking(answer: str) -> bool:
    """Whether the first lines of an answer tell what to do: the question has several lines."""
    lines = [line for line in answer.split("\n") if line.strip()][:_FIRST_LINES]
    return any(says_to_choose(line) or sets_a_task(line) for line in lines)


_FIRST_LINES = 3


def offers_more(line: str) -> bool:
    """Whether a line offers more to the reader, as an assistant does: "If you want, I can"."""
    return _OFFERS.match(line[:_LONGEST_OFFER]) is not None


_LONGEST_OFFER = 120
_OFFERS = lazy_pattern(
    r"(?i)\W*(?:(?:would you like|do you want) me to|let me know (?:if|what|which)|just tell me"
    r"|if you(?:['’]d| would)? (?:like|want),? i can|si quieres,? puedo|se quiser,? posso"
    r"|wenn du (?:willst|möchtest),? kann ich|si tu veux,? je peux|如果你(?:想|需要|愿意))"
)


def advises(text: str) -> bool:
    """Whether a heading says what one should do: "Avoid globals", "Never use it"."""
    return _ADVISES.match(text) is not None


_ADVISES = lazy_pattern(
    rf"(?i)\W*{alternatives(Concept.ADVISES)}\s+\S"
    rf"|.{{0,60}}(?:{unspaced(Concept.ADVISES)})(?!.{{1,60}}的\w{{1,4}}\W*$)"
)
"""``避免死锁的方法`` ("ways to avoid a deadlock") names something."""


def words_of_front(front: str) -> Set[str]:
    """Return the bare words of a front in the lock, with and without its options."""
    return {bare_words(front), bare_words(stem_and_options(front)[0])} - {""}


def stem_and_options(front: str) -> tuple[str, Sequence[str]]:
    """Return a front in the lock without its options, and two or more options without labels."""
    stem, *options = _OPTION_OF_FRONT.sub("\n", front).split("\n")
    is_in_code = stem.count("`") % 2 == 1
    return (front, ()) if len(options) < 2 or is_in_code else (stem, options)


_OPTION_OF_FRONT = lazy_pattern(
    rf"(?<=\S)\s+(?:{LISTED}\s+)?(?:{TICK_BOX}|{LETTERED}|{LISTED}(?:\s[{LETTERS}][{COLONS}])?)\s"
)
