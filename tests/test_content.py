"""The deck that ships: what has to hold for all of its cards and figures together."""

from __future__ import annotations

import re
import runpy
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import median

import pytest

from cardwright.explain import read_files
from cardwright.identify.similarity.fronts import Weights, compare_fronts, weights_of
from cardwright.identify.similarity.sketch import likeness_of, sketch_of
from cardwright.identify.similarity.words import asked_words_of, words_of
from cardwright.model import NoteSource
from cardwright.notetypes import CLOZE
from cardwright.parse import ParsedFile
from cardwright.pipeline import Assembly, Options, assemble
from content.tests.cards import CONTENT, TEXT

FIGURES = CONTENT / "figures"
DRAWN = sorted(FIGURES.glob("draw_*.py"))

# What the deck is made of, as the program reads it


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[ParsedFile, ...]:
    """Read without a lock, as one who copies the folder would."""
    lock = tmp_path_factory.mktemp("read") / "none.lock"
    read = read_files(CONTENT, lock, lambda _name, _done, _total: None)
    return tuple(parsed for parsed, _ in read.files)


@pytest.fixture(scope="module")
def notes(files: Sequence[ParsedFile]) -> list[NoteSource]:
    return [note for file in files for note in file.notes]


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    lock = tmp_path_factory.mktemp("build") / "none.lock"
    return assemble(CONTENT, Options(1_760_000_000, is_offline=True, lock_file=lock))


def test_nothing_is_wrong_with_the_deck_and_katex_takes_every_formula(assembly: Assembly) -> None:
    assert assembly.diagnostics == ()


def test_the_deck_is_a_deck_for_an_interview(
    files: Sequence[ParsedFile], notes: Sequence[NoteSource], assembly: Assembly
) -> None:
    assert assembly.identified is not None
    built = assembly.identified.notes
    figures = {media.name for note in built for media in note.media}

    assert len([file for file in files if file.notes]) >= 26
    assert len([note for note in notes if note.kind != CLOZE]) >= 260
    assert len([note for note in notes if note.kind == CLOZE]) >= 6
    assert len([note for note in notes if note.is_reverse]) >= 26
    assert len([note for note in notes if note.explicit_id.endswith("-worked-example")]) >= 26
    assert len(figures) >= 45


def test_every_topic_has_ten_questions_and_sections_of_two(files: Sequence[ParsedFile]) -> None:
    for file in files:
        asked = [note for note in file.notes if note.kind != CLOZE]
        sections = Counter(note.section for note in asked)
        assert file.title
        assert len(asked) >= 10, file.title
        assert 2 <= len(sections) <= 5, file.title
        assert min(sections.values()) >= 2, file.title


def test_every_question_has_an_id_of_its_own(notes: Sequence[NoteSource]) -> None:
    ids = Counter(note.explicit_id for note in notes if note.kind != CLOZE)

    assert [key for key, times in ids.items() if times > 1] == []
    assert [key for key in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


# Short answers

_NO_PROSE = re.compile(
    r"\$\$.*?\$\$|\$[^$]*\$|```.*?```|!\[.*?\]\(.*?\)|^\|.*?$|^\*Sources?\b.*?$", re.DOTALL | re.M
)


def prose_words(markdown: str) -> int:
    """The words of a text without its formulas, tables, code, figures and sources."""
    return len(re.findall(r"\w+(?:['’.,-]\w+)*", _NO_PROSE.sub(" ", markdown)))


def test_answers_are_short(notes: Sequence[NoteSource]) -> None:
    words = {
        note.explicit_id: prose_words(note.back.markdown) for note in notes if note.kind != CLOZE
    }

    assert median(words.values()) <= 60
    assert {key: count for key, count in words.items() if not 5 <= count <= 120} == {}


def test_what_counts_as_a_word() -> None:
    answer = "A rate of 1,000, that's $x$ words.\n\n| a | b |\n\n$$\ny\n$$\n\n*Source: Z.*"

    assert prose_words(answer) == 6


def test_no_line_begins_with_a_percent_sign(notes: Sequence[NoteSource]) -> None:
    """A no-break space stands before it, or a phone breaks the line there."""
    texts = [p.markdown for note in notes for p in (note.front, note.back, note.hint, note.extra)]

    assert [text for text in texts if re.search(r"\d %", text)] == []


# Sources

_LAST_LINE = re.compile(r"\*Sources?\b[^:*]*: .+\.\*")
_ARXIV = re.compile(r"(?<!\d)(\d{4}), arXiv:(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?![\d.]*\d)")
_CITED = re.compile(
    r"(?P<author>[A-Z][\w-]*(?: Team)?)(?: et al\.| & [\w-]+)?(?: \([^)]+\))?, "
    r"(?:“[^”]+”, )?(?:[^;“]+, )?" + _ARXIV.pattern
)
_PAPER = re.compile(r"arXiv|”, (?:[A-Z][\w &-]*,? )?(?:19|20)\d\d|\*Sources?\b")


def answers(notes: Sequence[NoteSource]) -> Iterator[tuple[NoteSource, str]]:
    """Each answer, and what is folded under it, that names a paper."""
    for note in notes:
        for passage in (note.back, note.extra):
            if _PAPER.search(passage.markdown):
                yield note, passage.markdown


def test_a_source_is_in_the_last_line(notes: Sequence[NoteSource]) -> None:
    """In the extra: an answer itself has none, and what is folded under it ends in it."""
    for note, text in answers(notes):
        last = text.strip().split("\n")[-1]
        if "*Source" in text:
            assert re.search(rf"(?:^|[.:] ){_LAST_LINE.pattern}$", last), note.explicit_id


def test_most_cards_name_a_source(notes: Sequence[NoteSource]) -> None:
    sourced = [note for note, text in answers(notes) if "*Source" in text]

    assert len(sourced) > len(notes) * 0.6


# Tags by which a learner picks cards

LEVELS = {"level::core", "level::deep"}
ROLES = {"role::engineer", "role::researcher"}


def test_every_question_has_a_level_and_a_role(assembly: Assembly) -> None:
    assert assembly.identified is not None
    notes = [note for note in assembly.identified.notes if note.kind != CLOZE]
    tags = {note.plain: {*note.tags} for note in notes}

    spelt = {tag for found in tags.values() for tag in found if tag.startswith(("level", "role"))}
    assert spelt == LEVELS | ROLES
    assert [key for key, found in tags.items() if len(found & LEVELS) != 1] == []
    assert [key for key, found in tags.items() if not found & ROLES] == []


def test_the_core_is_learned_in_two_weeks(notes: Sequence[NoteSource]) -> None:
    assert 100 <= sum("level::core" in note.tags for note in notes) <= 140


def test_an_arxiv_id_is_well_formed_and_of_its_year(notes: Sequence[NoteSource]) -> None:
    for note, text in answers(notes):
        found = _ARXIV.findall(text)
        assert len(found) == text.count("arXiv"), note.explicit_id
        assert [id_ for year, id_ in found if year != f"20{id_[:2]}"] == [], note.explicit_id


def test_an_arxiv_id_is_always_of_the_same_author(notes: Sequence[NoteSource]) -> None:
    authors = defaultdict(set)
    for note, text in answers(notes):
        for found in _LAST_LINE.finditer(text):
            entries = list(_CITED.finditer(found[0]))
            assert len(entries) == found[0].count("arXiv"), note.explicit_id
            for entry in entries:
                authors[entry[3]].add(entry["author"])

    assert len(authors) > 200
    assert {id_: names for id_, names in authors.items() if len(names) > 1} == {}


# No question twice

ALIKE = 0.4
"""From here on two cards are one in other words. Questions put in other words, with an answer
of one's own, score 0.41 and more; the nearest two of the deck 0.35, a term and a question on it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as the matching of edited questions sees it; a cloze is its own answer."""

    key: str
    words: tuple[str, ...]
    sketch: str

    @classmethod
    def of(cls, question: str, answer: str, key: str = "") -> Card:
        return cls(key, asked_words_of(question), sketch_of(words_of(answer)))

    def likeness(self, other: Card, weights: Weights) -> float:
        """The shares of question and answer are those of that matching."""
        fronts = compare_fronts(self.words, other.words, weights)
        return 0.45 * fronts.share + 0.55 * likeness_of(self.sketch, other.sketch)


@pytest.fixture(scope="module")
def cards(notes: Sequence[NoteSource]) -> list[Card]:
    return [
        Card.of(
            note.front.markdown,
            (note.front if note.kind == CLOZE else note.back).markdown,
            note.explicit_id or note.front.markdown,
        )
        for note in notes
    ]


@pytest.mark.slow
def test_no_two_cards_ask_the_same(cards: Sequence[Card]) -> None:
    weights = weights_of(card.words for card in cards)
    alike = {
        (one.key, other.key): round(likeness, 3)
        for one, other in combinations(cards, 2)
        if (likeness := one.likeness(other, weights)) >= ALIKE
    }

    assert alike == {}


@pytest.mark.parametrize(
    ("key", "question", "answer"),
    [
        (
            "attention-sink",
            "What is an attention sink?",
            "A token, mostly the first, that many heads look at although it means little.",
        ),
        (
            "why-80-10-10",
            "Why are not all selected tokens replaced with [MASK] in BERT?",
            "Because that token never occurs when the model is fine-tuned, and a model that works"
            " only where it sees the token would be badly prepared.",
        ),
        (
            "top-k-vs-top-p",
            "What is the difference between top-k and top-p sampling?",
            "Top-k keeps a fixed number of tokens, top-p the smallest set whose probabilities"
            " reach p, so that its size follows the distribution.",
        ),
    ],
)
def test_a_question_in_other_words_is_found(
    cards: Sequence[Card], key: str, question: str, answer: str
) -> None:
    copy = Card.of(question, answer)
    weights = weights_of(card.words for card in (*cards, copy))

    alike = [card.key for card in cards if card.likeness(copy, weights) >= ALIKE]

    assert alike == [key]


# Figures and worked examples


def svg_of(script: Path) -> str:
    return script.stem.removeprefix("draw_").replace("_", "-") + ".svg"


@pytest.mark.slow
@pytest.mark.parametrize("script", DRAWN, ids=lambda script: script.stem)
def test_every_figure_is_up_to_date_with_its_script(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in FIGURES.glob("*.py"):
        shutil.copy(module, tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    runpy.run_path(str(tmp_path / script.name), run_name="__main__")

    drawn = (tmp_path / svg_of(script)).read_bytes()
    assert drawn == (FIGURES / svg_of(script)).read_bytes()


def test_every_figure_has_a_script_and_a_card() -> None:
    figures = {path.name for path in FIGURES.glob("*.svg")}

    assert figures == {svg_of(script) for script in DRAWN}
    assert figures == set(re.findall(r"!\[[^\]]+\]\(figures/([^)]+)\)", TEXT))


def test_every_worked_example_is_computed_again(notes: Sequence[NoteSource]) -> None:
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in (CONTENT / "tests").glob("test_*.py")
    )
    keys = [note.explicit_id for note in notes if note.explicit_id.endswith("-worked-example")]

    assert keys
    assert [key for key in keys if f'"{key}"' not in tests] == []
