"""Defines the kinds of callouts on a card, and maps the names of other tools to them."""

from __future__ import annotations

KINDS = ("note", "tip", "important", "warning", "danger", "success", "question", "example", "quote")
"""Each kind has a class, ``cw-callout-<kind>``."""

_OTHER_NAMES = {
    "info": "note",
    "todo": "note",
    "abstract": "note",
    "summary": "note",
    "tldr": "note",
    "hint": "tip",
    "caution": "warning",
    "attention": "warning",
    "error": "danger",
    "bug": "danger",
    "failure": "danger",
    "fail": "danger",
    "missing": "danger",
    "check": "success",
    "done": "success",
    "help": "question",
    "faq": "question",
    "cite": "quote",
}


def known_kind(kind: str) -> str:
    """Return the kind that a callout is shown as. An unknown kind becomes ``note``."""
    return kind if kind in KINDS else _OTHER_NAMES.get(kind, "note")
