"""The worked numbers of the topic Emergent abilities, computed again."""

from __future__ import annotations

import math
import re

from content.tests.cards import CONTENT, agrees, numbers, rows, stated


def test_exact_match_of_ten_tokens() -> None:
    key = "exact-match-worked-example"
    (length,) = numbers(key, r"An answer has (\d+) tokens")
    assert numbers(key, r"exact match \$p\^\{(\d+)\}\$") == [length]
    table = rows(key, r"([\d.]+) \| ([\d.]+) \| ([\d.]+)")
    shares = stated(key, r"It shows (\d+) %, (\d+) %, (\d+) % and (\d+) %,")
    asked = numbers(key, r"for p = ([\d.]+), ([\d.]+), ([\d.]+) and ([\d.]+)\?")
    assert [float(p) for p, _, _ in table] == asked
    for (p, error, whole), share in zip(table, shares, strict=True):
        assert agrees(1 - float(p), error)
        assert agrees(float(p) ** length, whole)
        assert agrees(100 * float(p) ** length, share)

    first, last = asked[0], asked[-1]
    token, answer = stated(key, r"per token rises by (\d+) points and exact match by (\d+)\.")
    assert agrees(100 * (last - first), token)
    assert agrees(100 * (last**length - first**length), answer)


def test_toy_curves_of_exact_match() -> None:
    script = (CONTENT / "figures" / "draw_exact_match.py").read_text(encoding="utf-8")
    found = re.search(r"math\.exp\(-([\d.]+) \* compute\*\*-([\d.]+)\)", script)
    ends = re.search(r"^COMPUTE = Scale\((\w+), (\w+), ", script, re.M)
    length = re.search(r"^LENGTH = (\d+)", script, re.M)
    assert found
    assert ends
    assert length
    start, end = (
        math.exp(-float(found[1]) * float(compute) ** -float(found[2])) for compute in ends.groups()
    )
    key = "metric-explanation"
    low, high = stated(key, r"rises smoothly from (\d+) to (\d+) percent")
    assert agrees(100 * start, low)
    assert agrees(100 * end, high)
    assert agrees(100 * end ** int(length[1]), *stated(key, r"climbs to (\d+) percent"))
    assert stated(key, r"\$k = (\d+)\$") == [length[1]]


def test_a_rare_success_is_missed_by_a_small_test() -> None:
    key = "evaluating-without-surprises"
    chance, questions = numbers(key, r"solves 1 question in ([\d,]+) .* on (\d+) questions")
    rest, power, result = stated(key, r"\$([\d.]+)\^\{(\d+)\} = ([\d.]+)\$")
    assert float(rest) == 1 - 1 / chance
    assert float(power) == questions
    assert agrees((1 - 1 / chance) ** questions, result)


def test_five_sub_tasks() -> None:
    key = "sub-task-explanation"
    parts = stated(key, r"succeeds in (\d+), (\d+) and (\d+) percent of cases")
    wholes = stated(key, r"together succeed in ([\d.]+), ([\d.]+) and ([\d.]+) percent")
    for part, whole in zip(parts, wholes, strict=True):
        assert agrees(100 * (float(part) / 100) ** 5, whole)

    pattern = r"\$([\d.]+)\^(\d) = ([\d.]+)\$ and \$([\d.]+)\^(\d) = ([\d.]+)\$"
    low, low_power, low_result, high, high_power, high_result = stated(key, pattern)
    assert low_power == high_power == "5"
    assert agrees(float(low) ** 5, low_result)
    assert agrees(float(high) ** 5, high_result)
    part, whole = stated(
        key, r"parts improve by a factor of ([\d.]+), the whole by a factor of ([\d.]+)\."
    )
    assert agrees(float(high) / float(low), part)
    assert agrees((float(high) / float(low)) ** 5, whole)
