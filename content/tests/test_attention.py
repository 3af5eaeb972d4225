"""The worked numbers of the topic Attention, computed again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import pytest

from content.tests.cards import CONTENT, agrees, card, numbers, rows, stated


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def softmax(scores: Sequence[float]) -> list[float]:
    powers = [math.exp(score) for score in scores]
    return [power / sum(powers) for power in powers]


def mean(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def test_attention_over_three_keys() -> None:
    key = "attention-worked-example"
    *given, width = numbers(key, r"dot products (\d), (\d) and (\d) with three keys of width (\d),")
    values = numbers(key, r"their values are (\d+), (\d+) and (\d+)\.")
    (root,) = numbers(key, rf"\\sqrt\{{{width:.0f}\}} = (\d)\$")
    assert root == math.sqrt(width)
    scores = [score / root for score in given]
    weights = softmax(scores)

    result, *printed = stated(
        key, r"returns about ([\d.]+), since the weights are ([\d.]+), ([\d.]+) and ([\d.]+)\."
    )
    assert agrees(mean(weights, values), result)
    for weight, digits in zip(weights, printed, strict=True):
        assert agrees(weight, digits)
    powers = numbers(key, r"\{\(e\^(\d), e\^(\d), e\^(\d)\)\}")
    assert powers == scores
    *terms, total = stated(key, r"\\frac\{\(([\d.]+), ([\d.]+), (\d)\)\}\{([\d.]+)\}")
    for score, digits in zip(scores, terms, strict=True):
        assert agrees(math.exp(score), digits)
    assert agrees(sum(map(math.exp, scores)), total)

    sharp, soft, output = stated(
        key, r"weight would be ([\d.]+) instead of ([\d.]+) and the output ([\d.]+):"
    )
    assert agrees(softmax(given)[0], sharp)
    assert soft == printed[0]
    assert agrees(mean(softmax(given), values), output)

    drawn = script("attention_weighted_mean")
    assert f"PRODUCTS = ({', '.join(f'{score:.0f}' for score in given)})\n" in drawn
    assert f"VALUES = ({', '.join(f'{value:.0f}' for value in values)})\n" in drawn
    assert f"KEY_WIDTH = {width:.0f}\n" in drawn


def test_saturation_without_the_division() -> None:
    key = "attention-why-scale"
    keys, low, high, flat = stated(
        key, r"best of (\d+) keys .* from ([\d.]+) to almost (\d), scaled it stays at ([\d.]+)\]"
    )
    assert f"KEYS = {keys}\n" in script("attention_saturation")

    def largest(deviation: float) -> float:
        normal = NormalDist(sigma=deviation)
        return max(softmax([normal.inv_cdf((i + 0.5) / int(keys)) for i in range(int(keys))]))

    assert agrees(largest(1), low)
    assert low == flat
    assert 0.99 < largest(math.sqrt(256)) < float(high)


def test_softmax_of_shifted_scores() -> None:
    key = "attention-softmax-stability"
    largest, power = numbers(key, r"largest number is ([\d,]+), already \$e\^\{([\d.]+)\}\$")
    assert largest == (2 - 2**-10) * 2**15
    assert math.exp(power - 0.1) < largest < math.exp(power)
    scores = [3.0, 1.0, -2.0]
    shifted = [score - max(scores) for score in scores]
    assert softmax(shifted) == pytest.approx(softmax(scores))


def test_parameters_by_number_of_heads() -> None:
    key = "attention-head-count"
    ((width, few, many),) = rows(key, r"width \$d = (\d+)\$ \| (\d+) heads \| (\d+) heads")
    ((wide, narrow),) = rows(key, r"width of a head \| (\d+) \| (\d+)")
    assert [int(width) // int(few), int(width) // int(many)] == [int(wide), int(narrow)]
    ((factor, left, right),) = rows(key, r"parameters, \$(\d) d\^2\$ \| ([\d.]+)M \| ([\d.]+)M")
    assert left == right
    assert agrees(int(factor) * int(width) ** 2 / 1e6, left)
    assert rows(key, r"score matrices of .* \| (\d+) \| (\d+)") == [[few, many]]


def test_compute_of_a_doubled_context() -> None:
    key = "attention-cost"
    ((projections,),) = rows(key, r"projections .* \| \$(\d+) n d\^2\$")
    ((scores,),) = rows(key, r"scores and weighted means \| \$(\d+) n\^2 d\$")
    ((factor, feed_forward),) = rows(key, r"feed-forward of width \$(\d)d\$ \| \$(\d+) n d\^2\$")
    assert int(projections) == 2 * 4
    assert int(feed_forward) == 2 * 2 * int(factor)
    total = int(projections) + int(feed_forward)
    left, right, ratio = numbers(
        key, r"\$r = (\d) n\^2 d / \((\d+) n d\^2\) = n / \((\d)d\)\$ the factor is"
    )
    assert (left, right) == (int(scores), total)
    assert ratio == total / int(scores)
    assert "return 4 * n**2 * d + 24 * n * d**2" in script("attention_doubling_cost")
    assert "$2(1 + 2r) / (1 + r)$" in card(key)

    def growth(n: float, d: float) -> float:
        before, after = (left * m**2 * d + right * m * d**2 for m in (n, 2 * n))
        r = n / (ratio * d)
        assert after / before == pytest.approx(2 * (1 + 2 * r) / (1 + r))
        return after / before

    n, twice, width, grown = stated(
        key, r"From ([\d,]+) to ([\d,]+) tokens at \$d = (\d+)\$ it is ([\d.]+)\."
    )
    first, second = (float(tokens.replace(",", "")) for tokens in (n, twice))
    assert second == 2 * first
    assert agrees(growth(first, float(width)), grown)
    widths = [float(d.replace(",", "")) for d in stated(key, r"for widths ([\d,]+) and ([\d,]+)\.")]
    low, lower, start, three, here, there, high, higher, end = stated(
        key,
        r"It is ([\d.]+) and ([\d.]+) from ([\d,]+) tokens,"
        r" (\d) from about (\d+)k and (\d+)k tokens,"
        r" and ([\d.]+) and ([\d.]+) from (\d+)k\]",
    )
    for d, least, place, most in zip(
        widths, (low, lower), (here, there), (high, higher), strict=True
    ):
        assert agrees(growth(float(start.replace(",", "")), d), least)
        assert agrees(ratio * d / 1000, place)
        assert growth(ratio * d, d) == pytest.approx(int(three))
        assert agrees(growth(1000 * float(end), d), most)


def test_masked_weights_sum_to_one() -> None:
    assert r"-\infty & j > i" in card("attention-mask-before-softmax")
    scores = [1.0, 2.0, 5.0]
    masked = [score + bias for score, bias in zip(scores, (0, 0, -math.inf), strict=True)]
    weights = softmax(masked)
    assert weights[2] == 0
    assert sum(weights) == pytest.approx(1)
    assert sum(softmax(scores)[:2]) < 0.1
