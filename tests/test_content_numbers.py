"""The worked numbers of the cards, computed again from what the same cards give.

Both sides come out of the text: the givens go into the arithmetic, and the outcome must be what
the card prints, to the digits that it prints.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

CONTENT = Path(__file__).parents[1] / "content"
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CONTENT.glob("*.md")))
POWER = r"([\d.]+) \\cdot 10\^\{(\d+)\}"


def card(key: str) -> str:
    """The heading and the body of the card with the id `key`."""
    found = re.search(rf"^### [^\n]*\{{#{key}( reverse)?\}}\n.*?(?=^##|\Z)", TEXT, re.S | re.M)
    assert found, f"no card #{key}"
    return found[0]


def stated(key: str, pattern: str) -> list[str]:
    """The groups of the only place of card `key` that matches."""
    found = list(re.finditer(pattern, card(key)))
    assert len(found) == 1, f"{len(found)} places of #{key} match {pattern!r}"
    return list(found[0].groups())


def numbers(key: str, pattern: str) -> list[float]:
    return [float(group.replace(",", "")) for group in stated(key, pattern)]


def rows(key: str, pattern: str) -> list[list[str]]:
    """The groups of every table row of card `key` that matches."""
    found = re.findall(rf"^\| {pattern} \|$", card(key), re.M)
    return [[row] if isinstance(row, str) else list(row) for row in found]


def agrees(value: float, printed: str) -> bool:
    """Whether `value`, rounded to the digits of `printed`, is `printed`."""
    decimals = len(printed.partition(".")[2])
    return f"{value:.{decimals}f}" == printed


def scientific(value: float, mantissa: str, exponent: str) -> bool:
    return agrees(value / 10 ** int(exponent), mantissa)


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


# Pre-training objectives


def test_perplexity_of_three_tokens() -> None:
    key = "perplexity-worked-example"
    odds = [1 / n for n in numbers(key, r"probabilities 1/(\d+), 1/(\d+) and 1/(\d+)\.")]
    perplexity = math.prod(odds) ** (-1 / 3)
    fractions = numbers(key, r"tfrac1(\d) \\cdot \\tfrac1(\d) \\cdot \\tfrac1(\d)\\Big")
    logarithms = numbers(key, r"mean of \$\\ln (\d)\$, \$\\ln (\d)\$ and \$\\ln (\d)\$")
    assert fractions == logarithms == [1 / p for p in odds]
    product, base, result = stated(key, r"\^\{-1/3\} = (\d+)\^\{1/(3)\} = (\d+)\n")
    assert agrees(1 / math.prod(odds), product)
    assert base == "3"
    assert agrees(perplexity, result)
    assert agrees(perplexity, *stated(key, r"The perplexity is (\d+),"))

    losses = stated(key, r"frac\{([\d.]+) \+ ([\d.]+) \+ ([\d.]+)\}\{3\}")
    assert all(agrees(-math.log(p), loss) for p, loss in zip(odds, losses, strict=True))
    mean = sum(-math.log(p) for p in odds) / 3
    nats, bits = stated(key, r"= ([\d.]+)\$ nats, that is (\d+) bits")
    assert agrees(mean, nats)
    assert agrees(mean / math.log(2), bits)
    power, back = stated(key, r"\$e\^\{([\d.]+)\} = (\d+)\$")
    assert power == nats
    assert agrees(math.exp(float(power)), back)


def test_selected_tokens_of_bert() -> None:
    key = "bert-masking"
    (share,) = numbers(key, r"selects (\d+) % of the tokens")
    parts = [float(part) for part, _ in rows(key, r"(\d+) % \| (.+)")]
    assert sum(parts) == 100
    tokens, predictions = numbers(key, r"text of (\d+) tokens that is (\d+) predictions")
    assert predictions == tokens * share / 100
    masked, *around = numbers(
        key, r"about (\d+) masked, (\d) or (\d) random, (\d) or (\d) unchanged"
    )
    assert masked == predictions * parts[0] / 100
    for part, low, high in zip(parts[1:], around[::2], around[1::2], strict=True):
        exact = predictions * part / 100
        assert (low, high) == (math.floor(exact), math.ceil(exact))
    (everywhere,) = stated("why-80-10-10", r"touch only ([\d.]+) % of all tokens")
    assert agrees(share * parts[1] / 100, everywhere)


def test_span_corruption_lengths() -> None:
    key = "span-corruption-lengths"
    share, total, mean = numbers(
        key, r"removes (\d+) % of (\d+) tokens in spans of mean length (\d)"
    )
    removed = share / 100 * total
    spans = removed / mean
    kept = total - removed + spans
    assert numbers(key, r"reads (\d+) tokens and the decoder predicts about (\d+)\.") == [
        kept,
        removed + spans,
    ]
    assert numbers(
        key, r"\$([\d.]+) \\cdot (\d+) = (\d+)\$ tokens, in \$(\d+) / (\d) = (\d)\$"
    ) == [
        share / 100,
        total,
        removed,
        removed,
        mean,
        spans,
    ]
    assert numbers(key, r"input: \$(\d+) - (\d+) \+ (\d+) = (\d+)\$") == [
        total,
        removed,
        spans,
        kept,
    ]
    assert numbers(key, r"target: \$(\d+) \+ (\d+) = (\d+)\$") == [removed, spans, removed + spans]
    assert numbers(key, r"target of (\d+) tokens") == [total]
    assert numbers(key, r"only (\d+) tokens of text") == [removed]


def test_predictions_of_a_prefix_decoder() -> None:
    key = "prefix-training-efficiency"
    text, predicted, causal = numbers(
        key, r"of ([\d,]+) tokens about (\d+) are predicted, .* predicts all ([\d,]+)"
    )
    assert predicted == text / 2
    assert causal == text


# Emergent abilities


def test_exact_match_of_ten_tokens() -> None:
    key = "exact-match-worked-example"
    (length,) = numbers(key, r"An answer has (\d+) tokens")
    assert numbers(key, r"exact match \$p\^\{(\d+)\}\$") == [length]
    table = rows(key, r"([\d.]+) \| ([\d.]+) \| ([\d.]+)")
    shares = stated(key, r"It shows (\d+) %, (\d+) %, (\d+) % and (\d+) %,")
    asked = numbers(key, r"for p = ([\d.]+), ([\d.]+), ([\d.]+) and ([\d.]+)\?")
    assert [float(p) for p, _, _ in table] == asked
    for (p, error, whole), share in zip(table, shares, strict=True):
        assert agrees(1 - float(p), error)
        assert agrees(float(p) ** length, whole)
        assert agrees(100 * float(p) ** length, share)

    first, last = asked[0], asked[-1]
    token, answer = stated(key, r"per token rises by (\d+) points and exact match by (\d+)\.")
    assert agrees(100 * (last - first), token)
    assert agrees(100 * (last**length - first**length), answer)


def test_toy_curves_of_exact_match() -> None:
    script = (CONTENT / "figures" / "draw_exact_match.py").read_text(encoding="utf-8")
    found = re.search(r"math\.exp\(-([\d.]+) \* compute\*\*-([\d.]+)\)", script)
    ends = re.search(r"^X = Scale\((\w+), (\w+), ", script, re.M)
    length = re.search(r"^LENGTH = (\d+)", script, re.M)
    assert found
    assert ends
    assert length
    start, end = (
        math.exp(-float(found[1]) * float(compute) ** -float(found[2])) for compute in ends.groups()
    )
    key = "exact-match-power"
    low, high = stated(key, r"rises smoothly from (\d+) to (\d+) percent")
    assert agrees(100 * start, low)
    assert agrees(100 * end, high)
    assert agrees(100 * end ** int(length[1]), *stated(key, r"climbs to (\d+) percent"))
    assert stated(key, r"\$k = (\d+)\$") == [length[1]]


def test_a_rare_success_is_missed_by_a_small_test() -> None:
    key = "test-set-resolution"
    chance, questions = numbers(key, r"solves 1 question in ([\d,]+) .* on (\d+) questions")
    rest, power, result = stated(key, r"\$([\d.]+)\^\{(\d+)\} = ([\d.]+)\$")
    assert float(rest) == 1 - 1 / chance
    assert float(power) == questions
    assert agrees((1 - 1 / chance) ** questions, result)


def test_five_sub_tasks() -> None:
    key = "sub-task-explanation"
    parts = stated(key, r"succeeds in (\d+), (\d+) and (\d+) percent of cases")
    wholes = stated(key, r"together succeed in ([\d.]+), ([\d.]+) and ([\d.]+) percent")
    for part, whole in zip(parts, wholes, strict=True):
        assert agrees(100 * (float(part) / 100) ** 5, whole)

    pattern = r"\$([\d.]+)\^(\d) = ([\d.]+)\$ and \$([\d.]+)\^(\d) = ([\d.]+)\$"
    low, low_power, low_result, high, high_power, high_result = stated(key, pattern)
    assert low_power == high_power == "5"
    assert agrees(float(low) ** 5, low_result)
    assert agrees(float(high) ** 5, high_result)
    part, whole = stated(
        key, r"parts improve by a factor of ([\d.]+), the whole by a factor of ([\d.]+)\."
    )
    assert agrees(float(high) / float(low), part)
    assert agrees((float(high) / float(low)) ** 5, whole)


# Scaling laws


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
    data, parameters = stated("kaplan-exponents-misread", r"larger one, ([\d.]+) against ([\d.]+);")
    assert [parameters, data] == [table[0][0], table[1][0]]


def test_allocation_of_kaplan() -> None:
    key = "kaplan-allocation"
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
    table = rows(
        "chinchilla-approaches", r"\d .+ \| .+ \| \$C\^\{([\d.]+)\}\$ \| \$C\^\{([\d.]+)\}\$"
    )
    assert len(table) == 3
    for size, tokens in table:
        assert float(size) + float(tokens) == pytest.approx(1)
    printed = fit_of_figures("HOFFMANN")
    # 0.45 by the printed constants, which have two digits; the paper states 0.46.
    assert float(table[2][0]) == pytest.approx(
        printed.beta / (printed.alpha + printed.beta), abs=0.01
    )


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
    size = stated(key, rf"\}} = {POWER}, \\qquad")
    tokens = stated(key, rf"D = 20 N = {POWER}\n")
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


def test_constants_and_figure_of_the_replication() -> None:
    key = "chinchilla-replication"
    new, old = fit_of_figures("BESIROGLU"), fit_of_figures("HOFFMANN")
    for value, printed in zip(new, constants_of_card(key), strict=True):
        assert agrees(value, printed)

    def ratio(fit: Fit, c: float) -> float:
        return c / 6 / fit.optimal_n(c) ** 2

    low, high, near = numbers(key, r"from about (\d+) to above (\d+); .* stays near (\d+),")
    assert ratio(old, 1e19) == pytest.approx(low, rel=0.1)
    assert high < ratio(old, 1e25) < high + 10
    for exponent in range(19, 26):
        assert ratio(new, 10.0**exponent) == pytest.approx(near, rel=0.25)


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
    exponent, floor = numbers("log-log-line", r"with \$b = ([\d.]+)\$ and \$E = (\d+)\$")
    assert f"x**-{exponent}" in script
    assert f"FLOOR = {floor}\n" in script
