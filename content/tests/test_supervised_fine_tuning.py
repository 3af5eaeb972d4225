"""The worked numbers of the topic Supervised fine-tuning, computed again."""

from __future__ import annotations

from content.tests.cards import agrees, numbers, stated


def test_loss_of_two_micro_batches() -> None:
    key = "token-average-worked-example"
    few, high, many, low = numbers(
        key, r"hold (\d+) answer tokens with mean loss ([\d.]+) and (\d+) with mean loss ([\d.]+)\."
    )
    right, wrong = stated(key, r"It is ([\d.]+) a token, .* two means gives ([\d.]+)\.")
    total = few * high + many * low
    assert agrees(total / (few + many), right)
    assert agrees((high + low) / 2, wrong)
    shown = numbers(
        key,
        r"frac\{(\d+) \\cdot ([\d.]+) \+ (\d+) \\cdot ([\d.]+)\}\{(\d+) \+ (\d+)\} = ([\d.]+) ",
    )
    assert shown == [few, high, many, low, few, many, float(right)]
    assert numbers(key, r"frac\{([\d.]+) \+ ([\d.]+)\}\{(2)\} = ([\d.]+)\n") == [
        high,
        low,
        2,
        float(wrong),
    ]
    assert numbers(key, r"one of the long \$\\frac\{1\}\{2 \\cdot (\d+)\}") == [many]
    assert numbers(key, r"micro-batch weighs \$\\frac\{1\}\{2 \\cdot (\d+)\}") == [few]
    assert agrees(many / few, *stated(key, r"count (\d+) times as much"))
