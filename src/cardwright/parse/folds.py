"""What an answer folds away: hints, further reading, and answers behind a summary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardwright.fences import lines_of_code
from cardwright.model import Line, Passage

_CALLOUT = re.compile(r"> ?\[!(hint|extra)\][-+]?[ \t]*(?P<rest>.*)$", re.IGNORECASE)
_DETAILS = re.compile(r"\s{0,3}<details\b[^<>]*>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^<>]*>(?P<text>.*?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_HINT = re.compile(r"(?i)\W*(?:hints?|tip|indice|pista|подсказка|提示|ヒント|힌트)\W*$")
_ANSWER = re.compile(
    r"(?i)\W*(?:(?:show|view|see|reveal|check|click\s+(?:here\s+)?(?:to|for)"
    r"(?:\s+(?:show|view|see|reveal))?|tap|expand|ver|mostrar|afficher|voir|показать|点击查看|查看)\s*)?"
    r"(?:the\s+|my\s+|la\s+|a\s+)?(?:correct\s+|right\s+|sample\s+|suggested\s+)?"
    r"(?:answers?|solutions?|respuestas?|réponses?|antwort|resposta|risposta|ответ|решение|答案|解答|回答"
    r"|解析|正解|答え|정답|답변|답|الإجابة|الجواب)"
    r"(?:\s*(?:\d{1,4}|[:：-]\s*\S.{0,40}|(?:and|&|\+|,)\s*(?:explanations?|rationale|reasoning)))?\W*$"
    r"|.{0,20}的(?:答案|解答|回答)\W*$"
)


def split_folds(front: Passage, answer: Passage) -> tuple[Passage, Passage, Passage, Passage]:
    """Front, back, hint and extra of a note, from its question and what stands under it.

    Callouts ``> [!hint]`` and ``> [!extra]`` and a ``<details>`` whose summary says Hint leave
    the answer. Where the answer itself is in a ``<details>`` whose summary says so, what stands
    before it (code, options) belongs to the question.
    """
    hint: list[Line] = []
    extra: list[Line] = []
    kept: list[Line] = []
    lines = answer.lines
    ends = _ends_of_details(lines)
    is_code = lines_of_code([line.text for line in lines])
    index = 0
    while index < len(lines):
        line = lines[index]
        callout = None if is_code[index] else _CALLOUT.match(line.text)
        fold = None if is_code[index] or callout else _details_at(lines, index, ends)
        if callout:
            end = _end_of_quote(lines, index)
            target = hint if callout[1].lower() == "hint" else extra
            target += [
                *([Line("", line.number)] if target else []),
                *_unquoted(lines[index:end], callout["rest"]),
            ]
            index = end
        elif fold and _HINT.match(fold.summary):
            hint += [*([Line("", line.number)] if hint else []), *fold.body]
            index = fold.end
        elif fold and _ANSWER.match(fold.summary) and not _rest_is_text(lines, fold.end):
            asked = front.lines if front.markdown.strip() else ()
            front = Passage(front.path, (*asked, *(_apart(kept) if asked else _stripped(kept))))
            kept = list(fold.body)
            index = fold.end
        else:
            kept.append(line)
            index += 1
    path = answer.path
    back = Passage(path, _stripped(kept))
    return front, back, Passage(path, _stripped(hint)), Passage(path, _stripped(extra))


def _end_of_quote(lines: tuple[Line, ...], index: int) -> int:
    while index < len(lines) and lines[index].text.startswith(">"):
        index += 1
    return index


def _unquoted(lines: tuple[Line, ...], rest: str) -> list[Line]:
    """The lines of a callout without their ``>``; text behind its mark is its first line."""
    first = [Line(rest, lines[0].number, lines[0].column + len(lines[0].text) - len(rest))]
    # The title of a callout is a paragraph of its own.
    return ([*first, Line("", lines[0].number)] if rest else []) + [
        Line(line.text[cut:], line.number, line.column + cut)
        for line in lines[1:]
        for cut in [2 if line.text.startswith("> ") else 1]
    ]


@dataclass(frozen=True, slots=True)
class _Fold:
    summary: str
    body: tuple[Line, ...]
    end: int


def _ends_of_details(lines: tuple[Line, ...]) -> dict[int, int]:
    """For each line on which a ``<details>`` opens and is not closed, the line that closes it."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for index, line in enumerate(lines):
        for tag in re.findall(r"(?i)</?details\b", line.text):
            if not tag.startswith("</"):
                open_.append(index)
            elif open_:
                ends[open_.pop()] = index
    return ends


def _details_at(lines: tuple[Line, ...], index: int, ends: dict[int, int]) -> _Fold | None:
    """The ``<details>`` that begins at a line and whose summary is on that line or the next two."""
    opening = _DETAILS.match(lines[index].text)
    if not opening:
        return None
    head = "\n".join(line.text for line in lines[index : index + 3])
    summary = _SUMMARY.search(head, opening.end())
    if not summary or head[opening.end() : summary.start()].strip():
        return None
    end = ends.get(index)
    if end is None:
        return None
    first = index + head.count("\n", 0, summary.end())
    text = re.sub(r"<[^<>]*>", "", summary["text"]).strip()
    return _Fold(text, _body(lines, first, end), end + 1)


def _body(lines: tuple[Line, ...], first: int, end: int) -> tuple[Line, ...]:
    """The lines between the summary's end (on line ``first``) and ``</details>`` (on ``end``)."""
    body = []
    for line in lines[first : end + 1]:
        text, column = line.text, line.column
        closing = text.lower().rfind("</details") if line is lines[end] else len(text)
        summary = text.lower().find("</summary")
        start = text.find(">", summary) + 1 if line is lines[first] and summary >= 0 else 0
        body.append(Line(text[start:closing], line.number, column + start))
    return _stripped(_without_wrapper(body))


def _without_wrapper(body: list[Line]) -> list[Line]:
    """The body without the ``<p>`` that GitHub's readers put around Markdown in details."""
    return [line for line in body if not re.fullmatch(r"\s*</?(?:p|br)\s*/?>\s*", line.text)]


def _rest_is_text(lines: tuple[Line, ...], index: int) -> bool:
    """Whether more than rules and closing tags follows."""
    return any(re.search(r"\w", re.sub(r"<[^<>]*>", "", line.text)) for line in lines[index:])


def _apart(lines: list[Line]) -> tuple[Line, ...]:
    kept = _stripped(lines)
    return (Line("", kept[0].number), *kept) if kept else ()


def _stripped(lines: list[Line] | tuple[Line, ...]) -> tuple[Line, ...]:
    first, last = 0, len(lines)
    while first < last and not lines[first].text.strip():
        first += 1
    while last > first and not lines[last - 1].text.strip():
        last -= 1
    return tuple(lines[first:last])
