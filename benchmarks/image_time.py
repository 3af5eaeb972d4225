"""Time the images of a build: 100 photos of 3 MB, cold, with the cache, and without shrinking.

usage: python benchmarks/image_time.py [--images N] [--rounds R]

The photos are generated: 12 million pixels each, soft shapes under a camera's noise, JPEG. All
three builds run in this process, turn by turn; a ratio is of the same round, in seconds of the
processor (all threads), so that a busy machine counts less. "Reading" is what no build can do
without: each file read and hashed.
"""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import click
from PIL import Image, ImageFilter

from cardwright.building import build_deck
from cardwright.media.cache import Cache
from cardwright.pipeline import Options

_SIZE = (4000, 3000)
_NOISE = 0.09
_QUALITY = 90


@click.command()
@click.option("--images", default=100, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def main(images: int, rounds: int) -> None:
    """Print the seconds of each build, and the median ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_notes(folder / "content", images)
        click.echo(f"{images} photos of {size / images / 1e6:.1f} MB")
        ratios = [one_round(folder, number) for number in range(rounds)]
    for at, words in enumerate(("cold / reading", "cached / cold")):
        click.echo(f"median of {words}: {statistics.median(each[at] for each in ratios):.3f}")


def write_notes(folder: Path, count: int) -> int:
    """Notes with a photo each; the bytes of all photos."""
    folder.mkdir()
    texts = [f"## What is on photo {n}?\n\n![photo {n}]({n}.jpg)\n" for n in range(count)]
    (folder / "photos.md").write_text("\n".join(texts))
    first = photo()
    for n in range(count):
        turned = first.rotate(90 * (n % 4)).point([(level + n) % 256 for level in range(256)] * 3)
        turned.save(folder / f"{n}.jpg", "JPEG", quality=_QUALITY)
    return sum(path.stat().st_size for path in folder.glob("*.jpg"))


def photo() -> Image.Image:
    """Soft shapes, and noise at every pixel."""
    width, height = _SIZE
    seed = Random(1).randbytes((width // 40) * (height // 40) * 3)
    soft = Image.frombytes("RGB", (width // 40, height // 40), seed)
    soft = soft.filter(ImageFilter.GaussianBlur(2)).resize(_SIZE)
    noise = Image.frombytes("L", _SIZE, Random(2).randbytes(width * height)).convert("RGB")
    return Image.blend(soft, noise, _NOISE)


def one_round(folder: Path, number: int) -> tuple[float, float]:
    """The ratios of one round; every cold build has a cache of its own, still empty."""
    cache = Cache(folder / f"cache{number}", is_writable=True)
    reading = seconds(lambda: read(folder / "content"))
    cold = seconds(lambda: build(folder, cache))
    cached = seconds(lambda: build(folder, cache))
    for name, (processor, clock) in (("reading", reading), ("cold", cold), ("cached", cached)):
        click.echo(f"  {name:8} {processor:6.2f} s of the processor, {clock:6.2f} s of the clock")
    return cold[0] / reading[0], cached[0] / cold[0]


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long it takes, in seconds of the processor and of the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - clock


def read(folder: Path) -> None:
    """Read and hash every photo."""
    for path in sorted(folder.glob("*.jpg")):
        hashlib.sha256(path.read_bytes()).hexdigest()


def build(folder: Path, cache: Cache) -> None:
    """Build the notes; they have to come out without a word."""
    built = build_deck(folder / "content", folder / "build", Options(now=1, cache=cache))
    if built.diagnostics or built.package is None:
        raise SystemExit(f"the build failed: {built.diagnostics}")
    before = built.assembly.source_bytes / 1e6
    click.echo(f"  {before:.0f} MB of photos, package {built.size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
