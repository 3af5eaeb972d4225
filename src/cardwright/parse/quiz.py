"""Options on the front, and on the back which of them is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.multiple_choice.bare_options import all_groups
from cardwright.dialects.multiple_choice.filled_gaps import FilledGap, emptied, gap_above
from cardwright.dialects.multiple_choice.lettered import is_lettered
from cardwright.dialects.multiple_choice.options import Option, tells
from cardwright.dialects.multiple_choice.right_answers import marked_letters, named, naming_line
from cardwright.dialects.text.span import trimmed
from cardwright.model import Line, Passage
from cardwright.parse.cut_boxes import without_cut_box
from cardwright.parse.named_again import name_once, rest_behind

Options = tuple[Option, ...]

_MOST_LINES = 60
"""Text before options that is longer than this is no part of the question."""

_CHOOSE = re.compile(
    r"(?i)\b(?:which|choose|select|pick|correct|true|false|cuál(?:es)?|qual|quais|welche[rs]?"
    r"|quel(?:le)?s?)\b|哪|选|選|正确|正しい|правильн|верн"
)


def split_at_options(front: Passage, answer: Passage) -> tuple[Passage, Passage] | None:
    """The passages parted behind the options that an answer begins with, ``None`` without such.

    They are options when a line below says which is right, or when a mark does and they follow
    the question at once, behind code and images alone, or it says to choose; a list of tasks
    that are done or not is none.
    """
    lines = answer.lines
    texts = [line.text for line in lines]
    is_code = lines_of_code(texts)
    options = next(iter(all_groups(texts, is_code)), None)
    if options is None or options[0].start > _MOST_LINES:
        return None
    end = options[-1].end
    told = _lines_that_name(texts, is_code, options, end)
    if told is not None:
        at, naming = told
        # What stands between is a remark ("choose two"), but for an early explanation.
        between = next((text for text in texts[end:at] if text.strip()), "")
        end = end if _EXPLAINS.match(between) else at
        back = (*lines[naming:], Line("", lines[at].number), *lines[end:at])
        return _joined(front, lines[:end]), replace(answer, lines=trimmed(back))
    above = [
        text for text, code in zip(texts[: options[0].start], is_code, strict=False) if not code
    ]
    asked = [line.text for line in front.lines]
    if _gap_in(front.lines, options) is not None and not any(text.strip() for text in above):
        return _joined(front, lines[:end]), replace(answer, lines=trimmed(lines[end:]))
    if not tells(options) or not _is_asked(front, above) or all_groups(asked, lines_of_code(asked)):
        return None
    return _joined(front, lines[:end]), replace(answer, lines=trimmed(lines[end:]))


_EXPLAINS = re.compile(
    r"(?i)[\s>*_#+-]*(?:explan|explic|spiega|erklär|begründ|justif|rationale|reason|distract|why\b|incorrect"
    r"|объясн|поясн|giải thích|解析|解説|说明|說明|해설)"
)


def _lines_that_name(
    texts: Sequence[str], is_code: Sequence[bool], options: Options, begin: int
) -> tuple[int, int] | None:
    """The line that says where the answer is, and the one that names it, mostly the same."""
    labels = list(_by_label(options))
    for at in range(begin, min(len(texts), begin + _MOST_LINES)) if labels else ():
        naming = None if is_code[at] else naming_line(texts, at, labels)
        if naming is not None:
            return at, naming
    return None


def _is_asked(front: Passage, above: Sequence[str]) -> bool:
    text = [line for line in above if line.strip() and not line.lstrip().startswith("![")]
    return not text or _CHOOSE.search(f"{front.markdown} {' '.join(text)}") is not None


def name_the_right_ones(front: Passage, back: Passage) -> tuple[Passage, Passage]:
    """Both passages, the options on the front without a trace of which is right, and that named.

    The back then begins with the text of the right option, behind its letter where it has one.
    Remarks under single options ("Incorrect, because …") leave the front. Nothing changes
    where no option is known to be right.
    """
    front, back = without_cut_box(front, back)
    texts = [line.text for line in front.lines]
    found = all_groups(texts, lines_of_code(texts))
    if not found:
        return front, back
    options = found[-1]
    right, rest = _right_ones(options, front, back)
    if not right:
        return front, back
    remarks = {option.start: _remark(texts, option) for option in options}
    above, below = front.lines[: options[0].start], front.lines[options[-1].end :]
    gap = _gap_in(above, options)
    if gap is not None:
        line = above[gap[0]]
        line = replace(line, text=emptied(line.text, gap[1]))
        above = (*above[: gap[0]], line, *above[gap[0] + 1 :])
    if any(is_lettered(line.text) for line in above):
        above = tuple(line for line in above if not is_lettered(line.text))
        below = tuple(line for line in below if line.text.strip() != "</div>")
    shown = [*above, *_shown(front.lines, options, remarks), *below]
    names = _names(front.lines, right, remarks)
    names, rest = name_once(names, rest, [_text(front.lines, option) for option in right])
    told = [*names, *_apart(names, rest)]
    if any(cut < option.end for option in options for cut in [remarks[option.start]]):
        told += _apart(told, front.lines[options[0].start : options[-1].end])
    return replace(front, lines=trimmed(shown)), replace(back, lines=tuple(told))


def _gap_in(lines: Sequence[Line], options: Options) -> tuple[int, FilledGap] | None:
    """Where the question names the right ones in its gap: the line, from 0, and the gap."""
    texts = [line.text for line in lines]
    return gap_above(texts, lines_of_code(texts), len(texts), list(_by_label(options)))


def _by_label(options: Options) -> dict[str, Option]:
    """The options by their letters, or by those that their order gives where none has one."""
    lettered = {option.label: option for option in options if option.label}
    return lettered or dict(zip("ABCDEFGH", options, strict=False))


def _right_ones(
    options: Options, front: Passage, back: Passage
) -> tuple[Options, tuple[Line, ...]]:
    """The right options, and the back without what names them."""
    texts = [line.text for line in back.lines]
    by_label = _by_label(options)
    labels = list(by_label)
    is_lettered = any(option.label for option in options)
    first = next((at for at, text in enumerate(texts) if text.strip()), 0)
    is_code = lines_of_code(texts)
    if not tells(options) and _answers_parts(texts, labels):
        return (), back.lines
    listed = marked_letters(texts, labels)
    if listed:
        right = tuple(by_label[label] for label in listed)
        return right, trimmed(back.lines[first + len(labels) :])
    for at in [first, *range(first + 1, len(texts))] if labels and texts else ():
        is_said = at != first or not is_lettered
        found = None if is_code[at] else named(texts[at], labels, is_said=is_said)
        if found:
            right = tuple(by_label[label] for label in found.labels)
            line = back.lines[at]
            rest = rest_behind(line, found.end, [_text(front.lines, option) for option in right])
            lines = (*back.lines[:at], *rest, *back.lines[at + 1 :])
            return right, trimmed(lines)
    gap = _gap_in(front.lines[: options[0].start], options)
    if gap is not None:
        return tuple(by_label[label] for label in gap[1].labels), back.lines
    if tells(options):
        return tuple(option for option in options if option.is_right), back.lines
    again = next(iter(all_groups(texts, is_code)), ())
    if len(again) == len(options) and again[0].start == first and tells(again):
        right = tuple(o for o, ticked in zip(options, again, strict=True) if ticked.is_right)
        return right, trimmed(back.lines[again[-1].end :])
    return (), back.lines


def _answers_parts(texts: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether the back goes through the letters one by one: they are parts to be answered."""
    openings = [re.match(r"\s{0,3}(?:[-*+]\s+)?\(?([a-hA-H])[.)]\s+\S", text) for text in texts]
    found = [opening[1] for opening in openings if opening and opening[1] in labels]
    return len({*found}) == len(labels) > 1 and found == sorted(found)


def _text(lines: Sequence[Line], option: Option) -> str:
    return lines[option.start].text[option.begin : option.until]


_REMARK = re.compile(
    r"(?i)[\s>]*(?:[-*+]\s+)?[*_]{0,3}(?:explanation|incorrect|correct|right|wrong|why|rationale"
    r"|feedback|reason|because|explicación|incorrect[oa]|erklärung|解析|说明|✅|❌|✓|✗)\b"
)


def _remark(texts: Sequence[str], option: Option) -> int:
    """The line at which a remark on an option begins, the option's end where there is none."""
    for at in range(option.start + 1, option.end):
        if _REMARK.match(texts[at]):
            return at
    return option.end


def _shown(lines: Sequence[Line], options: Options, ends: dict[int, int]) -> Iterator[Line]:
    """The options without marks and remarks, each of them beginning on a line of its own.

    Lines of one paragraph get the two spaces of a hard line break (CommonMark section 6.7).
    """
    for option, following in zip(options, [*options[1:], None], strict=True):
        first = lines[option.start]
        text = option.head + first.text[option.begin : option.until]
        column = first.column + max(option.begin - len(option.head), 0)
        rows = [Line(text, first.number, column), *lines[option.start + 1 : ends[option.start]]]
        gap = lines[option.end : following.start] if following else ()
        gap = [line for line in gap if line.text.strip() != "•"]
        if following and not gap and not _LISTED.match(option.head):
            rows[-1] = replace(rows[-1], text=rows[-1].text.rstrip() + "  ")
        yield from rows
        yield from gap


_LISTED = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])\s")


def _names(lines: Sequence[Line], right: Options, ends: dict[int, int]) -> list[Line]:
    """The text of the right options, each a paragraph; without letters several are a list."""
    found: list[Line] = []
    for option in right:
        first = lines[option.start]
        text = first.text[option.begin : option.until]
        mark = f"**{option.label}.** " if option.label else ("- " if len(right) > 1 else "")
        if option.label and found:
            found.append(Line("", first.number))
        at = lines[option.start].text.rfind(option.label, 0, option.begin)
        at = (at if at >= 0 else option.head.rfind(option.label)) if option.label else option.begin
        if mark or text.strip():
            found.append(Line((mark + text).rstrip(), first.number, first.column + at))
        found += lines[option.start + 1 : ends[option.start]]
    return found


def _apart(before: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    return [Line("", lines[0].number), *lines] if before and lines else [*lines]


def _joined(front: Passage, lines: Sequence[Line]) -> Passage:
    """The front with further lines behind a blank one."""
    kept = trimmed(lines)
    if not kept or not front.markdown.strip():
        return replace(front, lines=kept or front.lines)
    return replace(front, lines=(*front.lines, Line("", kept[0].number), *kept))
