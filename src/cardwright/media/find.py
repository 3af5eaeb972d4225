"""Finds what an image's target means: a local file, a ``data:`` URI or a remote address."""

from __future__ import annotations

import posixpath
import re
from contextlib import suppress
from pathlib import Path
from typing import TypeGuard
from urllib.parse import quote, unquote, urldefrag

from cardwright.config import Config
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.media.lookup import Absence, FoundFile, Lookup
from cardwright.model import Image

_QUOTED = 100
_REMOTE = re.compile(r"https?:|//", re.IGNORECASE)
_PAGE = re.compile(r"\A(https?://github\.com/[^/?#]+/[^/?#]+)/blob/", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[/\\]|[a-z]:[/\\]|file:", re.IGNORECASE)


Source = Path | str
"""A file in the content folder or its roots, a ``data:`` URI, or the address of a remote image."""


def is_remote(source: Source) -> TypeGuard[str]:
    """Whether a source is an address to fetch. It has a scheme and no fragment."""
    return isinstance(source, str) and source[:5].lower() != "data:"


class Finder:
    """Finds images one by one. Lists each folder and looks up each path in a folder only once.

    It looks for a path beside its Markdown file and then under ``images.roots``. It looks for a
    path that starts with ``/`` under the roots and then in the folder that is built. Then it looks
    in all of them for a file whose path ends with it, and takes the nearest, because a site may be
    in any folder. It does so for an embed of Obsidian, and for any image in its vault, too. It
    never looks outside them.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._lookup = Lookup(folder, config.images.roots)
        self._known: dict[tuple[str, str], FoundFile | Absence] = {}

    def find(self, image: Image) -> tuple[Source | None, Diagnostic | None]:
        """Return the source, or ``None``, and a problem: MD501, MD502, MD503, MD505 or MD506."""
        target = image.target.strip()
        if target[:5].lower() == "data:":
            return target, None
        if _REMOTE.match(target):
            return address_of(target), None
        key = posixpath.dirname(image.place.path), target
        if key not in self._known:
            self._known[key] = self._local(image, target)
        found = self._known[key]
        if isinstance(found, Absence):
            same_name = self._anywhere(image, target)
            if not same_name:
                return None, self._absent(image, target, found)
            return same_name[0], self._ambiguous(image, same_name)
        if found.is_exact:
            return found.path, None
        name = self._seen_from(image, found.written)
        message = f"image '{quoted(image)}' is the file '{name}'"
        hint = "write it as the file is named: other systems distinguish upper and lower case"
        return found.path, Diagnostic(image.place, Code.IMAGE_CASE, message, hint)

    def _local(self, image: Image, target: str) -> FoundFile | Absence:
        """Find the file for a path. A match in another case only counts if no other matches."""
        other_case: FoundFile | None = None
        absence = Absence.MISSING
        for spelling in _spellings(target):
            for start in self._starts(image, spelling):
                found = self._lookup.find(start, spelling.lstrip("/"))
                if found is Absence.OUTSIDE:
                    absence = Absence.OUTSIDE
                elif isinstance(found, FoundFile) and found.is_exact:
                    return found
                elif isinstance(found, FoundFile):
                    other_case = other_case or found
        return other_case or absence

    def _starts(self, image: Image, spelling: str) -> tuple[Path, ...]:
        """Return the folders that a path may start from. With ``..``, this is only its file's."""
        if spelling.startswith("/"):
            return (*self._lookup.roots, self._lookup.folder)
        beside = self._beside(image)
        return (beside,) if spelling.startswith("..") else (beside, *self._lookup.roots)

    def _anywhere(self, image: Image, target: str) -> tuple[Path, ...]:
        """Return the files whose paths end with a path of Obsidian or a site, the nearest first."""
        beside = self._beside(image)
        is_named = image.is_anywhere or self._lookup.is_in_vault(beside)
        spellings = [each for each in _spellings(target) if is_named or _OF_SITE.match(each)]
        found = (self._lookup.anywhere(beside, spelling) for spelling in spellings)
        return next((paths for paths in found if paths), ())

    def _ambiguous(self, image: Image, paths: tuple[Path, ...]) -> Diagnostic | None:
        """Return MD506 if a name matches several files."""
        if len(paths) == 1:
            return None
        near, other = (self._seen_from(image, path) for path in paths[:2])
        message = f"'{quoted(image)}' is the name of {len(paths)} images; the card shows '{near}'"
        hint = f"write the path too, as in '{near}'; another one is '{other}'"
        return Diagnostic(image.place, Code.IMAGE_AMBIGUOUS, message, hint)

    def _beside(self, image: Image) -> Path:
        return self._lookup.folder_of(image.place.path)

    def _absent(self, image: Image, target: str, absence: Absence) -> Diagnostic:
        shown = quoted(image)
        if not target:
            hint = "write the path of a file, or delete the image"
            return Diagnostic(image.place, Code.IMAGE_MISSING, "an image has no path", hint)
        if absence is Absence.OUTSIDE:
            message = f"image '{shown}' leads out of the content folder"
            hint = "copy it into the folder, or add its folder to 'images: roots' in deck.yml"
            return Diagnostic(image.place, Code.IMAGE_OUTSIDE, message, hint)
        plain = unquote(target)
        if _SCHEME.match(plain) and not _ABSOLUTE.match(plain):
            message = f"image '{shown}' has an address of a kind that is not packed"
            return Diagnostic(image.place, Code.IMAGE_REMOTE, message, "save it beside the file")
        if _ABSOLUTE.match(plain):
            message = f"image '{shown}' is an absolute path, and not in any of the roots"
            hint = "a path from '/' is looked up in 'images: roots', then beside deck.yml"
            if not plain.startswith("/"):  # of one machine
                hint = "copy it into the folder, and write its path from this file"
            code = Code.IMAGE_OUTSIDE
        else:
            message = f"image '{shown}' not found"
            hint = "images are looked up beside the file"
            hint += " and under 'images: roots'" if self._lookup.roots else ""
            code = Code.IMAGE_MISSING
        if _DRAWING.fullmatch(target):
            hint = "turn on the automatic export of SVG in the settings of Excalidraw"
            return Diagnostic(image.place, code, message, hint)
        spellings = _spellings(target)
        near = self._lookup.nearest(unquote(spellings[-1])) if spellings else None
        suggestion = f"; did you mean '{self._seen_from(image, near)}'?" if near else ""
        return Diagnostic(image.place, code, message, hint + suggestion)

    def _seen_from(self, image: Image, path: Path) -> str:
        return posixpath.relpath(path.as_posix(), self._beside(image).as_posix())


_DRAWING = re.compile(r"(.+\.excalidraw)(?:\.md)?", re.IGNORECASE)
_EXPORTED = (".svg", ".png", ".light.svg", ".light.png", ".dark.svg", ".dark.png")
"""What Excalidraw for Obsidian adds to the name of a drawing when it exports an image of it."""

_UNCODED = "/!'()*;,:@&=+$~"
"""What ``encodeURI`` of JavaScript leaves as it is, besides letters and numbers."""

_OF_SITE = re.compile(r"/+[^/]+/+[^/]")
"""A path from the top of a site, with a folder. A name alone could be any file."""

_FILE = re.compile(r"\Afile:(?://localhost(?=/)|//(?=/))?", re.IGNORECASE)
_DRIVE = re.compile(r"\A[a-z]:(?=/)", re.IGNORECASE)

_AT_TOP = re.compile(r"\A@(?:site)?(/.*)", re.DOTALL)


def _spellings(target: str) -> tuple[str, ...]:
    """Return the readings of a path, as written first.

    Others are without query and fragment, decoded, and with Windows' backslashes turned. ``file:``
    and the drive of Windows begin an absolute path. ``@/``
    also means ``/``, as in hashcards and web bundlers, and so does ``@site/``, as in Docusaurus.
    At last, it is encoded: some tools for websites encode the names of the files. A drawing of
    Excalidraw is the image that it exports beside it.
    """
    found: list[str] = []
    drawing = _DRAWING.fullmatch(target)
    if drawing:
        return tuple(f"{drawing[1]}{suffix}" for suffix in _EXPORTED)
    for cut in (target, re.split(r"[?#]", target, maxsplit=1)[0]):
        for decoded in (cut, unquote(cut)):
            turned = decoded.replace("\\", "/")
            found.extend((decoded, turned, *_AT_TOP.findall(turned)))
            if _ABSOLUTE.match(turned):
                found.append(_DRIVE.sub(r"/\g<0>", _FILE.sub("", turned)))
    found.append(quote(found[-1], safe=_UNCODED))
    return tuple(spelling for spelling in dict.fromkeys(found) if spelling.strip("/"))


def address_of(target: str) -> str:
    """Return the address to fetch and pin an image by: with a scheme, without a fragment.

    The address of a file's page on GitHub becomes that of the file itself.
    """
    target = target.strip()
    with suppress(ValueError):  # brackets without an IPv6 address: fetching it will say so
        target = urldefrag(target)[0]
    target = f"https:{target}" if target.startswith("//") else target
    return _PAGE.sub(r"\1/raw/", target)


def quoted(image: Image) -> str:
    """Return the target of an image as written, shortened if it is long."""
    return shorten(image.target, _QUOTED)
