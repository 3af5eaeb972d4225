"""The worked numbers of the topic Prompting and in-context learning, computed again."""

from __future__ import annotations

import math

import pytest

from content.tests.cards import CONTENT, agrees, numbers, stated


def test_gradient_step_as_attention() -> None:
    key = "icl-gradient-step"
    x1, y1, x2, y2, rate, query = numbers(
        key,
        r"pairs \$\((\d), (\d)\)\$ and \$\((\d), (\d)\)\$, \$\\eta = ([\d.]+)\$ and \$x_q = (\d)\$",
    )
    shown = numbers(
        key, r"\\hat y = ([\d.]+) \\cdot \((\d) \\cdot (\d) \+ (\d) \\cdot (\d)\) = (\d)\$"
    )
    assert shown[:5] == [rate, y1, x1 * query, y2, x2 * query]
    attention = rate * (y1 * (x1 * query) + y2 * (x2 * query))
    assert attention == pytest.approx(shown[5])

    # The step itself, with the gradient at w = 0 taken by differences.
    def loss(w: float) -> float:
        return ((w * x1 - y1) ** 2 + (w * x2 - y2) ** 2) / 2

    gradient = (loss(1e-6) - loss(-1e-6)) / 2e-6
    assert -rate * gradient * query == pytest.approx(attention)


def test_cost_of_examples_in_the_prompt() -> None:
    examples, tokens, prompt, billions = numbers(
        "icl-vs-fine-tuning",
        r"(\d+) examples of (\d+) tokens make ([\d,]+) tokens .* or (\d+) billion for a million",
    )
    assert examples * tokens == prompt
    assert prompt * 1e6 == billions * 1e9


def test_orders_of_four_examples() -> None:
    n, orders = numbers("prompt-order", r"\$(\d)! = (\d+)\$ orders of four examples")
    assert (n, math.factorial(int(n))) == (4, orders)


def test_contextual_calibration() -> None:
    key = "prompt-calibration-worked-example"
    free, review = numbers(
        key, r"“positive” ([\d.]+) for the input “N/A” and ([\d.]+) for a review"
    )
    top, low, first, other, rest, second = stated(
        key,
        r"frac\{([\d.]+)\}\{([\d.]+)\} = ([\d.]+), \\quad"
        r" \\frac\{([\d.]+)\}\{([\d.]+)\} = ([\d.]+)",
    )
    assert [float(v) for v in (top, low, other, rest)] == pytest.approx(
        [review, free, 1 - review, 1 - free]
    )
    ratios = (review / free, (1 - review) / (1 - free))
    assert agrees(ratios[0], first)
    assert agrees(ratios[1], second)
    over, whole, result = stated(key, r"\$([\d.]+) / ([\d.]+) = ([\d.]+)\$\.")
    assert over == second
    assert agrees(sum(ratios), whole)
    assert agrees(ratios[1] / sum(ratios), result)
    assert stated(key, r"Negative, with ([\d.]+):") == [result]
    before, raw, after = numbers(
        key, r"label positive: (\d+) percent .* input, (\d+) percent .* before and (\d+) percent"
    )
    assert [before, raw] == pytest.approx([100 * free, 100 * review])
    assert after == round(100 * ratios[0] / sum(ratios))
    script = (CONTENT / "figures" / "draw_contextual_calibration.py").read_text(encoding="utf-8")
    assert f"CONTENT_FREE = {free} " in script
    assert f"REVIEW = {review}\n" in script


def test_calibration_as_the_paper_writes_it() -> None:
    key = "prompt-calibration-worked-example"
    first, second = map(float, stated(key, r"= ([\d.]+), \\quad .* = ([\d.]+)\n"))
    softmax = math.exp(second) / (math.exp(first) + math.exp(second))
    assert agrees(softmax, *stated(key, r"softmax of the two ratios, .* negative ([\d.]+\d)\."))
