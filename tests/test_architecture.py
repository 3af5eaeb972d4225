"""The rules of the architecture that an import can break."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import cardwright
from cardwright.config import DIALECT_NAMES
from cardwright.dialects import AUTO, DIALECTS, NONE
from cardwright.dialects.catalogue import Dialect

SOURCE = Path(cardwright.__file__).parent
LONGEST_FINDER = 120
"""So many lines the module of a finder has at most. What finders share has modules of its own."""
STAGES = (
    *("source", "parse", "render", "math", "resolve", "media", "filing", "identify", "package"),
)
ABOVE_THE_STAGES = (
    "adopt",
    "api",
    "building",
    "changes",
    "cli",
    "content",
    "delivery",
    "disk",
    "explain",
    "lock_checks",
    "lsp",
    "making",
    "outcome",
    "pipeline",
    "planning",
    "preview",
    "pull",
    "scaffold",
    "upkeep",
    "watching",
)
"""What joins the stages, or reads and writes for them."""

HOMES = {
    "anki": ("delivery",),
    "backports": ("package",),
    "click": ("cli", "terminal"),
    "filelock": ("disk",),
    "genanki": ("package",),
    "httpx": ("media",),
    "lsprotocol": ("lsp",),
    "markdown": ("render",),
    "nh3": ("resolve",),
    "PIL": ("media",),
    "keyring": ("delivery",),
    "pathspec": ("config",),
    "platformdirs": ("delivery", "making"),
    "py_mini_racer": ("math",),
    "pygls": ("lsp",),
    "pygments": ("resolve",),
    "pyromark": ("commonmark",),
    "rapidfuzz": ("identify", "planning"),
    "rich": ("terminal", "render"),
    "starlette": ("preview",),
    "tinycss2": ("content", "media", "resolve"),
    "uvicorn": ("preview",),
    "watchfiles": ("watching",),
    "yaml": ("config",),
}
"""Where a library is known; ``markdown_it`` is in several places."""

MODULES = sorted(SOURCE.rglob("*.py"))

SHORTEST, LONGEST = 40, 300
"""Lines of a module. One outside of this range needs a reason."""

REASONS = {
    "api.py": "The API in one page: its values, and the four functions that return them.",
    "blocks/__init__.py": "The face of the package: the values that others may use.",
    "changes/browse.py": "Five packages search Anki, and need nothing else of this package.",
    "cli/rule.py": "Each command has a file of its own.",
    "cli/schema.py": "Each command has a file of its own.",
    "config/__init__.py": "The settings as values, and how each key becomes one.",
    "config/known_extensions.py": "A table: what each extension may be told.",
    "diagnostics.py": "A table: the codes. Around it, what prints them.",
    "dialects/__init__.py": "The face of the package: the values that others may use.",
    "dialects/answer.py": "One question: do these lines answer, and which of them?",
    "dialects/asking.py": "One question: can this line ask, and what follows it?",
    "dialects/deletions.py": "All notations of a deletion are found in one pass.",
    "dialects/key_entries.py": "A key of answers and its entries are found together.",
    "dialects/options.py": "An option, its label and its mark are read from the same lines.",
    "dialects/text/question.py": "What a finder reads and what it finds: each refers to the other.",
    "dialects/text/order.py": "Twenty modules of finders and of the choice share these searches.",
    "filing.py": "Deck, tags and context of a note come from the same titles.",
    "identify/similarity/__init__.py": "The score of a pair, whose weights were measured together.",
    "markup/inert.py": "A rule of security, which is read alone.",
    "formulas/structure.py": "One walk over the lines of a file, with the state of blocks.",
    "media/limits.py": "A table: all limits on media, for seven modules.",
    "model/__init__.py": "A table: all values of a build, from the file to the card.",
    "parse/sides.py": "One walk over an answer, which gives each line to a side.",
    "pipeline.py": "The line of the stages, with all that they hand on.",
    "anki_fields/reading.py": "One walk over the HTML of a field, as Anki's editor may leave it.",
    "render/tools/markdown_tags.py": "It runs before the rules for blocks and shares nothing.",
    "render/writer.py": "One walk over the events of a passage, with a method for each.",
    "scaffold/tools.py": "One function for each tool whose settings are taken over.",
    "wording/__init__.py": "The face of the package: the values that others may use.",
}
"""Why a module is shorter or longer than others."""


def test_no_stage_knows_another_one() -> None:
    wrong = [
        (path.relative_to(SOURCE).as_posix(), name)
        for path in MODULES
        if _owner(path) not in ABOVE_THE_STAGES
        for name in _imports(path)
        if name.startswith("cardwright.") and name.split(".")[1] in {*STAGES} - {_owner(path)}
    ]

    assert wrong == []


def test_no_packages_import_each_other() -> None:
    imported: dict[str, set[str]] = {_owner(path): set() for path in MODULES}
    for path in MODULES:
        ours = {name.split(".")[1] for name in _imports(path) if name.startswith("cardwright.")}
        imported[_owner(path)] |= ours & imported.keys() - {_owner(path)}

    order = [*TopologicalSorter(imported).static_order()]  # raises an error that names a cycle

    assert {*order} == imported.keys()


def test_imports_are_found_wherever_they_are(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "from cardwright import pull\n"
        "def late():\n    from cardwright.disk import lockfile as file\n    import PIL.Image\n"
    )

    assert _imports(path) == ("cardwright.pull", "cardwright.disk.lockfile", "PIL.Image")


def test_a_library_is_known_in_one_place() -> None:
    wrong = [
        (path.relative_to(SOURCE).as_posix(), name)
        for path in MODULES
        for name in _imports(path)
        if _owner(path) not in HOMES.get(name.split(".")[0], (_owner(path),))
    ]

    assert wrong == []


@pytest.mark.parametrize(("library", "files"), [("httpx", {"fetch.py"}), ("PIL", {"pixels.py"})])
def test_network_and_pixels_are_known_in_few_files(library: str, files: set[str]) -> None:
    known = {path.name for path in MODULES if library in {n.split(".")[0] for n in _imports(path)}}

    assert known == files


def test_a_short_or_long_module_has_a_reason() -> None:
    unusual = {
        path.relative_to(SOURCE).as_posix()
        for path in MODULES
        if not SHORTEST <= path.read_text("utf-8").count("\n") <= LONGEST and not _is_bare(path)
    }

    assert unusual == REASONS.keys()


def _is_bare(path: Path) -> bool:
    """Whether it is the ``__init__.py`` of a package with only a docstring."""
    return path.name == "__init__.py" and len(ast.parse(path.read_text("utf-8")).body) <= 1


def _owner(path: Path) -> str:
    """The module or package of ``cardwright`` that a file is or belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """All imports of a module, those inside of functions too, and what they take from others."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: an import must name the whole module"
            names += (f"{node.module}.{name.name}" for name in node.names)
    return tuple(names)


def test_the_settings_name_every_dialect() -> None:
    assert {*DIALECT_NAMES} == {AUTO, NONE, *(dialect.name for dialect in DIALECTS)}


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_finder_is_short(dialect: Dialect) -> None:
    assert Path(inspect.getfile(dialect.find)).read_text("utf-8").count("\n") <= LONGEST_FINDER


def test_no_library_is_required_that_nothing_imports() -> None:
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8")
    required = tomllib.loads(text)["project"]["dependencies"]
    imported = {name.split(".")[0] for path in MODULES for name in _imports(path)}
    modules = {
        "backports.zstd": "backports",
        "markdown-it-py": "markdown_it",
        "mdit-py-plugins": "mdit_py_plugins",
        "mini-racer": "py_mini_racer",
        "pillow": "PIL",
    }
    names = [re.split(r"[><=]", line)[0] for line in required]

    assert {modules.get(name, name) for name in names} - {"pyyaml"} <= imported


_SIGNS = SOURCE / "wording" / "signs.py"
_SPELLED_ONCE = (
    *("?？", r"?\uff1f", "؟", ":：", r":\uff1a", "•", "✔", "✗", "☐", "```", "~~~"),
    *("#{1,6}", "[ xX]", r"\*\*|__", "A-H", "a-h", "_{3,}", "<hr"),
)
"""Question marks, colons, bullets, ticks, boxes, fences, hashes, bold, letters, blanks, rules."""


@pytest.mark.parametrize("package", ["blocks", "dialects", "parse", "wording"])
def test_only_one_module_of_reading_spells_a_sign(package: str) -> None:
    paths = [path for path in MODULES if _owner(path) == package and path != _SIGNS]
    texts = ((path.name, text) for path in paths for text in _strings(path))

    assert [(name, sign) for name, text in texts for sign in _SPELLED_ONCE if sign in text] == []


def _strings(path: Path) -> list[str]:
    """The strings of a module but those that are statements, which document it."""
    tree = ast.parse(path.read_text("utf-8"))
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = (each for each in ast.walk(tree) if isinstance(each, ast.Constant))
    return [
        each.value for each in found if isinstance(each.value, str) and id(each) not in statements
    ]
