"""Make the notes of every file, or take them over from the last build."""

from __future__ import annotations

from cardwright.content import Content
from cardwright.content.files import Step, kept_choices, known_fronts, renamed_files
from cardwright.lock import Lock
from cardwright.making.finish import with_draft, with_images
from cardwright.making.kept import KeptWork, Memory, Sealed
from cardwright.making.values import MadeFile, MadeNote, Shared, Task
from cardwright.making.workers import Aside, beside, make_files
from cardwright.model import DeckName

__all__ = [
    "KeptWork",
    "MadeFile",
    "MadeNote",
    "Memory",
    "Shared",
    "all_files",
    "beside",
    "with_draft",
    "with_images",
]


def all_files(
    content: Content, root: DeckName, lock: Lock | None, work: KeptWork, processes: int, step: Step
) -> list[MadeFile]:
    """The notes of every file, as far as the file alone can make them, by so many processes."""
    kept, known = kept_choices(lock), known_fronts(lock)
    work.read_ahead(source.path for source in content.files)
    renamed = renamed_files(content, known)
    before = [renamed.get(source.path, source.path) for source in content.files]
    found = [
        work.look_up(source, kept.get(path), known.get(path, ()))
        for source, path in zip(content.files, before, strict=True)
    ]
    tasks = [each for each in found if isinstance(each, Task)]

    def open_all() -> None:
        for at, each in enumerate(found):
            if isinstance(each, Sealed):
                found[at] = work.opened(each)  # its bytes go at once: no deck is twice in memory

    shared = Shared(content.config, content.is_single, root)
    aside = Aside(open_all, sum(len(each.content) for each in found if isinstance(each, Sealed)))
    new = iter(make_files(tasks, shared, processes, step, aside))
    return [each if isinstance(each, MadeFile) else next(new) for each in found]
