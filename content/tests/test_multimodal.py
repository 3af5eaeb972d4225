"""The worked numbers of the topic Multimodal models, computed again."""

from __future__ import annotations

import math
import re

from content.tests.cards import CONTENT, TEXT, numbers, stated


def test_tokens_of_patches() -> None:
    key = "multimodal-patch-tokens-worked-example"
    patch, side = numbers(key, r"patches of (\d+) pixels make of an image of (\d+) × ")
    found = numbers(
        key,
        r"\((\d+) / (\d+)\)\^2 &= (\d+)\^2 = (\d+) \\\\\n"
        r"\((\d+) / (\d+)\)\^2 &= (\d+)\^2 = (\d+)\n",
    )
    assert found == [
        *(side, patch, side / patch, (side / patch) ** 2),
        *(2 * side, patch, 2 * side / patch, (2 * side / patch) ** 2),
    ]
    assert numbers(key, r"\n(\d+) and ([\d,]+): the number") == [found[3], found[7]]
    more, pairs = numbers(key, r"means (\d) times the tokens and (\d+) times the pairs")
    assert (more, pairs) == (found[7] / found[3], (found[7] / found[3]) ** 2)
    assert more == 2 * 2

    drawn = numbers(
        key,
        r"patches of (\d+) pixels the curve passes (\d+) at (\d+) and ([\d,]+) at (\d+)"
        r" and reaches ([\d,]+) at ([\d,]+) pixels",
    )
    assert drawn[0] == patch
    for tokens, pixels in zip(drawn[1::2], drawn[2::2], strict=True):
        assert tokens == (pixels / patch) ** 2
    assert (2 * patch) ** -2 / patch**-2 == 1 / 4
    script = (CONTENT / "figures" / "draw_image_token_count.py").read_text(encoding="utf-8")
    assert f"PATCH = {patch:.0f}\n" in script


def test_tokens_at_native_resolution() -> None:
    key = "multimodal-resolution"
    patch, merged, across, down = numbers(
        key,
        r"patches of (\d+) pixels are merged (\d) × 2, so one token covers (\d+) × (\d+) pixels",
    )
    assert across == down == patch * merged
    width, height = numbers(key, r"An image of ([\d,]+) × (\d+) makes")
    columns, lines, total = numbers(key, r"\$(\d+) \\cdot (\d+) = (\d+)\$ tokens")
    assert (columns, lines) == (width / across, height / down)
    assert total == columns * lines


def test_compression_of_image_tokens() -> None:
    key = "multimodal-image-tokens-worked-example"
    pixels, bits, side, codes = numbers(
        key, r"turns (\d+) × \d+ pixels of (\d+) bits into (\d+) × \d+ tokens from ([\d,]+) codes"
    )
    raw = pixels**2 * bits
    (stated_raw,) = stated(key, r"\$256 \\cdot 256 \\cdot 24 = ([\d{},]+)\$ bits")
    assert float(stated_raw.replace("{,}", "")) == raw
    tokens, each, packed = stated(key, r"= (\d+) \\cdot (\d+) = ([\d{},]+)\$ bits")
    assert float(tokens) == side**2
    assert float(each) == math.log2(codes)
    assert float(packed.replace("{,}", "")) == side**2 * math.log2(codes)
    top, low, ratio = stated(key, r"ratio: \$([\d{},]+) / ([\d{},]+) = (\d+)\$")
    assert (top, low) == (stated_raw, packed)
    assert round(raw / (side**2 * math.log2(codes))) == int(ratio)
    assert stated(key, r"\nBy about (\d+)\.") == [ratio]
    assert numbers(key, r"One token stands for \$(\d) \\times (\d)\$") == [pixels / side] * 2


def test_rates_of_audio() -> None:
    key = "multimodal-audio-tokens"
    vectors, seconds, rate = numbers(key, r"([\d,]+) vectors for (\d+) s \| (\d+) a second")
    assert vectors / seconds == rate
    kilobits, frames, codes, tokens = numbers(
        key, r"EnCodec at (\d) kbit/s: (\d+) frames with (\d) codes \| (\d+) a second"
    )
    assert frames * codes == tokens
    entries, bits = numbers(key, r"With ([\d,]+) entries a code has (\d+) bits")
    assert math.log2(entries) == bits
    assert numbers(key, r"\$(\d+) \\cdot (\d+) = (\d+)\$ bits a second") == [
        tokens,
        bits,
        1000 * kilobits,
    ]
    assert tokens * bits == 1000 * kilobits
    assert numbers(key, r"A minute makes ([\d,]+) tokens") == [60 * tokens]


def test_the_cloze_on_patches() -> None:
    found = re.search(
        r"twice the side means \{\{c2::(\d+)\}\} times .+ \{\{c3::(\d+)\}\} times", TEXT
    )
    assert found
    assert list(map(int, found.groups())) == [2**2, (2**2) ** 2]
