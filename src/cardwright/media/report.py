"""Diagnostics for images that are missing from the package or differ from their source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from cardwright.diagnostics import Code, Diagnostic, many, shorten
from cardwright.media.fetch_rules import Failure, Fault
from cardwright.media.find import quoted
from cardwright.media.picture import Refusal
from cardwright.media.remote import RemoteImage
from cardwright.model import Image, Place


def refused(image: Image, refusal: Refusal) -> Diagnostic:
    """Return the problem of an image that cannot be packed, at its place."""
    message = f"image '{quoted(image)}' {refusal.words}"
    return Diagnostic(image.place, refusal.code, message, refusal.hint)


def lost(image: Image, parts: Sequence[str]) -> Diagnostic:
    """Return MD512 for a card that shows less than the author's browser."""
    message = f"image '{quoted(image)}' loses {shorten(', '.join(parts), 200)}"
    hint = "an image on a card can neither hold HTML nor load anything; save it as PNG"
    return Diagnostic(image.place, Code.DRAWING_CUT, message, hint)


def remote_troubles(
    used: Mapping[str, Sequence[Image]], taken: Mapping[str, RemoteImage]
) -> Iterator[Diagnostic]:
    """Yield MD503, MD508 and MD509 at each place, and MD507 once for each dead host.

    MD503 is yielded once for each host too if the build is offline. ``used`` has the images by
    address.
    """
    dead: dict[str, list[tuple[Image, RemoteImage]]] = {}
    absent: dict[tuple[str, str], list[Image]] = {}
    for url, remote in taken.items():
        images, failure = used[url], remote.failure
        if failure and failure.fault in (Fault.DEAD, Fault.SILENT):
            dead.setdefault(failure.host, []).extend((image, remote) for image in images)
        elif failure and failure.fault is Fault.OFFLINE:
            absent.setdefault((_host(url), failure.words), []).extend(images)
        elif failure:
            refusal = _refusal(failure, has_older=remote.content is not None)
            yield from (refused(image, refusal) for image in images)
    for host in sorted(dead):
        yield _dead(host, dead[host])
    for (host, words), images in sorted(absent.items(), key=lambda each: each[0]):
        yield _absent(host, words, images)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that hold no address
        return ""


def _absent(host: str, words: str, images: Sequence[Image]) -> Diagnostic:
    """Return MD503 at the first image of a host that an offline build has not."""
    first = min(images, key=lambda image: image.place)
    others = len({image.target for image in images}) - 1
    like = f", like {many(others, 'other image')} of '{shorten(host)}'" if others else ""
    hint = "build without --offline to fetch "
    places = sorted(image.place for image in images)
    hint += f"them; used at {_listed(places)}" if others else "it"
    return Diagnostic(
        first.place, Code.IMAGE_REMOTE, f"image '{quoted(first)}' {words}{like}", hint
    )


def _refusal(failure: Failure, *, has_older: bool) -> Refusal:
    words, hint = failure.words, "save it beside the file"
    if failure.fault is Fault.CHANGED:
        hint = "'build --update-images' takes it as it is now"
    elif failure.fault is Fault.REFUSED and failure.host:
        words = f"is not fetched: '{shorten(failure.host)}' {words}"
        hint += f"; or, {_ALLOW}"
    if has_older:
        hint = "the card has it as it was fetched before"
    return Refusal(words, hint, _CODES.get(failure.fault, Code.IMAGE_REMOTE))


_CODES = {Fault.CHANGED: Code.IMAGE_CHANGED, Fault.REFUSED: Code.ADDRESS_REFUSED}
_ALLOW = "if the notes are yours, set 'images: {allow_private: true}' and build with '--trust'"


def _dead(host: str, uses: Sequence[tuple[Image, RemoteImage]]) -> Diagnostic:
    """Return MD507 at the first use of the host's images. The hint lists all uses."""
    places = sorted(image.place for image, _ in uses)
    failure = uses[0][1].failure
    why = failure.words if failure else ""
    count = len({image.target for image, remote in uses if remote.content is None})
    what = f"{count} images are" if count > 1 else "an image is"
    rest = f"{what} not in the package" if count else "its images are as they were fetched before"
    message = f"the host '{shorten(host)}' {why}; {rest}"
    hint = f"used at {_listed(places)}; the next build tries again"
    return Diagnostic(places[0], Code.HOST_DEAD, message, hint)


_MOST_FILES = 5


def _listed(places: Sequence[Place]) -> str:
    """Format places as ``plants.md:5, 9 and oak.md:3``, and count files after the fourth."""
    lines: dict[str, dict[int, None]] = {}
    for place in places:
        lines.setdefault(place.path, {})[place.line] = None
    words = [f"{path}:{', '.join(map(str, at))}" for path, at in lines.items()]
    if len(words) > _MOST_FILES:
        words[_MOST_FILES - 1 :] = [many(len(words) - _MOST_FILES + 1, "other file")]
    return " and ".join(words)
