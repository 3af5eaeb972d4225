"""The code cards: each block is taken out of the Markdown, run, and checked another way."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest

from content.tests.cards import CONTENT, card

FILE = (CONTENT / "30-code.md").read_text(encoding="utf-8")
KEYS = re.findall(r"^### .+\{#([\w-]+)", FILE, re.M)
WIDEST = 42
"""The characters of a line of code that a phone shows without scrolling."""


def code_of(key: str) -> str:
    (block,) = re.findall(r"^```python\n(.*?)^```$", card(key), re.S | re.M)
    return str(block)


def run(key: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(code_of(key), key, "exec"), names)
    return names


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def plain_attention(
    q: Sequence[Sequence[float]],
    k: Sequence[Sequence[float]],
    v: Sequence[Sequence[float]],
    sees: Callable[[int, int], bool] = lambda _i, _j: True,
) -> list[list[float]]:
    """By loops over numbers, without a maximum and without matrices."""
    result = []
    for i, query in enumerate(q):
        seen = [j for j in range(len(k)) if sees(i, j)]
        scores = [
            sum(a * b for a, b in zip(query, k[j], strict=True)) / math.sqrt(len(query))
            for j in seen
        ]
        total = sum(map(math.exp, scores))
        result.append(
            [
                sum(math.exp(s) / total * v[j][column] for s, j in zip(scores, seen, strict=True))
                for column in range(len(v[0]))
            ]
        )
    return result


def test_each_of_the_fifteen_pieces_of_code_has_a_test() -> None:
    tests = "\n".join(name for name in globals() if name.startswith("test_code_"))

    assert len(KEYS) == 15
    assert [key for key in KEYS if f"test_{key.replace('-', '_')}" not in tests] == []


@pytest.mark.parametrize("key", KEYS)
def test_the_code_is_short_and_narrow(key: str) -> None:
    lines = code_of(key).splitlines()

    assert 10 <= len(lines) <= 25
    assert max(map(len, lines)) <= WIDEST


def test_code_attention() -> None:
    x, *weights = (rng(i).normal(size=(5, 6) if i == 0 else (6, 6)) for i in range(5))
    heads, width = 3, 2
    q, k, v = (x @ w for w in weights[:3])
    joined = np.concatenate(
        [
            plain_attention(*(m[:, at : at + width].tolist() for m in (q, k, v)))
            for at in range(0, heads * width, width)
        ],
        axis=1,
    )

    found = run("code-attention")["attention"](x, *weights, heads)

    assert found == pytest.approx(joined @ weights[3])


def test_code_causal_mask() -> None:
    attend = run("code-causal-mask")["causal_attention"]
    q, k, v = (rng(i).normal(size=(6, 4)) for i in range(3))
    whole = plain_attention(q.tolist(), k.tolist(), v.tolist(), lambda i, j: j <= i)

    assert attend(q, k, v) == pytest.approx(np.array(whole))
    for new in (1, 2, 5):
        assert attend(q[-new:], k, v) == pytest.approx(np.array(whole[-new:]))


def test_code_kv_cache() -> None:
    weights = [rng(i).normal(size=(6, 4)) for i in range(3)]
    x = rng(9).normal(size=(5, 6))
    q, k, v = ((x @ w).tolist() for w in weights)
    cached = run("code-kv-cache")["CachedAttention"](*weights)

    steps = [cached.step(token) for token in x]

    whole = plain_attention(q, k, v, lambda i, j: j <= i)
    assert np.array(steps) == pytest.approx(np.array(whole))
    assert len(cached.keys) == len(cached.values) == len(x)


@pytest.mark.parametrize("block", [1, 3, 7, 64])
def test_code_online_softmax(block: int) -> None:
    q, keys, values = (
        rng(0).normal(size=4),
        rng(1).normal(size=(20, 4)),
        rng(2).normal(size=(20, 3)),
    )
    found = run("code-online-softmax")["attend"](q, keys, values, block)

    (expected,) = plain_attention([q.tolist()], keys.tolist(), values.tolist())
    assert found.tolist() == pytest.approx(expected)
    large = run("code-online-softmax")["attend"](q, 1000 * keys, values, block)
    assert large.tolist() == pytest.approx(values[np.argmax(keys @ q)].tolist())


def test_code_rope() -> None:
    rope = run("code-rope")["rope"]
    x = rng().normal(size=(4, 6))
    places = np.array([0, 1, 7, 30])
    turned = rope(x, places)
    for token, place in enumerate(places.tolist()):
        for pair in range(3):
            number = complex(*x[token, 2 * pair : 2 * pair + 2])
            number *= np.exp(1j * place * 10_000 ** (-2 * pair / 6))
            assert turned[token, 2 * pair : 2 * pair + 2].tolist() == pytest.approx(
                [number.real, number.imag]
            )

    q, k = rng(1).normal(size=(1, 6)), rng(2).normal(size=(1, 6))

    def score(m: int, n: int) -> float:
        return float((rope(q, np.array([m])) @ rope(k, np.array([n])).T).item())

    assert score(5, 2) == pytest.approx(score(105, 102))
    assert score(5, 2) != pytest.approx(score(5, 3))
    whole = np.arange(6).reshape(1, 6)
    assert rope(whole, places[2:3]) == pytest.approx(rope(whole.astype(float), places[2:3]))


def test_code_rmsnorm() -> None:
    names = run("code-rmsnorm")
    x, gain = rng().normal(size=(3, 4)), np.array([1.0, 2.0, 0.5, 1.0])
    expected = [
        [
            g * v / math.sqrt(sum(u * u for u in row) / 4 + 1e-6)
            for g, v in zip(gain, row, strict=True)
        ]
        for row in x.tolist()
    ]
    assert names["rms_norm"](x, gain) == pytest.approx(np.array(expected))

    w1, w3 = rng(1).normal(size=(4, 5)), rng(2).normal(size=(4, 5))
    w2 = rng(3).normal(size=(5, 4))
    for row, out in zip(x.tolist(), names["swiglu"](x, w1, w2, w3), strict=True):
        inner = []
        for column in range(5):
            a = sum(v * w1[i, column] for i, v in enumerate(row))
            b = sum(v * w3[i, column] for i, v in enumerate(row))
            inner.append(a / (1 + math.exp(-a)) * b)
        assert out.tolist() == pytest.approx(
            [sum(h * w2[i, column] for i, h in enumerate(inner)) for column in range(4)]
        )
    doubled = names["block"](x, lambda y: 0 * y, lambda y: y, gain, gain)
    assert doubled == pytest.approx(x + np.array(expected))


def test_code_temperature(monkeypatch: pytest.MonkeyPatch) -> None:
    names = run("code-temperature")
    sample = names["sample"]
    logits = [1.0, 3.0, 2.0]
    assert sample(logits, 0) == 1
    for temperature in (0.5, 1.0, 2.0):
        weights = [math.exp(z / temperature) for z in logits]
        steps = 3000
        drawn: Counter[int] = Counter()
        evenly = iter([(i + 0.5) / steps for i in range(steps)])
        monkeypatch.setattr(random, "random", evenly.__next__)
        for _ in range(steps):
            drawn[sample(logits, temperature)] += 1
        for token, weight in enumerate(weights):
            assert drawn[token] / steps == pytest.approx(weight / sum(weights), abs=2 / steps)
    monkeypatch.setattr(random, "random", lambda: 0.999)
    assert sample([1000.0, 0.0], 0.01) == 0


def test_code_top_p() -> None:
    keep_top = run("code-top-p")["keep_top"]
    probabilities = [0.1, 0.4, 0.05, 0.25, 0.2]
    logits = np.log(probabilities)

    def kept(**given: float) -> set[int]:
        out = keep_top(logits, **given)
        left = np.isfinite(out)
        assert out[left] == pytest.approx(logits[left])
        return set(np.flatnonzero(left).tolist())

    def nucleus(p: float, among: Sequence[int]) -> set[int]:
        """The smallest set that reaches p: the best of all subsets."""
        share = sum(probabilities[i] for i in among)
        subsets = [
            {i for i, taken in zip(among, taken, strict=True) if taken}
            for taken in product((False, True), repeat=len(among))
        ]
        reach = [s for s in subsets if s and sum(probabilities[i] for i in s) >= p * share - 1e-12]
        return min(reach, key=lambda s: (len(s), -sum(probabilities[i] for i in s)))

    assert kept() == {0, 1, 2, 3, 4}
    assert kept(k=2) == {1, 3}
    for p in (0.01, 0.3, 0.5, 0.7, 0.9, 0.99):
        assert kept(p=p) == nucleus(p, range(5))
        assert kept(k=3, p=p) == nucleus(p, (1, 3, 4))
    assert kept(p=0.0) == kept(k=3, p=0.0) == {1}  # the best token always stays
    assert logits.tolist() == np.log(probabilities).tolist()  # what came in is left alone


def test_code_beam_search() -> None:
    beam_search = run("code-beam-search")["beam_search"]
    names = ("", "a", "b", "aa", "ab", "ba", "bb")
    table: Mapping[str, Mapping[str, float]] = {
        name: dict(zip("ab.", rng(i).dirichlet([1, 1, 1]).tolist(), strict=True))
        for i, name in enumerate(names)
    }

    def step(seq: tuple[str, ...]) -> Mapping[str, float]:
        return table["".join(seq)]

    texts: dict[tuple[str, ...], float] = {}
    for length in range(4):
        for letters in product("ab", repeat=length):
            ends = [(*letters, ".")] if length < 3 else [letters]
            for seq in ends:
                texts[seq] = math.prod(step(seq[:i])[seq[i]] for i in range(len(seq)))
    assert sum(texts.values()) == pytest.approx(1)

    best = sorted(texts, key=lambda seq: -texts[seq])
    found = beam_search(step, ".", 100, 3)  # so wide that it is a full search
    assert [seq for _, seq in found] == best
    for score, seq in found:
        assert math.exp(score) == pytest.approx(texts[seq])

    greedy: tuple[str, ...] = ()
    while len(greedy) < 3 and greedy[-1:] != (".",):
        after = step(greedy)
        greedy = (*greedy, max(after, key=lambda token: after[token]))
    assert [seq for _, seq in beam_search(step, ".", 1, 3)] == [greedy]


def test_code_speculative() -> None:
    accept = run("code-speculative")["accept"]
    p = np.array([[0.6, 0.3, 0.1], [0.2, 0.2, 0.6], [0.1, 0.8, 0.1]])
    q = np.array([[0.2, 0.3, 0.5], [0.5, 0.3, 0.2]])
    draws, runs = rng(), 20_000
    first: Counter[int] = Counter()
    second: Counter[int] = Counter()
    third: Counter[int] = Counter()
    for _ in range(runs):
        drafted = [int(draws.choice(3, p=row)) for row in q]
        out = accept(drafted, p, q, draws)
        first[out[0]] += 1
        if len(out) > 1:
            second[out[1]] += 1
        if len(out) > 2:
            third[out[2]] += 1

    accepted = [float(np.minimum(p[i], q[i]).sum()) for i in range(2)]
    assert second.total() / runs == pytest.approx(accepted[0], abs=0.02)
    assert third.total() / second.total() == pytest.approx(accepted[1], abs=0.02)
    for counts, row in ((first, p[0]), (second, p[1]), (third, p[2])):
        for token in range(3):
            assert counts[token] / counts.total() == pytest.approx(row[token], abs=0.02)


def test_code_cross_entropy() -> None:
    names = run("code-cross-entropy")
    logits = rng().normal(size=(5, 4))
    tokens, mask = np.array([0, 2, 1, 3, 3]), np.array([1, 0, 1, 1, 1])
    odds = []
    for at in range(1, 5):
        if mask[at]:
            powers = [math.exp(z) for z in logits[at - 1]]
            odds.append(powers[tokens[at]] / sum(powers))

    assert names["loss_of"](logits, tokens, mask) == pytest.approx(
        -math.log(math.prod(odds)) / len(odds)
    )
    perplexity = names["perplexity"](names["loss_of"](logits, tokens, mask))
    assert perplexity == pytest.approx(math.prod(odds) ** (-1 / len(odds)))
    assert names["loss_of"](0 * logits, tokens, mask) == pytest.approx(math.log(4))
    assert names["loss_of"](logits + 1e4, tokens, mask) == pytest.approx(
        names["loss_of"](logits, tokens, mask)
    )


def test_code_lora() -> None:
    w, x = rng(0).normal(size=(6, 4)), rng(1).normal(size=(3, 6))
    layer = run("code-lora")["LoRA"](w, 2, 8, rng(2))
    assert layer(x) == pytest.approx(x @ w)
    assert (layer.a.shape, layer.b.shape) == ((6, 2), (2, 4))

    layer.b = rng(3).normal(size=(2, 4))
    for i, j in product(range(3), range(4)):
        plain = sum(x[i, k] * w[k, j] for k in range(6))
        low = sum(x[i, k] * layer.a[k, r] * layer.b[r, j] for k in range(6) for r in range(2))
        assert layer(x)[i, j] == pytest.approx(plain + 8 / 2 * low)
    assert x @ layer.merged() == pytest.approx(layer(x))
    assert np.array_equal(layer.w, w)


def test_code_dpo() -> None:
    names = run("code-dpo")
    table = np.log(rng().dirichlet([1, 1, 1], size=4))
    tokens, answer = np.array([0, 1, 2, 0]), np.array([0, 0, 1, 1])
    assert names["log_prob"](table, tokens, answer) == pytest.approx(table[1, 2] + table[2, 0])

    policy = np.array([[-5.0, -8.0, -2.0], [-6.0, -7.5, -9.0]])
    reference = np.array([[-5.5, -7.0, -4.0], [-5.0, -7.0, -8.0]])
    losses, right = [], 0
    for (c, r), (rc, rr) in zip(policy.T, reference.T, strict=True):
        better = math.exp(c - rc) ** 0.3 / (math.exp(c - rc) ** 0.3 + math.exp(r - rr) ** 0.3)
        losses.append(-math.log(better))
        right += better > 0.5
    loss, share = names["dpo_loss"](policy, reference, 0.3)
    assert loss == pytest.approx(sum(losses) / 3)
    assert share == pytest.approx(right / 3)
    assert names["dpo_loss"](policy, policy)[0] == pytest.approx(math.log(2))


def test_code_bpe() -> None:
    names = run("code-bpe")
    words = {"sun": 6, "run": 4, "runs": 3, "nun": 1}
    split = {tuple(word): count for word, count in words.items()}
    learned = []
    for _ in range(3):
        pair = names["best_pair"](split)
        learned.append("+".join(pair))
        split = {names["merge"](word, pair): count for word, count in split.items()}
    shown = re.findall(r"(\w+\+\w+) \(\d+ times\)", card("tokenisation-bpe-worked-example"))
    assert learned == shown

    for text in map("".join, product("ab", repeat=6)):
        merged = names["merge"](tuple(text), ("a", "a"))
        assert list(merged) == re.findall("aa|.", text)


def test_code_rank_fusion() -> None:
    names = run("code-rank-fusion")
    docs, query = rng(0).normal(size=(9, 4)), rng(1).normal(size=4)
    cosines = [
        math.fsum(a * b for a, b in zip(doc, query, strict=True)) / math.hypot(*doc)
        for doc in docs.tolist()
    ]
    by_hand = sorted(range(9), key=lambda i: -cosines[i])
    assert names["nearest"](query, docs, 5) == by_hand[:5]

    one, other = ["a", "b", "c", "d"], ["c", "e", "a"]
    scores = {
        doc: sum(1 / (61 + ranking.index(doc)) for ranking in (one, other) if doc in ranking)
        for doc in "abcde"
    }
    assert names["fuse"]([one, other]) == sorted(scores, key=lambda doc: -scores[doc])
