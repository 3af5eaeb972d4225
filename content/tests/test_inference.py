"""The worked numbers of the topic Inference, computed again."""

from __future__ import annotations

import re

import pytest

from content.tests.cards import CONTENT, agrees, numbers, rows, scientific, stated


def plain(words: str) -> float:
    """A number of a formula, whose thousands are set apart with `{,}`."""
    return float(words.replace("{,}", ""))


def test_balance_of_compute_and_bandwidth() -> None:
    key = "inference-batch-intensity"
    compute, bandwidth, balance = stated(key, r"\$(\d+) / ([\d.]+) = (\d+)\$ FLOPs per byte")
    assert agrees(float(compute) / float(bandwidth), balance)
    assert stated(key, r"up to (\d+) sequences") == [balance]
    script = (CONTENT / "figures" / "draw_inference_roofline.py").read_text(encoding="utf-8")
    assert f"COMPUTE = {compute}e12 " in script
    assert f"BANDWIDTH = {bandwidth}e12 " in script


def test_time_of_an_answer() -> None:
    key = "inference-latency-metrics"
    first, gap, tokens = numbers(key, r"With ([\d.]+) s, (\d+) ms and (\d+) tokens")
    a, rest, b, total = stated(key, r"\$([\d.]+) \+ (\d+) \\cdot ([\d.]+) = ([\d.]+)\$ s")
    assert (float(a), float(rest), float(b)) == (first, tokens - 1, gap / 1000)
    assert agrees(first + (tokens - 1) * gap / 1000, total)


def test_cache_of_one_sequence() -> None:
    key = "inference-kv-cache-worked-example"
    tokens, layers, heads, size, width = numbers(
        key,
        r"sequence of ([\d,]+) tokens need in a model with (\d+) layers, (\d+) key-value heads"
        r" of dimension (\d+) and (\d) bytes a value",
    )
    product = stated(
        key, r"\$2 \\cdot (\d+) \\cdot (\d+) \\cdot (\d+) \\cdot (\d) = ([\d{,}]+)\$ bytes"
    )
    assert [float(v) for v in product[:4]] == [layers, heads, size, width]
    token = 2 * layers * heads * size * width
    assert plain(product[4]) == token
    whole = stated(
        key, r"\$([\d{,}]+) \\cdot ([\d{,}]+) = ([\d.]+) \\cdot 10\^\{(\d+)\}\$ bytes, or ([\d.]+)"
    )
    assert [plain(v) for v in whole[:2]] == [token, tokens]
    assert scientific(token * tokens, *whole[2:4])
    assert agrees(token * tokens / 2**30, whole[4])
    gib, kib = stated(key, r"\n([\d.]+) GiB, because each token takes (\d+) KiB")
    assert agrees(token * tokens / 2**30, gib)
    assert agrees(token / 2**10, kib)
    more, result = stated(key, r"With (\d+) key-value heads, .* would be (\d+) GiB")
    assert agrees(token / heads * float(more) * tokens / 2**30, result)


def test_use_of_the_slots_in_the_figure() -> None:
    key = "inference-continuous-batching"
    script = (CONTENT / "figures" / "draw_inference_batching.py").read_text(encoding="utf-8")
    found = re.search(r"^REQUESTS = \{(.+)\}", script, re.M)
    slots = re.search(r"^SLOTS = (\d)", script, re.M)
    assert found
    assert slots
    lengths = [int(v) for v in re.findall(r": (\d+)", found[1])]
    count = int(slots[1])
    static = sum(max(lengths[i : i + count]) for i in range(0, len(lengths), count))
    free = [0] * count
    for length in lengths:
        free[free.index(min(free))] += length
    assert numbers(key, r"batching needs (\d+) steps, .* batching needs (\d+) steps") == [
        static,
        max(free),
    ]
    low, high = stated(key, r"for (\d+) % of the time with static and (\d+) %")
    assert agrees(100 * sum(lengths) / (count * static), low)
    assert agrees(100 * sum(lengths) / (count * max(free)), high)
    svg = (CONTENT / "figures" / "inference-batching.svg").read_text(encoding="utf-8")
    assert f"Static batching: {static} steps" in svg
    assert f"Continuous batching: {max(free)} steps" in svg


def test_speed_of_speculative_decoding() -> None:
    key = "inference-speculative-worked-example"
    proposals, rate, share = numbers(
        key, r"proposes (\d) tokens, each is accepted with probability ([\d.]+), .* costs (\d+) %"
    )

    def expected(rate: float) -> float:
        """One token for each proposal that and all before it were accepted, and one more."""
        return sum(rate**i for i in range(int(proposals) + 1))

    cost = proposals * share / 100 + 1
    base, power, again, tokens = stated(
        key, r"\\frac\{1 - ([\d.]+)\^\{(\d)\}\}\{1 - ([\d.]+)\} = ([\d.]+)"
    )
    assert float(base) == float(again) == rate
    assert float(power) == proposals + 1
    assert agrees(expected(rate), tokens)
    a, b, c = stated(key, r"= (\d) \\cdot ([\d.]+) \+ 1 = ([\d.]+)\$ large passes")
    assert (float(a), float(b)) == (proposals, share / 100)
    assert float(c) == pytest.approx(cost)
    over, under, faster = stated(key, r"\$([\d.]+) / ([\d.]+) = ([\d.]+)\$\.")
    assert (over, under) == (tokens, c)
    assert agrees(expected(rate) / cost, faster)
    assert stated(key, r"About ([\d.]+) times: ([\d.]+) tokens .* time of ([\d.]+) large") == [
        faster,
        tokens,
        c,
    ]
    worse, fewer, slower = stated(key, r"\\alpha = ([\d.]+)\$ it would be ([\d.]+) .* ([\d.]+) t")
    assert agrees(expected(float(worse)), fewer)
    assert agrees(expected(float(worse)) / cost, slower)


@pytest.mark.parametrize("draft", [(0.5, 0.3, 0.2), (0.1, 0.1, 0.8), (0.2, 0.5, 0.3)])
def test_speculative_decoding_keeps_the_distribution(draft: tuple[float, ...]) -> None:
    large = (0.2, 0.5, 0.3)
    accepted = [q * min(1, p / q) for p, q in zip(large, draft, strict=True)]
    extra = [max(0, p - q) for p, q in zip(large, draft, strict=True)]
    assert 1 - sum(accepted) == pytest.approx(sum(extra))
    for p, kept, redrawn in zip(large, accepted, extra, strict=True):
        assert kept + redrawn == pytest.approx(p)


def test_the_metrics_are_four() -> None:
    table = rows("inference-latency-metrics", r"(TTFT|TPOT|throughput|goodput) \| .+")
    assert len(table) == 4


def test_transfer_of_a_prompts_cache() -> None:
    key = "inference-disaggregation-worked-example"
    tokens, kib = numbers(key, r"a prompt of ([\d,]+) tokens at (\d+) KiB of cache a token")
    gigabits = numbers(key, r"takes some \d+ ms at (\d+) Gbit/s")[0]
    size, rate = tokens * kib * 1024, gigabits * 1e9 / 8
    shown = stated(
        key,
        r"\{([\d{,}]+) \\cdot (\d+) \\cdot ([\d{,}]+)\}\{(\d+) \\cdot 10\^\{9\} / 8\}"
        r" \\\\\[1ex\]\n=\{\}& \\frac\{([\d.]+) \\cdot 10\^\{9\}\}\{(\d+) \\cdot 10\^\{9\}\}"
        r" = ([\d.]+)",
    )
    assert [plain(v) for v in shown[:4]] == [tokens, kib, 1024, gigabits]
    assert scientific(size, shown[4], "9")
    assert agrees(rate / 1e9, shown[5])
    assert agrees(size / rate, shown[6])
    gb, ms = stated(key, r"about ([\d.]+) GB, which takes some (\d+) ms")
    assert agrees(size / 1e9, gb)
    assert agrees(1000 * size / rate, ms)


def test_cost_of_a_cascade() -> None:
    key = "inference-cascade-worked-example"
    percent, ratio = numbers(key, r"first; (\d+) % are passed on to one that costs (\d+) times")
    mean = 1 + percent / 100 * ratio
    assert numbers(
        key, r"1 \+ ([\d.]+) \\cdot (\d+) = (\d+), \\qquad (\d+) / (\d+) = ([\d.]+)\n"
    ) == [percent / 100, ratio, mean, mean, ratio, mean / ratio]
    assert numbers(key, r"\n(\d+) times the small model's price, or (\d+) % of the large") == [
        mean,
        100 * mean / ratio,
    ]
