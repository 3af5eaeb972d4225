"""The worked numbers of the topic Scaling laws, computed again."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from content.tests.cards import (
    CONTENT,
    POWER,
    TEXT,
    agrees,
    card,
    numbers,
    rows,
    scientific,
    stated,
)


class Fit(NamedTuple):
    """The constants of L(N, D) = E + A / N^alpha + B / D^beta."""

    e: float
    a: float
    b: float
    alpha: float
    beta: float

    def loss(self, n: float, d: float) -> float:
        return float(self.e + self.a / n**self.alpha + self.b / d**self.beta)

    def tokens_for(self, loss: float, n: float) -> float:
        return float((self.b / (loss - self.e - self.a / n**self.alpha)) ** (1 / self.beta))

    def optimal_n(self, c: float) -> float:
        """Found by trying sizes, not by the formula of the card."""
        return smallest(lambda n: self.loss(n, c / (6 * n)), 1e6, 1e14)


def smallest(f: Callable[[float], float], low: float, high: float) -> float:
    """Where `f`, which falls and then rises, is lowest."""
    for _ in range(200):
        third = (high / low) ** (1 / 3)
        left, right = low * third, low * third**2
        if f(left) < f(right):
            high = right
        else:
            low = left
    return low


def fit_of_figures(name: str) -> Fit:
    """The constants with which the figures are drawn."""
    script = (CONTENT / "figures" / "scaling_fit.py").read_text(encoding="utf-8")
    found = re.search(
        rf"^{name} = Fit\(e=(.+), a=(.+), b=(.+), alpha=(.+), beta=(.+)\)$", script, re.M
    )
    assert found
    return Fit(*map(float, found.groups()))


def constants_of_card(key: str) -> list[str]:
    names = ("E", "A", "B", r"\\alpha", r"\\beta")
    return stated(key, ", ".join(rf"\${name} = ([\d.]+)\$" for name in names))


def test_compute_of_three_models() -> None:
    key = "six-n-d-worked-example"
    table = rows(key, r"(.+) \| (\d+)B \| ([\d.]+)T \| ([\d.]+)e(\d+)")
    assert [name for name, *_ in table] == ["GPT-3", "Gopher", "Chinchilla"]
    for _, size, tokens, mantissa, exponent in table:
        assert scientific(6 * float(size) * 1e9 * float(tokens) * 1e12, mantissa, exponent)

    _, size, tokens, *_ = table[-1]
    compute = 6 * float(size) * 1e9 * float(tokens) * 1e12
    assert scientific(compute, *stated(key, r"About ([\d.]+)e(\d+) FLOPs"))
    product = stated(key, rf"\$6 \\cdot (\d+) \\cdot 10\^\{{9\}} \\cdot {POWER} = {POWER}\$")
    assert product[:3] == [size, tokens, "12"]
    assert scientific(compute, *product[3:])

    (speed,) = numbers(key, r"A thousand accelerators .* deliver (\de\d+) FLOPs")
    used = stated(key, rf"\${POWER} / \((\d) \\cdot 10\^\{{(\d+)\}}\) = {POWER}\$ seconds")
    assert scientific(compute, *used[:2])
    assert scientific(1000 * speed, *used[2:4])
    seconds = compute / (1000 * speed)
    assert scientific(seconds, *used[4:])
    assert agrees(seconds / 86_400, *stated(key, r"which is (\d+) days"))


def test_exponents_of_kaplan() -> None:
    key = "kaplan-power-laws"
    table = rows(key, r".+ \| .*\^\{-([\d.]+)\}\$ \| ([\d.]+)")
    assert len(table) == 3
    for exponent, factor in table:
        assert agrees(2 ** -float(exponent), factor)


def test_allocation_of_kaplan() -> None:
    key = "kaplan-power-laws"
    size, tokens = numbers(
        key, r"\$N \\propto C\^\{([\d.]+)\}\$ and \$D \\propto C\^\{([\d.]+)\}\$"
    )
    assert size + tokens == pytest.approx(1)
    (more,) = numbers(key, r"For (\d+) times the compute")
    assert agrees(more**size, *stated(key, rf"\$10\^\{{{size}\}} = ([\d.]+)\$ times"))
    assert agrees(more**tokens, *stated(key, rf"\$10\^\{{{tokens}\}} = ([\d.]+)\$ times"))


def test_allocation_of_chinchilla() -> None:
    (under_root, root) = stated("chinchilla-result", r"\$\\sqrt\{(\d+)\} = ([\d.]+)\$")
    assert stated("chinchilla-result", r"So (\d+) times the compute") == [under_root]
    assert agrees(math.sqrt(float(under_root)), root)


def test_gopher_and_chinchilla() -> None:
    key = "chinchilla-vs-gopher"
    ((gopher, chinchilla),) = rows(key, r"parameters \| (\d+)B \| (\d+)B")
    ((few, many),) = rows(key, r"tokens \| (\d+)B \| ([\d.]+)T")
    ((low, high),) = rows(key, r"tokens a parameter \| ([\d.]+) \| ([\d.]+)")
    assert agrees(float(few) / float(gopher), low)
    assert agrees(1000 * float(many) / float(chinchilla), high)
    smaller, more = numbers(key, r"but (\d) times smaller and on more than (\d) times as much data")
    assert float(gopher) / float(chinchilla) == smaller
    assert more < 1000 * float(many) / float(few) < more + 1


def test_parametric_loss_of_chinchilla() -> None:
    key = "parametric-loss"
    constants = constants_of_card(key)
    fit = Fit(*map(float, constants))
    assert fit == fit_of_figures("HOFFMANN")
    size, tokens, exponent = numbers(key, rf"\$N = (\d+) \\cdot 10\^9\$, \$D = {POWER}\$")
    n, d = size * 1e9, tokens * 10**exponent
    e, model, data, total = stated(key, r"\$([\d.]+) \+ ([\d.]+) \+ ([\d.]+) = ([\d.]+)\$ nats")
    assert e == constants[0]
    assert agrees(fit.a / n**fit.alpha, model)
    assert agrees(fit.b / d**fit.beta, data)
    assert agrees(fit.loss(n, d), total)
    assert stated("irreducible-loss", r"it is \$E = ([\d.]+)\$ nats per token") == [constants[0]]


@pytest.mark.parametrize("name", ["HOFFMANN", "BESIROGLU"])
def test_the_formula_of_the_optimum_gives_the_lowest_loss(name: str) -> None:
    key = "optimum-derivation"
    assert r"N_{\text{opt}} = G \Big(\frac{C}{6}\Big)^{\frac{\beta}{\alpha+\beta}}" in card(key)
    assert r"G = \Big(\frac{\alpha A}{\beta B}\Big)^{\frac{1}{\alpha+\beta}}" in card(key)
    fit = fit_of_figures(name)
    both = fit.alpha + fit.beta
    g = (fit.alpha * fit.a / (fit.beta * fit.b)) ** (1 / both)
    for c in (1e19, 1e22, 1e25):
        n = g * (c / 6) ** (fit.beta / both)
        assert n == pytest.approx(fit.optimal_n(c), rel=1e-4)
        d = c / (6 * n)
        assert fit.alpha * fit.a / n**fit.alpha == pytest.approx(fit.beta * fit.b / d**fit.beta)


def test_a_budget_of_1e21() -> None:
    key = "budget-worked-example"
    budget, ratio = numbers(key, r"You have (\de\d+) FLOPs\. .* rule of (\d+) tokens a parameter")
    factor, exponent, divisor = numbers(key, r"= (\d+) N\^2\$, so(?s:.*)10\^\{(\d+)\}\}\{(\d+)\}")
    assert factor == divisor == 6 * ratio
    assert numbers(key, r"With \$D = (\d+)N\$ .* \$C = (\d)N \\cdot (\d+)N =") == [ratio, 6, ratio]
    assert 10**exponent == budget
    n = math.sqrt(budget / (6 * ratio))
    size = stated(key, rf"\}}\}} = {POWER} \\\\\n")
    tokens = stated(key, rf"D &= 20 N = {POWER}\n")
    assert scientific(n, *size)
    assert scientific(ratio * n, *tokens)
    billions = stated(key, r"About ([\d.]+) billion parameters and ([\d.]+) billion tokens")
    assert agrees(n / 1e9, billions[0])
    assert agrees(ratio * n / 1e9, billions[1])
    check = stated(key, rf"Check: \$6 \\cdot {POWER} \\cdot {POWER} = {POWER}\$")
    assert check[:4] == [*size, *tokens]
    product = 6.0
    for mantissa, power in (size, tokens):
        product *= float(mantissa) * 10 ** int(power)
    assert scientific(product, *check[4:])


def test_the_new_fit_agrees_with_about_twenty_tokens_a_parameter() -> None:
    (about,) = numbers("parametric-loss", r"Its own fit agrees with about (\d+) tokens a parameter")
    fit = fit_of_figures("BESIROGLU")
    for exponent in range(19, 26):
        c = 10.0**exponent
        assert c / 6 / fit.optimal_n(c) ** 2 == pytest.approx(about, rel=0.25)


def test_tokens_a_parameter_of_over_trained_models() -> None:
    key = "over-training"
    ((size, tokens, ratio),) = rows(key, r"Chinchilla (\d+)B on ([\d.]+)T \| (\d+)")
    assert agrees(1000 * float(tokens) / float(size), ratio)
    ((size, tokens, ratio),) = rows(key, r"LLaMA 7B \(([\d.]+)B\) on (\d+)T \| (\d+)")
    assert agrees(1000 * float(tokens) / float(size), ratio)
    ((size, tokens, ratio),) = rows(key, r"Llama 3 (\d+)B on about (\d+)T \| about ([\d,]+)")
    about = float(ratio.replace(",", ""))
    assert round(1000 * float(tokens) / float(size), -2) == about


def test_best_size_over_the_lifetime() -> None:
    key = "inference-aware-scaling"
    train, serve = numbers(key, r"lifetime compute is \$(\d) N D \+ (\d) N D_")
    assert (train, serve) == (6, 2)
    fit = fit_of_figures("BESIROGLU")
    target = fit.loss(13e9, 20 * 13e9)
    words = {"one": 1e12, "four": 4e12}
    alone, some, first, more, second = stated(
        key,
        r"at (\d+) billion parameters without serving, (\d+) billion for (\w+) trillion"
        r" served tokens and (\d+) billion for (\w+) trillion",
    )
    for served, printed in ((0.0, alone), (words[first], some), (words[second], more)):

        def lifetime(n: float, served: float = served) -> float:
            return train * n * fit.tokens_for(target, n) + serve * n * served

        assert agrees(smallest(lifetime, 3e9, 1e11) / 1e9, printed)


def test_worth_of_repeated_data() -> None:
    key = "data-constrained-scaling"
    (constant,) = numbers(key, r"R\^\{\\ast\} \\approx ([\d.]+)\$")

    def worth(epochs: float) -> float:
        return 1 + constant * (1 - math.exp(-(epochs - 1) / constant))

    epochs, repetitions, few, new = stated(
        key, r"For (\d+) epochs \$R = (\d+)\$ and \$D' = ([\d.]+)\\,U\$ instead of \$(\d+)\\,U\$"
    )
    assert int(repetitions) == int(epochs) - 1
    assert new == epochs
    assert agrees(worth(float(epochs)), few)
    many, result = stated(key, r"for (\d+) epochs \$D' = ([\d.]+)\\,U\$")
    assert agrees(worth(float(many)), result)


def test_toy_curves_of_the_power_law() -> None:
    script = (CONTENT / "figures" / "draw_power_law.py").read_text(encoding="utf-8")
    exponent, floor = numbers("scaling-law", r"with \$b = ([\d.]+)\$ and \$E = (\d+)\$")
    assert f"x**-{exponent}" in script
    assert f"FLOOR = {floor}\n" in script


def test_the_cloze_on_training_compute_is_the_sum_of_its_parts() -> None:
    found = re.search(r"\{\{c1::\$(\d)ND\$\}\}.+\$(\d)ND\$.+forward.+\$(\d)ND\$.+backward", TEXT)
    assert found
    total, forward, backward = map(int, found.groups())
    assert total == forward + backward == 6
