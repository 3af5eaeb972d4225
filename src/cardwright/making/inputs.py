"""Hashes everything that goes into a file's notes, so that unchanged notes can be reused."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from cardwright import __version__
from cardwright.config import Config
from cardwright.model import EarlierReading, Line, Place, SourceFile
from cardwright.model.stored import pack_lines

HASH = 20  # bytes

_NAMES = """
genanki markdown markdown-it-py mdit-py-plugins mini-racer nh3 pillow pygments pymdown-extensions
pyromark pyyaml tinycss2
"""
_LIBRARIES = tuple(_NAMES.split())  # the libraries whose output is in a package


@cache  # asked for each file
def deck_inputs(config: Config, *, is_single: bool) -> bytes:
    """Hash what all files of a deck share: the program, its libraries and the settings."""
    return _hash(program_hash(), config, is_single)


def file_inputs(deck: bytes, source: SourceFile) -> bytes:
    """Hash what goes into a file that the lock has no information about."""
    # Lines contain no line ends. Joining them takes a tenth of the time of their ``repr``.
    digest = _text_hash("\n".join(source.lines))
    embeds = [
        (pack_lines(each.text.lines), pack_lines(each.definitions.lines), each.text.path, each.path,
         each.target, each.problem, each.hint)
        for each in source.embeds
    ]  # fmt: skip
    bare = replace(source, lines=(), embeds=())
    return _hash(deck, len(source.lines), digest, bare, embeds)


def kept_inputs(bare: bytes, earlier: EarlierReading) -> bytes:
    """Add the lock's information about a file to the hash of its ``bare`` inputs."""
    return _hash(bare, earlier.choice, earlier.known)


def package_inputs(files: Sequence[bytes], lock: str, *others: object) -> bytes:
    """Hash what goes into a package: the seals of the ``files``' entries, and the ``others``."""
    versions = (zlib.ZLIB_RUNTIME_VERSION, sqlite3.sqlite_version)
    return _hash(program_hash(), *versions, files, _text_hash(lock), others)


def placeless(value: object) -> object:
    """Return a value without the places of its lines in the file, as texts, numbers and tuples."""
    if isinstance(value, Line):
        return value.text
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple):
        return tuple(map(placeless, value))
    if is_dataclass(value):
        return tuple(placeless(getattr(value, each.name)) for each in fields(value) if each.compare)
    return value


def _text_hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH).digest()


def _hash(*parts: object) -> bytes:
    # A repr separates the parts, distinguishes text from numbers, and works with lone surrogates.
    return blake2b(repr(parts).encode("ascii", "backslashreplace"), digest_size=HASH).digest()


@cache
def program_hash() -> bytes:
    """Hash the versions of the program, of Python and of the libraries.

    This includes the program's file sizes and times, for those who edit the program.
    """
    folder = Path(__file__).parents[1]
    files = sorted(
        path for path in folder.rglob("*") if path.suffix in (".py", ".txt", ".js", ".json")
    )
    stats = [(path.relative_to(folder).as_posix(), path.stat()) for path in files]
    stamps = [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]
    libraries = list(map(_installed().get, _LIBRARIES))
    return _hash(__version__, sys.version, stamps, libraries)


def _installed() -> dict[str, str]:
    """Return versions by normalised name. Importing ``importlib.metadata`` alone takes as long."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):  # a zip, or no folder at all
            for name in os.listdir(folder or os.curdir):  # noqa: PTH208
                stem, ending = os.path.splitext(name)  # noqa: PTH122
                package, _, version = stem.partition("-")
                if ending in (".dist-info", ".egg-info"):
                    found.setdefault(_SEPARATORS.sub("-", package).lower(), version)
    return found


_SEPARATORS = re.compile("[-_.]+")
