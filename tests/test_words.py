"""What of a text counts when two are compared, and how alike sketches say that answers are."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest

from cardwright.identify.similarity.sketch import PLACES, likeness_of, sketch_of
from cardwright.identify.similarity.words import asked_words_of, words_of

SAME = [
    ("What is a leaf?", "  what   is a LEAF "),
    ("What is a leaf?", "12. What is a leaf?"),
    ("What is a leaf?", "Q3: **What** is _a_ `leaf`?"),
    ("What is a [leaf](https://example.org/leaf)?", "What is a leaf?"),
    ("Café", "Cafe\u0301"),
    (r"Why is $\frac{1}{2}$ half?", r"Why is \(\dfrac12\) half?"),
    (r"Is $a \leq b$?", r"Is $$a\le b$$?"),
    (r"Is $\left( x_i \right)$ it?", r"Is $(x_{i})$ it?"),
    ("# What is a leaf?", "What is a leaf"),
]
OTHER = [
    ("What is `a + b`?", "What is `a - b`?"),
    ("What is `!x`?", "What is `!!x`?"),
    ("What is $a + b$?", "What is $a - b$?"),
    ("Was ist ein Blatt?", "Was ist eine Blatt?"),
    ("叶子是什么？", "种子是什么？"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_and_marks_do_not_count(one: str, other: str) -> None:
    assert words_of(one) == words_of(other) != ()


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_words_signs_of_code_and_signs_of_formulas_count(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


ASKED_ALIKE = [
    ("What's a leaf?", "What a leaf"),
    ("Which is the leaf's colour?", "Which is the leaf colour?"),
    ("Qu’est-ce que l’eau ?", "Est-ce que eau"),
    ("What does i++ do?", "What does `i++` do?"),
    ("Is it hard? ***", "Is it **hard**?!"),
    ("Why ??", "Why?"),
    ("Moss -- a plant", "Moss, a plant"),
    ("它的叶子", "它 叶子呢？"),
]
ASKED_APART = [
    ("What is C?", "What is C++?"),
    ("What is C++?", "What is C#?"),
    ("What does && do?", "What does || do?"),
    ("What does ?? do?", "What does do?"),
    ("What is a == b?", "What is a === b?"),
    ("What is the square of -1?", "What is the square of 1?"),
    ("Whose flag is 🇫🇷?", "Whose flag is 🇩🇪?"),
    ("What does ☢ mean?", "What does ♻ mean?"),
    ("Is the number of 1's odd?", "Is the number of 0's odd?"),
]


@pytest.mark.parametrize(("one", "other"), ASKED_ALIKE)
def test_what_grammar_puts_at_a_word_does_not_count(one: str, other: str) -> None:
    assert asked_words_of(one) == asked_words_of(other) != ()


@pytest.mark.parametrize(("one", "other"), ASKED_APART)
def test_signs_that_tell_two_questions_apart_count(one: str, other: str) -> None:
    assert asked_words_of(one) != asked_words_of(other)


def test_a_script_without_blanks_gives_pairs_of_characters() -> None:
    assert words_of("叶子是 B+树？") == ("叶子", "子是", "b", "树")


def test_words_that_make_a_question_are_whole_in_a_front_without_blanks() -> None:
    assert asked_words_of("叶子为什么变黄？") == ("叶子", "为什么", "变黄")
    assert asked_words_of("叶子的目的是什么？") == ("叶子", "目的", "是什么")


def test_what_has_no_words_has_no_sketch() -> None:
    assert words_of(" ** … ** ") == ()
    assert sketch_of(()) == ""
    assert math.isnan(likeness_of("", sketch_of(("leaf",))))


def test_the_text_of_a_sketch_is_pinned() -> None:
    assert sketch_of(words_of("A leaf makes sugar from light.")) == PINNED


PINNED = ".................Lz...Pt.2.C.n..............4.Hg"


def test_a_sketch_tells_the_share_of_what_is_common() -> None:
    chance = random.Random(7)
    words = [f"word{n}" for n in range(400)]
    errors = []
    for _ in range(60):
        size = chance.randint(20, 150)
        one = chance.sample(words, size)
        other = one[: chance.randint(0, size)] + chance.sample(words, 10)
        errors.append(likeness_of(sketch_of(one), sketch_of(other)) - _jaccard(one, other))

    assert math.sqrt(sum(error**2 for error in errors) / len(errors)) < 0.09


def _jaccard(one: list[str], other: list[str]) -> float:
    first, second = ({*words, *pairwise(words)} for words in (one, other))
    return len(first & second) / len(first | second)


def test_short_answers_are_alike_only_when_they_are_the_same() -> None:
    texts = ["Yes", "No", "Paris", "Madrid", "True", "False", "42", "O(n)"]
    sketches = [sketch_of(words_of(text)) for text in texts]

    for i, one in enumerate(sketches):
        for j, other in enumerate(sketches):
            likeness = likeness_of(one, other)
            assert likeness == 1 if i == j else likeness < 0.15


def test_a_sketch_has_one_character_a_place() -> None:
    assert len(sketch_of(("leaf",))) == len(sketch_of(tuple("abcdefghij" * 50))) == PLACES
