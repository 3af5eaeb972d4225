"""The worked numbers of the topic Architectures, computed again."""

from __future__ import annotations

import re

from tests.content.cards import CONTENT, agrees, card, numbers, stated


def test_cache_of_a_hybrid() -> None:
    key = "hybrid-cache-worked-example"
    layers, heads, width, bits, tokens = numbers(
        key,
        r"has (\d+) layers with (\d+) key-value heads of width (\d+)\. .* its (\d+)-bit cache"
        r" at ([\d,]+) tokens",
    )
    (share,) = numbers(key, r"if only 1 in (\d+) is\?")
    per_token = 2 * heads * width * bits / 8
    assert numbers(key, r"\$(\d) \\cdot (\d+) \\cdot (\d+) \\cdot (\d) = (\d+)\$") == [
        2,
        heads,
        width,
        bits / 8,
        per_token,
    ]
    full = per_token * layers * tokens
    given = stated(key, r"\$(\d+) \\cdot (\d+) \\cdot (\d+) = ([\d.]+) \\cdot 10\^\{9\}\$ bytes;")
    assert [float(n) for n in given[:3]] == [per_token, layers, tokens]
    assert agrees(full / 1e9, given[3])
    assert agrees(full / share / 1e9, *stated(key, r"an eighth of it is \$([\d.]+) \\cdot 10"))
    all_layers, some = stated(key, r"About ([\d.]+) GB with .*, and ([\d.]+) GB if")
    assert agrees(full / 1e9, all_layers)
    assert agrees(full / share / 1e9, some)
    assert numbers(key, r"only (\d+) of the (\d+) layers") == [layers / share, layers]

    channels, state, size = numbers(key, r"\$(\d+) \\cdot (\d+)\$ numbers of (\d) bytes")
    grown, less, constant = stated(
        key, r"grows to (\d+) GB, with attention in 4 layers to (\d+) GB, .* stays at (\d+) MB"
    )
    assert agrees(full / 1e9, grown)
    mamba = channels * state * size
    assert agrees((full / share + (layers - layers / share) * mamba) / 1e9, less)
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
    assert f"LAYERS = {stated(key, r'1 in (.) in Jamba')[0]}\n" in script
