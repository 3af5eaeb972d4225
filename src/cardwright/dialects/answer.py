"""Judges whether a text answers (``TODO`` does not), and which of its lines do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.text.span import Span, cut
from cardwright.wording import asks, bare_words, is_answer_title
from cardwright.wording.signs import (
    BOX,
    BULLET,
    COLON,
    COLONS,
    FENCE,
    FENCES,
    HASHES,
    ITEM,
    LETTERED,
    LISTED,
    PAGE_BREAK,
    PAGE_TAG,
    QUESTION_MARK,
    QUESTION_MARKS,
    ends_asking,
    has_question_mark,
    has_word,
    is_rule,
)
from cardwright.wording.titles import answer_in
from cardwright.wording.words import Concept, alternatives, lazy_pattern, phrases

_BACK_TO_TOP = lazy_pattern(
    r"(?i)(?:back|return|go|jump|scroll)\s*(?:up\s*)?to\s*(?:the\s*)?"
    r"(?:top|toc|contents|table of contents|index|list|questions|menu)"
    rf"|^\W*(?:top|toc|up|index)\W*$|^[^\w]*[⬆↑🔝⏫▲🔼☝⇧↥][^\w]*$|{alternatives(Concept.TOP)}"
)
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])"
)
_TAG = re.compile(r"<!--[^<>]{0,500}-->|</?[a-zA-Z][^<>]*>")
_NOTE_LINK = re.compile(
    r"(?i)!?\[\[(?![^\[\]]*\.(?:png|jpe?g|gif|svg|webp|avif|bmp|excalidraw)\b)[^\[\]]+\]\]"
)
_URL = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?")
_PLACEHOLDERS = phrases(Concept.TO_DO, Concept.ANSWER)
_LONGEST_TO_DO = 80
_TO_DO = re.compile(
    rf"[\s>*_+/#-]*(?:TODO|FIXME|TBD)(?:\b[*_]*\s*[{COLONS}(–—-]"
    r"|\s+(?!(?:is|are|means?|stands?|marks?)\b|[=:,]))"
)
"""A note to oneself, but not a sentence about the word."""
_LABEL_ALONE = re.compile(rf"[\s*_>]*[^\n{COLONS}]{{1,40}}{COLON}[\s*_]*")
_ANNOUNCING = (Concept.LINK, Concept.SMALL, Concept.DETAILS)
_REPLYING = (Concept.ANSWER, Concept.SOLUTION, Concept.EXPLANATION)
_LINK_WORDS = frozenset(" ".join(phrases(*_ANNOUNCING, *_REPLYING, Concept.MODEL)).split())


class Answer(Enum):
    """What is under a question."""

    REAL = "an answer"
    EMPTY = "nothing"
    PLACEHOLDER = "a placeholder"
    LINKS = "only links"
    QUESTIONS = "only further questions"
    OPTIONS = "only options to choose from"
    CONTENTS = "a table of contents"


def kept_lines(lines: Sequence[str]) -> Sequence[int]:
    """Return the indices of the lines that belong to the answer.

    Links back to the top never do. Blank lines, rules, comments, line breaks and empty list markers
    do not at either end. Lines in fenced code always do.
    """
    kept = _without_back_links(lines)
    first, last = 0, len(kept)
    while first < last and is_furniture(lines[kept[first]]):
        first += 1
    while last > first and is_furniture(lines[kept[last - 1]]):
        last -= 1
    return kept[first:last]


def answer_text(lines: Sequence[str], span: Span) -> str:
    """Return the text of a span that is an answer. ``lines`` are those of the file."""
    is_whole = span.column == 1 and not span.until and not span.quotes
    rows = lines[span.start - 1 : span.end - 1]
    if not is_whole:
        rows = [line.text for line in cut(lines, span)]
    return "\n".join(map(rows.__getitem__, kept_lines(rows)))


def holds_text(lines: Sequence[str]) -> bool:
    """Whether any of the lines is kept."""
    first = next((line for line in lines if not is_furniture(line)), "")
    if "](" in first or "<" in first:
        return bool(kept_lines(lines))
    return bool(first)


def _without_back_links(lines: Sequence[str]) -> Sequence[int]:
    able = [at for at, line in enumerate(lines) if "](" in line or "<a" in line]
    able = [at for at in able if is_back_link(lines[at])]
    if not able:
        return range(len(lines))
    is_code = lines_of_code(lines)
    links = {at for at in able if not is_code[at]}
    kept: list[int] = []
    for index in range(len(lines)):
        if index not in links:
            kept.append(index)
            continue
        # <div align="right"> on the line before was opened for the link alone.
        while kept and _OPENING_TAGS.fullmatch(lines[kept[-1]]):
            kept.pop()
    return kept


_OPENING_TAGS = re.compile(r"(?i)\s*(?:<(?:div|p|b|strong|sub|sup|h\d|center)\b[^<>]*>\s*)+")


def is_back_link(text: str) -> bool:
    """Whether a line is only a link to the top of the page or to its contents."""
    has_link = len(text) <= 300 and ("](" in text or "<a" in text.lower())
    return has_link and _BEFORE_LINK.match(text) is not None and _leads_back(text)


@lru_cache(maxsize=8_192)  # a line is in the texts of several candidates
def _leads_back(text: str) -> bool:
    labels = _LINK.findall(text) + re.findall(r"(?is)<a\b[^>]*>(.*?)</a>", text)
    if not labels or not any(_BACK_TO_TOP.search(_TAG.sub("", label).strip()) for label in labels):
        return False
    rest = _TAG.sub("", re.sub(r"(?is)<a\b[^>]*>.*?</a>", "", _LINK.sub("", text)))
    return not has_word(re.sub(r"&\w+;", "", rest))


_BEFORE_LINK = re.compile(r"(?:[^\w<\[&]|&\w+;)*+[<\[]")
"""The start of a line without a word before its first link or tag."""
_EMPTY_MARKUP = re.compile(
    rf"(?i)(?:<br\s*/?>|</br>|&nbsp;|</?(?:div|p|center)>|</(?:b|li|ul|ol)>|{BULLET}"
    rf"|\. \. \.|{PAGE_BREAK}|\s)+"
)

PAUSE = ". . ."
"""The line that stops a slide of Pandoc until the next key."""
_INVISIBLE = re.compile(
    rf"<!--(?:(?!-->).)*-->|<a\s[^<>]*(?:name|id)=[^<>]*>\s*</a>|`mdfc;[^`]*`|{PAGE_TAG}"
)


def is_furniture(text: str) -> bool:
    """Whether a line is blank, a rule, an anchor, a comment, a pause, or a break of a page."""
    bare = text.strip()
    if bare[:1].isalnum():
        return False
    if not bare or is_rule(text):
        return True
    return bool(_EMPTY_MARKUP.fullmatch(bare) or _INVISIBLE.fullmatch(bare))


def problem_with(text: str) -> Answer | None:
    """Return why a text is not an answer: empty, a placeholder, only links. ``None`` if it is one.

    An image or code is an answer. A heading or the title of a fold alone is not.
    """
    return _problem_with(text) if len(text) <= 20_000 else None


@lru_cache(maxsize=8_192)  # the choice asks, and later the note
def _problem_with(text: str) -> Answer | None:
    bare = _without_frame(text)
    if not _TEXT.search(bare):
        return Answer.EMPTY
    rows = _WITH_WORD.findall(bare)
    return _unwritten(bare, rows) or _elsewhere(bare, rows)


def are_words(front: str, back: str) -> bool:
    """Whether both sides are a word or two, as in a vocabulary, which may have any word: "soon".

    A back in capitals is a note of the author: "TODO".
    """
    is_short = max(len(front.split()), len(back.split())) <= 2
    return is_short and has_word(back) and not (back.isupper() or asks(front))


def _without_frame(text: str) -> str:
    """Return a text without tags, titles of folds, and headings and code that are empty."""
    text = _EMPTY_CODE.sub("", text) if any(sign in text for sign in FENCES) else text
    if "#" in text:  # before tags, because "<code> # </code>" is no heading
        lines = text.split("\n")
        text = "\n".join(line for line in lines if "#" not in line or not _is_mere_heading(line))
    if "<" in text:
        text = _SUMMARY.sub(lambda title: f" {answer_in(title[1])} ", text)
        text = _ANCHOR.sub(r"[\1](#)", text) if "<a" in text else text
        text = _TAG_BUT_IMAGE.sub(" ", text)
    return text


def _unwritten(bare: str, rows: Sequence[str]) -> Answer | None:
    """Return why an answer is not written yet, or ``None``. ``rows`` are its lines with words."""
    if len(bare) < 200 and bare_words(bare) in _PLACEHOLDERS:
        return Answer.PLACEHOLDER
    last = rows[-1] if rows else ""
    is_single = len(bare) < _LONGEST_SINGLE and len(rows) == 1
    if len(rows) == 1 and _HEADER_ALONE.search(bare):
        return Answer.EMPTY  # a table to fill in
    if len(rows) > 1 and all(_LABEL_ALONE.fullmatch(row[:_LONGEST_TO_DO]) for row in rows):
        return Answer.PLACEHOLDER  # a form to fill in
    if is_single and len(bare) < _LONGEST_TO_DO and _TO_DO.match(bare):
        return Answer.PLACEHOLDER
    is_label = _LABEL_ALONE.fullmatch(last[:_LONGEST_TO_DO]) is not None
    is_long = len(last.split()) > _FEW or not last.isascii()
    is_announcement = is_single and is_long and bare.endswith(last)
    titles = [is_answer_title(row.strip()) for row in rows] if is_label else []
    is_explained = any(titles[:-2]) and not titles[-2]  # it has an answer, but no explanation
    if is_label and (is_announcement or titles[-1]) and not is_explained:
        return Answer.EMPTY  # the answer after the label is not written yet
    if _TO_FILL.fullmatch(bare) or (is_single and _TO_WRITE.match(last)):
        return Answer.PLACEHOLDER
    return None


def _elsewhere(bare: str, rows: Sequence[str]) -> Answer | None:
    """Return ``Answer.LINKS`` if the text only leads to an answer, else ``None``."""
    bare = _NOTE_LINK.sub("[]()", bare) if "[[" in bare else bare
    if not any(sign in bare for sign in ("](", "][", "://", "www.")):
        return None
    last = rows[-1] if rows else ""
    if _is_labelled_link(last):
        rows = _WITH_WORD.findall(without_code(bare))
        return Answer.LINKS if all(map(_is_labelled_link, rows)) else None
    if any(sign in bare for sign in ("<img", "![", "$", "{{")) or _OPENS_CODE.search(bare):
        return None
    if _is_link_to_answer(last) and all(map(_is_property, rows[: rows.index(last)])):
        return Answer.LINKS
    has_link = _LINK.search(bare) or _URL.search(bare)
    is_link = has_link and (_is_link(bare) or _is_announced_link(rows) or _is_index(rows))
    return Answer.LINKS if is_link else None


_HEADER_ALONE = re.compile(r"(?m)^.*\|.*\n[ \t>]*\|?[ \t]*:?-[-:| \t]*$")
_FEW = 1
"""Words. A longer line with a colon announces an answer, but ``start:`` may be one."""
_LONGEST_SINGLE = 2_000
"""The longest instruction to write an answer."""
_EMPTY_CODE = re.compile(rf"(?m)^[ \t>]*({FENCE})[^\n`]*\n(?:[ \t>]*\n)*[ \t>]*\1[ \t]*$")
_ANCHOR = re.compile(r"(?is)<a\s[^<>]*href=[^<>]*>((?:(?!</?a\b|<img)[^\[\]])*)</a>")
_TO_WRITE = re.compile(
    r"(?i)\W*(?:(?:please )?(?:write|add|insert|put|fill|enter|type|provide|describe)\b"
    r"[^.\n]{0,200}"
    r"\b(?:here|below)\W*$|[\[(（]?(?:在此|在这里|此处)(?:写|填写|补充|添加|输入)"
    r"|ここに|여기에 )"
)
"""An instruction in a template: ``Write about the causes here.``"""
_LABEL = lazy_pattern(
    rf"(?i)[\s>*_-]*(?:{alternatives(Concept.MODEL)}\s)?{alternatives(*_REPLYING)}"
    rf"(?:\s{alternatives(Concept.MODEL)})?[*_ ]{{0,4}}{COLON}[*_ ]*"
)


def _is_labelled_link(row: str) -> bool:
    """Whether a line is only links, after the label of an answer."""
    label = _LABEL.match(row)
    return _is_link(row[label.end() :]) if label and _LINK.search(row) else False


def _is_announced_link(rows: Sequence[str]) -> bool:
    """Whether the only line is a few words, a colon, and then only links: ``Read this: <…>``."""
    lead = _LEAD.match(rows[0]) if len(rows) == 1 else None
    return lead is not None and _is_link(rows[0][lead.end() :])


_LEAD = re.compile(rf"[^\n.。!?{COLONS}\[\]<>`]{{1,40}}{COLON}[*_]*\s*(?=\[|<?https?://)")
_REPLY_WORDS = frozenset(" ".join(phrases(*_REPLYING)).split())
_PROPERTY = re.compile(rf"[\s*_>-]*[^\W\d][^\n{COLONS}.]{{0,20}}{COLON}[^\n.。]{{1,60}}")


def _is_link_to_answer(row: str) -> bool:
    """Whether a line is only a link that says "Answer"."""
    link = _LINK.search(row)
    words = bare_words(link[1]).split() if link else []
    return bool(words) and _is_link(row) and all(word in _REPLY_WORDS for word in words)


def _is_property(row: str) -> bool:
    """Whether a line says something about a question, ``Category: Botany``, and is no answer."""
    return _PROPERTY.fullmatch(row) is not None and not _LABEL.match(row)


def points_elsewhere(text: str) -> bool:
    """Whether a line of it is only a link after the label of an answer."""
    return "](" in text and any(map(_is_labelled_link, text.split("\n")))


def asks_for_address(question: str) -> bool:
    """Whether a question wants an address as its answer: ``What is the portal's address?``"""
    return _ADDRESS.search(question) is not None


_ADDRESS = re.compile(
    r"(?i)\b(?:urls?|links?|web ?sites?|web ?address(?:es)?|address|home ?page|portal"
    r"|adresse|webseite|enlace|dirección|lien|indirizzo|endereço|адрес|сайт|ссылк[аи])\b"
    r"|网址|地址|链接|リンク|アドレス|주소"
)


_TEXT = re.compile(r"[^\s>*_#|:=.-]")
_WITH_WORD = re.compile(r"(?m)^[^\w\n]*+\w.*")
"""A line with a letter or a digit."""
_TO_FILL = lazy_pattern(
    rf"[\s.…{QUESTION_MARKS}>*_-]+"
    rf"|(?:A[.{COLONS}])?\s*(?:[\[<](?!img\b|(?i:{alternatives(Concept.ANSWER)}){COLON})|\{{(?=\W*[a-z]))[^\[\]{{}}<>\d]{{1,300}}[}}\]>]\s*"
)
"""Nothing but dots, or a gap with its name: ``[your answer]``, ``{definition}``.

``{Nairobi}`` is a text that some tools hide.
"""
_OPENS_CODE = re.compile(rf"(?m)^[ \t>]*(?:{FENCE})")


def _is_index(rows: Sequence[str]) -> bool:
    """Whether it is a list or a table of three or more links, with a few words each at most.

    A short line may introduce them.
    """
    others = [row for row in rows if not _LINKED.match(row[:300]) or len(_LINK.sub("", row)) >= 60]
    is_led = len(others) < 2 and sum(map(len, others)) < _LONGEST_LEAD
    return is_led and len(rows) - len(others) >= 3


_LONGEST_LEAD = 100


def is_reading_list(text: str) -> bool:
    """Whether it is a list of links to other pages. Each link may have a comment.

    Headings do not count. A long list may also have a few short lines.
    """
    links = others = 0
    for row in text.split("\n") if "](" in text else ():
        if _LISTED_LINK.match(row[:300]):
            links += 1
        elif row.strip() and not _HEADING.match(row):
            if len(row) >= _SHORT:
                return False
            others += 1
    return links + others >= 2 and others * 5 <= links


def is_checklist(text: str) -> bool:
    """Whether every line is a box that nobody has ticked: what somebody has to do."""
    return "[ ]" in text and all(_UNTICKED.match(row) for row in text.split("\n") if row.strip())


_UNTICKED = re.compile(rf"\s*{ITEM}\[ \][ \t]")
_SHORT = 60
_LISTED_LINK = re.compile(rf"\s*{ITEM}(?:{BOX}\s+)?[*_]{{0,2}}\[[^\[\]]+\]\((?!\s*<?#)")
_LINKED = re.compile(
    rf"\s*(?:{LISTED}\s*|\|\s*(?:[^|\[\]]{{0,60}}\|\s*){{0,3}})\*{{0,2}}\[[^\[\]]+\]\("
)
_FIRST_WORD = re.compile(rf"(?:{BULLET}|[># ])*+([A-Za-z]+) [A-Za-z]")


def _is_link(text: str) -> bool:
    """Whether a text has nothing but links, and words that announce them."""
    first = _FIRST_WORD.match(text)
    if first and first[1].lower() not in _LINK_WORDS:
        return False
    rest = _LINK.sub(" ", text) if "](" in text or "][" in text else text
    rest = _URL.sub(" ", rest) if "://" in rest or "www." in rest else rest
    rest = rest.replace("&nbsp;", " ")
    return all(word in _LINK_WORDS or word.isdigit() for word in bare_words(rest).split())


def _is_mere_heading(line: str) -> bool:
    """Whether a line is a heading that is not itself an answer, as ``### Ans: it is a leaf`` is."""
    # A longer line with hashes, or a longer sentence, is an answer.
    longest = _LONGEST_SENTENCE if line.rstrip().endswith((".", "。")) else _LONGEST_TITLE
    is_title = len(line) + sum(letter >= _WIDE for letter in line) <= longest
    heading = (_HEADING.match(line) or _GLUED.match(line)) if is_title else None
    return heading is not None and not is_answer_title(line[heading.end() :])


_LONGEST_TITLE, _LONGEST_SENTENCE = 160, 60
"""Columns. From ``_WIDE`` on, a character takes two."""
_WIDE = "\u2e80"
_GLUED = re.compile(r"#(?=[A-Z][a-z]+ )")
"""A heading without a space after its hash. ``#main`` and ``#FF0000`` may be answers."""
_HEADING = re.compile(rf"\s*(?:{ITEM})?{HASHES}\s*")
_SUMMARY = re.compile(r"(?is)<summary\b[^<>]*>((?:(?!</?summary|<img\b).)*)</summary>")
_TAG_BUT_IMAGE = re.compile(r"<!--[^<>]{0,2000}-->|</?(?!img\b)[a-zA-Z][^<>]*>")


def is_table_of_contents(text: str) -> bool:
    """Whether most lines are links into the page."""
    if "#" not in text or not _INWARD.search(text):
        return False
    lines = [line for line in text.split("\n") if has_word(_TAG.sub("", line))]
    inward = [line for line in lines if _INWARD.search(line)]
    return len(inward) >= 3 and len(inward) * 10 >= len(lines) * 6


_INWARD = re.compile(r"\]\(\s*<?#|href=[\"']?#")
_OPTION = re.compile(rf"\s*(?:{BULLET}\s+)?{LETTERED}\s")


def only_asks(text: str) -> bool:
    """Whether it holds further questions and nothing that answers them.

    The text is a list of questions, or each of its paragraphs ends with a question.
    """
    return is_list_of_questions(text) or is_asking_throughout(text)


def is_asking_throughout(text: str) -> bool:
    """Whether each paragraph and list item of a text ends with a question."""
    parts = _parts(text) if has_question_mark(text) else iter(())
    return _ends_asking(next(parts, "")) and all(map(_ends_asking, parts))


def is_further_question(text: str) -> bool:
    """Whether it is one paragraph that only asks: ``Why or why not?``"""
    bare = text.strip()
    does_ask = ends_asking(bare.rstrip("*_) \t\n"))
    return does_ask and _FURTHER.fullmatch(bare) is not None


_FURTHER = re.compile(rf"(?:[^\n.:!。`$]{{3,150}}\n?){{1,2}}{QUESTION_MARK}[*_)\s]*")


def is_list_of_questions(text: str) -> bool:
    """Whether it is a plain list of questions without answers.

    Every line belongs to a list item. Most items ask, or both of two. An item has only code,
    formulas and options to choose from below it. If a line says which option is right, the text
    after it explains ("Why A is wrong: …").
    """
    if "\n" not in text and "<li" not in text:
        return False
    rows = [line for line in _prose(text).split("\n") if line.strip()]
    others = 0
    for line in rows:
        others += _LISTED.match(line) is None
        if others * 5 > len(rows):
            return False  # too few can be items for the share below
    rows = [line for line in rows if not _OPTION.match(line)]
    items = [item for line in rows if (item := _ITEM.match(line))]
    listed = len(items)
    if listed * 10 < len(rows) * 8:
        return False
    asked = sum(asks(item[1]) and not _ONE_WORD.fullmatch(item[1].strip()) for item in items)
    return listed > 1 and asked * 2 > listed


_ONE_WORD = re.compile(rf"[^\W\d_{_WIDE}-\uffff]+")
"""A question word alone, such as ``who``. It may be one of the things that were asked for."""


def _prose(text: str) -> str:
    """Return a text without code and formulas. Items of HTML become items of Markdown."""
    if "<li" in text:
        text = _TAG.sub("", _HTML_ITEM.sub("\n- ", text))
    return without_formulas(without_code(text))


def without_code(text: str) -> str:
    """Return the text without its fenced code."""
    return _FENCED.sub("", text) if FENCES[0] in text or FENCES[1] in text else text


def without_formulas(text: str) -> str:
    """Return the text without formulas on lines of their own."""
    return _FORMULA.sub("", text) if "$$" in text else text


_HTML_ITEM = re.compile(r"(?i)\s*<li\b[^<>]*>\s*")
_FENCED = re.compile(rf"(?m)^[^\S\n]*({FENCE}).*(?:\n(?![^\S\n]*\1).*)*(?:\n[^\S\n]*\1|\Z)")
_FORMULA = re.compile(r"(?s)\$\$.*?\$\$")
_ITEM = re.compile(rf"\s{{0,16}}(?:{LISTED}|\d{{1,3}}-)\s+(?:{BOX}\s*)?(?:\[[A-Z]\]\s*)?(.*)")
_LISTED = re.compile(rf"\s*(?:{BULLET}|[(\[\d]|{LETTERED})")
"""The start of a list item or an option, and of much else."""


def _parts(text: str) -> Iterator[str]:
    """Yield the paragraphs and list items of a text, without its code and formulas."""
    part = ""
    for row in _prose(text).split("\n"):
        item = _ITEM.match(row)
        if not item and part and row.strip():
            part += f" {row.strip()}"
            continue
        if part:
            yield part
        part = item[1] if item else row.strip()
    if part:
        yield part


def _ends_asking(part: str) -> bool:
    """Whether a paragraph ends with a question mark. A remark in brackets may follow it."""
    return _LAST_ASKS.search(part[-300:]) is not None


_LAST_ASKS = re.compile(rf"{QUESTION_MARK}[\W_]*(?:[(\uff08][^()]{{0,200}}[)\uff09]\W*)?$")
