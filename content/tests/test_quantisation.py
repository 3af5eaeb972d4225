"""The worked numbers of the topic Quantisation and compression, computed again."""

from __future__ import annotations

import math
import re

import pytest

from content.tests.cards import CONTENT, agrees, card, numbers, rows, stated

FIGURES = CONTENT / "figures"


def signed(words: str) -> float:
    return float(words.replace("−", "-"))


def test_four_values_in_eight_bits() -> None:
    key = "quantisation-absmax-worked-example"
    given = [
        signed(v)
        for v in stated(key, r"the values ([−\d.]+), ([−\d.]+), ([−\d.]+) and ([−\d.]+) stored")
    ]
    top, levels, scale = stated(key, r"s = ([\d.]+) / (\d+) = ([\d.]+)\$\.")
    assert float(top) == max(map(abs, given))
    assert stated(key, r"With \$b = (\d)\$") == ["8"]
    assert int(levels) == 2**7 - 1
    assert float(scale) == pytest.approx(float(top) / int(levels))
    step = float(top) / int(levels)
    table = rows(key, r"([−\d.]+) \| ([−\d]+) \| ([−\d.]+) \| ([\d.]+)")
    assert [signed(x) for x, *_ in table] == given
    for x, q, back, error in table:
        assert round(signed(x) / step) == signed(q)
        assert step * signed(q) == pytest.approx(signed(back))
        assert abs(signed(x) - signed(back)) == pytest.approx(float(error))
        assert float(error) <= step / 2
    answer = stated(key, r"As ([−\d]+), ([−\d]+), ([−\d]+) and ([−\d]+):")
    assert answer == [q for _, q, *_ in table]
    (half,) = stated(key, r"s / 2 = ([\d.]+)\$")
    assert float(half) == pytest.approx(step / 2)


def test_bits_of_the_scales() -> None:
    key = "quantisation-granularity"
    weight, scale = numbers(key, r"With (\d)-bit weights and (\d+)-bit scales")
    table = rows(key, r"a (?:row|group) of ([\d,]+)(?: weights)? \| ([\d.]+)")
    assert len(table) == 3
    for group, bits in table:
        assert agrees(weight + scale / float(group.replace(",", "")), bits)


def test_largest_values_of_the_float_formats() -> None:
    key = "quantisation-float-grids"
    table = {
        name: float(top.replace(",", ""))
        for name, top in rows(key, r"FP\d (E\dM\d) \| \d, \d \| ([\d,]+)")
    }
    # E4M3 gives up one code of its top exponent for NaN, E5M2 all of it, E2M1 none.
    assert table == {
        "E4M3": (1 + 6 / 8) * 2 ** (15 - 7),
        "E5M2": (1 + 3 / 4) * 2 ** (30 - 15),
        "E2M1": (1 + 1 / 2) * 2 ** (3 - 1),
    }
    script = (FIGURES / "draw_quantisation_grids.py").read_text(encoding="utf-8")
    found = re.search(r"^E2M1 = \[v / 6 for v in \((.+)\)\]", script, re.M)
    assert found
    normal = {(1 + m / 2) * 2 ** (e - 1) for e in (1, 2, 3) for m in (0, 1)}
    assert {float(v) for v in found[1].split(", ")} == normal | {0, 0.5}


def test_decoding_at_the_speed_of_memory() -> None:
    key = "quantisation-decode-worked-example"
    size, speed, *widths = numbers(
        key, r"an (\d)B model .* memory of ([\d.]+) TB/s, with (\d+) bits and with ([\d.]+) bits"
    )
    table = rows(key, r"([\d.]+) \| ([\d.]+) GB \| ([\d.]+) ms \| (\d+)")
    assert [float(bits) for bits, *_ in table] == widths
    for bits, weights, time, rate in table:
        bytes_read = size * 1e9 * float(bits) / 8
        assert agrees(bytes_read / 1e9, weights)
        assert agrees(1000 * bytes_read / (speed * 1e12), time)
        assert agrees(speed * 1e12 / bytes_read, rate)
    assert stated(key, r"About (\d+) and (\d+),") == [table[0][3], table[1][3]]
    total, weight, scale, group = numbers(
        key, r"The ([\d.]+) bits are (\d)-bit weights with a (\d+)-bit scale for every (\d+)\."
    )
    assert total == weight + scale / group == widths[1]


def test_levels_of_the_figure_with_an_outlier() -> None:
    script = (FIGURES / "draw_quantisation_outlier.py").read_text(encoding="utf-8")
    found = re.search(r"^VALUES = \((.+)\)", script, re.M)
    assert found
    values = [float(v) for v in found[1].split(", ")]
    words = {"eight": 8, "three": 3}
    key = "quantisation-activation-outliers"
    count, levels, outlier, same, fewer = stated(
        key,
        r"outlier (\w+) values fall on (\w+) levels\. With an outlier of (\d) .* the same (\w+)"
        r" values fall on (\w+)\]",
    )
    assert words[count] == words[same] == len(values)
    for top, printed in ((max(values), levels), (float(outlier), fewer)):
        assert len({round(v / (top / 7)) for v in values}) == words[printed]


def test_factor_of_smoothquant() -> None:
    key = "quantisation-smoothquant"
    activation, weight, alpha, factor, both = numbers(
        key,
        r"X_j\| = (\d+)\$, \$\\max \|W_j\| = (\d)\$ and \$\\alpha = ([\d.]+)\$ the factor is (\d),"
        r" and both maxima become (\d)\.",
    )
    assert factor == activation**alpha / weight ** (1 - alpha)
    assert both == activation / factor == weight * factor


def test_the_correction_of_gptq_is_the_best_one() -> None:
    """Two weights: after rounding the first, the second moves as the formula says."""
    assert r"\delta = -\frac{w_i - \hat w_i}{[H^{-1}]_{ii}}\, [H^{-1}]_{i,:}" in card(
        "quantisation-gptq"
    )
    (a, b), c = (2.0, 0.6), 1.0  # H = [[a, b], [b, c]]
    inverse = [[c, -b], [-b, a]]
    scale = 1 / (a * c - b * b)
    error = 0.3
    move = -error / (scale * inverse[0][0]) * scale * inverse[0][1]
    assert -error / (scale * inverse[0][0]) * scale * inverse[0][0] == pytest.approx(-error)

    def loss(second: float) -> float:
        return a * error**2 - 2 * b * error * second + c * second**2

    assert all(loss(move) <= loss(move + step) for step in (-0.01, 0.01))
    assert math.isclose(loss(move), a * error**2 - (b * error) ** 2 / c)
