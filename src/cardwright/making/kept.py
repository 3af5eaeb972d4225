"""What files were made to, kept beside the package from one build to the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING

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
from cardwright.making.values import MadeFile, Task
from cardwright.media import Cache, Drawings, Recent
from cardwright.media.picture import Picture
from cardwright.model import Choice, SourceFile

if TYPE_CHECKING:
    from cardwright.math.katex import KnownHtml

_SEAL = 32  # bytes
_PACKAGE, _FORMULAS, _DRAWINGS = "/", "//", "///"  # no file's path begins with these


@dataclass(slots=True)
class Memory:
    """What a program that builds a deck again and again need not read again.

    ``files`` has by its path what each file was made to, with the seal of its entry in the cache:
    empty where it has none. ``drawings`` are those that are clean, ``images`` all others.
    """

    files: dict[str, tuple[bytes, MadeFile]] = field(default_factory=dict)
    drawings: dict[str, Picture] = field(default_factory=dict)
    images: Recent = field(default_factory=Recent)


@dataclass(slots=True)
class KeptWork:
    """The files of a deck as the last build made them, one entry a file in ``cache``.

    An entry is pickled, and pickles run code. So each carries a seal that only this user's
    programs can make. An entry that somebody else wrote, or that is damaged, is not opened;
    ``foreign`` counts them. Behind the seal is the version of the program. What ``memory`` has
    is not read again.
    """

    cache: Cache
    folder: Path
    config: Config
    is_single: bool
    memory: Memory = field(default_factory=Memory)
    foreign: int = 0
    _files: tuple[MadeFile, ...] = ()
    _drawings: Drawings = field(default_factory=Drawings)

    def look_up(
        self, source: SourceFile, kept: Choice | None, known: Collection[str]
    ) -> MadeFile | Task:
        """The notes of a file where all that goes into them is as it was, else what to do.

        A file that ``auto`` reads as the lock keeps it is read in the same way without the lock.
        """
        deck = deck_inputs(self.config, is_single=self.is_single)
        bare = file_inputs(deck, source)
        before = self._before(source.path)
        if before is not None and before.inputs == bare and kept in (None, before.choice):
            return before
        inputs = kept_inputs(bare, kept, known) if kept else bare
        if before is not None and before.inputs == inputs:
            return before
        if before is None or before.deck != deck:
            return Task(source, deck, inputs, kept, known)
        formulas = before.formulas or self._formulas(source.path)
        return Task(source, deck, inputs, kept, known, before, formulas)

    def take(self, files: tuple[MadeFile, ...]) -> None:
        """Take what the files were made to in this build; ``keep`` writes it."""
        self._files = files
        self.memory.drawings = self._drawings.used
        if self.config.markdown.is_trusted:
            return
        known = self.memory.files
        for file in files:
            if not self._is_there(file) and _is_whole(file):
                known[file.path] = (b"", file)
        for path in known.keys() - {file.path for file in files}:
            del known[path]

    @property
    def files(self) -> tuple[MadeFile, ...]:
        """What ``take`` took, in source order."""
        return self._files

    def drawings(self) -> Drawings:
        """The drawings that are clean already; ``keep`` keeps those that are used."""
        found = None if self.memory.drawings else self._read(_DRAWINGS)
        self._drawings = Drawings(unpacked(found[1]) if found else self.memory.drawings)
        return self._drawings

    def keep(self) -> None:
        """Write what is new of it for the next build.

        A file is left out if it has a problem that another build may not have: one that lies
        outside of the file, or a formula that was lost. Of a trusted folder nothing is kept: its
        extensions may read whatever they like.
        """
        if self._drawings.used.keys() != self._drawings.known.keys():
            self._write(_DRAWINGS, packed(self._drawings.used))
        for file in self._files:
            if not self._is_there(file) and _is_whole(file):
                if file.formulas:
                    self._write(_FORMULAS + file.path, packed(file.formulas))
                seal = self._write(file.path, packed(replace(file, formulas={})))
                self.memory.files[file.path] = (seal, file)

    def package_inputs(self, *others: object) -> bytes:
        """A hash of all that a package is made from: the files' notes, and the ``others``.

        Empty where that is not known, because not all of it is kept.
        """
        if not all(map(self._is_there, self._files)):
            return b""
        return package_inputs([self.memory.files[file.path][0] for file in self._files], *others)

    def package(self, name: str) -> tuple[bytes, str]:
        """What the last package of this name was made from, and its SHA-256; empty if unknown."""
        content = self._read(_PACKAGE + name)
        return (content[1][:HASH], content[1][HASH:].decode()) if content else (b"", "")

    def keep_package(self, name: str, inputs: bytes, digest: str) -> None:
        """Note what a package was made from, and its SHA-256 (hex)."""
        if inputs:
            self._write(_PACKAGE + name, inputs + digest.encode())

    def _is_there(self, file: MadeFile) -> bool:
        seal, there = self.memory.files.get(file.path, (b"", None))
        return bool(seal) and file == there

    def _before(self, path: str) -> MadeFile | None:
        """What the file was made to last, whatever from."""
        if path in self.memory.files:
            return self.memory.files[path][1]
        found = self._read(path)
        if found is None:
            return None
        made: MadeFile = unpacked(found[1])
        self.memory.files[path] = (found[0], made)
        return made

    def _formulas(self, path: str) -> KnownHtml:
        """What KaTeX wrote for the file: kept apart, for only an edit needs it."""
        found = self._read(_FORMULAS + path)
        known: KnownHtml = unpacked(found[1]) if found else {}
        return known

    def _read(self, path: str) -> tuple[bytes, bytes] | None:
        """The seal and the content of an entry, if this user and this version wrote it."""
        if self.cache.folder is None or self.config.markdown.is_trusted:
            return None
        name = self._name(path)
        sealed = self.cache.work(name)
        secret = user_secret() if sealed is not None else None
        if sealed is None or secret is None:
            return None
        seal, content = sealed[:_SEAL], sealed[_SEAL:]
        if not compare_digest(seal, _seal(secret, name, content)):
            self.foreign += 1
            return None
        version = program_hash()
        return (seal, content[len(version) :]) if content.startswith(version) else None

    def _write(self, path: str, content: bytes) -> bytes:
        """Seal and keep an entry; empty where that cannot be."""
        is_kept = self.cache.is_writable and not self.config.markdown.is_trusted
        secret = user_secret() if is_kept else None
        if secret is None:
            return b""
        name, content = self._name(path), program_hash() + content
        seal = _seal(secret, name, content)
        self.cache.keep_work(name, seal + content)
        return seal

    def _name(self, path: str) -> str:
        text = f"{self.folder}\n{path}".encode(errors="surrogateescape")
        return blake2b(text, digest_size=32).hexdigest()


def _is_whole(file: MadeFile) -> bool:
    """Whether all that is wrong with it is in its text."""
    problems = (*file.read_problems, *file.problems)
    return all(
        problem.place.path == file.path and problem.code is not Code.LOST_FORMULA
        for problem in problems
    )


def _seal(secret: bytes, name: str, content: bytes) -> bytes:
    seal = blake2b(name.encode(), key=secret, digest_size=_SEAL)
    seal.update(content)
    return seal.digest()
