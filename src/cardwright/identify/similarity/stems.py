"""Finds the stem of an English word: ``update``, ``updates`` and ``updated`` have the same."""

from __future__ import annotations

import re


def stem_of(word: str) -> str:
    """Remove the ending of a plural or of a verb form.

    It removes too little rather than too much: ``string``, ``class`` and ``status`` stay.
    """
    for ending, stem in _ENDINGS:
        word = ending.sub(stem, word)
    return word


_ENDINGS = (
    (re.compile(r"(?<=[a-z][b-df-hj-np-tv-xz])(?:ies|y)\Z"), "i"),
    (re.compile(r"(?<=[a-z](?:[cs]h|ss|.x|.z))es\Z"), ""),
    (re.compile(r"(?<=[a-z]{2}[a-hj-rtv-z])s\Z"), ""),
    (re.compile(r"(?<=[a-z]{4})(?:ed|ing)\Z"), ""),
    (re.compile(r"(?<=[a-z]{3})e\Z"), ""),
)
