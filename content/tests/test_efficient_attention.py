"""The worked numbers of the topic Efficient attention, computed again."""

from __future__ import annotations

import math

import pytest

from content.tests.cards import CONTENT, agrees, card, numbers, rows, stated


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def whole(printed: str) -> int:
    return int(printed.replace("{,}", "").replace(",", ""))


def test_heads_of_the_figure() -> None:
    key = "efficient-mha-gqa-mqa"
    multi, grouped, one = numbers(
        key,
        r"joined to (\d) key-value heads in multi-head .* to (\d) in grouped-query .* to (\d) in",
    )
    shares = stated(key, r"The cache is (\d), a (\w+) and an (\w+)\]")
    assert shares == ["1", "quarter", "eighth"]
    assert [grouped / multi, one / multi] == [1 / 4, 1 / 8]
    drawn = script("efficient_kv_sharing")
    for name, heads, share in (
        ("Multi-head", multi, "1"),
        ("Grouped", grouped, "1/4"),
        ("Multi-query", one, "1/8"),
    ):
        assert f'"{name}", {heads:.0f}, "cache: {share}"' in drawn


def test_cache_of_deepseek_v2() -> None:
    key = "efficient-mla-cache-worked-example"
    layers, heads, width, latent, rope = numbers(
        key,
        r"has (\d+) layers, (\d+) heads of width (\d+),"
        r" a latent of (\d+) and a RoPE key of (\d+)\.",
    )
    places = stated(
        key,
        r"\$2 \\cdot (\d+) \\cdot (\d+) = ([\d{},]+)\$ \| \$(\d+) \+ (\d+) = (\d+)\$",
    )
    full, small = 2 * heads * width, latent + rope
    assert [whole(place) for place in places] == [heads, width, full, latent, rope, small]
    ratio, few, many = stated(
        key, r"About (\d+) times: (\d+) numbers per token and layer instead of ([\d,]+)\."
    )
    assert agrees(full / small, ratio)
    assert [whole(few), whole(many)] == [small, full]
    ((depth, bits, mebi, kibi),) = rows(
        key, r"bytes, (\d+) layers, (\d+) bit \| ([\d.]+) MiB \| ([\d.]+) KiB"
    )
    assert int(depth) == layers
    size = int(bits) // 8
    assert agrees(layers * full * size / 2**20, mebi)
    assert agrees(layers * small * size / 2**10, kibi)
    top, bottom, groups = stated(key, r"\$(\d+) / \(2 \\cdot (\d+)\) = ([\d.]+)\$")
    assert [int(top), int(bottom)] == [small, width]
    assert agrees(small / (2 * width), groups)


def test_running_softmax_is_exact() -> None:
    body = card("efficient-online-softmax")
    assert r"\ell' &= e^{m - m'} \ell + \textstyle\sum_j e^{s_j - m'}" in body
    assert r"o' &= e^{m - m'} o + \textstyle\sum_j e^{s_j - m'} v_j" in body
    blocks = [[(1.0, 3.0), (4.0, -1.0)], [(9.0, 2.0)], [(-2.0, 8.0), (8.5, 0.5)]]
    m, total, out = -math.inf, 0.0, 0.0
    for block in blocks:
        new = max(m, *(score for score, _ in block))
        total = math.exp(m - new) * total + sum(math.exp(score - new) for score, _ in block)
        out = math.exp(m - new) * out + sum(math.exp(score - new) * v for score, v in block)
        m = new
    pairs = [pair for block in blocks for pair in block]
    whole_sum = sum(math.exp(score) for score, _ in pairs)
    assert out / total == pytest.approx(sum(math.exp(s) * v for s, v in pairs) / whole_sum)


def test_size_of_the_score_matrices() -> None:
    key = "efficient-flash-cost"
    heads, tokens, bits, again, side, size, gibi = numbers(
        key,
        r"(\d+) heads at ([\d,]+) tokens in (\d+) bit are"
        r" \$(\d+) \\cdot (\d+)\^2 \\cdot (\d)\$ bytes = (\d) GiB",
    )
    assert (again, side, size) == (heads, tokens, bits / 8)
    assert heads * tokens**2 * size == gibi * 2**30


def test_reach_of_mistral() -> None:
    key = "efficient-sliding-window"
    window, layers, reach = stated(
        key, r"\$W = (\d+)\$ and (\d+) layers, reaches \$([\d{},]+)\$ tokens"
    )
    assert int(window) * int(layers) == whole(reach)
    (width,) = numbers(key, r"Window of (\d):")
    assert f"\nWINDOW = {width:.0f}\n" in script("efficient_sliding_window")


def test_cache_of_local_and_global_layers() -> None:
    key = "efficient-local-global"
    ((local, full, window),) = rows(key, r"Gemma 3 \| (\d) : (\d) \| ([\d,]+)")
    places = stated(
        key,
        r"at ([\d,]+) tokens, six layers hold \$(\d) \\cdot (\d+) \+ ([\d{},]+) = ([\d{},]+)\$"
        r" tokens instead of \$(\d) \\cdot ([\d{},]+) = ([\d{},]+)\$, that is (\d+) %",
    )
    tokens, *printed = [whole(place) for place in places]
    layers = int(local) + int(full)
    held = int(local) * whole(window) + int(full) * tokens
    everything = layers * tokens
    assert printed[:4] == [int(local), whole(window), tokens, held]
    assert printed[4:7] == [layers, tokens, everything]
    assert layers == 6
    assert agrees(100 * held / everything, places[-1])


def test_linear_attention_is_a_recurrence() -> None:
    assert r"S_t &= S_{t-1} + \phi(k_t)\, v_t^{\top}" in card("efficient-linear-attention")
    keys, values, query = [0.5, 2.0, 1.5], [4.0, -1.0, 3.0], 0.7
    state = normaliser = 0.0
    for k, v in zip(keys, values, strict=True):
        state += k * v
        normaliser += k
    weights = [query * k for k in keys]
    mean = sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
    assert state * query / (normaliser * query) == pytest.approx(mean)


def test_delta_rule_replaces_the_value_of_a_key() -> None:
    body = card("efficient-delta-rule")
    assert r"S_t = S_{t-1} + \beta_t\, k_t \big(v_t - S_{t-1}^{\top} k_t\big)^{\top}" in body
    key, other = (0.6, 0.8), (0.8, -0.6)
    state = [2.0 * k + 7.0 * o for k, o in zip(key, other, strict=True)]

    def read(state: list[float], k: tuple[float, float]) -> float:
        return sum(s * part for s, part in zip(state, k, strict=True))

    for beta, expected in ((1.0, 5.0), (0.5, 3.5), (0.0, 2.0)):
        error = 5.0 - read(state, key)
        after = [s + beta * k * error for s, k in zip(state, key, strict=True)]
        assert read(after, key) == pytest.approx(expected)
        assert read(after, other) == pytest.approx(7.0)
