"""Take pictures of cards in Anki's desktop program, in a fresh profile; run by its Python.

usage: PYTHON -m docs.desktop_window APKG FOLDER WIDTH HEIGHT SHOTS

SHOTS is a JSON list of [name, words of the question, whether it is the front, whether by night].
Writes FOLDER/<name>.png for each. Needs a display and nothing of Cardwright.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_READY = "document.fonts.status === 'loaded' && [...document.images].every((i) => i.complete)"


def main() -> None:
    """Take the pictures; leaves without Anki's own way to quit, which would ask to synchronise."""
    package, folder, width, height, shots = sys.argv[1:]
    window = _started(Path(tempfile.mkdtemp()))
    window.resize(int(width), int(height))
    window.show()
    _import(window, package)
    for name, words, is_front, is_night in json.loads(shots):
        _show(window, words, is_front=is_front, is_night=is_night)
        if not window.grab().save(str(Path(folder) / f"{name}.png")):
            os._exit(1)
    os._exit(0)


def _started(base: Path) -> Any:
    """The program's main window, with a collection that nobody has used."""
    import aqt
    from aqt.profiles import ProfileManager

    profiles = ProfileManager(base)
    profiles.setupMeta()
    profiles.setLang("en_US")
    profiles.create("Pictures")
    profiles.openProfile("Pictures")
    profiles.meta.update(firstRun=False, updates=False, suppressUpdate=True)
    profiles.save()
    profiles.db.close()
    aqt._run(["anki", "-b", str(base), "-p", "Pictures"], exec=False)
    _wait(60, lambda: aqt.mw is not None and aqt.mw.col is not None)
    return aqt.mw


def _import(window: Any, package: str) -> None:
    from anki.collection import ImportAnkiPackageRequest

    window.col.import_anki_package(ImportAnkiPackageRequest(package_path=package))
    for settings in window.col.decks.all_config():
        settings["new"]["perDay"] = 9999
        window.col.decks.update_config(settings)


def _show(window: Any, words: str, *, is_front: bool, is_night: bool) -> None:
    """Ask for the one card whose question has the words: all others are suspended."""
    from aqt.theme import Theme

    window.set_theme(Theme.DARK if is_night else Theme.LIGHT)
    cards = window.col.find_cards("")
    (card,) = window.col.find_cards(f'Plain:"{words}*"')
    window.col.sched.unsuspend_cards(cards)
    window.col.sched.suspend_cards([each for each in cards if each != card])
    window.col.decks.select(window.col.get_card(card).did)
    window.moveToState("overview")
    _wait(1)
    window.moveToState("review")
    _wait(10, lambda: window.reviewer.card is not None and window.reviewer.card.id == card)
    _wait(2)
    if not is_front:
        window.reviewer._showAnswer()
    _wait(10, lambda: _is_ready(window))
    _wait(1)


def _is_ready(window: Any) -> bool:
    told: list[bool] = []
    window.reviewer.web.evalWithCallback(_READY, told.append)
    _wait(2, lambda: bool(told))
    return told == [True]


def _wait(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Let the program work for so long, or until something is so."""
    from aqt.qt import QApplication

    end = time.monotonic() + seconds
    while time.monotonic() < end and not until():
        QApplication.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main()
