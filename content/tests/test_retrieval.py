"""The worked numbers of the topic Retrieval-augmented generation, computed again."""

from __future__ import annotations

import re

from content.tests.cards import CONTENT, agrees, numbers, stated

FIGURES = CONTENT / "figures"


def test_saturation_of_bm25() -> None:
    key = "rag-bm25"
    k1, b = numbers(key, r"\$k_1 \\approx ([\d.]+)\$ and \$b \\approx ([\d.]+)\$")
    script = (FIGURES / "draw_rag_bm25_saturation.py").read_text(encoding="utf-8")
    assert f"K1 = {k1}\n" in script
    assert f"B = {b}\n" in script
    (limit,) = stated(key, r"flatten below ([\d.]+);")
    assert agrees(k1 + 1, limit)
    places = stated(
        key,
        r"At mean length, (\d+) occurrence gives ([\d.]+), (\d+) give ([\d.]+) and (\d+) give"
        r" ([\d.]+)\.",
    )
    for count, factor in zip(places[::2], places[1::2], strict=True):
        assert agrees(float(count) * (k1 + 1) / (float(count) + k1), factor)


def test_reciprocal_rank_fusion() -> None:
    key = "rag-rank-fusion-worked-example"
    ranks = numbers(
        key,
        r"A is ranked (\d+)st by BM25 and (\d+)th by embeddings, passage B (\d+)rd and (\d+)th",
    )
    (constant,) = numbers(key, r"k = (\d+)\n")
    totals = {}
    for name, pair in (("A", ranks[:2]), ("B", ranks[2:])):
        a, b, first, second, total = stated(
            key, rf"- passage {name}: \$1/(\d+) \+ 1/(\d+) = ([\d.]+) \+ ([\d.]+) = ([\d.]+)\$"
        )
        assert [float(a), float(b)] == [constant + rank for rank in pair]
        assert agrees(1 / float(a), first)
        assert agrees(1 / float(b), second)
        totals[name] = 1 / float(a) + 1 / float(b)
        assert agrees(totals[name], total)
    best, other = stated(key, r"\nB, with ([\d.]+) against ([\d.]+):")
    assert agrees(totals["B"], best)
    assert agrees(totals["A"], other)
    assert totals["B"] > totals["A"]


def test_cost_of_exact_search() -> None:
    key = "rag-approximate-search"
    million, size, billion, memory, bits = stated(
        key,
        r"For (\d+) million vectors of ([\d,]+) dimensions, .* about (\d+) billion multiplications"
        r" a question, and the vectors fill (\d+) GB in (\d+) bits",
    )
    values = float(million) * 1e6 * float(size.replace(",", ""))
    assert agrees(values / 1e9, billion)
    assert agrees(values * float(bits) / 8 / 1e9, memory)


def test_numbers_of_the_pipeline_in_the_figure() -> None:
    svg = (FIGURES / "rag-pipeline.svg").read_text(encoding="utf-8")
    assert stated("rag-pipeline", r"search the best (\d+), rerank the best (\d+),") == re.findall(
        r"best (\d+)", svg
    )
