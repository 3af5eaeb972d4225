"""Gets remote images: the pinned bytes from the cache, or new ones from the server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from cardwright.lock import ImagePin
from cardwright.media.cache import NO_CACHE, Cache
from cardwright.media.fetch_rules import RULES, Failure, Fault, FetchRules
from cardwright.media.kinds import extension_of


@dataclass(frozen=True, slots=True)
class Access:
    """How a build may get remote images, and what it already has."""

    pins: tuple[ImagePin, ...] = ()  # those of the lock
    cache: Cache = NO_CACHE
    rules: FetchRules = RULES
    is_offline: bool = False
    is_updating: bool = False  # pinned images are fetched again, and changes accepted
    now: int = 0  # seconds since 1970


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """The bytes of a remote image and the failure. It has both if older bytes are used."""

    content: bytes | None = None
    failure: Failure | None = None


def get_remote(
    urls: Sequence[str], access: Access, *, allow_private: bool, step: Callable[[int], None]
) -> Mapping[str, RemoteImage]:
    """Get the images at the addresses: from the cache if pinned, else from the network."""
    pins = {pin.image: pin.sha256 for pin in access.pins}
    kept = {url: access.cache.fetched(pins[url]) for url in urls if url in pins}
    lacking = [url for url in urls if kept.get(url) is None]
    wanted = urls if access.is_updating else lacking
    allowed = (lambda _: True) if allow_private else access.rules.is_allowed
    fetched: Mapping[str, bytes | Failure] = {}
    if access.is_offline:
        fetched = {url: _UNCACHED if url in pins else _NEVER_FETCHED for url in lacking}
    elif wanted:
        from cardwright.media.fetch import fetch_all  # httpx is slower to load than a small build

        fetched = fetch_all(wanted, replace(access.rules, is_allowed=allowed), step)
    taken: dict[str, RemoteImage] = {}
    for url in urls:
        expected = "" if access.is_updating else pins.get(url, "")
        taken[url] = _settled(fetched.get(url), kept.get(url), expected)
        content = taken[url].content
        if url in fetched and content is not None and extension_of(content):
            access.cache.store_fetched(content)
    return taken


def _settled(fetched: bytes | Failure | None, kept: bytes | None, expected: str) -> RemoteImage:
    if fetched is None:
        return RemoteImage(kept)
    if isinstance(fetched, Failure):
        return RemoteImage(kept, fetched)
    if expected and sha256(fetched).hexdigest() != expected:
        return RemoteImage(failure=_CHANGED)
    return RemoteImage(fetched)


_UNCACHED = Failure(Fault.OFFLINE, "is pinned and not in the cache")
_NEVER_FETCHED = Failure(Fault.OFFLINE, "was never fetched")
_CHANGED = Failure(Fault.CHANGED, "is not the pinned one, which the cache does not have")


def new_pins(
    urls: Iterable[str], hashes: Mapping[str, str], access: Access
) -> tuple[ImagePin, ...]:
    """Return the pins of the images that notes name now. ``hashes`` are those of packed sources.

    An image that could not be fetched this time keeps its pin.
    """
    old = {pin.image: pin for pin in access.pins}
    pins = []
    for url in sorted(set(urls)):
        before, digest = old.get(url), hashes.get(url)
        if digest is None or (before is not None and before.sha256 == digest):
            pins += [before] if before else []
        else:
            mod = max(access.now, before.mod + 1) if before else access.now
            pins.append(ImagePin(url, digest, mod))
    return tuple(pins)
