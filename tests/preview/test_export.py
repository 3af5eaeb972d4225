"""The exported page, opened from the disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cardwright.cli import run
from tests.preview.decks import NOTES, write_deck
from tests.preview.test_page import card, shown


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = write_deck(tmp_path / "garden")
    (folder / "leaf.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" '
        'height="40" fill="green"/></svg>', "utf-8"
    )  # fmt: skip
    (folder / "plants.md").write_text(NOTES.replace("An organ", "![leaf](leaf.svg) An organ"))
    assert run(["preview", str(folder), "--export", str(tmp_path / "site"), "--offline"]) == 0
    return tmp_path / "site"


def test_an_export_opens_from_the_disk(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(site.joinpath("index.html").as_uri())
    shown(page, "front")
    expect(page.locator("#position")).to_have_text("1 of 5")

    page.keyboard.press("Space")
    shown(page, "back")
    expect(card(page).locator("body")).to_have_css("background-color", "rgb(252, 251, 248)")
    assert card(page).locator("img").evaluate("image => image.naturalWidth") > 0
    page.keyboard.press("3")
    shown(page, "front")
    page.keyboard.press("Space")
    shown(page, "back")
    formula = card(page).locator(".katex-html")
    expect(formula).to_be_visible()
    assert formula.evaluate("async () => { await document.fonts.ready; "
                            "return document.fonts.check('12px KaTeX_Main'); }")  # fmt: skip
    for name, text in (("Problems", "RN409"), ("Left out", "Some words"), ("Plan", "new: 4")):
        page.get_by_role("link", name=re.compile(name)).click()
        expect(page.locator("main")).to_contain_text(text)
    expect(page.locator("#life-text")).to_have_text("exported")
    assert failed == []


def test_an_export_tells_no_path_and_is_written_over(site: Path, tmp_path: Path) -> None:
    for path in site.rglob("*"):
        if path.is_file():
            assert str(tmp_path).encode() not in path.read_bytes()
            assert str(Path.home()).encode() not in path.read_bytes()
    (site / "CNAME").write_text("example.org", "utf-8")
    old = sorted(site.glob("data/media-*.js"))
    (tmp_path / "garden" / "plants.md").write_text(NOTES, "utf-8")

    code = run(["preview", str(tmp_path / "garden"), "--export", str(site), "--offline"])

    assert code == 0
    assert old
    assert not any(path.exists() for path in old)
    assert (site / "CNAME").exists()


def test_a_folder_of_something_else_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_deck(tmp_path / "garden")

    assert run(["preview", str(folder), "--export", str(folder)]) == 2

    assert "holds other files" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["deck.yml", "plants.md", "trees.md"]


def test_no_script_of_a_card_runs_in_an_export(page: Page, site: Path) -> None:
    page.goto(site.joinpath("index.html").as_uri())
    shown(page, "front")

    page.evaluate(
        """() => {
          page.card.back = '<p id=there>here</p><script>parent.evil = 1;' +
            'parent.postMessage({card: {key: "n"}}, "*")<' + '/script>' +
            '<img src=x onerror="parent.postMessage({card: {key: String.fromCharCode(110)}})">';
          flip("back");
        }"""
    )

    expect(card(page).locator("#there")).to_have_text("here")
    page.wait_for_timeout(300)
    expect(card(page).locator("body")).not_to_have_class(re.compile("nightMode"))
