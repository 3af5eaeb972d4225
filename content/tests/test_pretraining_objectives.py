"""The worked numbers of the topic Pre-training objectives, computed again."""

from __future__ import annotations

import math

from content.tests.cards import agrees, numbers, rows, stated


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
    key = "span-corruption"
    share, mean, total, removed, spans, kept, target = numbers(
        key,
        r"removes (\d+) % of the tokens in spans of (\d) on average\. Of (\d+) tokens (\d+) go,"
        r" in (\d) spans: the encoder reads (\d+), and the target has about (\d+)\.",
    )
    assert removed == share / 100 * total
    assert spans == removed / mean
    assert kept == total - removed + spans
    assert target == removed + spans
