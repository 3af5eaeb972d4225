"""Diagnostics for the syntax of other tools that a card cannot show."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import Place
from cardwright.render.tools.tags import SHOWN, SILENT

_AS_IT_IS = "put it in backticks to show it as it is, or write what it stands for"


@dataclass(slots=True)
class Reports:
    """The diagnostics of one passage. Each component of MDX is reported only once."""

    found: list[Diagnostic] = field(default_factory=list)
    components: set[str] = field(default_factory=set)

    def shortcode(self, name: str, place: Place) -> None:
        near = get_close_matches(name[:40], sorted({*SILENT, *SHOWN}), n=1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        message = f"shortcode '{shorten(name)}' is not known and is left out of the card"
        self._add(place, Code.UNKNOWN_SHORTCODE, message, hint + _AS_IT_IS)

    def liquid(self, text: str, place: Place) -> None:
        message = f"'{shorten(text)}' is filled in by a site and is left out of the card"
        self._add(place, Code.LEFT_OUT_LIQUID, message, _AS_IT_IS)

    def component(self, name: str, place: Place, *, is_unwrapped: bool) -> None:
        if name in self.components:
            return
        self.components.add(name)
        outcome = "what it holds stays" if is_unwrapped else "it is left out of the card"
        message = f"<{shorten(name)}> is a component of MDX, which does not run here; {outcome}"
        self._add(place, Code.MDX_COMPONENT, message, _AS_IT_IS)

    def module(self, keyword: str, place: Place) -> None:
        if keyword in self.components:
            return
        self.components.add(keyword)
        message = f"'{keyword}' of MDX is left out of the card"
        self._add(place, Code.MDX_COMPONENT, message, "put code into a fence")

    def embed(self, name: str, place: Place, reason: str, outcome: str, hint: str) -> None:
        reason = f": {reason}" if reason else ""
        message = f"'{shorten(name)}' is not embedded{reason}; {outcome}"
        hint = hint or "copy the part that belongs to the answer"
        self._add(place, Code.NOT_EMBEDDED, message, hint)

    def snippet(self, name: str, place: Place, *, is_code: bool) -> None:
        outcome = "the card shows this line" if is_code else "it is left out of the card"
        message = f"snippet '{shorten(name)}' is not included; {outcome}"
        self._add(place, Code.NOT_EMBEDDED, message, "copy its text into the answer")

    def _add(self, place: Place, code: Code, message: str, hint: str) -> None:
        self.found.append(Diagnostic(place, code, message, hint))
