"""Folders as a stranger would make them: each is a trap for whoever builds it.

A trap is a name and a function that writes into a folder; ``outside`` is a folder around all of
them, with a file ``secret.txt`` and an image ``secret.png``. ``port`` has the port of a server that
nobody may ask, ``public`` the host and port of one that is asked and leads elsewhere, and
``temporary`` the path of the folder for temporary files.
"""

from __future__ import annotations

import os
import pickle
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cardwright.disk.build_lock import build_lock
from tests.server import Server

SECRET = "the-secret-of-another-folder"
NOTE = "## What is a leaf?\n\nAn organ.\n"
Trap = Callable[[Path, Path], None]


def texts(files: Mapping[str, str]) -> Trap:
    """Files of a folder; ``{outside}``, ``{port}`` and ``{public}`` are filled in."""

    def write(folder: Path, outside: Path) -> None:
        port, public = ((outside / name).read_text("utf-8") for name in ("port", "public"))
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            filled = text.replace("{outside}", outside.as_posix()).replace("{port}", port)
            filled = filled.replace("{public}", public)
            path.write_text(filled, "utf-8")

    return write


def answer(text: str) -> Trap:
    """A note with this answer."""
    return texts({"plants.md": f"## What is a leaf?\n\n{text}\n"})


def settings(text: str) -> Trap:
    """A good note under these settings."""
    return texts({"plants.md": NOTE, "deck.yml": text})


def link(name: str, target: str) -> Trap:
    """A link to something of the folder ``outside``."""

    def write(folder: Path, outside: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(outside / target)
        if not (folder / "plants.md").exists():
            (folder / "plants.md").write_text(f"{NOTE}\n![a](img/a.png)\n", "utf-8")

    return write


def image(content: bytes, name: str = "a.png") -> Trap:
    """A note with an image of these bytes."""

    def write(folder: Path, _outside: Path) -> None:
        (folder / name).write_bytes(content)
        (folder / "plants.md").write_text(f"{NOTE}\n![a]({name})\n", "utf-8")

    return write


def package(entries: Mapping[str, bytes]) -> Trap:
    """A package that is there already, under the name of the deck."""

    def write(folder: Path, _outside: Path) -> None:
        (folder / "build").mkdir()
        with zipfile.ZipFile(folder / "build" / "plants.apkg", "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in entries.items():
                file.writestr(name, content)
        (folder / "plants.md").write_text(NOTE, "utf-8")
        (folder / "deck.yml").write_text("deck: Plants\n", "utf-8")

    return write


def named(*names: str) -> Trap:
    """Files with odd names."""

    def write(folder: Path, _outside: Path) -> None:
        for number, name in enumerate(names):
            (folder / name).write_text(NOTE.replace("leaf", f"leaf {number}"), "utf-8")

    return write


def _poisoned_cache(folder: Path, _outside: Path) -> None:
    """Each place of the cache holds a pickle that calls the system when it is read."""

    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("echo > PWNED",)

    (folder / "plants.md").write_text(NOTE, "utf-8")
    cache = folder / "build" / ".cache"
    for kind in ("work", "made", "files", "katex", "remote", "shrunk", "images"):
        (cache / kind).mkdir(parents=True)
        for name in ("a", "plants.md", "0" * 64):
            (cache / kind / name).write_bytes(pickle.dumps(Evil()))
    for name in ("index", "key", "0" * 64):
        (cache / name).write_bytes(pickle.dumps(Evil()))


def _pipe_and_socket(folder: Path, _outside: Path) -> None:
    (folder / "plants.md").write_text(f"{NOTE}\n![a](pipe.png)\n", "utf-8")
    os.mkfifo(folder / "pipe.png")
    os.mkfifo(folder / "pipe.md")
    os.mkfifo(folder / "macros.tex")
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket has a limit
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
    os.chdir(here)


def planted(plant: Callable[[Path, Path], object]) -> Trap:
    """A good note; before it is built, another user was at the place of its build lock."""

    def write(folder: Path, outside: Path) -> None:
        (folder / "plants.md").write_text(NOTE, "utf-8")
        temporary = Path((outside / "temporary").read_text("utf-8"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tempfile.tempdir", str(temporary))
            with build_lock(folder / "deck.lock", print) as lock:
                gate = temporary / f"cardwright-{lock.key}.lock"
        gate.unlink()
        plant(gate, outside)

    return write


def _loop(folder: Path, _outside: Path) -> None:
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "plants.md").write_text(NOTE, "utf-8")


def _twins(folder: Path, _outside: Path) -> None:
    """Names that are one name elsewhere."""
    named("A.md", "a.md", "e\u0301.md", "\u00e9.md", "\u202egnp.md", "\u200b.md")(folder, folder)


def _own_modules(folder: Path, _outside: Path) -> None:
    (folder / "plants.md").write_text(NOTE + "\n```evil\na\n```\n", "utf-8")
    for name in ("evil", "yaml", "signal", "markdown", "sitecustomize", "usercustomize"):
        (folder / f"{name}.py").write_text("open('PWNED', 'w').close()\n", "utf-8")


def _png(width: int, height: int) -> bytes:
    """A PNG that says that it is so large, and holds nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )  # fmt: skip

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    parts = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" '
_SVG += 'viewBox="0 0 9 9">{}<path d="M0 0h9v9z"/></svg>'
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))

ADDRESSES = (
    "http://127.0.0.1:{port}/a.png", "http://127.1:{port}/a.png", "http://2130706433:{port}/a.png",
    "http://0x7f000001:{port}/a.png", "http://0177.0.0.1:{port}/a.png", "http://0:{port}/a.png",
    "http://[::1]:{port}/a.png", "http://[::ffff:127.0.0.1]:{port}/a.png",
    "http://[::ffff:7f00:1]:{port}/a.png", "http://[::127.0.0.1]:{port}/a.png",
    "http://[64:ff9b::7f00:1]:{port}/a.png", "http://[2002:7f00:1::]:{port}/a.png",
    "http://[fe80::1%25lo]:{port}/a.png", "http://[fc00::1]/a.png",
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/a.png",
    "http://user:password@127.0.0.1:{port}/a.png", "http://example.org@127.0.0.1:{port}/a.png",
    "http://127.0.0.1:{port}#@example.org/a.png", "http:127.0.0.1:{port}/a.png",
    "//127.0.0.1:{port}/a.png", "HTTP://127.0.0.1:{port}/a.png", "http://①②⑦.⓪.⓪.①:{port}/a.png",
    "gopher://127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/a.png", "ws://127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/a.png", "http://127.0.0.1:{port}\\@example.org/a.png",
)  # fmt: skip

REDIRECTS = (
    "http://127.0.0.1:{port}/a.png", "//127.0.0.1:{port}/a.png", "http://localhost:{port}/a.png",
    "http://2130706433:{port}/a.png", "http://[::ffff:127.0.0.1]:{port}/a.png", "http://[::1]/a",
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/meta-data/",
    "http://10.0.0.1/a.png", "http://user:password@127.0.0.1:{port}/a.png", "file:///etc/passwd",
    "file://{outside}/secret.png", "{outside}/secret.png", "ftp://127.0.0.1:{port}/a.png",
    "gopher://127.0.0.1:{port}/", "data:image/png;base64,AAAA", "http://{public}@127.0.0.1:{port}/",
    "javascript:evil()", "http:", "", "/again", "/0", "https://{public}/a.png",
    "http://127.0.0.1:{port}\r\nX: y/", "http://①②⑦.⓪.⓪.①:{port}/a.png", "http://[::1", "//",
)  # fmt: skip
"""Where the public server leads: from ``/0`` to the first, from ``/1`` to the second and so on."""

FILES = (
    "../secret.png", "../../secret.png", "%2e%2e/%2e%2e/secret.png", "..%2f..%2fsecret.png",
    "..\\..\\secret.png", "{outside}/secret.png", "file://{outside}/secret.png", "/etc/passwd",
    "//localhost{outside}/secret.png", "img/../../../secret.png", "./../../secret.png",
    "....//....//secret.png", "C:\\secret.png", "\\\\host\\share\\a.png", "a.png\\0/../secret.png",
    "/proc/self/environ", "/dev/zero", "/dev/stdin", "~/secret.png", "CON", "NUL.png", "a.png:b",
)  # fmt: skip

_HTML = """<script>evil()</script><img src=x onerror=evil()><svg onload=evil()>
<a href="javascript:evil()">a</a><iframe srcdoc="<script>evil()</script>"></iframe>
<object data="x"></object><style>@import "http://127.0.0.1:{port}/"</style>
<b style="background:url(http://127.0.0.1:{port}/)">b</b>
<link rel=stylesheet href="http://127.0.0.1:{port}/">
<form action="javascript:evil()"><button>c</button></form>
<meta http-equiv=refresh content="0;url=javascript:evil()">
"""

TRAPS: dict[str, Trap] = {
    "an extension that runs a command": settings(
        "markdown:\n  flavour: python-markdown\n"
        "  extensions: [{'subprocess:run': {args: 'echo > PWNED', shell: true}}]\n"
    ),
    "a tag of YAML that calls": settings("deck: !!python/object/apply:os.system ['echo > PWNED']"),
    "a bomb of aliases": settings(
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(50))
    ),
    "settings that are deep": settings("tags: " + "[" * 5000),
    "a folder for images far outside": settings("images: {roots: [../../..]}"),
    "scripts in notes": texts(
        {"deck.yml": "html: trusted", "plants.md": f"## a?\n\nb {_HTML}"}
    ),
    "images of the own machine": texts(
        {
            "deck.yml": "images: {allow_private: true}",
            "plants.md": f"{NOTE}\n![a](http://127.0.0.1:{{port}}/a.png)\n",
        }
    ),
    "a link to a script on each card": settings("source_url: 'javascript:evil({path})'"),
    "a package elsewhere": settings("output: ../../evil.apkg"),
    "a package with the name of a device": settings("output: CON.apkg"),
    "a deck with a path for a name": settings("deck: '../../../evil::../x'"),
    "macros without end": texts(
        {"deck.yml": "math: {macros: {'\\a': '\\a\\a'}}", "plants.md": "## a?\n\n$\\a$\n"}
    ),
    "a pattern that goes back": texts(
        {"deck.yml": f"exclude: ['{'*a' * 60}b', '{'**/' * 60}b']", f"{'a' * 200}.md": NOTE}
    ),
    "settings of a subfolder": texts(
        {
            "plants.md": NOTE,
            "sub/a.md": NOTE.replace("leaf", "root"),
            "sub/deck.yml": "html: trusted\nmarkdown: {extensions: ['os:system']}\n",
        }
    ),
    "settings of MkDocs": texts(
        {"plants.md": NOTE, "mkdocs.yml": "hooks: [a.py]\na: !!python/object/apply:os.system [id]"}
    ),
    "a plugin of Obsidian": texts(
        {"plants.md": NOTE, ".obsidian/plugins/a/main.js": "evil()", ".obsidian/app.json": "{]"}
    ),
    "front matter that calls": texts(
        {"plants.md": f"---\ntitle: !!python/object/apply:os.system ['echo > PWNED']\n---\n{NOTE}"}
    ),
    "front matter with many tags": texts(
        {"plants.md": f"---\ntags: [{', '.join(f't{n}' for n in range(20_000))}]\n---\n{NOTE}"}
    ),
    "modules in the folder": _own_modules,
    "a note that is a link": link("secret.md", "secret.txt"),
    "a folder that is a link": link("img", "."),
    "a link to itself": _loop,
    "an image that is a link": link("img/a.png", "secret.png"),
    "settings that are a link": link("deck.yml", "secret.txt"),
    "a lock that is a link": link("deck.lock", "secret.txt"),
    "a stylesheet that is a link": link("style.css", "secret.txt"),
    "macros that are a link": link("macros.tex", "secret.txt"),
    "attributes of git that are a link": link(".gitattributes", "secret.txt"),
    "an output that is a link": link("build", "."),
    "a package that is a link": link("build/plants.apkg", "secret.txt"),
    "a cache that is a link": link("build/.cache", "."),
    "a cache with pickles": _poisoned_cache,
    "a package that is a bomb": package(
        {"deck.lock": b"a" * 50_000_000, "collection.anki21b": b"\0" * 50_000_000}
    ),
    "a package with paths": package(
        {"../../evil": b"a", "media": b'{"0": "../../evil"}', "0": b"a"}
    ),
    "a lock with paths": texts(
        {
            "plants.md": NOTE,
            "deck.lock": '{"lock": 1, "project": "../../evil"}\n{"file": "../../../etc/passwd"}\n',
        }
    ),
    "a lock that is deep": texts({"plants.md": NOTE, "deck.lock": '{"lock": ' + "[" * 100_000}),
    "pipes and a socket": _pipe_and_socket,
    "names that are one name elsewhere": _twins,
    "names of devices": named("con.md", "NUL.md", "com1.md", "aux.markdown", "a.md.", "b .md"),
    "names with signs": named("a\nb.md", "-o.md", "--trust.md", "a;id.md", "$(id).md", "`id`.md"),
    "paths out of the folder": answer("\n\n".join(f"![a]({path})" for path in FILES)),
    "names of Obsidian": answer("![[secret.png]] ![[../secret.png]] ![[secret.txt]]"),
    "addresses that are private": answer("\n\n".join(f"![a]({url})" for url in ADDRESSES)),
    "addresses that lead elsewhere": answer(
        "\n\n".join(f"![a](http://{{public}}/{number})" for number in range(len(REDIRECTS)))
    ),
    "a build lock that is a link": planted(lambda gate, to: gate.symlink_to(to / "secret.txt")),
    "a build lock that is a link to nothing": planted(
        lambda gate, to: gate.symlink_to(to / "PWNED")
    ),
    "a build lock that is a folder": planted(lambda gate, _to: gate.mkdir()),
    "a build lock that is a pipe": planted(lambda gate, _to: os.mkfifo(gate)),
    "a build lock that is another file": planted(lambda gate, to: os.link(to / "secret.txt", gate)),
    "an image that is a bomb": image(_png(60_000, 60_000)),
    "an image without pixels": image(_png(2**31 - 1, 2**31 - 1)),
    "an image that is a page": image(b"<html><script>evil()</script>"),
    "a drawing that reads a file": image(
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_SVG.format("&x;")}'.encode(),
        "a.svg",
    ),
    "a drawing that is a bomb": image(
        f'<!DOCTYPE svg [<!ENTITY l0 "a">{_LAUGHS}]>{_SVG.format("&l11;")}'.encode(), "a.svg"
    ),
    "a drawing that does something": image(
        _SVG.format(
            '<script>evil()</script><image x:href="http://127.0.0.1/a.png"/>'
            '<foreignObject><iframe src="javascript:evil()"/></foreignObject>'
            '<a x:href="javascript:evil()"><set attributeName="onclick" to="evil()"/></a>'
        ).encode(),
        "a.svg",
    ),
    "HTML that does something": answer(_HTML),
    "TeX that reads a file": answer(
        r"$\input{/etc/passwd}$ $\href{javascript:evil()}{a}$ $\includegraphics{/etc/passwd}$ "
        r"$\htmlData{a=b}{c}$ [latex]\input{/etc/passwd}[/latex] [$]\write18{id}[/$]"
    ),
    "sounds of Anki": answer(
        "[sound:../../secret.txt] [anki:play:q:0] [anki:tts lang=en]a[/anki:tts]"
    ),
    "templates of Anki": answer(
        "{{Question}} {{#Id}}a{{/Id}} {{c1::a::{{Id}}}} {{=<% %>=}} {{type:Id}}"
    ),
    "snippets": texts(
        {
            "plants.md": f'{NOTE}\n--8<-- "../../secret.txt"\n\n;--8<--\n',
            "deck.yml": "markdown: {flavour: python-markdown, extensions: [pymdownx.snippets]}",
        }
    ),
}  # fmt: skip


def lead_elsewhere(public: Server, port: int, outside: Path) -> None:
    """Have a server redirect to ``REDIRECTS``."""
    for number, target in enumerate(REDIRECTS):
        filled = target.replace("{outside}", outside.as_posix()).replace("{port}", str(port))
        filled = filled.replace("{public}", f"{public.host}:{public.port}")
        public.redirect(str(number), filled.encode("utf-8").decode("latin-1"))
    public.redirect("again", f"http://127.0.0.1:{port}/a.png")


def write_traps(decks: Path, outside: Path, port: int, public: str, temporary: Path) -> None:
    """Write every trap into a folder of its own below ``decks``, and what they want to reach."""
    outside.mkdir(exist_ok=True)
    (outside / "port").write_text(str(port), "utf-8")
    (outside / "public").write_text(public, "utf-8")
    (outside / "temporary").write_text(str(temporary), "utf-8")
    (outside / "secret.txt").write_text(f"{SECRET}\n", "utf-8")
    (outside / "secret.png").write_bytes(_png(1, 1) + SECRET.encode())
    for name, trap in TRAPS.items():
        folder = decks / name
        folder.mkdir(parents=True)
        trap(folder, outside)
