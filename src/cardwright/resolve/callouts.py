"""The kinds of callout that a card shows, and the names that they have elsewhere."""

from __future__ import annotations

KINDS = ("note", "tip", "important", "warning", "danger", "success", "question", "example", "quote")
"""Each has its class, ``cw-callout-<kind>``."""

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
    """The kind that a callout is shown as; ``note`` for one that is not known."""
    return kind if kind in KINDS else _OTHER_NAMES.get(kind, "note")
