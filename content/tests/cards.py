"""What the cards of `content/` say, for the tests that compute their worked numbers again.

Both sides come out of the text: the givens go into the arithmetic, and the outcome must be what
the card prints, to the digits that it prints.
"""

from __future__ import annotations

import re
from pathlib import Path

CONTENT = Path(__file__).parents[1]
TEXT = "\n".join(
    path.read_text(encoding="utf-8").replace("\u00a0", " ") for path in sorted(CONTENT.glob("*.md"))
)
POWER = r"([\d.]+) \\cdot 10\^\{(\d+)\}"


def card(key: str) -> str:
    """The heading and the body of the card with the id `key`."""
    head = rf"^### [^\n]*\{{#{key}(?: [^}}\n]*)?\}}\n"
    found = re.search(rf"{head}.*?(?=^###? |\Z)", TEXT, re.S | re.M)
    assert found, f"no card #{key}"
    return found[0]


def stated(key: str, pattern: str) -> list[str]:
    """The groups of the only place of card `key` that matches."""
    found = list(re.finditer(pattern, card(key)))
    assert len(found) == 1, f"{len(found)} places of #{key} match {pattern!r}"
    return list(found[0].groups())


def numbers(key: str, pattern: str) -> list[float]:
    return [float(group.replace(",", "")) for group in stated(key, pattern)]


def rows(key: str, pattern: str) -> list[list[str]]:
    """The groups of every table row of card `key` that matches."""
    found = re.findall(rf"^\| {pattern} \|$", card(key), re.M)
    return [[row] if isinstance(row, str) else list(row) for row in found]


def agrees(value: float, printed: str) -> bool:
    """Whether `value`, rounded to the digits of `printed`, is `printed`."""
    decimals = len(printed.partition(".")[2])
    return f"{value:.{decimals}f}" == printed


def scientific(value: float, mantissa: str, exponent: str) -> bool:
    return agrees(value / 10 ** int(exponent), mantissa)
