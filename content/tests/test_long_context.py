"""The worked numbers of the topic Long context, computed again."""

from __future__ import annotations

import math
import re

import pytest

from content.tests.cards import CONTENT, agrees, card, numbers, scientific, stated


def plain(words: str) -> float:
    """A number of a formula, whose thousands are set apart with `{,}`."""
    return float(words.replace("{,}", "").replace(",", ""))


def test_length_where_the_cache_outweighs_the_weights() -> None:
    key = "long-context-cache-worked-example"
    weights, cache = numbers(key, r"has (\d+) GB of weights and (\d+) KiB of KV cache a token")
    top, a, b, result = stated(
        key, r"\\frac\{(\d+) \\cdot 10\^\{9\}\}\{(\d+) \\cdot ([\d{,}]+)\} = ([\d{,}]+)\n"
    )
    assert (float(top), float(a), plain(b)) == (weights, cache, 1024)
    token = cache * 1024
    length = weights * 1e9 / token
    assert agrees(length, result.replace("{,}", ""))
    (about,) = numbers(key, r"From about ([\d,]+) tokens in")
    assert about == round(length, -3)
    whole, times = stated(key, r"At one million tokens the cache has (\d+) GB, ([\d.]+) times")
    assert agrees(1e6 * token / 1e9, whole)
    assert agrees(1e6 * token / (weights * 1e9), times)
    (speed,) = numbers(key, r"memory of ([\d.]+) TB/s")
    x, y, z, long, short = stated(
        key, r"\$\((\d+) \+ (\d+)\) / ([\d.]+) = (\d+)\$ ms instead of ([\d.]+) ms"
    )
    assert (float(x), y, float(z)) == (weights, whole, speed)
    assert agrees((weights * 1e9 + 1e6 * token) / (speed * 1e12) * 1000, long)
    assert agrees(weights * 1e9 / (speed * 1e12) * 1000, short)
    layers, heads, size = numbers(key, r"(\d+) layers, (\d) key-value heads of dimension (\d+)")
    assert 2 * layers * heads * size * 2 == token


def test_time_of_a_step_in_the_figure() -> None:
    key = "long-context-cache-worked-example"
    gigabytes, cache = numbers(key, r"has (\d+) GB of weights and (\d+) KiB of KV cache a token")
    (speed,) = numbers(key, r"memory of ([\d.]+) TB/s")
    script = (CONTENT / "figures" / "draw_long_context_step_time.py").read_text("utf-8")
    assert f"WEIGHTS = {gigabytes:.0f}e9 " in script
    assert f"TOKEN = {cache:.0f} * 1024 " in script
    assert f"BANDWIDTH = {speed}e12 " in script
    weights, crossing, longest = stated(
        key,
        r"weights takes ([\d.]+) ms at any length; .* at (\d+) thousand tokens and (\d+) ms at one"
        r" million\]",
    )
    assert agrees(gigabytes * 1e9 / (speed * 1e12) * 1000, weights)
    assert agrees(gigabytes * 1e9 / (cache * 1024) / 1000, crossing)
    assert agrees(1e6 * cache * 1024 / (speed * 1e12) * 1000, longest)
    svg = (CONTENT / "figures" / "long-context-step-time.svg").read_text("utf-8")
    for words in (f"{weights} ms", f"{crossing}K", f"{longest} ms"):
        assert words in svg


def test_text_that_a_state_can_hold() -> None:
    key = "long-context-fixed-state"
    vocabulary, mebibytes = numbers(
        key, r"a vocabulary of ([\d,]+) has no attention but a state of (\d+) MiB"
    )
    (about,) = numbers(key, r"About (\d+) million tokens: a state")
    top, power, below, length, times = stated(
        key,
        r"n \\le \\frac\{([\d.]+) \\cdot 10\^\{(\d)\}\}\{([\d.]+)\} = ([\d.]+) \\cdot 10\^\{(\d)\}",
    )
    bits = mebibytes * 2**20 * 8
    assert scientific(bits, top, power)
    assert agrees(math.log2(vocabulary), below)
    assert scientific(bits / math.log2(vocabulary), length, times)
    assert agrees(bits / math.log2(vocabulary) / 1e6, f"{about:.0f}")
    again, exponent = stated(key, r"(\d+) MiB are \$([\d.]+) \\cdot 10\^6\$ bits")
    assert float(again) == mebibytes
    assert exponent == top


def test_block_of_ring_attention() -> None:
    key = "long-context-ring-attention"
    assert r"\frac{4 d c^2}{F} \ge \frac{4 c d}{B}" in card(key)
    compute, link, block = stated(
        key, r"With (\d+) TFLOP/s and (\d+) GB/s \(A100, NVLink\), \$c \\ge ([\d{,}]+)\$"
    )
    c = plain(block)
    assert c == pytest.approx(float(compute) * 1e12 / (float(link) * 1e9))
    for d in (1024, 8192):
        assert 4 * d * c**2 / (float(compute) * 1e12) == pytest.approx(
            4 * c * d / (float(link) * 1e9)
        )


def test_ring_of_the_figure() -> None:
    svg = (CONTENT / "figures" / "long-context-ring.svg").read_text(encoding="utf-8")
    assert re.findall(r"device (\d)", svg) == ["1", "2", "3", "4"]
    assert "after four steps" in svg
