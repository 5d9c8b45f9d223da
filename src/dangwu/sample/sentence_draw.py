"""Draws matters and sentences from the pools, and fills in who spoke."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

from dangwu.sample.words.pools import Matter, Pools

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from dangwu.sample.cast import Person

_SPEAKERS = "abc"
_T = TypeVar("_T", str, Matter)


class Speech:
    """One branch's way of talking. What a body has just talked about comes up again last."""

    def __init__(self, pools: Pools, chance: random.Random, unknown: Collection[str]) -> None:
        self.pools = _without(pools, unknown)
        self.join = pools.phrases["space"].join
        self._chance = chance
        self._decks: dict[str, list[Any]] = {}

    def matter(self, body: str, pool: Sequence[Matter], day: date) -> Matter:
        """Return the matter that this body has not had for longest and that suits the month."""
        return self._next(body, pool, lambda matter: not matter.months or day.month in matter.months)

    def sentences(self, body: str, pool: Sequence[str], number: int, speakers: int) -> list[str]:
        """Return sentences that this body has not had for longest and that so many people can say."""
        fit = [line for line in pool if _needs(line) <= speakers]
        return [self._next(body, fit, lambda _: True) for _ in range(min(number, len(fit)))]

    def some(self, people: Sequence[Person], number: int) -> list[Person]:
        """Return some of the people, in their order."""
        return [people[at] for at in sorted(self._chance.sample(range(len(people)), number))]

    def account(self, matter: Matter, fill: dict[str, str]) -> str:
        """Return two or three sentences about a matter, the first of them always, in their order."""
        spoken = {fill[each] for each in _SPEAKERS}
        fit = [line for line in matter.lines if _needs(line) <= len(spoken)] or list(matter.lines[:1])
        most = min(len(fit), self._chance.choice((2, 3, 3)))
        chosen = [0, *sorted(self._chance.sample(range(1, len(fit)), most - 1))]
        return self.join(fit[at].format_map(fill) for at in chosen)

    def fill(
        self, present: Sequence[Person], shop: str | None = None, *, first: Sequence[Person] = ()
    ) -> dict[str, str]:
        """Return what the braces of one matter stand for; ``first`` speak before the others."""
        leading = {person.id for person in first}
        others = [person for person in present if person.id not in leading]
        number = len(_SPEAKERS) - len(first)
        people = [*first, *(others if len(others) <= number else self._chance.sample(others, number))]
        names = {letter: people[at % len(people)].name for at, letter in enumerate(_SPEAKERS) if people}
        share = self._chance.randrange(940, 996)
        return names | {
            "shop": shop or self._chance.choice(self.pools.shops),
            "part": self._chance.choice(self.pools.parts),
            "n": str(self._chance.randrange(2, 9)),
            "p": f"{share / 10:.1f}",
        }

    def _next(self, body: str, pool: Sequence[_T], suits: Callable[[_T], bool]) -> _T:
        """Take from the front of the body's own shuffled order what suits, and put it at the back.

        One of the first third is taken, so that no two come together each time the order comes round.
        """
        deck = self._decks.setdefault(body, [])
        if len(deck) < len(pool):
            deck += [each for each in self._chance.sample(pool, len(pool)) if each not in deck]
        fit: list[_T] = [each for each in deck if each in pool and suits(each)]
        chosen = self._chance.choice(fit[: max(1, len(fit) // 3)])
        deck.remove(chosen)
        deck.append(chosen)
        return chosen


@cache
def _needs(line: str) -> int:
    """Count the different people that a sentence speaks of; two of three do not stand for one and three."""
    named = {name for _, name, _, _ in Formatter().parse(line) if name and name in _SPEAKERS}
    return len(_SPEAKERS) if {"a", "c"} <= named else len(named)


def _without(pools: Pools, unknown: Collection[str]) -> Pools:
    """Leave out everything that speaks of bodies the branch does not have."""

    def known(text: str) -> bool:
        return not any(word in text for word in unknown)

    changed: dict[str, Any] = {}
    for each in fields(pools):
        value = getattr(pools, each.name)
        if each.name == "phrases":
            continue
        if each.name == "papers":
            changed[each.name] = {key: tuple(filter(known, lines)) or lines for key, lines in value.items()}
            continue
        if isinstance(value[0], Matter):
            trimmed = (matter._replace(lines=tuple(filter(known, matter.lines))) for matter in value)
            changed[each.name] = tuple(
                matter for matter in trimmed if matter.lines and known(matter.title) and known(matter.resolution)
            )
        else:
            changed[each.name] = tuple(filter(known, value))
    return replace(pools, **changed)
