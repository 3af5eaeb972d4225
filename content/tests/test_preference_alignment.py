"""The worked numbers of the topic Preference alignment, computed again."""

from __future__ import annotations

import math
import re
import statistics

from content.tests.cards import CONTENT, agrees, numbers, stated


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def test_bradley_terry_of_two_scores() -> None:
    key = "bradley-terry-worked-example"
    first, second = numbers(key, r"scores two answers ([\d.]+) and ([\d.]+)\.")
    gap = first - second
    chance = 1 / (1 + math.exp(-gap))
    about, loss = stated(key, r"probability ([\d.]+), and the loss is ([\d.]+)\.")
    assert agrees(chance, about)
    assert agrees(-math.log(chance), loss)
    left, right, power, printed, same, cost = stated(
        key,
        r"sigma\(([\d.]+) - ([\d.]+)\) &= .*e\^\{-([\d.]+)\}\} = ([\d.]+) \\\\\n"
        r"-\\ln ([\d.]+) &= ([\d.]+)\n",
    )
    assert [float(left), float(right), float(power)] == [first, second, gap]
    assert same == printed
    assert agrees(chance, printed)
    assert agrees(-math.log(chance), cost)
    other, regret = stated(key, r"would be \$-\\ln ([\d.]+) = ([\d.]+)\$")
    assert agrees(1 - chance, other)
    assert agrees(-math.log(1 - chance), regret)
    assert agrees(math.log(2), *stated(key, r"\\ln 2 = ([\d.]+)\$"))
    high, low = numbers(key, r"scores of ([\d.]+) and ([\d.]+) say the same")
    assert high - low == gap


def test_turning_point_of_a_judge_with_heavy_tails() -> None:
    (turn,) = numbers("reward-overoptimisation", r"it turns at about (\d+) samples")
    step = 0.1
    qualities = [-5 + step * i for i in range(101)]
    points = [-40 + step * i for i in range(801)]
    mass: list[float] = []
    moment: list[float] = []
    for seen in points:
        terms = [
            (math.exp(-q * q / 2) / math.sqrt(2 * math.pi) * (2 + (seen - q) ** 2) ** -1.5, q)
            for q in qualities
        ]
        mass.append(sum(weight for weight, _ in terms) * step * step)
        moment.append(sum(weight * q for weight, q in terms) * step * step)
    low_tail = (1 - sum(mass)) / 2
    below: list[float] = []
    total = low_tail
    for part in mass:
        below.append(total + part / 2)
        total += part

    def quality(n: float) -> float:
        return sum(m * n * float(f ** (n - 1)) for m, f in zip(moment, below, strict=True))

    values = {n: quality(n) for n in range(2, 41)}
    assert abs(max(values, key=lambda n: values[n]) - turn) <= 1


def test_policies_tilted_by_a_reward() -> None:
    key = "kl-optimal-policy"
    text = script("kl_tilted_policy")
    found = re.search(r"^REFERENCE = \((.*)\)\nREWARDS = \((.*)\)$", text, re.M)
    assert found
    reference = [float(p) for p in found[1].split(", ")]
    rewards = [float(r) for r in found[2].split(", ")]
    assert sum(reference) == 1

    def percents(beta: float) -> list[str]:
        weights = [p * math.exp(r / beta) for p, r in zip(reference, rewards, strict=True)]
        return [f"{100 * weight / sum(weights):.0f}" for weight in weights]

    low, high = numbers(key, r"answers with rewards (\d) to (\d)\.")
    assert [rewards[0], rewards[-1]] == [low, high]
    top, bottom = numbers(key, r"fall from (\d+) to (\d+) percent")
    assert [100 * reference[0], 100 * reference[-1]] == [top, bottom]
    beta, *printed = stated(key, r"With beta (\d) they are (\d+), (\d+), (\d+) and (\d+) percent")
    assert printed == percents(float(beta))
    beta, best = stated(key, r"with beta ([\d.]+) the best answer has (\d+) percent")
    assert best == percents(float(beta))[-1]


def test_clip_range_of_the_figure() -> None:
    (high, low) = numbers("ppo-clip", r"flat beyond ([\d.]+); .* flat below ([\d.]+) and")
    (epsilon,) = numbers("ppo-clip", r"\$\\epsilon\$ often ([\d.]+\d)\.")
    assert (high, low) == (1 + epsilon, 1 - epsilon)
    assert f"EPSILON = {epsilon}\n" in script("ppo_clip")


def test_advantages_of_a_group() -> None:
    key = "grpo-advantage"
    right, size = (int(n) for n in numbers(key, r"If (\d) of (\d) answers are right"))
    rewards = [1.0] * right + [0.0] * (size - right)
    mean, spread, up, down = stated(
        key,
        r"mean is ([\d.]+), the standard deviation ([\d.]+), and the advantages are"
        r" \$\+([\d.]+)\$ for the right and \$(-[\d.]+)\$",
    )
    centre, deviation = statistics.fmean(rewards), statistics.pstdev(rewards)
    assert agrees(centre, mean)
    assert agrees(deviation, spread)
    assert agrees((1 - centre) / deviation, up)
    assert agrees((0 - centre) / deviation, down)
