"""Shows patched files as a unified diff, and writes them: all or none."""

from __future__ import annotations

import codecs
import errno
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from pathlib import Path

from cardwright.atomic_files import commit, stage
from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Place
from cardwright.pull import FilePatch
from cardwright.source.names import path_on_disk

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class PatchedFile:
    """A file with its bytes before and after its patch."""

    path: Path
    old: bytes
    new: bytes

    def diff(self) -> list[str]:
        """Return the unified diff, with its line ends."""
        name = self.path.as_posix()
        names = (name, name) if self.path.is_absolute() else (f"a/{name}", f"b/{name}")
        lines = unified_diff(_split(_text(self.old)), _split(_text(self.new)), *names)
        return [each if each.endswith("\n") else f"{each}\n{_NO_END}\n" for each in lines]


_NO_END = "\\ No newline at end of file"


def patched_files(
    patches: Sequence[FilePatch], folder: Path
) -> tuple[tuple[PatchedFile, ...], tuple[Diagnostic, ...]]:
    """Apply patches to the files as they are now, without writing. PK701 if one has changed."""
    files: list[PatchedFile] = []
    problems: list[Diagnostic] = []
    for patch in patches:
        path = path_on_disk(folder, patch.path)
        try:
            old = path.read_bytes()
            new = _patched(_text(old), patch)
        except (OSError, UnicodeDecodeError):  # it could be read a moment ago
            new = None
        if new is None:
            message = f"'{path.name}' changed while its patch was made; nothing was written"
            place = Place(path.as_posix())
            problems.append(Diagnostic(place, Code.CANNOT_WRITE, message, "pull again"))
        else:
            bom = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
            files.append(PatchedFile(path, old, bom + new.encode()))
    return tuple(files), tuple(problems)


def write_files(files: Sequence[PatchedFile]) -> tuple[Diagnostic, ...]:
    """Write all files, or none. PK701 if a file cannot be written. Their modes are kept."""
    staged: list[tuple[Path, Path, Path]] = []
    with ExitStack() as leftovers:
        for file in files:
            path = file.path.resolve()
            try:
                mode = path.stat().st_mode & 0o7777
                temporaries = []
                for content in (file.new, file.old):
                    temporaries.append(stage(path, content))
                    leftovers.callback(temporaries[-1].unlink, missing_ok=True)
                    temporaries[-1].chmod(mode)
            except OSError as error:
                return (_refused(file.path, error),)
            new, backup = temporaries
            staged.append((path, new, backup))
        return tuple(_committed(staged))


def _committed(staged: Sequence[tuple[Path, Path, Path]]) -> Iterator[Diagnostic]:
    """Rename the staged files. If that fails for one, restore those before it.

    Each has its path, and the temporary names of its new content and of the old one.
    """
    for at, (path, new, _) in enumerate(staged):
        try:
            commit(new, path)
        except OSError as error:
            yield _refused(path, error)
            for written, _, backup in staged[:at]:
                try:
                    commit(backup, written)
                except OSError as failure:
                    yield _not_restored(written, failure)
            return


def _refused(path: Path, error: OSError) -> Diagnostic:
    words = (error.strerror or str(error)).lower()
    message = f"'{path.name}' cannot be written: {words}; nothing was written"
    is_forbidden = error.errno in (errno.EACCES, errno.EROFS)
    hint = "make the file and its folder writable" if is_forbidden else ""
    return Diagnostic(Place(path.as_posix()), Code.CANNOT_WRITE, message, hint)


def _not_restored(path: Path, error: OSError) -> Diagnostic:
    words = (error.strerror or str(error)).lower()
    message = f"'{path.name}' has its patch already and cannot be restored: {words}"
    return Diagnostic(Place(path.as_posix()), Code.CANNOT_WRITE, message, "undo its patch with git")


def _text(content: bytes) -> str:
    return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")


def _split(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)


def _patched(raw: str, patch: FilePatch) -> str | None:
    """Return the file's text with the new lines, or ``None`` if the file has changed.

    Old lines keep their line ends. New lines get the most common one.
    """
    pairs = [(match[1], match[2]) for match in _LINE.finditer(raw)]
    if pairs and pairs[-1] == ("", ""):
        pairs.pop()
    if tuple(line.replace("\0", "\ufffd") for line, _ in pairs) != patch.old:
        return None
    ends = Counter(end for _, end in pairs if end)
    usual = ends.most_common(1)[0][0] if ends else "\n"
    is_ended = not pairs or pairs[-1][1] != ""
    out: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, patch.old, patch.new)
    for name, first, last, begin, end in matcher.get_opcodes():
        if name == "equal":
            out += pairs[first:last]
        else:
            out += [(line, usual) for line in patch.new[begin:end]]
    if not out:
        return ""
    whole = [(line, end or usual) for line, end in out]
    if not is_ended:
        whole[-1] = (whole[-1][0], "")
    return "".join(f"{line}{end}" for line, end in whole)
