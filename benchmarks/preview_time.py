"""Time a preview: its start, its page, and how soon an edit on the disk is on the page.

usage: python benchmarks/preview_time.py [--notes N] [--edits N]

A Chromium of the system shows the page, as an author has it open. An edit appends a line with a
formula to the answer of the last card; its time runs from writing the file until the frame of the
card shows that line. Memory is that of the program, without the browser.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
from build_time import generate, write_topics
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser.inspection import find_chromium

_SHOWN = "#screen[data-side=back] iframe:not(.coming)"


@click.command()
@click.option("--notes", default=1000, show_default=True)
@click.option("--edits", default=10, show_default=True)
def main(notes: int, edits: int) -> None:
    """Print the seconds of the start, the page and the edits, and the memory in MB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_topics(folder / "content", generate(notes))
        command = [sys.executable, "-m", "cardwright"]
        subprocess.run([*command, "build"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        began = time.perf_counter()
        with subprocess.Popen(
            [*command, "preview", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            address = child.stdout.readline().split()[0]
            click.echo(f"{notes:,} notes")
            click.echo(f"start            {time.perf_counter() - began:6.2f} s")
            try:
                look(address, folder, edits)
                click.echo(f"memory           {memory(child.pid):6.0f} MB")
            finally:
                child.terminate()


def look(address: str, folder: Path, edits: int) -> None:
    """Open the page, and edit what it shows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(bypass_csp=True)
        began = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("#screen iframe:not(.coming)")
        click.echo(f"first page       {time.perf_counter() - began:6.2f} s")
        page.evaluate("location.hash = `#card/${deck.cards.at(-1).key}`")
        page.wait_for_function("page.key === deck.cards.at(-1).key && page.card?.key === page.key")
        page.keyboard.press("Space")
        page.wait_for_selector(_SHOWN)
        last = max((folder / "content").glob("*.md"))
        took = [edit(page.frame_locator(_SHOWN), last, number) for number in range(edits)]
        click.echo(f"an edit, median  {statistics.median(took):6.3f} s")
        click.echo(f"an edit, best    {min(took):6.3f} s")
        browser.close()


def edit(frame: object, file: Path, number: int) -> float:
    """Seconds from writing the file until the card shows what was written."""
    word = f"Measured-{number}"
    text = file.read_text("utf-8").rstrip("\n")
    began = time.perf_counter()
    file.write_text(f"{text} {word} $x^{{{number}}}$\n", "utf-8")
    frame.get_by_text(word).wait_for()  # type: ignore[attr-defined]
    return time.perf_counter() - began


def memory(process: int) -> float:
    """The memory of a process in MB, as Linux reports it."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
