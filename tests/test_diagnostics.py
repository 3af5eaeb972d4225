"""How diagnostics are printed for people and for programs."""

from __future__ import annotations

import json

import pytest

from cardwright.diagnostics import (
    Code,
    Diagnostic,
    as_github,
    as_sarif,
    as_text,
    shorten,
    shorten_both,
)
from cardwright.model import Place

ODD = Diagnostic(Place("a,b:c%.md", 3, 7), Code.IMAGE_MISSING, "50%\nof it", "try,\x1b[31m this:")


def test_a_problem_has_its_place_and_a_hint_on_its_own_line() -> None:
    assert as_text(ODD) == "a,b:c%.md:3:7: MD501 50%\nof it\n  hint: try,\ufffd[31m this:"
    assert as_text(Diagnostic(Place("a.md"), Code.NOT_UTF8, "no")) == "a.md: SR201 no"


def test_github_reads_every_sign_as_it_was() -> None:
    assert as_github(ODD) == (
        "::warning file=a%2Cb%3Ac%25.md,line=3,col=7,title=MD501::"
        "50%25%0Aof it (hint: try,\ufffd[31m this:)"
    )


def test_sarif_has_the_place_and_only_the_rules_that_are_used() -> None:
    (run,) = json.loads(as_sarif([ODD, ODD], "1.0"))["runs"]

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["MD501"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert place["artifactLocation"] == {"uri": "a%2Cb%3Ac%25.md"}


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("a b", "a c", ("a b", "a c")),
        ("x" * 9 + " a", "x" * 9 + " b", ("…a", "…b")),
        ("a b c d e f g", "a b c d e f h", ("…e f g", "…e f h")),
        ("a b c d e f", "a b c d e f g h i", ("…d e f", "…d e f g …")),
        ("was a b c d e", "is a b c d e", ("was a b c…", "is a b c …")),
    ],
)
def test_two_texts_are_shortened_so_that_they_differ(
    one: str, other: str, shown: tuple[str, str]
) -> None:
    assert shorten_both(one, other, 10) == shown


def test_what_is_shortened_is_one_printable_line() -> None:
    assert shorten("a\n\x07b") == "a \ufffdb"
    assert shorten("x" * 100, 10) == "x" * 9 + "…"
