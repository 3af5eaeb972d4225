"""How long a card of formulas goes on changing in Anki's desktop program, by how fonts are shipped.

usage: python benchmarks/font_shipping.py FOLDER [DRIVER …]

Writes one package for each way into FOLDER: nine notes with 21 formulas in front and 21 more
behind (the back shows both). DRIVER is a command that opens a package in Anki's desktop
program: it is called as ``DRIVER PACKAGE OUTPUT --cards 9 --json --no-shots`` and prints
``{"sides": [{"side", "late", "total"} …]}``, in milliseconds: from the card's appearance to the
last change or font load, and from the call that shows it; without one, the packages are only
written. A table comes out, first cards and the median of the later ones.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
import statistics
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from cardwright.build import Options, build_deck
from cardwright.notetypes.katex import katex_media, katex_style, katex_version

FORMULAS = (
    r"u_{<t}", r"\frac{a_%d}{b}", r"\sum_{i=1}^{%d} x_i", r"\sqrt{x^2+%d}", r"\mathbb{R}^{%d}",
    r"\alpha_{%d} \le \beta", r"\int_0^{%d} e^{-x}\,dx", r"\mathrm{softmax}(z_{%d})",
    r"\left(\frac{1}{%d}\right)", r"\hat{y}_{%d}", r"\mathcal{L}_{%d}",
    r"\begin{pmatrix} a & %d \\ c & d \end{pmatrix}", r"\log P(u_t \mid u_{%d})",
)  # fmt: skip

Style = Callable[[str], str]


def notes() -> str:
    """Nine questions, no two formulas of a note the same."""
    parts = []
    for number in range(9):
        front = " ".join(_formula(number, at) for at in range(21))
        back = "\n\n".join(f"Text {_formula(number, 30 + at)} here." for at in range(21))
        parts.append(f"## What is {front}?\n\n{back}\n")
    return "\n".join(parts)


def _formula(number: int, at: int) -> str:
    tex = FORMULAS[at % len(FORMULAS)]
    return f"${tex % (at + number) if '%d' in tex else tex}$"


SHEET = "_katex.css"
HEARD_LATER = re.compile(r"\.card \.katex-mathml \{[^}]*\}")


def shipped(css: str) -> str:
    return css


def laid_out_at_once(css: str) -> str:
    """What is for those who hear a card laid out with the rest."""
    return HEARD_LATER.sub("", css)


def imported(css: str) -> str:
    """The stylesheet as a file of its own (``_changed`` adds it)."""
    return f'@import url("{SHEET}");\n' + css.replace(katex_style(), "")


def swap(css: str) -> str:
    return css.replace("font-display:block", "font-display:swap")


def embedded(*names: str) -> Style:
    """The fonts with such names, all without any, as data URIs in the style itself."""

    def style(css: str) -> str:
        for media in katex_media():
            if not names or any(name in media.name for name in names):
                uri = "data:font/woff2;base64," + base64.b64encode(media.content).decode()
                css = css.replace(media.name, uri)
        return css

    return style


PRELOADED = ("Main-Regular", "Math-Italic", "Size1-Regular", "AMS-Regular")


def _preload() -> str:
    names = [f"_cw-katex-{katex_version()}-KaTeX_{name}.woff2" for name in PRELOADED]
    link = '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}">'
    return "".join(map(link.format, names))


def _hidden() -> str:
    faces = ("KaTeX_Main", "KaTeX_Size1", "KaTeX_Size2", "KaTeX_AMS", "KaTeX_Caligraphic")
    spans = "".join(f'<span style="font-family:{face}">x</span>' for face in faces)
    italic = '<i style="font-family:KaTeX_Math">x</i>'
    return f'<div aria-hidden="true" style="position:absolute;opacity:0">{spans}{italic}</div>'


WAYS: Mapping[str, tuple[str, Style, str]] = {
    "`mathjax`": ("mathjax", shipped, ""),
    "**in the note type's style** (as shipped)": ("katex", shipped, ""),
    "the same, `font-display: swap`": ("katex", swap, ""),
    "the same, four fonts preloaded by `<link>`": ("katex", shipped, _preload()),
    "the same, a hidden element uses five fonts": ("katex", shipped, _hidden()),
    "the same, four fonts as data URIs": ("katex", embedded(*PRELOADED), ""),
    "the same, all fonts as data URIs": ("katex", embedded(), ""),
    "a file by `@import`": ("katex", imported, ""),
    "in the style, MathML laid out at once": ("katex", laid_out_at_once, ""),
    "in the style, `katex-html`": ("katex-html", shipped, ""),
}


def package(folder: Path, way: str) -> Path:
    """Build the deck, then change its note types and files as the way says."""
    output, style, head = WAYS[way]
    name = re.sub("[^a-z0-9]+", "-", way.lower()).strip("-")
    content = folder / f"{name}-content"
    content.mkdir(parents=True, exist_ok=True)
    (content / "formulas.md").write_text(notes(), "utf-8")
    (content / "deck.yml").write_text(f"deck: {name}\nmath: {{output: {output}}}\n", "utf-8")
    built = build_deck(content, folder, Options(now=1_800_000_000))
    path = folder / f"{name}.apkg"
    path.write_bytes(_changed(built.content, style, head))
    return path


def _changed(content: bytes, style: Style, head: str) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names: dict[str, str] = json.loads(old.read("media"))
        if style is imported:
            new.writestr(str(len(names)), katex_style())
            names[str(len(names))] = SHEET
        new.writestr("media", json.dumps(names))
        new.writestr("collection.anki2", _collection(old.read("collection.anki2"), style, head))
        for number in names.keys() & set(old.namelist()):
            new.writestr(number, old.read(number))
    return buffer.getvalue()


def _collection(data: bytes, style: Style, head: str) -> bytes:
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    (text,) = database.execute("select models from col").fetchone()
    models = json.loads(text)
    for model in models.values():
        model["css"] = style(model["css"])
        for template in model["tmpls"]:
            template["qfmt"], template["afmt"] = head + template["qfmt"], head + template["afmt"]
    database.execute("update col set models = ?", (json.dumps(models),))
    database.commit()
    return database.serialize()


def row(way: str, path: Path, driver: list[str], folder: Path) -> str:
    command = [*driver, str(path), str(folder / f"{path.stem}-out"), "--cards", "9", "--json"]
    done = subprocess.run([*command, "--no-shots"], capture_output=True, text=True, timeout=300)
    sides = json.loads(done.stdout)["sides"]
    cells = []
    for side in ("q", "a"):
        for figure in ("late", "total"):
            times = [each[figure] for each in sides if each["side"][:1] == side]
            cells += [f"{times[0]:.0f}", f"{statistics.median(times[1:]):.0f}"]
    size = path.stat().st_size / 1000
    return f"| {way} | {' | '.join(cells)} | {size:.0f} |"


def main() -> None:
    folder, *driver = sys.argv[1:]
    sides = [f"{n} {s}" for s in ("front", "back") for n in ("first", "later")]
    sides = [f"{side}, {what}" for side in sides for what in ("change", "total")]
    sides = [sides[at] for at in (0, 2, 1, 3, 4, 6, 5, 7)]
    print(f"| way | {' | '.join(sides)} | package, KB |")
    print(f"|---|{'--:|' * 9}")
    for way in WAYS:
        path = package(Path(folder), way)
        if driver:
            print(row(way, path, driver, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
