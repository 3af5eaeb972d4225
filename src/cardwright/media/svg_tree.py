"""Parses SVG into a tree with expat: limited size, no nested entities, nothing external."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from cardwright.diagnostics import Code
from cardwright.media.limits import DEEPEST_NESTING, LARGEST_DRAWING, MOST_ELEMENTS
from cardwright.media.picture import Refusal

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
_LONGEST_ENTITY = 1_000
_MOST_ENTITIES = 200
_AMPLIFIED = 43
"""expat's XML_ERROR_AMPLIFICATION_LIMIT_BREACH, which ``expat.errors`` does not define."""


@dataclass(slots=True)
class Element:
    """An element. Names are (namespace, local name), ``parts`` are texts and elements."""

    name: tuple[str, str]
    attributes: dict[tuple[str, str], str]
    parts: list[str | Element] = field(default_factory=list)

    def attribute(self, name: str) -> str:
        """Return an attribute without a namespace, ``""`` if there is none."""
        return self.attributes.get(("", name), "")

    @property
    def text(self) -> str:
        """The text that is directly in the element."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def children(self) -> list[Element]:
        return [part for part in self.parts if isinstance(part, Element)]

    def walk(self) -> Iterator[Element]:
        """Yield the element and all elements in it."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += element.children


class _BombError(Exception):
    """Raised in a handler, which is the only way to stop expat. The message is a reason."""


@dataclass(slots=True)
class _Builder:
    open: list[Element] = field(default_factory=list)
    root: Element | None = None
    elements: int = 0
    characters: int = 0
    entities: int = 0

    def start(self, name: str, attributes: list[str]) -> None:
        self.elements += 1
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        self._count(sum(map(len, pairs.values())))
        if self.elements > MOST_ELEMENTS:
            raise _BombError(f"more than {MOST_ELEMENTS:,} elements")
        if len(self.open) >= DEEPEST_NESTING:
            raise _BombError(f"elements nested more than {DEEPEST_NESTING} deep")
        element = Element(_split(name), {_split(key): value for key, value in pairs.items()})
        if self.open:
            self.open[-1].parts.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _: str) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        self._count(len(text))
        if self.open:
            self.open[-1].parts.append(text)

    def entity(self, name: str, is_parameter: bool, value: str | None, *_: str | None) -> None:
        """Accept short plain entities, which Illustrator uses for namespaces. Refuse others."""
        self.entities += 1
        is_plain = value is not None and not is_parameter and "&" not in value
        if not is_plain or len(value or "") > _LONGEST_ENTITY or self.entities > _MOST_ENTITIES:
            raise _BombError(f"its entity '{name[:40]}' is not a short text")

    def _count(self, characters: int) -> None:
        self.characters += characters
        if self.characters > LARGEST_DRAWING:
            raise _BombError(f"more than {LARGEST_DRAWING // 1_000_000} million characters")


def read_svg(content: bytes) -> Element | Refusal:
    """Return the root of a drawing, without comments, processing instructions and document type.

    expat loads nothing external, and refuses entities that expand too much. Here, an entity must
    not contain another one.
    """
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.EntityDeclHandler = builder.entity
    try:
        parser.Parse(content, True)
    except _BombError as error:
        return bomb(str(error))
    except (expat.ExpatError, ValueError, LookupError) as error:
        if getattr(error, "code", 0) == _AMPLIFIED:
            return bomb("its entities make a hundred times as much of it")
        words = f"is damaged: {' '.join(str(error).split())}"
        return Refusal(words, "export it again; a browser shows the same error", Code.IMAGE_DAMAGED)
    return builder.root or Refusal("is damaged: it is empty", "", Code.IMAGE_DAMAGED)


def bomb(words: str) -> Refusal:
    """Return the refusal of a drawing that expands too much when it is opened."""
    hint = "save it in a simpler form, or as PNG"
    return Refusal(f"is too large to be opened: {words}", hint, Code.IMAGE_OVERSIZED)


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition(" ")
    return space, local
