"""The page in a real Chromium: open, search, flip, night, keys, and a file that changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from tests.preview.decks import MORE, NOTES, write_deck
from tests.preview.decks import opened as previewed
from tests.preview.served import served
from tests.preview.started import started

pytestmark = pytest.mark.slow

EVIL = """# Evil

## What is {alert}?

<script>parent.postMessage({{card: {{key: "n"}}}}, "*"); top.evil = 1</script>
<img src="x" onerror="top.evil = 1"><a href="javascript:top.evil = 1">link</a>
<iframe srcdoc="<script>top.top.evil = 1</script>"></iframe>
<form action="/"><button>send</button></form>

An answer.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_deck(tmp_path_factory.mktemp("page") / "garden")
    with started(folder) as address:
        yield address


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    shown(page, "front")
    return page


def shown(page: Page, side: str) -> None:
    page.wait_for_selector(f"#screen[data-side={side}] iframe:not(.coming)")


def card(page: Page) -> FrameLocator:
    return page.frame_locator("#screen iframe:not(.coming)")


def test_a_card_is_shown_as_in_anki(page: Page, address: str) -> None:
    opened(page, address)

    expect(card(page).locator(".cw-question")).to_have_text("What is a leaf?")
    expect(card(page).locator("body")).to_have_css("background-color", "rgb(252, 251, 248)")
    expect(page.locator("#position")).to_have_text("1 of 5")
    box = page.locator("#screen").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (390, 844)
    sandbox = page.locator("#screen iframe").get_attribute("sandbox") or ""
    assert "allow-same-origin" not in sandbox


def test_keys_are_those_of_anki(page: Page, address: str) -> None:
    opened(page, address)
    page.keyboard.press("1")  # nothing to grade yet
    expect(page.locator("#position")).to_have_text("1 of 5")

    page.keyboard.press("Space")
    shown(page, "back")
    expect(card(page).locator(".cw-answer")).to_contain_text("makes sugar")
    page.keyboard.press("Space")
    shown(page, "front")
    expect(page.locator("#position")).to_have_text("2 of 5")
    expect(card(page).locator(".cw-question")).to_have_text("What is a root?")
    page.keyboard.press("Enter")
    shown(page, "back")
    page.keyboard.press("1")
    expect(page.locator("#position")).to_have_text("3 of 5")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#position")).to_have_text("1 of 5")


def test_keys_work_inside_of_the_card_too(page: Page, address: str) -> None:
    opened(page, address)
    card(page).locator(".cw-question").click()

    page.keyboard.press("Space")
    shown(page, "back")
    page.keyboard.press("3")
    expect(page.locator("#position")).to_have_text("2 of 5")


def test_night_and_width(page: Page, address: str) -> None:
    opened(page, address)

    page.keyboard.press("n")
    expect(card(page).locator("body")).to_have_css("background-color", "rgb(30, 32, 36)")
    expect(card(page).locator("body")).to_have_class(re.compile(r"\bnightMode\b"))
    page.get_by_role("button", name="Desktop").click()
    assert page.evaluate("document.querySelector('#screen').clientWidth") > 600
    page.reload()
    shown(page, "front")
    expect(card(page).locator("body")).to_have_class(re.compile(r"\bnightMode\b"))


def test_a_search_finds_words_and_problems(page: Page, address: str) -> None:
    opened(page, address)

    page.keyboard.press("/")
    page.keyboard.type("TISSUE stem")
    expect(page.locator("#found")).to_have_text("1 card")
    expect(page.locator(".card-link")).to_have_text(["What is bark?"])
    page.locator("#query").fill("is:problem")
    expect(page.locator(".card-link .name")).to_have_text(["What is a ring?"])
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_have_text("")
    page.keyboard.press("Space")
    shown(page, "back")


def test_a_broken_formula_is_shown_with_its_place(page: Page, address: str) -> None:
    opened(page, address)
    expect(page.locator("#problem-count")).to_have_text("1")

    page.get_by_role("link", name=re.compile("Problems")).click()
    problem = page.locator("#problem-list .problem")
    expect(problem.locator("code")).to_have_text("RN409")
    link = problem.get_by_role("link", name="trees.md:11:1")
    link = link if link.count() else problem.locator("a.place")
    assert re.fullmatch(
        r"vscode://file/.*/garden/trees\.md:11:\d+", link.get_attribute("href") or ""
    )
    problem.get_by_role("link", name="show the card").click()
    shown(page, "front")
    expect(page.locator("#about .problem code")).to_have_text("RN409")
    expect(card(page).locator(".cw-question")).to_have_text("What is a ring?")


def test_what_is_left_out_and_the_plan_are_reported(page: Page, address: str) -> None:
    opened(page, address)

    page.get_by_role("link", name="Left out").click()
    expect(page.locator("#left-out-list pre")).to_have_text("Some words before.")
    page.get_by_role("link", name=re.compile("Plan")).click()
    expect(page.locator("#plan-list h3")).to_have_text("new: 4 notes")


def test_a_change_on_the_disk_is_on_the_page(page: Page, tmp_path: Path) -> None:
    folder = write_deck(tmp_path / "garden")
    long = "\n\n".join(f"Line {number}." for number in range(60))
    (folder / "plants.md").write_text(NOTES.replace("An organ", f"{long}\n\nAn organ"), "utf-8")
    with started(folder) as address:
        opened(page, address)
        page.keyboard.press("Space")
        shown(page, "back")
        card(page).locator("text=Line 40.").scroll_into_view_if_needed()
        top = card(page).locator("body").evaluate("() => window.scrollY")
        while not page.evaluate("page.place?.top > 0"):
            page.wait_for_timeout(50)
        page.locator("#tree .deck").last.focus()

        (folder / "plants.md").write_text(
            NOTES.replace("An organ", f"{long}\n\nThe green organ"), "utf-8"
        )

        expect(card(page).locator(".cw-answer")).to_contain_text("The green organ")
        assert card(page).locator("body").evaluate("() => window.scrollY") == top > 0
        assert page.locator("#screen").get_attribute("data-side") == "back"
        assert page.evaluate("document.activeElement.className") == "deck"
        expect(page.locator("#said")).to_have_text("The card has changed")

        (folder / "plants.md").write_text(NOTES.replace("a leaf", "the leaf"), "utf-8")
        expect(page.locator("#screen iframe:not(.coming)")).to_have_attribute(
            "title", "Answer: What is the leaf?"
        )  # another note, for no lock knows it yet: the one that stands there now

        (folder / "deck.yml").write_text("deck: [\n", "utf-8")
        (folder / "plants.md").write_bytes(b"\xff")
        (folder / "trees.md").unlink()
        expect(page.locator("#stale")).to_contain_text("these are the cards of the last one")
        (folder / "deck.yml").write_text("deck: Garden\n", "utf-8")
        (folder / "plants.md").write_text("", "utf-8")
        (folder / "trees.md").write_text(MORE, "utf-8")
        expect(page.locator("#stale")).to_be_hidden()
        expect(card(page).locator(".cw-asked, .cw-question")).to_contain_text("What is bark?")


_COUNTED = """
window.streams = [];
const Stream = EventSource;
window.EventSource = class extends Stream {
  constructor(address) { super(address); streams.push(this); }
};
"""
_HIDE = """
Object.defineProperty(document, "visibilityState", { value: "hidden" });
Object.defineProperty(document, "hidden", { value: true });
document.dispatchEvent(new Event("visibilitychange"));
"""


def test_a_hidden_page_holds_no_connection(page: Page, address: str) -> None:
    page.add_init_script(_COUNTED)
    opened(page, address)
    page.wait_for_function("streams.some((stream) => stream.readyState === EventSource.OPEN)")

    page.evaluate(_HIDE)

    assert page.evaluate("streams.every((stream) => stream.readyState === EventSource.CLOSED)")


def test_no_script_of_a_card_runs(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "evil"
    folder.mkdir()
    (folder / "a.md").write_text(EVIL.format(alert="<img src=x onerror=alert(1)>"), "utf-8")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    with served(previewed(folder)) as site:
        opened(page, site.address)
        page.keyboard.press("Space")
        shown(page, "back")
        # What the cleaning of a card takes out is put in once more, as if it had missed it.
        page.evaluate(
            """() => {
              page.card.back = '<p id=there>here</p><script>parent.evil = 1;' +
                'parent.postMessage({card: {key: "n"}}, "*")<' + '/script>' +
                '<img src=x onerror="parent.evil = 1; parent.postMessage({card: {key: 1}})">' +
                '<iframe srcdoc="<script>top.evil = 1<' + '/script>"></iframe>' +
                '<object data="data:text/html,<script>top.evil=1<' + '/script>"></object>' +
                '<form action="deck"><button id=send>x</button></form>';
              drawSide();
            }"""
        )
        expect(card(page).locator("#there")).to_have_text("here")
        card(page).locator("#send").click()
        page.wait_for_timeout(500)
        assert page.evaluate("window.evil") is None
        expect(card(page).locator("body")).not_to_have_class(re.compile("nightMode"))
        assert page.url.startswith(site.address)


def test_no_card_leads_its_frame_away(page: Page, address: str) -> None:
    opened(page, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.evaluate(
        """() => {
          page.card.front = '<meta http-equiv=refresh content="0;url=http://127.0.0.2:9/x">';
          drawSide();
        }"""
    )
    page.wait_for_timeout(1_000)

    assert [url for url in asked if "127.0.0.2" in url] == []
    assert page.url.startswith(address)


def test_a_phone_has_the_list_over_the_card(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.get_by_role("button", name="List of cards").click()
    page.get_by_role("button", name=re.compile("Trees")).click()
    page.get_by_role("link", name="What is bark?").click()
    shown(page, "front")
    expect(card(page).locator(".cw-question")).to_have_text("What is bark?")
    page.get_by_role("button", name="Show answer").click()
    shown(page, "back")
    bottom = page.locator("#grades").bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] <= 845


def test_the_keyboard_alone_is_enough(page: Page, address: str) -> None:
    opened(page, address)

    page.locator("#show").focus()
    page.keyboard.press("Enter")
    shown(page, "back")
    assert page.evaluate("document.activeElement.textContent") == "Good"
    page.keyboard.press("Enter")
    shown(page, "front")
    assert page.evaluate("document.activeElement.id") == "show"
    expect(page.locator("#position")).to_have_text("2 of 5")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.slow
def test_an_open_page_reconnects_to_the_next_preview(page: Page, tmp_path: Path) -> None:
    folder = write_deck(tmp_path / "garden")
    with started(folder) as address:
        port = address.rstrip("/").rpartition(":")[2]
        opened(page, address)
        before = page.url
    expect(page.locator("#life-text")).to_have_text("the preview has stopped")

    with started(folder, "--port", port):
        expect(page.locator("#life-text")).to_have_text("follows your files")
        assert page.url.partition("#")[0] != before.partition("#")[0]


def test_other_devices_get_a_token_and_no_path(page: Page, tmp_path: Path) -> None:
    folder = write_deck(tmp_path / "garden")
    with started(folder, "--lan") as address:
        opened(page, address)
        assert re.fullmatch(r"http://[\d.]+:\d+/[\w-]{20,}/", address)
        assert page.locator("a.place").count() == 0
        expect(page.locator("#about .place")).to_have_text("plants.md:3")
        assert str(tmp_path) not in page.content()


def test_a_search_opens_no_thousand_cards(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(6):
        notes = [f"## What is {number}-{at}?\n\nA leaf.\n" for at in range(75)]
        (folder / f"{number}.md").write_text(f"# Topic {number}\n\n" + "\n".join(notes), "utf-8")
    with served(previewed(folder)) as site:
        opened(page, site.address)
        page.locator("#query").fill("leaf")
        expect(page.locator("#found")).to_have_text("450 cards")
        assert page.locator(".card-link").count() == 300

        page.get_by_role("button", name=re.compile("Topic 5")).click()
        expect(page.locator(".card-link")).to_have_count(375)
        page.get_by_role("button", name=re.compile("Topic 0")).click()
        expect(page.get_by_role("button", name=re.compile("Topic 0"))).to_have_attribute(
            "aria-expanded", "false"
        )
