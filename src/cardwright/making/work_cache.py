"""Keeps the notes of each file beside the package, from one build to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

from cardwright.config import Config
from cardwright.diagnostics import Code
from cardwright.making.inputs import (
    HASH,
    deck_inputs,
    file_inputs,
    kept_inputs,
    package_inputs,
    program_hash,
)
from cardwright.making.packing import packed, unpacked
from cardwright.making.secret import user_secret
from cardwright.making.values import FileResult, Task
from cardwright.media.cache import Cache
from cardwright.media.picture import Drawings, Picture
from cardwright.media.prepare import ImageMemo
from cardwright.model import Choice, EarlierReading, SourceFile

_SEAL = 32  # bytes
_LENGTH = 4  # bytes for the length of an entry's head
_READERS = 2
_PACKAGE, _FORMULAS, _DRAWINGS = "/", "//", "///"  # no file's path starts with these


@dataclass(slots=True)
class Memory:
    """What a program that builds a deck repeatedly keeps in memory.

    ``files`` maps a path to the seal of its cache entry, empty if there is none, and to the file.
    """

    files: dict[str, tuple[bytes, FileResult]] = field(default_factory=dict)
    drawings: dict[str, Picture] = field(default_factory=dict)  # cleaned SVG files
    images: ImageMemo = field(default_factory=dict)  # all other images


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry that is not unpacked yet. Its seal is empty if somebody else wrote it."""

    path: str
    seal: bytes
    content: memoryview


@dataclass(slots=True)
class WorkCache:
    """The files of a deck as the last build made them, with one entry in ``cache`` for each.

    Entries are pickled, and unpickling can run code. So each has a seal that only programs of this
    user can create, and no others are opened. The version of the program is behind the seal.
    """

    cache: Cache
    folder: Path
    config: Config
    is_single: bool
    memory: Memory = field(default_factory=Memory)  # what is here is not read again
    foreign: int = 0  # entries that are damaged or written by others
    files: tuple[FileResult, ...] = ()  # those from `take`, in source order
    _entries: dict[str, SealedEntry | None] = field(default_factory=dict)
    _drawings: Drawings = field(default_factory=Drawings)

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Read the entries of these files in threads. Reading and hashing release Python's lock."""
        wanted = [path for path in paths if path not in self.memory.files]
        if self._is_kept() and len(wanted) > 1:
            parts = [wanted[start::_READERS] for start in range(_READERS)]
            with ThreadPoolExecutor(_READERS) as pool:
                for part, found in zip(parts, pool.map(self._checked_all, parts), strict=True):
                    self._entries.update(zip(part, found, strict=True))

    def look_up(
        self, source: SourceFile, earlier: EarlierReading
    ) -> FileResult | SealedEntry | Task:
        """Return the finished file if its inputs are unchanged, otherwise the task to make it.

        If ``auto`` reads a file as the lock does, the file is read in the same way without the
        lock.
        """
        deck = deck_inputs(self.config, is_single=self.is_single)
        bare = file_inputs(deck, source)
        there = self.memory.files.get(source.path)
        before: FileResult | SealedEntry | None = there[1] if there else None
        head = _head_of(there[1]) if there else None
        if before is None and (found := self._read(source.path)):
            end = _LENGTH + int.from_bytes(found.content[:_LENGTH])
            head = unpacked(found.content[_LENGTH:end])
            before = replace(found, content=found.content[end:])
        of_deck, was, choice = head or (b"", b"", None)
        if before and was == bare and earlier.choice in (None, choice) and not earlier.moved:
            return before
        is_known = earlier.choice or earlier.known
        inputs = kept_inputs(bare, earlier) if is_known else bare
        if before and was == inputs:
            return before
        if before is None or of_deck != deck:
            return Task(source, deck, inputs, earlier)
        result = self.opened(before) if isinstance(before, SealedEntry) else before
        apart = None if result.formulas else self._read(_FORMULAS + source.path)
        formulas = bytes(apart.content) if apart else result.formulas  # only edits need them
        return Task(source, deck, inputs, earlier, result, formulas)

    def opened(self, sealed: SealedEntry) -> FileResult:
        """Unpack an entry and return the finished file."""
        result: FileResult = unpacked(sealed.content)
        self.memory.files[sealed.path] = (sealed.seal, result)
        return result

    def take(self, files: tuple[FileResult, ...]) -> None:
        """Accept the finished files of this build. ``write_new`` writes them."""
        self.files = files
        self.memory.drawings = self._drawings.used
        if self.config.markdown.is_trusted:
            return
        known = self.memory.files
        for file in files:
            if not self._is_there(file) and _is_whole(file):
                known[file.path] = (b"", file)
        for path in known.keys() - {file.path for file in files}:
            del known[path]

    def drawings(self) -> Drawings:
        """Return the known clean drawings. ``write_new`` stores those that are used."""
        foreign = self.foreign
        found = None if self.memory.drawings else self._read(_DRAWINGS)
        self.foreign = foreign  # ``foreign`` counts only files of the deck
        self._drawings = Drawings(unpacked(found.content) if found else self.memory.drawings)
        return self._drawings

    def write_new(self) -> None:
        """Write the new entries for the next build, and remember their seals.

        Leaves out files with a problem that may not occur in another build: a problem outside the
        file, or a lost formula. Writes nothing for a trusted folder, because its extensions may
        read other files.
        """
        if not self._is_writable():
            return
        if self._drawings.used.keys() != self._drawings.known.keys():
            self._write(_DRAWINGS, packed(self._drawings.used))
        for file in self.files:
            if self._is_there(file) or not _is_whole(file):
                continue
            if file.formulas:
                self._write(_FORMULAS + file.path, file.formulas)
            head, rest = packed(_head_of(file)), packed(replace(file, formulas=b""))
            content = len(head).to_bytes(_LENGTH) + head + rest
            self.memory.files[file.path] = (self._write(file.path, content), file)

    def package_inputs(self, lock: str, *others: object) -> bytes:
        """Return a hash of what a package is made from: the files' notes and the ``others``.

        It is empty if some of the files have no entry.
        """
        if not all(map(self._is_there, self.files)):
            return b""
        return package_inputs(
            [self.memory.files[file.path][0] for file in self.files], lock, *others
        )

    def package(self, name: str) -> tuple[bytes, str]:
        """Return the inputs and the SHA-256 of the last package of this name. Both may be empty."""
        found = self._read(_PACKAGE + name)
        content = bytes(found.content) if found else b""
        return content[:HASH], content[HASH:].decode()

    def keep_package(self, name: str, inputs: bytes, digest: str) -> None:
        """Store the inputs and the SHA-256 (hex) of a package."""
        if inputs:
            self._write(_PACKAGE + name, inputs + digest.encode())

    def _is_there(self, file: FileResult) -> bool:
        seal, there = self.memory.files.get(file.path, (b"", None))
        return bool(seal) and file == there

    def _read(self, path: str) -> SealedEntry | None:
        """Return an entry without its version if this user and this version wrote it."""
        if not self._is_kept():
            return None
        entry = self._entries.pop(path) if path in self._entries else self._checked(path)
        if entry is None:
            return None
        self.foreign += not entry.seal
        version = program_hash()
        is_ours = entry.seal and entry.content[: len(version)] == version
        return replace(entry, content=entry.content[len(version) :]) if is_ours else None

    def _is_kept(self) -> bool:
        return self.cache.folder is not None and not self.config.markdown.is_trusted

    def _is_writable(self) -> bool:
        return self.cache.is_writable and not self.config.markdown.is_trusted

    def _checked_all(self, paths: Sequence[str]) -> list[SealedEntry | None]:
        return [*map(self._checked, paths)]

    def _checked(self, path: str) -> SealedEntry | None:
        """Read a path's entry and check its seal. Changes nothing, so threads may call it."""
        name = self._name(path)
        sealed = self.cache.work(name)
        secret = user_secret() if sealed is not None else None
        if sealed is None or secret is None:
            return None
        seal, content = sealed[:_SEAL], memoryview(sealed)[_SEAL:]
        is_ours = compare_digest(seal, _seal(secret, name, content))
        return SealedEntry(path, seal if is_ours else b"", content)

    def _write(self, path: str, content: bytes) -> bytes:
        """Seal and store an entry. Return its seal, or nothing if it cannot be stored."""
        secret = user_secret() if self._is_writable() else None
        if secret is None:
            return b""
        name, content = self._name(path), program_hash() + content
        seal = _seal(secret, name, content)
        self.cache.store_work(name, seal + content)
        return seal

    def _name(self, path: str) -> str:
        text = f"{self.folder}\n{path}".encode(errors="surrogateescape")
        return blake2b(text, digest_size=32).hexdigest()


def _head_of(file: FileResult) -> tuple[bytes, bytes, Choice | None]:
    """Return what decides whether a file can be reused."""
    return file.deck, file.inputs, file.choice


def _is_whole(file: FileResult) -> bool:
    """Whether all problems of the file are in its text, or in a text that it embeds."""
    problems = (*file.read_problems, *file.problems)
    embedded = (each.text.path for note in file.notes for each in note.source.embeds)
    paths = {file.path, *embedded} if problems else {}
    return all(
        problem.place.path in paths and problem.code is not Code.LOST_FORMULA
        for problem in problems
    )


def _seal(secret: bytes, name: str, content: bytes | memoryview) -> bytes:
    seal = blake2b(name.encode(), key=secret, digest_size=_SEAL)
    seal.update(content)
    return seal.digest()
