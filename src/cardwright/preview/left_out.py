"""Lists the text of each file that is on no card, as ``explain`` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cardwright.config import Config
from cardwright.content import read_content
from cardwright.content.files import earlier_readings
from cardwright.disk.lockfile import lock_path, read_lock
from cardwright.explain import QUESTION, Explanation, explain
from cardwright.explain.parts import FRONT_MATTER
from cardwright.model import EarlierReading, SourceFile
from cardwright.parse import parse
from cardwright.source.names import name_on_disk

_Inputs = tuple[SourceFile, Config, EarlierReading]


@dataclass(slots=True)
class LeftOutReader:
    """The explanations of the files of ``path``. Each is kept until its file changes."""

    path: Path
    lock_file: Path | None = None
    is_trusted: bool = False
    _known: dict[str, tuple[_Inputs, Explanation]] = field(default_factory=dict)

    def files(self) -> list[dict[str, object]]:
        """Return for each file how it was read and what was left out, in source order."""
        content, _ = read_content(self.path, is_trusted=self.is_trusted)
        lock, _ = read_lock(lock_path(self.path, self.lock_file))
        earlier = earlier_readings(lock, content.files)
        known: dict[str, tuple[_Inputs, Explanation]] = {}
        for source in content.files:
            inputs = (source, content.config, earlier[source.path])
            before = self._known.get(source.path)
            if before is not None and before[0] == inputs:
                known[source.path] = before
                continue
            parsed, problems = parse(*inputs, is_single=content.is_single)
            name = name_on_disk(content.folder, source.path)
            known[source.path] = (inputs, explain(parsed, problems, name))
        self._known = known
        return [_file(explanation, source.lines) for (source, *_), explanation in known.values()]


def _file(explanation: Explanation, lines: Sequence[str]) -> dict[str, object]:
    parts = [part for part in explanation.left_out if part.kind != FRONT_MATTER]
    return {
        "path": explanation.path,
        "title": explanation.file.title,
        "choice": explanation.choice,
        "notes": explanation.notes,
        "uncovered": explanation.uncovered,
        "questions": [
            {"line": entry.line, "text": entry.text, "reason": entry.reason, "code": entry.code}
            for entry in explanation.entries
            if entry.kind == QUESTION and not entry.cards
        ],
        "shapes": [
            {"name": left.name, "setting": left.setting, "lack": left.lack}
            for left in explanation.file.left_out
            if left.outside
        ],
        "parts": [
            {
                "start": part.start,
                "end": part.end,
                "kind": part.kind,
                "text": "\n".join(lines[part.start - 1 : min(part.end, part.start + _SHOWN)]),
            }
            for part in parts
        ],
    }


_SHOWN = 11  # at most this many lines are shown after the first line of a part
