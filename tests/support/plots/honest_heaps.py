"""Honest people and heaps: ledgers brought in at once, records taken out, doubles, and what came late for a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.support.plots import records
from tests.support.plots.honest_acts import WHAT, recorded

if TYPE_CHECKING:
    from tests.support.plots.honest_acts import Act
    from tests.support.plots.plot import Plot


def remove_double_at_once(plot: Plot) -> Act:
    """Record a meeting under a second name, and take that out after five minutes."""
    yield plot.after(0, 0)
    if paths := [path for path in plot.old_minutes() if path.replace(".md", "-3.md") not in plot.main.files]:
        path = plot.rng.choice(paths)
        double = path.replace(".md", "-3.md")
        plot.own.add(double)
        with plot.quietly():
            made = plot.commit({double: plot.text(path)}, "li", says="记录")
        yield plot.minutes(2, 6)
        gone = plot.commit({double: None}, "li", says="删去重复的一份")
        plot.note("double removed at once", double, commits=(made, gone))


def remove_double_with_reason(plot: Plot) -> Act:
    """Take out one of two records of a meeting some days later, and say which one stayed."""
    path = yield from recorded(plot)
    double = path.replace(path[-5:], "-3.md")
    plot.own.add(double)
    plot.commit({double: plot.text(path)}, "wang", says="记录")
    yield plot.after(2, 9)
    gone = plot.commit({double: None}, "wang", says=f"删去重复\n\n同一次会议记了两份，留下 {path}。")
    plot.note("double removed with a reason", double, commits=(gone,))


def late_with_reason(plot: Plot) -> Act:
    """Record a meeting long after it, and say why."""
    held = records.Held(plot.now.date(), plot.rng.choice(WHAT[:3]), "-8")
    plot.own.add(held.path)
    yield plot.after(20, 60)
    made = plot.commit({held.path: records.minutes(held, plot.rng)}, "li",
                       says=f"补录：{held.day} 会议\n\n记录人出差两个月，据手写记录补录。")  # fmt: skip
    plot.note("late with a reason", held.path, commits=(made,))


def bring_paper_in(plot: Plot) -> Act:
    """Bring a ledger kept on paper in at once, and declare it."""
    yield plot.after(0, 0)
    days = [date(2025, month, plot.rng.randint(2, 27)) for month in range(plot.rng.randint(4, 9), 13)]
    texts = {held.path: records.minutes(held, plot.rng) for day in days
             for held in [records.Held(day, plot.rng.choice(WHAT))]}  # fmt: skip
    # Nobody enters a meeting a second time, over what stands there.
    texts = {path: text for path, text in texts.items() if path not in plot.main.files}
    several = plot.rng.random() < 0.3
    parts = [[each] for each in texts.items()] if several else [list(texts.items())]
    for part in parts:
        with plot.quietly():
            made = plot.commit(dict(part), "wang", says="补录：2025 年纸质会议记录\n\n据镇党委检查过的纸质台账录入。")
        plot.note("paper ledger declared", *dict(part), commits=(made,))
        yield plot.minutes(1, 9)


def take_back_and_return(plot: Plot) -> Act:
    """Revert a heap of records, and revert that again the next day."""
    yield plot.after(0, 0)
    paths = plot.old_minutes()[: plot.rng.randint(2, 8)]
    if paths and len(plot.lines) == 1:
        plot.own |= {*paths}
        texts = {path: plot.text(path) for path in paths}
        gone = plot.commit(dict.fromkeys(paths), "wang", says=f'Revert "合并"\n\nThis reverts commit {plot.main.head}.')
        yield plot.minutes(20, 600)
        with plot.quietly():
            back = plot.commit(dict(texts), "wang", says=f'Revert "Revert"\n\nThis reverts commit {plot.main.head}.')
        plot.note("taken back and returned", *paths, commits=(gone, back))
        plot.own -= {*paths}


def hand_to_archive(plot: Plot) -> Act:
    """Take the records of the year before out in one commit, and say where they went."""
    yield from bring_paper_in(plot)
    yield plot.after(20, 60)
    old = [path for path in plot.main.files if path.startswith("meetings/2025/") and path not in plot.own]
    if old:
        gone = plot.commit(dict.fromkeys(old), "wang", says="移交档案室\n\n2025 年会议记录已移交企业档案室，清单附后。")
        plot.note("handed to the archive", *old, commits=(gone,))


def next_from_a_double(plot: Plot) -> Act:
    """Take a double out and record the next meeting in one commit; its words are others."""
    path = yield from recorded(plot)
    double = path.replace(path[-5:], "-3.md")
    plot.own.add(double)
    plot.commit({double: plot.text(path)}, "wang")
    yield plot.after(4, 10)
    held = records.Held(plot.now.date(), plot.rng.choice(WHAT[:3]), "-4")
    if held.path not in plot.own:
        plot.own.add(held.path)
        gone = plot.commit({double: None, held.path: records.minutes(held, plot.rng)}, "wang",
                           says=f"记录\n\n顺便删去重复的一份，留下 {path}。")  # fmt: skip
        plot.note("double removed with a reason", double, commits=(gone,))


def renumber(plot: Plot) -> Act:
    """Give a record the second number of its day, and its old name to another meeting of that day."""
    yield plot.after(0, 0)
    day = plot.now.date()
    held = records.Held(day, WHAT[0])
    second, whole = held._replace(number="-2"), {path for line in plot.lines.values() for path in line.files}
    if plot.own.isdisjoint({held.path, second.path}) and whole.isdisjoint({held.path, second.path}):
        plot.own |= {held.path, second.path}
        yield plot.after(0, 3)
        plot.record(held, "li", line="main")
        plot.anchor()
        yield plot.after(0, 4)
        text = plot.text(held.path)
        with plot.quietly():
            plot.commit({held.path: None, second.path: text}, "li", says="改为当天第二次会议")
        yield plot.minutes(2, 90)
        with plot.quietly():
            made = plot.commit({held.path: records.minutes(held, plot.rng)}, "li", says="记录：当天第一次会议")
        plot.note("renumbered", held.path, second.path, commits=(made,))


def move_out_and_back(plot: Plot) -> Act:
    """Move a record by mistake to a place that is no record's, and back as it was."""
    path = yield from recorded(plot)
    yield plot.after(1, 30)
    text, aside = plot.text(path), plot.rng.choice(("docs/draft.txt", ".cache/x.md"))
    gone = plot.commit({path: None, aside: text}, "li", says="整理")
    yield plot.minutes(20, 3000)
    with plot.quietly():
        back = plot.commit({path: text, aside: None}, "li", says="放回原处")
    plot.note("taken back and returned", path, commits=(gone, back))


def break_and_repair(plot: Plot) -> Act:
    """Save a file that cannot be read, and repair it within the hour; nothing else changes."""
    path = yield from recorded(plot)
    yield plot.after(0, 5)
    plot.review()
    yield plot.after(1, 30)
    text = plot.text(path)
    with plot.quietly():
        plot.commit({path: text.replace("\ndate: ", "\ndate: [")}, "li", says="编辑")
    yield plot.minutes(2, 40)
    with plot.quietly():
        plot.commit({path: text}, "li", says="修好格式")
