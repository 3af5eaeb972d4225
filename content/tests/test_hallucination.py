"""The worked numbers of the topic Hallucination and factuality, computed again."""

from __future__ import annotations

import ast
import math
import re

import pytest

from content.tests.cards import CONTENT, agrees, card, numbers, stated


def test_share_of_singletons() -> None:
    statements, singletons, percent = numbers(
        "halluc-arbitrary-facts",
        r"With ([\d,]+) statements and ([\d,]+) singletons that is (\d+) %",
    )
    assert 100 * singletons / statements == percent


def test_expected_calibration_error() -> None:
    key = "halluc-ece-worked-example"
    found = numbers(
        key,
        r"Of (\d+) answers, (\d+) were given with confidence ([\d.]+) \((\d+) right\),"
        r" (\d+) with ([\d.]+) \((\d+) right\), (\d+) with ([\d.]+) \((\d+) right\)",
    )
    total = found[0]
    bins = [(found[i], found[i + 1], found[i + 2]) for i in (1, 4, 7)]
    assert sum(n for n, _, _ in bins) == total
    parts = [n / total * abs(right / n - conf) for n, conf, right in bins]
    for part, printed in zip(
        parts, stated(key, r"&= ([\d.]+) \+ ([\d.]+) \+ ([\d.]+)\n"), strict=True
    ):
        assert agrees(part, printed)
    error, points = stated(key, r"It is ([\d.]+): on average .* is (\d+) points too high")
    assert agrees(sum(parts), error)
    assert agrees(100 * sum(parts), points)
    assert all(right / n < conf for n, conf, right in bins)
    (share,) = numbers(key, r"always saying ([\d.]+) here")
    assert share == pytest.approx(sum(right for _, _, right in bins) / total)

    *confidences, low, middle, high = numbers(
        key,
        r"dots, at ([\d.]+), ([\d.]+) and ([\d.]+), lie .* by ([\d.]+), ([\d.]+) and ([\d.]+)\]",
    )
    ordered = sorted(bins, key=lambda entry: entry[1])
    assert confidences == [conf for _, conf, _ in ordered]
    assert [low, middle, high] == pytest.approx([conf - right / n for n, conf, right in ordered])
    script = (CONTENT / "figures" / "draw_reliability_diagram.py").read_text(encoding="utf-8")
    drawn = re.search(r"^BINS = (\(.+\))  #", script, re.M)
    assert drawn
    assert [(n, conf, right) for conf, n, right in ast.literal_eval(drawn[1])] == ordered


def test_entropy_of_meanings() -> None:
    key = "halluc-semantic-entropy"
    assert card(key).count("Ten differently worded answers") == 1
    samples, wordings, one, other, meanings = stated(
        key,
        r"\\ln (\d+) = ([\d.]+)\$ over wordings;"
        r" if (\d) mean one date and (\d) another, \$H = ([\d.]+)\$",
    )
    n = int(samples)
    assert n == 10 == int(one) + int(other)
    assert agrees(math.log(n), wordings)
    shares = [int(one) / n, int(other) / n]
    assert agrees(-sum(p * math.log(p) for p in shares), meanings)


def test_long_form_f1() -> None:
    key = "halluc-long-form"
    supported, claims, wanted, precision, recall, f1 = numbers(
        key,
        r"With (\d+) of (\d+) claims supported and \$K = (\d+)\$:"
        r" \$P = ([\d.]+)\$, \$R = ([\d.]+)\$, \$F_1@K = ([\d.]+)\$",
    )
    assert precision == supported / claims
    assert recall == min(supported / wanted, 1)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_threshold_of_answering() -> None:
    key = "halluc-guessing-incentive"
    threshold, penalty = numbers(key, r"threshold of \$t = ([\d.]+)\$ .* = (\d)\$")
    assert penalty == threshold / (1 - threshold)
    found = numbers(
        key,
        r"a penalty of (\d), (\d) and (\d)\. .* which is zero, at (\d), ([\d.]+) and ([\d.]+)\]",
    )
    for cost, crossing in zip(found[:3], found[3:], strict=True):
        assert crossing == cost / (1 + cost)
        assert crossing - cost * (1 - crossing) == 0
    script = (CONTENT / "figures" / "draw_abstention_threshold.py").read_text(encoding="utf-8")
    assert [float(v) for v in re.findall(r"\((\d), [A-Z]+, ", script)] == found[:3]
