"""Options on the front, and on the back which of them is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.named_options import (
    Named,
    emptied,
    gap_above,
    marked_letters,
    named,
    naming_lines,
)
from cardwright.dialects.offered import may_choose
from cardwright.dialects.options import (
    Option,
    Options,
    are_all_ticked,
    by_label,
    opens_letters,
    options_in,
    tells,
)
from cardwright.dialects.text.span import trimmed
from cardwright.model import Line, Passage
from cardwright.parse.named_again import name_once, rest_behind
from cardwright.wording import bare_words
from cardwright.wording.words import Concept, alternatives, concepts_of

_MOST_LINES = 60
"""Text before options, or between them and what names one, has no more lines than these."""


def split_at_options(front: Passage, answer: Passage) -> tuple[Passage, Passage] | None:
    """The passages parted behind the options that an answer begins with, ``None`` without such.

    They are options when a line below says which is right, or when a mark does and they follow
    the question at once, behind code and images alone, or it says to choose; a list of tasks
    that are done or not is none.
    """
    lines = answer.lines
    texts = [line.text for line in lines]
    options = next(iter(options_in(texts)), None)
    if options is None or options[0].start > _MOST_LINES:
        return None
    end = options[-1].end
    is_code = lines_of_code(texts)
    naming = naming_lines(texts, is_code, list(by_label(options)), end, len(texts))
    if naming is not None:
        says, names = naming
        # What stands between is a remark ("choose two"), but for an early explanation.
        between = next((text for text in texts[end:says] if text.strip()), "")
        end = end if _EXPLAINS.match(between) else says
        back = (*lines[names:], Line("", lines[says].number), *lines[end:says])
        return _joined(front, lines[:end]), replace(answer, lines=trimmed(back))
    above = [
        text
        for text, code in zip(texts[: options[0].start], is_code, strict=False)
        if text.strip() and not code and not _introduces(text)
    ]
    asked = [line.text for line in front.lines]
    is_whole = not above or may_choose(f"{front.markdown} {' '.join(above)}")
    is_settled = _gap_in(front.lines, options) is not None and not above
    if not is_settled and (options_in(asked) or not is_whole):
        return None
    if is_settled or tells(options) or _are_offered(front, options, texts[end:]):
        return _joined(front, lines[:end]), replace(answer, lines=trimmed(lines[end:]))
    return None


def _introduces(text: str) -> bool:
    """Whether a line is a picture, or says "Options" or "Answers" and no more."""
    is_picture = text.lstrip().startswith("![")
    return is_picture or bool(concepts_of(text) & {Concept.OPTIONS, Concept.ANSWER})


_EXPLAINING = rf"(?:{alternatives(Concept.EXPLANATION, Concept.WRONG)}|why|distract)"
_EXPLAINS = re.compile(rf"(?i)[\s>*_#+-]*{_EXPLAINING}")


def _are_offered(front: Passage, options: Options, below: Sequence[str]) -> bool:
    """Whether options that are all ticked are to be chosen from: a text says or explains it."""
    first = next((text for text in below if text.strip()), "")
    return are_all_ticked(options) and bool(
        may_choose(front.markdown) or options[0].label or _EXPLAINS.match(first)
    )


def name_the_right_ones(front: Passage, back: Passage) -> tuple[Passage, Passage]:
    """Both passages, the options on the front without a trace of which is right, and that named.

    The back then begins with the text of the right option, behind its letter where it has one.
    Remarks under single options ("Incorrect, because …") leave the front. Nothing changes
    where no option is known to be right. Where all are ticked, the back says what else is there.
    """
    front, back = _without_cut_box(front, back)
    found = options_in([line.text for line in front.lines])
    if not found:
        return front, back
    options = found[-1]
    right, rest = _right_ones(options, front, back)
    if not right and not are_all_ticked(options):
        return front, back
    texts = [line.text for line in front.lines]
    remarks = {option.start: _remark(texts, option) for option in options}
    above, below = front.lines[: options[0].start], front.lines[options[-1].end :]
    gap = _gap_in(above, options)
    if gap is not None:
        line = replace(above[gap[0]], text=emptied(above[gap[0]].text, gap[1]))
        above = (*above[: gap[0]], line, *above[gap[0] + 1 :])
    if any(opens_letters(line.text) for line in above):
        above = tuple(line for line in above if not opens_letters(line.text))
        below = tuple(line for line in below if line.text.strip() not in ("</div>", "</ol>"))
    shown = [*above, *_shown(front.lines, options, remarks), *below]
    names = _names(front.lines, right, remarks)
    names, rest = name_once(names, rest, [_text(front.lines, option) for option in right])
    said = [*names, *_apart(names, rest)]
    if any(remarks[option.start] < option.end for option in options):
        said += _apart(said, front.lines[options[0].start : options[-1].end])
    return replace(front, lines=trimmed(shown)), replace(back, lines=tuple(said))


def _gap_in(lines: Sequence[Line], options: Options) -> tuple[int, Named] | None:
    """Where the question names the right ones in its gap: the line, from 0, and the gap."""
    texts = [line.text for line in lines]
    return gap_above(texts, lines_of_code(texts), len(texts), list(by_label(options)))


def _right_ones(
    options: Options, front: Passage, back: Passage
) -> tuple[Options, tuple[Line, ...]]:
    """The right options, and the back without what names them."""
    texts = [line.text for line in back.lines]
    labelled = by_label(options)
    labels = list(labelled)
    first = next((at for at, text in enumerate(texts) if text.strip()), 0)
    if not tells(options) and _answers_parts(texts, labels):
        return (), back.lines
    listed = marked_letters(texts, labels)
    if listed:
        return tuple(map(labelled.__getitem__, listed)), trimmed(back.lines[first + len(labels) :])
    is_lettered = any(option.label for option in options)
    is_code = lines_of_code(texts)
    for at in range(first, len(texts)):
        is_said = at != first or not is_lettered
        found = None if is_code[at] else named(texts[at], labels, is_said=is_said)
        if found:
            right = tuple(labelled[label] for label in found.labels)
            names = [_text(front.lines, option) for option in right]
            behind = rest_behind(back.lines[at], found.end, names)
            return right, trimmed((*back.lines[:at], *behind, *back.lines[at + 1 :]))
    gap = _gap_in(front.lines[: options[0].start], options)
    if gap is not None:
        return tuple(labelled[label] for label in gap[1].labels), back.lines
    if tells(options):
        return tuple(option for option in options if option.is_right), back.lines
    return _repeated(options, front, back, first)


def _repeated(
    options: Options, front: Passage, back: Passage, first: int
) -> tuple[Options, tuple[Line, ...]]:
    """The options that the back lists again with ticks, or with whose text it begins; or all."""
    texts = [line.text for line in back.lines]
    again = next(iter(options_in(texts)), ())
    if len(again) == len(options) and again[0].start == first and tells(again):
        right = tuple(o for o, ticked in zip(options, again, strict=True) if ticked.is_right)
        return right, trimmed(back.lines[again[-1].end :])
    opening = bare_words(texts[first]) if texts else ""
    same = [o for o in options if opening and bare_words(_text(front.lines, o)) == opening]
    if len(same) == 1:
        return (same[0],), back.lines
    return (options if are_all_ticked(options) and not opening else ()), back.lines


def _answers_parts(texts: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether the back goes through the letters one by one: they are parts to be answered."""
    openings = [re.match(r"\s{0,3}(?:[-*+]\s+)?\(?([a-hA-H])[.)]\s+\S", text) for text in texts]
    found = [opening[1] for opening in openings if opening and opening[1] in labels]
    return len({*found}) == len(labels) > 1 and found == sorted(found)


def _text(lines: Sequence[Line], option: Option) -> str:
    return lines[option.start].text[option.begin : option.until]


_REMARK = re.compile(
    rf"(?i)[\s>]*(?:[-*+]\s+)?[*_]{{0,3}}(?:(?:{_EXPLAINING}|{alternatives(Concept.RIGHT)}"
    r"|feedback|because)\b|[✅❌✓✗])"
)


def _remark(texts: Sequence[str], option: Option) -> int:
    """The line at which a remark on an option begins, the option's end where there is none."""
    inside = range(option.start + 1, option.end)
    return next((at for at in inside if _REMARK.match(texts[at])), option.end)


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


_CONTAINER = re.compile(r"\s*:{3,}\s*(?P<name>[\w{].{0,100})?\s*")


def _without_cut_box(front: Passage, back: Passage) -> tuple[Passage, Passage]:
    """Both without the two lines of a container ``:::`` that is cut in two behind the options."""
    opened, closed = _unpaired(front.lines)[0], _unpaired(back.lines)[1]
    if not opened or not closed:
        return front, back
    return _without(front, opened[-1]), _without(back, closed[0])


def _without(passage: Passage, at: int) -> Passage:
    above, below = passage.lines[:at], passage.lines[at + 1 :]
    below = trimmed(below) if not above or not above[-1].text.strip() else below
    return replace(passage, lines=(*above, *below))


def _unpaired(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """The indices of the lines that open a container and of those that close one, without mate."""
    opened: list[int] = []
    closed: list[int] = []
    texts = [line.text for line in lines]
    is_code = lines_of_code(texts) if any(":::" in text for text in texts) else ()
    for at, code in enumerate(is_code):
        mark = None if code else _CONTAINER.fullmatch(texts[at][:200])
        if mark and mark["name"]:
            opened.append(at)
        elif mark and opened:
            opened.pop()
        elif mark:
            closed.append(at)
    return opened, closed
