"""Watches the files of a deck, for commands that run until Ctrl-C."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cardwright.config import Config
from cardwright.content import read_content
from cardwright.model import SUFFIXES
from cardwright.source.names import path_on_disk

_STEP = 25
"""Milliseconds without a change before changes are reported.

Editors write a file in several steps, and git writes many files.
"""

_LONGEST = 400  # milliseconds after which changes are reported in any case

_TIMEOUT = 200  # milliseconds before the system is asked again

_UNREAD = ("node_modules", "__pycache__")
_EDITOR_SUFFIXES = ("~", ".swp", ".swx", ".tmp", ".part", "4913")


def changes(path: Path, output: Path, *, with_lock: bool) -> Iterator[None]:
    """Yield once at the start, and again whenever a file of the deck at ``path`` changes.

    Ignores ``output``, hidden files and temporary files of editors. Ignores locks too, which a
    build writes itself, unless ``with_lock`` is set. ``KeyboardInterrupt`` ends it.
    """
    from watchfiles import watch  # only these commands need it

    is_folder = path.suffix.lower() not in SUFFIXES or path.is_dir()  # it may be gone by now
    folder = path if is_folder else path.parent
    while True:
        try:
            with _held(folder) as is_same:
                roots = [folder.resolve(), *_image_folders(path, folder)]
                is_first = True
                for found in watch(
                    *roots,
                    watch_filter=partial(_is_read, roots, output.resolve(), with_lock),
                    debounce=_LONGEST,
                    step=_STEP,
                    recursive=is_folder,
                    rust_timeout=_TIMEOUT,
                    yield_on_timeout=True,
                    ignore_permission_denied=True,
                ):
                    if not is_same():
                        break
                    if found or is_first:
                        yield None
                    is_first = False
        except FileNotFoundError:
            yield None  # the folder is gone, and git may bring it back
            while not folder.is_dir():
                time.sleep(_TIMEOUT / 1000)


@contextmanager
def _held(folder: Path) -> Iterator[Callable[[], bool]]:
    """Return a function that says whether ``folder`` is still the same, and not a new one.

    The system watches the old one only. It stays open, so that no new folder can get its number.
    Windows opens no folders, and lets nobody delete one that is watched.
    """
    opened = -1 if os.name == "nt" else os.open(folder, os.O_RDONLY)
    try:
        yield lambda: opened < 0 or os.path.samestat(os.fstat(opened), folder.stat())
    finally:
        if opened >= 0:
            os.close(opened)


def _is_read(
    roots: Sequence[Path], written: Path, with_lock: bool, _change: object, name: str
) -> bool:
    """Whether a change of the file ``name`` matters. ``written`` is the folder of the output."""
    path = Path(name)
    is_lock = path.suffix == ".lock" and not with_lock
    is_output = path.is_relative_to(written) and not any(r.is_relative_to(written) for r in roots)
    if path.suffix == ".apkg" or is_lock or is_output or path.name.endswith(_EDITOR_SUFFIXES):
        return False
    ways = (path.relative_to(root).parts for root in roots if path.is_relative_to(root))
    return any(not any(part[0] == "." or part in _UNREAD for part in way) for way in ways)


def _image_folders(path: Path, folder: Path) -> Sequence[Path]:
    """Return the folders outside of the content where images may be.

    A single file is watched without subfolders, so its subfolders are included.
    """
    if not path.is_dir():
        beside = sorted(each for each in folder.resolve().iterdir() if each.is_dir())
        return [each for each in beside if each.name[0] != "." and each.name not in _UNREAD]
    config: Config = read_content(path)[0].config
    roots = (path_on_disk(folder, root) for root in config.images.roots)
    found = [Path(os.path.realpath(root)) for root in roots]  # takes links in a circle, too
    return [root for root in found if root.is_dir() and not root.is_relative_to(folder.resolve())]
