"""Defines the limits and failures of fetching: which addresses may be asked, and how long."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import ssl

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns the IP addresses of a host and port. Raises ``OSError`` if there are none."""


class Fault(Enum):
    """Why an image is not here, by who could fix it."""

    DEAD = "the host is not there"
    SILENT = "the host is there and says nothing"
    REFUSED = "its address is not to be asked"
    FAILED = "the server gave something else"
    OFFLINE = "no server is to be asked"
    CHANGED = "the server gave another image than the pinned one"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an image was not fetched."""

    fault: Fault
    words: str  # end the sentence "image '…' …", or "host '…' …" if it is dead or silent
    host: str = ""  # the host that failed, which may differ from the image's after a redirect
    is_passing: bool = False  # a retry may succeed


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """Resolve a host with the system, but never the domain ``.invalid`` (RFC 6761, 6.4)."""
    import asyncio  # most builds fetch nothing

    if host.rstrip(".").rpartition(".")[2] == "invalid":
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    # In a daemon thread: asyncio waits for its own threads, and DNS may take a minute.
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.wrap_future(in_a_daemon(look_up))
    return tuple(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


Outcome = TypeVar("Outcome")


def in_a_daemon(work: Callable[[], Outcome]) -> Future[Outcome]:
    """Start ``work`` in a daemon thread. Waiting for the future raises what ``work`` raised."""
    outcome: Future[Outcome] = Future()
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:  # raised again by ``Future.result``
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    return outcome


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    These do not: private, loopback, link-local, multicast and unspecified addresses, those in
    IANA's special-purpose registries, and those that customers of a provider share (100.64/10).
    An IPv6 address does not either if it contains such an IPv4 address: mapped, NAT64 (RFC 6052)
    or 6to4.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(ip.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
        if ip in _LOCAL_NAT64 or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


@dataclass(frozen=True, slots=True)
class FetchRules:
    """The limits of fetching, in seconds and bytes."""

    at_once: int = 8
    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    total_seconds: float = 60.0  # for one image with all its retries
    pauses: tuple[float, ...] = (0.5, 2.0)  # before a retry
    most_bytes: int = 20_000_000
    most_redirects: int = 5
    verify: ssl.SSLContext | bool = True  # certificate authorities, `True` for those of certifi
    is_allowed: Callable[[str], bool] = is_public  # which IP addresses may be contacted
    resolve: Resolver = system_resolver


RULES = FetchRules()
"""The rules of all builds outside of tests."""
