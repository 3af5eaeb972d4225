"""Finds what the lock says about each file, and the path to show for it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from cardwright.config.selection import matches
from cardwright.content import Content
from cardwright.diagnostics import Diagnostic, in_order
from cardwright.lock import Lock
from cardwright.model import NEVER_READ, Choice, EarlierReading, SourceFile
from cardwright.source.names import shown_place

_Front = tuple[str, str]  # the path of a file and a front that it had
_HEAD = 40  # characters at the start of a front; a line with them still has the question
_END_OF_HEAD = re.compile(
    r"(?<=[?\uff1f!。:\uff1a])(?=\s)|(?<=\w\.)(?=\s)"
    r"|\s(?=(?:[-*+•]|\(?[A-Za-z\d]{1,2}[.):]|\( ?\)|\[.?\]|!\[|`{3}|~{3}|\|))"
)
_MOST_BEFORE = 2  # words before a front on its line: `Q 12`
_WORD = re.compile(r"[^\W\d]+")
_TAG = re.compile(r"<[^<>]*>|\([^()]*\)|\[[^\[\]]*\]")  # no words: tags and remarks
_OPENS_DELETION = re.compile(r"\{\{(?:c\d+::|cloze )")
_INWARD = re.compile(r"(?m)^(?!#).*?\]\(#.*")
"""A line with a link into the page, which is no heading: a line of a table of contents."""
_FEW = 3  # spaces; fewer words than these and one more may be anywhere in a text by chance
_MANY = 200  # with this many fronts, reading all lines is faster than looking for each front
_HUGE = 1_000_000_000  # characters times fronts; less takes a second at most
_MOST_FILES, _MOST_LINES = 200, 20
"""The most files that are considered for a front, and the most lines with it."""
_MOST_WORDS = 20  # the most words of a front that is only the beginning of a line
_SHARE = 3  # a file with one in this many of another file's questions was renamed or split off


def earlier_readings(
    lock: Lock | None, sources: Sequence[SourceFile]
) -> Mapping[str, EarlierReading]:
    """Return how earlier builds read each of the files, by path: all files of the deck.

    ``lock`` is that of the last build. Retired notes do not count.
    """
    earlier = _with_moved(_in_lock(lock), sources) if lock else {}
    return {source.path: _own(earlier, source.path) for source in sources}


def _in_lock(lock: Lock) -> dict[str, EarlierReading]:
    fronts: defaultdict[str, list[str]] = defaultdict(list)
    for entry in lock.entries:
        if not entry.is_retired:
            fronts[entry.file].append(entry.front)
    choices = {
        each.file: Choice(tuple(each.questions.split(" + ")), each.question_level)
        for each in lock.files
        if each.questions
    }
    return {path: EarlierReading(choices.get(path), fronts[path]) for path in {**choices, **fronts}}


def _with_moved(
    earlier: Mapping[str, EarlierReading], sources: Sequence[SourceFile]
) -> Mapping[str, EarlierReading]:
    """Add to each file the fronts that moved to it from other files.

    A front moved if it begins no line of its old file any more, and is a line of another one. If
    several files have it, it moved to the one with most fronts of its old file. A file that has
    none of its own fronts, and a third of the questions of an old file, was renamed or split off.
    It is read like the old one, and the questions of other files do not count. In any other file,
    a front counts only if a single file had it.
    """
    texts = {source.path: "\n".join(source.lines) for source in sources}
    missing = [
        (path, front)
        for path, reading in earlier.items()
        for front in _gone(dict.fromkeys(reading.fronts), texts.get(path, ""))
    ]
    if not missing:
        return earlier
    gone = _by_words(missing)
    missing_from = Counter(path for path, _ in missing)
    new = {path for path in texts if missing_from[path] == len({*_own(earlier, path).fronts})}
    fronts = {front for _, front in chain(*gone.values())}
    may_have = {*texts} if len(fronts) > _MANY else new | {*_with_a_start(texts, fronts)}
    able = [source for source in sources if fronts and source.path in may_have]
    found = {
        source.path: {each for each in _here(gone, _beginnings(source)) if each[0] != source.path}
        for source in able
    }
    moved_to = _moved_to(found)
    times = Counter(front for reading in earlier.values() for front in reading.fronts)
    result = dict(earlier)
    for source in able:
        own = _own(earlier, source.path)
        here = {each for each in found[source.path] if moved_to[each] == source.path}
        old = _old_file(here, earlier, texts) if source.path in new else ""
        if old:
            choice, moved = earlier[old].choice, [front for path, front in missing if path == old]
        else:
            whole = here & _here(gone, _tails(source)) if here else ()
            choice, moved = own.choice, sorted(front for _, front in whole if times[front] == 1)
        result[source.path] = EarlierReading(choice, own.fronts, moved)
    return result


def _own(earlier: Mapping[str, EarlierReading], path: str) -> EarlierReading:
    return earlier.get(path, NEVER_READ)


def _by_words(missing: Iterable[_Front]) -> Mapping[str, Sequence[_Front]]:
    """Return the fronts by the words that a line may have of each."""
    from cardwright.wording import words_of_front  # slow to load

    found: defaultdict[str, list[_Front]] = defaultdict(list)
    for path, front in missing:
        for words in words_of_front(front):
            found[words].append((path, front))
    return found


def _with_a_start(texts: Mapping[str, str], fronts: Iterable[str]) -> Iterator[str]:
    """Yield the paths of the texts that have the start of one of the fronts."""
    heads = {front[:_HEAD] for front in fronts}
    yield from (path for path, text in texts.items() if any(head in text for head in heads))


def _moved_to(found: Mapping[str, Collection[_Front]]) -> Mapping[_Front, str]:
    """Return the file to which each front moved, ``""`` if that is open.

    Of the files that have it, that is the one with the most fronts of its old file. Articles with
    the same heading ("Example") have one each.
    """
    shared = Counter((old, new) for new, fronts in found.items() for old, _ in fronts)
    places: defaultdict[_Front, list[str]] = defaultdict(list)
    for new, fronts in found.items():
        for front in fronts:
            places[front].append(new)
    moved: dict[_Front, str] = {}
    for front, files in places.items():
        counts = [shared[front[0], new] for new in files]
        most = max(counts)
        moved[front] = files[counts.index(most)] if counts.count(most) == 1 else ""
    return moved


def _here(gone: Mapping[str, Sequence[_Front]], texts: Iterable[str]) -> set[_Front]:
    """Return what is gone from its file and is among the texts of another one."""
    return {each for words in gone.keys() & {*texts} for each in gone[words][:_MOST_FILES]}


def _old_file(
    found: Iterable[_Front], earlier: Mapping[str, EarlierReading], texts: Mapping[str, str]
) -> str:
    """Return the file that most fronts are from, if they are a third of it, else ``""``.

    One front of a file that is still there moved alone.
    """
    times = Counter(path for path, _ in sorted(found))
    able = (
        path
        for path in times
        if times[path] * _SHARE >= len(earlier[path].fronts)
        and (times[path] > 1 or path not in texts)
    )
    return max(able, key=times.__getitem__, default="")


def _gone(fronts: Collection[str], text: str) -> Iterator[str]:
    """Yield the fronts that begin no line of a text. Nothing is looked for in a huge text.

    The lock keeps a front on one line. So its options, or a second sentence, may be on other lines,
    and the words of a longer one on several. Tables of contents do not count.
    """
    if len(fronts) * len(text) >= _HUGE:
        return
    if "](#" in text:
        text = _INWARD.sub("", text)
    missing = [front for front in fronts if front and not _begins_a_line(front, text)]
    all_words = f" {_words(text)} " if missing else ""
    for front in missing:
        words = _words(front)
        is_short = words.count(" ") < _FEW and not front.endswith(("?", "\uff1f"))
        is_there = front[:_HEAD] in text or f" {words}"[:_HEAD] in all_words
        if is_short or not is_there:
            yield front


def _words(text: str) -> str:
    """Return the words of a text without numbers, which may be those of list items."""
    from cardwright.wording import bare_words

    plain = bare_words(_OPENS_DELETION.sub("", text))
    return " ".join(word for word in plain.split() if not word.isdecimal())


def _begins_a_line(front: str, text: str) -> bool:
    """Whether a line, or a cell of a table, has the start of a front after at most two words.

    The start goes up to its first sentence, or what may be on a further line. Tags, remarks and
    numbers are no such words.
    """
    if _is_at_a_start(front[:_HEAD], text):
        return True
    over = _END_OF_HEAD.search(front, 1)
    if over is None or over.start() >= _HEAD:
        return False
    return _is_at_a_start(front[: over.start()], text)


def _is_at_a_start(head: str, text: str) -> bool:
    at = text.find(head)
    for _ in range(_MOST_LINES):
        if at < 0:
            break
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = end if end >= 0 else len(text)
        before = _TAG.sub("", text[max(start, text.rfind("|", start, at)) : at])
        if len(_WORD.findall(before)) <= _MOST_BEFORE:
            return True
        at = text.find(head, end)
    return False


def _tails(source: SourceFile) -> Iterator[str]:
    """Yield the words of each line, with and without the first one or two (``Q 12``)."""
    from cardwright.wording import bare_words

    for line in source.lines:
        words = bare_words(_OPENS_DELETION.sub("", line)).split(" ")
        yield from (" ".join(words[first:]) for first in range(min(len(words), 3)))


def _beginnings(source: SourceFile) -> Iterator[str]:
    """Yield the beginnings of these. An answer or a tag may follow a question on its line."""
    for tail in _tails(source):
        words = tail.split(" ", _MOST_WORDS)[:_MOST_WORDS]
        yield tail
        yield from (" ".join(words[:last]) for last in range(1, len(words) + 1))


def as_seen(content: Content, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort the diagnostics, and make their paths relative to the working directory.

    Drops warnings that the settings or a file's front matter ignore.
    """
    own = {file.path: file.front_matter.ignore for file in content.files}
    return in_order(
        replace(problem, place=shown_place(content.folder, problem.place))
        for problem in problems
        if problem.is_error or not _is_ignored(problem, content, own)
    )


def _is_ignored(problem: Diagnostic, content: Content, own: Mapping[str, tuple[str, ...]]) -> bool:
    code, path = problem.code.code, problem.place.path
    return code in own.get(path, ()) or any(
        code == each.code and (not each.files or matches((each.files,), path))
        for each in content.config.ignore
    )
