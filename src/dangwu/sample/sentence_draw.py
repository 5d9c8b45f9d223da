"""Draw matters, sentences and entries from the words of a language, and fill in who spoke."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

from dangwu.sample.pools import Matter, Phrases

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.pools import Words

_SPEAKERS = "abc"
_Part = TypeVar("_Part")


class SentenceDraw:
    """Draws from each pool in a shuffled order of its own, so that what was just said comes up again last.

    A ``body`` that is named has its own order. A pool is known by its identity: pass one of ``words``, not a copy.
    """

    def __init__(self, words: Words, chance: random.Random, cast: Cast) -> None:
        phrases = words.phrases
        unknown = (() if cast.committee else phrases.committee_words) + (() if cast.groups else phrases.group_words)
        self.words: Words = _leave_out(words, unknown) if unknown else words
        self.mutual_criticism = (*self.words.committee_meetings.criticism, *self.words.group_meetings.criticism)
        self.join = phrases.sentence_separator.join
        self._chance = chance
        self._decks: dict[tuple[str, int], list[Any]] = {}

    def draw_matter(self, pool: Sequence[Matter], day: date, body: str = "") -> Matter:
        """Return the matter that was not drawn for longest and that suits the month."""
        return self._take((body, id(pool)), pool, lambda matter: not matter.months or day.month in matter.months)

    def draw_lines(self, pool: Sequence[str], number: int, speakers: int, body: str = "") -> list[str]:
        """Return sentences, not filled in, that so many people can say."""
        fit = [line for line in pool if _count_speakers(line) <= speakers]
        return [self._take((body, id(pool)), fit) for _ in range(min(number, len(fit)))]

    def draw_sentences(
        self, pool: Sequence[str], number: int, people: Sequence[Person] = (), *, body: str = "", **fill: object
    ) -> list[str]:
        """Return sentences, each filled in with speakers of its own."""
        lines = self.draw_lines(pool, number, len(people) or len(_SPEAKERS), body)
        return [line.format_map({**self.fill_braces(people), **fill}) for line in lines]

    def draw_entries(self, pool: Sequence[Mapping[Any, str]], number: int, **fill: object) -> list[dict[str, Any]]:
        """Return entries of named texts, filled in."""
        entries = [self._take(("", id(pool)), pool) for _ in range(number)]
        braces = [{**self.fill_braces(), **fill} for _ in entries]
        return [
            {key: text.format_map(filled) for key, text in entry.items()}
            for entry, filled in zip(entries, braces, strict=True)
        ]

    def choose_people(self, people: Sequence[Person], number: int) -> list[Person]:
        """Return some of the people, in their order."""
        return [people[at] for at in sorted(self._chance.sample(range(len(people)), number))]

    def give_account(self, matter: Matter, fill: Mapping[str, str]) -> str:
        """Return two or three sentences about a matter, the first of them always, in their order."""
        spoken = {fill[letter] for letter in _SPEAKERS}
        fit = [line for line in matter.lines if _count_speakers(line) <= len(spoken)] or list(matter.lines[:1])
        most = min(len(fit), self._chance.choice((2, 3, 3)))
        chosen = [0, *sorted(self._chance.sample(range(1, len(fit)), most - 1))]
        return self.join(fit[at].format_map(fill) for at in chosen)

    def fill_braces(
        self, present: Sequence[Person] = (), shop: str | None = None, *, first: Sequence[Person] = ()
    ) -> dict[str, str]:
        """Return what the braces of one matter stand for; ``first`` speak before the others."""
        leading = {person.id for person in first}
        others = [person for person in present if person.id not in leading]
        number = len(_SPEAKERS) - len(first)
        people = [*first, *(others if len(others) <= number else self._chance.sample(others, number))]
        names = {letter: people[at % len(people)].name for at, letter in enumerate(_SPEAKERS) if people}
        share = self._chance.randrange(940, 996)
        return names | {
            "shop": shop or self._chance.choice(self.words.phrases.shops),
            "part": self._chance.choice(self.words.phrases.parts),
            "n": str(self._chance.randrange(2, 9)),
            "p": f"{share / 10:.1f}",
        }

    def _take(
        self, key: tuple[str, int], pool: Sequence[_Part], suits: Callable[[_Part], bool] = lambda _: True
    ) -> _Part:
        """Take from the front of an order what suits, and put it at the back.

        One of the first third is taken, so that no two come together each time the order comes round.
        """
        deck = self._decks.setdefault(key, [])
        if len(deck) < len(pool):
            deck += [part for part in self._chance.sample(pool, len(pool)) if part not in deck]
        fit = [part for part in deck if part in pool and suits(part)]
        chosen: _Part = self._chance.choice(fit[: max(1, len(fit) // 3)])
        deck.remove(chosen)
        deck.append(chosen)
        return chosen


@cache
def _count_speakers(line: str) -> int:
    """Count the different people that a sentence speaks of; two of three do not stand for one and three."""
    named = {name for _, name, _, _ in Formatter().parse(line) if name and name in _SPEAKERS}
    return len(_SPEAKERS) if {"a", "c"} <= named else len(named)


def _leave_out(part: Any, unknown: Collection[str]) -> Any:
    """Leave out of words what speaks of bodies the branch does not have; a pool of nothing else stays whole."""
    if isinstance(part, str | int | Phrases):
        return part
    if isinstance(part, dict):
        return {key: _leave_out(value, unknown) for key, value in part.items()}
    if isinstance(part, Matter):
        return part._replace(lines=tuple(line for line in part.lines if not _speaks_of(line, unknown)))
    if hasattr(part, "_fields"):
        return part._make(_leave_out(value, unknown) for value in part)
    trimmed = (_leave_out(item, unknown) for item in part)
    return tuple(item for item in trimmed if not _speaks_of(item, unknown)) or part


def _speaks_of(item: Any, unknown: Collection[str]) -> bool:
    if isinstance(item, Matter):
        return not item.lines or _speaks_of(item.title, unknown) or _speaks_of(item.resolution, unknown)
    texts = item.values() if isinstance(item, dict) else (item,)
    return any(word in text for text in texts for word in unknown)
