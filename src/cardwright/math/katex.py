"""Typesets formulas with KaTeX in the background. The result is HTML or a refusal."""

from __future__ import annotations

import atexit
import json
import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from cardwright.math.engine import Setup, StartError
from cardwright.math.pool import FULL, LOST, SILENT, SLOW, Batch, Budget, KatexAnswer, Pool

MATHML, PLAIN, NOTHING = "htmlAndMathml", "html", ""
"""The output of KaTeX: HTML with MathML for screen readers, HTML alone, or only a check."""

LONGEST = 10_000
"""Characters of TeX in a formula. KaTeX's time grows with their square."""

ENGINES = min(2, os.cpu_count() or 1)

_SECONDS = 4.0
"""Seconds of processor time for one formula. The other limits reject slow formulas before that,
because they do not depend on the machine."""

_REMEMBERED = 5_000  # formulas whose HTML a session keeps; each takes a kilobyte or two

_LIMITS = {
    "size": 100,
    "expansions": 10_000,
    "tokens": 30_000,
    "html": 1_000_000,
    "depth": 250,
    "answer": 2_000_000,
}
"""``size`` is in em. ``depth`` is that of the HTML: browsers split up what is over 512 deep."""

_MEMORY = 500_000_000


class Request(NamedTuple):
    """A formula as KaTeX gets it."""

    tex: str
    is_display: bool


@dataclass(frozen=True, slots=True)
class FormulaRefusal:
    """Why a formula has no HTML, in KaTeX's words or, for a limit, in ours."""

    words: str
    position: int | None = None  # an offset in the TeX, `None` if unknown
    is_limit: bool = False
    is_lost: bool = False  # it might be typeset at another time or on another machine


Outcome = str | FormulaRefusal


@dataclass(frozen=True, slots=True)
class PendingFormulas:
    """Formulas that KaTeX is typesetting, with the macros and the output that they share."""

    requests: Sequence[Request]
    macros: Mapping[str, str]
    output: str
    _answers: Sequence[Future[KatexAnswer] | None]

    @property
    def key(self) -> str:
        """The key in ``KnownHtml``."""
        return _key(self.macros, self.output)

    def outcomes(self) -> list[Outcome]:
        """Wait, and return the HTML or the refusal of each formula, in the order of ``requests``.

        The HTML is empty if KaTeX only checks. Raises ``StartError`` if KaTeX cannot run on this
        machine.
        """
        return [
            _outcome(_waited(answer))
            if answer
            else FormulaRefusal(
                f"it has {len(request.tex)} characters, {LONGEST} at most", is_limit=True
            )
            for request, answer in zip(self.requests, self._answers, strict=True)
        ]

    def written(self) -> dict[Request, str]:
        """Return the HTML that is ready, without waiting."""
        htmls = {}
        for request, answer in zip(self.requests, self._answers, strict=True):
            is_ready = answer is not None and answer.done() and answer.exception() is None
            outcome = _outcome(answer.result()) if answer and is_ready else None
            if isinstance(outcome, str):
                htmls[request] = outcome
        return htmls


def _waited(answer: Future[KatexAnswer]) -> KatexAnswer:
    """Wait for an answer. Raises ``StartError`` if no engine can be started."""
    while not answer.done():  # without a limit of time, Ctrl-C would wait too on Windows
        wait([answer], timeout=0.5)
    return answer.result()


KnownHtml = Mapping[str, Mapping[Request, str]]
"""The HTML of formulas, by a JSON key of the macros and the output."""


@dataclass(slots=True)
class KatexSession:
    """The requests of a build to KaTeX, from any thread.

    It caches results and gives up after too many failures.
    """

    engines: int = ENGINES  # the number of processes that may typeset at the same time
    pool: Pool | None = None
    _asked: dict[str, dict[Request, Future[KatexAnswer]]] = field(default_factory=dict)
    _budget: Budget = field(default_factory=Budget)
    _lock: Lock = field(default_factory=Lock)

    def submit(
        self, requests: Sequence[Request], macros: Mapping[str, str], output: str = MATHML
    ) -> PendingFormulas:
        """Submit formulas to be typeset, and return at once.

        ``macros`` maps names to bodies. A macro that a formula defines is only valid in that
        formula.
        """
        pool = self.pool or _pool
        short = dict.fromkeys(each for each in requests if len(each.tex) <= LONGEST)
        with self._lock:
            asked = self._asked.setdefault(_key(macros, output), {})
            new = [each for each in short if each not in asked]
            asked.update({each: asked.pop(each) for each in short if each in asked})  # used last
            if new:
                common = {"macros": dict(macros), "output": output}
                batch = Batch(new, [Future() for _ in new], common, self._budget)
                asked.update(zip(new, batch.answers, strict=True))
                pool.put(batch, self.engines)
            answers = [asked.get(request) for request in requests]
            while len(asked) > _REMEMBERED:
                del asked[next(iter(asked))]
        return PendingFormulas(requests, macros, output, answers)

    def remember(self, known: KnownHtml) -> None:
        """Add known HTML, so that these formulas are not typeset again."""
        for key, htmls in known.items():
            answers: dict[Request, Future[KatexAnswer]] = {request: Future() for request in htmls}
            for request, html in htmls.items():
                answers[request].set_result({"html": html})
            with self._lock:
                self._asked[key] = answers | self._asked.get(key, {})


def _key(macros: Mapping[str, str], output: str) -> str:
    """Return the key of the settings that formulas share when they are typeset alike."""
    return json.dumps({"macros": dict(macros), "output": output})


_WORDS = {
    FULL: "it needs too much memory",
    SLOW: "it takes too many seconds",
    SILENT: "KaTeX does not finish it",
    LOST: "KaTeX fails on it",
    "": "KaTeX failed on too many other formulas, so it was not tried",
}


def _outcome(found: KatexAnswer) -> Outcome:
    if isinstance(found, str):
        return FormulaRefusal(_WORDS[found], is_limit=True, is_lost=True)
    html = found.get("html")
    if html is not None:
        return str(html)
    return FormulaRefusal(
        found["words"], found.get("position"), is_limit=found.get("limit") is True
    )


def _is_found(found: object) -> bool:
    """Whether an engine's answer for a formula is valid. Nothing in it is trusted."""
    if not isinstance(found, dict):
        return False
    text, most = found.get("html"), _LIMITS["html"]
    if text is None:
        text, most = found.get("words"), 2 * LONGEST
    position = found.get("position")
    return (
        isinstance(text, str)
        and len(text) <= most
        and _is_unicode(text)
        and (position is None or (type(position) is int and 0 <= position <= LONGEST))
    )


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


_PACKAGE = Path(__file__).parents[1]
_STYLESHEET = "katex/katex.min.css"
_SCRIPTS = (
    "katex/katex.min.js",
    "katex/contrib/mhchem.min.js",
    "math/compact.js",
    "math/engine.js",
)


def katex_setup() -> Setup:
    """Return the settings to start an engine with KaTeX."""
    classes = tuple(dict.fromkeys(re.findall(r"\.([A-Za-z][\w-]*)", _script(_STYLESHEET))))
    settings = json.dumps({**_LIMITS, "classes": classes})
    scripts = (*map(_script, _SCRIPTS), f"configure({settings})")
    return Setup(scripts, _MEMORY, _SECONDS)


def _script(name: str) -> str:
    try:
        return (_PACKAGE / name).read_text("utf-8")
    except FileNotFoundError:
        message = "this installation of Cardwright lacks KaTeX; install it again with pip, which"
        raise StartError(f"{message} fetches it (was it run without being installed?)") from None


_pool = Pool(katex_setup, _is_found)


def prepare() -> None:
    """Start V8 in the background."""
    _pool.prepare()


@atexit.register
def stop() -> None:
    """Stop all engines. The next formula starts a new one."""
    _pool.close()
