"""Make the notes of every file, or take them over from the last build."""

from __future__ import annotations

from cardwright.content import Content
from cardwright.content.files import Step, kept_choices, known_fronts
from cardwright.lock import Lock
from cardwright.making.finish import with_draft, with_images
from cardwright.making.kept import KeptWork, Memory
from cardwright.making.values import MadeFile, MadeNote, Task
from cardwright.making.workers import make_files

__all__ = [
    "KeptWork",
    "MadeFile",
    "MadeNote",
    "Memory",
    "all_files",
    "with_draft",
    "with_images",
]


def all_files(
    content: Content, lock: Lock | None, work: KeptWork, processes: int, step: Step
) -> list[MadeFile]:
    """The notes of every file, as far as the file alone can make them, by so many processes."""
    kept, known = kept_choices(lock), known_fronts(lock)
    found = [
        work.look_up(source, kept.get(source.path), known.get(source.path, ()))
        for source in content.files
    ]
    tasks = [each for each in found if isinstance(each, Task)]
    made = make_files(tasks, content.config, content.is_single, processes, step)
    new = iter(made)
    return [next(new) if isinstance(each, Task) else each for each in found]
