"""Read the cases of ``tests/problems``: content that is wrong, and what is said about it.

A case is a Markdown file named after its code. Its fences hold files: ``file NAME`` (with
``latin-1`` behind it in that encoding), ``before NAME`` (there at a first build, which must be
fine), ``link NAME TARGET``, ``large NAME BYTES`` (zeros behind it), ``served NAME`` and
``served-before NAME`` (what a server on loopback has, whose address stands for ``{server}`` in
every text), and ``expected``: the diagnostic as it is printed, ``{build}`` being the folder of
the package. A line ``command: …`` holds another one than ``build .``, a line ``options: …`` what
the command line would say; ``--read-only`` stands
for a folder that is, ``--held`` for another build that does not end, ``--no-temp`` for a system
without a temporary folder, ``--no-python`` for one where no second Python can be
started, ``--no-time`` for a KaTeX that gets none. What else stands there is
one of ``tests.push.situations``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

PROBLEMS = Path(__file__).parent / "problems"
_FENCE = re.compile(r"^```` (?P<info>[^\n]+)\n(?P<text>.*?)^````$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Case:
    """``before``, ``files`` and what is served map names to bytes, ``links`` names to targets.

    ``sizes`` holds the sizes of large files, in bytes. ``files`` has only how they begin.
    """

    code: str
    command: tuple[str, ...]
    options: tuple[str, ...]
    before: dict[str, bytes]
    files: dict[str, bytes]
    links: dict[str, str]
    sizes: dict[str, int]
    served_before: dict[str, bytes]
    served: dict[str, bytes]
    expected: str


def cases() -> list[Case]:
    """All cases, by code."""
    return [_case(path) for path in sorted(PROBLEMS.glob("*.md"))]


def _case(path: Path) -> Case:
    text = path.read_text("utf-8")
    lines = re.findall(r"^(command|options): (.+)$", text, re.MULTILINE)
    said = {name: tuple(line.split()) for name, line in lines}
    order, options = said.get("command", ()), said.get("options", ())
    case = Case(path.stem, order, options, {}, {}, {}, {}, {}, {}, "")
    expected = ""
    for fence in _FENCE.finditer(text):
        kind, *words = fence["info"].split()
        if kind == "expected":
            expected = fence["text"].rstrip("\n")
        elif kind == "link":
            case.links[words[0]] = words[1]
        elif kind == "large":
            case.files[words[0]] = fence["text"].rstrip("\n").encode()
            case.sizes[words[0]] = int(words[1])
        else:
            name = words[0].encode().decode("unicode_escape")
            encoding = words[1] if len(words) > 1 else "utf-8"
            kinds = {
                "before": case.before,
                "served": case.served,
                "served-before": case.served_before,
            }
            kinds.get(kind, case.files)[name] = fence["text"].encode(encoding)
    return replace(case, expected=expected)
