"""The worked numbers of the topic Mixture of experts, computed again."""

from __future__ import annotations

import math
import re

from content.tests.cards import CONTENT, agrees, card, numbers, rows, stated


def test_parameters_of_mixtral() -> None:
    key = "mixtral-parameters-worked-example"
    width, inner, matrices, layers, keys, words = numbers(
        key,
        r"Width ([\d,]+), feed-forward width ([\d,]+) with (\d) matrices, (\d+) layers,"
        r" keys and values of width ([\d,]+), vocabulary ([\d,]+):",
    )
    experts, product, total = rows(key, r"(\w+)[^|]* \| \$([^|]+)\$ \| ([\d.]+)")[0]
    assert experts == "experts"
    assert [float(n) for n in product.split(r" \cdot ")] == [layers, 8, matrices, width, inner]
    all_experts = layers * 8 * matrices * width * inner
    assert agrees(all_experts / 1e9, total)

    _, attention, embeddings = rows(key, r"(\w+)[^|]* \| \$([^|]+)\$ \| ([\d.]+)")
    found = re.fullmatch(
        r"(\d+) \\cdot \(2 \\cdot (\d+)\^2 \+ 2 \\cdot (\d+) \\cdot (\d+)\)", attention[1]
    )
    assert found
    assert [float(n) for n in found.groups()] == [layers, width, width, keys]
    shared = layers * (2 * width**2 + 2 * width * keys)
    assert agrees(shared / 1e9, attention[2])
    assert [float(n) for n in embeddings[1].split(r" \cdot ")] == [2, words, width]
    table = 2 * words * width
    assert agrees(table / 1e9, embeddings[2])

    everything = (all_experts + shared + table) / 1e9
    in_all, working = stated(key, r"; ([\d.]+) billion in all, of which ([\d.]+) billion work")
    assert agrees(everything, in_all)
    assert agrees(everything, *stated(key, r"have (\d+) billion parameters and not"))
    assert stated(key, r"and not (\d+) billion\?") == [str(8 * 7)]
    part, *rest, active = stated(key, r"\$([\d.]+) \+ ([\d.]+) \+ ([\d.]+) = ([\d.]+)\$")
    assert agrees(all_experts / 4e9, part)
    assert rest == [attention[2], embeddings[2]]
    assert active == working
    assert agrees((all_experts / 4 + shared + table) / 1e9, active)


def test_balancing_loss_of_an_even_and_of_a_collapsed_router() -> None:
    assert r"\alpha\, N \sum_{i=1}^{N} f_i\, P_i" in card("load-balancing-loss")
    for n in (4, 64):
        assert n * sum(1 / n * 1 / n for _ in range(n)) == 1  # an even load gives alpha
        assert n * sum((i == 0) * (i == 0) for i in range(n)) == n  # one expert gives alpha N
    assert r"An even load gives $\alpha$; everything on one expert gives $\alpha N$" in card(
        "load-balancing-loss"
    )


def test_places_of_three_experts() -> None:
    key = "expert-capacity"
    factor, chosen, tokens, experts, places = numbers(
        key, r"\$([\d.]+) \\cdot (\d) \\cdot (\d+) / (\d) = (\d)\$"
    )
    assert factor * chosen * tokens / experts == places
    script = (CONTENT / "figures" / "draw_moe_overflow.py").read_text(encoding="utf-8")
    assert f"LIMIT = {places:.0f}\n" in script
    drawn = re.search(r"^LOADS = \(([\d, ]+)\)$", script, re.M)
    assert drawn
    loads = [int(n) for n in drawn[1].split(",")]
    assert sum(loads) == tokens
    assert len(loads) == experts
    assert loads == [7, 3, 2]
    alt = "Seven tokens want the first, so five are processed and two dropped."
    assert alt in card(key)
    assert "three tokens and two empty places, the third two tokens and three empty" in card(key)


def test_combinations_of_experts() -> None:
    key = "fine-grained-experts"
    ways, few, many, billions = stated(
        key, r"in (\d+) ways; .* choose (\d+) of (\d+), and there are ([\d.]+) billion"
    )
    assert agrees(math.comb(16, 2), ways)
    assert (int(few), int(many)) == (2 * 4, 16 * 4)
    assert agrees(math.comb(int(many), int(few)) / 1e9, billions)


def test_experts_touched_by_a_batch() -> None:
    key = "experts-touched-by-a-batch"
    chosen, experts, one, tokens, several = stated(
        key, r"With (\d) of (\d), one token reads (\d+) % and (\d) tokens read (\d+) %"
    )
    rest = 1 - int(chosen) / int(experts)
    assert agrees(100 * (1 - rest), one)
    assert agrees(100 * (1 - rest ** int(tokens)), several)
    low, near, low_fine, near_fine = stated(
        key,
        r"starts at (\d+) percent and nears 100 from about (\d+) tokens; with 8 of 256"
        r" it starts at (\d+) percent and nears 100 from about (\d+) tokens",
    )
    assert low == one
    assert 1 - rest ** int(near) > 0.98
    assert agrees(100 * 8 / 256, low_fine)
    assert 1 - (1 - 8 / 256) ** int(near_fine) > 0.98
