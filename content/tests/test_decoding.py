"""The worked numbers of the topic Decoding, computed again."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from content.tests.cards import CONTENT, agrees, numbers, stated


def softmax(logits: Sequence[float], temperature: float) -> list[float]:
    weights = [math.exp(logit / temperature) for logit in logits]
    return [weight / sum(weights) for weight in weights]


def nucleus(chances: Sequence[float], p: float) -> int:
    """How many of the tokens, which stand in order, top-p keeps."""
    total = 0.0
    for count, chance in enumerate(chances, 1):
        total += chance
        if total >= p:
            return count
    return len(chances)


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def constant(name: str, of: str) -> list[float]:
    found = re.search(rf"^{name} = \((.*)\)$", script(of), re.M)
    assert found
    return [float(part) for part in found[1].split(", ")]


def test_probabilities_at_three_temperatures() -> None:
    key = "temperature-softmax"
    logits = numbers(key, r"with logits (\d), (\d), (\d) and (\d)\.")
    assert constant("LOGITS", "temperature_bars") == logits
    sharp, *cold = stated(
        key, r"At temperature ([\d.]+) they are (\d+), (\d+), (\d+) and (\d+) percent"
    )
    plain, *warm = stated(key, r"percent, at (\d) they are (\d+), (\d+), (\d+) and (\d+),")
    flat, *hot = stated(key, r", at (\d) they are (\d+), (\d+), (\d+) and (\d+)\]")
    for temperature, printed in ((sharp, cold), (plain, warm), (flat, hot)):
        for chance, percent in zip(softmax(logits, float(temperature)), printed, strict=True):
            assert agrees(100 * chance, percent)
        assert f"({float(temperature)}, " in script("temperature_bars")


def test_sets_of_top_k_and_top_p() -> None:
    key = "top-k-vs-top-p"
    p, few, many, k, after = stated(
        key,
        r"top-p ([\d.]+) keeps (\w+) tokens, in the flat one all (\w+);"
        r" .* with k = (\d) cuts after (\w+) in both",
    )
    words = ["", "one", "two", "three", "four", "five", "six"]
    peaked, flat = constant("PEAKED", "top_k_top_p"), constant("FLAT", "top_k_top_p")
    assert math.isclose(sum(peaked), 1)
    assert math.isclose(sum(flat), 1)
    assert nucleus(peaked, float(p)) == words.index(few)
    assert nucleus(flat, float(p)) == words.index(many) == len(flat)
    assert words.index(after) == int(k)
    assert f"K = {k}\nP = {p}\n" in script("top_k_top_p")


def test_thresholds_of_min_p() -> None:
    key = "min-p-sampling"
    base, high, top, low, bottom = numbers(
        key,
        r"With \$p_\{\\text\{base\}\} = ([\d.]+)\$ the threshold is ([\d.]+) when the top token"
        r" has ([\d.]+), but ([\d.]+) when it has ([\d.]+)\.",
    )
    assert math.isclose(base * top, high)
    assert math.isclose(base * bottom, low)


def test_top_p_before_and_after_a_temperature() -> None:
    key = "sampler-order"
    logits = numbers(key, r"Take logits (\d), (\d), (\d)\.")
    cold, *first, p, kept = stated(
        key,
        r"At \$T = (\d)\$ the probabilities are ([\d.]+), ([\d.]+) and ([\d.]+), and"
        r" top-p ([\d.]+) keeps (\w+) tokens",
    )
    hot, *second, both, stay = stated(
        key,
        r"With \$T = (\d)\$ first they are ([\d.]+), ([\d.]+) and ([\d.]+); the first two reach"
        r" only ([\d.]+), so all (\w+) stay",
    )
    words = ["", "one", "two", "three"]
    for temperature, printed, count in ((cold, first, kept), (hot, second, stay)):
        chances = softmax(logits, float(temperature))
        for chance, text in zip(chances, printed, strict=True):
            assert agrees(chance, text)
        assert nucleus(chances, float(p)) == words.index(count)
    assert agrees(sum(softmax(logits, float(hot))[:2]), both)


def test_greedy_and_beam_search() -> None:
    key = "beam-search-worked-example"
    cat, dog, sat, barked = numbers(
        key,
        r"cat has ([\d.]+), dog ([\d.]+); .* cat is sat with ([\d.]+),"
        r" after dog barked with ([\d.]+)\.",
    )
    greedy, beam = stated(key, r"with probability ([\d.]+), a beam of 2 .* with ([\d.]+)\.")
    assert cat > dog
    assert agrees(cat * sat, greedy)
    assert agrees(dog * barked, beam)
    left = numbers(key, r"\n([\d.]+) \\cdot ([\d.]+) = ([\d.]+) <")
    right = numbers(key, r" < ([\d.]+) \\cdot ([\d.]+) = ([\d.]+)\n")
    assert left == [cat, sat, float(greedy)]
    assert right == [dog, barked, float(beam)]
    drawn = (CONTENT / "figures" / "beam-search-tree.svg").read_text(encoding="utf-8")
    for words in (f"cat {cat}", f"dog {dog}", f"sat {sat}", f"barked {barked}"):
        assert f">{words}</text>" in drawn
    assert f">= {greedy}</text>" in drawn
    assert f">= {beam}</text>" in drawn


def test_masking_against_conditioning() -> None:
    key = "constrained-decoding-distortion"
    a, b, percent = numbers(key, r"be A with ([\d.]+) or B with ([\d.]+)\. After A only (\d) %")
    assert a + b == 1
    valid = percent / 100
    shown = numbers(
        key,
        r"frac\{([\d.]+) \\cdot ([\d.]+)\}\{([\d.]+) \\cdot ([\d.]+) \+ ([\d.]+)\} =",
    )
    assert shown == [a, valid, a, valid, b]
    assert agrees(a * valid / (a * valid + b), *stated(key, r"\} = ([\d.]+)\n"))
