"""Finds and reads the Markdown files of a folder."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path, PurePosixPath
from shlex import quote

from cardwright.config import Config
from cardwright.config.selection import matches
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import SUFFIXES, Place, SourceFile, composed, natural_order
from cardwright.source.encodings import encoding_of
from cardwright.source.frontmatter import read_front_matter
from cardwright.source.names import is_below, path_on_disk

SETTINGS = "deck.yml"
LARGEST_TEXT = 10_000_000
"""Bytes of a Markdown file. This is three times *War and Peace*."""
LARGEST_SETTINGS = 1_000_000
LARGEST_LOCK = 200_000_000
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_TO_NOTHING = "is a link to nothing", "bring its target back, or delete the link"
_UNSAVED: ContextVar[Mapping[Path, str]] = ContextVar("unsaved", default={})  # noqa: B039, never changed


@contextmanager
def unsaved_texts(texts: Mapping[Path, str]) -> Iterator[None]:
    """Read these texts instead of the files at these resolved paths, in this thread.

    They are open in an editor and not saved. A file that does not exist on disk is not read.
    """
    token = _UNSAVED.set(texts)
    try:
        yield
    finally:
        _UNSAVED.reset(token)


def read_folder(
    folder: Path, config: Config
) -> tuple[tuple[SourceFile, ...], tuple[Diagnostic, ...]]:
    """Read every Markdown file below ``folder`` that is no draft.

    Files in ``nav`` come first, in its order. The rest follow in the natural order of their paths.
    If ``include`` is given, only files that match it are read. Files that match ``exclude`` are
    not.

    Skips hidden files and folders, ``node_modules`` and drawings of Excalidraw. Never follows
    links: a target inside the folder is read at its own place, and a link that leaves the folder is
    SR207. A folder without Markdown is SR203. A file whose name has control characters is SR209,
    and is left out. Two names that are one in NFC are SR210. The problems of ``read_file`` are in
    the order of the files.
    """
    problems: list[Diagnostic] = []
    found = list(_walk(folder, config, problems))
    named = [path for path in found if not config.include or matches(config.include, path[0])]
    places = {file: at for at, (file, _) in enumerate(config.nav)}
    problems.extend(_missing_pages(folder, config))
    last = len(places)
    paths = sorted(named, key=lambda path: (places.get(path[0], last), natural_order(path[0])))
    files = []
    for name, path in paths:
        if _UNPRINTABLE.search(name):  # no earlier build can have read it, so no note is lost
            words = "is left out: its name cannot be used"
            hint = "rename it, without line ends and other control characters"
            problems.append(_problem(name, Code.BAD_NAME, words, hint))
            continue
        file, wrong = read_file(path, name)
        problems.extend(wrong)
        if file is not None:
            files.append(file)
    published = tuple(file for file in files if not file.front_matter.is_draft)
    if not published and not any(problem.is_error for problem in problems):
        problems.append(_no_markdown(is_draft=bool(files), config=config))
    return published, tuple(problems)


def _missing_pages(folder: Path, config: Config) -> Iterator[Diagnostic]:
    """Yield a problem for each file of ``nav`` that does not exist. Addresses are allowed."""
    for file, _title in config.nav:
        if PurePosixPath(file).suffix not in SUFFIXES or "://" in file:
            continue
        if ".." in PurePosixPath(file).parts or not names_a_file(path_on_disk(folder, file)):
            message = f"'nav' names '{shorten(file)}', and there is no such file"
            hint = "write its path relative to deck.yml, or remove it"
            yield Diagnostic(Place(SETTINGS), Code.NO_SUCH_PAGE, message, hint)


def names_a_file(path: Path) -> bool:
    """Whether there is such a file. A name that is too long for the system names none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _no_markdown(*, is_draft: bool, config: Config) -> Diagnostic:
    if is_draft:
        return Diagnostic(Place("."), Code.NO_MARKDOWN, "every Markdown file is a draft")
    if config.include or config.exclude:
        words = "'include' and 'exclude' leave no Markdown file"
        hint = "patterns are written as in .gitignore, relative to the folder of deck.yml"
    else:
        words = "there is no Markdown file"
        hint = "Cardwright reads files whose names end in .md, .markdown or .mdx"
    return Diagnostic(Place("."), Code.NO_MARKDOWN, words, hint)


def _walk(folder: Path, config: Config, problems: list[Diagnostic]) -> Iterator[tuple[str, Path]]:
    """Yield name (in NFC, with ``/``) and path of Markdown that is not excluded, in no order."""
    opened = [("", folder)]
    while opened:
        prefix, directory = opened.pop()
        try:
            with os.scandir(directory) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(_unreadable(prefix.rstrip("/") or folder.name, error))
            continue
        taken: set[str] = set()
        for entry in entries:
            name = prefix + composed(entry.name)
            if entry.name.startswith(".") or entry.name == "node_modules":
                continue
            if matches(config.exclude, name):
                continue
            if entry.is_symlink() or getattr(entry, "is_junction", bool)():  # Windows has both
                if _is_lost(entry, folder):
                    hint = "nothing behind it is read; copy it into the folder"
                    words = "leads out of the content folder"
                    problems.append(_problem(name, Code.LINK_OUTSIDE, words, hint, kind="link "))
                elif (
                    _is_read(entry.name)
                    and not Path(entry.path).exists()
                    and (not config.include or matches(config.include, name))
                ):
                    problems.append(_problem(name, Code.UNREADABLE, *_TO_NOTHING))
            elif name in taken:
                words = "is there twice: the names differ only in how accents are stored"
                hint = "rename or remove one of them"
                problems.append(_problem(name, Code.SAME_NAME, words, hint))
            elif entry.is_dir() and not matches(config.exclude, f"{name}/"):
                taken.add(name)
                opened.append((name + "/", Path(entry.path)))
            elif _is_read(entry.name) and not entry.is_dir():
                taken.add(name)
                yield name, Path(entry.path)


def _problem(name: str, code: Code, words: str, hint: str = "", *, kind: str = "") -> Diagnostic:
    """Return what is wrong with a file or folder. The ``words`` follow its name."""
    place = Place(_UNPRINTABLE.sub("\ufffd", name))
    return Diagnostic(place, code, f"{kind}'{shorten(name)}' {words}", hint)


def _is_read(name: str) -> bool:
    """Whether a file is Markdown, by its name. A drawing of Excalidraw is not."""
    return name.lower().endswith(SUFFIXES) and not name.lower().endswith(".excalidraw.md")


def _is_lost(link: os.DirEntry[str], root: Path) -> bool:
    """Whether a link to a folder or to Markdown leaves ``root``."""
    try:
        is_read = link.name.lower().endswith(SUFFIXES) or link.is_dir()
    except OSError:  # links in a circle
        return False
    return is_read and not is_below(link.path, root)


def read_file(path: Path, name: str) -> tuple[SourceFile | None, tuple[Diagnostic, ...]]:
    """Read the file at ``path`` under the name ``name``; ``None`` if that fails (SR201, SR202)."""
    if _UNPRINTABLE.search(name):
        words = "is not UTF-8 or holds control characters"
        return None, (_problem(name, Code.UNREADABLE, words, "rename the file", kind="the name "),)
    text, problems = read_text(path, name)
    if text is None:
        return None, problems
    lines = _lines(text)
    front_matter, wrong = read_front_matter(lines, name)
    return SourceFile(name, lines, front_matter), wrong


def read_text(
    path: Path, name: str, largest: int = LARGEST_TEXT
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text of a UTF-8 file without its BOM, line ends unchanged.

    The text is ``None`` if the file cannot be read (SR201, SR202) or is longer than ``largest``
    bytes. Devices and pipes are not read, because they may never end.
    """
    try:
        status = path.stat()
        if stat.S_IFMT(status.st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
            raise OSError(0, "it is a device, a pipe or a socket")
        if stat.S_ISREG(status.st_mode) and status.st_size > largest:
            allowed, found = largest // 1_000_000, -(-status.st_size // 1_000_000)
            words = f"has {found} MB, and the limit is {allowed} MB"
            return None, (_problem(name, Code.UNREADABLE, words, "make the file smaller"),)
        unsaved = _UNSAVED.get()
        if unsaved and (text := unsaved.get(path.resolve())) is not None:
            return text, ()
        content = path.read_bytes()
    except OSError as error:
        return None, (_unreadable(name, error),)
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return None, (_not_utf8(content.removeprefix(codecs.BOM_UTF8), error.start, name),)


def read_own(
    path: Path, name: str, largest: int = LARGEST_SETTINGS
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Like ``read_text``, for a file that the deck looks for, such as its settings.

    The text is ``None`` without a diagnostic if there is no file. A link to nothing is SR202, and
    so is a link out of the folder: its target may be another person's file.
    """
    if not os.path.lexists(path):
        return None, ()
    if not os.path.lexists(os.path.realpath(path)):
        return None, (_problem(name, Code.UNREADABLE, *_TO_NOTHING),)
    if not is_below(path, path.parent):
        words = "is a link that leads out of its folder; only a copy in the folder is read"
        return None, (_problem(name, Code.UNREADABLE, words),)
    return read_text(path, name, largest)


def _unreadable(name: str, error: OSError) -> Diagnostic:
    reason = (error.strerror or type(error).__name__).lower()
    return _problem(name, Code.UNREADABLE, f"cannot be read: {reason}")


def _not_utf8(content: bytes, start: int, name: str) -> Diagnostic:
    before = content[:start].decode("utf-8")
    ends = [match.end() for match in re.finditer(r"\r\n|\r|\n", before)]
    place = Place(name, len(ends) + 1, len(before) - (ends[-1] if ends else 0) + 1)
    if content.startswith(b"PK\x03\x04"):
        words = "is an archive, such as a package of Anki, and no Markdown"
        return _problem(name, Code.NOT_UTF8, words, "name the Markdown, or its folder")
    message, hint = f"byte 0x{content[start]:02x} is not UTF-8", "save the file as UTF-8"
    if encoding := encoding_of(content):
        message += f"; the file may be {encoding}"
        file = quote(PurePosixPath(name).name)
        hint += f", such as with: iconv -f {encoding} -t UTF-8 {file} > NEW"
    return Diagnostic(place, Code.NOT_UTF8, message, hint)


def _lines(text: str) -> tuple[str, ...]:
    """Split a text into lines as editors and CommonMark 0.31 (2.1, 2.3) do. NUL becomes U+FFFD.

    ``str.splitlines`` would also split at form feeds and U+2028.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = text.split("\n")
    return tuple(lines if lines[-1] else lines[:-1])
