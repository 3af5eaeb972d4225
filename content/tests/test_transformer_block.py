"""The worked numbers of the topic The Transformer block, computed again."""

from __future__ import annotations

import math

from content.tests.cards import CONTENT, agrees, numbers, rows, scientific, stated


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def whole(printed: str) -> int:
    return int(printed.replace("{,}", "").replace(",", ""))


def signed(printed: str) -> str:
    return printed.replace("−", "-")


class Llama:
    """Llama 3 8B as the card of its parameters states it."""

    key = "block-llama-parameters-worked-example"

    def __init__(self) -> None:
        given = numbers(
            self.key,
            r"8B: (\d+) layers, width ([\d,]+), feed-forward width ([\d,]+), (\d+) query and"
            r" (\d+) key-value heads of width (\d+), vocabulary ([\d,]+)\. Where",
        )
        self.layers, self.width, self.inner, queries, shared, head, self.entries = map(int, given)
        assert queries * head == self.width
        self.key_value = shared * head
        self.query_output = 2 * self.width**2
        self.keys_values = 2 * self.width * self.key_value
        self.swiglu = 3 * self.width * self.inner
        self.feed_forward = self.layers * self.swiglu
        self.attention = self.layers * (self.query_output + self.keys_values)
        self.embeddings = 2 * self.entries * self.width
        self.norms = (2 * self.layers + 1) * self.width
        self.total = self.feed_forward + self.attention + self.embeddings + self.norms


def test_inner_width_of_llama_3() -> None:
    llama = Llama()
    ((factor,),) = rows("block-then-and-now", r"feed-forward .* SwiGLU, \$([\d.]+)d\$ \(8B\)")
    assert float(factor) * llama.width == llama.inner


def test_parameters_of_llama_3() -> None:
    llama = Llama()
    shares = stated(
        llama.key,
        r"(\d+) % are in the feed-forward networks, (\d+) % in attention and (\d+) % in the"
        r" embeddings, in all ([\d.]+) billion",
    )
    parts = (llama.feed_forward, llama.attention, llama.embeddings)
    for part, share in zip(parts, shares, strict=False):
        assert agrees(100 * part / llama.total, share)
    assert agrees(llama.total / 1e9, shares[3])
    bars = stated(
        llama.key,
        r"feed-forward ([\d.]+) billion, attention ([\d.]+) billion, embeddings ([\d.]+) billion",
    )
    for part, bar in zip(parts, bars, strict=True):
        assert agrees(part / 1e9, bar)

    table = rows(llama.key, r".+ \| \$(\d) \\cdot ([\d{},]+) \\cdot ([\d{},]+) = ([\d.]+)\$M")
    expected = (
        (2, llama.width, llama.width, llama.query_output),
        (2, llama.width, llama.key_value, llama.keys_values),
        (3, llama.width, llama.inner, llama.swiglu),
    )
    for (*factors, millions), (*right, product) in zip(table, expected, strict=True):
        assert [whole(factor) for factor in factors] == right
        assert agrees(product / 1e6, millions)
    layers, two, entries, width, total = stated(
        llama.key,
        r"Times (\d+) layers, plus \$(\d) \\cdot ([\d{},]+) \\cdot (\d+)\$ .* norms: ([\d,]+)\.",
    )
    assert [int(layers), int(two), whole(entries), int(width)] == [
        llama.layers,
        2,
        llama.entries,
        llama.width,
    ]
    assert whole(total) == llama.total

    drawn = script("block_parameter_shares")
    assert f"= {llama.layers}, {llama.width}, {llama.inner}\n" in drawn
    assert f"VOCABULARY = {llama.entries}\n" in drawn
    assert "KEY_VALUE = 8 * 128\n" in drawn


def test_flops_of_one_token() -> None:
    key = "block-flops-worked-example"
    llama = Llama()
    (seen,) = numbers(key, r"one token that sees ([\d,]+) tokens\?")
    rest = llama.total - llama.entries * llama.width
    products, scores = 2 * rest, 4 * llama.layers * seen * llama.width
    both, first, second = stated(
        key, r"About (\d+) billion: ([\d.]+) billion in products .* and ([\d.]+) billion in"
    )
    assert agrees((products + scores) / 1e9, both)
    assert agrees(products / 1e9, first)
    assert agrees(scores / 1e9, second)
    two, mantissa, exponent, *factors = stated(
        key,
        r"= (\d) \\cdot ([\d.]+) \\cdot 10\^\{(\d)\} \\\\\n"
        r"4 L n d &= (\d) \\cdot (\d+) \\cdot (\d+) \\cdot (\d+)",
    )
    assert two == "2"
    assert scientific(rest, mantissa, exponent)
    assert [int(factor) for factor in factors] == [4, llama.layers, seen, llama.width]
    total, looked_up = stated(key, r"\(\$([\d.]+) - ([\d.]+)\$ billion\)")
    assert agrees(llama.total / 1e9, total)
    assert agrees(llama.entries * llama.width / 1e9, looked_up)


def test_size_of_the_residual_stream() -> None:
    key = "block-residual-initialisation"
    parts, plain, scaled = stated(
        key, r"over (\d+) parts: it grows to ([\d.]+) without scaling and to ([\d.]+) with it\]"
    )
    assert agrees(math.sqrt(1 + int(parts)), plain)
    assert agrees(math.sqrt(1 + int(parts) / int(parts)), scaled)
    assert stated(key, r"\$1 \+ N \\cdot \\frac1N = (\d)\$") == ["2"]
    drawn = script("block_residual_growth")
    assert f"\nPARTS = {parts}\n" in drawn
    assert f"two in each of {int(parts) // 2} layers" in drawn


def test_one_vector_under_both_norms() -> None:
    key = "block-rmsnorm"
    x = [float(v) for v in rows(key, r"\$x\$ \| (\d) \| (\d) \| (\d) \| (\d)")[0]]
    number = r"(−?[\d.]+)"
    (layer,) = rows(key, rf"LN \| {number} \| {number} \| {number} \| {number}")
    (rms,) = rows(key, rf"RMS \| {number} \| {number} \| {number} \| {number}")
    mean = sum(x) / len(x)
    deviation = math.sqrt(sum((v - mean) ** 2 for v in x) / len(x))
    root = math.sqrt(sum(v * v for v in x) / len(x))
    for v, normed, divided in zip(x, layer, rms, strict=True):
        assert agrees((v - mean) / deviation, signed(normed))
        assert agrees(v / root, divided)


def test_bound_of_normalised_scores() -> None:
    bound, width = stated("block-qk-norm", r"which is ([\d.]+) for \$d_k = (\d+)\$")
    assert agrees(math.sqrt(int(width)), bound)


def gelu(x: float) -> float:
    return x * (1 + math.erf(x / math.sqrt(2))) / 2


def silu(x: float) -> float:
    return x / (1 + math.exp(-x))


def test_values_of_the_activations() -> None:
    key = "block-activations"
    lowest = stated(key, r"GELU dips to −([\d.]+) and SiLU to −([\d.]+);")
    for function, name, dip in ((gelu, "GELU", lowest[0]), (silu, "SiLU", lowest[1])):
        assert agrees(-min(function(-i / 1000) for i in range(5000)), dip)
        assert f'"{name}, lowest −{dip}"' in script("block_activations")
        ((at_minus_one,),) = rows(key, rf"{name}.* \| .+ \| −([\d.]+)")
        assert agrees(-function(-1), at_minus_one)
    assert rows(key, r"ReLU \| .+ \| (\d)") == [["0"]]


def test_inner_width_of_swiglu() -> None:
    key = "block-swiglu"
    width, inner, rounded, multiple = stated(
        key,
        r"\$\\frac83 \\cdot (\d+) = ([\d{},]+)\$, rounded up to ([\d,]+), a multiple of (\d+)\.",
    )
    exact = 8 / 3 * int(width)
    assert round(exact) == whole(inner)
    step = int(multiple)
    assert math.ceil(exact / step) * step == whole(rounded)
    # Three matrices of this width have as many parameters as two of width 4d.
    assert math.isclose(3 * exact, 2 * 4 * int(width))


def test_parameters_of_gpt_3() -> None:
    key = "block-twelve-d-squared"
    whole_layer, attention, feed_forward = numbers(
        key, r"About \$(\d+) d\^2\$: \$(\d) d\^2\$ in attention and \$(\d) d\^2\$ in"
    )
    assert (attention, feed_forward) == (4, 2 * 4)
    assert whole_layer == attention + feed_forward
    layers, width, mantissa, exponent, printed = stated(
        key,
        r"\$L = (\d+)\$ and \$d = ([\d{},]+)\$ give \$12 L d\^2 = ([\d.]+) \\cdot 10\^(\d)\$,"
        r" of (\d+) billion stated",
    )
    count = 12 * int(layers) * whole(width) ** 2
    assert scientific(count, mantissa, exponent)
    assert 0.99 < count / (int(printed) * 1e9) < 1
