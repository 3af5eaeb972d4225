"""How remote images are fetched, and how that fails: limits and failures as values."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from cardwright.media.addresses import is_public
from cardwright.media.daemon import in_a_daemon

if TYPE_CHECKING:
    import ssl

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host's name and a port to its IP addresses; an ``OSError`` where it has none."""

_NEVER = "invalid"


class Fault(Enum):
    """What kind of failure it was, by who could mend it."""

    DEAD = "the host is not there"
    SILENT = "the host is there and says nothing"
    REFUSED = "its address is not to be asked"
    FAILED = "the server gave something else"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an image was not fetched: ``words`` end the sentence "image '…' …".

    ``host`` is that which failed, perhaps another than the image's after a redirect; of a dead or
    silent one ``words`` end "host '…' …". ``is_passing``: another try may go better.
    """

    fault: Fault
    words: str
    host: str = ""
    is_passing: bool = False


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows; names that never exist (RFC 6761, 6.4) are not asked."""
    import asyncio  # most builds fetch nothing

    if host.rstrip(".").rpartition(".")[2] == _NEVER:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    # In a daemon: the loop's own threads are waited for, and a name server may take a minute.
    return await asyncio.wrap_future(in_a_daemon(lambda: _addresses(host, port)))


def _addresses(host: str, port: int) -> tuple[str, ...]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = (str(entry[4][0]).partition("%")[0] for entry in found)
    return tuple(dict.fromkeys(addresses))


@dataclass(frozen=True, slots=True)
class FetchRules:
    """Limits of a fetch, in seconds and bytes.

    ``total_seconds`` are for one image with all of its tries, ``pauses`` those between the
    tries. ``is_allowed`` says which IP addresses may be asked; ``verify`` are the authorities
    that a certificate has to come from, ``True`` for those of certifi.
    """

    at_once: int = 8
    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    total_seconds: float = 60.0
    pauses: tuple[float, ...] = (0.5, 2.0)
    most_bytes: int = 20_000_000
    most_redirects: int = 5
    verify: ssl.SSLContext | bool = True
    is_allowed: Callable[[str], bool] = is_public
    resolve: Resolver = system_resolver


RULES = FetchRules()
"""Those of every build that nobody tests."""
