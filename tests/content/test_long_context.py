"""The worked numbers of the topic Long context, computed again."""

from __future__ import annotations

import re

import pytest

from tests.content.cards import CONTENT, agrees, card, numbers, stated


def plain(words: str) -> float:
    """A number of a formula, whose thousands are set apart with `{,}`."""
    return float(words.replace("{,}", "").replace(",", ""))


def test_length_where_attention_takes_half() -> None:
    key = "long-context-attention-share"
    weights, scores, factor = numbers(key, r"\n(\d+) d\^2 = (\d) n d .* n = (\d) d\n")
    assert weights / scores == factor
    per_block, flops = numbers(key, r"about \$(\d+) d\^2\$ weights, at (\d) FLOPs each")
    assert per_block * flops == weights
    assert numbers(key, r"take \$(\d)nd\$ FLOPs each")[0] * 2 == scores
    assert numbers(key, r"the point lies at \$(\d+)d\$") == [2 * factor]
    times, thousand, width = stated(
        key,
        r"about (\d) times the width of the model: (\d+) thousand tokens at a width of ([\d,]+)",
    )
    assert float(times) == factor
    assert agrees(factor * plain(width) / 1000, thousand)
    first, second, low, high = stated(
        key, r"widths of ([\d,]+) and ([\d,]+)\. .* one half at (\d+) and (\d+) thousand"
    )
    script = (CONTENT / "figures" / "draw_long_context_attention_share.py").read_text("utf-8")
    assert r"4 * n * d / (24 * d * d + 4 * n * d)" in script
    for d, half in ((first, low), (second, high)):
        assert f"(({d.replace(',', '')}, " in script or f", ({d.replace(',', '')}, " in script
        assert agrees(factor * plain(d) / 1000, half)
        assert f'"{half}K"' in script
        n = 1e6
        (percent,) = numbers(key, r"to over (\d+) percent at one million")
        assert 100 * n / (factor * plain(d) + n) > percent


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


def test_block_of_ring_attention() -> None:
    key = "long-context-ring-attention"
    assert r"\frac{4 d c^2}{F} \ge \frac{4 c d}{B}" in card(key)
    compute, link, block = stated(key, r"With (\d+) TFLOP/s and (\d+) GB/s, \$c \\ge ([\d{,}]+)\$")
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
