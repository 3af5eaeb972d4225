"""The worked numbers of the topic Embeddings and position encodings, computed again."""

from __future__ import annotations

import cmath
import math

import pytest

from content.tests.cards import CONTENT, agrees, card, numbers, stated


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def whole(printed: str) -> int:
    return int(printed.replace("{,}", "").replace(",", ""))


def test_embeddings_of_llama_3_2_1b() -> None:
    key = "embedding-parameters-worked-example"
    total, entries, width = numbers(
        key, r"\(([\d.]+) billion in all, vocabulary ([\d,]+), width ([\d,]+)\)"
    )
    places = stated(
        key,
        r"V d &= ([\d{},]+) \\cdot ([\d{},]+) \\\\\n"
        r"&= ([\d{},]+)\n",
    )
    assert [whole(place) for place in places] == [entries, width, entries * width]
    # The layers as configured: 16, with 8 key-value heads of width 64 and an inner width of 8,192.
    layer = 2 * width**2 + 2 * width * 8 * 64 + 3 * width * 8192 + 2 * width
    model = entries * width + 16 * layer + width
    assert round(model / 1e9, 3) == total
    millions, untied, tied = stated(
        key, r"About (\d+) million: .* would have ([\d.]+) billion instead of ([\d.]+)\."
    )
    assert agrees(entries * width / 1e6, millions)
    assert agrees((model + entries * width) / 1e9, untied)
    assert agrees(model / 1e9, tied)
    one, two = stated(key, r"The one matrix is (\d+) % of the model; two would be (\d+) %")
    assert agrees(100 * entries * width / model, one)
    assert agrees(100 * 2 * entries * width / (model + entries * width), two)


def test_a_step_is_a_rotation_of_the_sinusoids() -> None:
    key = "position-sinusoidal"
    (base,) = numbers(key, r"\\sin\\big\(m / (\d+)\^\{2i/d\}")
    assert numbers(key, r"nearly \$(\d+) \\cdot 2\\pi\$") == [base]
    d, k = 64, 7
    for i in range(d // 2):
        speed = base ** (-2 * i / d)
        turned = {cmath.exp(1j * speed * (m + k)) / cmath.exp(1j * speed * m) for m in range(3)}
        first, *others = turned
        assert all(other == pytest.approx(first) for other in others)


def test_slopes_and_reach_of_alibi() -> None:
    key = "position-alibi"
    assert r"r_h = 2^{-8h/H}" in card(key)
    heads = numbers(key, r"for heads (\d), (\d), (\d) and (\d) of (\d)\.")
    slopes = [2 ** (-8 * head / heads[4]) for head in heads[:4]]
    assert slopes == [2.0**-head for head in heads[:4]]
    drawn = [line for line in script("alibi_decay").splitlines() if line.startswith("    (")]
    assert [float(line[5]) for line in drawn[:4]] == heads[:4]
    first, near, last, far = numbers(
        key, r"Head (\d) forgets within about (\d+) tokens, head (\d) only after about ([\d,]+)\]"
    )
    assert (first, last) == (heads[0], heads[3])
    assert math.exp(-slopes[0] * near) < 0.02 < math.exp(-slopes[0] * near / 2)
    assert math.exp(-slopes[3] * far) < 0.03 < math.exp(-slopes[3] * far / 2)


def test_angle_between_key_and_query_in_the_figure() -> None:
    first_k, first_q, then_k, then_q, angle = numbers(
        "position-rope", r"once at (\d) and (\d) and once at (\d) and (\d)\. .* is (\d+)° in both\]"
    )
    assert first_q - first_k == then_q - then_k == 3
    drawn = script("rope_rotation")
    assert "STEP = 30 " in drawn
    assert "KEY, QUERY = 50, 20 " in drawn
    assert (20 + 30 * first_q) - (50 + 30 * first_k) == angle
    assert f"panel(CENTRES[0], {first_k:.0f}, {first_q:.0f})" in drawn
    assert f"panel(CENTRES[1], {then_k:.0f}, {then_q:.0f})" in drawn


def test_rotated_vectors_keep_their_product_at_the_same_distance() -> None:
    body = card("position-rope-relative")
    assert r"(R_m q)^{\top} (R_n k) &= q^{\top} R_m^{\top} R_n\, k" in body
    assert r"&= q^{\top} R_{n-m}\, k" in body

    def turned(x: complex, position: int) -> complex:
        return x * cmath.exp(0.3j * position)

    def dot(x: complex, y: complex) -> float:
        return (x.conjugate() * y).real

    q, k = 0.4 + 1.1j, -0.7 + 0.2j
    for m, n in ((0, 3), (5, 8), (100, 103)):
        assert dot(turned(q, m), turned(k, n)) == pytest.approx(dot(q, turned(k, n - m)))


def test_wavelengths_of_rope() -> None:
    key = "position-rope-wavelengths-worked-example"
    width, base = numbers(key, r"heads of width (\d+) and base ([\d,]+)\?")
    pairs = int(width) // 2

    def wave(pair: int, base: float) -> float:
        return float(2 * math.pi * base ** (2 * pair / width))

    shortest, longest = stated(key, r"From ([\d.]+) tokens .* to about ([\d,]+) tokens")
    assert agrees(wave(0, base), shortest)
    assert agrees(wave(pairs - 1, base), longest.replace(",", ""))
    last, under, over, result = stated(
        key, r"\\lambda_\{(\d+)\} &= 2\\pi \\cdot 10000\^\{(\d+)/(\d+)\} \\approx ([\d{},]+)\n"
    )
    assert [int(last), int(under), int(over)] == [pairs - 1, 2 * pairs - 2, width]
    assert whole(result) == whole(longest)
    assert numbers(key, r"\$d = (\d+)\$ .* from 0 to (\d+)\.") == [width, pairs - 1]

    trained, many, all_pairs, other, few = numbers(
        key,
        r"Within ([\d,]+) tokens, (\d+) of the (\d+) pairs .*; with base ([\d,]+) only (\d+) do",
    )
    assert all_pairs == pairs
    assert sum(wave(i, base) <= trained for i in range(pairs)) == many
    assert sum(wave(i, other) <= trained for i in range(pairs)) == few
    crossed = numbers(key, r"cross it at pair (\d+) and pair (\d+)\]")
    for pair, b in zip(crossed, (base, other), strict=True):
        assert wave(int(pair) - 1, b) < trained < wave(int(pair) + 1, b)


def test_base_of_ntk_aware_scaling() -> None:
    key = "position-ntk-aware"
    s, d, base, result = numbers(
        key, r"For \$s = (\d)\$ and \$d = (\d+)\$ the base goes from ([\d,]+) to ([\d,]+)\."
    )
    raised = base * s ** (d / (d - 2))
    assert round(raised) == result
    for i in (0, 10, int(d) // 2 - 1):
        slower = base ** (-2 * i / d) * s ** (-2 * i / (d - 2))
        assert raised ** (-2 * i / d) == pytest.approx(slower)
    assert slower == pytest.approx(base ** (-(d - 2) / d) / s)


def test_pairs_that_yarn_stretches() -> None:
    key = "position-yarn"
    s, flat, low, high, kept, top, full = numbers(
        key,
        r"extension by (\d)\. Interpolation is (\d) everywhere, NTK-aware rises slowly from (\d)"
        r" to (\d), YaRN is 1 up to pair (\d+), then rises to (\d) at pair (\d+)\]",
    )
    assert (flat, low, high, top) == (s, 1, s, s)
    most, least = numbers(key, r"more than (\d+) turns .* less than (\d) turn is fully")
    sharper, factor = stated(key, r"of the extension: ([\d.]+) for \$s = (\d)\$\.")
    assert float(factor) == s
    assert r"$(0.1 \ln s + 1)^2$" in card(key)
    assert agrees((0.1 * math.log(s) + 1) ** 2, sharper)
    drawn = script("rope_scaling_methods")
    for line in (f"S = {s:.0f}", "D = 128", "BASE = 10_000", "TRAINED = 4096"):
        assert f"\n{line}\n" in drawn
    assert f"\nALPHA, BETA = {least:.0f}, {most:.0f}\n" in drawn

    def turns(pair: float) -> float:
        return float(4096 / (2 * math.pi * 10_000 ** (2 * pair / 128)))

    assert turns(kept + 1) < most < turns(kept)
    assert turns(full) < least < turns(full - 1)


def test_factor_of_position_interpolation() -> None:
    steps, trained, longer = numbers(
        "position-interpolation",
        r"up to ([\d,]+) steps took LLaMA from ([\d,]+) to ([\d,]+) tokens",
    )
    assert (steps, longer / trained) == (1000, 16)
