"""Weigh a deck's package against the one that its images as they are would make.

usage: python benchmarks/image_size.py [PATH]

PATH is a folder of notes (default: content). Nothing is fetched. The other package is reckoned:
each image's file, deflated as in the zip, in the place of what was made of it.
"""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from pathlib import Path

import click

from cardwright.building import build_deck
from cardwright.pipeline import Options


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), default="content")
def main(path: Path) -> None:
    """Print the bytes of both packages and of the images in them."""
    files = {hashlib.sha256(content).hexdigest(): content for content in contents(path)}
    with tempfile.TemporaryDirectory() as name:
        options = Options(now=1, is_offline=True, lock_file=Path(name) / "deck.lock")
        built = build_deck(path, Path(name), options)
    if built.assembly.identified is None or built.package is None:
        raise SystemExit(f"the build failed: {built.diagnostics}")
    media = {each.name: each for note in built.assembly.identified.notes for each in note.media}
    known = [each for each in media.values() if each.source_hash in files]
    small = sum(deflated(each.content) for each in known)
    large = sum(deflated(files[each.source_hash]) for each in known)
    click.echo(f"{len(known)} images: {large:,} bytes in a package, {small:,} as they are made")
    size = built.size
    click.echo(
        f"package: {size - small + large:,} bytes with the files, {size:,} with what is made"
    )


def contents(folder: Path) -> list[bytes]:
    """The bytes of every file below a folder."""
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def deflated(content: bytes) -> int:
    """How many bytes of a zip it takes."""
    return len(zlib.compress(content, 9))


if __name__ == "__main__":
    main()
