"""Take the pictures of cards that the README and the pages show: build content/, look at it.

usage: python -m docs.screenshots

Run it in the folder of the repository, with the requirements of the tests and a Chromium. It
writes docs/pictures/*.png: a phone's screen for each side, by day and by night; and windows of
Anki's desktop program, where CARDWRIGHT_ANKI names a Python that has it (aqt[qt6]), and there is a
display or xvfb-run. Where not, it says so, and their pictures stay as they are.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from cardwright.cli import run
from tests.browser.inspection import PHONE, card_page, find_chromium, opened_page
from tests.browser.rendered import CardSide, RenderedDeck, build_and_render

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DESKTOP = ("1280", "800")
QUIET = {
    "QT_QUICK_BACKEND": "software",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu",
}
COLOURS = 128
MAX_BYTES = 150_000


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: the side of the card whose question begins so, and how it is shown."""

    name: str
    question: str
    is_front: bool = False
    is_night: bool = False
    is_phone: bool = True


IN_PREVIEW = "How do top-k and top-p sampling differ"
FORMULA = "What does a causal language model maximise"

SHOTS = (
    Shot("phone-question", FORMULA, is_front=True),
    Shot("phone-answer", FORMULA),
    Shot("phone-figure-night", "How do top-k and top-p sampling differ", is_night=True),
    Shot("phone-table-night", "How was DeepSeek-R1 trained", is_night=True),
    Shot("desktop", "How does expected inference change the best model", is_phone=False),
    Shot(
        "desktop-night", "How does DPO get rid of the reward model", is_night=True, is_phone=False
    ),
)


def main() -> int:
    """0 when every picture was taken and is small enough, else 1."""
    program = find_chromium()
    if program is None:
        print("there is no Chromium; CARDWRIGHT_CHROMIUM can name one", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        deck = build_and_render(ROOT / "content", Path(folder) / "deck")
        browser = playwright.chromium.launch(executable_path=program)
        sizes = [_take(shot, deck, browser) for shot in SHOTS if shot.is_phone]
        sizes += _take_previews(Path(folder) / "preview", browser)
        browser.close()
        (package,) = Path(folder).rglob("*.apkg")
        sizes += _take_windows(package, Path(folder))
    return 0 if max(sizes) <= MAX_BYTES else 1


def _take(shot: Shot, deck: RenderedDeck, browser: Browser) -> int:
    """Write a picture; its size in bytes."""
    side = _side(shot, deck)
    html = card_page(side.style, side.html, is_night=shot.is_night)
    with opened_page(browser, deck.media, html, PHONE, 2) as (page, failed):
        page.evaluate("document.fonts.ready")
        return _write(shot.name, page.screenshot(), failed)


def _take_previews(folder: Path, browser: Browser) -> list[int]:
    """Write the pictures of an exported preview, by day and by night; their sizes in bytes."""
    assert run(["preview", str(ROOT / "content"), "--offline", "--export", str(folder)]) == 0
    sizes = []
    for name, scheme in (("preview", "light"), ("preview-night", "dark")):
        page = browser.new_page(
            viewport={"width": 1280, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page.goto(f"{(folder / 'index.html').as_uri()}")
        page.wait_for_selector("#screen[data-shown]")
        page.evaluate(
            "text => go('#card/' + deck.cards.find(card => card.question.startsWith(text)).key)",
            IN_PREVIEW,
        )
        page.wait_for_timeout(1_000)
        page.keyboard.press("Space")
        page.wait_for_timeout(1_500)
        sizes.append(_write(name, page.screenshot(), []))
        page.close()
    return sizes


def _take_windows(package: Path, folder: Path) -> list[int]:
    """Write the pictures of the desktop program, if it is there; their sizes in bytes."""
    program = os.environ.get("CARDWRIGHT_ANKI")
    screen = [] if os.environ.get("DISPLAY") else [shutil.which("xvfb-run") or "", "-a"]
    if not program or screen[:1] == [""]:
        print("no desktop program or display (CARDWRIGHT_ANKI, xvfb-run): its pictures stay")
        return []
    shots = [shot for shot in SHOTS if not shot.is_phone]
    wanted = json.dumps([[s.name, s.question, s.is_front, s.is_night] for s in shots])
    command = [*screen, program, "-m", "docs.desktop_window", str(package), str(folder), *DESKTOP]
    subprocess.run(
        [*command, wanted], cwd=ROOT, env=os.environ | QUIET, check=True, timeout=300,
        capture_output=True,
    )  # fmt: skip
    return [_write(shot.name, (folder / f"{shot.name}.png").read_bytes(), []) for shot in shots]


def _write(name: str, png: bytes, failed: list[str]) -> int:
    picture = _small(png)
    (PICTURES / f"{name}.png").write_bytes(picture)
    print(f"{name}.png: {len(picture) // 1024} KB", *failed)
    return len(picture)


def _side(shot: Shot, deck: RenderedDeck) -> CardSide:
    return next(
        side
        for side in deck.sides
        if shot.question[:40] in side.name and side.is_front == shot.is_front
    )


def _small(png: bytes) -> bytes:
    """The picture with a palette, which is a third of its size and looks the same."""
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
