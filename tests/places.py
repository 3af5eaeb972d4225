"""Where a text can be in a deck: the files of a small deck that has it there.

In ``front matter``, ``settings``, ``lock`` and the like the text is all that is there, and often
refused at its first sign. The other places of such a file quote it, so that it is read to the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape

Place = Callable[[str], dict[str, str]]

NOTE = "## What is a leaf?\n\nIt is\n\n"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
_NO_FILE = re.compile(r"[\0/\n]")
_ENTRY = {
    "guid": "", "file": "notes.md", "section": [], "answer": "96pqk36ia9pje",
    "made": "eq3v3hih9sibf", "media": [], "mod": 1795837513, "deck": "a::notes", "id": "",
    "is_new": False, "is_retired": False,
    "sketch": "..P.........M.....................Z.............",
}  # fmt: skip
"""A note of a lock, without what is different in each."""


def _with_front_matter(text: str) -> dict[str, str]:
    return {"notes.md": f"---\n{text}\n---\n{NOTE}"}


def _with_settings(**settings: object) -> dict[str, str]:
    lines = (f"{name}: {json.dumps(value)}\n" for name, value in settings.items())
    return {"notes.md": NOTE, "deck.yml": "".join(lines)}


def _with_drawing(content: str) -> dict[str, str]:
    return {"notes.md": f"{NOTE}![a](a.svg)\n", "a.svg": f"{_SVG}{content}</svg>"}


def _with_lock(text: str) -> dict[str, str]:
    records = ['{"lock": 4, "project": "a"}', '{"deck": "a"}']
    after = ""
    for number, part in enumerate(_parts(text)):
        guid = f"a{number:012}"
        different = {"guid": guid, "front": part, "born": 1795837513000 + number, "after": after}
        records.append(json.dumps(_ENTRY | different))
        after = guid
    notes = "".join(f"## What is {_in_line(part)}?\n\nIt is it.\n\n" for part in _parts(text))
    return {"notes.md": notes, "deck.lock": "\n\n".join([*records, '{"end": "lock"}\n'])}


def _in_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _letters(part: str) -> str:
    """A name for a macro, by the number that a part begins with."""
    return "".join("abcdefghij"[int(digit)] for digit in part.split(" ", 1)[0])


def _parts(text: str) -> Iterable[str]:
    """The text in pieces of a hundred characters, none of them only blanks."""
    return (f"{at} {text[at : at + 100]}" for at in range(0, len(text), 100))


PLACES: Mapping[str, Place] = {
    "answer": lambda text: {"notes.md": f"{NOTE}{text}\n"},
    "file": lambda text: {"notes.md": text},
    "question": lambda text: {"notes.md": f"## What is {_in_line(text)}?\n\nIt is it.\n"},
    "cloze": lambda text: {"notes.md": f"---\nquestions: cloze\n---\n{{{{c1::a}}}} b {text}\n"},
    "clozes": lambda text: {
        "notes.md": "---\nquestions: cloze\n---\n"
        + "".join(f"{{{{c1::{line}}}}} b\n\n" for line in text.split("\n"))
    },
    "formula": lambda text: {"notes.md": f"{NOTE}$$\n{text}\n$$\n"},
    "code": lambda text: {"notes.md": f"{NOTE}```python\n{text}\n```\n"},
    "HTML": lambda text: {"notes.md": f"{NOTE}<div>{text}</div>\n"},
    "front matter": _with_front_matter,
    "a title in front matter": lambda text: _with_front_matter(
        f"title: {json.dumps(_in_line(text))}"
    ),
    "tags in front matter": lambda text: _with_front_matter(
        f"tags: {json.dumps([_in_line(part) for part in _parts(text)])}"
    ),
    "macros in front matter": lambda text: {
        "notes.md": f"---\nmacros:\n  \\a: {json.dumps(text)}\n---\n{NOTE}$\\a$\n"
    },
    "tags of a note": lambda text: {
        "notes.md": f"## What is a leaf? {{.a {_in_line(text)}}}\n\nIt is it.\n\n"
    },
    "hashtags": lambda text: {"notes.md": f"#{'#'.join(_parts(text))}\n\n{NOTE}"},
    "file names": lambda text: {
        f"{_NO_FILE.sub(' ', part).strip(' .')}.md": NOTE for part in _parts(text)
    },
    "settings": lambda text: {"notes.md": NOTE, "deck.yml": text},
    "a value of the settings": lambda text: _with_settings(deck=_in_line(text), description=text),
    "values of the settings": lambda text: _with_settings(
        tags=[_in_line(part) for part in _parts(text)],
        include=["*.md", *(_in_line(part).replace("*", "") for part in _parts(text))][:1000],
        math={"macros": {f"\\{_letters(part)}": part for part in _parts(text)}},
    ),
    "lock": lambda text: {"notes.md": NOTE, "deck.lock": text},
    "a value of the lock": lambda text: {
        "notes.md": NOTE,
        "deck.lock": f'{{"lock": 4, "project": "a"}}\n\n{{"deck": {json.dumps(text)}}}\n\n'
        '{"end": "lock"}\n',
    },
    "questions of the lock": _with_lock,
    "macros": lambda text: {"notes.md": f"{NOTE}$\\a$\n", "macros.tex": text},
    "bodies of macros": lambda text: {
        "notes.md": f"{NOTE}$\\a$\n",
        "macros.tex": "".join(f"\\a{{{_in_line(part)}}}\n" for part in _parts(text)),
    },
    "definitions of macros": lambda text: {
        "notes.md": f"{NOTE}$\\a$\n",
        "macros.tex": f"\\newcommand{{\\a}}{{{text}}}\n" * 2,
    },
    "stylesheet": lambda text: {"notes.md": NOTE, "style.css": text},
    "a value of the stylesheet": lambda text: {
        "notes.md": NOTE, "style.css": f".card {{ --a: {text}; }}\n",
    },
    "drawing": lambda text: _with_drawing(f"<text>{text}</text>"),
    "text of a drawing": lambda text: _with_drawing(f"<text>{escape(text)}</text>"),
    "attributes of a drawing": lambda text: _with_drawing(
        "".join(
            f'<path {name}="{escape(text, {chr(34): "&quot;"})}"/>'
            for name in ("d", "style", "transform", "fill", "id", "class", "href")
        )
    ),
    "style of a drawing": lambda text: _with_drawing(f"<style>{escape(text)}</style><path/>"),
    "rules of a drawing": lambda text: _with_drawing(
        f"<style>.a{{fill:{escape(text)}}}</style><path class='a'/>"
    ),
}  # fmt: skip
"""By what is there; the text may be of any length."""

MOST: Mapping[str, int] = {
    "front matter": 28, "a title in front matter": 14, "tags in front matter": 14,
    "macros in front matter": 14, "stylesheet": 64, "a value of the stylesheet": 64,
}  # fmt: skip
"""KB of text in a place that may have no more: what is longer is refused, or read as a note."""
