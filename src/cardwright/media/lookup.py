"""Looks up files below the content folder and its roots, as authors write them."""

from __future__ import annotations

import difflib
import os
import posixpath
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from pathlib import Path

from cardwright.model import composed

_LONGEST = 4_096  # PATH_MAX of Linux: nothing longer leads to a file
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico")
_SOUNDS = (".mp3", ".wav", ".ogg", ".oga", ".opus", ".flac", ".m4a", ".3gp")
_FILMS = (".mp4", ".m4v", ".mov", ".webm", ".ogv", ".mkv", ".avi")
_MEDIA = _IMAGES + _SOUNDS + _FILMS
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""``isprintable`` would also refuse an emoji that is newer than Python."""

# Suggestions are for typing mistakes. Without limits, a thousand missing images would each search
# all names.
_MOST_ENTRIES = 20_000
_MOST_NAMED = 500_000
_MOST_COMPARED = 1_000
_MOST_SUGGESTIONS = 50


class Absence(Enum):
    """Why a path does not lead to a file."""

    MISSING = "missing"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that was found."""

    path: Path  # without links
    written: Path  # with the names of the folders
    is_exact: bool  # false if only another case of the letters matches


@dataclass(frozen=True, slots=True)
class _Listing:
    """The names in a folder. ``composed`` and ``folded`` map NFC and case-folded names to them."""

    names: dict[str, os.DirEntry[str]] = field(default_factory=dict)
    composed: dict[str, str] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)


class Lookup:
    """The content folder and its roots. Lists each folder at most once.

    Only files with one of the ``suffixes`` are found by their name alone.
    """

    def __init__(
        self, folder: Path, roots: Sequence[str], suffixes: tuple[str, ...] = _MEDIA
    ) -> None:
        self.folder = folder.resolve()
        self._suffixes = suffixes
        self._listings: dict[Path, _Listing] = {}
        self.roots = tuple(_real(self._on_disk(Path(root))) for root in roots)
        self._grounds = tuple(dict.fromkeys((self.folder, *self.roots)))
        self._links: dict[Path, Path] = {}
        self._images: dict[str, Path] | None = None
        self._named: dict[str, list[Path]] | None = None
        self._nearby: dict[tuple[Path, str], tuple[Path, ...]] = {}
        self._suggestions = 0

    def find(self, start: Path, target: str) -> FoundFile | Absence:
        """Find ``target``, relative to the folder ``start``.

        ``..`` is resolved as text, before the disk is read. A link is followed only if it leads
        inside. So nothing about files outside can be learned, not even whether they exist. Names
        match in any Unicode normalisation and then in any case, on every file system.
        """
        if len(target) > _LONGEST or "\0" in target:
            return Absence.MISSING
        meant = Path(posixpath.normpath(posixpath.join(start.as_posix(), target)))
        ground = next((one for one in self._grounds if meant.is_relative_to(one)), None)
        if ground is None:
            return Absence.OUTSIDE
        reached = written = ground
        is_exact = True
        for part in meant.relative_to(ground).parts:
            listing = self._listing(reached)
            name = _match(listing, part)
            if name is None:
                return Absence.MISSING
            is_exact = is_exact and composed(name) == composed(part)
            reached, written = reached / name, written / name
            if listing.names[name].is_symlink():
                reached = self._links.setdefault(reached, _real(reached))
                if not any(reached.is_relative_to(one) for one in self._grounds):
                    return Absence.OUTSIDE
        return FoundFile(reached, written, is_exact)

    def folder_of(self, path: str) -> Path:
        """Return the folder of a file of the content, with the names that it has on the disk."""
        return self._on_disk(Path(posixpath.dirname(path)))

    def _on_disk(self, path: Path) -> Path:
        folder = self.folder
        for part in path.parts:
            folder /= _match(self._listing(folder), part) or part
        return folder

    def anywhere(self, start: Path, target: str) -> tuple[Path, ...]:
        """Return the files whose path ends with ``target`` in any case, the nearest first."""
        key = (start, target)
        if key not in self._nearby:
            fitting = sorted(self._ending(target), key=lambda path: _nearness(start, path))
            found = (self.find(path.parent, path.name) for path in fitting)
            paths = (each.path for each in found if isinstance(each, FoundFile))
            self._nearby[key] = tuple(dict.fromkeys(paths))
        return self._nearby[key]

    def is_in_vault(self, start: Path) -> bool:
        """Whether a folder is in a vault of Obsidian that begins inside the content folder."""
        above = (each for each in (start, *start.parents) if each.is_relative_to(self.folder))
        return any(".obsidian" in self._listing(each).names for each in above)

    def _ending(self, target: str) -> list[Path]:
        if self._named is None:
            self._named = {}
            for path in self._walk(_MOST_NAMED):
                self._named.setdefault(composed(path.name).casefold(), []).append(path)
        parts = _folded_parts(target)
        candidates = self._named.get(parts[-1], []) if parts else []
        return [
            path for path in candidates if _folded_parts(path.as_posix())[-len(parts) :] == parts
        ]

    def nearest(self, target: str) -> Path | None:
        """Return the image with the most similar name, without its ending, or ``None``."""
        if self._images is None:
            self._images = {}
            for path in self._walk(_MOST_ENTRIES):
                is_link = path.is_symlink()  # one may lead outside
                if not is_link or isinstance(self.find(path.parent, path.name), FoundFile):
                    self._images.setdefault(path.name.casefold(), path)
        wanted = posixpath.basename(target)[:255].casefold()
        if wanted in self._images:
            return self._images[wanted]
        if self._suggestions >= _MOST_SUGGESTIONS:
            return None
        self._suggestions += 1
        stems: dict[str, Path] = {}
        for name, path in islice(self._images.items(), _MOST_COMPARED):
            stems.setdefault(posixpath.splitext(name)[0], path)
        stem = posixpath.splitext(wanted.rpartition("\\")[2])[0]
        near = difflib.get_close_matches(stem, stems, n=1)
        return stems[near[0]] if near else None

    def _walk(self, most: int) -> Iterator[Path]:
        """Yield the files among the first ``most`` entries, upper folders first, without links."""
        waiting = deque(self._grounds)
        count = 0
        while waiting and count < most:
            folder = waiting.popleft()
            for name, entry in self._listing(folder).names.items():
                count += 1
                if entry.is_dir(follow_symlinks=False):
                    if not name.startswith(".") and name != "node_modules":
                        waiting.append(folder / name)
                elif name.lower().endswith(self._suffixes) and not _UNPRINTABLE.search(name):
                    yield folder / name

    def _listing(self, folder: Path) -> _Listing:
        """Return the names in ``folder``, or none if it is not a folder or not readable."""
        if folder not in self._listings:
            listing = self._listings[folder] = _Listing()
            with suppress(OSError), os.scandir(folder) as found:
                for entry in sorted(found, key=lambda entry: entry.name):
                    listing.names[entry.name] = entry
                    listing.composed.setdefault(composed(entry.name), entry.name)
                    listing.folded.setdefault(composed(entry.name).casefold(), entry.name)
        return self._listings[folder]


def _match(listing: _Listing, part: str) -> str | None:
    if part in listing.names:
        return part
    name = composed(part)
    return listing.composed.get(name) or listing.folded.get(name.casefold())


def _folded_parts(target: str) -> list[str]:
    parts = composed(target).casefold().split("/")
    return [part for part in parts if part not in ("", ".")]


def _nearness(start: Path, path: Path) -> tuple[int, Path]:
    """Return the steps from ``start`` to a file, and its path in NFC."""
    steps = posixpath.relpath(path.as_posix(), start.as_posix()).split("/")
    return len(steps), Path(composed(str(path)))


def _real(path: Path) -> Path:
    """Resolve the links in a path, and keep those that lead in a circle."""
    return Path(os.path.realpath(path))
