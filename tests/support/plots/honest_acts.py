"""What honest people do on the main line, now and then awkwardly; each act is a story that runs over days.

An act yields the moment at which it goes on. What it does that may be told it notes by its kind in
``tests/histories/allowed.yaml``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.support.plots import records
from tests.support.plots.plot import REVIEWED_BY, Event, Plot

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import datetime
    from typing import TypeAlias

    Act: TypeAlias = Iterator[datetime]

WHAT = tuple(records.PRESENT)


def recorded(
    plot: Plot, *, by: str = "li", line: str = "main", days: int = 3
) -> Generator[datetime, None, str]:
    """Hold a meeting of its own and record it in time; return its path."""
    held = records.Held(plot.now.date(), plot.rng.choice(WHAT[:3]), f"-{plot.rng.randint(5, 9)}")
    while held.path in plot.own:
        held = held._replace(day=held.day - timedelta(days=1))
    plot.own.add(held.path)
    yield plot.after(0, days)
    plot.record(held, by, line=line)
    return held.path


def correct_with_reason(plot: Plot) -> Act:
    """Correct minutes, and say why."""
    yield plot.after(0, 0)
    if paths := plot.old_minutes():
        path = plot.rng.choice(paths)
        change = plot.rng.choice((records.another_place, records.another_sentence))
        plot.commit({path: change(plot.text(path), plot.rng)}, plot.rng.choice(plot.writers),
                    says="更正地点\n\n签到表上写的是另一处，核对后更正。")  # fmt: skip


def correct_day(plot: Plot) -> Act:
    """Correct a day that was copied wrongly, and say how it is known."""
    yield plot.after(0, 0)
    if paths := plot.old_minutes(20):
        path = plot.rng.choice(paths)
        old = date.fromisoformat(path[14:24])
        new = old - timedelta(days=1)
        target = path.replace(str(old), str(new))
        if target not in plot.main.files and old.day > 1:
            text = records.another_day(plot.text(path), old, new)
            with plot.quietly():
                made = plot.commit({path: None, target: text}, "wang", says="更正会议日期\n\n签到表上是前一天。")
            plot.correct(path, made)
            _rename(plot, path, target)
            plot.note("day corrected", path, commits=(made,))


def _rename(plot: Plot, path: str, target: str) -> None:
    plot.renamed[path] = target
    if path in plot.seen:
        plot.seen[target] = plot.seen.pop(path)
    plot.own |= {path, target}


def rename(plot: Plot) -> Act:
    """Give a file another number in its name."""
    yield plot.after(0, 0)
    if paths := [path for path in plot.old_minutes() if records.MINUTES.fullmatch(path)[3] is None]:  # type: ignore[index]
        path = plot.rng.choice(paths)
        target = path.replace(".md", "-2.md")
        if target not in plot.main.files:
            text = plot.text(path)
            with plot.quietly():
                plot.commit({path: None, target: text}, "wang", says="改文件名")
            _rename(plot, path, target)


def move_all(plot: Plot) -> Act:
    """Move all records into a folder."""
    yield plot.after(0, 0)
    if len(plot.lines) == 1 and not plot.main.prefix:
        plot.main.prefix = plot.rng.choice(("支部/", "records/党建 台账/"))
        plot.commit({}, "wang", says="全部记录移到一个文件夹")


def undo_within_the_hour(plot: Plot) -> Act:
    """Edit minutes and take it back within the hour."""
    yield plot.after(0, 0)
    if paths := plot.old_minutes():
        path, text = (chosen := plot.rng.choice(paths)), plot.text(chosen)
        plot.own.add(path)
        with plot.quietly():
            plot.commit({path: records.another_sentence(text, plot.rng)}, "li", says="试改")
        yield plot.minutes(3, 50)
        with plot.quietly():
            plot.commit({path: text}, "li", says="改回")
        plot.own.discard(path)


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


def keep_dues(plot: Plot) -> Act:
    """Keep the ledger of dues, a month after the other."""
    for month in range(1, 9):
        yield max(plot.now + timedelta(minutes=5), plot.after(1, 1).replace(month=month, day=20))
        plot.commit({"dues/2026.yaml": records.dues(month)}, "wang", says=f"党费：{month} 月")


def sum_up(plot: Plot) -> Act:
    """Write the summary of the half-year in July."""
    yield plot.now.replace(month=7, day=plot.rng.randint(2, 9), hour=17)
    day = plot.now.date() - timedelta(days=1)
    plot.commit({"summaries/2026/mid-year.md": records.summary(day)}, "wang", says="半年总结")
    plot.summed_up = plot.now


def waive(plot: Plot) -> Act:
    """Record a waiver in time."""
    yield plot.after(0, 5)
    day = plot.now.date()
    path = f"waivers/2026/{day}-{plot.rng.randint(1, 99)}.yaml"
    yield plot.after(0, 4)
    plot.commit({path: records.waiver(day, (f"3.1/2026-{day.month:02d}/g2",))}, "wang", says="免办说明")


def review(plot: Plot) -> Act:
    """Let the committee tag what it has read."""
    yield plot.after(0, 0)
    plot.review()


def anchor(plot: Plot) -> Act:
    """Let the committee keep a line."""
    yield plot.after(0, 0)
    plot.anchor()


def rebase_after_anchor(plot: Plot) -> Act:
    """Amend the message of the last commit after the committee has kept a line of it."""
    yield plot.after(0, 0)
    if len(plot.lines) == 1:
        before = plot.main
        kept = (before.head, dict(before.files))
        made = plot.commit({}, "li", says="记录（错字）")
        plot.anchor()
        yield plot.minutes(5, 300)
        if plot.main.head == made and len(plot.lines) == 1:
            plot.main.head, plot.main.files = kept
            again = plot.commit({}, "li", says="记录（改正错字）")
            plot.events.append(Event("message amended after anchor", (), (made, again)))


def hand_over(plot: Plot) -> Act:
    """Let another member take over from Li; or Li writes from a new computer."""
    yield plot.after(0, 0)
    heir = plot.rng.choice(("zhao", "li at home"))
    plot.writers = [heir if who == "li" else who for who in plot.writers]
    if "li" in plot.desk:
        plot.desk[heir] = plot.desk.pop("li")


def clock_by_minutes(plot: Plot) -> Act:
    """Let a clock be off by minutes, for good."""
    yield plot.now
    plot.skew[plot.rng.choice(("li", "wang"))] = timedelta(minutes=plot.rng.randint(-25, 25))


def clock_by_hours(plot: Plot) -> Act:
    """Let a clock be off by hours for some weeks, as with a wrong zone."""
    yield plot.after(0, 30)
    who = plot.rng.choice(plot.writers)
    plot.skew[who] = timedelta(hours=plot.rng.choice((-8, -3, -2, 2, 5, 8)))
    plot.note("a clock off by hours")
    yield plot.after(10, 60)
    plot.skew.pop(who)


def zones(plot: Plot) -> Act:
    """Let a computer write times in another zone."""
    yield plot.now
    plot.zone[plot.rng.choice(("li", "wang", "committee"))] = plot.rng.choice(("+0000", "-0500", "+1400", "-1200"))


def flat_battery(plot: Plot) -> Act:
    """Let a computer begin again at 2020 for one commit or a few."""
    yield plot.after(0, 60)
    plot.flat[plot.rng.choice(plot.writers)] = plot.rng.randint(1, 3)


def fortnightly(plot: Plot) -> Act:
    """Write up on a Saturday what was held in two weeks."""
    helds = []
    for number in range(plot.rng.randint(3, 4)):
        held = records.Held(plot.now.date(), WHAT[number % 3], "-4")
        helds.append(held)
        plot.own.add(held.path)
        yield plot.after(3, 4)
    for held in helds:
        plot.record(held, "li", line="main")
        yield plot.minutes(4, 25)


def format_only(plot: Plot) -> Act:
    """Write files another way; no word changes."""
    yield plot.after(0, 0)
    paths = plot.old_minutes()[:4]
    how = plot.rng.choice(FORMATS)
    with plot.quietly():
        plot.commit({path: how(plot.text(path)) for path in paths}, "wang", says="统一格式")


def _key_first(text: str) -> str:
    """Move the place to the front of the fields."""
    (line,) = (line for line in text.split("\n") if line.startswith("place:"))
    return text.replace(f"{line}\n", "", 1).replace("---\n", f"---\n{line}\n", 1)


FORMATS = (
    lambda text: text + "\n", lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, _key_first,
    lambda text: text.replace("present: [", "present:   ["), lambda text: text.replace("\n\n", "\n\n\n"),
    lambda text: text.replace("leave: []", "leave: [ ]"),
)  # fmt: skip


def keep_roster(plot: Plot) -> Act:
    """Make a probationary member a full one: the old row gets its end, a new one is added."""
    yield plot.after(0, 0)
    path, row = "members/m009.yaml", "{from: 2025-09-18, status: probationary}"
    if row in plot.text(path):
        day = plot.now.date()
        rows = f"{{from: 2025-09-18, to: {day - timedelta(days=1)}, status: probationary}}\n  - {{from: {day}, status: full}}"
        with plot.quietly():
            plot.commit({path: plot.text(path).replace(row, rows)}, "wang", says="预备党员转正")


def hand_to_archive(plot: Plot) -> Act:
    """Take the records of the year before out in one commit, and say where they went."""
    yield from bring_paper_in(plot)
    yield plot.after(20, 60)
    old = [path for path in plot.main.files if path.startswith("meetings/2025/") and path not in plot.own]
    if old:
        gone = plot.commit(dict.fromkeys(old), "wang", says="移交档案室\n\n2025 年会议记录已移交企业档案室，清单附后。")
        plot.note("handed to the archive", *old, commits=(gone,))


def draft_before(plot: Plot) -> Act:
    """Record the agenda before the meeting, and the minutes after it."""
    yield plot.after(0, 0)
    held = records.Held(plot.now.date() + timedelta(days=plot.rng.randint(1, 5)), WHAT[2], "-9")
    plot.own.add(held.path)
    text = records.minutes(held, plot.rng)
    made = plot.commit({held.path: text.partition("\n## ")[0] + "\n## 研究事项\n\n待议。\n"}, "wang", says="会议议程")
    plot.note("agenda before the meeting", held.path, commits=(made,))
    yield plot.after(6, 12)
    plot.commit({held.path: text}, "wang", says="会议记录")


def committee_with_flat_battery(plot: Plot) -> Act:
    """Let the committee's own computer begin again at 2020."""
    yield plot.after(0, 60)
    plot.flat["committee"] = 1
    plot.review()


def at_one_second(plot: Plot) -> Act:
    """Record two meetings of one week with a script, in the same second."""
    first = records.Held(plot.now.date(), WHAT[0], "-4")
    second = records.Held(plot.now.date() + timedelta(days=2), WHAT[1], "-4")
    if first.path not in plot.own and second.path not in plot.own:
        plot.own |= {first.path, second.path}
        yield plot.after(3, 9)
        stamp = plot.stamp("li")
        for held in (first, second):
            plot.commit({held.path: records.minutes(held, plot.rng)}, "li", stamp=stamp)


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


def amend_by_bot(plot: Plot) -> Act:
    """Let the committee's bot record an amendment, and later merge a line that it reviewed."""
    yield plot.after(0, 0)
    path = f"rules/lecture-{plot.rng.randint(1, 99)}.yaml"
    plot.commit({path: records.amendment("3.4", plot.now.date(), "every: quarter")}, "bot", says="制度修订")
    name = f"for-the-bot-{plot.commits}"
    plot.part(name)
    path = yield from recorded(plot, line=name)
    yield plot.after(1, 5)
    plot.marks[plot.merge(name, "bot", says=f"合并\n\n{REVIEWED_BY}")] = True
    plot.see()


ACTS = (
    correct_with_reason, correct_with_reason, correct_day, rename, move_all, undo_within_the_hour, remove_double_at_once,
    remove_double_with_reason, late_with_reason, bring_paper_in, take_back_and_return, waive, review, review, anchor,
    anchor, rebase_after_anchor, hand_over, clock_by_hours, zones, flat_battery, fortnightly, format_only,
    format_only, amend_by_bot, keep_roster, hand_to_archive, draft_before, committee_with_flat_battery, at_one_second,
    next_from_a_double,
)  # fmt: skip
ALWAYS = (keep_dues, sum_up, clock_by_minutes)
