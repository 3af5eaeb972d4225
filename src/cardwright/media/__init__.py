"""Finds, fetches and shrinks the images and sounds that notes name, and names them by content."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.lock import ImagePin
from cardwright.media.cache import Cache
from cardwright.media.find import Finder, Source, is_remote
from cardwright.media.picture import PreparedFile, Refusal
from cardwright.media.prepare import ImageMemo, prepare, stamp_of
from cardwright.media.read import read_embedded, read_file
from cardwright.media.remote import Access, RemoteImage, get_remote, new_pins
from cardwright.media.report import lost, refused, remote_troubles
from cardwright.model import Image, Media, Progress, RenderedNote, no_progress

_MOST_AT_ONCE = 4  # images in memory as pixels


@dataclass(frozen=True, slots=True)
class Gathered:
    """The media files of the notes, the pins of remote images, and the diagnostics."""

    found: Mapping[Image, Media]  # all but those that were reported, or that the owner leaves out
    pins: tuple[ImagePin, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    source_bytes: int = 0  # size of the files in `found` before they were shrunk, each once


def gather(
    notes: Sequence[RenderedNote],
    folder: Path,
    config: Config,
    access: Access,
    step: Progress = no_progress,
    memo: ImageMemo | None = None,
) -> Gathered:
    """Find and process the images of the notes. ``folder`` is the folder that is built.

    Reports MD501 to MD512. With ``images: {remote: link}``, the owner leaves remote images out.
    They are then neither fetched nor reported.
    """
    finder = Finder(folder, config)
    images = dict.fromkeys(image for note in notes for image in note.images)
    sources = {image: finder.find(image) for image in images}
    used: dict[Source, list[Image]] = {}
    for image, (source, _) in sources.items():
        if source is not None:
            used.setdefault(source, []).append(image)
    by_url = {source: images for source, images in used.items() if is_remote(source)}
    fetched = get_remote(
        () if config.images.remote == "link" else tuple(by_url),
        access,
        allow_private=config.images.allow_private,
        step=lambda done: step("fetching images", done, len(by_url)),
    )
    prepared = _prepare_all(used, fetched, config, access.cache, step, {} if memo is None else memo)
    problems = [wrong for _, wrong in sources.values() if wrong is not None]
    problems += remote_troubles(by_url, fetched)
    for source, outcome in prepared.items():
        if isinstance(outcome, Refusal):
            problems += (refused(image, outcome) for image in used[source])
        elif outcome.lost:
            problems += (lost(image, outcome.lost) for image in used[source])
    files = {source: one for source, one in prepared.items() if isinstance(one, PreparedFile)}
    hashes = {each: one.media.source_hash for each, one in files.items() if is_remote(each)}
    return Gathered(
        {image: files[source].media for image, (source, _) in sources.items() if source in files},
        new_pins(by_url, hashes, access),
        tuple(dict.fromkeys(problems)),
        sum({one.media.name: one.source_bytes for one in files.values()}.values()),
    )


@contextmanager
def prepare_ahead(
    folder: Path, config: Config, cache: Cache, memo: ImageMemo
) -> Iterator[Callable[[Iterable[Image]], None]]:
    """Yield a function that processes local images in a thread, for a later ``gather`` to use."""
    finder, width = Finder(folder, config), config.images.max_width
    seen: set[Source] = set()

    def prepare_some(images: Sequence[Image]) -> None:
        for source, _ in map(finder.find, images):
            if isinstance(source, Path) and source not in seen:
                seen.add(source)
                _prepared(source, {}, width, cache, memo)

    def submit(images: Iterable[Image]) -> None:
        if some := tuple(images):
            worker.submit(prepare_some, some)

    worker = ThreadPoolExecutor(1)
    try:
        yield submit
    finally:
        worker.shutdown(cancel_futures=True)


def _prepare_all(
    used: Mapping[Source, Sequence[Image]],
    fetched: Mapping[str, RemoteImage],
    config: Config,
    cache: Cache,
    step: Progress,
    memo: ImageMemo,
) -> dict[Source, PreparedFile | Refusal]:
    """Process each available source in threads. Pillow releases Python's global lock."""
    width = config.images.max_width
    one = partial(_prepared, fetched=fetched, width=width, cache=cache, memo=memo)
    prepared: dict[Source, PreparedFile | Refusal] = {}
    with ThreadPoolExecutor(min(_MOST_AT_ONCE, os.cpu_count() or 1)) as pool:
        for number, (source, outcome) in enumerate(zip(used, pool.map(one, used), strict=True)):
            step("shrinking images", number, len(used))
            if outcome is not None:
                prepared[source] = outcome
    return prepared


def _prepared(
    source: Source,
    fetched: Mapping[str, RemoteImage],
    width: int,
    cache: Cache,
    memo: ImageMemo,
) -> PreparedFile | Refusal | None:
    """Process a source, or return ``None`` if it is not here."""
    stamp = stamp_of(source, width) if isinstance(source, Path) else None
    if stamp in memo:
        return memo[stamp]
    content = _read(source, fetched)
    outcome = prepare(content, width, cache) if isinstance(content, bytes) else content
    if not isinstance(outcome, PreparedFile):
        return outcome
    if is_remote(source) and outcome.media.is_sound:
        return Refusal("is a sound or a film, which is not fetched", "save it beside the file")
    if stamp and not outcome.media.name.endswith(".svg"):
        memo[stamp] = outcome
    return outcome


def _read(source: Source, fetched: Mapping[str, RemoteImage]) -> bytes | Refusal | None:
    if isinstance(source, Path):
        return read_file(source)
    if is_remote(source):
        return fetched[source].content if source in fetched else None
    return read_embedded(source)
