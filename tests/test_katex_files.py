"""KaTeX comes from npm with the install, is the one that was pinned, and no other is taken."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import tarfile
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from hatchling.builders.sdist import SdistBuilder

import cardwright

ROOT = Path(__file__).parents[1]
FOLDER = Path(cardwright.__file__).parent / "katex"


def _hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = _hook()


def _pin() -> dict[str, str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    pin: dict[str, str] = settings["tool"]["cardwright"]["katex"]
    return pin


def test_an_sdist_takes_folders_of_the_root_only(tmp_path: Path) -> None:
    for name in ("docs/start.md", "build/docs/start.md", "build/docs/site/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())

    files = SdistBuilder(str(tmp_path)).recurse_included_files()

    assert [file.relative_path for file in files] == ["docs/start.md"]


def test_the_files_are_those_of_the_pinned_version() -> None:
    pin = _pin()

    assert hook.is_intact(FOLDER, pin["version"], pin["integrity"])
    assert f'version:"{pin["version"]}"' in (FOLDER / "katex.min.js").read_text("utf-8")
    assert len(list(FOLDER.glob("fonts/*.woff2"))) == 20


def test_git_does_not_know_them() -> None:
    assert "/src/cardwright/katex/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def _tarball(**files: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return buffer.getvalue()


def _project(folder: Path, tarball: bytes) -> Path:
    digest = base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    text = f'[tool.cardwright.katex]\nversion = "9.9.9"\nintegrity = "sha512-{digest}"\n'
    (folder / "pyproject.toml").write_text(text, "utf-8")
    return folder


def test_the_hook_keeps_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"package/dist/katex.min.js": "a", "package/dist/katex.js": "b"}
    files |= {"package/dist/fonts/KaTeX_A-Regular.woff2": "c", "package/dist/../../x": "d"}
    tarball = _tarball(**files)
    (tmp_path / "katex.tgz").write_bytes(tarball)
    monkeypatch.setenv(hook.TARBALL, str(tmp_path / "katex.tgz"))
    root, folder = _project(tmp_path, tarball), tmp_path / "to"

    hook.vendor(root, folder)

    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {"katex.min.js", "fonts/KaTeX_A-Regular.woff2", hook.MANIFEST}

    (tmp_path / "katex.tgz").unlink()
    hook.vendor(root, folder)  # what is there and intact is not fetched again


def test_the_hook_mends_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tarball = _tarball(**{"package/dist/katex.min.js": "a"})
    (tmp_path / "katex.tgz").write_bytes(tarball)
    monkeypatch.setenv(hook.TARBALL, str(tmp_path / "katex.tgz"))
    root, folder = _project(tmp_path, tarball), tmp_path / "to"
    hook.vendor(root, folder)
    (folder / "katex.min.js").write_text("damaged", "utf-8")

    hook.vendor(root, folder)

    assert (folder / "katex.min.js").read_text("utf-8") == "a"


def test_the_hook_refuses_another_tarball(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = _project(tmp_path, _tarball(**{"package/dist/katex.min.js": "a"}))
    (tmp_path / "katex.tgz").write_bytes(_tarball(**{"package/dist/katex.min.js": "b"}))
    monkeypatch.setenv(hook.TARBALL, str(tmp_path / "katex.tgz"))

    with pytest.raises(hook.RefusedError, match="is not the one that was pinned"):
        hook.vendor(root, tmp_path / "to")

    assert not (tmp_path / "to").exists()


def test_an_install_without_katex_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(hook.TARBALL, str(tmp_path / "absent.tgz"))
    root = _project(tmp_path, b"")

    with pytest.raises(SystemExit, match=r"cannot be installed: .*absent\.tgz"):
        hook.KatexHook(str(root), {}, None, None, str(tmp_path), "wheel").initialize("", {})
