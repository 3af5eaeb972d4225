"""A tag put at the end of its question, where attributes stand."""

from __future__ import annotations

from cardwright.pull.lines import Replacement, applied
from cardwright.pull.proof import Bench


def with_tag(bench: Bench, index: int, tag: str) -> Replacement | None:
    """What gives note ``index`` the tag and changes nothing else, ``None`` where nothing does."""
    note = bench.notes[index]
    lines = bench.source.lines
    number = note.front.place(0).line
    if not 0 < number <= len(lines):
        return None
    line = lines[number - 1]
    start = sum(len(each) + 1 for each in lines[: number - 1])
    bare = len(line.rstrip())
    options = [Replacement(start + bare, start + bare, f" {{.{tag}}}")]
    if line.rstrip().endswith("}"):
        inside = bare - 1
        options.insert(0, Replacement(start + inside, start + inside, f" .{tag}"))
    for option in options:
        changed = applied(lines, (option,))
        tags = bench.tags_with(changed, index) if changed else None
        if tags is not None and {*tags} == {*note.tags, tag}:
            return option
    return None
