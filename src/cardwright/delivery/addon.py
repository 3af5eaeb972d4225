"""Sends requests to the add-on AnkiConnect and validates its responses.

Any program may listen on its port. So responses have limits in size and time, redirects are not
followed, and a response in another form than AnkiConnect's ends the push.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Timer
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code, shorten

_T = TypeVar("_T")

Request = tuple[str, Mapping[str, object]]
"""An action and its parameters."""

KEY_VARIABLE = "ANKICONNECT_API_KEY"

_VERSION = 6
_PORT = 8765
_MOST_BYTES = 250_000_000  # the largest response in bytes
_LONGEST_MESSAGE = 200
_MOST_REQUEST_BYTES = 300_000
"""Bytes in one request. AnkiConnect needs quadratic time to read a request."""
_MOST_AT_ONCE = 200


START = (
    "start Anki with the add-on AnkiConnect (code 2055492159), or close it and name its profile "
    "with --profile"
)


def not_ankiconnect() -> AnkiError:
    """Return the error for a response that is not AnkiConnect's."""
    return AnkiError(Code.ANKI_SILENT, "what answers there is not AnkiConnect", START)


def expect(kind: type[_T], answer: object) -> _T:
    """Return a part of a response. Raises AN804 if it has another type, or cannot be UTF-8."""
    is_half = isinstance(answer, str) and _HALF.search(answer)
    if not isinstance(answer, kind) or isinstance(answer, bool) or is_half:
        raise not_ankiconnect()
    return answer


def expect_all(kind: type[_T], answer: object) -> list[_T]:
    """Return a part of a response that must be a list of values of this type."""
    return [expect(kind, each) for each in expect(list, answer)]


_HALF = re.compile(r"[\ud800-\udfff]")  # a lone surrogate, which JSON can hold and UTF-8 cannot


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait: for the first response, for any other one, and for an import."""

    first: float = 10
    answer: float = 120
    import_: float = 900


class Addon:
    """The add-on at an address.

    Raises ``AnkiError``: AN804 if nothing or another program responds, AN805 for a wrong key,
    AN806 for an invalid address, AN810 for an action that failed.
    """

    def __init__(self, address: str, key: str = "", timeouts: Timeouts | None = None) -> None:
        self.timeouts = timeouts or Timeouts()
        self._url = _parsed(address)
        self._secret = key
        self._key = ""

    @property
    def is_local(self) -> bool:
        """Whether the address is on this machine."""
        return is_loopback(self._url.geturl())

    def check_connection(self) -> None:
        """Check that AnkiConnect responds. The key is only sent if AnkiConnect requires one."""
        answer = self._ask("requestPermission", {}, self.timeouts.first)
        if not isinstance(answer, dict) or answer.get("permission") != "granted":
            raise not_ankiconnect()
        needs_key = answer.get("requireApikey", answer.get("requireApiKey"))
        if needs_key and not self._secret:
            raise AnkiError(Code.WRONG_KEY, "AnkiConnect asks for its key", _KEY_HINT)
        self._key = self._secret if needs_key else ""
        version = self.call("version")
        if not isinstance(version, int) or version < _VERSION:
            raise not_ankiconnect()

    def call(self, action: str, **parameters: object) -> object:
        """Return the result of one action."""
        is_import = action == "importPackage"
        seconds = self.timeouts.import_ if is_import else self.timeouts.answer
        return self._ask(action, parameters, seconds)

    def all(self, requests: Sequence[Request]) -> list[object]:
        """Return the results of several actions. Anki runs those of one request without a break.

        Raises for the first action that failed. Those after it may have been done.
        """
        results: list[object] = []
        for some in _split_requests([self._message(*request) for request in requests]):
            answers = self.call("multi", actions=some)
            if not isinstance(answers, list) or len(answers) != len(some):
                raise not_ankiconnect()
            results += [self._result(answer) for answer in answers]
        return results

    def _message(self, action: str, parameters: Mapping[str, object]) -> dict[str, object]:
        message = {"action": action, "version": _VERSION, "params": parameters}
        return {**message, "key": self._key} if self._key else message

    def _ask(self, action: str, parameters: Mapping[str, object], seconds: float) -> object:
        body = json.dumps(self._message(action, parameters)).encode()
        try:
            answer = json.loads(self._post(body, seconds))
        except (ValueError, RecursionError):
            raise not_ankiconnect() from None
        return self._result(answer)

    def _result(self, answer: object) -> object:
        if not isinstance(answer, dict) or answer.keys() != {"result", "error"}:
            raise not_ankiconnect()
        error = answer["error"]
        if error is None:
            return answer["result"]
        if not isinstance(error, str):
            raise not_ankiconnect()
        if "valid api key" in error:
            raise AnkiError(Code.WRONG_KEY, "AnkiConnect rejects the key", _KEY_HINT)
        words = error.replace(self._secret, "…") if self._secret else error
        hint = next((hint for part, hint in _HINTS.items() if part in error), "")
        message = f"Anki refused a request: {shorten(words, _LONGEST_MESSAGE)}"
        raise AnkiError(Code.ANKI_REFUSED, message, hint)

    def _post(self, body: bytes, seconds: float) -> bytes:
        """Return the body of the response, which must be complete within these seconds."""
        is_secure = self._url.scheme == "https"
        kind = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
        port = self._url.port or (443 if is_secure else _PORT)
        # It ignores proxies of the environment.
        connection = kind(self._url.hostname or "", port, timeout=min(seconds, self.timeouts.first))
        try:
            connection.connect()
        except OSError:
            raise AnkiError(Code.ANKI_SILENT, "Anki does not respond", START) from None
        is_timed_out = Event()
        timer = Timer(seconds, _abort, (connection.sock, is_timed_out))
        timer.daemon = True
        timer.start()
        try:
            connection.sock.settimeout(seconds)
            connection.request("POST", self._url.path or "/", body, {"Content-Type": _JSON})
            with connection.getresponse() as answer:
                content = answer.read(_MOST_BYTES + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if is_timed_out.is_set() or isinstance(error, TimeoutError):
                raise self._timeout_error(seconds) from None
            raise not_ankiconnect() from None
        finally:
            timer.cancel()
            connection.close()
        if is_timed_out.is_set():
            raise self._timeout_error(seconds)
        if answer.status != http.client.OK or len(content) > _MOST_BYTES:
            raise not_ankiconnect()
        return content

    def _timeout_error(self, seconds: float) -> AnkiError:
        message = f"Anki gave no answer within {seconds:g} s"
        return AnkiError(Code.ANKI_SILENT, message, "close open dialogues in Anki, then try again")


_JSON = "application/json"
_KEY_HINT = f"put the apiKey of the add-on's configuration into the variable {KEY_VARIABLE}"
_HINTS = {
    "unsupported action": "update the add-on: Tools > Add-ons > Check for Updates",
    "not available": "choose a profile in Anki's window, then try again",
}
"""What to do about errors, by the add-on's words for them."""


def _abort(sock: socket.socket, is_timed_out: Event) -> None:
    is_timed_out.set()
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _split_requests(
    messages: Sequence[Mapping[str, object]],
) -> Iterator[list[Mapping[str, object]]]:
    """Split the messages into requests that are not too long."""
    some: list[Mapping[str, object]] = []
    size = 0
    for message in messages:
        length = len(json.dumps(message))
        if some and (size + length > _MOST_REQUEST_BYTES or len(some) >= _MOST_AT_ONCE):
            yield some
            some, size = [], 0
        some.append(message)
        size += length
    if some:
        yield some


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parsed(text: str) -> SplitResult:
    """Parse the address. AN806 if it is invalid or contains a password."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if (
        host is None
        or parts.scheme not in ("http", "https")
        or parts.username is not None
        or parts.query
        or parts.fragment
        or not (text.isascii() and text.isprintable())
        or " " in text
    ):
        message = "this is not an address of AnkiConnect"
        raise AnkiError(Code.NO_ADDRESS, message, "write it as http://127.0.0.1:8765")
    return parts
