"""Collects the footnotes of one side and numbers them in the order of their first reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cardwright.commonmark.events import Event


@dataclass(slots=True)
class Footnotes:
    """The numbers and the events of footnotes, by label.

    A footnote without a reference is not shown.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=dict)

    def number(self, label: str) -> int:
        return self.numbers.setdefault(label, len(self.numbers) + 1)

    def keep(self, label: str, events: Iterator[Event]) -> None:
        """Read the events of a footnote from the stream, up to its end."""
        kept = self.events.setdefault(label, [])
        depth = 1
        for event in events:
            if event.name == "FootnoteDefinition":
                depth += 1 if event.kind == "Start" else -1
                if not depth:
                    return
            elif event.kind == "FootnoteReference":
                self.number(event.data)
            kept.append(event)

    def shown(self) -> list[list[Event]]:
        """Return the events of each footnote that has a reference, in the order of the numbers."""
        return [self.events[label] for label in self.numbers if label in self.events]
