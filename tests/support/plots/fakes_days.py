"""Fakes of days: what came late looks timely, and months are written up at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.support.plots import records
from tests.support.plots.honest_acts import recorded

if TYPE_CHECKING:
    from tests.support.plots.fakes_edits import Act, Found
    from tests.support.plots.plot import Plot


def pass_unrecorded(plot: Plot) -> Found:
    """Let a meeting pass unrecorded for a long time; return its path."""
    held = records.Held(plot.now.date(), "group-meeting-g1", f"-{plot.rng.randint(5, 9)}")
    while held.path in plot.own:
        held = held._replace(day=held.day - timedelta(days=1))
    plot.own.add(held.path)
    yield plot.after(40, 90)
    return held.path


def minutes_of(plot: Plot, path: str) -> str:
    number = records.MINUTES.fullmatch(path)
    assert number
    return records.minutes(records.Held(date.fromisoformat(number[1]), number[2], number[3] or ""), plot.rng)


def recorded_late(plot: Plot) -> Act:
    path = yield from pass_unrecorded(plot)
    plot.fake(path, plot.commit({path: minutes_of(plot, path)}, "li"))


def recorded_late_in_a_merge(plot: Plot) -> Act:
    path = yield from pass_unrecorded(plot)
    name = plot.name_line("cover")
    plot.part(name)
    yield from recorded(plot, by="wang", line=name)
    yield plot.after(0, 3)
    plot.fake(path, plot.merge(name, "li", changes={path: minutes_of(plot, path)}))


def back_dated(plot: Plot) -> Act:
    """The commit says the day after the meeting; what it is built on says otherwise."""
    path = yield from pass_unrecorded(plot)
    plot.commit({}, "wang", says="整理")
    yield plot.minutes(5, 900)
    said = plot.now.fromisoformat(f"{path[14:24]}T18:00:00+08:00") + timedelta(days=1)
    plot.skew["li"] = said - plot.now
    plot.fake(path, plot.commit({path: minutes_of(plot, path)}, "li"))
    plot.skew.pop("li")


def late_in_the_life_of_another(plot: Plot) -> Act:
    """A record of another day is renamed to the meeting that was never recorded, and its day with it."""
    path = yield from recorded(plot)
    yield plot.after(3, 20)
    late = yield from pass_unrecorded(plot)
    day, new = (date.fromisoformat(each[14:24]) for each in (path, late))
    target = path.replace(str(day), str(new))
    plot.own.add(target)
    text = records.another_day(plot.text(path), day, new)
    plot.fake(path, target, plot.commit({path: None, target: text}, "li"))


def in_one_sitting(plot: Plot) -> Act:
    """Months are written up in one evening."""
    paths = []
    for _ in range(plot.rng.randint(3, 5)):
        paths.append((yield from pass_unrecorded(plot)))
        plot.now += timedelta(seconds=1)
    for path in paths:
        plot.fake(path, plot.commit({path: minutes_of(plot, path)}, "li"))
        yield plot.minutes(5, 20)


def written_later(plot: Plot) -> Act:
    """An empty file in time, its words months later."""
    held = records.Held(plot.now.date(), "group-meeting-g1", "-9")
    while held.path in plot.own:
        held = held._replace(day=held.day - timedelta(days=1))
    plot.own.add(held.path)
    text = records.minutes(held, plot.rng)
    head, _, body = text.partition("\n## ")
    empty = (
        head
        + "\n## "
        + "\n".join(line if line.startswith("##") or not line else "待补。" for line in f"## {body}".split("\n"))[3:]
    )
    yield plot.after(0, 3)
    plot.commit({held.path: empty}, "li")
    yield plot.after(40, 90)
    plot.fake(held.path, plot.commit({held.path: text}, "li"))


def future(plot: Plot) -> Act:
    """A commit says a year that has not come."""
    path = yield from recorded(plot)
    yield plot.after(1, 9)
    plot.skew["wang"] = timedelta(days=2000)
    plot.fake(plot.commit({path: plot.text(path)}, "wang"))
    plot.skew.pop("wang")
