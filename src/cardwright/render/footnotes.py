"""Footnotes of one side, numbered, in a list at its end, without links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cardwright.commonmark.events import Event


@dataclass(slots=True)
class Footnotes:
    """The numbers of footnotes in the order in which the text refers to them, and their events.

    A footnote that nothing refers to does not appear.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=dict)

    def number(self, label: str) -> int:
        return self.numbers.setdefault(label, len(self.numbers) + 1)

    def keep(self, label: str, events: Iterator[Event]) -> None:
        """Take the events of a footnote from the stream, up to its end."""
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
        """The events of each footnote that is referred to, in order."""
        return [self.events[label] for label in self.numbers if label in self.events]
