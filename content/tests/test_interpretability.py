"""The worked numbers of the topic Interpretability, computed again."""

from __future__ import annotations

import math
import re

from content.tests.cards import CONTENT, agrees, numbers, stated


def test_overlap_of_five_features_in_a_plane() -> None:
    key = "interp-superposition"
    words = r"at (\d+) degrees\. .* overlap by ([\d.]+\d), the others by minus ([\d.]+\d)\]"
    degrees, near, far = stated(key, words)
    count = 360 / float(degrees)
    assert agrees(math.cos(2 * math.pi / count), near)
    assert agrees(-math.cos(4 * math.pi / count), far)
    svg = (CONTENT / "figures" / "superposition.svg").read_text(encoding="utf-8")
    assert f"{count:.0f} features," in svg
    assert re.findall(r">\w+: −?([\d.]+)<", svg) == [near, far]


def test_share_that_a_patch_restores() -> None:
    key = "interp-patching-worked-example"
    corrupted, patched, clean = numbers(
        key, r"difference of −(\d) into \+(\d); the clean run has \+(\d)"
    )
    assert numbers(key, r"=\{\}& \\frac\{(\d) - \(-(\d)\)\}\{(\d) - \(-(\d)\)\} = ([\d.]+)\n") == [
        patched,
        corrupted,
        clean,
        corrupted,
        (patched + corrupted) / (clean + corrupted),
    ]
    assert numbers(key, r"Half of it: (\d) of the (\d) units") == [
        patched + corrupted,
        clean + corrupted,
    ]
