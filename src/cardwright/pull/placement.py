"""Places the changes of one edited field in its file, and verifies each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from cardwright.anki_fields.flow import (
    Block,
    BlockChange,
    Kind,
    Origin,
    Word,
    block_changes,
    map_words,
    uncoloured,
    with_changes,
)
from cardwright.anki_fields.reading import blocks_of
from cardwright.embeds import targets_in
from cardwright.model import Formula
from cardwright.pull.lines import FileReplacement, replaced, replacements
from cardwright.pull.located import SourceText, locate_marks
from cardwright.pull.rewrite import rewrite
from cardwright.pull.rewrite.inline import HAS_COLOUR
from cardwright.pull.rewrite.state import UnplacedError, WritingStyle
from cardwright.pull.sandbox import FIELD_PARTS, BuiltNote, FileSandbox


@dataclass(frozen=True, slots=True)
class Placement:
    """The changes of a field from ``before`` to ``target``."""

    before: tuple[Block, ...]
    target: tuple[Block, ...]
    replacements: tuple[FileReplacement, ...]  # those that could be placed
    reasons: Mapping[BlockChange, str]  # why one could not, or ""; continues "it …"


def place(
    sandbox: FileSandbox, index: int, name: str, target: Sequence[Block], *, is_trial: bool = False
) -> tuple[Placement, ...]:
    """Place the changes that turn field ``name`` of note ``index`` into ``target``.

    A change is kept only if the file, parsed and rendered again, gives exactly this field, and
    nothing else changes. If words got a colour, all other changes come first, and the colours are
    a placement of their own, without replacements.

    With ``is_trial``, the first way to write all changes is returned, and the caller verifies it.
    ``()`` if there is none.
    """
    built = sandbox.built(index)
    before = built.blocks(name)
    # New text has the colours of the page that it was copied from.
    target = map_words(before, target, lambda word, origin: word if origin else uncoloured(word))
    trial = _Trial(sandbox, index, name, built, before, target)
    whole = block_changes(before, target)
    found = trial.attempt(whole, is_verifying=not is_trial)
    if not isinstance(found, str):
        return (Placement(before, target, found, dict.fromkeys(whole, "")),)
    if is_trial:
        return ()
    plain = map_words(before, target, partial(_without_new_colours, before))
    if plain not in (before, target):
        colours = dict.fromkeys(block_changes(plain, target), HAS_COLOUR)
        return (*place(sandbox, index, name, plain), Placement(plain, target, (), colours))
    done: tuple[FileReplacement, ...] = ()
    reasons: dict[BlockChange, str] = {}
    for change in whole:
        kept = [each for each, reason in reasons.items() if not reason]
        found = trial.attempt((*kept, change)) if len(whole) > 1 else found
        reasons[change] = found if isinstance(found, str) else ""
        done = done if isinstance(found, str) else found
    return (Placement(before, target, done, reasons),)


@dataclass(frozen=True, slots=True)
class _Trial:
    sandbox: FileSandbox
    index: int
    name: str
    built: BuiltNote
    before: tuple[Block, ...]
    target: tuple[Block, ...]

    def attempt(
        self, chosen: Sequence[BlockChange], *, is_verifying: bool = True
    ) -> tuple[FileReplacement, ...] | str:
        """Return the replacements for these changes, or why there are none.

        A new hint or extra becomes a callout at the end of the answer.
        """
        wanted = with_changes(self.before, self.target, chosen)
        is_callout = self.name in CALLOUTS and not self.built.passage(self.name).lines
        text = _markdown_of(self.sandbox, self.built, "Answer" if is_callout else self.name)
        images, markdown = self._image_texts(), self.sandbox.deck.content.config.markdown
        reason = _NOT_EXACT
        tried = set()
        for is_escaped, has_tags in ((False, False), (True, False), (False, True), (True, True)):
            style = WritingStyle(is_escaped, has_tags, images, markdown.line_breaks)
            try:
                if is_callout:
                    new = f"{text.text.rstrip()}\n\n{callout(self.name, wanted, style)}"
                else:
                    new = rewrite(text, self.before, wanted, style)
            except UnplacedError as error:
                return EMBEDDED if text.has_embeds else str(error)
            if text.has_embeds and targets_in(new) != targets_in(text.text):
                return EMBEDDED
            for prefix_choice in range(3):
                found = replacements(text, new, self.sandbox.source.lines, prefix_choice)
                if found is None:
                    reason = _WRITTEN_DIFFERENTLY
                    break
                if found not in tried and (not is_verifying or self._is_verified(found, wanted)):
                    return found
                tried.add(found)
        return reason

    def _is_verified(self, found: Sequence[FileReplacement], wanted: tuple[Block, ...]) -> bool:
        lines = replaced(self.sandbox.source.lines, found)
        return lines is not None and self.sandbox.has(lines, {(self.index, self.name): wanted})

    def _image_texts(self) -> Mapping[str, str]:
        """Map images of the note, or of all notes if the edit needs them, to Markdown."""
        texts = _images_of(self.sandbox, self.built)
        words = (word for block in self.target for word in block.words)
        if all(word.value in texts for word in words if word.kind == Kind.IMAGE):
            return texts
        others: dict[str, str] = {}
        for index in self.sandbox.illustrated():
            others |= _images_of(self.sandbox, self.sandbox.built(index))
        return others | texts


def _markdown_of(sandbox: FileSandbox, built: BuiltNote, name: str) -> SourceText:
    path = built.source.place.path  # a mark from another file is in an embed
    images = [
        (mark, value)
        for mark, html in sandbox.images(built, name)
        if mark.place.path == path and (value := _image_value(html))
    ]
    marks = (mark for mark in built.fragment(name).marks if isinstance(mark, Formula))
    formulas = [mark for mark in marks if mark.place.path == path]
    passages = (built.passage(name), built.source.definitions)
    embedded = {each.target for each in built.source.embeds if not each.problem}
    return locate_marks([each for each in passages if each.lines], formulas, images, embedded)


def _images_of(sandbox: FileSandbox, built: BuiltNote) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name in FIELD_PARTS:
        text = _markdown_of(sandbox, built, name)
        for start, end, key in text.marks:
            kind, _, value = key.partition(":")
            if kind == Kind.IMAGE:
                texts[value] = text.text[start:end]
    return texts


EMBEDDED = "is in or beside the text of another note, which this card embeds"
_NOT_EXACT = "cannot be written so that the card shows exactly this"
_WRITTEN_DIFFERENTLY = (
    "is written differently in the file (for example with escapes in YAML), so Cardwright cannot "
    "place the edit"
)


def _image_value(html: str) -> str:
    blocks = blocks_of(html)
    is_there = "src=" in html or "[sound:" in html
    return blocks[0].words[0].value if blocks and is_there else ""


def _without_new_colours(before: Sequence[Block], word: Word, origin: Origin | None) -> Word:
    """Remove the colours that the word did not have before."""
    return uncoloured(word, before[origin[0]].words[origin[1]].marks if origin else ())


CALLOUTS = {"Hint": "hint", "Extra": "extra"}
"""The fields that a callout in the answer fills, with the callout's name."""

_START = Block("p", (), 0, (Word(Kind.WORD, "x"),))


def callout(field: str, blocks: Sequence[Block], style: WritingStyle) -> str:
    """Return a callout that fills the field with these blocks. Raises ``UnplacedError``."""
    text = rewrite(SourceText("x", (), ()), [_START], [_START, *blocks], style)
    lines = text.removeprefix("x").strip("\n").split("\n")
    quoted = (f"> {line}".rstrip() for line in lines)
    return "\n".join((f"> [!{CALLOUTS[field]}]", *quoted))
