"""The worked numbers of the topic Optimisation and stability, computed again."""

from __future__ import annotations

import re
import struct

import pytest

from content.tests.cards import CONTENT, agrees, card, numbers, rows, stated


def bfloat16(value: float) -> float:
    """`value` rounded to the nearest bfloat16, ties to even."""
    (bits,) = struct.unpack("<I", struct.pack("<f", value))
    bits += 0x7FFF + (bits >> 16 & 1)
    (rounded,) = struct.unpack("<f", struct.pack("<I", bits & 0xFFFF0000))
    return float(rounded)


def test_a_weight_that_does_not_move() -> None:
    key = "master-weights-worked-example"
    start, update, steps = numbers(
        key, r"weight of ([\d.]+) gets an update of ([\d.]+) in each of (\d+) steps"
    )
    short = exact = start
    for _ in range(int(steps)):
        short = bfloat16(short + update)
        exact += update
    stays, reaches = stated(key, r"stays at ([\d.]+), .* would reach ([\d.]+)\.")
    assert agrees(short, stays)
    assert agrees(exact, reaches)

    power, apart, half = stated(key, r"\$2\^\{-(\d)\} = ([\d.]+)\$ apart, .*, \$([\d.]+)\$,")
    spacing = 2 ** -int(power)
    assert bfloat16(1 + spacing) == 1 + spacing
    assert bfloat16(1 + spacing * 0.49) == 1
    assert bfloat16(1 + spacing * 0.51) == 1 + spacing
    assert agrees(spacing, apart)
    assert agrees(spacing / 2, half)

    small, power, apart, step = stated(
        key,
        r"weight of \$([\d.]+)\$ has neighbours \$2\^\{-(\d+)\} = ([\d.]+)\$ away\. .* to"
        r" \$([\d.]+)\$,",
    )
    near = bfloat16(float(small))
    spacing = 2 ** -int(power)
    assert bfloat16(near + spacing) == near + spacing
    assert bfloat16(near + spacing * 0.49) == near
    assert agrees(spacing, apart)
    assert bfloat16(near + float(step)) == bfloat16(near - float(step)) == near


def test_formats() -> None:
    key = "bfloat16-vs-float16"
    alt = stated(
        key,
        r"float32: 1 sign, (\d+) exponent and (\d+) fraction bits\."
        r" bfloat16: 1, (\d+) and (\d+)\. float16: 1, (\d+) and (\d+)\]",
    )
    script = (CONTENT / "figures" / "draw_float_formats.py").read_text(encoding="utf-8")
    drawn = re.findall(r'\("(\w+)", (\d+), (\d+)\)', script)
    assert [name for name, *_ in drawn] == ["float32", "bfloat16", "float16"]
    assert [bits for _, *both in drawn for bits in both] == alt
    bits = {name: (int(exponent), int(fraction)) for name, exponent, fraction in drawn}
    assert rows(key, r"\| (b?float16) \| (b?float16)") == [["float16", "bfloat16"]]
    table = rows(key, r"(?:largest|smallest normal|step above 1) \| ([\d.,e-]+) \| ([\d.e-]+)")
    for name, largest, smallest, step in (
        ("float16", *(row[0] for row in table)),
        ("bfloat16", *(row[1] for row in table)),
    ):
        exponent, fraction = bits[name]
        bias = 2 ** (exponent - 1) - 1
        value = (2 - 2**-fraction) * 2.0**bias
        tolerance = 0 if name == "float16" else 0.05 / 3.4
        assert float(largest.replace(",", "")) == pytest.approx(value, rel=tolerance)
        assert f"{2.0 ** (1 - bias):.1e}".replace("e-05", "e-5") == smallest
        assert agrees(2**-fraction, step)


def test_clipping() -> None:
    norm, limit, factor = numbers(
        "gradient-clipping", r"rVert = (\d)\$ and \$c = (\d)\$ every entry .* by ([\d.]+)\."
    )
    assert min(1, limit / norm) == factor


def test_the_batch_at_which_both_are_doubled() -> None:
    text = card("critical-batch-size")
    assert r"1 + \frac{B^\ast}{B}" in text
    assert r"1 + \frac{B}{B^\ast}" in text
    assert "twice the fewest possible steps and twice the fewest possible examples" in text
    assert "cross at the factor 2" in text
    assert 1 + 1 / 1 == 2


def test_schedules_of_the_figure() -> None:
    script = (CONTENT / "figures" / "draw_lr_schedules.py").read_text(encoding="utf-8")
    constants = dict(re.findall(r"^(WARM_UP|STABLE|FLOOR) = (\d+)", script, re.M))
    warm_up, floor, stable = stated(
        "learning-rate-schedules",
        r"first (\d+) percent\. The cosine falls smoothly to (\d+) percent of the peak, the"
        r" stable schedule stays at the peak until (\d+) percent",
    )
    assert constants == {"WARM_UP": warm_up, "STABLE": stable, "FLOOR": floor}
