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


def recorded(plot: Plot, *, by: str = "li", line: str = "main", days: int = 3) -> Generator[datetime, None, str]:
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


def keep_dues(plot: Plot) -> Act:
    """Keep the ledger of dues, a month after the other."""
    for month in range(1, 9):
        yield max(plot.now + timedelta(minutes=5), plot.after(1, 1).replace(month=month, day=20))
        plot.commit({"dues/2026.yaml": records.dues(month)}, "wang", says=f"党费：{month} 月")
    plot.note("ledger kept", "dues/2026.yaml")


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
    plot.note("entered in time", path)


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


def keep_roster(plot: Plot) -> Act:
    """Make a probationary member a full one by a row more."""
    yield plot.after(0, 0)
    path, row = "members/m009.yaml", "{from: 2025-09-18, status: probationary}"
    if row in plot.text(path):
        day = plot.now.date()
        rows = f"{row}\n  - {{from: {day}, status: full}}"
        with plot.quietly():
            plot.commit({path: plot.text(path).replace(row, rows)}, "wang", says="预备党员转正")
        plot.note("ledger kept", path)


def enter_in_time(plot: Plot) -> Act:
    """Enter an exemption, and change a rule, within days of the day from which they count."""
    yield plot.after(0, 0)
    day = plot.now.date()
    path = f"members/m00{plot.rng.randint(3, 8)}.yaml"
    rows = (
        f"exemptions:\n  - {{from: {day}, to: {day + timedelta(days=60)}, reason: seconded, approved_by: 支部委员会}}\n"
    )
    rule = f"rules/plan-{day}.yaml"
    yield plot.after(0, 4)
    if "exemptions" not in plot.text(path):
        plot.commit({path: plot.text(path) + rows}, "wang", says="免于考勤：经支委会批准")
        plot.commit({rule: records.amendment("3.4", day, "every: quarter")}, "wang", says="制度修订")
        plot.note("entered in time", path, rule)


def rename_branch(plot: Plot) -> Act:
    """Give the branch another name between two lines that the committee keeps."""
    yield plot.after(0, 0)
    plot.anchor()
    yield plot.after(2, 20)
    text = plot.text("branch.yaml")
    if plot.name in text:
        plot.name, old = f"{plot.name[:-3]}第一党支部", plot.name
        plot.commit({"branch.yaml": text.replace(old, plot.name)}, "wang", says="支部更名\n\n镇党委批复。")
    yield plot.after(2, 20)
    if plot.rng.random() < 0.7:
        plot.anchor()


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


def amend_by_bot(plot: Plot) -> Act:
    """Let the committee's bot record an amendment, and later merge a line that it reviewed."""
    yield plot.after(0, 0)
    path = f"rules/lecture-{plot.rng.randint(1, 99)}.yaml"
    plot.commit({path: records.amendment("3.4", plot.now.date(), "every: quarter")}, "bot", says="制度修订")
    name = plot.name_line("for-the-bot")
    plot.part(name)
    path = yield from recorded(plot, line=name)
    yield plot.after(1, 5)
    plot.marks[plot.merge(name, "bot", says=f"合并\n\n{REVIEWED_BY}")] = True
    plot.see()
