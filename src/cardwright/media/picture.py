"""What becomes of a file on its way into the package, as values."""

from __future__ import annotations

from dataclasses import dataclass

from cardwright.diagnostics import Code


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why bytes are not packed: ``words`` end the sentence "image '…' …"."""

    words: str
    hint: str = ""
    code: Code = Code.IMAGE_UNUSABLE


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it is packed; ``extension`` is without its dot.

    ``is_clear``: what is behind the picture shows through it. ``lost`` are the parts of a
    drawing that no card can show and that are gone, in the author's words.
    """

    content: bytes
    extension: str
    is_clear: bool = False
    lost: tuple[str, ...] = ()
