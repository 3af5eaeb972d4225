"""The rules of the architecture that an import can break."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

import cardwright
from cardwright.config import DIALECT_NAMES
from cardwright.dialects import AUTO, DIALECTS, NONE
from cardwright.dialects.catalogue import Dialect

SOURCE = Path(cardwright.__file__).parent
LONGEST_FINDER = 120
"""So many lines the module of a finder has at most. What finders share has modules of its own."""
STAGES = ("source", "parse", "render", "resolve", "media", "filing", "identify", "package")
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
    "rich": ("terminal",),
    "starlette": ("preview",),
    "tinycss2": ("content", "media"),
    "uvicorn": ("preview",),
    "watchfiles": ("watching",),
    "yaml": ("config",),
}
"""Where a library is known; ``markdown_it`` is in several places."""

MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_stage_knows_another_one(path: Path) -> None:
    owner = _owner(path)
    if owner in ABOVE_THE_STAGES:
        return

    stages = {name.split(".")[1] for name in _imports(path) if name.startswith("cardwright.")}

    assert stages & {*STAGES} <= {owner}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_library_is_known_in_one_place(path: Path) -> None:
    libraries = {name.split(".")[0] for name in _imports(path)}

    assert {name for name in libraries & HOMES.keys() if _owner(path) not in HOMES[name]} == set()


@pytest.mark.parametrize(
    ("library", "files"), [("httpx", {"fetch.py"}), ("PIL", {"animation.py", "pixels.py"})]
)
def test_network_and_pixels_are_known_in_few_files(library: str, files: set[str]) -> None:
    known = {path.name for path in MODULES if library in {n.split(".")[0] for n in _imports(path)}}

    assert known == files


def _owner(path: Path) -> str:
    """The module or package of ``cardwright`` that a file is or belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def _imports(path: Path) -> tuple[str, ...]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return tuple(names)


def test_the_settings_name_every_dialect() -> None:
    assert {*DIALECT_NAMES} == {AUTO, NONE, *(dialect.name for dialect in DIALECTS)}


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_finder_is_short(dialect: Dialect) -> None:
    find = dialect.find or dialect.find_at_level
    assert find is not None
    assert Path(inspect.getfile(find)).read_text("utf-8").count("\n") <= LONGEST_FINDER


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
