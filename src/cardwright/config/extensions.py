"""Reads the extensions in ``deck.yml``, and rejects those that may not be loaded.

A stranger may have written the settings, and an extension is code. So extensions that are not well
known are rejected (``CF111``), unless the user trusts the folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from cardwright.config.fields import FLAGS, WHOLE_NUMBER, Fields
from cardwright.config.known_extensions import EXTENSIONS, REASONS, OptionKinds, module_of
from cardwright.config.tree import Entry, Listing, Scalar, Table, Tree, Unresolved
from cardwright.diagnostics import Code, did_you_mean, shorten
from cardwright.model import Place

Extension = tuple[str, tuple[tuple[str, str], ...]]
"""The name of an extension, and its options as pairs of key and JSON value."""

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")


def read_extensions(inside: Fields, *, is_trusted: bool) -> Iterator[tuple[Extension, Place]]:
    """Yield valid extensions from a list of names, or of names with options, as in MkDocs."""
    for part in inside.parts("extensions"):
        for entry in _entries(inside, part):
            before = len(inside.problems)
            options = _options(inside, entry, is_trusted=is_trusted)
            if len(inside.problems) == before:
                yield (entry.key, options), Place(inside.path, entry.line, entry.column)


def _entries(inside: Fields, part: Tree) -> tuple[Entry, ...]:
    if isinstance(part, Table):
        return part.entries
    name = inside.text_of("extensions", part)
    nothing = Scalar("", part.line, part.column)
    return (Entry(name, nothing, part.line, part.column),) if name else ()


def _options(inside: Fields, entry: Entry, *, is_trusted: bool) -> tuple[tuple[str, str], ...]:
    known = EXTENSIONS.get(module_of(entry.key))
    if known is None and not is_trusted:
        hint = REASONS.get(entry.key) or did_you_mean(entry.key, [*_SHORT_NAMES, *EXTENSIONS])
        message = f"extension '{shorten(entry.key)}' needs '--trust': it is not well known"
        inside.report(entry, message, hint or _TRUST, Code.UNTRUSTED)
        return ()
    value = entry.value
    if not isinstance(value, Table):
        if value != Scalar("", value.line, value.column):
            inside.fault(entry.key, value, "a mapping of options")
        return ()
    options = Fields(value, inside.path, inside.code, inside.problems, inside.full(entry.key))
    options.report_repeated()
    typed = {key: _typed(options, key, option) for key, option in options.values.items()}
    if known is not None and not is_trusted:
        _check(options, typed, known)
    return tuple((key, json.dumps(option, ensure_ascii=False)) for key, option in typed.items())


_SHORT_NAMES = tuple(
    name.removeprefix("markdown.extensions.") for name in EXTENSIONS if name.startswith("markdown.")
)
_TRUST = "if the folder is yours, '--trust' lets its settings load any code that is installed"


def _check(options: Fields, typed: Mapping[str, object], known: OptionKinds) -> None:
    """Report options that are not in ``known`` or of the wrong kind.

    Tags and aliases were reported before.
    """
    for entry in options.table.entries:
        kind = known.get(entry.key)
        if isinstance(entry.value, Unresolved):
            continue
        if kind is None:
            message = f"option '{shorten(options.full(entry.key))}' needs '--trust'"
            hint = did_you_mean(entry.key, known) or _TRUST
            options.report(entry, message, hint, Code.UNTRUSTED)
        elif isinstance(kind, Mapping):
            inside = options.inside(entry.key)
            inner = typed[entry.key]
            _check(inside, inner if isinstance(inner, dict) else {}, kind)
        elif not kind.is_fit(typed[entry.key]):
            options.fault(entry.key, entry.value, kind.words)


def _typed(options: Fields, key: str, value: Tree) -> object:
    """Return an option as a JSON value. Unquoted text may be a flag, a number or null."""
    if isinstance(value, Table):
        return {entry.key: _typed(options, key, entry.value) for entry in value.entries}
    if isinstance(value, Listing):
        return [_typed(options, key, part) for part in value.parts]
    if isinstance(value, Unresolved):
        options.fault(
            key, value, "a plain value", "leave it out: tags and aliases are not followed"
        )
        return None
    if value.is_quoted:
        return value.text
    if value.text in ("", "~", "null"):
        return None
    if WHOLE_NUMBER.fullmatch(value.text):
        return int(value.text)
    if _DECIMAL.fullmatch(value.text):
        return float(value.text)
    return FLAGS.get(value.text.lower(), value.text)
