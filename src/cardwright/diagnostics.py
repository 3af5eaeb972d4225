"""Defines diagnostics as values, and prints them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from textwrap import indent
from urllib.parse import quote

from cardwright.model import Place

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


class Severity(Enum):
    """Errors prevent writing. Warnings leave a mark on the card where possible."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """Every diagnostic: its code, its severity and its meaning in one line.

    ``cardwright rule CODE`` shows the page ``rules/<code>.md``.
    """

    BAD_YAML = "CF101", Severity.ERROR, "deck.yml is not YAML"
    UNKNOWN_KEY = "CF102", Severity.ERROR, "deck.yml has a key that does not exist"
    BAD_SETTING = "CF103", Severity.ERROR, "a setting has a value it cannot have"
    REPEATED_KEY = "CF104", Severity.ERROR, "deck.yml has a key twice"
    BAD_EXTENSION = "CF106", Severity.ERROR, "a Python-Markdown extension cannot be used"
    PROJECT_KEPT = "CF107", Severity.WARNING, "the lock has another project"
    MISNAMED_SETTINGS = "CF108", Severity.ERROR, "the settings are in a file that is not read"
    BAD_STYLE = "CF109", Severity.ERROR, "style.css has a rule that no card may have"
    BAD_MACROS = "CF110", Severity.WARNING, "macros.tex has a line that defines nothing"
    UNTRUSTED = "CF111", Severity.ERROR, "a setting needs --trust"
    NOT_FOR_A_FOLDER = "CF112", Severity.WARNING, "a setting is not allowed in a subfolder"

    NOT_UTF8 = "SR201", Severity.ERROR, "a file is not UTF-8"
    UNREADABLE = "SR202", Severity.ERROR, "a file cannot be read"
    NO_MARKDOWN = "SR203", Severity.ERROR, "the folder has no Markdown file"
    BAD_FRONT_MATTER = "SR204", Severity.WARNING, "front matter is neither YAML nor TOML"
    BAD_FRONT_VALUE = "SR205", Severity.WARNING, "a front matter value cannot be used"
    INSIDE_A_DECK = "SR206", Severity.ERROR, "a file in a deck's folder cannot be built alone"
    LINK_OUTSIDE = "SR207", Severity.WARNING, "a link leads out of the content folder"
    NO_SUCH_PAGE = "SR208", Severity.WARNING, "'nav' names a file that is not there"
    BAD_NAME = "SR209", Severity.WARNING, "a file has a name that cannot be used"
    SAME_NAME = "SR210", Severity.ERROR, "two files have the same name"

    NO_QUESTIONS = "QA301", Severity.ERROR, "the content has no question"
    NOTHING_HERE = "QA302", Severity.WARNING, "a file has no question that was recognised"
    ONLY_QUESTIONS = "QA303", Severity.WARNING, "a file has questions, but no answers"
    ONLY_LINKS = "QA304", Severity.WARNING, "a file is an index of links"
    EMPTY_ANSWER = "QA305", Severity.WARNING, "a question has no answer"
    PLACEHOLDER_ANSWER = "QA306", Severity.WARNING, "an answer is a placeholder"
    LINK_ANSWER = "QA307", Severity.WARNING, "an answer is only a link"
    BAD_ATTRIBUTE = "QA308", Severity.WARNING, "a question has an unknown attribute"
    DUPLICATE_ID = "QA309", Severity.ERROR, "two questions of a file have the same id"
    DIALECT_KEPT = "QA310", Severity.WARNING, "a file would now be read differently"
    EMPTY_QUESTION = "QA311", Severity.WARNING, "a question has no text"
    OPEN_FENCE = "QA312", Severity.WARNING, "a code block is not closed before the next question"
    NOT_READ = "QA313", Severity.WARNING, "text that looks like a question was not read as one"
    ANSWER_OUTSIDE = (
        "QA315",
        Severity.WARNING,
        "an answer continues outside of its list item or callout",
    )
    LOST_ANSWER = "QA316", Severity.WARNING, "an answer belongs to no question"
    UNUSED_DIALECT = "QA317", Severity.WARNING, "a dialect that a file names finds nothing in it"
    MERE_TERMS = "QA318", Severity.WARNING, "headings that ask no question are read as terms"
    CONFLICT = "QA319", Severity.ERROR, "git left a conflict in a file"
    NO_DELETION = "QA321", Severity.WARNING, "a cloze note hides nothing"
    OPEN_DELETION = "QA322", Severity.WARNING, "a deletion is opened and never closed"
    BAD_DELETION = "QA323", Severity.WARNING, "Anki cannot show a deletion"

    UNKNOWN_SHORTCODE = "RN401", Severity.WARNING, "a shortcode is not known"
    UNCLOSED_FORMULA = "RN402", Severity.WARNING, "a formula is opened and never closed"
    REFUSED_FORMULA = "RN403", Severity.WARNING, "a formula uses a command that is not allowed"
    DROPPED_ELEMENT = "RN404", Severity.WARNING, "an HTML element is not allowed on a card"
    LEFT_OUT_LIQUID = "RN405", Severity.WARNING, "a tag of Liquid is left out"
    MDX_COMPONENT = "RN406", Severity.WARNING, "a component of MDX is not run"
    NOT_EMBEDDED = "RN407", Severity.WARNING, "a file that is embedded is not on the card"
    LOST_DELETION = "RN408", Severity.WARNING, "a deletion is in text that no card shows"
    BROKEN_FORMULA = "RN409", Severity.WARNING, "KaTeX cannot parse a formula"
    HEAVY_FORMULA = "RN410", Severity.WARNING, "a formula goes over a limit"
    NO_KATEX = "RN411", Severity.ERROR, "KaTeX cannot be run on this machine"
    LOST_FORMULA = "RN412", Severity.WARNING, "KaTeX failed on a formula"
    DENSE_TEXT = "RN413", Severity.WARNING, "Python-Markdown would take too long for a text"
    SURPLUS_CELLS = "RN414", Severity.WARNING, "a row of a table has more cells than the header"

    IMAGE_MISSING = "MD501", Severity.WARNING, "an image is not found"
    IMAGE_OUTSIDE = "MD502", Severity.WARNING, "an image's path leaves the content folder"
    IMAGE_REMOTE = "MD503", Severity.WARNING, "a remote image is not in the package"
    IMAGE_UNUSABLE = "MD504", Severity.WARNING, "a file is not an image that Anki shows"
    IMAGE_CASE = "MD505", Severity.WARNING, "an image and its file differ in upper and lower case"
    IMAGE_AMBIGUOUS = "MD506", Severity.WARNING, "the name of an image matches several files"
    HOST_DEAD = "MD507", Severity.WARNING, "the host of remote images does not respond"
    ADDRESS_REFUSED = "MD508", Severity.WARNING, "a remote image has an address that is not public"
    IMAGE_CHANGED = "MD509", Severity.WARNING, "a remote image has changed since it was pinned"
    IMAGE_OVERSIZED = "MD510", Severity.WARNING, "an image is too large to be opened"
    IMAGE_DAMAGED = "MD511", Severity.WARNING, "an image is damaged"
    DRAWING_CUT = "MD512", Severity.WARNING, "a part of an SVG image is left out"

    DAMAGED_LOCK = "LK601", Severity.ERROR, "the lock is damaged"
    CONFLICTED_LOCK = "LK602", Severity.ERROR, "the lock has conflict markers of git"
    NEWER_LOCK = "LK603", Severity.ERROR, "a newer Cardwright wrote the lock"
    LOCK_WOULD_CHANGE = "LK604", Severity.ERROR, "with --locked, the lock would change"
    NO_LOCK_WRITTEN = "LK605", Severity.WARNING, "the folder is read-only, so there is no lock"
    AMBIGUOUS_MATCH = "LK606", Severity.ERROR, "two questions could be the same old note"
    BUILT_ALONE = "LK607", Severity.WARNING, "a file was built in another deck before"
    BUILD_RUNNING = "LK608", Severity.ERROR, "another build of the deck is still running"
    NO_BUILD_LOCK = "LK609", Severity.WARNING, "simultaneous builds are not prevented"
    LOCK_BEHIND = "LK610", Severity.WARNING, "the package is newer than the lock"
    NOT_FORGOTTEN = "LK611", Severity.ERROR, "a note cannot be removed from the lock"
    NOT_RESTORED = "LK612", Severity.ERROR, "the lock cannot be restored from a package"
    UNRELATED_LOCK = "LK613", Severity.WARNING, "the lock has none of the questions"

    CANNOT_WRITE = "PK701", Severity.ERROR, "the package cannot be written"
    PACKAGE_OVERSIZED = "PK702", Severity.WARNING, "the package is larger than AnkiWeb allows"
    PACKAGE_REPLACED = "PK703", Severity.WARNING, "the package of another deck is replaced"

    NO_ANKI = "AN801", Severity.ERROR, "the package 'anki' is not installed"
    NO_COLLECTION = "AN802", Severity.ERROR, "no collection can be opened"
    COLLECTION_OPEN = "AN803", Severity.ERROR, "another program has the collection open"
    ANKI_SILENT = "AN804", Severity.ERROR, "Anki does not respond"
    WRONG_KEY = "AN805", Severity.ERROR, "the key of AnkiConnect is missing or wrong"
    NO_ADDRESS = "AN806", Severity.ERROR, "AnkiConnect cannot be at this address"
    ANKI_REFUSED = "AN810", Severity.ERROR, "Anki refuses a change"
    BOTH_CHANGED = "AN811", Severity.WARNING, "a field was changed in Anki and in the content"
    OTHER_NOTETYPE = "AN812", Severity.WARNING, "a note has another note type in Anki"
    NO_LOGIN = "AN821", Severity.ERROR, "no account is logged in"
    NO_KEYRING = "AN822", Severity.ERROR, "the system has no keyring"
    LOGIN_REFUSED = "AN823", Severity.ERROR, "the sync server refuses the account"
    FULL_SYNC_NEEDED = "AN824", Severity.ERROR, "a sync would replace all of one side"
    SYNC_FAILED = "AN825", Severity.ERROR, "the sync server does not respond"
    UNCLEAR_DECK = "AN830", Severity.ERROR, "it is not clear which deck to adopt"
    AMBIGUOUS_NOTE = "AN831", Severity.ERROR, "a question could be one of several notes in Anki"
    SIMILAR_NOTE = "AN832", Severity.WARNING, "a question may be a note in Anki in other words"
    CARD_WITHOUT_PLACE = "AN833", Severity.WARNING, "a note would lose cards, so it is not adopted"
    UNPLACED_EDIT = "AN841", Severity.WARNING, "an edit made in Anki cannot be placed"
    DECK_NOT_IN_ANKI = "AN842", Severity.ERROR, "Anki holds no note of the deck"
    UNREADABLE_PACKAGE = "AN843", Severity.ERROR, "a package cannot be read"

    def __init__(self, code: str, severity: Severity, meaning: str) -> None:
        self.code = code
        self.severity = severity
        self.meaning = meaning


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem, its place, and what to do about it."""

    place: Place
    code: Code
    message: str
    hint: str = ""  # "" for none
    excerpt: str = ""  # the author's text at the place, with a line of carets below

    @property
    def severity(self) -> Severity:
        return self.code.severity

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether a problem prevents writing. ``strict`` treats every warning as an error."""
    return any(strict or diagnostic.is_error for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by path, line and column, and drop repeats.

    Of each MDX component only the first in a file is kept.
    """
    found = sorted(dict.fromkeys(diagnostics), key=lambda each: (each.place, each.code.code))
    components = [each for each in reversed(found) if each.code is Code.MDX_COMPONENT]
    firsts = {(each.place.path, each.message): each for each in components}
    gone = {*components} - {*firsts.values()}
    return tuple(each for each in found if each not in gone)


def shorten(text: str, longest: int = 60) -> str:
    """Return the author's words for a message: one printable line, cut with ``…`` if too long."""
    line = " ".join(_UNPRINTABLE.sub("\ufffd", text[: longest * 4]).split())
    is_whole = len(line) <= longest and len(text) <= longest * 4
    return line if is_whole else line[: longest - 1] + "…"


def shorten_both(one: str, other: str, longest: int = 60) -> tuple[str, str]:
    """Like ``shorten`` for two texts. Also cuts at the start if the difference would be cut off."""
    lines = [" ".join(text.split()) for text in (one, other)]
    pairs = enumerate(zip(*lines, strict=False))
    shared = next((at for at, (a, b) in pairs if a != b), min(map(len, lines)))
    room = longest * 2 // 3
    if shared <= room or max(map(len, lines)) <= longest:
        return shorten(one, longest), shorten(other, longest)
    gap = lines[0].find(" ", shared - room, shared)
    start = gap + 1 if gap >= 0 else shared - room
    first, second = (f"…{shorten(line[start:], longest - 1)}" for line in lines)
    return first, second


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return a hint with the name most similar to ``word`` in any case, ``""`` if none is."""
    from difflib import get_close_matches  # only for messages, and slow to load

    by_lower_case = {name.lower(): name for name in names}
    near = get_close_matches(word[:80].lower(), by_lower_case, n=1)
    return f"did you mean '{by_lower_case[near[0]]}'?" if near else ""


def many(number: int, word: str) -> str:
    """Return a number with its noun: ``1 note``, ``2 notes``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def counts_of(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the numbers of errors and of warnings: ``1 error, 2 warnings``."""
    errors = sum(diagnostic.is_error for diagnostic in diagnostics)
    return f"{many(errors, 'error')}, {many(len(diagnostics) - errors, 'warning')}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence: ``a, b and c``."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def rule_page(code: Code) -> str:
    """Return the page about a code as Markdown."""
    return Path(__file__).with_name("rules").joinpath(f"{code.code}.md").read_text("utf-8")


def as_text(diagnostic: Diagnostic) -> str:
    """Return ``path:line:column: CODE message``, with excerpt and hint on indented lines below."""
    place = diagnostic.place
    position = ":".join(str(part) for part in (place.path, place.line, place.column) if part)
    excerpt = f"\n{indent(diagnostic.excerpt, '    ')}" if diagnostic.excerpt else ""
    hint = f"\n  hint: {diagnostic.hint}" if diagnostic.hint else ""
    return printable(f"{position}: {diagnostic.code.code} {diagnostic.message}{excerpt}{hint}")


def printable(text: str) -> str:
    """Replace control characters, which a terminal would obey.

    Paths and questions may have some.
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def as_dict(diagnostic: Diagnostic) -> dict[str, str | int]:
    """Return the object that ``--json`` prints."""
    return {
        "path": diagnostic.place.path,
        "line": diagnostic.place.line,
        "column": diagnostic.place.column,
        "code": diagnostic.code.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        **({"excerpt": diagnostic.excerpt} if diagnostic.excerpt else {}),
    }


def as_github(diagnostic: Diagnostic) -> str:
    """Return a workflow command, which GitHub Actions shows beside the line.

    Escapes as the Actions toolkit does: ``%``, CR and LF in text, and ``:`` and ``,`` in properties
    too.
    """
    place = diagnostic.place
    text = diagnostic.message + (f" (hint: {diagnostic.hint})" if diagnostic.hint else "")
    text += f"\n{diagnostic.excerpt}" if diagnostic.excerpt else ""
    where = f"file={_github_property(place.path)}"
    where += f",line={place.line}" if place.line else ""
    where += f",col={place.column}" if place.column else ""
    title = _github_property(diagnostic.code.code)
    return printable(f"::{diagnostic.severity.value} {where},title={title}::{_github_text(text)}")


def _github_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(diagnostics: Iterable[Diagnostic], version: str) -> str:
    """Return a SARIF 2.1.0 log with one run, as JSON text."""
    found = tuple(diagnostics)
    used = sorted({diagnostic.code for diagnostic in found}, key=lambda code: code.code)
    driver = {"name": "cardwright", "version": version, "rules": list(map(_sarif_rule, used))}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",  # without it, columns after an emoji are off by one
        "results": [_sarif_result(diagnostic, used) for diagnostic in found],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2)


def _sarif_rule(code: Code) -> dict[str, object]:
    page = rule_page(code)
    return {
        "id": code.code,
        "shortDescription": {"text": code.meaning},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": code.severity.value},
    }


def _sarif_result(diagnostic: Diagnostic, rules: list[Code]) -> dict[str, object]:
    place = diagnostic.place
    parts = (diagnostic.message, diagnostic.excerpt, diagnostic.hint)
    # GitHub shows nothing without a line. Problems of a whole file get the first line.
    region = {"startLine": place.line or 1}
    if place.line and place.column:
        region["startColumn"] = place.column
    location = {
        "artifactLocation": {"uri": quote(place.path, errors="replace")},
        "region": region,
    }
    return {
        "ruleId": diagnostic.code.code,
        "ruleIndex": rules.index(diagnostic.code),
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join(part for part in parts if part)},
        "locations": [{"physicalLocation": location}],
    }
