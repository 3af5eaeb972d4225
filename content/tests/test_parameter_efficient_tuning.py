"""The worked numbers of the topic Parameter-efficient tuning, computed again."""

from __future__ import annotations

from content.tests.cards import CONTENT, agrees, card, numbers, stated


def whole(printed: str) -> int:
    return int(printed.replace(",", "").replace("{", "").replace("}", ""))


def test_parameters_of_a_lora() -> None:
    key = "lora-worked-example"
    d, k, r = (
        int(n) for n in stated(key, r"A (\d+) × (\d+) weight matrix gets a LoRA of rank (\d+)\.")
    )
    trained = r * (d + k)
    first, share = stated(key, r"\n([\d,]+) parameters, which is ([\d.]+) % of the matrix")
    assert whole(first) == trained
    assert agrees(100 * trained / (d * k), share)
    *givens, sum_, product = stated(
        key, r"= (\d+) \\cdot (\d+) = ([\d{},]+) \\\\\nd \\cdot k &= ([\d{},]+)\n"
    )
    assert [int(n) for n in givens] == [r, d + k]
    assert whole(sum_) == trained
    assert whole(product) == d * k

    blocks, rows, columns, up, down = (
        int(n)
        for n in stated(
            key, r"\((\d+) blocks of four \$(\d+) \\times (\d+)\$ and three \$(\d+) \\times (\d+)\$"
        )
    )
    assert (rows, columns) == (d, k)
    assert stated(key, r"rank (\d+) gives") == [str(r)]
    outer, four, square, three, oblong, total = map(
        whole,
        stated(
            key,
            r"\$(\d+) \\cdot \((\d) \\cdot ([\d{},]+) \+ (\d) \\cdot ([\d{},]+)\) = ([\d{},]+)\$",
        ),
    )
    assert (outer, four, three) == (blocks, 4, 3)
    assert square == r * (rows + columns)
    assert oblong == r * (up + down)
    assert total == blocks * (4 * square + 3 * oblong)
    millions, percent = stated(key, r"about (\d+) million or ([\d.]+) % of the model")
    assert agrees(total / 1e6, millions)
    vocabulary = 32_000
    model = blocks * (4 * rows * columns + 3 * up * down) + 2 * vocabulary * d
    assert agrees(100 * total / model, percent)


def test_memory_of_three_ways_of_fine_tuning() -> None:
    key = "fine-tuning-memory"
    size, full, states, trained, lora, quantised = numbers(
        key,
        r"model of (\d+) billion parameters\. Full fine-tuning needs (\d+) GB, of which (\d+) are"
        r" optimiser states\. LoRA with (\d+) million trained parameters needs ([\d.]+) GB,"
        r" .* in 4 bits it is ([\d.]+) GB",
    )
    each, weight, gradient, rest = numbers(
        key, r"takes (\d+) bytes for each .*: (\d) for the weight, (\d) for the gradient, (\d+) for"
    )
    assert each == weight + gradient + rest
    assert full == each * size
    assert states == rest * size
    extra = each * trained / 1000
    assert agrees(weight * size + extra, f"{lora}")
    (bits,) = numbers("qlora-ingredients", r"256\) = ([\d.]+)\$")
    assert agrees((4 + bits) / 8 * size + extra, f"{quantised}")

    script = (CONTENT / "figures" / "draw_fine_tuning_memory.py").read_text(encoding="utf-8")
    assert f"PARAMETERS = {size:.0f}e9\nTRAINED = {trained:.0f}e6\n" in script
    assert f"GRADIENT, STATES = {gradient:.0f}, {rest:.0f} " in script
    drawn = (CONTENT / "figures" / "fine-tuning-memory.svg").read_text(encoding="utf-8")
    for total in (f"{full:.0f}", f"{lora}", f"{quantised}"):
        assert f": {total} GB<" in drawn
    for part in (weight * size, gradient * size, rest * size):
        assert f">{part:.0f}</text>" in drawn


def test_constants_of_double_quantisation() -> None:
    key = "qlora-ingredients"
    block, bits = numbers(key, r"constant for each (\d+) weights costs \$32/64 = ([\d.]+)\$")
    (second,) = numbers(key, r"one 32-bit constant for each (\d+) of them")
    assert bits == 32 / block
    assert f"8/{block:.0f} + 32/({block:.0f} \\cdot {second:.0f})" in card(key)
    assert agrees(8 / block + 32 / (block * second), *stated(key, r"256\) = ([\d.]+)\$"))
