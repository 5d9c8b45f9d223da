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


def see(plot: Plot, ways: tuple[str, ...] = ("tag", "anchor", "merge")) -> Iterator[datetime]:
    """Let the committee see main, by a tag, an anchor or a merge with a line in its message."""
    yield plot.after(1, 20)
    how = plot.rng.choice(ways)
    if how == "tag":
        plot.review()
    elif how == "anchor":
        plot.anchor()
    else:
        name = plot.name_line("seen")
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


def ledger_rewritten_after_review(plot: Plot) -> Act:
    """A row of the ledger of dues says another amount than the committee saw."""
    path, text = "dues/2025.yaml", records.dues(9).replace("2026", "2025")
    yield plot.after(0, 2)
    plot.commit({path: text}, "wang", says="党费：2025 年台账")
    yield from see(plot)
    yield plot.after(2, 30)
    plot.fake(path, plot.commit({path: text.replace("assessed: 45", "assessed: 25")}, "wang", says="党费"))


def roster_rewritten_after_review(plot: Plot) -> Act:
    path = "members/m002.yaml"
    yield from see(plot)
    yield plot.after(2, 30)
    plot.fake(path, plot.commit({path: plot.text(path).replace("2024-03-01", "2021-03-01")}, "wang", says="名册"))


def edited_while_all_is_moved(plot: Plot) -> Act:
    """All records go into a folder, and one of them is another afterwards."""
    path = yield from seen_record(plot)
    while len(plot.lines) > 1:
        yield plot.after(1, 3)
    plot.main.prefix = "党建/"
    plot.fake(path, plot.commit({path: _less(plot, path)}, "li", says="全部记录移到一个文件夹"))


def edited_with_other_line_ends(plot: Plot) -> Act:
    path = yield from seen_record(plot)
    text = _less(plot, path).replace("\n", "\r\n")
    plot.fake(path, plot.commit({path: text}, "li", says="统一换行"))


def hidden_away(plot: Plot) -> Act:
    """The record is moved to a place that is no record's, and stays there."""
    path = yield from recorded(plot)
    yield plot.after(3, 60)
    aside = plot.rng.choice((".old/x.md", "notes.txt", "docs/x.docx"))
    plot.fake(path, plot.commit({path: None, aside: plot.text(path)}, "li", says="整理"))


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
    name = plot.name_line("cover")
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
    name = plot.name_line("beside")
    plot.part(name)
    yield plot.after(0, 1)
    made = plot.commit({path: _less(plot, path, name)}, "li", line=name)
    yield from see(plot)
    yield plot.after(2, 30)
    plot.fake(path, made, plot.merge(name, plot.rng.choice(("li", "wang"))))


def edited_on_a_line_squashed(plot: Plot) -> Act:
    path = yield from recorded(plot)
    name = plot.name_line("beside")
    plot.part(name)
    plot.commit({path: _less(plot, path, name)}, "li", line=name)
    yield from see(plot)
    yield plot.after(2, 30)
    plot.fake(path, plot.squash(name, "forge", author="li", says="记录 (#3)"))


def edited_on_a_line_after_summary(plot: Plot) -> Act:
    """The line parts before the summary of the half-year, and is merged after it."""
    path = yield from recorded(plot)
    yield plot.now.replace(month=6, day=28)
    name = plot.name_line("beside")
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
    name = plot.name_line("cover")
    plot.part(name)
    yield from recorded(plot, by="wang", line=name)
    yield plot.after(0, 3)
    plot.fake(path, plot.merge(name, "li", changes={path: None}))


def left_out_by_a_merge(plot: Plot) -> Act:
    """A line is merged, and nothing of it taken."""
    name = plot.name_line("lost")
    plot.part(name)
    path = yield from recorded(plot, by="wang", line=name)
    yield plot.after(0, 3)
    plot.fake(path, plot.merge(name, "li", changes={path: None}))


def edit_left_out(plot: Plot) -> Act:
    """Of two edits the merge takes one as if there had been no other."""
    path = yield from recorded(plot)
    name = plot.name_line("edit")
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
    name = plot.name_line("cover")
    plot.part(name)
    path = yield from recorded(plot, line=name)
    yield plot.after(0, 9)
    day = date.fromisoformat(path[14:24])
    new = day + timedelta(days=plot.rng.randint(5, 40))
    target = path.replace(str(day), str(new))
    plot.own.add(target)
    text = records.another_day(plot.text(path, name), day, new)
    plot.fake(path, target, plot.merge(name, "li", changes={path: None, target: text}))
