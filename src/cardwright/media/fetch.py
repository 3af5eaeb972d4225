"""Fetches remote images concurrently, and only from IP addresses that it has checked."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import zlib
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from http.client import responses

import httpx

from cardwright import __version__
from cardwright.media.fetch_rules import Failure, Fault, FetchRules, in_a_daemon

_HEADERS = {
    "User-Agent": f"Cardwright/{__version__} (makes Anki decks of Markdown notes)",
    "Accept": "image/webp,image/avif,image/png,image/svg+xml,image/*;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "identity",  # so that no response expands beyond the limit
}
_MOST_TRIED = 3  # of a host's addresses


def fetch_all(
    urls: Sequence[str], rules: FetchRules, step: Callable[[int], None] = lambda _: None
) -> Mapping[str, bytes | Failure]:
    """Fetch each address and return its content or failure. ``step`` gets the number done."""
    # In its own thread, because a notebook already runs an event loop in this one. It is a daemon,
    # so that Ctrl-C does not wait for a server.
    return in_a_daemon(lambda: asyncio.run(_fetch_all(urls, rules, step))).result()


async def _fetch_all(
    urls: Sequence[str], rules: FetchRules, step: Callable[[int], None]
) -> Mapping[str, bytes | Failure]:
    """Fetch one image of each site first. If a site is dead, its other images are not tried."""
    outcomes: dict[str, bytes | Failure] = {}
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    # Proxies of the environment would connect to addresses that were not checked.
    async with httpx.AsyncHTTPTransport(
        verify=rules.verify, limits=limits, trust_env=False
    ) as transport:
        session = _Session(transport, rules)

        async def fetch(url: str) -> None:
            outcomes[url] = await session.fetch(url)
            step(len(outcomes))

        parsed = ((url, _parsed(url)) for url in reversed(urls))
        firsts = {"" if isinstance(to, Failure) else _site(to): url for url, to in parsed}
        await asyncio.gather(*map(fetch, firsts.values()))
        await asyncio.gather(*(fetch(url) for url in urls if url not in outcomes))
    return outcomes


def _parsed(url: str) -> httpx.URL | Failure:
    try:
        parsed = httpx.URL(url)
        is_somewhere = bool(parsed.host)  # raises for an impossible name
        parsed.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError):
        return Failure(Fault.FAILED, "has no valid address")
    if parsed.scheme not in ("http", "https"):
        return Failure(Fault.REFUSED, f"has an address of the kind '{parsed.scheme}:'")
    if parsed.userinfo:
        return Failure(Fault.REFUSED, "has a name or a password in its address")
    return parsed if is_somewhere else Failure(Fault.FAILED, "has no valid address")


def _site(url: httpx.URL) -> str:
    """Return the host, with its port unless it is the default. A site may be dead as a whole."""
    return url.netloc.decode("ascii")


class _Session:
    """The fetches of one build. It remembers dead hosts."""

    def __init__(self, transport: httpx.AsyncHTTPTransport, rules: FetchRules) -> None:
        self._transport = transport
        self._rules = rules
        self._turns = asyncio.Semaphore(rules.at_once)
        self._dead: dict[str, Failure] = {}
        self._silent: set[str] = set()
        self._answered: set[str] = set()

    async def fetch(self, url: str) -> bytes | Failure:
        """Fetch an address, with as many retries as the rules allow."""
        async with self._turns:
            try:
                async with asyncio.timeout(self._rules.total_seconds):
                    return await self._in_some_tries(url)
            except TimeoutError:
                words = f"takes longer than {self._rules.total_seconds:g} seconds"
                return Failure(Fault.FAILED, words)

    async def _in_some_tries(self, url: str) -> bytes | Failure:
        outcome = await self._follow(url)
        for pause in self._rules.pauses:
            if isinstance(outcome, bytes) or not outcome.is_passing:
                break
            await asyncio.sleep(pause)
            outcome = await self._follow(url)
        if isinstance(outcome, Failure):  # a host is dead, too, if it has been silent twice
            if outcome.fault is Fault.SILENT and outcome.host not in self._silent:
                self._silent.add(outcome.host)
            elif outcome.fault in (Fault.DEAD, Fault.SILENT):
                self._dead[outcome.host] = outcome
        return outcome

    async def _follow(self, url: str) -> bytes | Failure:
        """Follow redirects to the content. Each address on the way is checked."""
        for _ in range(self._rules.most_redirects + 1):
            parsed = _parsed(url)
            if isinstance(parsed, Failure):
                return parsed
            try:
                outcome = await self._ask(parsed)
            except httpx.TimeoutException:
                words = f"broke off: nothing more for {self._rules.read_seconds:g} seconds"
                return Failure(Fault.FAILED, words, is_passing=True)
            except httpx.HTTPError as error:
                return Failure(Fault.FAILED, f"broke off: {_said(error)}", is_passing=True)
            if not isinstance(outcome, str):
                return outcome
            try:
                url = str(parsed.join(outcome).copy_with(fragment=None))
            except (httpx.InvalidURL, ValueError):
                return Failure(Fault.FAILED, "is redirected to no valid address")
        times = self._rules.most_redirects
        return Failure(Fault.FAILED, f"is redirected more than {times} times")

    async def _ask(self, url: httpx.URL) -> bytes | str | Failure:
        """Send one request. Return the body, the address of a redirect, or a failure."""
        if _site(url) in self._dead:
            return self._dead[_site(url)]
        addresses = await self._addresses(url)
        if isinstance(addresses, Failure):
            return addresses
        response = await self._respond(url, addresses)
        if isinstance(response, Failure):
            return response
        try:
            return await _read(response, self._rules.most_bytes)
        finally:
            await response.aclose()

    async def _addresses(self, url: httpx.URL) -> Sequence[str] | Failure:
        """Resolve a host. It is refused if any of its IP addresses is not allowed."""
        host = url.raw_host.decode("ascii").strip("[]")
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            addresses: Sequence[str] = (str(ipaddress.ip_address(host)),)
        except ValueError:
            try:
                async with asyncio.timeout(self._rules.connect_seconds):
                    addresses = await self._rules.resolve(host, port)
            except TimeoutError:
                return Failure(Fault.DEAD, "is not found in time", _site(url), is_passing=True)
            except (OSError, UnicodeError) as error:
                is_passing = getattr(error, "errno", 0) == socket.EAI_AGAIN
                return Failure(Fault.DEAD, "is not known", _site(url), is_passing)
        barred = next((each for each in addresses if not self._rules.is_allowed(each)), None)
        if barred is not None:
            words = "is not an address of the public internet"
            words = words if barred == host else f"leads to {barred}, which {words}"
            return Failure(Fault.REFUSED, words, _site(url))
        return addresses or Failure(Fault.DEAD, "is not known", _site(url))

    async def _respond(self, url: httpx.URL, addresses: Sequence[str]) -> httpx.Response | Failure:
        """Start a response from a checked IP address. Host, TLS and certificate use the name."""
        said = ""
        for address in addresses[:_MOST_TRIED]:
            request = httpx.Request(
                "GET",
                url.copy_with(host=address),
                headers={**_HEADERS, "Host": _site(url)},
                extensions={
                    "sni_hostname": url.raw_host.decode("ascii"),
                    "timeout": {
                        "connect": self._rules.connect_seconds,
                        "read": self._rules.read_seconds,
                        "write": self._rules.read_seconds,
                    },
                },
            )
            try:
                response = await self._transport.handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                said = _said(error)
            except httpx.ReadTimeout:
                fault = Fault.FAILED if _site(url) in self._answered else Fault.SILENT
                words = f"sends nothing for {self._rules.read_seconds:g} seconds"
                return Failure(fault, words, _site(url), is_passing=True)
            else:
                self._answered.add(_site(url))
                return response
        return Failure(Fault.DEAD, f"does not answer: {said}", _site(url), is_passing=True)


def _said(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words[:1].lower() + words[1:120]


async def _read(response: httpx.Response, most_bytes: int) -> bytes | str | Failure:
    """Return the body or the redirect's address. Stops reading soon after the limit."""
    status, headers = response.status_code, response.headers
    if status in (301, 302, 303, 307, 308) and "location" in headers:
        return headers["location"]
    if status != HTTPStatus.OK:
        is_passing = status >= 500 or status == HTTPStatus.TOO_MANY_REQUESTS
        phrase = f"{status} {responses.get(status, '')}".rstrip()
        return Failure(Fault.FAILED, f"is not there: the server says {phrase}", "", is_passing)
    too_large = Failure(Fault.FAILED, f"is larger than {most_bytes / 1_000_000:g} MB")
    unpack = _unpacking(headers.get("content-encoding", ""))
    if unpack is None:
        return Failure(Fault.FAILED, "is sent in an encoding that is not asked for")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > most_bytes:
        return too_large
    body = bytearray()
    async for block in response.aiter_raw():
        body += unpack(block, most_bytes + 1 - len(body))
        if len(body) > most_bytes:
            return too_large
    return bytes(body)


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes] | None:
    """Return a function that decodes a block to at most so many bytes, ``None`` if unknown."""
    if encoding.strip().lower() in ("", "identity"):
        return lambda block, _: block
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        return None
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def unpack(block: bytes, most: int) -> bytes:
        try:
            return unpacker.decompress(block, max(most, 1))
        except zlib.error as error:
            raise httpx.DecodingError(str(error)) from error

    return unpack
