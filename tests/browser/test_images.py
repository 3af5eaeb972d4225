"""Images as the browser of a phone shows what was made of them."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import ExifTags, ImageDraw
from PIL import Image as Pixels
from playwright.sync_api import Page

from cardwright.media.cache import NO_CACHE
from cardwright.media.picture import PreparedFile
from cardwright.media.prepare import prepare
from tests.browser.conftest import CardPage
from tests.pictures import saved

KINDS = {"svg": "svg+xml", "jpg": "jpeg"}
SEEN = """image => { const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
  const pen = canvas.getContext("2d"); pen.drawImage(image, 0, 0);
  return [image.naturalWidth, image.naturalHeight, ...pen.getImageData(3, 3, 1, 1).data]; }"""


def element(content: bytes, max_width: int = 200) -> str:
    made = prepare(content, max_width, NO_CACHE)
    assert isinstance(made, PreparedFile)
    extension = made.media.name.split(".")[1]
    kind = KINDS.get(extension, extension)
    address = f"data:image/{kind};base64,{base64.b64encode(made.media.content).decode()}"
    name = ' class="cw-clear"' if made.media.is_clear else ""
    return f'<img{name} src="{address}" alt="">'


def picture(width: int = 400, height: int = 200) -> Pixels.Image:
    """Red, with a green corner on the right."""
    made = Pixels.new("RGB", (width, height), (250, 10, 10))
    ImageDraw.Draw(made).rectangle((width // 2, 0, width, height // 2), fill=(10, 250, 10))
    return made


def turned(orientation: int) -> dict[str, object]:
    tags = Pixels.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    return {"exif": tags.tobytes(), "quality": 10}


RED, GREEN = (250, 10, 10, 255), (10, 250, 10, 255)
FRAMES = {"save_all": True, "append_images": [picture().rotate(180)], "duration": 90, "loop": 0}
SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 30'>"
    b"<path fill='#fa0a0a' d='M0 0h60v30H0z'/></svg>"
)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (saved(picture(), "PNG"), (200, 100, *RED)),
        (saved(picture(), "JPEG"), (200, 100, *RED)),
        (saved(picture(), "BMP"), (200, 100, *RED)),
        (saved(picture(), "GIF", FRAMES), (200, 100, *RED)),
        (saved(picture(), "PNG", FRAMES), (200, 100, *RED)),
        (saved(picture(), "JPEG", turned(6)), (100, 200, *RED)),
        (saved(picture(), "JPEG", turned(8)), (100, 200, *GREEN)),
        (saved(picture(80, 40), "JPEG", turned(8)), (40, 80, *GREEN)),
        (SVG, (60, 30, *RED)),
    ],
    ids=["png", "jpeg", "bmp", "gif", "apng", "right", "left", "small", "svg"],
)
def test_a_browser_shows_what_was_made(
    phone: Page, content: bytes, wanted: tuple[int, ...]
) -> None:
    phone.set_content(element(content))

    seen = phone.locator("img").evaluate(SEEN)

    width, height = seen[:2]
    assert width / height == wanted[0] / wanted[1]
    assert width <= wanted[0] * 2
    assert max(abs(a - b) for a, b in zip(seen[2:], wanted[2:], strict=True)) < 30


def test_a_black_drawing_is_seen_at_night(phone: Page, card_page: CardPage) -> None:
    drawing = Pixels.new("RGBA", (60, 60), (0, 0, 0, 0))
    ImageDraw.Draw(drawing).rectangle((20, 20, 40, 40), fill=(0, 0, 0, 255))
    path = '<path d="M20 20h20v20H20z"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">{path}</svg>'
    for content in (saved(drawing, "PNG"), svg.encode()):
        shown = element(content)
        assert "cw-clear" in shown
        phone.set_content(card_page("<p>q</p>", f"<p>{shown}</p>", is_night=True))

        shot = Pixels.open(io.BytesIO(phone.locator("img").screenshot())).convert("L")

        darkest, ground = shot.getpixel((30, 30)), shot.getpixel((6, 30))
        assert isinstance(darkest, int)
        assert isinstance(ground, int)
        assert ground - darkest > 128


@pytest.mark.parametrize("is_night", [False, True], ids=["light", "night"])
def test_only_what_can_be_seen_through_gets_a_ground(
    phone: Page, card_page: CardPage, is_night: bool
) -> None:
    """A tall photograph is narrower than its box, where a ground would be seen beside it."""
    photograph = element(saved(picture(40, 400), "JPEG")).replace("<img", '<img width="200"')
    assert "cw-clear" not in photograph
    page = card_page("<p>q</p>", f"<p>{photograph}</p><p>{element(SVG)}</p>", is_night=is_night)
    phone.set_content(page)

    grounds = phone.locator("img").evaluate_all(
        "images => images.map((image) => getComputedStyle(image).backgroundColor)"
    )

    clear = "rgba(0, 0, 0, 0)"
    assert grounds == [clear, "rgb(244, 243, 239)" if is_night else clear]
