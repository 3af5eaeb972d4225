"""Many small cases in one test: for pytest, a test of its own takes longer than such a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Case = TypeVar("Case")


def check_each(cases: Iterable[tuple[str, Case]], *checks: Callable[[Case], object]) -> None:
    """Run all checks with each case, named before it. Tell of every check that fails, and where."""
    number = 0
    failed: list[BaseException] = []
    for name, case in cases:
        number += 1
        for check in checks:
            try:
                check(case)
            except (Exception, pytest.fail.Exception) as error:
                error.add_note(name)
                failed.append(error)
    assert number, "no case"
    if failed:
        raise BaseExceptionGroup(f"of {number} cases", failed)
