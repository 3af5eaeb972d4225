"""The worked numbers of the topic Safety and red-teaming, computed again."""

from __future__ import annotations

import math

import pytest

from content.tests.cards import CONTENT, agrees, numbers, rows, stated


def test_repeated_attempts() -> None:
    key = "safety-attempts-worked-example"
    refused, of, attempts = numbers(
        key, r"request (\d+) times out of (\d+)\. How likely does one of (\d+) independent"
    )
    rate = 1 - refused / of
    assert numbers(key, r"\$p = ([\d.]+)\$ is .* \$n = (\d+)\$ their") == pytest.approx(
        [rate, attempts]
    )
    held, n, result = stated(key, r"= 1 - ([\d.]+)\^\{(\d+)\} = ([\d.]+)\n")
    assert float(held) == pytest.approx(refused / of)
    assert float(n) == attempts
    success = 1 - (1 - rate) ** attempts
    assert agrees(success, result)
    assert agrees(100 * success, *stated(key, r"With probability (\d+) %"))
    percent, needed = numbers(key, r"(\d+) % are reached at \$n = (\d+)\$")
    assert 1 - (1 - rate) ** (needed - 1) < percent / 100 <= 1 - (1 - rate) ** needed
    drawn, share = stated(key, r"at (\d+) attempts the middle one stands at (\d+) percent")
    assert float(drawn) == attempts
    assert agrees(100 * success, share)
    script = (CONTENT / "figures" / "draw_attack_attempts.py").read_text(encoding="utf-8")
    assert f'"{share}%"' in script


def test_precision_of_a_guard() -> None:
    key = "safety-base-rate-worked-example"
    of, recall, alarms = numbers(
        key, r"1 request in ([\d,]+) is harmful\. A guard catches (\d+) % .* flags (\d+) %"
    )
    (total,) = numbers(key, r"of ([\d,]+) requests")
    ((bad, caught),) = rows(key, r"harmful \| ([\d,]+) \| ([\d,]+)")
    ((good, flagged),) = rows(key, r"harmless \| ([\d,]+) \| ([\d,]+)")
    harmful, hits, harmless, false = (
        float(v.replace(",", "")) for v in (bad, caught, good, flagged)
    )
    assert harmful == total / of
    assert harmless == total - harmful
    assert hits == pytest.approx(harmful * recall / 100)
    assert false == pytest.approx(harmless * alarms / 100)
    top, left, right, precision = stated(key, r"\$(\d+) / \((\d+) \+ (\d+)\) = ([\d.]+)\$")
    assert float(top) == float(left) == hits
    assert float(right) == false
    assert agrees(hits / (hits + false), precision)
    assert agrees(100 * hits / (hits + false), *stated(key, r"Only about (\d+) %"))
    assert agrees(100 * hits / harmless, *stated(key, r"has to fall to about ([\d.]+) %"))


def test_watermark() -> None:
    key = "safety-watermark-worked-example"
    green, length = numbers(key, r"(\d+) of a text's (\d+) tokens are green")
    printed_length, gamma = numbers(key, r"\$T = (\d+)\$ .* \$\\gamma = ([\d.]+)\$")
    assert printed_length == length
    top, expected, variance, z = stated(
        key, r"frac\{(\d+) - (\d+)\}\{\\sqrt\{(\d+)\}\} = ([\d.]+)\n"
    )
    assert float(top) == green
    assert float(expected) == gamma * length
    assert float(variance) == length * gamma * (1 - gamma)
    value = (green - gamma * length) / math.sqrt(length * gamma * (1 - gamma))
    assert agrees(value, z)
    assert agrees(value, *stated(key, r"give \$z = ([\d.]+)\$"))

    *shares, threshold, first, second, never = numbers(
        key,
        r"for (\d+), (\d+) and (\d+) percent green tokens\. The threshold of (\d+) is crossed at"
        r" (\d+) and at (\d+) tokens, and never at (\d+) percent",
    )
    for share, tokens in zip(shares, (first, second), strict=False):
        error = math.sqrt(tokens * gamma * (1 - gamma))
        assert (share / 100 - gamma) * tokens / error == pytest.approx(threshold)
    assert never / 100 == shares[2] / 100 == gamma
    script = (CONTENT / "figures" / "draw_watermark_length.py").read_text(encoding="utf-8")
    assert f"THRESHOLD = {threshold:.0f}\n" in script


def test_score_of_social_bias() -> None:
    key = "safety-social-bias"
    right, total, fitting, others, left, lean, score = stated(
        key,
        r"With (\d+) right of (\d+) and (\d+) of the other (\d+) as the stereotype says,"
        r" \$s = ([\d.]+) \\cdot ([\d.]+) = ([\d.]+)\$",
    )
    assert int(others) == int(total) - int(right)
    wrong = 1 - int(right) / int(total)
    factor = 2 * int(fitting) / int(others) - 1
    assert agrees(wrong, left)
    assert agrees(factor, lean)
    assert agrees(wrong * factor, score)
