"""The worked numbers of the topic Architectures, computed again."""

from __future__ import annotations

import re

from content.tests.cards import CONTENT, agrees, card, numbers, stated


def test_cache_of_a_hybrid() -> None:
    key = "hybrid-cache-worked-example"
    layers, heads, width, share, tokens, bits = numbers(
        key,
        r"hybrid of (\d+) layers has attention \((\d+) key-value heads of width (\d+)\) in 1 of"
        r" (\d+) layers .* a sequence of ([\d,]+) tokens take in (\d+) bits\?",
    )
    per_token = 2 * heads * width * bits / 8
    assert numbers(key, r"\$(\d) \\cdot (\d+) \\cdot (\d+) \\cdot (\d) = (\d+)\$") == [
        2,
        heads,
        width,
        bits / 8,
        per_token,
    ]
    attention = layers / share
    assert numbers(key, r"in each of (\d+) layers:") == [attention]
    full = per_token * layers * tokens
    hybrid = per_token * attention * tokens
    given = stated(key, r"\$(\d+) \\cdot (\d+) \\cdot (\d+) = ([\d.]+) \\cdot 10\^\{9\}\$ bytes\.")
    assert [float(n) for n in given[:3]] == [per_token, attention, tokens]
    assert agrees(hybrid / 1e9, given[3])
    some, everywhere, all_layers, states = stated(
        key, r"About ([\d.]+) GB, against ([\d.]+) GB .* in all (\d+) layers; .* only (\d+) MB"
    )
    assert agrees(hybrid / 1e9, some)
    assert agrees(full / 1e9, everywhere)
    assert float(all_layers) == layers

    channels, state, size = numbers(key, r"\$(\d+) \\cdot (\d+)\$ numbers of (\d) bytes")
    mamba = channels * state * size
    rest, taken = stated(key, r"; (\d+) layers take \$([\d.]+) \\cdot 10\^\{6\}\$ bytes")
    assert float(rest) == layers - attention
    assert agrees(float(rest) * mamba / 1e6, taken)
    assert agrees(float(rest) * mamba / 1e6, states)
    grown, less, constant = stated(
        key, r"grows to (\d+) GB, with attention in 4 layers to (\d+) GB, .* stays at (\d+) MB"
    )
    assert agrees(full / 1e9, grown)
    assert agrees((hybrid + float(rest) * mamba) / 1e9, less)
    assert agrees(layers * mamba / 1e6, constant)

    script = (CONTENT / "figures" / "draw_hybrid_cache_growth.py").read_text(encoding="utf-8")
    drawn = re.search(r"^STATE = (\d+) \* (\d+) \* (\d+) ", script, re.M)
    assert drawn
    assert [float(n) for n in drawn.groups()] == [channels, state, size]


def test_memory_of_the_weights() -> None:
    key = "size-in-model-name"
    size, two_bytes, four_bits = numbers(
        key, r"at 2 bytes a parameter, (\d+) billion take (\d+) GB .*; at 4 bits, (\d+) GB"
    )
    assert f"the {size:.0f}B in a model's name" in card(key)
    assert two_bytes == 2 * size
    assert four_bits == size / 2


def test_attention_layers_of_hybrids() -> None:
    key = "hybrid-architecture"
    script = (CONTENT / "figures" / "draw_hybrid_block.py").read_text(encoding="utf-8")
    assert f"LAYERS = {stated(key, r'1 layer in (.) in Jamba')[0]}\n" in script
