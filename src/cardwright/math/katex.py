"""KaTeX in V8: formulas in, HTML or KaTeX's refusals out."""

from __future__ import annotations

import atexit
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardwright.math.v8 import V8

MATHML, PLAIN = "htmlAndMathml", "html"
"""What KaTeX writes: HTML, with or without MathML for those who hear a card."""

LONGEST = 10_000
"""Characters of TeX in a formula; KaTeX's time grows with their square."""

_SECONDS = 10.0
"""For a batch, which takes a fraction of one. What is slow is caught by the limits before it,
which do not depend on the machine."""

_BATCH = 20_000
_LIMITS = {"size": 100, "expansions": 10_000, "html": 1_000_000, "depth": 250}
"""``size`` in em; ``depth`` of the HTML: a browser takes apart what is over 512 deep."""

_MEMORY = 500_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """A formula as KaTeX takes it."""

    tex: str
    is_display: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a formula has no HTML, in KaTeX's words or, for a limit, in ours.

    ``position`` is the offset in the TeX, ``None`` where the place is not known.
    """

    words: str
    position: int | None = None
    is_limit: bool = False


Outcome = str | Refusal


def run_katex(
    requests: Sequence[Request], macros: Mapping[str, str], output: str = MATHML
) -> list[Outcome]:
    """The HTML of each formula, or why there is none, in the order of ``requests``.

    ``macros`` are bodies by name; what a formula defines holds for itself alone.
    """
    outcomes: list[Outcome] = [_too_long(request) for request in requests]
    batch: list[int] = []
    length = 0
    for index, request in enumerate(requests):
        if len(request.tex) > LONGEST:
            continue
        batch.append(index)
        length += len(request.tex) + 100
        if length > _BATCH:
            _run(requests, batch, macros, output, outcomes)
            batch, length = [], 0
    _run(requests, batch, macros, output, outcomes)
    return outcomes


def _too_long(request: Request) -> Refusal:
    return Refusal(f"it has {len(request.tex)} characters, {LONGEST} at most", is_limit=True)


def _run(
    requests: Sequence[Request],
    batch: Sequence[int],
    macros: Mapping[str, str],
    output: str,
    outcomes: list[Outcome],
) -> None:
    """Fill in the outcomes of a batch; a formula that breaks a limit is refused, and it alone."""
    waiting = [list(batch)] if batch else []
    while waiting:
        indices = waiting.pop()
        results = _engine.typeset([requests[index] for index in indices], macros, output)
        for index, outcome in zip(indices, results, strict=False):
            outcomes[index] = outcome
        rest = indices[len(results) :]
        if results and rest:
            waiting.append(rest)
        elif rest:  # no room for them together: by halves, the first half next
            middle = len(rest) // 2
            waiting += [rest[middle:], rest[:middle]]


class _Engine:
    """One V8 for the process, made at the first formula and anew after it broke a limit."""

    def __init__(self) -> None:
        self._v8: V8 | None = None
        self._slow = 0

    def typeset(
        self, requests: Sequence[Request], macros: Mapping[str, str], output: str
    ) -> list[Outcome]:
        """The outcomes of the first of ``requests``, up to one that took too long.

        None at all when several together need too much memory.
        """
        formulas = [{"tex": each.tex, "display": each.is_display} for each in requests]
        limits = {**_LIMITS, "output": output, "classes": _classes()}
        v8 = self._started()
        seconds = _SECONDS / min(1 + self._slow, 4)  # a deck of nothing else has to end too
        try:
            found = v8.value("typeset(...$)", (formulas, dict(macros), limits), seconds)
        except TimeoutError:
            done = v8.value("finished", (), _SECONDS)
            self.close()
            self._slow += 1
            slow = Refusal("it takes seconds to typeset", is_limit=True)
            return [*map(_outcome, done), slow]
        except MemoryError:
            self.close()
            full = Refusal("it needs too much memory", is_limit=True)
            return [full] if len(requests) == 1 else []
        return list(map(_outcome, found))

    def _started(self) -> V8:
        if self._v8 is None:
            from cardwright.math.v8 import V8  # a deck without formulas does without V8

            self._v8 = V8([_script(name) for name in _SCRIPTS], _MEMORY)
        return self._v8

    def close(self) -> None:
        """Stop V8; the next formula starts another one."""
        if self._v8 is not None:
            self._v8.close()
            self._v8 = None


_PROGRAM = Path(__file__).parents[1]
_STYLESHEET = "katex/katex.min.css"
_SCRIPTS = (
    "katex/katex.min.js",
    "katex/contrib/mhchem.min.js",
    "math/compact.js",
    "math/engine.js",
)


@cache
def _classes() -> tuple[str, ...]:
    """Those that the stylesheet names."""
    return tuple(dict.fromkeys(re.findall(r"\.([A-Za-z][\w-]*)", _script(_STYLESHEET))))


def _script(name: str) -> str:
    try:
        return (_PROGRAM / name).read_text("utf-8")
    except FileNotFoundError:
        message = "this installation of Cardwright lacks KaTeX; install it again with pip, which"
        raise FileNotFoundError(
            f"{message} fetches it (was it run without being installed?)"
        ) from None


def _outcome(found: Mapping[str, str | int | bool | None]) -> Outcome:
    if "html" in found:
        return str(found["html"])
    position = found.get("position")
    place = position if isinstance(position, int) else None
    return Refusal(str(found["words"]), place, is_limit=found.get("limit") is True)


_engine = _Engine()
atexit.register(_engine.close)
