"""The worked numbers of the topic Reasoning, computed again."""

from __future__ import annotations

import itertools
from collections import Counter
from math import factorial

from content.tests.cards import CONTENT, agrees, numbers, rows, stated


def vote(samples: int, right: float, rival: float) -> float:
    """The chance that a vote is right, ties broken at random; other answers come once each."""
    total = 0.0
    for good in range(samples + 1):
        for bad in range(samples + 1 - good):
            rest = samples - good - bad
            ways = factorial(samples) // (factorial(good) * factorial(bad) * factorial(rest))
            chance = ways * right**good * rival**bad * (1 - right - rival) ** rest
            tally = [good, bad, *[1] * rest]
            if good == max(tally):
                total += chance / tally.count(good)
    return total


def test_the_formula_of_the_vote_against_a_count_of_all_cases() -> None:
    chances = {"right": 0.3, "rival": 0.4, "other": 0.3}
    total = 0.0
    for answers in itertools.product(chances, repeat=5):
        named = [name if name != "other" else f"other {i}" for i, name in enumerate(answers)]
        tally = Counter(named)
        chance = 1.0
        for name in answers:
            chance *= chances[name]
        if tally["right"] == max(tally.values()):
            total += chance / list(tally.values()).count(tally["right"])
    assert abs(total - vote(5, 0.3, 0.4)) < 1e-12


def test_coverage_and_vote_of_sixteen_samples() -> None:
    key = "samples-need-selection"
    samples, given, miss, power, percent = stated(
        key,
        r"Let each of (\d+) samples be right with probability ([\d.]+\d)\."
        r" .* \$1 - ([\d.]+)\^\{(\d+)\} = ([\d.]+)\\",
    )
    right = float(given)
    assert power == samples
    assert float(miss) == 1 - right
    assert agrees(100 * (1 - float(miss) ** int(samples)), percent)
    weak, low, strong, high = stated(
        key,
        r"right with (\d+) % if the strongest wrong answer has (\d+) %, but with (\d+) % if it has"
        r" (\d+) %",
    )
    assert agrees(100 * vote(int(samples), right, float(low) / 100), weak)
    assert agrees(100 * vote(int(samples), right, float(high) / 100), strong)
    assert numbers(
        key, r"right in (\d+) percent of cases.* has (\d+) percent and, .* falls if it has (\d+)"
    ) == [100 * right, float(low), float(high)]
    script = (CONTENT / "figures" / "draw_coverage_and_vote.py").read_text(encoding="utf-8")
    assert f"RIGHT = {right}\n" in script
    assert f"vote(k, {float(low) / 100})" in script
    assert f"vote(k, {float(high) / 100})" in script


def test_groups_without_a_signal() -> None:
    key = "group-signal-worked-example"
    (size,) = numbers(key, r"How often does a group of (\d+) samples")
    few, many = (
        int(n) for n in stated(key, r"\| \$p\$ \| no signal, (\d+) samples \| (\d+) samples \|")
    )
    assert few == size
    assert numbers(key, r"With probability \$p\^(\d) \+ \(1-p\)\^(\d)\$") == [few, few]
    table = rows(key, r"([\d.]+)(?: or [\d.]+)? \| ([\d.]+) % \| ([\d.]+) %")
    assert len(table) == 3
    for p, first, second in table:
        for group, printed in ((few, first), (many, second)):
            same = float(p) ** group + (1 - float(p)) ** group
            assert agrees(100 * same, printed)
    least, middle, share, rare = numbers(
        key, r"above (\d+) percent at p = ([\d.]+) and (\d+) percent at ([\d.]+);"
    )
    assert 100 * (1 - middle**few - (1 - middle) ** few) > least
    assert agrees(100 * (1 - rare**few - (1 - rare) ** few), f"{share:.0f}")


def test_tokens_for_the_same_price() -> None:
    smaller, more = stated(
        "test-time-vs-parameters", r"a model (\d+) times smaller can write (\d+) times as many"
    )
    assert smaller == more
