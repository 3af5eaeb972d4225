"""Many cases in one test: each of them can fail it."""

from __future__ import annotations

import pytest

from tests.each import check_each


def check(number: int) -> None:
    assert number < 3
    if number < 0:
        pytest.fail("below nothing")


def test_every_case_that_fails_is_named() -> None:
    with pytest.raises(BaseExceptionGroup, match="of 4 cases") as caught:
        check_each([("one", 1), ("four", 4), ("two", 2), ("minus", -1)], check)

    assert [error.__notes__ for error in caught.value.exceptions] == [["four"], ["minus"]]


def test_every_check_is_made_with_every_case() -> None:
    made: list[tuple[str, int]] = []

    check_each(
        [("one", 1), ("two", 2)],
        lambda number: made.append(("first", number)),
        lambda number: made.append(("second", number)),
    )

    assert sorted(made) == [("first", 1), ("first", 2), ("second", 1), ("second", 2)]


def test_without_a_case_nothing_was_checked() -> None:
    with pytest.raises(AssertionError, match="no case"):
        check_each([], check)
