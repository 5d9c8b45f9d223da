"""Fictional names: surnames and given names put together by chance, no two alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.sample.pools import PersonName
from dangwu.sample.read_words import load_names

if TYPE_CHECKING:
    import random

_PECULIAR_IN, _PECULIAR_AT = 5, 3
_WOMEN = 0.4


def draw_names(chance: random.Random, number: int) -> list[PersonName]:
    """Return so many different names; at first one in five is peculiar."""
    words = load_names()
    peculiar = list(words.peculiar)
    chance.shuffle(peculiar)
    found: dict[str, PersonName] = {}
    while len(found) < number:
        if peculiar and len(found) % _PECULIAR_IN == _PECULIAR_AT:
            person = peculiar.pop()
        else:
            female = chance.random() < _WOMEN
            surname = chance.choice(words.surnames)
            person = PersonName(surname + chance.choice(words.female if female else words.male), female)
        found.setdefault(person.name, person)
    return list(found.values())
