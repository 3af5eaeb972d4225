"""Contains the deck that ``init`` writes to an empty folder. It shows every feature."""

from __future__ import annotations

_SETTINGS = """\
# The settings of this deck. All keys are optional.
# deck: Plants  # without it, the deck is called like its folder
tags: [botany]
"""

_NOTES = r"""# Plants

## Leaves

### What does a leaf do?

It makes sugar from light, water and carbon dioxide:

$$
6\,\mathrm{CO_2} + 6\,\mathrm{H_2O} \to \mathrm{C_6H_{12}O_6} + 6\,\mathrm{O_2}
$$

![A leaf with its veins](leaf.svg)

> [!hint]
> Think of what a tree breathes in.

> [!extra]
> The reaction runs in the chloroplasts.

### Xylem {#xylem reverse}

The tissue that carries water from the roots up to the leaves.

### Which pigments does a leaf have? {.colours}

| Pigment | Colour |
|---|---|
| chlorophyll | green |
| carotenoids | yellow to red |

## Growth

### A seed needs {{c1::water}} and {{c2::warmth::what else?}} to sprout.

Most seeds need no light.

### How do you estimate the age of a tree?

Count its rings:

```python
age = len(rings)  # a ring a year
```

### Why do leaves fall in autumn? {skip}

This question is not finished, so it is left out for now.
"""

_LEAF = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" width="240" height="160">
  <path d="M10 40 Q50 0 110 40 Q50 80 10 40 Z" fill="#7cb342" stroke="#33691e" stroke-width="2"/>
  <path d="M10 40 H104 M40 40 L56 24 M40 40 L56 56 M64 40 L80 27 M64 40 L80 53"
    fill="none" stroke="#33691e" stroke-width="2"/>
</svg>
"""

STARTER = {"deck.yml": _SETTINGS, "plants.md": _NOTES, "leaf.svg": _LEAF}
"""The content of each file by name."""
