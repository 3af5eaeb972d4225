"""The images that notes name: found, checked, and named by what they hold."""

from __future__ import annotations

import base64
import binascii
import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from cardwright.config import Config
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.image_type import extension_of, kind_of
from cardwright.lookup import Absence, Found, Lookup
from cardwright.model import Image, Media, RenderedNote

_LARGEST_FILE = 100_000_000  # bytes; AnkiWeb takes no file that is larger
_LARGEST_EMBEDDED = 20_000_000  # bytes; of base64 a third more
_QUOTED = 100
_REMOTE = re.compile(r"https?:|//", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[/\\]|[a-z]:[/\\]|file:", re.IGNORECASE)
_FORMATS = "save it as PNG, JPEG, WebP, AVIF, GIF or SVG"


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why bytes are not packed: ``words`` end the sentence "image '…' …"."""

    words: str
    hint: str = ""


def find_images(
    notes: Sequence[RenderedNote], folder: Path, config: Config, *, is_offline: bool
) -> tuple[Mapping[Image, Media], tuple[Diagnostic, ...]]:
    """The files of the notes' images; an image that is not in the mapping was reported.

    ``folder`` is the folder that is built. A path is looked up beside its Markdown file and then
    under ``images.roots``; one that begins with ``/`` under the roots and then in ``folder``; an
    embed of Obsidian then by its name in all of them, and the nearest wins. A ``data:`` URI is
    unpacked. Reports MD501 to MD506, at the image's place; nothing outside of
    ``folder`` and the roots is read. With ``images: {remote: link}`` the owner has chosen to
    leave remote images out, and they are not reported.
    """
    finder = _Finder(folder, config, is_offline=is_offline)
    found = {}
    problems: dict[Diagnostic, None] = {}
    for image in dict.fromkeys(_images(notes)):
        media, wrong = finder.find(image)
        if media is not None:
            found[image] = media
        if wrong is not None:
            problems[wrong] = None
    return found, tuple(problems)


def _images(notes: Sequence[RenderedNote]) -> Iterator[Image]:
    for note in notes:
        for fragment in (note.front, note.back, note.hint, note.extra):
            yield from (mark for mark in fragment.marks if isinstance(mark, Image))


class _Finder:
    """Finds images one by one, and reads each file once."""

    def __init__(self, folder: Path, config: Config, *, is_offline: bool) -> None:
        self._lookup = Lookup(folder, config.images.roots)
        self._is_linked = config.images.remote == "link"
        self._is_offline = is_offline
        self._read: dict[Path | str, Media | _Refusal] = {}
        self._named: dict[str, Media] = {}

    def find(self, image: Image) -> tuple[Media | None, Diagnostic | None]:
        """The image's file, and what there is to say about it."""
        target = image.target.strip()
        if target[:5].lower() == "data:":
            return self._packed(image, target)
        if _REMOTE.match(target):
            return None, self._remote(image)
        found = self._local(image, target)
        if isinstance(found, Absence):
            same_name = self._anywhere(image, target)
            if not same_name:
                return None, self._absent(image, target, found)
            media, wrong = self._packed(image, same_name[0])
            return media, wrong or self._ambiguous(image, same_name)
        media, wrong = self._packed(image, found.path)
        if media is not None and not found.is_exact:
            name = self._seen_from(image, found.written)
            message = f"image '{_quote(image)}' is the file '{name}'"
            hint = "write it as the file is named; other systems tell the case of letters apart"
            wrong = Diagnostic(image.place, Code.IMAGE_CASE, message, hint)
        return media, wrong

    def _local(self, image: Image, target: str) -> Found | Absence:
        """The file that a path means; another case of its letters counts only as the last way."""
        other_case: Found | None = None
        absence = Absence.MISSING
        for spelling in _spellings(target):
            for start in self._starts(image, spelling):
                found = self._lookup.find(start, spelling.lstrip("/"))
                if found is Absence.OUTSIDE:
                    absence = Absence.OUTSIDE
                elif isinstance(found, Found) and found.is_exact:
                    return found
                elif isinstance(found, Found):
                    other_case = other_case or found
        return other_case or absence

    def _starts(self, image: Image, spelling: str) -> tuple[Path, ...]:
        """The folders from which a path may be meant; a way up is only meant from its file."""
        if spelling.startswith("/"):
            return (*self._lookup.roots, self._lookup.folder)
        beside = self._beside(image)
        return (beside,) if spelling.startswith("..") else (beside, *self._lookup.roots)

    def _anywhere(self, image: Image, target: str) -> tuple[Path, ...]:
        """The files that the name of an image of Obsidian leads to, the nearest first."""
        spellings = _spellings(target) if image.is_anywhere else ()
        found = (self._lookup.anywhere(self._beside(image), spelling) for spelling in spellings)
        return next((paths for paths in found if paths), ())

    def _ambiguous(self, image: Image, paths: tuple[Path, ...]) -> Diagnostic | None:
        """MD506 where a name leads to several files."""
        if len(paths) == 1:
            return None
        near, other = (self._seen_from(image, path) for path in paths[:2])
        message = f"'{_quote(image)}' is the name of {len(paths)} images, the card has '{near}'"
        hint = f"write the path too, as in '{near}'; another one is '{other}'"
        return Diagnostic(image.place, Code.IMAGE_AMBIGUOUS, message, hint)

    def _beside(self, image: Image) -> Path:
        return self._lookup.folder / posixpath.dirname(image.place.path)

    def _packed(self, image: Image, source: Path | str) -> tuple[Media | None, Diagnostic | None]:
        """The file at a path or in a ``data:`` URI, read at its first use."""
        if source not in self._read:
            content = _embedded(source) if isinstance(source, str) else _file(source)
            self._read[source] = self._checked(content)
        outcome = self._read[source]
        if isinstance(outcome, Media):
            return outcome, None
        message = f"image '{_quote(image)}' {outcome.words}"
        return None, Diagnostic(image.place, Code.IMAGE_UNUSABLE, message, outcome.hint)

    def _checked(self, content: bytes | _Refusal) -> Media | _Refusal:
        if isinstance(content, _Refusal):
            return content
        if not content:
            return _Refusal("is an empty file")
        extension = extension_of(content)
        if not extension:
            return _not_shown(kind_of(content))
        source_hash = hashlib.sha256(content).hexdigest()
        name = f"cw-{source_hash[:20]}.{extension}"
        return self._named.setdefault(name, Media(name, content, source_hash))

    def _remote(self, image: Image) -> Diagnostic | None:
        if self._is_linked:
            return None
        message = f"image '{_quote(image)}' is remote and not in the package"
        hint = "this version packs local images only; save it beside the file"
        if self._is_offline:
            hint = "not fetched, --offline"
        return Diagnostic(image.place, Code.IMAGE_REMOTE, message, hint)

    def _absent(self, image: Image, target: str, absence: Absence) -> Diagnostic:
        shown = _quote(image)
        if absence is Absence.OUTSIDE:
            message = f"image '{shown}' leads out of the content folder"
            hint = "copy it into the folder, or add its folder to 'images: roots' in deck.yml"
            return Diagnostic(image.place, Code.IMAGE_OUTSIDE, message, hint)
        plain = unquote(target)
        if _SCHEME.match(plain) and not _ABSOLUTE.match(plain):
            message = f"image '{shown}' has an address of a kind that is not packed"
            return Diagnostic(image.place, Code.IMAGE_REMOTE, message, "save it beside the file")
        if _ABSOLUTE.match(plain):
            message = f"image '{shown}' is an absolute path, and under none of the roots"
            hint = "paths with '/' in front begin at 'images: roots' of deck.yml or at its folder"
            code = Code.IMAGE_OUTSIDE
        else:
            message = f"image '{shown}' not found"
            hint = "images are looked up beside the file"
            hint += " and under 'images: roots'" if self._lookup.roots else ""
            code = Code.IMAGE_MISSING
        spellings = _spellings(target)
        near = self._lookup.nearest(spellings[-1]) if spellings else None
        suggestion = f"; did you mean '{self._seen_from(image, near)}'?" if near else ""
        return Diagnostic(image.place, code, message, hint + suggestion)

    def _seen_from(self, image: Image, path: Path) -> str:
        return posixpath.relpath(path.as_posix(), self._beside(image).as_posix())


def _spellings(target: str) -> tuple[str, ...]:
    """A path as it stands, without query and fragment, decoded, with Windows' slashes turned."""
    found: list[str] = []
    for cut in (target, re.split(r"[?#]", target, maxsplit=1)[0]):
        for decoded in (cut, unquote(cut)):
            found.extend((decoded, decoded.replace("\\", "/")))
    return tuple(spelling for spelling in dict.fromkeys(found) if spelling.strip("/"))


def _quote(image: Image) -> str:
    return shorten(image.target, _QUOTED)


def _file(path: Path) -> bytes | _Refusal:
    try:
        if not path.is_file():  # a folder, or a pipe on which a read would wait for ever
            return _Refusal("is not a file")
        if path.stat().st_size > _LARGEST_FILE:
            return _Refusal(f"is larger than {_LARGEST_FILE // 1_000_000} MB", "make it smaller")
        return path.read_bytes()
    except OSError as error:
        return _Refusal(f"cannot be read: {(error.strerror or type(error).__name__).lower()}")


def _embedded(target: str) -> bytes | _Refusal:
    """What a ``data:`` URI (RFC 2397) holds; white space in base64 is passed over."""
    header, _, body = target.partition(",")
    kind, *parameters = header[len("data:") :].lower().split(";")
    if not kind.strip().startswith("image/"):
        return _Refusal(f"is embedded as '{shorten(kind)}', not as an image")
    too_large = _Refusal(f"is larger than {_LARGEST_EMBEDDED // 1_000_000} MB", "save it as a file")
    if len(body) > 3 * _LARGEST_EMBEDDED:
        return too_large
    content = unquote_to_bytes(body.encode("utf-8", "replace"))
    if "base64" in (parameter.strip() for parameter in parameters):
        content = b"".join(content.split())
        try:
            content = base64.b64decode(content + b"=" * (-len(content) % 4), validate=True)
        except binascii.Error:
            return _Refusal("is not base64")
    return too_large if len(content) > _LARGEST_EMBEDDED else content


def _not_shown(kind: str) -> _Refusal:
    hint = "run 'git lfs pull'" if "Git LFS" in kind else _FORMATS
    return _Refusal(f"is {kind}, not an image that Anki shows", hint)
