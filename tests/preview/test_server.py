"""The server under attack: other hosts and sites, traversal, scripts, and many open pages."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cardwright.preview.live import Preview
from tests.preview.decks import NOTES, opened, write_deck
from tests.preview.served import TOKEN, Site, served
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Preview:
    return opened(write_deck(tmp_path_factory.mktemp("served") / "garden"))


@pytest.fixture(scope="module")
def site(preview: Preview) -> Iterator[Site]:
    with served(preview) as site:
        yield site


@pytest.fixture(scope="module")
def lan(preview: Preview) -> Iterator[Site]:
    with served(preview, is_lan=True) as site:
        yield site


def test_the_page_and_its_files_are_there(site: Site) -> None:
    assert site.get("/")[1]["location"] == f"/{TOKEN}/"
    for path, kind in (
        ("", "text/html"), ("page.css", "text/css"), ("page.js", "text/javascript"),
        ("deck", "application/json"), ("plan", "application/json"),
        ("left-out", "application/json"), ("cards/any.css", "text/css"),
    ):  # fmt: skip
        status, headers, _ = site.get(f"/{TOKEN}/{path}")
        assert (status, headers["content-type"].split(";")[0]) == (200, kind)
        assert headers["x-content-type-options"] == "nosniff"


def test_a_card_has_both_sides_and_its_fields(site: Site) -> None:
    deck = json.loads(site.get(f"/{TOKEN}/deck")[2])
    card = deck["files"][0]["cards"][0]

    found = json.loads(site.get(f"/{TOKEN}/card/{card['key']}")[2])

    assert "What is a leaf?" in found["front"]
    assert "makes sugar" not in found["front"]
    assert "makes sugar" in found["back"]
    assert dict(found["fields"])["Plain"] == "What is a leaf?"
    assert site.get(f"/{TOKEN}/card/nothing-0")[0] == 404


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "192.168.1.7:{port}", "",
     "localhost:{port}.evil.example", "evil.example#127.0.0.1:{port}"],
)  # fmt: skip
def test_another_host_is_refused(site: Site, host: str) -> None:
    headers = {"Host": host.format(port=site.port)}

    for path in ("/", f"/{TOKEN}/", f"/{TOKEN}/deck"):
        assert site.get(path, headers)[0] in (400, 403)


def test_this_machine_may_be_called_localhost(site: Site) -> None:
    assert site.get(f"/{TOKEN}/deck", {"Host": f"localhost:{site.port}"})[0] == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", ""])
def test_another_site_is_refused(site: Site, origin: str) -> None:
    for path in ("", "deck", "events", "plan", "page.js"):
        status, headers, _ = site.get(f"/{TOKEN}/{path}", {"Origin": origin})
        assert status == 403
        assert "access-control-allow-origin" not in headers


def test_the_frame_of_a_card_gets_fonts_and_nothing_else(site: Site, preview: Preview) -> None:
    assert preview.live.deck is not None
    font = next(name for name in preview.live.deck.media if name.endswith(".woff2"))

    status, headers, _ = site.get(f"/{TOKEN}/media/{font}", {"Origin": "null"})

    assert (status, headers["access-control-allow-origin"]) == (200, "null")
    _, headers, _ = site.get(f"/{TOKEN}/cards/x.css", {"Origin": "null"})
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(site: Site, method: str) -> None:
    assert site.get(f"/{TOKEN}/deck", method=method)[0] == 405


@pytest.mark.parametrize(
    "path",
    ["/deck", "/plan", "/page.js", "/TOKEN/../deck", "/%2e%2e/", "//{t}/deck", "/{t}x/deck",
     "/{t}/../../etc/passwd", "/{t}/media/../../../../etc/passwd",
     "/{t}/media/..%2f..%2f..%2fetc%2fpasswd", "/{t}/media/%2e%2e/%2e%2e/etc/passwd",
     "/{t}/media/..%5c..%5cdeck.yml", "/{t}/media/%00", "/{t}/media//etc/passwd",
     "/{t}/media/deck.yml", "/{t}/plants.md", "/{t}/cards/../../deck.yml.css",
     "/{t}/card/../../../deck.yml", "/{t}/page.css/../server.py", "/{t}/frame.js"],
)  # fmt: skip
def test_no_path_leads_anywhere_else(site: Site, path: str) -> None:
    status, _, text = site.get(path.replace("{t}", TOKEN))

    assert status == 404
    assert "root:" not in text
    assert "deck:" not in text


def test_in_the_local_network_only_the_token_opens_the_page(lan: Site) -> None:
    device = {"Host": f"192.168.1.7:{lan.port}"}

    assert lan.get(f"/{TOKEN}/deck", device)[0] == 200
    assert lan.get("/", device)[0] == 404
    assert lan.get("/wrong/deck", device)[0] == 404
    assert lan.get(f"/{TOKEN}/deck", {"Host": f"evil.example:{lan.port}"})[0] == 403
    assert lan.get(f"/{TOKEN}/deck", {**device, "Origin": "https://evil.example"})[0] == 403


def test_the_policy_lets_two_scripts_run_and_no_page_be_framed(site: Site) -> None:
    policy = dict(
        part.split(" ", 1)
        for part in site.get(f"/{TOKEN}/")[1]["content-security-policy"].split("; ")
    )

    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    here, frame = policy["script-src"].split()
    assert here == f"http://127.0.0.1:{site.port}"
    assert re.fullmatch(r"'sha256-[\w+/=]+'", frame)
    assert "unsafe" not in policy["script-src"]


def test_settings_of_the_page_cannot_end_its_script(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "deck.yml").write_text("deck: '</script><script>alert(1)</script>'\n", "utf-8")
    (folder / "a.md").write_text("# A\n\n## What is a leaf?\n\nAn organ.\n", "utf-8")
    with served(opened(folder), root="/</script>") as site:
        text = site.get(f"/{TOKEN}/")[2]

    assert text.count("<script") == 2
    assert "alert" not in text.replace("&lt;/script&gt;&lt;script&gt;alert(1)", "")


def test_a_hundred_pages_hear_of_a_change(tmp_path: Path) -> None:
    folder = write_deck(tmp_path / "garden")
    preview = opened(folder)
    with served(preview) as site, ExitStack() as stack:
        pages = [stack.enter_context(_page(site, preview.live.version)) for _ in range(100)]
        for page in pages:
            assert b"hello" in _read(page, b"hello")
        assert site.get(f"/{TOKEN}/deck")[0] == 200

        (folder / "plants.md").write_text(NOTES.replace("from light", "from rays"), "utf-8")
        preview.build()

        for page in pages:
            assert b"from rays" in _read(page, b"from rays")
    wait_until(lambda: not preview.live._waiting)


def test_more_pages_than_are_served_are_refused(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cardwright.preview.server._MOST_LISTENERS", 2)
    with served(preview) as site, ExitStack() as stack:
        for _ in range(2):
            page = stack.enter_context(_page(site, preview.live.version))
            assert b"200 OK" in _read(page, b"hello")
        with _page(site, preview.live.version) as page:
            assert b" 503 " in _read(page, b"\r\n\r\n")


def _page(site: Site, version: int) -> socket.socket:
    page = socket.create_connection(("127.0.0.1", site.port), 20)
    page.sendall(
        f"GET /{TOKEN}/events?since={version} HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{site.port}\r\n\r\n".encode()
    )
    return page


def _read(page: socket.socket, until: bytes) -> bytes:
    found = b""
    while until not in found:
        piece = page.recv(65_536)
        assert piece, found
        found += piece
    return found
