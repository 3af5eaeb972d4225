"""Which option a line names as the right one: ``Answer: B``, ``**Correct answer:** a and c``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.wording import ANSWER_WORDS, RIGHT_BEFORE, RIGHT_BEHIND


@dataclass(frozen=True, slots=True)
class Named:
    """The letters that a line names, as the options write them, and where its rest begins."""

    labels: tuple[str, ...]
    end: int


_WORD = (
    r"(?:(?:the\s+)?(?:correct|right|best|expected)?\s*"
    r"(?:answers?|ans|solution|options?|choice)|correct|answer\s+key|key|gabarito"
    r"|(?:la\s+)?(?:respuestas?|opción)(?:\s+correctas?)?"
    r"|(?:a\s+)?(?:resposta|alternativa)(?:\s+correta)?"
    r"|(?:la\s+)?(?:bonne\s+)?réponses?(?:\s+correctes?)?"
    r"|(?:richtige\s+)?(?:antwort(?:en)?|lösung)|risposta(?:\s+corretta)?"
    r"|(?:правильный\s+)?ответ|(?:poprawna\s+)?odpowiedź|(?:doğru\s+)?cevap|jawaban"
    r"|đáp án(?:\s+đúng)?"
    r"|(?:正确|正確|参考|標準|标准)?(?:答案|选项|選項)|正解|答え|解答|(?:정답|답)"
    rf"|(?:{RIGHT_BEFORE}\s*)?{ANSWER_WORDS}(?:\s+{RIGHT_BEHIND})?)"
)
_BEFORE = r"[\s>#*_(\[【✅✔☑➡👉💡\ufe0f+-]*"
_OPENING = re.compile(
    rf"(?i){_BEFORE}(?P<word>{_WORD}(?:\s*\(s\))?"
    r"(?:\s*(?:is|are|es|son|est|ist|é|è|是|为|為|は|هي|هو|الخيار(?:\s\w+)?)(?=\W))*"
    r"(?:[:：*_\s]{1,6}the\s+(?:correct|right)\s+(?:answer|option|choice)\s+is(?=\W))?)"
    r"[\s:：*_=(\[.`】–—-]*(?:(?:option|choice|letter|answer)s?\s+|[选選]\s*)?[*_(\[`]*"
)
_BARE = re.compile(rf"(?i){_BEFORE}(?:(?:option|choice)\s+)?`?")
_LETTER = re.compile(r"[A-Za-z](?![A-Za-z0-9'’])")
_MORE = re.compile(
    r"(?i)[*_`)\]]*(?:\s*(?:,|;|/|&|\+|>|[-=]>|→|⇒|、|，|\band\b|\bund\b|\bet\b|\by\b|\be\b"
    r"|和|及|と|и)+\s*(?:and\s+)?|[-–](?=\w))[*_`(\[]*"
)
_GLUED = re.compile(r"[A-Z]{2,26}(?![A-Za-z0-9])")
_LEFT = re.compile(r"[A-Za-z][*_`)\]]*\s*(?:$|[,;.>→)]|[-=]>|[-–](?=\w))")
"""A letter that would go on with an enumeration."""
_LONGEST = 300


def named(text: str, labels: Sequence[str] = "ABCDEFGH", *, is_said: bool = True) -> Named | None:
    """What a line names of the options ``labels``; ``None`` for a line that names none.

    The letters are in the order of the line. With ``is_said`` it has to say that this is the
    answer, else a letter and no sentence is enough, as the first line of what is known to be the
    answer. A line that names a letter twice, or one that is no option, names none.
    """
    head = text[:_LONGEST]
    opening = _OPENING.match(head)
    if opening is None and is_said:
        return None
    match = opening or _BARE.match(head)
    at = match.end() if match else 0
    known = {label.upper(): label for label in labels}
    glued = _GLUED.match(head, at)
    if glued and len(set(glued.group())) == len(glued.group()) <= len(known):
        found = [*glued.group()]
        at = glued.end()
    else:
        found = []
        for letter, end in _letters(head, at):
            found.append(letter)
            at = end
        more = _MORE.match(head, at) if found else None
        if more and _LEFT.match(head, more.end()):
            return None
        if len(found) == 1 and not _is_alone(found[0], head[at:], opening is not None):
            return None
    if not found or any(letter.upper() not in known for letter in found):
        return None
    return Named(tuple(known[letter.upper()] for letter in found), at)


def naming_line(texts: Sequence[str], at: int, labels: Sequence[str] = "ABCDEFGH") -> int | None:
    """The line that names an option, ``at`` itself or the one below where ``at`` is a bare label.

    ``None`` where ``at`` says nothing of the kind. Lines count from 0.
    """
    if named(texts[at], labels):
        return at
    opening = _OPENING.match(texts[at][:_LONGEST])
    if opening is None or texts[at][opening.end() :].strip(" *_:\t"):
        return None
    below = range(at + 1, min(at + 3, len(texts)))
    first = next((number for number in below if texts[number].strip()), None)
    return first if first is not None and named(texts[first], labels, is_said=False) else None


def _letters(text: str, at: int) -> Iterator[tuple[str, int]]:
    """The different letters of an enumeration, each with the offset behind it."""
    seen = ""
    while letter := _LETTER.match(text, at):
        is_same_case = not seen or letter.group().isupper() == seen.isupper()
        if letter.group() in seen or not is_same_case:
            return
        seen += letter.group()
        yield letter.group(), letter.end()
        more = _MORE.match(text, letter.end())
        if more is None:
            return
        at = more.end()


def _is_alone(letter: str, rest: str, is_said: bool) -> bool:
    """Whether a letter stands for an option, and is not the first word of a sentence."""
    if re.match(r"[*_`]*\s*(?:$|[.):：、，,;\]）=(（]|[–—-]\s|[*_]{2}|[^\x00-\xff])", rest):
        return True
    if not is_said or letter == "a":
        return False
    # "Answer: A leaf" is a sentence, "Answer: A The leaf" and "Answer: B because" are not.
    return (
        letter != "A" or re.match(r"\s+(?:[A-Z(`]|(?:and|because|since|is|as)\b)", rest) is not None
    )


_LISTED_LETTER = re.compile(
    r"(?i)\s*(?:[-*+]\s+)?\W*(?P<label>[a-h])\b[\s).:–—-]*(?P<mark>correct|right|true|✅|✓|✔)?\W*$"
)


def marked_letters(texts: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The letters that are marked as right where the back lists all of them again."""
    rows = [text for text in texts if text.strip()][: len(labels)]
    found = [_LISTED_LETTER.match(row[:80]) for row in rows]
    letters = [match["label"] for match in found if match]
    if len(labels) < 2 or sorted(letters) != sorted(labels):
        return []
    return [match["label"] for match in found if match and match["mark"]]
