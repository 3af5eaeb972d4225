"""The values that travel down the line, from the file to the card; nothing here acts.

A build is ``SourceFile`` → ``NoteSource`` → ``RenderedNote`` → ``ResolvedNote`` → ``Note``.
Every one of them is frozen; what a stage adds is in a new value that holds the old one.
"""

from cardwright.model.marks import (
    Callout,
    CodeBlock,
    Edge,
    Formula,
    Fragment,
    Image,
    Mark,
    NeutralHtml,
    Typeset,
)
from cardwright.model.notes import (
    Deck,
    DeckName,
    Deletion,
    FiledNote,
    Guid,
    Html,
    Media,
    Milliseconds,
    Note,
    NoteSource,
    NoteTypeStamp,
    RenderedNote,
    ResolvedNote,
    Seconds,
    Stretch,
)
from cardwright.model.text import (
    Choice,
    FrontCard,
    FrontMatter,
    Line,
    Passage,
    Place,
    SourceFile,
    Title,
)

__all__ = [
    "Callout",
    "Choice",
    "CodeBlock",
    "Deck",
    "DeckName",
    "Deletion",
    "Edge",
    "FiledNote",
    "Formula",
    "Fragment",
    "FrontCard",
    "FrontMatter",
    "Guid",
    "Html",
    "Image",
    "Line",
    "Mark",
    "Media",
    "Milliseconds",
    "NeutralHtml",
    "Note",
    "NoteSource",
    "NoteTypeStamp",
    "Passage",
    "Place",
    "RenderedNote",
    "ResolvedNote",
    "Seconds",
    "SourceFile",
    "Stretch",
    "Title",
    "Typeset",
]
