"""Reads the notes, sections and blocks that the files of a deck embed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

from cardwright.content.note_parts import NoteParts
from cardwright.diagnostics import shorten
from cardwright.embeds import DEEPEST, targets_in
from cardwright.media.lookup import Absence, FoundFile, Lookup
from cardwright.model import SUFFIXES, Embed, Passage, SourceFile
from cardwright.source import read_file
from cardwright.source.names import name_of

LONGEST = 100_000
"""Characters of an embed, with the embeds in it."""
MOST = 20_000_000
"""Characters that all files of a deck embed."""
_EACH = 100  # characters that an embed counts as, beside its text, because rendering it takes time
_ALIKE = 0.75
_OTHER_SUFFIXES = (".base", ".canvas", ".csv", ".html", ".pdf", ".txt")


def with_embeds(files: tuple[SourceFile, ...], folder: Path) -> tuple[SourceFile, ...]:
    """Return the files with everything that they embed. Nothing outside of ``folder`` is read.

    A note may be in no deck: ``include`` and ``exclude`` are about files that have cards.
    """
    targets = [targets_in("\n".join(file.lines)) for file in files]
    if not any(targets):
        return files
    shelf = _Shelf(folder, files)
    return tuple(
        replace(file, embeds=shelf.reached(file.path, found)) if found else file
        for file, found in zip(files, targets, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why something is not embedded. The reason continues "is not embedded: …"."""

    reason: str
    hint: str = "copy the part that belongs to the answer"


_TOO_LONG = _Refusal(
    f"it has more than {LONGEST:,} characters, with all that it embeds",
    "embed a section of it, as in ![[Note#Heading]]",
)


class _Shelf:
    """The notes of a folder. Each is read once, and each embed is looked up once."""

    def __init__(self, folder: Path, files: Sequence[SourceFile]) -> None:
        self._lookup = Lookup(folder, (), SUFFIXES)
        self._deck = {file.path: file for file in files}
        self._others: dict[str, SourceFile | None] = {}
        self._parts: dict[str, NoteParts] = {}
        self._spent = 0
        self._embed = cache(self._look_up)
        self._size = cache(self._count)

    def reached(self, path: str, targets: Sequence[str]) -> tuple[Embed, ...]:
        """Return the embeds in a file, and those in their own texts."""
        found: dict[tuple[str, str], Embed] = {}
        for target, count in Counter(targets).items():
            found[path, target] = self._within_limits(path, target, count)
        level = list(found.values())
        for _ in range(DEEPEST):
            inner = [(each.text.path, target) for each in level for target in each.inner]
            new = {key: self._embed(*key) for key in dict.fromkeys(inner) if key not in found}
            found |= new
            level = list(new.values())
        return tuple(found.values())

    def _within_limits(self, path: str, target: str, count: int) -> Embed:
        size = self._size(path, target, 1)
        if size > LONGEST:
            return _refused(path, target, _TOO_LONG)
        self._spent += size * count
        if self._spent > MOST:
            return _refused(path, target, _Refusal(f"the deck embeds over {MOST:,} characters"))
        return self._embed(path, target)

    def _count(self, path: str, target: str, depth: int) -> int:
        """Return the characters of an embed with all embeds in it."""
        embed = self._embed(path, target)
        inner = embed.inner if depth < DEEPEST else ()
        own = _EACH + len(embed.text.markdown) + len(embed.definitions.markdown)
        return own + sum(self._size(embed.text.path, each, depth + 1) for each in inner)

    def _look_up(self, path: str, target: str) -> Embed:
        found = self._read(path, target)
        return found if isinstance(found, Embed) else _refused(path, target, found)

    def _read(self, path: str, target: str) -> Embed | _Refusal:
        name, _, part = target.partition("#")
        note: SourceFile | _Refusal
        if target.startswith("(("):
            part = f"^{target.strip('()')}"
            note = self._ids.get(part[1:]) or _Refusal("there is no such block in the deck")
        else:
            note = self._note(path, name.strip())
        if isinstance(note, _Refusal):
            return note
        if note.front_matter.is_draft:
            return _Refusal("it is a draft", "remove 'draft' from its front matter")
        parts = self._parts_of(note)
        span = parts.span(part)
        if span is None:
            kind = "block" if part.rpartition("#")[2].strip().startswith("^") else "heading"
            reason = f"'{shorten(note.path)}' has no {kind} '{shorten(part)}'"
            return _Refusal(reason, "write the name of a heading or a block as it is there")
        if parts.length(span) > LONGEST:
            return _TOO_LONG
        lines = parts.lines(span)
        text = "\n".join(line.text for line in lines)
        if not text.strip():
            return _Refusal("it has no text")
        used = parts.definitions(span, text) if part else []
        if sum(map(parts.length, used)) > LONGEST:
            return _TOO_LONG
        definitions = tuple(line for each in used for line in parts.lines(each))
        passages = Passage(note.path, lines), Passage(note.path, definitions)
        return Embed(path, target, *passages, targets_in(text))

    def _note(self, path: str, name: str) -> SourceFile | _Refusal:
        """Find a note as Obsidian does: by its path, or else by its name in any folder."""
        if not name:
            note = self._deck.get(path) or self._others.get(path)
            return note or _Refusal("it cannot be read")
        beside = self._lookup.folder_of(path)
        spellings = _spellings(name)
        is_outside = False
        for spelling in spellings:
            for start in (beside, self._lookup.folder):
                found = self._lookup.find(start, spelling.lstrip("/"))
                if isinstance(found, FoundFile):
                    return self._file(found.path)
                is_outside |= found is Absence.OUTSIDE
        for spelling in spellings:
            paths = self._lookup.anywhere(beside, spelling.strip("/"))
            named = [each for each in paths if self._name(each) in self._deck] or paths
            if len(named) == 1:
                return self._file(named[0])
            if named:
                near, other = (_bare(self._name(each)) for each in named[:2])
                reason = f"it is the name of {len(named)} notes"
                hint = f"write the path too, as in '{shorten(near)}'; another is '{shorten(other)}'"
                return _Refusal(reason, hint)
        if is_outside:
            return _Refusal("it leads out of the content folder", "copy it into the folder")
        if PurePosixPath(name).suffix.lower() in _OTHER_SUFFIXES:
            return _Refusal("it is no Markdown")
        reason = "there is no such note in the content folder"
        near_path = self._lookup.nearest(spellings[0])
        near = _bare(near_path.name) if near_path else ""
        is_near = get_close_matches(name.rpartition("/")[2], [near], cutoff=_ALIKE)
        return _Refusal(reason, f"did you mean '{shorten(near)}'?") if is_near else _Refusal(reason)

    def _file(self, path: Path) -> SourceFile | _Refusal:
        name = self._name(path)
        if name not in self._deck and name not in self._others:
            is_hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
            self._others[name] = None if is_hidden else read_file(path, name)[0]
        return self._deck.get(name) or self._others.get(name) or _Refusal("it cannot be read")

    def _name(self, path: Path) -> str:
        return name_of(path, self._lookup.folder)

    def _parts_of(self, note: SourceFile) -> NoteParts:
        return self._parts.setdefault(note.path, NoteParts(note))

    @cached_property
    def _ids(self) -> dict[str, SourceFile]:
        """The file of each block of Logseq in the deck."""
        files = (file for file in self._deck.values() if "id:: " in "\n".join(file.lines))
        return {name: file for file in files for name in self._parts_of(file).ids}


def _bare(path: str) -> str:
    return path.rpartition(".")[0]


def _refused(path: str, target: str, refusal: _Refusal) -> Embed:
    return Embed(path, target, Passage(path), problem=refusal.reason, hint=refusal.hint)


def _spellings(name: str) -> list[str]:
    """Return the names of files that a note may have. Logseq writes ``/`` in another way."""
    names = [name, name.replace("/", "___"), name.replace("/", "%2F")]
    if name.lower().endswith(SUFFIXES):
        return [name]
    return [f"{each}{suffix}" for each in dict.fromkeys(names) for suffix in SUFFIXES]
