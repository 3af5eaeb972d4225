"""The worked numbers of the topic Tokenisation, computed again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from content.tests.cards import CONTENT, agrees, card, numbers, stated

Pair = tuple[str, str]


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def merge(pieces: Sequence[str], pair: Pair) -> list[str]:
    result: list[str] = []
    for piece in pieces:
        if result and (result[-1], piece) == pair:
            result[-1] += piece
        else:
            result.append(piece)
    return result


def test_the_first_three_merges() -> None:
    key = "tokenisation-bpe-worked-example"
    corpus = {word: int(times) for word, times in re.findall(r"(\w+) × (\d+)", card(key))}
    assert len(corpus) == 4
    assert f"CORPUS = {corpus}".replace("'", '"') in script("tokenisation_bpe_merges")
    merges = re.findall(r"(\w+)\+(\w+) \((\d+) times\)", card(key))
    assert len(merges) == 3
    split = {word: list(word) for word in corpus}
    lengths = []
    for left, right, times in merges:
        lengths.append(sum(corpus[word] * len(pieces) for word, pieces in split.items()))
        pairs: Counter[Pair] = Counter()
        for word, pieces in split.items():
            for pair in pairwise(pieces):
                pairs[pair] += corpus[word]
        (best, most), (_, second) = pairs.most_common(2)
        assert (best, most) == ((left, right), int(times))
        assert second < most
        split = {word: merge(pieces, best) for word, pieces in split.items()}
    lengths.append(sum(corpus[word] * len(pieces) for word, pieces in split.items()))
    shrinks = stated(key, r"shrinks from (\d+) symbols to (\d+), (\d+) and (\d+)\]")
    assert lengths == [int(length) for length in shrinks]

    terms = stated(key, r"\$(\d+) \+ (\d+) \+ (\d+) \+ (\d+) = (\d+)\$")
    assert [int(term) for term in terms] == [*corpus.values(), sum(corpus.values())]
    new, first, second_piece = stated(key, r"The word “(\w+)”.* cut into (\w+) and (\w+)\.")
    assert new not in corpus
    pieces = list(new)
    for left, right, _ in merges:
        pieces = merge(pieces, (left, right))
    assert pieces == [first, second_piece]


def test_pieces_of_the_text_in_the_figure() -> None:
    words, subwords, characters = numbers(
        "tokenisation-why-subwords", r"(\d) words, (\d) subwords and (\d+) characters"
    )
    (sample,) = stated("tokenisation-why-subwords", r'The text "([^"]+)"')
    assert (len(sample.split()), len(sample)) == (words, characters)
    found = re.search(r"^SUBWORDS = \((.+)\)$", script("tokenisation_granularity"), re.M)
    assert found
    pieces = re.findall(r'"([^"]+)"', found[1])
    assert "".join(pieces) == sample
    assert len(pieces) == subwords


def test_entries_of_gpt_2() -> None:
    key = "tokenisation-byte-level"
    base, merges, special, total = stated(key, r"\$(\d+) \+ ([\d{},]+) \+ (\d) = ([\d{},]+)\$")
    plain = [int(re.sub("[{},]", "", value)) for value in (base, merges, special, total)]
    assert sum(plain[:3]) == plain[3]
    assert plain[0] == numbers(key, r"the (\d+) byte values")[0] == 2**8


def test_lengths_in_utf_8() -> None:
    sizes = numbers(
        "tokenisation-byte-level",
        r"uses (\d) byte for an ASCII letter, (\d) for é, (\d) for most Chinese characters"
        r" and (\d) for most emoji",
    )
    assert sizes == [len(sign.encode()) for sign in ("a", "é", "\u4e2d", "\U0001f600")]


def test_share_of_the_vocabulary() -> None:
    key = "tokenisation-vocabulary-size"
    assert r"$V / (V + 6 L d)$" in card(key)
    places = stated(
        key,
        r"rises to (\d+) % for (\d+) layers of width (\d+), (\d+) % for (\d+) of width ([\d,]+)"
        r" and (\d+) % for (\d+) of width ([\d,]+)\]",
    )
    models = [places[i : i + 3] for i in (0, 3, 6)]
    entries = 256_000
    for share, layers, width in models:
        depth, d = int(layers), int(width.replace(",", ""))
        assert f"({depth}, {d}, " in script("tokenisation_vocabulary_share")
        both = 2 * entries * d
        assert agrees(100 * both / (both + depth * 12 * d**2), share)


def test_groups_of_digits() -> None:
    body = card("tokenisation-numbers")
    for number, left, right in re.findall(r"^\| (\d+) \| ([\d ]+) \| ([\d ]+) \|$", body, re.M):
        assert " ".join(re.findall(r"\d{1,3}", number)) == left
        assert f"{int(number):,}".replace(",", " ") == right
