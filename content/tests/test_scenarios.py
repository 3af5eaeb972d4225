"""The numbers of the topic Scenarios, computed again."""

from __future__ import annotations

import math
import re

from content.tests.cards import TEXT, agrees, card, numbers, stated


def test_interval_of_a_hundred_cases() -> None:
    cases, points, percent = numbers(
        "scenario-no-labels", r"At (\d+) cases the interval is about ±(\d+) points near (\d+) %"
    )
    rate = percent / 100
    assert round(100 * 1.96 * math.sqrt(rate * (1 - rate) / cases)) == points


def test_seven_wins_of_a_coin_in_ten() -> None:
    (percent,) = stated("scenario-prompt-comparison", r"Seven wins in ten .* in (\d+) % of tries")
    chance = sum(math.comb(10, wins) for wins in range(7, 11)) / 2**10
    assert agrees(100 * chance, percent)


def test_cost_of_checkpointing() -> None:
    """One more forward pass, where a backward pass costs two."""
    assert "About a third more compute" in card("scenario-training-memory")
    assert 1 / (1 + 2) == 1 / 3


def test_forty_scenarios_each_with_what_is_asked_next() -> None:
    keys = re.findall(r"\{#(scenario-[a-z-]+)", TEXT)

    assert len(keys) == 40
    for key in keys:
        assert re.search(r"\n1\. .*\n2\. .*\n3\. ", card(key)), key
        assert len(re.findall(r"^> \| .+\? \| .+\. \|$", card(key), re.M)) >= 2, key
