"""The worked numbers of the topic Agents and tool use, computed again."""

from __future__ import annotations

import pytest

from content.tests.cards import CONTENT, agrees, numbers, stated

FIGURES = CONTENT / "figures"


def plain(words: str) -> int:
    """A whole number, whose thousands are set apart with `,` or `{,}`."""
    return int(words.replace("{,}", "").replace(",", ""))


def test_adapters_with_and_without_a_protocol() -> None:
    key = "agents-mcp"
    given = numbers(key, r"With (\d+) applications and (\d+) tools")
    a, b, product = numbers(key, r"\$(\d+) \\cdot (\d+) = (\d+)\$")
    c, d, total = numbers(key, r"\$(\d+) \+ (\d+) = (\d+)\$")
    assert [a, b] == [c, d] == given
    assert product == a * b
    assert total == c + d


def test_input_tokens_of_twenty_calls() -> None:
    key = "agents-token-cost-worked-example"
    prompt, calls, step = map(
        plain,
        stated(key, r"with ([\d,]+) tokens, makes (\d+) calls, and each call adds ([\d,]+) tokens"),
    )
    total = sum(prompt + i * step for i in range(calls))
    last = prompt + (calls - 1) * step
    assert list(map(plain, stated(key, r"For ([\d,]+), .* holds only ([\d,]+) before"))) == [
        total,
        last,
    ]
    base, growth = map(plain, stated(key, r"= ([\d{,}]+) \+ ([\d{,}]+)\n"))
    assert base == calls * prompt
    assert base + growth == total
    new, cached, cost = map(
        plain,
        stated(key, r"price \(.*\), ([\d,]+) tokens are new and ([\d,]+) cached, .* as ([\d,]+)\."),
    )
    assert new == last
    assert new + cached == total
    assert cost == new + cached / 10


def test_chain_of_twenty_steps() -> None:
    key = "agents-error-worked-example"
    percent, steps = numbers(key, r"probability (\d+) %\. How likely are (\d+) steps")
    rate = percent / 100
    base, power, result = stated(key, r"\$([\d.]+)\^\{(\d+)\} = ([\d.]+)\$")
    assert (float(base), float(power)) == (rate, steps)
    assert agrees(rate**steps, result)
    assert agrees(100 * rate**steps, *stated(key, r"Only (\d+) %,"))

    goal, within, target, root, needed = stated(
        key, r"reach (\d+) % in (\d+) steps, a step needs \$([\d.]+)\^\{1/(\d+)\} = ([\d.]+)\$"
    )
    assert float(goal) / 100 == float(target)
    assert float(within) == float(root) == steps
    assert agrees(float(target) ** (1 / steps), needed)

    (noticed,) = numbers(key, r"if (\d+) % of them are noticed")
    a, b, c, d, better = stated(
        key, r"\$([\d.]+) \+ ([\d.]+) \\cdot ([\d.]+) \\cdot ([\d.]+) = ([\d.]+)\$"
    )
    assert float(a) == float(d) == rate
    assert float(b) == pytest.approx(1 - rate)
    assert float(c) == noticed / 100
    repaired = rate + (1 - rate) * noticed / 100 * rate
    assert agrees(repaired, better)
    again, whole = stated(key, r"and (\d+) steps with (\d+) %")
    assert float(again) == steps
    assert agrees(100 * repaired**steps, whole)


def test_curves_of_the_figure() -> None:
    key = "agents-error-worked-example"
    high, above, count, middle, low, rest, dot, after = stated(
        key,
        r"With ([\d.]+) percent a step the curve stays above (\d+) after (\d+) steps, with (\d+)"
        r" percent it falls to (\d+), with (\d+) percent .* marks (\d+) percent after (\d+) steps",
    )
    steps = int(count)
    assert 100 * (float(high) / 100) ** steps > float(above)
    assert agrees(100 * (float(middle) / 100) ** steps, low)
    assert (float(rest) / 100) ** steps < 0.01
    assert agrees(100 * (float(rest) / 100) ** int(after), dot)
    script = (FIGURES / "draw_agent_step_success.py").read_text(encoding="utf-8")
    assert f"MARK = ({after}, {float(rest) / 100})" in script
    for rate in (high, middle, rest):
        assert f"({float(rate) / 100:g}, " in script


def test_all_or_any_of_four_attempts() -> None:
    key = "agents-pass-hat-k"
    chance, attempts, every, some = stated(
        key, r"For \$p = ([\d.]+)\$ and \$k = (\d)\$ that is ([\d.]+) against ([\d.]+)\."
    )
    p, k = float(chance), int(attempts)
    assert agrees(p**k, every)
    assert agrees(1 - (1 - p) ** k, some)


def test_price_of_a_solved_task() -> None:
    key = "agents-cost-worked-example"
    first, cheap, second, dear = numbers(
        key, r"A solves (\d+) % of tasks at ([\d.]+) dollars each, agent B (\d+) % at ([\d.]+\d)\."
    )
    shown = numbers(
        key,
        r"\\frac\{([\d.]+)\}\{([\d.]+)\} = ([\d.]+), \\qquad"
        r" \\frac\{([\d.]+)\}\{([\d.]+)\} = ([\d.]+)",
    )
    assert shown == pytest.approx(
        [cheap, first / 100, 100 * cheap / first, dear, second / 100, 100 * dear / second]
    )
    assert numbers(key, r"\nAgent A, at ([\d.]+) dollars .* against ([\d.]+) for B") == [
        shown[2],
        shown[5],
    ]
    share, price = numbers(key, r"two tries of A would solve (\d+) % for at most ([\d.]+) dollar")
    assert share == pytest.approx(100 * (1 - (1 - first / 100) ** 2))
    assert price == 2 * cheap
