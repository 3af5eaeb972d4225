"""Every way to write an image, from the Markdown to the package."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from cardwright.building import Built, build_deck
from cardwright.diagnostics import Code
from cardwright.pipeline import Options
from tests.pictures import png

LEAF = base64.b64encode(png("data")).decode()
WAYS = [
    ("![a leaf](leaf.png)", "topic/leaf.png"),
    ('![a leaf](leaf.png "Title")', "topic/leaf.png"),
    ("![a leaf](./leaf.png)", "topic/leaf.png"),
    ("![a leaf](<my leaf.png>)", "topic/my leaf.png"),
    ("![a leaf](my%20leaf.png)", "topic/my leaf.png"),
    ("![a leaf](img/leaf_(1).png)", "topic/img/leaf_(1).png"),
    ("![a leaf](../figures/leaf.png)", "figures/leaf.png"),
    ("![a leaf](img\\leaf.png)", "topic/img/leaf.png"),
    ("![a leaf](..\\figures\\leaf.png)", "figures/leaf.png"),
    ("![a leaf][leaf]\n\n[leaf]: leaf.png", "topic/leaf.png"),
    ("![leaf][]\n\n[leaf]: <leaf.png> 'Title'", "topic/leaf.png"),
    ("![leaf]\n\n[leaf]: leaf.png", "topic/leaf.png"),
    ("[![a leaf](leaf.png)](https://example.org)", "topic/leaf.png"),
    ('<img src="leaf.png" alt="a leaf" width="30" height="20">', "topic/leaf.png"),
    ("<img src='leaf.png' alt='a leaf' width=50%>", "topic/leaf.png"),
    ('<figure><img src="leaf.png" alt="a leaf"></figure>', "topic/leaf.png"),
    (
        '<picture><source srcset="none.png" media="(prefers-color-scheme: dark)">'
        '<img src="leaf.png" alt="a leaf"></picture>',
        "topic/leaf.png",
    ),
    ("![[leaf.png]]", "topic/leaf.png"),
    ("![[elsewhere.png|a leaf|300]]", "deep/down/elsewhere.png"),
    ("![[A drawing.excalidraw|a leaf]]", "deep/down/A drawing.excalidraw.png"),
    ("![[A drawing.excalidraw.md|a leaf|300]]", "deep/down/A drawing.excalidraw.png"),
    ("![a leaf](/icons/leaf.png)", "static/icons/leaf.png"),
    ("![a leaf](/down/elsewhere.png)", "deep/down/elsewhere.png"),
    ("![a leaf](/down/a%20leaf.png)", "deep/down/a%20leaf.png"),
    ("![a leaf](icons/leaf.png?v=3#dark)", "static/icons/leaf.png"),
    (f"![a leaf](data:image/png;base64,{LEAF})", "data"),
    ("![a leaf](Blätter.png)", "topic/Blätter.png"),
    (f"![a leaf]({quote('Blätter.png')})", "topic/Blätter.png"),
    (f"![a leaf]({unicodedata.normalize('NFD', 'Blätter')}.png)", "topic/Blätter.png"),
    (f"![a leaf]({unicodedata.normalize('NFC', 'né')}.png)", "topic/ne\u0301.png"),
    ("![叶](图/叶.png)", "topic/图/叶.png"),
]
FLAVOURS = pytest.mark.parametrize("flavour", ["commonmark", "python-markdown"])


def build(folder: Path, markdown: str, flavour: str) -> Built:
    (folder / "topic").mkdir(parents=True, exist_ok=True)
    (folder / "topic" / "plants.md").write_text(f"## What is a leaf?\n\nThis:\n\n{markdown}\n")
    settings = f"images: {{roots: [static]}}\nmarkdown: {{flavour: {flavour}}}\n"
    (folder / "deck.yml").write_text(settings)
    return build_deck(folder, folder.parent / "build", Options(1_700_000_000))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "plants"
    for _, name in WAYS:
        path = folder / name
        if path.suffix:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png(name))
    return folder


@FLAVOURS
@pytest.mark.parametrize(("markdown", "name"), WAYS, ids=[markdown for markdown, _ in WAYS])
def test_an_image_is_packed_however_it_is_written(
    folder: Path, markdown: str, name: str, flavour: str
) -> None:
    built = build(folder, markdown, flavour)

    assert built.diagnostics == ()
    assert built.assembly.identified is not None
    (note,) = built.assembly.identified.notes
    (media,) = note.media
    assert media.source_hash == hashlib.sha256(png(name)).hexdigest()
    image = re.search(rf'<img[^>]* src="{media.name}"[^>]*>', note.back)
    assert image is not None
    assert 'alt="a leaf"' in image[0] or "a leaf" not in markdown
    assert (' width="' in image[0]) == ("width=" in markdown or "|300" in markdown)


@FLAVOURS
@pytest.mark.parametrize("address", ["{}", "<{}>", "file://{}", "FILE:{}", "file://localhost{}"])
def test_an_address_on_this_machine_is_found_inside_the_folder(
    folder: Path, address: str, flavour: str
) -> None:
    path = (folder / "figures" / "leaf.png").resolve().as_posix()

    built = build(folder, f"![a leaf]({address.format(f'/{path}'.replace('//', '/'))})", flavour)

    assert built.diagnostics == ()
    assert built.assembly.identified is not None
    assert len(built.assembly.identified.notes[0].media) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a drive is no folder there")
@pytest.mark.parametrize(
    "address", ["C:\\notes\\leaf.png", "C:/notes/leaf.png", "file:///C:/notes/leaf.png"]
)
def test_a_path_with_a_drive_is_found_inside_the_folder(folder: Path, address: str) -> None:
    (folder / "C:" / "notes").mkdir(parents=True)
    (folder / "C:" / "notes" / "leaf.png").write_bytes(png("leaf"))

    assert build(folder, f"![a leaf]({address})", "commonmark").diagnostics == ()


@FLAVOURS
@pytest.mark.parametrize("address", ["file:///home/x/leaf.png", "C:\\Users\\x\\leaf.png"])
def test_an_address_elsewhere_on_this_machine_leaves_a_placeholder(
    folder: Path, address: str, flavour: str
) -> None:
    built = build(folder, f"![a leaf]({address})", flavour)

    (problem,) = built.diagnostics
    assert (problem.code, problem.place.line) == (Code.IMAGE_OUTSIDE, 5)
    assert problem.hint.startswith("copy it into the folder, and write its path from this file")
    assert built.assembly.identified is not None
    back = built.assembly.identified.notes[0].back
    assert "a leaf" in back
    assert address not in back


@FLAVOURS
def test_another_case_is_found_with_a_warning(folder: Path, flavour: str) -> None:
    built = build(folder, "![a leaf](Img/LEAF.png)", flavour)

    assert [problem.code for problem in built.diagnostics] == [Code.IMAGE_CASE]
    assert built.diagnostics[0].place.line == 5
    assert built.assembly.identified is not None
    assert len(built.assembly.identified.notes[0].media) == 1


@FLAVOURS
def test_a_drawing_that_was_not_exported_says_what_to_do(folder: Path, flavour: str) -> None:
    built = build(folder, "![[A root.excalidraw]]", flavour)

    (problem,) = built.diagnostics
    assert problem.message == "image 'A root.excalidraw' not found"
    assert "automatic export" in problem.hint


@FLAVOURS
def test_a_sound_becomes_a_button(folder: Path, flavour: str) -> None:
    (folder / "topic" / "leaf.mp3").write_bytes(b"ID3 a sound")

    built = build(folder, "![rustling](leaf.mp3) but [sound:leaf.mp3] is text", flavour)

    assert built.diagnostics == ()
    assert built.assembly.identified is not None
    (note,) = built.assembly.identified.notes
    (media,) = note.media
    assert f"[sound:{media.name}] but" in note.back
    assert "[sound:leaf" not in note.back
    assert media.content == b"ID3 a sound"
