"""What the forms of an English word have in common: ``update``, ``updates``, ``updated``."""

from __future__ import annotations

import re


def stem_of(word: str) -> str:
    """The word without what makes it a plural or a form of a verb.

    Rather too little is taken away than too much: ``string``, ``class`` and ``status`` are stems.
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
