"""How the body of a callout is parted into what asks and what answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cardwright.dialects.folding.callout_marks import Callout
from cardwright.dialects.folding.summaries import says_answer
from cardwright.dialects.text.breaks import is_break
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks


def parted_body(outline: Outline, body: Span) -> tuple[tuple[Line, ...], Span]:
    """The lines of a body that ask, and the rest, which is empty where nothing parts them.

    That is a rule, a line that begins with "Answer:", or a first paragraph that asks.
    """
    rows = cut(outline.lines, body)
    first = next((at for at, row in enumerate(rows) if row.text.strip()), 0)
    for at, row in enumerate(rows):
        is_verbatim = outline.is_verbatim[row.number - 1]
        if at > first and not is_verbatim and (is_break(row.text) or _LABEL.match(row.text[:200])):
            begin = row.number + 1 if is_break(row.text) else row.number
            return trimmed(rows[:at]), replace(body, start=begin)
    end = next((at for at in range(first, len(rows)) if not rows[at].text.strip()), len(rows))
    rest = "\n".join(row.text for row in rows[end:])
    if asks("\n".join(row.text for row in rows[first:end])) and rest.strip() and not _all_ask(rest):
        return tuple(rows[first:end]), replace(body, start=rows[end].number)
    return trimmed(rows), nothing_at(body.end)


_LABEL = re.compile(
    r"(?i)[\s>*_#-]*(?:answers?|ans|a|solution|respuesta|réponse|antwort|resposta|risposta|ответ"
    r"|答案|解答|正解|答え|정답|답)\s*[*_]*\s*[:：]"
)


def told_in(outline: Outline, body: Span) -> tuple[tuple[Line, ...], Span]:
    """The lines of a body that ask above "Answer:", and the rest; all of it without such a line."""
    rows = cut(outline.lines, body)
    first = next((at for at, row in enumerate(rows) if row.text.strip()), 0)
    for at, row in enumerate(rows[first + 1 :], first + 1):
        if _LABEL.match(row.text[:200]) and not outline.is_verbatim[row.number - 1]:
            above = trimmed(rows[:at])
            if asks("\n".join(line.text for line in above)):
                return above, replace(body, start=row.number)
            break
    return (), body


def _all_ask(text: str) -> bool:
    return all(asks(part) for part in text.split("\n\n") if part.strip())


def answer_in(outline: Outline, parts: Sequence[Callout], whole: Span) -> Span:
    """The body of the one callout that answers, or ``whole``, where there are several.

    A title that says more than "Answer" is the first line of it.
    """
    only = parts[0]
    rest = cut(outline.lines, replace(whole, start=min(only.end, whole.end)))
    if len(parts) > 1 or any(row.text.strip() for row in rest):
        return whole
    if not only.title.text or says_answer(only.title.text):
        return only.body
    has_body = any(row.text.strip() for row in cut(outline.lines, only.body))
    until = 0 if has_body else only.title.column + len(only.title.text)
    end = only.body.end if has_body else only.title.number + 1
    return replace(
        only.body, start=only.title.number, end=end, column=only.title.column, until=until
    )


def has_text(outline: Outline, callout: Callout, inside: Sequence[Callout]) -> bool:
    """Whether a callout has lines of its own besides those of the callouts in it."""
    inner: set[int] = set()
    end = 0
    for other in inside:
        inner.update(range(max(other.start, end), other.end))
        end = max(end, other.end)
    return any(
        row.text.strip() for row in cut(outline.lines, callout.body) if row.number not in inner
    )
