"""How long a card of formulas goes on changing in Anki's desktop program, by how fonts are shipped.

usage: python benchmarks/font_shipping.py FOLDER [DRIVER …]

Writes one package for each way into FOLDER: nine notes with 21 formulas in front and 21 more
behind (the back shows both). DRIVER is a command that opens a package in Anki's desktop
program: it is called as ``DRIVER PACKAGE OUTPUT --cards 9 --json --no-shots`` and prints
``{"sides": [{"side", "late", "total"} …]}``, in milliseconds: from the card's appearance to the
last change or font load, and from the call that shows it; without one, the packages are only
written. A table comes out, first and later cards, medians of all rounds. A card of
words has no font to load, so its change is 0; the ways called ``until seen`` add a script that
changes the card behind the frame that shows it whole.
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
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

from cardwright.building import build_deck
from cardwright.math.katex import KatexSession, Request
from cardwright.notetypes.katex import katex_media, katex_style, katex_version
from cardwright.pipeline import Options

FORMULAS = (
    r"u_{<t}", r"\frac{a_%d}{b}", r"\sum_{i=1}^{%d} x_i", r"\sqrt{x^2+%d}", r"\mathbb{R}^{%d}",
    r"\alpha_{%d} \le \beta", r"\int_0^{%d} e^{-x}\,dx", r"\mathrm{softmax}(z_{%d})",
    r"\left(\frac{1}{%d}\right)", r"\hat{y}_{%d}", r"\mathcal{L}_{%d}",
    r"\begin{pmatrix} a & %d \\ c & d \end{pmatrix}", r"\log P(u_t \mid u_{%d})",
)  # fmt: skip

Style = Callable[[str], str]
Side = dict[str, Any]

ROUNDS = 3
"""Each goes through all ways, so that a busy minute of the machine is no way's own."""


def notes() -> str:
    """Nine questions, no two formulas of a note the same."""
    parts = []
    for number in range(9):
        front = " ".join(_formula(number, at) for at in range(21))
        back = "\n\n".join(f"Text {_formula(number, 30 + at)} here." for at in range(21))
        parts.append(f"## What is {front}?\n\n{back}\n")
    return "\n".join(parts)


def words() -> str:
    """The same cards, a word for each formula."""
    return re.sub(r"\$[^$]+\$", lambda match: PLANTS[len(match[0]) % len(PLANTS)], notes())


PLANTS = ("fern", "moss", "oak leaf", "rowan", "a seed")


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


def as_it_is(fields: str) -> str:
    """The formulas of a note in KaTeX's own HTML."""
    for ours, whole in _whole().items():
        fields = fields.replace(ours, whole)
    return fields


@cache
def _whole() -> dict[str, str]:
    formulas = sorted({tex[1:-1] for tex in re.findall(r"\$[^$]+\$", notes())})
    outcomes = KatexSession().submit([Request(tex, False) for tex in formulas], {}).outcomes()
    with MiniRacer() as v8:
        v8.eval((files("cardwright") / "katex/katex.min.js").read_text("utf-8"))
        whole = v8.call("((all) => all.map((tex) => katex.renderToString(tex)))", formulas)
    source = re.compile(r"<annotation[^>]*>[^<]*</annotation>|</?semantics>")
    return {str(ours): source.sub("", html) for ours, html in zip(outcomes, whole, strict=True)}


SEEN = """<i hidden></i><script>
(() => {
  const mark = document.querySelector("#qa > i");
  require("anki/reviewer").onShownHook.push(() => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => mark.setAttribute("data-seen", "");
    port2.postMessage(0);
  }));
})();
</script>"""
"""A change behind the frame that shows the finished card: *change* is then when it is seen."""


@dataclass(frozen=True, slots=True)
class Way:
    """A deck, and what is changed in it: its style, what stands before its templates, its notes."""

    output: str = "katex"
    style: Style = shipped
    head: str = ""
    text: Callable[[], str] = notes
    fields: Callable[[str], str] = str


WAYS: Mapping[str, Way] = {
    "`mathjax`": Way("mathjax"),
    "**in the note type's style** (as shipped)": Way(),
    "the same, KaTeX's HTML as it is": Way(fields=as_it_is),
    "the same, `font-display: swap`": Way(style=swap),
    "the same, four fonts preloaded by `<link>`": Way(head=_preload()),
    "the same, a hidden element uses five fonts": Way(head=_hidden()),
    "the same, four fonts as data URIs": Way(style=embedded(*PRELOADED)),
    "the same, all fonts as data URIs": Way(style=embedded()),
    "a file by `@import`": Way(style=imported),
    "in the style, MathML laid out at once": Way(style=laid_out_at_once),
    "in the style, `katex-html`": Way("katex-html"),
    "words in place of formulas": Way(text=words),
    "until seen: `mathjax`": Way("mathjax", head=SEEN),
    "until seen: as shipped": Way(head=SEEN),
    "until seen: words in place of formulas": Way(head=SEEN, text=words),
}


def package(folder: Path, way: str) -> Path:
    """Build the deck, then change its note types and files as the way says."""
    kind = WAYS[way]
    name = re.sub("[^a-z0-9]+", "-", way.lower()).strip("-")
    content = folder / f"{name}-content"
    content.mkdir(parents=True, exist_ok=True)
    (content / "formulas.md").write_text(kind.text(), "utf-8")
    (content / "deck.yml").write_text(f"deck: {name}\nmath: {{output: {kind.output}}}\n", "utf-8")
    built = build_deck(content, folder, Options(now=1_800_000_000))
    assert built.package is not None
    path = folder / f"{name}.apkg"
    path.write_bytes(_changed(built.package.read_bytes(), kind))
    return path


def _changed(content: bytes, way: Way) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names: dict[str, str] = json.loads(old.read("media"))
        if way.style is imported:
            new.writestr(str(len(names)), katex_style())
            names[str(len(names))] = SHEET
        new.writestr("media", json.dumps(names))
        new.writestr("collection.anki2", _collection(old.read("collection.anki2"), way))
        for number in names.keys() & set(old.namelist()):
            new.writestr(number, old.read(number))
    return buffer.getvalue()


def _collection(data: bytes, way: Way) -> bytes:
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    (text,) = database.execute("select models from col").fetchone()
    models = json.loads(text)
    for model in models.values():
        model["css"] = way.style(model["css"])
        for template in model["tmpls"]:
            for side in ("qfmt", "afmt"):
                template[side] = way.head + template[side]
    database.execute("update col set models = ?", (json.dumps(models),))
    for note, fields in database.execute("select id, flds from notes").fetchall():
        database.execute("update notes set flds = ? where id = ?", (way.fields(fields), note))
    database.commit()
    return database.serialize()


def measured(path: Path, driver: list[str], folder: Path) -> list[Side]:
    command = [*driver, str(path), str(folder / f"{path.stem}-out"), "--cards", "9", "--json"]
    done = subprocess.run([*command, "--no-shots"], capture_output=True, text=True, timeout=300)
    sides: list[Side] = json.loads(done.stdout)["sides"]
    return sides


def row(way: str, path: Path, rounds: list[list[Side]]) -> str:
    """The medians of the first cards of all rounds, and of all later ones."""
    cells = []
    for side in ("q", "a"):
        for figure in ("late", "total"):
            times = [
                [float(each[figure]) for each in one if each["side"] == side] for one in rounds
            ]
            later = [time for one in times for time in one[1:]]
            cells += [statistics.median(one[0] for one in times), statistics.median(later)]
    size = path.stat().st_size / 1000
    return f"| {way} | {' | '.join(f'{cell:.0f}' for cell in cells)} | {size:.0f} |"


def main() -> None:
    folder, *driver = sys.argv[1:]
    paths = {way: package(Path(folder), way) for way in WAYS}
    if not driver:
        return
    rounds: list[dict[str, list[Side]]] = [
        {way: measured(path, driver, Path(folder)) for way, path in paths.items()}
        for _ in range(ROUNDS)
    ]
    sides = [f"{n} {s}" for s in ("front", "back") for n in ("first", "later")]
    sides = [f"{side}, {what}" for side in sides for what in ("change", "total")]
    sides = [sides[at] for at in (0, 2, 1, 3, 4, 6, 5, 7)]
    print(f"| way | {' | '.join(sides)} | package, KB |")
    print(f"|---|{'--:|' * 9}")
    for way, path in paths.items():
        print(row(way, path, [one[way] for one in rounds]))


if __name__ == "__main__":
    main()
