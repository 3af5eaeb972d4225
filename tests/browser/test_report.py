"""The report in a Chromium, on a phone and a wide screen, by day and by night."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cardwright.cli import run
from tests.test_report import NOTES

AXE = os.environ.get("CARDWRIGHT_AXE", "")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "Garden").mkdir()
    long = "A" * 200
    (folder / "Garden" / "plants.md").write_text(f"{NOTES}\n## {long}?\n\nYes.\n", "utf-8")
    (folder / "Garden" / f"{long[:60]}.md").write_text(NOTES.replace("Plants", long), "utf-8")
    assert run(["build", str(folder / "Garden"), "-o", str(folder)]) == 0
    return folder / "report.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_report_fits_and_is_accessible(
    browser: Browser, report: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [report.as_uri()]
    if AXE:
        page.evaluate(Path(AXE).read_text("utf-8"))
        found = page.evaluate(
            """async () => (await axe.run()).violations
                 .map((each) => `${each.id}: ${each.nodes[0].html}`)"""
        )
        assert found == []
    context.close()
