"""The worked numbers of the topic Training data, computed again."""

from __future__ import annotations

import re

from content.tests.cards import CONTENT, agrees, numbers, stated


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def test_bands_of_minhash() -> None:
    key = "minhash-worked-example"
    bands, rows, similarity = numbers(
        key, r"MinHash with (\d+) bands of (\d+) hashes: .* similarity is ([\d.]+)\?"
    )
    s, r, b, result = stated(key, r"\(1 - ([\d.]+)\^\{(\d)\}\)\^\{(\d+)\} = ([\d.]+)\n")
    assert [float(s), float(r), float(b)] == [similarity, rows, bands]
    chance = 1 - (1 - similarity**rows) ** bands
    assert agrees(chance, result)
    assert agrees(100 * chance, *stated(key, r"a probability of (\d+) %"))
    assert f"BANDS = {bands:.0f}\nROWS = {rows:.0f}\n" in script("minhash_bands")

    low, half_chance, half, middle, at, high = stated(
        key,
        r"near 0 below ([\d.]+), (\d+) percent at ([\d.]+), (\d+) percent at ([\d.]+) and almost"
        r" 100 percent at ([\d.]+)\]",
    )

    def found(at: str) -> float:
        return float(100 * (1 - (1 - float(at) ** rows) ** bands))

    assert found(low) < 1
    assert agrees(found(half), half_chance)
    assert agrees(found(at), middle)
    assert found(high) > 99.9
    assert stated(key, r"Source of (\d+) times (\d), ") == [f"{bands:.0f}", f"{rows:.0f}"]


def test_sampling_of_languages() -> None:
    key = "language-sampling-worked-example"
    *shares, exponent = numbers(
        key, r"hold (\d+) %, (\d+) % and (\d+) % of the tokens\. .* exponent ([\d.]+)\?"
    )
    shares = [share / 100 for share in shares]
    terms = re.findall(
        r"([\d.]+)\^\{([\d.]+)\} = ([\d.]+)", stated(key, r"(The powers .* add up)")[0]
    )
    assert [float(base) for base, _, _ in terms] == shares
    assert {float(power) for _, power, _ in terms} == {exponent}
    powers = [share**exponent for share in shares]
    for power, (_, _, printed) in zip(powers, terms, strict=True):
        assert agrees(power, printed)
    assert agrees(sum(powers), *stated(key, r"add up to ([\d.]+)\. "))
    *sampled, times = stated(key, r"With (\d+) %, (\d+) % and (\d+) %: .* about (\d+) times")
    for power, printed in zip(powers, sampled, strict=True):
        assert agrees(100 * power / sum(powers), printed)
    assert agrees(powers[-1] / sum(powers) / shares[-1], times)

    drawn = script("language_sampling")
    assert f"SHARES = ({', '.join(f'{share:g}' for share in shares)})\n" in drawn
    one, half, third, none = stated(key, r"exponents ([\d.]+), ([\d.]+), ([\d.]+) and ([\d.]+)\.")
    assert f"EXPONENTS = ({one}, {half}, {third}, {none})\n" in drawn
    assert float(third) == exponent


def test_mixture_of_llama_3() -> None:
    parts = numbers(
        "domain-mixture", r"about (\d+) % general knowledge, (\d+) % .*, (\d+) % code and (\d+) %"
    )
    assert sum(parts) == 100
