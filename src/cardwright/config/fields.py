"""Reads the keys of a table as typed values, and reports values of a wrong type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from cardwright.config.tree import Entry, Listing, Scalar, Table, Tree, YamlFlaw, parts_of, preview
from cardwright.diagnostics import Code, Diagnostic, did_you_mean, listed, shorten
from cardwright.model import Place
from cardwright.tex_macros import definitions_in, stripped

FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_NOTHING = ("", "~", "null")  # YAML 1.2, 10.3.2
WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
LABELS = ("question", "answer", "hint", "explanation")
"""What a label can begin."""
_LONGEST_LABEL = 60
_OF_MARKDOWN = re.compile(r"[\s\d>#|`~*_+.)-]+")
_MACRO = re.compile(r"\\(?:[A-Za-z]+|[^\sA-Za-z])")


class Fields:
    """A table that is read key by key.

    Problems are added to ``problems`` under ``code``, and reading continues as if the key were not
    given. A key without a value (``deck:``, ``deck: null``) is not given. If a key is repeated, the
    first one counts, and the others are in ``repeated``.
    """

    def __init__(
        self, table: Table, path: str, code: Code, problems: list[Diagnostic], name: str = ""
    ) -> None:
        self.table = table
        self.path = path
        self.code = code
        self.problems = problems
        self.name = name
        self.values: dict[str, Tree] = {}
        self.repeated: list[Entry] = []
        for entry in table.entries:
            if entry.key in self.values:
                self.repeated.append(entry)
            else:
                self.values[entry.key] = entry.value

    def text(self, key: str) -> str:
        """Return text in NFC without space around it, ``""`` if it is not given."""
        value = self.given(key)
        return self.text_of(key, value) if value is not None else ""

    def line(self, key: str) -> str:
        """Return text on one line, with white space collapsed."""
        return " ".join(self.text(key).split())

    def deck(self, key: str) -> str:
        """Return a deck's name, joined by ``::`` without empty parts, or ``""``."""
        name = self.line(key)
        parts = [part.strip() for part in name.split("::")]
        if name and not all(parts):
            self.fault(key, self.values[key], "a deck's name, with text on either side of '::'")
            return ""
        return "::".join(parts)

    def choice(self, key: str, names: Sequence[str], default: str) -> str:
        """Return one of ``names``."""
        value = self.given(key)
        return default if value is None else self._chosen(key, value, names) or default

    def choices(self, key: str, names: Sequence[str], alone: Sequence[str]) -> tuple[str, ...]:
        """Return one of ``names``, or several in a list without those in ``alone``, or ``()``."""
        value = self.given(key)
        if not isinstance(value, Listing):
            chosen = self.choice(key, names, "")
            return (chosen,) if chosen else ()
        allowed = [name for name in names if name not in alone]
        found = (self._chosen(key, part, allowed) for part in value.parts)
        return tuple(dict.fromkeys(name for name in found if name))

    def _chosen(self, key: str, value: Tree, names: Sequence[str]) -> str:
        """Return the value if it is one of ``names``, else report it and return ``""``."""
        text = value.text if isinstance(value, Scalar) else ""
        if text in names:
            return text
        self.fault(key, value, listed(names, "or"), did_you_mean(text, names))
        return ""

    def whole(self, key: str, low: int, high: int) -> int | None:
        """Return a whole number from ``low`` to ``high``, or ``None``."""
        value = self.given(key)
        if value is None:
            return None
        if isinstance(value, Scalar) and not value.is_quoted and WHOLE_NUMBER.fullmatch(value.text):
            number = int(value.text)
            if low <= number <= high:
                return number
        self.fault(key, value, f"a whole number from {low} to {high}", _quotes_off(value))
        return None

    def flag(self, key: str, *, is_default: bool = False) -> bool:
        """Return true or yes, false or no, in any case, or else ``is_default``."""
        value = self.given(key)
        if value is None:
            return is_default
        if isinstance(value, Scalar) and not value.is_quoted and value.text.lower() in FLAGS:
            return FLAGS[value.text.lower()]
        self.fault(key, value, "true or false", _quotes_off(value))
        return is_default

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, or a single text as a list, without empty ones."""
        found = (self.text_of(key, part) for part in self.parts(key))
        return tuple(text for text in found if text)

    def tags(self, key: str) -> tuple[str, ...]:
        """Return tags of a list, or of a text with commas or spaces, each once, without ``#``."""
        value = self.given(key)
        found: Sequence[str] = self.texts(key)
        if isinstance(value, Scalar) and found:
            found = found[0].split("," if "," in found[0] else None)
        bare = (" ".join(tag.strip().removeprefix("#").split()) for tag in found)
        return tuple(dict.fromkeys(tag for tag in bare if tag))

    def macros(self, key: str) -> tuple[tuple[str, str], ...]:
        r"""Return TeX macros in order, from ``\name: body`` or from TeX that defines them."""
        value = self.given(key)
        if isinstance(value, Scalar):
            found = definitions_in(self.text_of(key, value))
            if not found:
                self.fault(key, value, r"a mapping of names to TeX, or \newcommand and its like")
            return found
        inside = self.inside(key)
        macros = []
        for name, body in inside.values.items():
            if not _MACRO.fullmatch(name):
                hint = f"write '\\{name}'" if _MACRO.fullmatch("\\" + name) else ""
                self.report(body, rf"'{shorten(name)}' is not a macro's name, as '\name' is", hint)
            elif not isinstance(body, Scalar):
                inside.fault(name, body, "TeX")
            else:
                is_tex = bool(inside.text(name))
                macros.append((name, stripped(unicodedata.normalize("NFC", body.text)) * is_tex))
        return tuple(macros)

    def labels(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return labels, each after what it begins: ``("answer", "Soln")``. A colon is no part."""
        inside = self.inside(key)
        inside.check_keys(LABELS)
        found = {name: dict.fromkeys(inside.texts(name)) for name in LABELS}
        for name, words in found.items():
            for word in words:
                if len(word) > _LONGEST_LABEL or _OF_MARKDOWN.fullmatch(word):
                    expected = "a short text that is no mark of Markdown, such as 'Task' or '=>'"
                    inside.fault(name, inside.values[name], expected)
                    return ()
        return tuple(
            (name, word.rstrip(": ") or word) for name, words in found.items() for word in words
        )

    def inside(self, key: str) -> Fields:
        """Return the fields of an inner table, without keys if it is not given."""
        value = self.given(key)
        if value is not None and not isinstance(value, Table):
            self.fault(key, value, "a mapping of keys to values")
        table = value if isinstance(value, Table) else Table((), 0, 0)
        return Fields(table, self.path, self.code, self.problems, self.full(key))

    def text_of(self, key: str, value: Tree) -> str:
        """Return a value as text in NFC without space around it, ``""`` if it is not text."""
        if not isinstance(value, Scalar):
            self.fault(key, value, "text")
            return ""
        if _FORBIDDEN.search(value.text):
            self.fault(key, value, "text without control characters")
            return ""
        return unicodedata.normalize("NFC", value.text).strip()

    def given(self, key: str) -> Tree | None:
        """Return the value of ``key``, ``None`` if it is not given."""
        value = self.values.get(key)
        if isinstance(value, Scalar) and not value.is_quoted and value.text in _NOTHING:
            return None
        return value

    def parts(self, key: str) -> tuple[Tree, ...]:
        """Return the values of a list, or a single value as a list, ``()`` if it is not given."""
        value = self.given(key)
        return () if value is None else parts_of(value)

    def full(self, key: str) -> str:
        """Return the key with the names of the tables around it, joined by dots."""
        return f"{self.name}.{key}" if self.name else key

    def fault(self, key: str, value: Tree, expected: str, hint: str = "") -> None:
        """Report that ``value`` is not what ``key`` requires."""
        self.report(value, f"'{self.full(key)}' must be {expected}, not {preview(value)}", hint)

    def report(
        self, at: Tree | Entry | YamlFlaw, message: str, hint: str = "", code: Code | None = None
    ) -> None:
        """Add a diagnostic at a value or a key."""
        place = Place(self.path, at.line, at.column)
        self.problems.append(Diagnostic(place, code or self.code, message, hint))

    def check_keys(self, names: Sequence[str]) -> None:
        """Report keys that are not in ``names`` (CF102 in settings), and repeated keys (CF104)."""
        is_settings = self.code is Code.BAD_SETTING
        for entry in self.table.entries:
            if entry.key not in names:
                owner = f"'{self.name}'" if self.name else "the settings"
                message = f"'{shorten(entry.key)}' is not a key of {owner}"
                hint = did_you_mean(entry.key, names) or f"use one of {', '.join(names)}"
                if entry.key == "macros" and not self.name:
                    hint = "write 'math: {macros: …}'"
                self.report(entry, message, hint, Code.UNKNOWN_KEY if is_settings else None)
        if is_settings:
            self.report_repeated()

    def report_repeated(self) -> None:
        """Report repeated keys (``CF104``)."""
        firsts = {entry.key: entry.line for entry in reversed(self.table.entries)}
        for entry in self.repeated:
            message = f"'{shorten(entry.key)}' is given twice, first on line {firsts[entry.key]}"
            self.report(entry, message, "keep one of them", Code.REPEATED_KEY)


def _quotes_off(value: Tree) -> str:
    is_quoted = isinstance(value, Scalar) and value.is_quoted
    return "write it without quotes" if is_quoted else ""
