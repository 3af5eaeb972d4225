"""Remote images from build to build: pinned, cached, offline, changed, dead."""

from __future__ import annotations

import io
import json
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from cardwright.building import Built, build_deck
from cardwright.diagnostics import Code
from cardwright.lock import ImagePin
from cardwright.lock.text import parse_lock
from cardwright.media.cache import Cache
from cardwright.media.fetch_rules import FetchRules
from cardwright.pipeline import Options
from tests.notes import bytes_of
from tests.pictures import png
from tests.server import Answer, Server, running, send

FAST = FetchRules(
    connect_seconds=30.0,  # no limit that a busy machine reaches
    read_seconds=30.0,
    total_seconds=60.0,
    pauses=(0.01, 0.01),
    most_bytes=100_000,
)
LEAF, ROOT = png("leaf"), png("root")


@dataclass(slots=True)
class Workshop:
    """A folder of notes that show images of a server, and what builds make of it."""

    folder: Path
    server: Server
    now: int = 1_700_000_000
    rules: FetchRules = FAST

    def write(self, *urls: str, settings: str = "images: {allow_private: true}") -> None:
        """Notes, each with one image."""
        self.folder.mkdir(exist_ok=True)
        texts = [f"## What is part {n}?\n\n![part {n}]({url})\n" for n, url in enumerate(urls)]
        (self.folder / "plants.md").write_text("\n".join(texts))
        (self.folder / "deck.yml").write_text(settings + "\n")

    @property
    def output(self) -> Path:
        return self.folder.parent / "build"

    @property
    def cache(self) -> Path:
        return self.output / ".cache"

    def build(self, *, offline: bool = False, update: bool = False, locked: bool = False) -> Built:
        self.now += 60
        options = Options(
            self.now,
            is_offline=offline,
            is_locked=locked,
            is_updating=update,
            cache=Cache(self.cache, is_writable=True),
            rules=self.rules,
            is_trusted=True,
        )
        self.server.asked.clear()
        return build_deck(self.folder, self.output, options)

    def pins(self) -> tuple[ImagePin, ...]:
        lock, _ = parse_lock((self.folder / "deck.lock").read_text(), "deck.lock")
        assert lock is not None
        return lock.pins


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with running() as server:
        yield Workshop(tmp_path / "plants", server)


def codes(built: Built) -> list[Code]:
    return [problem.code for problem in built.diagnostics]


def changed(built: Built) -> int:
    assert built.assembly.identified is not None
    return len(built.assembly.identified.changes.changed)


def images(built: Built) -> int:
    """How many media the package has."""
    with zipfile.ZipFile(io.BytesIO(bytes_of(built))) as archive:
        return len(json.loads(archive.read("media")))


def test_an_image_is_fetched_once_and_pinned(workshop: Workshop) -> None:
    url = workshop.server.serve("leaf.png", LEAF)
    workshop.write(url, f"{url}#top")

    first = workshop.build()
    assert workshop.server.asked == ["/leaf.png"]
    second = workshop.build()

    assert codes(first) == codes(second) == []
    assert workshop.server.asked == []
    assert [pin.image for pin in workshop.pins()] == [url]
    assert images(first) == 1
    assert second.digest == first.digest


def test_an_offline_build_has_the_same_bytes(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    online = workshop.build()

    offline = workshop.build(offline=True, locked=True)

    assert codes(offline) == []
    assert offline.digest == online.digest
    assert workshop.server.asked == []


def test_without_its_cache_a_pinned_image_is_fetched_again(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    first = workshop.build()
    shutil.rmtree(workshop.cache)

    second = workshop.build(locked=True)

    assert workshop.server.asked == ["/leaf.png"]
    assert second.digest == first.digest


def test_a_damaged_cache_is_no_cache(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    first = workshop.build()
    for path in workshop.cache.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"?")

    second = workshop.build()

    assert workshop.server.asked == ["/leaf.png"]
    assert second.digest == first.digest


def test_an_image_that_changed_is_not_taken_by_itself(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    first = workshop.build()
    workshop.server.serve("leaf.png", ROOT)

    assert workshop.build().digest == first.digest
    shutil.rmtree(workshop.cache)
    pins = workshop.pins()
    third = workshop.build()

    assert codes(third) == [Code.IMAGE_CHANGED]
    assert (images(third), changed(third)) == (0, 0)
    assert workshop.pins() == pins


def test_an_image_that_changed_is_taken_when_asked_for(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    first = workshop.build()
    (old,) = workshop.pins()
    workshop.server.serve("leaf.png", ROOT)

    second = workshop.build(update=True)

    (new,) = workshop.pins()
    assert codes(second) == []
    assert changed(second) == 1
    assert second.digest != first.digest
    assert new.sha256 != old.sha256
    assert new.mod > old.mod
    assert workshop.build(offline=True).digest == second.digest


def test_an_update_without_a_change_changes_nothing(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    first = workshop.build()

    assert workshop.build(update=True, locked=True).digest == first.digest
    assert workshop.server.asked == ["/leaf.png"]


def test_an_update_that_fails_keeps_what_there_was(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    first = workshop.build()
    workshop.server.answers.clear()

    second = workshop.build(update=True, locked=True)

    assert codes(second) == [Code.IMAGE_REMOTE]
    assert "fetched before" in second.diagnostics[0].hint
    assert second.digest == first.digest


def test_a_placeholder_is_no_change(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    workshop.build()
    shutil.rmtree(workshop.cache)
    workshop.server.answers.clear()

    second = workshop.build()

    assert codes(second) == [Code.IMAGE_REMOTE]
    assert changed(second) == 0
    assert len(workshop.pins()) == 1


def test_an_image_that_was_not_there_is_tried_at_the_next_build(workshop: Workshop) -> None:
    workshop.write(workshop.server.url("leaf.png"))
    first = workshop.build()
    before = images(first)
    workshop.server.serve("leaf.png", LEAF)

    second = workshop.build()

    assert codes(first) == [Code.IMAGE_REMOTE]
    assert codes(second) == []
    assert (before, images(second), changed(second)) == (0, 1, 1)


def test_an_image_that_nobody_names_any_more_loses_its_pin(workshop: Workshop) -> None:
    leaf, root = workshop.server.serve("leaf", LEAF), workshop.server.serve("root", ROOT)
    workshop.write(leaf, root)
    workshop.build()
    workshop.write(root)
    workshop.build()

    assert [pin.image for pin in workshop.pins()] == [root]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"<!DOCTYPE html><html></html>", Code.IMAGE_UNUSABLE, "is an HTML page, not an image"),
        (b"%PDF-1.7", Code.IMAGE_UNUSABLE, "is a PDF document"),
        (b"", Code.IMAGE_UNUSABLE, "is an empty file"),
        (b"ID3" + b"\0" * 20, Code.IMAGE_UNUSABLE, "is a sound or a film, which is not fetched"),
        (LEAF[:60], Code.IMAGE_DAMAGED, "is damaged"),
    ],
)
def test_what_is_no_image_is_neither_packed_nor_pinned(
    workshop: Workshop, content: bytes, code: Code, words: str
) -> None:
    workshop.write(workshop.server.serve("leaf.png", content))

    built = workshop.build()

    assert codes(built) == [code]
    assert words in built.diagnostics[0].message
    assert images(built) == 0
    assert workshop.pins() == ()


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"x" * 65_536)


def slow(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:  # until whoever asked has gone
        request.wfile.write(b"x")
        time.sleep(0.05)


def silent(request: BaseHTTPRequestHandler) -> None:
    request.rfile.read(1)  # until whoever asked has gone


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (lambda request: send(request, status=404), Code.IMAGE_REMOTE, "404 Not Found"),
        (lambda request: send(request, status=500), Code.IMAGE_REMOTE, "500 Internal Server"),
        (lambda request: send(request, status=302, location="/a"), Code.IMAGE_REMOTE, "5 times"),
        (lambda request: send(request, LEAF[:9], length=99), Code.IMAGE_REMOTE, "broke off"),
        (lambda request: send(request, length=100_001), Code.IMAGE_REMOTE, "larger than 0.1 MB"),
        (endless, Code.IMAGE_REMOTE, "is larger than 0.1 MB"),
        (slow, Code.IMAGE_REMOTE, "takes longer than 1 seconds"),
        (silent, Code.HOST_DEAD, "sends nothing for 0.2 seconds"),
        (
            lambda request: send(request, status=302, location="http://10.0.0.1/x"),
            Code.ADDRESS_REFUSED,
            "'10.0.0.1' is not an address of the public internet",
        ),
        (
            lambda request: send(request, status=302, location="file:///etc/passwd"),
            Code.ADDRESS_REFUSED,
            "has an address of the kind 'file:'",
        ),
    ],
    ids=[
        "404", "500", "loop", "truncated", "too large", "endless", "slow", "silent", "private",
        "file",
    ],
)  # fmt: skip
def test_every_failure_has_its_diagnostic(
    workshop: Workshop, answer: Answer, code: Code, words: str
) -> None:
    workshop.rules = replace(
        FAST,
        read_seconds=0.2 if answer is silent else FAST.read_seconds,
        total_seconds=1.0 if answer is slow else FAST.total_seconds,
        is_allowed=lambda address: address == "127.0.0.1",
    )
    workshop.server.answers["/a"] = answer
    workshop.write(workshop.server.url("a"), settings="tags: []")

    built = workshop.build()

    (problem,) = built.diagnostics
    assert (problem.code, problem.place.line) == (code, 3)
    assert words in problem.message
    assert images(built) == 0
    assert workshop.pins() == ()


def test_a_server_that_fails_at_first_is_no_problem(workshop: Workshop) -> None:
    asked = workshop.server.asked
    workshop.server.answers["/a"] = lambda request: send(
        request, LEAF, status=200 if len(asked) > 1 else 500
    )
    workshop.write(workshop.server.url("a"))

    built = workshop.build()

    assert (codes(built), images(built)) == ([], 1)


def test_the_type_is_what_the_bytes_are(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.html", LEAF, kind="text/html"))

    built = workshop.build()

    assert codes(built) == []
    assert images(built) == 1


def test_a_private_address_is_refused_unless_it_is_allowed(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF), settings="tags: []")

    built = workshop.build()

    assert codes(built) == [Code.ADDRESS_REFUSED]
    assert workshop.server.asked == []


def test_links_are_left_alone(workshop: Workshop) -> None:
    url = workshop.server.serve("leaf.png", LEAF)
    workshop.write(url)
    workshop.build()
    pins = workshop.pins()
    workshop.write(url, settings="images: {allow_private: true, remote: link}")

    built = workshop.build(update=True)

    assert codes(built) == []
    assert (images(built), changed(built)) == (0, 1)
    assert workshop.server.asked == []
    assert workshop.pins() == pins


def test_offline_never_asks(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF), "https://leaf.invalid/a.png")

    built = workshop.build(offline=True)

    assert codes(built) == [Code.IMAGE_REMOTE, Code.IMAGE_REMOTE]
    hints = {problem.hint for problem in built.diagnostics}
    assert hints == {"build without --offline to fetch it"}
    assert workshop.server.asked == []


def test_an_offline_build_warns_once_of_each_host_and_names_few_files(workshop: Workshop) -> None:
    urls = [f"https://leaf.invalid/{n}.png" for n in range(7)]
    workshop.write("https://root.invalid/a.png")
    for number, url in enumerate(urls):
        (workshop.folder / f"n{number}.md").write_text(f"## What is it?\n\n![leaf]({url})\n")

    problems = workshop.build(offline=True).diagnostics

    assert [(problem.message, problem.hint) for problem in problems] == [
        (
            f"image '{urls[0]}' was never fetched, like 6 other images of 'leaf.invalid'",
            "build without --offline to fetch them; "
            "used at n0.md:3 and n1.md:3 and n2.md:3 and n3.md:3 and 3 other files",
        ),
        (
            "image 'https://root.invalid/a.png' was never fetched",
            "build without --offline to fetch it",
        ),
    ]


def test_a_dead_host_is_one_warning_with_every_place(workshop: Workshop) -> None:
    workshop.write(*(f"http://leaf.invalid/{n}.png" for n in range(3)), "http://leaf.invalid/0.png")

    (problem,) = workshop.build().diagnostics

    assert problem.code is Code.HOST_DEAD
    assert (problem.place.line, "3 images are not in the package" in problem.message) == (3, True)
    assert problem.hint == "used at plants.md:3, 7, 11, 15; the next build tries again"


def test_the_card_shows_the_text_and_the_link_of_what_is_not_there(workshop: Workshop) -> None:
    workshop.write("http://leaf.invalid/0.png")

    identified = workshop.build().assembly.identified

    assert identified is not None
    link = '<a href="http://leaf.invalid/0.png">part 0</a>'
    assert f'<span class="cw-missing">{link}</span>' in identified.notes[0].back


def test_a_build_works_if_it_cannot_keep_a_cache(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    workshop.output.mkdir()
    workshop.cache.write_text("a file where the folder would be")

    built = workshop.build()

    assert codes(built) == []
    assert images(built) == 1


def test_the_cache_keeps_itself_out_of_git(workshop: Workshop) -> None:
    workshop.write(workshop.server.serve("leaf.png", LEAF))
    workshop.build()

    assert (workshop.cache / ".gitignore").read_text() == "*\n"
    names = [path.name for path in workshop.cache.rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[0-9a-f]{64}|\.gitignore", name) for name in names)
