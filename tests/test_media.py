"""Where references to images lead, however they are written, and never outside."""

from __future__ import annotations

import base64
import hashlib
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cardwright.config import Config, ImagesConfig
from cardwright.diagnostics import Code, Diagnostic
from cardwright.media import gather
from cardwright.media.kinds import extension_of
from cardwright.media.remote import Access
from cardwright.model import Image, Media, Place
from tests.pictures import image, note, png

PNG = png("a")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'


def find(
    folder: Path, *images: Image, roots: tuple[str, ...] = ()
) -> tuple[Mapping[Image, Media], tuple[Diagnostic, ...]]:
    config = Config(images=ImagesConfig(roots=roots))
    gathered = gather([note(*images)], folder, config, Access(is_offline=True))
    return gathered.found, gathered.diagnostics


def found(folder: Path, target: str, roots: tuple[str, ...] = ()) -> str:
    """The hash of what the image of ``ml/bias.md`` was made from; there is nothing to report."""
    images, problems = find(folder, image(target), roots=roots)
    assert problems == ()
    return images[image(target)].source_hash


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def problem(folder: Path, target: str, roots: tuple[str, ...] = ()) -> Diagnostic:
    """What is wrong with an image that is not packed."""
    images, (wrong,) = find(folder, image(target), roots=roots)
    assert images == {}
    assert wrong.place == Place("ml/bias.md", 12, 5)
    return wrong


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with a place outside of it, where everything is forbidden."""
    folder = tmp_path / "content"
    write(tmp_path, "secret.png")
    write(tmp_path, "content/ml/bias.md")
    return folder


def write(folder: Path, *names: str) -> None:
    """Images, each with its own name in its bytes."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(Path(name).name))


def test_an_image_is_named_by_what_it_was_made_from(folder: Path) -> None:
    write(folder, "ml/img/roc.png")
    source = sha256(png("roc.png"))

    images, problems = find(folder, image("img/roc.png"))

    assert problems == ()
    media = images[image("img/roc.png")]
    stem = sha256(f"{source} pixels 1 1280".encode())[:20]
    assert (media.name.split(".")[0], media.source_hash) == (f"cw-{stem}", source)


def test_the_same_bytes_are_one_file_wherever_they_lie(folder: Path) -> None:
    write(folder, "ml/a/x.png", "ml/b/x.png")

    images, _ = find(folder, image("a/x.png"), image("b/x.png"), image("a/../b/x.png", line=14))

    assert len(images) == 3
    assert len({media.name for media in images.values()}) == 1


def test_images_of_all_fields_are_found(folder: Path) -> None:
    write(folder, "ml/a.png", "ml/b.png")
    notes = [note(image("a.png"), front=(image("b.png"),))]

    images = gather(notes, folder, Config(), Access()).found

    assert list(images) == [image("b.png"), image("a.png")]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("x.png", "x.png"),
        ("x.png", "./x.png"),
        ("x.png", " x.png\n"),
        ("x.png", "x.png?raw=true"),
        ("x.png", "x.png#gh-dark-mode-only"),
        ("a b.png", "a b.png"),
        ("a b.png", "a%20b.png"),
        ("100%.png", "100%.png"),
        ("100%.png", "100%25.png"),
        ("a%20b.png", "a%20b.png"),
        ("a#b.png", "a#b.png"),
        ("a#b.png", "a%23b.png"),
        ("q?.png", "q?.png"),
        ("图.png", quote("图.png")),
        ("img/x.png", "img\\x.png"),
        ("img/x.png", "img%5Cx.png"),
        ("img/x.png", "none/../img//x.png"),
        ("(1).png", "(1).png"),
        (".attachments/x.png", ".attachments/x.png"),
        ("c:x.png", "c:x.png"),
        ("caf\u00e9.png", "cafe\u0301.png"),
        ("cafe\u0301.png", "caf\u00e9.png"),
        ("cafe\u0301/x.png", quote("caf\u00e9/x.png")),
    ],
)
def test_a_file_beside_the_markdown_is_found(folder: Path, name: str, target: str) -> None:
    write(folder, f"ml/{name}")

    assert found(folder, target) == sha256(png(Path(name).name))


def test_a_markdown_file_in_a_decomposed_folder_finds_its_images(folder: Path) -> None:
    write(folder, "cafe\u0301/x.png")
    used = image("x.png", path=unicodedata.normalize("NFC", "cafe\u0301/a.md"))

    images, problems = find(folder, used)

    assert problems == ()
    assert list(images) == [used]


def test_a_way_up_stays_inside(folder: Path) -> None:
    write(folder, "img/x.png")

    assert found(folder, "../img/x.png") == sha256(png("x.png"))


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("content/static/img/x.png", "/img/x.png"),
        ("content/static/img/x.png", "img/x.png"),
        ("content/static/img/x.png", "\\img\\x.png"),
        ("shared/img/x.png", "/img/x.png"),
        ("shared/img/x.png", "img/x.png"),
        ("shared/img/x.png", "../../shared/img/x.png"),
        ("content/img/x.png", "/img/x.png"),
        ("content/img/x.png", "@/img/x.png"),
        ("content/static/img/x.png", "@site/static/img/x.png"),
        ("shared/img/x.png", "@site/img/x.png"),
    ],
)
def test_roots_are_looked_through(tmp_path: Path, folder: Path, name: str, target: str) -> None:
    write(tmp_path, name)

    assert found(folder, target, roots=("none", "static", "../shared")) == sha256(png("x.png"))


def test_beside_the_file_comes_before_the_roots(folder: Path) -> None:
    write(folder, "static/x.png")
    (folder / "ml" / "x.png").write_bytes(png("beside"))

    assert found(folder, "x.png", roots=("static",)) == sha256(png("beside"))
    assert found(folder, "/x.png", roots=("static",)) == sha256(png("x.png"))


def test_another_case_is_used_with_a_warning(folder: Path) -> None:
    write(folder, "ml/Img/ROC.png")

    images, (wrong,) = find(folder, image("img/roc.png"))

    assert images[image("img/roc.png")].source_hash == sha256(png("ROC.png"))
    assert (wrong.code, wrong.is_error) == (Code.IMAGE_CASE, False)
    assert wrong.message == "image 'img/roc.png' is the file 'Img/ROC.png'"


def test_the_right_case_comes_first_even_under_a_root(folder: Path) -> None:
    write(folder, "ml/X.png", "static/x.png", "ml/sub/X.PNG", "ml/sub/x.png")

    assert found(folder, "x.png", roots=("static",)) == sha256(png("x.png"))
    assert found(folder, "sub/x.png") == sha256(png("x.png"))


@pytest.mark.parametrize(
    ("target", "suggestion"),
    [
        ("img/rok.png", "img/roc.png"),
        ("roc.png", "img/roc.png"),
        ("img/ROC.jpg", "img/roc.png"),
        ("C%3Aroc.png", "img/roc.png"),
        ("../x/far.png", "../img/far.png"),
        ("far.png?raw=true", "../img/far.png"),
        ("nothing-like-it.webp", ""),
        ("leaf.png", ""),
        ("rock.png", "img/roc.png"),
    ],
)
def test_a_missing_image_is_reported_with_the_nearest_name(
    folder: Path, target: str, suggestion: str
) -> None:
    write(folder, "ml/img/roc.png", "img/far.png", "node_modules/nothing-like-it.webp", ".x/a.png")

    wrong = problem(folder, target)

    hint = "images are looked up beside the file"
    hint += f"; did you mean '{suggestion}'?" if suggestion else ""
    assert wrong == Diagnostic(wrong.place, Code.IMAGE_MISSING, f"image '{target}' not found", hint)


@pytest.mark.parametrize("target", ["", "#x", "x\0.png", "a/" * 5_000 + "x.png", "bias.md/x.png"])
def test_a_path_that_no_file_can_have_is_missing(folder: Path, target: str) -> None:
    assert problem(folder, target).code is Code.IMAGE_MISSING


@pytest.mark.parametrize(
    "target",
    [
        "../../secret.png",
        "..\\..\\secret.png",
        "..%2f..%2Fsecret.png",
        "../../none.png",
        "x/../../../secret.png",
        "/../secret.png",
        "../../content2/x.png",
        "link.png",
        "dangling.png",
        "far/secret.png",
        "far/none.png",
        "{outside}/secret.png",
        "file://{outside}/secret.png",
        "FILE:///etc/passwd",
        "C:\\secret.png",
        "C:/secret.png",
        "\\\\server\\share\\x.png",
        "/etc/passwd",
    ],
)
def test_what_lies_outside_is_neither_read_nor_looked_for(
    tmp_path: Path, folder: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "ml" / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "ml" / "dangling.png").symlink_to(tmp_path / "none.png")
    (folder / "ml" / "far").symlink_to(tmp_path)
    opened = _watch(monkeypatch)

    wrong = problem(folder, target.replace("{outside}", tmp_path.as_posix()))

    assert wrong.code is Code.IMAGE_OUTSIDE
    assert all(path.is_relative_to(folder.resolve()) for path in opened)


def _watch(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders listed and the files asked about or read from now on."""
    seen: list[Path] = []
    scandir, read_bytes, is_file = os.scandir, Path.read_bytes, Path.is_file

    def watched_scandir(path: Path) -> object:
        seen.append(path)
        return scandir(path)

    def watched_read(path: Path) -> bytes:
        seen.append(path)
        return read_bytes(path)

    def watched_is_file(path: Path) -> bool:
        seen.append(path)
        return is_file(path)

    monkeypatch.setattr(os, "scandir", watched_scandir)
    monkeypatch.setattr(Path, "read_bytes", watched_read)
    monkeypatch.setattr(Path, "is_file", watched_is_file)
    return seen


def test_links_that_stay_inside_are_followed(folder: Path) -> None:
    write(folder, "img/x.png")
    (folder / "ml" / "link").symlink_to("../img")
    (folder / "ml" / "circle").symlink_to("circle")

    assert found(folder, "link/x.png") == sha256(png("x.png"))
    assert problem(folder, "circle/x.png").code is Code.IMAGE_MISSING


def test_a_link_that_leads_out_is_not_suggested(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png("secret"))
    (folder / "ml" / "fern-leaf.png").symlink_to(tmp_path / "secret.png")

    assert "fern-leaf" not in problem(folder, "fern-leag.png").hint


def test_an_address_of_another_kind_is_not_packed(folder: Path) -> None:
    assert problem(folder, "ftp://example.org/x.png").code is Code.IMAGE_REMOTE


HEADER = (54 + 4).to_bytes(4, "little") + b"\0\0\0\0" + (54).to_bytes(4, "little")


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (png("a"), "png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpg"),
        (b"GIF89a\1\0\1\0", "gif"),
        (b"GIF87a\1\0\1\0", "gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "webp"),
        (b"\0\0\0\x20ftypavif\0\0\0\0mif1miafMA1B", "avif"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif\0\0\0\0", "avif"),
        (b"BM" + HEADER + (40).to_bytes(4, "little"), "bmp"),
        (b"\0\0\1\0\1\0\x10\x10", "ico"),
        (SVG, "svg"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?>\n<!-- a <svg> -->\n" + SVG, "svg"),
        (
            b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x" [\n<!ENTITY a "b">\n]>' + SVG,
            "svg",
        ),
        (b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', "svg"),
        (SVG.decode().encode("utf-16"), "svg"),
    ],
)
def test_the_kind_of_an_image_is_what_it_holds(content: bytes, extension: str) -> None:
    assert extension_of(content) == extension


def test_the_name_of_a_file_says_nothing(folder: Path) -> None:
    (folder / "ml" / "x.jpeg").write_bytes(png("x"))
    (folder / "ml" / "y.pdf").write_bytes(SVG)

    images, problems = find(folder, image("x.jpeg"), image("y.pdf"))

    assert problems == ()
    assert images[image("x.jpeg")].name.endswith((".png", ".webp"))
    assert images[image("y.pdf")].name.endswith(".svg")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (b"II*\0\x08\0", "a TIFF image"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIF image"),
        (b"\xff\x0a\xfa", "a JPEG XL image"),
        (b"8BPS\0\1", "a Photoshop image"),
        (b"\x1f\x8b\x08\0", "a gzip archive"),
        (b"<svg><path/></svg>", "an SVG image without its xmlns"),
        (b"<!doctype html>\n<svg></svg>", "an HTML page"),
        (b"<!--" * 20_000, "a text file"),
        (b"<?x?>" * 10_000, "a text file"),
        (b"BMW is a car and this is text", "a text file"),
        (b"\x7fELF\0\1\2", "a file of another kind"),
    ],
)
def test_what_anki_does_not_show_is_not_packed(folder: Path, content: bytes, kind: str) -> None:
    (folder / "ml" / "x.png").write_bytes(content)

    wrong = problem(folder, "x.png")

    assert wrong.code is Code.IMAGE_UNUSABLE
    assert wrong.message == f"image 'x.png' is {kind}, not an image that Anki shows"


def test_a_pointer_of_git_lfs_is_reported_with_a_remedy(folder: Path) -> None:
    (folder / "ml" / "x.png").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")

    assert problem(folder, "x.png").hint == "run 'git lfs pull'"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("empty.png", "is an empty file"),
        ("folder.png", "is not a file"),
        ("pipe.png", "is not a file"),
        (".", "is not a file"),
        ("large.png", "is larger than 100 MB"),
    ],
)
def test_what_is_no_readable_file_is_not_packed(folder: Path, target: str, words: str) -> None:
    (folder / "ml" / "empty.png").touch()
    (folder / "ml" / "folder.png").mkdir()
    os.mkfifo(folder / "ml" / "pipe.png")
    with (folder / "ml" / "large.png").open("wb") as large:
        large.truncate(100_000_001)

    wrong = problem(folder, target)

    assert (wrong.code, wrong.message) == (Code.IMAGE_UNUSABLE, f"image '{target}' {words}")


def test_every_use_of_an_unusable_image_is_reported_and_it_is_read_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "ml" / "x.png").write_bytes(b"text")
    seen = _watch(monkeypatch)

    _, problems = find(folder, image("x.png"), image("x.png", line=20), image("./x.png", line=21))

    assert [wrong.place.line for wrong in problems] == [12, 20, 21]
    assert seen.count((folder / "ml" / "x.png").resolve()) == 2  # asked about, then read


@pytest.mark.parametrize(
    ("target", "content"),
    [
        ("data:image/png;base64," + base64.b64encode(PNG).decode(), PNG),
        ("DATA:image/png;BASE64," + base64.b64encode(PNG).decode().rstrip("="), PNG),
        ("data:image/gif;base64," + quote(base64.b64encode(PNG)), PNG),
        ("data:image/png;base64," + base64.encodebytes(PNG).decode(), PNG),
        ("data:image/svg+xml;utf8," + quote(SVG), SVG),
        ("data:image/svg+xml," + SVG.decode(), SVG),
    ],
)
def test_an_embedded_image_is_unpacked(folder: Path, target: str, content: bytes) -> None:
    assert found(folder, target) == sha256(content)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("data:", "is embedded as '', not as an image"),
        ("data:text/html;base64,iVBORw0KGgo=", "is embedded as 'text/html', not as an image"),
        ("data:image/png;base64,###", "is not base64"),
        ("data:image/png;base64,a", "is not base64"),
        ("data:image/png;base64,", "is an empty file"),
        ("data:image/png,text", "is a text file, not an image that Anki shows"),
        ("data:image/png,\ud800", "is a text file, not an image that Anki shows"),
    ],
)
def test_an_embedded_file_that_is_no_image_is_reported(
    folder: Path, target: str, words: str
) -> None:
    wrong = problem(folder, target)

    assert wrong.code is Code.IMAGE_UNUSABLE
    assert wrong.message.endswith(f"' {words}")


@pytest.mark.parametrize("content", [b"\0" * 20_000_001, b"\0" * 70_000_000])
def test_an_embedded_image_has_a_largest_size(folder: Path, content: bytes) -> None:
    wrong = problem(folder, "data:image/png;base64," + base64.b64encode(content).decode())

    assert wrong.message == f"image 'data:image/png;base64,{'A' * 77}…' is larger than 20 MB"


@pytest.mark.slow
def test_suggestions_for_many_missing_images_have_a_limit(folder: Path) -> None:
    for n in range(3_000):
        (folder / "ml" / f"figure-{n:05}.png").touch()
    images = [image(f"figures-{n}.png", line=n) for n in range(5_000)]

    _, problems = find(folder, *images)

    assert len(problems) == 5_000
    assert "did you mean" in problems[0].hint
    assert "did you mean" not in problems[-1].hint


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("/")
@given(st.text(max_size=40) | st.text(alphabet="./\\%2fF:#?datimge,;base64xC\0", max_size=40))
def test_no_target_breaks_the_search(folder: Path, target: str) -> None:
    images, problems = find(folder, image(target))

    assert len(images) + len(problems) == 1


NAMES = ("ml/a.png", "ml/img/b.png", "ml/far/off/b.png", "c/b.png", "c/d.png", "x/c/d.png")


def embedded(folder: Path, target: str, path: str = "ml/bias.md") -> tuple[str, Diagnostic | None]:
    """Which file of ``NAMES`` an embed of Obsidian leads to, and what is said."""
    one = replace(image(target, path), is_anywhere=True)
    images, problems = find(folder, one)
    source = images[one].source_hash if one in images else ""
    names = {sha256(png(name)): name for name in NAMES} | {"": ""}
    return names[source], next(iter(problems), None)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A folder whose images know where they are."""
    for name in NAMES:
        path = tmp_path / "vault" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(name))
    return tmp_path / "vault"


def test_an_embed_is_found_by_its_name_alone(vault: Path) -> None:
    assert embedded(vault, "a.png", "c/d/e.md") == ("ml/a.png", None)
    assert embedded(vault, "A.PNG", "c/d/e.md") == ("ml/a.png", None)
    assert embedded(vault, "off/b.png") == ("ml/far/off/b.png", None)
    assert embedded(vault, "a.png") == ("ml/a.png", None)
    images, (wrong,) = find(vault, image("a.png", "c/d/e.md"))
    assert images == {}
    assert wrong.code is Code.IMAGE_MISSING


def test_the_nearest_of_several_images_is_shown_and_reported(vault: Path) -> None:
    content, wrong = embedded(vault, "b.png")

    assert content == "ml/img/b.png"
    assert wrong is not None
    assert wrong.code is Code.IMAGE_AMBIGUOUS
    assert "3 images; the card shows 'img/b.png'" in wrong.message
    assert embedded(vault, "b.png", "c/e.md") == ("c/b.png", None)
    assert embedded(vault, "d.png", "x/y.md")[0] == "x/c/d.png"


def test_an_embedded_image_without_a_file_is_missing(vault: Path) -> None:
    assert embedded(vault, "e.png")[1] is not None
    assert embedded(vault, "/")[0] == ""
    assert embedded(vault, "xa.png")[0] == ""


def test_an_image_without_a_path_is_reported(folder: Path) -> None:
    _, (problem,) = find(folder, image(" "))

    assert (problem.code, problem.message) == (Code.IMAGE_MISSING, "an image has no path")


def test_every_image_of_a_vault_is_found_by_its_name_alone(vault: Path) -> None:
    one = image("a.png", "c/d/e.md")
    (vault / "x" / ".obsidian").mkdir()
    assert find(vault, one)[0] == {}

    (vault / ".obsidian").mkdir()

    images, problems = find(vault, one)
    assert problems == ()
    assert images[one].source_hash == sha256(png("ml/a.png"))


def test_an_embed_leads_through_no_link_outside(vault: Path) -> None:
    outside = vault.parent / "secret.png"
    outside.write_bytes(png("secret"))
    (vault / "c" / "secret.png").symlink_to(outside)

    content, wrong = embedded(vault, "secret.png")

    assert content == ""
    assert wrong is not None


def test_an_embed_in_a_root_inside_the_folder_is_one_file(vault: Path) -> None:
    one = replace(image("d.png"), is_anywhere=True)
    (vault / "c" / "d.png").unlink()

    images, problems = find(vault, one, roots=("x",))

    assert problems == ()
    assert images[one].source_hash == sha256(png("x/c/d.png"))
