"""Questions in other words: which old note they are, and when nobody but the author can tell."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from cardwright.diagnostics import Code
from cardwright.identify import identify
from cardwright.identify.match_state import Ambiguity, StepResult
from cardwright.identify.similarity.assignment import assign
from cardwright.identify.similarity.fronts import compare_fronts, weights_of
from cardwright.identify.similarity.words import asked_words_of
from cardwright.model import FiledNote
from tests.edits import reworded, touched_up
from tests.made_up import PLANTS, made_up
from tests.notes import drafts_of
from tests.test_identify import build, guids, question, rebuild
from tests.work import calls_of

LEAF = "An organ that catches light and makes sugar of it, with water from the root."
ROOT = "The part under the ground that takes up water and holds the plant where it is."
STEM = "It carries the leaves, and water and sugar between them and the root."
PARTS = [
    question("What is a leaf?", LEAF),
    question("What is a root?", ROOT),
    question("What is a stem?", STEM),
]

# Known again

KNOWN_AGAIN = {
    "a typo": question("What is a raot?", ROOT),
    "other words": question("What do we call the root of a plant?", ROOT),
    "another question, the same answer": question("Which part drinks?", ROOT),
    "other words and an answer that was mended": question("Define root", f"{ROOT} Mostly."),
    "a longer answer": question("What are roots?", f"{ROOT} It is seldom green, and branches."),
    "a typo and another answer": question("What is a rooot?", "Whatever keeps it from falling."),
    "marks": question("What is a **root**?!", "Whatever keeps it from falling."),
    "an apostrophe": question("What's the root's task?", f"{ROOT} And more."),
    "a formula spelled otherwise": question(r"What is \(a\) root?", ROOT),
}


@pytest.mark.parametrize("edited", KNOWN_AGAIN.values(), ids=KNOWN_AGAIN.keys())
def test_an_edited_question_is_known_again_in_place(edited: FiledNote) -> None:
    assert rebuild(PARTS, [PARTS[0], edited, PARTS[2]]) == [0, 1, 2]


@pytest.mark.parametrize("name", ["a typo", "other words", "a longer answer"])
def test_a_reworded_question_in_another_file_keeps_its_note(name: str) -> None:
    edited = KNOWN_AGAIN[name].note.source
    moved = question(edited.front.markdown, edited.back.markdown, file="b.md")

    assert rebuild(PARTS, [PARTS[0], PARTS[2], moved]) == [0, 2, 1]


def test_all_questions_of_a_file_can_change_at_once() -> None:
    after = [
        question("Tell what a stem is", STEM, file="z.md"),
        question("Tell what a leaf is", LEAF, file="z.md"),
        question("Tell what a root is", ROOT, file="z.md"),
    ]

    assert rebuild(PARTS, after) == [2, 0, 1]


def test_a_short_answer_that_only_one_note_has_identifies_that_note() -> None:
    before = [question(f"What is the capital of {name}?", city) for name, city in CAPITALS]
    after = [*before[:2], question("Which city is the seat of Kenya?", "Nairobi"), *before[3:]]

    assert rebuild(before, after) == [0, 1, 2, 3]


def test_fronts_with_the_same_words_in_another_order_match_the_right_notes() -> None:
    fronts = [
        f"What is the value of an {parity} bit if the number of {digit}'s is {other}"
        for parity, other in (("even", "odd"), ("odd", "even"))
        for digit in "01"
    ]
    before = [question(front, front[-1]) for front in fronts]
    after = [question(f"{front}?", front[-1], file="b.md") for front in fronts[::-1]]

    assert rebuild(before, after) == [3, 2, 1, 0]


def test_a_question_that_two_sections_have_is_known_in_capitals() -> None:
    before = [
        question("How do you water moss?", "From above, with rain.", section="Moss"),
        question("How do you water moss?", "Never at noon.", section="Water"),
    ]
    after = [
        question("HOW DO YOU WATER MOSS?", "Rarely.", section="Moss"),
        question("HOW DO YOU WATER MOSS?", "In the evening.", section="Water"),
    ]

    assert rebuild(before, after) == [0, 1]


def test_a_rephrased_chinese_question_keeps_its_note_although_its_answer_changed() -> None:
    before = [question("叶子的主要功能？", LEAF), question("根的结构？", ROOT)]
    after = [question("叶子的主要功能有哪些？", STEM), question("根的结构是什么？", "须根。")]

    assert rebuild(before, after) == [0, 1]


CODE = "```\nleaves = []\nleaves.append(1)\nleaves.append(2)\nprint(len(leaves), leaves)\n```"


def test_code_that_answers_in_two_languages_hands_no_note_to_a_third() -> None:
    before = [question("What is printed?", CODE), question("Was wird gedruckt?", CODE, file="b.md")]
    after = [before[0], question("Que montre ceci?", CODE, file="c.md")]

    assert rebuild(before, after) == [0, None]


def test_a_front_that_every_file_has_matches_no_note_of_another_file() -> None:
    before = [
        question("Summary", LEAF, file="leaf.md"),
        question("Summary", ROOT, file="root.md"),
    ]
    after = [
        question("Summary", "Spores, films, capsules.", file="moss.md"),
        question("Summary", f"{ROOT} Mostly.", file="roots.md"),
    ]

    assert rebuild(before, after) == [None, 1]


def test_a_common_title_does_not_ask_about_retired_notes() -> None:
    first = build(question("Summary", LEAF, file="a.md"), question("Summary", ROOT, file="b.md"))
    second = build(question("What is moss?", "Green."), lock=first.lock)
    third = build(
        question("What is moss?", "Green."),
        question("Summary", "Spores, films, capsules.", file="c.md"),
        lock=second.lock,
    )

    assert third.diagnostics == ()
    assert len(third.changes.new) == 1


def test_a_common_title_of_many_new_files_does_not_ask() -> None:
    names = ("moss", "fern", "leaf", "bark", "root")
    notes = [
        question("Further reading", f"- A book on {n}.\n- {n} and {n}s, a film of {n}.", file=n)
        for n in names
    ]
    first = build(notes[0], *PARTS)

    second = build(*notes[1:], *PARTS, lock=first.lock, now=2000)

    assert second.diagnostics == ()
    assert len(second.changes.new) == 4
    assert rebuild(notes[:3], notes[1:4]) == [1, 2, None]


CAPITALS = [("France", "Paris"), ("Ghana", "Accra"), ("Kenya", "Nairobi"), ("Cuba", "Havana")]


OTHERWISE = {
    "code that is marked no longer": (
        "Which polyfills does a `create-react-app` include?",
        "Which polyfills does a create-react-app include?",
    ),
    "code that is marked now": (
        "What do the <Router> components do?",
        "What do the `<Router>` components do?",
    ),
    "one or several": ("How React updates a tree?", "How does React update a tree?"),
    "another form of the verb": (
        "What are the rules to be followed in reducers?",
        "What are the rules to follow in reducers?",
    ),
    "another auxiliary": ("What rules need to be followed?", "What rules must be followed?"),
    "the sign of a version": ("What is new in React 16?", "What is new in React v16?"),
}


@pytest.mark.parametrize(("old", "new"), OTHERWISE.values(), ids=OTHERWISE.keys())
def test_a_rephrased_front_keeps_its_note_although_its_answer_changed(old: str, new: str) -> None:
    others = [
        question("What follows a render in React?", STEM),
        question("What is a Router?", "It."),
        question("When does React update reducers?", "When they change."),
        question("Who updates the rules?", "Somebody."),
        question("Which components include others?", "Those that have children."),
    ]

    assert rebuild([others[0], question(old, LEAF), *others[1:]],
                   [others[0], question(new, ROOT), *others[1:]]) == [0, 1, 2, 3, 4, 5]  # fmt: skip


# Not known again: another question


def test_a_question_that_shares_its_stem_is_another() -> None:
    before = [question(f"What is the capital of {name}?", city) for name, city in CAPITALS]
    after = [*before[:2], question("What is the capital of Peru?", "Lima"), *before[3:]]

    assert rebuild(before, after) == [0, 1, None, 3]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What is an encoder?", "What is a decoder?"),
        ("What is supervised learning?", "What is unsupervised learning?"),
        ("What is BERT?", "What is BART?"),
        ("What changed in version 18?", "What changed in version 19?"),
        ("What is C++?", "What is C#?"),
        ("What is C?", "What is C++?"),
        ("What does && do?", "What does ?? do?"),
        ("Whose flag is 🇫🇷?", "Whose flag is 🇩🇪?"),
        ("What are the advantages of moss?", "What are the disadvantages of moss?"),
        ("When must you water it?", "When may you water it?"),
        ("What is a leaf policy?", "What is a leaf polish?"),
        ("What is HTTP/2?", "What is HTTP/3?"),
        ("What does `<b>moss</b>` show?", "What does `<i>moss</i>` show?"),
    ],
)
def test_a_word_that_makes_it_another_question(old: str, new: str) -> None:
    others = [question(front) for front in ("What is moss?", "What is learning?", "What is new?")]

    assert rebuild([*others, question(old, LEAF)], [*others, question(new, ROOT)])[-1] is None


def test_a_short_answer_that_several_notes_have_identifies_none() -> None:
    before = [question("Is moss a plant?", "Yes."), question("Has a fern seeds?", "No.")]
    after = [question("Does bark burn?", "Yes."), question("Is sap sweet?", "Yes.")]

    assert rebuild(before, after) == [None, None]


def test_a_translation_in_another_file_has_no_part_in_how_often_an_answer_is_given() -> None:
    english = [
        question("Which planet is red?", "Mars", file="en.md"),
        question("Which planet has rings?", "Saturn", file="en.md"),
    ]
    german = [
        question("Welcher Planet ist rot?", "Mars", file="de.md"),
        question("Welcher Planet hat Ringe?", "Saturn", file="de.md"),
    ]
    edited = question("Welcher Planet hat helle Ringe?", "Saturn", file="de.md")

    assert rebuild([*english, *german], [*english, edited, german[0]]) == [0, 1, 3, 2]


def test_a_verdict_identifies_no_note_even_if_only_one_note_has_it() -> None:
    before = [question("Is moss green?", "Yes."), question("Has moss roots?", "No."), PARTS[0]]
    after = [before[0], question("Has fern seeds?", "No."), PARTS[0]]

    assert rebuild(before, after) == [0, None, 2]


def test_another_number_is_another_question_though_the_answers_are_of_one_form() -> None:
    before = [question("What is an L1 penalty?", "A penalty of the sum of absolute weights.")]
    after = [question("What is an L2 penalty?", "A penalty of the sum of squared weights.")]

    assert rebuild([*before, *PARTS], [*after, *PARTS]) == [None, 1, 2, 3]


def test_a_number_in_a_question_may_grow_with_its_answer() -> None:
    before = [question("Name 3 parts of a plant", f"- {LEAF}\n- {ROOT}\n- A stem.")]
    after = [question("Name 4 parts of a plant", f"- {LEAF}\n- {ROOT}\n- A stem.\n- A seed.")]

    assert rebuild([*before, *PARTS], [*after, *PARTS]) == [0, 1, 2, 3]


def test_a_small_deck_does_not_take_question_words_for_rare_ones() -> None:
    before = [question("What is moss?", "A plant that has no roots."), *PARTS[:2]]
    after = [
        question("Explain moss", "A plant that has no roots. It drinks with the leaves it has.")
    ]

    assert rebuild(before, [*after, *PARTS[:2]]) == [0, 1, 2]


WRITTEN_OUT = [
    ("What does PCR copy?", "What does the polymerase chain reaction copy?"),
    ("PCR", "Polymerase chain reaction (PCR)"),
    ("PCR (polymerase chain reaction)", "PCR"),
    ("What is a wood-land?", "What is a woodland?"),
    ("What parts leafland from woodland?", "What parts leaf land from wood land?"),
    ("Was ist ein Blattgrün-Farbstoff?", "Was ist ein Blattgrünfarbstoff?"),
]


@pytest.mark.parametrize(("one", "other"), WRITTEN_OUT)
def test_a_short_name_and_a_compound_are_known_written_out(one: str, other: str) -> None:
    unlike = "What does the photosynthetic leaf make?"

    assert share(one, other) == share(other, one) > 0.8
    assert share(one, unlike) < 0.4


def test_a_retired_note_is_not_matched_by_similarity() -> None:
    first = build(*PARTS)
    second = build(PARTS[0], PARTS[2], lock=first.lock)
    third = build(PARTS[0], question("What is a raot?", ROOT), PARTS[2], lock=second.lock)

    assert guids(third)[1] not in guids(first)


@pytest.mark.parametrize(
    "front", ["What is a `root`?", "what is  a **root**?", "Q7: What is a root"]
)
def test_a_retired_note_comes_back_in_another_spelling(front: str) -> None:
    first = build(*PARTS)
    second = build(PARTS[0], PARTS[2], lock=first.lock)
    third = build(PARTS[0], question(front, ROOT), PARTS[2], lock=second.lock)
    of_two = build(PARTS[0], question(front), question(front, "It is."), lock=second.lock)

    assert guids(third) == guids(first)
    assert guids(first)[1] not in guids(of_two)


def test_new_refuses() -> None:
    edited = question("What is a raot?", ROOT, is_new=True)

    assert rebuild(PARTS, [PARTS[0], edited, PARTS[2]]) == [0, None, 2]


def test_two_ids_tell_two_questions_apart_but_not_an_answer_that_is_the_same() -> None:
    before = [question("What is a root?", "It drinks, and holds the plant.", id="root"), PARTS[0]]
    reworded = question("What are the roots?", "It drinks; it holds.", id="other")
    kept = question("What are the roots?", "It drinks, and holds the plant.", id="other")

    assert rebuild(before, [reworded, PARTS[0]]) == [None, 1]
    assert rebuild(before, [kept, PARTS[0]]) == [0, 1]


def test_an_image_is_recognised_by_its_name() -> None:
    before = [question("What does moss look like?", "![](moss.png)"), PARTS[0]]
    reworded = question("How does one know a moss?", "![](moss.png)")
    another = question("How does one know a fern?", "![](fern.png)")

    assert rebuild(before, [reworded, PARTS[0]]) == [0, 1]
    assert rebuild(before, [another, PARTS[0]]) == [None, 1]


# Question and answer rewritten at once

COMPASS = question("Why does the compass needle point north?", "The earth is a magnet.")
RIVET = question("How is a rivet closed?", "With a hammer, while it is hot.")
WHY_NORTH = question(
    "What makes the compass needle point north?", "Iron in the core of the planet moves."
)
CLOSING = question("How is a rivet closed by hand?", "A second head is formed with blows.")
SHORE = [PARTS[0], COMPASS, PARTS[1]]


def test_a_question_that_names_its_subject_again_in_its_place_is_the_same() -> None:
    assert rebuild(SHORE, [PARTS[0], WHY_NORTH, PARTS[1]]) == [0, 1, 2]


def test_several_rewritten_questions_keep_their_notes_in_order() -> None:
    before = [PARTS[0], COMPASS, RIVET, PARTS[1]]

    assert rebuild(before, [PARTS[0], WHY_NORTH, CLOSING, PARTS[1]]) == [0, 1, 2, 3]


def test_a_subject_does_not_match_beside_another_new_question_or_elsewhere() -> None:
    tide = question("What is a spring tide?", "Sun and moon pull along one line.")

    assert rebuild(SHORE, [PARTS[0], WHY_NORTH, tide, PARTS[1]]) == [0, None, None, 2]
    assert rebuild(SHORE, [PARTS[0], PARTS[1], WHY_NORTH]) == [0, 2, None]


def test_a_question_whose_subject_another_one_has_is_not_matched() -> None:
    others = [
        question("Why does the compass needle have a cap?", "It turns on a gem."),
        question("Where does the north point of a map lie?", "Above."),
    ]

    assert rebuild([*SHORE, *others], [PARTS[0], WHY_NORTH, PARTS[1], *others])[1] is None


# Perhaps the same

REWRITTEN = question("Which root is it?", "The one that drinks.")


def test_a_rewritten_question_names_the_old_note_that_it_may_be() -> None:
    first = build(*PARTS)
    second = build(PARTS[0], REWRITTEN, PARTS[2], lock=first.lock)

    assert [each.weak_match and each.weak_match.guid for each in second.identities] == [
        None,
        guids(first)[1],
        None,
    ]


def test_a_note_at_the_same_spot_is_named_even_if_hardly_a_word_is_left() -> None:
    first = build(PARTS[0], RIVET, PARTS[1])
    new = question("How does a smith close it?", "With blows of a hammer.")
    tide = question("What is a spring tide?", "Sun and moon pull along one line.")
    in_place = build(PARTS[0], new, PARTS[1], lock=first.lock)
    beside = build(PARTS[0], new, tide, PARTS[1], lock=first.lock)

    told = in_place.identities[1].weak_match
    assert told is not None
    assert told.guid == guids(first)[1]
    assert [each.weak_match for each in beside.identities] == [None] * 4


def test_a_question_with_another_number_is_named_too() -> None:
    first = build(question("How tall is the old oak (2022)?", "19 metres"), *PARTS)
    second = build(
        question("How tall is the old oak (2024)?", "21 metres"), *PARTS, lock=first.lock
    )

    told = second.identities[0].weak_match
    assert told is not None
    assert told.guid == guids(first)[0]


def test_no_old_note_is_named_for_a_new_or_unrelated_question() -> None:
    first = build(*PARTS)
    said = question("Which root is it?", "The one that drinks.", is_new=True)
    unlike = question("Who was Linnaeus?", "He named plants.")

    for new in (said, unlike):
        second = build(PARTS[0], new, PARTS[2], lock=first.lock)
        assert [each.weak_match for each in second.identities] == [None, None, None]


# In doubt

MOSS = "A small plant without roots that drinks with its leaves and grows where it is wet."


def parted() -> tuple[list[FiledNote], list[FiledNote]]:
    """A question, and the two that were made of it."""
    before = [question("What are moss and fern?", MOSS), *PARTS]
    after = [question("What is fern?", MOSS), question("What is moss?", MOSS), *PARTS]
    return before, after


def test_two_equally_likely_questions_are_an_error_that_shows_both() -> None:
    before, after = parted()
    first = build(*before)

    (problem,) = build(*after, lock=first.lock).diagnostics

    assert problem.code is Code.AMBIGUOUS_MATCH
    assert problem.message == (
        f"'What is fern?' could be the old note 'What are moss and fern?' {guids(first)[0]} "
        "(a.md, the first); so could 'What is moss?' a.md:1"
    )
    assert problem.hint == (
        f"write {{#{guids(first)[0]}}} at the end of the question that belongs to that "
        "note, or {new} at the end of a new question; --accept-new makes all of them new notes"
    )


def test_accepting_new_takes_them_as_new_and_retires_the_old() -> None:
    before, after = parted()
    first = build(*before)

    second = identify(after, drafts_of(after), first.lock, 2000, is_accepting_new=True)

    assert second.diagnostics == ()
    assert second.changes.new == (second.notes[0].guid, second.notes[1].guid)
    assert second.changes.retired == (guids(first)[0],)
    assert [note.guid for note in second.notes[2:]] == guids(first)[1:]


def test_the_best_pairs_come_first() -> None:
    assert assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.7, (1, 1): 0.9}, 0.05) == StepResult(
        [(0, 0), (1, 1)], []
    )


def test_two_pairs_that_could_be_swapped_are_one_ambiguity() -> None:
    scores = {(0, 0): 0.80, (0, 1): 0.79, (1, 0): 0.79, (1, 1): 0.80, (2, 2): 0.9}

    assert assign(scores, 0.05) == StepResult([(2, 2)], [Ambiguity((0, 1), (0, 1))])


def test_a_rival_that_surely_matches_another_note_does_not_make_a_match_ambiguous() -> None:
    scores = {(0, 0): 0.60, (1, 0): 0.59, (1, 1): 0.95}

    assert assign(scores, 0.05) == StepResult([(1, 1), (0, 0)], [])


def test_one_old_note_for_two_questions_is_ambiguous() -> None:
    assert assign({(3, 7): 0.60, (4, 7): 0.58}, 0.05) == StepResult([], [Ambiguity((3, 4), (7,))])


# Fronts


def share(one: str, other: str, *deck: str) -> float:
    fronts = [asked_words_of(front) for front in (one, other, *deck)]
    return compare_fronts(fronts[0], fronts[1], weights_of(fronts)).share


def test_the_words_that_all_questions_have_count_little() -> None:
    deck = [f"What is a {name}?" for name in ("leaf", "root", "stem", "seed", "cone", "fern")]

    other_word = share("What is a moss?", "What is a twig?", *deck)
    other_stem = share("What is a moss?", "What does moss do?", *deck)

    assert other_word < 0.25 < 0.35 < other_stem


DEFINED = [
    ("What is photosynthesis?", "What is meant by photosynthesis?", 0.8),
    ("Was ist ein Keimblatt?", "Was versteht man unter einem Keimblatt?", 0.4),
    ("¿Qué es la savia?", "¿Qué se entiende por savia?", 0.45),
    ("Что такое устьице?", "Что означает понятие устьице?", 0.7),
    ("Co to jest pylnik?", "Co oznacza pojęcie pylnik?", 0.45),
    ("광합성이란 무엇인가요?", "광합성에 대해 설명해 주세요.", 0.25),
    ("뿌리의 구조는?", "뿌리는 어떤 구조인가요?", 0.4),
    ("<b>Is a <i class=x>fern</i> a <code>tree</code>?</b>", "Is a fern a tree?", 0.99),
]


@pytest.mark.parametrize(("one", "other", "least"), DEFINED)
def test_only_the_words_of_the_subject_count_much(one: str, other: str, least: float) -> None:
    assert share(one, other) > least


def test_the_order_of_words_counts_a_little() -> None:
    assert 0.9 < share("Is moss a fern?", "Is a fern moss?") < 1
    assert share("Is moss a fern?", "Is moss a fern?") == 1


@pytest.mark.parametrize("front", ["", "?!", "**"])
def test_a_front_without_words_is_similar_to_no_other(front: str) -> None:
    assert share(front, "What is moss?") == 0
    assert share(front, front) == 0


@pytest.mark.parametrize(
    ("other", "strange"),
    [
        ("Define the moss", 0),
        ("What is a young moss?", 1),
        ("What is a fern?", 2),
    ],
)
def test_an_added_word_costs_less_than_a_replaced_one(other: str, strange: int) -> None:
    front, edited = asked_words_of("What is a moss?"), asked_words_of(other)
    weights = weights_of([front, edited])

    assert compare_fronts(front, edited, weights).strange == strange
    assert compare_fronts(edited, front, weights).strange == strange


def test_a_question_with_one_more_word_keeps_its_note_although_its_answer_was_rewritten() -> None:
    before = [question("How does moss drink without roots?", MOSS), *PARTS]
    answer = "That drinks with its leaves. Nothing else does it so."
    after = question("How does moss drink without roots at night?", answer)

    assert rebuild(before, [after, *PARTS]) == [0, 1, 2, 3]


# A front that grew


QUIZ = [
    ("What does a leaf catch from the sun?", ("Light", "Salt", "Sound")),
    ("Which part takes water from the ground?", ("The seed", "The root", "The bark")),
    ("How do ferns spread over a wood?", ("By spores", "By cones", "By bulbs")),
]


def plain(front: str, options: tuple[str, ...]) -> FiledNote:
    """A question whose options are a list without a mark, so that the list is its answer."""
    return question(front, "\n".join(f"- {option}" for option in options))


def marked(front: str, options: tuple[str, ...], right: int = 1) -> FiledNote:
    """The question with its options on the front, and the right one as its answer."""
    boxes = "\n".join(f"- [ ] {option}" for option in options)
    return question(f"{front}\n\n{boxes}", options[right])


def test_questions_are_known_after_their_options_were_marked() -> None:
    before = [plain(*asked_of) for asked_of in QUIZ]

    assert rebuild(before, [marked(*asked_of) for asked_of in QUIZ]) == [0, 1, 2]
    assert rebuild([marked(*asked_of) for asked_of in QUIZ], before) == [0, 1, 2]


def test_marked_options_and_a_corrected_typo_keep_the_notes() -> None:
    before = [plain(*asked_of) for asked_of in QUIZ]
    front, options = QUIZ[1]
    after = [marked(*QUIZ[0]), marked(front.replace("takes", "take"), options), marked(*QUIZ[2])]

    assert rebuild(before, after) == [0, 1, 2]


def test_a_question_that_gains_code_keeps_its_note_between_its_neighbours() -> None:
    before = [PARTS[0], question("What does this program print?", "Six."), PARTS[2]]
    after = [PARTS[0], question("What does this program print?\n\n`f(3)`", "A sum."), PARTS[2]]

    assert rebuild(before, after) == [0, 1, 2]


def test_a_front_that_is_extended_after_a_comma_keeps_its_note() -> None:
    before = [PARTS[0], question("Close look at pears", "Do not take one for a quince."), PARTS[1]]
    front = "Close look at pears, and a comparison with quinces"
    after = [PARTS[0], question(front, "The fur sets them apart."), PARTS[1]]

    assert rebuild(before, after) == [0, 1, 2]


def test_a_question_that_was_split_leaves_its_note_to_its_first_half() -> None:
    whole = question("Why is moss green, and why so low?", "It has no wood, but chlorophyll.")
    parts = [
        question("Why is moss green?", "It has chlorophyll."),
        question("Why is moss so low?", "It has no wood."),
    ]
    other = [question("Why is moss green matter?", "A pun."), question("What is a sea?", "Salt.")]

    assert rebuild([whole, *PARTS], [*parts, *PARTS]) == [0, None, 1, 2, 3]
    assert rebuild([*parts, *PARTS], [whole, *PARTS]) == [0, 2, 3, 4]
    assert rebuild([parts[0], *PARTS], [*other, *PARTS]) == [None, None, 1, 2, 3]


def test_a_shared_beginning_of_one_word_is_no_match() -> None:
    before = [question("Tree", "It has a root and leaves."), *PARTS]
    after = [question("Tree traversal", "A walk that sees all."), *PARTS]

    assert rebuild(before, after) == [None, 1, 2, 3]


def test_titles_whose_questions_move_up_to_them_keep_their_notes() -> None:
    asked = ["Why does a leaf look green?", "What does a root do all day?", "How old is it?"]
    told = ["Its cells hold chlorophyll.", "It drinks, and it holds the plant.", "It has rings."]
    titles = ["Leaves", "Roots", "Bark"]
    before = [
        question(t, f"Question: {q}\n\n{a}") for t, q, a in zip(titles, asked, told, strict=True)
    ]
    after = [question(f"{t}\n\n{q}", a) for t, q, a in zip(titles, asked, told, strict=True)]

    assert rebuild(before, after) == [0, 1, 2]


def test_the_author_is_asked_which_of_two_questions_the_beginning_was() -> None:
    before = [question("What does this program print?", "Six.")]

    assert asked(
        before,
        ("What does this program print?\n\n`f(3)`", "A sum."),
        ("What does this program print?\n\n`g(7)`", "A list."),
    ) == [(2, 1)]


def test_two_questions_with_one_beginning_do_not_share_a_note() -> None:
    stem = "What does this program print?"
    grown = [question(f"{stem}\n\n`{code}`", code * 9) for code in ("f(3)", "while x: y = x")]
    before = [PARTS[0], grown[0], PARTS[1], question(stem, "Six.", file="b.md")]

    after = [PARTS[0], grown[1], PARTS[1]]

    assert rebuild(before, after) == [0, None, 2]


def test_a_pair_by_beginning_shows_where_its_neighbours_belong() -> None:
    before = [plain(*QUIZ[0]), plain(*QUIZ[1]), plain(QUIZ[0][0], QUIZ[2][1])]
    after = [marked(*QUIZ[0]), marked(*QUIZ[1]), marked(QUIZ[0][0], QUIZ[2][1])]

    assert rebuild(before, after) == [0, 1, 2]


def test_a_shared_beginning_elsewhere_in_the_deck_is_no_match() -> None:
    before = [question("What does this program print?", "Six."), *PARTS]
    after = [*PARTS, question("What does this program print?\n\n`f(3)`", "Nine of them.")]

    assert rebuild(before, after) == [1, 2, 3, None]


def test_titles_of_three_files_are_not_one_note_if_only_their_case_differs() -> None:
    before = [
        question("MISC", "Paint the hull in spring. Dry the sails.", file="boats.md"),
        question("misc", "Air the tent after rain. Count the pegs.", file="tents.md"),
        question("Keel", "The beam at the bottom.", file="boats.md"),
    ]
    after = [before[2], question("Misc", "Never cook inside. Keep a lighter.", file="stoves.md")]

    assert rebuild(before, after) == [2, None]


# Twins


TWIN = question("How does a seed know that it is spring?", "It feels the warmth.")
TOLD = question("How does a seed know that it is spring?", "It counts the cold days of the winter.")


def test_the_first_of_two_equal_notes_is_the_one_that_stayed() -> None:
    assert rebuild([PARTS[0], TWIN, TWIN, PARTS[1]], [PARTS[0], TOLD, PARTS[1]]) == [0, 1, 3]


def test_a_reworded_twin_keeps_its_note() -> None:
    reworded = question("How does a seed notice that it is spring?", "It feels the warmth.")

    assert rebuild([PARTS[0], TWIN, TWIN, PARTS[1]], [PARTS[0], reworded, PARTS[1]]) == [0, 1, 3]


def test_a_note_is_the_first_of_two_equal_questions() -> None:
    before, after = [PARTS[0], TOLD, PARTS[1]], [PARTS[0], TWIN, TWIN, PARTS[1]]

    assert rebuild(before, after) == [0, 1, None, 2]


def test_two_notes_that_differ_are_no_twins() -> None:
    front = "How does a seed know that it is spring?"
    other = question(front, "It hears the birds.")

    assert asked([TWIN, other], (front, "Nobody knows.")) == [(1, 2)]


# Growth


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["all reworded", "one stem", "one word"])
def test_twice_the_edits_take_twice_the_work(kind: str) -> None:
    def edits(size: int) -> int:
        before = [question(f"What makes plant {n} grow?", f"{LEAF} {n}") for n in range(size)]
        after = {
            "all reworded": [
                question(f"Say how plant {n} grows", f"{LEAF} {n}") for n in range(size)
            ],
            "one stem": [question(f"What makes stone {n} roll?", f"{n} {n}") for n in range(size)],
            "one word": [question("grow " * (n % 50 + 1), str(n)) for n in range(size)],
        }[kind]
        first = build(*before)
        return calls_of(lambda: build(*after, lock=first.lock))

    assert edits(400) < 2.6 * edits(200)


# Two at once


MOSSES = question("What are the advantages of mosses?", "They hold water and need no soil at all.")
FERNS = question("What are the advantages of ferns?", "They grow in shade and spread by spores.")
OTHERS = [question(f"What is a {name}?", f"A {name} of a plant.") for name in ("cone", "thorn")]


def asked(before: list[FiledNote], *after: tuple[str, str]) -> list[tuple[int, int]]:
    """How many questions and old notes each error is about, where ``before`` became ``after``."""
    notes = [question(front, back) for front, back in after]
    first = build(OTHERS[0], *before, OTHERS[1])
    second = build(OTHERS[0], *notes, OTHERS[1], lock=first.lock, now=2000)
    places = (diagnostic.message.count("a.md") for diagnostic in second.diagnostics)
    assert all(problem.code is Code.AMBIGUOUS_MATCH for problem in second.diagnostics)
    if not second.diagnostics:
        assert second.changes.new == (), "none is lost in silence"
    return [(len(after), count - len(after) + 1) for count in places]


def back(note: FiledNote) -> str:
    return note.note.source.back.markdown


def test_two_that_changed_places_and_words_are_known_by_their_answers() -> None:
    ferns, mosses = "Name the benefits of ferns.", "Name the benefits of mosses."

    assert asked([MOSSES, FERNS], (ferns, back(FERNS)), (mosses, back(MOSSES))) == []


@pytest.mark.parametrize(
    "fronts",
    [
        ("Name the benefits of mosses.", "Name the benefits of ferns."),
        ("What are the advantages of moses?", "What are the advantages of frens?"),
        ("Why are mosses good?", "Why are ferns good?"),
    ],
)
def test_two_that_changed_words_and_have_each_others_answer_are_asked_about(
    fronts: tuple[str, str],
) -> None:
    swapped = [(fronts[0], back(FERNS)), (fronts[1], back(MOSSES))]

    assert asked([MOSSES, FERNS], *swapped) == [(2, 2)]
    assert asked([MOSSES, FERNS], *swapped[::-1]) == [(2, 2)]


def test_unchanged_fronts_alone_identify_their_notes() -> None:
    before = [MOSSES, FERNS]
    after = [question("What are the advantages of mosses?", back(FERNS)),
             question("What are the advantages of ferns?", back(MOSSES))]  # fmt: skip

    assert rebuild(before, after) == [0, 1]
    assert rebuild(before, after[::-1]) == [1, 0]


def test_a_question_with_the_answer_of_a_removed_one_is_asked_about() -> None:
    assert asked([MOSSES, FERNS], ("What are the benefits of mosses?", back(FERNS))) == [(1, 2)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            [("Is moss a plant with roots?", "No."), ("Is fern a plant with roots?", "Yes.")],
            [("Does fern have roots?", "Yes."), ("Does moss have roots?", "No.")],
        ),
        (
            [("What is the output? `let a = 1; print(a)`", "It prints 1."),
             ("What is the output? `let a = 2; print(a)`", "It prints 2.")],
            [("What does it print? `let a = 2; print(a)`", "2"),
             ("What does it print? `let a = 1; print(a)`", "1")],
        ),
    ],
)  # fmt: skip
def test_two_that_are_left_between_their_neighbours_are_asked_about(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    old = [question(front, answer) for front, answer in before]

    assert asked(old, *after) == [(2, 2)]


def test_two_that_took_the_place_of_two_others_are_new() -> None:
    other = [question("What is the capital of Peru?", "Lima"), question("Who was Linné?", "He.")]
    first = build(*OTHERS[:1], MOSSES, FERNS, *OTHERS[1:])

    second = build(*OTHERS[:1], *other, *OTHERS[1:], lock=first.lock, now=2000)

    assert second.diagnostics == ()
    assert len(second.changes.new) == len(second.changes.retired) == 2


@pytest.mark.parametrize("seed", range(12))
def test_no_two_look_alikes_swap_their_notes_in_silence(seed: int) -> None:
    """Both reworded, each with the answer of the other, its words touched up or not."""
    chance = random.Random(seed)
    deck = next(made_up())
    at = chance.randrange(len(deck))
    stem = at // len(PLANTS)
    other = chance.choice([n for n in range(len(deck)) if n // len(PLANTS) == stem and n != at])
    is_touched_up = chance.random() < 0.5
    after = list(deck)
    for here, there in ((at, other), (other, at)):
        front = reworded(deck[here].front, chance)
        back = touched_up(deck[there].back, chance) if is_touched_up else deck[there].back
        after[here] = replace(deck[here], front=front, back=back)
    first = build(*(question(card.front, card.back) for card in deck))

    second = build(*(question(card.front, card.back) for card in after), lock=first.lock)

    for here, there in ((at, other), (other, at)):
        before = second.identities[here].before
        assert before is None or before.front != deck[there].front
