"""Lines that lead to another page, ``[← Previous](a.md) | [Next →](b.md)``."""

from __future__ import annotations

import re

from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives

_WORD = alternatives(Concept.NEXT, Concept.PREVIOUS)
_PART = rf"(?: {alternatives(Concept.DIVISION)})?"
_NAMED = lazy_pattern(rf"(?i)\W*{_WORD}{_PART}\W*(?:[:\uff1a→➡»>–—-].{{0,80}})?")
_ARROW = re.compile(r"[←⬅◀«<]\ufe0f?\s?\S.{0,80}|.{1,80}[→➡▶»>]\ufe0f?\s*")
_HOME = re.compile(rf"(?i)\W*{alternatives(Concept.HOME)}\W*")
_LINK = re.compile(r"\[([^\[\]]{1,100})\]\([^()\s]{0,300}\)")
_LED = lazy_pattern(rf"(?i)[\W_]*{_WORD}{_PART}[\W_]*[:\uff1a→][\W_]*\[[^\[\]]+\]\([^()\s]*\)\W*")
_LONGEST = 400


def is_navigation(text: str) -> bool:
    """Whether a line holds links to the pages before and behind, and nothing else."""
    if len(text) > _LONGEST or "](" not in text:
        return False
    if _LED.fullmatch(text):
        return True
    labels = _LINK.findall(text)
    if not labels or re.search(r"\w", _LINK.sub("", text)):
        return False
    leading = [label for label in labels if _NAMED.fullmatch(label)]
    if len(labels) > 1:
        leading += [label for label in labels if _ARROW.fullmatch(label)]
    others = [label for label in labels if label not in leading]
    return bool(leading) and all(_HOME.fullmatch(label) for label in others)
