"""Counts the figures of a deck, and writes them as one HTML file without scripts and network."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath

from cardwright.deck_names import with_parents
from cardwright.diagnostics import many, shorten
from cardwright.model import Note, Place
from cardwright.notetypes import card_count
from cardwright.report.counts import Counts

_MOST = 10  # how many cards and files are named
_BOUNDS = (5, 10, 25, 50, 100, 200, 400)
"""The largest number of words in each group of answers. Longer ones are in a last group."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page shows."""

    root: str
    package: str
    size: int
    decks: Mapping[str, Mapping[str, int]]  # notes, cards, words, formulas, images
    words: Mapping[str, int] = field(default_factory=dict)  # answers by group
    longest: tuple[tuple[str, str, int], ...] = ()  # question, place and words
    sizes: Mapping[str, int] = field(default_factory=dict)  # bytes in the package by kind
    files: tuple[tuple[str, int], ...] = ()  # the largest images and sounds

    def total(self, name: str) -> int:
        """Return the sum of a figure over all decks."""
        return sum(deck[name] for deck in self.decks.values())

    @property
    def deck_count(self) -> int:
        """The number of decks in Anki, including parents."""
        return len({above for name in self.decks for above in with_parents(name)})


def figures_of(
    root: str,
    package: str,
    size: int,
    notes: Sequence[Note],
    places: Iterable[Place],
    counts: Iterable[Counts],
    shared: Mapping[str, int],
) -> Figures:
    """Return the figures of notes, from their places and counts. ``shared`` has bytes by name."""
    decks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lengths: Counter[int] = Counter()
    answers = []
    sides = 0
    for note, place, count in zip(notes, places, counts, strict=True):
        deck = decks[note.deck]
        deck["notes"] += 1
        deck["cards"] += card_count([note])
        deck["words"] += count.words
        deck["formulas"] += count.formulas
        deck["images"] += count.images
        sides += count.size
        lengths[bisect_left(_BOUNDS, count.words)] += 1
        answers.append((note.plain, f"{place.path}:{place.line}", count.words))
    answers.sort(key=lambda answer: (-answer[2], answer[1]))
    media = {file.name: len(file.content) for note in notes for file in note.media}
    return Figures(
        root,
        package,
        size,
        dict(sorted(decks.items())),
        {name: lengths[at] for at, name in enumerate(_group_names())},
        tuple(answers[:_MOST]),
        {"Text of the cards, before packing": sides, **_by_kind(media), **shared},
        tuple(sorted(media.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]),
    )


def _group_names() -> list[str]:
    lows = (0, *(bound + 1 for bound in _BOUNDS[:-1]))
    names = [f"{low} to {high}" for low, high in zip(lows, _BOUNDS, strict=True)]
    return [*names, f"more than {_BOUNDS[-1]}"]


_KINDS = {
    "Drawings": (".svg",),
    "Sounds and films": (".mp3", ".ogg", ".wav", ".m4a", ".flac", ".opus", ".mp4", ".webm", ".oga"),
}


def _by_kind(media: Mapping[str, int]) -> Mapping[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for name, size in media.items():
        suffix = PurePosixPath(name).suffix.lower()
        kind = next((kind for kind, suffixes in _KINDS.items() if suffix in suffixes), "Images")
        sums[kind] += size
    return dict(sorted(sums.items()))


_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="Cardwright">
<meta name="state" content="{state}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
"""
_LONGEST_TITLE = 160
_MOST_DECKS = 500  # how many decks have their own row


def page(figures: Figures, state: str) -> str:
    """Return the whole page. ``state`` is a hash of what it shows."""
    style = files("cardwright.report").joinpath("report.css").read_text("utf-8")
    title = escape(f"{figures.root}: build report")
    parts = [
        _HEAD.format(title=title, style=style, state=state),
        *_header(figures),
        *_section(
            "Words per answer",
            "How long the answers are, in words of Markdown. Short answers are easier to learn.",
            _bars(("Words", "Notes", ""), [(n, c, f"{c:,}") for n, c in figures.words.items()]),
        ),
        *_longest(figures),
        *_sizes(figures),
        *_decks(figures),
        "</main>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def _header(figures: Figures) -> Iterator[str]:
    yield f"<h1>{escape(figures.root)}</h1>\n"
    yield f"<p class='package'>{escape(figures.package)}, {_size(figures.size)}</p>\n<dl>\n"
    counts = {
        "notes": figures.total("notes"),
        "cards": figures.total("cards"),
        "decks": figures.deck_count,
        "formulas": figures.total("formulas"),
        "images": figures.total("images"),
        "words an answer": _mean(figures.total("words"), figures.total("notes")),
    }
    for name, count in counts.items():
        yield f"<div><dt>{name}</dt><dd>{count:,}</dd></div>\n"
    yield "</dl>\n"


def _longest(figures: Figures) -> Iterator[str]:
    rows = (
        f"<tr><th scope='row'>{escape(shorten(question, _LONGEST_TITLE)) or '…'}"
        f"<br><code>{escape(place)}</code></th><td class='number'>{words:,}</td></tr>\n"
        for question, place, words in figures.longest
    )
    words = "Perhaps some of them are two questions."
    yield from _section("Longest answers", words, _table(("Question", "Words"), rows))


def _sizes(figures: Figures) -> Iterator[str]:
    rows = [(name, size, _size(size)) for name, size in figures.sizes.items()]
    yield from _section("Sizes", "What is in the package.", _bars(("What", "Size", ""), rows))
    if figures.files:
        rows = [(name, size, _size(size)) for name, size in figures.files]
        words = "By their names in Anki."
        yield from _section("Largest files", words, _bars(("File", "Size", ""), rows))


def _decks(figures: Figures) -> Iterator[str]:
    most = max((deck["cards"] for deck in figures.decks.values()), default=1) or 1
    shown = [*figures.decks.items()][:_MOST_DECKS]
    rows = (_deck_row(name, deck, figures.root, most) for name, deck in shown)
    names = ("Deck", "Cards", "", "Notes", "Formulas", "Images", "Words per answer")
    rest = len(figures.decks) - len(shown)
    words = "Decks that only hold others are left out."
    words += f" {many(rest, 'deck')} more have no line here." if rest else ""
    yield from _section("Decks", words, _table(names, rows))


def _deck_row(name: str, deck: Mapping[str, int], root: str, most: int) -> str:
    name = name.removeprefix(f"{root}::")
    parts = "<span class='part'>::</span><wbr>".join(escape(part) for part in name.split("::"))
    mean = _mean(deck["words"], deck["notes"])
    numbers = (deck["notes"], deck["formulas"], deck["images"], mean)
    cells = "".join(f"<td class='number'>{number:,}</td>" for number in numbers)
    return (
        f"<tr><th scope='row'>{parts}</th><td class='number'>{deck['cards']:,}</td>"
        f"{_bar(deck['cards'], most)}{cells}</tr>\n"
    )


def _section(title: str, words: str, content: str) -> Iterator[str]:
    name = title.lower().replace(" ", "-")
    yield f"<section>\n<h2 id='{name}'>{title}</h2>\n<p>{words}</p>\n"
    yield f"<div class='wide' role='region' aria-labelledby='{name}' tabindex='0'>\n"
    yield f"{content}</div>\n</section>\n"


def _bars(names: Sequence[str], rows: Sequence[tuple[str, int, str]]) -> str:
    """Return a table of names and numbers, with a bar beside each number."""
    most = max((count for _, count, _ in rows), default=1) or 1
    return _table(
        names,
        (
            f"<tr><th scope='row'>{escape(name)}</th><td class='number'>{shown}</td>"
            f"{_bar(count, most)}</tr>\n"
            for name, count, shown in rows
        ),
    )


def _bar(count: int, most: int) -> str:
    """Return a bar. Screen readers skip it, because the number beside it says the same."""
    bar = f"<div style='width:{100 * count / most:.1f}%'></div>" if count else ""
    return f"<td class='bar' aria-hidden='true'>{bar}</td>"


def _table(names: Sequence[str], rows: Iterable[str]) -> str:
    heads = "".join(
        f"<th scope='col'{' class=number' if at else ''}>{name}</th>"
        if name
        else "<td class='bar' aria-hidden='true'></td>"
        for at, name in enumerate(names)
    )
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"


def _mean(total: int, count: int) -> int:
    return round(total / count) if count else 0


_UNITS: Mapping[str, int] = {"MB": 1_000_000, "KB": 1_000}


def _size(count: int) -> str:
    for name, unit in _UNITS.items():
        if count >= unit:
            return f"{count / unit:,.1f} {name}"
    return f"{count:,} bytes"
