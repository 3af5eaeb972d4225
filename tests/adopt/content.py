"""A folder of questions that all of the old decks have too."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

CELLS = """# Cells

## What is a cell?

The smallest **unit** of life.

## What is the law of growth $N(t)$?

$N = N_0 e^{rt}$, so

$$r = \\frac{\\ln N - \\ln N_0}{t}$$

## Which organelles make energy?

- mitochondria
- chloroplasts

## What does `count(cells)` return?

```python
len(cells)
```

## What is shown here?

![](leaf.png)

A leaf, 3 < 4 of it.
"""

GENES = """# Genes

## What is a gene?

A stretch of DNA that is read as a whole.

## What is a codon?

Three bases that stand for an amino acid.

## What is shown here?

A chromosome.
"""


def write_content(folder: Path, **files: str) -> None:
    """Write a deck called Biology; without files the two above."""
    folder.mkdir(exist_ok=True)
    (folder / "deck.yml").write_text("deck: Biology\nquestions: headings\n")
    for name, text in (files or {"cells": CELLS, "genes": GENES}).items():
        (folder / f"{name}.md").write_text(text)
    (folder / "leaf.png").write_bytes(leaf(folder))


def leaf(folder: Path) -> bytes:
    """A picture, the same bytes each time."""
    file = folder / "drawn.png"
    Image.new("RGB", (40, 30), "green").save(file)
    content = file.read_bytes()
    file.unlink()
    return content
