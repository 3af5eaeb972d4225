"""Whether a text sets a task, and the label of an exercise before it."""

from __future__ import annotations

from cardwright.dialects.labels import label_of
from cardwright.wording import asks
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives, phrases


def behind_task_label(text: str) -> int:
    """The offset behind ``**Exercise 3.**`` or ``Problem 3:`` at the begin of a text, else 0."""
    label = label_of(text)
    if label is None or label.concept not in (Concept.EXERCISE, Concept.TASK) or label.is_open:
        return 0
    is_sure = label.number or (label.opening and label.has_colon)
    return label.column - 1 if is_sure and (label.mark or label.opening) else 0


def sets_a_task(text: str) -> bool:
    """Whether a text asks, or tells one to do what an exercise tells: "Show that", "Let"."""
    return asks(text) or _ORDERS.search(text[:_LONGEST]) is not None


_LONGEST = 3000
_UNSPACED = "|".join(sorted(word for word in phrases(Concept.ORDERS) if word > "\u2e80"))
_ORDERS = lazy_pattern(
    rf"(?i)(?:^|[.:;,)\]}}$*]\s|\n)[\s*_&;nbp>]{{0,20}}{alternatives(Concept.ORDERS)}\b|{_UNSPACED}"
)
