"""Remote images fetched from a real server, and how that fails."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Lock

import pytest

from cardwright.media.fetch import fetch_all
from cardwright.media.fetch_rules import (
    Failure,
    Fault,
    FetchRules,
    is_public,
    system_resolver,
)
from cardwright.media.find import address_of
from tests.pictures import png
from tests.server import Server, running, send
from tests.waiting import PATIENCE, wait_until

PNG = png("leaf")
FAST = FetchRules(
    connect_seconds=PATIENCE,
    read_seconds=PATIENCE,
    total_seconds=PATIENCE,
    pauses=(0.01, 0.01),
    most_bytes=100_000,
    is_allowed=lambda address: address == "127.0.0.1",
)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def fetch(url: str, rules: FetchRules = FAST) -> bytes | Failure:
    return fetch_all([url], rules)[url]


def failure(url: str, rules: FetchRules = FAST) -> tuple[Fault, str]:
    outcome = fetch(url, rules)
    assert isinstance(outcome, Failure)
    return outcome.fault, outcome.words


def test_an_image_is_fetched_as_it_is(server: Server) -> None:
    assert fetch(server.serve("leaf.png", PNG)) == PNG
    assert server.agents[0].startswith("Cardwright/")


def test_redirects_are_followed(server: Server) -> None:
    server.serve("leaf.png", PNG)
    server.redirect("c", "leaf.png#part")
    server.redirect("b", "/c")

    assert fetch(server.redirect("a", server.url("b"))) == PNG
    assert server.asked == ["/a", "/b", "/c", "/leaf.png"]


def test_a_redirect_loop_ends(server: Server) -> None:
    words = "is redirected more than 5 times"

    assert failure(server.redirect("a", "/a")) == (Fault.FAILED, words)
    assert server.asked == ["/a"] * 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "data:image/png,"])
def test_a_redirect_leads_to_no_other_scheme(server: Server, target: str) -> None:
    scheme = target.split(":")[0]

    words = f"has an address of the kind '{scheme}:'"
    assert failure(server.redirect("a", target)) == (Fault.REFUSED, words)


def test_what_is_not_there_is_asked_for_once(server: Server) -> None:
    words = "is not there: the server says 404 Not Found"

    assert failure(server.url("none.png")) == (Fault.FAILED, words)
    assert server.asked == ["/none.png"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_that_fails_is_asked_again(server: Server, status: int) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        send(request, PNG, status=status if len(server.asked) < 3 else 200)

    server.answers["/leaf.png"] = answer

    assert fetch(server.url("leaf.png")) == PNG
    assert len(server.asked) == 3


def test_a_server_that_goes_on_failing_is_asked_three_times(server: Server) -> None:
    server.answers["/a"] = lambda request: send(request, status=599)

    words = "is not there: the server says 599"
    assert failure(server.url("a")) == (Fault.FAILED, words)
    assert len(server.asked) == 3


def test_a_body_without_end_is_left_at_the_limit(server: Server) -> None:
    sent = []

    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            sent.append(request.wfile.write(b"x" * 65_536))

    server.answers["/a"] = endless

    assert failure(server.url("a")) == (Fault.FAILED, "is larger than 0.1 MB")
    assert sum(sent) < 20_000_000


def test_what_says_that_it_is_too_large_is_not_read(server: Server) -> None:
    server.answers["/a"] = lambda request: send(request, b"", length=100_001)

    assert failure(server.url("a")) == (Fault.FAILED, "is larger than 0.1 MB")


def test_a_packed_body_is_unpacked_to_the_limit_only(server: Server) -> None:
    small, bomb = gzip.compress(PNG), gzip.compress(b"\0" * 50_000_000)
    server.answers["/small"] = lambda request: send(request, small, encoding="gzip")
    server.answers["/bomb"] = lambda request: send(request, bomb, encoding="gzip")
    server.answers["/odd"] = lambda request: send(request, PNG, encoding="br")
    server.answers["/wrong"] = lambda request: send(request, PNG, encoding="gzip")

    assert fetch(server.url("small")) == PNG
    assert failure(server.url("bomb")) == (Fault.FAILED, "is larger than 0.1 MB")
    assert failure(server.url("odd"))[1] == "is sent in an encoding that is not asked for"
    assert failure(server.url("wrong"))[1].startswith("broke off: ")


def test_a_body_that_breaks_off_is_asked_for_again(server: Server) -> None:
    server.answers["/a"] = lambda request: send(request, PNG[:20], length=len(PNG))

    fault, words = failure(server.url("a"))

    assert fault is Fault.FAILED
    assert words.startswith("broke off: peer closed connection")
    assert len(server.asked) == 3


def drip(request: BaseHTTPRequestHandler, start: bytes) -> None:
    request.wfile.write(start)
    for _ in range(int(PATIENCE / 0.05)):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_slow_answer_ends_in_time(server: Server, start: bytes) -> None:
    server.answers["/a"] = lambda request: drip(request, start)
    impatient = replace(FAST, total_seconds=0.8)

    outcome = failure(server.url("a"), impatient)

    assert outcome == (Fault.FAILED, "takes longer than 0.8 seconds")


def silent(request: BaseHTTPRequestHandler) -> None:
    request.rfile.read(1)  # until whoever asked has gone


@pytest.mark.slow
def test_a_silent_server_is_given_up_at_the_second_image(server: Server) -> None:
    server.answers |= {f"/{n}": silent for n in range(9)}
    rules = replace(FAST, read_seconds=0.2, at_once=1)

    outcomes = fetch_all([server.url(str(n)) for n in range(9)], rules)

    faults = {outcome.fault for outcome in outcomes.values() if isinstance(outcome, Failure)}
    assert faults == {Fault.SILENT}
    wait_until(lambda: {"/0", "/1"} <= set(server.asked))
    assert set(server.asked) == {"/0", "/1"}


@pytest.mark.slow
def test_one_silent_image_of_a_host_leaves_the_others(server: Server) -> None:
    server.answers["/slow"] = silent
    good = server.serve("good", PNG)

    rules = replace(FAST, read_seconds=3.0, pauses=())  # nobody waits so long for the good one
    outcomes = fetch_all([server.url("slow"), good], rules)

    assert outcomes[good] == PNG


def test_a_dead_host_is_tried_once_in_each_build() -> None:
    asked = []

    async def resolve(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return ("127.0.0.1",)

    urls = [f"http://dead.test:1/{n}.png" for n in range(20)]
    outcomes = fetch_all(urls, replace(FAST, resolve=resolve))

    assert {type(outcome) for outcome in outcomes.values()} == {Failure}
    assert len(asked) == 3


def test_a_name_that_never_exists_is_not_asked_for() -> None:
    assert failure("http://leaf.invalid/a.png") == (Fault.DEAD, "is not known")


def named(**hosts: tuple[str, ...]) -> FetchRules:
    """Rules under which ``<name>.test`` has these addresses."""

    async def resolve(host: str, _: int) -> Sequence[str]:
        return hosts.get(host.removesuffix(".test"), ())

    return replace(FAST, resolve=resolve)


def test_a_silent_name_server_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    end, ended = Event(), Event()

    def silent(*_: object, **__: object) -> list[object]:
        end.wait(PATIENCE)
        ended.set()
        return []

    monkeypatch.setattr("socket.getaddrinfo", silent)

    (failure,) = fetch_all(
        ["http://leaf.example/x.png"], FetchRules(pauses=(), connect_seconds=0.2)
    ).values()

    assert not ended.is_set()
    end.set()
    assert isinstance(failure, Failure)
    assert failure.fault is Fault.DEAD


def test_a_redirect_to_a_private_address_is_refused(server: Server) -> None:
    rules = named(inside=("10.0.0.1",))
    words = "leads to 10.0.0.1, which is not an address of the public internet"

    target = server.url("x", "inside.test")
    assert failure(server.redirect("a", target), rules) == (Fault.REFUSED, words)
    assert failure(server.redirect("b", "http://127.0.0.2/x"))[0] is Fault.REFUSED
    assert server.asked == ["/a", "/b"]


def test_a_host_with_one_private_address_is_refused() -> None:
    assert failure("http://both.test/", named(both=("127.0.0.1", "::1")))[0] is Fault.REFUSED


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(server: Server) -> None:
    answers = [("127.0.0.1",), ("10.0.0.1",)]

    async def resolve(_: str, __: int) -> Sequence[str]:
        return answers.pop(0)

    server.serve("leaf.png", PNG)

    url = server.url("leaf.png", "rebound.test")
    assert fetch(url, replace(FAST, resolve=resolve)) == PNG
    assert answers == [("10.0.0.1",)]
    assert server.hosts == [f"rebound.test:{server.port}"]


def test_another_address_of_a_host_is_tried(server: Server) -> None:
    server.serve("leaf.png", PNG)
    rules = replace(named(two=("127.0.0.9", "127.0.0.1")), is_allowed=lambda _: True)

    assert fetch(server.url("leaf.png", "two.test"), rules) == PNG


@pytest.mark.parametrize("url", ["http://0x7f000001/", "http://2130706433/", "http://127.1/"])
def test_odd_ways_to_write_an_address_are_looked_at_too(url: str) -> None:
    rules = replace(FAST, is_allowed=is_public, resolve=system_resolver)

    outcome = fetch(url, rules)

    assert isinstance(outcome, Failure)
    assert outcome.fault in (Fault.REFUSED, Fault.DEAD)


@pytest.mark.parametrize(
    "url",
    ["http://a:b@example.org/x", "https://", "http://[::1", "http://exa mple:port/", "http:x"],
)
def test_an_address_that_is_none_is_no_crash(url: str) -> None:
    assert isinstance(fetch(url, named()) if "mple" not in url else fetch(url), Failure)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:100.64.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:c0a8:1::",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "2001:db8::1",
        "2001:0:7f00:1::",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "1.1.1.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::",
    ],
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


def test_an_image_is_known_by_the_address_of_its_bytes() -> None:
    assert address_of(" //example.org/a.png#x ") == "https://example.org/a.png"
    page = "https://github.com/a/b/blob/main/blob/c.png?raw=true"
    assert address_of(page) == "https://github.com/a/b/raw/main/blob/c.png?raw=true"
    assert address_of("HTTP://example.org/a.png?b=1#x") == "http://example.org/a.png?b=1"
    assert address_of("https://[a/b.png#x") == "https://[a/b.png#x"  # which nothing can fetch


def test_several_are_fetched_at_once_and_no_more_than_allowed(server: Server) -> None:
    counting, four, five = Lock(), Event(), Event()
    running_now = 0
    are_four: list[bool] = []

    def count(change: int) -> None:
        nonlocal running_now
        with counting:
            running_now += change
            four.set() if running_now == 4 else None
            five.set() if running_now == 5 else None

    def answer(request: BaseHTTPRequestHandler) -> None:
        count(1)
        are_four.append(four.wait(PATIENCE))
        four.set()
        five.wait(0.1)
        count(-1)
        send(request, PNG)

    server.serve("0", PNG)  # the first of a host is fetched alone
    server.answers |= {f"/{n}": answer for n in range(1, 12)}
    done: list[int] = []

    outcomes = fetch_all(
        [server.url(str(n)) for n in range(12)], replace(FAST, at_once=4), done.append
    )

    assert set(outcomes.values()) == {PNG}
    assert all(are_four)
    assert not five.is_set()
    assert done[-1] == 12


def test_a_certificate_is_checked_against_the_name(tmp_path: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-keyout", str(key), "-out", str(certificate), "-days", "2"]
    command += ["-subj", "/CN=leaf.test", "-addext", "subjectAltName=DNS:leaf.test"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("there is no openssl")
    context = ssl.create_default_context(cafile=str(certificate))
    rules = named(leaf=("127.0.0.1",), root=("127.0.0.1",))

    with secure_server(certificate, key) as port:
        right, wrong = f"https://leaf.test:{port}/", f"https://root.test:{port}/"
        trusting = replace(rules, verify=context)

        assert fetch(right, trusting) == PNG
        assert "hostname mismatch" in failure(wrong, trusting)[1].lower()
        assert "self" in failure(right, rules)[1]


@contextmanager
def secure_server(certificate: Path, key: Path) -> Iterator[int]:
    """A server behind TLS; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with running(context) as server:
        server.serve("", PNG)
        yield server.port


RESPONSES = [
    b"",
    b"garbage\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nab",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
    b"HTTP/1.1 101 Switching\r\n\r\n",
    b"HTTP/1.1 204 No Content\r\n\r\n",
    *(
        b"HTTP/1.1 302 Found\r\nLocation: " + target + b"\r\n\r\n"
        for target in (
            b"", b"\xff\xfe", b"http://", b"//[", b"http://a:99999/", b"http://xn--/",
            b"http://" + b"a" * 70_000 + b"/", b"http://" + b"a." * 200 + b"/",
            b"javascript:alert(1)", b"http://127.0.0.1:0/", b"http://127.0.0.1\\@example/",
        )
    ),
]  # fmt: skip


@pytest.mark.slow
def test_no_response_of_a_server_crashes_or_affects_another(server: Server) -> None:
    for number, response in enumerate(RESPONSES):
        server.answers[f"/{number}"] = lambda request, body=response: request.wfile.write(body)  # type: ignore[misc]
    good = server.serve("leaf.png", PNG)
    urls = [server.url(str(number)) for number in range(len(RESPONSES))]

    outcomes = fetch_all([*urls, good], named())

    assert {type(outcomes[url]) for url in urls} == {Failure}
    assert outcomes[good] == PNG
