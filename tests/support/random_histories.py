"""Random histories of a branch through 2026: honest ones, and such in which one thing is faked.

``make(seed)`` returns an honest history, ``make(seed, kind)`` one with a fake of that kind; the same words give the
same bytes. ``docs``: tests/histories/allowed.yaml says what may be told of honest ones, tests/histories/fakes.yaml what
must be told of fakes.
"""

from __future__ import annotations

import heapq
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from tests.support.plots import honest, records
from tests.support.plots.fakes import FAKES
from tests.support.plots.plot import Plot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tests.support.plots.plot import Plot as Made

LAST = date(2026, 9, 20)
AS_OF = date(2026, 12, 31)


def make(seed: str, kind: str | None = None) -> Made:
    """Play a year; a fake is planted between February and May."""
    rng = Random(f"{kind or 'honest'}/{seed}")  # noqa: S311 - the same for the same seed
    plot = Plot(rng)
    plot.commit(dict(records.founding_files()), "wang", says="建立记录库")
    queue = _Queue(plot)
    for act in honest.ALWAYS:
        queue.add(plot.after(1, 3), act)
    for number in range(rng.randint(5, 14)):
        queue.add(plot.after(3, 240), _meeting(number))
    for act in rng.sample(honest.ACTS, rng.randint(2, 7)):
        queue.add(plot.after(8, 220), act)
    if kind is not None:
        queue.add(plot.after(30, 130), FAKES[kind])
    queue.run()
    _bring_all_in(plot)
    plot.objects.refs["refs/heads/main"] = plot.main.head
    return plot


class _Queue:
    """What goes on side by side, in the order of time."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._waiting: list[tuple[datetime, int, Iterator[datetime] | Callable[[Plot], Iterator[datetime]]]] = []
        self._order = count()

    def add(self, moment: datetime, act: Iterator[datetime] | Callable[[Plot], Iterator[datetime]]) -> None:
        heapq.heappush(self._waiting, (moment, next(self._order), act))

    def run(self) -> None:
        while self._waiting:
            moment, _, act = heapq.heappop(self._waiting)
            self._plot.now = max(moment, self._plot.now + timedelta(seconds=self._plot.rng.randint(40, 200)))
            running = act(self._plot) if callable(act) else act
            following = next(running, None)
            if following is not None:
                self.add(following, running)


def _meeting(number: int) -> Callable[[Plot], Iterator[datetime]]:
    """Hold a meeting, and record it within twelve days."""

    def hold(plot: Plot) -> Iterator[datetime]:
        held = records.Held(plot.now.date(), plot.rng.choice([*records.PRESENT]))
        if held.path in plot.own or any(held.path in line.files for line in plot.lines.values()):
            return
        plot.own.add(held.path)
        yield plot.after(0, 12)
        by = plot.writers[number % len(plot.writers)]
        plot.record(held, by)
        plot.own.discard(held.path)

    return hold


def _bring_all_in(plot: Plot) -> None:
    """Merge what is still on a line of its own."""
    for name in sorted(plot.lines.keys() - {"main"}):
        plot.now += timedelta(hours=1)
        plot.merge(name, "wang")
