"""Reads links and images whose address has spaces, as Typora does."""

from __future__ import annotations

import re

from cardwright.render.tools.inline_scan import InlineChange, InlineScan

_SIGN = r"[^()<>\"'\n:]"
_TEXT = rf"(?:{_SIGN}|\({_SIGN}{{0,50}}\))"
_NAME = rf"{_TEXT}{{0,300}}\.[A-Za-z]\w{{0,4}}(?:#{_TEXT}{{0,200}})?"
_PLACE = rf"(?:[#/]|\.\.?/){_TEXT}{{0,400}}"
_TARGET = re.compile(rf"\]\(({_PLACE}|{_NAME})\)")

SPACED_TARGET = r"\]\((?=[^\s<>\"'()]++ [^\s\"'])"
"""The start of what may be such an address. It begins with a path or ends as the name of a file."""


def spaced_target(scan: InlineScan, start: int) -> InlineChange | None:
    """Put the address between ``<`` and ``>``, as CommonMark needs it (6.3)."""
    match = _TARGET.match(scan.text.text, start)
    return InlineChange(match.end(), f"](<{match[1].strip()}>)") if match else None
