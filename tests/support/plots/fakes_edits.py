"""Fakes of records: what was seen is changed, exchanged or taken away, and what came late looks timely."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.support.plots import records
from tests.support.plots.honest_acts import recorded
from tests.support.plots.plot import REVIEWED_BY

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import datetime
    from typing import TypeAlias

    from tests.support.plots.plot import Plot

    Act: TypeAlias = Iterator[datetime]
    Found: TypeAlias = Generator[datetime, None, str]


def see(plot: Plot) -> Iterator[datetime]:
    """Let the committee see main, by a tag, an anchor or a merge with a line in its message."""
    yield plot.after(1, 20)
    how = plot.rng.choice(("tag", "anchor", "merge"))
    if how == "tag":
        plot.review()
    elif how == "anchor":
        plot.anchor()
    else:
        name = f"seen-{plot.commits}"
        plot.part(name)
        yield from recorded(plot, by="wang", line=name)
        yield plot.after(0, 4)
        plot.marks[plot.merge(name, "committee", says=f"合并\n\n{REVIEWED_BY}")] = True
        plot.see()


def seen_record(plot: Plot) -> Found:
    """Record a meeting, and let the committee see it."""
    path = yield from recorded(plot)
    yield from see(plot)
    yield plot.after(2, 40)
    return path


def _less(plot: Plot, path: str, line: str = "main") -> str:
    return records.one_absence_less(plot.text(path, line))


def edited_after_review(plot: Plot) -> Act:
    path = yield from seen_record(plot)
    plot.fake(path, plot.commit({path: _less(plot, path)}, "li"))


def edited_in_two_steps(plot: Plot) -> Act:
    """The first step leaves a file that cannot be read, the second one that can: neither shows what changed."""
    path = yield from seen_record(plot)
    text = plot.text(path)
    broken = plot.commit({path: text.replace("\ndate: ", "\ndate: [")}, "li", says="编辑")
    yield plot.minutes(5, 90)
    plot.fake(path, broken, plot.commit({path: records.one_absence_less(text)}, "li", says="修好格式"))


def edited_in_a_merge(plot: Plot) -> Act:
    """The merge itself changes what neither line did."""
    path = yield from seen_record(plot)
    name = f"cover-{plot.commits}"
    plot.part(name)
    yield from recorded(plot, by="wang", line=name)
    yield plot.after(0, 3)
    plot.fake(path, plot.merge(name, "li", changes={path: _less(plot, path)}))


def edited_with_a_rename(plot: Plot) -> Act:
    path = yield from seen_record(plot)
    target = path.replace(path[-5:], "-3.md")
    plot.own.add(target)
    plot.fake(path, target, plot.commit({path: None, target: _less(plot, path)}, "li", says="改文件名"))


def edited_on_a_line_beside(plot: Plot) -> Act:
    """The line parts before the committee sees the record, and is merged after."""
    path = yield from recorded(plot)
    name = f"beside-{plot.commits}"
    plot.part(name)
    yield plot.after(0, 1)
    made = plot.commit({path: _less(plot, path, name)}, "li", line=name)
    yield from see(plot)
    yield plot.after(2, 30)
    plot.fake(path, made, plot.merge(name, plot.rng.choice(("li", "wang"))))


def edited_on_a_line_squashed(plot: Plot) -> Act:
    path = yield from recorded(plot)
    name = f"beside-{plot.commits}"
    plot.part(name)
    plot.commit({path: _less(plot, path, name)}, "li", line=name)
    yield from see(plot)
    yield plot.after(2, 30)
    plot.fake(path, plot.squash(name, "forge", author="li", says="记录 (#3)"))


def edited_on_a_line_after_summary(plot: Plot) -> Act:
    """The line parts before the summary of the half-year, and is merged after it."""
    path = yield from recorded(plot)
    yield plot.now.replace(month=6, day=28)
    name = f"beside-{plot.commits}"
    plot.part(name)
    made = plot.commit({path: _less(plot, path, name)}, "li", line=name)
    yield plot.now.replace(month=7, day=plot.rng.randint(12, 25))
    plot.fake(path, made, plot.merge(name, "wang"))


def edited_after_summary(plot: Plot) -> Act:
    path = yield from recorded(plot)
    yield plot.now.replace(month=7, day=plot.rng.randint(12, 25))
    plot.fake(path, plot.commit({path: _less(plot, path)}, "li"))


def exchanged_under_the_old_name(plot: Plot) -> Act:
    """The record is renamed away and deleted there; another is written under its name."""
    path = yield from seen_record(plot)
    text, aside = plot.text(path), path.replace(path[-5:], "-3.md")
    plot.own.add(aside)
    made = [plot.commit({path: None, aside: text}, "li", says="改文件名")]
    yield plot.minutes(5, 3000)
    made.append(plot.commit({aside: None}, "li", says="删去重复"))
    yield plot.minutes(5, 3000)
    made.append(plot.commit({path: records.one_absence_less(text)}, "li"))
    plot.fake(path, aside, *made)


def exchanged_in_one_commit(plot: Plot) -> Act:
    """The record is renamed away, and in the same commit another stands under its name; later the first goes."""
    path = yield from seen_record(plot)
    text, aside = plot.text(path), path.replace(path[-5:], "-3.md")
    plot.own.add(aside)
    made = [plot.commit({path: records.one_absence_less(text), aside: text}, "li", says="整理")]
    yield plot.minutes(5, 3000)
    made.append(plot.commit({aside: None}, "li", says="删去重复"))
    plot.fake(path, aside, *made)


def brought_back_changed(plot: Plot) -> Act:
    path = yield from seen_record(plot)
    text = plot.text(path)
    gone = plot.commit({path: None}, "li", says="误删")
    yield plot.minutes(5, 9000)
    plot.fake(path, gone, plot.commit({path: records.one_absence_less(text)}, "li", says="恢复"))


def brought_back_of_another_day(plot: Plot) -> Act:
    """Nobody had seen it; what it says of its day is another afterwards."""
    path = yield from recorded(plot)
    yield plot.after(2, 30)
    text, day = plot.text(path), date.fromisoformat(path[14:24])
    gone = plot.commit({path: None}, "li", says="误删")
    yield plot.minutes(5, 9000)
    back = records.another_day(text, day, day + timedelta(days=9))
    plot.fake(path, gone, plot.commit({path: back}, "li", says="恢复"))


def moved_out_and_back_changed(plot: Plot) -> Act:
    """It is moved to a place that is no record's, changed there, and moved back."""
    path = yield from seen_record(plot)
    text, aside = plot.text(path), plot.rng.choice(("docs/draft.txt", ".cache/x.md", "notes.txt"))
    made = [plot.commit({path: None, aside: text}, "li", says="整理")]
    yield plot.minutes(5, 3000)
    made.append(plot.commit({aside: records.one_absence_less(text)}, "li", says="整理"))
    yield plot.minutes(5, 3000)
    made.append(plot.commit({aside: None, path: records.one_absence_less(text)}, "li", says="放回"))
    plot.fake(path, *made)


def deleted(plot: Plot) -> Act:
    path = yield from recorded(plot)
    yield plot.after(3, 60)
    plot.fake(path, plot.commit({path: None}, "li"))


def deleted_in_a_merge(plot: Plot) -> Act:
    path = yield from recorded(plot)
    name = f"cover-{plot.commits}"
    plot.part(name)
    yield from recorded(plot, by="wang", line=name)
    yield plot.after(0, 3)
    plot.fake(path, plot.merge(name, "li", changes={path: None}))


def left_out_by_a_merge(plot: Plot) -> Act:
    """A line is merged, and nothing of it taken."""
    name = f"lost-{plot.commits}"
    plot.part(name)
    path = yield from recorded(plot, by="wang", line=name)
    yield plot.after(0, 3)
    plot.fake(path, plot.merge(name, "li", changes={path: None}))


def edit_left_out(plot: Plot) -> Act:
    """Of two edits the merge takes one as if there had been no other."""
    path = yield from recorded(plot)
    name = f"edit-{plot.commits}"
    plot.part(name)
    yield plot.after(0, 2)
    made = plot.commit({path: records.another_sentence(plot.text(path, name), plot.rng)}, "wang", line=name)
    yield plot.after(0, 2)
    kept = records.another_place(plot.text(path), plot.rng)
    plot.commit({path: kept}, "li")
    yield plot.after(0, 2)
    plot.fake(path, made, plot.merge(name, "li", changes={path: kept}))


def moved_day(plot: Plot) -> Act:
    path = yield from recorded(plot)
    yield plot.after(0, 60)
    day = date.fromisoformat(path[14:24])
    new = day + timedelta(days=plot.rng.randint(5, 40))
    target = path.replace(str(day), str(new)) if plot.rng.random() < 0.5 else path
    plot.own.add(target)
    text = records.another_day(plot.text(path), day, new)
    plot.fake(path, target, plot.commit({path: None, target: text}, "li"))


def moved_day_in_a_merge(plot: Plot) -> Act:
    name = f"cover-{plot.commits}"
    plot.part(name)
    path = yield from recorded(plot, line=name)
    yield plot.after(0, 9)
    day = date.fromisoformat(path[14:24])
    new = day + timedelta(days=plot.rng.randint(5, 40))
    target = path.replace(str(day), str(new))
    plot.own.add(target)
    text = records.another_day(plot.text(path, name), day, new)
    plot.fake(path, target, plot.merge(name, "li", changes={path: None, target: text}))


def _late(plot: Plot) -> Found:
    """Let a meeting pass unrecorded for a long time; return its path."""
    held = records.Held(plot.now.date(), "group-meeting-g1", f"-{plot.rng.randint(5, 9)}")
    while held.path in plot.own:
        held = held._replace(day=held.day - timedelta(days=1))
    plot.own.add(held.path)
    yield plot.after(40, 90)
    return held.path


def _minutes_of(plot: Plot, path: str) -> str:
    number = records.MINUTES.fullmatch(path)
    assert number
    return records.minutes(records.Held(date.fromisoformat(number[1]), number[2], number[3] or ""), plot.rng)


def recorded_late(plot: Plot) -> Act:
    path = yield from _late(plot)
    plot.fake(path, plot.commit({path: _minutes_of(plot, path)}, "li"))


def recorded_late_in_a_merge(plot: Plot) -> Act:
    path = yield from _late(plot)
    name = f"cover-{plot.commits}"
    plot.part(name)
    yield from recorded(plot, by="wang", line=name)
    yield plot.after(0, 3)
    plot.fake(path, plot.merge(name, "li", changes={path: _minutes_of(plot, path)}))


def back_dated(plot: Plot) -> Act:
    """The commit says the day after the meeting; what it is built on says otherwise."""
    path = yield from _late(plot)
    plot.commit({}, "wang", says="整理")
    yield plot.minutes(5, 900)
    said = plot.now.fromisoformat(f"{path[14:24]}T18:00:00+08:00") + timedelta(days=1)
    plot.skew["li"] = said - plot.now
    plot.fake(path, plot.commit({path: _minutes_of(plot, path)}, "li"))
    plot.skew.pop("li")


def late_in_the_life_of_another(plot: Plot) -> Act:
    """A record of another day is renamed to the meeting that was never recorded, and its day with it."""
    path = yield from recorded(plot)
    yield plot.after(3, 20)
    late = yield from _late(plot)
    day, new = (date.fromisoformat(each[14:24]) for each in (path, late))
    target = path.replace(str(day), str(new))
    plot.own.add(target)
    text = records.another_day(plot.text(path), day, new)
    plot.fake(path, target, plot.commit({path: None, target: text}, "li"))


def in_one_sitting(plot: Plot) -> Act:
    """Months are written up in one evening."""
    paths = []
    for _ in range(plot.rng.randint(3, 5)):
        paths.append((yield from _late(plot)))
        plot.now += timedelta(seconds=1)
    for path in paths:
        plot.fake(path, plot.commit({path: _minutes_of(plot, path)}, "li"))
        yield plot.minutes(5, 20)


def written_later(plot: Plot) -> Act:
    """An empty file in time, its words months later."""
    held = records.Held(plot.now.date(), "group-meeting-g1", "-9")
    while held.path in plot.own:
        held = held._replace(day=held.day - timedelta(days=1))
    plot.own.add(held.path)
    text = records.minutes(held, plot.rng)
    head, _, body = text.partition("\n## ")
    empty = head + "\n## " + "\n".join(line if line.startswith("##") or not line else "待补。" for line in f"## {body}".split("\n"))[3:]
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
