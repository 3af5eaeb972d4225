"""Offers quick fixes: the edits that hints describe, and ``ignore`` for warnings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cardwright.config import load_config
from cardwright.diagnostics import Diagnostic, shorten
from cardwright.lsp.attributes import QuestionReader, attribute_edit
from cardwright.lsp.check import CheckedNote
from cardwright.lsp.positions import LineEdit, apply_edit
from cardwright.source.frontmatter import read_front_matter

_ATTRIBUTE = re.compile(r"\{(#[a-z0-9]{13}|skip|new)\}")
_MEANT = re.compile(r"did you mean '([^']+)'\?")
_QUOTED = re.compile(r"""(["'])(.+?)\1""")
_IGNORE = re.compile(r"ignore\s*[:=]\s*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Action:
    """An edit of the current file, and its title in the editor."""

    title: str
    edit: LineEdit
    problem: Diagnostic | None = None


def fix_actions(
    problem: Diagnostic, lines: Sequence[str], read: QuestionReader | None
) -> Iterator[Action]:
    """Yield edits that insert an attribute named in the hint, or replace a misspelled word."""
    number = problem.place.line
    if not 0 < number <= len(lines):
        return
    for word in dict.fromkeys(_ATTRIBUTE.findall(problem.hint)):
        edit = attribute_edit(number, lines, word, read)
        if edit:
            yield Action(f"Write {{{word}}}", edit, problem)
    meant = _MEANT.search(problem.hint)
    word_edit = _replacement(problem, lines[number - 1], meant[1]) if meant else None
    if meant and word_edit:
        yield Action(f"Change it to '{meant[1]}'", word_edit, problem)


def note_actions(
    checked: CheckedNote, lines: Sequence[str], read: QuestionReader | None
) -> Iterator[Action]:
    """Yield an edit for a question that was perhaps matched to the wrong note, or to none."""
    before, weak = checked.identity.before, checked.identity.weak_match
    if weak is not None:
        word, title = f"#{weak.guid}", f"This is '{shorten(weak.front, 40)}' in other words"
    elif before is not None and before.front != checked.identity.entry.front:
        word, title = "new", f"This is not '{shorten(before.front, 40)}': make a new note"
    else:
        return
    edit = attribute_edit(checked.line, lines, word, read)
    if edit:
        yield Action(title, edit)


def _replacement(problem: Diagnostic, line: str, meant: str) -> LineEdit | None:
    """Replace a word that the message quotes with ``meant``.

    The word is at the column of the problem, or occurs once in the line.
    """
    start = max(problem.place.column - 1, 0)
    words = [match[2] for match in _QUOTED.finditer(problem.message)]
    near = (start, start + 1)  # possibly after a quote
    found = [(at, word) for word in words for at in near if line.startswith(word, at)]
    found += [(line.index(word), word) for word in words if line.count(word) == 1]
    for at, word in found[:1]:
        return LineEdit(problem.place.line, at + 1, at + 1 + len(word), meant)
    return None


def ignore_in_file(lines: Sequence[str], code: str) -> LineEdit | None:
    """Make the front matter of a file ignore a code. ``None`` if no edit is certain to do this."""
    length = read_front_matter(lines, "")[0].length
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not length or lines[first][:3] not in ("---", "+++"):
        edit = LineEdit(1, 1, 1, f"---\nignore: [{code}]\n---\n\n")
    else:
        edit = _ignore_edit(lines, first + 1, length - 1, code, is_toml=lines[first][:3] == "+++")

    def ignored(text: Sequence[str]) -> Sequence[str]:
        return read_front_matter(text, "")[0].ignore

    return edit if _only_adds(code, edit, lines, ignored) else None


def ignore_in_deck(lines: Sequence[str], code: str) -> LineEdit | None:
    """Make the settings of a deck ignore a code. ``None`` if no edit is certain to do this."""
    edit = _ignore_edit(lines, 0, len(lines), code, is_toml=False)

    def ignored(text: Sequence[str]) -> Sequence[str]:
        config, _ = load_config("\n".join(text), "")
        return [f"{each.files} {each.code}" if each.files else each.code for each in config.ignore]

    return edit if _only_adds(code, edit, lines, ignored) else None


def _ignore_edit(
    lines: Sequence[str], first: int, last: int, code: str, *, is_toml: bool
) -> LineEdit:
    """Add a code to the key ``ignore`` in lines ``first`` to ``last`` (from 0), or add the key."""
    for index in range(first, last):
        found = _IGNORE.match(lines[index])
        if not found:
            continue
        value, line = found["value"].rstrip(), lines[index].rstrip()
        quoted = f'"{code}"' if is_toml else code
        if value.startswith("[") and value.endswith("]"):
            comma = ", " if value[1:-1].strip() else ""
            return LineEdit(index + 1, len(line), len(line), f"{comma}{quoted}")
        if not value:
            below = lines[index + 1] if index + 1 < len(lines) else ""
            indent = below[: len(below) - len(below.lstrip())]
            return LineEdit(index + 1, len(line) + 1, len(line) + 1, f"\n{indent}- {code}")
        start = found.start("value") + 1
        return LineEdit(index + 1, start, start + len(value), f"[{value}, {quoted}]")
    written = f'ignore = ["{code}"]\n' if is_toml else f"ignore: [{code}]\n"
    if first:  # after the opening fence of front matter
        return LineEdit(first + 1, 1, 1, written)
    if lines and lines[-1].strip():
        end = len(lines[-1]) + 1
        return LineEdit(len(lines), end, end, f"\n{written}")
    return LineEdit(max(len(lines), 1), 1, len(lines[-1]) + 1 if lines else 1, written)


def _only_adds(
    code: str,
    edit: LineEdit,
    lines: Sequence[str],
    ignored: Callable[[Sequence[str]], Sequence[str]],
) -> bool:
    """Whether the edit makes the text ignore ``code``, and changes nothing else that it ignores."""
    after = apply_edit(lines, edit)
    return sorted(ignored(after)) == sorted([*ignored(lines), code])
