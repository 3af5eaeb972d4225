"""Makes the notes of all files, or reuses those of the last build."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from cardwright.content import Content
from cardwright.content.files import earlier_readings
from cardwright.lock import Lock
from cardwright.making.values import FileResult, Shared, Task
from cardwright.making.work_cache import SealedEntry, WorkCache
from cardwright.making.workers import Worker, make_files, worker_ahead
from cardwright.model import DeckName, Image, Progress
from cardwright.source.names import path_on_disk

_LARGE = 15_000_000  # characters; the fields of a larger deck are compressed, which takes time


def is_large(content: Content) -> bool:
    """Whether the notes of a deck are compressed while it is built (see ``small``)."""
    return _size(content) > _LARGE


def _size(content: Content) -> int:
    return sum(sum(map(len, source.lines)) for source in content.files)


_WORTH_A_START = 1_000_000  # characters; reading lock and cache for fewer is faster than a process


def edit_ahead(
    content: Content, root: DeckName, processes: int, output: Path | None
) -> AbstractContextManager[Worker | None]:
    """Start another process for what was edited, before it is known what that is.

    It loads the parser and the renderer while this process reads the lock and the cache. It starts
    if a file is newer than the packages in ``output``. That is a guess, which only costs time.
    """
    is_worth_it = processes > 1 and _size(content) > _WORTH_A_START
    if is_worth_it and output and _is_newer(content, output):
        return worker_ahead(_shared(content, root))
    return nullcontext()


def _is_newer(content: Content, output: Path) -> bool:
    try:
        last = max((each.stat().st_mtime for each in output.glob("*.apkg")), default=math.inf)
        paths = (path_on_disk(content.folder, source.path) for source in content.files)
        return any(path.stat().st_mtime > last for path in paths)
    except OSError:
        return False


def _shared(content: Content, root: DeckName) -> Shared:
    return Shared(content.config, content.is_single, root, is_large(content))


def all_files(
    content: Content, root: DeckName, lock: Lock | None, work: WorkCache, processes: int,
    step: Progress,
    begin_images: Callable[[Iterable[Image]], None] = lambda _images: None,
    ready: Worker | None = None,
) -> list[FileResult]:  # fmt: skip
    """Make the notes of all files with at most ``processes`` processes, or reuse them.

    Notes with images are not complete yet. If several processes make files, ``begin_images`` gets
    the images of each file when it is ready. ``ready`` is a process from ``edit_ahead``.
    """
    earlier = earlier_readings(lock, content.files)
    work.read_ahead(source.path for source in content.files)
    found = [work.look_up(source, earlier[source.path]) for source in content.files]
    tasks = [each for each in found if isinstance(each, Task)]

    def open_all() -> None:
        for at, each in enumerate(found):
            if isinstance(each, SealedEntry):
                found[at] = work.opened(each)  # frees its bytes, so the deck is not in memory twice

    def on_file(file: FileResult) -> None:
        begin_images(image for note in file.notes for image in note.images)

    shared = _shared(content, root)
    size = sum(len(each.content) for each in found if isinstance(each, SealedEntry))
    new = iter(make_files(tasks, shared, processes, step, open_all, size, on_file, ready))
    return [each if isinstance(each, FileResult) else next(new) for each in found]
