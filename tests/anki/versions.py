"""Which version of Anki's backend the tests run with."""

from __future__ import annotations

from anki.utils import point_version

IS_OLD = point_version() < 250200
"""24.11 and older dated the notes that they imported by the time of the import, not by ``mod``."""
