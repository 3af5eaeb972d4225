"""Moves options to the front, and names the right one on the back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.named_options import announcement, listed, named, naming_lines
from cardwright.dialects.options import ITEM, Option, Options, are_all_ticked, are_settled, by_label
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import from_offset, joined, trimmed
from cardwright.model import Line, Passage
from cardwright.wording import asks, bare_words
from cardwright.wording.signs import (
    BULLET,
    BULLETS,
    CIRCLED,
    COLONS,
    COUNTED,
    COUNTING,
    LISTED,
    has_word,
    is_open,
)
from cardwright.wording.words import Concept, alternatives, concepts_of, lazy_pattern

_MOST_LINES = 60  # text before options that is longer than this is no part of the question
_EXPLAINING = rf"(?:{alternatives(Concept.EXPLANATION, Concept.WRONG)}|why|distract)"
_CHOICE = alternatives(Concept.CHOOSES, Concept.RIGHT, Concept.TRUE, Concept.FALSE)
_CHOOSES = lazy_pattern(
    rf"(?i)(?<![^\W\d_])(?:{_CHOICE}|which|cuál(?:es)?|qual|welche[rs]?)\b|哪|[选選]"
)
_EXPLAINS = lazy_pattern(rf"(?i)[\s>*_#+-]*{_EXPLAINING}")


def split_at_options(
    outline: Outline, front: Passage, answer: Passage
) -> tuple[Passage, Passage] | None:
    """Return both passages split after the answer's first options, ``None`` without options.

    They are options if a line below or above says which is right. If only a mark says so, they must
    follow the question at once, with at most code and images between. Or the question must say to
    choose. A list of tasks, done or not, does not count.
    """
    lines = answer.lines
    options = next(iter(outline.options_in(lines)), None)
    if options is None or options[0].start > _MOST_LINES:
        return None
    texts = [line.text for line in lines]
    end, is_code = options[-1].end, lines_of_code(texts)
    hidden = _unfolded(lines[end:])
    labels = list(by_label(options))
    naming = naming_lines(texts, is_code, labels, end, len(texts))
    is_hidden = hidden and (naming or named(hidden[0].text, labels, is_said=False))
    early = naming_lines(texts, is_code, labels, 0, options[0].start)
    if naming is None and early is not None and early[1] < options[0].start:
        says, names = early
        shown = joined(front.lines, (*lines[:says], *lines[names + 1 : end]))
        rest = joined(lines[says : names + 1], lines[end:])
        return replace(front, lines=shown), replace(answer, lines=rest)
    if is_hidden:
        rest = hidden
    elif naming is not None:
        says, names = naming
        # The text between is a remark ("choose two"), unless it explains the answer.
        between = next((text for text in texts[end:says] if text.strip()), "")
        end = end if _EXPLAINS.match(between) else says
        rest = joined(lines[names:], lines[end:says])
    else:
        above = [text for text in texts[: options[0].start] if text.strip()]
        asking = [
            t for t, code in zip(above, is_code, strict=False) if not (code or _introduces(t))
        ]
        is_whole = not asking or _CHOOSES.search(f"{front.markdown} {' '.join(asking)}")
        is_asked = options[0].style != ITEM or _is_asked(front.markdown.rstrip('*_"” '))
        is_settled = are_settled(options, is_choice=_is_choice(front))
        is_settled = is_settled or _are_offered(front, options, texts[end:])
        if not (is_settled and is_whole and is_asked) or any(outline.options_in(front.lines)):
            return None
        rest = trimmed(lines[end:])
    return replace(front, lines=joined(front.lines, lines[:end])), replace(answer, lines=rest)


def _is_asked(text: str) -> bool:
    """Whether a text asks or chooses, leaves something out, or is a sentence to judge."""
    return asks(text) or is_open(text) or _CHOOSES.search(text) is not None or text[-1:] in ".。"


def _is_choice(front: Passage) -> bool:
    """Whether right and wrong things are options here, and not praise and blame."""
    return _CHOOSES.search(front.markdown) is not None


_TAG = re.compile(r"(?i)\s*(?:<details\b[^<>]*>|</details>|<summary>.{0,100}</summary>|\s)+")


def _unfolded(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return what a fold right after options hides; ``()`` without such a fold."""
    kept = trimmed(lines)
    if not kept or not kept[0].text.lstrip().startswith("<details"):
        return ()
    return trimmed([line for line in kept if not _TAG.fullmatch(line.text)])


def _introduces(text: str) -> bool:
    """Whether a line is a picture, or says only "Options" or "Answers"."""
    is_picture = text.lstrip().startswith("![")
    return is_picture or bool(concepts_of(text) & {Concept.OPTIONS, Concept.ANSWER})


def _are_offered(front: Passage, options: Options, below: Sequence[str]) -> bool:
    """Whether options that are all ticked are a choice, because a text says or explains so."""
    first = next((text for text in below if text.strip()), "")
    is_said = _CHOOSES.search(front.markdown) or options[0].label or _EXPLAINS.match(first)
    return are_all_ticked(options) and bool(is_said)


def name_the_right_ones(outline: Outline, front: Passage, back: Passage) -> tuple[Passage, Passage]:
    """Return both passages, the options without marks, and the right ones named on the back.

    The back starts with the letter and the text of the right option. If no right option is known,
    nothing changes. If all are ticked, the back keeps its other text.
    """
    options = next(reversed(outline.options_in(front.lines)), None)
    if options is None:
        return front, back
    right, rest = _right_ones(outline, options, front, back)
    if not right and not are_all_ticked(options):
        return front, back
    first, end = options[0].start, options[-1].end
    above = list(front.lines[:first])
    if above and above[-1].text.strip() and not _LISTED.match(options[0].head):
        above[-1] = _broken(above[-1])
    shown = [*above, *_shown(front.lines, options), *front.lines[end:]]
    names = _names(front.lines, right)
    return replace(front, lines=trimmed(shown)), replace(back, lines=joined(names, rest))


def with_text_of_sign(front: Passage, back: Passage) -> Passage:
    """Return the back with the option that its first line names by a sign: ``②``, ``ウ``, ``3``."""
    at = next((at for at, line in enumerate(back.lines) if line.text.strip()), 0)
    said = _ALONE.fullmatch(back.lines[at].text) if back.lines else None
    rows = [
        (row["sign"], from_offset(line, row.start("option")))
        for line in front.lines
        if (row := _COUNTED.match(line.text))
    ]
    if said is None or len(rows) < _FEWEST or (rows[0][0].isdecimal() and not _is_choice(front)):
        return back
    sign = said["sign"]
    names = {sign, CIRCLED[int(sign) - 1]} if sign.isdecimal() else {sign}
    found = [line for each, line in rows if each in names]
    if len(found) != 1:
        return back
    option = found[0]._replace(text=found[0].text.rstrip())
    return replace(back, lines=(*back.lines[:at], option, *back.lines[at + 1 :]))


_FEWEST = 3
_ALONE = re.compile(rf"[\s(*_]*(?P<sign>[{COUNTING}1-9])번?[\s).*_]*")
_COUNTED = re.compile(rf"\s*(?:{BULLET}[ \t]+)?(?P<option>\(?(?P<sign>{COUNTED}|[1-9](?=[.、:)])))")


def _right_ones(
    outline: Outline, options: Options, front: Passage, back: Passage
) -> tuple[Options, tuple[Line, ...]]:
    """Return the right options, and the back without the text that names them."""
    lines, labelled = back.lines, by_label(options)
    texts, labels = [line.text for line in lines], list(labelled)
    first = next((at for at, text in enumerate(texts) if text.strip()), 0)
    is_lettered = any(option.label for option in options)
    by_list = listed(texts, labels, first) if is_lettered else None
    if by_list is not None:
        return tuple(map(labelled.__getitem__, by_list[0])), trimmed(lines[by_list[1] :])
    again = next(iter(outline.options_in(lines)), ())
    again = again if len(again) == len(options) else ()
    if again and is_lettered and again[0].start == first and not are_settled((*options, *again)):
        return (), lines  # parts that are answered one by one
    if are_settled(again) and _are_the_same(options, again):
        right = tuple(o for o, ticked in zip(options, again, strict=True) if ticked.is_right)
        return right, trimmed((*lines[: again[0].start], *lines[again[-1].end :]))
    is_code = lines_of_code(texts)
    for at in range(first, len(texts)):
        is_said = at != first or not is_lettered
        found = None if is_code[at] else named(texts[at], labels, is_said=is_said)
        if found:
            right = tuple(map(labelled.__getitem__, found.labels))
            behind = _rest_behind(lines[at], found.end, [o.text for o in right])
            return right, trimmed((*lines[:at], *behind, *lines[at + 1 :]))
    if are_settled(options, is_choice=_is_choice(front)):
        return tuple(option for option in options if option.is_right), lines
    said = announcement(texts[first]) if texts else None
    opening = bare_words(texts[first][said.end() if said else 0 :]) if texts else ""
    same = tuple(o for o in options if opening and bare_words(o.text) == opening)
    if len(same) == 1:
        kept = lines if "](" in texts[first] else (*lines[:first], *lines[first + 1 :])
        return same, trimmed(kept)
    return (options if are_all_ticked(options) and not opening else ()), lines


def _are_the_same(options: Options, again: Options) -> bool:
    """Whether a list below the question repeats its options. Each may have a remark there."""
    texts, repeated = ([bare_words(each.text) for each in part] for part in (options, again))
    pairs = zip(texts, repeated, strict=True)
    return all(text.startswith(other) or other.startswith(text) for text, other in pairs)


def _broken(line: Line) -> Line:
    """Return a line with the two spaces of a hard line break (CommonMark section 6.7)."""
    return line._replace(text=line.text.rstrip() + "  ")


def _shown(lines: Sequence[Line], options: Options) -> Iterator[Line]:
    """Yield the options without marks. Each begins on a new line, also within a paragraph."""
    for option, following in with_next(options):
        first = lines[option.start]
        column = first.column + _head_at(first, option)
        rows = [
            Line(option.head + option.text, first.number, column),
            *lines[option.start + 1 : option.end],
        ]
        gap = lines[option.end : following.start] if following else ()
        gap = [line for line in gap if line.text.strip() not in {*BULLETS}]
        if following and not gap and not _LISTED.match(option.head):
            rows[-1] = _broken(rows[-1])
        yield from (*rows, *gap)


def _head_at(line: Line, option: Option) -> int:
    """Return the offset of an option's head. Without a letter, its text counts, behind any mark."""
    found = line.text.rfind(option.head, 0, option.begin) if option.label else -1
    return found if found >= 0 else max(option.begin - len(option.head), 0)


_LISTED = re.compile(rf"[\s>]*{LISTED}\s")


def _names(lines: Sequence[Line], right: Options) -> list[Line]:
    """Return the text of the right options as paragraphs. Several without letters make a list."""
    found: list[Line] = []
    for option in right:
        first, text, label = lines[option.start], option.text, option.label
        mark = f"**{label}.** " if label else ("- " if len(right) > 1 else "")
        at = _head_at(first, option) + max(option.head.rfind(label), 0)
        found += [Line("", first.number)] if label and found else []
        if mark or text.strip():
            column = first.column + (at if label else option.begin)
            found.append(Line((mark + text).rstrip(), first.number, column))
        found += lines[option.start + 1 : option.end]
    return found


_CLOSERS = re.compile(rf"`?[\s.)\]{COLONS}。\uff0c、*_,;–—-]*")
_MARKS = " .*_`"
_GOES_ON = re.compile(r"[*_]*\s+\w|[^\W_]")


def _rest_behind(line: Line, end: int, names: Sequence[str]) -> list[Line]:
    """Return the rest of a line, after the letters that it names and the text of those options."""
    closers = _CLOSERS.match(line.text, end)
    begin = at = closers.end() if closers else end
    for name in names:
        bare = name.strip(_MARKS)
        start = len(line.text) - len(line.text[at:].lstrip(_MARKS))
        at = behind = start + len(bare)
        is_said = line.text[start:].casefold().startswith(bare.casefold())
        goes_on = _GOES_ON.match(line.text, behind) or (
            name is names[-1] and "," in line.text[at:][:1]
        )
        if not is_said or goes_on:
            at = begin
            break
        closers = _CLOSERS.match(line.text, behind)
        at = closers.end() if closers else behind
    text = line.text[at:]
    sign = "__" if "__" in text else "**"
    if text.count(sign) % 2:
        text = text.rstrip().removesuffix(sign) if text.rstrip().endswith(sign) else sign + text
    return [Line(text, line.number, line.column + at)] if has_word(text) else []
