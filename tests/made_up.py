"""Decks that are made up: questions that share their stems, with long and with short answers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import product

from tests.edits import Card

PLANTS = re.findall(
    r"\w+",
    "leaf root stem bark seed flower petal fruit branch thorn bulb spore moss fern lichen "
    "cone needle pollen sap cell",
)
STEMS = (
    "What are the advantages of a {}?",
    "What are the disadvantages of a {}?",
    "What is a {}?",
    "How does a {} grow?",
    "Where is a {} found?",
)
VOCABULARY = re.findall(
    r"\w+",
    "water light sugar wall tissue growth decay season soil cold warm dry wet green brown "
    "thick thin fast slow inside outside under over feeds keeps stores moves breaks holds "
    "carries turns takes gives early late often never always roots leaves insects wind rain "
    "snow frost shade",
)
CAPITALS = re.findall(
    r"\w+",
    "France Paris Spain Madrid Italy Rome Germany Berlin Poland Warsaw Norway Oslo Finland "
    "Helsinki Ireland Dublin Portugal Lisbon Austria Vienna Hungary Budapest Greece Athens "
    "Turkey Ankara Japan Tokyo China Beijing Kenya Nairobi Ghana Accra Peru Lima Cuba Havana "
    "Egypt Cairo",
)


def made_up() -> Iterator[list[Card]]:
    """One deck of five stems, and one of a single stem whose answers are one word."""
    chance = random.Random(5)
    yield [
        Card(key, stem.format(plant), " ".join(chance.choices(VOCABULARY, k=length)))
        for key, (stem, plant) in enumerate(product(STEMS, PLANTS))
        for length in [chance.choice((1, 3, 12, 30))]
    ]
    pairs = zip(CAPITALS[::2], CAPITALS[1::2], strict=True)
    yield [
        Card(key, f"What is the capital of {country}?", city)
        for key, (country, city) in enumerate(pairs)
    ]
