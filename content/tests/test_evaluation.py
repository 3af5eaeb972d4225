"""The worked numbers of the topic Evaluation, computed again."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from content.tests.cards import CONTENT, agrees, numbers, stated


def normal_density(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def normal_share_below(x: float) -> float:
    return (1 + math.erf(x / math.sqrt(2))) / 2


def expected_best_of(n: int) -> float:
    """The expected maximum of n standard normal values, by numeric integration."""
    step = 0.001
    grid = (-8 + step * i for i in range(16_001))
    return sum(x * n * normal_density(x) * normal_share_below(x) ** (n - 1) * step for x in grid)


def test_token_f1() -> None:
    key = "eval-exact-match-f1"
    reference, answer = stated(key, r"Reference “(.+?)”, answer “(.+?)”")
    gold, words = (
        [word for word in text.lower().split() if word not in {"the", "a", "an"}]
        for text in (reference, answer)
    )
    shared = len(set(gold) & set(words))
    hits, length, found, wanted = numbers(key, r"\$P = (\d)/(\d)\$, \$R = (\d)/(\d)\$")
    assert (hits, length, found, wanted) == (shared, len(words), shared, len(gold))
    precision, recall = hits / length, found / wanted
    assert agrees(2 * precision * recall / (precision + recall), *stated(key, r"F_1 = ([\d.]+)\$"))
    assert gold != words


def test_pass_at_k() -> None:
    key = "eval-pass-at-k-worked-example"
    n, c, one, k = (
        int(v)
        for v in numbers(key, r"Of (\d+) sampled programs (\d+) .* pass@(\d) and pass@(\d)\?")
    )
    assert numbers(key, r"\$n = (\d+)\$ is .* \$c = (\d+)\$") == [n, c]
    first, second = stated(key, r"They are ([\d.]+) and ([\d.]+)\.\n")
    failing, ways, fraction = stated(key, r"it is \$(\d+) / (\d+) = ([\d.]+)\$")
    assert int(failing) == math.comb(n - c, k)
    assert int(ways) == math.comb(n, k)
    assert agrees(int(failing) / int(ways), fraction)
    exact = 1 - int(failing) / int(ways)
    assert agrees(1 - math.comb(n - c, one) / math.comb(n, one), first)
    assert agrees(exact, second)
    assert agrees(exact, *stated(key, r"pass@5 is \$([\d.]+)\$"))
    kept, power, naive = stated(key, r"= 1 - ([\d.]+)\^(\d) = ([\d.]+)\$ is too low")
    assert float(kept) == pytest.approx(1 - c / n)
    assert int(power) == k
    assert agrees(1 - (1 - c / n) ** k, naive)


def test_rating_differences_of_the_figure() -> None:
    key = "eval-arena-rating"
    ends = stated(
        key,
        r"dots at (\d+) percent for (\d+), (\d+) for (\d+), (\d+) for (\d+) and (\d+) for (\d+)\]",
    )
    for share, difference in zip(ends[::2], ends[1::2], strict=True):
        assert agrees(100 / (1 + 10 ** (-float(difference) / 400)), share)
    script = (CONTENT / "figures" / "draw_elo_win_probability.py").read_text(encoding="utf-8")
    assert f"+{ends[3]} points win {ends[2]}% of votes" in script


def test_best_of_ten_ratings() -> None:
    key = "eval-best-of-n-leaderboard"
    n, error, lead = stated(
        key, r"If (\d+) equally .* error of (\d+) points each, .* about (\d+) points better"
    )
    assert agrees(float(error) * expected_best_of(int(n)), lead)


def test_interval_of_human_eval() -> None:
    key = "eval-standard-error-worked-example"
    percent, n = numbers(key, r"solves (\d+) % of the (\d+) problems")
    p = percent / 100
    error = math.sqrt(p * (1 - p) / n)
    top, under, small = stated(key, r"sqrt\{([\d.]+) / (\d+)\} = ([\d.]+) ")
    assert [float(top), float(under)] == pytest.approx([p * (1 - p), n])
    assert agrees(error, small)
    factor, half = stated(key, r"([\d.]+) \\cdot \\text\{SE\} &= ([\d.]+)\n")
    assert agrees(float(factor) * error, half)
    low, high, side = stated(key, r"from (\d+) % to (\d+) %, that is (\d+) points")
    assert agrees(100 * (p - float(factor) * error), low)
    assert agrees(100 * (p + float(factor) * error), high)
    assert agrees(100 * float(factor) * error, side)
    ends = stated(
        key,
        r"from ([\d.]+) points at (\d+) questions to ([\d.]+) at ([\d,]+) and ([\d.]+) at ([\d,]+)",
    )
    for printed, size in zip(ends[::2], ends[1::2], strict=True):
        questions = float(size.replace(",", ""))
        assert agrees(196 * math.sqrt(p * (1 - p) / questions), printed)


def test_paired_comparison() -> None:
    key = "eval-paired-worked-example"
    n, a, b, only_a, only_b = numbers(
        key,
        r"same ([\d,]+) questions: (\d+) % and (\d+) % right\."
        r" (\d+) questions only A solves, (\d+) only B",
    )
    lead = (only_a - only_b) / n
    assert lead == pytest.approx((a - b) / 100)
    assert numbers(key, r"\$b = (\d+)\$ and \$c = (\d+)\$") == [only_a, only_b]
    assert numbers(key, r"\$n = (\d+)\$ and \$d = \(b - c\)/n = ([\d.]+)\$") == [n, lead]
    share, square, under, error = stated(
        key, r"frac\{([\d.]+) - ([\d.]+)\}\{(\d+)\}\} = ([\d.]+)\n"
    )
    assert float(share) == (only_a + only_b) / n
    assert float(square) == pytest.approx(lead**2)
    assert float(under) == n
    paired = math.sqrt(((only_a + only_b) / n - lead**2) / n)
    assert agrees(paired, error)
    points, errors = stated(key, r"the lead of (\d) points is ([\d.]+) standard errors")
    assert agrees(100 * lead, points)
    assert agrees(lead / paired, errors)
    assert lead / paired > 1.96
    wide, few = stated(key, r"standard error of ([\d.]+), so .* only ([\d.]+) of them")
    unpaired = math.sqrt(sum(p / 100 * (1 - p / 100) / n for p in (a, b)))
    assert agrees(unpaired, wide)
    assert agrees(lead / unpaired, few)

    about, exact, more, less = stated(
        key, r"with ([\d.]+) % by the normal .* with ([\d.]+) % by .* of (\d+) against (\d+)"
    )
    assert [float(more), float(less)] == [only_a, only_b]
    assert agrees(200 * normal_share_below(-lead / paired), about)
    differing = int(only_a + only_b)
    tail = sum(math.comb(differing, k) for k in range(int(only_a), differing + 1))
    assert agrees(200 * tail / 2**differing, exact)


def test_questions_needed_for_a_difference() -> None:
    key = "eval-sample-size-worked-example"
    apart, points, power = numbers(
        key, r"disagree on (\d+) % .* difference of (\d) points with (\d+) % power"
    )
    level, gain, square, share, step, needed = stated(
        key,
        r"\(([\d.]+) \+ ([\d.]+)\)\^2\\, q\}\{d\^2\} \\\\\n&= \\frac\{([\d.]+) \\cdot ([\d.]+)\}"
        r"\{([\d.]+)\^2\} = ([\d{,}]+)\n",
    )
    assert agrees(NormalDist().inv_cdf(0.975), level)
    assert agrees(NormalDist().inv_cdf(power / 100), gain)
    assert agrees((float(level) + float(gain)) ** 2, square)
    assert [float(share), float(step)] == [apart / 100, points / 100]
    count = float(square) * float(share) / float(step) ** 2
    assert f"{count:.0f}" == needed.replace("{,}", "")
    assert numbers(key, r"\nAbout ([\d,]+), so a set") == [round(count)]
