"""Matches files against patterns as in ``.gitignore``, and reads which warnings to ignore."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cardwright.config.fields import Fields
from cardwright.config.tree import Scalar, Table, Tree, parts_of
from cardwright.diagnostics import Code, did_you_mean, shorten

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_MOST_PATTERNS = 1_000


@dataclass(frozen=True, slots=True)
class Ignored:
    """A warning that is not reported. ``files`` is a pattern, ``""`` for every file."""

    code: str
    files: str = ""


def matches(patterns: tuple[str, ...], path: str) -> bool:
    """Whether a pattern matches a path or a folder above it.

    Patterns are as in ``.gitignore`` (https://git-scm.com/docs/gitignore): ``drafts/``,
    ``*.tmp.md``, ``notes/**/old.md``, ``!notes/keep.md``. The path of a folder ends in ``/``.
    """
    return bool(patterns) and _spec(patterns).match_file(path)


@cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # imported here: few decks have patterns

    return GitIgnoreSpec.from_lines(patterns)


def read_patterns(inside: Fields, key: str) -> tuple[str, ...]:
    """Return the patterns under a key. Invalid ones are reported and left out."""
    found = tuple(text for text in inside.texts(key) if _is_pattern(inside, key, text))
    if len(found) > _MOST_PATTERNS:
        inside.fault(key, inside.values[key], f"at most {_MOST_PATTERNS:,} patterns")
        return ()
    return found


def _is_pattern(inside: Fields, key: str, text: str) -> bool:
    from pathspec.patterns.gitignore import GitIgnorePatternError

    if _has_many_stars(text):
        message = f"'{shorten(text)}' in '{key}' has too many stars"
        hint = f"write at most {_MOST_STARS} '*' in a name, and {_MOST_STARS} '**' in a pattern"
        inside.report(inside.values[key], message, hint)
        return False
    try:
        _spec((text,))
    except GitIgnorePatternError:
        message = f"'{shorten(text)}' in '{key}' is not a pattern"
        inside.report(inside.values[key], message, "write it as in .gitignore, such as 'drafts/'")
        return False
    return True


def _has_many_stars(pattern: str) -> bool:
    """Whether matching could take years: it tries every place for every star."""
    names = pattern.split("/")
    deep = sum("**" in name for name in names)
    return deep > _MOST_STARS or any(len(_STARS.findall(name)) > _MOST_STARS for name in names)


_MOST_STARS = 3
_STARS = re.compile(r"\*+")


def read_ignored(inside: Fields, *, has_files: bool = True) -> tuple[Ignored, ...]:
    """Return codes to ignore, for all files or by a pattern. Front matter has no patterns."""
    parts = inside.parts("ignore")
    return tuple(ignored for part in parts for ignored in _ignored(inside, part, has_files))


def _ignored(inside: Fields, part: Tree, has_files: bool) -> Iterator[Ignored]:
    if isinstance(part, Scalar):
        if _is_code(inside, part):
            yield Ignored(part.text.upper())
    elif isinstance(part, Table) and has_files:
        for entry in part.entries:
            if not _is_pattern(inside, "ignore", entry.key):
                continue
            for code in parts_of(entry.value):
                if isinstance(code, Scalar) and _is_code(inside, code):
                    yield Ignored(code.text.upper(), entry.key)
    else:
        inside.fault("ignore", part, "codes of diagnostics, such as QA305")


def _is_code(inside: Fields, value: Scalar) -> bool:
    """Whether a value is the code of a warning. Errors cannot be ignored."""
    known = {code.code: code for code in Code}
    code = known.get(value.text.upper())
    if code is None:
        hint = did_you_mean(value.text, known) or "copy the code from a message"
        inside.report(value, f"'{shorten(value.text)}' is not the code of a diagnostic", hint)
        return False
    if code.severity.value == "error":
        message = f"{code.code} is an error, and only warnings can be ignored"
        inside.report(value, message, f"'cardwright rule {code.code}' says what to do")
        return False
    return True
