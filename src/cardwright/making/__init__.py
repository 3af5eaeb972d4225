"""Makes the notes of all files, or reuses those of the last build."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cardwright.content import Content
from cardwright.content.files import NEVER_READ, Step, earlier_readings, with_moved
from cardwright.lock import Lock
from cardwright.making.finish import with_draft, with_images
from cardwright.making.values import FileResult, NoteResult, Shared, Task
from cardwright.making.work_cache import Memory, SealedEntry, WorkCache
from cardwright.making.workers import SideWork, in_fork, make_files
from cardwright.model import DeckName, Image

__all__ = [
    "FileResult",
    "Memory",
    "NoteResult",
    "Shared",
    "WorkCache",
    "all_files",
    "in_fork",
    "is_large",
    "with_draft",
    "with_images",
]


_LARGE = 15_000_000
"""Characters. The fields of a larger deck are compressed in memory, which takes time."""


def is_large(content: Content) -> bool:
    """Whether the notes of a deck are compressed while it is built (see ``small``)."""
    return sum(len(line) for source in content.files for line in source.lines) > _LARGE


def all_files(
    content: Content, root: DeckName, lock: Lock | None, work: WorkCache, processes: int,
    step: Step,
    begin_images: Callable[[Iterable[Image]], None] = lambda _images: None,
) -> list[FileResult]:  # fmt: skip
    """Make the notes of all files with at most ``processes`` processes, or reuse them.

    Notes with images are not complete yet. If several processes make files, ``begin_images`` gets
    the images of each file when it is ready.
    """
    earlier = with_moved(earlier_readings(lock), content.files)
    work.read_ahead(source.path for source in content.files)
    found = [work.look_up(source, earlier.get(source.path, NEVER_READ)) for source in content.files]
    tasks = [each for each in found if isinstance(each, Task)]

    def open_all() -> None:
        for at, each in enumerate(found):
            if isinstance(each, SealedEntry):
                found[at] = work.opened(each)  # frees its bytes, so the deck is not in memory twice

    def on_file(file: FileResult) -> None:
        begin_images(image for note in file.notes for image in note.images)

    shared = Shared(content.config, content.is_single, root, is_large(content))
    side_work = SideWork(
        open_all, sum(len(each.content) for each in found if isinstance(each, SealedEntry))
    )
    new = iter(make_files(tasks, shared, processes, step, side_work, on_file))
    return [each if isinstance(each, FileResult) else next(new) for each in found]
