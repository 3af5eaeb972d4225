"""Each kind of edit in Anki's editor comes back as the patch that a person would write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cardwright.config import Config
from cardwright.media.cache import NO_CACHE
from cardwright.media.picture import PreparedFile
from cardwright.media.prepare import prepare
from cardwright.pull import Edit, Pulled
from tests.pictures import png
from tests.pull.edits import (
    FIRST,
    IMAGE,
    KATEX,
    KINDS,
    LEAF,
    LINE_BREAKS,
    NOISE,
    PHONE,
    SECOND,
    SHOWN,
    Kind,
)
from tests.pull.garden import Change, Garden, replacing

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

LEAF_PNG = png("leaf", 4, 4)
NAMES = [f"{number:02}.md" for number in range(len(KINDS))]
QUIET = [f"quiet-{number}.md" for number in range(len(NOISE))]


def packed_name(content: bytes) -> str:
    """The name that a picture has in a package."""
    made = prepare(content, Config().images.max_width, NO_CACHE)
    assert isinstance(made, PreparedFile)
    return made.media.name


def change_of(kind: Kind) -> Change:
    def change(html: str) -> str:
        if not kind.old:
            return kind.new if html == "" or "It is red." in html else html
        signs = {}
        formula = re.search(r'<span class="katex">.*?</span></span></span>(?!</span>)', html)
        images = re.findall(r"<img [^>]*>", html)
        names = re.findall(r'src="([^"]*)"', html)
        if formula:
            signs[KATEX] = formula[0]
        if images:
            signs[IMAGE] = images[0]
        signs |= dict(zip((FIRST, SECOND), names, strict=False)) | {LEAF: packed_name(LEAF_PNG)}
        old, new = kind.old, kind.new
        for sign, text in signs.items():
            old, new = old.replace(sign, text), new.replace(sign, text)
        edited = html.replace(old, new, 1)
        is_phone = kind.field == PHONE and edited != html
        return edited.replace("\n", "<br>") if is_phone else edited

    return change


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Pulled:
    garden = Garden(tmp_path_factory.mktemp("pull"))
    for name in ("dot", "leaf"):
        (garden.content / f"{name}.png").write_bytes(png(name, 4, 4))
    for name, kind in zip(NAMES, KINDS, strict=True):
        garden.write(name, kind.file(kind.before))
    body = "# Quiet\n\n## What is it?\n\nOne.\n\nOne two **b**.\n"
    for name in QUIET:
        garden.write(name, body)
    garden.import_all()
    changes = {
        name: ("Answer" if kind.field == PHONE else kind.field, change_of(kind))
        for name, kind in zip(NAMES, KINDS, strict=True)
    }
    changes |= {
        name: ("Answer", replacing(old, new))
        for name, (_, old, new) in zip(QUIET, NOISE, strict=True)
    }
    garden.edit(changes)
    return garden.pull(garden.exported("all.apkg"))


def edits_in(pulled: Pulled, name: str) -> list[Edit]:
    return [edit for edit in pulled.edits if edit.place.path == name]


@pytest.mark.parametrize("number", range(len(KINDS)), ids=[kind.name for kind in KINDS])
def test_an_edit_comes_back_as_a_person_would_write_it(pulled: Pulled, number: int) -> None:
    kind, name = KINDS[number], NAMES[number]
    patches = {patch.path: patch for patch in pulled.patches}
    reasons = [edit.reason for edit in edits_in(pulled, name)]

    if kind.after is SHOWN:
        assert name not in patches
        assert any(reasons)
    else:
        assert name in patches, reasons
        assert "\n".join(patches[name].new) + "\n" == kind.file(kind.after).rstrip("\n") + "\n"
        assert not any(reasons)


@pytest.fixture(scope="module", params=["commonmark", "python-markdown"])
def pulled_breaks(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Pulled:
    garden = Garden(tmp_path_factory.mktemp("breaks"))
    settings = f"deck: Garden\nmarkdown: {{flavour: {request.param}, line_breaks: true}}\n"
    garden.write("deck.yml", settings)
    for kind in LINE_BREAKS:
        garden.write(f"{kind.name}.md", kind.file(kind.before))
    garden.import_all()
    garden.edit({f"{kind.name}.md": ("Answer", change_of(kind)) for kind in LINE_BREAKS})
    return garden.pull(garden.exported("all.apkg"))


@pytest.mark.parametrize("kind", LINE_BREAKS, ids=[kind.name for kind in LINE_BREAKS])
def test_an_edit_comes_back_where_line_ends_are_breaks(pulled_breaks: Pulled, kind: Kind) -> None:
    patches = {patch.path: patch for patch in pulled_breaks.patches}

    assert kind.after is not None
    reasons = [edit.reason for edit in edits_in(pulled_breaks, f"{kind.name}.md")]
    assert f"{kind.name}.md" in patches, reasons
    assert "\n".join(patches[f"{kind.name}.md"].new) + "\n" == kind.file(kind.after)


@pytest.mark.parametrize("number", range(len(NOISE)), ids=[name for name, _, _ in NOISE])
def test_another_form_from_the_editor_is_no_edit(pulled: Pulled, number: int) -> None:
    assert edits_in(pulled, QUIET[number]) == []


def test_questions_without_a_card_do_not_shift_an_edit(tmp_path: Path) -> None:
    garden = Garden(tmp_path)
    garden.write("deck.yml", "deck: Garden\nrequire_tag: kept\n")
    tags = {"bud": "left", "leaf": "kept", "root": "left", "stem": "kept"}
    cards = [f"## What is a {n}? {{.{tag}}}\n\nPart {n}.\n" for n, tag in tags.items()]
    garden.write("a.md", "\n".join(cards))
    garden.import_all()
    garden.edit({"a.md": ("Answer", replacing("Part stem", "The stem"))})

    pulled = garden.pull(garden.exported("all.apkg"))

    assert [edit.reason for edit in pulled.edits] == [""]
    (patch,) = pulled.patches
    assert patch.new == tuple("\n".join(cards).replace("Part stem", "The stem").splitlines())
