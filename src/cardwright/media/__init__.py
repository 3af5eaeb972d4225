"""Finds, fetches and shrinks the images and sounds that notes name, and names them by content."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.lock import ImagePin
from cardwright.media.cache import CACHE, NO_CACHE, Cache
from cardwright.media.fetch_rules import RULES, FetchRules
from cardwright.media.find import Address, Embedded, Finder, Local, Source
from cardwright.media.make import Made, make
from cardwright.media.picture import Drawings, Refusal
from cardwright.media.read import read_embedded, read_file
from cardwright.media.recent import Recent, stamp_of
from cardwright.media.remote import Access, Remote, new_pins, take
from cardwright.media.report import lost, refused, remote_troubles
from cardwright.model import Image, Media, RenderedNote

__all__ = [
    "CACHE",
    "NO_CACHE",
    "RULES",
    "Access",
    "Cache",
    "Drawings",
    "FetchRules",
    "Gathered",
    "Recent",
    "gather",
    "made_ahead",
]

Step = Callable[[str, int, int], None]
_MOST_AT_ONCE = 4  # images in memory as pixels


@dataclass(frozen=True, slots=True)
class Gathered:
    """The media files of the notes, the pins of remote images, and the diagnostics.

    An image that is not in ``found`` has been reported, unless the owner leaves remote images out.
    ``source_bytes`` is the size of the files in ``found`` before they were shrunk. It counts each
    file once.
    """

    found: Mapping[Image, Media]
    pins: tuple[ImagePin, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    source_bytes: int = 0


def gather(
    notes: Sequence[RenderedNote],
    folder: Path,
    config: Config,
    access: Access,
    step: Step = lambda _name, _done, _total: None,
    recent: Recent | None = None,
) -> Gathered:
    """Find and process the images of the notes. ``folder`` is the folder that is built.

    Reports MD501 to MD512. With ``images: {remote: link}``, the owner leaves remote images out.
    They are then neither fetched nor reported.
    """
    finder = Finder(folder, config)
    led = {image: finder.find(image) for image in dict.fromkeys(_images(notes))}
    used: dict[Source, list[Image]] = {}
    for image, (source, _) in led.items():
        if source is not None:
            used.setdefault(source, []).append(image)
    by_url = {source.url: used[source] for source in used if isinstance(source, Address)}
    taken = _take(by_url, config, access, step)
    made = _make_all(used, taken, config, access.cache, step, recent or Recent())
    problems = [wrong for _, wrong in led.values() if wrong is not None]
    problems += remote_troubles({url: by_url[url] for url in taken}, taken)
    problems += _said(used, made)
    files = {source: one for source, one in made.items() if isinstance(one, Made)}
    hashes = {source.url: one.media.source_hash for source, one in files.items()
              if isinstance(source, Address)}  # fmt: skip
    return Gathered(
        {image: files[source].media for image, (source, _) in led.items() if source in files},
        new_pins(by_url, hashes, access),
        tuple(dict.fromkeys(problems)),
        sum({one.media.name: one.source_bytes for one in files.values()}.values()),
    )


@contextmanager
def made_ahead(
    folder: Path, config: Config, cache: Cache, recent: Recent
) -> Iterator[Callable[[Iterable[Image]], None]]:
    """Yield a function that processes local images in a thread while the caller continues.

    A later ``gather`` with the same ``cache`` and ``recent`` uses the results and processes the
    rest. It also reports problems, which this function does not.
    """
    finder, width = Finder(folder, config), config.images.max_width
    seen: set[Source] = set()

    def make_some(images: Sequence[Image]) -> None:
        for source, _ in map(finder.find, images):
            if isinstance(source, Local) and source not in seen:
                seen.add(source)
                _made_of(source, width, cache, recent)

    worker = ThreadPoolExecutor(1)
    try:
        yield lambda images: _submit(worker, make_some, tuple(images))
    finally:
        worker.shutdown(cancel_futures=True)


def _submit(
    worker: ThreadPoolExecutor, work: Callable[[Sequence[Image]], None], images: Sequence[Image]
) -> None:
    if images:
        worker.submit(work, images)


def _images(notes: Sequence[RenderedNote]) -> Iterator[Image]:
    for note in notes:
        for fragment in (note.front, note.back, note.hint, note.extra):
            yield from (mark for mark in fragment.marks if isinstance(mark, Image))


def _take(
    by_url: Mapping[str, Sequence[Image]], config: Config, access: Access, step: Step
) -> Mapping[str, Remote]:
    if config.images.remote == "link":
        return {}
    return take(
        tuple(by_url),
        access,
        allow_private=config.images.allow_private,
        step=lambda done: step("fetching images", done, len(by_url)),
    )


def _make_all(
    used: Mapping[Source, Sequence[Image]],
    taken: Mapping[str, Remote],
    config: Config,
    cache: Cache,
    step: Step,
    recent: Recent,
) -> dict[Source, Made | Refusal]:
    """Process each available source in threads. Pillow releases Python's global lock."""

    def one(source: Source) -> Made | Refusal | None:
        width = config.images.max_width
        if isinstance(source, Local):
            return _made_of(source, width, cache, recent)
        content = _read(source, taken)
        if not isinstance(content, bytes):
            return content
        outcome = make(content, width, cache)
        if isinstance(source, Address) and isinstance(outcome, Made) and outcome.media.is_sound:
            return Refusal("is a sound or a film, which is not fetched", "save it beside the file")
        return outcome

    made: dict[Source, Made | Refusal] = {}
    with ThreadPoolExecutor(min(_MOST_AT_ONCE, os.cpu_count() or 1)) as pool:
        for number, (source, outcome) in enumerate(zip(used, pool.map(one, used), strict=True)):
            step("shrinking images", number, len(used))
            if outcome is not None:
                made[source] = outcome
    return made


def _made_of(source: Local, width: int, cache: Cache, recent: Recent) -> Made | Refusal:
    stamp = stamp_of(source.path, width)
    if known := recent.of(stamp):
        return known
    content = read_file(source.path)
    if isinstance(content, Refusal):
        return content
    outcome = make(content, width, cache)
    recent.keep(stamp, outcome)
    return outcome


def _read(source: Embedded | Address, taken: Mapping[str, Remote]) -> bytes | Refusal | None:
    if isinstance(source, Embedded):
        return read_embedded(source.uri)
    return taken[source.url].content if source.url in taken else None


def _said(
    used: Mapping[Source, Sequence[Image]], made: Mapping[Source, Made | Refusal]
) -> Iterator[Diagnostic]:
    for source, outcome in made.items():
        if isinstance(outcome, Refusal):
            yield from (refused(image, outcome) for image in used[source])
        elif outcome.lost:
            yield from (lost(image, outcome.lost) for image in used[source])
