"""A tag or an id put at the end of a question, where attributes stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardwright.model import Guid
from cardwright.pull.lines import Replacement, applied
from cardwright.pull.proof import Bench


def with_tags(bench: Bench, index: int, tags: Sequence[str]) -> Replacement | None:
    """What gives note ``index`` the tags and changes nothing else, ``None`` where nothing does."""
    wanted = {*bench.notes[index].tags, *tags}
    for option in _options(bench, index, " ".join(f".{tag}" for tag in tags)):
        changed = applied(bench.source.lines, (option,))
        found = bench.tags_with(changed, index) if changed else None
        if found is not None and {*found} == wanted:
            return option
    return None


def with_id(
    bench: Bench, index: int, edit: Sequence[Replacement], guid: Guid
) -> tuple[Replacement, ...] | None:
    """An edit of a question with its GUID as an id, by which it stays the same note."""
    for option in _options(bench, index, f"#{guid}"):
        both = (*edit, option)
        plain, marked = applied(bench.source.lines, edit), applied(bench.source.lines, both)
        if plain and marked and bench.ids_with(plain, marked, index) == guid:
            return both
    return None


def _options(bench: Bench, index: int, attribute: str) -> Iterator[Replacement]:
    """An attribute in the braces at the end of the question's line, or in new ones."""
    lines = bench.source.lines
    number = bench.notes[index].front.place(0).line
    if not 0 < number <= len(lines):
        return
    line = lines[number - 1].rstrip()
    end = sum(len(each) + 1 for each in lines[: number - 1]) + len(line)
    if line.endswith("}"):
        yield Replacement(end - 1, end - 1, f" {attribute}")
    yield Replacement(end, end, f" {{{attribute}}}")
