"""Finds the questions of a document: one file for each dialect, and the choice among them."""

from __future__ import annotations

from cardwright.dialects.catalogue import DIALECTS
from cardwright.dialects.choice.contest import Verdict
from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.choice.reading import AUTO, FREE, NONE, Reading, outline_of, read
from cardwright.model import Choice

__all__ = [
    "AUTO",
    "DIALECTS",
    "FREE",
    "NONE",
    "Choice",
    "Reading",
    "Shape",
    "Verdict",
    "outline_of",
    "read",
]
